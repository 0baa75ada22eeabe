//! 「主な取組」検証票: 年度別計画, 実績値, 目標値 and 達成割合 of its 活動指標.

use super::{Of, Values};
use crate::form::YearQuantity;
use crate::form::document::Printed;
use crate::form::initiative_sheet::InitiativeSheet;
use crate::normalize::{Quantity, State};
use crate::table::words::printed;

pub fn values(sheet: &InitiativeSheet, values: &mut Values) {
    for (i, indicator) in sheet.plan.output_indicators.iter().enumerate() {
        let of = output(&indicator.name);
        for (k, target) in indicator.targets.iter().enumerate() {
            target_rows(&of, target, &format!("/plan/output_indicators/{i}/targets/{k}"), values);
        }
    }
    for (i, indicator) in sheet.do_.indicators.iter().enumerate() {
        let (of, path) = (output(&indicator.name), format!("/do/indicators/{i}"));
        for (k, actual) in indicator.actuals.iter().enumerate() {
            let path = format!("{path}/actuals/{k}");
            values.quantity(&of, "actual", Some(actual.fiscal_year), &actual.quantity, &path);
        }
        if let Some(target) = &indicator.target {
            target_rows(&of, target, &format!("{path}/target"), values);
        }
        // 達成割合 is of the year of its target.
        let year = indicator.target.as_ref().map(|t| t.fiscal_year);
        let percent = indicator.achievement_percent.value();
        values.percent(&of, "achievement", year, percent, &format!("{path}/achievement_percent"));
    }
}

fn output(name: &Printed<String>) -> Of {
    Of { indicator: printed(name), kind: "output" }
}

fn target_rows(of: &Of, target: &YearQuantity, path: &str, values: &mut Values) {
    values.quantity(of, "target", Some(target.fiscal_year), &target.quantity, path);
    if let Some(sum) = target.quantity.cumulative {
        // 以上 and the like are read with the yearly figure.
        let cumulative =
            Quantity { value: Some(sum), state: State::Number, comparator: None, ..target.quantity.clone() };
        values.quantity(of, "cumulative_target", Some(target.fiscal_year), &cumulative, path);
    }
}
