//! # HY603 target-changed
//!
//! 日本語: 前年の文書の計画にある目標が、翌年の文書では変わっている
//!
//! ## What it does
//!
//! Holds the target that the 年度別計画 of one year's document has for the next year against the 目標値 of the next year's document, for
//! the same 主な取組 and indicator of one jurisdiction.
//!
//! ## Why it matters
//!
//! A target that is changed after the fact changes the judgment without saying so.
//!
//! ## Example
//!
//! ```json
//! { "documents": [
//!   { "name": "r4", "jurisdiction": "999997", "fiscal_year": 2022, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "防災訓練", "output_indicators": [ { "name": "参加者数", "targets": [ { "fiscal_year": 2023, "raw": "90人" } ] } ] } } ] },
//!   { "name": "r5", "jurisdiction": "999997", "fiscal_year": 2023, "records": [ { "kind": "initiative", "plan": { "development": { "number": "1-(1)-ア" }, "initiative": "防災訓練" }, "do": { "indicators": [ { "name": "参加者数", "target": { "fiscal_year": 2023, "raw": "60人" }, "actuals": [  ] } ] } } ] } ] }
//! ```
//!
//! ```finding
//! warning r5#/records/0/do/indicators/0/target: expected 90人, found 60人
//! ```
//!
//! ## When to ignore it
//!
//! Where the plan was revised in the open.

use super::{Check, Draft, Rule, Scope, Severity, Status};
use std::collections::BTreeMap;

use crate::audit::facts::{Facts, ValueFact, ValueKind};
use crate::audit::registry::CorpusDraft;
use crate::audit::units;
use crate::normalize::fold::fold;

pub static RULE: Rule = Rule {
    code: "HY603",
    name: "target-changed",
    scope: Scope::Corpus,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("target_changed.rs"),
    check: Check::Corpus(check),
};

fn check(facts: &Facts, out: &mut Vec<CorpusDraft>) {
    for (planned, target) in
        pairs(facts, |early, late| early.kind == ValueKind::Planned && late.kind == ValueKind::Target)
    {
        let message = format!(
            "「{}」: the target for {} was {} in the year before, now it is {}",
            target.indicator, target.fiscal_year, planned.raw, target.raw
        );
        let draft = Draft::new(target.pointer.clone(), message).expected(fold(&planned.raw)).found(fold(&target.raw));
        out.push((target.document, draft.related(facts.elsewhere(planned.document, &planned.pointer))));
    }
}

/// Two values of one indicator and year that differ, of documents of different years of one jurisdiction: those of the
/// kinds that `of` takes, the earlier document's first.
pub(super) fn pairs(facts: &Facts, of: fn(&ValueFact, &ValueFact) -> bool) -> Vec<(&ValueFact, &ValueFact)> {
    let mut by: BTreeMap<u64, Vec<&ValueFact>> = BTreeMap::new();
    for (group, value) in facts.values.iter().filter_map(|v| Some((v.group?, v))) {
        by.entry(group).or_default().push(value);
    }
    let year = |v: &ValueFact| facts.documents[v.document].fiscal_year;
    let mut out = Vec::new();
    for mut values in by.into_values() {
        values.sort_by_key(|v| (year(v), v.sheet));
        for (i, late) in values.iter().enumerate() {
            // The nearest earlier document that has it.
            let early = values[..i]
                .iter()
                .rev()
                .find(|early| of(early, late) && year(early) < year(late) && year(early).is_some());
            if let Some(early) = early
                && early.value != late.value
                && units::same(early.unit.as_deref(), late.unit.as_deref())
            {
                out.push((*early, *late));
            }
        }
    }
    out
}
