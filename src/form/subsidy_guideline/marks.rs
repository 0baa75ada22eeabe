//! How a row begins: 第N条, a paragraph's number, an item's number, a heading. Folded characters in, no context.

use crate::normalize::numeral::kanji_digit;

/// 第N条 or 第N条のM at the start of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub number: u32,
    pub branch: Option<u32>,
    /// Characters that it takes.
    pub end: usize,
    /// White space, a bracket or the row's end parts it from what follows.
    pub apart: bool,
}

/// The kinds of marks of 号 and of what they are divided into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(1)`
    Bracket,
    /// `1)`
    HalfBracket,
    /// `①`
    Circle,
    /// `一`
    Kanji,
    /// `ア`
    Kana,
    /// `(ア)`
    BracketKana,
    /// `1.`
    Dot,
    /// `1`, a number alone: of a 項 elsewhere
    Plain,
}

/// The mark of an item at the start of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: Kind,
    pub number: u32,
    /// Characters that it takes.
    pub end: usize,
}

const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

/// Skips white space from `at` on.
pub(super) fn skip(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    at
}

/// A number of up to four digits, or a kanji number below 100, spaces before and between digits' end skipped.
pub(super) fn number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let at = skip(chars, at);
    let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        let value: String = chars[at..at + digits].iter().collect();
        return (digits <= 4).then(|| value.parse().ok().map(|n| (n, at + digits))).flatten();
    }
    kanji(chars, at)
}

/// `十二`, `三`: below 100.
pub(super) fn kanji(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digit = |i: usize| chars.get(i).and_then(|c| kanji_digit(*c)).filter(|d| *d > 0);
    match (digit(at), chars.get(at), chars.get(at + 1)) {
        (Some(tens), _, Some('十')) => {
            Some(digit(at + 2).map_or((tens * 10, at + 2), |ones| (tens * 10 + ones, at + 3)))
        }
        (Some(one), ..) => Some((one, at + 1)),
        (None, Some('十'), _) => Some(digit(at + 1).map_or((10, at + 1), |ones| (10 + ones, at + 2))),
        _ => None,
    }
}

/// 第N条, 第N条のM.
pub(super) fn head(chars: &[char]) -> Option<Head> {
    let at = skip(chars, 0);
    (chars.get(at) == Some(&'第')).then_some(())?;
    let (value, at) = number(chars, at + 1)?;
    let at = skip(chars, at);
    (chars.get(at) == Some(&'条')).then_some(())?;
    let mut end = at + 1;
    let mut branch = None;
    if chars.get(end) == Some(&'の')
        && let Some((n, after)) = number(chars, end + 1)
        // 第５条の１か月前
        && (chars[after..].starts_with(&['か', 'ら'])
            || chars.get(after).is_none_or(|c| c.is_whitespace() || *c == '(' || !is_counter(*c)))
    {
        (branch, end) = (Some(n), after);
    }
    let apart = chars.get(end).is_none_or(|c| c.is_whitespace() || closer(*c).is_some());
    Some(Head { number: value, branch, end, apart })
}

/// The number of a 項 at the start of a row: its value, the characters that it takes, and whether white space follows.
pub(super) fn paragraph(chars: &[char]) -> Option<(u32, usize, bool)> {
    let at = skip(chars, 0);
    if !chars.get(at)?.is_ascii_digit() {
        return None;
    }
    let (value, end) = number(chars, at)?;
    let next = chars.get(end)?;
    let apart = next.is_whitespace();
    // 2名, 3月, 1,000円, 2以上: a number within a sentence.
    if !apart && (is_counter(*next) || next.is_ascii()) {
        return None;
    }
    (value < 100).then_some((value, end, apart))
}

/// What makes the number before it part of a sentence.
pub(super) fn is_counter(c: char) -> bool {
    "年月日回件号条項円人以つか個社者割%箇ヶ週分点倍次名都道府県の、,.・〜-/".contains(c)
}

