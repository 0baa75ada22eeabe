//! Words and dashes that fill a value cell in place of a value.

use super::State;
use super::dash;
use super::fold::key;

/// The state that a whole cell says without a number: empty, a dash, 調査中, 非公表, 該当なし. `None` for anything else,
/// be it a number or other words.
pub fn state(s: &str) -> Option<State> {
    let cell = key(s);
    let word = cell.trim_end_matches('。');
    let word = word.strip_prefix('(').and_then(|w| w.strip_suffix(')')).unwrap_or(word);
    Some(match word {
        "" if cell.is_empty() => State::Blank,
        "なし" | "無し" | "無" => State::None,
        "調査中" | "集計中" | "確認中" | "精査中" | "算定中" => State::Pending,
        "非公表" | "非公開" => State::Undisclosed,
        "該当なし" | "該当無し" => State::NotApplicable,
        _ if dash::is_none(word) => State::None,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn states() {
        for (cell, expected) in [
            ("", Some(State::Blank)),
            (" 　\n", Some(State::Blank)),
            ("ー", Some(State::None)),
            ("（－）", Some(State::None)),
            ("なし", Some(State::None)),
            ("調 査 中", Some(State::Pending)),
            ("（集計中）", Some(State::Pending)),
            ("非公表", Some(State::Undisclosed)),
            ("該当なし。", Some(State::NotApplicable)),
            ("実施", None),
            ("0", None),
            ("()", None),
            ("。", None),
        ] {
            assert_eq!(state(cell), expected, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn no_string_panics_and_digits_are_no_word(s in any::<String>(), n in any::<u32>()) {
            let _ = state(&s);
            prop_assert_eq!(state(&n.to_string()), None);
        }
    }
}
