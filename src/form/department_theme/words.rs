//! The words that the form prints of itself.

use std::ops::Range;

use super::record::TargetType;
use crate::normalize::era::{self, Date};
use crate::normalize::fold::{self, key};

/// The heading of a theme on a printed line: where its number stands, and from where on its title (in characters).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeHead {
    pub number: Range<usize>,
    pub title: usize,
}

/// `【テーマ３】 健康…`
pub fn theme(line: &str) -> Option<ThemeHead> {
    // Asked of every line of every document.
    if !line.contains("テーマ") {
        return None;
    }
    let chars: Vec<char> = line.chars().collect();
    let skip = |mut at: usize| {
        while chars.get(at).is_some_and(|c| c.is_whitespace()) {
            at += 1;
        }
        at
    };
    let mut at = skip(0);
    if !matches!(chars.get(at), Some('【' | '［' | '[' | '〔')) {
        return None;
    }
    at = skip(at + 1);
    for sign in "テーマ".chars() {
        if chars.get(at) != Some(&sign) {
            return None;
        }
        at = skip(at + 1);
    }
    let start = at;
    let digit = |c: &char| fold::fold_char(*c).is_some_and(|c| c.is_ascii_digit());
    while chars.get(at).is_some_and(digit) && at - start < 3 {
        at += 1;
    }
    let number = start..at;
    at = skip(at);
    if number.is_empty() || !matches!(chars.get(at), Some('】' | '］' | ']' | '〕')) {
        return None;
    }
    Some(ThemeHead { number, title: skip(at + 1) })
}

/// 部局運営方針 as the title of the document: `令和元年度　部局運営方針`.
pub fn is_form_title(line: &str) -> bool {
    line.contains("運営") && {
        let key = key(line);
        key.contains("部局運営方針") && key.chars().count() <= 30
    }
}

/// めざす方向
pub fn is_directions(line: &str) -> bool {
    // 方 may be printed as its radical.
    if !line.contains('向') {
        return false;
    }
    let key = key(line);
    let word = key.trim_matches(|c| "【】<>《》■□◆◇○〇()[]:".contains(c));
    ["めざす方向", "目指す方向", "めざすべき方向", "目指すべき方向", "めざす方向性", "目指す方向性"].contains(&word)
}

/// A department's name alone on its line.
pub fn is_department(line: &str) -> bool {
    let key = key(line);
    let word = key.trim_matches(|c| "【】<>[]()".contains(c));
    let ends = ["部", "局", "室", "庁", "本部", "委員会", "センター", "課", "企業団"];
    (2..=20).contains(&word.chars().count())
        && ends.iter().any(|end| word.ends_with(end))
        && !word.contains(['、', '。', ':', '・', '(', '<'])
        && crate::normalize::bullet::bullet(line).is_none()
}

/// One of the three columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    Actions,
    Targets,
    Progress,
}

impl Head {
    pub fn index(self) -> usize {
        self as usize
    }
}

/// The headings of columns that a printed line begins or holds, each from its bracket on (in characters).
pub fn heads(line: &str) -> Vec<(Head, usize)> {
    if !(line.contains('何') || line.contains("進捗")) {
        return Vec::new();
    }
    // Folding may drop characters but never adds one.
    let folded: Vec<(usize, char)> = line
        .chars()
        .enumerate()
        .filter_map(|(i, c)| Some((i, fold::fold_char(c)?)))
        .filter(|(_, c)| !c.is_whitespace())
        .collect();
    let text: String = folded.iter().map(|(_, c)| c).collect();
    let mut found: Vec<(Head, usize)> = Vec::new();
    for (words, head) in [
        ("今年度何をするか", Head::Actions),
        ("何をどのような状態にするか", Head::Targets),
        ("進捗状況", Head::Progress),
    ] {
        let Some(byte) = text.find(words) else { continue };
        let at = text[..byte].chars().count();
        let opens = at > 0 && "<〈《≪【[".contains(folded[at - 1].1);
        // 進捗状況 is a word of any text; as a heading it stands in brackets, or alone with its date.
        let alone = at == 0 && (words != "進捗状況" || text.contains("時点") && text.chars().count() < 30);
        let dated = opens && (words != "進捗状況" || at == 1 || "▶▷>".contains(folded[at - 2].1));
        if alone || dated {
            found.push((head, folded[if opens { at - 1 } else { at }].0));
        }
    }
    found.sort_by_key(|f| f.1);
    found
}

/// Nothing but the arrows between the columns' headings.
pub fn is_arrow(line: &str) -> bool {
    let mut some = false;
    line.chars().filter(|c| !c.is_whitespace()).all(|c| {
        some = true;
        "▷▶►▹⇒→➡⇨".contains(c)
    }) && some
}

