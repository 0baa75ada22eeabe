//! `records`: one row a sheet, theme, zone or guideline.

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::scope::Scope;
use super::words::{self, numbered, printed};
use crate::form::Record;

pub static SPEC: TableSpec = TableSpec {
    name: "records",
    title_ja: "評価単位",
    description: "One row a record: a sheet of 「主な取組」検証票.",
    columns: &[
        Column::text("record_id", "評価単位ID", "`document_id`, `-`, and the record's number in the document from 1.")
            .required(),
        Column::text("document_id", "文書ID", "The document that the record stands in.").required(),
        Column::text("kind", "種別", "`initiative`: 主な取組.").required().one_of(&["initiative"]),
        Column::text("title", "名称", "主な取組: the initiative."),
        Column::text("department", "担当部課", "Department in charge, as printed."),
        Column::text(
            "jurisdiction_code",
            "団体コード",
            "全国地方公共団体コード, six digits; several of a joint document are parted by `;`.",
        ),
        Column::integer("fiscal_year", "年度", "Gregorian year in which the fiscal year of the results starts."),
        Column::text("policy", "施策展開", "施策展開: number and title, parted by a space."),
        Column::text("measure", "施策", "施策: number and title, parted by a space."),
        Column::text(
            "outcome_indicator",
            "成果指標",
            "対応する成果指標: name of the outcome indicator; the form prints no value of it.",
        ),
        Column::integer("page_first", "開始ページ", "First page of the record, from 1."),
        Column::integer("page_last", "終了ページ", "Last page of the record."),
    ],
    primary_key: &["record_id"],
    foreign_keys: &[ForeignKey { column: "document_id", table: "documents", references: "document_id" }],
};

pub fn rows(scope: &Scope, rows: &mut Vec<Row>) {
    let document = scope.document;
    let Record::Initiative(sheet) = scope.record else { return };
    let plan = &sheet.plan;
    rows.push(vec![
        (&scope.record_id).into(),
        super::document_id(document).into(),
        "initiative".into(),
        printed(&plan.initiative),
        printed(&plan.department),
        words::jurisdictions(document, |j| Some(&j.code)),
        document.fiscal_year.into(),
        numbered(&plan.development.number, &plan.development.title),
        numbered(&plan.measure.number, &plan.measure.title),
        printed(&plan.outcome_indicator),
        Value::from(sheet.pages.iter().min().copied()),
        Value::from(sheet.pages.iter().max().copied()),
    ]);
}
