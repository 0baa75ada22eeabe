use super::*;
use crate::form::document::Record;
use crate::source::TextLine;

/// A deck of one slide a page, and where something is left over.
fn read_pages(pages: &[&[&str]]) -> (SlideTheme, Vec<String>) {
    let mut lines = Vec::new();
    for (page, texts) in (1..).zip(pages) {
        lines.extend(texts.iter().map(|text| (page, (*text).to_owned())));
    }
    let lines: Vec<TextLine> = (1..).zip(lines).map(|(number, (page, text))| TextLine { number, page, text }).collect();
    let read = read(&Layout::from_text(&lines), 0);
    let told = read.diagnostics.iter().filter(|d| d.code != "placed_by_rule");
    let told = told.map(|d| format!("{} {}", d.code, d.at.clone().unwrap_or_default())).collect();
    let theme = read.records.into_iter().find_map(|r| match r {
        Record::SlideTheme(theme) => Some(*theme),
        _ => None,
    });
    (theme.expect("a theme"), told)
}

const TITLE: &[&str] = &["取組テーマ＜1＞", "港の窓口について"];

fn cities(previous: &str, current: &str) -> (SlideTheme, Vec<String>) {
    let slide = ["1 取組状況", "① 「窓口を開いた都市」", previous, current];
    read_pages(&[TITLE, &slide])
}

#[test]
fn a_date_behind_the_label_of_a_count_is_no_matter() {
    let (theme, told) = cities("前回（R5.4） 1市", "今回（R6.4） 2市（葦原市、砂丘市）");
    assert_eq!(theme.city_lists.len(), 1);
    assert_eq!(theme.city_lists[0].cities.value().map(Vec::len), Some(2));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn counts_under_years_are_told() {
    let (theme, told) = cities("令和５年度 1市", "令和６年度 2市（葦原市、砂丘市）");
    assert!(theme.city_lists.is_empty() && !told.is_empty(), "{told:?}");
    assert!(told.iter().all(|t| t.starts_with("text_left /records/0/")), "{told:?}");
}

#[test]
fn cities_that_are_not_all_or_cannot_be_parted_are_told() {
    let (theme, told) = cities("前回 1市", "今回 3市（葦原市、砂丘市ほか）");
    assert_eq!(theme.city_lists[0].cities.value().cloned(), Some(vec!["葦原市".to_owned(), "砂丘市".to_owned()]));
    assert_eq!(told, ["cities_not_all /records/0/city_lists/0/cities"]);
    let (theme, told) = cities("前回 1市", "今回 3市（葦原市、砂丘市 外１市）");
    assert!(theme.city_lists[0].cities.is_unplaced() && !told.is_empty());
}

#[test]
fn stages_in_other_words_are_stages() {
    for stage in ["＜第１段階＞【知る】", "＜STEP①＞【知る】"] {
        let slide =
            [stage, "1 「見学会」", "・畑を半日かけて巡る。", "【参考事例】 宿（葦原市）", "・宿の主が案内する。"];
        let (theme, told) = read_pages(&[TITLE, &slide]);
        assert_eq!((theme.support_stages.len(), told.len()), (1, 0), "{stage}: {told:?}");
        assert_eq!(theme.support_stages[0].examples.len(), 1);
    }
    let slide = ["＜レベル１＞【知る】", "1 「見学会」", "・畑を半日かけて巡る。"];
    let (theme, told) = read_pages(&[TITLE, &slide]);
    assert!(theme.support_stages.is_empty());
    assert!(told.contains(&"text_left /records/0/support_stages".to_owned()), "{told:?}");
}

#[test]
fn an_unknown_label_ends_the_list_before_it() {
    let case = [
        "㈱葦（葦原市）",
        "＜事業概要＞",
        "・茶店を開く。",
        "＜活用支援制度＞",
        "・家賃の助成",
        "＜成果＞",
        "・人が増えた。",
    ];
    let slide: Vec<&str> = std::iter::once("＜類型①＞【水辺型】").chain(case).collect();
    let (theme, told) = read_pages(&[TITLE, &slide]);
    assert_eq!(theme.cases[0].programs.value().cloned(), Some(vec!["家賃の助成".to_owned()]));
    assert!(told.contains(&"text_left /records/0/cases".to_owned()), "{told:?}");
}

#[test]
fn issues_and_next_steps_under_other_words_are_read_or_told() {
    let slide = ["■ 窓口に係る課題", "（国に求める事項）", "・人手の手当て", "（その他）", "・潮位の見方の研修"];
    let (theme, told) = read_pages(&[TITLE, &slide]);
    assert_eq!(theme.issues.iter().map(|i| i.items.len()).collect::<Vec<_>>(), [1]);
    assert_eq!(told, ["text_left /records/0/issues"]);
    let (theme, told) = read_pages(&[TITLE, &["２ 今後のスケジュール", "○ 国に申し入れる。"]]);
    assert_eq!((theme.next_steps.len(), told.len()), (1, 0), "{told:?}");
    let (theme, told) = read_pages(&[TITLE, &["２ 次の一手", "○ 国に申し入れる。"]]);
    assert!(theme.next_steps.is_empty() && told.contains(&"text_left /records/0/next_steps".to_owned()), "{told:?}");
}
