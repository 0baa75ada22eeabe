//! The ruled cells of one sheet and how they stand to each other.

use std::borrow::Cow;
use std::ops::Range;

use crate::form::document::Method;
use crate::form::initiative_sheet::labels::{self, Label};
use crate::form::initiative_sheet::sheet::{Slot, YearHeading};
use crate::geometry::{Place, Rect};
use crate::layout::{Layout, Span};

/// Borders nearer than this are one, in points; small tables set apart by less are read as one form.
const NEAR: f32 = 6.0;
/// Cells whose tops differ by less than this are one row, in points.
const SAME_ROW: f32 = 3.0;
/// Two cells that share this part of the wider one's width are one column.
const SAME_COLUMN: f32 = 0.85;
/// The pieces of a cell that a page break cut differ in their sides by less than this, in points.
const SAME_SIDE: f32 = 4.0;

/// A place in the document: page index and distance from the page's top.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(in crate::form::initiative_sheet) struct Pos {
    pub page: usize,
    pub y: f32,
}

/// Part of the document that one sheet takes.
pub(in crate::form::initiative_sheet) type Part = Range<Pos>;

/// Index into [`View::cells`].
pub(super) type Id = usize;

pub(super) struct ViewCell {
    pub page: usize,
    pub rect: Rect,
    pub lines: Range<usize>,
    /// Where the cell goes on over page breaks.
    pub more: Vec<Rest>,
    pub label: Option<(Label, Option<i32>)>,
    open_top: bool,
    open_bottom: bool,
}

/// The rest of a cell on a later page.
pub(super) struct Rest {
    pub page: usize,
    pub rect: Rect,
    pub lines: Range<usize>,
}

impl ViewCell {
    /// Page and place of the cell and of its rests.
    fn parts(&self) -> impl Iterator<Item = (usize, Rect)> + '_ {
        std::iter::once((self.page, self.rect)).chain(self.more.iter().map(|m| (m.page, m.rect)))
    }
}

/// A label that stands outside of cells: a heading over a table.
pub(super) struct Heading {
    pub pos: Pos,
    pub rect: Rect,
    pub label: Label,
    pub span: Span,
}

pub(in crate::form::initiative_sheet) struct View<'a> {
    pub(super) layout: &'a Layout,
    /// In reading order, page by page.
    pub(super) cells: Vec<ViewCell>,
    /// Those that are labels.
    pub(super) labels: Vec<Id>,
    pub(super) headings: Vec<Heading>,
}

impl<'a> View<'a> {
    pub fn new(layout: &'a Layout, part: &Part) -> View<'a> {
        let mut cells = Vec::new();
        let mut headings = Vec::new();
        for page in part.start.page..=part.end.page.min(layout.pages.len().saturating_sub(1)) {
            let Some(content) = layout.pages.get(page) else { continue };
            for cell in &content.cells {
                if !part.contains(&Pos { page, y: cell.rect.center().1 }) {
                    continue;
                }
                let text = match &content.lines[cell.lines.clone()] {
                    [line] => Cow::Borrowed(line.text.as_str()),
                    lines => lines.iter().map(|l| l.text.as_str()).collect(),
                };
                cells.push(ViewCell {
                    page,
                    rect: cell.rect,
                    lines: cell.lines.clone(),
                    more: Vec::new(),
                    label: labels::label(&text),
                    open_top: cell.open_top,
                    open_bottom: cell.open_bottom,
                });
            }
            for (index, line) in content.lines.iter().enumerate() {
                let Place::Box { rect, .. } = line.place else { continue };
                let pos = Pos { page, y: rect.center().1 };
                if line.cell.is_some() || !part.contains(&pos) {
                    continue;
                }
                if let Some((label, _)) = labels::label(&line.text) {
                    headings.push(Heading { pos, rect, label, span: layout.whole(page, index) });
                }
            }
        }
        let cells = joined(cells);
        let labels = (0..cells.len()).filter(|&i| cells[i].label.is_some()).collect();
        View { layout, cells, labels, headings }
    }

    /// Cells with this label, in reading order.
    pub fn all(&self, label: Label) -> Vec<Id> {
        self.labels.iter().copied().filter(|&i| self.is(i, label)).collect()
    }

    pub fn first(&self, label: Label) -> Option<Id> {
        self.labels.iter().copied().find(|&i| self.is(i, label))
    }

    pub fn is(&self, id: Id, label: Label) -> bool {
        self.cells[id].label.is_some_and(|(l, _)| l == label)
    }

    pub fn year(&self, id: Id) -> Option<i32> {
        self.cells[id].label.and_then(|(_, year)| year)
    }

    /// A year cell as the heading of the values at `at`.
    pub fn year_at(&self, at: impl Into<String>, id: Id) -> Option<YearHeading> {
        Some(YearHeading { at: at.into(), fiscal_year: self.year(id)?, heading: self.slot(id) })
    }

    pub fn pos(&self, id: Id) -> Pos {
        Pos { page: self.cells[id].page, y: self.cells[id].rect.y0 }
    }

    /// The page that a cell ends on.
    pub fn page_end(&self, id: Id) -> usize {
        self.cells[id].more.last().map_or(self.cells[id].page, |m| m.page)
    }

    pub fn rect(&self, id: Id) -> Rect {
        self.cells[id].rect
    }

    pub fn is_blank(&self, id: Id) -> bool {
        let cell = &self.cells[id];
        cell.lines.is_empty() && cell.more.iter().all(|m| m.lines.is_empty())
    }

    /// The lines of a cell: each one's page and its number there.
    pub fn lines(&self, id: Id) -> impl Iterator<Item = (usize, usize)> + '_ {
        let cell = &self.cells[id];
        let rests = cell.more.iter().map(|m| (m.page, m.lines.clone()));
        let parts = std::iter::once((cell.page, cell.lines.clone())).chain(rests);
        parts.flat_map(|(page, lines)| lines.map(move |line| (page, line)))
    }

