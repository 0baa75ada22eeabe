//! Type 3 fonts: glyphs drawn by content streams, read by ToUnicode or by their names.

use lopdf::{Dictionary, Document};

use super::super::object::{get, matrix, rectangle};
use super::simple::{Names, Simple};
use super::widths::SimpleWidths;
use super::{Font, ToUnicode};

pub(super) fn load(doc: &Document, dict: &Dictionary, name: String, to_unicode: ToUnicode) -> Font {
    let space = matrix(doc, dict, b"FontMatrix");
    let (sx, sy) = space.map_or((0.001, 0.001), |m| (m.a.hypot(m.b), m.c.hypot(m.d)));
    let font = Simple {
        to_unicode,
        names: Names::load(doc, dict),
        base: None,
        symbols: None,
        guess: false,
        widths: SimpleWidths::load(doc, dict, None, |w| w * sx as f32),
        usual_width: 0.0,
        witness: None,
    };
    Font::simple(name, "Type 3", em(doc, dict, sy), font)
}

/// One em in text space: 1000 units of the usual glyph space; else as high as the font's box, if it says one.
fn em(doc: &Document, dict: &Dictionary, scale: f64) -> f32 {
    if (0.9..=1.1).contains(&(scale * 1000.0)) {
        return 1.0;
    }
    let height = get(doc, dict, b"FontBBox").and_then(|b| rectangle(doc, b)).map_or(0.0, |[_, y0, _, y1]| y1 - y0);
    let em = height * scale;
    if em > 0.0 && em <= 10.0 { em as f32 } else { 1.0 }
}
