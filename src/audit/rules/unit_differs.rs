//! # HY109 unit-differs
//!
//! 日本語: 単位が場所によって違う（人と名など）
//!
//! ## What it does
//!
//! Holds the counters of 目標値, 実績値, 年度別計画 and 判定根拠 of one indicator against each other.
//!
//! ## Why it matters
//!
//! 名 and 人 are one; 件 for 機関 makes a reader ask what was counted. Numbers are compared all the same.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "do": { "indicators": [ { "name": "実習の参加者数", "actuals": [ { "fiscal_year": 2022, "raw": "31人" } ],
//!     "target": { "fiscal_year": 2022, "raw": "24人" } } ],
//!   "rationale": "「実習の参加者数」の目標値「24名」に対し、実績値「31名」であり、順調とした。" } }
//! ```
//!
//! ```finding
//! note /records/0/do/rationale: expected 人, found 名
//! ```
//!
//! ## When to ignore it
//!
//! Where both counters mean one thing.

use super::plan_target_mismatch::pairs;
use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::names;
use crate::audit::quoted::Quoted;
use crate::form::initiative_sheet::InitiativeSheet;
use crate::normalize::fold::key;

pub static RULE: Rule = Rule {
    code: "HY109",
    name: "unit-differs",
    scope: Scope::Record,
    severity: Severity::Note,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("unit_differs.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    let single = sheet.do_.indicators.len() == 1;
    for (i, indicator) in sheet.do_.indicators.iter().enumerate() {
        let Some(target) = &indicator.target else { continue };
        let Some(unit) = target.quantity.unit.as_deref().map(key) else { continue };
        let at = view.at(format!("/do/indicators/{i}/target"));
        let mut tell = |pointer: String, found: &str, whose: &str| {
            if key(found) != unit {
                let message = format!("{whose} counts in {found}, the 目標値 in {unit}");
                out.push(Draft::new(pointer, message).expected(unit.clone()).found(found).related(at.clone()));
            }
        };
        if let Some((k, unit)) = indicator.actuals.iter().enumerate().find_map(|(k, a)| {
            (a.fiscal_year == target.fiscal_year).then_some(())?;
            Some((k, a.quantity.unit.as_deref()?))
        }) {
            tell(view.at(format!("/do/indicators/{i}/actuals/{k}")), unit, "the 実績値");
        }
        let plain = |n: &str| names::plain(n);
        let own = |q: &&Quoted| match (&q.name, indicator.name.value()) {
            (Some(name), Some(own)) => plain(name) == plain(own) || single,
            _ => single,
        };
        // Once a sheet: all its numbers are of one counter.
        if let Some(unit) =
            view.quoted().iter().filter(own).find_map(|q| q.quantity.unit.as_deref().filter(|u| key(u) != unit))
        {
            tell(view.at("/do/rationale"), unit, "the 判定根拠");
        }
    }
    for (p, d) in pairs(sheet, view.document.fiscal_year) {
        let Some(target) = &sheet.do_.indicators[d].target else { continue };
        let planned = &sheet.plan.output_indicators[p].targets;
        let Some(k) = planned.iter().position(|t| t.fiscal_year == target.fiscal_year) else { continue };
        if let (Some(a), Some(b)) = (planned[k].quantity.unit.as_deref(), target.quantity.unit.as_deref())
            && key(a) != key(b)
        {
            let message = format!("the 年度別計画 counts in {a}, the 目標値 in {b}");
            let at = view.at(format!("/do/indicators/{d}/target"));
            let plan = view.at(format!("/plan/output_indicators/{p}/targets/{k}"));
            out.push(Draft::new(at, message).expected(a).found(b).related(plan));
        }
    }
}
