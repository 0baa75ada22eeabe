//! What the form prints of itself: headings, labels, and the numbers of its targets.

use std::sync::LazyLock;

use regex::Regex;

use super::record::{SupportItem, SupportKind};
use crate::normalize::dash;
use crate::normalize::era;
use crate::normalize::fold::{fold, key};

/// A sign printed for a dash between the parts of a target's number.
const DASH: &str = r"[-‐‑‒–—―−─ー－ｰ]";

/// 総合特別区域評価書 with the words before and after it: era and year, kind of zone, edition.
static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let year = "(?:(?:平成|令和)(?:元|[0-9]{1,2})年度|[HR][0-9]{1,2}年度)";
    Regex::new(&format!(
        "^({year})?(の)?((?:国際戦略|地域活性化)?総合特(?:別区域|区)評価書)(?:[【(\\[〈《](.{{1,8}})[】)\\]〉》])?$"
    ))
    .ok()
});

/// The title row, from its key: fiscal year, title, edition.
pub(super) fn title(key: &str) -> Option<(Option<i32>, String, Option<String>)> {
    let found = TITLE.as_ref()?.captures(key)?;
    let year = found.get(1).and_then(|y| era::fiscal_year(y.as_str()));
    Some((year, found[3].to_owned(), found.get(4).map(|e| e.as_str().to_owned())))
}

/// Cheap: can the printed line be a title?
pub(super) fn may_be_title(text: &str) -> bool {
    // The long vowel of no word: 評価書 stands in every title, however it is spaced.
    text.len() <= 240 && text.contains('評') && text.contains('特') && text.contains('書')
}

/// A heading of the running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heading {
    /// 作成主体の名称：
    Authors,
    /// １ 総合特別区域の名称
    Name,
    /// ２ 総合特区計画の状況
    Plan,
    Overview,
    Goal,
    Dates,
    /// ３ 目標に向けた取組の進捗に関する評価（別紙１）
    Progress,
    Indicators,
    Weights,
    Links,
    Schedule,
    /// ４ 規制緩和を活用した事業の実績及び自己評価（別紙２）
    Projects,
    /// ５ 財政・税制・金融支援の活用実績及び自己評価（別紙３）
    Supports,
    /// ６ 地域独自の取組の状況及び自己評価（別紙４）
    Locals,
    /// ７ 総合評価
    Overall,
}

/// The heading that a row (its key) is.
pub(super) fn heading(key: &str) -> Option<Heading> {
    if key.starts_with("作成主体") {
        return Some(Heading::Authors);
    }
    let circled = key.starts_with(|c| matches!(c, '①'..='⑳'));
    let rest = key.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳' | '.' | '、' | '．'));
    let numbered = rest.len() < key.len() && !circled;
    let short = key.chars().count() <= 40;
    let found = if circled {
        [
            ("総合特区計画の概要", Heading::Overview),
            ("総合特別区域計画の概要", Heading::Overview),
            ("総合特区計画の目指す目標", Heading::Goal),
            ("総合特別区域計画の目指す目標", Heading::Goal),
            ("総合特区計画の指定", Heading::Dates),
            ("総合特別区域計画の指定", Heading::Dates),
            ("評価指標", Heading::Indicators),
            ("寄与度の考え方", Heading::Weights),
            ("総合特区として実現しようとする目標", Heading::Links),
            ("総合特別区域として実現しようとする目標", Heading::Links),
            ("目標達成に向けた実施スケジュール", Heading::Schedule),
        ]
        .iter()
        .find(|(words, _)| rest.starts_with(words))
        .map(|(_, h)| *h)
    } else if numbered {
        [
            ("総合特区計画の状況", Heading::Plan),
            ("総合特別区域計画の状況", Heading::Plan),
            ("目標に向けた取組の進捗", Heading::Progress),
            ("規制", Heading::Projects),
            ("財政・税制・金融", Heading::Supports),
            ("地域独自の取組", Heading::Locals),
            ("総合評価", Heading::Overall),
        ]
        .iter()
        .find(|(words, _)| {
            rest.starts_with(words) && (*words != "規制" || rest.contains("評価") || rest.contains("別紙"))
        })
        .map(|(_, h)| *h)
    } else {
        None
    };
    found.or_else(|| (short && is_name_heading(rest)).then_some(Heading::Name))
}

fn is_name_heading(rest: &str) -> bool {
    rest.strip_suffix("の名称").is_some_and(|r| {
        matches!(
            r,
            "国際戦略総合特別区域"
                | "地域活性化総合特別区域"
                | "総合特別区域"
                | "国際戦略総合特区"
                | "地域活性化総合特区"
                | "総合特区"
        )
    })
}

/// A row that begins the annexes.
pub(super) fn begins_annex(key: &str) -> bool {
    is_annex_number(key) || key.starts_with("■目標に向けた取組の進捗に関する評価")
}

