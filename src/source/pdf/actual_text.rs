//! `/ActualText`: what a stretch of glyphs says, whatever the glyphs themselves say.

use lopdf::{Dictionary, Document, Object};

use super::cmap::Text;
use super::content::Operand;
use super::object::get;
use super::strings::{unescape_literal, unhex};
use crate::geometry::Rect;
use crate::source::Glyph;

/// The replacement among the operands of `BDC`, written out there.
pub(super) fn inline(operands: &[Operand]) -> Option<String> {
    let at = operands.iter().position(|o| *o == Operand::Name(b"ActualText"))?;
    let mut bytes = Vec::new();
    match operands.get(at + 1)? {
        Operand::Literal(raw) => unescape_literal(raw, &mut bytes),
        Operand::Hex(raw) => unhex(raw, &mut bytes),
        _ => return None,
    }
    Some(text_string(&bytes))
}

/// The replacement in a property list of the resources.
pub(super) fn in_dict(doc: &Document, dict: &Dictionary) -> Option<String> {
    match get(doc, dict, b"ActualText")? {
        Object::String(bytes, _) => Some(text_string(bytes)),
        _ => None,
    }
}

/// A PDF text string: UTF-16 with its mark, UTF-8 with its mark, else one byte a character.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => encoding_rs::mem::decode_latin1(bytes).into_owned(),
    }
}

/// Puts `text` in the place of the glyphs from `start` on.
///
/// What the glyphs already say at the beginning and the end stays where it is; between, the characters are spread over the
/// glyphs that they replace: one to one where the counts agree, else in proportion.
pub(super) fn replace(glyphs: &mut Vec<Glyph>, start: usize, text: &str) {
    let old = &glyphs[start..];
    if old.is_empty() {
        return;
    }
    let chars: Vec<char> = match Text::clean(text) {
        None => Vec::new(),
        Some(Text::Char(ch)) => vec![ch],
        Some(Text::Several(text)) => text.chars().filter(|c| !matches!(c, '\r' | '\n' | '\u{200B}')).collect(),
    };
    let head = old.iter().zip(&chars).take_while(|(g, c)| g.ch == **c).count();
    let most = (old.len() - head).min(chars.len() - head);
    let tail = old.iter().rev().zip(chars.iter().rev()).take(most).take_while(|(g, c)| g.ch == **c).count();
    let (from, to) = (&old[head..old.len() - tail], &chars[head..chars.len() - tail]);

    let mut new = old[..head].to_vec();
    if from.is_empty() {
        // Characters that no glyph of their own shows: at the end of the glyph before, or the beginning of the next.
        let place = old.get(head.wrapping_sub(1)).or(old.get(head));
        new.extend(to.iter().filter_map(|&ch| Some(Glyph { ch, ..edge(place?, head > 0) })));
    } else {
        let (n, k) = (from.len(), to.len());
        for (index, &ch) in to.iter().enumerate() {
            let (first, end) = (index * n / k, ((index + 1) * n / k).max(index * n / k + 1));
            let mut glyph = Glyph { ch, ..from[first] };
            for other in &from[first..end.min(n)] {
                if same_line(&glyph, other) {
                    glyph.rect = glyph.rect.union(&other.rect);
                }
            }
            // Several characters may share one glyph: each gets its part.
            let sharing = |j: usize| k > n && j * n / k == first;
            let before = (0..index).rev().take_while(|&j| sharing(j)).count();
            let after = (index + 1..k).take_while(|&j| sharing(j)).count();
            if before + after > 0 {
                glyph.rect = part(&glyph, before, before + after + 1);
            }
            new.push(glyph);
        }
    }
    new.extend_from_slice(&old[old.len() - tail..]);
    glyphs.truncate(start);
    glyphs.append(&mut new);
}

fn same_line(a: &Glyph, b: &Glyph) -> bool {
    if a.vertical { (a.rect.x0 - b.rect.x0).abs() < a.size / 2.0 } else { (a.rect.y0 - b.rect.y0).abs() < a.size / 2.0 }
}

fn part(glyph: &Glyph, index: usize, of: usize) -> Rect {
    let Rect { x0, y0, x1, y1 } = glyph.rect;
    let at = |a: f32, b: f32, k: usize| a + (b - a) * k as f32 / of as f32;
    if glyph.vertical {
        Rect { x0, y0: at(y0, y1, index), x1, y1: at(y0, y1, index + 1) }
    } else {
        Rect { x0: at(x0, x1, index), y0, x1: at(x0, x1, index + 1), y1 }
    }
}

fn edge(glyph: &Glyph, end: bool) -> Glyph {
    let Rect { x0, y0, x1, y1 } = glyph.rect;
    let rect = match (glyph.vertical, end) {
        (false, true) => Rect { x0: x1, y0, x1, y1 },
        (false, false) => Rect { x0, y0, x1: x0, y1 },
        (true, true) => Rect { x0, y0: y1, x1, y1 },
        (true, false) => Rect { x0, y0, x1, y1: y0 },
    };
    Glyph { rect, ..*glyph }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Vec<Glyph> {
        let glyph = |(i, ch)| {
            let x = i as f32 * 10.0;
            Glyph { ch, rect: Rect::new(x, 0.0, x + 10.0, 10.0), size: 10.0, vertical: false, clip: 0 }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn after(glyphs: &str, text: &str) -> Vec<(char, f32, f32)> {
        let mut glyphs = line(glyphs);
        replace(&mut glyphs, 0, text);
        glyphs.iter().map(|g| (g.ch, g.rect.x0, g.rect.x1)).collect()
    }

    #[test]
    fn as_many_characters_as_glyphs_go_one_to_one() {
        assert_eq!(after("⽤\u{FFFD}", "用色"), [('用', 0.0, 10.0), ('色', 10.0, 20.0)]);
    }

    #[test]
    fn more_or_fewer_characters_share_the_extent() {
        assert_eq!(after("x", "ab"), [('a', 0.0, 5.0), ('b', 5.0, 10.0)]);
        assert_eq!(after("xyz", "a"), [('a', 0.0, 30.0)]);
        assert_eq!(after("株x会", "株式会"), [('株', 0.0, 10.0), ('式', 10.0, 20.0), ('会', 20.0, 30.0)]);
        assert_eq!(after("ab-", "ab"), [('a', 0.0, 10.0), ('b', 10.0, 20.0)]);
        assert_eq!(after("ab", ""), []);
    }

    #[test]
    fn strings_are_read_by_their_mark() {
        assert_eq!(text_string(b"\xfe\xff\x30\x00"), "\u{3000}");
        assert_eq!(text_string(b"\xef\xbb\xbf\xe7\x94\xa8"), "用");
        assert_eq!(text_string(b"A"), "A");
    }
}
