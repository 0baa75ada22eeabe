//! From when and until when a supplementary provision holds. Texts are folded and without spaces.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::preamble::DATE;
use crate::normalize::era;

fn pattern(around: &str) -> Regex {
    Regex::new(&around.replace("DATE", &format!("({DATE})(?:\\([^)]*\\))?"))).expect("a constant")
}

static FROM: LazyLock<Regex> =
    LazyLock::new(|| pattern("DATE(?:(?:から|より)、?(?:これを)?(?:施行|実施)|(?:に|をもって)、?施行(?:する|し、))"));
static APPLIED: LazyLock<Regex> = LazyLock::new(|| pattern("DATE(?:から|より)、?(?:これを)?適用"));
/// A date that the provision holds from, in words that the two above do not know.
static BEGINS: LazyLock<Regex> = LazyLock::new(|| pattern("DATE[^。]{0,20}(?:施行|適用)"));
/// 令和２年５月吉日から施行する
static SOME_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:元|[0-9])年[^。度]{0,12}(?:から|より|に|をもって)、?(?:これを)?施行(?:する|し)"));
/// この要綱は、…限り、その効力を失う: the date, what stands behind it, and the word that ends.
static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^DATE(?:を?限り|に|を?もって|を?以って|を?以て|まで|付けで|で)(.*?)(失効|効力を失|廃止|効力を有|とする|適用する|実施する)",
    )
});
static DATES: LazyLock<Regex> = LazyLock::new(|| pattern("DATE"));
/// Words that tell of an end.
const ENDS: [&str; 7] = ["失効", "効力を失", "効力を有", "有効期限", "有効期間", "終期", "をもって廃止"];
const TERMS: [&str; 3] = ["有効期限", "有効期間", "終期"];
const RULES: [&str; 8] = ["要綱", "要領", "規程", "告示", "要項", "補助金", "制度", "効力"];

/// A date and the characters of its paragraph that say it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dated {
    pub paragraph: usize,
    pub date: String,
    pub at: Range<usize>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Validity {
    pub effective: Option<Dated>,
    /// The date is that of 適用, and 施行 is on a day that no date tells.
    pub applied: bool,
    pub expires: Option<Dated>,
    /// Dates are printed that could not be read as these.
    pub effective_unread: bool,
    pub expires_unread: bool,
}

/// Reads the paragraphs of one 附則.
pub(super) fn read(texts: &[String]) -> Validity {
    let mut out = Validity::default();
    let first = |pattern: &Regex| {
        texts.iter().enumerate().find_map(|(n, text)| dated(n, text, pattern.captures(text)?.get(1)?.range()))
    };
    out.effective = first(&FROM);
    if out.effective.is_none() {
        out.effective = first(&APPLIED);
        out.applied = out.effective.is_some() && texts.iter().any(|t| t.contains("施行"));
        out.effective_unread =
            out.effective.is_none() && texts.iter().any(|t| BEGINS.is_match(t) || SOME_DAY.is_match(t));
    }
    for (n, text) in texts.iter().enumerate() {
        for sentence in sentences(text) {
            let said = &text[sentence.clone()];
            if out.expires.is_none() {
                let found = term(said).or_else(|| until(said));
                out.expires = found.and_then(|r| dated(n, text, sentence.start + r.start..sentence.start + r.end));
            }
            out.expires_unread |= tells_end(said);
        }
    }
    out.expires_unread &= out.expires.is_none();
    out
}

fn dated(paragraph: usize, text: &str, date: Range<usize>) -> Option<Dated> {
    let iso = era::date(&text[date.clone()])?.to_string();
    let count = |to: usize| text[..to].chars().count();
    Some(Dated { paragraph, date: iso, at: count(date.start)..count(date.end) })
}

/// The sentences of a text; a full stop within brackets ends none.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let (mut out, mut start, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '「' => depth += 1,
            ')' | '」' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => {
                out.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(start..text.len());
    out
}

/// この要綱の有効期限は、令和８年３月31日までとする.
fn term(said: &str) -> Option<Range<usize>> {
    let at = TERMS.iter().filter_map(|t| said.find(t)).min()?;
    if !said[..at].ends_with('の') && !said[..at].is_empty() || !is_own(&said[..at]) {
        return None;
    }
    let date = DATES.captures_iter(&said[at..]).last()?.get(1)?.range();
    let behind = &said[at + date.end..];
    let ends = ["まで", "とする", "である", "限り", "とし"].iter().any(|w| behind.starts_with(w)) || behind.is_empty();
    ends.then_some(at + date.start..at + date.end)
}

/// この要綱は、令和８年３月31日限り、その効力を失う.
fn until(said: &str) -> Option<Range<usize>> {
    DATES.captures_iter(said).find_map(|date| {
        let date = date.get(1)?.range();
        let found = UNTIL.captures(&said[date.start..])?;
        let (gap, word) = (found.get(2)?.as_str(), found.get(3)?.as_str());
        let whole = matches!(word, "とする" | "適用する" | "実施する");
        let near = if whole {
            ["", "、", "の間", "の間、"].contains(&gap) && !said[date.end..].starts_with(['に', 'で'])
        } else {
            // 旧要綱を廃止する, 旧要綱は廃止する.
            !gap.ends_with('を') && topic(gap).is_none_or(|t| t.ends_with("効力")) && !DATES.is_match(gap)
        };
        (near && is_own(&said[..date.start])).then_some(date)
    })
}

/// What the last は of some words is said of.
fn topic(words: &str) -> Option<&str> {
    let mut ends = words.match_indices('は').filter(|(at, _)| {
        let (before, behind) = (&words[..*at], &words[at + 'は'.len_utf8()..]);
        let or = ["又", "若しく", "あるい", "また"].iter().any(|w| before.ends_with(w));
        !or && (behind.is_empty() || behind.starts_with('、') || RULES.iter().any(|r| before.ends_with(r)))
    });
    let before = &words[..ends.next_back()?.0];
    Some(before.rsplit('、').next().unwrap_or(before))
}

