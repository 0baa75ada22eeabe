//! Where a pointer's value was printed.

use crate::form::Document;
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
    let first = |pointer: &str| document.evidence.get(pointer)?.at.first().copied().map(Spot::from);
    let mut at = pointer;
    loop {
        if let Some(found) = first(at) {
            return Some(found);
        }
        // A list or a block of many fields is nowhere in particular.
        match at.rfind('/') {
            Some(cut) if pointer[cut..].matches('/').count() <= 2 && cut > 0 => at = &at[..cut],
            _ => break,
        }
    }
    let below = format!("{pointer}/");
    document.evidence.iter().find(|(key, _)| key.starts_with(&below))?.1.at.first().copied().map(Spot::from)
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
