//! 指定都市市長会 取組テーマ: scores against known truth, what is left over, and what else must not be taken for a deck.

mod shared;

use std::path::{Path, PathBuf};
use std::process::Command;

use hyoka::form::Document;
use proptest::prelude::*;
use serde_json::Value;

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/slide_deck")
}

fn read(path: &Path) -> Document {
    let bytes = std::fs::read(path).expect("readable");
    let name = path.file_name().expect("a name").to_string_lossy();
    hyoka::extract(&name, &bytes, &hyoka::Options::default()).expect("read")
}

fn text(lines: &str) -> Document {
    hyoka::extract("deck.txt", lines.as_bytes(), &hyoka::Options::default()).expect("read")
}

/// F1, silent errors and the mismatches, by `shared/tools/score.py`.
fn score(input: &Path, truth: &Path, partial: bool) -> (f64, u64, String) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let actual = dir.path().join("actual.json");
    std::fs::write(&actual, serde_json::to_vec(&read(input)).expect("serialises")).expect("written");
    let mut command = Command::new("python3");
    command.arg(shared::shared().expect("present").join("tools/score.py")).arg(truth).arg(&actual);
    if partial {
        command.arg("--partial");
    }
    let json = command.arg("--json").output().expect("python3 runs");
    let result: Value = serde_json::from_slice(&json.stdout).expect("score.py prints JSON");
    let report: Vec<String> =
        result["mismatches"].as_array().expect("a list").iter().take(20).map(Value::to_string).collect();
    (result["total"]["f1"].as_f64().expect("an F1"), result["silent"].as_u64().expect("a count"), report.join("\n"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("entry").path()).collect();
    out.retain(|p| p.extension().is_some_and(|e| e == extension));
    out.sort();
    out
}

fn truth_of(path: &Path, extension: &str) -> PathBuf {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    path.with_file_name(format!("{}.{extension}", name.split('.').next().expect("a stem")))
}

