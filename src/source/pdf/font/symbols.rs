//! Fonts of pictures: what the codes of Symbol, ZapfDingbats and Wingdings show.
//!
//! Their codes are no letters, whatever a producer says of them: a bullet of Wingdings comes as `l`, as U+F06C or as nothing.

use super::super::cmap::Text;

/// A font whose codes have a meaning of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbols {
    Symbol,
    Dingbats,
    Wingdings,
    /// One of those whose pictures are not listed here.
    Other,
}

impl Symbols {
    /// By the font's name, with or without the mark of a subset.
    pub fn of(font: &str) -> Option<Symbols> {
        let name = font.split_once('+').map_or(font, |(_, name)| name);
        match name.split([',', '-']).next().unwrap_or_default() {
            "Symbol" | "SymbolMT" => Some(Symbols::Symbol),
            "ZapfDingbats" | "ZapfDingbatsITC" | "ITCZapfDingbats" | "ZaDb" => Some(Symbols::Dingbats),
            "Wingdings" => Some(Symbols::Wingdings),
            other if other.starts_with("Wingdings") || other == "Webdings" => Some(Symbols::Other),
            _ => None,
        }
    }

    /// What `code` shows; `None` for pictures that have no character.
    pub fn text(self, code: u8) -> Option<Text> {
        let ch = match self {
            Symbols::Symbol => symbol(code),
            Symbols::Dingbats => dingbat(code),
            Symbols::Wingdings => wingding(code),
            Symbols::Other => None,
        };
        ch.map(Text::Char)
    }

    /// The reading that a file gives; where it only repeats the code (as a letter, or in the private area), what that shows.
    pub fn mend(self, said: Text) -> Option<Text> {
        let Text::Char(ch) = said else { return Some(said) };
        let code = match u32::from(ch) {
            code @ 0xF020..=0xF0FF => code - 0xF000,
            // Of these fonts no letter is one.
            code @ 0x21..=0xFF if matches!(self, Symbols::Wingdings | Symbols::Other) => code,
            0xB7 if self == Symbols::Symbol => 0xB7,
            _ => return Some(said),
        };
        self.text(code as u8)
    }
}

/// The characters of `table`, which begins at `first`; a space is no character.
fn at(table: &str, first: u8, code: u8) -> Option<char> {
    table.chars().nth(usize::from(code.checked_sub(first)?)).filter(|&c| c != ' ')
}

/// Adobe's Symbol encoding.
fn symbol(code: u8) -> Option<char> {
    const LOW: &str = "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    const HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈… —↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";
    match code {
        0x20 => Some(' '),
        0xF1 => Some('〉'),
        0xF2 => Some('∫'),
        0..0xA0 => at(LOW, 0x21, code),
        _ => at(HIGH, 0xA0, code),
    }
}

/// ITC Zapf Dingbats, as Unicode's own table has it: most codes stand in one row.
fn dingbat(code: u8) -> Option<char> {
    let row = |first: u8, ch: u32| char::from_u32(ch + u32::from(code - first));
    match code {
        0x20 => Some(' '),
        0x25 => Some('☎'),
        0x2A => Some('☛'),
        0x2B => Some('☞'),
        0x48 => Some('★'),
        0x6C => Some('●'),
        0x6E => Some('■'),
        0x73 => Some('▲'),
        0x74 => Some('▼'),
        0x75 => Some('◆'),
        0x77 => Some('◗'),
        0x21..=0x7E => row(0x21, 0x2701),
        0xA1..=0xA7 => row(0xA1, 0x2761),
        0xA8..=0xAB => at("♣♦♥♠", 0xA8, code),
        0xAC..=0xB5 => row(0xAC, 0x2460),
        0xB6..=0xD4 => row(0xB6, 0x2776),
        0xD5..=0xD7 => at("→↔↕", 0xD5, code),
        0xD8..=0xEF | 0xF1..=0xFE => row(0xD8, 0x2798),
        _ => None,
    }
}

