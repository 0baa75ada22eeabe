//! Amounts of money, always in whole yen: `186,384` under （単位：千円）, `1億2,345万円`, `△1,234`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::Serialize;

use super::State;
use super::dash::split_sign;
use super::fold::{fold, key};
use super::numeral;
use super::word;

/// The unit that a column of amounts is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoneyUnit {
    /// 円
    Yen,
    /// 千円
    Thousand,
    /// 万円
    TenThousand,
    /// 百万円
    Million,
    /// 億円
    HundredMillion,
}

impl MoneyUnit {
    /// The unit that a heading prints: `（単位：千円）`, `決算額（百万円）`. `None` where it prints none, one of another
    /// size (十億円), or two different ones.
    pub fn from_label(label: &str) -> Option<Self> {
        let label = key(label);
        let mut found = None;
        for (at, _) in label.match_indices('円') {
            let before = &label[..at];
            let head = before.trim_end_matches(|c| "十百千万億兆".contains(c));
            let unit = match &before[head.len()..] {
                "" => Self::Yen,
                "千" => Self::Thousand,
                "万" => Self::TenThousand,
                "百万" => Self::Million,
                "億" => Self::HundredMillion,
                _ => return None,
            };
            // 円滑, 楕円, 500円: words and amounts, no units.
            let opens = head.chars().next_back().is_none_or(|c| match unit {
                Self::Yen => "(:[{<〔【・、,/=位額".contains(c),
                _ => numeral::digit(c).or_else(|| numeral::kanji_digit(c)).is_none() && c != '.',
            });
            let closes = label[at + '円'.len_utf8()..].chars().next().is_none_or(|c| ")]}>〕】・、,/".contains(c));
            if !opens || !closes {
                continue;
            }
            if found.is_some_and(|other| other != unit) {
                return None;
            }
            found = Some(unit);
        }
        found
    }

    /// How many yen one of it is.
    pub fn yen(self) -> Decimal {
        Decimal::from(match self {
            Self::Yen => 1,
            Self::Thousand => 1_000,
            Self::TenThousand => 10_000,
            Self::Million => 1_000_000,
            Self::HundredMillion => 100_000_000,
        })
    }
}

/// One printed amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Money {
    /// As printed, unfolded; absent for an empty cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    pub state: State,
    /// Whole yen, whatever the unit printed; there when the state is [`State::Number`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_yen: Option<i64>,
}

/// What a cell of a column of amounts prints. A unit printed in the cell itself wins over the column's. What is not an
/// amount for certain (a fraction of a yen, more than an `i64` holds, two amounts, a multiplier without 円 in a column
/// that has another) is [`State::Text`].
pub fn parse(raw: &str, unit: MoneyUnit) -> Money {
    let raw = raw.trim();
    let state = |state| Money { raw: (!raw.is_empty()).then(|| raw.to_owned()), state, amount_yen: None };
    let folded = fold(raw);
    let cell = folded.trim();
    if let Some(found) =
        word::state(cell.strip_suffix(['円']).map_or(cell, |c| c.trim_end_matches(['千', '万', '百', '億'])))
    {
        // A lone 円 or 千円 is no empty cell.
        return state(if found == State::Blank && !cell.is_empty() { State::Text } else { found });
    }
    match yen(cell, unit) {
        Some(amount) => Money { raw: Some(raw.to_owned()), state: State::Number, amount_yen: Some(amount) },
        None => state(State::Text),
    }
}