#[test]
fn slides_are_read_without_a_fault() {
    let Some(shared) = shared::shared() else { return };
    let mut failed = Vec::new();
    for pdf in files(&shared.join("corpus/slide_deck"), "pdf") {
        let (f1, silent, report) = score(&pdf, &truth_of(&pdf, "json"), false);
        if f1 < 1.0 || silent > 0 {
            failed.push(format!("{}: F1 {f1:.4}, silent errors {silent}\n{report}", pdf.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_real_slides_are_read_from_their_text() {
    let Some(shared) = shared::shared() else { return };
    let seed = shared.join("seeds/designated_cities_slides_h25.txt");
    let (f1, silent, report) = score(&seed, &shared.join("golden/slide_deck.json"), true);
    assert!(f1 >= 1.0 && silent == 0, "F1 {f1:.4}, silent errors {silent}\n{report}");
}

/// How well each flattened deck is read, committed: a change of quality shows in a diff. None errs silently.
#[test]
fn the_quality_of_flattened_decks_is_known() {
    let Some(shared) = shared::shared() else { return };
    let mut table = String::new();
    let mut all: Vec<(PathBuf, PathBuf)> =
        files(&own(), "txt").into_iter().map(|p| (p.clone(), truth_of(&p, "truth.json"))).collect();
    all.extend(files(&shared.join("corpus/slide_deck"), "txt").into_iter().map(|p| (p.clone(), truth_of(&p, "json"))));
    for (path, truth) in &all {
        let (f1, silent, _) = score(path, truth, false);
        table += &format!("{:28} F1 {f1:.4}  silent {silent}\n", path.file_name().expect("a name").to_string_lossy());
    }
    insta::assert_snapshot!(table);
    assert!(!table.lines().any(|l| !l.ends_with("silent 0")), "a wrong leaf without a doubt:\n{table}");
}

/// Headings, labels and fields take every character but for drawings, charts and introductions.
#[test]
fn what_a_slide_says_is_not_left_over() {
    for pdf in files(&own(), "pdf") {
        let document = read(&pdf);
        assert!(document.coverage > 0.85, "{}: {}", pdf.display(), document.coverage);
        let left: Vec<&str> = document.unassigned.iter().map(|u| u.text.as_str()).collect();
        for sign in ["段階", "類型", "【", "前", "今", "都市数", "・", "■", "課題)"] {
            assert!(!left.iter().any(|text| text.starts_with(sign)), "{}: {sign} in {left:?}", pdf.display());
        }
    }
}

#[test]
fn every_form_is_taken_for_itself() {
    let Some(shared) = shared::shared() else { return };
    for (folder, deck) in [("slide_deck", true), ("initiative_sheet", false), ("department_theme", false)]
        .into_iter()
        .chain([("special_zone", false), ("subsidy_guideline", false)])
    {
        for path in files(&shared.join("corpus").join(folder), "txt") {
            // An empty file is no document.
            if std::fs::metadata(&path).is_ok_and(|m| m.len() == 0) {
                continue;
            }
            let taken = read(&path).recognition.iter().any(|r| r.form == "slide_deck");
            assert_eq!(taken, deck, "{}", path.display());
        }
    }
    for path in files(&shared.join("seeds"), "txt") {
        let deck = path.to_string_lossy().contains("slides");
        assert_eq!(read(&path).form.id == "slide_deck", deck, "{}", path.display());
    }
}

#[test]
fn a_text_that_mentions_the_theme_is_no_deck() {
    let prose = "取組テーマについて話し合った。\n取組テーマ＜１＞は次の会議で決める。\n前回は欠席した。\n";
    assert_eq!(text(prose).form.id, "unknown");
}

#[test]
fn a_deck_without_its_title_is_known_by_its_labels() {
    let deck = "＜段階①＞【支度の段階】\n１ 「寄り合い」\n・月に一度集まる。\n【事例】 寄り合い（葦原市）\n・五年続いている。\n\
                ＜類型①＞【浜型】\n＜事業概要＞\n・網を貸す。\n＜活用支援制度＞\n・寄り合い\n浜の会（葦原市）\n";
    let document = text(deck);
    assert_eq!(document.form.id, "slide_deck");
    let json = serde_json::to_value(&document.records[0]).expect("serialises");
    assert_eq!(json["support_stages"][0]["measures"][0]["description"], "月に一度集まる。");
    assert_eq!(json["cases"][0]["city"], "葦原市");
    assert!(json.get("number").is_none(), "no number is printed");
    assert!(document.diagnostics.iter().any(|d| d.at.as_deref() == Some("/records/0/number")));
}

/// A heading beside two texts took the wrong one of a slide drawn in no order.
#[test]
fn a_slide_in_no_order_is_left_unplaced() {
    let deck = "取組テーマ＜１＞\n浜の仕事づくりについて\n\u{c}【事例】 網の貸し出し（葦原市）\n１ 「浜の学校」\n\
                ・網の直し方を習う。\n・使わない網を集めて貸す。\n＜段階①＞【始める段階】\n・魚の売り方を習う。\n２ 「市の学校」\n";
    let document = text(deck);
    let json = serde_json::to_value(&document.records[0]).expect("serialises");
    let stage = &json["support_stages"][0];
    assert_eq!(stage["measures"][1]["name"], "市の学校");
    for at in ["/measures/0/description", "/measures/1/description", "/examples/0/description"] {
        assert!(stage.pointer(at).is_none(), "{at} was guessed: {stage}");
        let said = format!("/records/0/support_stages/0{at}");
        assert!(document.diagnostics.iter().any(|d| d.at.as_deref() == Some(&said)), "nothing is said of {at}");
    }
    assert_eq!(document.unassigned.iter().filter(|u| u.text.ends_with('。')).count(), 3);
}

/// Every line of a deck once more would have made a second theme.
#[test]
fn a_list_of_the_themes_is_no_theme() {
    let deck = "取組テーマ＜１＞　浜の仕事づくりについて\n取組テーマ＜２＞　橋の見回りについて\n取組テーマ＜１＞\n浜の仕事づくりについて\n\
                １（３） 今後の進め方\n・網を増やす。\n取組テーマ＜２＞\n橋の見回りについて\n２ 今後の進め方\n○ 橋を数える。\n";
    let json = serde_json::to_value(text(deck).records).expect("serialises");
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    assert_eq!(json[1]["next_steps"][0], "橋を数える。");
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("取組テーマ＜１＞"),
        Just("浜の仕事づくりについて"),
        Just("＜段階①＞【始める段階】"),
        Just("１ 「浜の学校」"),
        Just("・網の直し方を習う。"),
        Just("【事例】 網の貸し出し（葦原市）"),
        Just("＜類型①＞【浜型】"),
        Just("＜事業概要＞"),
        Just("＜活用支援制度＞"),
        Just("浜の会、磯の会（葦原市）"),
        Just("① 「窓口を開いた都市」"),
        Just("前 回"),
        Just("今 回"),
        Just("20市（葦原市、砂丘市"),
        Just("なし"),
        Just("１．利用者"),
        Just("都市数 1 2 3"),
        Just("※ 注"),
        Just("■ 窓口に係る課題"),
        Just("(市として取り組む課題)"),
        Just("２ 今後の進め方"),
        Just("\u{c}"),
        Just("<&>\u{FFFD}𠮷「【"),
    ];
    proptest::collection::vec((piece, prop_oneof![Just("\n"), Just(" "), Just("\n\n"), Just("")]), 0..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(p, end)| [p, end]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// No text makes the reader fail, and a record survives the way to JSON and back.
    #[test]
    fn any_deck_is_read(lines in soup()) {
        prop_assume!(!lines.trim().is_empty());
        let document = text(&lines);
        let json = serde_json::to_string(&document).expect("serialises");
        let again: Document = serde_json::from_str(&json).expect("reads back");
        prop_assert_eq!(again.records, document.records);
    }
}

/// Pages of many lines took minutes.
#[test]
fn decks_without_end_stay_fast() {
    let start = std::time::Instant::now();
    for line in [
        "＜類型①＞【浜型】\n",
        "・網を貸す\n",
        "１ 「浜の学校」\n",
        "前 回\n",
        "都市数 1 2\n",
        "浜の仕事\n",
        "20市（葦原市、\n",
    ] {
        let deck = format!("取組テーマ＜１＞\n＜段階①＞【始める段階】\n{}", line.repeat(30_000));
        let document = text(&deck);
        assert_eq!(document.form.id, "slide_deck");
    }
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}
