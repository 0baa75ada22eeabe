//! What prose quotes of a table: 「目標値「３件」に対し、実績値「８件」」.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalize::era;
use crate::normalize::fold::{fold, key};
use crate::normalize::{Quantity, State, quantity};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Target,
    Actual,
}

/// One value that a sentence quotes.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    pub role: Role,
    /// The indicator that the sentence names before it in 「」.
    pub name: Option<String>,
    pub quantity: Quantity,
    /// 累計, 延べ stands before the number.
    pub cumulative: bool,
    /// The fiscal year that the sentence names before it.
    pub fiscal_year: Option<i32>,
    /// As quoted.
    pub text: String,
}

/// `目標値「３件」`, `実績値は８件`: the word, then at once the number.
static VALUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(目標値|実績値)(?:は|が|を|:|の)?[「『(]?(累計|延べ|のべ)?((?:約|おおむね|概ね)?[△▲-]?[0-9][0-9,]*(?:\.[0-9]+)?[^「」『』()、。,\s0-9にでとをはがのから]{0,6}(?:以上|以下|未満|超)?)([」』)、。にでとをはが]|から|$)",
    )
    .ok()
});

/// `「貸出件数」の目標値`, `「貸出件数」については`: the name of an indicator. Its most letters are counted apart: a bound is
/// unrolled, which took longer than reading a sheet.
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"「([^「」]{2,})」(?:の|は、?|について、?)(?:令和[0-9元]+年度)?(?:の)?(?:目標値|実績値|目標|実績)").ok()
});

/// Letters of the longest name.
const LONGEST: usize = 80;

/// A year before the word: of another year the value is no quotation of this sheet's.
static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:令和|平成|R|H)[0-9元]{1,2}年度|前年度|昨年度|翌年度|次年度|最終年度|計画期間").ok()
});

/// Every value that a passage quotes, in its order.
pub fn values(passage: &str) -> Vec<Quoted> {
    let (Some(value), Some(year)) = (VALUE.as_ref(), YEAR.as_ref()) else { return Vec::new() };
    let mut out = Vec::new();
    for sentence in fold(passage).split_inclusive(['。', '\n']) {
        let sentence = key(sentence);
        for found in value.captures_iter(&sentence) {
            let (Some(all), Some(word), Some(text)) = (found.get(0), found.get(1), found.get(3)) else { continue };
            let before = &sentence[..all.start()];
            let named = named(&sentence[..word.end()]).last().map(str::to_owned);
            let told = year.find_iter(before).last().map(|y| y.as_str());
            // `i32::MIN`: of a year that is not told.
            let fiscal_year = told.map(|word| era::fiscal_year(word).unwrap_or(i32::MIN));
            let quantity = quantity::parse(text.as_str());
            if quantity.state != State::Number {
                continue;
            }
            out.push(Quoted {
                role: if word.as_str() == "目標値" { Role::Target } else { Role::Actual },
                name: named,
                quantity,
                cumulative: found.get(2).is_some(),
                fiscal_year,
                text: text.as_str().to_owned(),
            });
        }
    }
    out
}

/// Does a sentence speak of a fiscal year that is gone, or of any but this one?
pub fn of_another_year(sentence: &str, this: Option<i32>) -> bool {
    let Some(year) = YEAR.as_ref() else { return false };
    year.find_iter(sentence).any(|said| match said.as_str() {
        "前年度" | "昨年度" => true,
        "翌年度" | "次年度" | "最終年度" | "計画期間" => false,
        word => era::fiscal_year(word) != this,
    })
}

/// The names of indicators that a passage quotes as the subject of a target or a result, each once.
pub fn names(passage: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in named(&fold(passage)) {
        if !out.iter().any(|known| known == name) {
            out.push(name.to_owned());
        }
    }
    out
}

/// The names of indicators in a text, in its order.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let found = NAME.as_ref().into_iter().flat_map(|name| name.captures_iter(text));
    found.filter_map(|name| Some(name.get(1)?.as_str())).filter(|name| name.chars().count() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_with_their_names() {
        let all =
            values("「講座の開催回数」の目標値「３回」に対し、実績値「累計８回」であることから、順調と判断した。");
        assert_eq!(all.len(), 2);
        assert_eq!(
            (all[0].role, all[0].name.as_deref(), all[0].text.as_str()),
            (Role::Target, Some("講座の開催回数"), "3回")
        );
        assert_eq!((all[1].role, all[1].cumulative, all[1].text.as_str()), (Role::Actual, true, "8回"));
        assert_eq!(all[1].quantity.unit.as_deref(), Some("回"));
    }

    #[test]
    fn values_without_brackets() {
        let all = values("目標値40人以上に対し、実績値は32人となったため、概ね順調と判定した。");
        assert_eq!(all.iter().map(|q| q.text.as_str()).collect::<Vec<_>>(), ["40人以上", "32人"]);
        let all = values("実績値が「4.8ha」となった。目標値「△3%」に対し");
        assert_eq!(all.iter().map(|q| q.text.as_str()).collect::<Vec<_>>(), ["4.8ha", "△3%"]);
    }

    #[test]
    fn values_of_another_year_say_so() {
        let all = values("令和3年度の実績値「5件」を上回った。");
        assert_eq!(all[0].fiscal_year, Some(2021));
        assert_eq!(values("前年度の実績値「5件」")[0].fiscal_year, Some(i32::MIN));
        assert_eq!(values("目標値を達成した。実績値の向上に努める。"), []);
    }

    #[test]
    fn sentences_of_another_year() {
        assert!(of_another_year("前年度は「やや遅れ」と判定された", Some(2022)));
        assert!(of_another_year("令和3年度は順調と判断した", Some(2022)));
        assert!(!of_another_year("令和4年度は順調と判断し、次年度に備える", Some(2022)));
    }

    #[test]
    fn names_once_each() {
        assert_eq!(names("「参加者数」の目標値「3人」、「参加者数」の実績値「4人」、「順調」と判断"), ["参加者数"]);
    }
}
