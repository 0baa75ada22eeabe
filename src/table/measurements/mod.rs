//! `measurements`: one row a printed value of an indicator.

mod sheet;
mod slides;
mod theme;
mod zone;

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::scope::Scope;
use super::words;
use crate::form::Record;
use crate::normalize::{Number, Quantity, State};

pub static SPEC: TableSpec = TableSpec {
    name: "measurements",
    title_ja: "指標値",
    description: "One row a printed value of an indicator. A sheet of 「主な取組」検証票 prints the target of its own year \
        twice, in the 年度別計画 (Plan) and as 目標値 (Do): both are rows, the Plan's first, so that neither is lost where they \
        differ. Where each target is to count once, take the distinct (record_id, indicator, fiscal_year, value, unit). Of a \
        総合特区評価書 the values of its evaluated year are those of 別紙１ where that has them, else those of the running text.",
    columns: &[
        Column::text("record_id", "評価単位ID", "The record that the value stands in.").required(),
        Column::text("indicator", "指標名", "Name of the indicator (活動指標, 評価指標, 数値目標), as the place of the value prints it."),
        Column::text(
            "indicator_kind",
            "指標の種類",
            "`output`: 活動指標 (アウトプット), counts. `outcome`: 評価指標. `target`: 数値目標.",
        )
            .required()
            .one_of(&["output", "outcome", "target"]),
        Column::integer("fiscal_year", "年度", "Gregorian year in which the fiscal year of the value starts."),
        Column::text(
            "role",
            "値の種類",
            "`target`: 年度別計画 and 目標値. `cumulative_target`: the figure in the brackets of 「３件（６件）」, a running sum \
             or, where 累計 is the whole stock, that stock. `actual`: 実績値. `previous`: 昨年度, 前回. `goal`: the goal of the last \
             year. `achievement`: 達成割合, in percent, which 「主な取組」検証票 caps at 100.0. `progress`: 進捗度, `growth`: 伸び率, \
             in percent. A ratio printed as a dash has no row.",
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

const ROLES: &[&str] =
    &["target", "actual", "cumulative_target", "previous", "goal", "achievement", "progress", "growth"];

pub fn rows(scope: &Scope, rows: &mut Vec<Row>) {
    let mut values = Values { scope, rows };
    match scope.record {
        Record::Initiative(sheet) => sheet::values(sheet, &mut values),
        Record::Theme(theme) => theme::values(theme, &mut values),
        Record::SlideTheme(theme) => slides::values(theme, &mut values),
        Record::ZoneEvaluation(zone) => zone::values(zone, &mut values),
        Record::Guideline(_) => {}
    }
}

/// The indicator that values are of.
#[derive(Clone)]
struct Of {
    indicator: Value,
    /// `output`, `outcome` or `target`.
    kind: &'static str,
}

/// Rows in the making.
struct Values<'a> {
    scope: &'a Scope<'a>,
    rows: &'a mut Vec<Row>,
}

impl Values<'_> {
    /// A printed quantity, `path` the JSON Pointer of it below the record.
    fn quantity(&mut self, of: &Of, role: &str, fiscal_year: Option<i32>, quantity: &Quantity, path: &str) {
        // A year of which the document does not tell what is printed is no measurement.
        if quantity.state == State::Unplaced {
            return;
        }
        self.rows.push(vec![
            (&self.scope.record_id).into(),
            of.indicator.clone(),
            of.kind.into(),
            fiscal_year.into(),
            role.into(),
            quantity.value.into(),
            quantity.unit.as_ref().into(),
            words::comparator(quantity.comparator),
            words::state(quantity.state),
            quantity.raw.as_ref().into(),
            self.scope.page(path),
        ]);
    }

    /// A ratio printed in percent; what is not there, or a dash, has no row.
    fn percent(&mut self, of: &Of, role: &str, fiscal_year: Option<i32>, percent: Option<&Number>, path: &str) {
        let Some(percent) = percent else { return };
        let quantity = Quantity {
            raw: self.scope.evidence(path).map(|e| e.text.clone()),
            state: State::Number,
            value: Some(*percent),
            unit: Some("%".to_owned()),
            comparator: None,
            cumulative: None,
        };
        self.quantity(of, role, fiscal_year, &quantity, path);
    }
}
