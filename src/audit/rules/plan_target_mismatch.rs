//! # HY104 plan-target-mismatch
//!
//! 日本語: 年度別計画の目標と、取組の状況の目標値が違う
//!
//! ## What it does
//!
//! Holds the target of the 年度別計画 (Plan) against the 目標値 of the same indicator and year in the Do block.
//!
//! ## Why it matters
//!
//! The two are one number: which of them the achievement was computed from decides the judgment.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "plan": { "output_indicators": [ { "name": "講習会の開催回数(累計)", "targets": [ { "fiscal_year": 2022, "raw": "４回" } ] } ] },
//!   "do": { "indicators": [ { "name": "講習会の開催回数(累計)", "actuals": [], "target": { "fiscal_year": 2022, "raw": "３回" } } ] } }
//! ```
//!
//! ```finding
//! error /records/0/do/indicators/0/target: expected 4回, found 3回
//! ```
//!
//! ## When to ignore it
//!
//! Where a note on the sheet says that the target was revised during the year.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::{names, units};
use crate::form::initiative_sheet::InitiativeSheet;
use crate::form::{Printed, YearQuantity};
use crate::normalize::fold::{fold, key};
use crate::normalize::{Quantity, State, quantity};

pub static RULE: Rule = Rule {
    code: "HY104",
    name: "plan-target-mismatch",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("plan_target_mismatch.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    for (p, d) in pairs(sheet, view.document.fiscal_year) {
        let Some(target) = &sheet.do_.indicators[d].target else { continue };
        let planned = &sheet.plan.output_indicators[p].targets;
        let Some(k) = planned.iter().position(|t| t.fiscal_year == target.fiscal_year) else { continue };
        if agree(&planned[k].quantity, &target.quantity) {
            continue;
        }
        let raw = |q: &Quantity| fold(q.raw.as_deref().unwrap_or_default());
        let (expected, found) = (raw(&planned[k].quantity), raw(&target.quantity));
        let message = format!("the 目標値 of the Do block is {found}, the 年度別計画 of the same year says {expected}");
        out.push(
            Draft::new(view.at(format!("/do/indicators/{d}/target")), message)
                .expected(expected)
                .found(found)
                .related(view.at(format!("/plan/output_indicators/{p}/targets/{k}"))),
        );
    }
}

/// Do both cells say one thing? What is no number is held against its like only; a running sum may stand for its year.
fn agree(a: &Quantity, b: &Quantity) -> bool {
    match (a.state, b.state) {
        (State::Number, State::Number) => {
            let sums = [(a.cumulative, b.value), (a.value, b.cumulative)];
            !units::differ(a, b, units::alike) || sums.iter().any(|(s, v)| s.is_some() && s == v)
        }
        (State::Text, State::Text) => {
            let words = |q: &Quantity| key(q.raw.as_deref().unwrap_or_default());
            // Text that holds numbers may be one target said in two ways.
            words(a) == words(b) || quantity::holds_number(&words(a)) || quantity::holds_number(&words(b))
        }
        _ => true,
    }
}

/// The indicators of Plan and Do that are one: by their names, or as the only ones that the year leaves.
pub(super) fn pairs(sheet: &InitiativeSheet, year: Option<i32>) -> Vec<(usize, usize)> {
    let (planned, done) = (&sheet.plan.output_indicators, &sheet.do_.indicators);
    let name = |n: &Printed<String>| n.value().map(|n| names::plain(n)).unwrap_or_default();
    let planned_names: Vec<String> = planned.iter().map(|p| name(&p.name)).collect();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (d, indicator) in done.iter().enumerate() {
        let own = name(&indicator.name);
        let same = |p: &usize| !own.is_empty() && planned_names[*p] == own && !out.iter().any(|(q, _)| q == p);
        if let Some(p) = (0..planned.len()).find(same) {
            out.push((p, d));
        }
    }
    let of_year = |p: &usize| {
        let year = |t: &YearQuantity| year.is_none_or(|y| t.fiscal_year == y);
        planned[*p]
            .targets
            .iter()
            .any(|t| year(t) && !matches!(t.quantity.state, State::Blank | State::Unplaced | State::None))
    };
    let left_p: Vec<usize> = (0..planned.len()).filter(|p| !out.iter().any(|(q, _)| q == p)).filter(of_year).collect();
    let left_d: Vec<usize> = (0..done.len()).filter(|d| !out.iter().any(|(_, e)| e == d)).collect();
    if let ([p], [d]) = (left_p.as_slice(), left_d.as_slice()) {
        out.push((*p, *d));
    }
    out
}
