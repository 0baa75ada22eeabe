//! A page of a PDF: paper, fills, pictures, rules and glyphs, with the boxes that the layout found.

use super::boxes::{self, Run};
use super::marks::{Block, marks};
use super::xml::{N, Xml};
use super::{Drawing, Words};
use crate::form::Document;
use crate::geometry::{Place, Rect};
use crate::layout::{Line, PageLayout};
use crate::source::{Glyph, Page};

/// How far below the top of the em box a baseline stands, in ems.
const ASCENT: f32 = 0.88;

pub(super) fn drawing<'a>(page: &Page, layout: &'a PageLayout, document: &'a Document, words: &Words) -> Drawing<'a> {
    let marks = marks(layout.number, blocks(layout), document);
    let mut xml = Xml::default();
    boxes::rect(&mut xml, "paper", &Rect::new(0.0, 0.0, page.width, page.height));
    group(&mut xml, "fills", &page.fills);
    group(&mut xml, "pictures", &page.images);
    boxes::boxes(&mut xml, &marks, words);
    rules(&mut xml, page);
    xml.open("g", &[("class", &"glyphs")]);
    page.glyphs.iter().for_each(|g| glyph(&mut xml, g));
    xml.close();
    boxes::read(&mut xml, &marks);
    boxes::draw_tags(&mut xml, &boxes::tags_of(&marks));
    Drawing { width: page.width.max(1.0), height: page.height.max(1.0), marks, body: xml }
}

/// The cells, and the lines outside of them.
fn blocks(layout: &PageLayout) -> Vec<Block<'_>> {
    let place = |line: &Line| match line.place {
        Place::Box { rect, .. } => rect,
        Place::Line { .. } => Rect::default(),
    };
    let cells = layout.cells.iter().map(|cell| {
        let lines = &layout.lines[cell.lines.clone()];
        let text = lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
        Block { rect: cell.rect, lines: lines.iter().map(place).collect(), line: None, cell: Some(cell), text }
    });
    let free = layout.lines.iter().filter(|l| l.cell.is_none()).map(|line| {
        let rect = place(line);
        Block { rect, lines: vec![rect], line: None, cell: None, text: line.text.clone() }
    });
    cells.chain(free).collect()
}

fn group(xml: &mut Xml, class: &str, rects: &[Rect]) {
    if rects.is_empty() {
        return;
    }
    xml.open("g", &[("class", &class)]);
    rects.iter().for_each(|r| boxes::rect(xml, "", r));
    xml.close();
}

fn rules(xml: &mut Xml, page: &Page) {
    xml.open("g", &[("class", &"rules")]);
    for rule in &page.rules {
        let (a, b, at) = (N(rule.start), N(rule.end), N(rule.pos));
        if rule.horizontal {
            xml.empty("line", &[("x1", &a), ("y1", &at), ("x2", &b), ("y2", &at)]);
        } else {
            xml.empty("line", &[("x1", &at), ("y1", &a), ("x2", &at), ("y2", &b)]);
        }
    }
    xml.close();
}

/// A glyph as wide as it is printed; one written downwards in the middle of its column.
fn glyph(xml: &mut Xml, g: &Glyph) {
    if g.ch.is_whitespace() {
        return;
    }
    let r = &g.rect;
    let run = if g.vertical {
        Run { x: r.x0, y: r.center().1 + (ASCENT - 0.5) * g.size, size: g.size, width: r.width() }
    } else {
        Run { x: r.x0, y: r.y0 + ASCENT * r.height(), size: g.size, width: r.width() }
    };
    boxes::print(xml, g.ch.encode_utf8(&mut [0; 4]), &run);
}
