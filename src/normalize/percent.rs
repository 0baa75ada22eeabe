//! Percentages: `100.0%`, `９７．２％`, `△5%`, `３割５分`.

use rust_decimal::Decimal;

use super::dash::split_sign;
use super::fold::fold;
use super::numeral;
use super::word;
use super::{Number, State};

/// The percentage that the whole string prints, with the decimals printed: `100.0%` keeps its scale of 1. A percent sign
/// (or 割) must be there: a bare `0.9` may as well be a ratio. For a column headed `(%)`, see [`parse_bare`].
pub fn parse(s: &str) -> Option<Number> {
    let folded = fold(s);
    let (negative, rest) = split_sign(&folded);
    let value = match rest.trim_end().strip_suffix(['%', '％']) {
        Some(number) => numeral::parse(number)?,
        None => tenths(rest.trim())?,
    };
    Some(signed(negative, value))
}

/// Like [`parse`], for a column whose heading prints the sign, so that its cells need not.
pub fn parse_bare(s: &str) -> Option<Number> {
    parse(s).or_else(|| {
        let folded = fold(s);
        let (negative, rest) = split_sign(&folded);
        Some(signed(negative, numeral::parse(rest)?))
    })
}

/// What a percent cell prints, with its value where the state is [`State::Number`]. `-%` is a dash, words are
/// [`State::Text`].
pub fn read(s: &str) -> (State, Option<Number>) {
    if let Some(number) = parse(s) {
        return (State::Number, Some(number));
    }
    let folded = fold(s);
    let cell = folded.trim();
    let unsigned = cell.strip_suffix('%').filter(|rest| !rest.trim().is_empty()).unwrap_or(cell);
    (word::state(unsigned).unwrap_or(State::Text), None)
}

fn signed(negative: bool, value: Decimal) -> Number {
    Number(if negative && !value.is_zero() { -value } else { value })
}

/// 割 (10 %), 分 (1 %) and 厘 (0.1 %): `3割5分` is 35.
fn tenths(s: &str) -> Option<Decimal> {
    let (wari, rest) = s.split_once('割')?;
    let mut total = numeral::parse(wari)?.checked_mul(Decimal::TEN)?;
    let mut rest = rest.trim();
    for (sign, scale) in [('分', 0), ('厘', 1)] {
        if let Some((digit, tail)) = rest.split_once(sign) {
            let digit = numeral::parse(digit)?;
            if digit.scale() > 0 || digit >= Decimal::TEN {
                return None;
            }
            total = total.checked_add(digit.checked_mul(Decimal::new(1, scale))?)?;
            rest = tail.trim();
        }
    }
    rest.is_empty().then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(s: &str) -> Option<Number> {
        Some(Number(Decimal::from_str_exact(s).unwrap()))
    }

    #[test]
    fn percentages() {
        for (printed, value) in [
            ("100.0%", "100.0"),
            ("９７．２％", "97.2"),
            (" 5 % ", "5"),
            ("△1.8％", "-1.8"),
            ("▲ 3%", "-3"),
            ("-0.5%", "-0.5"),
            ("1,200％", "1200"),
            ("３割", "30"),
            ("三割五分", "35"),
            ("3割5分2厘", "35.2"),
            ("△1割", "-10"),
            ("△0.0%", "0.0"),
        ] {
            assert_eq!(parse(printed), number(value), "{printed}");
        }
        assert_eq!(parse("100.0%").map(|n| n.0.scale()), Some(1));
        assert_eq!(parse_bare("62.5"), number("62.5"));
        for printed in ["", "%", "0.9", "-", "5件", "3割引", "割", "50%以上", "1,23%", "五%六%", "3割12分", "--5%"]
        {
            assert_eq!(parse(printed), None, "{printed}");
        }
    }

    #[test]
    fn states() {
        assert_eq!(read("83.3%"), (State::Number, number("83.3")));
        for (printed, state) in [
            ("－", State::None),
            ("-%", State::None),
            ("", State::Blank),
            ("%", State::Text),
            ("調査中", State::Pending),
            ("皆増", State::Text),
        ] {
            assert_eq!(read(printed), (state, None), "{printed}");
        }
    }

    proptest! {
        #[test]
        fn keeps_the_printed_scale(n in 0..1_000_000i64, scale in 0..4u32, negative in any::<bool>()) {
            let value = Decimal::new(n, scale);
            let sign = if negative { "△" } else { "" };
            let read = parse(&format!("{sign}{value}％")).unwrap().0;
            prop_assert_eq!(read.abs(), value);
            prop_assert_eq!(read.scale(), value.scale());
        }

        #[test]
        fn no_string_panics(s in any::<String>()) {
            let _ = (parse(&s), parse_bare(&s));
            let (state, value) = read(&s);
            prop_assert_eq!(state == State::Number, value.is_some());
        }
    }
}
