//! Sheets read from ruled cells: a label is found by its text, its value by the cell beside or below it.

mod block;
mod budget;
mod indicator;
mod plan;
mod review;
mod view;

use std::collections::{BTreeSet, HashSet};

use super::flat;
use super::labels::{self, Label};
use super::sheet::{Doubt, RawSheet, Slot};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::geometry::Place;
use crate::layout::{Layout, Line, Span};
use crate::normalize::fold;
pub(super) use view::{Part, Pos, View};

/// The parts of a ruled document that each hold one sheet, from one title to the next. Where a title is missing
/// (a picture, other words), a second 施策展開 begins the next sheet.
pub(super) fn parts(layout: &Layout) -> Vec<Part> {
    let mut starts: Vec<Pos> = Vec::new();
    let mut begun = false;
    for (page, content) in layout.pages.iter().enumerate() {
        let mut furniture: Option<Pos> = None;
        for line in &content.lines {
            let (Some(label), Place::Box { rect, .. }) = (labels::opener(&line.text), line.place) else { continue };
            let here = Pos { page, y: rect.y0 };
            // What stands between the form's mark and a title is the end of the sheet before.
            let parted = |mark: &Pos| content.cells.iter().any(|c| c.rect.y0 > mark.y && c.rect.y1 < here.y);
            let begins = match label {
                Label::Edition => {
                    furniture = Some(here);
                    false
                }
                Label::Title => {
                    begun = false;
                    true
                }
                _ if line.cell.is_none() => false,
                _ => {
                    let begins = begun || starts.is_empty();
                    begun = true;
                    begins
                }
            };
            if begins {
                starts.push(furniture.take().filter(|mark| mark.y <= here.y && !parted(mark)).unwrap_or(here));
            }
        }
    }
    let end = Pos { page: layout.pages.len(), y: f32::INFINITY };
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(end));
    starts.iter().copied().zip(ends).map(|(a, b)| a..b).collect()
}

/// Reads one sheet, and hands out its cells too. `None` when it has no ruled labels, so that it has to be read from its text.
pub(super) fn read<'a>(layout: &'a Layout, part: &Part) -> Option<(RawSheet, View<'a>)> {
    let view = View::new(layout, part);
    let ruled = [Label::Development, Label::Initiative, Label::Program, Label::IndicatorName];
    if !ruled.iter().any(|&l| view.first(l).is_some()) {
        return None;
    }
    let pages = pages(&view).into_iter().map(|page| layout.pages[page].number).collect();
    let mut sheet = RawSheet { pages, ..RawSheet::default() };
    plan::read(&view, &mut sheet);
    budget::read(&view, &mut sheet);
    indicator::read(&view, &mut sheet);
    review::read(&view, &mut sheet);
    for heading in &view.headings {
        let slot = match heading.label {
            Label::Edition => &mut sheet.edition,
            Label::Title => &mut sheet.title,
            Label::Unit => &mut sheet.money_unit,
            _ => continue,
        };
        if *slot == Slot::Unplaced {
            *slot = Slot::read(vec![heading.span.clone()], Method::Position);
        }
    }
    if sheet.money_unit == Slot::Unplaced {
        sheet.money_unit = view.slot_of(view.first(Label::Unit));
    }
    let units: HashSet<String> = view
        .headings
        .iter()
        .filter(|h| h.label == Label::Unit)
        .map(|h| fold::key(layout.text(&h.span)))
        .chain(
            view.all(Label::Unit).into_iter().map(|id| fold::key(&layout.texts(&view.spans(id)).collect::<String>())),
        )
        .collect();
    if units.len() > 1 {
        let message = "amounts are printed in several units on this sheet; all are read in the first one";
        sheet.doubts.push(doubt("/do/programs", "several_units", message));
    }
    sheet.labels = labels_of(&view);
    Some((sheet, view))
}

