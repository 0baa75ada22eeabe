//! Printed numerals → decimals: `1,234.5`, `１，８３０`, `二千二百`, `二〇二二`, `〇・五`, `壱百弐拾`, `4,404 億 2,661 万 9 千`.
//!
//! A numeral is read whole or not at all: `1,23` and `三十二十` are nobody's number and give `None`, never a guess. All
//! arithmetic is exact and checked; what does not fit a [`Decimal`] is `None`.

use rust_decimal::Decimal;

/// The number that the whole string prints, outer white space aside. No sign: see [`super::dash::split_sign`].
pub fn parse(s: &str) -> Option<Decimal> {
    let s = s.trim();
    let (tokens, end) = scan(s);
    if end == s.len() { value(&tokens) } else { None }
}

/// The numeral that stands at the start of the string, and the bytes that it takes: `２千万円` gives 20000000 and 9.
///
/// It takes as many characters as can belong to a numeral; where these together are no number (`1,23件`, `196.2.件`),
/// the answer is `None` and not a number made of a part of them. A legal form without a multiplier begins a word (`参加`),
/// not a number.
pub fn prefix(s: &str) -> Option<(Decimal, usize)> {
    let (tokens, end) = scan(s);
    if let [Token::Kanji(digits)] = tokens[..]
        && digits.chars().any(|c| !"〇一二三四五六七八九・".contains(c))
    {
        return None;
    }
    Some((value(&tokens)?, end))
}

/// Like [`prefix`], but Arabic digits only, so that the multiplier of `2,500千円` or `10万人` stays with the unit.
pub fn arabic_prefix(s: &str) -> Option<(Decimal, usize)> {
    let end = arabic_end(s);
    Some((arabic(&s[..end])?, end))
}

/// The value of a decimal digit, half or full width.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// The value of a kanji digit, the legal forms (大字) among them.
pub fn kanji_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壱' | '壹' => 1,
        '二' | '弐' | '貳' => 2,
        '三' | '参' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陸' => 6,
        '七' | '漆' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// 十, 百, 千 and their legal forms.
fn small_unit(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' | '陌' => 100,
        '千' | '阡' | '仟' => 1000,
        _ => return None,
    })
}

/// 万, 億, 兆.
fn big_unit(c: char) -> Option<u64> {
    Some(match c {
        '万' | '萬' => 10_000,
        '億' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

#[derive(Debug, Clone, Copy)]
enum Token<'a> {
    /// Arabic digits with their separators.
    Arabic(&'a str),
    /// A run of kanji digits, with `・` where it is a decimal point.
    Kanji(&'a str),
    Small(u32),
    Big(u64),
}

/// The longest run of numeral signs at the start, and where it ends. A space belongs to it only between a multiplier and
/// what goes on, or before a multiplier, so that `3 5` is two numerals.
fn scan(s: &str) -> (Vec<Token<'_>>, usize) {
    let mut tokens = Vec::new();
    let (mut at, mut end) = (0, 0);
    let mut after_multiplier = false;
    while let Some(c) = s[at..].chars().next() {
        let rest = &s[at..];
        let multiplier = small_unit(c).map(Token::Small).or_else(|| big_unit(c).map(Token::Big));
        let spaced = at > end;
        if spaced && !after_multiplier && multiplier.is_none() {
            break;
        }
        let (token, width) = if let Some(token) = multiplier {
            (token, c.len_utf8())
        } else if digit(c).is_some() {
            let width = arabic_end(rest);
            (Token::Arabic(&rest[..width]), width)
        } else if kanji_digit(c).is_some() {
            let width = kanji_end(rest);
            (Token::Kanji(&rest[..width]), width)
        } else {
            break;
        };
        tokens.push(token);
        after_multiplier = multiplier.is_some();
        at += width;
        end = at;
        at += s[at..].len() - s[at..].trim_start().len();
        if tokens.len() > 64 {
            break;
        }
    }
    (tokens, end)
}

/// Where the digits and separators at the start end: a separator counts when a digit follows.
fn arabic_end(s: &str) -> usize {
    let mut end = 0;
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|&(_, n)| digit(n).is_some());
        match c {
            _ if digit(c).is_some() => end = at + c.len_utf8(),
            ',' | '，' | '.' | '．' if end > 0 && next_is_digit => {}
            _ => break,
        }
    }
    end
}

fn kanji_end(s: &str) -> usize {
    let mut end = 0;
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|&(_, n)| kanji_digit(n).is_some());
        match c {
            _ if kanji_digit(c).is_some() => end = at + c.len_utf8(),
            '・' | '･' | '．' if end > 0 && next_is_digit => {}
            _ => break,
        }
    }
    end
}

