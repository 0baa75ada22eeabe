//! # HY121 programme-shared
//!
//! 日本語: 一つの予算事業が複数の票に印字され、単純合計では二重に数えられる
//!
//! ## What it does
//!
//! Names each 予算事業 whose amount several sheets print, once, with the sum of all prints and the sum that counts it once.
//!
//! ## Why it matters
//!
//! Adding the sheets up counts the programme's money as often as it is printed.
//!
//! ## Example
//!
//! ```json
//! [ { "kind": "initiative", "do": { "programs": [ { "name": "観光案内所運営事業", "budgets": [ { "fiscal_year": 2022, "kind": "settled", "raw": "5,000", "state": "number", "amount_yen": 5000000 } ] } ] } },
//!   { "kind": "initiative", "do": { "programs": [ { "name": "観光案内所運営事業", "budgets": [ { "fiscal_year": 2022, "kind": "settled", "raw": "5,000", "state": "number", "amount_yen": 5000000 } ] } ] } } ]
//! ```
//!
//! ```finding
//! note /records/0/do/programs/0: expected 5,000,000円, found 10,000,000円
//! ```
//!
//! ## When to ignore it
//!
//! Always, once sums are made over `programme_key` or `shared_by`.

use super::{Check, Draft, Rule, Scope, Severity, Status};
use std::collections::{BTreeMap, BTreeSet};

use super::programme_amounts_differ::by_programme;
use crate::audit::facts::Facts;
use crate::audit::interval::grouped;
use crate::table::Prints;

pub static RULE: Rule = Rule {
    code: "HY121",
    name: "programme-shared",
    scope: Scope::Document,
    severity: Severity::Note,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("programme_shared.rs"),
    check: Check::Facts(check),
};

fn check(facts: &Facts, out: &mut Vec<Draft>) {
    type Shared<'a> = (i128, i128, BTreeSet<&'a str>, Vec<&'a str>);
    // Programme and department → what is printed, what there is, the sheets, and the programmes' places.
    let mut shared: BTreeMap<(&str, &str), Shared> = BTreeMap::new();
    for ((program, department, _, _), amounts) in by_programme(facts) {
        let mut prints = Prints::default();
        amounts.iter().for_each(|b| prints.add(b.record(), &b.part, b.yen));
        if prints.records() < 2 {
            continue;
        }
        let entry = shared.entry((program, department)).or_default();
        entry.0 += amounts.iter().map(|b| i128::from(b.yen)).sum::<i128>();
        entry.1 += i128::from(prints.once());
        for amount in amounts {
            entry.2.insert(amount.record());
            let place = amount.pointer.split("/budgets").next().unwrap_or_default();
            if !entry.3.contains(&place) {
                entry.3.push(place);
            }
        }
    }
    for ((program, _), (all, once, sheets, places)) in shared {
        let (Some(first), Some(rest)) = (places.first(), places.get(1..)) else { continue };
        let (all, once) = (grouped(all) + "円", grouped(once) + "円");
        let message = format!(
            "「{program}」 is printed on {} sheets: {all} as printed, {once} when it is counted once",
            sheets.len()
        );
        let draft = Draft::new(*first, message).expected(once).found(all);
        out.push(rest.iter().fold(draft, |draft, place| draft.related(*place)));
    }
}
