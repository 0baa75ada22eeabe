//! CMaps that a file brings along: ToUnicode and embedded encodings, read into flat sorted ranges.

use super::super::content::{Operand, Scanner, Step, op};
use super::super::strings::{HEX, NO_DIGIT, unhex};
use super::{CodeSpace, Text};

/// More ranges than any real CMap has.
const MAX_RANGES: usize = 400_000;

/// Characters that one code may stand for; ligatures have a few, some fonts have words.
const MAX_TEXT: usize = 64;

#[derive(Debug, Clone, Copy)]
struct Range<T> {
    low: u32,
    high: u32,
    to: T,
}

#[derive(Debug, Clone, Copy)]
enum Target {
    /// A character, one more for each code after the first.
    Char(u32),
    /// Index into the strings; the last character goes up with the code.
    String(u32),
}

/// A CMap read from a stream.
#[derive(Debug, Default)]
pub(in super::super) struct CMap {
    pub spaces: Vec<CodeSpace>,
    cids: Vec<Range<u32>>,
    texts: Vec<Range<Target>>,
    strings: Vec<Box<str>>,
    pub vertical: Option<bool>,
    /// The CMap that this one builds upon (`usecmap`), by its name.
    pub base: Option<Vec<u8>>,
    /// The CMap that this one builds upon, where the file brings that along too.
    under: Option<Box<CMap>>,
}

impl CMap {
    /// Reads what can be read; a CMap has no fatal errors.
    pub fn parse(data: &[u8]) -> CMap {
        let mut cmap = CMap::default();
        let mut scanner = Scanner::new(data);
        let mut operands = Vec::new();
        loop {
            let (step, _) = scanner.next(&mut operands);
            match step {
                Step::End => break,
                Step::Operator(0) => cmap.word(scanner.word(), &operands),
                Step::Operator(key) if key == op(b"def") => cmap.definition(&operands),
                // `dup`, `end`, `dict`… part nothing that matters, but clear the stack.
                Step::Operator(_) => {}
            }
            operands.clear();
        }
        cmap.cids.sort_by_key(|r| r.low);
        cmap.texts.sort_by_key(|r| r.low);
        cmap
    }

    /// This map, as far as it speaks of codes of one byte.
    pub fn of_bytes(mut self) -> CMap {
        self.cids = Vec::new();
        self.texts.retain(|range| range.low <= 0xff);
        self.texts.shrink_to_fit();
        self.under = self.under.map(|base| Box::new(base.of_bytes()));
        self
    }

    /// Bytes that it takes, about.
    pub fn weight(&self) -> usize {
        let strings: usize = self.strings.iter().map(|text| size_of_val(text) + text.len()).sum();
        let ranges = self.cids.len() * size_of::<Range<u32>>() + self.texts.len() * size_of::<Range<Target>>();
        ranges + strings + self.under.as_ref().map_or(0, |base| base.weight())
    }

    /// A map that says nothing but what it builds upon.
    pub fn named(base: &[u8]) -> CMap {
        CMap { base: Some(base.to_vec()), ..CMap::default() }
    }

    /// This map, with `base` to say what it does not.
    pub fn upon(self, base: CMap) -> CMap {
        let name = self.base.or_else(|| base.base.clone());
        CMap { base: name, under: Some(Box::new(base)), ..self }
    }

    pub fn has_texts(&self) -> bool {
        !self.texts.is_empty() || self.under.as_ref().is_some_and(|base| base.has_texts())
    }

    /// What `code` reads as, by `bfchar` and `bfrange`.
    pub fn text(&self, code: u32) -> Option<Text> {
        let Some(range) = find(&self.texts, code) else { return self.under.as_ref()?.text(code) };
        let offset = code - range.low;
        match range.to {
            Target::Char(first) => Text::clean_char(char::from_u32(first.checked_add(offset)?)?),
            Target::String(index) => {
                let text = self.strings.get(index as usize)?;
                if offset == 0 {
                    return Text::clean(text);
                }
                let last = text.chars().next_back()?;
                let next = char::from_u32(u32::from(last).checked_add(offset)?)?;
                let mut moved = text[..text.len() - last.len_utf8()].to_owned();
                moved.push(next);
                Text::clean(&moved)
            }
        }
    }

