//! What the column 補助率及び上限額 prints: the rate, how fractions of the amount are treated, and the limit.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use crate::normalize::{Comparator, MoneyUnit, State, bound, fraction, money, numeral};

/// ＜補助率＞, 【上限額】, 補助率：
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[<〈《【\[〔(]([^<>〈〉【】()]{0,8}(?:率|上限額?|限度額?|補助額|端数処理?|端数))[>〉》】\]〕)]:?|(補助率|補助上限額|補助限度額|上限額|限度額|上限|限度):",
    )
    .expect("a constant")
});
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[〇一二三四五六七八九十百千]+)(?:[億万千百]+[0-9,]*)*円")
        .expect("a constant")
});
/// What is done with fractions of the amount: from the amount on.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"([0-9,]+[千万百]?|[一二三四五六七八九十百千万]+)円未満[^。)]*?(切り?捨て?|切り?上げ?|四捨五入)[^。)]*[。)]?",
    )
    .expect("a constant")
});
/// A limit that is said behind its amount: 500万円を限度とする.
static LIMITED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"{}(?:まで)?(?:を|が|の)?(?:その)?(?:上限|限度)", AMOUNT.as_str())).expect("a constant")
});
/// What stands between a rate and the limit behind it.
const LINKS: [&str; 9] = ["。", "、", "(", "ただし", "なお", "かつ", "とし", "とする", "また"];
/// Where such a clause begins.
const OPENERS: [&str; 5] = ["ただし", "なお", "※", "(", "。"];
/// What may stand between a rate and 以内.
const OF_IT: [&str; 7] = ["を乗じて得た額", "を乗じた額", "に相当する額", "に相当する金額", "相当額", "の額", "の金額"];
static RATIO: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9]+/[0-9]+|[0-9]+(?:\.[0-9]+)?(?:%|パーセント)").expect("a constant"));

/// The parts of one cell, in characters of its text (folded, no white space).
#[derive(Debug, Default, PartialEq)]
pub(in crate::form::subsidy_guideline) struct Parts {
    pub labels: Vec<Range<usize>>,
    pub rate: Option<RatePart>,
    pub rounding: Option<(Option<String>, Range<usize>)>,
    pub limit: Option<LimitPart>,
    /// An amount that stands with the rate and is not said to be the limit.
    pub amount: Option<Range<usize>>,
    /// Words that say more than these.
    pub left: bool,
}

#[derive(Debug, PartialEq)]
pub(in crate::form::subsidy_guideline) struct RatePart {
    pub at: Range<usize>,
    pub value: Option<Decimal>,
    pub comparator: Option<Comparator>,
    /// More than one number is printed.
    pub several: bool,
}

#[derive(Debug, PartialEq)]
pub(in crate::form::subsidy_guideline) struct LimitPart {
    pub at: Range<usize>,
    /// `None`: なし, a dash.
    pub yen: Option<i64>,
    /// More than one amount is printed, or one that cannot be read.
    pub unclear: bool,
    /// Digits without a unit, to be read in that of the column.
    pub bare: bool,
}

/// A stretch of the text in bytes, with what its label says it is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Of {
    Rate,
    Limit,
    Rounding,
    Either,
}

