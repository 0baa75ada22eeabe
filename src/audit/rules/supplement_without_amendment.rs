//! # HY505 supplement-without-amendment
//!
//! 日本語: 附則に対応する改正（制定）が前文にない
//!
//! ## What it does
//!
//! Looks for the amendment of each 附則 in the preamble: of its date, or within half a year before or after it.
//!
//! ## Why it matters
//!
//! One of the two dates is mistyped, or the preamble was not carried on.
//!
//! ## Example
//!
//! ```json
//! { "kind": "guideline", "enacted": { "date": "2020-04-01", "reference": "産第1号" }, "amendments": [], "supplementary": [ { "amendment": null, "paragraphs": [], "effective": "2020-04-01", "expires": null },
//!   { "amendment": null, "paragraphs": [], "effective": "2022-03-25", "expires": null } ] }
//! ```
//!
//! ```finding
//! error /records/0/supplementary/1: expected a 改正 of 2022-03-25, found none
//! ```
//!
//! ## When to ignore it
//!
//! Where the preamble lists the last amendment only.

use super::amendment_without_supplement::matched;
use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::form::subsidy_guideline::Guideline;

pub static RULE: Rule = Rule {
    code: "HY505",
    name: "supplement-without-amendment",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("supplement_without_amendment.rs"),
    check: Check::Guideline(check),
};

fn check(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    // A guideline without any preamble has nothing to hold its 附則 against.
    if guideline.enacted.is_none() && guideline.amendments.is_empty() {
        return;
    }
    let Some(matched) = matched(guideline) else { return };
    for (s, supplement) in guideline.supplementary.iter().enumerate() {
        let told = supplement.amendment.as_ref().and_then(|a| a.date.value()).or(supplement.effective.as_ref());
        let Some(date) = told.filter(|_| !matched.supplements.contains(&s)) else { continue };
        let message = format!("the 附則 of {date} belongs to no amendment of the preamble");
        let draft = Draft::new(view.at(format!("/supplementary/{s}")), message);
        let draft = draft.expected(format!("a 改正 of {date}")).found("none");
        let left = (0..guideline.amendments.len()).filter(|a| !matched.amendments.contains(a));
        out.push(left.fold(draft, |d, a| d.related(view.at(format!("/amendments/{a}")))));
    }
}
