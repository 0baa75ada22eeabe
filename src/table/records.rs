//! `records`: one row a sheet, theme, zone or guideline.

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::scope::Scope;
use super::words::{self, numbered, printed};
use crate::form::Record;

pub static SPEC: TableSpec = TableSpec {
    name: "records",
    title_ja: "評価単位",
    description: "One row a record: a sheet, a theme, a zone or a guideline.",
    columns: &[
        Column::text("record_id", "評価単位ID", "`document_id`, `-`, and the record's number in the document from 1.")
            .required(),
        Column::text("document_id", "文書ID", "The document that the record stands in.").required(),
        Column::text("kind", "種別", "`initiative`: 主な取組. `theme`: 部局運営方針のテーマ. `slide_theme`: 取組テーマ. `zone_evaluation`: 総合特区評価書. \
                `guideline`: 補助金交付要綱.")
            .required()
            .one_of(&["initiative", "theme", "slide_theme", "zone_evaluation", "guideline"]),
        Column::text("title", "名称", "Name: the initiative, theme, zone or guideline."),
        Column::text("department", "担当部課", "Department in charge, as printed; of a zone those who wrote the evaluation (作成主体), parted by `;`."),
        Column::text(
            "jurisdiction_code",
            "団体コード",
            "全国地方公共団体コード, six digits; several of a joint document are parted by `;`.",
        ),
        Column::integer("fiscal_year", "年度", "Gregorian year in which the fiscal year of the results starts."),
        Column::text("policy", "施策展開", "主な取組: 施策展開, number and title, parted by a space. Theme: its number."),
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
    let named = named(scope.record);
    rows.push(vec![
        (&scope.record_id).into(),
        super::document_id(document).into(),
        named.kind.into(),
        named.title,
        named.department,
        words::jurisdictions(document, |j| Some(&j.code)),
        document.fiscal_year.into(),
        named.policy,
        named.measure,
        named.outcome_indicator,
        Value::from(named.pages.iter().min().copied()),
        Value::from(named.pages.iter().max().copied()),
    ]);
}

/// What tells one record from another, whatever its form.
#[derive(Default)]
struct Named<'a> {
    kind: &'static str,
    title: Value,
    department: Value,
    policy: Value,
    measure: Value,
    outcome_indicator: Value,
    pages: &'a [u32],
}

fn named(record: &Record) -> Named<'_> {
    match record {
        Record::Initiative(sheet) => {
            let plan = &sheet.plan;
            Named {
                kind: "initiative",
                title: printed(&plan.initiative),
                department: printed(&plan.department),
                policy: numbered(&plan.development.number, &plan.development.title),
                measure: numbered(&plan.measure.number, &plan.measure.title),
                outcome_indicator: printed(&plan.outcome_indicator),
                pages: &sheet.pages,
            }
        }
        Record::Theme(theme) => Named {
            kind: "theme",
            title: printed(&theme.title),
            department: printed(&theme.department),
            policy: theme.number.value().map(|n| format!("テーマ{n}")).into(),
            pages: &theme.pages,
            ..Named::default()
        },
        Record::SlideTheme(theme) => Named {
            kind: "slide_theme",
            title: printed(&theme.title),
            policy: theme.number.value().map(|n| format!("取組テーマ{n}")).into(),
            pages: &theme.pages,
            ..Named::default()
        },
        Record::ZoneEvaluation(zone) => Named {
            kind: "zone_evaluation",
            title: printed(&zone.name),
            department: zone.authors.value().map(|authors| authors.join(";")).into(),
            pages: &zone.pages,
            ..Named::default()
        },
        Record::Guideline(guideline) => {
            Named { kind: "guideline", title: printed(&guideline.title), pages: &guideline.pages, ..Named::default() }
        }
    }
}