/// Reads a cell. `limit_only`: its column is that of the limits, in `unit`; `both`: rate and limit may stand in it.
pub(in crate::form::subsidy_guideline) fn read(text: &str, limit_only: bool, unit: MoneyUnit) -> Parts {
    let index = super::Print::indices(text);
    let chars = |r: Range<usize>| index[r.start]..index[r.end];
    let mut parts = Parts::default();
    let mut stretches: Vec<(Of, Range<usize>)> = Vec::new();
    let mut start = 0;
    let mut of = if limit_only { Of::Limit } else { Of::Either };
    for label in LABEL.find_iter(text) {
        // （上限500万円） has its amount within the bracket.
        stretches.push((of, start..label.start()));
        let word = label.as_str();
        of = if word.contains("端数") {
            Of::Rounding
        } else if word.contains('率') {
            Of::Rate
        } else {
            Of::Limit
        };
        parts.labels.push(chars(label.range()));
        start = label.end();
    }
    stretches.push((of, start..text.len()));
    for (of, at) in stretches {
        if at.is_empty() {
            continue;
        }
        // The clause on fractions of the amount may stand behind the rate or the limit.
        let stretch = &text[at.clone()];
        let clause = CLAUSE.captures(stretch).filter(|_| parts.rounding.is_none());
        let mut rest: Vec<Range<usize>> = vec![at.clone()];
        if let Some(clause) = &clause
            && let Some(whole) = clause.get(0)
        {
            let opener = |o: &str| {
                let begins = stretch[..whole.start()].rfind(o)?;
                Some(if o == "。" { begins + o.len() } else { begins })
            };
            let begins = OPENERS.iter().filter_map(|o| opener(o)).max().unwrap_or(whole.start());
            let closed = stretch[begins..].starts_with('(') && stretch[whole.end()..].starts_with(')');
            let range = at.start + begins..at.start + whole.end() + usize::from(closed);
            rest = vec![at.start..range.start, range.end..at.end];
            let verb = clause.get(2).map_or("", |m| m.as_str());
            let verb = if verb.contains("捨五") {
                "四捨五入"
            } else if verb.contains('捨') {
                "切り捨て"
            } else {
                "切り上げ"
            };
            let amount = clause.get(1).map_or("", |m| m.as_str());
            parts.rounding = Some((Some(format!("{amount}円未満{verb}")), chars(range)));
        } else if of == Of::Rounding || parts.rounding.is_none() && stretch.contains("端数") {
            let from = stretch.find("ただし").or_else(|| stretch.find("なお")).unwrap_or(0);
            parts.rounding = Some((None, chars(at.start + from..at.end)));
            rest[0].end = at.start + from;
        }
        for part in rest.into_iter().filter(|p| !text[p.clone()].trim_matches(|c| "。、".contains(c)).is_empty()) {
            let said = &text[part.clone()];
            match of {
                Of::Limit => limit(&mut parts, text, part, unit, &chars),
                Of::Rate | Of::Either if parts.rate.is_none() => {
                    let mut cut = limit_begins(said);
                    if cut > 0 && (of == Of::Rate || is_rate(&said[..cut])) {
                        cut = unlinked(&said[..cut]);
                        rate(&mut parts, text, part.start..part.start + cut, &chars);
                    } else if cut > 0 && of == Of::Either && AMOUNT.is_match(&said[..cut]) {
                        limit(&mut parts, text, part.start..part.start + cut, unit, &chars);
                    } else {
                        parts.left |= cut > 0;
                    }
                    if cut < said.len() {
                        limit(&mut parts, text, part.start + cut..part.end, unit, &chars);
                    }
                }
                _ => parts.left = true,
            }
        }
    }
    if parts.limit.is_none()
        && let Some(rate) = &parts.rate
    {
        let bytes = |at: usize| index.iter().position(|i| *i == at).unwrap_or(text.len());
        let from = bytes(rate.at.start);
        parts.amount = AMOUNT.find(&text[from..bytes(rate.at.end)]).map(|m| chars(from + m.start()..from + m.end()));
    }
    parts
}

/// Where the words of a limit begin behind those of a rate; the end where there are none.
fn limit_begins(said: &str) -> usize {
    let named = ["(上限", "(限度", "上限", "限度"].iter().filter_map(|w| said.find(w)).min();
    let named = named.filter(|at| AMOUNT.is_match(&said[*at..]));
    // 1件当たり500万円を限度とする: back to where its clause begins.
    let behind = LIMITED.find(said).map(|found| {
        let head = &said[..found.start()];
        let ends = ["。", "、", "(", "以内", "以下", "とし"].iter().filter_map(|w| Some(head.rfind(w)? + w.len()));
        ends.max().unwrap_or(found.start())
    });
    named.into_iter().chain(behind).min().unwrap_or(said.len())
}

/// The length of `said` without the words at its end that lead over to the limit.
fn unlinked(said: &str) -> usize {
    let mut head = said;
    while let Some(rest) = LINKS.iter().find_map(|link| head.strip_suffix(link)) {
        head = rest;
    }
    head.len()
}

