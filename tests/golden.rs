//! Documents with known truth, scored by `shared/tools/score.py`: the share of right leaves and the silent errors.

mod shared;

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Reads `input` and scores it against `truth`: (F1, silent errors, the report for a person).
fn score(input: &Path, truth: &Path, partial: bool) -> (f64, u64, String) {
    let bytes = std::fs::read(input).expect("input is readable");
    let name = input.file_name().expect("a name").to_string_lossy();
    let document = hyoka::extract(&name, &bytes, &hyoka::Options::default()).expect("input is read");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let actual = dir.path().join("actual.json");
    std::fs::write(&actual, serde_json::to_vec(&document).expect("serialises")).expect("written");
    let tool = shared::shared().expect("present").join("tools/score.py");
    let mut command = Command::new("python3");
    command.arg(&tool).arg(truth).arg(&actual);
    if partial {
        command.arg("--partial");
    }
    let json = command.arg("--json").output().expect("python3 runs");
    let result: Value = serde_json::from_slice(&json.stdout).expect("score.py prints JSON");
    let mismatches = result["mismatches"].as_array().expect("a list");
    let report: Vec<String> = mismatches.iter().take(20).map(Value::to_string).collect();
    (result["total"]["f1"].as_f64().expect("an F1"), result["silent"].as_u64().expect("a count"), report.join("\n"))
}

/// Asserts F1 ≥ `least` and no silent error for each named document of the 様式１ corpus.
fn corpus(names: &[&str], extension: &str, least: f64) {
    let Some(shared) = shared::shared() else { return };
    let folder = shared.join("corpus/initiative_sheet");
    let mut failed = Vec::new();
    for name in names {
        let (f1, silent, report) =
            score(&folder.join(format!("{name}.{extension}")), &folder.join(format!("{name}.json")), false);
        if f1 < least || silent > 0 {
            failed.push(format!("{name}.{extension}: F1 {f1:.4} (≥ {least}), silent errors {silent}\n{report}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// One drawn in random order, and one whose text a tool could not take out, have no text to read by order.
const NO_ORDER: [&str; 2] = ["p09_cid_utf16_glyphs", "p13_truncated"];

const READABLE: [&str; 13] = [
    "p01_excel_basic",
    "p02_excel_two_programs",
    "p03_excel_traps",
    "p04_excel_long_prose",
    "p05_chromium",
    "p06_cid_sjis_strokes",
    "p07_cid_ucs2_rects_tj",
    "p08_reportlab_canvas",
    "p09_cid_utf16_glyphs",
    "p10_excel_aes256_objstm",
    "p11_excel_rotate_crop",
    "p12_gs_redistil",
    "p13_truncated",
];

#[test]
fn ruled_sheets_are_read_without_a_fault() {
    corpus(&READABLE, "pdf", 1.0);
}

#[test]
fn flattened_sheets_are_read_or_flagged() {
    let ordered: Vec<&str> = READABLE.into_iter().filter(|n| !NO_ORDER.contains(n)).collect();
    corpus(&ordered, "txt", 0.97);
    corpus(&["s01_seed_order", "s02_seed_order_traps"], "txt", 1.0);
    // What only a place on the page tells is a guess there, and owned up to.
    corpus(&["p09_cid_utf16_glyphs"], "txt", 0.9);
}

/// How well each of our own texts is read, committed: a change of quality shows in a diff. None errs silently.
#[test]
fn the_quality_of_our_own_texts_is_known() {
    if shared::shared().is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet");
    let mut texts: Vec<_> = std::fs::read_dir(&folder).expect("fixtures").map(|e| e.expect("entry").path()).collect();
    texts.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    texts.sort();
    let mut table = String::new();
    for text in &texts {
        let name = text.file_name().expect("a name").to_string_lossy();
        let truth = folder.join(format!("{}.truth.json", name.split('.').next().expect("a stem")));
        let (f1, silent, _) = score(text, &truth, false);
        table += &format!("{name:32} F1 {f1:.4}  silent {silent}\n");
    }
    insta::assert_snapshot!(table);
    assert!(!table.lines().any(|l| !l.ends_with("silent 0")), "a wrong leaf without a doubt:\n{table}");
}

/// The lines of each page in another order, cut between their cells as a page drawn in no order gives them.
fn without_order(text: &str, seed: u64) -> String {
    let mut state = seed;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let page = |page: &str| {
        let mut lines: Vec<String> = Vec::new();
        for line in page.lines() {
            let mut parts: Vec<String> = Vec::new();
            for word in line.split(' ').filter(|w| !w.is_empty()) {
                let single = |w: &str| w.chars().count() == 1;
                match parts.last_mut() {
                    // 施 策, 【 … 】, １ 取組の概要 are one.
                    Some(last) if single(word) || last.rsplit(' ').next().is_some_and(single) => {
                        *last += " ";
                        *last += word;
                    }
                    _ => parts.push(word.to_owned()),
                }
            }
            lines.append(&mut parts);
        }
        for i in (1..lines.len()).rev() {
            lines.swap(i, below(i + 1));
        }
        lines.join("\n")
    };
    text.split('\u{c}').map(page).collect::<Vec<_>>().join("\n\u{c}")
}

/// Of lines in no order much is told by what they say, and the rest is owned up to.
#[test]
fn texts_without_any_order_are_read_or_flagged() {
    if shared::shared().is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (mut sum, mut count) = (0.0, 0.0);
    for name in ["booklet", "dashes", "edition_h30", "long_prose", "plain", "stocks", "three_programs"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.raw.txt"))).expect("UTF-8");
        for seed in 1..=3 {
            let input = dir.path().join(format!("{name}.{seed}.txt"));
            std::fs::write(&input, without_order(&text, seed)).expect("written");
            let (f1, silent, report) = score(&input, &folder.join(format!("{name}.truth.json")), false);
            assert_eq!(silent, 0, "{name}, order {seed}: a wrong leaf without a doubt\n{report}");
            sum += f1;
            count += 1.0;
        }
    }
    let mean: f64 = sum / count;
    assert!(mean >= 0.75, "F1 {mean:.4} on the mean");
}

#[test]
fn the_real_sheets_are_read_or_flagged() {
    let Some(shared) = shared::shared() else { return };
    let seed = shared.join("seeds/okinawa_initiative_sheets_r4.txt");
    let (f1, silent, report) = score(&seed, &shared.join("golden/initiative_sheet.json"), true);
    assert!(f1 >= 0.98 && silent == 0, "F1 {f1:.4}, silent errors {silent}\n{report}");
    let bytes = std::fs::read(&seed).expect("readable");
    let document = hyoka::extract("seed.txt", &bytes, &hyoka::Options::default()).expect("read");
    assert_eq!(document.records.len(), 14);
}
