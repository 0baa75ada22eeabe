//! Simple fonts: one byte a code, read by ToUnicode, by an encoding, or by what the embedded program says.

use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::cmap::Text;
use super::super::object::{as_dict, get, get_array, get_name, get_number, resolve};
use super::super::stream;
use super::embedded::Program;
use super::names::{glyph_name, named_encoding};
use super::symbols::Symbols;
use super::widths::SimpleWidths;
use super::{FONT_FILES, Font, ToUnicode, descriptor, font_number};

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
    let program = descriptor.filter(|_| need).and_then(font_number);
    // A symbolic font without a word about its codes is not to be read as if it were Latin.
    let symbols = Symbols::of(&name);
    let guess = !(symbolic && descriptor.is_some_and(embedded)) && symbols.is_none();
    let standard = named_encoding(base.unwrap_or(b"StandardEncoding"));

    let said = |code: u8| {
        to_unicode.text(u32::from(code)).or_else(|| match differences[usize::from(code)] {
            Some(named) => glyph_name(named),
            None => match symbols {
                Some(symbols) => symbols.text(code),
                None => standard[usize::from(code)].clone().filter(|_| base.is_some()),
            },
        })
    };
    // What is left when the program says nothing either.
    let rest = |code: u8| {
        let unnamed = base.is_none() && differences[usize::from(code)].is_none();
        let guessed = standard[usize::from(code)].clone().filter(|_| unnamed && guess);
        guessed.or_else(|| to_unicode.last_resort(u32::from(code)))
    };
    let cells = |code: u8| {
        let text = said(code).or_else(|| if program.is_some() { None } else { rest(code) });
        let text = mended(text, symbols);
        let width = widths.of(code).or(widths.missing()).unwrap_or_else(|| usual_width(&name));
        (text, width / 1000.0)
    };
    let kind = if true_type { "TrueType" } else { "Type 1" };
    let witness = program.map(|program| {
        let rest = (0..=255).map(rest).collect();
        Box::new(Witness { program, true_type, limit, symbols, rest, texts: OnceLock::new() })
    });
    Font::simple(name.clone(), kind, 1.0, cells, witness)
}

fn mended(text: Option<Text>, symbols: Option<Symbols>) -> Option<Text> {
    match symbols {
        Some(symbols) => text.and_then(|text| symbols.mend(text)),
        None => text,
    }
}

/// An embedded program that was not read yet, and what its font shows if that says nothing.
pub(super) struct Witness {
    program: ObjectId,
    true_type: bool,
    limit: usize,
    symbols: Option<Symbols>,
    rest: Vec<Option<Text>>,
    /// By code, once the program was read.
    texts: OnceLock<Vec<Option<Text>>>,
}

impl Witness {
    /// What a code shows of which the font's dictionary says nothing.
    pub fn text(&self, doc: &Document, code: u32) -> Option<&Text> {
        let texts = self.texts.get_or_init(|| {
            let stream = doc.get_object(self.program).ok().and_then(|program| program.as_stream().ok());
            let data = stream.and_then(|stream| stream::decode(doc, stream, self.limit));
            let program = data.and_then(|decoded| Program::simple(&decoded.data, self.true_type));
            let own = |code: u8| program.as_ref().and_then(|p| p.code(code)).cloned();
            let texts = (0..=255u8).zip(&self.rest).map(|(code, rest)| own(code).or_else(|| rest.clone()));
            texts.map(|text| mended(text, self.symbols)).collect()
        });
        texts.get(code as usize)?.as_ref()
    }
}

fn embedded(descriptor: &Dictionary) -> bool {
    FONT_FILES.iter().any(|key| descriptor.has(key))
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
