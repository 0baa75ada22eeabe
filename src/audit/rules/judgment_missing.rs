//! # HY112 judgment-missing
//!
//! 日本語: 進捗状況の判定が空欄、または既知の尺度にない
//!
//! ## What it does
//!
//! Reports a sheet whose 進捗状況 is empty or a dash (warning), or printed in words of no known scale (note).
//!
//! ## Why it matters
//!
//! Shares of judgments are wrong by every sheet that has none.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "do": { "judgment": null } }
//! ```
//!
//! ```finding
//! warning /records/0/do/judgment: expected a judgment, found none
//! ```
//!
//! ## When to ignore it
//!
//! Where the form of that year does not judge all initiatives.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::form::Printed;
use crate::form::initiative_sheet::{InitiativeSheet, Level};

pub static RULE: Rule = Rule {
    code: "HY112",
    name: "judgment-missing",
    scope: Scope::Field,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("judgment_missing.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    let at = view.at("/do/judgment");
    match &sheet.do_.judgment {
        Printed::Empty => {
            out.push(Draft::new(at, "進捗状況 is empty").expected("a judgment").found("none"));
        }
        Printed::Value(j) if j.level == Level::Unrated => out.push(
            Draft::new(at, format!("進捗状況 is 「{}」, a word of no known scale", j.raw))
                .expected("a word of a known scale")
                .found(j.raw.clone())
                .severity(Severity::Note),
        ),
        _ => {}
    }
}
