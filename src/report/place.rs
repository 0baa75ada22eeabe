//! Where a pointer's value was printed.

use crate::form::{Document, Evidence};
use crate::geometry::{Place, Rect};

/// A box on a page, or a line of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spot {
    Box { page: u32, rect: Rect },
    Line { line: u32 },
}

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        match place {
            Place::Box { page, rect } => Spot::Box { page, rect },
            Place::Line { line } => Spot::Line { line },
        }
    }
}

/// Where the value at `pointer` was printed: its own evidence, else that of what holds it, else of the first leaf in it.
pub fn spot(document: &Document, pointer: &str) -> Option<Spot> {
    evidence(document, pointer)?.at.first().copied().map(Spot::from)
}

/// What is printed there.
pub fn printed<'a>(document: &'a Document, pointer: &str) -> Option<&'a str> {
    evidence(document, pointer).map(|e| e.text.as_str()).filter(|text| !text.trim().is_empty())
}

fn evidence<'a>(document: &'a Document, pointer: &str) -> Option<&'a Evidence> {
    let mut at = pointer;
    loop {
        if let Some(found) = document.evidence.get(at).filter(|e| !e.at.is_empty()) {
            return Some(found);
        }
        // A list or a block of many fields is nowhere in particular.
        match at.rfind('/') {
            Some(cut) if pointer[cut..].matches('/').count() <= 2 && cut > 0 => at = &at[..cut],
            _ => break,
        }
    }
    let below = format!("{pointer}/");
    document.evidence.iter().find(|(key, e)| key.starts_with(&below) && !e.at.is_empty()).map(|(_, e)| e)
}

/// The document (`None`: the finding's own) and the pointer of a `related` place.
pub fn related(place: &str) -> (Option<&str>, &str) {
    match place.split_once('#') {
        Some((document, pointer)) if !document.is_empty() => (Some(document), pointer),
        Some((_, pointer)) => (None, pointer),
        None => (None, place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_another_document_is_named() {
        assert_eq!(related("r4#/records/0"), (Some("r4"), "/records/0"));
        assert_eq!(related("/records/0"), (None, "/records/0"));
    }
}