    /// The CID of `code`, by `cidchar` and `cidrange`.
    pub fn cid(&self, code: u32) -> Option<u32> {
        let range = find(&self.cids, code)?;
        range.to.checked_add(code - range.low)
    }

    fn definition(&mut self, operands: &[Operand]) {
        if let [.., Operand::Name(b"WMode"), Operand::Number(mode)] = operands {
            self.vertical = Some(*mode == 1.0);
        }
    }

    fn word(&mut self, word: &[u8], operands: &[Operand]) {
        match word {
            b"usecmap" => {
                if let Some(Operand::Name(name)) = operands.last() {
                    self.base = Some(name.to_vec());
                }
            }
            b"endcodespacerange" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(low), Some(high)) = (code_bytes(pair[0]), code_bytes(pair[1]))
                        && low.1 == high.1
                        && self.spaces.len() < 256
                    {
                        self.spaces.push(CodeSpace { len: low.1, low: low.0, high: high.0 });
                    }
                }
            }
            b"endcidchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(code), Operand::Number(cid)) = (code(pair[0]), pair[1]) {
                        self.push_cid(code, code, cid);
                    }
                }
            }
            b"endcidrange" => {
                for triple in operands.chunks_exact(3) {
                    if let (Some(low), Some(high), Operand::Number(cid)) = (code(triple[0]), code(triple[1]), triple[2])
                    {
                        self.push_cid(low, high, cid);
                    }
                }
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let Some(code) = code(pair[0]) {
                        self.push_text(code, code, pair[1]);
                    }
                }
            }
            b"endbfrange" => self.text_ranges(operands),
            _ => {}
        }
    }

    fn text_ranges(&mut self, operands: &[Operand]) {
        let mut rest = operands;
        while let [low, high, tail @ ..] = rest {
            let (low, high) = (code(*low), code(*high));
            match tail {
                [Operand::Open, tail @ ..] => {
                    let end = tail.iter().position(|o| *o == Operand::Close).unwrap_or(tail.len());
                    if let (Some(low), Some(high)) = (low, high) {
                        for (offset, target) in (0u32..).zip(&tail[..end]) {
                            match low.checked_add(offset) {
                                Some(code) if code <= high => self.push_text(code, code, *target),
                                _ => break,
                            }
                        }
                    }
                    rest = tail.get(end + 1..).unwrap_or_default();
                }
                [target, tail @ ..] => {
                    if let (Some(low), Some(high)) = (low, high) {
                        self.push_text(low, high, *target);
                    }
                    rest = tail;
                }
                [] => break,
            }
        }
    }

    fn push_cid(&mut self, low: u32, high: u32, cid: f64) {
        if low <= high && (0.0..=f64::from(u32::MAX)).contains(&cid) && self.cids.len() < MAX_RANGES {
            self.cids.push(Range { low, high, to: cid as u32 });
        }
    }

    fn push_text(&mut self, low: u32, high: u32, target: Operand) {
        if low > high || self.texts.len() >= MAX_RANGES {
            return;
        }
        if let Operand::Hex(raw) = target
            && let Some((unit, 2)) = short(raw)
            && let Some(ch) = char::from_u32(unit)
        {
            self.texts.push(Range { low, high, to: Target::Char(u32::from(ch)) });
            return;
        }
        let text = match target {
            Operand::Hex(_) | Operand::Literal(_) => {
                let mut bytes = Vec::new();
                match target {
                    Operand::Hex(raw) => unhex(raw, &mut bytes),
                    Operand::Literal(raw) => super::super::strings::unescape_literal(raw, &mut bytes),
                    _ => {}
                }
                utf16(&bytes)
            }
            Operand::Name(name) => match super::super::font::glyph_name(name) {
                Some(Text::Char(ch)) => ch.to_string(),
                Some(Text::Several(text)) => text.into(),
                None => return,
            },
            _ => return,
        };
        let mut chars = text.chars();
        let to = match (chars.next(), chars.next()) {
            (None, _) => return,
            (Some(ch), None) => Target::Char(u32::from(ch)),
            _ => {
                self.strings.push(text.into());
                Target::String(self.strings.len() as u32 - 1)
            }
        };
        self.texts.push(Range { low, high, to });
    }
}

