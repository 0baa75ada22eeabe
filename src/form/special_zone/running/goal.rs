//! A target's line: its name, its goal, and the year of the goal.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::normalize::{dash, quantity};

/// Name and goal of a target's line, as parts of it.
#[derive(Debug)]
pub(in crate::form::special_zone) struct GoalParts {
    pub name: Range<usize>,
    pub value: Option<Range<usize>>,
    /// （平成28年度累計）, its brackets left out.
    pub year: Option<Range<usize>>,
    /// The name ends in what may be a part of the number.
    pub doubtful: bool,
}

/// Arabic digits, and multipliers with digits behind them: `1億2,000`, `3万5`.
const NUMBER: &str = r"[0-9][0-9,.]*(?:\s?[十百千万億兆]+\s?[0-9][0-9,.]*)*";

static GOAL_YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\(\s*([^()]*(?:年度|年|累計)[^()]*)\)\s*$").ok());
/// The last word, where it begins with a number.
static GOAL_WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?:^|\s)((?:約|概ね|延べ|のべ|年間)?[-−－△▲]?{NUMBER}[^\s]*)\s*$")).ok());
/// The last number and its counter, where no space parts them from the name.
static GOAL_END: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"[^0-9,.A-Za-z十百千万億兆]({NUMBER}\s?[^0-9\s]{{0,10}}[0-9]?)\s*$")).ok());

pub(in crate::form::special_zone) fn split_goal(text: &str) -> GoalParts {
    let year = GOAL_YEAR.as_ref().and_then(|r| r.captures(text));
    let (head, year) = match &year {
        Some(m) => (m.get(0).map_or(text.len(), |m| m.start()), m.get(1).map(|m| m.range())),
        None => (text.len(), None),
    };
    let found = [&GOAL_WORD, &GOAL_END]
        .iter()
        .find_map(|r| r.as_ref()?.captures(&text[..head]).and_then(|m| m.get(1)).map(|m| m.range()));
    let value = found.map(|v| opening(&text[..v.start])..v.end);
    let name = 0..value.as_ref().map_or(head, |v| v.start);
    let doubtful = value.is_some() && is_cut(text[name.clone()].trim_end());
    GoalParts { name, value, year, doubtful }
}

/// Where the signs and words before a number begin: `約 `, `△ `.
fn opening(before: &str) -> usize {
    let mut start = before.len();
    for _ in 0..3 {
        let name = before[..start].trim_end();
        let spaced = name.len() < start;
        let stem = ["△", "▲", "マイナス", "約", "概ね", "おおむね", "およそ", "延べ", "のべ"]
            .iter()
            .find_map(|word| name.strip_suffix(word).filter(|stem| *word != "約" || is_about(stem)))
            .or_else(|| name.strip_suffix(['-', '−', '－']).filter(|stem| !spaced && !continues(stem)));
        let Some(stem) = stem else { break };
        start = stem.len();
    }
    start
}

/// 約 is the word, and not the end of 契約.
fn is_about(stem: &str) -> bool {
    !stem.ends_with(|c| "契予規条制集節公協要特婚成解誓確盟倹密先".contains(c))
}

/// A dash behind these is one of a word or of a range.
fn continues(stem: &str) -> bool {
    stem.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, 'ァ'..='ヺ'))
}

fn is_cut(name: &str) -> bool {
    // `10社 73億円` are two goals.
    let word = name.rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.len() < name.len() && word.starts_with(|c: char| c.is_ascii_digit()) && quantity::parse(word).unit.is_some()
    {
        return true;
    }
    let mut last = name.chars().rev();
    match (last.next(), last.next()) {
        (Some(c), before) if c.is_ascii_digit() => !before.is_some_and(|b| b.is_ascii_alphabetic()),
        (Some('ー'), before) => !before.is_some_and(|b| matches!(b, 'ァ'..='ヺ')),
        (Some(c), _) => dash::is_minus(c) || "十百千万億兆,.".contains(c),
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_ends_the_line_with_or_without_a_space() {
        let split = |s: &str| {
            let g = split_goal(s);
            let text = |r: Range<usize>| s[r].trim().to_owned();
            (text(g.name), g.value.map(text), g.year.map(text))
        };
        let all = |a: &str, b: &str, c: &str| (a.to_owned(), Some(b.to_owned()), Some(c.to_owned()));
        assert_eq!(split("設備投資額 110億円(平成28年度累計)"), all("設備投資額", "110億円", "平成28年度累計"));
        assert_eq!(split("外注の増加163億円(平成28年度累計)"), all("外注の増加", "163億円", "平成28年度累計"));
        assert_eq!(split("生産量 229千m3(平成28年度)"), all("生産量", "229千m3", "平成28年度"));
        assert_eq!(split("生産量229千m3"), ("生産量".into(), Some("229千m3".into()), None));
        assert_eq!(split("養成期間 8ヶ月短縮"), ("養成期間".into(), Some("8ヶ月短縮".into()), None));
        assert_eq!(split("体制の構築"), ("体制の構築".into(), None, None));
    }

    #[test]
    fn a_goal_keeps_its_sign_its_multipliers_and_its_bound() {
        let split = |s: &str| {
            let g = split_goal(s);
            assert!(!g.doubtful, "{s}");
            (s[g.name].trim().to_owned(), s[g.value.unwrap()].to_owned())
        };
        for (line, name, value) in [
            ("出荷額 △40%(令和5年度)", "出荷額", "△40%"),
            ("出荷額 -40%(令和5年度)", "出荷額", "-40%"),
            ("出荷額△40%", "出荷額", "△40%"),
            ("出荷額△ 40%", "出荷額", "△ 40%"),
            ("出荷額-40%", "出荷額", "-40%"),
            ("出荷額 マイナス40%", "出荷額", "マイナス40%"),
            ("出荷額1億2,000万円(令和5年度)", "出荷額", "1億2,000万円"),
            ("出荷額 1億 2,000万円", "出荷額", "1億 2,000万円"),
            ("輸出額1兆5,000億円", "輸出額", "1兆5,000億円"),
            ("生産量3万5千トン", "生産量", "3万5千トン"),
            ("出荷額 約 40億円", "出荷額", "約 40億円"),
            ("出荷額約40億円", "出荷額", "約40億円"),
            ("契約40件", "契約", "40件"),
            ("エネルギー40%", "エネルギー", "40%"),
        ] {
            assert_eq!(split(line), (name.to_owned(), value.to_owned()), "{line}");
        }
        for line in ["出荷額 10社 73億円", "出荷額 － 40%", "参加者3 500人", "出荷額1,23 5件"] {
            assert!(split_goal(line).doubtful, "{line}");
        }
        assert!(!split_goal("CO2 40t").doubtful);
    }
}
