//! What stands around the page: whose page it is, what the colours mean, and the doubts.

use super::boxes;
use super::marks::{Mark, concerns, record_of, records};
use super::text::{columns, wrapped};
use super::xml::{N, Xml};
use super::{Drawing, Words};
use crate::diagnostic::Diagnostic;
use crate::form::Document;
use crate::geometry::Rect;

const MARGIN: f32 = 14.0;
const TITLE: f32 = 10.0;
const SIZE: f32 = 7.5;
const LEADING: f32 = 11.0;
/// A sample of a box in the legend, in points.
const SWATCH: (f32, f32) = (16.0, 8.0);
/// The narrowest picture, so that the legend has room.
const NARROWEST: f32 = 480.0;
/// More doubts than this are counted only.
const MOST_DOUBTS: usize = 40;

const STYLE: &str = include_str!("style.css");

/// The whole picture of a page.
pub(super) fn framed(drawing: Drawing, page: u32, document: &Document, words: &Words) -> String {
    let width = drawing.width.max(NARROWEST) + 2.0 * MARGIN;
    let title = title(page, document, words);
    let mut head = Xml::default();
    let y = MARGIN + TITLE;
    head.text("text", &[("class", &"heading"), ("x", &N(MARGIN)), ("y", &N(y)), ("font-size", &N(TITLE))], &title);
    let top = legend(&mut head, y + 10.0, width, words) + 8.0;
    let mut foot = Xml::default();
    let end = doubts(&mut foot, top + drawing.height + MARGIN, width, page, &drawing.marks, document, words);
    let height = end.max(top + drawing.height) + MARGIN;

    let mut xml = Xml::default();
    let view_box = format!("0 0 {} {}", N(width), N(height));
    let (w, h) = (format!("{}pt", N(width)), format!("{}pt", N(height)));
    let attrs: [(&str, &dyn std::fmt::Display); 4] =
        [("xmlns", &"http://www.w3.org/2000/svg"), ("viewBox", &view_box), ("width", &w), ("height", &h)];
    xml.open("svg", &attrs);
    xml.text("title", &[], &title);
    xml.text("style", &[], STYLE);
    hatch(&mut xml);
    boxes::rect(&mut xml, "backdrop", &Rect::new(0.0, 0.0, width, height));
    xml.append(head);
    xml.open("g", &[("class", &"page"), ("transform", &format!("translate({} {})", N(MARGIN), N(top)))]);
    xml.append(drawing.body);
    xml.close();
    xml.append(foot);
    xml.finish()
}

fn title(page: u32, document: &Document, words: &Words) -> String {
    let pages = document.source.pages.max(page);
    let form = [document.form.title.as_deref(), document.form.edition.as_deref()];
    let form: Vec<&str> = form.into_iter().flatten().collect();
    let form = if form.is_empty() { document.form.id.clone() } else { form.join(" ") };
    format!("{} — {} — {form}", document.source.name, (words.page)(page, pages))
}

/// Slanting lines, which no page is filled with by itself.
fn hatch(xml: &mut Xml) {
    let attrs: [(&str, &dyn std::fmt::Display); 5] = [
        ("id", &"hatch"),
        ("width", &5),
        ("height", &5),
        ("patternUnits", &"userSpaceOnUse"),
        ("patternTransform", &"rotate(45)"),
    ];
    xml.open("defs", &[]);
    xml.open("pattern", &attrs);
    let line: [(&str, &dyn std::fmt::Display); 6] =
        [("x1", &0), ("y1", &0), ("x2", &0), ("y2", &5), ("stroke", &"#0f766e"), ("stroke-width", &0.8)];
    xml.empty("line", &line);
    xml.close();
    xml.close();
}

/// What the colours mean, on as many lines as it takes; where it ends.
fn legend(xml: &mut Xml, top: f32, width: f32, words: &Words) -> f32 {
    let entries: [(&str, &str, &str); 8] = [
        ("box field", "", words.field),
        ("box label", "", words.label),
        ("box unassigned", "", words.unassigned),
        ("box blank", "", words.blank),
        ("read", "read", words.read),
        ("box doubts", "doubt", words.doubt),
        ("pictures", "", words.picture),
        ("unreadable", "", words.unreadable),
    ];
    let (mut x, mut y) = (MARGIN, top);
    xml.open("g", &[("class", &"legend")]);
    for (group, class, said) in entries {
        let length = SWATCH.0 + 4.0 + columns(said) * SIZE + 12.0;
        if x > MARGIN && x + length > width - MARGIN {
            (x, y) = (MARGIN, y + LEADING);
        }
        if group == "unreadable" {
            let attrs: [(&str, &dyn std::fmt::Display); 4] =
                [("class", &group), ("x", &N(x + 4.0)), ("y", &N(y + 7.0)), ("font-size", &N(9.0))];
            xml.text("text", &attrs, "\u{FFFD}");
        } else {
            xml.open("g", &[("class", &group)]);
            boxes::rect(xml, class, &Rect::new(x, y, x + SWATCH.0, y + SWATCH.1));
            xml.close();
        }
        line(xml, x + SWATCH.0 + 4.0, y + 6.8, said);
        x += length;
    }
    xml.close();
    y + SWATCH.1
}

/// The doubts about what stands on this page, and about what should; where they end.
fn doubts(xml: &mut Xml, top: f32, width: f32, page: u32, marks: &[Mark], document: &Document, words: &Words) -> f32 {
    let all: Vec<&Diagnostic> = document.diagnostics.iter().filter(|d| belongs(d, page, marks, document)).collect();
    if all.is_empty() {
        return top - MARGIN;
    }
    let mut y = top + SIZE;
    xml.open("g", &[("class", &"doubts")]);
    let heading: [(&str, &dyn std::fmt::Display); 4] =
        [("class", &"heading"), ("x", &N(MARGIN)), ("y", &N(y)), ("font-size", &N(SIZE))];
    xml.text("text", &heading, words.doubts);
    let columns = (width - 2.0 * MARGIN) / SIZE - 1.0;
    for doubt in all.iter().take(MOST_DOUBTS) {
        for (i, text) in wrapped(&boxes::said(doubt), columns).iter().enumerate() {
            y += LEADING;
            line(xml, MARGIN + if i == 0 { 0.0 } else { SIZE }, y, text);
        }
    }
    if all.len() > MOST_DOUBTS {
        y += LEADING;
        line(xml, MARGIN, y, &(words.more)(all.len() - MOST_DOUBTS));
    }
    xml.close();
    y
}

/// Is it a doubt that someone who looks at this page should know of?
fn belongs(doubt: &Diagnostic, page: u32, marks: &[Mark], document: &Document) -> bool {
    if doubt.page.is_some_and(|p| p != page) {
        return false;
    }
    let Some(at) = doubt.at.as_deref() else { return true };
    if marks.iter().any(|m| m.doubts.contains(&doubt)) {
        return true;
    }
    // What was read on other pages is their matter; what was read nowhere may be missing here.
    let elsewhere = document.evidence.iter().any(|(p, e)| concerns(doubt, p) && !e.at.is_empty());
    !elsewhere && record_of(at).is_none_or(|record| records(marks).contains(record))
}

fn line(xml: &mut Xml, x: f32, y: f32, text: &str) {
    xml.text("text", &[("x", &N(x)), ("y", &N(y)), ("font-size", &N(SIZE))], text);
}