/// UTF-16BE; a single byte is a character of its own.
fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).flatten().take(MAX_TEXT).collect()
}

fn code_bytes(operand: Operand) -> Option<([u8; 4], u8)> {
    let Operand::Hex(raw) = operand else { return None };
    let (code, len) = short(raw)?;
    let mut out = [0; 4];
    out[..usize::from(len)].copy_from_slice(&code.to_be_bytes()[4 - usize::from(len)..]);
    Some((out, len))
}

fn code(operand: Operand) -> Option<u32> {
    let Operand::Hex(raw) = operand else { return None };
    short(raw).map(|(code, _)| code)
}

/// A hexadecimal string of one to four bytes as a number, and how many they are. As [`unhex`], without a buffer.
fn short(raw: &[u8]) -> Option<(u32, u8)> {
    let mut value = 0u32;
    let mut digits = 0u8;
    for &byte in raw {
        let digit = HEX[usize::from(byte)];
        if digit == NO_DIGIT {
            continue;
        }
        if digits == 8 {
            return None;
        }
        value = value << 4 | u32::from(digit);
        digits += 1;
    }
    if digits % 2 == 1 {
        value <<= 4;
        digits += 1;
    }
    (digits > 0).then_some((value, digits / 2))
}

/// The last range that starts at or before `code`, or one shortly before it, that holds `code`.
fn find<T>(ranges: &[Range<T>], code: u32) -> Option<&Range<T>> {
    let end = ranges.partition_point(|r| r.low <= code);
    ranges[..end].iter().rev().take(4).find(|r| code <= r.high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(map: &CMap, code: u32) -> String {
        match map.text(code) {
            None => String::new(),
            Some(Text::Char(ch)) => ch.to_string(),
            Some(Text::Several(text)) => text.into(),
        }
    }

    #[test]
    fn to_unicode_reads_characters_ranges_arrays_ligatures_and_surrogates() {
        let map = CMap::parse(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /WMode 1 def
            1 begincodespacerange <0000> <FFFF> endcodespacerange
            3 beginbfchar <0001> <0041> <0002> <00660069> <0003> <D842DFB7> endbfchar
            2 beginbfrange <0010> <0012> <3042> <0020><0022>[<0058> <00590059> <845BDB40DD00>] endbfrange
            1 begincidrange <0100> <01ff> 633 endcidrange endcmap end end",
        );
        assert_eq!(read(&map, 1), "A");
        assert_eq!(read(&map, 2), "fi");
        assert_eq!(read(&map, 3), "𠮷");
        assert_eq!(read(&map, 0x12), "\u{3044}");
        assert_eq!(read(&map, 0x20), "X");
        assert_eq!(read(&map, 0x21), "YY");
        assert_eq!(read(&map, 0x22), "葛", "variation selectors print nothing");
        assert_eq!(read(&map, 0x13), "");
        assert_eq!(map.cid(0x102), Some(635));
        assert_eq!(map.vertical, Some(true));
        assert_eq!(map.spaces.len(), 1);
    }

    #[test]
    fn of_codes_of_one_byte_no_others_are_held() {
        let data = b"3 beginbfrange <00> <7f> <0000> <0080> <0180> <0080> <0200> <ffff> <0200> endbfrange";
        let (all, few) = (CMap::parse(data), CMap::parse(data).of_bytes());
        assert!(few.weight() < all.weight());
        assert_eq!((read(&few, 0x41), read(&few, 0xff)), (read(&all, 0x41), read(&all, 0xff)));
        assert_eq!((read(&few, 0x300), read(&all, 0x300)), (String::new(), "\u{300}".to_owned()));
    }

    #[test]
    fn nonsense_gives_an_empty_map() {
        for data in [
            &b"beginbfchar <01> endbfchar"[..],
            b"1 2 endbfrange",
            b"<01> <02> [ endbfrange",
            b"<0102030405> <00> endbfchar",
        ] {
            assert!(CMap::parse(data).text(1).is_none());
        }
    }
}
