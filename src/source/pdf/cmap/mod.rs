//! Character maps: how the bytes of a string are cut into codes, and what a code stands for.

mod collection;
mod parse;
mod predefined;

pub(super) use collection::Collection;
pub(super) use parse::CMap;
pub(super) use predefined::{Predefined, predefined};

/// What a code or glyph says: one character, or several (a ligature).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Text {
    Char(char),
    Several(Box<str>),
}

impl Text {
    /// The text without what prints nothing of its own (variation selectors) and what is no text (U+0000, U+FFFD…).
    pub fn clean(text: &str) -> Option<Text> {
        let mut chars = text.chars().filter(|&c| is_text(c));
        let first = chars.next()?;
        match chars.next() {
            None => Some(Text::Char(first)),
            Some(_) => Some(Text::Several(text.chars().filter(|&c| is_text(c)).collect())),
        }
    }

    pub fn clean_char(ch: char) -> Option<Text> {
        is_text(ch).then_some(Text::Char(ch))
    }
}

fn is_text(ch: char) -> bool {
    !matches!(ch, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{FFF0}'..='\u{FFF8}' | '\u{FFFD}'..='\u{FFFF}')
}

/// How bytes are cut into codes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Coding {
    Two,
    /// Shift_JIS: 81–9F and E0–FC lead.
    Rksj,
    /// 81–FE (or A1–FE, 8E) lead, as in EUC, GBK, Big Five and UHC.
    LeadPair,
    /// EUC with four bytes after 8E.
    EucCns,
    /// Four bytes where the second is a digit.
    Gb18030,
    Utf8,
    Utf16,
    Utf32,
    /// The code space ranges of an embedded CMap.
    Spaces(Box<[CodeSpace]>),
}

/// Codes of `len` bytes, each byte between those of `low` and `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CodeSpace {
    pub len: u8,
    pub low: [u8; 4],
    pub high: [u8; 4],
}

impl CodeSpace {
    fn fits(&self, bytes: &[u8]) -> bool {
        bytes.iter().zip(self.low.iter().zip(&self.high)).all(|(b, (l, h))| l <= b && b <= h)
    }
}

impl Coding {
    /// Length of the code that `bytes` (not empty) begins with; never more than there are bytes, never 0.
    #[inline]
    pub fn code_len(&self, bytes: &[u8]) -> usize {
        let first = bytes[0];
        let wanted = match self {
            Coding::Two => 2,
            Coding::Rksj => 1 + usize::from(matches!(first, 0x81..=0x9f | 0xe0..=0xfc)),
            Coding::LeadPair => 1 + usize::from(matches!(first, 0x81..=0xfe)),
            Coding::EucCns => match first {
                0x8e => 4,
                0x81..=0xfe => 2,
                _ => 1,
            },
            Coding::Gb18030 => match (first, bytes.get(1)) {
                (0x81..=0xfe, Some(b'0'..=b'9')) => 4,
                (0x81..=0xfe, _) => 2,
                _ => 1,
            },
            Coding::Utf8 => match first {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => 1,
            },
            Coding::Utf16 => 2 + 2 * usize::from(matches!(first, 0xd8..=0xdb)),
            Coding::Utf32 => 4,
            Coding::Spaces(spaces) => in_spaces(spaces, bytes),
        };
        wanted.min(bytes.len())
    }
}

/// The shortest range that the bytes fit; else the length of the range that fits the first byte; else the shortest of all.
fn in_spaces(spaces: &[CodeSpace], bytes: &[u8]) -> usize {
    for len in 1..=bytes.len().min(4) {
        if spaces.iter().any(|s| usize::from(s.len) == len && s.fits(&bytes[..len])) {
            return len;
        }
    }
    let by_first = spaces.iter().filter(|s| s.fits(&bytes[..1])).map(|s| s.len).min();
    by_first.or_else(|| spaces.iter().map(|s| s.len).min()).map_or(1, |len| usize::from(len).max(1))
}