/// 別紙１, 別紙１－２
pub(super) fn is_annex_number(key: &str) -> bool {
    key.strip_prefix("別紙").is_some_and(|n| {
        !n.is_empty() && n.chars().count() <= 4 && n.chars().all(|c| c.is_ascii_digit() || dash::is_dash(c))
    })
}

/// The parts of a passage of 別紙１, in the order of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Narrative {
    Approach,
    Basis,
    SelfEvaluation,
    External,
    Alternative,
}

/// Full labels of 別紙１; the notes at their ends vary with the year.
const NARRATIVES: [(&str, Narrative); 5] = [
    ("目標達成の考え方", Narrative::Approach),
    ("各年度の目標設定", Narrative::Basis),
    ("進捗状況に係る自己評価", Narrative::SelfEvaluation),
    ("外部要因等特記事項", Narrative::External),
    ("代替指標の考え方", Narrative::Alternative),
];

/// The label of a passage, by its beginning.
pub(super) fn narrative(key: &str) -> Option<Narrative> {
    NARRATIVES.iter().find(|(words, _)| key.starts_with(words)).map(|(_, n)| *n)
}

/// The parts of the labels of passages, one after the other, as the form has printed them.
pub(super) const NARRATIVE_TEXTS: [(&str, Narrative); 9] = [
    ("目標達成の考え方及び目標達成に向けた主な取組、関連事業", Narrative::Approach),
    ("各年度の目標設定の考え方や数値の根拠等", Narrative::Basis),
    ("※定性的評価の場合は、数値の根拠に代えて計画の進行管理の方法等", Narrative::Basis),
    ("進捗状況に係る自己評価", Narrative::SelfEvaluation),
    ("(進捗が遅れている場合は要因分析)", Narrative::SelfEvaluation),
    ("及び次年度以降の取組の方向性", Narrative::SelfEvaluation),
    ("外部要因等特記事項", Narrative::External),
    ("代替指標の考え方または定性的評価", Narrative::Alternative),
    ("※数値目標の実績に代えて代替指標または定性的な評価を用いる場合", Narrative::Alternative),
];

/// 財政支援措置の状況 …
pub(super) fn support_kind(key: &str) -> Option<SupportKind> {
    let key = key.split_once("(単位").map_or(key, |(head, _)| head);
    [("財政支援", SupportKind::Fiscal), ("税制支援", SupportKind::Tax), ("金融支援", SupportKind::Loan)]
        .iter()
        .find(|(words, _)| key.starts_with(words) && key.chars().count() <= 12 && key.contains("状況"))
        .map(|(_, kind)| *kind)
}

/// The label of a row of 別紙３.
pub(super) fn support_item(key: &str) -> Option<SupportItem> {
    [
        ("財政支援要望", SupportItem::Requested),
        ("国予算", SupportItem::National),
        ("自治体予算", SupportItem::Local),
        ("総事業費", SupportItem::Total),
        ("件数", SupportItem::Count),
    ]
    .iter()
    .find(|(words, _)| key.starts_with(words) && key.chars().count() <= 16)
    .map(|(_, item)| *item)
}

/// A heading of 別紙４ over its tables.
pub(super) fn local_category(key: &str) -> bool {
    support_kind(key).is_some()
        || matches!(key, "規制緩和" | "規制強化" | "その他" | "体制強化" | "民間の取組等" | "民間の取組")
}

/// A row that begins something new, whatever stood before it.
pub(super) fn heads(key: &str) -> bool {
    key.starts_with('■')
        || local_category(key)
        || is_annex_number(key)
        || ["地域独自の取組の状況及び自己評価", "目標達成に向けた実施スケジュール", "特区名:", "[指摘事項]", "[左記"]
            .iter()
            .any(|words| key.starts_with(words))
}

static YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:平成|令和)(?:元|[0-9]{1,2})年度?|[HRhr][0-9]{1,2}(?:年度)?").ok());

/// The fiscal year that a heading names: 当初（平成23年度）, H23.
pub(super) fn year(key: &str) -> Option<i32> {
    let found = YEAR.as_ref()?.find(key)?;
    let rest: String = [&key[..found.start()], &key[found.end()..]].concat();
    let rest = rest.trim_matches(|c| matches!(c, '(' | ')'));
    if !matches!(rest, "" | "当初" | "当初(" | "実績" | "目標") {
        return None;
    }
    let printed = found.as_str();
    let named = if printed.ends_with('年') { format!("{printed}度") } else { printed.to_owned() };
    era::fiscal_year(&named)
}

/// The year that a heading names is a calendar year: 令和5年, 当初(平成23年).
pub(super) fn is_calendar(key: &str) -> bool {
    YEAR.as_ref().and_then(|r| r.find(key)).is_some_and(|m| m.as_str().ends_with('年'))
}

static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"\(([0-9]{{1,2}})\)(?:{DASH}|の)?((?:[、,・及び]*[①-⑳](?:[〜~～][①-⑳])?)*)")).ok()
});

