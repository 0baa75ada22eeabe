//! Bounds printed with a number: 90％以上, 約30人, 5日以内.

use super::Comparator;

/// Takes the words and signs before a number that bound it: `約30人` gives `~` and `30人`. The string is folded.
pub fn before(s: &str) -> (Option<Comparator>, &str) {
    const WORDS: [(&str, Comparator); 8] = [
        ("約", Comparator::About),
        ("おおむね", Comparator::About),
        ("概ね", Comparator::About),
        ("およそ", Comparator::About),
        ("≧", Comparator::AtLeast),
        ("≥", Comparator::AtLeast),
        ("≦", Comparator::AtMost),
        ("≤", Comparator::AtMost),
    ];
    take(&WORDS, |word| s.strip_prefix(word)).map_or((None, s), |(c, rest)| (Some(c), rest.trim_start()))
}

/// Takes the word at the end of a quantity that bounds it: `90%以上` gives `>=` and `90%`. The string is folded.
pub fn after(s: &str) -> (Option<Comparator>, &str) {
    const WORDS: [(&str, Comparator); 7] = [
        ("以上", Comparator::AtLeast),
        ("以下", Comparator::AtMost),
        ("以内", Comparator::AtMost),
        ("超", Comparator::Above),
        ("未満", Comparator::Below),
        ("程度", Comparator::About),
        ("前後", Comparator::About),
    ];
    take(&WORDS, |word| s.strip_suffix(word)).map_or((None, s), |(c, rest)| (Some(c), rest.trim_end()))
}

fn take<'a>(words: &[(&str, Comparator)], strip: impl Fn(&str) -> Option<&'a str>) -> Option<(Comparator, &'a str)> {
    words.iter().find_map(|(word, comparator)| Some((*comparator, strip(word)?)))
}

/// The one bound of two that may be printed, one before and one after: `約30人程度` is `~`. `Err` where they say
/// different things.
pub fn one(a: Option<Comparator>, b: Option<Comparator>) -> Result<Option<Comparator>, Contradiction> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => Err(Contradiction),
        _ => Ok(a.or(b)),
    }
}

/// Two bounds that cannot both hold for one number: 約 … 以上.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds() {
        assert_eq!(before("約30人"), (Some(Comparator::About), "30人"));
        assert_eq!(before("30人"), (None, "30人"));
        assert_eq!(before("≧ 3"), (Some(Comparator::AtLeast), "3"));
        assert_eq!(after("90%以上"), (Some(Comparator::AtLeast), "90%"));
        assert_eq!(after("5日 以内"), (Some(Comparator::AtMost), "5日"));
        assert_eq!(after("3件超"), (Some(Comparator::Above), "3件"));
        assert_eq!(after("3件未満"), (Some(Comparator::Below), "3件"));
        assert_eq!(after(""), (None, ""));
        assert_eq!(one(Some(Comparator::About), Some(Comparator::About)), Ok(Some(Comparator::About)));
        assert_eq!(one(Some(Comparator::About), Some(Comparator::AtLeast)), Err(Contradiction));
        assert_eq!(one(None, Some(Comparator::AtLeast)), Ok(Some(Comparator::AtLeast)));
    }
}
