//! Guidelines on subsidies: our own to the letter, those of the shared corpus by their scores, and what is no guideline.

mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn read(path: &Path) -> Value {
    let bytes = std::fs::read(path).expect("readable");
    let name = path.file_name().expect("a name").to_string_lossy();
    let document = hyoka::extract(&name, &bytes, &hyoka::Options::default()).expect("read");
    serde_json::to_value(document).expect("serialises")
}

fn read_text(text: &str) -> Value {
    let document = hyoka::extract("rules.txt", text.as_bytes(), &hyoka::Options::default()).expect("read");
    serde_json::to_value(document).expect("serialises")
}

fn fixtures(extension: &str) -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/subsidy_guideline");
    let paths = std::fs::read_dir(&folder).expect("fixtures").map(|entry| entry.expect("entry").path());
    let mut out: Vec<(PathBuf, Value)> = paths
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let stem = name.split('.').next().expect("a stem");
            let truth = std::fs::read(folder.join(format!("{stem}.truth.json"))).expect("its truth");
            (path, serde_json::from_slice(&truth).expect("JSON"))
        })
        .collect();
    out.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!out.is_empty(), "no {extension} fixtures");
    out
}

fn leaves(value: &Value, at: &str, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(key, _)| *key != "pages") {
                leaves(value, &format!("{at}/{key}"), out);
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                leaves(item, &format!("{at}/{i}"), out);
            }
        }
        leaf => {
            out.insert(at.to_owned(), leaf.to_string());
        }
    }
}

fn differences(truth: &Value, actual: &Value) -> Vec<String> {
    let (mut expected, mut found) = (BTreeMap::new(), BTreeMap::new());
    for part in ["form", "fiscal_year", "records"] {
        leaves(&truth[part], &format!("/{part}"), &mut expected);
        leaves(&actual[part], &format!("/{part}"), &mut found);
    }
    let all: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    all.into_iter()
        .filter(|at| expected.get(*at) != found.get(*at))
        .map(|at| format!("{at}: expected {:?}, found {:?}", expected.get(at), found.get(at)))
        .collect()
}

#[test]
fn every_leaf_of_our_own_pdfs_is_right_to_the_letter() {
    for (path, truth) in fixtures("pdf") {
        let faults = differences(&truth, &read(&path));
        assert!(faults.is_empty(), "{}: {}\n{}", path.display(), faults.len(), faults.join("\n"));
    }
}

#[test]
fn every_leaf_has_its_place() {
    for (path, _) in fixtures("pdf").into_iter().chain(fixtures("txt")) {
        let document = read(&path);
        let mut all = BTreeMap::new();
        leaves(&document["records"], "/records", &mut all);
        let evidence = document["evidence"].as_object().expect("evidence");
        for at in all.keys().filter(|at| !at.ends_with("/kind")) {
            assert!(evidence.contains_key(at.as_str()), "{}: no evidence for {at}", path.display());
        }
        for (at, place) in evidence {
            assert!(all.contains_key(at) || at.starts_with("/jurisdictions"), "{}: {at} is no leaf", path.display());
            assert!(!place["at"].as_array().expect("places").is_empty(), "{at} stands somewhere");
        }
    }
}

/// All that is left of our own is the blank form at the end of one of them.
#[test]
fn nothing_but_blank_forms_is_left() {
    for (path, _) in fixtures("pdf") {
        let document = read(&path);
        let rest: usize = document["unassigned"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|u| u["text"].as_str().map_or(0, str::len))
            .sum();
        let forms = document["diagnostics"].as_array().expect("a list").iter().any(|d| d["code"] == "forms_not_read");
        assert_eq!(rest > 0, forms, "{}: {:?}", path.display(), document["unassigned"]);
        assert!(document["coverage"].as_f64().is_some_and(|c| c > 0.96));
    }
}

/// F1, silent errors and a report of a reading against its truth; `None` where the scorer is not there.
fn score(actual: &Value, truth: &Path, partial: bool) -> Option<(f64, u64, String)> {
    let tool = shared::shared()?.join("tools/score.py");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("actual.json");
    std::fs::write(&file, actual.to_string()).expect("written");
    let mut command = Command::new("python3");
    command.arg(tool).arg(truth).arg(&file).args(partial.then_some("--partial")).arg("--json");
    let result: Value = serde_json::from_slice(&command.output().expect("python3 runs").stdout).expect("JSON");
    let mismatches = result["mismatches"].as_array().expect("a list");
    let report: Vec<String> = mismatches.iter().take(10).map(Value::to_string).collect();
    Some((result["total"]["f1"].as_f64()?, result["silent"].as_u64()?, report.join("\n")))
}

