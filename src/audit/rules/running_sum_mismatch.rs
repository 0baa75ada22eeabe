//! # HY105 running-sum-mismatch
//!
//! 日本語: 年度別計画の累計が各年度の目標の合計と合わない
//!
//! ## What it does
//!
//! Adds the yearly targets of the 年度別計画 up and holds them against the running sums in brackets: `３件（６件）`. A stock
//! （…累計38室）is no running sum and is left alone.
//!
//! ## Why it matters
//!
//! The last of these sums is what the plan promises.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "plan": { "output_indicators": [ { "name": "相談件数(累計)", "targets": [
//!   { "fiscal_year": 2022, "raw": "３件" }, { "fiscal_year": 2023, "raw": "３件（６件）" }, { "fiscal_year": 2024, "raw": "３件（10件）" } ] } ] } }
//! ```
//!
//! ```finding
//! error /records/0/plan/output_indicators/0/targets/2: expected 9件, found 10件
//! ```
//!
//! ## When to ignore it
//!
//! Where the sum counts from years before those that are printed and the first year prints none.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::{Interval, shown_like};
use crate::form::initiative_sheet::InitiativeSheet;
use crate::normalize::Quantity;

pub static RULE: Rule = Rule {
    code: "HY105",
    name: "running-sum-mismatch",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("running_sum_mismatch.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    for (i, indicator) in sheet.plan.output_indicators.iter().enumerate() {
        let mut sum: Option<Interval> = None;
        let mut before: Vec<String> = Vec::new();
        for (k, target) in indicator.targets.iter().enumerate() {
            let q = &target.quantity;
            let at = view.at(format!("/plan/output_indicators/{i}/targets/{k}"));
            let (Some(value), false) = (q.value, is_stock(q)) else {
                sum = None;
                continue;
            };
            let of = |n| Interval::of_unit(n, q.unit.as_deref());
            sum = match (sum, q.cumulative) {
                (Some(sum), Some(printed)) => {
                    let computed = sum.plus(of(value));
                    if !computed.meets(of(printed)) {
                        let unit = q.unit.as_deref().unwrap_or_default();
                        let expected = format!("{}{unit}", shown_like((computed.low + computed.high) / 2.0, printed));
                        let found = format!("{}{unit}", printed.0);
                        let message =
                            format!("the running sum is printed as {found}, the yearly targets add up to {expected}");
                        let draft = Draft::new(at.clone(), message).expected(expected).found(found);
                        out.push(before.iter().fold(draft, |draft, b| draft.related(b.clone())));
                    }
                    // What follows is held against this print, so that one slip is told once.
                    Some(of(printed))
                }
                (None, Some(printed)) => Some(of(printed)),
                // Only the first year goes without its sum.
                (None, None) if k == 0 => Some(of(value)),
                (_, None) => None,
            };
            before.push(at);
        }
    }
}

/// 累計 of a stock is no sum of the years: it is what there is.
fn is_stock(q: &Quantity) -> bool {
    q.raw.as_deref().is_some_and(|raw| ["累計", "継続", "新規", "うち"].iter().any(|word| raw.contains(word)))
}
