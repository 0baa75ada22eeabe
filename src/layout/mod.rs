//! Pages → lines and ruled cells, knowing no form.

use crate::geometry::{Place, Rect};

mod block;
mod grid;
mod lines;
mod page;
mod read;
mod sets;
mod span;
mod text;
mod undrawn;

pub use block::Block;
pub use read::{Input, read};
pub use span::Span;
pub use undrawn::Undrawn;

/// The whole input as lines and cells, page by page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    pub pages: Vec<PageLayout>,
}

/// One page: its ruled cells and its lines. A text input has lines only and no size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageLayout {
    /// From 1.
    pub number: u32,
    pub width: f32,
    pub height: f32,
    /// In reading order; the lines of one cell stand together.
    pub lines: Vec<Line>,
    /// In reading order: top to bottom, left to right.
    pub cells: Vec<Cell>,
    /// A drawing with more ruled boxes than the limit was left out of the search for cells.
    pub too_large: bool,
    /// Cells of which a side seems not to be drawn.
    pub undrawn: Vec<Undrawn>,
}

/// A run of characters on one baseline (or, in a text input, one line).
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As printed; a gap wide enough for a space but without one is a space.
    pub text: String,
    pub place: Place,
    /// Index into [`PageLayout::cells`] of the cell that it stands in.
    pub cell: Option<usize>,
    /// Start of each character of `text` along the line (x, or y in vertical writing), then the end of the last:
    /// one more than there are characters. Empty for a text input.
    pub edges: Box<[f32]>,
    /// Written downwards.
    pub vertical: bool,
    /// Largest font size on the line, in points; 0 for a text input.
    pub size: f32,
    /// Starts a paragraph, as far as the page's geometry tells; never on a block's first line.
    pub paragraph: bool,
}

/// A ruled cell, merged cells taken as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub rect: Rect,
    /// Which table of the page it belongs to, from 0.
    pub table: usize,
    /// Place in the table's grid, from 0, and how many rows and columns of the grid it spans.
    pub row: usize,
    pub col: usize,
    pub row_span: usize,
    pub col_span: usize,
    /// The end of the page, not a rule, closes it above or below: the cell goes on over the page break.
    pub open_top: bool,
    pub open_bottom: bool,
    /// It has no rule on its left or on its right. Only where something is printed is that a cell.
    pub open_side: bool,
    /// Its lines in [`PageLayout::lines`], top to bottom.
    pub lines: std::ops::Range<usize>,
}
