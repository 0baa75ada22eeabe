//! Fonts as a reader of text needs them: bytes → codes → characters and widths. No outlines.

mod char_map;
mod composite;
mod embedded;
mod names;
mod simple;
mod symbols;
mod type3;
mod widths;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

pub(super) use names::glyph_name;

use super::cmap::{CMap, Collection, Text};
use super::file::File;
use super::object::{as_dict, get, get_name};
use super::stream;

/// ToUnicode maps that build one upon the other.
const MAX_BASES: usize = 8;

/// What a code shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    text: u32,
    /// Advance in em.
    pub width: f32,
}

/// In [`Cell::text`]: no character known.
const UNMAPPED: u32 = u32::MAX;
/// In [`Cell::text`]: a string of several characters, which the font is asked for again.
const SEVERAL: u32 = u32::MAX - 1;

/// A character, several, or none known.
pub(super) enum Shown<'a> {
    Char(char),
    Several(Cow<'a, str>),
    Unmapped,
}

/// Codes that share all but the last byte, each read when it is first shown. Who reads one at the same time reads the same.
struct Row([AtomicU64; 256]);

/// In [`Row`]: not read yet. No text has this number.
const UNREAD: u64 = (u32::MAX as u64 - 2) << 32;

impl Row {
    fn new() -> Box<Row> {
        Box::new(Row([const { AtomicU64::new(UNREAD) }; 256]))
    }

    #[inline]
    fn cell(&self, code: u32, read: impl FnOnce() -> Cell) -> Cell {
        let slot = &self.0[code as usize & 0xff];
        match slot.load(Ordering::Relaxed) {
            UNREAD => {
                let cell = read();
                slot.store(u64::from(cell.text) << 32 | u64::from(cell.width.to_bits()), Ordering::Relaxed);
                cell
            }
            known => Cell { text: (known >> 32) as u32, width: f32::from_bits(known as u32) },
        }
    }
}

/// The vertical metrics of a glyph in em: its downward advance (negative), and where its origin lies from the horizontal one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vertical {
    pub advance: f32,
    pub x: f32,
    pub y: f32,
}

pub(super) struct Font {
    /// `/BaseFont`, or the resource's name where the font has none.
    pub name: String,
    pub vertical: bool,
    /// Height of the em box in text space units of font size 1.
    pub em: f32,
    source: Source,
    /// By the first of two bytes.
    rows: Box<[OnceLock<Box<Row>>]>,
    /// Codes of one byte.
    single: Box<Row>,
    /// Codes that the font met and cannot read are told by it once a page, by this name.
    pub kind: &'static str,
}

enum Source {
    Simple(Box<simple::Simple>),
    Composite(Box<composite::Composite>),
}

impl Font {
    /// Reads a font dictionary. Never fails: what is missing shows as unmapped glyphs of a plain width.
    pub fn load(doc: &File, dict: &Dictionary, resource: &[u8], limit: usize) -> Font {
        let subtype = get_name(doc, dict, b"Subtype").unwrap_or_default();
        let base = get_name(doc, dict, b"BaseFont");
        let name = String::from_utf8_lossy(base.unwrap_or(resource)).into_owned();
        let to_unicode = ToUnicode::load(doc, dict, limit);
        match subtype {
            b"Type0" => composite::load(doc, dict, name, to_unicode, limit),
            b"Type3" => type3::load(doc, dict, name, to_unicode.of_bytes()),
            _ => simple::load(doc, dict, name, to_unicode.of_bytes()),
        }
    }

    fn simple(name: String, kind: &'static str, em: f32, font: simple::Simple) -> Font {
        let source = Source::Simple(Box::new(font));
        Font { name, vertical: false, em, source, rows: Box::default(), single: Row::new(), kind }
    }

    /// Length in bytes of the code that `bytes` (not empty) begins with.
    #[inline]
    pub fn code_len(&self, bytes: &[u8]) -> usize {
        match &self.source {
            Source::Simple(_) => 1,
            Source::Composite(font) => font.coding().code_len(bytes),
        }
    }

    /// The width and text of a code.
    #[inline]
    pub fn cell(&self, code: u32, len: usize) -> Cell {
        let read = || self.read_cell(code, len);
        match len {
            1 => self.single.cell(code, read),
            2 => match self.rows.get((code >> 8) as usize) {
                Some(row) => row.get_or_init(Row::new).cell(code, read),
                None => read(),
            },
            _ => read(),
        }
    }

    #[cold]
    fn read_cell(&self, code: u32, len: usize) -> Cell {
        let (text, width) = self.read(code, len);
        let text = match text {
            Some(Text::Char(ch)) => u32::from(ch),
            Some(Text::Several(_)) => SEVERAL,
            None => UNMAPPED,
        };
        Cell { text, width: if width.is_finite() { width } else { 0.0 } }
    }

    /// What a code says and its advance in em, by all that is not slow to ask.
    fn read(&self, code: u32, len: usize) -> (Option<Text>, f32) {
        match &self.source {
            Source::Simple(font) => font.read(code as u8),
            Source::Composite(font) => font.read(code, len),
        }
    }

