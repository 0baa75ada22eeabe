//! Composite (Type 0) fonts: CMaps, CIDs, collections, and the embedded program as the last witness.

use std::sync::{Arc, OnceLock};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::super::cmap::{CMap, Coding, Collection, Predefined, Text, predefined};
use super::super::file::File;
use super::super::object::{as_dict, get, get_array, get_dict, get_name, resolve};
use super::super::stream;
use super::embedded::Program;
use super::symbols::Symbols;
use super::widths::{CidVertical, CidWidths};
use super::{Font, Row, Source, ToUnicode, Vertical, descriptor, font_number};

pub(super) struct Composite {
    coding: Coding,
    encoding: Encoding,
    to_unicode: ToUnicode,
    /// Of the CIDs, or that of the ToUnicode map's `usecmap`.
    collection: Option<Collection>,
    glyphs: Option<Glyphs>,
    /// The embedded program of a font whose ToUnicode map tells most: read when a code is shown that it does not tell.
    witness: Option<Witness>,
    widths: CidWidths,
    vertical: CidVertical,
    symbols: Option<Symbols>,
}

enum Encoding {
    Named(Arc<Predefined>),
    Own {
        map: CMap,
        base: Option<Arc<Predefined>>,
    },
    /// No CMap that anyone knows: codes are two bytes and nothing is known of them.
    Unknown,
}

/// An embedded program that was not read yet, by the numbers of its objects.
struct Witness {
    program: ObjectId,
    cid_to_gid: Option<ObjectId>,
    glyphs: OnceLock<Option<Glyphs>>,
}

/// The embedded program and the way from CID to glyph.
struct Glyphs {
    program: Program,
    cid_to_gid: Option<Vec<u8>>,
}

pub(super) fn load(doc: &File, dict: &Dictionary, name: String, to_unicode: ToUnicode, limit: usize) -> Font {
    let empty = Dictionary::new();
    let descendant = get_array(doc, dict, b"DescendantFonts").and_then(|d| as_dict(resolve(doc, d.first()?)?));
    let cid_font = descendant.or_else(|| get_dict(doc, dict, b"DescendantFonts")).unwrap_or(&empty);

    let (encoding, coding, vertical) = encoding(doc, dict, limit);
    let info = get_dict(doc, cid_font, b"CIDSystemInfo");
    let text = |key: &[u8]| get(doc, info?, key)?.as_str().ok();
    let mut collection = text(b"Registry").zip(text(b"Ordering")).and_then(|(r, o)| Collection::named(r, o));
    let identity = matches!(&encoding, Encoding::Named(map) if map.is_identity());

    let (mut glyphs, mut witness) = (None, None);
    if !matches!(&to_unicode, ToUnicode::Map(map) if map.has_texts()) {
        glyphs = embedded(doc, cid_font, limit);
    } else if identity && collection.is_none() {
        witness = Witness::of(doc, cid_font);
    }
    if let (Some(found), Some(named), true) = (&glyphs, collection, identity)
        && found.contradicts(named)
    {
        collection = None;
    }
    let collection = collection.or_else(|| to_unicode.collection());
    let kind = match get_name(doc, cid_font, b"Subtype") {
        Some(b"CIDFontType2") => "CID TrueType",
        _ => "CID",
    };
    let font = Composite {
        coding,
        encoding,
        to_unicode,
        collection,
        glyphs,
        witness,
        widths: CidWidths::load(doc, cid_font),
        vertical: CidVertical::load(doc, cid_font),
        symbols: Symbols::of(&name),
    };
    Font {
        name,
        vertical,
        em: 1.0,
        source: Source::Composite(Box::new(font)),
        rows: (0..256).map(|_| OnceLock::new()).collect(),
        single: Row::new(),
        kind,
    }
}

fn encoding(doc: &File, dict: &Dictionary, limit: usize) -> (Encoding, Coding, bool) {
    match get(doc, dict, b"Encoding") {
        Some(Object::Name(name)) => match predefined(name) {
            Some(map) => (Encoding::Named(map.clone()), map.coding.clone(), map.vertical),
            None => (Encoding::Unknown, Coding::Two, name.ends_with(b"-V")),
        },
        Some(Object::Stream(stream)) => {
            let Some(decoded) = stream::decode(doc, stream, limit) else {
                return (Encoding::Unknown, Coding::Two, false);
            };
            let map = CMap::parse(&decoded.data);
            let named = get_name(doc, &stream.dict, b"UseCMap").or(map.base.as_deref());
            let base = named.and_then(predefined);
            let coding = match (&map.spaces[..], &base) {
                ([], Some(base)) => base.coding.clone(),
                ([], None) => Coding::Two,
                (spaces, _) => Coding::Spaces(spaces.into()),
            };
            let mode = get(doc, &stream.dict, b"WMode").and_then(|m| m.as_i64().ok()).map(|m| m == 1);
            let vertical = mode.or(map.vertical).or(base.as_ref().map(|b| b.vertical)).unwrap_or(false);
            (Encoding::Own { map, base }, coding, vertical)
        }
        _ => (Encoding::Unknown, Coding::Two, false),
    }
}

