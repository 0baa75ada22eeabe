//! Radical signs → the ordinary ideograph that looks like them.
//!
//! PDF fonts let a radical sign and an ideograph share one glyph, and a reverse map then picks the radical: `⽤` (U+2F64)
//! for `用`, `⻑` (U+2ED1) for `長`. The table is the property Equivalent_Unified_Ideograph of the Unicode Character
//! Database (EquivalentUnifiedIdeograph.txt, version 14), which covers both the Kangxi radicals and, unlike NFKC, the CJK
//! Radicals Supplement.
//!
//! Two entries follow the fonts of Japan instead, since Adobe-Japan1 gives the radical the glyph of the Japanese form:
//! `⼾` (U+2F3E) is `戸` and not `戶`, `⿊` (U+2FCA) is `黒` and not `黑`.

/// The ordinary ideograph for a radical sign (U+2E80–2EF3, U+2F00–2FD5); `None` for every other character, and for the
/// one assigned radical sign without an equivalent (`⺀`, U+2E80).
pub fn ideograph(c: char) -> Option<char> {
    let code = u32::from(c);
    let found = match code {
        0x2E80..=0x2EF3 => SUPPLEMENT.get((code - 0x2E80) as usize).copied()?,
        0x2F00..=0x2FD5 => KANGXI.get((code - 0x2F00) as usize).copied()?,
        _ => return None,
    };
    (found != c).then_some(found)
}

/// From U+2E80 on. A sign without an equivalent stands for itself (U+2E80, and U+2E9A which is not assigned).
#[rustfmt::skip]
const SUPPLEMENT: [char; 116] = [
    '⺀', '厂', '乛', '乚', '乙', '亻', '冂', '𠘨', '刀', '刂', '卜', '㔾', '小', '小', '兀', '尣', // U+2E80
    '尢', '𡯂', '巳', '幺', '彑', '彐', '忄', '心', '扌', '攵', '⺚', '旡', '日', '月', '歺', '母', // U+2E90
    '民', '氵', '氺', '灬', '爫', '爫', '丬', '牛', '犭', '王', '𤴔', '目', '示', '礻', '𥫗', '糹', // U+2EA0
    '纟', '罓', '罒', '㓁', '冗', '𦉫', '羊', '𦍌', '𦍋', '耂', '肀', '聿', '肉', '𦥑', '艹', '艹', // U+2EB0
    '艹', '虎', '衤', '覀', '西', '见', '角', '𧢲', '讠', '贝', '𧾷', '车', '辶', '辶', '辶', '邑', // U+2EC0
    '钅', '長', '镸', '长', '门', '𨸏', '阝', '雨', '青', '韦', '页', '风', '飞', '食', '𩙿', '飠', // U+2ED0
    '饣', '𩠐', '马', '骨', '鬼', '鱼', '鸟', '卤', '麦', '黄', '黾', '斉', '齐', '歯', '齿', '竜', // U+2EE0
    '龙', '龜', '亀', '龟', // U+2EF0
];

/// From U+2F00 on.
#[rustfmt::skip]
const KANGXI: [char; 214] = [
    '一', '丨', '丶', '丿', '乙', '亅', '二', '亠', '人', '儿', '入', '八', '冂', '冖', '冫', '几', // U+2F00
    '凵', '刀', '力', '勹', '匕', '匚', '匸', '十', '卜', '卩', '厂', '厶', '又', '口', '囗', '土', // U+2F10
    '士', '夂', '夊', '夕', '大', '女', '子', '宀', '寸', '小', '尢', '尸', '屮', '山', '巛', '工', // U+2F20
    '己', '巾', '干', '幺', '广', '廴', '廾', '弋', '弓', '彐', '彡', '彳', '心', '戈', '戸', '手', // U+2F30
    '支', '攴', '文', '斗', '斤', '方', '无', '日', '曰', '月', '木', '欠', '止', '歹', '殳', '毋', // U+2F40
    '比', '毛', '氏', '气', '水', '火', '爪', '父', '爻', '爿', '片', '牙', '牛', '犬', '玄', '玉', // U+2F50
    '瓜', '瓦', '甘', '生', '用', '田', '疋', '疒', '癶', '白', '皮', '皿', '目', '矛', '矢', '石', // U+2F60
    '示', '禸', '禾', '穴', '立', '竹', '米', '糸', '缶', '网', '羊', '羽', '老', '而', '耒', '耳', // U+2F70
    '聿', '肉', '臣', '自', '至', '臼', '舌', '舛', '舟', '艮', '色', '艸', '虍', '虫', '血', '行', // U+2F80
    '衣', '襾', '見', '角', '言', '谷', '豆', '豕', '豸', '貝', '赤', '走', '足', '身', '車', '辛', // U+2F90
    '辰', '辵', '邑', '酉', '釆', '里', '金', '長', '門', '阜', '隶', '隹', '雨', '靑', '非', '面', // U+2FA0
    '革', '韋', '韭', '音', '頁', '風', '飛', '食', '首', '香', '馬', '骨', '高', '髟', '鬥', '鬯', // U+2FB0
    '鬲', '鬼', '魚', '鳥', '鹵', '鹿', '麥', '麻', '黃', '黍', '黒', '黹', '黽', '鼎', '鼓', '鼠', // U+2FC0
    '鼻', '齊', '齒', '龍', '龜', '龠', // U+2FD0
];

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn radicals_of_both_blocks() {
        for (radical, plain) in [
            ('⻘', '青'),
            ('⻑', '長'),
            ('⺠', '民'),
            ('⼾', '戸'),
            ('⽤', '用'),
            ('⾒', '見'),
            ('⿊', '黒'),
            ('⿕', '龠'),
        ] {
            assert_eq!(ideograph(radical), Some(plain), "{radical}");
        }
        for other in ['\u{2E80}', '\u{2E9A}', '\u{2EF4}', '\u{2FD6}', '用', 'a'] {
            assert_eq!(ideograph(other), None, "{other}");
        }
    }

    #[test]
    fn kangxi_agrees_with_compatibility_decomposition() {
        for code in 0x2F00..=0x2FD5 {
            let c = char::from_u32(code).unwrap();
            let nfkc = c.nfkc().next().unwrap();
            let expected = match c {
                '⼾' => '戸',
                '⿊' => '黒',
                _ => nfkc,
            };
            assert_eq!(ideograph(c), Some(expected), "U+{code:04X}");
        }
    }

    #[test]
    fn no_radical_leads_to_a_radical() {
        for code in 0x2E80..=0x2FD5 {
            if let Some(plain) = char::from_u32(code).and_then(ideograph) {
                assert_eq!(ideograph(plain), None, "U+{code:04X}");
            }
        }
    }
}
