//! # HY601 names-spelled-differently
//!
//! 日本語: 同じ団体の文書の中で、同じ名称が違う表記で印字されている
//!
//! ## What it does
//!
//! Groups the names of 予算事業, 担当部課 and indicators of one jurisdiction that are one but for brackets, middle dots, 又は and または,
//! 取組 and 取り組み, and the like; the spelling that most documents print is expected of the others.
//!
//! ## Why it matters
//!
//! A table that is joined by names falls apart at such a pair.
//!
//! ## Example
//!
//! ```json
//! { "documents": [
//!   { "name": "a", "jurisdiction": "999997", "fiscal_year": 2022, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "農業の振興" }, "do": { "programs": [ { "name": "スマート農業・機器導入事業", "budgets": [ { "fiscal_year": 2022, "kind": "settled", "raw": "100", "state": "number", "amount_yen": 100000 } ] } ] } } ] },
//!   { "name": "b", "jurisdiction": "999997", "fiscal_year": 2023, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "農業の振興" }, "do": { "programs": [ { "name": "スマート農業機器導入事業", "budgets": [ { "fiscal_year": 2023, "kind": "settled", "raw": "100", "state": "number", "amount_yen": 100000 } ] } ] } } ] } ] }
//! ```
//!
//! ```finding
//! note b#/records/0/do/programs/0/name: expected スマート農業・機器導入事業, found スマート農業機器導入事業
//! ```
//!
//! ## When to ignore it
//!
//! Where two programmes really differ by that sign.

use super::{Check, Draft, Rule, Scope, Severity, Status};
use std::collections::{BTreeMap, BTreeSet};

use crate::audit::facts::{Facts, NameFact, NameKind};
use crate::audit::names;
use crate::audit::registry::CorpusDraft;

pub static RULE: Rule = Rule {
    code: "HY601",
    name: "names-spelled-differently",
    scope: Scope::Corpus,
    severity: Severity::Note,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("names_spelled_differently.rs"),
    check: Check::Corpus(check),
};

fn check(facts: &Facts, out: &mut Vec<CorpusDraft>) {
    type Spellings<'a> = BTreeMap<&'a str, Vec<&'a NameFact>>;
    let mut groups: BTreeMap<u64, (NameKind, Spellings)> = BTreeMap::new();
    for (group, fact) in facts.names.iter().filter_map(|f| Some((f.group?, f))) {
        let (_, spellings) = groups.entry(group).or_insert_with(|| (fact.kind, Spellings::new()));
        spellings.entry(&fact.name).or_default().push(fact);
    }
    for (kind, spellings) in groups.into_values() {
        // A suffix is no other spelling, and white space is the page's.
        let apart = spellings.keys().map(|n| names::plain(n)).collect::<BTreeSet<_>>().len() > 1;
        let usual = spellings
            .iter()
            .max_by_key(|(_, all)| (all.len(), std::cmp::Reverse(all.iter().map(|f| f.document).min())));
        let Some((usual, prints)) = usual.filter(|_| apart) else { continue };
        for (name, all) in spellings.iter().filter(|(n, _)| names::plain(n) != names::plain(usual)) {
            let Some(first) = all.first() else { continue };
            let message = format!("the {} 「{name}」 is spelled 「{usual}」 elsewhere", kind.word());
            let draft = Draft::new(first.pointer.clone(), message).expected(*usual).found(*name);
            let draft = prints.iter().take(3).fold(draft, |d, f| d.related(facts.elsewhere(f.document, &f.pointer)));
            out.push((first.document, draft));
        }
    }
}
