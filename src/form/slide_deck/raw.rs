//! A theme as found: which printed text goes to which field, before anything is interpreted.

use crate::form::slot::{Doubt, Slot};
use crate::layout::Span;

/// Text that a reader tied to a field: one piece or, of a passage or a list, several. Empty: tied to none.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Field {
    pub items: Vec<Slot>,
    /// The rule of thumb by which it was tied, if it was.
    pub why: Option<&'static str>,
}

impl Field {
    pub fn of(items: Vec<Slot>) -> Field {
        Field { items, why: None }
    }

    pub fn one(slot: Slot) -> Field {
        if slot == Slot::Unplaced { Field::default() } else { Field::of(vec![slot]) }
    }

    /// The same, tied by a rule of thumb.
    pub fn because(self, why: &'static str) -> Field {
        Field { items: self.items.into_iter().map(Slot::inferred).collect(), why: Some(why) }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawMeasure {
    pub number: Slot,
    pub name: Slot,
    pub description: Field,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawExample {
    pub title: Slot,
    /// `Blank` where no bracket is printed.
    pub jurisdiction: Slot,
    pub description: Field,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawStage {
    pub number: Slot,
    pub name: Slot,
    pub measures: Vec<RawMeasure>,
    pub examples: Vec<RawExample>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawType {
    pub number: Slot,
    pub name: Slot,
    pub description: Field,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawCase {
    pub type_number: Slot,
    pub type_name: Slot,
    pub company: Field,
    pub city: Field,
    pub overview: Field,
    pub programs: Field,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawTable {
    pub title: Slot,
    pub header: Field,
    pub rows: Vec<Field>,
    pub notes: Vec<Slot>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawCities {
    /// Of its heading; no field.
    pub number: Slot,
    pub label: Slot,
    pub previous: Field,
    pub current: Field,
    /// `None` where no count was tied to 今回.
    pub cities: Option<Vec<Slot>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawIssues {
    pub area: Slot,
    pub addressee: Slot,
    pub items: Vec<Slot>,
    /// The rule of thumb that tied the list to its area.
    pub why: Option<&'static str>,
}

/// One 取組テーマ.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RawTheme {
    pub pages: Vec<u32>,
    pub number: Slot,
    pub title: Field,
    pub stages: Vec<RawStage>,
    pub types: Vec<RawType>,
    pub cases: Vec<RawCase>,
    pub tables: Vec<RawTable>,
    pub cities: Vec<RawCities>,
    pub issues: Vec<RawIssues>,
    pub next_steps: Field,
    /// What labels of the form take.
    pub labels: Vec<Span>,
    pub doubts: Vec<Doubt>,
}
