//! The picture of a page: well-formed, and true to the document.

mod cli_support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cli_support::{code, document, hyoka, stderr, stdout};
use hyoka::cli::lang::Lang;
use hyoka::diagnostic::Diagnostic;
use hyoka::form::{Document, Evidence, Method, Unassigned};
use hyoka::geometry::Place;
use hyoka::layout::{Layout, PageLayout};
use hyoka::output::inspect;
use hyoka::source::TextLine;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet").join(name)
}

fn extracted(path: &Path) -> Document {
    let name = path.file_name().unwrap().to_str().unwrap();
    hyoka::extract(name, &fs::read(path).unwrap(), &hyoka::Options::default()).unwrap()
}

fn picture(path: &Path, page: u32) -> String {
    let output = hyoka(&["inspect", path.to_str().unwrap(), "--page", &page.to_string()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output).to_owned()
}

/// The tooltips of the boxes of one class.
fn tooltips(svg: &str, class: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(svg).expect("well-formed XML");
    let boxes = tree.descendants().filter(|n| n.attribute("class") == Some(&format!("box {class}")));
    let titles = boxes.filter_map(|n| n.children().find(|c| c.has_tag_name("title")));
    titles.filter_map(|n| n.text().map(str::to_owned)).collect()
}

/// All text of one class of elements and below.
fn printed(svg: &str, class: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(svg).expect("well-formed XML");
    let groups = tree.descendants().filter(|n| n.attribute("class") == Some(class));
    let texts = groups.flat_map(|n| n.descendants()).filter(|n| n.has_tag_name("text"));
    texts.filter_map(|n| n.text().map(str::to_owned)).collect()
}

fn pointers(document: &Document, is_here: impl Fn(&Place) -> bool) -> BTreeSet<&str> {
    let here = document.evidence.iter().filter(|(_, e)| e.at.iter().any(&is_here));
    here.map(|(pointer, _)| pointer.as_str()).collect()
}

#[test]
fn every_leaf_of_a_page_stands_at_its_box() {
    for name in ["plain.pdf", "two_programs.pdf", "dashes.cid.pdf", "booklet.pdf"] {
        let path = fixture(name);
        let document = extracted(&path);
        for page in 1..=document.source.pages {
            let svg = picture(&path, page);
            let fields = tooltips(&svg, "field").join("\n");
            let wanted = pointers(&document, |p| matches!(p, Place::Box { page: at, .. } if *at == page));
            let had: BTreeSet<&str> = fields.lines().filter(|l| l.starts_with("/records/")).collect();
            assert_eq!(had, wanted, "{name}, page {page}");
            let lost =
                document.unassigned.iter().filter(|u| matches!(u.place, Place::Box { page: p, .. } if p == page));
            assert_eq!(lost.count() > 0, !tooltips(&svg, "unassigned").is_empty(), "{name}, page {page}");
        }
    }
}

#[test]
fn labels_are_labels() {
    let svg = picture(&fixture("plain.pdf"), 1);
    let labels = tooltips(&svg, "label");
    for label in ["様式１（主な取組）", "施策展開", "主な取組", "年度別計画", "関連URL", "担当部課 ⏎ 【連絡先】"]
    {
        assert!(labels.iter().any(|l| l.ends_with(&format!("    {label}"))), "{label}: {labels:#?}");
    }
    let fields = tooltips(&svg, "field");
    let department = fields.iter().find(|f| f.contains("/records/0/plan/department")).unwrap();
    assert!(department.contains("(table ") && department.contains("cell: 農林部里山整備課"), "{department}");
    assert!(
        printed(&svg, "tags").contains(&"/plan/department".to_owned()),
        "one record on the page goes without saying"
    );
}

#[test]
fn lines_of_a_text_have_their_numbers_and_leaves() {
    let path = fixture("plain.raw.txt");
    let document = extracted(&path);
    let text = fs::read_to_string(&path).unwrap();
    let mut numbers = Vec::new();
    let mut had = BTreeSet::new();
    for page in 1..=document.source.pages {
        let svg = picture(&path, page);
        numbers.extend(printed(&svg, "number"));
        let fields = tooltips(&svg, "field").join("\n");
        had.extend(fields.lines().filter(|l| l.starts_with("/records/")).map(str::to_owned));
    }
    let wanted: BTreeSet<String> = pointers(&document, |_| true).into_iter().map(str::to_owned).collect();
    assert_eq!(had, wanted);
    assert_eq!(numbers, (1..=text.trim_end_matches('\x0c').lines().count()).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn signs_of_xml_are_no_xml() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a<b>&\"c\".txt");
    fs::write(&path, "売上<&>\"税\"\n]]> <script>\n").unwrap();
    let svg = picture(&path, 1);
    assert_eq!(printed(&svg, "glyphs").concat(), "売上<&>\"税\"]]><script>");
    assert!(svg.contains("a&lt;b&gt;&amp;"));
}

/// Three lines: a label, a value beside words that nothing took, and a value with a sign that could not be read.
fn small() -> (PageLayout, Document) {
    let lines = ["主な取組", "かもめの観察 欄外", "港\u{FFFD}課"].iter().enumerate();
    let lines: Vec<TextLine> =
        lines.map(|(i, text)| TextLine { number: i as u32 + 1, page: 1, text: (*text).to_owned() }).collect();
    let mut document = document("かもめ.txt", b"gull", Vec::new());
    let read = |line, text: &str, method| Evidence { at: vec![Place::Line { line }], text: text.to_owned(), method };
    document.source.pages = 1;
    document.evidence.insert("/records/1/plan/initiative".to_owned(), read(2, "かもめの観察", Method::Order));
    document.evidence.insert("/records/1/plan/department".to_owned(), read(3, "港\u{FFFD}課", Method::Inferred));
    document.evidence.insert("/records/1/plan/phone".to_owned(), read(3, "港\u{FFFD}課", Method::Inferred));
    document.unassigned = vec![Unassigned { place: Place::Line { line: 2 }, text: "欄外".to_owned() }];
    document.diagnostics = vec![
        Diagnostic::warning("unreadable_characters", "compare with the page").at("/records/1/plan/department"),
        Diagnostic::warning("unplaced", "looked for in vain").at("/records/1/do/rationale"),
        Diagnostic::warning("unplaced", "of a record that is not here").at("/records/0/do/rationale"),
        Diagnostic::note("elsewhere", "of another page").on_page(2),
    ];
    let layout = Layout::from_text(&lines).pages.remove(0);
    (layout, document)
}

#[test]
fn the_picture_of_a_small_page() {
    let (layout, document) = small();
    let svg = inspect::svg(None, &layout, &document, Lang::En.messages().inspect());
    assert_eq!(tooltips(&svg, "label").len(), 1);
    assert_eq!(printed(&svg, "unreadable"), ["\u{FFFD}", "\u{FFFD}"], "one in the legend");
    let start = svg.find("<g class=\"page\"").unwrap();
    insta::assert_snapshot!(&svg[start..]);
    let japanese = inspect::svg(None, &layout, &document, Lang::Ja.messages().inspect());
    assert!(japanese.contains("様式の見出し") && !japanese.contains("label of the form"));
}

#[test]
fn pointers_of_several_records_are_told_in_full() {
    let (layout, mut document) = small();
    let evidence = document.evidence["/records/1/plan/initiative"].clone();
    document.evidence.insert("/records/0/plan/initiative".to_owned(), evidence);
    let svg = inspect::svg(None, &layout, &document, Lang::En.messages().inspect());
    let tags = printed(&svg, "tags");
    assert!(tags.contains(&"/records/1/plan/initiative  /records/0/plan/initiative".to_owned()), "{tags:?}");
}

#[test]
fn a_file_is_what_stdout_is() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("page.svg");
    let path = fixture("plain.pdf");
    let output = hyoka(&["inspect", path.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!((code(&output), stdout(&output)), (0, ""));
    assert_eq!(fs::read_to_string(&out).unwrap(), picture(&path, 1));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn what_cannot_be_shown_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let text = dir.path().join("two.txt");
    fs::write(&text, "一\u{c}二\n").unwrap();
    let (text, pdf) = (text.to_str().unwrap(), fixture("plain.pdf"));
    let pdf = pdf.to_str().unwrap();
    let folder = dir.path().to_str().unwrap();
    let says = |args: &[&str], exit, en: &str, ja: &str| {
        for (lang, words) in [("en", en), ("ja", ja)] {
            let output = hyoka(&[&["--lang", lang, "inspect"], args].concat());
            assert_eq!(code(&output), exit, "{args:?}: {}", stderr(&output));
            assert!(stderr(&output).contains(words), "{args:?}: {}", stderr(&output));
            assert_eq!(stdout(&output), "");
        }
    };
    says(&[pdf, "--page", "4"], 2, "has no page 4: it has 3 pages", "4ページはありません（全3ページ）");
    says(&[text, "--page", "3"], 2, "has no page 3: it has 2 pages", "3ページはありません（全2ページ）");
    says(&[pdf, "--page", "0"], 2, "`0` is no value of --page", "「0」");
    says(&[], 2, "missing: <FILE>", "次の指定が必要です: <FILE>");
    says(&[folder], 2, "is a folder", "フォルダーです");
    says(&[text, "-o", text], 2, "would write over the input", "入力そのもの");
    says(&["none.pdf"], 3, "there is no such file", "ありません");
    says(&[pdf, "-o", &format!("{folder}/none/page.svg")], 3, "cannot be written", "書き込めません");
    assert_eq!(fs::read(text).unwrap(), "一\u{c}二\n".as_bytes());
}