/// The lines of a part, for reading a sheet without rules by its text.
pub(super) fn lines_of(layout: &Layout, part: &Part) -> flat::Part {
    let mut pages = Vec::new();
    for (page, content) in layout.pages.iter().enumerate() {
        let inside = |line: &Line| match line.place {
            Place::Box { rect, .. } => part.contains(&Pos { page, y: rect.center().1 }),
            Place::Line { .. } => false,
        };
        let first = content.lines.iter().position(inside);
        let last = content.lines.iter().rposition(inside);
        if let (Some(first), Some(last)) = (first, last) {
            pages.push((page, first..last + 1));
        }
    }
    flat::Part { pages }
}

/// The pages of the sheet, as indices.
fn pages(view: &View) -> BTreeSet<usize> {
    let rests = view.cells.iter().flat_map(|c| &c.more).map(|m| m.page);
    view.cells.iter().map(|c| c.page).chain(rests).chain(view.headings.iter().map(|h| h.pos.page)).collect()
}

fn labels_of(view: &View) -> Vec<Span> {
    let cells = view.labels.iter().flat_map(|&i| view.spans(i));
    view.headings.iter().map(|h| h.span.clone()).chain(cells).collect()
}

/// Printed cells of the sheet that nothing took: each is a doubt about the block that it stands in. Sentences outside of the
/// cells that nothing took are a doubt about the whole sheet. `claims` are in order.
pub(super) fn left_over(view: &View, claims: &[Span]) -> Vec<Doubt> {
    let taken = |line: (usize, usize)| claims.binary_search_by_key(&line, |c| (c.page, c.line)).is_ok();
    let mut block = "/plan";
    let mut doubts = Vec::new();
    for id in 0..view.cells.len() {
        if let Some((label, _)) = view.cells[id].label {
            block = block_of(label).unwrap_or(block);
        }
        if view.lines(id).all(taken) {
            continue;
        }
        let text: String = view.layout.texts(&view.spans(id)).collect();
        let message = format!("「{}」 was taken by no field", text.chars().take(40).collect::<String>());
        // Check and Action stand side by side: what is missing may be missing from either.
        // A label that shares its cell with its value is no label cell, and names the block nevertheless.
        let block = opening(&text).and_then(block_of).unwrap_or(block);
        let blocks: &[&str] = if block == "/check" { &["/check", "/action"] } else { &[block] };
        doubts.extend(blocks.iter().map(|at| doubt(*at, "text_left", message.clone())));
    }
    for page in pages(view) {
        let content = &view.layout.pages[page];
        let loose = |(i, line): &(usize, &Line)| line.cell.is_none() && line.text.contains('。') && !taken((page, *i));
        if let Some((_, line)) = content.lines.iter().enumerate().find(loose) {
            let words: String = line.text.chars().take(40).collect();
            let message = format!("「{words}」 on page {} stands in no cell and was taken by no field", content.number);
            doubts.push(doubt("", "text_left", message));
        }
    }
    doubts
}

/// The label that a cell's text begins with.
fn opening(text: &str) -> Option<Label> {
    let key: Vec<char> = fold::key(text).chars().collect();
    labels::prefix(&key).map(|(label, ..)| label)
}

/// The block of the record that a label opens.
fn block_of(label: Label) -> Option<&'static str> {
    Some(match label {
        Label::Development | Label::Measure | Label::Initiative | Label::Summary => "/plan",
        Label::YearPlan | Label::OutputIndicators => "/plan/output_indicators",
        Label::Program => "/do/programs",
        Label::IndicatorName => "/do/indicators",
        Label::Rationale => "/do/rationale",
        Label::Planned | Label::Reflected => "/do/improvements",
        Label::Category => "/check",
        _ => return None,
    })
}

/// Is one printed value read into several of these fields?
fn shared(slots: &[&Slot]) -> bool {
    let spans: Vec<&Span> = slots.iter().flat_map(|s| s.spans()).collect();
    spans.iter().enumerate().any(|(i, s)| spans[..i].contains(s))
}

/// A warning of the reader at a place below the record.
fn doubt(at: impl Into<String>, code: &'static str, message: impl Into<String>) -> Doubt {
    Doubt { severity: Severity::Warning, code, message: message.into(), at: at.into() }
}
