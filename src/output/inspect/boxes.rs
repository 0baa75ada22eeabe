//! Boxes with their tooltips, and the tags at them: drawn alike on PDF pages and in texts.

use super::Words;
use super::marks::{Fate, Field, Mark, records};
use super::tags::{self, Tag};
use super::xml::{N, Xml, is_readable};
use crate::diagnostic::Diagnostic;
use crate::form::Method;
use crate::geometry::Rect;

pub(super) fn rect(xml: &mut Xml, class: &str, r: &Rect) {
    let attrs: [(&str, &dyn std::fmt::Display); 5] =
        [("class", &class), ("x", &N(r.x0)), ("y", &N(r.y0)), ("width", &N(r.width())), ("height", &N(r.height()))];
    let from = usize::from(class.is_empty());
    xml.empty("rect", &attrs[from..]);
}

/// The same box, so much smaller on each side, as far as it is large enough.
fn inset(r: &Rect, by: f32) -> Rect {
    let (dx, dy) = (by.min(r.width() / 2.0), by.min(r.height() / 2.0));
    Rect::new(r.x0 + dx, r.y0 + dy, r.x1 - dx, r.y1 - dy)
}

/// The boxes, cells a little smaller than they are, so that the rules around them are still seen.
pub(super) fn boxes(xml: &mut Xml, marks: &[Mark], words: &Words) {
    // An empty line of a text has no box that could be seen.
    for mark in marks.iter().filter(|m| m.fate != Fate::Blank || m.block.cell.is_some()) {
        let class = match mark.fate {
            Fate::Field => "box field",
            Fate::Unassigned => "box unassigned",
            Fate::Label => "box label",
            Fate::Blank => "box blank",
        };
        let room = if mark.block.cell.is_some() { 0.8 } else { 0.0 };
        xml.open("g", &[("class", &class)]);
        xml.text("title", &[], &tooltip(mark, words));
        rect(xml, "", &inset(&mark.block.rect, room));
        if !mark.doubts.is_empty() {
            rect(xml, "doubt", &inset(&mark.block.rect, room));
        }
        xml.close();
    }
    for mark in marks {
        // A box that was lost as a whole is seen as it is.
        let pieces = mark.rest.iter().filter(|_| mark.fate != Fate::Unassigned);
        pieces.filter_map(|r| r.rect).for_each(|r| rect(xml, "rest", &r));
    }
}

/// Within the boxes, the places that the fields were read from.
pub(super) fn read(xml: &mut Xml, marks: &[Mark]) {
    // An empty cell is its own place.
    for mark in marks.iter().filter(|m| !m.block.text.is_empty()) {
        let mut drawn: Vec<Rect> = Vec::new();
        for at in mark.fields.iter().flat_map(|f| &f.at) {
            // Leaves of one value share their place.
            if !drawn.contains(at) {
                rect(xml, "read", at);
                drawn.push(*at);
            }
        }
    }
}

/// What stands at a box when the mouse rests on it.
fn tooltip(mark: &Mark, words: &Words) -> String {
    let fate = match mark.fate {
        Fate::Field => words.field,
        Fate::Unassigned => words.unassigned,
        Fate::Label => words.label,
        Fate::Blank => words.blank,
    };
    let mut out = fate.to_owned();
    if let Some(cell) = mark.block.cell {
        out = format!("{out} ({})", (words.cell)(cell.table + 1, cell.row + 1, cell.col + 1));
    }
    let mut fields = mark.fields.iter().peekable();
    while let Some(Field { pointer, evidence, .. }) = fields.next() {
        out += &format!("\n{pointer}");
        // Leaves of one value were read from the same print: it is said once.
        if fields.peek().is_none_or(|next| next.evidence != *evidence) {
            out += &format!("\n    {}: {}", method(evidence.method), one_line(&evidence.text));
        }
    }
    if mark.fate == Fate::Label {
        out += &format!("\n    {}", one_line(&mark.block.text));
    }
    for rest in &mark.rest {
        out += &format!("\n{}: {}", words.unassigned, rest.text);
    }
    for doubt in &mark.doubts {
        out += &format!("\n{}", said(doubt));
    }
    out
}

/// A doubt as one line: `warning code /records/0/do: message`.
pub(super) fn said(doubt: &Diagnostic) -> String {
    let severity = word(&doubt.severity);
    let at = doubt.at.as_deref().map_or(String::new(), |at| format!(" {at}"));
    format!("{severity} {}{at}: {}", doubt.code, doubt.message)
}

fn method(method: Method) -> String {
    word(&method)
}

/// The word that the JSON has for it, which is what the user will look for.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ⏎ ")
}

/// The tags of the boxes. With one record on the page its pointers are told from that record on.
pub(super) fn tags_of(marks: &[Mark]) -> Vec<Tag> {
    let records = records(marks);
    let prefix = if records.len() == 1 { records.first().copied().unwrap_or_default() } else { "" };
    marks.iter().filter_map(|mark| tags::tag(mark, prefix)).collect()
}

pub(super) fn draw_tags(xml: &mut Xml, tags: &[Tag]) {
    xml.open("g", &[("class", &"tags")]);
    for tag in tags {
        if tag.over {
            rect(xml, "", &tags::rect(tag));
        }
        for (i, line) in tag.lines.iter().enumerate() {
            let y = tag.y + tag.size * (0.84 + i as f32 * tags::LEADING);
            print(xml, line, &Run { x: tag.x, y, size: tag.size, width: tags::length(line, tag.size) });
        }
    }
    xml.close();
}

/// Where text is set, `y` being its baseline, and how wide it has to become.
pub(super) struct Run {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub width: f32,
}

pub(super) fn print(xml: &mut Xml, text: &str, run: &Run) {
    let mut attrs: Vec<(&str, &dyn std::fmt::Display)> = Vec::new();
    let (x, y, size, width) = (N(run.x), N(run.y), N(run.size), N(run.width));
    if text.contains(|ch| !is_readable(ch)) {
        attrs.push(("class", &"unreadable"));
    }
    attrs.extend([("x", &x as &dyn std::fmt::Display), ("y", &y), ("font-size", &size)]);
    if run.width > 0.0 {
        attrs.extend([("textLength", &width as &dyn std::fmt::Display), ("lengthAdjust", &"spacingAndGlyphs")]);
    }
    xml.text("text", &attrs, text);
}
