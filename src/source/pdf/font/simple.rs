//! Simple fonts: one byte a code, read by ToUnicode, by an encoding, or by what the embedded program says.

use lopdf::{Dictionary, Document, Object};

use super::super::object::{as_dict, get, get_array, get_name, get_number, resolve};
use super::embedded::Program;
use super::names::{glyph_name, named_encoding};
use super::symbols::Symbols;
use super::widths::SimpleWidths;
use super::{Font, ToUnicode, descriptor, font_program};

pub(super) fn load(doc: &Document, dict: &Dictionary, name: String, to_unicode: ToUnicode, limit: usize) -> Font {
    let descriptor = descriptor(doc, dict);
    let widths = SimpleWidths::load(doc, dict, descriptor);
    let differences = differences(doc, dict);
    let base = base_encoding(doc, dict);
    let symbolic =
        descriptor.and_then(|d| get_number(doc, d, b"Flags")).is_some_and(|f| f as i64 & 4 != 0) && base.is_none();
    let true_type = get_name(doc, dict, b"Subtype") == Some(b"TrueType");

    // The embedded program is only opened when the file itself does not say what its codes mean.
    let used = |code: u8| widths.of(code).is_some_and(|w| w != 0.0);
    let told = |code: u8| to_unicode.text(u32::from(code)).is_some() || differences[usize::from(code)].is_some();
    let need = !(0..=255).all(|code| !used(code) || told(code)) && (base.is_none() || symbolic);
    let program =
        if need { font_program(doc, descriptor, limit).and_then(|p| Program::simple(&p, true_type)) } else { None };
    // A symbolic font without a word about its codes is not to be read as if it were Latin.
    let symbols = Symbols::of(&name);
    let guess = !(symbolic && descriptor.is_some_and(embedded)) && symbols.is_none();
    let standard = named_encoding(base.unwrap_or(b"StandardEncoding"));

    let cells = |code: u8| {
        let at = usize::from(code);
        let text = to_unicode
            .text(u32::from(code))
            .or_else(|| match differences[at] {
                Some(named) => glyph_name(named),
                None if symbols.is_some() => symbols?.text(code),
                None if base.is_some() => standard[at].clone(),
                None => {
                    let own = program.as_ref().and_then(|p| p.code(code));
                    own.or_else(|| standard[at].clone().filter(|_| guess))
                }
            })
            .or_else(|| program.as_ref().and_then(|p| p.code(code)))
            .or_else(|| to_unicode.last_resort(u32::from(code)));
        let text = match symbols {
            Some(symbols) => text.and_then(|text| symbols.mend(text)),
            None => text,
        };
        let width = widths.of(code).or(widths.missing()).unwrap_or_else(|| usual_width(&name));
        (text, width / 1000.0)
    };
    let kind = if true_type { "TrueType" } else { "Type 1" };
    Font::simple(name.clone(), kind, 1.0, cells)
}

fn embedded(descriptor: &Dictionary) -> bool {
    [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key))
}

/// Widths are left out for the fourteen standard fonts only: Courier's, or a middling one.
fn usual_width(name: &str) -> f32 {
    if name.contains("Courier") { 600.0 } else { 500.0 }
}

fn base_encoding<'a>(doc: &'a Document, dict: &'a Dictionary) -> Option<&'a [u8]> {
    match get(doc, dict, b"Encoding")? {
        Object::Name(name) => Some(name),
        object => get_name(doc, as_dict(object)?, b"BaseEncoding"),
    }
}

/// `/Differences`: the names of the codes that have one.
pub(super) fn differences<'a>(doc: &'a Document, dict: &'a Dictionary) -> Vec<Option<&'a [u8]>> {
    let mut out = vec![None; 256];
    let encoding = get(doc, dict, b"Encoding").and_then(as_dict);
    let array = encoding.and_then(|e| get_array(doc, e, b"Differences")).unwrap_or_default();
    let mut code = 0usize;
    for object in array.iter().filter_map(|o| resolve(doc, o)) {
        match object {
            Object::Integer(first) => code = usize::try_from(*first).unwrap_or(256),
            Object::Name(name) => {
                if let Some(slot) = out.get_mut(code) {
                    *slot = Some(name.as_slice());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    out
}
