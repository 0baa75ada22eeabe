//! Widths: `/Widths` of simple fonts, `/W` and `/W2` of CID fonts.

use std::borrow::Cow;

use lopdf::{Dictionary, Document, Object};

use super::super::object::{get, get_array, get_number, number, numbers, resolve};
use super::super::slim::unpack;
use super::Vertical;

/// Advances by CID in em, as ranges.
pub(super) struct CidWidths {
    default: f32,
    ranges: Vec<(u32, u32, f32)>,
}

/// Ranges of one font; more is no font.
const MAX_RANGES: usize = 200_000;

impl CidWidths {
    pub fn load(doc: &Document, cid_font: &Dictionary) -> CidWidths {
        let default = get_number(doc, cid_font, b"DW").unwrap_or(1000.0) as f32 / 1000.0;
        let mut ranges = Vec::new();
        walk(doc, &entries(doc, cid_font, b"W"), 1, &mut |first, last, values| {
            if let Some(width) = values.first()
                && ranges.len() < MAX_RANGES
            {
                ranges.push((first, last, *width as f32 / 1000.0));
            }
        });
        ranges.sort_by_key(|r: &(u32, u32, f32)| r.0);
        CidWidths { default, ranges }
    }

    pub fn of(&self, cid: u32) -> f32 {
        find(&self.ranges, cid).copied().unwrap_or(self.default)
    }
}

/// Vertical metrics by CID.
pub(super) struct CidVertical {
    default: [f32; 2],
    ranges: Vec<(u32, u32, Vertical)>,
}

impl CidVertical {
    pub fn load(doc: &Document, cid_font: &Dictionary) -> CidVertical {
        let default = get_array(doc, cid_font, b"DW2").and_then(|a| numbers::<2>(doc, a)).unwrap_or([880.0, -1000.0]);
        let mut ranges = Vec::new();
        walk(doc, &entries(doc, cid_font, b"W2"), 3, &mut |first, last, values| {
            if let [advance, x, y] = values[..]
                && ranges.len() < MAX_RANGES
            {
                let em = |v: f64| v as f32 / 1000.0;
                ranges.push((first, last, Vertical { advance: em(advance), x: em(x), y: em(y) }));
            }
        });
        ranges.sort_by_key(|r: &(u32, u32, Vertical)| r.0);
        CidVertical { default: default.map(|v| v as f32 / 1000.0), ranges }
    }

    pub fn of(&self, cid: u32, width: f32) -> Vertical {
        let [y, advance] = self.default;
        find(&self.ranges, cid).copied().unwrap_or(Vertical { advance, x: width / 2.0, y })
    }
}

fn find<T>(ranges: &[(u32, u32, T)], cid: u32) -> Option<&T> {
    let end = ranges.partition_point(|r| r.0 <= cid);
    ranges[..end].iter().rev().take(4).find(|r| cid <= r.1).map(|r| &r.2)
}

/// The entries of `/W` or `/W2`, packed or not.
fn entries<'a>(doc: &'a Document, cid_font: &'a Dictionary, key: &[u8]) -> Cow<'a, [Object]> {
    match get(doc, cid_font, key) {
        Some(Object::Array(array)) => Cow::Borrowed(array),
        Some(packed) => unpack(packed).map(|n| n.map(Object::Real).collect::<Vec<_>>()).unwrap_or_default().into(),
        None => Cow::Borrowed(&[]),
    }
}

/// Walks `first [v v …]` and `first last v` entries, `n` values for each CID or range.
fn walk(doc: &Document, array: &[Object], n: usize, found: &mut dyn FnMut(u32, u32, &[f64])) {
    let cid = |object: &Object| number(object).filter(|v| (0.0..=65_535.0).contains(v)).map(|v| v as u32);
    let mut rest = array;
    while let [first, second, tail @ ..] = rest {
        let (Some(first), Some(second)) = (resolve(doc, first).and_then(cid), resolve(doc, second)) else {
            rest = &rest[1..];
            continue;
        };
        if let Object::Array(values) = second {
            for (offset, chunk) in (0u32..).zip(values.chunks_exact(n)) {
                let values: Vec<f64> = chunk.iter().filter_map(|v| number(resolve(doc, v)?)).collect();
                if values.len() == n {
                    found(first + offset, first + offset, &values);
                }
            }
            rest = tail;
        } else {
            let values: Vec<f64> = tail.iter().take(n).filter_map(|v| number(resolve(doc, v)?)).collect();
            if let (Some(last), true) = (cid(second), values.len() == n) {
                found(first, last, &values);
            }
            rest = tail.get(n..).unwrap_or_default();
        }
    }
}

/// Advances of a simple font in em.
pub(super) struct SimpleWidths {
    first: u32,
    widths: Vec<Option<f32>>,
    missing: Option<f32>,
}

impl SimpleWidths {
    /// `em` turns the unit of the font's glyph space (thousandths, or as its matrix says) into em.
    pub fn load(
        doc: &Document,
        font: &Dictionary,
        descriptor: Option<&Dictionary>,
        em: impl Fn(f32) -> f32,
    ) -> SimpleWidths {
        let first = get_number(doc, font, b"FirstChar").filter(|v| (0.0..=255.0).contains(v)).unwrap_or(0.0) as u32;
        let widths = match get(doc, font, b"Widths") {
            Some(Object::Array(widths)) => {
                widths.iter().take(256).map(|w| number(resolve(doc, w)?).map(|w| em(w as f32))).collect()
            }
            Some(packed) => {
                let plain = |w: f32| w.is_finite().then(|| em(w));
                unpack(packed).map(|widths| widths.take(256).map(plain).collect()).unwrap_or_default()
            }
            None => Vec::new(),
        };
        let missing = descriptor.and_then(|d| get_number(doc, d, b"MissingWidth")).map(|w| em(w as f32));
        SimpleWidths { first, widths, missing }
    }

    pub fn of(&self, code: u8) -> Option<f32> {
        let index = u32::from(code).checked_sub(self.first)?;
        *self.widths.get(index as usize)?
    }

    pub fn missing(&self) -> Option<f32> {
        self.missing
    }
}
