//! Fractions in words: `10分の８`, `三分の二`.

use rust_decimal::Decimal;

use super::numeral;

/// `10分の８`: numerator 8, denominator 10. Kept apart, since 2/3 has no exact decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    pub numerator: u32,
    /// Never 0.
    pub denominator: u32,
}

impl Fraction {
    /// The decimal nearest to it, in 28 digits: 0.8.
    pub fn value(self) -> Option<Decimal> {
        Decimal::from(self.numerator).checked_div(Decimal::from(self.denominator)).map(|d| d.normalize())
    }
}

/// The fraction that the whole string prints, spaces aside.
pub fn parse(s: &str) -> Option<Fraction> {
    let s = s.trim();
    prefix(s).filter(|(_, end)| *end == s.len()).map(|(fraction, _)| fraction)
}

/// The fraction at the start of the string, and the bytes that it takes: `3分の2以内` gives 2/3 and 8.
pub fn prefix(s: &str) -> Option<(Fraction, usize)> {
    let (denominator, at) = whole(s)?;
    let rest = s[at..].trim_start();
    let rest = rest.strip_prefix("分の")?.trim_start();
    let (numerator, width) = whole(rest)?;
    let end = s.len() - rest.len() + width;
    (denominator > 0).then_some((Fraction { numerator, denominator }, end))
}

fn whole(s: &str) -> Option<(u32, usize)> {
    let (value, end) = numeral::prefix(s)?;
    (value.scale() == 0).then_some(())?;
    Some((u32::try_from(value).ok()?, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fractions() {
        for s in ["10分の8", "１０分の８", "十分の八", " 10 分の 8 "] {
            assert_eq!(parse(s), Some(Fraction { numerator: 8, denominator: 10 }), "{s}");
        }
        assert_eq!(parse("10分の８").and_then(Fraction::value), Decimal::from_str_exact("0.8").ok());
        assert_eq!(prefix("3分の2以内").map(|(_, end)| end), Some(8));
        for s in ["", "0分の1", "分の1", "3分の", "三分", "1.5分の1", "3分の2以内", "99999999999分の1"]
        {
            assert_eq!(parse(s), None, "{s}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_was_written(numerator in any::<u32>(), denominator in 1..u32::MAX) {
            let fraction = Fraction { numerator, denominator };
            prop_assert_eq!(parse(&format!("{denominator}分の{numerator}")), Some(fraction));
            prop_assert!(fraction.value().is_some());
        }

        #[test]
        fn no_string_panics(s in any::<String>(), t in "[0-9一二十分の ]{0,8}") {
            let _ = (parse(&s), parse(&t));
        }
    }
}