    pub fn spans(&self, id: Id) -> Vec<Span> {
        self.lines(id).map(|(page, line)| self.layout.whole(page, line)).collect()
    }

    /// The cells of a page.
    fn on_page(&self, page: usize) -> Range<Id> {
        self.cells.partition_point(|c| c.page < page)..self.cells.partition_point(|c| c.page <= page)
    }

    /// What the cell prints, as a field.
    pub fn slot(&self, id: Id) -> Slot {
        let cell = &self.cells[id];
        if self.is_blank(id) {
            return Slot::Blank(Some(Place::Box { page: self.layout.pages[cell.page].number, rect: cell.rect }));
        }
        Slot::read(self.spans(id), Method::Cell)
    }

    pub fn slot_of(&self, id: Option<Id>) -> Slot {
        id.map_or(Slot::Unplaced, |id| self.slot(id))
    }

    /// What several cells print together.
    pub fn slot_of_all(&self, ids: &[Id]) -> Slot {
        let spans: Vec<Span> = ids.iter().flat_map(|&id| self.spans(id)).collect();
        match ids.first() {
            None => Slot::Unplaced,
            Some(&first) if spans.is_empty() => self.slot(first),
            Some(_) => Slot::read(spans, Method::Cell),
        }
    }

    /// The cell that adjoins on the right: the one that shares most of the height.
    pub fn right_of(&self, id: Id) -> Option<Id> {
        let a = &self.cells[id];
        self.on_page(a.page)
            .filter(|&i| i != id && (self.cells[i].rect.x0 - a.rect.x1).abs() <= NEAR)
            .filter(|&i| shares(self.cells[i].rect.overlap_y(&a.rect), self.cells[i].rect.height(), a.rect.height()))
            .max_by(|&i, &j| {
                self.cells[i].rect.overlap_y(&a.rect).total_cmp(&self.cells[j].rect.overlap_y(&a.rect)).then(j.cmp(&i))
            })
    }

    /// The cell right of a label that holds its value; a label there is no value.
    pub fn value_right_of(&self, label: Label) -> Option<Id> {
        self.first(label).and_then(|id| self.right_of(id)).filter(|&id| self.cells[id].label.is_none())
    }

    /// The cells that adjoin below, left to right; over a page break those at the top of the next page.
    pub fn below(&self, id: Id) -> Vec<Id> {
        let a = &self.cells[id];
        let in_column = |i: Id| {
            i != id && shares(self.cells[i].rect.overlap_x(&a.rect), self.cells[i].rect.width(), a.rect.width())
        };
        let here = self.on_page(a.page);
        let adjoins = |i: Id| (self.cells[i].rect.y0 - a.rect.y1).abs() <= NEAR;
        let mut found: Vec<Id> = here.clone().filter(|&i| adjoins(i) && in_column(i)).collect();
        if found.is_empty() && !self.cells[here].iter().any(|c| c.rect.y0 >= a.rect.y1 - 1.0) {
            // It is the last one of its page.
            let next = self.on_page(a.page + 1);
            let top = self.cells[next.clone()].iter().map(|c| c.rect.y0).fold(f32::INFINITY, f32::min);
            found = next.filter(|&i| self.cells[i].rect.y0 - top <= NEAR && in_column(i)).collect();
        }
        found.sort_by(|&i, &j| self.cells[i].rect.x0.total_cmp(&self.cells[j].rect.x0));
        found
    }

