//! `hyoka audit` and `hyoka rules` as they are typed.

mod cli_support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn hyoka(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    command.args(args).env("LANG", "C").env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANGUAGE");
    command.output().expect("hyoka runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// A sheet of our own with one planted slip: its 目標値 is not that of its plan.
fn slip(folder: &Path) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/subsidy_guideline/harbour.raw.txt");
    let text = fs::read_to_string(file).expect("a fixture");
    let path = folder.join("slip.txt");
    // An article that the guideline does not have.
    let broken = text.replacen("知事が別に定める", "第99条の規定により知事が別に定める", 1);
    assert_ne!(broken, text, "the fixture has the words");
    fs::write(&path, broken).expect("written");
    path.to_string_lossy().into_owned()
}

#[test]
fn findings_have_the_shape_that_the_contract_says_and_exit_codes_follow() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = slip(folder.path());
    let output = hyoka(&["audit", &file, "--format", "json", "--rule", "HY501"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let audit: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(audit["schema"], "hyoka-audit/1");
    assert!(audit["compared"].is_array() && audit["not_compared"].is_array());
    let finding = &audit["findings"][0];
    assert_eq!(finding["rule"], "HY501");
    assert_eq!(finding["name"], "dangling-article");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["document"], "slip");
    assert_eq!(finding["found"], "第99条");
    assert!(finding["pointer"].as_str().is_some_and(|p| p.starts_with("/records/0/articles/")));
    assert!(finding["page"].is_null() && finding["bbox"].is_null() && finding["line"].is_u64());
    for never in [["--fail-on", "never"], ["--ignore", "HY501"]] {
        let output = hyoka(&["audit", &file, "--rule", "HY501", never[0], never[1]]);
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn a_folder_that_extract_wrote_is_audited_from_its_documents() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = slip(folder.path());
    let out = folder.path().join("out").to_string_lossy().into_owned();
    assert!(hyoka(&["extract", &file, "-o", &out, "--quiet"]).status.success());
    fs::remove_file(&file).expect("removed");
    let direct = hyoka(&["audit", &out, "--rule", "HY5", "--format", "csv"]);
    assert_eq!(direct.status.code(), Some(1));
    assert!(stdout(&direct).contains("HY501,dangling-article,error,slip,/records/0/articles/"), "{}", stdout(&direct));
}

/// It ended with 0, as if all had been read.
#[test]
fn a_folder_with_failed_inputs_or_a_run_cut_short_is_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = slip(folder.path());
    let out = folder.path().join("out");
    let name = out.to_string_lossy().into_owned();
    let bad = folder.path().join("bad.pdf");
    fs::write(&bad, "").expect("written");
    assert_eq!(hyoka(&["extract", &file, &bad.to_string_lossy(), "-o", &name, "--quiet"]).status.code(), Some(3));
    let audited = || {
        let output = hyoka(&["audit", &name, "--rule", "HY501", "--format", "json"]);
        (output.status.code(), String::from_utf8(output.stderr.clone()).expect("UTF-8"), stdout(&output))
    };
    let (code, told, found) = audited();
    assert_eq!(code, Some(3), "{told}");
    assert!(told.contains("bad.pdf: `hyoka extract` could not read it: ") && found.contains("第99条"), "{told}");

    fs::copy(&file, &bad).expect("copied");
    assert!(hyoka(&["extract", &file, &bad.to_string_lossy(), "-o", &name, "--quiet"]).status.success());
    assert_eq!(audited().0, Some(1));
    let manifest = out.join("manifest.json");
    let mut cut: Value = serde_json::from_slice(&fs::read(&manifest).expect("read")).expect("JSON");
    cut["finished"] = Value::Null;
    fs::write(&manifest, cut.to_string()).expect("written");
    let (code, told, found) = audited();
    assert!(code == Some(3) && told.contains("did not come to its end") && found.contains("第99条"), "{told}");

    fs::write(&manifest, "{}").expect("written");
    let (code, told, _) = audited();
    assert!(
        code == Some(3) && told.contains("its manifest.json is damaged") && told.matches("error").count() == 1,
        "{told}"
    );
}

/// Of two inputs of the same bytes each was counted; of three that seemed to share a name one was left out.
#[test]
fn each_content_is_audited_once_and_none_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read(slip(folder.path())).expect("read");
    let put = |name: &str, more: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, [&text, more.as_bytes()].concat()).expect("written");
        path.to_string_lossy().into_owned()
    };
    let documents = |files: &[&str]| {
        let output = hyoka(&[&["audit", "--rule", "HY501", "--format", "json"], files].concat());
        let audit: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let name = |f: &Value| f["document"].as_str().expect("a name").to_owned();
        audit["findings"].as_array().expect("findings").iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(documents(&[&put("x/a.txt", ""), &put("y/b.txt", "")]), ["a"]);
    let hash = &hyoka::output::hash::sha256(&text)[..8];
    let third = put(&format!("x-{hash}.txt"), "三\n");
    let found = documents(&[&put("1/x.txt", ""), &put("2/x.txt", "二\n"), &third]);
    assert_eq!(found.len(), 3, "{found:?}");
}

