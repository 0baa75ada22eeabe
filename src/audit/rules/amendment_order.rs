//! # HY503 amendment-order
//!
//! 日本語: 改正日が年代順に並んでいない
//!
//! ## What it does
//!
//! The dates of 制定 and 改正 in the preamble must rise.
//!
//! ## Why it matters
//!
//! A date out of order is mistyped, most often by a year.
//!
//! ## Example
//!
//! ```json
//! { "kind": "guideline", "enacted": { "date": "2020-04-01", "reference": "産第1号" }, "amendments": [{ "date": "2022-06-01", "reference": "産第2号" }, { "date": "2021-03-31", "reference": "産第3号" }], "supplementary": [] }
//! ```
//!
//! ```finding
//! error /records/0/amendments/1: expected a date after 2022-06-01, found 2021-03-31
//! ```
//!
//! ## When to ignore it
//!
//! Never, unless the form lists the latest amendment first.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::form::subsidy_guideline::Guideline;

pub static RULE: Rule = Rule {
    code: "HY503",
    name: "amendment-order",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("amendment_order.rs"),
    check: Check::Guideline(check),
};

fn check(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    let mut last: Option<(String, String)> =
        guideline.enacted.as_ref().and_then(|e| Some((view.at("/enacted"), e.date.value()?.clone())));
    for (a, amendment) in guideline.amendments.iter().enumerate() {
        let Some(date) = amendment.date.value() else { continue };
        let at = view.at(format!("/amendments/{a}"));
        match &last {
            // ISO dates sort as strings; a month alone is not before a day of it.
            Some((place, before)) if date < before && !before.starts_with(date.as_str()) => {
                let message = format!("the amendment of {date} stands behind that of {before}");
                let draft = Draft::new(at, message).expected(format!("a date after {before}")).found(date.clone());
                out.push(draft.related(place.clone()));
            }
            _ => last = Some((at, date.clone())),
        }
    }
}