    /// The value cell below a label.
    pub fn value_below(&self, id: Id) -> Option<Id> {
        self.below(id).into_iter().find(|&i| self.cells[i].label.is_none())
    }

    /// The cells of the label's own column below it, down to the next label, over page breaks.
    pub fn column_below(&self, label: Id) -> Vec<Id> {
        let mut out: Vec<Id> = Vec::new();
        let mut at = label;
        while let Some(next) = self.below(at).into_iter().find(|&i| self.same_column(i, label)) {
            if self.cells[next].label.is_some() || out.contains(&next) {
                break;
            }
            out.push(next);
            at = next;
        }
        out
    }

    /// Headers need not be as wide as what stands under them to the point.
    fn same_column(&self, a: Id, b: Id) -> bool {
        let (a, b) = (self.rect(a), self.rect(b));
        a.overlap_x(&b) >= SAME_COLUMN * a.width().max(b.width())
    }

    /// Does the middle of `id` stand under (or over) the width of `over`?
    pub fn in_width(&self, id: Id, over: Id) -> bool {
        let x = self.rect(id).center().0;
        let o = self.rect(over);
        x >= o.x0 - 1.0 && x <= o.x1 + 1.0
    }

    /// Do two cells stand side by side on a page, sharing at least half of the lower one's height there?
    pub fn in_row(&self, a: Id, b: Id) -> bool {
        self.cells[a].parts().any(|(page, a)| {
            let beside = |b: Rect| shares(a.overlap_y(&b), a.height(), b.height());
            self.cells[b].parts().any(|(other, b)| other == page && beside(b))
        })
    }

    /// Cells in rows from the top down, each from left to right.
    pub fn rows(&self, mut ids: Vec<Id>) -> Vec<Vec<Id>> {
        ids.sort_by(|&a, &b| self.pos(a).partial_cmp(&self.pos(b)).unwrap_or(std::cmp::Ordering::Equal));
        let same =
            |a: Id, b: Id| self.cells[a].page == self.cells[b].page && self.rect(b).y0 - self.rect(a).y0 < SAME_ROW;
        let mut rows: Vec<Vec<Id>> = Vec::new();
        for id in ids {
            match rows.last_mut() {
                Some(row) if same(row[0], id) => row.push(id),
                _ => rows.push(vec![id]),
            }
        }
        for row in &mut rows {
            row.sort_by(|&a, &b| self.rect(a).x0.total_cmp(&self.rect(b).x0));
        }
        rows
    }

    /// The heading (outside of cells, or a cell itself) with this label that stands above `id`, nearest in x.
    pub fn heading_rects(&self, label: Label) -> Vec<(Pos, Rect)> {
        let outside = self.headings.iter().filter(|h| h.label == label).map(|h| (h.pos, h.rect));
        let inside = self.all(label).into_iter().map(|i| (self.pos(i), self.rect(i)));
        outside.chain(inside).collect()
    }
}

/// Joins the pieces of cells that the end of a page cut.
fn joined(cells: Vec<ViewCell>) -> Vec<ViewCell> {
    let mut out: Vec<ViewCell> = Vec::with_capacity(cells.len());
    // The last piece of a cell that is still open: its page, and the cell's place in `out`.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for cell in cells {
        let before = cell.open_top.then(|| {
            open.iter().position(|&(page, at)| {
                page + 1 == cell.page
                    && (out[at].rect.x0 - cell.rect.x0).abs() <= SAME_SIDE
                    && (out[at].rect.x1 - cell.rect.x1).abs() <= SAME_SIDE
            })
        });
        match before.flatten() {
            Some(found) => {
                let (_, at) = open.swap_remove(found);
                if cell.open_bottom {
                    open.push((cell.page, at));
                }
                out[at].more.push(Rest { page: cell.page, rect: cell.rect, lines: cell.lines });
            }
            None => {
                if cell.open_bottom {
                    open.push((cell.page, out.len()));
                }
                out.push(cell);
            }
        }
    }
    out
}

/// Is the common stretch at least half of the shorter side?
fn shares(common: f32, a: f32, b: f32) -> bool {
    common >= 0.5 * a.min(b) && common > 0.0
}
