//! # HY201 goal-sum-mismatch
//!
//! 日本語: 各年度の目標値の合計が数値目標（累計）と合わない
//!
//! ## What it does
//!
//! Adds the yearly targets of 別紙１ up and holds them against a goal that is a sum of all years (累計). Where only the rounding of
//! measured numbers lets both be right, it is a note.
//!
//! ## Why it matters
//!
//! Either the goal or one year's target is not the one that was approved.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "evaluation_indicators": [ { "number": 1,  "targets": [ { "number": "(1)-①", "goal": { "raw": "１０施設", "fiscal_year": 2014, "cumulative_goal": true },
//!   "series": [ { "fiscal_year": 2013, "target": { "raw": "４施設" } }, { "fiscal_year": 2014, "target": { "raw": "５施設" } } ] } ] } ] }
//! ```
//!
//! ```finding
//! error /records/0/evaluation_indicators/0/targets/0/goal: expected 9施設, found 10施設
//! ```
//!
//! ## When to ignore it
//!
//! Where years before those of the table count towards the goal.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::{Interval, float, shown_like};
use crate::audit::units;
use crate::form::Printed;
use crate::form::special_zone::{Goal, SeriesYear, ZoneEvaluation};
use crate::normalize::State;

pub static RULE: Rule = Rule {
    code: "HY201",
    name: "goal-sum-mismatch",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("goal_sum_mismatch.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    for (e, indicator) in zone.evaluation_indicators.iter().enumerate() {
        for (t, target) in indicator.targets.iter().enumerate() {
            let at = view.at(format!("/evaluation_indicators/{e}/targets/{t}"));
            let (Some(goal), Some(series)) = (&target.goal, &target.series) else { continue };
            let Some(printed) = goal.quantity.value.filter(|_| goal.cumulative_goal) else { continue };
            let Some((sum, exact, years)) = sum(series, goal) else { continue };
            let unit = goal.quantity.unit.as_deref();
            let apart = (exact - float(printed)).abs() > 1e-6 * exact.abs().max(1.0);
            let stands_for = Interval::of_unit(printed, unit);
            if !apart {
                continue;
            }
            // As many decimals as the sum needs.
            let finest = years
                .iter()
                .filter_map(|k| series[*k].target.value()?.value)
                .chain([printed])
                .max_by_key(|n| n.0.scale());
            let word = unit.unwrap_or_default();
            let expected = format!("{}{word}", shown_like(exact, finest.unwrap_or(printed)));
            let found = format!("{}{word}", printed.0);
            let message = format!("the goal is printed as {found}, the yearly targets add up to {expected}");
            let draft = Draft::new(format!("{at}/goal"), message).expected(expected).found(found);
            let draft = years.iter().fold(draft, |d, k| d.related(format!("{at}/series/{k}/target")));
            out.push(if sum.meets(stands_for) { draft.severity(Severity::Note) } else { draft });
        }
    }
}

/// The sum of all targets up to the goal's year, as what it stands for and as printed, and the rows it is of. `None` where
/// one is missing after the first, or of another unit.
fn sum(series: &[SeriesYear], goal: &Goal) -> Option<(Interval, f64, Vec<usize>)> {
    let mut total = Interval::exact(0.0);
    let (mut exact, mut rows) = (0.0, Vec::new());
    for (k, year) in series.iter().enumerate() {
        if goal.fiscal_year.is_some_and(|last| year.fiscal_year > last) {
            return None;
        }
        match &year.target {
            Printed::Value(q) if q.state == State::Number => {
                if !units::same(q.unit.as_deref(), goal.quantity.unit.as_deref()) || q.comparator.is_some() {
                    return None;
                }
                total = total.plus(Interval::of_unit(q.value?, q.unit.as_deref()));
                exact += float(q.value?);
                rows.push(k);
            }
            // The years before the plan began have no target.
            Printed::Empty if rows.is_empty() => {}
            Printed::Value(q) if rows.is_empty() && matches!(q.state, State::None | State::Blank) => {}
            _ => return None,
        }
    }
    (rows.len() >= 2
        && series.last().map(|y| y.fiscal_year) == goal.fiscal_year.or(series.last().map(|y| y.fiscal_year)))
    .then_some((total, exact, rows))
}
