//! # HY508 expires-before-effective
//!
//! 日本語: 失効日が施行日より前になっている
//!
//! ## What it does
//!
//! Holds the 失効日 of a 附則 against its 施行日.
//!
//! ## Why it matters
//!
//! The guideline would never have been in force.
//!
//! ## Example
//!
//! ```json
//! { "kind": "guideline", "supplementary": [ { "amendment": null, "paragraphs": [], "effective": "2022-04-01", "expires": "2021-03-31" } ] }
//! ```
//!
//! ```finding
//! error /records/0/supplementary/0/expires: expected a date after 2022-04-01, found 2021-03-31
//! ```
//!
//! ## When to ignore it
//!
//! Never.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::form::subsidy_guideline::Guideline;

pub static RULE: Rule = Rule {
    code: "HY508",
    name: "expires-before-effective",
    scope: Scope::Field,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("expires_before_effective.rs"),
    check: Check::Guideline(check),
};

fn check(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    for (s, supplement) in guideline.supplementary.iter().enumerate() {
        let (Some(effective), Some(expires)) = (&supplement.effective, &supplement.expires) else { continue };
        if expires < effective {
            let at = view.at(format!("/supplementary/{s}"));
            out.push(
                Draft::new(format!("{at}/expires"), format!("in force from {effective}, but only until {expires}"))
                    .expected(format!("a date after {effective}"))
                    .found(expires.clone())
                    .related(format!("{at}/effective")),
            );
        }
    }
}