fn is_rate(said: &str) -> bool {
    said.contains("定額") || said.contains("分の") || RATIO.is_match(said) || said.contains("以内")
}

fn rate(parts: &mut Parts, text: &str, at: Range<usize>, chars: &impl Fn(Range<usize>) -> Range<usize>) {
    // 。 and a list sign before it are none of the rate.
    let said = text[at.clone()].trim_end_matches(['。', '、']);
    let at = at.start..at.start + said.len();
    let mut values: Vec<(Decimal, usize)> = Vec::new();
    for (i, _) in said.match_indices("分の") {
        // Back to where the denominator begins.
        let head = &said[..i];
        let digits = head.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c));
        if let Some((value, end)) = fraction::prefix(&said[digits.len()..])
            && let Some(value) = value.value()
        {
            values.push((value, digits.len() + end));
        }
    }
    for found in RATIO.find_iter(said) {
        let of = |n: &str| numeral::parse(n);
        let value = match found.as_str().split_once('/') {
            Some((n, d)) => of(n).zip(of(d)).and_then(|(n, d)| n.checked_div(d)).map(|v| v.normalize()),
            None => {
                let number = found.as_str().trim_end_matches(|c: char| !c.is_ascii_digit());
                of(number).map(|n| (n / Decimal::from(100)).normalize())
            }
        };
        values.extend(value.map(|v| (v, found.end())));
    }
    let one = match values[..] {
        [one] => Some(one),
        _ => None,
    };
    let comparator = one.and_then(|(_, end)| {
        let mut behind = &said[end..];
        while let Some(rest) = OF_IT.iter().find_map(|words| behind.strip_prefix(words)) {
            behind = rest;
        }
        if ["の範囲内", "を超えない", "を限度", "を上限"].iter().any(|w| behind.starts_with(w)) {
            return Some(Comparator::AtMost);
        }
        let word = ["以内", "以下", "未満", "以上", "程度"].iter().find(|w| behind.starts_with(**w))?;
        bound::after(word).0
    });
    let value = one.map(|(value, _)| value);
    parts.rate = Some(RatePart { at: chars(at), value, comparator, several: values.len() > 1 });
}

