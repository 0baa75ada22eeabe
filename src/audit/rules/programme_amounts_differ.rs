//! # HY120 programme-amounts-differ
//!
//! 日本語: 同じ予算事業の同じ年度の金額が票によって違う
//!
//! ## What it does
//!
//! Holds the amounts of one 予算事業 (same name and department), year and kind on several sheets of a document against each
//! other. Amounts that differ by less than 1 % cannot be the sheets' own shares: an error; other differences are a warning.
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
use std::collections::BTreeMap;

use crate::audit::facts::{BudgetFact, Facts};
use crate::form::Document;
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY120",
    name: "programme-amounts-differ",
    scope: Scope::Document,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("programme_amounts_differ.rs"),
    check: Check::Document(check),
};

fn check(document: &Document, out: &mut Vec<Draft>) {
    let facts = Facts::of("", document);
    for amounts in by_programme(&facts).values() {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        amounts.iter().for_each(|b| *counts.entry(b.yen).or_default() += 1);
        if counts.len() < 2 {
            continue;
        }
        // That of most sheets; of equals the one that is printed first.
        let most = counts.values().max().copied().unwrap_or_default();
        let Some(usual) = amounts.iter().find(|b| counts.get(&b.yen) == Some(&most)) else { continue };
        for other in amounts.iter().filter(|b| b.yen != usual.yen) {
            let near = (other.yen - usual.yen).unsigned_abs().saturating_mul(100) < usual.yen.unsigned_abs();
            let message = format!(
                "{} of 「{}」 ({}) is {} here and {} on {} other sheet(s)",
                usual.kind.label(),
                usual.program,
                usual.fiscal_year,
                other.raw,
                usual.raw,
                most
            );
            out.push(
                Draft::new(other.pointer.clone(), message)
                    .expected(fold(&usual.raw))
                    .found(fold(&other.raw))
                    .related(usual.pointer.clone())
                    .severity(if near { Severity::Error } else { Severity::Warning }),
            );
        }
    }
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
