//! The signs that begin a paragraph or an item of a list, and how deep they stand.

/// What kind of sign it is. The order is that of nesting, as printed lists use them: the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// `■ □ ◆ ◇`
    Section,
    /// `○ 〇 ◯ ● ◎ ◉`
    Circle,
    /// `・ • ▪ ◦`
    Dot,
    /// `▸ ‣ ▶ ▷ ► ▹ ➢ ➤ → ⇒`
    Arrow,
    /// `※`: a remark on what stands before it
    Note,
}

/// A bullet at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bullet {
    pub mark: Mark,
    pub sign: char,
    /// Characters of the line that are not yet text: the indent, the sign and the spaces behind it.
    pub chars: usize,
}

/// The bullet that a printed line begins with, behind its indent.
///
/// The numeral zero `〇` serves for the circle `○`; see [`begins_number`].
pub fn bullet(line: &str) -> Option<Bullet> {
    let (at, sign) = line.chars().enumerate().find(|(_, c)| !c.is_whitespace())?;
    let mark = mark(sign)?;
    if begins_number(line.trim_start()) {
        return None;
    }
    let spaces = line.chars().skip(at + 1).take_while(|c| c.is_whitespace()).count();
    Some(Bullet { mark, sign, chars: at + 1 + spaces })
}

/// A zero `〇` that begins a number (`〇・五`, `〇一二`), not a list: `〇三者の協議` does not.
pub fn begins_number(text: &str) -> bool {
    let mut chars = text.chars();
    let digit = |c: Option<char>| c.is_some_and(|c| "〇一二三四五六七八九".contains(c));
    chars.next() == Some('〇')
        && match chars.next() {
            Some('・' | '.' | '．') => digit(chars.next()),
            first => digit(first) && digit(chars.next()),
        }
}

/// The kind of a sign, wherever it stands.
pub fn mark(sign: char) -> Option<Mark> {
    Some(match sign {
        '■' | '□' | '◆' | '◇' => Mark::Section,
        '○' | '〇' | '◯' | '●' | '◎' | '◉' | '⚪' | '⭕' => Mark::Circle,
        '・' | '･' | '‧' | '•' | '▪' | '◦' | '∙' => Mark::Dot,
        '▸' | '‣' | '▶' | '▷' | '►' | '▹' | '➢' | '➤' | '→' | '⇒' => Mark::Arrow,
        '※' => Mark::Note,
        _ => return None,
    })
}

/// The words of a line that is nothing but a heading in brackets: `【参考】`, `《主な意見》`, `<推移>`, `〈推移〉`, `≪推移≫`.
pub fn bracketed(line: &str) -> Option<&str> {
    const PAIRS: [(char, char); 6] = [('【', '】'), ('《', '》'), ('<', '>'), ('＜', '＞'), ('〈', '〉'), ('≪', '≫')];
    let line = line.trim();
    let (open, close) = PAIRS.into_iter().find(|&(open, _)| line.starts_with(open))?;
    let words = line.strip_prefix(open)?.strip_suffix(close)?.trim();
    (!words.is_empty() && !words.contains([open, close])).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bullet_is_told_with_its_indent_and_its_space() {
        let found = |line| bullet(line).map(|b| (b.mark, b.sign, b.chars));
        assert_eq!(found("○ 植樹祭"), Some((Mark::Circle, '○', 2)));
        assert_eq!(found("　・苗木"), Some((Mark::Dot, '・', 2)));
        assert_eq!(found("‣定款"), Some((Mark::Arrow, '‣', 1)));
        assert_eq!(found("苗木・肥料"), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn a_zero_that_begins_a_number_is_no_bullet() {
        assert_eq!(bullet("〇植樹祭").map(|b| b.mark), Some(Mark::Circle));
        assert_eq!(bullet("〇三者の協議").map(|b| b.mark), Some(Mark::Circle));
        assert_eq!(bullet("〇・五"), None);
        assert_eq!(bullet("〇一二"), None);
    }

    #[test]
    fn a_heading_is_the_whole_line() {
        assert_eq!(bracketed("【参考】"), Some("参考"));
        assert_eq!(bracketed(" <相談の推移> "), Some("相談の推移"));
        assert_eq!(bracketed("【参考】相談の推移"), None);
        assert_eq!(bracketed("【】"), None);
        assert_eq!(bracketed("<甲><乙>"), None);
    }

    proptest! {
        #[test]
        fn no_line_panics(line in any::<String>()) {
            if let Some(b) = bullet(&line) {
                prop_assert!(b.chars <= line.chars().count());
            }
            let _ = bracketed(&line);
        }
    }
}
