use super::super::rows;
use super::*;
use crate::layout::Layout;
use crate::source::TextLine;

/// Articles and supplementary provisions, `number: paragraphs`, items behind `|`; and the codes of the doubts.
fn read_lines(lines: &[&str]) -> (Vec<String>, Vec<&'static str>) {
    let lines: Vec<TextLine> =
        (1..).zip(lines).map(|(number, t)| TextLine { number, page: 1, text: (*t).into() }).collect();
    let layout = Layout::from_text(&lines);
    let rows = rows::rows(&layout);
    let mut raw = RawGuideline::default();
    read(&rows, 0..rows.len(), &mut raw);
    let text = |spans: &[Span]| layout.texts(spans).collect::<String>().replace([' ', '　'], "");
    let paragraphs = |list: &[crate::form::subsidy_guideline::raw::RawParagraph]| {
        let item = |i: &crate::form::subsidy_guideline::raw::RawItem| {
            format!("|{} {}", text(&i.mark), i.parts.iter().map(|p| text(p)).collect::<String>())
        };
        let say = |p: &crate::form::subsidy_guideline::raw::RawParagraph| {
            format!("{}{}{}", text(&p.caption), text(&p.text), p.items.iter().map(item).collect::<String>())
        };
        list.iter().map(say).collect::<Vec<_>>().join(" / ")
    };
    let branch = |b: Option<u32>| b.map_or(String::new(), |b| format!("-{b}"));
    let mut out: Vec<String> = raw
        .articles
        .iter()
        .map(|a| format!("{}{}{}: {}", a.number, branch(a.branch), text(&a.caption), paragraphs(&a.paragraphs)))
        .collect();
    out.extend(raw.supplementary.iter().map(|s| {
        let amendment = s.amendment.as_ref().map_or(String::new(), |a| format!("({} {})", a.date, text(&a.reference)));
        format!("附{amendment}: {}", paragraphs(&s.paragraphs))
    }));
    out.extend(raw.schedules.iter().map(|s| format!("{} [{}]", text(&s.name), text(&s.basis))));
    (out, raw.doubts.iter().map(|d| d.code).filter(|c| *c != "preamble_unread").collect())
}

fn articles(lines: &[&str], read: &[&str], doubts: &[&str]) {
    let (found, told) = read_lines(lines);
    assert_eq!(
        (found.iter().map(String::as_str).collect::<Vec<_>>(), told),
        (read.to_vec(), doubts.to_vec()),
        "{lines:?}"
    );
}

#[test]
fn items_out_of_count_are_items() {
    articles(
        &["第１条 次のとおりとする。", "（１） 設置", "（２）及び（３） 削除", "（４） 更新"],
        &["1: 次のとおりとする。|（１） 設置|（２）及び（３） 削除|（４） 更新"],
        &[],
    );
    articles(
        &["第１条 次のとおりとする。", "（１） 設置をする。", "（３） 更新をする。"],
        &["1: 次のとおりとする。|（１） 設置をする。|（３） 更新をする。"],
        &["item_out_of_sequence"],
    );
    articles(
        &["第１条 次のとおりとする。", "（１） 設置をする。", "② 更新をする。"],
        &["1: 次のとおりとする。|（１） 設置をする。|② 更新をする。"],
        &["item_out_of_sequence"],
    );
}

#[test]
fn items_without_full_stops_and_paragraphs_behind_a_gap_begin_too() {
    articles(
        &["第１条 次のとおりとする。", "（１） 設置", "（３） 更新"],
        &["1: 次のとおりとする。|（１） 設置|（３） 更新"],
        &["item_out_of_sequence"],
    );
    articles(
        &["第１条 あるとする。", "７ 前項のとおりとする。"],
        &["1: あるとする。 / 前項のとおりとする。"],
        &["paragraph_inferred"],
    );
}

#[test]
fn a_reference_at_the_head_of_a_line_is_no_item() {
    articles(
        &["第１条 次のとおりとする。", "（１） 設置をする。", "（２） 更新のうち", "（４）の規定による", "もの。"],
        &["1: 次のとおりとする。|（１） 設置をする。|（２） 更新のうち（４）の規定によるもの。"],
        &[],
    );
}

#[test]
fn numbers_with_a_dot_or_bare_are_items_where_no_paragraph_is_next() {
    articles(
        &["第１条 次の各号とする。", "1. 設置をする。", "2. 更新をする。"],
        &["1: 次の各号とする。|1. 設置をする。|2. 更新をする。"],
        &[],
    );
    articles(
        &["第１条 次の各号とする。", "２．前項の規定による。"],
        &["1: 次の各号とする。 / 前項の規定による。"],
        &["paragraph_inferred"],
    );
    articles(
        &["第１条 次の各号とする。", "１ 設置をする。", "２ 更新をする。"],
        &["1: 次の各号とする。|１ 設置をする。|２ 更新をする。"],
        &["item_or_paragraph"],
    );
}

