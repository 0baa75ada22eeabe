//! Embedded font programs turned round: glyph → character, by their own character map or glyph names.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ttf_parser::{GlyphId, RawFace, Tag, cff, cmap, post};

use super::super::cmap::Text;
use super::char_map;
use super::names::glyph_name;

/// Character maps of one font that are read; real fonts have one or two.
const MAX_TABLES: usize = 4;

/// Names that every `post` table has without listing them.
const STANDARD_NAMES: u16 = 258;

/// What a font program tells about its glyphs.
pub(super) struct Program {
    glyphs: HashMap<u16, Text>,
    /// Code → glyph, of the program's own encoding (simple fonts).
    codes: Vec<Option<u16>>,
    /// CID → glyph, of a CID-keyed CFF.
    cids: HashMap<u16, u16>,
}

impl Program {
    /// The program of a simple font.
    pub fn simple(data: &[u8], true_type: bool) -> Option<Program> {
        guarded(|| Program::of_simple(data, true_type))
    }

    /// The program of a CID font.
    pub fn cid(data: &[u8]) -> Option<Program> {
        guarded(|| Program::of_cid(data))
    }

    fn of_simple(data: &[u8], true_type: bool) -> Option<Program> {
        if let Some(mut program) = Program::sfnt(data) {
            program.codes = sfnt_codes(data, true_type);
            return Some(program);
        }
        if let Some(table) = cff::Table::parse(data) {
            let codes = (0..=255u8).map(|code| table.glyph_index(code).map(|g| g.0)).collect();
            return Some(Program { glyphs: cff_names(&table), codes, cids: HashMap::new() });
        }
        type1(data)
    }

    fn of_cid(data: &[u8]) -> Option<Program> {
        if let Some(program) = Program::sfnt(data) {
            return Some(program);
        }
        let table = cff::Table::parse(data)?;
        Some(Program { glyphs: cff_names(&table), codes: Vec::new(), cids: cff_cids(&table) })
    }

    fn sfnt(data: &[u8]) -> Option<Program> {
        let raw = RawFace::parse(data, 0).ok()?;
        let mut glyphs = HashMap::new();
        if let Some(data) = raw.table(Tag::from_bytes(b"cmap"))
            && let Some(table) = cmap::Table::parse(data)
        {
            let unicode = (0..table.subtables.len())
                .filter_map(|index| Some((index, table.subtables.get(index)?)))
                .filter(|(_, subtable)| subtable.is_unicode());
            for (index, subtable) in unicode.take(MAX_TABLES) {
                for (first, last) in char_map::ranges(data, index) {
                    for ch in (first..=last).filter_map(char::from_u32) {
                        if let Some(glyph) = subtable.glyph_index(u32::from(ch)) {
                            prefer(&mut glyphs, glyph, ch);
                        }
                    }
                }
            }
        }
        let mut cids = HashMap::new();
        if let Some(table) = raw.table(Tag::from_bytes(b"CFF ")).and_then(cff::Table::parse) {
            cids = cff_cids(&table);
            for (glyph, text) in cff_names(&table) {
                glyphs.entry(glyph).or_insert(text);
            }
        } else if let Some(post) = raw.table(Tag::from_bytes(b"post")) {
            for (glyph, name) in post_names(post) {
                if let Entry::Vacant(free) = glyphs.entry(glyph)
                    && let Some(text) = glyph_name(name.as_bytes())
                {
                    free.insert(text);
                }
            }
        }
        Some(Program { glyphs, codes: Vec::new(), cids })
    }

    pub fn glyph(&self, glyph: u16) -> Option<&Text> {
        self.glyphs.get(&glyph)
    }

    pub fn code(&self, code: u8) -> Option<&Text> {
        self.glyph((*self.codes.get(usize::from(code))?)?)
    }

    /// The glyph that a CID shows, where the program itself keys its glyphs by CID; else the CID is the glyph.
    pub fn glyph_of_cid(&self, cid: u16) -> u16 {
        if self.cids.is_empty() { cid } else { self.cids.get(&cid).copied().unwrap_or(0) }
    }

