//! # HY202 progress-mismatch
//!
//! 日本語: 進捗度が 実績値÷目標値 と合わない
//!
//! ## What it does
//!
//! Computes 実績値 ÷ 目標値 of each year of 別紙１ and holds it against the printed 進捗度, within what rounding allows. The 進捗度 of
//! the main text is that of its year.
//!
//! ## Why it matters
//!
//! The 進捗度 of the evaluation indicator is made of these.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "evaluation_indicators": [ { "number": 1,  "targets": [ { "number": "(1)-①", "actual": { "fiscal_year": 2013, "raw": "7件" }, "progress_percent": 80.0,
//!   "series": [ { "fiscal_year": 2013, "target": { "raw": "10件" }, "actual": { "raw": "7件" }, "progress_percent": 80.0 } ] } ] } ] }
//! ```
//!
//! ```finding
//! error /records/0/evaluation_indicators/0/targets/0/progress_percent: expected 70.0, found 80.0
//! ```
//!
//! ## When to ignore it
//!
//! Where the target is one of reducing something and the form counts progress the other way.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::{Interval, float, shown_like};
use crate::audit::units;
use crate::form::special_zone::ZoneEvaluation;
use crate::normalize::Quantity;
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY202",
    name: "progress-mismatch",
    scope: Scope::Field,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("progress_mismatch.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    for (e, indicator) in zone.evaluation_indicators.iter().enumerate() {
        for (t, target) in indicator.targets.iter().enumerate() {
            let at = view.at(format!("/evaluation_indicators/{e}/targets/{t}"));
            let Some(series) = &target.series else { continue };
            let year = target.actual.as_ref().map(|a| a.fiscal_year);
            for (k, row) in series.iter().enumerate() {
                let (Some(goal), Some(actual), Some(printed)) =
                    (row.target.value(), row.actual.value(), row.progress_percent.value())
                else {
                    continue;
                };
                let Some((stands_for, exact)) = ratio(actual, goal) else { continue };
                if stands_for.meets(Interval::cut(*printed)) {
                    continue;
                }
                let of_row = format!("{at}/series/{k}/progress_percent");
                // The main text prints it again: the finding stands there, once.
                let main =
                    target.progress_percent.value().filter(|m| year == Some(row.fiscal_year) && m.0 == printed.0);
                let pointer = if main.is_some() { format!("{at}/progress_percent") } else { of_row.clone() };
                let raw = |q: &Quantity| fold(q.raw.as_deref().unwrap_or_default());
                let expected = shown_like(exact, *printed);
                let message = format!(
                    "進捗度 is printed as {}%, but 実績値 {} ÷ 目標値 {} is {expected}%",
                    printed.0,
                    raw(actual),
                    raw(goal)
                );
                let draft = Draft::new(pointer, message).expected(expected).found(printed.0.to_string());
                let draft = if main.is_some() { draft.related(of_row) } else { draft };
                out.push(draft.related(format!("{at}/series/{k}/actual")).related(format!("{at}/series/{k}/target")));
            }
        }
    }
}

/// Actual ÷ target in percent: what it may be, and what the printed digits give.
fn ratio(actual: &Quantity, target: &Quantity) -> Option<(Interval, f64)> {
    if !units::same(actual.unit.as_deref(), target.unit.as_deref()) {
        return None;
    }
    let stands_for = Interval::of(actual)?.percent_of(Interval::of(target)?)?;
    let (a, t) = (float(actual.value?), float(target.value?));
    (t != 0.0 && a >= 0.0 && t > 0.0).then_some((stands_for, a / t * 100.0))
}
