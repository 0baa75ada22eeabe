use super::*;
use proptest::prelude::*;

#[test]
fn fiscal_years() {
    for (printed, year) in [
        ("R4", 2022),
        ("Ｒ４", 2022),
        ("r4", 2022),
        ("R4年度", 2022),
        ("令和４年度", 2022),
        ("令和 4 年度", 2022),
        ("令和元年度", 2019),
        ("R1", 2019),
        ("H31", 2019),
        ("平成31年度", 2019),
        ("H32", 2020),
        ("平成二十八年度", 2016),
        ("昭和63年度", 1988),
        ("S1", 1926),
        ("T15", 1926),
        ("M45", 1912),
        ("2022年度", 2022),
        ("２０２２年度", 2022),
        ("令和4年度(2022年度)", 2022),
        ("令和4（2022）年度", 2022),
        ("2022(令和4)年度", 2022),
        ("2022年度（R4）", 2022),
        ("⼤正15年度", 1926),
    ] {
        assert_eq!(fiscal_year(printed), Some(year), "{printed}");
    }
    for printed in [
        "",
        "28",
        "2022",
        "R0",
        "H0",
        "H36",
        "H40",
        "S65",
        "T16",
        "M46",
        "R100",
        "R",
        "令和",
        "令和4年",
        "R4.3",
        "令和4年度(2023年度)",
        "R4年度末",
        "R4実績",
        "2022年",
        "22年度",
        "12345年度",
        "R4(",
        "R-4",
        "R4年度年度",
        "R9999999999999",
        "令和元元年度",
    ] {
        assert_eq!(fiscal_year(printed), None, "{printed}");
    }
}

#[test]
fn fiscal_years_in_labels() {
    assert_eq!(fiscal_year_prefix("令和4年度活動内容"), Some((2022, "令和4年度".len())));
    assert_eq!(fiscal_year_prefix("R4年度"), Some((2022, "R4年度".len())));
    assert_eq!(fiscal_year_prefix("2022年度の計画"), Some((2022, "2022年度".len())));
    assert_eq!(fiscal_year_prefix("R4実績"), None);
    assert_eq!(fiscal_year_prefix("4年度"), None);
}

#[test]
fn dates() {
    for (printed, iso) in [
        ("令和４年４月18日", "2022-04-18"),
        ("平成２８年　４月　１日", "2016-04-01"),
        ("平成二十八年三月三十一日", "2016-03-31"),
        ("令和元年5月", "2019-05"),
        ("R2.3", "2020-03"),
        ("Ｈ31．4", "2019-04"),
        ("H31.4.1", "2019-04-01"),
        ("R6/2/29", "2024-02-29"),
        ("平成32年3月31日", "2020-03-31"),
        ("2022年4月", "2022-04"),
        ("2022/4/1", "2022-04-01"),
        ("2022-04-01", "2022-04-01"),
        ("令和4年4月18日（月）", "2022-04-18"),
        ("令和4年4月17日(日曜日)", "2022-04-17"),
    ] {
        assert_eq!(date(printed).map(|d| d.to_string()).as_deref(), Some(iso), "{printed}");
    }
    for printed in [
        "",
        "令和4年",
        "令和4年13月",
        "令和4年0月",
        "令和4年2月30日",
        "R5.2.29",
        "R0.4",
        "H40.4",
        "R2.2~3",
        "2022.4",
        "28.3",
        "4月1日",
        "令和4年4月18",
        "令和4年4月18日付け",
        "R2.3.",
        "R2..3",
        "R2.3.4.5",
        "R2/3-4",
        "令和4年度4月",
        "令和4年4月18日(祝)",
        "R2.003",
    ] {
        assert_eq!(date(printed), None, "{printed}");
    }
}

#[test]
fn the_fiscal_year_of_a_date() {
    for (printed, year) in [("R2.3", 2019), ("R2.4", 2020), ("令和元年12月", 2019), ("令和4年1月1日", 2021)] {
        assert_eq!(date(printed).map(fiscal_year_of), Some(year), "{printed}");
    }
}

#[test]
fn other_ways() {
    assert_eq!(bare_heisei("28"), Some(2016));
    assert_eq!(bare_heisei("２８"), Some(2016));
    for s in ["0", "36", "28.0", "2016", "", "H28"] {
        assert_eq!(bare_heisei(s), None, "{s}");
    }
    for (year, short) in [(2022, "R4"), (2019, "R1"), (2018, "H30"), (1988, "S63"), (1900, "M33"), (1867, "1867")] {
        assert_eq!(format_era(year), short);
    }
    assert!(format_era(i32::MAX).starts_with('R') && format_era(i32::MIN).starts_with('-'));
}

proptest! {
    #[test]
    fn a_short_year_reads_back(year in 1868..2100i32) {
        prop_assert_eq!(fiscal_year(&format_era(year)), Some(year));
        prop_assert_eq!(fiscal_year(&format!("{year}年度")), Some(year));
    }

    #[test]
    fn a_date_reads_back(year in 1868..2100i32, month in 1..13u8, day in 1..32u8) {
        match Date::new(year, month, Some(day)) {
            Some(expected) => {
                prop_assert_eq!(date(&expected.to_string()), Some(expected));
                prop_assert_eq!(date(&format!("{}年{month}月{day}日", format_era(year))), Some(expected));
            }
            None => prop_assert!(day > 28),
        }
    }

    #[test]
    fn no_string_panics(s in any::<String>(), t in "[RrHＨ令和平成元年度月日0-9０-９./()（） -]{0,14}") {
        for s in [s, t] {
            let _ = (fiscal_year(&s), date(&s), bare_heisei(&s));
            if let Some((_, end)) = fiscal_year_prefix(&s) {
                prop_assert!(s.is_char_boundary(end));
            }
        }
    }

    #[test]
    fn no_date_panics(year in any::<i32>(), month in any::<u8>(), day in any::<Option<u8>>()) {
        let _ = Date::new(year, month, day).map(|d| (d.to_string(), fiscal_year_of(d)));
        let _ = format_era(year);
    }
}
