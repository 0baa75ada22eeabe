//! What a page prints: glyphs, ruling lines, fills and pictures, in the space of the page as shown.

use crate::geometry::Rect;

/// One printed character. A glyph that stands for several characters (a ligature) is several `Glyph`s that share its width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Unicode as printed, unfolded; U+FFFD when the font does not tell (the page's notes then name font and code).
    pub ch: char,
    /// Advance box: along the line from this glyph's origin to the next one's (without character spacing), across it one em.
    pub rect: Rect,
    /// Font size in points on the page as shown.
    pub size: f32,
    /// Written downwards (WMode 1).
    pub vertical: bool,
    /// Index into [`Page::clips`] of the clipping rectangle in force; text clipped away entirely is not in the page.
    pub clip: u32,
}

/// A ruling line: a stroke, a thin filled rectangle, or one side of a stroked rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// `true`: runs along x at y = `pos`; `false`: runs along y at x = `pos`.
    pub horizontal: bool,
    /// The middle of the line on the axis across it.
    pub pos: f32,
    /// Where it begins and ends along it, `start ≤ end`.
    pub start: f32,
    pub end: f32,
    pub thickness: f32,
}

/// Something the reader of a page has to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageNote {
    /// Stable word, e.g. `unmapped_glyph`, `page_without_text`, `page_limit`.
    pub code: &'static str,
    pub message: String,
}

/// One page as shown: `width` × `height` points after rotation, crop and UserUnit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// From 1, in the order of the file.
    pub number: u32,
    pub width: f32,
    pub height: f32,
    /// In drawing order.
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Filled areas that are no rules (cell backgrounds), in drawing order; white fills are left out.
    pub fills: Vec<Rect>,
    /// Pictures.
    pub images: Vec<Rect>,
    /// Clipping rectangles that glyphs refer to; entry 0 is the page itself.
    pub clips: Vec<Rect>,
    pub notes: Vec<PageNote>,
}

/// One line of a text input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// From 1 over the whole file.
    pub number: u32,
    /// From 1; a form feed starts the next page.
    pub page: u32,
    /// Without its line end and without form feeds.
    pub text: String,
}
