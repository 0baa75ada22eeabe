//! # HY209 annex-name-differs
//!
//! 日本語: 本文と別紙で名称が違う
//!
//! ## What it does
//!
//! Holds the names of targets, evaluation indicators and regulatory measures of the main text against those of 別紙１ and 別紙２. Names
//! that differ in spelling only are a note.
//!
//! ## Why it matters
//!
//! Another name may be another target.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "evaluation_indicators": [ { "number": 1,  "targets": [ { "number": "(1)-①", "name": "部品の試作件数", "annex": { "name": "部品の試作品数" } } ] } ] }
//! ```
//!
//! ```finding
//! warning /records/0/evaluation_indicators/0/targets/0/annex/name: expected 部品の試作件数, found 部品の試作品数
//! ```
//!
//! ## When to ignore it
//!
//! Where one of the two is a short form.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::names;
use crate::form::special_zone::ZoneEvaluation;

pub static RULE: Rule = Rule {
    code: "HY209",
    name: "annex-name-differs",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("annex_name_differs.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    let mut tell = |main: &str, annex: &str, at: String, main_at: String| {
        if names::plain(main) == names::plain(annex) {
            return false;
        }
        let message = format!("「{main}」 of the main text is called 「{annex}」 in the annex");
        let draft = Draft::new(at, message).expected(main).found(annex).related(main_at);
        let spelling = names::loose(main) == names::loose(annex);
        out.push(if spelling { draft.severity(Severity::Note) } else { draft });
        true
    };
    for (e, indicator) in zone.evaluation_indicators.iter().enumerate() {
        let base = view.at(format!("/evaluation_indicators/{e}"));
        // The annex prints the indicator's name with each target: told once.
        let mut told = false;
        for (t, target) in indicator.targets.iter().enumerate() {
            let Some(annex) = &target.annex else { continue };
            let at = format!("{base}/targets/{t}");
            if let (Some(main), Some(name)) = (target.name.value(), annex.name.value()) {
                tell(main, name, format!("{at}/annex/name"), format!("{at}/name"));
            }
            if let (Some(main), Some(name)) = (indicator.name.value(), annex.indicator.value())
                && !told
            {
                told = tell(main, name, format!("{at}/annex/indicator"), format!("{base}/name"));
            }
        }
    }
    let projects: Vec<&String> = zone.regulatory_projects.iter().filter_map(|p| p.title.value()).collect();
    for (m, measure) in zone.regulatory_measures.iter().enumerate() {
        let Some(title) = measure.title.value() else { continue };
        if projects.iter().any(|p| names::plain(p) == names::plain(title)) {
            continue;
        }
        // Only what is surely meant: another spelling of one title.
        let like = zone.regulatory_projects.iter().enumerate().find_map(|(p, project)| {
            project.title.value().filter(|t| names::loose(t) == names::loose(title)).map(|t| (p, t))
        });
        if let Some((p, project)) = like {
            tell(
                project,
                title,
                view.at(format!("/regulatory_measures/{m}/title")),
                view.at(format!("/regulatory_projects/{p}/title")),
            );
        }
    }
}
