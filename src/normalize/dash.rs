//! The many signs that a page draws as one short line.
//!
//! Alone in a value cell they say "none", before a number they are a minus, in a katakana word the long vowel.

/// A sign that a page shows as a dash: hyphens, dashes, the minus, box-drawing lines, and the long vowel `ー`, which
/// typists use for one.
pub fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{AD}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2796}'
                | 'ー'
                | '\u{FE58}'
                | '\u{FE63}'
                | '－'
                | 'ｰ'
    )
}

/// Nothing but dashes and spaces, and at least one dash: the cell says "none". An empty string does not.
pub fn is_none(s: &str) -> bool {
    let mut dashes = 0usize;
    s.chars().all(|c| {
        dashes += usize::from(is_dash(c));
        is_dash(c) || c.is_whitespace()
    }) && dashes > 0
}

/// The signs printed for a minus: a dash, and the accountants' `△` and `▲`.
pub fn is_minus(c: char) -> bool {
    is_dash(c) || matches!(c, '△' | '▲')
}

/// Takes the one sign (or マイナス, プラス) before a number: (whether it is negative, the number from its first character on). Spaces
/// after the sign go with it. Meant for columns of values; in running text `△` is a mark like any other.
pub fn split_sign(s: &str) -> (bool, &str) {
    let trimmed = s.trim_start();
    for (word, negative) in [("マイナス", true), ("プラス", false)] {
        if let Some(rest) = trimmed.strip_prefix(word) {
            return (negative, rest.trim_start());
        }
    }
    let mut chars = trimmed.chars();
    match chars.next() {
        Some(c) if is_minus(c) => (true, chars.as_str().trim_start()),
        Some('+' | '＋') => (false, chars.as_str().trim_start()),
        _ => (false, trimmed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn none() {
        for s in ["-", "－", "ー", "―", "ｰ", "—", "─", "━", "‐", "‑", "–", "−", " - ", "--", "－　－", "\u{AD}"]
        {
            assert!(is_none(s), "{s}");
        }
        for s in ["", " ", "　", "一", "-1", "-件", "〜", "△"] {
            assert!(!is_none(s), "{s}");
        }
    }

    #[test]
    fn signs() {
        assert_eq!(split_sign("△ 1,234"), (true, "1,234"));
        assert_eq!(split_sign("▲１"), (true, "１"));
        assert_eq!(split_sign("−5"), (true, "5"));
        assert_eq!(split_sign("+5"), (false, "5"));
        assert_eq!(split_sign("マイナス 5"), (true, "5"));
        assert_eq!(split_sign("プラス５"), (false, "５"));
        assert_eq!(split_sign(" 5"), (false, "5"));
        assert_eq!(split_sign("--5"), (true, "-5"));
        assert_eq!(split_sign(""), (false, ""));
    }

    proptest! {
        #[test]
        fn a_dash_cell_has_only_dashes(s in any::<String>()) {
            if is_none(&s) {
                prop_assert!(s.chars().all(|c| is_dash(c) || c.is_whitespace()));
            }
            let (_, rest) = split_sign(&s);
            prop_assert!(s.ends_with(rest));
        }
    }
}
