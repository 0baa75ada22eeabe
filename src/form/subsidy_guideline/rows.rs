//! The rows of a document: what stands on one height of the page outside of ruled cells, or one line of a text.

use std::collections::{HashMap, HashSet};

use super::heading;
use super::print::Print;
use crate::geometry::Place;
use crate::layout::{Layout, Line, Span};
use crate::normalize::fold;

/// Rows so near to the head or foot of a page can be running titles.
const EDGE: usize = 2;

#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Index of the page.
    pub page: usize,
    /// Distance from the top of the page; the number of the row in a text.
    pub y: f32,
    /// Left edge; 0 in a text.
    pub x: f32,
    /// Largest size of type, in points; 0 in a text.
    pub size: f32,
    pub print: Print,
    /// Page number or running title.
    pub furniture: bool,
}

impl Row {
    pub fn chars(&self) -> &[char] {
        &self.print.chars
    }

    /// Its characters without white space.
    pub fn key(&self) -> String {
        self.print.chars.iter().filter(|c| !c.is_whitespace()).collect()
    }

    pub fn spans(&self) -> Vec<Span> {
        self.print.spans(0, self.print.chars.len())
    }

    /// From character `from` on.
    pub fn rest(&self, from: usize) -> Vec<Span> {
        self.print.spans(from, self.print.chars.len())
    }
}

/// Every row that prints something, in reading order.
pub(super) fn rows(layout: &Layout) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for (page, content) in layout.pages.iter().enumerate() {
        let first = out.len();
        let mut open: Option<(Vec<Span>, f32, f32, &Line)> = None;
        for (index, line) in content.lines.iter().enumerate() {
            if line.text.trim().is_empty() || line.cell.is_some() && !is_heading_in_cell(&line.text) {
                continue;
            }
            let span = layout.whole(page, index);
            let (x, y) = match line.place {
                Place::Box { rect, .. } => (rect.x0, rect.y0),
                Place::Line { line } => (0.0, line as f32),
            };
            match &mut open {
                Some((spans, left, _, before)) if one_row(before, line) => {
                    spans.push(span);
                    *left = left.min(x);
                }
                _ => {
                    out.extend(open.take().map(|o| row(layout, page, o)));
                    open = Some((vec![span], x, y, line));
                }
            }
        }
        out.extend(open.take().map(|o| row(layout, page, o)));
        mark_numbers(&mut out[first..], content.height > 0.0);
    }
    mark_running(&mut out, layout.pages.len());
    out
}

/// The heading of a schedule may stand in the first cell of its table.
fn is_heading_in_cell(text: &str) -> bool {
    if !text.trim_start().starts_with('別') {
        return false;
    }
    let key: Vec<char> = fold::key(text).chars().collect();
    heading::schedule(&key).is_some_and(|h| h.basis.is_some())
}

fn row(layout: &Layout, page: usize, (spans, x, y, line): (Vec<Span>, f32, f32, &Line)) -> Row {
    Row { page, y, x, size: line.size, print: Print::spaced(layout, &spans), furniture: false }
}

/// Pieces of one printed row stand beside each other on one height.
fn one_row(a: &Line, b: &Line) -> bool {
    let (Place::Box { rect: ra, .. }, Place::Box { rect: rb, .. }) = (a.place, b.place) else { return false };
    !a.vertical && !b.vertical && ra.overlap_y(&rb) > 0.5 * ra.height().min(rb.height()) && rb.x0 >= ra.x1 - 1.0
}

/// `- 3 -`, `3`, `3/12`, `3ページ`: at the head or foot of a page; in a text, whose pages may be lost, anywhere.
fn mark_numbers(rows: &mut [Row], edges_only: bool) {
    let count = rows.len();
    for (i, row) in rows.iter_mut().enumerate() {
        if edges_only && i >= EDGE && i + EDGE < count {
            continue;
        }
        let key = fold::key(&row.key());
        let core = key.trim_matches(|c| "-〜~ー<>[]()".contains(c));
        let core = core.strip_suffix("ページ").or_else(|| core.strip_suffix('頁')).unwrap_or(core);
        let core = core.strip_prefix("P.").or_else(|| core.strip_prefix('P')).unwrap_or(core);
        let number = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
        let whole = core.split_once('/').map_or(number(core), |(a, b)| number(a) && number(b));
        // `(1)` alone is the number of an item.
        row.furniture = whole && (key.starts_with("(-") || !key.starts_with('('));
    }
}

/// The same words at the head (or foot) of several pages.
fn mark_running(rows: &mut [Row], pages: usize) {
    if pages < 2 {
        return;
    }
    let mut at: HashMap<(String, bool), HashSet<usize>> = HashMap::new();
    let mut edges: Vec<(usize, String, bool)> = Vec::new();
    let mut start = 0;
    while start < rows.len() {
        let end = start + rows[start..].iter().take_while(|r| r.page == rows[start].page).count();
        let head = (start..end).filter(|&i| !rows[i].furniture).take(1).map(|i| (i, true));
        let foot = (start..end).rev().filter(|&i| !rows[i].furniture).take(1).map(|i| (i, false));
        for (i, top) in head.chain(foot) {
            let key: String = rows[i].key().chars().filter(|c| !c.is_ascii_digit()).collect();
            if key.chars().count() >= 2 {
                at.entry((key.clone(), top)).or_default().insert(rows[i].page);
                edges.push((i, key, top));
            }
        }
        start = end;
    }
    for (i, key, top) in edges {
        let seen = at.get(&(key.clone(), top)).map_or(0, HashSet::len);
        // A form's heading and date may head many pages too; those are few words of a page of their own.
        if seen >= 3.max(pages / 2) && !key.starts_with("様式") && !key.starts_with("別") && !key.contains('第') {
            rows[i].furniture = true;
        }
    }
}
