//! One spelling for one string: the folding that every string of a record goes through.
//!
//! Neither NFC nor NFKC is it. NFC leaves `Ａ` and `ｶ` alone; NFKC turns `①` into `1`, `㈱` into `(株)` and `Ⅲ` into
//! `III`, and knows only two of the CJK Radicals Supplement.

use std::borrow::Cow;

use unicode_normalization::char::compose;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::dash;
use super::radical;

/// The string folded as the data contract says:
///
/// - full-width ASCII → ASCII (`（％）` → `(%)`), but `～` (U+FF5E, what Windows-31J calls the wave dash) → `〜` (U+301C);
/// - half-width katakana and its punctuation → full width, with their voiced marks (`ﾊﾞｽ` → `バス`);
/// - Kangxi and CJK radicals and compatibility ideographs → the ordinary ideograph (`⽤` → `用`);
/// - `‧` and half-width `･` → `・`; the ideographic and the no-break space → a space; the soft hyphen → `-`, since a page
///   that has one shows a hyphen;
/// - variation selectors, zero-width space, word joiner and byte-order mark → gone;
/// - canonical composition (NFC) of what is left.
///
/// Enclosed signs (`①`, `㈱`), `Ⅲ`, `〜`, `®` and units such as `㎡` stay. Folding twice is folding once.
pub fn fold(s: &str) -> String {
    folded(s).into_owned()
}

/// [`fold`] without a copy of what is folded already.
pub fn folded(s: &str) -> Cow<'_, str> {
    let Some(start) = s.find(|c| !is_settled(c)) else { return Cow::Borrowed(s) };
    let mut out = String::with_capacity(s.len());
    out.push_str(&s[..start]);
    let mut settled = true;
    for c in s[start..].chars() {
        match c {
            _ if is_settled(c) => out.push(c),
            '\u{FF9E}' => push_voiced(&mut out, '\u{3099}', '゛'),
            '\u{FF9F}' => push_voiced(&mut out, '\u{309A}', '゜'),
            _ => {
                let c = fold_char(c);
                settled &= c.is_none_or(is_settled);
                out.extend(c);
            }
        }
    }
    // A voiced mark composes as it is pushed, and what it leaves alone composes no more.
    if settled || is_nfc_quick(out.chars()) == IsNormalized::Yes {
        return Cow::Owned(out);
    }
    Cow::Owned(out.nfc().collect())
}

/// One character folded; `None` where it leaves nothing. The half-width voiced marks (`ﾞ`, `ﾟ`), which join the
/// character before them, are given as signs of their own (`゛`, `゜`).
pub fn fold_char(c: char) -> Option<char> {
    Some(match c {
        ' '..='~' => c,
        '～' => '〜',
        '！'..='｝' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        '\u{AD}' => '-',
        '\u{2027}' => '・',
        '\u{FF61}'..='\u{FF9F}' => HALF_WIDTH.get((u32::from(c) - 0xFF61) as usize).copied().unwrap_or(c),
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => return None,
        _ => radical::ideograph(c).unwrap_or(c),
    })
}

/// The string by which labels of a form are compared: folded, without any white space, and with every dash sign as `-`
/// unless it is a long vowel (`ー` after kana): `施　策` and `施策`, `（２）` and `(2)` are one.
pub fn key(s: &str) -> String {
    let mut tight = fold(s);
    let (mut spaced, mut dashed) = (false, false);
    for c in tight.chars().filter(|c| !is_letter(*c)) {
        spaced |= c.is_whitespace();
        dashed |= dash::is_dash(c);
    }
    if spaced {
        tight.retain(|c| !c.is_whitespace());
        // A combining mark may have come to stand behind a letter.
        tight = fold(&tight);
    }
    if !dashed {
        return tight;
    }
    let mut out = String::with_capacity(tight.len());
    let mut vowel = false;
    for c in tight.chars() {
        let long = c == 'ー' && vowel;
        vowel = long || is_kana(c);
        out.push(if dash::is_dash(c) && !long { '-' } else { c });
    }
    out
}

/// Hiragana or katakana letters, the long vowel itself left out.
fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ァ'..='ヺ' | 'ヽ' | 'ヾ')
}

/// The bulk of Japanese text: neither white space nor, but for `-`, a dash.
#[inline]
fn is_letter(c: char) -> bool {
    matches!(c, '!'..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='龥')
}

/// What is told without a table: no rule touches it and no composition can change it.
#[inline]
fn is_settled(c: char) -> bool {
    is_letter(c) || is_settled_sign(c)
}

