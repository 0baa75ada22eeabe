//! The annexes of a page as a sequence: lines outside of tables, and tables by rows.

use std::ops::Range;

use crate::form::document::Method;
use crate::form::special_zone::raw::Slot;
use crate::form::special_zone::rows::{Row, rows};
use crate::geometry::{Place, Rect};
use crate::layout::{Layout, Span};
use crate::normalize::fold::key;

pub(in crate::form::special_zone) enum Item {
    Row(Row),
    Table(Table),
}

pub(in crate::form::special_zone) struct Table {
    pub page: usize,
    pub rect: Rect,
    /// By row, then from left to right.
    pub cells: Vec<Cell>,
    pub rows: usize,
    /// Of each row, the cells that it passes through, from left to right.
    through: Vec<Vec<usize>>,
}

#[derive(Debug, Clone)]
pub(in crate::form::special_zone) struct Cell {
    pub spans: Vec<Span>,
    /// Folded, without white space.
    pub key: String,
    pub rect: Rect,
    pub rows: Range<usize>,
    place: Place,
}

impl Cell {
    pub fn slot(&self) -> Slot {
        if self.spans.is_empty() { Slot::Blank(Some(self.place)) } else { Slot::read(self.spans.clone(), Method::Cell) }
    }

    /// Does the middle of this cell stand in the width of `other`, or the other way round?
    pub fn in_column(&self, other: &Rect) -> bool {
        let within = |x: f32, r: &Rect| x >= r.x0 - 1.0 && x <= r.x1 + 1.0;
        within(self.rect.center().0, other) || within(other.center().0, &self.rect)
    }
}

impl Table {
    /// The cells that begin in a row.
    pub fn starting(&self, row: usize) -> Vec<usize> {
        self.through(row).iter().copied().filter(|&i| self.cells[i].rows.start == row).collect()
    }

    /// The cell of a column that a row passes through.
    pub fn at(&self, row: usize, column: &Rect) -> Option<usize> {
        let x = column.center().0;
        self.through(row)
            .iter()
            .copied()
            .find(|&i| self.cells[i].rect.x0 - 1.0 <= x && x <= self.cells[i].rect.x1 + 1.0)
    }

    /// The cells of a column in a range of rows.
    pub fn column(&self, rows: &Range<usize>, column: &Rect) -> Vec<usize> {
        self.within(rows).into_iter().filter(|&i| self.cells[i].in_column(column)).collect()
    }

    /// The cells that a range of rows passes through, in reading order.
    pub fn within(&self, rows: &Range<usize>) -> Vec<usize> {
        let mut out: Vec<usize> = rows.clone().flat_map(|row| self.through(row).iter().copied()).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    fn through(&self, row: usize) -> &[usize] {
        self.through.get(row).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, test: impl Fn(&str) -> bool) -> bool {
        self.cells.iter().any(|c| test(&c.key))
    }
}

/// Lines and tables of a page from the top down.
pub(in crate::form::special_zone) fn items(layout: &Layout, page: usize) -> Vec<Item> {
    let Some(content) = layout.pages.get(page) else { return Vec::new() };
    let mut tables: Vec<Table> = Vec::new();
    let mut index: Vec<Option<usize>> = Vec::new();
    for cell in &content.cells {
        let spans: Vec<Span> = cell.lines.clone().map(|line| layout.whole(page, line)).collect();
        let text: String = layout.texts(&spans).collect();
        let rows = cell.row..cell.row + cell.row_span;
        let place = Place::Box { page: content.number, rect: cell.rect };
        let read = Cell { spans, key: key(&text), rect: cell.rect, rows, place };
        index.resize(index.len().max(cell.table + 1), None);
        let at = *index[cell.table].get_or_insert_with(|| {
            tables.push(Table { page, rect: cell.rect, cells: Vec::new(), rows: 0, through: Vec::new() });
            tables.len() - 1
        });
        let table = &mut tables[at];
        table.rect = table.rect.union(&read.rect);
        table.rows = table.rows.max(read.rows.end);
        table.cells.push(read);
    }
    // A frame around text is no table; its lines are rows.
    tables.retain(|t| t.cells.len() > 1);
    for table in &mut tables {
        table.cells.sort_by(|a, b| a.rows.start.cmp(&b.rows.start).then(a.rect.x0.total_cmp(&b.rect.x0)));
        table.through = vec![Vec::new(); table.rows];
        for (i, cell) in table.cells.iter().enumerate() {
            for row in cell.rows.clone() {
                table.through[row].push(i);
            }
        }
    }
    let mut out: Vec<(f32, Item)> = rows(layout, page).into_iter().map(|r| (r.y(), Item::Row(r))).collect();
    out.extend(tables.into_iter().map(|t| (t.rect.y0, Item::Table(t))));
    out.sort_by(|a, b| a.0.total_cmp(&b.0));
    out.into_iter().map(|(_, item)| item).collect()
}
