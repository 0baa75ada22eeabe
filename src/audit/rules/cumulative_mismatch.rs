//! # HY204 cumulative-mismatch
//!
//! 日本語: 財政支援等の累計が各年度の合計と合わない
//!
//! ## What it does
//!
//! Adds the years of a row of 別紙３ up and holds them against its 累計. A dash counts as nothing; rows with a mark instead of an
//! amount (※) are left alone; a difference that rounding to 千円 explains is none.
//!
//! ## Why it matters
//!
//! 累計 columns are copied from year to year: one that was not carried on understates what was spent.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "financial_supports": [ { "kind": "fiscal", "program": "研究拠点の整備", "rows": [ { "item": "national",
//!   "amounts": [ { "fiscal_year": 2012, "raw": "30,000", "state": "number", "amount_yen": 30000000 },
//!                { "fiscal_year": 2013, "raw": "20,000", "state": "number", "amount_yen": 20000000 } ],
//!   "cumulative": { "raw": "30,000", "state": "number", "amount_yen": 30000000 } } ] } ] }
//! ```
//!
//! ```finding
//! error /records/0/financial_supports/0/rows/0/cumulative: expected 50,000, found 30,000
//! ```
//!
//! ## When to ignore it
//!
//! Where the 累計 counts years that the table does not print.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use rust_decimal::prelude::ToPrimitive;

use crate::audit::interval::{float, grouped};
use crate::form::special_zone::{Amount, SupportItem, ZoneEvaluation};
use crate::normalize::fold::fold;
use crate::normalize::{State, numeral};

pub static RULE: Rule = Rule {
    code: "HY204",
    name: "cumulative-mismatch",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("cumulative_mismatch.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    for (s, support) in zone.financial_supports.iter().enumerate() {
        for (r, row) in support.rows.iter().enumerate() {
            let Some(cumulative) = &row.cumulative else { continue };
            let Some((printed, place)) = number(cumulative).filter(|_| cumulative.state == State::Number) else {
                continue;
            };
            let amounts: Option<Vec<f64>> = row.amounts.iter().map(|a| or_nothing(&a.amount)).collect();
            let Some(amounts) = amounts.filter(|a| a.len() > 1) else { continue };
            let sum: f64 = amounts.iter().sum();
            // Each amount of money may be off by half a unit of print, and the sum as well.
            let slack = if row.item == SupportItem::Count { 0.0 } else { place * (amounts.len() as f64 + 1.0) / 2.0 };
            if (sum - printed).abs() <= slack {
                continue;
            }
            let at = view.at(format!("/financial_supports/{s}/rows/{r}"));
            let expected = grouped((sum / place).round() as i128);
            let found = grouped((printed / place).round() as i128);
            let name = support.program.value().map(String::as_str).unwrap_or_default();
            let message = format!("累計 of 「{name}」 is printed as {found}, its years add up to {expected}");
            let draft = Draft::new(format!("{at}/cumulative"), message).expected(expected).found(found);
            out.push((0..row.amounts.len()).fold(draft, |d, k| d.related(format!("{at}/amounts/{k}"))));
        }
    }
}

/// Yen or cases, and how much one of the unit of print is.
pub(super) fn number(amount: &Amount) -> Option<(f64, f64)> {
    if let Some(value) = amount.value {
        return Some((float(value), 1.0));
    }
    let yen = amount.amount_yen? as f64;
    let printed = amount.raw.as_deref().and_then(|raw| numeral::parse(&fold(raw))).and_then(|n| n.to_f64());
    let place = printed.filter(|p| *p != 0.0).map_or(1000.0, |p| (yen / p).round());
    Some((yen, place.max(1.0)))
}

/// An amount, nothing for a dash or an empty cell; `None` for words and marks.
pub(super) fn or_nothing(amount: &Amount) -> Option<f64> {
    match amount.state {
        State::Number => number(amount).map(|(value, _)| value),
        State::None | State::Blank | State::NotApplicable => Some(0.0),
        _ => None,
    }
}
