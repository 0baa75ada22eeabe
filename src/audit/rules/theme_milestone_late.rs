//! # HY304 theme-milestone-late
//!
//! 日本語: 目標の期限（R3.11月頃など）より後に実施されている
//!
//! ## What it does
//!
//! Reads the month of a target in words（…の素案を作成(R3.11月頃)）and holds it against the month that the progress column prints for the
//! same thing（…の素案を公表(R3.12)）.
//!
//! ## Why it matters
//!
//! A milestone that slipped is easily overlooked among those that were kept.
//!
//! ## Example
//!
//! ```json
//! { "kind": "theme", "initiatives": [ { "title": "販路の開拓", "targets": [ { "type": "qualitative", "text": "整備計画の案を作成(R3.11月頃)" } ],
//!   "progress": [ { "text": "整備計画の案を公表(R3.12)" } ] } ] }
//! ```
//!
//! ```finding
//! warning /records/0/initiatives/0/targets/0: expected R3.11月頃, found R3.12
//! ```
//!
//! ## When to ignore it
//!
//! Where what was done in the month printed is a later step.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::names;
use crate::form::department_theme::Theme;
use crate::normalize::era;
use crate::normalize::fold::key;

pub static RULE: Rule = Rule {
    code: "HY304",
    name: "theme-milestone-late",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("theme_milestone_late.rs"),
    check: Check::Theme(check),
};

fn check(theme: &Theme, view: &View, out: &mut Vec<Draft>) {
    for (i, initiative) in theme.initiatives.iter().enumerate() {
        for (t, target) in initiative.targets.iter().enumerate() {
            let Some((thing, due, printed)) = dated(target.text.lines().next().unwrap_or_default()) else { continue };
            for (p, progress) in initiative.progress.iter().enumerate() {
                let Some((done, month, found)) = dated(progress.text.lines().next().unwrap_or_default()) else {
                    continue;
                };
                if thing != done || month <= due {
                    continue;
                }
                let at = view.at(format!("/initiatives/{i}"));
                let message = format!("due {printed}, done {found}");
                out.push(
                    Draft::new(format!("{at}/targets/{t}"), message)
                        .expected(printed.clone())
                        .found(found)
                        .related(format!("{at}/progress/{p}/text")),
                );
            }
        }
    }
}

/// What is done to what thing, and by which month: `案を作成(R3.11月頃)` is 案, November 2021, `R3.11月頃`.
fn dated(line: &str) -> Option<(String, (i32, u8), String)> {
    let (words, bracket) = line.trim().strip_suffix(')')?.rsplit_once('(')?;
    let month = key(bracket);
    let month = month.trim_end_matches('頃').trim_end_matches("ごろ").trim_end_matches('月').trim_end_matches("まで");
    // R3.7、R4.2 and R3.5〜 are no one month.
    let date = era::date(month).filter(|d| d.day.is_none())?;
    let (thing, _) = words.rsplit_once('を')?;
    let thing = names::loose(thing);
    (thing.chars().count() >= 2).then_some((thing, (date.year, date.month), bracket.trim().to_owned()))
}