#[test]
fn the_corpus_and_the_seed_are_read_without_a_fault() {
    let Some(shared) = shared::shared() else { return };
    let folder = shared.join("corpus/subsidy_guideline");
    let mut inputs: Vec<(PathBuf, PathBuf, bool)> = Vec::new();
    for name in ["p01_writer", "p02_chromium"] {
        for extension in ["pdf", "txt"] {
            inputs.push((folder.join(format!("{name}.{extension}")), folder.join(format!("{name}.json")), false));
        }
    }
    let seed = shared.join("seeds/okinawa_subsidy_guideline.txt");
    inputs.push((seed, shared.join("golden/subsidy_guideline.json"), true));
    for (input, truth, partial) in inputs {
        let (f1, silent, report) = score(&read(&input), &truth, partial).expect("a score");
        assert!(f1 == 1.0 && silent == 0, "{}: F1 {f1}, {silent} silent\n{report}", input.display());
    }
}

/// How well each of our own texts is read: a change of quality shows in a diff. None errs silently.
#[test]
fn the_quality_of_our_own_texts_is_known() {
    if shared::shared().is_none() {
        return;
    }
    let mut told = String::new();
    for (path, _) in fixtures("txt") {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let truth = path.with_file_name(format!("{}.truth.json", name.split('.').next().expect("a stem")));
        let (f1, silent, report) = score(&read(&path), &truth, false).expect("a score");
        assert_eq!(silent, 0, "{name}\n{report}");
        told += &format!("{name} {f1:.3}\n");
    }
    insta::assert_snapshot!(told);
}

/// A document of another form that speaks of such rules is none, and ours are of no other form.
#[test]
fn forms_are_told_apart() {
    for (path, _) in fixtures("pdf").into_iter().chain(fixtures("txt")) {
        assert_eq!(read(&path)["form"]["id"], "subsidy_guideline", "{}", path.display());
    }
    let sheets = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet");
    assert_eq!(read(&sheets.join("plain.pdf"))["form"]["id"], "initiative_sheet");
    let Some(shared) = shared::shared() else { return };
    for form in ["department_theme", "special_zone", "slide_deck", "initiative_sheet"] {
        for entry in std::fs::read_dir(shared.join("corpus").join(form)).expect("a folder") {
            let path = entry.expect("entry").path();
            if path.extension().is_some_and(|e| e == "pdf" || e == "txt") {
                let bytes = std::fs::read(&path).expect("readable");
                let Ok(document) = hyoka::extract("x", &bytes, &hyoka::Options::default()) else { continue };
                assert_ne!(document.form.id, "subsidy_guideline", "{}", path.display());
            }
        }
    }
    for prose in ["港の補助金交付要綱\nを定めた。", "港補助金交付要綱\n別表第１", "第１条 目的\n補助金交付要綱による。"]
    {
        assert_ne!(read_text(prose)["form"]["id"], "subsidy_guideline", "{prose}");
    }
}

const RULES: &str = "港の補助金交付要綱\n令和３年４月１日 港第１号\n（目的）\n第１条 この要綱は、";

#[test]
fn regression_numbers_within_a_sentence_begin_nothing() {
    let text = format!(
        "{RULES}前条の規定により\n第７条に基づく申請をした日から\n３０日以内又は当該年度の\n３月 10 日までに、次の\n2 以上の者\nが行う。\n２ 知事は、\n第１条の規定を\n（１）に準じて用いる。\n"
    );
    let document = read_text(&text);
    let articles = document["records"][0]["articles"].as_array().expect("articles");
    assert_eq!(articles.len(), 1);
    let paragraphs = articles[0]["paragraphs"].as_array().expect("paragraphs");
    assert_eq!(paragraphs.len(), 2, "{paragraphs:#?}");
    assert_eq!(paragraphs[1]["text"], "知事は、第1条の規定を(1)に準じて用いる。");
}

#[test]
fn regression_two_guidelines_in_one_file_are_two_records() {
    let one = format!("{RULES}港をよくする。\n附 則\nこの要綱は、令和３年４月１日から施行する。\n");
    let document = read_text(&format!("{one}{}", one.replace('港', "山")));
    let records = document["records"].as_array().expect("records");
    assert_eq!(records.len(), 2);
    assert_eq!(records[1]["title"], "山の補助金交付要綱");
    assert_eq!(records[1]["supplementary"][0]["effective"], "2021-04-01");
    assert_eq!(document["coverage"], 1.0);
}

#[test]
fn a_hundred_thousand_lines_are_read_in_no_time() {
    let mut text = RULES.to_owned();
    for n in 2..20_000 {
        text += &format!("定める。\n（題）\n第{}条 何かを行う者は、\n（１） ことを\n（２） ものを\n", n % 5000);
    }
    let start = std::time::Instant::now();
    let document = read_text(&text);
    assert!(!document["records"].as_array().expect("records").is_empty());
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
