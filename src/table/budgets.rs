//! `budgets`: one row an amount of a 予算事業, printed or left blank.

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::programme_key::{owner, programme_key};
use super::scope::Scope;
use super::words::{self, printed};
use crate::form::Record;
use crate::form::initiative_sheet::{BudgetKind, InitiativeSheet, Program};
use crate::form::special_zone::{SupportItem, ZoneEvaluation};
use crate::form::subsidy_guideline::{Guideline, ScheduleRow};
use crate::normalize::State;

pub static SPEC: TableSpec = TableSpec {
    name: "budgets",
    title_ja: "予算",
    description: "One row an amount of a programme (予算事業, 別紙３の事業) or the limit of a subsidy (別表の上限額), blank and dashed cells included. One programme can \
        stand on several sheets with the same amount: rows of one programme_key, fiscal_year and kind are one amount, and \
        shared_by says how many records print it.",
    columns: &[
        Column::text("record_id", "評価単位ID", "The record that the amount stands in.").required(),
        Column::text(
            "program",
            "予算事業名",
            "Programme as printed. 主な取組: the left-hand name for settlements, the right-hand one for the initial \
             budget; where that one is a dash, the other.",
        ),
        Column::integer(
            "fiscal_year",
            "年度",
            "Gregorian year in which the fiscal year of the amount starts; null for a limit.",
        ),
        Column::text(
            "kind",
            "区分",
            "`settled`: 決算額. `settlement_estimate`: 決算見込額. `initial`: 当初予算額. `requested`: 財政支援要望. \
                `national`: 国予算. `local`: 自治体予算. `total`: 総事業費, the sum of both. `limit`: 上限額.",
        )
        .required()
        .one_of(&[
            "settled",
            "settlement_estimate",
            "initial",
            "requested",
            "national",
            "local",
            "total",
            "limit",
        ]),
        Column::integer(
            "amount_yen",
            "金額(円)",
            "Amount in yen, whatever unit is printed; null unless `state` is `number`.",
        )
        .unit("円"),
        Column::text(
            "state",
            "状態",
            "What the cell prints: `none` is a dash, `blank` an empty cell; null where that could not be told, and the \
             document has a diagnostic.",
        )
        .one_of(words::STATES),
        Column::text("fund", "主な財源", "Main source of funds."),
        Column::text("method", "実施方法", "How the programme is carried out: 直接実施, 委託, 補助 …"),
        Column::text("raw", "原文", "Amount as printed, in the unit printed; null for an empty cell."),
        Column::integer("page", "ページ", "Page of the input, from 1; null for text inputs."),
        Column::text(
            "programme_key",
            "予算事業キー",
            "One key for one programme, on whatever sheet: 団体コード (of a zone its name), `:`, and the name folded, without \
             spaces and 再掲 marks; the name alone where no jurisdiction is known. With `fiscal_year` and `kind` it names one \
             amount, to be counted once. Null where no name is printed, and for a limit.",
        ),
        Column::integer(
            "shared_by",
            "掲載件数",
            "How many records of the folder print an amount under this `programme_key`, `fiscal_year` and `kind`, this one \
             counted; null where there is no amount.",
        ),
    ],
    primary_key: &[],
    foreign_keys: &[ForeignKey { column: "record_id", table: "records", references: "record_id" }],
};

/// Where the columns stand that tell one amount from another.
pub const RECORD_ID: usize = 0;
pub const FISCAL_YEAR: usize = 2;
pub const KIND: usize = 3;
pub const AMOUNT_YEN: usize = 4;
pub const PROGRAMME_KEY: usize = 10;
/// Filled in once all documents are known, by [`super::Sharing`].
pub const SHARED_BY: usize = 11;

pub fn rows(scope: &Scope, rows: &mut Vec<Row>) {
    match scope.record {
        Record::Initiative(sheet) => of_sheet(sheet, scope, rows),
        Record::ZoneEvaluation(zone) => of_zone(zone, scope, rows),
        Record::Guideline(guideline) => of_guideline(guideline, scope, rows),
        Record::Theme(_) | Record::SlideTheme(_) => {}
    }
}

