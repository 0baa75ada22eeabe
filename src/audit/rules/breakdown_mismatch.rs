//! # HY106 breakdown-mismatch
//!
//! 日本語: 内訳（新規・継続）の合計が累計と合わない
//!
//! ## What it does
//!
//! Adds 新規 and 継続 of a printed breakdown and holds them against its 累計: `38室（新規２室、継続36室、累計38室）`.
//!
//! ## Why it matters
//!
//! One of the three numbers is wrong, and the target with it.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "plan": { "output_indicators": [ { "name": "貸出区画数(内訳)", "targets": [
//!   { "fiscal_year": 2023, "raw": "14区画（新規３区画、継続10区画、累計14区画）" } ] } ] } }
//! ```
//!
//! ```finding
//! error /records/0/plan/output_indicators/0/targets/0: expected 13区画, found 14区画
//! ```
//!
//! ## When to ignore it
//!
//! Where 継続 and 新規 overlap by the form's own definition.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use rust_decimal::Decimal;

use crate::form::initiative_sheet::InitiativeSheet;
use crate::normalize::fold::fold;
use crate::normalize::numeral;

pub static RULE: Rule = Rule {
    code: "HY106",
    name: "breakdown-mismatch",
    scope: Scope::Field,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("breakdown_mismatch.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    let planned = sheet.plan.output_indicators.iter().enumerate().flat_map(|(i, o)| {
        o.targets.iter().enumerate().map(move |(k, t)| (format!("/plan/output_indicators/{i}/targets/{k}"), t))
    });
    let done = sheet.do_.indicators.iter().enumerate().flat_map(|(i, o)| {
        let actuals = o.actuals.iter().enumerate().map(move |(k, t)| (format!("/do/indicators/{i}/actuals/{k}"), t));
        actuals.chain(o.target.iter().map(move |t| (format!("/do/indicators/{i}/target"), t)))
    });
    for (at, value) in planned.chain(done) {
        let Some((sum, total)) = value.quantity.raw.as_deref().and_then(parts) else { continue };
        if sum == total {
            continue;
        }
        let unit = value.quantity.unit.as_deref().unwrap_or_default();
        let (expected, found) = (format!("{sum}{unit}"), format!("{total}{unit}"));
        let message = format!("新規 and 継続 add up to {expected}, the 累計 beside them says {found}");
        out.push(Draft::new(view.at(at), message).expected(expected).found(found));
    }
}

/// 新規 + 継続, and 累計, where just these three are printed, each once.
fn parts(raw: &str) -> Option<(Decimal, Decimal)> {
    let folded = fold(raw);
    let (_, remark) = folded.strip_suffix(')')?.split_once('(')?;
    let (mut new, mut kept, mut total) = (None, None, None);
    for item in remark.split(['、', ';']) {
        let item = item.trim();
        let (slot, rest) = if let Some(rest) = item.strip_prefix("新規") {
            (&mut new, rest)
        } else if let Some(rest) = item.strip_prefix("継続") {
            (&mut kept, rest)
        } else {
            (&mut total, item.strip_prefix("累計")?)
        };
        if slot.replace(numeral::arabic_prefix(rest.trim_start_matches([':', ' ']))?.0).is_some() {
            return None;
        }
    }
    Some((new?.checked_add(kept?)?, total?))
}
