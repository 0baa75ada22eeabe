//! # HY604 actual-changed
//!
//! 日本語: 同じ指標・同じ年度の実績値が文書によって違う
//!
//! ## What it does
//!
//! Holds the 実績値 of one indicator and year that documents of different years of one jurisdiction print against each other.
//!
//! ## Why it matters
//!
//! A result that was corrected later changes what the earlier judgment rested on.
//!
//! ## Example
//!
//! ```json
//! { "documents": [
//!   { "name": "r4", "jurisdiction": "999997", "fiscal_year": 2022, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "相談窓口" }, "do": { "indicators": [ { "name": "相談件数", "target": null, "actuals": [ { "fiscal_year": 2022, "raw": "40件" } ] } ] } } ] },
//!   { "name": "r5", "jurisdiction": "999997", "fiscal_year": 2023, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "相談窓口" }, "do": { "indicators": [ { "name": "相談件数", "target": null, "actuals": [ { "fiscal_year": 2022, "raw": "44件" } ] } ] } } ] } ] }
//! ```
//!
//! ```finding
//! warning r5#/records/0/do/indicators/0/actuals/0: expected 40件, found 44件
//! ```
//!
//! ## When to ignore it
//!
//! Where the earlier value was a preliminary one.

use super::target_changed::pairs;
use super::{Check, Draft, Rule, Scope, Severity, Status};
use crate::audit::facts::{Facts, ValueKind};
use crate::audit::registry::CorpusDraft;
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY604",
    name: "actual-changed",
    scope: Scope::Corpus,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("actual_changed.rs"),
    check: Check::Corpus(check),
};

fn check(facts: &Facts, out: &mut Vec<CorpusDraft>) {
    for (early, late) in pairs(facts, |early, late| early.kind == ValueKind::Actual && late.kind == ValueKind::Actual) {
        let message = format!(
            "「{}」 of {}: {} in the earlier document, {} here",
            late.indicator, late.fiscal_year, early.raw, late.raw
        );
        let draft = Draft::new(late.pointer.clone(), message).expected(fold(&early.raw)).found(fold(&late.raw));
        out.push((late.document, draft.related(facts.elsewhere(early.document, &early.pointer))));
    }
}
