//! # HY606 official-counts-differ
//!
//! 日本語: 公表されている件数と、抽出した票の件数が違う
//!
//! ## What it does
//!
//! Holds the number of sheets and of each judgment, of a jurisdiction and year, against official counts that the user gives
//! (`--counts FILE`), by the printed word or by the level. A count of which there is no sheet at all stands under
//! `not_compared`.
//!
//! ## Why it matters
//!
//! It says whether all sheets were there, and all were read.
//!
//! ## Example
//!
//! ```json
//! { "counts": [ { "jurisdiction": "999997", "fiscal_year": 2022, "total": 2, "levels": { "順調": 1 } } ],
//!   "documents": [ { "name": "a", "jurisdiction": "999997", "fiscal_year": 2022, "records": [
//!     { "kind": "initiative", "do": { "judgment": { "raw": "順調", "level": "on_track" } } } ] } ] }
//! ```
//!
//! ```finding
//! warning a#/records: expected 2, found 1
//! ```
//!
//! ## When to ignore it
//!
//! Where only a part of the documents was given.

use super::{Check, Draft, Rule, Scope, Severity, Status};
use crate::audit::counts::Counts;
use crate::audit::registry::CorpusDraft;

pub static RULE: Rule = Rule {
    code: "HY606",
    name: "official-counts-differ",
    scope: Scope::Corpus,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("official_counts_differ.rs"),
    check: Check::Counts(check),
};

fn check(counts: &Counts, out: &mut Vec<CorpusDraft>) {
    for official in &counts.official {
        let extracted = counts.extracted(official);
        if extracted.sheets == 0 {
            continue;
        }
        let mut tell = |what: &str, expected: u64, found: usize| {
            if expected != found as u64 {
                let source = official.source.as_deref().map_or(String::new(), |s| format!(" ({s})"));
                let message = format!(
                    "{what} of {}: {expected} by the official count{source}, {found} extracted",
                    official.fiscal_year
                );
                let draft = Draft::new("/records", message).expected(expected.to_string()).found(found.to_string());
                out.push((extracted.first, draft));
            }
        };
        if let Some(total) = official.total {
            tell("sheets", total, extracted.sheets);
        }
        for (word, count) in &official.levels {
            tell(word, *count, extracted.judged(word));
        }
    }
}
