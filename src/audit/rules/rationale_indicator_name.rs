//! # HY108 rationale-indicator-name
//!
//! 日本語: 判定根拠が挙げる指標名が表の活動指標名と違う
//!
//! ## What it does
//!
//! Holds the name that the 判定根拠 quotes before 目標値 or 実績値 against the names of the table. A suffix such as （累計） or （内訳） is no
//! difference.
//!
//! ## Why it matters
//!
//! A reader cannot be sure that the text speaks of the indicator that was measured.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "do": { "indicators": [ { "name": "貸出件数(累計)", "actuals": [] } ],
//!   "rationale": "「漁業者への貸出件数」の目標値「3件」に対し、実績値「4件」であることから、順調と判断した。" } }
//! ```
//!
//! ```finding
//! note /records/0/do/rationale: expected 貸出件数(累計), found 漁業者への貸出件数
//! ```
//!
//! ## When to ignore it
//!
//! Where the text only says more precisely what is counted.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::{names, quoted};
use crate::form::initiative_sheet::InitiativeSheet;

pub static RULE: Rule = Rule {
    code: "HY108",
    name: "rationale-indicator-name",
    scope: Scope::Record,
    severity: Severity::Note,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("rationale_indicator_name.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    let Some(rationale) = sheet.do_.rationale.value() else { return };
    let printed: Vec<(usize, &String)> =
        sheet.do_.indicators.iter().enumerate().filter_map(|(i, d)| Some((i, d.name.value()?))).collect();
    let planned = sheet.plan.output_indicators.iter().filter_map(|o| o.name.value());
    let known: Vec<String> = printed.iter().map(|(_, n)| *n).chain(planned).map(|n| names::plain(n)).collect();
    for name in quoted::names(rationale) {
        if known.contains(&names::plain(&name)) {
            continue;
        }
        let likeness = |n: &str| names::alike(&names::loose(n), &names::loose(&name));
        // max_by gives the last of equals: turned round, the first of the table.
        let best = printed.iter().rev().max_by(|a, b| likeness(a.1).total_cmp(&likeness(b.1)));
        let Some((i, table)) = best else { continue };
        let message = format!("the 判定根拠 speaks of 「{name}」, the table of 「{table}」");
        out.push(
            Draft::new(view.at("/do/rationale"), message)
                .expected((*table).clone())
                .found(name)
                .related(view.at(format!("/do/indicators/{i}/name"))),
        );
    }
}
