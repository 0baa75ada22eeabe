//! What the words before a number, or in the bracket behind it, say that it is.

use crate::normalize::era;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Not said: a target among targets, a result among results.
    Own,
    /// 昨年度
    Previous,
    /// 目標
    Target,
    /// 実績
    Actual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The words say what the number is, not its name.
    Of(Said),
    /// A number of a year that the form has no role for.
    OtherYear,
    Name(Said),
}

/// Years farther from the document's own are no years: H2 is hydrogen.
const NEAR: i32 = 15;

/// `昨年度`, `目標`, `H30年度実績`; words that only begin so are a name.
pub fn role(words: &str, year: Option<i32>) -> Role {
    let (stem, said) = kind(words);
    let time = ["末", "時点", "同期", "値"].iter().fold(stem, |stem, tail| stem.strip_suffix(tail).unwrap_or(stem));
    let of = |shift: i32| match (shift, said) {
        (0, said) => Some(said),
        (-1, Said::Own | Said::Actual) => Some(Said::Previous),
        // A target of last year is neither.
        _ => None,
    };
    if let Some(shift) = if time.is_empty() && said != Said::Own { Some(0) } else { shift(time, year) } {
        return of(shift).map_or(Role::OtherYear, Role::Of);
    }
    // 前年度比 is of this year.
    let compared = ["比", "から", "より", "差"].iter().any(|word| words.contains(word));
    match (1..=stem.chars().count().min(8)).rev().find_map(|n| leading(words, n, year)).filter(|_| !compared) {
        Some(shift) => of(shift).map_or(Role::OtherYear, Role::Name),
        None => Role::Name(said),
    }
}

/// The words without 目標 or 実績 at their end.
fn kind(words: &str) -> (&str, Said) {
    let tails = [("目標値", Said::Target), ("目標", Said::Target), ("実績値", Said::Actual), ("実績", Said::Actual)];
    match tails.iter().find_map(|(tail, said)| Some((words.strip_suffix(tail)?, *said))) {
        Some((stem, said)) => (stem.strip_suffix('の').unwrap_or(stem), said),
        None => (words, Said::Own),
    }
}

/// The year that a name begins with: 昨年度の配布, R4年度参加者.
fn leading(words: &str, n: usize, year: Option<i32>) -> Option<i32> {
    let end = words.char_indices().nth(n).map(|(at, _)| at)?;
    let (head, rest) = words.split_at(end);
    let whole = head.ends_with("年度") || ["前回", "前々回"].contains(&head) || !rest.starts_with(['年', '度']);
    let letter = head.is_ascii() && rest.starts_with(|c: char| c.is_ascii());
    // 昨年 and 前年 alone begin other words too.
    let word = head.ends_with("年度") || head.is_ascii() || head.ends_with('回');
    if whole && word && !letter { shift(head, year) } else { None }
}

/// Years between the year that the words name and the document's own; far off where only that it is another is known.
fn shift(words: &str, year: Option<i32>) -> Option<i32> {
    const FAR: i32 = 99;
    match words {
        "今年度" | "本年度" | "当年度" | "当該年度" | "今年" | "本年" | "今回" => return Some(0),
        "昨年度" | "前年度" | "昨年" | "前年" => return Some(-1),
        "一昨年度" | "一昨年" | "前々年度" | "前々年" => return Some(-2),
        "前回" | "前々回" | "次回" | "来年度" | "次年度" | "翌年度" | "来年" | "翌年" => {
            return Some(FAR);
        }
        _ => {}
    }
    if let Some(of) = era::fiscal_year(words) {
        return match year {
            Some(year) if (of - year).abs() > NEAR && words.is_ascii() => None,
            Some(year) => Some(of - year),
            None => Some(FAR),
        };
    }
    // 令和4年 is a calendar year, and lies in two fiscal years.
    let calendar = words.ends_with('年') && era::fiscal_year(&format!("{words}度")).is_some();
    calendar.then_some(FAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_time_and_kind() {
        for (words, expected) in [
            ("昨年度", Role::Of(Said::Previous)),
            ("昨年度末", Role::Of(Said::Previous)),
            ("前年同期", Role::Of(Said::Previous)),
            ("昨年度実績", Role::Of(Said::Previous)),
            ("R4年度実績値", Role::Of(Said::Previous)),
            ("R4", Role::Of(Said::Previous)),
            ("令和5年度", Role::Of(Said::Own)),
            ("R5目標", Role::Of(Said::Target)),
            ("今年度目標", Role::Of(Said::Target)),
            ("目標値", Role::Of(Said::Target)),
            ("実績値", Role::Of(Said::Actual)),
            ("昨年度目標", Role::OtherYear),
            ("一昨年度", Role::OtherYear),
            ("前々年度実績", Role::OtherYear),
            ("前回", Role::OtherYear),
            ("H30年度", Role::OtherYear),
            ("令和4年", Role::OtherYear),
            ("参加企業数", Role::Name(Said::Own)),
            ("参加企業数目標", Role::Name(Said::Target)),
            ("植樹実績", Role::Name(Said::Actual)),
            ("昨年度の配布", Role::Name(Said::Previous)),
            ("R4年度の配布", Role::Name(Said::Previous)),
            ("一昨年度の配布", Role::OtherYear),
            ("R3参加者", Role::OtherYear),
            ("前回参加者", Role::OtherYear),
            ("昨年度比", Role::Name(Said::Own)),
            ("H2充填所", Role::Name(Said::Own)),
        ] {
            assert_eq!(role(words, Some(2023)), expected, "{words}");
        }
        assert_eq!(role("R4", None), Role::OtherYear);
    }
}
