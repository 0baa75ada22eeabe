//! A page of a text: its lines with their numbers. What a text says has lines for places, and no boxes.

use super::boxes::{self, Run};
use super::marks::{Block, Mark, marks};
use super::tags;
use super::text::columns;
use super::xml::{N, Xml, is_readable};
use super::{Drawing, Words};
use crate::form::Document;
use crate::geometry::{Place, Rect};
use crate::layout::{Line, PageLayout};

const SIZE: f32 = 8.0;
const LEADING: f32 = 11.0;
/// Of the paper, around the lines.
const MARGIN: f32 = 8.0;
/// Width of the numbers.
const GUTTER: f32 = 32.0;
/// The narrowest paper.
const NARROWEST: f32 = 520.0;

pub(super) fn drawing<'a>(layout: &'a PageLayout, document: &'a Document, words: &Words) -> Drawing<'a> {
    let blocks = layout.lines.iter().enumerate().map(|(row, line)| block(row, line)).collect();
    let mut marks = marks(layout.number, blocks, document);
    marks.iter_mut().for_each(place_pieces);
    let tags = boxes::tags_of(&marks);
    let right = marks.iter().map(|m| m.block.rect.x1).chain(tags.iter().map(|t| tags::rect(t).x1));
    let width = right.fold(NARROWEST, f32::max) + MARGIN;
    let height = marks.len().max(1) as f32 * LEADING + 2.0 * MARGIN;

    let mut xml = Xml::default();
    boxes::rect(&mut xml, "paper", &Rect::new(0.0, 0.0, width, height));
    boxes::boxes(&mut xml, &marks, words);
    for mark in &marks {
        let (block, y) = (&mark.block, mark.block.rect.y0 + 0.5 * LEADING + 0.36 * SIZE);
        let number = block.line.unwrap_or_default().to_string();
        let x = MARGIN + GUTTER - 6.0 - columns(&number) * 6.0;
        xml.text("text", &[("class", &"number"), ("x", &N(x)), ("y", &N(y)), ("font-size", &N(6.0))], &number);
        xml.open("g", &[("class", &"glyphs")]);
        let mut x = block.rect.x0;
        for piece in pieces(block.text.trim()) {
            let width = columns(piece) * SIZE;
            if !piece.trim().is_empty() {
                boxes::print(&mut xml, piece, &Run { x, y, size: SIZE, width });
            }
            x += width;
        }
        xml.close();
    }
    boxes::read(&mut xml, &marks);
    boxes::draw_tags(&mut xml, &tags);
    Drawing { width, height, marks, body: xml }
}

fn block(row: usize, line: &Line) -> Block<'_> {
    let top = MARGIN + row as f32 * LEADING;
    let left = left(&line.text);
    let width = (columns(line.text.trim()) * SIZE).max(SIZE / 2.0);
    // A little apart from the lines above and below.
    let rect = Rect::new(left, top + 0.4, left + width, top + LEADING - 0.4);
    let number = match line.place {
        Place::Line { line } => Some(line),
        Place::Box { .. } => None,
    };
    Block { rect, lines: vec![rect], line: number, cell: None, text: line.text.clone() }
}

/// Finds within a line what was read of it and what nothing took: the document names the line only.
fn place_pieces(mark: &mut Mark) {
    let (rect, text) = (mark.block.rect, mark.block.text.as_str());
    let start = text.len() - text.trim_start().len();
    let piece = |at: usize, piece: &str| {
        let x = left(text) + columns(text.get(start..at).unwrap_or_default()) * SIZE;
        Rect::new(x, rect.y0, x + columns(piece) * SIZE, rect.y1)
    };
    let mut from = 0;
    for rest in &mut mark.rest {
        // They stand in the document in their order on the line.
        let Some(at) = text[from..].find(rest.text).map(|at| from + at) else { continue };
        rest.rect = Some(piece(at, rest.text));
        from = at + rest.text.len();
    }
    for field in &mut mark.fields {
        for read in field.evidence.text.lines().map(str::trim).filter(|read| !read.is_empty()) {
            // What the line prints twice is shown nowhere rather than at the wrong place.
            let mut found = text.match_indices(read);
            if let (Some((at, _)), None) = (found.next(), found.next()) {
                field.at.push(piece(at, read));
            }
        }
    }
}

/// Where the first sign of a line stands.
fn left(text: &str) -> f32 {
    let indent = text.len() - text.trim_start().len();
    MARGIN + GUTTER + columns(&text[..indent]) * SIZE
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Space,
    Readable,
    Unreadable,
}

fn kind(ch: char) -> Kind {
    match ch {
        ch if ch.is_whitespace() => Kind::Space,
        ch if !is_readable(ch) => Kind::Unreadable,
        _ => Kind::Readable,
    }
}

/// A line in pieces of one kind. Each is set at its own place, since spaces are as wide as the viewer's font has them.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, ch) in text.char_indices() {
        if last.is_some_and(|last| last != kind(ch)) {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(kind(ch));
    }
    out.push(&text[start..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_a_piece_of_its_own() {
        assert_eq!(pieces("県\u{FFFD}\u{FFFD}立 病院"), ["県", "\u{FFFD}\u{FFFD}", "立", " ", "病院"]);
        assert_eq!(pieces(""), [""]);
    }
}
