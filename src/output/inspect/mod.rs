//! A page as the program sees it, as an SVG: what it prints, the boxes found, and the field that each of them went to.
//!
//! A PDF page is drawn in its own coordinates, below one group that moves it: the `bbox` of evidence is found in it as it is.

mod boxes;
mod frame;
mod lines;
mod marks;
mod page;
mod tags;
mod text;
mod xml;

use crate::form::Document;
use crate::layout::PageLayout;
use crate::source::Page;

/// What the picture says, in the user's language.
pub struct Words {
    /// Page and number of pages.
    pub page: fn(u32, u32) -> String,
    pub label: &'static str,
    pub field: &'static str,
    pub read: &'static str,
    pub unassigned: &'static str,
    pub blank: &'static str,
    pub doubt: &'static str,
    pub picture: &'static str,
    pub unreadable: &'static str,
    /// Table, row and column of a cell, from 1.
    pub cell: fn(usize, usize, usize) -> String,
    /// Heading of the doubts.
    pub doubts: &'static str,
    /// That so many more doubts are not listed.
    pub more: fn(usize) -> String,
}

/// What a page prints and what became of it, drawn from its top left corner on.
struct Drawing<'a> {
    width: f32,
    height: f32,
    marks: Vec<marks::Mark<'a>>,
    body: xml::Xml,
}

/// Draws one page. `page` is what a PDF page prints, `None` for a text input.
pub fn svg(page: Option<&Page>, layout: &PageLayout, document: &Document, words: &Words) -> String {
    let drawing = match page {
        Some(page) => page::drawing(page, layout, document, words),
        None => lines::drawing(layout, document, words),
    };
    frame::framed(drawing, layout.number, document, words)
}
