//! # HY504 amendment-without-supplement
//!
//! 日本語: 改正に対応する附則がない
//!
//! ## What it does
//!
//! Looks for the 附則 of each amendment: of its date, or one that comes into force within half a year of it.
//!
//! ## Why it matters
//!
//! Without it nobody can tell from when the amendment holds.
//!
//! ## Example
//!
//! ```json
//! { "kind": "guideline", "enacted": { "date": "2020-04-01", "reference": "産第1号" }, "amendments": [{ "date": "2021-10-01", "reference": "産第2号" }], "supplementary": [ { "amendment": null, "paragraphs": [], "effective": "2020-04-01", "expires": null } ] }
//! ```
//!
//! ```finding
//! error /records/0/amendments/0: expected an 附則 of 2021-10-01, found none
//! ```
//!
//! ## When to ignore it
//!
//! Where the supplements of old amendments are left out of the print.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::form::subsidy_guideline::Guideline;

pub static RULE: Rule = Rule {
    code: "HY504",
    name: "amendment-without-supplement",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("amendment_without_supplement.rs"),
    check: Check::Guideline(check),
};

fn check(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    let Some(matched) = matched(guideline) else { return };
    for (a, amendment) in guideline.amendments.iter().enumerate() {
        let Some(date) = amendment.date.value().filter(|_| !matched.amendments.contains(&a)) else { continue };
        let message = format!("the preamble has an amendment of {date}, no 附則 is of that date");
        let draft = Draft::new(view.at(format!("/amendments/{a}")), message);
        let draft = draft.expected(format!("an 附則 of {date}")).found("none");
        // Those that belong to no amendment may be what is meant.
        let left = (0..guideline.supplementary.len()).filter(|s| !matched.supplements.contains(s));
        out.push(left.fold(draft, |d, s| d.related(view.at(format!("/supplementary/{s}")))));
    }
}

/// Amendments that have their 附則, and 附則 that have their amendment (or the enactment).
pub(super) struct Matched {
    pub amendments: Vec<usize>,
    pub supplements: Vec<usize>,
}

/// `None` where the dates that were read leave room: a 附則 or an amendment without one.
pub(super) fn matched(guideline: &Guideline) -> Option<Matched> {
    if guideline.supplementary.is_empty() || guideline.amendments.iter().any(|a| a.date.value().is_none()) {
        return None;
    }
    let mut supplements: Vec<(usize, &str)> = Vec::new();
    for (s, supplement) in guideline.supplementary.iter().enumerate() {
        let told = supplement.amendment.as_ref().and_then(|a| a.date.value()).or(supplement.effective.as_ref());
        supplements.push((s, told?));
    }
    let dates: Vec<&str> = guideline.amendments.iter().filter_map(|a| a.date.value()).map(String::as_str).collect();
    let mut out = Matched { amendments: Vec::new(), supplements: Vec::new() };
    // The enactment takes its own first.
    if let Some(enacted) = guideline.enacted.as_ref().and_then(|e| e.date.value()) {
        let own = supplements
            .iter()
            .find(|(_, d)| d == enacted)
            .or_else(|| supplements.iter().find(|(_, d)| near(enacted, d)));
        out.supplements.extend(own.map(|(s, _)| *s));
    } else {
        out.supplements.push(0);
    }
    let fits: [fn(&str, &str) -> bool; 2] = [|a, b| a == b, near];
    for fits in fits {
        for (a, date) in dates.iter().enumerate() {
            if out.amendments.contains(&a) {
                continue;
            }
            let free = supplements.iter().find(|(s, d)| !out.supplements.contains(s) && fits(date, d));
            if let Some((s, _)) = free {
                out.amendments.push(a);
                out.supplements.push(*s);
            }
        }
    }
    Some(out)
}

/// Within half a year: amended in March, in force from April.
fn near(a: &str, b: &str) -> bool {
    matches!((days(a), days(b)), (Some(a), Some(b)) if (a - b).abs() <= 183)
}

/// Days, near enough to count months with.
fn days(iso: &str) -> Option<i64> {
    let mut parts = iso.split('-').map(|p| p.parse::<i64>().ok());
    let (year, month) = (parts.next()??, parts.next()??);
    let day = parts.next().flatten().unwrap_or(15);
    Some(year * 365 + year / 4 + (month - 1) * 61 / 2 + day)
}
