//! # HY401 city-count-mismatch
//!
//! 日本語: 都市数と列記された都市の数が違う
//!
//! ## What it does
//!
//! Counts the cities that are named behind a printed number of cities.
//!
//! ## Why it matters
//!
//! Either a city is missing or the number is old.
//!
//! ## Example
//!
//! ```json
//! { "kind": "slide_theme", "city_lists": [ { "label": "窓口を設置している都市", "current": { "raw": "3市" }, "cities": ["東市", "西市"] } ] }
//! ```
//!
//! ```finding
//! error /records/0/city_lists/0: expected 2市, found 3市
//! ```
//!
//! ## When to ignore it
//!
//! Where the list says that it names some of them (等, など).

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use rust_decimal::Decimal;

use crate::form::slide_deck::SlideTheme;

pub static RULE: Rule = Rule {
    code: "HY401",
    name: "city-count-mismatch",
    scope: Scope::Field,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("city_count_mismatch.rs"),
    check: Check::Slides(check),
};

fn check(theme: &SlideTheme, view: &View, out: &mut Vec<Draft>) {
    for (l, list) in theme.city_lists.iter().enumerate() {
        let (Some(current), Some(cities)) = (&list.current, list.cities.value()) else { continue };
        let (Some(printed), false) = (current.value, cities.is_empty() || current.comparator.is_some()) else {
            continue;
        };
        let partly = cities.last().is_some_and(|c| c.ends_with('等') || c.ends_with("など") || c.contains('他'));
        if partly || printed.0 == Decimal::from(cities.len()) {
            continue;
        }
        let at = view.at(format!("/city_lists/{l}"));
        let unit = current.unit.as_deref().unwrap_or_default();
        let (expected, found) = (format!("{}{unit}", cities.len()), format!("{}{unit}", printed.0));
        let message = format!("{found} are printed, {} are named", cities.len());
        let draft = Draft::new(at.clone(), message).expected(expected).found(found);
        out.push(draft.related(format!("{at}/current")).related(format!("{at}/cities")));
    }
}
