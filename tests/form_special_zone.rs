//! 総合特別区域評価書: documents with known truth, our own to the letter, and what the reader must never do.

mod shared;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/special_zone")
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("entry").path()).collect();
    out.retain(|p| p.extension().is_some_and(|e| e == extension));
    out.sort();
    out
}

fn stem(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().split('.').next().expect("a stem").to_owned()
}

fn extract(path: &Path) -> Value {
    read(&std::fs::read(path).expect("readable"))
}

fn read(bytes: &[u8]) -> Value {
    let document = hyoka::extract("input", bytes, &hyoka::Options::default()).expect("read");
    serde_json::to_value(document).expect("serialises")
}

fn text(text: &str) -> Value {
    read(text.as_bytes())
}

/// F1, silent errors and the report of `score.py`.
fn score(input: &Path, truth: &Path, partial: bool) -> (f64, u64, String) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let actual = dir.path().join("actual.json");
    std::fs::write(&actual, extract(input).to_string()).expect("written");
    let tool = shared::shared().expect("present").join("tools/score.py");
    let mut command = Command::new("python3");
    command.arg(&tool).arg(truth).arg(&actual).args(partial.then_some("--partial")).arg("--json");
    let result: Value = serde_json::from_slice(&command.output().expect("python3 runs").stdout).expect("JSON");
    let mismatches = result["mismatches"].as_array().expect("a list");
    let report: Vec<String> = mismatches.iter().take(20).map(Value::to_string).collect();
    (result["total"]["f1"].as_f64().expect("an F1"), result["silent"].as_u64().expect("a count"), report.join("\n"))
}

#[test]
fn the_real_evaluation_is_read_without_a_fault() {
    let Some(shared) = shared::shared() else { return };
    let seed = shared.join("seeds/keihin_special_zone_evaluation_h25.txt");
    let (f1, silent, report) = score(&seed, &shared.join("golden/special_zone.json"), true);
    assert!(f1 == 1.0 && silent == 0, "F1 {f1:.4}, silent errors {silent}\n{report}");
    let document = extract(&seed);
    let record = &document["records"][0];
    let count = |field: &str| record[field].as_array().map_or(0, Vec::len);
    assert_eq!(document["records"].as_array().map(Vec::len), Some(1));
    assert_eq!(count("evaluation_indicators"), 3);
    assert_eq!(count("regulatory_projects"), 10);
    assert_eq!(count("regulatory_measures"), 10);
    assert_eq!(count("financial_supports"), 10);
    assert_eq!(count("findings"), 6);
}

#[test]
fn ruled_evaluations_are_read_without_a_fault() {
    let Some(shared) = shared::shared() else { return };
    for pdf in files(&shared.join("corpus/special_zone"), "pdf") {
        let (f1, silent, report) = score(&pdf, &pdf.with_extension("json"), false);
        assert!(f1 == 1.0 && silent == 0, "{}: F1 {f1:.4}, silent errors {silent}\n{report}", pdf.display());
    }
}

#[test]
fn flattened_evaluations_are_read_or_flagged() {
    let Some(shared) = shared::shared() else { return };
    for text in files(&shared.join("corpus/special_zone"), "txt") {
        let (f1, silent, report) = score(&text, &text.with_extension("json"), false);
        assert!(f1 >= 0.96 && silent == 0, "{}: F1 {f1:.4}, silent errors {silent}\n{report}", text.display());
    }
}

/// How well each of our own texts is read, committed: a change of quality shows in a diff. None errs silently.
#[test]
fn the_quality_of_our_own_texts_is_known() {
    if shared::shared().is_none() {
        return;
    }
    let mut table = String::new();
    for text in files(&folder(), "txt") {
        let truth = folder().join(format!("{}.truth.json", stem(&text)));
        let (f1, silent, _) = score(&text, &truth, false);
        let name = text.file_name().expect("a name").to_string_lossy().into_owned();
        table += &format!("{name:24} F1 {f1:.4}  silent {silent}\n");
    }
    insta::assert_snapshot!(table);
    assert!(!table.lines().any(|l| !l.ends_with("silent 0")), "a wrong leaf without a doubt:\n{table}");
}

/// Leaves by JSON Pointer.
fn leaves(value: &Value, at: &str, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| leaves(value, &format!("{at}/{key}"), out)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| leaves(v, &format!("{at}/{i}"), out)),
        Value::Number(number) => {
            out.insert(at.to_owned(), number.as_f64().expect("a number").to_string());
        }
        leaf => {
            out.insert(at.to_owned(), leaf.to_string());
        }
    }
}

