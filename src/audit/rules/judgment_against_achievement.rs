//! # HY103 judgment-against-achievement
//!
//! 日本語: 進捗状況の判定が達成割合の示す段階と合わない
//!
//! ## What it does
//!
//! Holds the 進捗状況 against the 達成割合 of the sheet's indicators, by the thresholds of the jurisdiction and year
//! (`schemas/scales/*.toml`, `--scales`). With several indicators only a judgment better than the best or worse than the worst of
//! them is reported, since the sheets do not say how they are weighed.
//!
//! ## Why it matters
//!
//! A judgment that its own numbers do not bear is what an auditor asks about first.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "do": { "indicators": [ { "name": "植樹本数", "actuals": [ { "fiscal_year": 2022, "raw": "50本" } ],
//!     "target": { "fiscal_year": 2022, "raw": "100本" }, "achievement_percent": 50.0 } ],
//!   "judgment": { "raw": "順調", "level": "on_track", "scale": { "id": "okinawa-progress", "basis": "activity" } } } }
//! ```
//!
//! ```finding
//! warning /records/0/do/judgment: expected 大幅遅れ, found 順調
//! ```
//!
//! ## When to ignore it
//!
//! Where the thresholds of the scale are an assumption (the message says so) and the jurisdiction uses others.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::float;
use crate::audit::scales::Step;
use crate::form::initiative_sheet::InitiativeSheet;

pub static RULE: Rule = Rule {
    code: "HY103",
    name: "judgment-against-achievement",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("judgment_against_achievement.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    let Some(judgment) = sheet.do_.judgment.value() else { return };
    let Some(id) = judgment.scale.as_ref().map(|s| s.id.as_str()) else { return };
    let jurisdiction = match view.document.jurisdictions.as_slice() {
        [only] => Some(only.code.as_str()),
        _ => None,
    };
    let Some(scale) = view.scales.find(id, jurisdiction, view.document.fiscal_year) else { return };
    // 未着手 is no share of a target.
    let Some(judged) = scale.rank(judgment.level) else { return };
    let mut ranks: Vec<(usize, String, &Step, String)> = Vec::new();
    for (i, indicator) in sheet.do_.indicators.iter().enumerate() {
        let Some(printed) = indicator.achievement_percent.value() else { return };
        let at = view.at(format!("/do/indicators/{i}/achievement_percent"));
        let Some(step) = scale.level(float(*printed)) else { return };
        let Some(rank) = scale.rank(step.level) else { return };
        ranks.push((rank, at, step, printed.0.to_string()));
    }
    let best = ranks.iter().min_by_key(|r| r.0);
    let worst = ranks.iter().max_by_key(|r| r.0);
    let (Some(best), Some(worst)) = (best, worst) else { return };
    let expected = if judged < best.0 {
        best
    } else if judged > worst.0 {
        worst
    } else {
        return;
    };
    let basis = if scale.assumption { " (thresholds: an assumption)" } else { "" };
    let message = format!(
        "進捗状況 is {}, but 達成割合 {}% stands for {} on the scale {}{basis}",
        judgment.raw, expected.3, expected.2.word, scale.id
    );
    let draft =
        Draft::new(view.at("/do/judgment"), message).expected(expected.2.word.clone()).found(judgment.raw.clone());
    out.push(ranks.iter().fold(draft, |draft, r| draft.related(r.1.clone())));
}