/// The date of `＜進捗状況（R2.3月末時点）＞`.
pub fn as_of(heading: &str) -> Option<Date> {
    let text = key(heading);
    let inner = text.split_once('(').map_or(text.as_str(), |(_, rest)| rest);
    let inner = inner.split([')', '>']).next().unwrap_or(inner);
    let mut word = inner;
    for tail in ["時点", "現在", "末"] {
        word = word.strip_suffix(tail).unwrap_or(word);
    }
    era::date(word).or_else(|| era::date(word.strip_suffix('月')?))
}

/// `◇成果指標（アウトカム）`: a line over the targets.
pub fn is_indicator_label(line: &str) -> bool {
    let key = key(line);
    let word = key.trim_start_matches(|c| "◇◆□■○〇<【[".contains(c));
    word.len() < key.len()
        && key.chars().count() <= 24
        && ["成果指標", "活動指標", "アウトカム", "アウトプット"].iter().any(|w| word.starts_with(w))
}

/// `（数値目標）` or `（定性的な目標）` at the start of a line, and how many of its characters it takes.
pub fn target_type(line: &str) -> Option<(TargetType, usize)> {
    let open = line.trim_start().chars().next()?;
    let close = match open {
        '（' | '(' => ['）', ')'],
        '【' => ['】', '】'],
        '＜' | '<' => ['＞', '>'],
        '［' | '[' => ['］', ']'],
        '〔' => ['〕', '〕'],
        _ => return None,
    };
    let end = line.chars().take(24).position(|c| close.contains(&c))?;
    let key = key(&line.chars().take(end).collect::<String>());
    if !(key.contains("目標") || key.contains("指標")) {
        return None;
    }
    let kind = if key.contains("定性") {
        TargetType::Qualitative
    } else if key.contains("数値") || key.contains("定量") {
        TargetType::Quantitative
    } else {
        return None;
    };
    Some((kind, end + 1))
}

/// `12`, `- 12 -`, `12/30` alone at the head or foot of a page.
pub fn is_page_number(line: &str) -> bool {
    let key = key(line);
    let digits = key.chars().filter(char::is_ascii_digit).count();
    (1..=6).contains(&digits) && key.chars().all(|c| c.is_ascii_digit() || "-/P.p()ページ頁".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_has_a_number_in_brackets() {
        assert_eq!(theme("【テーマ３】 里の道"), Some(ThemeHead { number: 4..5, title: 7 }));
        assert_eq!(theme(" 【テーマ12】里の道"), Some(ThemeHead { number: 5..7, title: 8 }));
        for other in ["取組テーマ３", "【テーマ】里の道", "テーマ３ 里の道", "（【テーマ３】を参照）"]
        {
            assert_eq!(theme(other), None, "{other}");
        }
    }

    #[test]
    fn headings_of_columns_are_found_in_a_line() {
        assert_eq!(heads("＜今年度何をするか（取組の内容"), [(Head::Actions, 0)]);
        let both = heads("▷＜何をどのような状態にするか（目標）＞ ▶＜進捗状況（Ｒ５．３月末時点）＞");
        assert_eq!(both, [(Head::Targets, 1), (Head::Progress, 22)]);
        assert_eq!(heads("・工事の進捗状況を確認"), []);
    }

    #[test]
    fn the_month_of_the_results() {
        let show = |s| as_of(s).map(|d| d.to_string());
        assert_eq!(show("＜進捗状況（R2.3 月末時点）＞").as_deref(), Some("2020-03"));
        assert_eq!(show("＜進捗状況（令和５年３月末時点）＞").as_deref(), Some("2023-03"));
        assert_eq!(show("＜進捗状況（H31.3.31時点）＞").as_deref(), Some("2019-03-31"));
        assert_eq!(show("＜進捗状況（３月末時点）＞"), None);
        assert_eq!(show("＜進捗状況＞"), None);
    }

    #[test]
    fn kinds_of_targets() {
        assert_eq!(target_type("（数値目標）"), Some((TargetType::Quantitative, 6)));
        assert_eq!(target_type("（定性的な目標）"), Some((TargetType::Qualitative, 8)));
        assert_eq!(target_type("（目標は10件）"), None);
        assert_eq!(target_type("・数値目標の達成"), None);
    }

    #[test]
    fn departments_stand_alone() {
        assert!(is_department(" 環境農林水産部 ") && is_department("教育庁"));
        assert!(!is_department("・全部") && !is_department("市の一部、又は全部"));
    }
}