#[test]
fn every_leaf_of_our_own_pdfs_is_right_to_the_letter() {
    let mut faults = Vec::new();
    let pdfs = files(&folder(), "pdf");
    assert!(pdfs.len() >= 2, "the fixtures were found");
    for pdf in &pdfs {
        let truth = std::fs::read(folder().join(format!("{}.truth.json", stem(pdf)))).expect("its truth");
        let truth: Value = serde_json::from_slice(&truth).expect("JSON");
        let actual = extract(pdf);
        let (mut expected, mut found) = (BTreeMap::new(), BTreeMap::new());
        for part in ["fiscal_year", "form", "records"] {
            leaves(&truth[part], &format!("/{part}"), &mut expected);
            leaves(&actual[part], &format!("/{part}"), &mut found);
        }
        for at in expected.keys().chain(found.keys()).collect::<std::collections::BTreeSet<_>>() {
            if expected.get(at) != found.get(at) {
                faults.push(format!("{}{at}: {:?}, found {:?}", stem(pdf), expected.get(at), found.get(at)));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_leaf_has_its_place_and_nothing_read_is_lost() {
    for pdf in files(&folder(), "pdf") {
        let document = extract(&pdf);
        let mut all = BTreeMap::new();
        leaves(&document["records"], "/records", &mut all);
        let evidence = document["evidence"].as_object().expect("evidence");
        for (at, leaf) in &all {
            let said = at.ends_with("/kind") && at.matches('/').count() == 3 || at.contains("/pages/");
            assert!(evidence.contains_key(at) || said || leaf == "null", "{}: no evidence for {at}", pdf.display());
        }
        for (at, place) in evidence {
            assert!(!place["at"].as_array().expect("places").is_empty(), "{at} stands somewhere");
        }
        let left = document["diagnostics"].as_array().expect("a list").iter().filter(|d| d["code"] == "text_left");
        assert_eq!(left.count(), 0, "{}: a cell was taken by nothing", pdf.display());
        assert!(document["coverage"].as_f64().expect("a share") > 0.93, "{}: {}", pdf.display(), document["coverage"]);
    }
}

#[test]
fn only_an_evaluation_is_taken_for_one() {
    let form = |t: &str| text(t)["form"]["id"].as_str().expect("a form").to_owned();
    assert_eq!(form("平成 27 年度　地域活性化総合特別区域評価書【正】\n作成主体の名称：　峰岡県\n"), "special_zone");
    assert_ne!(form("地域活性化総合特別区域評価書の作成に当たっての留意事項\n"), "special_zone");
    assert_ne!(form("総合特別区域評価書を提出した。\n"), "special_zone");
    for other in files(&folder().with_file_name("initiative_sheet"), "pdf").iter().take(3) {
        assert_eq!(extract(other)["form"]["id"], "initiative_sheet", "{}", other.display());
    }
}

/// A heading without its title: the words of the form tell.
#[test]
fn an_evaluation_without_its_title_is_known_by_its_headings() {
    let lost = "１　国際戦略総合特別区域の名称\n浜風特区\n２　総合特区計画の状況\n①総合特区計画の概要\n風を使う。\n\
        ②総合特区計画の目指す目標\n風で暮らす。\n③総合特区計画の指定時期及び認定時期\n平成23年12月22日指定\n\
        ３　目標に向けた取組の進捗に関する評価（別紙１）\n①評価指標及び留保条件\n";
    let document = text(lost);
    assert_eq!(document["form"]["id"], "special_zone");
    assert_eq!(document["records"][0]["name"], "浜風特区");
    assert_eq!(document["records"][0]["designated"], "2011-12-22");
}

/// A typing error of the print: a point too many before the counter.
#[test]
fn a_stray_point_is_read_over_and_told() {
    let page = "平成25年度 国際戦略総合特別区域評価書\n作成主体の名称：　峰岡県\n３ 目標に向けた取組の進捗に関する評価（別紙１）\n\
        ①評価指標及び留保条件\n評価指標（１）：風の利用\n[進捗度５０．０％]\n数値目標（１）－①：風車の出荷額　３０億円（平成２８年度累計）\n\
        [平成２５年度６．２．億円、進捗度５０．０％、寄与度１００．０％]\n伸び率：－\n";
    let document = text(page);
    let target = &document["records"][0]["evaluation_indicators"][0]["targets"][0];
    assert_eq!(target["actual"]["value"], 6.2);
    assert_eq!(target["actual"]["raw"], "６．２．億円");
    assert!(target["growth_percent"].is_null() && target.get("growth_percent").is_some());
    let told = document["diagnostics"].as_array().expect("a list").iter().any(|d| d["code"] == "stray_point");
    assert!(told);
}

/// Any text with the title is read without a panic, and fast.
#[test]
fn long_and_broken_texts_are_read_in_time() {
    let mut page = String::from("平成25年度 国際戦略総合特別区域評価書\n作成主体の名称：　峰岡県\n");
    for heading in [
        "①評価指標及び留保条件",
        "②寄与度の考え方",
        "４ 規制緩和を活用した事業（別紙２）",
        "別紙１",
        "別紙２",
        "別紙３",
        "別紙４",
    ] {
        page += heading;
        page.push('\n');
        for n in 0..1_500 {
            page += [
                "数値目標（１）－①：",
                "評価指標（１）：",
                "目標値 1 2",
                "H23 H24",
                "全て",
                "・",
                "件数 1",
                "峰岡県",
                "規制所管府省名：",
            ][n % 9];
            page.push('\n');
        }
    }
    let start = std::time::Instant::now();
    let document = text(&page);
    assert_eq!(document["form"]["id"], "special_zone");
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
