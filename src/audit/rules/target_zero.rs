//! # HY113 target-zero
//!
//! 日本語: 目標値が0で、達成割合を計算できない
//!
//! ## What it does
//!
//! Reports a 目標値 of zero.
//!
//! ## Why it matters
//!
//! No share of nothing can be computed: whatever 達成割合 is printed is a convention.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "do": { "indicators": [ { "name": "新規採択件数", "actuals": [], "target": { "fiscal_year": 2022, "raw": "０件" } } ] } }
//! ```
//!
//! ```finding
//! note /records/0/do/indicators/0/target: expected more than 0, found 0件
//! ```
//!
//! ## When to ignore it
//!
//! Where zero is the goal (事故件数０件).

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::form::initiative_sheet::InitiativeSheet;
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY113",
    name: "target-zero",
    scope: Scope::Field,
    severity: Severity::Note,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("target_zero.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    for (i, indicator) in sheet.do_.indicators.iter().enumerate() {
        let Some(quantity) = indicator.target.as_ref().map(|t| &t.quantity) else { continue };
        if quantity.value.is_some_and(|v| v.0.is_zero()) {
            let found = fold(quantity.raw.as_deref().unwrap_or("0"));
            let at = view.at(format!("/do/indicators/{i}/target"));
            out.push(Draft::new(at, "the 目標値 is zero").expected("more than 0").found(found));
        }
    }
}
