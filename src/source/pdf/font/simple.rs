//! Simple fonts: one byte a code, read by ToUnicode, by an encoding, or by what the embedded program says.

use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::cmap::Text;
use super::super::file::File;
use super::super::object::{as_dict, get, get_array, get_name, get_number, resolve};
use super::super::stream;
use super::embedded::Program;
use super::names::{glyph_name, named_encoding};
use super::symbols::Symbols;
use super::widths::SimpleWidths;
use super::{FONT_FILES, Font, ToUnicode, descriptor, font_number};

/// A font of one-byte codes, as its dictionary has it.
pub(super) struct Simple {
    pub to_unicode: ToUnicode,
    pub names: Names,
    /// The encoding that the font names.
    pub base: Option<&'static [Option<Text>]>,
    pub symbols: Option<Symbols>,
    /// A code of which nothing is said may be read as the standard encoding has it.
    pub guess: bool,
    pub widths: SimpleWidths,
    /// The width in em of codes that the font gives none.
    pub usual_width: f32,
    pub witness: Option<Witness>,
}

/// An embedded program, read when a code is shown of which the dictionary says nothing.
pub(super) struct Witness {
    program: ObjectId,
    true_type: bool,
    /// The dictionary leaves out a code that the font has a width for.
    needed: OnceLock<bool>,
    /// By code, once the program was read.
    texts: OnceLock<Vec<Option<Text>>>,
}

pub(super) fn load(doc: &Document, dict: &Dictionary, name: String, to_unicode: ToUnicode) -> Font {
    let descriptor = descriptor(doc, dict);
    let base = base_encoding(doc, dict);
    let symbolic =
        descriptor.and_then(|d| get_number(doc, d, b"Flags")).is_some_and(|f| f as i64 & 4 != 0) && base.is_none();
    let true_type = get_name(doc, dict, b"Subtype") == Some(b"TrueType");
    let program = descriptor.filter(|_| base.is_none()).and_then(font_number);
    let symbols = Symbols::of(&name);
    let font = Simple {
        to_unicode,
        names: Names::load(doc, dict),
        base: base.map(named_encoding),
        symbols,
        // A symbolic font without a word about its codes is not to be read as if it were Latin.
        guess: !(symbolic && descriptor.is_some_and(embedded)) && symbols.is_none(),
        widths: SimpleWidths::load(doc, dict, descriptor, |w| w / 1000.0),
        usual_width: usual_width(&name) / 1000.0,
        witness: program.map(|program| Witness { program, true_type, needed: OnceLock::new(), texts: OnceLock::new() }),
    };
    Font::simple(name, if true_type { "TrueType" } else { "Type 1" }, 1.0, font)
}

impl Simple {
    /// What a code says, as far as the dictionary tells, and its advance in em.
    pub fn read(&self, code: u8) -> (Option<Text>, f32) {
        let text = self.said(code).or_else(|| if self.witness().is_some() { None } else { self.rest(code) });
        (self.mended(text), self.widths.of(code).or(self.widths.missing()).unwrap_or(self.usual_width))
    }

    /// What a code shows of which [`Simple::read`] knows nothing, by the embedded program.
    pub fn late(&self, doc: &File, limit: usize, code: u32) -> Option<&Text> {
        let witness = self.witness()?;
        let texts = witness.texts.get_or_init(|| {
            let stream = doc.get_object(witness.program).ok().and_then(|program| program.as_stream().ok());
            let data = stream.and_then(|stream| stream::decode(doc, stream, limit));
            let program = data.and_then(|decoded| Program::simple(&decoded.data, witness.true_type));
            let own = |code: u8| program.as_ref().and_then(|p| p.code(code)).cloned();
            (0..=255u8).map(|code| self.mended(own(code).or_else(|| self.rest(code)))).collect()
        });
        texts.get(code as usize)?.as_ref()
    }

    /// The embedded program, if the dictionary leaves it anything to say: it is only opened then.
    fn witness(&self) -> Option<&Witness> {
        let untold = |code: u8| {
            self.widths.of(code).is_some_and(|w| w != 0.0)
                && self.to_unicode.text(u32::from(code)).is_none()
                && self.names.of(code).is_none()
        };
        self.witness.as_ref().filter(|witness| *witness.needed.get_or_init(|| (0..=255).any(untold)))
    }

    /// By ToUnicode, the name of the code, or the encoding that the font names.
    fn said(&self, code: u8) -> Option<Text> {
        self.to_unicode.text(u32::from(code)).or_else(|| match (self.names.of(code), self.symbols) {
            (Some(name), _) => glyph_name(name),
            (None, Some(symbols)) => symbols.text(code),
            (None, None) => self.base?[usize::from(code)].clone(),
        })
    }

    /// What is left when nothing else says anything.
    fn rest(&self, code: u8) -> Option<Text> {
        let unnamed = self.base.is_none() && self.names.of(code).is_none();
        let standard = (unnamed && self.guess).then(|| &named_encoding(b"StandardEncoding")[usize::from(code)]);
        standard.cloned().flatten().or_else(|| self.to_unicode.last_resort(u32::from(code)))
    }

    fn mended(&self, text: Option<Text>) -> Option<Text> {
        match self.symbols {
            Some(symbols) => text.and_then(|text| symbols.mend(text)),
            None => text,
        }
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

/// The names of `/Differences`, by code.
pub(super) struct Names(Vec<Option<Box<[u8]>>>);

impl Names {
    pub fn load(doc: &Document, dict: &Dictionary) -> Names {
        let encoding = get(doc, dict, b"Encoding").and_then(as_dict);
        let Some(array) = encoding.and_then(|e| get_array(doc, e, b"Differences")) else { return Names(Vec::new()) };
        let mut names = vec![None; 256];
        let mut code = 0usize;
        for object in array.iter().filter_map(|o| resolve(doc, o)) {
            match object {
                Object::Integer(first) => code = usize::try_from(*first).unwrap_or(256),
                Object::Name(name) => {
                    if let Some(slot) = names.get_mut(code) {
                        *slot = Some(name.as_slice().into());
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        Names(names)
    }

    fn of(&self, code: u8) -> Option<&[u8]> {
        self.0.get(usize::from(code))?.as_deref()
    }
}
