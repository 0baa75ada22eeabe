//! The words of the contract's closed lists, spelled once for rows and for schemas.

use super::model::Value;
use crate::form::document::Printed;
use crate::form::initiative_sheet::{BudgetKind, Level};
use crate::form::{Document, Jurisdiction};
use crate::normalize::{Comparator, State};

pub const STATES: &[&str] = &["number", "text", "none", "blank", "pending", "undisclosed", "not_applicable"];
pub const COMPARATORS: &[&str] = &[">=", "<=", ">", "<", "~"];
pub const LEVELS: &[&str] = &["on_track", "mostly_on_track", "slightly_behind", "behind", "not_started", "unrated"];

pub fn state(state: State) -> Value {
    Value::from(match state {
        State::Unplaced => return Value::Null,
        State::Number => "number",
        State::Text => "text",
        State::None => "none",
        State::Blank => "blank",
        State::Pending => "pending",
        State::Undisclosed => "undisclosed",
        State::NotApplicable => "not_applicable",
    })
}

pub fn comparator(comparator: Option<Comparator>) -> Value {
    Value::from(comparator.map(|c| match c {
        Comparator::AtLeast => ">=",
        Comparator::AtMost => "<=",
        Comparator::Above => ">",
        Comparator::Below => "<",
        Comparator::About => "~",
    }))
}

pub fn budget_kind(kind: BudgetKind) -> Value {
    Value::from(match kind {
        BudgetKind::Settled => "settled",
        BudgetKind::SettlementEstimate => "settlement_estimate",
        BudgetKind::Initial => "initial",
    })
}

pub fn level(level: Level) -> Value {
    Value::from(level_word(level))
}

pub fn level_word(level: Level) -> &'static str {
    match level {
        Level::OnTrack => "on_track",
        Level::MostlyOnTrack => "mostly_on_track",
        Level::SlightlyBehind => "slightly_behind",
        Level::Behind => "behind",
        Level::NotStarted => "not_started",
        Level::Unrated => "unrated",
    }
}

/// A printed string, or null where it is empty, a dash, or tied to no place.
pub fn printed(text: &Printed<String>) -> Value {
    Value::from(text.value())
}

/// `3-(5)-イ バイオ…`: a number and its title as one name; either alone where the other is not printed.
pub fn numbered(number: &Printed<String>, title: &Printed<String>) -> Value {
    let parts: Vec<&str> = [number, title].into_iter().filter_map(|p| p.value().map(String::as_str)).collect();
    if parts.is_empty() { Value::Null } else { parts.join(" ").into() }
}

/// Codes or names of the jurisdictions: one as a rule; of a joint document all, parted by `;`, since none stands for the rest.
pub fn jurisdictions(document: &Document, part: fn(&Jurisdiction) -> Option<&str>) -> Value {
    let parts: Vec<&str> = document.jurisdictions.iter().filter_map(part).collect();
    if parts.is_empty() { Value::Null } else { parts.join(";").into() }
}