fn is_settled_sign(c: char) -> bool {
    matches!(
        c,
        '\n' | ' ' | '、' | '。' | '「'..='』' | '【' | '】' | '・' | 'ー' | '々' | '〇' | '〜' | '―' | '…' | '※'
    ) || matches!(c, '→' | '①'..='⑳' | '■' | '△' | '▲' | '○' | '●' | '◎')
}

/// Joins a voiced mark to the character before it, or writes the mark as a sign of its own.
fn push_voiced(out: &mut String, mark: char, alone: char) {
    match out.chars().next_back().and_then(|base| compose(base, mark)) {
        Some(joined) => {
            out.pop();
            out.push(joined);
        }
        None => out.push(alone),
    }
}

/// From U+FF61 on.
#[rustfmt::skip]
const HALF_WIDTH: [char; 63] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ',
    'ー', 'ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ',
    'タ', 'チ', 'ツ', 'テ', 'ト', 'ナ', 'ニ', 'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ',
    'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ン', '゛', '゜',
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths() {
        assert_eq!(fold("Ａ１（％）［ｘ］｛｝"), "A1(%)[x]{}");
        assert_eq!(fold("ﾊﾞｽﾛｰﾀﾘｰ｡｢ﾌﾟﾗﾝ｣､ｳﾞｫｰｶﾙ"), "バスロータリー。「プラン」、ヴォーカル");
        assert_eq!(fold("３～５　件"), "3〜5 件");
        assert_eq!(fold("カﾞ はﾟ ｱﾞ ﾞ ﾟ"), "ガ ぱ ア゛ ゛ ゜");
    }

    #[test]
    fn half_width_katakana_is_what_compatibility_decomposition_says() {
        for code in 0xFF61..=0xFF9D {
            let c = char::from_u32(code).unwrap();
            assert_eq!(fold_char(c), c.nfkc().next(), "U+{code:04X}");
        }
    }

    #[test]
    fn ideographs_and_selectors() {
        assert_eq!(fold("⽤⻑⻘⺠⼾"), "用長青民戸");
        assert_eq!(fold("\u{FA19}社\u{FA1B}祉"), "神社福祉");
        assert_eq!(fold("葛\u{E0100}飾\u{FE00}"), "葛飾");
        assert_eq!(fold("\u{FEFF}表\u{200B}題"), "表題");
        assert_eq!(fold("A‧B･C"), "A・B・C");
        assert_eq!(fold("098\u{AD}111\u{A0}1"), "098-111 1");
        // Unified ideographs that only stand in the compatibility block stay.
        assert_eq!(fold("\u{FA11}"), "\u{FA11}");
    }

    #[test]
    fn what_stays() {
        let kept = "①⑳㈱〜®Ⅲⅳ㎡℃½…※";
        assert_eq!(fold(kept), kept);
        assert_eq!(fold("か\u{3099}"), "が");
        assert_eq!(fold("https://a.example/~b"), "https://a.example/~b");
    }

    #[test]
    fn keys() {
        assert_eq!(key("施　策"), key("施策"));
        assert_eq!(key("（２）予定の 反映"), "(2)予定の反映");
        assert_eq!(key("センタ ー―ー"), "センター--");
        assert_eq!(key("データ"), "データ");
        assert_eq!(key("3－(7)ー③"), "3-(7)-③");
        assert_eq!(key("ー"), "-");
        assert_eq!(key("ﾃﾞｰﾀ"), "データ");
    }

    /// Text that keeps to the blocks the folding acts on.
    fn signs() -> impl Strategy<Value = String> {
        let sign = prop_oneof![
            any::<char>(),
            proptest::char::range('\u{FF00}', '\u{FFEF}'),
            proptest::char::range('\u{2E80}', '\u{30FF}'),
            proptest::char::range('\u{F900}', '\u{FAFF}'),
            proptest::char::range('\u{2000}', '\u{2060}'),
            proptest::char::range('\u{20}', '\u{100}'),
            Just('\u{3099}'),
            Just('\u{309A}'),
            Just('ー'),
            Just('\u{338}'),
        ];
        proptest::collection::vec(sign, 0..24).prop_map(String::from_iter)
    }

    #[test]
    fn what_is_settled_folds_to_itself() {
        for c in ('\0'..=char::MAX).filter(|c| is_settled(*c)) {
            assert!(fold_char(c) == Some(c) && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes, "{c}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn folding_twice_is_folding_once(s in signs()) {
            let once = fold(&s);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_key_is_its_own_key(s in signs()) {
            let once = key(&s);
            prop_assert!(!once.contains(char::is_whitespace));
            prop_assert_eq!(key(&once), once);
        }

        #[test]
        fn key_does_not_mind_folding_or_spaces(s in signs()) {
            prop_assert_eq!(key(&fold(&s)), key(&s));
        }
    }
}
