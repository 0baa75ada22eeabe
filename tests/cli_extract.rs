//! The binary on real bytes: what it makes of inputs good and bad, side by side.

mod cli_support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use cli_support::{code, command, files, hyoka, stderr, stdout};
use tempfile::TempDir;

/// A text of no known form: what every version can read.
const TEXT: &str = "架空町かもめ課からのお知らせ\n来月の観察会は港で行います。\n";

struct Place(TempDir);

impl Place {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let place = Place(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            let path = place.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }
}

/// Bytes that are no text in any encoding, the same in every run.
fn noise() -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..4096).map(|_| next()).collect()
}

fn manifest(out: &Path) -> serde_json::Value {
    serde_json::from_str(&fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap()
}

#[test]
fn bad_inputs_are_told_apart_and_the_rest_is_written() {
    let place = Place::new(&[("in/a.txt", TEXT.as_bytes()), ("in/b.pdf", b""), ("in/c.pdf", &noise())]);
    let (input, out) = (place.text("in"), place.text("out"));
    let output = hyoka(&["extract", &input, "-o", &out]);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("b.pdf: is empty (0 bytes)"), "{}", stderr(&output));
    assert!(stderr(&output).contains("download or export the file again"));
    assert!(stderr(&output).contains("c.pdf: is neither a PDF nor a text"), "{}", stderr(&output));
    assert!(place.path("out/documents/a.json").exists());

    let inputs = manifest(&place.path("out"))["inputs"].clone();
    assert_eq!(inputs[0]["outcome"], "written");
    assert_eq!(inputs[1]["error"]["code"], "empty");
    assert_eq!(inputs[2]["error"]["code"], "not_a_document");

    let japanese = hyoka(&["extract", &input, "--lang", "ja"]);
    assert_eq!(code(&japanese), 3);
    assert!(stderr(&japanese).contains("空のファイルです"), "{}", stderr(&japanese));
    assert!(stderr(&japanese).contains("PDFでも、既知の文字コードのテキストでもありません"));
}

#[test]
fn an_unknown_form_is_a_warning() {
    let place = Place::new(&[("a.txt", TEXT.as_bytes())]);
    let output = hyoka(&["extract", &place.text("a.txt")]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("warning: ") && stderr(&output).contains("no known form"));
    let document: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(document["form"]["id"], "unknown");
    assert_eq!(document["source"]["name"], "a.txt");
    assert!(document["unassigned"].to_string().contains("来月の観察会"), "nothing is lost");
    let quiet = hyoka(&["extract", &place.text("a.txt"), "--quiet"]);
    assert_eq!((stderr(&quiet), &quiet.stdout), ("", &output.stdout));
}

#[test]
fn one_input_is_pretty_and_several_are_lines() {
    let place = Place::new(&[("b.txt", TEXT.as_bytes()), ("a.txt", "もう一つ\n".as_bytes())]);
    let (a, b) = (place.text("a.txt"), place.text("b.txt"));
    let names = |text: &str| -> Vec<String> {
        let name = |line| serde_json::from_str::<serde_json::Value>(line).unwrap()["source"]["name"].to_string();
        text.lines().map(name).collect()
    };
    assert!(stdout(&hyoka(&["extract", &a])).starts_with("{\n  \"schema\""));
    assert_eq!(names(stdout(&hyoka(&["extract", &b, &a]))), ["\"b.txt\"", "\"a.txt\""]);
    assert_eq!(names(stdout(&hyoka(&["extract", "--format", "jsonl", &a]))), ["\"a.txt\""]);
    let array = hyoka(&["extract", "--format", "json", &b, &a]);
    let array: serde_json::Value = serde_json::from_str(stdout(&array)).unwrap();
    assert_eq!(array.as_array().unwrap().len(), 2);
}

#[test]
fn stdin_is_an_input() {
    let mut child = command(&["extract", "-"]);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(TEXT.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("\"name\": \"stdin\""));
}

#[test]
fn the_same_bytes_for_any_j() {
    let texts: Vec<(String, String)> = (0..20).map(|i| (format!("in/{i}.txt"), format!("{TEXT}{i}\n"))).collect();
    let inputs: Vec<(&str, &[u8])> = texts.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    let place = Place::new(&inputs);
    let input = place.text("in");
    let lines = |j| hyoka(&["extract", &input, "-j", j]).stdout;
    assert_eq!(lines("1"), lines("2"));
    for j in ["1", "2"] {
        assert_eq!(code(&hyoka(&["extract", &input, "-j", j, "-o", &place.text(j)])), 0);
    }
    assert_eq!(files(&place.path("1")), files(&place.path("2")));
    // And again, with nothing to do.
    let again = hyoka(&["extract", &input, "-o", &place.text("1")]);
    assert!(stderr(&again).contains("20 unchanged"), "{}", stderr(&again));
    let documents = |root: &str| {
        let mut files = files(&place.path(root));
        files.remove("manifest.json");
        files
    };
    assert_eq!(documents("1"), documents("2"));
}

#[test]
fn a_jurisdiction_that_the_user_says_is_in_the_document() {
    let place = Place::new(&[("a.txt", TEXT.as_bytes())]);
    let output = hyoka(&["extract", &place.text("a.txt"), "--jurisdiction", "470007"]);
    let document: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(document["jurisdictions"][0]["code"], "470007");
}

#[test]
fn the_code_of_a_city_has_its_name() {
    let place = Place::new(&[("a.txt", TEXT.as_bytes())]);
    let output = hyoka(&["extract", &place.text("a.txt"), "--jurisdiction", "271004"]);
    let document: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(document["jurisdictions"][0]["name"], "大阪市");
}