/// `1,234.5`: groups of three after the first separator, at most one point.
fn arabic(s: &str) -> Option<Decimal> {
    let mut plain = String::with_capacity(s.len());
    // Digits since the last separator, and whether there was a separator.
    let (mut run, mut grouped, mut point) = (0usize, false, false);
    for c in s.chars() {
        match c {
            ',' | '，' => {
                let well_formed = if grouped { run == 3 } else { (1..=3).contains(&run) && !plain.starts_with('0') };
                if point || !well_formed {
                    return None;
                }
                (run, grouped) = (0, true);
            }
            '.' | '．' => {
                if point || run == 0 || (grouped && run != 3) {
                    return None;
                }
                (run, point) = (0, true);
                plain.push('.');
            }
            _ => {
                plain.push(char::from_digit(digit(c)?, 10)?);
                run += 1;
            }
        }
    }
    if run == 0 || (grouped && !point && run != 3) {
        return None;
    }
    Decimal::from_str_exact(&plain).ok()
}

/// `二〇二二`, `〇・五`.
fn positional(s: &str) -> Option<Decimal> {
    let plain: Option<String> =
        s.chars().map(|c| kanji_digit(c).and_then(|d| char::from_digit(d, 10)).or(Some('.'))).collect();
    Decimal::from_str_exact(&plain?).ok()
}

/// A number written in multipliers: groups below 万, each with the 兆, 億 or 万 that it counts, in falling order.
fn value(tokens: &[Token<'_>]) -> Option<Decimal> {
    let [first, rest @ ..] = tokens else { return None };
    match (first, rest) {
        (Token::Arabic(s), []) => return arabic(s),
        (Token::Kanji(s), []) => return positional(s),
        _ => {}
    }
    let has = |f: fn(&Token<'_>) -> bool| tokens.iter().any(f);
    if has(|t| matches!(t, Token::Arabic(_))) && has(|t| matches!(t, Token::Kanji(_))) {
        return None;
    }
    let mut total = Decimal::ZERO;
    let mut above = u64::MAX;
    let mut rest = tokens;
    while !rest.is_empty() {
        let until = rest.iter().position(|t| matches!(t, Token::Big(_))).unwrap_or(rest.len());
        let (group, tail) = rest.split_at(until);
        let (big, tail) = match tail {
            [Token::Big(big), tail @ ..] => (*big, tail),
            _ => (1, tail),
        };
        let is_first = above == u64::MAX;
        let amount = group_value(group, is_first)?;
        // `1億12,345万` is a slip, as is a fraction of a 億 that does not end the number.
        let in_place = is_first || (amount < Decimal::from(10_000) && above / big >= 10_000);
        let whole = amount.fract().is_zero() || tail.is_empty();
        if big >= above || !in_place || !whole {
            return None;
        }
        total = total.checked_add(amount.checked_mul(Decimal::from(big))?)?;
        (above, rest) = (big, tail);
    }
    Some(total)
}

/// What stands before a 万, 億 or 兆, or after the last: `2,661`, `二千二百`, `9 千`, `12百`.
fn group_value(group: &[Token<'_>], is_first: bool) -> Option<Decimal> {
    let number = |t: &Token<'_>| match t {
        Token::Arabic(s) => arabic(s),
        Token::Kanji(s) => positional(s),
        _ => None,
    };
    match group {
        [] => return None,
        [one @ (Token::Arabic(_) | Token::Kanji(_))] => return number(one),
        // `2,500千`: any count of one multiplier, where nothing stands above it.
        [count @ Token::Arabic(_), Token::Small(unit)] if is_first => {
            return number(count)?.checked_mul(Decimal::from(*unit));
        }
        _ => {}
    }
    let mut total = Decimal::ZERO;
    let mut above = u32::MAX;
    let mut count = None;
    for token in group {
        match token {
            Token::Small(unit) => {
                let times = count.take().unwrap_or(Decimal::ONE);
                if *unit >= above || !is_coefficient(times) {
                    return None;
                }
                total = total.checked_add(times.checked_mul(Decimal::from(*unit))?)?;
                above = *unit;
            }
            Token::Big(_) => return None,
            _ if count.is_some() => return None,
            _ => count = Some(number(token)?),
        }
    }
    let kanji = matches!(group.last(), Some(Token::Kanji(_)));
    match count {
        // What follows the last multiplier fills the places below it: 二百五, 2百50.
        Some(last) if !last.fract().is_zero() || last.is_zero() || last >= Decimal::from(above) => None,
        Some(last) if kanji && !is_coefficient(last) => None,
        Some(last) => total.checked_add(last),
        None => Some(total),
    }
}

/// One digit from 1 to 9.
fn is_coefficient(d: Decimal) -> bool {
    d.fract().is_zero() && d >= Decimal::ONE && d <= Decimal::from(9)
}

#[cfg(test)]
#[path = "numeral_tests.rs"]
mod tests;
