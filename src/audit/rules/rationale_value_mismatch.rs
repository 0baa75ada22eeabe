//! # HY107 rationale-value-mismatch
//!
//! 日本語: 判定根拠の文が引用する目標値・実績値が表と違う
//!
//! ## What it does
//!
//! Reads the numbers that the 判定根拠 quotes（目標値「３件」に対し、実績値「８件」）and holds them against the table. A number of another
//! year, or of an indicator that the sentence does not tell, is left alone.
//!
//! ## Why it matters
//!
//! Text and table are written by different hands; the judgment names the text.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "do": { "indicators": [ { "name": "展示会の出展数", "actuals": [ { "fiscal_year": 2022, "raw": "8件" } ],
//!     "target": { "fiscal_year": 2022, "raw": "６件" }, "achievement_percent": 100.0 } ],
//!   "rationale": "「展示会の出展数」の目標値「6件」に対し、実績値「9件」であることから、順調と判断した。" } }
//! ```
//!
//! ```finding
//! error /records/0/do/rationale: expected 8件, found 9件
//! ```
//!
//! ## When to ignore it
//!
//! Where the sentence counts something else than the indicator does.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::Interval;
use crate::audit::quoted::Role;
use crate::audit::{names, units};
use crate::form::initiative_sheet::{Indicator, InitiativeSheet};
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY107",
    name: "rationale-value-mismatch",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("rationale_value_mismatch.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    let mut last: Option<usize> = None;
    for quoted in view.quoted() {
        let indicators = &sheet.do_.indicators;
        let named = quoted.name.as_deref().and_then(|name| named(indicators, name));
        let Some(i) = named.or(last).or((indicators.len() == 1).then_some(0)) else { continue };
        // The second number of a sentence is of the indicator that its first was of.
        last = Some(i);
        let indicator = &indicators[i];
        let Some(target) = &indicator.target else { continue };
        if quoted.fiscal_year.is_some_and(|y| y != target.fiscal_year) {
            continue;
        }
        let (at, printed) = match quoted.role {
            Role::Target => (format!("/do/indicators/{i}/target"), &target.quantity),
            Role::Actual => {
                let Some(k) = indicator.actuals.iter().position(|a| a.fiscal_year == target.fiscal_year) else {
                    continue;
                };
                (format!("/do/indicators/{i}/actuals/{k}"), &indicator.actuals[k].quantity)
            }
        };
        let Some(text) = quoted.quantity.value else { continue };
        let of = |n| Interval::of_unit(n, printed.unit.as_deref());
        let is_sum = || printed.cumulative.is_some_and(|sum| of(sum).meets(of(text)));
        if !units::differ(printed, &quoted.quantity, units::alike) || is_sum() {
            continue;
        }
        let word = if quoted.role == Role::Target { "目標値" } else { "実績値" };
        let expected = fold(printed.raw.as_deref().unwrap_or_default());
        let message = format!("the 判定根拠 quotes the {word} as {}, the table prints {expected}", quoted.text);
        out.push(
            Draft::new(view.at("/do/rationale"), message).expected(expected).found(&quoted.text).related(view.at(at)),
        );
    }
}

/// The indicator that a name in the text means: the same name, or the only one, or the only one that ends like it.
fn named(indicators: &[Indicator], name: &str) -> Option<usize> {
    if indicators.len() == 1 {
        return Some(0);
    }
    let loose = names::loose(name);
    let of = |i: &Indicator| i.name.value().map(|n| names::loose(n)).unwrap_or_default();
    let like = |test: &dyn Fn(&str) -> bool| {
        let mut all = indicators.iter().enumerate().filter(|(_, i)| test(&of(i)));
        all.next().map(|(at, _)| at).filter(|_| all.next().is_none())
    };
    like(&|n| n == loose).or_else(|| like(&|n| !n.is_empty() && loose.ends_with(n)))
}
