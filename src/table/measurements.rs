//! `measurements`: one row a printed value of an indicator.

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::scope::Scope;
use super::words::{self, printed};
use crate::form::Record;
use crate::form::YearQuantity;
use crate::form::document::Printed;
use crate::form::initiative_sheet::Indicator;
use crate::normalize::State;

pub static SPEC: TableSpec = TableSpec {
    name: "measurements",
    title_ja: "指標値",
    description: "One row a printed value of an indicator. A sheet prints the target of its own year twice, in the \
        年度別計画 (Plan) and as 目標値 (Do): both are rows, the Plan's first, so that neither is lost where they differ. \
        Where each target is to count once, take the distinct (record_id, indicator, fiscal_year, value, unit).",
    columns: &[
        Column::text("record_id", "評価単位ID", "The record that the value stands in.").required(),
        Column::text("indicator", "指標名", "Name of the indicator (活動指標), as the place of the value prints it."),
        Column::text("indicator_kind", "指標の種類", "`output`: 活動指標 (アウトプット).")
            .required()
            .one_of(&["output", "outcome", "target"]),
        Column::integer("fiscal_year", "年度", "Gregorian year in which the fiscal year of the value starts."),
        Column::text(
            "role",
            "値の種類",
            "`target`: 年度別計画 and 目標値. `cumulative_target`: the figure in the brackets of 「３件（６件）」, a running sum \
             or, where 累計 is the whole stock, that stock. `actual`: 実績値. `achievement`: 達成割合, in percent, which this \
             form caps at 100.0; a dash has no row.",
        )
        .required()
        .one_of(ROLES),
        Column::number("value", "値", "The number, in `unit`; null unless `state` is `number`."),
        Column::text("unit", "単位", "The printed counter; `%` for achievement."),
        Column::text("comparator", "比較", "Bound printed with the number: 以上, 以下, 超, 未満, 約; null when exact.")
            .one_of(words::COMPARATORS),
        Column::text("state", "状態", "What the cell prints: `none` is a dash, `blank` an empty cell.")
            .required()
            .one_of(words::STATES),
        Column::text("raw", "原文", "As printed, unfolded; null for an empty cell."),
        Column::integer("page", "ページ", "Page of the input, from 1; null for text inputs."),
    ],
    primary_key: &[],
    foreign_keys: &[ForeignKey { column: "record_id", table: "records", references: "record_id" }],
};

/// The column `state`.
const STATE: usize = 8;

const ROLES: &[&str] =
    &["target", "actual", "cumulative_target", "previous", "goal", "achievement", "progress", "growth"];

pub fn rows(scope: &Scope, rows: &mut Vec<Row>) {
    let Record::Initiative(sheet) = scope.record else { return };
    let first = rows.len();
    for (i, indicator) in sheet.plan.output_indicators.iter().enumerate() {
        for (k, target) in indicator.targets.iter().enumerate() {
            let path = format!("/plan/output_indicators/{i}/targets/{k}");
            target_rows(scope, &indicator.name, target, &path, rows);
        }
    }
    for (i, indicator) in sheet.do_.indicators.iter().enumerate() {
        let path = format!("/do/indicators/{i}");
        for (k, actual) in indicator.actuals.iter().enumerate() {
            rows.push(quantity(scope, &indicator.name, "actual", actual, &format!("{path}/actuals/{k}")));
        }
        if let Some(target) = &indicator.target {
            target_rows(scope, &indicator.name, target, &format!("{path}/target"), rows);
        }
        rows.extend(achievement(scope, indicator, &format!("{path}/achievement_percent")));
    }
    // A year of which the document does not tell what is printed is no measurement.
    let told: Vec<Row> = rows.drain(first..).filter(|row| row[STATE] != Value::Null).collect();
    rows.extend(told);
}

fn target_rows(scope: &Scope, name: &Printed<String>, target: &YearQuantity, path: &str, rows: &mut Vec<Row>) {
    let row = quantity(scope, name, "target", target, path);
    let cumulative = target.quantity.cumulative.map(|sum| {
        let mut row = row.clone();
        row[4] = "cumulative_target".into();
        row[5] = sum.into();
        row[STATE] = words::state(State::Number);
        row[7] = Value::Null; // 以上 and the like are read with the yearly figure
        row
    });
    rows.push(row);
    rows.extend(cumulative);
}

fn quantity(scope: &Scope, name: &Printed<String>, role: &str, of: &YearQuantity, path: &str) -> Row {
    let quantity = &of.quantity;
    vec![
        (&scope.record_id).into(),
        printed(name),
        "output".into(),
        of.fiscal_year.into(),
        role.into(),
        quantity.value.into(),
        quantity.unit.as_ref().into(),
        words::comparator(quantity.comparator),
        words::state(quantity.state),
        quantity.raw.as_ref().into(),
        scope.page(path),
    ]
}

/// 達成割合 is of the year of its target.
fn achievement(scope: &Scope, indicator: &Indicator, path: &str) -> Option<Row> {
    let percent = *indicator.achievement_percent.value()?;
    Some(vec![
        (&scope.record_id).into(),
        printed(&indicator.name),
        "output".into(),
        indicator.target.as_ref().map(|t| t.fiscal_year).into(),
        "achievement".into(),
        percent.into(),
        "%".into(),
        Value::Null,
        "number".into(),
        scope.evidence(path).map(|e| &e.text).into(),
        scope.page(path),
    ])
}
