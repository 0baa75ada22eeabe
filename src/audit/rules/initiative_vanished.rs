//! # HY605 initiative-vanished
//!
//! 日本語: 前年の文書にあった主な取組が翌年の文書にない（廃止または改称）
//!
//! ## What it does
//!
//! Looks each 主な取組 of a document up in the next year's document that has the same 施策展開, by its name; where a like name is new there,
//! it is named as what it may have become.
//!
//! ## Why it matters
//!
//! An initiative that ends unnoticed takes its target with it.
//!
//! ## Example
//!
//! ```json
//! { "documents": [
//!   { "name": "r4", "jurisdiction": "999997", "fiscal_year": 2022, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "地域ブランドの発信" }, "do": {  } } ] },
//!   { "name": "r5", "jurisdiction": "999997", "fiscal_year": 2023, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "公共交通の維持" }, "do": {  } } ] } ] }
//! ```
//!
//! ```finding
//! note r4#/records/0: expected 地域ブランドの発信, found none in r5
//! ```
//!
//! ## When to ignore it
//!
//! Where the plan ended with that year.

use super::{Check, Draft, Rule, Scope, Severity, Status};
use std::collections::{BTreeMap, HashSet};

use crate::audit::facts::{Facts, SheetFact};
use crate::audit::names;
use crate::audit::registry::CorpusDraft;

pub static RULE: Rule = Rule {
    code: "HY605",
    name: "initiative-vanished",
    scope: Scope::Corpus,
    severity: Severity::Note,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("initiative_vanished.rs"),
    check: Check::Corpus(check),
};

fn check(facts: &Facts, out: &mut Vec<CorpusDraft>) {
    let mut by: BTreeMap<u64, BTreeMap<i32, Vec<&SheetFact>>> = BTreeMap::new();
    for (group, sheet) in facts.sheets.iter().filter_map(|s| Some((s.group?, s))) {
        if let Some(year) = facts.documents[sheet.document].fiscal_year {
            by.entry(group).or_default().entry(year).or_default().push(sheet);
        }
    }
    for years in by.values() {
        for (year, sheets) in years {
            let Some(next) = years.get(&(year + 1)) else { continue };
            let names_of =
                |all: &[&SheetFact]| -> HashSet<String> { all.iter().map(|s| names::loose(&s.initiative)).collect() };
            let (before, after) = (names_of(sheets), names_of(next));
            let fresh: Vec<&&SheetFact> =
                next.iter().filter(|s| !before.contains(&names::loose(&s.initiative))).collect();
            for sheet in sheets.iter().filter(|s| !after.contains(&names::loose(&s.initiative))) {
                let likeness =
                    |s: &SheetFact| names::alike(&names::loose(&s.initiative), &names::loose(&sheet.initiative));
                let new = fresh.iter().filter(|s| likeness(s) >= 0.6);
                let become_ = new.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
                let there = next.first().map(|s| facts.documents[s.document].name.as_str()).unwrap_or_default();
                let draft = Draft::new(sheet.pointer.clone(), String::new()).expected(sheet.initiative.clone());
                let mut draft = match become_ {
                    Some(new) => {
                        draft.found(new.initiative.clone()).related(facts.elsewhere(new.document, &new.pointer))
                    }
                    None => draft.found(format!("none in {there}")),
                };
                draft.message = match become_ {
                    Some(new) => format!("「{}」 may have become 「{}」 in {there}", sheet.initiative, new.initiative),
                    None => format!("「{}」 is no more in {there}", sheet.initiative),
                };
                out.push((sheet.document, draft));
            }
        }
    }
}
