//! The CMaps that every PDF reader is expected to know by name.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use hayro_cmap::{CMapName, load_embedded};

use super::{Coding, Text};

/// A CMap known by name.
pub(in super::super) struct Predefined {
    pub coding: Coding,
    pub vertical: bool,
    /// The code itself is Unicode (`Uni…`), so no table can tell better.
    unicode: bool,
    kind: Kind,
    /// Of a vertical CMap its horizontal sibling: vertical forms say the same as the ordinary ones.
    horizontal: Option<Arc<Predefined>>,
}

enum Kind {
    Identity,
    Table(Box<hayro_cmap::CMap>),
    /// Not in the tables, but its codes are Unicode: CIDs by way of UTF-16.
    ByUnicode(Arc<Predefined>),
}

impl Predefined {
    /// `Identity-H` or `-V`: codes are CIDs.
    pub fn is_identity(&self) -> bool {
        matches!(self.kind, Kind::Identity)
    }

    pub fn cid(&self, code: u32, len: usize) -> Option<u32> {
        match &self.kind {
            Kind::Identity => Some(code),
            Kind::Table(cmap) => cmap.lookup_cid_code(code, len as u8),
            Kind::ByUnicode(utf16) => {
                let ch = self.char_of(code, len)?;
                let mut units = [0; 2];
                match ch.encode_utf16(&mut units) {
                    [unit] => utf16.cid(u32::from(*unit), 2),
                    [high, low] => utf16.cid(u32::from(*high) << 16 | u32::from(*low), 4),
                    _ => None,
                }
            }
        }
    }

    /// The CID whose meaning is that of the code: the horizontal form's.
    pub fn meaning(&self, code: u32, len: usize) -> Option<u32> {
        match &self.horizontal {
            Some(horizontal) => horizontal.cid(code, len),
            None => self.cid(code, len),
        }
    }

    /// What the code itself says, where codes are Unicode.
    pub fn text(&self, code: u32, len: usize) -> Option<Text> {
        if !self.unicode {
            return None;
        }
        Text::clean_char(self.char_of(code, len)?)
    }

    fn char_of(&self, code: u32, len: usize) -> Option<char> {
        match self.coding {
            Coding::Utf8 => {
                let bytes = code.to_be_bytes();
                std::str::from_utf8(bytes.get(4usize.checked_sub(len)?..)?).ok()?.chars().next()
            }
            Coding::Utf16 if len == 4 => char::decode_utf16([(code >> 16) as u16, code as u16]).next()?.ok(),
            _ => char::from_u32(code),
        }
    }
}

/// The predefined CMap of that name; tables are read once for the whole program.
pub(in super::super) fn predefined(name: &[u8]) -> Option<Arc<Predefined>> {
    static KNOWN: Mutex<Option<HashMap<Vec<u8>, Arc<Predefined>>>> = Mutex::new(None);
    let known =
        |table: &mut Option<HashMap<Vec<u8>, Arc<Predefined>>>| table.get_or_insert_default().get(name).cloned();
    if let Some(found) = known(&mut KNOWN.lock().unwrap_or_else(|e| e.into_inner())) {
        return Some(found);
    }
    let made = Arc::new(make(name)?);
    let mut table = KNOWN.lock().unwrap_or_else(|e| e.into_inner());
    Some(table.get_or_insert_default().entry(name.to_vec()).or_insert(made).clone())
}

fn make(name: &[u8]) -> Option<Predefined> {
    let text = std::str::from_utf8(name).ok()?;
    let vertical = text == "V" || text.ends_with("-V");
    if let "Identity-H" | "Identity-V" = text {
        return Some(Predefined {
            coding: Coding::Two,
            vertical,
            unicode: false,
            kind: Kind::Identity,
            horizontal: None,
        });
    }
    let unicode = text.starts_with("Uni");
    let coding = coding_of(text, unicode);
    let kind = match CMapName::from_bytes(name) {
        CMapName::Custom(_) => {
            // UniJIS2004-UTF16, UniJISX0213-UTF32, UniJIS-UTF8, UniJIS-UTF32 and their like for other languages.
            let family = ["UniJIS", "UniGB", "UniCNS", "UniKS"].into_iter().find(|f| text.starts_with(f))?;
            if !text.contains("-UTF") && !text.contains("-UCS2") {
                return None;
            }
            let utf16 = format!("{family}-UTF16-{}", if vertical { "V" } else { "H" });
            Kind::ByUnicode(predefined(utf16.as_bytes())?)
        }
        known => Kind::Table(Box::new(hayro_cmap::CMap::parse(load_embedded(known)?, load_embedded)?)),
    };
    let horizontal = match text.strip_suffix('V') {
        Some(stem) if vertical && !unicode => predefined(format!("{stem}H").as_bytes()),
        _ => None,
    };
    Some(Predefined { coding, vertical, unicode, kind, horizontal })
}

fn coding_of(name: &str, unicode: bool) -> Coding {
    if unicode {
        return if name.contains("UTF8") {
            Coding::Utf8
        } else if name.contains("UTF32") {
            Coding::Utf32
        } else if name.contains("UTF16") {
            Coding::Utf16
        } else {
            Coding::Two
        };
    }
    match name {
        "H" | "V" => Coding::Two,
        n if n.contains("RKSJ") => Coding::Rksj,
        n if n.starts_with("CNS-EUC") => Coding::EucCns,
        n if n.starts_with("GBK2K") => Coding::Gb18030,
        _ => Coding::LeadPair,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_japanese_cmap_of_the_standard_is_known() {
        let names = "83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V \
            Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H UniJIS-UTF16-V \
            UniJIS2004-UTF16-H UniJIS2004-UTF16-V UniJISX0213-UTF32-H UniJISX0213-UTF32-V UniJIS-UTF8-H UniJIS-UTF8-V \
            UniJIS-UTF32-H UniJIS-UTF32-V UniJIS2004-UTF32-H Identity-H Identity-V";
        for name in names.split_whitespace() {
            let map = predefined(name.as_bytes()).unwrap_or_else(|| panic!("{name} is not known"));
            assert_eq!(map.vertical, name.ends_with('V'), "{name}");
        }
        assert!(predefined(b"Nothing-H").is_none());
    }

    #[test]
    fn codes_that_are_unicode_are_read_as_such() {
        let utf32 = predefined(b"UniJISX0213-UTF32-H").unwrap();
        assert_eq!(utf32.text(0x20BB7, 4), Some(Text::Char('𠮷')));
        let utf8 = predefined(b"UniJIS-UTF8-H").unwrap();
        assert_eq!(utf8.text(0xE6A798, 3), Some(Text::Char('様')));
        assert_eq!(utf8.cid(0xE6A798, 3), predefined(b"UniJIS-UTF16-H").unwrap().cid(0x69D8, 2));
        let utf16 = predefined(b"UniJIS2004-UTF16-H").unwrap();
        assert_eq!(utf16.text(0xD842DFB7, 4), Some(Text::Char('𠮷')));
    }
}
