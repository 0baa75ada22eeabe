//! # HY110 indicator-name-differs
//!
//! 日本語: 計画の活動指標と、取組の状況の活動指標名が違う
//!
//! ## What it does
//!
//! Holds the names of the indicators in Plan and in Do against each other, for those that the year of the sheet has targets for.
//!
//! ## Why it matters
//!
//! An indicator under another name may be another indicator: targets and results could no longer be compared.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "plan": { "output_indicators": [ { "name": "養成者数", "targets": [ { "fiscal_year": 2022, "raw": "５人" } ] } ] },
//!   "do": { "indicators": [ { "name": "修了者数", "actuals": [], "target": { "fiscal_year": 2022, "raw": "５人" } } ] } }
//! ```
//!
//! ```finding
//! warning /records/0/do/indicators/0/name: expected 養成者数, found 修了者数
//! ```
//!
//! ## When to ignore it
//!
//! Where the sheet says that the indicator was renamed.

use super::plan_target_mismatch::pairs;
use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::names;
use crate::form::initiative_sheet::InitiativeSheet;

pub static RULE: Rule = Rule {
    code: "HY110",
    name: "indicator-name-differs",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("indicator_name_differs.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    for (p, d) in pairs(sheet, view.document.fiscal_year) {
        let names = (sheet.plan.output_indicators[p].name.value(), sheet.do_.indicators[d].name.value());
        let (Some(planned), Some(done)) = names else { continue };
        if names::plain(planned) == names::plain(done) {
            continue;
        }
        let message = format!("the indicator is called 「{planned}」 in Plan and 「{done}」 in Do");
        let draft = Draft::new(view.at(format!("/do/indicators/{d}/name")), message)
            .expected(planned.clone())
            .found(done.clone())
            .related(view.at(format!("/plan/output_indicators/{p}/name")));
        let spelling = names::loose(planned) == names::loose(done);
        out.push(if spelling { draft.severity(Severity::Note) } else { draft });
    }
}
