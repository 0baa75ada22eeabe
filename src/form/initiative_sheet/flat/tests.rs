//! Sheets of our own invention in the orders that extractors leave.

use proptest::prelude::*;

use super::{read, sheets};
use crate::form::document::Method;
use crate::form::initiative_sheet::sheet::{RawSheet, Slot};
use crate::layout::Layout;
use crate::source::TextLine;

fn layout(text: &str) -> Layout {
    let mut number = 0;
    let mut lines = Vec::new();
    for (page, text) in text.split('\u{c}').enumerate() {
        for line in text.lines() {
            number += 1;
            lines.push(TextLine { number, page: page as u32 + 1, text: line.to_owned() });
        }
    }
    Layout::from_text(&lines)
}

fn texts(layout: &Layout, slot: &Slot) -> String {
    layout.texts(slot.spans()).map(str::trim).collect()
}

/// Cell by cell, from top to bottom.
const CELLS: &str = "様式１（主な取組）
「主な取組」検証票
施策展開 7-(1)-ウ 灯台と航路標識の保守
施 策 ③夜間航行の安全
施策の小項目名 ○標識灯の更新
主な取組 標識灯の電池交換 対応する成果指標 夜間の座礁件数
施策の方向 ・離れ島の標識灯を計画的に改めます。
１ 取組の概要（Plan）
主な取組（アクティビティ） 実施
主体
年度別計画
R4 R5 R6
古い標識灯の電池を長く持つものに替える。
県,漁協
電池交換と点検の巡回
活動指標（アウトプット）
電池交換した標識灯の数
12基 15基 18基
担当部課
【連絡先】 海事部航路課 【 010-222-3333 】 関連URL -
\u{c}様式１（主な取組）
２ 取組の状況（Do）
（1）取組の進捗状況 （単位：千円）
予算事業名 標識灯保守事業 予算事業名 標識灯保守事業
主な財源 実施方法
R3年度 R4年度 R5年度
決算額 決算見込額 主な財源 実施方法 当初予算額
灯台特別会計 請負 7,100 8,200 灯台特別会計 請負 9,300
令和4年度活動内容 令和5年度活動計画
標識灯を巡って電池を替えた。
標識灯を巡って電池を替える。
活動指標名 電池交換した標識灯の数 R4年度
進捗状況 活動概要
実績値
R2年度 R3年度 実績値(A) 目標値(B) 達成割合
A/B
- 5基 9基 12基 75.0% 概ね順調 荒天のため三基を翌年に回した。
進捗状況の判定根拠、要因及び取組の効果
目標値「12基」に対し実績値「9基」であったため、概ね順調と判断した。
(２)これまでの改善案の反映状況
令和4年度の取組改善案 反映状況
巡回の船を早めに手配する。
船の手配を二か月早めた。
\u{c}様式１（主な取組）
３ 取組の検証（Check） ４ 取組の改善案（Action）
類型 内容 類型 内容
② 他の実施主体の状
況(内部要因)
船の都合を先に知る必要がある。
② 連携の強化・改善 船主と月に一度打ち合わせる。
";

fn only(text: &str) -> (Layout, RawSheet) {
    let layout = layout(text);
    let parts = sheets(&layout);
    assert_eq!(parts.len(), 1);
    let sheet = read(&layout, &parts[0]);
    (layout, sheet)
}

