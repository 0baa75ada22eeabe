//! # HY101 achievement-mismatch
//!
//! 日本語: 達成割合が 実績値÷目標値 と合わない
//!
//! ## What it does
//!
//! Computes 実績値 ÷ 目標値 and holds it against the printed 達成割合. Rounding is respected: measured values stand for the
//! interval of their last decimal, counted ones (件, 人) for themselves; a ratio above 100 is printed as 100.0 by the form.
//!
//! ## Why it matters
//!
//! The 判定 rests on this percentage.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "do": { "indicators": [ {
//!   "name": "相談会の開催回数", "actuals": [ { "fiscal_year": 2022, "raw": "5回" } ],
//!   "target": { "fiscal_year": 2022, "raw": "6回" }, "achievement_percent": 93.3 } ] } }
//! ```
//!
//! ```finding
//! error /records/0/do/indicators/0/achievement_percent: expected 83.3, found 93.3
//! ```
//!
//! ## When to ignore it
//!
//! Where the 実績値 is a stock and the 達成割合 counts the year's increase.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::{Interval, float, shown_like};
use crate::audit::units;
use crate::form::initiative_sheet::{Indicator, InitiativeSheet};
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY101",
    name: "achievement-mismatch",
    scope: Scope::Field,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("achievement_mismatch.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    for (i, indicator) in sheet.do_.indicators.iter().enumerate() {
        let (Some(printed), Some(target)) = (indicator.achievement_percent.value(), &indicator.target) else {
            continue;
        };
        let Some((k, ratio)) = ratio(indicator) else { continue };
        let stands_for = Interval::cut(*printed);
        // Capped by the form: the place of what is above is 100.0.
        let capped = Interval { low: ratio.low.min(100.0), high: ratio.high.min(100.0) };
        if stands_for.meets(ratio) || stands_for.meets(capped) {
            continue;
        }
        let actual = &indicator.actuals[k];
        let exact = match (actual.quantity.value, target.quantity.value) {
            (Some(a), Some(b)) if float(b) != 0.0 => (float(a) / float(b) * 100.0).min(100.0),
            _ => continue,
        };
        let raw = |q: &crate::normalize::Quantity| fold(q.raw.as_deref().unwrap_or_default());
        let message = format!(
            "達成割合 is printed as {}%, but 実績値 {} ÷ 目標値 {} is {}%",
            printed.0,
            raw(&actual.quantity),
            raw(&target.quantity),
            shown_like(exact, *printed)
        );
        let at = format!("/do/indicators/{i}");
        out.push(
            Draft::new(view.at(format!("{at}/achievement_percent")), message)
                .expected(shown_like(exact, *printed))
                .found(printed.0.to_string())
                .related(view.at(format!("{at}/actuals/{k}")))
                .related(view.at(format!("{at}/target"))),
        );
    }
}

/// The place of the actual of the target's year, and actual ÷ target in percent. `None` where one is no number, the units
/// differ, or less is better.
pub(super) fn ratio(indicator: &Indicator) -> Option<(usize, Interval)> {
    let target = indicator.target.as_ref()?;
    let k = indicator.actuals.iter().position(|a| a.fiscal_year == target.fiscal_year)?;
    let actual = &indicator.actuals[k].quantity;
    if !units::same(actual.unit.as_deref(), target.quantity.unit.as_deref()) {
        return None;
    }
    let (of, to) = (Interval::of(actual)?, Interval::of(&target.quantity)?);
    // △ beside ＋: which way is forward is not told.
    if of.low < 0.0 && to.high > 0.0 || of.high > 0.0 && to.low < 0.0 {
        return None;
    }
    Some((k, of.percent_of(to)?))
}
