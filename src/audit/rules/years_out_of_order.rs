//! # HY114 years-out-of-order
//!
//! 日本語: 年度の列が順に並んでいない、または重なっている
//!
//! ## What it does
//!
//! Reports columns of years that do not rise: in the 年度別計画, the 実績値, or the amounts of a 予算事業.
//!
//! ## Why it matters
//!
//! A value under the wrong year is compared with the wrong target.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "plan": { "output_indicators": [ { "name": "調査地点数", "targets": [
//!   { "fiscal_year": 2023, "raw": "５地点" }, { "fiscal_year": 2022, "raw": "５地点" } ] } ] } }
//! ```
//!
//! ```finding
//! warning /records/0/plan/output_indicators/0/targets/1/fiscal_year: expected a year after 2023, found 2022
//! ```
//!
//! ## When to ignore it
//!
//! Where the form prints the latest year first.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::form::initiative_sheet::InitiativeSheet;

pub static RULE: Rule = Rule {
    code: "HY114",
    name: "years-out-of-order",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("years_out_of_order.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    let mut tell = |base: String, years: &[i32]| {
        for (k, pair) in years.windows(2).enumerate().filter(|(_, w)| w[0] >= w[1]) {
            let at = |k: usize| view.at(format!("{base}/{k}/fiscal_year"));
            let message = format!("the column of {} stands behind that of {}", pair[1], pair[0]);
            let draft = Draft::new(at(k + 1), message).expected(format!("a year after {}", pair[0]));
            out.push(draft.found(pair[1].to_string()).related(at(k)));
        }
    };
    for (i, indicator) in sheet.plan.output_indicators.iter().enumerate() {
        let years: Vec<i32> = indicator.targets.iter().map(|t| t.fiscal_year).collect();
        tell(format!("/plan/output_indicators/{i}/targets"), &years);
    }
    for (i, indicator) in sheet.do_.indicators.iter().enumerate() {
        let years: Vec<i32> = indicator.actuals.iter().map(|t| t.fiscal_year).collect();
        tell(format!("/do/indicators/{i}/actuals"), &years);
    }
    for (i, program) in sheet.do_.programs.iter().enumerate() {
        let years: Vec<i32> = program.budgets.iter().map(|t| t.fiscal_year).collect();
        tell(format!("/do/programs/{i}/budgets"), &years);
    }
}