/// Do the words before a date speak of these rules, not of those before them?
fn is_own(before: &str) -> bool {
    let topic = topic(before).unwrap_or(before);
    let own = RULES.iter().any(|r| topic.contains(&format!("この{r}")) || topic.contains(&format!("本{r}")));
    let other = ["旧", "改正前", "従前"].iter().any(|w| topic.contains(w));
    let silent =
        topic.is_empty() || topic.ends_with("効力") || topic.starts_with("ただし") || topic.starts_with("なお");
    !other && (own || silent)
}

/// Does a sentence tell a year in which these rules end?
fn tells_end(said: &str) -> bool {
    let Some(at) = ENDS.iter().filter_map(|w| said.find(w)).min() else { return false };
    let year = |text: &str| {
        text.match_indices('年').any(|(i, _)| text[..i].ends_with(|c: char| c.is_ascii_digit() || c == '元'))
    };
    let own = topic(&said[..at]).map_or_else(|| is_own(&said[..at]), is_own);
    own && (year(&said[at..]) || topic(&said[..at]).is_some_and(|t| year(&said[said.find(t).unwrap_or(0)..at])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Validity {
        read(&[crate::normalize::fold::key(text)])
    }

    fn dates(text: &str) -> (Option<String>, Option<String>) {
        let found = one(text);
        (found.effective.map(|d| d.date), found.expires.map(|d| d.date))
    }

    #[test]
    fn when_it_holds() {
        let from = |s: &str| dates(s).0;
        assert_eq!(from("この要綱は、令和2年9月1日から施行する。").as_deref(), Some("2020-09-01"));
        assert_eq!(
            from("この要綱は、令和3年4月1日から施行し、令和2年10月1日から適用する。").as_deref(),
            Some("2021-04-01")
        );
        assert_eq!(from("この要綱は、令和3年4月1日より施行する。").as_deref(), Some("2021-04-01"));
        assert_eq!(
            from("この要綱は、令和3年4月1日（以下「施行日」という。）から施行する。").as_deref(),
            Some("2021-04-01")
        );
        assert_eq!(from("令和3年度分の補助金から適用する。"), None);
        for end in [
            "限り、その効力を失う。",
            "に失効する。",
            "をもって廃止する。",
            "まで、その効力を有する。",
            "までとする。",
            "（以下「失効日」という。）限り、その効力を失う。",
        ] {
            let text = format!("この要綱は、令和2年9月1日に施行し、令和9年3月31日{end}");
            assert_eq!(dates(&text), (None.or(from("令和2年9月1日から施行する")), Some("2027-03-31".into())), "{end}");
        }
        assert_eq!(dates("旧要綱は、令和9年3月31日に廃止する。").1, None);
    }

    #[test]
    fn the_end_of_other_rules_is_not_theirs() {
        for other in [
            "この要綱は、令和２年５月１日から施行し、旧要綱は、令和２年４月30日をもって廃止する。",
            "この要綱は、令和２年５月１日から施行する。旧要綱は、令和２年４月30日をもって廃止する。",
            "この要綱の施行により、港湾補助金交付要綱は、令和２年４月30日限り、廃止する。",
            "この要綱は、令和２年４月30日をもって旧要綱を廃止する。",
            "令和２年４月30日までに交付の決定を受けた補助金は、なお従前の例による。",
        ] {
            let found = one(other);
            assert_eq!((found.expires, found.expires_unread), (None, false), "{other}");
        }
        let two = ["旧要綱は、令和2年4月30日をもって廃止する。", "この要綱は、令和8年3月31日限り、その効力を失う。"]
            .map(String::from);
        let expires = read(&two).expires;
        assert_eq!(expires.map(|d| (d.paragraph, d.date)), Some((1, "2026-03-31".into())));
    }

    #[test]
    fn the_end_in_other_words() {
        for end in [
            "この要綱の有効期限は、令和８年３月31日までとする。",
            "この要綱の有効期間は、令和５年４月１日から令和８年３月31日までとする。",
            "有効期限は令和８年３月31日とする。",
            "この要綱は、令和８年３月31日まで適用する。",
            "この要綱は、令和８年３月31日で失効する。",
            "この要綱は、令和５年４月１日から施行する。ただし、令和８年３月31日限り、その効力を失う。",
        ] {
            assert_eq!(dates(end).1.as_deref(), Some("2026-03-31"), "{end}");
        }
        for unread in [
            "この要綱の終期は、令和８年度末とする。",
            "この要綱は、令和８年３月末日限り、その効力を失う。",
            "この要綱は、令和８年度限りで失効する。",
        ] {
            let found = one(unread);
            assert_eq!((found.expires, found.expires_unread), (None, true), "{unread}");
        }
    }

    #[test]
    fn a_date_of_application_is_told_where_another_day_is_that_of_enforcement() {
        let found = one("この要綱は、公布の日から施行し、令和２年４月１日から適用する。");
        assert_eq!((found.effective.map(|d| d.date), found.applied), (Some("2020-04-01".into()), true));
        let found = one("この要綱は、令和２年４月１日から適用する。");
        assert_eq!((found.effective.map(|d| d.date), found.applied), (Some("2020-04-01".into()), false));
        assert!(one("この要綱は、令和２年４月１日以後に申請のあったものについて適用する。").effective_unread);
        assert!(one("この要綱は、令和２年５月吉日から施行する。").effective_unread);
        assert!(!one("この要綱は、公布の日から施行し、令和５年度の補助金から適用する。").effective_unread);
    }
}