fn limit(
    parts: &mut Parts,
    text: &str,
    at: Range<usize>,
    unit: MoneyUnit,
    chars: &impl Fn(Range<usize>) -> Range<usize>,
) {
    if parts.limit.is_some() {
        parts.left = true;
        return;
    }
    let said = &text[at.clone()];
    let amounts: Vec<_> = AMOUNT.find_iter(said).collect();
    let plain = said.trim_matches(|c| "()。、".contains(c));
    parts.limit = Some(match amounts[..] {
        [amount] => {
            let yen = money::parse(amount.as_str(), MoneyUnit::Yen).amount_yen;
            // 上限, 以内 and 1件当たり are said with the amount; the whole is its evidence.
            LimitPart { at: chars(at.clone()), yen, unclear: yen.is_none(), bare: false }
        }
        [] => {
            let money = money::parse(plain, unit);
            let none = matches!(money.state, State::None | State::NotApplicable | State::Blank)
                || ["上限なし", "限度なし", "上限は設けない", "設けない", "定めない"].iter().any(|w| plain.contains(w));
            let bare = money.amount_yen.is_some_and(|yen| yen != 0) && !plain.contains(['円', '¥', '\\']);
            LimitPart { at: chars(at), yen: money.amount_yen, unclear: money.amount_yen.is_none() && !none, bare }
        }
        _ => LimitPart { at: chars(at), yen: None, unclear: true, bare: false },
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> (Option<String>, Option<String>, Option<Option<i64>>) {
        let parts = read(text, false, MoneyUnit::Yen);
        let rate = parts.rate.map(|r| {
            let value = r.value.map_or(String::new(), |v| v.round_dp(4).to_string());
            let sign = if r.comparator == Some(Comparator::AtMost) { "<=" } else { "" };
            format!("{sign}{value}")
        });
        (rate, parts.rounding.and_then(|r| r.0), parts.limit.map(|l| l.yen))
    }

    #[test]
    fn labelled() {
        let text = "<補助率>10分の6以内ただし、補助金の額に1,000円未満の端数があるときは、これを切り捨てるものとする。<上限額>1,200万円";
        assert_eq!(said(text), (Some("<=0.6".into()), Some("1,000円未満切り捨て".into()), Some(Some(12_000_000))));
        let text = "【補助率】3分の2以内【限度額】50,000千円(千円未満切捨て)";
        assert_eq!(said(text), (Some("<=0.6667".into()), Some("千円未満切り捨て".into()), Some(Some(50_000_000))));
        let text = "補助率:1/2上限額:なし";
        assert_eq!(said(text), (Some("0.5".into()), None, Some(None)));
    }

    #[test]
    fn plain() {
        assert_eq!(said("定額"), (Some(String::new()), None, None));
        assert_eq!(said("補助対象経費の2分の1以内(上限500万円)"), (Some("<=0.5".into()), None, Some(Some(5_000_000))));
        assert_eq!(said("50%以内"), (Some("<=0.5".into()), None, None));
        assert_eq!(said("三分の二以内"), (Some("<=0.6667".into()), None, None));
        assert_eq!(said("二千二百万円"), (None, None, Some(Some(22_000_000))));
        assert_eq!(said("10分の10以内"), (Some("<=1".into()), None, None));
    }

    #[test]
    fn a_limit_behind_its_amount_is_one() {
        for (text, rate) in [
            ("1/2以内とし、500万円を限度とする。", "<=0.5"),
            ("2分の1を乗じて得た額以内とし、500万円を上限とする", "<=0.5"),
            ("2分の1以内。ただし、1件当たり500万円を限度とする。", "<=0.5"),
            ("定額(500万円を上限とする。)", ""),
            ("2分の1以内で1件当たり500万円が限度", "<=0.5"),
        ] {
            assert_eq!(said(text), (Some(rate.into()), None, Some(Some(5_000_000))), "{text}");
        }
        let raw = |text: &str| {
            let at = read(text, false, MoneyUnit::Yen).rate.map(|r| r.at).unwrap_or_default();
            text.chars().skip(at.start).take(at.len()).collect::<String>()
        };
        assert_eq!(raw("1/2以内とし、500万円を限度とする。"), "1/2以内");
        assert_eq!(raw("2分の1以内。ただし、上限は500万円とする。"), "2分の1以内");
    }

    #[test]
    fn words_between_a_rate_and_its_bound() {
        assert_eq!(said("3分の2を乗じて得た額以内").0.as_deref(), Some("<=0.6667"));
        assert_eq!(said("3分の2に相当する額以内").0.as_deref(), Some("<=0.6667"));
        assert_eq!(said("3分の2を限度とする。").0.as_deref(), Some("<=0.6667"));
        assert_eq!(said("3分の2").0.as_deref(), Some("0.6667"));
    }

    #[test]
    fn an_amount_with_the_rate_is_not_passed_over() {
        assert_eq!(read("定額(10万円)", false, MoneyUnit::Yen).amount, Some(3..7));
        assert_eq!(read("2分の1以内(1,000円未満切捨て)", false, MoneyUnit::Yen).amount, None);
        assert_eq!(read("2分の1以内(上限10万円)", false, MoneyUnit::Yen).amount, None);
    }

    #[test]
    fn a_column_of_limits_has_its_unit() {
        let limit = |text: &str, unit| read(text, true, unit).limit.map(|l| (l.yen, l.unclear));
        assert_eq!(limit("5,000", MoneyUnit::Thousand), Some((Some(5_000_000), false)));
        assert_eq!(limit("1件当たり300万円", MoneyUnit::Thousand), Some((Some(3_000_000), false)));
        assert_eq!(limit("-", MoneyUnit::Thousand), Some((None, false)));
        assert_eq!(limit("別に定める", MoneyUnit::Thousand), Some((None, true)));
        assert_eq!(limit("100万円又は200万円", MoneyUnit::Yen), Some((None, true)));
    }
}