fn assert_cells(l: &Layout, s: &RawSheet) {
    for (slot, text) in [
        (&s.edition, "様式１"),
        (&s.development_number, "7-(1)-ウ"),
        (&s.development_title, "灯台と航路標識の保守"),
        (&s.measure, "③夜間航行の安全"),
        (&s.initiative, "標識灯の電池交換"),
        (&s.outcome_indicator, "夜間の座礁件数"),
        (&s.direction, "・離れ島の標識灯を計画的に改めます。"),
        (&s.summary, "古い標識灯の電池を長く持つものに替える。"),
        (&s.actors, "県,漁協"),
        (&s.activity, "電池交換と点検の巡回"),
        (&s.department, "海事部航路課"),
        (&s.phone, "010-222-3333"),
        (&s.url, "-"),
        (&s.output_indicators[0].name, "電池交換した標識灯の数"),
        (&s.output_indicators[0].targets[2].value, "18基"),
        (&s.programs[0].next_name, "標識灯保守事業"),
        (&s.programs[0].budgets[0].amount, "7,100"),
        (&s.programs[0].budgets[1].method, "請負"),
        (&s.programs[0].budgets[2].fund, "灯台特別会計"),
        (&s.programs[0].activity, "標識灯を巡って電池を替えた。"),
        (&s.programs[0].next_activity, "標識灯を巡って電池を替える。"),
        (&s.indicators[0].name, "電池交換した標識灯の数"),
        (&s.indicators[0].actuals[2].value, "9基"),
        (&s.indicators[0].target.value, "12基"),
        (&s.indicators[0].achievement, "75.0%"),
        (&s.indicators[0].summary, "荒天のため三基を翌年に回した。"),
        (&s.judgment, "概ね順調"),
        (&s.rationale, "目標値「12基」に対し実績値「9基」であったため、概ね順調と判断した。"),
        (&s.improvements[0].planned, "巡回の船を早めに手配する。"),
        (&s.improvements[0].reflected, "船の手配を二か月早めた。"),
        (&s.check[0].number, "②"),
        (&s.check[0].category, "他の実施主体の状況(内部要因)"),
        (&s.check[0].text, "船の都合を先に知る必要がある。"),
        (&s.action[0].category, "連携の強化・改善"),
        (&s.action[0].text, "船主と月に一度打ち合わせる。"),
    ] {
        assert_eq!(texts(l, slot), text);
    }
    assert_eq!(s.indicators[0].actuals[0].fiscal_year, Some(2020));
    assert_eq!(s.programs[0].budgets[2].fiscal_year, Some(2023));
}

#[test]
fn cell_order() {
    let (layout, sheet) = only(CELLS);
    assert_cells(&layout, &sheet);
}

#[test]
fn without_form_feeds() {
    let (layout, sheet) = only(&CELLS.replace('\u{c}', "\n\n"));
    assert_cells(&layout, &sheet);
}

#[test]
fn full_width_and_every_block_apart() {
    let (layout, sheet) = only(&CELLS.replace("12基", "１２基").replace('\n', "\n\n"));
    assert_eq!(texts(&layout, &sheet.indicators[0].target.value), "１２基");
    assert_eq!(texts(&layout, &sheet.programs[0].budgets[1].amount), "8,200");
}

#[test]
fn an_only_amount_is_the_estimate_with_a_doubt() {
    let (layout, sheet) = only(&CELLS.replace("7,100 8,200", "8,200"));
    let budgets = &sheet.programs[0].budgets;
    assert_eq!(budgets[0].amount, Slot::Blank(None));
    assert_eq!(texts(&layout, &budgets[1].amount), "8,200");
    assert!(matches!(&budgets[1].amount, Slot::Read(r) if r.method == Method::Inferred));
    assert!(sheet.doubts.iter().any(|d| d.code == "budget_year_inferred" && d.at == "/do/programs/0/budgets"));
}

#[test]
fn scattered_values_are_told_by_the_ratio_with_a_doubt() {
    // Drawn in two passes: which of the first two years the dash belongs to, no order says; what is counted goes on being counted.
    let line = "- 5基 9基 12基 75.0% 概ね順調 荒天";
    let text =
        CELLS.replace(line, "5基 9基 12基 荒天").replace("活動概要\n実績値\n", "活動概要\n実績値\n- 75.0% 概ね順調\n");
    let (layout, sheet) = only(&text);
    let indicator = &sheet.indicators[0];
    assert_eq!(texts(&layout, &indicator.actuals[2].value), "9基");
    assert_eq!(texts(&layout, &indicator.target.value), "12基");
    assert_eq!(texts(&layout, &indicator.actuals[0].value), "-");
    assert_eq!(texts(&layout, &indicator.actuals[1].value), "5基");
    assert!(indicator.actuals.iter().all(|year| matches!(&year.value, Slot::Read(r) if r.method == Method::Inferred)));
    assert!(sheet.doubts.iter().any(|d| d.code == "value_place_inferred" && d.at == "/do/indicators/0"));
}