/// The mark of a 号 or of a part of it.
pub(super) fn mark(chars: &[char]) -> Option<Mark> {
    let at = skip(chars, 0);
    let first = *chars.get(at)?;
    let apart = |end: usize| chars.get(end).is_some_and(|c| c.is_whitespace());
    if let Some(n) = circled(first) {
        return Some(Mark { kind: Kind::Circle, number: n, end: at + 1 });
    }
    if first == '(' {
        let inner = skip(chars, at + 1);
        let (kind, (number, end)) = match KANA.chars().position(|k| Some(&k) == chars.get(inner)) {
            Some(n) => (Kind::BracketKana, (n as u32 + 1, inner + 1)),
            None => (Kind::Bracket, number(chars, inner)?),
        };
        let end = skip(chars, end);
        return (chars.get(end) == Some(&')')).then_some(Mark { kind, number, end: end + 1 });
    }
    if first.is_ascii_digit() {
        let (number, end) = number(chars, at)?;
        return (chars.get(end) == Some(&')')).then_some(Mark { kind: Kind::HalfBracket, number, end: end + 1 });
    }
    if let Some((number, end)) = kanji(chars, at) {
        return apart(end).then_some(Mark { kind: Kind::Kanji, number, end });
    }
    let kana = KANA.chars().position(|k| k == first)?;
    apart(at + 1).then_some(Mark { kind: Kind::Kana, number: kana as u32 + 1, end: at + 1 })
}

/// `1.` before a word.
pub(super) fn dotted(chars: &[char]) -> Option<Mark> {
    let at = skip(chars, 0);
    chars.get(at).filter(|c| c.is_ascii_digit())?;
    let (number, end) = number(chars, at)?;
    let next = chars.get(skip(chars, end + 1))?;
    let dot = matches!(chars.get(end), Some('.' | '．'));
    (dot && number < 100 && !next.is_ascii_digit()).then_some(Mark { kind: Kind::Dot, number, end: end + 1 })
}

/// `1　語`
pub(super) fn plain(chars: &[char]) -> Option<Mark> {
    let (number, end, apart) = paragraph(chars)?;
    let counts = chars.get(skip(chars, end)).is_some_and(|c| is_counter(*c));
    (apart && !counts).then_some(Mark { kind: Kind::Plain, number, end })
}

/// `(2)及び(3) 削除`: the last number of several marks, and where they end.
pub(super) fn deleted(chars: &[char], first: Mark) -> Option<(u32, usize)> {
    let (mut last, mut end) = (first.number, first.end);
    loop {
        let at = skip(chars, end);
        let rest: String = chars[at..].iter().collect();
        let Some(link) = LINKS.iter().find(|link| rest.starts_with(**link)) else { break };
        let from = at + link.chars().count();
        let next = mark(&chars[from..]).filter(|next| next.kind == first.kind && next.number > last)?;
        (last, end) = (next.number, from + next.end);
    }
    let rest: String = chars[end..].iter().filter(|c| !c.is_whitespace()).collect();
    let rest = rest.strip_prefix("まで").unwrap_or(&rest);
    (last > first.number && rest.trim_end_matches('。').trim_matches(['(', ')']) == "削除").then_some((last, end))
}

/// What joins the numbers of what is left out together.
pub(super) const LINKS: [&str; 6] = ["及び", "から", "並びに", "〜", "、", "・"];

fn circled(c: char) -> Option<u32> {
    match c {
        '①'..='⑳' => Some(u32::from(c) - u32::from('①') + 1),
        '㉑'..='㉟' => Some(u32::from(c) - u32::from('㉑') + 21),
        _ => None,
    }
}

/// The sign that closes the bracket which `open` opens.
pub(super) fn closer(open: char) -> Option<char> {
    const PAIRS: [(char, char); 7] =
        [('(', ')'), ('[', ']'), ('〔', '〕'), ('【', '】'), ('<', '>'), ('〈', '〉'), ('《', '》')];
    PAIRS.iter().find(|p| p.0 == open).map(|p| p.1)
}

