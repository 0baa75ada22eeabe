//! The form 部局運営方針, 【テーマN】: real and made documents against their truth, and what may never happen.

mod shared;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

fn extract(path: &Path) -> Value {
    let bytes = std::fs::read(path).expect("input is readable");
    let name = path.file_name().expect("a name").to_string_lossy();
    let document = hyoka::extract(&name, &bytes, &hyoka::Options::default()).expect("input is read");
    serde_json::to_value(document).expect("serialises")
}

/// Scores a document against its truth: (F1, silent errors, the report for a person).
fn score(input: &Path, truth: &Path, partial: bool) -> (f64, u64, String) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let actual = dir.path().join("actual.json");
    std::fs::write(&actual, serde_json::to_vec(&extract(input)).expect("serialises")).expect("written");
    let tool = shared::shared().expect("present").join("tools/score.py");
    let mut command = Command::new("python3");
    command.arg(&tool).arg(truth).arg(&actual).arg("--json");
    if partial {
        command.arg("--partial");
    }
    let json = command.output().expect("python3 runs");
    let result: Value = serde_json::from_slice(&json.stdout).expect("score.py prints JSON");
    let report: Vec<String> =
        result["mismatches"].as_array().expect("a list").iter().take(20).map(Value::to_string).collect();
    (result["total"]["f1"].as_f64().expect("an F1"), result["silent"].as_u64().expect("a count"), report.join("\n"))
}

fn fixtures(extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/department_theme");
    let mut all: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("fixtures").map(|e| e.expect("entry").path()).collect();
    all.retain(|p| p.extension().is_some_and(|e| e == extension));
    all.sort();
    all
}

#[test]
fn pages_and_their_text_are_read_without_a_fault() {
    let Some(shared) = shared::shared() else { return };
    let folder = shared.join("corpus/department_theme");
    for name in ["p01_writer", "p02_chromium"] {
        for extension in ["pdf", "txt"] {
            let input = folder.join(format!("{name}.{extension}"));
            let (f1, silent, report) = score(&input, &folder.join(format!("{name}.json")), false);
            assert!(f1 >= 0.99 && silent == 0, "{name}.{extension}: F1 {f1:.4}, silent errors {silent}\n{report}");
        }
    }
}

#[test]
fn the_real_theme_is_read_or_flagged() {
    let Some(shared) = shared::shared() else { return };
    let seed = shared.join("seeds/osaka_department_theme_r1.txt");
    let (f1, silent, report) = score(&seed, &shared.join("golden/department_theme.json"), true);
    assert!(f1 >= 0.999 && silent == 0, "F1 {f1:.4}, silent errors {silent}\n{report}");
    let document = extract(&seed);
    let initiatives = document["records"][0]["initiatives"].as_array().expect("initiatives");
    let sizes: Vec<[usize; 4]> = initiatives
        .iter()
        .map(|i| ["actions", "targets", "progress", "tables"].map(|f| i[f].as_array().expect(f).len()))
        .collect();
    assert_eq!(sizes, [[3, 4, 4, 0], [3, 3, 3, 0], [2, 3, 5, 0], [5, 8, 10, 2]]);
    assert_eq!(document["coverage"], 1.0);
}

/// How well each of our own texts is read, committed: a change of quality shows in a diff. None errs silently.
#[test]
fn the_quality_of_our_own_texts_is_known() {
    if shared::shared().is_none() {
        return;
    }
    let mut table = String::new();
    for text in fixtures("txt") {
        let name = text.file_name().expect("a name").to_string_lossy().into_owned();
        let truth = text.with_file_name(format!("{}.truth.json", name.split('.').next().expect("a stem")));
        let (f1, silent, _) = score(&text, &truth, false);
        table += &format!("{name:24} F1 {f1:.4}  silent {silent}\n");
    }
    insta::assert_snapshot!(table);
    assert!(!table.lines().any(|l| !l.ends_with("silent 0")), "a wrong leaf without a doubt:\n{table}");
}

#[test]
fn everything_printed_is_a_field_or_a_label() {
    for path in fixtures("pdf").iter().chain(&fixtures("txt")) {
        let document = extract(path);
        assert_eq!(document["unassigned"], Value::Array(Vec::new()), "{}", path.display());
        assert_eq!(document["coverage"], 1.0, "{}", path.display());
    }
}

#[test]
fn the_form_is_told_from_the_others() {
    let id = |document: &Value| document["form"]["id"].as_str().expect("an id").to_owned();
    for path in fixtures("pdf").iter().chain(&fixtures("txt")) {
        assert_eq!(id(&extract(path)), "department_theme", "{}", path.display());
    }
    let Some(shared) = shared::shared() else { return };
    for folder in ["initiative_sheet", "special_zone", "subsidy_guideline", "slide_deck"] {
        let entries = std::fs::read_dir(shared.join("corpus").join(folder)).expect("a folder");
        let mut texts: Vec<PathBuf> = entries.map(|e| e.expect("entry").path()).collect();
        texts.retain(|p| p.extension().is_some_and(|e| e == "txt") && p.metadata().is_ok_and(|m| m.len() > 0));
        for text in texts {
            let document = extract(&text);
            let taken =
                document["recognition"].as_array().expect("runs").iter().any(|r| r["form"] == "department_theme");
            assert!(!taken, "{}", text.display());
        }
    }
}

#[test]
fn prose_that_names_the_form_is_no_theme() {
    for text in [
        "本書の【テーマ３】は進捗状況の項で述べる。\n",
        "取組テーマ３ めざす方向\n部局運営方針について\n",
        "【テーマ１】 まちづくり\n【テーマ２】 ひとづくり\n",
        "（数値目標）\n（定性的な目標）\n◇成果指標（アウトカム）\nめざす方向\n進捗状況（R3.3月末時点）\n",
    ] {
        let document = hyoka::extract("a.txt", text.as_bytes(), &hyoka::Options::default()).expect("read");
        assert_eq!(document.form.id, "unknown", "{text}");
    }
}

#[test]
fn long_texts_are_read_in_time() {
    let head = "環境部\n【テーマ１】 里の道\nめざす方向\n◎道を直す。\n道の手入れ\n＜今年度何をするか＞\n＜何をどのような状態にするか＞\n＜進捗状況（R3.3月末時点）＞\n";
    let bodies = [
        "・道を直した：3〜",
        "28\n",
        "H30 3件 4件\n",
        "28\n3件\n3件\n4件\n",
        "<推移>\nH30 3件\n○手入れ\n",
        "（昨年度：",
        "【実績】\n・3件\n",
        "＜今年度何をするか＞\n",
        "【テーマ１】 里の道\n",
        "環境部\n",
    ];
    for body in bodies {
        let text = format!("{head}{}", body.repeat(10_000));
        let begun = Instant::now();
        hyoka::extract("long.txt", text.as_bytes(), &hyoka::Options::default()).expect("read");
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(10), "{body:?} took {took:?}");
    }
}
