//! `documents`: one row an input.

use super::model::{Column, Row, TableSpec, Value};
use super::words;
use crate::diagnostic::Severity;
use crate::form::{Document, Recognition};

pub static SPEC: TableSpec = TableSpec {
    name: "documents",
    title_ja: "文書",
    description: "One row an input document.",
    columns: &[
        Column::text("document_id", "文書ID", "First 16 hex digits of the SHA-256 of the input's bytes.").required(),
        Column::text("name", "ファイル名", "File name of the input, without its folder.").required(),
        Column::text("sha256", "SHA-256", "SHA-256 of the input's bytes, lower-case hex.").required(),
        Column::text("form", "様式", "Form of the document; `unknown` where none was recognised.").required(),
        Column::text("title", "表題", "Printed title of the form."),
        Column::text(
            "jurisdiction_code",
            "団体コード",
            "全国地方公共団体コード, six digits; several of a joint document are parted by `;`.",
        ),
        Column::text("jurisdiction_name", "団体名", "Name of the jurisdiction; several are parted by `;`."),
        Column::integer(
            "fiscal_year",
            "年度",
            "Gregorian year in which the fiscal year of the results starts: 令和4年度 is 2022.",
        ),
        Column::integer("pages", "ページ数", "Number of pages.").required(),
        Column::integer("records", "件数", "Number of records read from the document.").required(),
        Column::integer("warnings", "警告数", "Number of diagnostics of severity `warning` or `error`.").required(),
        Column::text(
            "recognised_by",
            "判別の根拠",
            "What the document was taken for and the printed words that said so; several forms in one input are parted by `;`. \
             Null where no form was recognised.",
        ),
    ],
    primary_key: &["document_id"],
    foreign_keys: &[],
};

/// First 16 hex digits of the input's SHA-256.
pub fn document_id(document: &Document) -> &str {
    let sha256 = &document.source.sha256;
    sha256.get(..16).unwrap_or(sha256)
}

pub fn row(document: &Document) -> Row {
    let source = &document.source;
    vec![
        document_id(document).into(),
        (&source.name).into(),
        (&source.sha256).into(),
        (&document.form.id).into(),
        document.form.title.as_ref().into(),
        words::jurisdictions(document, |j| Some(&j.code)),
        words::jurisdictions(document, |j| j.name.as_deref()),
        document.fiscal_year.into(),
        source.pages.into(),
        count(document.records.len()),
        count(document.diagnostics.iter().filter(|d| d.severity >= Severity::Warning).count()),
        recognised_by(document),
    ]
}

fn recognised_by(document: &Document) -> Value {
    let told = |r: &Recognition| format!("{} ({}–{}): {}", r.form, r.pages[0], r.pages[1], r.reasons.join(", "));
    let runs: Vec<String> = document.recognition.iter().map(told).collect();
    if runs.is_empty() { Value::Null } else { runs.join("; ").into() }
}

fn count(n: usize) -> Value {
    Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}
