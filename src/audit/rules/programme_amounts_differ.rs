//! # HY120 programme-amounts-differ
//!
//! 日本語: 同じ予算事業の同じ年度の金額が票によって違う
//!
//! ## What it does
//!
//! Holds the amounts of one 予算事業 (same name and department), year and kind on several sheets of a document against each
//! other; what one sheet splits, by fund say, is added up. Amounts that differ by less than 1 % cannot be the sheets' own shares: an error; other differences are a warning.
//! The amount that most sheets print is expected of the others.
//!
//! ## Why it matters
//!
//! The programme has one 決算額; a sum that takes each programme once has to choose.
//!
//! ## Example
//!
//! ```json
//! [ { "kind": "initiative", "do": { "programs": [ { "name": "港湾整備調査事業", "budgets": [ { "fiscal_year": 2022, "kind": "settlement_estimate", "raw": "20,284", "state": "number", "amount_yen": 20284000 } ] } ] } },
//!   { "kind": "initiative", "do": { "programs": [ { "name": "港湾整備調査事業", "budgets": [ { "fiscal_year": 2022, "kind": "settlement_estimate", "raw": "20,284", "state": "number", "amount_yen": 20284000 } ] } ] } },
//!   { "kind": "initiative", "do": { "programs": [ { "name": "港湾整備調査事業", "budgets": [ { "fiscal_year": 2022, "kind": "settlement_estimate", "raw": "20,285", "state": "number", "amount_yen": 20285000 } ] } ] } } ]
//! ```
//!
//! ```finding
//! error /records/2/do/programs/0/budgets/0: expected 20,284, found 20,285
//! ```
//!
//! ## When to ignore it
//!
//! Where each sheet prints its own share of the programme.

use super::{Check, Draft, Rule, Scope, Severity, Status};
use std::collections::{BTreeMap, BTreeSet};

use crate::audit::facts::{BudgetFact, Facts};
use crate::audit::interval::grouped;
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY120",
    name: "programme-amounts-differ",
    scope: Scope::Document,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("programme_amounts_differ.rs"),
    check: Check::Facts(check),
};

fn check(facts: &Facts, out: &mut Vec<Draft>) {
    for amounts in by_programme(facts).values() {
        let sheets = by_sheet(amounts);
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        sheets.iter().for_each(|sheet| *counts.entry(sheet.yen).or_default() += 1);
        if counts.len() < 2 {
            continue;
        }
        // That of most sheets; of equals the one that is printed first.
        let most = counts.values().max().copied().unwrap_or_default();
        let Some(usual) = sheets.iter().find(|sheet| counts.get(&sheet.yen) == Some(&most)) else { continue };
        for other in sheets.iter().filter(|sheet| sheet.yen != usual.yen) {
            let near = other.yen.abs_diff(usual.yen).saturating_mul(100) < usual.yen.unsigned_abs();
            let first = usual.first;
            let (expected, found) = (usual.shown(other), other.shown(usual));
            let message = format!(
                "{} of 「{}」 ({}) is {found} here and {expected} on {most} other sheet(s)",
                first.kind.label(),
                first.program,
                first.fiscal_year
            );
            out.push(
                Draft::new(other.first.pointer.clone(), message)
                    .expected(fold(&expected))
                    .found(fold(&found))
                    .related(first.pointer.clone())
                    .severity(if near { Severity::Error } else { Severity::Warning }),
            );
        }
    }
}

/// What one sheet prints of an amount: its parts, added up.
struct Sheet<'a> {
    first: &'a BudgetFact,
    yen: i64,
    /// In more than one part.
    split: bool,
}

impl Sheet<'_> {
    /// As printed; a sum, and what is held against one, in yen.
    fn shown(&self, beside: &Sheet) -> String {
        if self.split || beside.split { grouped(self.yen.into()) + "円" } else { self.first.raw.clone() }
    }
}

/// The sheets among the prints of one amount, in their order.
fn by_sheet<'a>(amounts: &[&'a BudgetFact]) -> Vec<Sheet<'a>> {
    let of_one = amounts.chunk_by(|a, b| a.record() == b.record());
    let sheet = |prints: &[&'a BudgetFact]| {
        let parts: BTreeSet<(&str, i64)> = prints.iter().map(|b| (b.part.as_str(), b.yen)).collect();
        let yen = parts.iter().fold(0i64, |sum, (_, yen)| sum.saturating_add(*yen));
        Some(Sheet { first: prints.first()?, yen, split: parts.len() > 1 })
    };
    of_one.filter_map(sheet).collect()
}

type Key<'a> = (&'a str, &'a str, i32, &'static str);

/// The amounts of each programme, year and kind, in the order of the document.
pub(super) fn by_programme(facts: &Facts) -> BTreeMap<Key<'_>, Vec<&BudgetFact>> {
    let mut all: BTreeMap<Key, Vec<&BudgetFact>> = BTreeMap::new();
    for fact in &facts.budgets {
        all.entry((&fact.program, &fact.department, fact.fiscal_year, fact.kind.label())).or_default().push(fact);
    }
    all
}
