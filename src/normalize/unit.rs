//! Is this string the counter of a number, and nothing else?
//!
//! Counters are an open class (`件`, `市町村`, `か所`, `t-CO2/年`), so no list holds them all. What can be said is what no
//! counter looks like: a verb, a date, an ordinal, a range, a second number. Doubt means no.

/// The folded string, without its spaces, can be a counter. An empty string can: some columns print bare numbers.
///
/// At most 10 characters; no digits but in `CO2` or `m3`; of hiragana only `か所`, `つ` and their like; none of the words
/// that make the number part of a sentence, a date or an ordinal.
pub fn is_unit(s: &str) -> bool {
    let chars: Vec<char> = s.chars().collect();
    if chars.is_empty() {
        return true;
    }
    if chars.len() > 10 || NEVER_WITHIN.iter().any(|word| s.contains(word)) {
        return false;
    }
    if NEVER_FIRST.iter().any(|word| s.starts_with(word)) || NEVER_LAST.iter().any(|word| s.ends_with(word)) {
        return false;
    }
    let at = |i: usize| chars.get(i).copied();
    // 件採択, 回訪問: the counter is done, and a verb begins.
    if let (Some('件' | '回' | '人' | '名'), Some(next)) = (at(0), at(1))
        && is_ideograph(next)
        && !"日泊年月時組分工線数".contains(next)
    {
        return false;
    }
    (0..chars.len()).all(|i| {
        let before = i.checked_sub(1).and_then(at);
        match chars[i] {
            // CO2, m3
            '0'..='9' => {
                before.is_some_and(|c| c.is_ascii_alphabetic()) && !at(i + 1).is_some_and(|c| c.is_ascii_digit())
            }
            'A'..='Z' | 'a'..='z' => true,
            // 回/年, t-CO2, 人・日
            '/' | '・' => i > 0 && at(i + 1).is_some(),
            '-' => {
                before.is_some_and(|c| c.is_ascii_alphabetic()) && at(i + 1).is_some_and(|c| c.is_ascii_alphabetic())
            }
            '%' | '‰' | '°' | 'µ' | 'μ' | '²' | '³' => true,
            // ℃, ㎡, ㌔
            '\u{2100}'..='\u{214F}' | '\u{3300}'..='\u{33FF}' => true,
            'か' | 'ヶ' | 'ヵ' => at(i + 1).is_some_and(|c| "所国年月村店寺条箇地".contains(c)),
            'つ' | '々' => true,
            'こ' => at(i + 1) == Some('ま'),
            'ま' => before == Some('こ'),
            'ァ'..='ヺ' | 'ー' => true,
            c => is_ideograph(c),
        }
    })
}

/// CJK unified ideographs, extensions and the compatibility block.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Words that make a sentence, a comparison or a second statement of what should be a counter.
const NEVER_WITHIN: &[&str] = &[
    "実施", "開催", "策定", "整備", "達成", "予定", "見込", "完了", "検討", "継続", "新規", "累計", "累積", "実績",
    "目標", "前年", "年度", "以上", "以下", "以内", "以降", "未満", "程度", "前後", "増", "減", "済", "比", "未定",
    "確保", "作成", "設置", "導入", "参加", "支援", "中止", "延期", "計画",
];

/// 4月 is a date, 3数件 and 3半 are no counters, 10余人 is about 10.
const NEVER_FIRST: &[&str] = &["月", "数", "余", "半", "強", "弱"];

/// 3件目 and 3号 are ordinals, 3月末 is a date, 10件超 a bound.
const NEVER_LAST: &[&str] = &[
    "件目",
    "回目",
    "年目",
    "番目",
    "日目",
    "期目",
    "人目",
    "度目",
    "位目",
    "つ目",
    "か所目",
    "末",
    "頃",
    "超",
    "強",
    "弱",
    "余",
    "中",
    "号",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counters() {
        for s in [
            "",
            "件",
            "人",
            "室",
            "か所",
            "ヶ所",
            "ヵ国",
            "箇所",
            "市町村",
            "ha",
            "%",
            "億円",
            "千円",
            "回/年",
            "t-CO2",
            "t-CO2/年",
            "m3",
            "㎡",
            "℃",
            "つ",
            "コマ",
            "こま",
            "人・日",
            "か年",
            "店舗",
            "品目",
            "種目",
            "ポイント",
            "kWh",
            "経営体",
            "地点",
            "万人",
            "か月",
            "人日",
            "人泊",
        ] {
            assert!(is_unit(s), "{s}");
        }
    }

    #[test]
    fn what_is_no_counter() {
        for s in [
            "件実施",
            "月",
            "月末",
            "年度",
            "回目",
            "件増",
            "〜5件",
            "-5件",
            ",5",
            ".億円",
            "、5件",
            "件と3人",
            "余人",
            "件(6件)",
            "件以上",
            "人が来た",
            "/",
            "/年",
            "%減",
            "m33",
            "2件",
            "・",
            "とても長いとても長い",
            "件:",
            "月実施",
            "件※",
            "件採択",
            "回訪問",
        ] {
            assert!(!is_unit(s), "{s}");
        }
    }

    proptest! {
        #[test]
        fn a_counter_never_holds_a_number(s in any::<String>(), n in 0..1000u32) {
            let _ = is_unit(&s);
            let with_number = format!("件{n}{s}");
            prop_assert!(!is_unit(&with_number));
        }
    }
}
