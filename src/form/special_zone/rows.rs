//! The running text: the lines outside of tables, pieces on one baseline put together.

use super::raw::{Passage, Slot};
use crate::form::document::Method;
use crate::geometry::{Place, Rect};
use crate::layout::{Layout, Span};
use crate::normalize::fold::key;

/// A line whose end leaves so many ems (or pairs of columns) to the margin ended before it was full.
const ROOM: f32 = 2.5;
/// A line that starts so many ems right of the others of its passage is indented.
const INDENT: f32 = 0.7;
/// Part of a page's height at its top and bottom where page numbers stand.
const MARGIN: f32 = 0.09;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub spans: Vec<Span>,
    /// Folded, without white space.
    pub key: String,
    /// On a page; `None` in text.
    pub rect: Option<Rect>,
    pub em: f32,
    /// White space printed before the first word.
    pub indented: bool,
    /// Columns that the line takes, in half-width characters; for text.
    pub width: usize,
    /// An empty line stands before it; for text.
    pub apart: bool,
    /// Nothing is printed below it on its page.
    pub last: bool,
}

impl Row {
    pub fn page(&self) -> usize {
        self.spans.first().map_or(0, |s| s.page)
    }

    /// Position down the document.
    pub fn y(&self) -> f32 {
        self.rect.map_or(0.0, |r| r.center().1)
    }

    /// A page number on its own.
    pub fn is_page_number(&self, layout: &Layout) -> bool {
        let digits = self.key.trim_matches(|c| matches!(c, '-' | '/' | 'P' | 'p' | '.'));
        let number = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'/');
        let height = layout.pages.get(self.page()).map_or(0.0, |p| p.height);
        match self.rect {
            Some(r) => number && (r.y1 < MARGIN * height || r.y0 > (1.0 - MARGIN) * height),
            // In text a number alone may be the end of a wrapped line.
            None => number && (digits.len() < self.key.len() || digits.len() < 4 && (self.apart || self.last)),
        }
    }
}

/// The free lines of a page from the top down.
pub(super) fn rows(layout: &Layout, page: usize) -> Vec<Row> {
    let Some(content) = layout.pages.get(page) else { return Vec::new() };
    let mut out: Vec<Row> = Vec::new();
    let mut apart = true;
    // A frame around the text is no table.
    let mut cells_of: Vec<usize> = Vec::new();
    for cell in &content.cells {
        cells_of.resize(cells_of.len().max(cell.table + 1), 0);
        cells_of[cell.table] += 1;
    }
    for (index, line) in content.lines.iter().enumerate() {
        if line.text.trim().is_empty() {
            apart = true;
            continue;
        }
        if line.cell.is_some_and(|c| content.cells.get(c).is_none_or(|c| cells_of[c.table] > 1)) {
            continue;
        }
        let rect = match line.place {
            Place::Box { rect, .. } => Some(rect),
            Place::Line { .. } => None,
        };
        // What began a page keeps one space in front where the page break was taken out.
        let spaced = |text: &str| text.starts_with(' ') && !text.starts_with("  ");
        let after = index.checked_sub(1).and_then(|i| content.lines.get(i));
        apart |= spaced(&line.text) && after.is_some_and(|l| !spaced(&l.text));
        let row = Row {
            spans: vec![layout.whole(page, index)],
            key: row_key(&line.text),
            rect,
            em: line.size.max(1.0),
            indented: line.text.starts_with(char::is_whitespace),
            width: line.text.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(),
            apart,
            last: false,
        };
        apart = false;
        out.push(row);
    }
    if let Some(row) = out.last_mut() {
        row.last = true;
    }
    if out.iter().all(|r| r.rect.is_none()) {
        return out;
    }
    out.sort_by(|a, b| a.y().total_cmp(&b.y()));
    let mut joined: Vec<Row> = Vec::with_capacity(out.len());
    for row in out {
        match joined.last_mut() {
            Some(last) if (last.y() - row.y()).abs() < 0.4 * last.em.min(row.em) => merge(layout, last, row),
            _ => joined.push(row),
        }
    }
    joined
}

fn merge(layout: &Layout, into: &mut Row, row: Row) {
    into.spans.extend(row.spans);
    let x = |s: &Span| layout.line(s).edges.first().copied().unwrap_or(0.0);
    into.spans.sort_by(|a, b| x(a).total_cmp(&x(b)));
    into.rect = match (into.rect, row.rect) {
        (Some(a), Some(b)) => Some(a.union(&b)),
        (a, b) => a.or(b),
    };
    into.key = row_key(&layout.texts(&into.spans).collect::<String>());
}

/// Folded without white space; a glyph that the source could not read is no letter of a heading.
fn row_key(text: &str) -> String {
    let mut key = key(text);
    key.retain(|c| c != '\u{FFFD}');
    key
}

/// The right margin of the running text: how far its lines reach.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Margin {
    pub x: f32,
    pub columns: usize,
}

impl Margin {
    pub fn of(rows: &[Row]) -> Margin {
        let x = rows.iter().filter_map(|r| r.rect).map(|r| r.x1).fold(0.0, f32::max);
        // A single overlong line does not move the margin of the others.
        let mut widths: Vec<usize> = rows.iter().map(|r| r.width).collect();
        widths.sort_unstable();
        let columns = widths.get(widths.len().saturating_sub(1) * 19 / 20).copied().unwrap_or(0);
        Margin { x, columns }
    }

    /// Did the line end although more would have fitted?
    pub fn is_short(&self, row: &Row) -> bool {
        match row.rect {
            Some(rect) => self.x - rect.x1 > ROOM * row.em,
            None => row.width + 5 < self.columns,
        }
    }
}

/// Rows as one passage, with the paragraphs that the page tells.
pub(super) fn passage(rows: &[&Row], margin: Margin, method: Method) -> Passage {
    let starts = starts(rows, margin);
    let mut spans = Vec::new();
    let mut begins = Vec::new();
    for (row, start) in rows.iter().zip(starts) {
        for (i, span) in row.spans.iter().enumerate() {
            spans.push(span.clone());
            begins.push(start && i == 0);
        }
    }
    Passage { slot: Slot::read(spans, method), starts: begins }
}

/// Which rows begin a paragraph: those indented more than the others, and those after a sentence that ended early.
pub(super) fn starts(rows: &[&Row], margin: Margin) -> Vec<bool> {
    let left = rows.iter().filter_map(|r| r.rect).map(|r| r.x0).fold(f32::INFINITY, f32::min);
    let indented = |r: &Row| r.rect.map_or(r.indented, |rect| rect.x0 - left > INDENT * r.em);
    let ended = |r: &Row| r.key.ends_with(['。', '」', '】', '≫', ')']) && margin.is_short(r);
    (0..rows.len()).map(|i| i > 0 && (indented(rows[i]) || ended(rows[i - 1]))).collect()
}