    /// Glyphs that have a character, with it.
    pub fn known(&self) -> impl Iterator<Item = (u16, &Text)> {
        self.glyphs.iter().map(|(glyph, text)| (*glyph, text))
    }
}

/// A damaged program costs the page what it would have told, not the page: its parser asserts where it should refuse.
fn guarded(read: impl FnOnce() -> Option<Program>) -> Option<Program> {
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// Several characters may share a glyph: an ordinary one is taken before a radical, a compatibility form or a private one.
fn prefer(glyphs: &mut HashMap<u16, Text>, glyph: GlyphId, ch: char) {
    let rank = |ch: char| match u32::from(ch) {
        0xE000..=0xF8FF | 0xF_0000.. => 4u32,
        0x2E80..=0x2FDF => 3,
        0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F | 0xFE30..=0xFE4F => 2,
        0xA0 | 0xAD => 1,
        _ => 0,
    };
    let Some(new) = Text::clean_char(ch) else { return };
    glyphs
        .entry(glyph.0)
        .and_modify(|old| {
            if let Text::Char(before) = old
                && (rank(ch), ch) < (rank(*before), *before)
            {
                *old = Text::Char(ch);
            }
        })
        .or_insert(new);
}

/// Glyphs and their names. The names are gone through once: asked for one by one, each is counted off from the first.
fn post_names(data: &[u8]) -> Vec<(u16, &str)> {
    let Some(table) = post::Table::parse(data) else { return Vec::new() };
    let names: Vec<&str> = table.names().collect();
    let indices = data.get(34..).unwrap_or_default().chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]]));
    let count = data.get(32..34).map_or(0, |b| u16::from_be_bytes([b[0], b[1]]));
    let named = |(glyph, index): (u16, u16)| {
        let name = match index.checked_sub(STANDARD_NAMES) {
            // The standard order of the Macintosh.
            None => table.glyph_name(GlyphId(glyph)),
            Some(own) => names.get(usize::from(own)).copied(),
        };
        Some((glyph, name?))
    };
    (0..count).zip(indices).filter_map(named).collect()
}

fn cff_names(table: &cff::Table) -> HashMap<u16, Text> {
    let named = |glyph: u16| Some((glyph, glyph_name(table.glyph_name(GlyphId(glyph))?.as_bytes())?));
    (0..table.number_of_glyphs()).filter_map(named).collect()
}

fn cff_cids(table: &cff::Table) -> HashMap<u16, u16> {
    (0..table.number_of_glyphs()).filter_map(|glyph| Some((table.glyph_cid(GlyphId(glyph))?, glyph))).collect()
}

/// How a simple TrueType font finds its glyphs when its dictionary has no encoding: the (3,0) or (1,0) table.
fn sfnt_codes(data: &[u8], true_type: bool) -> Vec<Option<u16>> {
    let table =
        RawFace::parse(data, 0).ok().and_then(|raw| raw.table(Tag::from_bytes(b"cmap"))).and_then(cmap::Table::parse);
    let Some(table) = table.filter(|_| true_type) else { return Vec::new() };
    let by_platform = |platform, encoding| {
        table.subtables.into_iter().find(move |s| s.platform_id == platform && s.encoding_id == encoding)
    };
    let symbol = by_platform(ttf_parser::PlatformId::Windows, 0);
    let roman = by_platform(ttf_parser::PlatformId::Macintosh, 0);
    (0..=255u32)
        .map(|code| {
            let in_symbol = symbol.and_then(|s| {
                [code, 0xF000 + code, 0xF100 + code, 0xF200 + code].into_iter().find_map(|c| s.glyph_index(c))
            });
            in_symbol.or_else(|| roman?.glyph_index(code)).map(|g| g.0).filter(|&g| g != 0)
        })
        .collect()
}