    #[inline]
    pub fn shown(&self, cell: Cell, code: u32, len: usize) -> Shown<'_> {
        match (char::from_u32(cell.text), cell.text) {
            (Some(ch), _) => Shown::Char(ch),
            (None, SEVERAL) => match self.read(code, len).0 {
                Some(Text::Several(text)) => Shown::Several(Cow::Owned(text.into())),
                _ => Shown::Unmapped,
            },
            _ => Shown::Unmapped,
        }
    }

    /// What a code shows of which [`Font::shown`] knows nothing, by a witness that is slow to ask.
    pub fn late(&self, doc: &File, limit: usize, code: u32, len: usize) -> Shown<'_> {
        let text = match &self.source {
            Source::Simple(font) => font.late(doc, limit, code),
            Source::Composite(font) => font.late(doc, limit, code, len),
        };
        match text {
            Some(Text::Char(ch)) => Shown::Char(*ch),
            Some(Text::Several(text)) => Shown::Several(Cow::Borrowed(text)),
            None => Shown::Unmapped,
        }
    }

    pub fn vertical_metrics(&self, code: u32, len: usize, width: f32) -> Vertical {
        match &self.source {
            Source::Simple(_) => Vertical { advance: -1.0, x: width / 2.0, y: 0.88 },
            Source::Composite(font) => font.vertical_metrics(code, len, width),
        }
    }

    /// Bytes that the font may hold, for the cache's bookkeeping.
    pub fn weight(&self) -> usize {
        let rows = self.rows.iter().filter(|row| row.get().is_some()).count() + 1;
        let to_unicode = match &self.source {
            Source::Simple(font) => &font.to_unicode,
            Source::Composite(font) => font.to_unicode(),
        };
        rows * size_of::<Row>() + self.rows.len() * 16 + to_unicode.weight() + 8192
    }
}

/// `/ToUnicode` as the file gives it.
enum ToUnicode {
    None,
    Map(CMap),
    /// A name such as `Identity-H`: the code is the character.
    Identity,
}

impl ToUnicode {
    fn load(doc: &File, dict: &Dictionary, limit: usize) -> ToUnicode {
        match get(doc, dict, b"ToUnicode") {
            Some(Object::Stream(stream)) => ToUnicode::read(doc, stream, limit).map_or(ToUnicode::None, ToUnicode::Map),
            Some(Object::Name(name)) if name.starts_with(b"Identity") => ToUnicode::Identity,
            Some(Object::Name(name)) => ToUnicode::Map(CMap::named(name)),
            _ => ToUnicode::None,
        }
    }

    /// A map, and the maps that it builds upon.
    fn read(doc: &File, stream: &Stream, limit: usize) -> Option<CMap> {
        let mut maps = Vec::new();
        let mut next = Some(stream);
        while let Some(stream) = next.filter(|_| maps.len() < MAX_BASES) {
            maps.push(CMap::parse(&stream::decode(doc, stream, limit)?.data));
            next = match get(doc, &stream.dict, b"UseCMap") {
                Some(Object::Stream(base)) => Some(base),
                _ => None,
            };
        }
        maps.into_iter().rev().reduce(|base, map| map.upon(base))
    }

    /// The collection whose CIDs the map speaks of, where it builds upon `Adobe-Japan1-UCS2` or the like.
    fn collection(&self) -> Option<Collection> {
        let ToUnicode::Map(map) = self else { return None };
        let ordering = map.base.as_deref()?.strip_prefix(b"Adobe-")?.strip_suffix(b"-UCS2")?;
        Collection::named(b"Adobe", ordering)
    }

    /// For a font of one-byte codes.
    fn of_bytes(self) -> ToUnicode {
        match self {
            ToUnicode::Map(map) => ToUnicode::Map(map.of_bytes()),
            other => other,
        }
    }

    /// Bytes that it takes, about.
    fn weight(&self) -> usize {
        match self {
            ToUnicode::Map(map) => map.weight(),
            _ => 0,
        }
    }

    fn text(&self, code: u32) -> Option<Text> {
        match self {
            ToUnicode::Map(map) => map.text(code),
            _ => None,
        }
    }

    /// The reading to fall back on when nothing else tells.
    fn last_resort(&self, code: u32) -> Option<Text> {
        match self {
            ToUnicode::Identity => Text::clean_char(char::from_u32(code)?),
            _ => None,
        }
    }
}

/// Keys of the font descriptor that an embedded program may stand at.
const FONT_FILES: [&[u8]; 3] = [b"FontFile2", b"FontFile3", b"FontFile"];

/// The embedded font program: the number of its object, which no stream is without.
fn font_number(descriptor: &Dictionary) -> Option<ObjectId> {
    FONT_FILES.iter().find_map(|key| descriptor.get(key).and_then(Object::as_reference).ok())
}

fn descriptor<'a>(doc: &'a Document, dict: &'a Dictionary) -> Option<&'a Dictionary> {
    as_dict(get(doc, dict, b"FontDescriptor")?)
}

/// The codes of one font that a page showed and nobody can read, for its note.
#[derive(Default)]
pub(super) struct Unread {
    pub glyphs: usize,
    pub codes: Vec<(u32, usize)>,
    seen: HashSet<u32>,
}

impl Unread {
    pub fn add(&mut self, code: u32, len: usize) {
        self.glyphs += 1;
        if self.codes.len() < 8 && self.seen.insert(code) {
            self.codes.push((code, len));
        }
    }

    pub fn message(&self, font: &Font) -> String {
        let codes: Vec<String> =
            self.codes.iter().map(|&(code, len)| format!("0x{code:0width$X}", width = len * 2)).collect();
        let more = if self.codes.len() == 8 { ", …" } else { "" };
        format!(
            "{} glyph(s) of the {} font {} have no known character (code {}{more}); they stand as U+FFFD",
            self.glyphs,
            font.kind,
            font.name,
            codes.join(", "),
        )
    }

    /// As [`Unread::message`], for characters of private use.
    pub fn private_message(&self, font: &Font) -> String {
        let codes: Vec<String> = self.codes.iter().map(|(ch, _)| format!("U+{ch:04X}")).collect();
        let more = if self.codes.len() == 8 { ", …" } else { "" };
        format!(
            "{} glyph(s) of the {} font {} are characters of private use ({}{more}): only the font knows what they show",
            self.glyphs,
            font.kind,
            font.name,
            codes.join(", "),
        )
    }
}
