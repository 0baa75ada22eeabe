//! The labels that the form prints, editions and spellings included. Values are never recognised here.

use std::sync::LazyLock;

use crate::normalize::{era, fold};

/// A printed label, heading or piece of furniture of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Label {
    /// 様式１（主な取組）
    Edition,
    /// 「主な取組」検証票
    Title,
    /// 施策展開
    Development,
    /// 施策
    Measure,
    /// 施策の小項目名
    SubMeasure,
    /// 主な取組
    Initiative,
    /// 対応する成果指標
    Outcome,
    /// 施策の方向
    Direction,
    /// １ 取組の概要（Plan）
    PlanHeading,
    /// 主な取組（アクティビティ）
    Summary,
    /// 実施主体
    Actors,
    /// 年度別計画
    YearPlan,
    /// 活動指標（アウトプット）
    OutputIndicators,
    /// 担当部課【連絡先】
    Department,
    /// 【連絡先】 where it stands apart
    Contact,
    /// 関連URL
    Url,
    /// ２ 取組の状況（Do）
    DoHeading,
    /// （1）取組の進捗状況
    ProgressHeading,
    /// （単位：千円）
    Unit,
    /// 予算事業名
    Program,
    /// 主な財源
    Fund,
    /// 実施方法
    Method,
    /// 決算額
    Settled,
    /// 決算見込額
    SettlementEstimate,
    /// 当初予算額
    Initial,
    /// 令和N年度活動内容
    ActivityDone,
    /// 令和N年度活動計画
    ActivityPlanned,
    /// 活動指標名
    IndicatorName,
    /// 実績値
    Actuals,
    /// 実績値(A)
    Actual,
    /// 目標値(B)
    Target,
    /// 達成割合 A/B
    Achievement,
    /// 進捗状況
    Progress,
    /// 活動概要
    ActivitySummary,
    /// 進捗状況の判定根拠、要因及び取組の効果
    Rationale,
    /// (２)これまでの改善案の反映状況
    ImprovementsHeading,
    /// 令和N年度の取組改善案
    Planned,
    /// 反映状況
    Reflected,
    /// ３ 取組の検証（Check）
    CheckHeading,
    /// ４ 取組の改善案（Action）
    ActionHeading,
    /// 類型
    Category,
    /// 内容
    Content,
    /// R4, R4年度, 令和4年度 as the heading of a column
    Year,
}

/// Labels by their key (see [`fold::key`]).
const FIXED: [(&str, Label); 62] = [
    ("様式1(主な取組)", Label::Edition),
    ("「主な取組」検証票", Label::Title),
    ("施策展開", Label::Development),
    ("施策", Label::Measure),
    ("施策の小項目名", Label::SubMeasure),
    ("主な取組", Label::Initiative),
    ("対応する成果指標", Label::Outcome),
    ("施策の方向", Label::Direction),
    ("1取組の概要(Plan)", Label::PlanHeading),
    ("主な取組(アクティビティ)", Label::Summary),
    ("取組内容", Label::Summary),
    ("実施主体", Label::Actors),
    ("年度別計画", Label::YearPlan),
    ("活動指標(アウトプット)", Label::OutputIndicators),
    ("担当部課【連絡先】", Label::Department),
    ("担当部課", Label::Department),
    ("担当部課名", Label::Department),
    ("【連絡先】", Label::Contact),
    ("連絡先", Label::Contact),
    ("関連URL", Label::Url),
    ("関連URL等", Label::Url),
    ("2取組の状況(Do)", Label::DoHeading),
    ("(1)取組の進捗状況", Label::ProgressHeading),
    ("(1)取組の推進状況", Label::ProgressHeading),
    ("(単位:千円)", Label::Unit),
    ("(単位:円)", Label::Unit),
    ("(単位:百万円)", Label::Unit),
    ("予算事業名", Label::Program),
    ("主な財源", Label::Fund),
    ("実施方法", Label::Method),
    ("決算額", Label::Settled),
    ("決算見込額", Label::SettlementEstimate),
    ("決算見込", Label::SettlementEstimate),
    ("当初予算額", Label::Initial),
    ("当初予算", Label::Initial),
    ("予算額", Label::Initial),
    ("予算", Label::Initial),
    ("決算", Label::Settled),
    ("活動指標名", Label::IndicatorName),
    ("実績値", Label::Actuals),
    ("実績値(A)", Label::Actual),
    ("目標値(B)", Label::Target),
    ("計画値(B)", Label::Target),
    ("目標値", Label::Target),
    ("計画値", Label::Target),
    ("達成割合A/B", Label::Achievement),
    ("達成割合(A/B)", Label::Achievement),
    ("達成割合", Label::Achievement),
    ("進捗状況", Label::Progress),
    ("推進状況", Label::Progress),
    ("活動概要", Label::ActivitySummary),
    ("進捗状況の判定根拠、要因及び取組の効果", Label::Rationale),
    ("推進状況の判定根拠、要因及び取組の効果", Label::Rationale),
    ("進捗状況の判定根拠", Label::Rationale),
    ("推進状況の判定根拠", Label::Rationale),
    ("(2)これまでの改善案の反映状況", Label::ImprovementsHeading),
    ("反映状況", Label::Reflected),
    ("3取組の検証(Check)", Label::CheckHeading),
    ("4取組の改善案(Action)", Label::ActionHeading),
    ("類型", Label::Category),
    ("内容", Label::Content),
    ("活動計画", Label::ActivityPlanned),
];