#[test]
fn a_judgment_that_wrapped_is_put_together_or_doubted() {
    for (printed, judgment) in [
        ("75.0%\n概ね\n順調\n荒天", "概ね順調"),
        ("75.0% 概ね\n順調 荒天", "概ね順調"),
        ("75.0%\n概ね順\n調\n荒天", "概ね順調"),
        ("75.0%\nおおむね\n順調\n荒天", "おおむね順調"),
        ("75.0%\nやや\n遅れ\n荒天", "やや遅れ"),
        ("75.0%\nやや\n遅れ\nている\n荒天", "やや遅れている"),
        ("75.0%\n大幅\n遅れ\n荒天", "大幅遅れ"),
    ] {
        let (layout, sheet) = only(&CELLS.replace("75.0% 概ね順調 荒天", printed));
        assert_eq!(texts(&layout, &sheet.judgment), judgment, "{printed}");
        assert_eq!(texts(&layout, &sheet.indicators[0].summary), "荒天のため三基を翌年に回した。", "{printed}");
    }
    for printed in ["75.0%\nほぼ\n順調\n荒天", "75.0%\n順調\n（達成）\n荒天"] {
        let (_, sheet) = only(&CELLS.replace("75.0% 概ね順調 荒天", printed));
        assert!(sheet.doubts.iter().any(|d| d.code == "judgment_qualified"), "{printed}");
    }
    let (_, sheet) = only(CELLS);
    assert!(!sheet.doubts.iter().any(|d| d.code.starts_with("judgment")));
}

#[test]
fn label_words_inside_prose_stay_prose() {
    let prose = "標識灯を巡って進捗状況と活動概要を確かめ、\n電池を替えた。";
    let (layout, sheet) = only(&CELLS.replace("標識灯を巡って電池を替えた。", prose));
    assert_eq!(texts(&layout, &sheet.programs[0].activity), prose.replace('\n', ""));
}

#[test]
fn foreign_matter_is_left_over() {
    let (layout, sheet) =
        only(&CELLS.replace("船の手配を二か月早めた。\n", "船の手配を二か月早めた。\nDRAFT\n123,456\nCOPY\n"));
    assert_cells(&layout, &sheet);
    let mut claimed = sheet.labels.clone();
    sheet.each_slot(&mut |slot| claimed.extend_from_slice(slot.spans()));
    assert!(!claimed.iter().any(|s| ["DRAFT", "123,456", "COPY"].contains(&layout.text(s))));
}

/// Pieces that sheets are made of, and some that they are not.
const SOUP: [&str; 40] = [
    "様式１（主な取組）",
    "「主な取組」検証票",
    "施策展開",
    "施 策",
    "施策の小項目名",
    "主な取組",
    "対応する成果指標",
    "施策の方向",
    "実施",
    "主体",
    "R3年度",
    "R4年度",
    "R5年度",
    "R4",
    "活動指標名",
    "実績値",
    "実績値(A)",
    "達成割合",
    "A/B",
    "進捗状況",
    "順調",
    "予算事業名",
    "主な財源",
    "当初予算額",
    "令和4年度活動内容",
    "令和5年度活動計画",
    "類型",
    "内容",
    "①",
    "⑧ その他",
    "12,345",
    "３件（６件",
    "９件）",
    "－",
    "50.0%",
    "県,",
    "船を出した。",
    "船を出す。",
    "\u{c}",
    "　𠮷㈱ﾃﾞ　",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// No text makes it panic, no character is claimed for two different things, no claim is outside the text.
    #[test]
    fn any_text(parts in prop::collection::vec((0..SOUP.len(), 0..4usize), 0..120), noise in "\\PC{0,20}") {
        let mut text = String::from("「主な取組」検証票\n");
        for (i, (word, space)) in parts.iter().enumerate() {
            text.push_str(SOUP[*word]);
            text.push_str(["\n", " ", "\n\n", "      "][*space]);
            if i == 30 {
                text.push_str(&noise);
            }
        }
        let layout = layout(&text);
        for part in sheets(&layout) {
            let sheet = read(&layout, &part);
            let mut spans = sheet.labels.clone();
            sheet.each_slot(&mut |slot| spans.extend_from_slice(slot.spans()));
            spans.sort();
            // Fund and method of one side stand for two years.
            spans.dedup();
            for s in &spans {
                prop_assert!(s.start < s.end && s.end <= layout.line(s).text.chars().count());
            }
            for pair in spans.windows(2) {
                let same_line = (pair[0].page, pair[0].line) == (pair[1].page, pair[1].line);
                prop_assert!(!same_line || pair[0].end <= pair[1].start, "{:?} {:?}", pair[0], pair[1]);
            }
        }
    }
}