/// Wingdings: what documents use of it, in the characters that other fonts have for the same.
fn wingding(code: u8) -> Option<char> {
    match code {
        0x20 => Some(' '),
        0x81..=0x8A => char::from_u32(0x2460 + u32::from(code - 0x81)),
        0x8C..=0x95 => char::from_u32(0x2776 + u32::from(code - 0x8C)),
        _ => at(WINGDINGS, 0x20, code),
    }
}

/// From 0x20 on, sixteen codes a line.
const WINGDINGS: &str = concat!(
    "  ✂✁     ✆      ",
    "      ⌛       ✇✍",
    " ✌   ☜☞☝☟ ☺ ☹   ",
    " ✈☼ ❄ ✞ ✠✡☪☯ ☸♈♉",
    "♊♋♌♍♎♏♐♑♒♓  ●❍■□",
    "□❑❒⬧⧫◆❖⬥⌧ ⌘❀✿❝❞ ",
    "⓪          ⓿    ",
    "              ·•",
    " ○○○◉◎ ▪□ ✦★✶✴✹✵",
    " ⌖✧  ✪✰         ",
    "                ",
    "        ➢      ←",
    "→↑↓↖↗↙↘ ➔      ⇦",
    "⇨⇧⇩⬄⇳      ✗✓☒☑ ",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_read_by_their_codes() {
        let read = |set: Symbols, codes: &[u8]| -> String {
            codes.iter().map(|&c| if let Some(Text::Char(ch)) = set.text(c) { ch } else { '?' }).collect()
        };
        assert_eq!(read(Symbols::Symbol, b"aWm*"), "αΩμ∗");
        assert_eq!(read(Symbols::Symbol, &[0x7E, 0xA0, 0xA3, 0xAE, 0xB7, 0xB3, 0xC5, 0xD6, 0xE5, 0x60]), "∼€≤→•≥⊕√∑?");
        assert_eq!(read(Symbols::Dingbats, &[0x21, 0x33, 0x34, 0x47, 0x48, 0x49, 0x6F, 0x7E]), "✁✓✔✧★✩❏❞");
        assert_eq!(read(Symbols::Dingbats, &[0xAC, 0xB6, 0xD4, 0xD5, 0xE4, 0xFE, 0xF0]), "①❶➔→➤➾?");
        assert_eq!(read(Symbols::Wingdings, b"lnoquv"), "●■□❑◆❖");
        assert_eq!(read(Symbols::Wingdings, &[0x81, 0x8A, 0x8C, 0x9F, 0xA1, 0xA7, 0xA8, 0xAB]), "①⑩❶•○▪□★");
        assert_eq!(read(Symbols::Wingdings, &[0xD8, 0xDF, 0xE0, 0xE8, 0xEF, 0xF0, 0xFB, 0xFC, 0xFE]), "➢←→➔⇦⇨✗✓☑");
        assert_eq!(read(Symbols::Wingdings, b"\"6>?ZJL^i"), "✂⌛✇✍☪☺☹♈♓");
    }

    #[test]
    fn a_reading_that_repeats_the_code_is_mended_and_any_other_kept() {
        let mend = |name: &str, ch: char| match Symbols::of(name).and_then(|set| set.mend(Text::Char(ch))) {
            Some(Text::Char(ch)) => ch,
            _ => '?',
        };
        assert_eq!(mend("ABCDEF+Wingdings-Regular", 'Ø'), '➢');
        assert_eq!(mend("Wingdings", '\u{F0FC}'), '✓');
        assert_eq!(mend("Wingdings", '●'), '●');
        assert_eq!(mend("SymbolMT", '\u{B7}'), '•');
        assert_eq!(mend("Symbol", 'a'), 'a', "its letters are told rightly, as a rule");
        assert_eq!(mend("Wingdings", '\u{F04D}'), '?', "a bomb is no character that documents have");
        assert_eq!(mend("Wingdings2", 'P'), '?');
        assert_eq!(mend("Webdings", '☎'), '☎');
        for other in ["SegoeUISymbol", "MS-Mincho", "OpenSymbol"] {
            assert_eq!(Symbols::of(other), None, "{other}");
        }
    }
}
