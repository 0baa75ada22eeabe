//! ２ 取組の状況（Do）: 活動指標名 with its actuals, target and 達成割合; 進捗状況 and its rationale.

use super::block::Block;
use super::view::{Id, Pos, View};
use super::{doubt, shared};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{RawIndicator, RawSheet, RawYear, Slot, YearHeading};

pub(super) fn read(view: &View, sheet: &mut RawSheet) {
    let names = view.all(Label::IndicatorName);
    if names.is_empty() {
        sheet.doubts.push(doubt("/do/indicators", "block_missing", "no 活動指標名 was found on this sheet"));
    }
    let after = view.first(Label::Rationale).map(|id| view.pos(id)).filter(|p| names.iter().all(|&n| view.pos(n) < *p));
    let end = after.unwrap_or(Pos { page: usize::MAX, y: 0.0 });
    let mut summaries: Vec<Id> = Vec::new();
    for (i, &name) in names.iter().enumerate() {
        let next = names.get(i + 1).map_or(end, |&n| view.pos(n));
        let block = Block::new(view, view.pos(name)..next);
        let (mut indicator, row, headings) = indicator(&block, name, &format!("/do/indicators/{i}"));
        sheet.year_headings.extend(headings);
        if let Some(cell) = row.and_then(|row| summary(view, row)) {
            if summaries.contains(&cell) {
                let message = "one 活動概要 stands beside several indicators; it is given with the first";
                sheet.doubts.push(doubt(format!("/do/indicators/{i}/summary"), "summary_shared", message));
            } else {
                indicator.summary = view.slot(cell);
                summaries.push(cell);
            }
        }
        let values = indicator.actuals.iter().chain([&indicator.target]).map(|y| &y.value);
        if shared(&values.chain([&indicator.achievement]).collect::<Vec<_>>()) {
            let message = "one cell stands under several headings; its value is given for each";
            sheet.doubts.push(doubt(format!("/do/indicators/{i}"), "value_shared", message));
        }
        sheet.indicators.push(indicator);
    }
    sheet.judgment = judgment(view, sheet);
    sheet.rationale = match view.first(Label::Rationale) {
        Some(id) => view.slot_of_all(&view.column_below(id)),
        None => Slot::Unplaced,
    };
}

/// The 活動概要 that stands beside a row of values.
fn summary(view: &View, row: Id) -> Option<Id> {
    let heading = view.first(Label::ActivitySummary)?;
    (0..view.cells.len())
        .filter(|&i| i != heading && view.cells[i].label.is_none() && view.in_width(i, heading) && view.in_row(i, row))
        .filter(|&i| view.pos(i) > view.pos(heading))
        .max_by(|&a, &b| {
            let shared = |i: Id| view.rect(i).overlap_y(&view.rect(row));
            shared(a).total_cmp(&shared(b)).then(b.cmp(&a))
        })
}

fn judgment(view: &View, sheet: &mut RawSheet) -> Slot {
    let Some(heading) = view.first(Label::Progress) else { return Slot::Unplaced };
    let cells = view.column_below(heading);
    let printed: Vec<Id> = cells.iter().copied().filter(|&i| !view.is_blank(i)).collect();
    if printed.len() > 1 {
        let message = "several judgments stand under 進捗状況; the first is given, the others are unassigned";
        sheet.doubts.push(doubt("/do/judgment", "several_judgments", message));
    }
    view.slot_of(printed.first().or(cells.first()).copied())
}

/// The indicator, the cell of one of its values, which tells the row, and where its years are printed.
fn indicator(block: &Block, name: Id, at: &str) -> (RawIndicator, Option<Id>, Vec<YearHeading>) {
    let view = block.view;
    let years_under = |heading: Id| -> Vec<Id> {
        let below = |&i: &Id| view.pos(i) > view.pos(heading) && view.in_width(i, heading);
        block.all(Label::Year).filter(below).collect()
    };
    // Some editions head the year's own column 実績値 as well: there a year stands over it and none below.
    let bare = || block.all(Label::Actuals).rfind(|&i| block.year_of(i).is_some() && years_under(i).is_empty());
    let (actual, target) = (block.find(Label::Actual).or_else(bare), block.find(Label::Target));
    // A value under a label; its year stands in the label or over it.
    let value =
        |label: Option<Id>| RawYear { fiscal_year: label.and_then(|id| block.year_of(id)), value: block.below(label) };
    let mut years: Vec<Id> = Vec::new();
    if let Some(heading) = block.find(Label::Actuals).filter(|&i| Some(i) != actual) {
        years.extend(years_under(heading));
        years.sort_by(|&a, &b| view.rect(a).x0.total_cmp(&view.rect(b).x0));
    }
    let columns: Vec<Option<Id>> = years.into_iter().map(Some).chain([actual]).collect();
    let mut headings: Vec<YearHeading> =
        columns.iter().filter_map(|column| block.heading(format!("{at}/actuals"), *column)).collect();
    headings.extend(block.heading(format!("{at}/target"), target));
    let indicator = RawIndicator {
        name: view.slot_of(view.right_of(name)),
        actuals: columns.into_iter().map(value).collect(),
        target: value(target),
        achievement: block.below(block.find(Label::Achievement)),
        summary: Slot::Unplaced,
    };
    (indicator, actual.or(target).and_then(|id| view.value_below(id)), headings)
}
