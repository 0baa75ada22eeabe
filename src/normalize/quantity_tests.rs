use super::*;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn number(s: &str) -> Option<Number> {
    Some(Number(Decimal::from_str_exact(s).unwrap()))
}

/// Value, unit and cumulative sum, as strings.
fn read(raw: &str) -> (State, String, String, String) {
    let q = parse(raw);
    let show = |n: Option<Number>| n.map_or(String::new(), |n| n.0.to_string());
    (q.state, show(q.value), q.unit.unwrap_or_default(), show(q.cumulative))
}

#[test]
fn numbers() {
    for (raw, value, unit, cumulative) in [
        ("３件", "3", "件", ""),
        ("３件（６件）", "3", "件", "6"),
        ("1,200件(2,400件)", "1200", "件", "2400"),
        ("3（6）", "3", "", "6"),
        ("38室（新規２室、継続36室、累計38室）", "38", "室", "38"),
        ("38室（新規２室、継続36室、累計\n38室）", "38", "室", "38"),
        ("1,250人（新規50人、累計1,250人）", "1250", "人", "1250"),
        ("６回（累計12回）", "6", "回", "12"),
        ("19台（新規3台、継続16台）", "19", "台", ""),
        ("10件（注1）", "10", "件", ""),
        ("30年", "30", "年", ""),
        ("100人（うち女性40人）", "100", "人", ""),
        ("12回（参加者300人）", "12", "回", ""),
        ("12回（300人）", "12", "回", ""),
        ("77億円（平成30年度累計）", "77", "億円", ""),
        ("5件（見込み）", "5", "件", ""),
        ("97％（95％）", "97", "%", ""),
        ("5件（△2件）", "5", "件", ""),
        ("△５％", "-5", "%", ""),
        ("▲ 1.5 ％", "-1.5", "%", ""),
        ("-3件", "-3", "件", ""),
        ("4.8ha", "4.8", "ha", ""),
        ("１，９７０億円", "1970", "億円", ""),
        ("2,500千円", "2500", "千円", ""),
        ("10万人", "10", "万人", ""),
        ("1億2,345万円", "123450000", "円", ""),
        ("2万5千人", "25000", "人", ""),
        ("8割5分", "85", "%", ""),
        ("約８割５分２厘", "85.2", "%", ""),
        ("８割", "8", "割", ""),
        ("３か所", "3", "か所", ""),
        ("２ヶ所", "2", "ヶ所", ""),
        ("100.0%", "100.0", "%", ""),
        ("10回/年", "10", "回/年", ""),
        ("延べ120人", "120", "人", ""),
        ("三件", "3", "件", ""),
        ("二十か所", "20", "か所", ""),
        ("0件", "0", "件", ""),
        ("△0.0%", "0.0", "%", ""),
        ("7", "7", "", ""),
        ("３ 件 （ ６ 件 ）", "3", "件", "6"),
        ("8件※", "8", "件", ""),
        ("8件※2", "8", "件", ""),
        ("500t-CO2", "500", "t-CO2", ""),
        ("⼆件", "2", "件", ""),
    ] {
        assert_eq!(read(raw), (State::Number, value.into(), unit.into(), cumulative.into()), "{raw}");
        assert_eq!(parse(raw).raw.as_deref(), Some(raw));
    }
}

#[test]
fn bounds() {
    for (raw, value, unit, comparator) in [
        ("約30人", "30", "人", Comparator::About),
        ("30人程度", "30", "人", Comparator::About),
        ("約30人程度", "30", "人", Comparator::About),
        ("延べ約30人", "30", "人", Comparator::About),
        ("90％以上", "90", "%", Comparator::AtLeast),
        ("90以上", "90", "", Comparator::AtLeast),
        ("5日以内", "5", "日", Comparator::AtMost),
        ("5件以下", "5", "件", Comparator::AtMost),
        ("5件超", "5", "件", Comparator::Above),
        ("5件未満", "5", "件", Comparator::Below),
        ("40人以上（80人以上）", "40", "人", Comparator::AtLeast),
    ] {
        let q = parse(raw);
        assert_eq!((q.state, q.value, q.comparator), (State::Number, number(value), Some(comparator)), "{raw}");
        assert_eq!(q.unit.unwrap_or_default(), unit, "{raw}");
    }
}

