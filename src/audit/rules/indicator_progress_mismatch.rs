//! # HY203 indicator-progress-mismatch
//!
//! 日本語: 評価指標の進捗度が 寄与度×進捗度 の合計と合わない
//!
//! ## What it does
//!
//! Adds 寄与度 × 進捗度 of the numeric targets of an evaluation indicator up and holds the sum against the indicator's 進捗度.
//!
//! ## Why it matters
//!
//! It is the number that the zone is judged by.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "evaluation_indicators": [ { "number": 1, "progress_percent": 80.0, "targets": [ { "number": "(1)-①", "progress_percent": 100.0, "weight_in_indicator_percent": 50.0 },
//!   { "number": "(1)-②", "progress_percent": 40.0, "weight_in_indicator_percent": 50.0 } ] } ] }
//! ```
//!
//! ```finding
//! error /records/0/evaluation_indicators/0/progress_percent: expected 70.0, found 80.0
//! ```
//!
//! ## When to ignore it
//!
//! Where the form counts a 進捗度 above some cap as that cap.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::{Interval, float, shown_like};
use crate::form::special_zone::ZoneEvaluation;

pub static RULE: Rule = Rule {
    code: "HY203",
    name: "indicator-progress-mismatch",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("indicator_progress_mismatch.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    for (e, indicator) in zone.evaluation_indicators.iter().enumerate() {
        let at = view.at(format!("/evaluation_indicators/{e}"));
        let Some(printed) = indicator.progress_percent.value() else { continue };
        let mut sum = Interval::exact(0.0);
        let (mut exact, mut weights) = (0.0, 0.0);
        let mut parts = Vec::new();
        let mut places = Vec::new();
        for (t, target) in indicator.targets.iter().enumerate() {
            // A target that is not yet measured has no weight.
            let Some(weight) = target.weight_in_indicator_percent.value() else { continue };
            let Some(progress) = target.progress_percent.value() else {
                weights = f64::NAN;
                break;
            };
            sum = sum.plus(Interval::rounded(*progress).times(float(*weight) / 100.0));
            exact += float(*weight) * float(*progress) / 100.0;
            weights += float(*weight);
            parts.push(format!("{}×{}", weight.0.normalize(), progress.0));
            places.push(format!("{at}/targets/{t}/progress_percent"));
        }
        // Weights that are not whole are the matter of another rule.
        if places.is_empty() || weights.is_nan() || (weights - 100.0).abs() >= 0.5 || sum.meets(Interval::cut(*printed))
        {
            continue;
        }
        let expected = shown_like(exact, *printed);
        let message = format!(
            "進捗度 is printed as {}%, but Σ 寄与度 × 進捗度 = {} is {expected}%",
            printed.0,
            parts.join(" + ")
        );
        let draft =
            Draft::new(format!("{at}/progress_percent"), message).expected(expected).found(printed.0.to_string());
        out.push(places.into_iter().fold(draft, Draft::related));
    }
}