fn yen(cell: &str, unit: MoneyUnit) -> Option<i64> {
    let (negative, rest) = split_sign(cell);
    // `¥1,234` has its unit before it.
    let (sign_before, rest) = match rest.strip_prefix(['¥', '￥', '\\']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest),
    };
    let amount = match rest.strip_suffix('円') {
        Some(number) => numeral::parse(number)?,
        None if sign_before => numeral::parse(rest)?,
        None => {
            let multiplied = rest.contains(|c| "十百千万億兆拾佰阡仟萬".contains(c));
            if multiplied && unit != MoneyUnit::Yen {
                return None;
            }
            numeral::parse(rest)?.checked_mul(unit.yen())?
        }
    };
    let amount = if negative { -amount } else { amount };
    amount.fract().is_zero().then(|| amount.to_i64()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const K: MoneyUnit = MoneyUnit::Thousand;

    #[test]
    fn units() {
        for (label, unit) in [
            ("（単位：千円）", Some(K)),
            ("(単位 : 円)", Some(MoneyUnit::Yen)),
            ("単位百万円", Some(MoneyUnit::Million)),
            ("決算額（億円）", Some(MoneyUnit::HundredMillion)),
            ("（万円）", Some(MoneyUnit::TenThousand)),
            ("（単位：千円、％）", Some(K)),
            ("千円", Some(K)),
            ("（十億円）", None),
            ("（千円・億円）", None),
            ("円滑な実施", None),
            ("単位：人", None),
            ("決算額 千円", Some(K)),
            ("上限500千円", None),
            ("", None),
        ] {
            assert_eq!(MoneyUnit::from_label(label), unit, "{label}");
        }
    }

    #[test]
    fn amounts() {
        for (printed, unit, amount) in [
            ("186,000", K, 186_000_000),
            ("△1,234", K, -1_234_000),
            ("▲ 1,234", K, -1_234_000),
            ("-1,234", K, -1_234_000),
            ("－１２", K, -12_000),
            ("0", K, 0),
            ("1億2,345万円", K, 123_450_000),
            ("１，８３０億円", K, 183_000_000_000),
            ("4,404 億 2,661 万 9 千円", K, 440_426_619_000),
            ("二千二百万円", MoneyUnit::Yen, 22_000_000),
            ("2,500千円", MoneyUnit::Yen, 2_500_000),
            ("12百万円", K, 12_000_000),
            ("1.5億円", K, 150_000_000),
            ("1,234円", K, 1_234),
            ("￥1,234", K, 1_234),
            ("1,234.5", K, 1_234_500),
            ("3千万", MoneyUnit::Yen, 30_000_000),
            ("9.2", MoneyUnit::HundredMillion, 920_000_000),
        ] {
            let money = parse(printed, unit);
            assert_eq!(money.amount_yen, Some(amount), "{printed}");
            assert_eq!(money.state, State::Number);
            assert_eq!(money.raw.as_deref(), Some(printed));
        }
    }

    #[test]
    fn no_amounts() {
        for (printed, state) in [
            ("-", State::None),
            ("－千円", State::None),
            ("", State::Blank),
            ("　", State::Blank),
            ("調査中", State::Pending),
            ("円", State::Text),
            ("千円", State::Text),
            ("1,23", State::Text),
            ("1,234,56", State::Text),
            ("3億", State::Text),
            ("約100", State::Text),
            ("100(50)", State::Text),
            ("100 200", State::Text),
            ("0.0001", State::Text),
            ("9,223,372,036,854,775,808", State::Text),
            ("皆減", State::Text),
            ("--5", State::Text),
        ] {
            let money = parse(printed, K);
            assert_eq!((money.state, money.amount_yen), (state, None), "{printed}");
            assert_eq!(money.raw.is_none(), state == State::Blank);
        }
    }

    proptest! {
        #[test]
        fn an_amount_printed_is_the_amount_read(n in -9_000_000_000_000i64..9_000_000_000_000i64) {
            let sign = if n < 0 { "△" } else { "" };
            prop_assert_eq!(parse(&format!("{sign}{}", n.abs()), K).amount_yen, n.checked_mul(1000));
            prop_assert_eq!(parse(&format!("{sign}{}円", n.abs()), K).amount_yen, Some(n));
        }

        #[test]
        fn no_string_panics(s in any::<String>(), t in "[0-9０-９,.億万千百円△▲ー-]{0,30}") {
            for printed in [s, t] {
                let money = parse(&printed, MoneyUnit::HundredMillion);
                prop_assert_eq!(money.state == State::Number, money.amount_yen.is_some());
                let _ = MoneyUnit::from_label(&printed);
            }
        }
    }
}
