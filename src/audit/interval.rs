//! Rounding intervals: a printed number stands for every value that is printed like it.
//!
//! `4.6` may be anything from 4.55 to 4.65; a ratio of two such numbers is contradicted by a printed percentage only
//! where none of the values that they stand for gives it. What is counted (`8件`) stands for itself alone.

use rust_decimal::prelude::ToPrimitive;

use super::units;
use crate::normalize::{Comparator, Number, Quantity, State};

/// All values from `low` to `high`, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// Binary fractions are not decimal ones: 0.1 + 0.2 must still be 0.3.
const SLACK: f64 = 1e-9;

impl Interval {
    pub fn exact(value: f64) -> Self {
        Interval { low: value, high: value }
    }

    /// A measured number: half of its last printed place either way.
    pub fn rounded(number: Number) -> Self {
        Self::around(float(number), step(number) / 2.0)
    }

    /// Like [`Interval::rounded`], but a whole place away from zero: offices round percentages as well as cut them off.
    pub fn cut(number: Number) -> Self {
        let (value, step) = (float(number), step(number));
        let (down, up) = if value < 0.0 { (step, step / 2.0) } else { (step / 2.0, step) };
        Interval { low: value - down, high: value + up }
    }

    pub fn around(value: f64, slack: f64) -> Self {
        Interval { low: value - slack, high: value + slack }
    }

    /// What a printed quantity stands for. `None` for anything but a number that is neither a bound nor an estimate's
    /// far end: of `40人以上` the 40 counts, `5日以内` tells no ratio.
    pub fn of(quantity: &Quantity) -> Option<Self> {
        let value = quantity.value.filter(|_| quantity.state == State::Number)?;
        if matches!(quantity.comparator, Some(Comparator::AtMost | Comparator::Below)) {
            return None;
        }
        Some(Self::of_unit(value, quantity.unit.as_deref()))
    }

    /// A number with its counter: exact where it is counted, rounded where it is measured.
    pub fn of_unit(value: Number, unit: Option<&str>) -> Self {
        let counted = value.0.scale() == 0 && units::is_counted(unit);
        if counted { Self::exact(float(value)) } else { Self::rounded(value) }
    }

    pub fn plus(self, other: Interval) -> Self {
        Interval { low: self.low + other.low, high: self.high + other.high }
    }

    pub fn times(self, factor: f64) -> Self {
        let (a, b) = (self.low * factor, self.high * factor);
        Interval { low: a.min(b), high: a.max(b) }
    }

    /// `self` ÷ `other` in percent. `None` where the divisor may be zero.
    pub fn percent_of(self, other: Interval) -> Option<Self> {
        if other.low <= 0.0 && other.high >= 0.0 {
            return None;
        }
        let ends = [self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high];
        let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
        let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Some(Interval { low: low * 100.0, high: high * 100.0 })
    }

    /// Is there a value that both stand for?
    pub fn meets(self, other: Interval) -> bool {
        let slack = SLACK * self.high.abs().max(other.high.abs()).max(1.0);
        self.low <= other.high + slack && other.low <= self.high + slack
    }
}

pub fn float(number: Number) -> f64 {
    number.0.to_f64().unwrap_or(f64::NAN)
}

/// The last printed place: 0.1 of 42.3, 1 of 42.
fn step(number: Number) -> f64 {
    10f64.powi(-i32::try_from(number.0.scale()).unwrap_or(0))
}

/// A value with as many decimals as `like` prints.
pub fn shown_like(value: f64, like: Number) -> String {
    let decimals = usize::try_from(like.0.scale()).unwrap_or(0).min(6);
    // Halves go up, as offices round; the format alone would take them to the even digit.
    let scaled = (value * 10f64.powi(decimals as i32) * (1.0 + 1e-12)).round() / 10f64.powi(decimals as i32);
    format!("{:.*}", decimals, if scaled == 0.0 { 0.0 } else { scaled })
}

/// `1234567` as `1,234,567`.
pub fn grouped(value: i128) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::from(if value < 0 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(s: &str) -> Number {
        Number(s.parse().unwrap())
    }

    #[test]
    fn a_ratio_is_contradicted_only_outside_of_what_rounding_allows() {
        let ratio = Interval::rounded(n("4.6")).percent_of(Interval::rounded(n("11"))).unwrap();
        assert!(ratio.meets(Interval::cut(n("42.3"))));
        assert!(!ratio.meets(Interval::cut(n("44.5"))));
        assert!(!ratio.meets(Interval::cut(n("39.3"))));
    }

    #[test]
    fn what_is_counted_is_exact() {
        let ratio = Interval::of_unit(n("5"), Some("件")).percent_of(Interval::of_unit(n("6"), Some("件"))).unwrap();
        assert!(ratio.meets(Interval::cut(n("83.3"))));
        assert!(!ratio.meets(Interval::cut(n("83.5"))));
        let money =
            Interval::of_unit(n("5"), Some("億円")).percent_of(Interval::of_unit(n("6"), Some("億円"))).unwrap();
        assert!(money.meets(Interval::cut(n("83.5"))));
    }

    #[test]
    fn percentages_may_be_cut_off() {
        let ratio = Interval::exact(2.0).percent_of(Interval::exact(3.0)).unwrap();
        assert!(ratio.meets(Interval::cut(n("66.6"))));
        assert!(ratio.meets(Interval::cut(n("66.7"))));
        assert!(!ratio.meets(Interval::cut(n("66.8"))));
        assert!(Interval::exact(1.0).percent_of(Interval::rounded(n("0"))).is_none());
    }

    #[test]
    fn values_are_shown_as_the_print_shows_its_own() {
        assert_eq!(shown_like(80.96, n("68.4")), "81.0");
        assert_eq!(shown_like(0.125, n("0.12")), "0.13");
        assert_eq!(shown_like(-0.01, n("1.0")), "0.0");
    }
}