impl Composite {
    #[inline]
    pub fn coding(&self) -> &Coding {
        &self.coding
    }

    pub fn to_unicode(&self) -> &ToUnicode {
        &self.to_unicode
    }

    fn cid(&self, code: u32, len: usize) -> Option<u32> {
        match &self.encoding {
            Encoding::Named(map) => map.cid(code, len),
            Encoding::Own { map, base } => map.cid(code).or_else(|| base.as_ref()?.cid(code, len)),
            Encoding::Unknown => Some(code),
        }
    }

    /// The CID that tells what a code means, which for a vertical CMap is not the one it draws.
    fn meaning(&self, code: u32, len: usize) -> Option<u32> {
        match &self.encoding {
            Encoding::Named(map) => map.meaning(code, len),
            Encoding::Own { map, base } => map.cid(code).or_else(|| base.as_ref()?.meaning(code, len)),
            Encoding::Unknown => Some(code),
        }
    }

    /// What a code says and its advance in em.
    pub fn read(&self, code: u32, len: usize) -> (Option<Text>, f32) {
        let cid = self.cid(code, len);
        let width = self.widths.of(cid.unwrap_or(0));
        let text = self
            .to_unicode
            .text(code)
            .or_else(|| match &self.encoding {
                Encoding::Named(map) => map.text(code, len),
                Encoding::Own { base, .. } => base.as_ref()?.text(code, len),
                Encoding::Unknown => None,
            })
            .or_else(|| self.collection?.text(self.meaning(code, len)?))
            .or_else(|| self.glyphs.as_ref()?.text(cid?).cloned())
            .or_else(|| self.to_unicode.last_resort(code));
        let mend = |text: Text| match self.symbols {
            Some(symbols) => symbols.mend(text),
            None => Some(text),
        };
        (text.and_then(mend), width)
    }

    /// What the embedded program says of a code that [`Composite::read`] knows nothing of.
    pub fn late(&self, doc: &File, limit: usize, code: u32, len: usize) -> Option<&Text> {
        let witness = self.witness.as_ref()?;
        witness.glyphs.get_or_init(|| witness.read(doc, limit)).as_ref()?.text(self.cid(code, len)?)
    }

    pub fn vertical_metrics(&self, code: u32, len: usize, width: f32) -> Vertical {
        self.vertical.of(self.cid(code, len).unwrap_or(0), width)
    }
}

fn embedded(doc: &File, cid_font: &Dictionary, limit: usize) -> Option<Glyphs> {
    let program = doc.get_object(font_number(descriptor(doc, cid_font)?)?).ok()?.as_stream().ok()?;
    Glyphs::read(doc, program, get(doc, cid_font, b"CIDToGIDMap"), limit)
}

impl Witness {
    fn of(doc: &Document, cid_font: &Dictionary) -> Option<Witness> {
        let program = font_number(descriptor(doc, cid_font)?)?;
        let cid_to_gid = cid_font.get(b"CIDToGIDMap").and_then(Object::as_reference).ok();
        Some(Witness { program, cid_to_gid, glyphs: OnceLock::new() })
    }

    fn read(&self, doc: &File, limit: usize) -> Option<Glyphs> {
        let program = doc.get_object(self.program).ok()?.as_stream().ok()?;
        let cid_to_gid = self.cid_to_gid.and_then(|id| doc.get_object(id).ok());
        Glyphs::read(doc, program, cid_to_gid, limit)
    }
}

impl Glyphs {
    fn read(doc: &File, program: &Stream, cid_to_gid: Option<&Object>, limit: usize) -> Option<Glyphs> {
        let decoded = stream::decode(doc, program, limit)?;
        let cid_to_gid = match cid_to_gid {
            Some(Object::Stream(stream)) => Some(stream::decode(doc, stream, 2 * 65_536)?.data.to_vec()),
            _ => None,
        };
        Some(Glyphs { program: Program::cid(&decoded.data)?, cid_to_gid })
    }

    fn text(&self, cid: u32) -> Option<&Text> {
        let cid = u16::try_from(cid).ok()?;
        let glyph = match &self.cid_to_gid {
            Some(map) => {
                let at = usize::from(cid) * 2;
                u16::from_be_bytes([*map.get(at)?, *map.get(at + 1)?])
            }
            None => self.program.glyph_of_cid(cid),
        };
        self.program.glyph(glyph)
    }

    /// Some producers name a collection and then write glyph numbers. The program's own character map shows it.
    fn contradicts(&self, collection: Collection) -> bool {
        if self.cid_to_gid.is_some() {
            return false;
        }
        let (mut same, mut other) = (0, 0);
        for (glyph, text) in self.program.known() {
            if self.program.glyph_of_cid(glyph) != glyph {
                return false;
            }
            match collection.text(u32::from(glyph)) {
                Some(named) if named == *text => same += 1,
                _ => other += 1,
            }
        }
        other > 8 && same * 4 < other
    }
}
