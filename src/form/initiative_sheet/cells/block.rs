//! A stretch of the sheet whose labels belong together: one 予算事業, one 活動指標名.

use std::ops::Range;

use super::view::{Id, Pos, View};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{Slot, YearHeading};

pub(super) struct Block<'a, 'v> {
    pub view: &'v View<'a>,
    /// Its cells that are labels.
    labels: Vec<Id>,
}

impl<'a, 'v> Block<'a, 'v> {
    pub fn new(view: &'v View<'a>, range: Range<Pos>) -> Block<'a, 'v> {
        let labels = view.labels.iter().copied().filter(|&i| range.contains(&view.pos(i)));
        Block { view, labels: labels.collect() }
    }

    /// Its cells with a label, in reading order.
    pub fn all(&self, label: Label) -> impl DoubleEndedIterator<Item = Id> + '_ {
        self.labels.iter().copied().filter(move |&i| self.view.is(i, label))
    }

    pub fn find(&self, label: Label) -> Option<Id> {
        self.all(label).next()
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
        self.all(Label::Year)
            .filter(|&i| self.view.pos(i) < self.view.pos(label))
            .rfind(|&i| self.view.in_width(label, i))
    }
}