/// A Type 1 program's encoding stands in clear text before its encrypted part: `dup 65 /A put`.
fn type1(data: &[u8]) -> Option<Program> {
    let end = memchr::memmem::find(data, b"eexec").unwrap_or(data.len());
    let start = memchr::memmem::find(&data[..end], b"/Encoding")?;
    let mut words = data[start..end].split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()).peekable();
    let mut glyphs = HashMap::new();
    let mut codes = vec![None; 256];
    while let Some(word) = words.next() {
        if word == b"def" {
            break;
        }
        if word != b"dup" {
            continue;
        }
        let Some(code) = words.next().and_then(|w| std::str::from_utf8(w).ok()?.parse::<u8>().ok()) else { continue };
        let Some(text) = words.peek().and_then(|w| glyph_name(w.strip_prefix(b"/")?)) else { continue };
        codes[usize::from(code)] = Some(u16::from(code));
        glyphs.insert(u16::from(code), text);
    }
    (!glyphs.is_empty()).then_some(Program { glyphs, codes, cids: HashMap::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TrueType font of nothing but a character map: `format` 12 under Windows' full Unicode, `tables` times.
    fn with_character_map(tables: u16, groups: &[[u32; 3]]) -> Vec<u8> {
        let head = 4 + 8 * tables;
        let mut cmap = [0u16.to_be_bytes(), tables.to_be_bytes()].concat();
        for _ in 0..tables {
            cmap.extend([0, 3, 0, 10, 0, 0]);
            cmap.extend(head.to_be_bytes());
        }
        cmap.extend([0, 12, 0, 0]);
        cmap.extend((16 + 12 * groups.len() as u32).to_be_bytes());
        cmap.extend([0; 4]);
        cmap.extend((groups.len() as u32).to_be_bytes());
        cmap.extend(groups.iter().flatten().flat_map(|n| n.to_be_bytes()));
        font(b"cmap", &cmap)
    }

    /// A TrueType font of one table.
    fn font(tag: &[u8; 4], table: &[u8]) -> Vec<u8> {
        let mut font = vec![0, 1, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0];
        font.extend(tag);
        font.extend([0, 0, 0, 0, 0, 0, 0, 0x1c]);
        font.extend((table.len() as u32).to_be_bytes());
        font.extend(table);
        font
    }

    /// With debug assertions on, the parser panics at a count of groups that no file can hold.
    #[test]
    fn a_character_map_of_more_groups_than_memory_costs_its_program_only() {
        for format in [12u8, 13] {
            let mut cmap = vec![0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 12, 0, format, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0];
            cmap.extend(u32::MAX.to_be_bytes());
            let data = font(b"cmap", &cmap);
            let told = [Program::cid(&data), Program::simple(&data, true)].map(|p| p.and_then(|p| p.glyph(1).cloned()));
            assert_eq!(told, [None, None]);
        }
    }

    /// As many names as a font can have: found one by one, it took seconds for each such font.
    #[test]
    fn names_of_glyphs_are_gone_through_once() {
        let count = 65_000u16;
        let mut post = [0, 2, 0, 0].to_vec();
        post.resize(32, 0);
        post.extend(count.to_be_bytes());
        post.extend([0, 36]); // Glyph 0: A, the 36th of the standard names.
        post.extend((0..count - 1).flat_map(|own| (STANDARD_NAMES + own).to_be_bytes()));
        post.extend((1..count).flat_map(|glyph| format!("\x06u{:05X}", 0x1_0000 + u32::from(glyph)).into_bytes()));
        let program = Program::cid(&font(b"post", &post)).unwrap();
        assert_eq!(program.glyph(0), Some(&Text::Char('A')));
        assert_eq!(program.glyph(1), Some(&Text::Char('\u{10001}')));
        let last = char::from_u32(0x1_0000 + u32::from(count) - 1).map(Text::Char);
        assert_eq!(program.glyph(count - 1), last.as_ref());
    }

    #[test]
    fn a_character_map_tells_what_its_glyphs_are() {
        let program = Program::cid(&with_character_map(1, &[[0x3042, 0x3044, 7], [0x2_0b9f, 0x2_0b9f, 3]])).unwrap();
        assert_eq!(program.glyph(8), Some(&Text::Char('ぃ')));
        assert_eq!(program.glyph(3), Some(&Text::Char('𠮟')));
        assert_eq!(program.glyph(1), None);
    }

    #[test]
    fn a_character_map_of_billions_is_not_counted_through() {
        let program = Program::cid(&with_character_map(1_000, &[[0, u32::MAX, 0]; 50])).unwrap();
        assert_eq!(program.glyph(0x3042), Some(&Text::Char('あ')));
    }
}