#[test]
fn a_code_that_nobody_has_is_doubted() {
    // The check digit holds, but there is no such municipality.
    let place = Place::new(&[("a.txt", TEXT.as_bytes())]);
    let output = hyoka(&["extract", &place.text("a.txt"), "--jurisdiction", "033057"]);
    let document: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(document["jurisdictions"][0], serde_json::json!({ "code": "033057", "name": null }));
    let doubts = document["diagnostics"].as_array().unwrap();
    assert!(doubts.iter().any(|d| d["code"] == "jurisdiction_unlisted" && d["at"] == "/jurisdictions/0"), "{doubts:?}");
}

#[test]
fn a_shift_jis_text_is_read_as_such_when_told() {
    // 架空町
    let place = Place::new(&[("a.txt", b"\x89\xcb\x8b\xf3\x92\xac\r\n")]);
    let output = hyoka(&["extract", &place.text("a.txt"), "--encoding", "shift_jis"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("架空町"));
}

#[test]
fn a_page_without_text_says_what_to_do() {
    let pdf =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj\n\
        4 0 obj<</Length 33>>stream\n10 10 m 150 60 l 90 180 l h f    \nendstream endobj\n\
        trailer<</Root 1 0 R>>\n%%EOF\n";
    let place = Place::new(&[("scan.pdf", pdf)]);
    let output = hyoka(&["extract", &place.text("scan.pdf")]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("1 of 1 page without text"), "{}", stderr(&output));
    assert!(stderr(&output).contains("ocrmypdf"), "{}", stderr(&output));
}

/// A PDF of two ruled pages.
const PDF: &str = "fixtures/initiative_sheet/plain.cid.pdf";

#[test]
fn an_input_beyond_a_limit_says_which_and_how_to_raise_it() {
    let place = Place::new(&[("in/a.txt", TEXT.as_bytes()), ("in/b.txt", TEXT.repeat(50).as_bytes())]);
    for (limit, path) in [("text_bytes", "in"), ("input_bytes", "in"), ("input_bytes", "in/b.txt")] {
        let output = hyoka(&["extract", &place.text(path), "--limit", &format!("{limit}=1K")]);
        assert_eq!(code(&output), 3, "{}", stderr(&output));
        assert!(stderr(&output).contains(&format!("b.txt: exceeds the limit {limit} (")), "{}", stderr(&output));
        assert!(stderr(&output).contains(&format!("--limit {limit}=N")), "{}", stderr(&output));
        assert_eq!(stdout(&output).contains("a.txt"), path == "in", "the others are read");
    }
    let japanese = hyoka(&["--lang", "ja", "extract", &place.text("in/b.txt"), "--limit", "text_bytes=1K"]);
    assert!(stderr(&japanese).contains("--limit text_bytes=N で上限を"), "{}", stderr(&japanese));

    let mut child = command(&["extract", "-", "--limit", "input_bytes=1K"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may stop reading before the end.
    let _ = child.stdin.take().unwrap().write_all(TEXT.repeat(50).as_bytes());
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 3);
    assert!(stderr(&output).contains("input_bytes (1025 > 1024)"), "{}", stderr(&output));
}

#[test]
fn a_page_beyond_a_limit_is_read_as_far_as_it_goes() {
    let read = |limits: &[&str]| -> serde_json::Value {
        let limits = limits.iter().flat_map(|limit| ["--limit", limit]);
        let args: Vec<&str> = ["extract", PDF].into_iter().chain(limits).collect();
        let output = hyoka(&args);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_str(stdout(&output)).unwrap()
    };
    let said = |document: &serde_json::Value, code: &str| -> Vec<String> {
        let all = document["diagnostics"].as_array().unwrap().iter().filter(|d| d["code"] == code);
        all.map(|d| d["message"].as_str().unwrap().to_owned()).collect()
    };
    let whole = read(&[]);
    assert!(said(&whole, "page_limit").is_empty() && said(&whole, "document_limit").is_empty());

    let cut = read(&["operators=300", "pages=1"]);
    let pages = said(&cut, "document_limit");
    assert!(pages[0].contains("limit pages (1; --limit pages=N raises it)"), "{pages:?}");
    assert!(pages[0].contains("only the first 1 of 2 page(s) were read"), "{pages:?}");
    let operators = said(&cut, "page_limit");
    assert_eq!(operators.len(), 1, "{operators:?}");
    assert!(operators[0].contains("limit operators (300; --limit operators=N raises it)"), "{operators:?}");
    assert_eq!(cut["source"]["pages"], 1);

    assert_eq!(read(&["operators=300", "operators=10000000"]), whole, "the last word counts");
}

/// What was cut off by a limit must not pass for done once the limit is raised.
#[test]
fn another_limit_reads_again() {
    let place = Place::new(&[]);
    let out = place.text("out");
    let run = |more: &[&str]| {
        let output = hyoka(&[&["extract", PDF, "-o", &out], more].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        manifest(&place.path("out"))["inputs"][0].clone()
    };
    let cut = run(&["--limit", "operators=300"]);
    assert_eq!(cut["read_by"]["limits"], serde_json::json!(["operators=300"]));
    assert_eq!(run(&["--limit", "operators=300"])["outcome"], "unchanged");
    let whole = run(&[]);
    assert_eq!(whole["outcome"], "written");
    assert!(whole["read_by"]["limits"].is_null() && whole["warnings"] != cut["warnings"], "{whole} {cut}");
}
