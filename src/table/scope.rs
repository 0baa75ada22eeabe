//! One record with what its rows need from the document around it: its key, and the page each value stands on.

use super::documents::document_id;
use super::model::Value;
use crate::form::{Document, Evidence, Record};
use crate::geometry::Place;

pub struct Scope<'a> {
    pub document: &'a Document,
    pub record: &'a Record,
    /// `document_id` + `-` + the record's number from 1.
    pub record_id: String,
    /// `/records/0`
    base: String,
}

impl<'a> Scope<'a> {
    pub fn new(document: &'a Document, index: usize) -> Self {
        let record_id = format!("{}-{}", document_id(document), index + 1);
        Scope { document, record: &document.records[index], record_id, base: format!("/records/{index}") }
    }

    /// Where the value at `path` (a JSON Pointer below the record) was read. A quantity or an amount has evidence on its
    /// leaves; what it prints speaks for it, and where nothing is printed its state.
    pub fn evidence(&self, path: &str) -> Option<&'a Evidence> {
        let mut pointer = [&self.base, path].concat();
        let place = pointer.len();
        ["", "/raw", "/state"].into_iter().find_map(|leaf| {
            pointer.truncate(place);
            pointer.push_str(leaf);
            self.document.evidence.get(&pointer)
        })
    }

    /// The page on which the value at `path` begins; null for text inputs, which have lines and no pages.
    pub fn page(&self, path: &str) -> Value {
        match self.evidence(path).and_then(|e| e.at.first()) {
            Some(Place::Box { page, .. }) => (*page).into(),
            Some(Place::Line { .. }) | None => Value::Null,
        }
    }
}
