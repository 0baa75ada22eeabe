//! Sheets read from ruled cells: a label is found by its text, its value by the cell beside or below it.

mod block;
mod budget;
mod indicator;
mod plan;
mod review;
mod view;

use super::flat;
use super::labels::{self, Label};
use super::sheet::{Doubt, RawSheet, Slot};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::geometry::Place;
use crate::layout::{Layout, Line, Span};
use view::View;
pub(super) use view::{Part, Pos};

/// The parts of a ruled document that each hold one sheet, from the line of one title to that of the next.
pub(super) fn parts(layout: &Layout) -> Vec<Part> {
    let mut starts: Vec<Pos> = Vec::new();
    for (page, content) in layout.pages.iter().enumerate() {
        let mut furniture: Option<Pos> = None;
        for line in &content.lines {
            let Place::Box { rect, .. } = line.place else { continue };
            let here = Pos { page, y: rect.y0 };
            if labels::is_edition(&line.text) {
                // The form's mark stands above the title and belongs to the same sheet.
                furniture = Some(here);
            } else if labels::is_title(&line.text) {
                // What stands between the mark and the title is the end of the sheet before.
                let parted = |mark: &Pos| content.cells.iter().any(|c| c.rect.y0 > mark.y && c.rect.y1 < here.y);
                starts.push(furniture.take().filter(|mark| mark.y <= here.y && !parted(mark)).unwrap_or(here));
            }
        }
    }
    let end = Pos { page: layout.pages.len(), y: f32::INFINITY };
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(end));
    starts.iter().copied().zip(ends).map(|(a, b)| a..b).collect()
}

/// Reads one sheet. `None` when it has no ruled labels, so that it has to be read from its text.
pub(super) fn read(layout: &Layout, part: &Part) -> Option<RawSheet> {
    let view = View::new(layout, part);
    let ruled = [Label::Development, Label::Initiative, Label::Program, Label::IndicatorName];
    if !ruled.iter().any(|&l| view.first(l).is_some()) {
        return None;
    }
    let mut sheet = RawSheet { pages: pages(&view), ..RawSheet::default() };
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
    sheet.labels = labels_of(&view);
    Some(sheet)
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

fn pages(view: &View) -> Vec<u32> {
    let mut pages: Vec<u32> = view
        .cells
        .iter()
        .map(|c| c.page)
        .chain(view.headings.iter().map(|h| h.pos.page))
        .map(|p| view.layout.pages[p].number)
        .collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

fn labels_of(view: &View) -> Vec<Span> {
    let cells = (0..view.cells.len()).filter(|&i| view.cells[i].label.is_some()).flat_map(|i| view.spans(i));
    view.headings.iter().map(|h| h.span.clone()).chain(cells).collect()
}

/// A warning of the reader at a place below the record.
fn doubt(at: impl Into<String>, code: &'static str, message: impl Into<String>) -> Doubt {
    Doubt { severity: Severity::Warning, code, message: message.into(), at: at.into() }
}
