//! # HY602 settled-against-estimate
//!
//! 日本語: 前年の文書の決算見込額と、翌年の文書の決算額が違う
//!
//! ## What it does
//!
//! Holds the 決算見込額 that one year's document prints against the 決算額 that the next year's document prints of the same programme and
//! year.
//!
//! ## Why it matters
//!
//! An estimate may be off; a sum over years has to choose one of the two.
//!
//! ## Example
//!
//! ```json
//! { "documents": [
//!   { "name": "r4", "jurisdiction": "999997", "fiscal_year": 2022, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "港の整備" }, "do": { "programs": [ { "name": "港湾調査事業", "budgets": [ { "fiscal_year": 2022, "kind": "settlement_estimate", "raw": "5,000", "state": "number", "amount_yen": 5000000 } ] } ] } } ] },
//!   { "name": "r5", "jurisdiction": "999997", "fiscal_year": 2023, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "港の整備" }, "do": { "programs": [ { "name": "港湾調査事業", "budgets": [ { "fiscal_year": 2022, "kind": "settled", "raw": "4,800", "state": "number", "amount_yen": 4800000 } ] } ] } } ] } ] }
//! ```
//!
//! ```finding
//! note r5#/records/0/do/programs/0/budgets/0: expected 5,000, found 4,800
//! ```
//!
//! ## When to ignore it
//!
//! Where the difference is what is usual between an estimate and the settlement.

use super::{Check, Draft, Rule, Scope, Severity, Status};
use std::collections::BTreeMap;

use crate::audit::facts::{BudgetFact, Facts};
use crate::audit::registry::CorpusDraft;
use crate::form::initiative_sheet::BudgetKind;
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY602",
    name: "settled-against-estimate",
    scope: Scope::Corpus,
    severity: Severity::Note,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("settled_against_estimate.rs"),
    check: Check::Corpus(check),
};

fn check(facts: &Facts, out: &mut Vec<CorpusDraft>) {
    type Both<'a> = (Vec<&'a BudgetFact>, Vec<&'a BudgetFact>);
    let mut by: BTreeMap<u64, Both> = BTreeMap::new();
    for (group, fact) in facts.budgets.iter().filter_map(|f| Some((f.group?, f))) {
        let entry = by.entry(group).or_default();
        match fact.kind {
            BudgetKind::SettlementEstimate => entry.0.push(fact),
            BudgetKind::Settled => entry.1.push(fact),
            BudgetKind::Initial => {}
        }
    }
    for (estimates, settled) in by.into_values() {
        // Each document once: what the sheets of one of them print is another rule's matter.
        let (Some(estimate), Some(settlement)) = (estimates.first(), settled.first()) else { continue };
        if settled.iter().any(|s| estimates.iter().any(|e| e.yen == s.yen)) || estimate.document == settlement.document
        {
            continue;
        }
        let (program, year) = (&settlement.program, settlement.fiscal_year);
        let message = format!("「{program}」 of {year}: 決算見込額 {} became 決算額 {}", estimate.raw, settlement.raw);
        let draft =
            Draft::new(settlement.pointer.clone(), message).expected(fold(&estimate.raw)).found(fold(&settlement.raw));
        out.push((settlement.document, draft.related(facts.elsewhere(estimate.document, &estimate.pointer))));
    }
}
