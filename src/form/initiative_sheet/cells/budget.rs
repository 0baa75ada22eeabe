//! ２ 取組の状況（Do）: the blocks of 予算事業.

use std::ops::Range;

use super::doubt;
use super::view::{Id, Pos, View};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::record::BudgetKind;
use crate::form::initiative_sheet::sheet::{RawBudget, RawProgram, RawSheet, Slot};

/// Labels whose tops differ by less than this stand in one row, in points.
const SAME_ROW: f32 = 4.0;

pub(super) fn read(view: &View, sheet: &mut RawSheet) {
    let rows = name_rows(view);
    if rows.is_empty() {
        sheet.doubts.push(doubt("/do/programs", "block_missing", "no 予算事業名 was found on this sheet"));
    }
    let after = [Label::IndicatorName, Label::Rationale, Label::ImprovementsHeading, Label::Category]
        .iter()
        .flat_map(|&l| view.heading_rects(l))
        .map(|(pos, _)| pos)
        .fold(Pos { page: usize::MAX, y: 0.0 }, |a, b| if b < a { b } else { a });
    for (i, row) in rows.iter().enumerate() {
        let next = rows.get(i + 1).map_or(after, |r| view.pos(r[0]));
        let block = Block { view, range: view.pos(row[0])..next.max_by(after, view.pos(row[0])), row };
        sheet.programs.push(block.read());
    }
}

impl Pos {
    /// The earlier of the two ends that comes after the start.
    fn max_by(self, other: Pos, start: Pos) -> Pos {
        if other > start && other < self { other } else { self }
    }
}

/// 予算事業名 labels, those of one row together, left to right.
fn name_rows(view: &View) -> Vec<Vec<Id>> {
    let mut rows: Vec<Vec<Id>> = Vec::new();
    for id in view.all(Label::Program) {
        let same = rows.last().and_then(|r| r.first()).is_some_and(|&first| {
            view.cells[first].page == view.cells[id].page && (view.rect(first).y0 - view.rect(id).y0).abs() < SAME_ROW
        });
        match rows.last_mut() {
            Some(row) if same => row.push(id),
            _ => rows.push(vec![id]),
        }
    }
    for row in &mut rows {
        row.sort_by(|&a, &b| view.rect(a).x0.total_cmp(&view.rect(b).x0));
    }
    rows
}

struct Block<'a, 'v> {
    view: &'v View<'a>,
    range: Range<Pos>,
    row: &'v [Id],
}

impl Block<'_, '_> {
    fn read(&self) -> RawProgram {
        let view = self.view;
        let name_of = |label: Option<&Id>| view.slot_of(label.and_then(|&id| view.right_of(id)));
        let (settled, estimate, initial) =
            (self.find(Label::Settled), self.find(Label::SettlementEstimate), self.find(Label::Initial));
        let budgets = [
            (BudgetKind::Settled, settled, false),
            (BudgetKind::SettlementEstimate, estimate, false),
            (BudgetKind::Initial, initial, true),
        ];
        RawProgram {
            name: name_of(self.row.first()),
            next_name: name_of(self.row.get(1)),
            budgets: budgets.into_iter().map(|(kind, label, right)| self.budget(kind, label, right)).collect(),
            activity: self.below(self.find(Label::ActivityDone)),
            next_activity: self.below(self.find(Label::ActivityPlanned)),
        }
    }

    fn budget(&self, kind: BudgetKind, label: Option<Id>, right: bool) -> RawBudget {
        RawBudget {
            fiscal_year: label.and_then(|id| self.view.year(id).or_else(|| self.year_over(id))),
            kind,
            amount: self.below(label),
            fund: self.below(self.find_on(Label::Fund, right)),
            method: self.below(self.find_on(Label::Method, right)),
        }
    }

    fn below(&self, label: Option<Id>) -> Slot {
        self.view.slot_of(label.and_then(|id| self.view.value_below(id)))
    }

    fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        (0..self.view.cells.len()).filter(|&i| self.range.contains(&self.view.pos(i)))
    }

    fn find(&self, label: Label) -> Option<Id> {
        self.ids().find(|&i| self.view.is(i, label))
    }

    /// The label on the settlement side (left) or the next year's side (right), parted where the right name's label begins.
    fn find_on(&self, label: Label, right: bool) -> Option<Id> {
        let found: Vec<Id> = self.ids().filter(|&i| self.view.is(i, label)).collect();
        let Some(&middle) = self.row.get(1) else { return found.get(usize::from(right)).copied() };
        let middle = self.view.rect(middle).x0 - 1.0;
        found.into_iter().find(|&i| (self.view.rect(i).center().0 > middle) == right)
    }

    /// The year heading over a label: the lowest one above it.
    fn year_over(&self, label: Id) -> Option<i32> {
        self.ids()
            .filter(|&i| self.view.is(i, Label::Year) && self.view.pos(i) < self.view.pos(label))
            .filter(|&i| self.view.in_width(label, i))
            .last()
            .and_then(|i| self.view.year(i))
    }
}
