//! # HY302 theme-target-without-result
//!
//! 日本語: 数値目標の実績が進捗状況に書かれていない
//!
//! ## What it does
//!
//! Reports a quantitative target of which the progress column prints no result: neither a number of its counter under a like name, nor
//! its name at all.
//!
//! ## Why it matters
//!
//! What is not reported cannot be judged.
//!
//! ## Example
//!
//! ```json
//! { "kind": "theme", "initiatives": [ { "title": "販路の開拓", "targets": [ { "type": "quantitative", "text": "受講者数:20人以上", "measures": [ { "name": "受講者数", "value": 20, "unit": "人", "comparator": ">=", "role": "target" } ] } ],
//!   "progress": [ { "text": "講座を開設(R3.6〜)" } ] } ] }
//! ```
//!
//! ```finding
//! warning /records/0/initiatives/0/targets/0: expected a result, found none
//! ```
//!
//! ## When to ignore it
//!
//! Where the result is due after the month that the progress column is of.

use super::theme_target_not_met::{result_of, shown};
use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::names;
use crate::form::department_theme::{MeasureRole, TargetType, Theme, ThemeColumn, ThemeMeasure};

pub static RULE: Rule = Rule {
    code: "HY302",
    name: "theme-target-without-result",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("theme_target_without_result.rs"),
    check: Check::Theme(check),
};

fn check(theme: &Theme, view: &View, out: &mut Vec<Draft>) {
    for (i, initiative) in theme.initiatives.iter().enumerate() {
        let at = view.at(format!("/initiatives/{i}"));
        // A progress column that was not read says nothing.
        if initiative.progress.is_empty()
            || view
                .document
                .diagnostics
                .iter()
                .any(|d| d.at.as_deref().is_some_and(|p| p.starts_with(&format!("{at}/progress"))))
        {
            continue;
        }
        for (t, target) in initiative.targets.iter().enumerate() {
            let aims: Vec<&ThemeMeasure> = target.measures.iter().filter(|m| m.role == MeasureRole::Target).collect();
            if target.kind != Some(TargetType::Quantitative) || aims.is_empty() || target.text.contains("再掲") {
                continue;
            }
            let told = aims.iter().any(|aim| {
                let name = names::loose(&aim.name);
                let in_words =
                    initiative.progress.iter().any(|p| names::loose(&p.text.replace('\n', "")).contains(&name));
                let in_tables = initiative.tables.iter().any(|t| {
                    t.column == ThemeColumn::Progress && t.header.iter().flatten().any(|h| names::loose(h) == name)
                });
                name.chars().count() < 2 || in_words || in_tables || result_of(initiative, aim, false).is_some()
            });
            if told {
                continue;
            }
            let message =
                format!("the progress column reports nothing of the target 「{}」 ({})", aims[0].name, shown(aims[0]));
            out.push(Draft::new(format!("{at}/targets/{t}"), message).expected("a result").found("none"));
        }
    }
}
