//! # HY102 achievement-over-cap
//!
//! 日本語: 100.0で頭打ちの様式なのに、達成割合が100を超えて印字されている
//!
//! ## What it does
//!
//! Reports a 達成割合 above 100 in a document that prints others, whose 実績値 is above the 目標値 as well, as 100.0.
//!
//! ## Why it matters
//!
//! A sum or mean over the sheets mixes capped and uncapped percentages.
//!
//! ## Example
//!
//! ```json
//! [ { "kind": "initiative", "do": { "indicators": [ { "name": "研修の受講者数", "actuals": [ { "fiscal_year": 2022, "raw": "9人" } ],
//!     "target": { "fiscal_year": 2022, "raw": "6人" }, "achievement_percent": 100.0 } ] } },
//!   { "kind": "initiative", "do": { "indicators": [ { "name": "視察の受入件数", "actuals": [ { "fiscal_year": 2022, "raw": "6件" } ],
//!     "target": { "fiscal_year": 2022, "raw": "4件" }, "achievement_percent": 150.0 } ] } } ]
//! ```
//!
//! ```finding
//! warning /records/1/do/indicators/0/achievement_percent: expected 100.0, found 150.0
//! ```
//!
//! ## When to ignore it
//!
//! Where an edition of the form explains why some indicators are not capped.

use super::achievement_mismatch::ratio;
use super::{Check, Draft, Rule, Scope, Severity, Status};
use crate::audit::interval::{Interval, float};
use crate::form::{Document, Record};

pub static RULE: Rule = Rule {
    code: "HY102",
    name: "achievement-over-cap",
    scope: Scope::Document,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("achievement_over_cap.rs"),
    check: Check::Document(check),
};

fn check(document: &Document, out: &mut Vec<Draft>) {
    let mut capped: Option<String> = None;
    let mut over: Vec<(String, String)> = Vec::new();
    for (r, record) in document.records.iter().enumerate() {
        let Record::Initiative(sheet) = record else { continue };
        for (i, indicator) in sheet.do_.indicators.iter().enumerate() {
            let (Some(printed), Some((_, ratio))) = (indicator.achievement_percent.value(), ratio(indicator)) else {
                continue;
            };
            let at = format!("/records/{r}/do/indicators/{i}/achievement_percent");
            let value = float(*printed);
            if value == 100.0 && ratio.low > 101.0 {
                capped.get_or_insert(at);
            } else if value > 100.0 && ratio.meets(Interval::cut(*printed)) {
                over.push((at, printed.0.to_string()));
            }
        }
    }
    let Some(capped) = capped else { return };
    for (at, printed) in over {
        let message = format!(
            "達成割合 is printed as {printed}%, while other sheets of the document print what is above 100 as 100.0"
        );
        out.push(Draft::new(at, message).expected("100.0").found(printed).related(capped.clone()));
    }
}