/// Labels that follow a fiscal year: 令和４年度活動内容, R4年度(A).
const AFTER_YEAR: [(&str, Label); 17] = [
    ("決算額", Label::Settled),
    ("決算見込額", Label::SettlementEstimate),
    ("当初予算額", Label::Initial),
    ("決算見込", Label::SettlementEstimate),
    ("当初予算", Label::Initial),
    ("予算額", Label::Initial),
    ("予算", Label::Initial),
    ("(A)", Label::Actual),
    ("実績値(A)", Label::Actual),
    ("(B)", Label::Target),
    ("目標値(B)", Label::Target),
    ("計画値(B)", Label::Target),
    ("活動内容", Label::ActivityDone),
    ("活動計画", Label::ActivityPlanned),
    ("の取組改善案", Label::Planned),
    ("取組改善案", Label::Planned),
    ("の改善案", Label::Planned),
];

impl Label {
    /// Its words in this edition, folded.
    pub fn words(self) -> &'static str {
        let is = |&&(_, label): &&(&str, Label)| label == self;
        FIXED.iter().chain(&AFTER_YEAR).find(is).map_or("年度", |(words, _)| words)
    }
}

/// First and last characters that a label can have (folded): most values are turned away by them without being folded.
/// Each in order.
static ENDS: LazyLock<(Vec<char>, Vec<char>)> = LazyLock::new(|| {
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for (key, _) in FIXED {
        first.extend(key.chars().next());
        last.extend(key.chars().next_back());
    }
    // Labels that begin with a year, and years alone.
    first.extend(['R', 'H', '令', '平']);
    first.extend('1'..='9');
    last.extend(AFTER_YEAR.iter().filter_map(|(tail, _)| tail.chars().next_back()));
    last.extend("元年度".chars().chain('0'..='9'));
    first.sort_unstable();
    last.sort_unstable();
    (first, last)
});

/// Can the text be a label, as far as its length and its ends tell?
fn can_be(text: &str) -> bool {
    let end = |c: Option<char>| c.and_then(fold::fold_char);
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let first = end(signs.next());
    let last = end(signs.next_back()).or(first);
    let one_of = |ends: &[char], c: Option<char>| c.is_some_and(|c| ends.binary_search(&c).is_ok());
    // No label is longer, spaces between its characters counted.
    text.len() <= 120 && one_of(&ENDS.0, first) && one_of(&ENDS.1, last)
}

/// The label that a text is, as a whole, and the fiscal year it names.
pub(super) fn label(text: &str) -> Option<(Label, Option<i32>)> {
    if !can_be(text) {
        return None;
    }
    let key = fold::key(text);
    if let Some((_, label)) = FIXED.iter().find(|(k, _)| *k == key) {
        return Some((*label, None));
    }
    for (tail, label) in AFTER_YEAR {
        if let Some(year) = key.strip_suffix(tail).and_then(heading_year) {
            return Some((label, Some(year)));
        }
    }
    heading_year(&key).map(|year| (Label::Year, Some(year)))
}

/// Which of the labels that begin a sheet a text is: 様式１（主な取組）, 「主な取組」検証票 or 施策展開.
pub(super) fn opener(text: &str) -> Option<Label> {
    // Most lines are turned away by their first sign.
    let first = text.trim_start().chars().next().and_then(fold::fold_char)?;
    let (label, _) = matches!(first, '様' | '「' | '施').then(|| label(text)).flatten()?;
    matches!(label, Label::Edition | Label::Title | Label::Development).then_some(label)
}

/// The fiscal year of a column heading: `R4`, `R4年度`, `令和4年度`, `2022年度`.
pub(super) fn heading_year(key: &str) -> Option<i32> {
    let era = key.starts_with(['R', 'H', '令', '平']);
    if era || key.ends_with("年度") { era::fiscal_year(key) } else { None }
}

/// The longest label that a run of characters begins with (folded, no white space, dashes as `-`): what it is, the
/// fiscal year it names, and how many of the characters it takes. For text in which labels run into what follows.
pub(super) fn prefix(key: &[char]) -> Option<(Label, Option<i32>, usize)> {
    let starts = |text: &str| {
        let mut n = 0;
        text.chars().all(|c| {
            n += 1;
            key.get(n - 1) == Some(&c)
        }) && n > 0
    };
    let fixed = FIXED.iter().filter(|(k, _)| starts(k)).map(|(k, label)| (*label, None, k.chars().count()));
    fixed.chain(year_prefix(key)).max_by_key(|(_, _, n)| *n)
}

/// A label that begins with a fiscal year.
fn year_prefix(key: &[char]) -> Option<(Label, Option<i32>, usize)> {
    let count = |from: usize, f: fn(&char) -> bool| key.iter().skip(from).take_while(|c| f(c)).count();
    let era = match key {
        ['R' | 'H', ..] => 1,
        ['令', '和', ..] | ['平', '成', ..] => 2,
        _ => 0,
    };
    let digits = count(era, |c| c.is_ascii_digit() || *c == '元');
    if digits == 0 || digits > 4 || (era == 0) != (digits == 4) {
        return None;
    }
    let mut end = era + digits;
    let rest = |end: usize, tail: &str| tail.chars().enumerate().all(|(i, c)| key.get(end + i) == Some(&c));
    if rest(end, "年度") {
        end += 2;
    } else if era == 0 {
        return None;
    }
    let year = heading_year(&key[..end].iter().collect::<String>())?;
    for (tail, label) in AFTER_YEAR.into_iter().chain([("(A)", Label::Actual), ("(B)", Label::Target)]) {
        if rest(end, tail) {
            return Some((label, Some(year), end + tail.chars().count()));
        }
    }
    Some((Label::Year, Some(year), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_that_begins_a_sheet_opens_one() {
        let opens = |label: &Label| matches!(label, Label::Edition | Label::Title | Label::Development);
        for (text, label) in FIXED.iter().filter(|(_, label)| opens(label)) {
            assert_eq!(opener(text), Some(*label), "{text}");
        }
    }
}