/// The end of the bracket that opens at `open`, behind its closing sign.
pub(super) fn closing(chars: &[char], open: usize) -> Option<usize> {
    let begin = *chars.get(open)?;
    let end = closer(begin)?;
    let mut depth = 0usize;
    for (i, c) in chars.iter().enumerate().skip(open) {
        if *c == begin {
            depth += 1;
        } else if *c == end {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(i + 1);
            }
        }
    }
    None
}

/// Is the row one bracket and nothing else, as the caption of an article is?
pub(super) fn is_caption(chars: &[char]) -> bool {
    let at = skip(chars, 0);
    if chars.get(at).is_none_or(|c| closer(*c).is_none())
        || chars.len() > 80
        || mark(chars).is_some()
        || chars.contains(&'。')
    {
        return false;
    }
    closing(chars, at).is_some_and(|end| skip(chars, end) >= chars.len() && end - at > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(s: &str) -> Vec<char> {
        crate::normalize::fold::fold(s).chars().collect()
    }

    #[test]
    fn heads() {
        let head = |s: &str| head(&chars(s)).map(|h| (h.number, h.branch, h.end, h.apart));
        assert_eq!(head("第１条 この"), Some((1, None, 3, true)));
        assert_eq!(head("第 10 条　この"), Some((10, None, 6, true)));
        assert_eq!(head("第８条の２　この"), Some((8, Some(2), 5, true)));
        assert_eq!(head("第十二条　この"), Some((12, None, 4, true)));
        assert_eq!(head("第７条に基づく"), Some((7, None, 3, false)));
        assert_eq!(head("第７条の規定"), Some((7, None, 3, false)));
        assert_eq!(head("第７条(目的)"), Some((7, None, 3, true)));
        assert_eq!(head("第３項の"), None);
        assert_eq!(head("第"), None);
    }

    #[test]
    fn paragraphs() {
        let paragraph = |s: &str| paragraph(&chars(s));
        assert_eq!(paragraph("２　前項の"), Some((2, 1, true)));
        assert_eq!(paragraph("２前項の"), Some((2, 1, false)));
        for sentence in ["２年以内に", "１０％", "３，０００円", "第２項", "２以上の", "２", "120 件"]
        {
            assert_eq!(paragraph(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn items() {
        let mark = |s: &str| mark(&chars(s)).map(|m| (m.kind, m.number, m.end));
        assert_eq!(mark("（１） 語"), Some((Kind::Bracket, 1, 3)));
        assert_eq!(mark("(12)語"), Some((Kind::Bracket, 12, 4)));
        assert_eq!(mark("（一）語"), Some((Kind::Bracket, 1, 3)));
        assert_eq!(mark("（イ）語"), Some((Kind::BracketKana, 2, 3)));
        assert_eq!(mark("② 語"), Some((Kind::Circle, 2, 1)));
        assert_eq!(mark("３）語"), Some((Kind::HalfBracket, 3, 2)));
        assert_eq!(mark("二　語"), Some((Kind::Kanji, 2, 1)));
        assert_eq!(mark("ウ　語"), Some((Kind::Kana, 3, 1)));
        for sentence in ["（目的）", "二以上の", "イベント", "（以下", "１ 語", "アイ"] {
            assert_eq!(mark(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn captions() {
        for caption in ["（通則）", "（中止（廃止）の申請）", " (目的) ", "【目的】", "〔目的〕"]
        {
            assert!(is_caption(&chars(caption)), "{caption}");
        }
        for other in ["（廃止）申請書（別紙）", "（１）", "（以下「県」という。）", "（目的", "目的", "（）"]
        {
            assert!(!is_caption(&chars(other)), "{other}");
        }
    }
}