/// It changed nothing for a folder that `extract` wrote, and said nothing of it.
#[test]
fn a_jurisdiction_given_is_that_of_a_folders_documents_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let counts = folder.path().join("counts.toml");
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet/plain.raw.txt");
    let year = "[[counts]]\njurisdiction = '470007'\nfiscal_year = YEAR\ntotal = 9\n";
    let out = folder.path().join("out").to_string_lossy().into_owned();
    assert!(hyoka(&["extract", &sheet.to_string_lossy(), "-o", &out, "--quiet"]).status.success());
    let document = fs::read(folder.path().join("out/documents/plain.raw.json")).expect("read");
    let document: Value = serde_json::from_slice(&document).expect("JSON");
    assert_eq!(document["jurisdictions"], serde_json::json!([]));
    fs::write(&counts, year.replace("YEAR", &document["fiscal_year"].to_string())).expect("written");
    let counts = counts.to_string_lossy().into_owned();
    let audit = |more: &[&str]| {
        stdout(&hyoka(&[&["audit", &out, "--counts", &counts, "--rule", "HY606", "--format", "csv"], more].concat()))
    };
    assert!(!audit(&[]).contains("HY606"));
    assert!(audit(&["--jurisdiction", "470007"]).contains("HY606"));
}

#[test]
fn people_are_shown_the_place_as_it_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = slip(folder.path());
    let output = hyoka(&["audit", &file, "--format", "human", "--rule", "HY501"]);
    let text = stdout(&output);
    assert!(text.contains("error[HY501] dangling-article: 第99条 is referred to, but there is none"), "{text}");
    assert!(
        text.contains("--> slip, line ") && text.contains("第99条の規定により") && text.contains("found: 第99条"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "no colour where nobody sees it");
    let japanese = stdout(&hyoka(&["audit", &file, "--format", "human", "--rule", "HY501", "--lang", "ja"]));
    assert!(japanese.contains("エラー[HY501]") && japanese.contains("存在しない条・項を参照している"), "{japanese}");
}

/// What SARIF 2.1.0 requires of what we write (sections 3.13, 3.14, 3.18, 3.27, 3.28, 3.33).
#[test]
fn sarif_has_what_its_standard_requires() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = slip(folder.path());
    let log: Value = serde_json::from_str(&stdout(&hyoka(&["audit", &file, "--format", "sarif"]))).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "hyoka");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(result["message"]["text"].as_str().is_some_and(|t| !t.is_empty()));
        let location = &result["locations"][0];
        assert!(location["physicalLocation"]["artifactLocation"]["uri"].as_str().is_some_and(|u| u.is_ascii()));
        assert!(location["physicalLocation"]["region"]["startLine"].as_u64().is_none_or(|l| l > 0));
        assert!(location["logicalLocations"][0]["fullyQualifiedName"].is_string());
    }
}

#[test]
fn rules_are_listed_and_explained() {
    let list = stdout(&hyoka(&["rules"]));
    assert!(list.lines().any(|l| l.starts_with("HY204  error    record   cumulative-mismatch")), "{list}");
    let page = stdout(&hyoka(&["rules", "HY204"]));
    assert!(
        page.starts_with("# HY204 cumulative-mismatch\n") && page.contains("severity: error · scope: record"),
        "{page}"
    );
    assert!(stdout(&hyoka(&["rules", "--lang", "ja"])).contains("累計が各年度の合計と合わない"));
    for wrong in [&["rules", "HY999"][..], &["audit", ".", "--rule", "HY999"]] {
        assert_eq!(hyoka(wrong).status.code(), Some(2));
    }
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_audited() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = slip(folder.path());
    let gone = folder.path().join("gone.pdf").to_string_lossy().into_owned();
    let output = hyoka(&["audit", &file, &gone, "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("gone.pdf"));
    assert!(stdout(&output).contains("HY501"));
}

#[test]
fn scales_and_counts_of_the_user() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = slip(folder.path());
    let scale = folder.path().join("scale.toml");
    fs::write(&scale, "id = 'x'\nbasis = 'activity'\n[[levels]]\nlevel = 'on_track'\nword = '順調'\nat_least = 80\n")
        .expect("written");
    let scale = scale.to_string_lossy().into_owned();
    assert_eq!(hyoka(&["audit", &file, "--scales", &scale, "--fail-on", "never"]).status.code(), Some(0));
    fs::write(&scale, "id = 3").expect("written");
    assert_eq!(hyoka(&["audit", &file, "--scales", &scale]).status.code(), Some(2));
    assert_eq!(hyoka(&["audit", &file, "--counts", "no-such-file"]).status.code(), Some(2));
    // A folder without any was taken for nothing to add, and so was a file with its extension in capitals.
    let scales = folder.path().join("scales");
    fs::create_dir(&scales).expect("made");
    let scales = scales.to_string_lossy().into_owned();
    let refused = hyoka(&["audit", &file, "--scales", &scales]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("holds no .toml"));
    fs::write(Path::new(&scales).join("A.TOML"), "id = 3").expect("written");
    let refused = hyoka(&["audit", &file, "--scales", &scales]);
    assert!(refused.status.code() == Some(2) && String::from_utf8_lossy(&refused.stderr).contains("A.TOML"));
}
