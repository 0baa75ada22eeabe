//! ２ 取組の状況（Do）: the blocks of 予算事業.

use super::block::Block;
use super::view::{Id, Pos, View};
use super::{doubt, shared};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::record::BudgetKind;
use crate::form::initiative_sheet::sheet::{RawBudget, RawProgram, RawSheet};

pub(super) fn read(view: &View, sheet: &mut RawSheet) {
    let rows = view.rows(view.all(Label::Program));
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
        let start = view.pos(row[0]);
        let end = if after > start && after < next { after } else { next };
        let names = Names { block: Block::new(view, start..end), labels: row };
        let program = names.read();
        let columns = [Label::Settled, Label::SettlementEstimate, Label::Initial];
        let block = &names.block;
        let at = format!("/do/programs/{i}/budgets");
        sheet.year_headings.extend(columns.iter().filter_map(|l| block.heading(at.clone(), block.find(*l))));
        if shared(&program.budgets.iter().map(|b| &b.amount).collect::<Vec<_>>()) {
            let message = "one amount stands under several headings; it is given for each";
            sheet.doubts.push(doubt(format!("/do/programs/{i}/budgets"), "value_shared", message));
        }
        sheet.programs.push(program);
    }
}

/// The two names of a block, left and right, and what stands below them.
struct Names<'a, 'v> {
    block: Block<'a, 'v>,
    labels: &'v [Id],
}

impl Names<'_, '_> {
    fn read(&self) -> RawProgram {
        let view = self.block.view;
        let name_of = |label: Option<Id>| view.slot_of(label.and_then(|id| view.right_of(id)));
        let budgets = [
            (BudgetKind::Settled, Label::Settled, false),
            (BudgetKind::SettlementEstimate, Label::SettlementEstimate, false),
            (BudgetKind::Initial, Label::Initial, true),
        ];
        RawProgram {
            name: name_of(self.on_side(self.labels, false)),
            next_name: name_of(self.on_side(self.labels, true)),
            budgets: budgets.into_iter().map(|(kind, label, right)| self.budget(kind, label, right)).collect(),
            activity: self.block.below(self.block.find(Label::ActivityDone)),
            next_activity: self.block.below(self.block.find(Label::ActivityPlanned)),
        }
    }

    fn budget(&self, kind: BudgetKind, label: Label, right: bool) -> RawBudget {
        let label = self.block.find(label);
        RawBudget {
            fiscal_year: label.and_then(|id| self.block.year_of(id)),
            kind,
            amount: self.block.below(label),
            fund: self.block.below(self.find_on(Label::Fund, right)),
            method: self.block.below(self.find_on(Label::Method, right)),
        }
    }

    /// The label on the settlement side or the next year's.
    fn find_on(&self, label: Label, initial: bool) -> Option<Id> {
        self.on_side(&self.block.all(label).collect::<Vec<_>>(), initial)
    }

    /// Of labels from left to right the one of a side; where no heading tells, the left one is the settlement's.
    fn on_side(&self, labels: &[Id], initial: bool) -> Option<Id> {
        match self.block.find(Label::Initial).and_then(|id| self.block.year_cell(id)) {
            Some(heading) => labels.iter().copied().find(|&i| self.block.view.in_width(i, heading) == initial),
            None => labels.get(usize::from(initial)).copied(),
        }
    }
}
