//! # HY207 weights-mismatch
//!
//! 日本語: 寄与度の合計が100にならない
//!
//! ## What it does
//!
//! Adds the 寄与度 within each evaluation indicator, and those of the whole, up: both must come to 100 as far as rounding allows. Where
//! the weights of the whole are an equal share of each indicator but for one of them, that one is named.
//!
//! ## Why it matters
//!
//! Weights that are not whole shift every 進捗度 that is made with them.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "evaluation_indicators": [ { "number": 1,  "targets": [ { "number": "(1)-①", "weight_in_indicator_percent": 60.0 }, { "number": "(1)-②", "weight_in_indicator_percent": 50.0 } ] } ] }
//! ```
//!
//! ```finding
//! warning /records/0/evaluation_indicators/0/targets: expected 100, found 110
//! ```
//!
//! ## When to ignore it
//!
//! Where targets that are not printed carry the rest.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use rust_decimal::Decimal;

use crate::audit::interval::{Interval, float, shown_like};
use crate::form::special_zone::ZoneEvaluation;
use crate::normalize::Number;

pub static RULE: Rule = Rule {
    code: "HY207",
    name: "weights-mismatch",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("weights_mismatch.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    for (e, indicator) in zone.evaluation_indicators.iter().enumerate() {
        let weights: Vec<Number> =
            indicator.targets.iter().filter_map(|t| t.weight_in_indicator_percent.value().copied()).collect();
        let unplaced = indicator
            .targets
            .iter()
            .any(|t| t.weight_in_indicator_percent.is_unplaced() && t.progress_percent.value().is_some());
        if weights.is_empty() || unplaced || whole(&weights) {
            continue;
        }
        let found = total(&weights);
        let message =
            format!("the 寄与度 of evaluation indicator ({}) add up to {found}, not to 100", indicator.number);
        let at = view.at(format!("/evaluation_indicators/{e}/targets"));
        let draft = Draft::new(at.clone(), message).expected("100").found(found);
        out.push(
            (0..indicator.targets.len()).fold(draft, |d, t| d.related(format!("{at}/{t}/weight_in_indicator_percent"))),
        );
    }
    overall(zone, view, out);
}

/// The weights of the whole.
fn overall(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    let mut all: Vec<(String, Number, Option<f64>)> = Vec::new();
    for (e, indicator) in zone.evaluation_indicators.iter().enumerate() {
        for (t, target) in indicator.targets.iter().enumerate() {
            let Some(weight) = target.weight_overall_percent.value() else {
                // One that was not read leaves nothing to say of the sum.
                if target.weight_in_indicator_percent.value().is_some() {
                    return;
                }
                continue;
            };
            let share =
                target.weight_in_indicator_percent.value().map(|w| float(*w) / zone.evaluation_indicators.len() as f64);
            all.push((
                view.at(format!("/evaluation_indicators/{e}/targets/{t}/weight_overall_percent")),
                *weight,
                share,
            ));
        }
    }
    let weights: Vec<Number> = all.iter().map(|(_, w, _)| *w).collect();
    if weights.is_empty() || whole(&weights) {
        return;
    }
    let fits = |(_, weight, share): &&(String, Number, Option<f64>)| {
        share.is_some_and(|s| Interval::cut(*weight).meets(Interval::exact(s)))
    };
    let odd: Vec<_> = all.iter().filter(|one| !fits(one)).collect();
    match odd.as_slice() {
        [(at, weight, Some(share))] if all.len() > 2 => {
            let expected = shown_like(*share, *weight);
            let message = format!(
                "the 寄与度 of the whole add up to {}; this one is {}, an equal share of its indicator is {expected}",
                total(&weights),
                weight.0
            );
            let draft = Draft::new(at.clone(), message).expected(expected).found(weight.0.to_string());
            out.push(draft.related(at.replace("weight_overall_percent", "weight_in_indicator_percent")));
        }
        _ => {
            let found = total(&weights);
            let message = format!("the 寄与度 of the whole add up to {found}, not to 100");
            let draft = Draft::new(view.at("/evaluation_indicators"), message).expected("100").found(found);
            out.push(all.into_iter().fold(draft, |d, (at, _, _)| d.related(at)));
        }
    }
}

/// May they add up to 100, each rounded or cut off?
fn whole(weights: &[Number]) -> bool {
    let sum = weights.iter().fold(Interval::exact(0.0), |sum, w| {
        sum.plus(if w.0.is_integer() && weights.len() < 3 { Interval::exact(float(*w)) } else { Interval::cut(*w) })
    });
    sum.meets(Interval::exact(100.0))
}

fn total(weights: &[Number]) -> String {
    let sum = weights.iter().try_fold(Decimal::ZERO, |sum, w| sum.checked_add(w.0));
    sum.map(|s| s.normalize().to_string()).unwrap_or_default()
}
