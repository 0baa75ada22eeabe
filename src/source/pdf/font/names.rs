//! Glyph names → characters, and the encodings that simple fonts name.

use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object};

use super::super::cmap::Text;

/// The character of a glyph name by the rules of the Adobe Glyph List: listed names, `uniXXXX`, `uXXXXXX`, parts joined by `_`,
/// what follows a `.` left out.
pub(in super::super) fn glyph_name(name: &[u8]) -> Option<Text> {
    let name = name.split(|&b| b == b'.').next().filter(|n| !n.is_empty())?;
    if name.contains(&b'_') {
        let mut text = String::new();
        for part in name.split(|&b| b == b'_') {
            text.push_str(&component(part)?);
        }
        return Text::clean(&text);
    }
    Text::clean(&component(name)?)
}

fn component(name: &[u8]) -> Option<String> {
    if let [ch] = name
        && ch.is_ascii_alphabetic()
    {
        return Some(char::from(*ch).to_string());
    }
    if let Some(hex) = name.strip_prefix(b"uni")
        && hex.len() >= 4
        && hex.len().is_multiple_of(4)
        && let Some(text) = hex.chunks(4).map(scalar).collect::<Option<String>>()
    {
        return Some(text);
    }
    if let Some(hex) = name.strip_prefix(b"u")
        && (4..=6).contains(&hex.len())
        && let Some(ch) = scalar(hex)
    {
        return Some(ch.to_string());
    }
    listed(name)
}

fn scalar(hex: &[u8]) -> Option<char> {
    if !hex.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    char::from_u32(u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?)
}

/// Names such as `g12`, `cid345`, `glyph6` only number the glyphs; the list need not be asked.
fn is_number(name: &[u8]) -> bool {
    let letters = name.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (stem, rest) = name.split_at(letters);
    !rest.is_empty() && rest.iter().all(u8::is_ascii_digit) && !matches!(stem, b"afii" | b"H" | b"SF")
}

/// The list itself is `lopdf`'s, asked by way of an encoding that holds the one name.
fn listed(name: &[u8]) -> Option<String> {
    if is_number(name) || name.len() > 40 {
        return None;
    }
    let mut encoding = Dictionary::new();
    encoding.set("Differences", vec![Object::Integer(1), Object::Name(name.to_vec())]);
    decode(Object::Dictionary(encoding), &[1]).filter(|text| !text.is_empty())
}

fn decode(encoding: Object, bytes: &[u8]) -> Option<String> {
    let doc = Document::new();
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    let known = font.get_font_encoding(&doc).ok()?;
    // A name that is not on the list leaves the standard encoding in its place, which has nothing at code 1.
    Document::decode_text(&known, bytes).ok()
}

/// The 256 characters of a named encoding; the standard one for any other name.
pub(super) fn named_encoding(name: &[u8]) -> &'static [Option<Text>] {
    static KNOWN: [OnceLock<Vec<Option<Text>>>; 4] = [const { OnceLock::new() }; 4];
    const NAMES: [&[u8]; 4] = [b"StandardEncoding", b"WinAnsiEncoding", b"MacRomanEncoding", b"MacExpertEncoding"];
    let at = NAMES.iter().position(|known| *known == name).unwrap_or(0);
    KNOWN[at].get_or_init(|| read_encoding(NAMES[at]))
}

fn read_encoding(name: &[u8]) -> Vec<Option<Text>> {
    let doc = Document::new();
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", Object::Name(name.to_vec()));
    let Ok(known) = font.get_font_encoding(&doc) else { return vec![None; 256] };
    (0..=255u8).map(|code| Text::clean(&Document::decode_text(&known, &[code]).ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> String {
        match glyph_name(name.as_bytes()) {
            None => String::new(),
            Some(Text::Char(ch)) => ch.to_string(),
            Some(Text::Several(text)) => text.into(),
        }
    }

    #[test]
    fn names_are_read_as_the_glyph_list_says() {
        for (name, text) in [
            ("A", "A"),
            ("hyphen", "-"),
            ("Euro", "€"),
            ("one.oldstyle", "1"),
            ("f_i", "fi"),
            ("uni3042", "あ"),
            ("u20BB7", "𠮷"),
            ("uni30423044", "あい"),
            ("ahiragana", "あ"),
            ("g123", ""),
            (".notdef", ""),
            ("cid00123", ""),
        ] {
            assert_eq!(read(name), text, "{name}");
        }
    }

    #[test]
    fn named_encodings_have_their_characters() {
        let windows = named_encoding(b"WinAnsiEncoding");
        assert_eq!(windows[0x80], Some(Text::Char('€')));
        assert_eq!(windows[0x41], Some(Text::Char('A')));
        let standard = named_encoding(b"Nonsense");
        assert_eq!(standard[0x27], Some(Text::Char('’')));
    }
}
