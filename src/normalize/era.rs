//! Japanese years: `R4`, `令和元年度`, `平成28年4月1日`, `2022年度`.
//!
//! A fiscal year runs from April to March and is named by the Gregorian year in which it starts. 平成 is followed to
//! 35, since documents printed before the change of era go on counting (`H31` = `R1` = 2019, `H32` = 2020); every other
//! era ends with its last year. Years are told apart by era and number only: 令和元年 may stand with a month before May.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;

use super::fold::fold;
use super::numeral;

/// Name, letter, the Gregorian year before its first, its last year as printed.
const ERAS: [(&str, char, i32, i32); 5] = [
    ("明治", 'M', 1867, 45),
    ("大正", 'T', 1911, 15),
    ("昭和", 'S', 1925, 64),
    ("平成", 'H', 1988, 35),
    ("令和", 'R', 2018, 99),
];

/// A date as printed, with or without its day. Shows as ISO 8601: `2022-04-18`, `2022-04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Gregorian.
    pub year: i32,
    /// 1–12.
    pub month: u8,
    /// 1–31, and within the month.
    pub day: Option<u8>,
}

impl Date {
    /// `None` for a 13th month, a 30th of February, or a year outside 1–9999.
    pub fn new(year: i32, month: u8, day: Option<u8>) -> Option<Self> {
        let length = match month {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let in_range = (1..=9999).contains(&year) && day.is_none_or(|d| (1..=length).contains(&d));
        in_range.then_some(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// The fiscal year that the whole string names: `R4`, `Ｒ４年度`, `令和元年度`, `平成 28 年度`, `2022年度`, and
/// both ways of counting where they agree, `令和4年度(2022年度)`, `令和4(2022)年度`.
///
/// `None` without an era or 年度: a bare `28` (see [`bare_heisei`]) or `2022` may be any number, and `令和4年` is a
/// calendar year.
pub fn fiscal_year(s: &str) -> Option<i32> {
    let s = tight(s);
    let (year, end) = labelled_year(&s)?;
    let rest = &s[end..];
    let (other, rest) = match rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
        Some((inner, rest)) => (Some(inner), rest),
        None => (None, rest),
    };
    let rest = if s[..end].ends_with("年度") { rest } else { rest.strip_prefix("年度").unwrap_or(rest) };
    if !rest.is_empty() {
        return None;
    }
    // Only `R4` may stand without 年度.
    let named = s.contains("年度") || (other.is_none() && s.starts_with(|c: char| c.is_ascii_alphabetic()));
    let agrees = other.is_none_or(|other| {
        let other = other.strip_suffix("年度").unwrap_or(other);
        era_year(other).or_else(|| gregorian_year(other)).is_some_and(|(y, end)| y == year && end == other.len())
    });
    (named && agrees).then_some(year)
}

/// The fiscal year at the start of a label, which must say 年度 (`令和4年度活動内容`, `R4年度実績値`), and the bytes of `s`
/// that it takes. The string is folded and has no spaces ([`super::fold::key`]).
pub fn fiscal_year_prefix(s: &str) -> Option<(i32, usize)> {
    labelled_year(s).filter(|(_, end)| s[..*end].ends_with("年度"))
}

/// A bare Heisei year, as old tables print it under 年度: `28` is 2016. Nothing says so but the column, so the caller must
/// know, and the value is an inferred one.
pub fn bare_heisei(s: &str) -> Option<i32> {
    let year = numeral::parse(&tight(s)).filter(|d| d.scale() == 0)?.to_i32()?;
    (1..=35).contains(&year).then_some(1988 + year)
}

/// The date that the whole string prints: `令和4年4月18日`, `平成28年3月`, `R2.3`, `Ｈ31.4.1`, `2022年4月`, `2022/4/1`,
/// `2022-04-01`, each in either width and with kanji numerals (`平成二十八年三月一日`), a day of the week in brackets
/// aside.
pub fn date(s: &str) -> Option<Date> {
    let s = tight(s);
    let s = match s.strip_suffix(')').and_then(|head| head.rsplit_once('(')) {
        Some((head, day)) if ["月", "火", "水", "木", "金", "土", "日"].contains(&day.trim_end_matches("曜日")) => {
            head
        }
        Some((head, "日曜" | "日曜日")) => head,
        _ => &s,
    };
    let by_letter = s.starts_with(|c: char| c.is_ascii_alphabetic());
    let (year, at) = era_year(s).or_else(|| gregorian_year(s))?;
    let rest = &s[at..];
    if let Some(rest) = rest.strip_prefix('年') {
        let (month, rest) = small(rest, "月")?;
        let (day, rest) = if rest.is_empty() { (None, rest) } else { small(rest, "日").map(|(d, r)| (Some(d), r))? };
        return rest.is_empty().then(|| Date::new(year, month, day)).flatten();
    }
    // 28.3 of nothing is a number, R2.3 is March.
    let separator = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let parts: Vec<u8> = rest[1..].split(separator).map(two_digits).collect::<Option<_>>()?;
    match parts[..] {
        [month] if by_letter => Date::new(year, month, None),
        [month, day] => Date::new(year, month, Some(day)),
        _ => None,
    }
}

/// The fiscal year that a date falls in: January to March belong to the year before.
pub fn fiscal_year_of(date: Date) -> i32 {
    if date.month < 4 { date.year.saturating_sub(1) } else { date.year }
}

/// A Gregorian year in the short form of its era, for messages: 2022 is `R4`, 2019 is `R1`. Years before 明治 stay as they
/// are.
pub fn format_era(year: i32) -> String {
    match ERAS.iter().rev().find(|(_, _, before, _)| year > *before) {
        Some((_, letter, before, _)) => format!("{letter}{}", i64::from(year) - i64::from(*before)),
        None => year.to_string(),
    }
}

fn tight(s: &str) -> String {
    let mut s = fold(s);
    s.retain(|c| !c.is_whitespace());
    s
}

/// A year at the start, with the 年度 behind it if there is one.
fn labelled_year(s: &str) -> Option<(i32, usize)> {
    let with_suffix = |(year, end): (i32, usize)| {
        if s[end..].starts_with("年度") { (year, end + "年度".len()) } else { (year, end) }
    };
    era_year(s).or_else(|| gregorian_year(s)).map(with_suffix)
}

/// `令和4`, `R4`, `令和元`, `昭和六十三`; the 年 is not taken.
fn era_year(s: &str) -> Option<(i32, usize)> {
    let (before, last, at) = ERAS.iter().find_map(|(name, letter, before, last)| {
        let width = match s.strip_prefix(name) {
            Some(_) => name.len(),
            None => s.chars().next().filter(|c| c.to_ascii_uppercase() == *letter)?.len_utf8(),
        };
        Some((*before, *last, width))
    })?;
    let rest = &s[at..];
    if rest.starts_with('元') {
        return Some((before + 1, at + '元'.len_utf8()));
    }
    let (number, width) = year_number(rest)?;
    (1..=last).contains(&number).then_some((before + number, at + width))
}

/// `2022`, `二〇二二`: four digits.
fn gregorian_year(s: &str) -> Option<(i32, usize)> {
    let (year, width) = year_number(s)?;
    let digits = s[..width].chars().count() == 4;
    (digits && (1600..=2999).contains(&year)).then_some((year, width))
}

/// Digits alone: `R2.3` is not the year 2.3.
fn year_number(s: &str) -> Option<(i32, usize)> {
    let arabic = s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
    if arabic > 0 {
        return Some((s[..arabic].parse().ok()?, arabic));
    }
    let kanji = s.find(|c: char| !"〇一二三四五六七八九十".contains(c)).unwrap_or(s.len());
    Some((numeral::parse(&s[..kanji])?.to_i32()?, kanji))
}

/// A month or day before its sign: `4月…`.
fn small<'a>(s: &'a str, sign: &str) -> Option<(u8, &'a str)> {
    let (number, rest) = s.split_once(sign)?;
    let (value, end) = year_number(number)?;
    (end == number.len()).then_some((u8::try_from(value).ok()?, rest))
}

fn two_digits(s: &str) -> Option<u8> {
    ((1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten()
}

#[cfg(test)]
#[path = "era_tests.rs"]
mod tests;
