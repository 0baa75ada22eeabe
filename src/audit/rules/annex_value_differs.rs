//! # HY208 annex-value-differs
//!
//! 日本語: 本文の数値と別紙１の数値が違う
//!
//! ## What it does
//!
//! Holds 実績, 目標値, 進捗度 and 寄与度 of the main text against what 別紙１ prints of the same target.
//!
//! ## Why it matters
//!
//! Main text and annex are one report: one of the two numbers is old or mistyped.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "evaluation_indicators": [ { "number": 1,  "targets": [ { "number": "(1)-①", "actual": { "fiscal_year": 2013, "raw": "１２件" },
//!   "series": [ { "fiscal_year": 2013, "actual": { "raw": "11件" } } ] } ] } ] }
//! ```
//!
//! ```finding
//! error /records/0/evaluation_indicators/0/targets/0/actual: expected 11件, found 12件
//! ```
//!
//! ## When to ignore it
//!
//! Where the annex says that it prints another state of the data.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::Interval;
use crate::audit::units;
use crate::form::special_zone::ZoneEvaluation;
use crate::normalize::{Quantity, percent, quantity};

pub static RULE: Rule = Rule {
    code: "HY208",
    name: "annex-value-differs",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("annex_value_differs.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    for (e, indicator) in zone.evaluation_indicators.iter().enumerate() {
        for (t, target) in indicator.targets.iter().enumerate() {
            let at = view.at(format!("/evaluation_indicators/{e}/targets/{t}"));
            let mut tell = |what: &str, main: String, annex: String, expected: String, found: String| {
                let message = format!("{what} is {found} in the main text and {expected} in 別紙１");
                out.push(Draft::new(main, message).expected(expected).found(found).related(annex));
            };
            if let Some(actual) = &target.actual
                && let Some(k) = target.series.iter().flatten().position(|s| s.fiscal_year == actual.fiscal_year)
            {
                let row = &target.series.as_deref().unwrap_or_default()[k];
                if let Some(annex) = row.actual.value()
                    && units::differ(&actual.quantity, annex, units::same)
                {
                    let places = (format!("{at}/actual"), format!("{at}/series/{k}/actual"));
                    tell("実績", places.0, places.1, shown(annex), shown(&actual.quantity));
                }
                if let (Some(main), Some(annex)) = (target.progress_percent.value(), row.progress_percent.value())
                    && !Interval::cut(*main).meets(Interval::cut(*annex))
                {
                    let places = (format!("{at}/progress_percent"), format!("{at}/series/{k}/progress_percent"));
                    tell("進捗度", places.0, places.1, annex.0.to_string(), main.0.to_string());
                }
            }
            let Some(annex) = &target.annex else { continue };
            if let (Some(goal), Some(raw)) = (&target.goal, annex.goal_raw.value()) {
                let printed = quantity::parse(raw);
                if units::differ(&goal.quantity, &printed, units::same) {
                    tell(
                        "目標値",
                        format!("{at}/goal"),
                        format!("{at}/annex/goal_raw"),
                        shown(&printed),
                        shown(&goal.quantity),
                    );
                }
            }
            if let (Some(weight), Some(raw)) = (target.weight_in_indicator_percent.value(), annex.weight_raw.value())
                && let Some(printed) = percent::parse_bare(raw)
                && !Interval::cut(*weight).meets(Interval::cut(printed))
            {
                let places = (format!("{at}/weight_in_indicator_percent"), format!("{at}/annex/weight_raw"));
                tell("寄与度", places.0, places.1, printed.0.to_string(), weight.0.to_string());
            }
        }
    }
}

fn shown(q: &Quantity) -> String {
    let value = q.value.map(|v| v.0.to_string()).unwrap_or_default();
    format!("{value}{}", q.unit.as_deref().unwrap_or_default())
}
