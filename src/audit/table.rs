//! The `findings` table: a row is one audit finding.

use super::{Audit, Severity};
use crate::table::{Column, Row, TableSpec, Value};

/// The words of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Findings may stand on no record (official counts), so that the keys of records and documents are no foreign keys.
pub static SPEC: TableSpec = TableSpec {
    name: "findings",
    title_ja: "監査の指摘",
    description: "One row an audit finding: two printed places that contradict each other.",
    columns: &[
        Column::text("rule", "規則", "Code of the rule, HY204; `hyoka rules` explains it.").required(),
        Column::text(
            "severity",
            "重大度",
            "error: arithmetic or identity is broken; warning: likely a mistake; note: worth knowing.",
        )
        .required()
        .one_of(&["error", "warning", "note"]),
        Column::text("record_id", "評価単位ID", "The record that it is of; null where it is of the document."),
        Column::text("document_id", "文書ID", "The document that it is of.").required(),
        Column::text("message", "内容", "What is contradicted.").required(),
        Column::text("expected", "あるべき値", "What the other places say."),
        Column::text("found", "印字された値", "What is printed here."),
        Column::text("pointer", "位置", "JSON Pointer of the place in the document.").required(),
        Column::integer("page", "ページ", "Page of the input, from 1; null for text inputs."),
    ],
    primary_key: &[],
    foreign_keys: &[],
};

/// The rows of an audit, in its order.
pub fn rows(audit: &Audit) -> Vec<Row> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    audit
        .findings
        .iter()
        .map(|f| {
            let index = f.pointer.strip_prefix("/records/").and_then(|p| p.split('/').next()?.parse::<usize>().ok());
            let record = index.map(|i| format!("{}-{}", f.document_id, i + 1));
            let row: Row = vec![
                (&f.rule).into(),
                severity(f.severity).into(),
                record.into(),
                (&f.document_id).into(),
                (&f.message).into(),
                some(&f.expected).into(),
                some(&f.found).into(),
                (&f.pointer).into(),
                f.page.map_or(Value::Null, Value::from),
            ];
            row
        })
        .collect()
}
