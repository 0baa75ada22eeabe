//! A stretch of the sheet whose labels belong together: one 予算事業, one 活動指標名.

use std::ops::Range;

use super::view::{Id, Pos, View};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{Slot, YearHeading};

pub(super) struct Block<'a, 'v> {
    pub view: &'v View<'a>,
    pub range: Range<Pos>,
}

impl Block<'_, '_> {
    pub fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        (0..self.view.cells.len()).filter(|&i| self.range.contains(&self.view.pos(i)))
    }

    pub fn find(&self, label: Label) -> Option<Id> {
        self.ids().find(|&i| self.view.is(i, label))
    }

    /// The value below a label of the block.
    pub fn below(&self, label: Option<Id>) -> Slot {
        self.view.slot_of(label.and_then(|id| self.view.value_below(id)))
    }

    /// The year that a label names itself, else that of the heading above it.
    pub fn year_of(&self, label: Id) -> Option<i32> {
        self.year_heading(label).and_then(|i| self.view.year(i))
    }

    /// The cell that tells the year of a label: itself, or the heading above it.
    fn year_heading(&self, label: Id) -> Option<Id> {
        if self.view.year(label).is_some() { Some(label) } else { self.year_cell(label) }
    }

    /// The printed year of what stands under a label, for the list at `at`.
    pub fn heading(&self, at: impl Into<String>, label: Option<Id>) -> Option<YearHeading> {
        self.view.year_at(at, self.year_heading(label?)?)
    }

    /// The lowest year heading above a label.
    pub fn year_cell(&self, label: Id) -> Option<Id> {
        self.ids()
            .filter(|&i| self.view.is(i, Label::Year) && self.view.pos(i) < self.view.pos(label))
            .filter(|&i| self.view.in_width(label, i))
            .last()
    }
}
