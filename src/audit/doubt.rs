//! What the reader itself doubts: a contradiction with such a value may be the reader's.

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::form::Document;

/// Warnings of values that may be another's or be read wrongly. What is only left over, told by words, or unplaced says
/// nothing against the values that are there.
const CODES: [&str; 14] = [
    "amount_not_a_number",
    "articles_missing",
    "budget_blank_inferred",
    "budget_row_inferred",
    "count_unsure",
    "not_a_date",
    "percent_not_a_number",
    "reading_order_torn",
    "several_values",
    "supplement_empty",
    "target_row_inferred",
    "target_year_inferred",
    "unreadable_characters",
    "values_inferred",
];

/// The places that a document has such warnings at.
pub struct Doubts<'a> {
    at: BTreeSet<&'a str>,
}

impl<'a> Doubts<'a> {
    pub fn new(document: &'a Document) -> Self {
        let loud = document.diagnostics.iter().filter(|d| d.severity >= Severity::Warning);
        let loud = loud.filter(|d| CODES.contains(&d.code.as_str()));
        Doubts { at: loud.filter_map(|d| d.at.as_deref()).filter(|at| at.starts_with("/records/")).collect() }
    }

    /// Is a place, one above it, or one within it doubted?
    pub fn cover(&self, pointer: &str) -> bool {
        // Mostly nothing is.
        if self.at.is_empty() {
            return false;
        }
        let above = pointer.match_indices('/').map(|(i, _)| &pointer[..i]).chain([pointer]);
        let beneath = format!("{pointer}/");
        above.filter(|p| !p.is_empty()).any(|p| self.at.contains(p))
            || self.at.range(beneath.as_str()..).next().is_some_and(|p| p.starts_with(&beneath))
    }
}