/// 別紙３: the amounts of each year. Its 累計 are sums of these and stand in the document alone.
fn of_zone(zone: &ZoneEvaluation, scope: &Scope, rows: &mut Vec<Row>) {
    for (i, support) in zone.financial_supports.iter().enumerate() {
        let key = support.program.value().and_then(|name| key(scope, name));
        for (r, row) in support.rows.iter().enumerate() {
            let kind = match row.item {
                SupportItem::Requested => "requested",
                SupportItem::National => "national",
                SupportItem::Local => "local",
                SupportItem::Total => "total",
                SupportItem::Count => continue,
            };
            for (k, of_year) in row.amounts.iter().enumerate() {
                let amount = &of_year.amount;
                rows.push(vec![
                    (&scope.record_id).into(),
                    printed(&support.program),
                    of_year.fiscal_year.into(),
                    kind.into(),
                    amount.amount_yen.into(),
                    words::state(amount.state),
                    Value::Null,
                    Value::Null,
                    amount.raw.as_ref().into(),
                    scope.page(&format!("/financial_supports/{i}/rows/{r}/amounts/{k}")),
                    key.clone().into(),
                    Value::Null,
                ]);
            }
        }
    }
}

/// 別表: the 上限額 of each project, under the name that another 別表 gives to its number.
fn of_guideline(guideline: &Guideline, scope: &Scope, rows: &mut Vec<Row>) {
    let all = || guideline.schedules.iter().flat_map(|schedule| &schedule.rows);
    let name = |number: &String| {
        let same = |row: &&ScheduleRow| row.number.value() == Some(number);
        all().find(same).and_then(|row| row.project.value()).unwrap_or(number).clone()
    };
    for (i, schedule) in guideline.schedules.iter().enumerate() {
        for (k, row) in schedule.rows.iter().enumerate() {
            let Some(limit) = row.limit_yen.value() else { continue };
            let path = format!("/schedules/{i}/rows/{k}/limit_yen");
            rows.push(vec![
                (&scope.record_id).into(),
                row.project.value().map(name).into(),
                Value::Null,
                "limit".into(),
                (*limit).into(),
                words::state(State::Number),
                Value::Null,
                Value::Null,
                scope.evidence(&path).map(|e| &e.text).into(),
                scope.page(&path),
                // The project of a 別表 is no 予算事業, and its limit nothing to add up.
                Value::Null,
                Value::Null,
            ]);
        }
    }
}

fn of_sheet(sheet: &InitiativeSheet, scope: &Scope, rows: &mut Vec<Row>) {
    for (i, program) in sheet.do_.programs.iter().enumerate() {
        for (k, budget) in program.budgets.iter().enumerate() {
            let name = name_over(program, budget.kind);
            rows.push(vec![
                (&scope.record_id).into(),
                name.into(),
                budget.fiscal_year.into(),
                words::budget_kind(budget.kind),
                budget.amount_yen.into(),
                words::state(budget.state),
                printed(&budget.fund),
                printed(&budget.method),
                budget.raw.as_ref().into(),
                scope.page(&format!("/do/programs/{i}/budgets/{k}")),
                name.and_then(|name| key(scope, name)).into(),
                Value::Null,
            ]);
        }
    }
}

/// The sheet names a programme twice: over the settlements and over the next year's budget. Where one name is a dash
/// (it begins, or ends) the other still tells whose amount it is.
pub fn name_over(program: &Program, kind: BudgetKind) -> Option<&String> {
    let (own, other) = match kind {
        BudgetKind::Initial => (&program.next_name, &program.name),
        BudgetKind::Settled | BudgetKind::SettlementEstimate => (&program.name, &program.next_name),
    };
    own.value().or(other.value())
}

fn key(scope: &Scope, name: &str) -> Option<String> {
    programme_key(name, owner(scope.document, scope.record).as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_where_they_are_said_to() {
        let names = ["record_id", "fiscal_year", "kind", "amount_yen", "programme_key", "shared_by"];
        let places = [RECORD_ID, FISCAL_YEAR, KIND, AMOUNT_YEN, PROGRAMME_KEY, SHARED_BY];
        assert_eq!(places.map(|at| SPEC.columns[at].name), names);
    }
}
