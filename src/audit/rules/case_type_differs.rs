//! # HY403 case-type-differs
//!
//! 日本語: 類型の名称が、類型の説明と実例とで違う
//!
//! ## What it does
//!
//! Holds the name of a case's type against the name that the slide of the types gives the same number.
//!
//! ## Why it matters
//!
//! The case may stand under the wrong type.
//!
//! ## Example
//!
//! ```json
//! { "kind": "slide_theme", "types": [ { "number": 1, "name": "工房連携型", "description": "" } ], "cases": [ { "type_number": 1, "type": "工房主導型" } ] }
//! ```
//!
//! ```finding
//! warning /records/0/cases/0/type: expected 工房連携型, found 工房主導型
//! ```
//!
//! ## When to ignore it
//!
//! Where one of them is a short form.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::names;
use crate::form::slide_deck::SlideTheme;

pub static RULE: Rule = Rule {
    code: "HY403",
    name: "case-type-differs",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("case_type_differs.rs"),
    check: Check::Slides(check),
};

fn check(theme: &SlideTheme, view: &View, out: &mut Vec<Draft>) {
    for (c, case) in theme.cases.iter().enumerate() {
        let (Some(number), Some(name)) = (case.type_number.value(), case.type_name.value()) else { continue };
        let Some(t) = theme.types.iter().position(|t| t.number.value() == Some(number)) else { continue };
        let Some(expected) = theme.types[t].name.value() else { continue };
        if names::plain(expected) == names::plain(name) {
            continue;
        }
        let message =
            format!("type {number} is 「{expected}」 where the types are explained, 「{name}」 with this case");
        let draft =
            Draft::new(view.at(format!("/cases/{c}/type")), message).expected(expected.clone()).found(name.clone());
        let draft = draft.related(view.at(format!("/types/{t}/name")));
        out.push(if names::loose(expected) == names::loose(name) { draft.severity(Severity::Note) } else { draft });
    }
}
