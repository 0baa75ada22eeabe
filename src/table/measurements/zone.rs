//! 総合特区評価書: goals, yearly targets and results of the 数値目標, 進捗度 and 伸び率, and the counts of 別紙３.

use super::{Of, Values};
use crate::form::special_zone::{FinancialSupport, SupportItem, Target, ZoneEvaluation};
use crate::normalize::Quantity;
use crate::table::words::printed;

pub fn values(zone: &ZoneEvaluation, values: &mut Values) {
    let year = values.scope.document.fiscal_year;
    for (i, indicator) in zone.evaluation_indicators.iter().enumerate() {
        let of = Of { indicator: printed(&indicator.name), kind: "outcome" };
        let path = format!("/evaluation_indicators/{i}");
        let progress = indicator.progress_percent.value();
        values.percent(&of, "progress", year, progress, &format!("{path}/progress_percent"));
        for (k, target) in indicator.targets.iter().enumerate() {
            of_target(target, year, &format!("{path}/targets/{k}"), values);
        }
    }
    for (i, support) in zone.financial_supports.iter().enumerate() {
        counts(support, &format!("/financial_supports/{i}"), values);
    }
}

fn of_target(target: &Target, year: Option<i32>, path: &str, values: &mut Values) {
    let of = Of { indicator: printed(&target.name), kind: "target" };
    if let Some(goal) = &target.goal {
        values.quantity(&of, "goal", goal.fiscal_year, &goal.quantity, &format!("{path}/goal"));
    }
    let series = target.series.as_deref().unwrap_or_default();
    for (i, of_year) in series.iter().enumerate() {
        let (path, year) = (format!("{path}/series/{i}"), Some(of_year.fiscal_year));
        for (role, quantity) in [("target", &of_year.target), ("actual", &of_year.actual)] {
            if let Some(quantity) = quantity.value() {
                values.quantity(&of, role, year, quantity, &format!("{path}/{role}"));
            }
        }
        let progress = of_year.progress_percent.value();
        values.percent(&of, "progress", year, progress, &format!("{path}/progress_percent"));
    }
    // What the running text says of a year that 別紙１ has as well is the same value.
    let actual = target.actual.as_ref();
    let told = |year: i32| series.iter().find(|s| s.fiscal_year == year);
    if let Some(actual) = actual.filter(|a| told(a.fiscal_year).is_none_or(|s| s.actual.value().is_none())) {
        values.quantity(&of, "actual", Some(actual.fiscal_year), &actual.quantity, &format!("{path}/actual"));
    }
    let year = actual.map(|a| a.fiscal_year).or(year);
    if year.and_then(told).is_none_or(|s| s.progress_percent.value().is_none()) {
        let progress = target.progress_percent.value();
        values.percent(&of, "progress", year, progress, &format!("{path}/progress_percent"));
    }
    values.percent(&of, "growth", year, target.growth_percent.value(), &format!("{path}/growth_percent"));
}

fn counts(support: &FinancialSupport, path: &str, values: &mut Values) {
    let of = Of { indicator: printed(&support.program), kind: "output" };
    for (r, row) in support.rows.iter().enumerate().filter(|(_, row)| row.item == SupportItem::Count) {
        for (i, of_year) in row.amounts.iter().enumerate() {
            let amount = &of_year.amount;
            let quantity = Quantity {
                raw: amount.raw.clone(),
                state: amount.state,
                value: amount.value,
                unit: amount.value.map(|_| "件".to_owned()),
                comparator: None,
                cumulative: None,
            };
            let path = format!("{path}/rows/{r}/amounts/{i}");
            values.quantity(&of, "actual", Some(of_year.fiscal_year), &quantity, &path);
        }
    }
}
