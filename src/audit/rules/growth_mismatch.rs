//! # HY206 growth-mismatch
//!
//! 日本語: 伸び率が前年度の実績との比と合わない
//!
//! ## What it does
//!
//! Computes the growth of the 実績値 against that of the year before and holds it against the printed 伸び率. A growth that is printed
//! though the year before has no actual is a note.
//!
//! ## Why it matters
//!
//! A ratio printed for a growth (217.2 for 117.2) doubles what was reached.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "evaluation_indicators": [ { "number": 1,  "targets": [ { "number": "(1)-①", "actual": { "fiscal_year": 2013, "raw": "12件" }, "growth_percent": 150.0,
//!   "series": [ { "fiscal_year": 2012, "actual": { "raw": "8件" } }, { "fiscal_year": 2013, "actual": { "raw": "12件" } } ] } ] } ] }
//! ```
//!
//! ```finding
//! error /records/0/evaluation_indicators/0/targets/0/growth_percent: expected 50.0, found 150.0
//! ```
//!
//! ## When to ignore it
//!
//! Where the 伸び率 is defined against another year.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::{Interval, float, shown_like};
use crate::audit::units;
use crate::form::Printed;
use crate::form::special_zone::ZoneEvaluation;
use crate::normalize::fold::fold;
use crate::normalize::{Quantity, State};

pub static RULE: Rule = Rule {
    code: "HY206",
    name: "growth-mismatch",
    scope: Scope::Field,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("growth_mismatch.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    for (e, indicator) in zone.evaluation_indicators.iter().enumerate() {
        for (t, target) in indicator.targets.iter().enumerate() {
            let at = view.at(format!("/evaluation_indicators/{e}/targets/{t}"));
            let (Some(series), Some(now)) = (&target.series, &target.actual) else { continue };
            let Some(printed) = target.growth_percent.value() else { continue };
            let of = |year: i32| series.iter().position(|row| row.fiscal_year == year);
            let (Some(k), Some(p)) = (of(now.fiscal_year), of(now.fiscal_year - 1)) else { continue };
            let Some(actual) = series[k].actual.value() else { continue };
            let pointer = format!("{at}/growth_percent");
            let (this, last) = (format!("{at}/series/{k}/actual"), format!("{at}/series/{p}/actual"));
            let before = match &series[p].actual {
                Printed::Value(q) if q.state == State::Number => q,
                Printed::Unplaced => continue,
                _ => {
                    let message = format!("伸び率 is printed as {}%, though the year before has no actual", printed.0);
                    let draft = Draft::new(pointer, message).expected("－").found(printed.0.to_string());
                    out.push(draft.related(last).severity(Severity::Note));
                    continue;
                }
            };
            if !units::same(actual.unit.as_deref(), before.unit.as_deref()) {
                continue;
            }
            let (Some(a), Some(b)) = (Interval::of(actual), Interval::of(before)) else { continue };
            let Some(ratio) = a.percent_of(b).filter(|_| b.low > 0.0) else { continue };
            let growth = ratio.plus(Interval::exact(-100.0));
            if growth.meets(Interval::cut(*printed)) {
                continue;
            }
            let (Some(a), Some(b)) = (actual.value, before.value) else { continue };
            let expected = shown_like((float(a) / float(b) - 1.0) * 100.0, *printed);
            let raw = |q: &Quantity| fold(q.raw.as_deref().unwrap_or_default());
            let ratio =
                if ratio.meets(Interval::cut(*printed)) { "; printed is the ratio, not the growth" } else { "" };
            let message = format!(
                "伸び率 is printed as {}%, but {} against {} of the year before is {expected}%{ratio}",
                printed.0,
                raw(actual),
                raw(before)
            );
            out.push(
                Draft::new(pointer, message)
                    .expected(expected)
                    .found(printed.0.to_string())
                    .related(this)
                    .related(last),
            );
        }
    }
}