/// The targets that a print names: `数値目標（１）－①②` → `(1)-①`, `(1)-②`; an indicator as a whole is `(1)`.
pub(super) fn target_numbers(key: &str) -> Vec<String> {
    let Some(numbers) = NUMBERS.as_ref() else { return Vec::new() };
    let mut out = Vec::new();
    for found in numbers.captures_iter(key) {
        let indicator = &found[1];
        let mut last: Option<char> = None;
        let mut range = false;
        for c in found[2].chars() {
            match c {
                '①'..='⑳' => {
                    let first = last.filter(|_| range).map_or(c, next);
                    for mark in first..=c {
                        out.push(format!("({indicator})-{mark}"));
                    }
                    (last, range) = (Some(c), false);
                }
                '〜' | '~' | '～' => range = true,
                _ => {}
            }
        }
        if last.is_none() {
            out.push(format!("({indicator})"));
        }
    }
    out
}

fn next(c: char) -> char {
    char::from_u32(u32::from(c) + 1).unwrap_or(c)
}

/// 関連する数値目標: the targets named, or the words as printed (全て); nothing for a dash.
pub(super) fn related(printed: &str) -> Vec<String> {
    let tight = key(printed);
    let numbers = target_numbers(&tight);
    if !numbers.is_empty() {
        return numbers;
    }
    if tight.is_empty() || dash::is_none(&tight) || tight == "該当なし" {
        return Vec::new();
    }
    vec![fold(printed).split_whitespace().collect()]
}

/// Does a key say which targets, and nothing else?
pub(super) fn is_related(key: &str) -> bool {
    if matches!(key, "全て" | "すべて" | "全体") || dash::is_none(key) {
        return true;
    }
    static ONLY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"^(?:(?:数値目標|評価指標|目標)\([0-9]{{1,2}}\){DASH}?(?:[、,・]?[①-⑳])*[、,]?)+$")).ok()
    });
    ONLY.as_ref().is_some_and(|r| r.is_match(key))
}

/// 目標（１）①② and nothing else: a heading of the findings.
pub(super) fn finding_about(key: &str) -> Option<Vec<String>> {
    let named =
        key.starts_with("目標") || key.starts_with("数値目標") || key.starts_with("評価指標") || key.starts_with("【");
    let bare = key.trim_matches(|c| "【】[]<>＜＞〈〉:".contains(c));
    let bare = bare.strip_suffix("関係").or(bare.strip_suffix("について")).unwrap_or(bare);
    (named && key.chars().count() <= 40 && is_related(bare)).then(|| target_numbers(bare)).filter(|t| !t.is_empty())
}

pub(super) fn circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_whole_line_and_nothing_else() {
        let read = |s: &str| title(&key(s));
        assert_eq!(
            read("平成 25 年度　国際戦略総合特別区域評価書【正】"),
            Some((Some(2013), "国際戦略総合特別区域評価書".into(), Some("正".into())))
        );
        assert_eq!(read("令和元年度 地域活性化総合特別区域評価書").map(|t| t.0), Some(Some(2019)));
        assert_eq!(read("総合特別区域評価書の作成に当たっては"), None);
        assert_eq!(read("平成25年度 国際戦略総合特別区域評価書について"), None);
    }

    #[test]
    fn targets_are_named_in_many_ways() {
        let read = |s: &str| target_numbers(&key(s));
        assert_eq!(read("数値目標（１）―①\n数値目標(2)－③"), ["(1)-①", "(2)-③"]);
        assert_eq!(read("数値目標（１）①②③"), ["(1)-①", "(1)-②", "(1)-③"]);
        assert_eq!(read("目標（２）①、③"), ["(2)-①", "(2)-③"]);
        assert_eq!(read("数値目標（１）－①～③"), ["(1)-①", "(1)-②", "(1)-③"]);
        assert_eq!(read("評価指標（３）"), ["(3)"]);
        assert_eq!(related("全て"), ["全て"]);
        assert_eq!(related("―"), Vec::<String>::new());
    }

    #[test]
    fn years_of_headings() {
        assert_eq!(year("当初(平成23年度)"), Some(2011));
        assert_eq!(year("H25"), Some(2013));
        assert_eq!(year("令和元年度"), Some(2019));
        assert_eq!(year("平成25年度実績値は10件"), None);
        assert!(is_calendar("当初(令和5年)") && !is_calendar("令和5年度") && !is_calendar("R5"));
    }

    #[test]
    fn headings_need_their_numbers() {
        assert_eq!(heading("7総合評価"), Some(Heading::Overall));
        assert_eq!(heading("①評価指標及び留保条件"), Some(Heading::Indicators));
        assert_eq!(heading("4規制緩和を活用した事業の実績及び自己評価(別紙2)"), Some(Heading::Projects));
        assert_eq!(heading("地域活性化総合特別区域の名称"), Some(Heading::Name));
        assert_eq!(heading("総合評価としては"), None);
    }
}
