//! Sides of cells that were never drawn: text that stands apart within one cell, where the row above or below is parted.

use super::grid::Grid;
use crate::geometry::Rect;
use crate::normalize::dash;
use crate::source::Glyph;

/// What stands in two cells has this many ems of white between, from the first line to the last.
const GUTTER: f32 = 0.25;
/// Signs of a label that is spread over its cell (`決　算　額`) stand about this evenly.
const EVEN: f32 = 0.6;

/// A cell whose text stands on both sides of where its neighbours are parted.
#[derive(Debug, Clone, PartialEq)]
pub struct Undrawn {
    /// The cell as drawn.
    pub rect: Rect,
    /// It is parted above and below, so it was read as two cells.
    pub mended: bool,
}

/// Finds such cells of one table, those of no rectangular shape and those open at one end. Parts what is parted above and below.
/// `inside` has the glyphs of each cell.
pub(super) fn mend(grid: &mut Grid, inside: &mut Vec<Vec<u32>>, glyphs: &[Glyph]) -> Vec<Undrawn> {
    let mut found = Vec::new();
    let mut at = 0;
    // Cells that are parted off come behind and are looked at in their turn.
    while at < grid.cells.len() {
        let cell = &grid.cells[at];
        let rect = cell.rect;
        let sides = cell.col + 1..cell.col + cell.col_span;
        if !inside[at].is_empty() && (cell.open_side || !grid.is_rectangle(at) && !grid.is_around_a_table(at)) {
            found.push(Undrawn { rect, mended: false });
        } else if !sides.is_empty() && inside[at].len() > 1 {
            let mut doubted = false;
            for side in sides {
                let (above, below) = grid.parted_beside(at, side);
                if !(above || below) || !stands_apart(glyphs, &inside[at], grid.side(side)) {
                    continue;
                }
                if above && below {
                    let x = grid.part(at, side);
                    let (left, right) = inside[at].iter().partition(|id| glyphs[**id as usize].rect.center().0 < x);
                    inside[at] = left;
                    inside.push(right);
                    found.push(Undrawn { rect, mended: true });
                    break;
                }
                doubted = true;
            }
            if doubted {
                found.push(Undrawn { rect, mended: false });
            }
        }
        at += 1;
    }
    found
}

/// Text on both sides of `x`, white between, and no label that is only spread.
fn stands_apart(glyphs: &[Glyph], ids: &[u32], x: f32) -> bool {
    let printed = || ids.iter().map(|id| &glyphs[*id as usize]).filter(|g| !g.ch.is_whitespace() && !g.vertical);
    let (mut left, mut right, mut em) = (f32::NEG_INFINITY, f32::INFINITY, 0.0f32);
    let is_before = |glyph: &Glyph| glyph.rect.center().0 < x;
    for glyph in printed() {
        if is_before(glyph) {
            left = left.max(glyph.rect.x1);
        } else {
            right = right.min(glyph.rect.x0);
        }
        em = em.max(glyph.size);
    }
    let gutter = right - left;
    if gutter < GUTTER * em || left > x + 1.0 || right < x - 1.0 {
        return false;
    }
    // A bracket, or two signs of one label, are no cells of their own.
    let is_sign = |glyph: &Glyph| glyph.ch.is_alphanumeric() || dash::is_dash(glyph.ch);
    let is_cell = |before: bool| printed().any(|glyph| is_before(glyph) == before && is_sign(glyph));
    if !is_cell(true) || !is_cell(false) || printed().count() == 2 {
        return false;
    }
    let mut edges: Vec<(f32, f32)> = printed().map(|g| (g.rect.x0, g.rect.x1)).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let spread = edges.len() > 2 && edges.windows(2).all(|pair| pair[1].0 - pair[0].1 >= EVEN * gutter);
    !spread
}
