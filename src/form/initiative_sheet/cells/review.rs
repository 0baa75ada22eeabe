//! (２)これまでの改善案の反映状況, ３ 取組の検証（Check） and ４ 取組の改善案（Action）: rows of text side by side.

use super::doubt;
use super::view::{Id, View};
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{RawCategory, RawImprovement, RawSheet, Slot};
use crate::layout::Span;
use crate::normalize::dash;

pub(super) fn read(view: &View, sheet: &mut RawSheet) {
    improvements(view, sheet);
    // A header that is printed again on the next page goes on with the same table.
    let (mut check, mut action): (Vec<Side>, Vec<Side>) = (Vec::new(), Vec::new());
    for category in view.all(Label::Category) {
        let Some(content) = view.right_of(category).filter(|&i| view.is(i, Label::Content)) else { continue };
        let side = (category, content);
        match nearest_heading(view, category) {
            Some(Label::ActionHeading) => action.push(side),
            Some(_) => check.push(side),
            None => {
                let message =
                    "no heading stands over this table; the left one is read as Check, the right one as Action";
                sheet.doubts.push(doubt("/check", "heading_missing", message));
                sheet.doubts.push(doubt("/action", "heading_missing", message));
                if check.len() <= action.len() { check.push(side) } else { action.push(side) }
            }
        }
    }
    for (sides, name, at) in [(check, "Check", "/check"), (action, "Action", "/action")] {
        let rows: Vec<RawCategory> =
            sides.iter().flat_map(|&(category, content)| rows(view, category, content)).collect();
        if sides.is_empty() {
            sheet.doubts.push(doubt(at, "block_missing", format!("no table of {name} was found on this sheet")));
        } else if rows.is_empty() {
            let message = format!("no row stands under 類型 and 内容 of {name}");
            sheet.doubts.push(doubt(at, "block_empty", message));
        }
        if name == "Check" { sheet.check = rows } else { sheet.action = rows }
    }
}

/// The headers 類型 and 内容 of one table.
type Side = (Id, Id);

/// The heading of Check or Action that begins nearest to the left side of a table.
fn nearest_heading(view: &View, category: Id) -> Option<Label> {
    let x = view.rect(category).x0;
    [Label::CheckHeading, Label::ActionHeading]
        .into_iter()
        .flat_map(|label| view.heading_rects(label).into_iter().map(move |(pos, rect)| (label, pos, rect)))
        .filter(|(_, pos, _)| *pos <= view.pos(category))
        .min_by(|a, b| (a.2.x0 - x).abs().total_cmp(&(b.2.x0 - x).abs()))
        .map(|(label, _, _)| label)
}

fn improvements(view: &View, sheet: &mut RawSheet) {
    let (Some(planned), Some(reflected)) = (view.first(Label::Planned), view.first(Label::Reflected)) else {
        let message = "no table of 取組改善案 and 反映状況 was found on this sheet";
        sheet.doubts.push(doubt("/do/improvements", "block_missing", message));
        return;
    };
    let mut right = view.column_below(reflected);
    // The last row, and the page that it ends on.
    let mut before: Option<(Id, Option<Id>)> = None;
    for left in view.column_below(planned) {
        let beside = right.iter().position(|&r| view.in_row(left, r)).map(|at| right.remove(at));
        if view.is_blank(left) && beside.is_none_or(|r| view.is_blank(r)) {
            continue;
        }
        let index = sheet.improvements.len();
        let broken = before.filter(|(above, _)| view.page_end(*above) < view.pos(left).page);
        if let (Some((above, above_right)), Some(last)) = (broken, sheet.improvements.last_mut()) {
            let open = |a: Option<Id>| a.is_some_and(|id| unfinished(view, id));
            let half_blank = view.is_blank(left) != beside.is_none_or(|r| view.is_blank(r));
            let at = |i: usize| format!("/do/improvements/{i}");
            if open(Some(above)) || open(above_right) || half_blank {
                extend(&mut last.planned, view.spans(left));
                extend(&mut last.reflected, beside.map_or_else(Vec::new, |r| view.spans(r)));
                let message = "the row above the page break goes on below it, though a rule closes it; read as one row";
                sheet.doubts.push(doubt(at(index - 1), "row_joined", message));
                before = Some((left, beside));
                continue;
            }
            let message = "a row begins at the top of a page; it may be the rest of the row before the page break";
            sheet.doubts.push(doubt(at(index - 1), "row_may_go_on", message));
            sheet.doubts.push(doubt(at(index), "row_may_go_on", message));
        }
        before = Some((left, beside));
        sheet.improvements.push(RawImprovement { planned: view.slot(left), reflected: view.slot_of(beside) });
    }
    for left_over in right.into_iter().filter(|&r| !view.is_blank(r)) {
        let at = format!("/do/improvements/{}/planned", sheet.improvements.len());
        sheet.doubts.push(doubt(at, "row_merged", "no 取組改善案 of its own stands beside this 反映状況"));
        sheet.improvements.push(RawImprovement { planned: Slot::Blank(None), reflected: view.slot(left_over) });
    }
}

/// Does the cell's text break off in the middle of a sentence?
fn unfinished(view: &View, id: Id) -> bool {
    let text: String = view.layout.texts(&view.spans(id)).collect();
    let text = text.trim();
    !text.is_empty() && !dash::is_none(text) && !text.ends_with(['。', '」', '）', ')'])
}

/// More lines for a field.
fn extend(slot: &mut Slot, more: Vec<Span>) {
    match slot {
        Slot::Read(reading) => {
            reading.spans.extend(more);
            reading.method = Method::Inferred;
        }
        _ if more.is_empty() => {}
        _ => *slot = Slot::read(more, Method::Inferred),
    }
}

/// Rows of one side: the cells under 内容, each with what stands beside it under 類型.
fn rows(view: &View, category: Id, content: Id) -> Vec<RawCategory> {
    let mut rows: Vec<RawCategory> = Vec::new();
    let mut before: Vec<Id> = Vec::new();
    for text in view.column_below(content) {
        let mut beside: Vec<Id> = (0..view.cells.len())
            .filter(|&i| view.cells[i].label.is_none() && view.in_width(i, category) && view.in_row(i, text))
            .collect();
        beside.sort_by(|&a, &b| view.rect(a).x0.total_cmp(&view.rect(b).x0));
        let blank = beside.iter().all(|&i| view.is_blank(i));
        if blank && view.is_blank(text) {
            continue;
        }
        // One 類型 merged down over several texts, or a text that goes on over a page break, is one row.
        let goes_on = !beside.is_empty() && beside == before
            || blank
                && rows.last().is_some()
                && before.first().is_some_and(|&b| view.cells[b].page < view.cells[text].page);
        if let (true, Some(last)) = (goes_on, rows.last_mut()) {
            let more: Vec<Span> = view.spans(text);
            if let Slot::Read(reading) = &mut last.text {
                reading.spans.extend(more);
                continue;
            }
        }
        let (number, name) = match beside.as_slice() {
            [] => (Slot::Unplaced, Slot::Unplaced),
            [one] => (Slot::Unplaced, view.slot(*one)),
            [number, name @ ..] => (view.slot(*number), view.slot_of_all(name)),
        };
        rows.push(RawCategory { number, category: name, text: view.slot(text) });
        before = beside;
    }
    rows
}
