//! What a reader finds of a record before anything is interpreted: which printed text goes to which field.
//!
//! Readers of ruled cells and of flattened text both end here, so that the same print gives the same value either way;
//! [`super::leaf`] makes the values.

use super::document::Method;
use crate::diagnostic::{Diagnostic, Severity};
use crate::geometry::Place;
use crate::layout::Span;

/// One field of the form as found: nothing yet said about what the text means.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Slot {
    /// No place of the page was tied to this field.
    #[default]
    Unplaced,
    /// The field's place is there and empty; where, if the page has places.
    Blank(Option<Place>),
    Read(Reading),
}

/// Printed text tied to a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// In reading order; parts of lines, so that one line can serve several fields.
    pub spans: Vec<Span>,
    pub method: Method,
}

impl Slot {
    pub fn read(spans: Vec<Span>, method: Method) -> Slot {
        if spans.is_empty() { Slot::Unplaced } else { Slot::Read(Reading { spans, method }) }
    }

    /// The same print, tied to the field by a rule of thumb; the reader says which in a doubt.
    pub fn inferred(self) -> Slot {
        match self {
            Slot::Read(r) => Slot::Read(Reading { method: Method::Inferred, ..r }),
            slot => slot,
        }
    }

    pub fn spans(&self) -> &[Span] {
        match self {
            Slot::Read(r) => &r.spans,
            _ => &[],
        }
    }
}

/// A doubt of the reader, `at` a pointer below the record: `/do/programs/0/budgets`.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    pub severity: Severity,
    pub code: &'static str,
    pub message: String,
    pub at: String,
}

impl Doubt {
    /// As a diagnostic of record `index`.
    pub fn diagnostic(&self, index: usize) -> Diagnostic {
        Diagnostic::new(self.severity, self.code, self.message.clone()).at(format!("/records/{index}{}", self.at))
    }
}

/// A value under a year heading; the year is `None` when no heading was found for it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawYear {
    pub fiscal_year: Option<i32>,
    pub value: Slot,
}
