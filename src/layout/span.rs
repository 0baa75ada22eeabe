//! Parts of lines: what a field or a label takes of the page.

use std::ops::Range;

use super::{Layout, Line};
use crate::geometry::{Place, Rect};

/// Characters `chars` of line `line` of page `page` (both indices into [`Layout`], not page numbers).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub page: usize,
    pub line: usize,
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(page: usize, line: usize, chars: Range<usize>) -> Span {
        Span { page, line, start: chars.start, end: chars.end }
    }

    pub fn is_empty(&self) -> bool {
        self.start >= self.end
    }
}

impl Line {
    /// The part of the line's place that characters `start..end` take.
    pub fn place_of(&self, start: usize, end: usize) -> Place {
        match self.place {
            Place::Box { page, rect } if end < self.edges.len() && start < end => {
                let (a, b) = (self.edges[start], self.edges[end]);
                let rect =
                    if self.vertical { Rect::new(rect.x0, a, rect.x1, b) } else { Rect::new(a, rect.y0, b, rect.y1) };
                Place::Box { page, rect }
            }
            place => place,
        }
    }
}

impl Layout {
    pub fn line(&self, span: &Span) -> &Line {
        &self.pages[span.page].lines[span.line]
    }

    /// The whole line as a span.
    pub fn whole(&self, page: usize, line: usize) -> Span {
        Span::new(page, line, 0..self.pages[page].lines[line].text.chars().count())
    }

    /// The printed text of a span.
    pub fn text(&self, span: &Span) -> &str {
        slice_chars(&self.line(span).text, span.start, span.end)
    }

    /// Printed texts, a line each.
    pub fn texts<'a>(&'a self, spans: &'a [Span]) -> impl Iterator<Item = &'a str> {
        spans.iter().map(|s| self.text(s))
    }

    /// Where spans stand; neighbouring lines of one page and column are one box, the lines of a text input are each named.
    pub fn places(&self, spans: &[Span]) -> Vec<Place> {
        let mut out: Vec<Place> = Vec::new();
        for span in spans {
            let line = self.line(span);
            let place = line.place_of(span.start, span.end);
            match (out.last_mut(), place) {
                (Some(Place::Box { page: p, rect: r }), Place::Box { page, rect })
                    if *p == page && near(r, &rect, line.size) =>
                {
                    *r = r.union(&rect);
                }
                (Some(last), place) if *last == place => {}
                _ => out.push(place),
            }
        }
        out
    }
}

/// Do two boxes belong to one block: side by side on one line, or lines under each other?
fn near(a: &Rect, b: &Rect, size: f32) -> bool {
    let gap = size.max(4.0) * 1.5;
    a.overlap_x(b) > -gap && a.overlap_y(b) > -gap
}

/// Characters `start..end` of a string; clamped to it.
pub fn slice_chars(s: &str, start: usize, end: usize) -> &str {
    let (_, from) = split_chars(s, start);
    split_chars(from, end.saturating_sub(start)).0
}

/// A string parted after its first `n` characters.
fn split_chars(s: &str, n: usize) -> (&str, &str) {
    let mut rest = s.chars();
    if n > 0 {
        rest.nth(n - 1);
    }
    s.split_at(s.len() - rest.as_str().len())
}
