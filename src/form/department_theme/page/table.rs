//! Tables inside a column: cells that are narrower than the column.

use super::head::HeadRow;
use super::slot;
use crate::form::department_theme::raw::RawTable;
use crate::form::slot::Slot;
use crate::geometry::{Place, Rect};
use crate::layout::{Cell, Layout, PageLayout, Span};
use crate::normalize::{State, quantity};

/// A cell narrower than this part of its column is one of a table in it.
const NARROW: f32 = 0.85;
/// What is thinner than this is the room between two rules, in points.
const THIN: f32 = 5.0;
/// Borders nearer than this are one, in points.
const NEAR: f32 = 4.0;

pub(super) struct Found {
    pub column: usize,
    pub y: f32,
    /// Indices of its cells.
    pub cells: Vec<usize>,
    pub raw: RawTable,
}

/// The tables in the columns of one page.
pub(super) fn tables(layout: &Layout, page: usize, row: &HeadRow, inside: impl Fn(&Rect) -> bool) -> Vec<Found> {
    let content = &layout.pages[page];
    let mut columns: [Vec<usize>; 3] = Default::default();
    for (index, cell) in content.cells.iter().enumerate() {
        let column = row.column(cell.rect.center().0);
        let narrow = cell.rect.width() < NARROW * row.width(column);
        let thin = cell.lines.is_empty() && (cell.rect.width() < THIN || cell.rect.height() < THIN);
        if inside(&cell.rect) && narrow && !thin {
            columns[column].push(index);
        }
    }
    let mut out = Vec::new();
    for (column, mut cells) in columns.into_iter().enumerate() {
        cells.sort_by(|&a, &b| content.cells[a].rect.y0.total_cmp(&content.cells[b].rect.y0));
        let mut group: Vec<usize> = Vec::new();
        let mut bottom = f32::NEG_INFINITY;
        for cell in cells {
            let at = content.cells[cell].rect;
            if at.y0 > bottom + NEAR {
                out.extend(found(layout, page, column, &std::mem::take(&mut group)));
            }
            bottom = bottom.max(at.y1);
            group.push(cell);
        }
        out.extend(found(layout, page, column, &group));
    }
    out
}

/// The table of cells that adjoin; `None` unless they are of two columns at least.
fn found(layout: &Layout, page: usize, column: usize, ids: &[usize]) -> Option<Found> {
    let content = &layout.pages[page];
    let cells: Vec<&Cell> = ids.iter().map(|&i| &content.cells[i]).collect();
    let xs = edges(cells.iter().map(|c| c.rect.x0));
    let ys = edges(cells.iter().map(|c| c.rect.y0));
    if xs.len() < 2 {
        return None;
    }
    let at = |edges: &[f32], v: f32| edges.iter().rposition(|&e| e <= v + NEAR).unwrap_or(0);
    let mut grid: Vec<Vec<Slot>> = vec![vec![Slot::Blank(None); xs.len()]; ys.len()];
    // Every place of the grid that a cell covers, for headings of several rows.
    let mut owner: Vec<Vec<Option<usize>>> = vec![vec![None; xs.len()]; ys.len()];
    for (i, cell) in cells.iter().enumerate() {
        let (top, left) = (at(&ys, cell.rect.y0), at(&xs, cell.rect.x0));
        grid[top][left] = printed(layout, page, cell);
        for (y, places) in owner.iter_mut().enumerate().skip(top) {
            for (x, place) in places.iter_mut().enumerate().skip(left) {
                let inside = (y == top || ys[y] < cell.rect.y1 - NEAR) && (x == left || xs[x] < cell.rect.x1 - NEAR);
                *place = place.or(inside.then_some(i));
            }
        }
    }
    let heads = grid.iter().take_while(|row| is_heading(layout, row)).count();
    // A table of words alone has one row of headings.
    let heads = if heads == grid.len() { heads.min(1) } else { heads };
    let header = (0..if heads == 0 { 0 } else { xs.len() }).map(|x| {
        let mut own: Vec<usize> = owner[..heads].iter().filter_map(|row| row[x]).collect();
        own.dedup();
        let spans: Vec<Span> = own.iter().flat_map(|&i| lines(layout, page, cells[i])).collect();
        match own.first() {
            Some(&first) if spans.is_empty() => printed(layout, page, cells[first]),
            Some(_) => slot(layout, spans),
            None => Slot::Blank(None),
        }
    });
    let header = header.collect();
    let rows = grid.split_off(heads);
    let raw = RawTable { title: Slot::Unplaced, header, rows, doubt: None };
    Some(Found { column, y: cells[0].rect.y0, cells: ids.to_vec(), raw })
}

/// Words in every cell that is not empty, and no number among them.
fn is_heading(layout: &Layout, row: &[Slot]) -> bool {
    let texts: Vec<String> = row.iter().map(|s| layout.texts(s.spans()).collect::<String>()).collect();
    let said = texts.iter().filter(|t| !t.is_empty());
    said.clone().count() > 0 && said.clone().all(|t| quantity::parse(t).state == State::Text && !is_year(t))
}

fn is_year(text: &str) -> bool {
    crate::normalize::era::fiscal_year(text).is_some()
}

fn edges(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = values.collect();
    all.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for v in all {
        if out.last().is_none_or(|&last| v - last > NEAR) {
            out.push(v);
        }
    }
    out
}

fn lines<'a>(layout: &'a Layout, page: usize, cell: &Cell) -> impl Iterator<Item = Span> + 'a {
    cell.lines.clone().map(move |i| layout.whole(page, i))
}

fn printed(layout: &Layout, page: usize, cell: &Cell) -> Slot {
    if cell.lines.is_empty() {
        let content: &PageLayout = &layout.pages[page];
        return Slot::Blank(Some(Place::Box { page: content.number, rect: cell.rect }));
    }
    slot(layout, lines(layout, page, cell).collect())
}
