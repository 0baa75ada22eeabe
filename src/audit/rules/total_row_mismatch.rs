//! # HY205 total-row-mismatch
//!
//! 日本語: 総事業費(a+b)が国予算(a)と自治体予算(b)の合計と合わない
//!
//! ## What it does
//!
//! Adds 国予算(a) and 自治体予算(b) of each year of 別紙３ up and holds them against 総事業費(a+b). A mark instead of an amount (※) leaves
//! the year alone.
//!
//! ## Why it matters
//!
//! The row says by its own heading what it is the sum of.
//!
//! ## Example
//!
//! ```json
//! { "kind": "zone_evaluation", "financial_supports": [ { "kind": "fiscal", "program": "実証設備の導入", "rows": [
//!   { "item": "national", "amounts": [ { "fiscal_year": 2013, "raw": "5,000", "state": "number", "amount_yen": 5000000 } ] },
//!   { "item": "local", "amounts": [ { "fiscal_year": 2013, "raw": "2,000", "state": "number", "amount_yen": 2000000 } ] },
//!   { "item": "total", "amounts": [ { "fiscal_year": 2013, "raw": "9,000", "state": "number", "amount_yen": 9000000 } ] } ] } ] }
//! ```
//!
//! ```finding
//! error /records/0/financial_supports/0/rows/2/amounts/0: expected 7,000, found 9,000
//! ```
//!
//! ## When to ignore it
//!
//! Where private money is part of the total.

use super::cumulative_mismatch::{number, or_nothing};
use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::interval::grouped;
use crate::form::special_zone::{Amount, SupportItem, ZoneEvaluation};
use crate::normalize::State;

pub static RULE: Rule = Rule {
    code: "HY205",
    name: "total-row-mismatch",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("total_row_mismatch.rs"),
    check: Check::Zone(check),
};

fn check(zone: &ZoneEvaluation, view: &View, out: &mut Vec<Draft>) {
    for (s, support) in zone.financial_supports.iter().enumerate() {
        let row = |item| support.rows.iter().position(|r| r.item == item);
        let (Some(a), Some(b), Some(total)) =
            (row(SupportItem::National), row(SupportItem::Local), row(SupportItem::Total))
        else {
            continue;
        };
        for (k, sum) in support.rows[total].amounts.iter().enumerate() {
            let of = |row: usize| support.rows[row].amounts.iter().position(|x| x.fiscal_year == sum.fiscal_year);
            let (Some(i), Some(j)) = (of(a), of(b)) else { continue };
            let parts = (&support.rows[a].amounts[i].amount, &support.rows[b].amounts[j].amount);
            let Some((printed, place)) = number(&sum.amount).filter(|_| sum.amount.state == State::Number) else {
                continue;
            };
            let (Some(x), Some(y)) = (or_nothing(parts.0), or_nothing(parts.1)) else { continue };
            // A total without any part says that the parts are not known.
            let known = |amount: &Amount| amount.state == State::Number;
            if (!known(parts.0) && !known(parts.1)) || (x + y - printed).abs() <= place * 1.5 {
                continue;
            }
            let at = view.at(format!("/financial_supports/{s}/rows"));
            let (expected, found) =
                (grouped(((x + y) / place).round() as i128), grouped((printed / place).round() as i128));
            let name = support.program.value().map(String::as_str).unwrap_or_default();
            let message =
                format!("総事業費 of 「{name}」 is printed as {found}, 国予算 and 自治体予算 add up to {expected}");
            out.push(
                Draft::new(format!("{at}/{total}/amounts/{k}"), message)
                    .expected(expected)
                    .found(found)
                    .related(format!("{at}/{a}/amounts/{i}"))
                    .related(format!("{at}/{b}/amounts/{j}")),
            );
        }
    }
}
