//! Character collections: what a CID of Adobe-Japan1 and its siblings stands for.

use std::sync::OnceLock;

use encoding_rs::SHIFT_JIS;
use hayro_cmap::{BfString, CMap, CidFamily, load_embedded};

use super::{Text, predefined};

/// CIDs of Adobe-Japan1-7 end below this.
const JAPAN1_CIDS: u32 = 23_060;

/// The collections whose CIDs have a meaning outside their font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Collection {
    Japan1,
    Gb1,
    Cns1,
    Korea1,
}

impl Collection {
    pub fn named(registry: &[u8], ordering: &[u8]) -> Option<Collection> {
        match (registry, ordering) {
            (b"Adobe", b"Japan1") => Some(Collection::Japan1),
            (b"Adobe", b"GB1") => Some(Collection::Gb1),
            (b"Adobe", b"CNS1") => Some(Collection::Cns1),
            (b"Adobe", b"Korea1") => Some(Collection::Korea1),
            _ => None,
        }
    }

    pub fn text(self, cid: u32) -> Option<Text> {
        match self {
            Collection::Japan1 => japan1().get(cid as usize)?.clone(),
            other => other.table()?.lookup_bf_string(cid).and_then(text_of),
        }
    }

    fn table(self) -> Option<&'static CMap> {
        static TABLES: [OnceLock<Option<CMap>>; 4] = [const { OnceLock::new() }; 4];
        let (slot, family) = match self {
            Collection::Japan1 => (0, CidFamily::AdobeJapan1),
            Collection::Gb1 => (1, CidFamily::AdobeGB1),
            Collection::Cns1 => (2, CidFamily::AdobeCNS1),
            Collection::Korea1 => (3, CidFamily::AdobeKorea1),
        };
        TABLES[slot].get_or_init(|| CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)).as_ref()
    }
}

fn text_of(found: BfString) -> Option<Text> {
    match found {
        BfString::Char(ch) => Text::clean_char(ch),
        BfString::String(text) => Text::clean(&text),
    }
}

/// Adobe-Japan1 as a flat table. Where the character sets allow two readings (〜 or ～, ― or —), Windows-31J decides,
/// since that is the character set of the machines that the documents were written on.
fn japan1() -> &'static [Option<Text>] {
    static TABLE: OnceLock<Box<[Option<Text>]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let base = Collection::Japan1.table();
        let mut table: Box<[Option<Text>]> =
            (0..JAPAN1_CIDS).map(|cid| base?.lookup_bf_string(cid).and_then(text_of)).collect();
        let (Some(across), Some(down)) = (predefined(b"90ms-RKSJ-H"), predefined(b"90ms-RKSJ-V")) else { return table };
        let mut decided = vec![false; table.len()];
        let mut decide = |cid: Option<u32>, ch: char| {
            let Some(cid) = cid.map(|cid| cid as usize) else { return };
            if decided.get(cid) == Some(&false) {
                decided[cid] = true;
                table[cid] = Some(Text::Char(ch));
            }
        };
        // 5C stays what it prints, a yen sign; the others are ASCII.
        for byte in (0x20..=0x7eu8).filter(|&byte| byte != 0x5c) {
            decide(across.cid(u32::from(byte), 1), char::from(byte));
        }
        let leads = (0x81..=0x9fu8).chain(0xe0..=0xfc);
        let pairs: Vec<[u8; 2]> = leads.flat_map(|lead| (0x40..=0xfcu8).map(move |trail| [lead, trail])).collect();
        for cmap in [across, down] {
            for pair in &pairs {
                let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(pair) else { continue };
                let mut chars = text.chars();
                if let (Some(ch), None) = (chars.next(), chars.next()) {
                    decide(cmap.cid(u32::from(u16::from_be_bytes(*pair)), 2), ch);
                }
            }
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_31j_decides_between_two_readings() {
        let read = |code: u16| {
            let cid = predefined(b"H").unwrap().cid(u32::from(code), 2).unwrap();
            Collection::Japan1.text(cid)
        };
        assert_eq!(read(0x2141), Some(Text::Char('～')));
        assert_eq!(read(0x213D), Some(Text::Char('―')));
        assert_eq!(read(0x215D), Some(Text::Char('－')));
        assert_eq!(read(0x2142), Some(Text::Char('∥')));
        assert_eq!(read(0x4D4D), Some(Text::Char('様')));
    }

    #[test]
    fn half_width_and_vertical_forms_say_the_same_as_the_ordinary_ones() {
        let read = |name: &[u8], code: u32, len| Collection::Japan1.text(predefined(name).unwrap().cid(code, len)?);
        for (code, ch) in [(b' ', ' '), (b'A', 'A'), (b'|', '|'), (b'~', '~'), (b'\\', '¥'), (0xb1, 'ｱ')] {
            assert_eq!(read(b"90ms-RKSJ-H", u32::from(code), 1), Some(Text::Char(ch)));
        }
        assert_eq!(read(b"90ms-RKSJ-V", 0x8160, 2), Some(Text::Char('～')));
        assert_eq!(read(b"90ms-RKSJ-V", 0x8169, 2), Some(Text::Char('（')));
        assert_eq!(read(b"90ms-RKSJ-V", 0x815B, 2), Some(Text::Char('ー')));
    }

    #[test]
    fn unknown_collections_and_cids_say_nothing() {
        assert_eq!(Collection::named(b"Adobe", b"Identity"), None);
        assert_eq!(Collection::Japan1.text(1_000_000), None);
    }
}
