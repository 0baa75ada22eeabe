//! One page of glyphs and rules → its cells and lines in reading order.

use super::grid::{self, Grid};
use super::lines::ascending;
use super::{Cell, Line, PageLayout, lines, undrawn};
use crate::geometry::{Place, Rect};
use crate::source::{Glyph, Page};

/// Outside of cells, text parted by a gap wider than this many ems is two lines.
const FREE_CUT: f32 = 1.5;
/// Inside a cell a line is never cut.
const CELL_CUT: f32 = f32::INFINITY;
/// Glyphs nearer than this part of an em run on; a run that crosses a rule stays whole.
const RUNS_ON: f32 = 0.1;
/// Blocks whose tops differ by less than this stand in one row, in points.
const SAME_ROW: f32 = 3.0;

impl PageLayout {
    /// Finds the ruled cells of a page and the lines in and outside of them.
    pub fn from_page(page: &Page) -> PageLayout {
        let (mut grids, too_large) = grid::tables(&page.rules);
        let homes = homes(&page.glyphs, &grids);
        let mut inside: Vec<Vec<Vec<u32>>> = grids.iter().map(|g| vec![Vec::new(); g.cells.len()]).collect();
        let mut outside: Vec<u32> = Vec::new();
        let mut start = 0;
        for run in homes.chunk_by(|a, b| a == b) {
            let end = start + run.len() as u32;
            run[0].map_or(&mut outside, |(table, cell)| &mut inside[table][cell]).extend(start..end);
            start = end;
        }
        let mend = |(grid, inside): (&mut Grid, &mut Vec<Vec<u32>>)| undrawn::mend(grid, inside, &page.glyphs);
        let undrawn = grids.iter_mut().zip(&mut inside).flat_map(mend).collect();
        let mut blocks: Vec<Block> = Vec::new();
        for (table, grid) in grids.iter().enumerate() {
            for (cell, ids) in grid.cells.iter().zip(&inside[table]) {
                if cell.open_side && ids.is_empty() {
                    continue;
                }
                let mut lines = lines::lines(page.number, &page.glyphs, ids, CELL_CUT);
                lines::mark_paragraphs(&mut lines);
                let cell = Cell { table, ..cell.clone() };
                blocks.push(Block { rect: cell.rect, cell: Some(cell), lines });
            }
        }
        for line in lines::lines(page.number, &page.glyphs, &outside, FREE_CUT) {
            if let Place::Box { rect, .. } = line.place {
                blocks.push(Block { rect, cell: None, lines: vec![line] });
            }
        }
        let mut out = PageLayout {
            number: page.number,
            width: page.width,
            height: page.height,
            too_large,
            undrawn,
            ..PageLayout::default()
        };
        for block in in_reading_order(blocks) {
            let start = out.lines.len();
            let index = block.cell.as_ref().map(|_| out.cells.len());
            out.lines.extend(block.lines.into_iter().map(|l| Line { cell: index, ..l }));
            if let Some(cell) = block.cell {
                out.cells.push(Cell { lines: start..out.lines.len(), ..cell });
            }
        }
        out
    }
}

struct Block {
    rect: Rect,
    cell: Option<Cell>,
    lines: Vec<Line>,
}

/// Rows from the top down, each from left to right. Tops within [`SAME_ROW`] of the row's first block are one row.
fn in_reading_order(blocks: Vec<Block>) -> impl Iterator<Item = Block> {
    // What is sorted is small; blocks are moved once.
    let corner = |i: usize| (blocks[i].rect.x0, blocks[i].rect.y0);
    let mut order: Vec<(u32, u32, usize)> =
        (0..blocks.len()).map(|i| (ascending(corner(i).1), ascending(corner(i).0), i)).collect();
    order.sort_unstable();
    // In a row by the left edge, of equals the upper one first.
    let mut row_of: Vec<(usize, u32, usize)> = Vec::with_capacity(order.len());
    let (mut row, mut top) = (0, f32::NEG_INFINITY);
    for (place, &(_, left, i)) in order.iter().enumerate() {
        let here = corner(i).1;
        if here - top >= SAME_ROW {
            (row, top) = (place, here);
        }
        row_of.push((row, left, place));
    }
    row_of.sort_unstable();
    let order: Vec<usize> = row_of.into_iter().map(|(.., place)| order[place].2).collect();
    let mut blocks: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    order.into_iter().filter_map(move |i| blocks[i].take())
}

/// The table and cell of each glyph.
///
/// A glyph belongs where its middle stands; but text that runs on over a rule without a gap was set as one piece and
/// stays together, in the cell where most of it stands.
fn homes(glyphs: &[Glyph], grids: &[Grid]) -> Vec<Option<(usize, usize)>> {
    // The next glyph mostly stands beside the one before it.
    let mut near: Option<(Rect, (usize, usize))> = None;
    let mut homes: Vec<Option<(usize, usize)>> = glyphs
        .iter()
        .map(|g| {
            let (x, y) = g.rect.center();
            if let Some((part, home)) = near
                && part.x0 <= x
                && x < part.x1
                && part.y0 <= y
                && y < part.y1
            {
                return Some(home);
            }
            // A table that stands inside a cell begins below that cell's own table: the innermost is the last.
            let (home, part) = grids.iter().enumerate().rev().find_map(|(t, grid)| {
                let (cell, part) = grid.cell_at(x, y)?;
                Some(((t, cell), part))
            })?;
            // Unless a table within those boxes is still to come.
            let within = &grids[home.0 + 1..];
            let alone = within.iter().all(|g| g.rect.overlap_x(&part) < 0.0 || g.rect.overlap_y(&part) < 0.0);
            near = alone.then_some((part, home));
            Some(home)
        })
        .collect();
    let goes_on = |i: usize| runs_on(&glyphs[i - 1], &glyphs[i]);
    let mut i = 1;
    while i < glyphs.len() {
        if homes[i] == homes[i - 1] || !goes_on(i) {
            i += 1;
            continue;
        }
        let start = (1..i).rev().find(|&i| !goes_on(i)).unwrap_or(0);
        i = (i + 1..glyphs.len()).find(|&i| !goes_on(i)).unwrap_or(glyphs.len());
        let home = most_common(&homes[start..i]);
        homes[start..i].fill(home);
    }
    homes
}

fn runs_on(a: &Glyph, b: &Glyph) -> bool {
    if a.vertical || b.vertical || a.ch.is_whitespace() || b.ch.is_whitespace() {
        return false;
    }
    let em = a.size.max(b.size);
    let gap = b.rect.x0 - a.rect.x1;
    (a.rect.center().1 - b.rect.center().1).abs() < 0.2 * em && gap.abs() < RUNS_ON * em
}

/// The home of most glyphs; the first of equals.
fn most_common(homes: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let mut counts: Vec<(Option<(usize, usize)>, usize)> = Vec::new();
    for home in homes {
        match counts.iter_mut().find(|(h, _)| h == home) {
            Some((_, n)) => *n += 1,
            None => counts.push((*home, 1)),
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max()?;
    counts.iter().find(|(_, n)| *n == most).and_then(|(h, _)| *h)
}
