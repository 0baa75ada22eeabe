use super::*;
use proptest::prelude::*;

fn dec(s: &str) -> Decimal {
    Decimal::from_str_exact(s).unwrap()
}

/// The kanji numeral of a number: 20_300 is 二万三百.
fn to_kanji(n: u64) -> String {
    if n == 0 {
        return "〇".to_owned();
    }
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let mut out = String::new();
    for (unit, sign) in [(1_000_000_000_000, "兆"), (100_000_000, "億"), (10_000, "万"), (1, "")] {
        let group = n / unit % 10_000;
        for (small, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = (group / small % 10) as usize;
            // 一千万, but 千五百.
            if digit > 1 || (digit == 1 && (small == 1 || (small == 1000 && unit > 1))) {
                out.push(digits[digit]);
            }
            if digit > 0 {
                out.push_str(name);
            }
        }
        if group > 0 {
            out.push_str(sign);
        }
    }
    out
}

#[test]
fn numerals() {
    for (printed, number) in [
        ("1,234.5", "1234.5"),
        ("１，８３０", "1830"),
        ("100.0", "100.0"),
        ("４．６", "4.6"),
        ("二千二百万", "22000000"),
        ("二〇二二", "2022"),
        ("〇・五", "0.5"),
        ("壱百弐拾参", "123"),
        ("金壱萬".trim_start_matches('金'), "10000"),
        ("1億2,345万", "123450000"),
        ("4,404 億 2,661 万 9 千", "440426619000"),
        ("2,500千", "2500000"),
        ("12百万", "12000000"),
        ("1.5億", "150000000"),
        ("2千500", "2500"),
        ("十一", "11"),
        ("千", "1000"),
        ("九千九百九十九兆", "9999000000000000"),
        (" 7 ", "7"),
    ] {
        assert_eq!(parse(printed), Some(dec(number)), "{printed}");
    }
    assert_eq!(parse("100.0").map(|d| d.scale()), Some(1));
}

#[test]
fn what_is_no_number() {
    for printed in [
        "",
        "1,23",
        "1,2345",
        "1234,567",
        ",123",
        "1,234,",
        "0,123",
        "1.2.3",
        "1.",
        ".5",
        "1,234.",
        "三十二十",
        "十百",
        "億",
        "万",
        "1億12,345万",
        "1万2億",
        "1.5億2,000万",
        "二百五〇",
        "二二十",
        "3 5",
        "三十5",
        "-5",
        "5件",
        "1億億",
        "99999999999999999999999999999999",
        "九兆兆",
        "・五",
        "五・",
    ] {
        assert_eq!(parse(printed), None, "{printed}");
    }
    assert_eq!(parse(&"1億".repeat(5000)), None);
    assert_eq!(parse(&"9".repeat(29)), None);
}

#[test]
fn prefixes() {
    assert_eq!(prefix("２千万円"), Some((dec("20000000"), "２千万".len())));
    assert_eq!(prefix("3 5"), Some((dec("3"), 1)));
    assert_eq!(prefix("3 件"), Some((dec("3"), 1)));
    assert_eq!(prefix("1,23件"), None);
    assert_eq!(prefix("参加者"), None);
    assert_eq!(prefix("件"), None);
    assert_eq!(arabic_prefix("2,500千円"), Some((dec("2500"), 5)));
    assert_eq!(arabic_prefix("１０万人"), Some((dec("10"), "１０".len())));
    assert_eq!(arabic_prefix("196.2.億"), Some((dec("196.2"), 5)));
    assert_eq!(arabic_prefix("十人"), None);
}

/// Thousands separators put in.
fn grouped(n: u64) -> String {
    let plain = n.to_string();
    let mut out = String::new();
    for (i, c) in plain.chars().enumerate() {
        if i > 0 && (plain.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn full_width(s: &str) -> String {
    s.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_number_written_is_the_number_read(n in prop_oneof![0..20_000u64, 0..9_999_999_999_999_999u64]) {
        let expected = Some(Decimal::from(n));
        prop_assert_eq!(parse(&n.to_string()), expected);
        prop_assert_eq!(parse(&grouped(n)), expected);
        prop_assert_eq!(parse(&full_width(&grouped(n))), expected);
        prop_assert_eq!(parse(&to_kanji(n)), expected, "{}", to_kanji(n));
    }

    #[test]
    fn no_string_panics(s in any::<String>()) {
        let _ = (parse(&s), prefix(&s), arabic_prefix(&s));
    }

    #[test]
    fn a_prefix_is_what_parses(s in "[0-9０-９,，.．〇一二三四五六七八九十百千万億兆壱拾・ 件]{0,12}") {
        if let Some((value, end)) = prefix(&s) {
            prop_assert_eq!(parse(&s[..end]), Some(value));
        }
        if let Some((value, end)) = arabic_prefix(&s) {
            prop_assert_eq!(parse(&s[..end]), Some(value));
        }
        if let Some(value) = parse(&s) {
            prop_assert!(!value.is_sign_negative());
        }
    }
}