#[test]
fn states() {
    for (raw, state) in [
        ("", State::Blank),
        ("　", State::Blank),
        ("－", State::None),
        ("-室", State::None),
        ("－件", State::None),
        ("ーか所", State::None),
        ("－件（－件）", State::None),
        ("なし", State::None),
        ("調査中", State::Pending),
        ("非公表", State::Undisclosed),
        ("該当なし", State::NotApplicable),
    ] {
        let q = parse(raw);
        assert_eq!(q.state, state, "{raw}");
        assert_eq!((q.value, q.unit, q.cumulative), (None, None, None), "{raw}");
        assert_eq!(q.raw.is_none(), state == State::Blank, "{raw}");
    }
    assert_eq!(read("－（６件）"), (State::None, String::new(), String::new(), "6".into()));
}

#[test]
fn what_is_not_one_number_is_text() {
    for raw in [
        "実施",
        "策定",
        "未実施",
        "定性",
        "※",
        "3〜5件",
        "3～5件",
        "3-5件",
        "3件、5人",
        "3件 5人",
        "3 5件",
        "1,23件",
        "196.2.億円",
        "4月",
        "3月末",
        "28年度",
        "R4",
        "第3回",
        "2回目",
        "5件増",
        "前年比5%減",
        "月2回",
        "10数件",
        "10余人",
        "数件",
        "一部実施",
        "一部",
        "十分",
        "三重",
        "千円",
        "3件実施",
        "3件採択",
        "(6件)",
        "累計12回",
        "3件（中止）",
        "3件（R3実績5件）",
        "3件（2019年度）",
        "12回（約20回）",
        "約30人以上",
        "1/2",
        "--5件",
        "新規2件",
        "A:3件 B:5件",
        "3件（累計6件、累計7件）",
        "3件（累計6人）",
        "3件（2）",
        "3件（2019）",
        "2030年",
        "15（人）",
        "5ヶ年計画",
        "3号",
        "3（6件）",
    ] {
        let q = parse(raw);
        assert_eq!((q.state, q.value, q.unit, q.cumulative), (State::Text, None, None, None), "{raw}");
        assert_eq!(q.raw.as_deref(), Some(raw));
    }
}

#[test]
fn cumulative_names() {
    for name in ["相談件数（累計）", "相談件数(累 計)", "相談件数（累\n計）（内訳）", "累計参加者数"]
    {
        assert!(is_cumulative_name(name), "{name}");
    }
    for name in ["相談件数", "設計件数", "", "相談件数（累計を除く）"] {
        assert!(!is_cumulative_name(name), "{name}");
    }
}

/// 「うち５件」 is no running sum.
#[test]
fn a_bracket_smaller_than_the_value_is_no_running_sum() {
    let q = parse("10件（5件）");
    assert_eq!((q.state, q.value, q.cumulative), (State::Text, None, None));
}

#[test]
fn digits_left_in_a_text() {
    assert!(holds_number("3〜5件") && holds_number("３件実施") && !holds_number("実施"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn what_is_printed_is_what_is_read(n in 0..10_000_000i64, scale in 0..3u32, more in 0..10_000i64, unit in "(件|人|か所|ha|市町村|億円)") {
        let value = Decimal::new(n, scale);
        let sum = n + more;
        let q = parse(&format!("{value}{unit}（{sum}{unit}）"));
        prop_assert_eq!(q.value, Some(Number(value)));
        prop_assert_eq!(q.cumulative, Some(Number(Decimal::from(sum))));
        prop_assert_eq!(q.unit, Some(unit.clone()));
        // The unit keeps its multiplier, the printed scale stays.
        prop_assert_eq!(q.value.map(|v| v.0.scale()), Some(value.scale()));
        let about = parse(&format!("約{value}{unit}"));
        prop_assert_eq!((about.value, about.comparator), (Some(Number(value)), Some(Comparator::About)));
    }

    #[test]
    fn no_string_panics_and_only_a_number_has_a_value(
        s in any::<String>(),
        t in "[0-9０-９,.（()）件人%億万千約以上超△ー〜、累計新規 ※-]{0,16}",
    ) {
        for raw in [s, t] {
            let q = parse(&raw);
            prop_assert_eq!(q.state == State::Number, q.value.is_some());
            prop_assert!(q.state == State::Number || q.unit.is_none());
            prop_assert_eq!(q.raw.unwrap_or_default(), raw.trim());
            let _ = is_cumulative_name(&raw);
        }
    }

    #[test]
    fn folding_the_cell_first_changes_nothing(t in "[0-9０-９，,．（()）件人％億約以上△ｰ]{0,12}") {
        let (a, b) = (parse(&t), parse(&fold(&t)));
        prop_assert_eq!((a.state, a.value, a.unit, a.cumulative), (b.state, b.value, b.unit, b.cumulative));
    }
}
