//! # HY301 theme-target-not-met
//!
//! 日本語: 数値目標に対し、進捗状況の実績が届いていない
//!
//! ## What it does
//!
//! Looks each quantitative target up in the progress column, by its name and counter, and reports those whose result falls short. An
//! amount of money beside a count (５件 500万円) is what it costs, not what is aimed at.
//!
//! ## Why it matters
//!
//! The form prints no judgment: the reader has to find out what was not reached.
//!
//! ## Example
//!
//! ```json
//! { "kind": "theme", "initiatives": [ { "title": "販路の開拓", "targets": [ { "type": "quantitative", "text": "相談件数:50件以上", "measures": [ { "name": "相談件数", "value": 50, "unit": "件", "comparator": ">=", "role": "target" } ] } ],
//!   "progress": [ { "text": "相談件数:31件", "measures": [ { "name": "相談件数", "value": 31, "unit": "件", "role": "actual" } ] } ] } ] }
//! ```
//!
//! ```finding
//! warning /records/0/initiatives/0/targets/0: expected 50件, found 31件
//! ```
//!
//! ## When to ignore it
//!
//! Where the progress column gives the reason, or counts a part of the year.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::{Interval, float};
use crate::audit::{names, units};
use crate::form::department_theme::{MeasureRole, Theme, ThemeInitiative, ThemeMeasure};
use crate::normalize::Comparator;

pub static RULE: Rule = Rule {
    code: "HY301",
    name: "theme-target-not-met",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("theme_target_not_met.rs"),
    check: Check::Theme(check),
};

fn check(theme: &Theme, view: &View, out: &mut Vec<Draft>) {
    for (i, initiative) in theme.initiatives.iter().enumerate() {
        for (t, target) in initiative.targets.iter().enumerate() {
            let aims: Vec<&ThemeMeasure> = target.measures.iter().filter(|m| m.role == MeasureRole::Target).collect();
            let mut short: Vec<(&ThemeMeasure, Reported)> = Vec::new();
            for aim in &aims {
                let cost = aim.unit.as_deref().is_some_and(|u| u.contains('円'))
                    && aims.iter().any(|other| other.name == aim.name && other.unit != aim.unit);
                if cost {
                    continue;
                }
                let Some(result) = result_of(initiative, aim, true) else { continue };
                if !met(aim, result.measure) {
                    short.push((*aim, result));
                }
            }
            if short.is_empty() {
                continue;
            }
            let list = |all: Vec<String>| all.join("、");
            let expected = list(short.iter().map(|(aim, _)| shown(aim)).collect());
            let found = list(short.iter().map(|(_, result)| shown(result.measure)).collect());
            let name = &short[0].0.name;
            let message = match share(short[0].0, short[0].1.measure) {
                Some(share) => format!("「{name}」: the target is {expected}, the result {found} ({share:.0}%)"),
                None => format!("「{name}」: the target is {expected}, the result {found}"),
            };
            let base = view.at(format!("/initiatives/{i}"));
            let draft = Draft::new(format!("{base}/targets/{t}"), message).expected(expected).found(found);
            out.push(
                short
                    .iter()
                    .fold(draft, |d, (_, r)| d.related(format!("{base}/progress/{}/measures/{}", r.item, r.at))),
            );
        }
    }
}

/// A result of the progress column.
#[derive(Clone, Copy)]
pub(super) struct Reported<'a> {
    pub item: usize,
    pub at: usize,
    pub measure: &'a ThemeMeasure,
}

/// The result that a target's measure has in the progress column. `sure`: of its very name; else of one like it.
pub(super) fn result_of<'a>(initiative: &'a ThemeInitiative, aim: &ThemeMeasure, sure: bool) -> Option<Reported<'a>> {
    let wanted = names::loose(&aim.name);
    let mut best: Option<(f64, Reported)> = None;
    for (item, progress) in initiative.progress.iter().enumerate() {
        for (at, measure) in progress.measures.iter().enumerate() {
            if measure.role != MeasureRole::Actual || !units::same(measure.unit.as_deref(), aim.unit.as_deref()) {
                continue;
            }
            let name = names::loose(&measure.name);
            let like = if name == wanted { 1.0 } else { names::alike(&name, &wanted) * 0.99 };
            let enough = if sure {
                like == 1.0
            } else {
                like >= 0.5 || (!name.is_empty() && (wanted.contains(&name) || name.contains(&wanted)))
            };
            if enough && best.is_none_or(|(before, _)| like > before) {
                best = Some((like, Reported { item, at, measure }));
            }
        }
    }
    best.map(|(_, reported)| reported)
}

/// Is the result as good as the target, as far as its print tells?
fn met(aim: &ThemeMeasure, result: &ThemeMeasure) -> bool {
    let (goal, value) =
        (Interval::of_unit(aim.value, aim.unit.as_deref()), Interval::of_unit(result.value, result.unit.as_deref()));
    let slack = if [aim, result].iter().any(|m| m.comparator == Some(Comparator::About)) {
        0.1 * float(aim.value).abs()
    } else {
        0.0
    };
    match aim.comparator {
        Some(Comparator::AtMost) => value.low <= float(aim.value) + slack,
        Some(Comparator::Below) => value.low < float(aim.value) + slack,
        Some(Comparator::Above) => value.high > float(aim.value) - slack,
        _ => value.high >= goal.low - slack,
    }
}

fn share(aim: &ThemeMeasure, result: &ThemeMeasure) -> Option<f64> {
    let (goal, value) = (float(aim.value), float(result.value));
    (goal > 0.0).then_some(value / goal * 100.0)
}

pub(super) fn shown(m: &ThemeMeasure) -> String {
    let about = if m.comparator == Some(Comparator::About) { "約" } else { "" };
    format!("{about}{}{}", m.value.0, m.unit.as_deref().unwrap_or_default())
}