#[test]
fn captions_in_other_brackets() {
    articles(
        &["【目的】", "第１条 目的とする。", "〔定義〕", "第２条 定義とする。", "第３条【委任】 委任とする。"],
        &["1【目的】: 目的とする。", "2〔定義〕: 定義とする。", "3【委任】: 委任とする。"],
        &[],
    );
}

#[test]
fn captions_without_brackets_and_on_the_row_of_their_number() {
    articles(
        &["（目的）", "第１条 目的とする。", "定義", "第２条 定義とする。"],
        &["1（目的）: 目的とする。", "2定義: 定義とする。"],
        &["caption_inferred"],
    );
    articles(
        &["第１条（目的）目的とする。", "第２条（定義）の規定", "による。"],
        &["1（目的）: 目的とする。", "2: （定義）の規定による。"],
        &[],
    );
    articles(
        &["第１条．目的とする。", "附 則", "１ （施行期日） この要綱は、施行する。"],
        &["1: 目的とする。", "附: （施行期日）この要綱は、施行する。"],
        &[],
    );
}

#[test]
fn articles_left_out_together_are_articles() {
    articles(
        &["第１条 あ。", "第２条及び第３条 削除", "第４条から第６条まで 削除", "第７条 い。"],
        &["1: あ。", "2: 削除", "3: 削除", "4: 削除", "5: 削除", "6: 削除", "7: い。"],
        &[],
    );
    articles(
        &["第１条 あ。", "第１条の２から第１条の４まで　削除", "第２条 い。"],
        &["1: あ。", "1-2: 削除", "1-3: 削除", "1-4: 削除", "2: い。"],
        &[],
    );
}

#[test]
fn what_stands_behind_the_word_of_a_supplement() {
    for heading in [
        "附 則（令和３年４月１日港振第３号）抄",
        "附 則　令和３年４月１日港振第３号",
        "附則〔令和３年４月１日港振第３号〕",
        "附則［令和３年４月１日港振第３号］",
    ] {
        articles(
            &["第１条 あ。", heading, "この要綱は、施行する。"],
            &["1: あ。", "附(2021-04-01 港振第３号): この要綱は、施行する。"],
            &[],
        );
    }
    let two = ["第１条 あ。", "附 則（令和３年４月１日港振", "第３号）", "この要綱は、施行する。"];
    articles(&two, &["1: あ。", "附(2021-04-01 港振第３号): この要綱は、施行する。"], &[]);
    let below = ["第１条 あ。", "附 則", "（令和３年４月１日港振第３号）", "この要綱は、施行する。"];
    articles(&below, &["1: あ。", "附(2021-04-01 港振第３号): この要綱は、施行する。"], &[]);
    for undated in ["附則（令和３年港振第３号の２）", "附則（令和２年５月）", "附則（第３次改正）"]
    {
        articles(
            &["第１条 あ。", undated, "この要綱は、施行する。"],
            &["1: あ。", "附: この要綱は、施行する。"],
            &["amendment_unread"],
        );
    }
    articles(&["第１条 あ。", "附 則 抄", "この要綱は、施行する。"], &["1: あ。", "附: この要綱は、施行する。"], &[]);
    articles(
        &["第１条 あ。", "附 則 １ この要綱は、施行する。", "２ 経過。"],
        &["1: あ。", "附: この要綱は、施行する。 / 経過。"],
        &[],
    );
}

#[test]
fn headings_in_other_words_end_the_provisions() {
    for (heading, schedule) in [
        ("別表第１　補助対象経費（第２条関係）", "別表第１ [第２条関係]"),
        ("【別表１】", "別表１ []"),
        ("別表第２条関係", "別表 [第２条関係]"),
        ("別表－１（第２条関係）", "別表－１ [第２条関係]"),
    ] {
        let lines = ["第１条 あ。", "附則", "この要綱は、施行する。", heading, "事業"];
        articles(&lines, &["1: あ。", "附: この要綱は、施行する。", schedule], &[]);
    }
    for heading in ["（様式第１号）", "様式第１号　交付申請書", "様式第１－１号（第２条関係）"]
    {
        articles(
            &["第１条 あ。", "附則", "この要綱は、施行する。", heading, "殿"],
            &["1: あ。", "附: この要綱は、施行する。"],
            &[],
        );
    }
    let form = ["第１条 あ。", "附則", "この要綱は、施行する。", "別記様式（第２条関係）", "殿"];
    articles(&form, &["1: あ。", "附: この要綱は、施行する。"], &["form_unnumbered"]);
}

#[test]
fn articles_behind_a_schedule_among_them_go_on() {
    articles(
        &["第１条 あ。", "別表（第１条関係）", "事業", "（委任）", "第２条 い。"],
        &["1: あ。", "2（委任）: い。", "別表 [第１条関係]"],
        &["articles_resumed"],
    );
}
