//! The page reader held against the shared corpus: what a person can read there, it reads.

mod shared;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hyoka::source::pdf::{Options, Reader};
use hyoka::source::{Page, detect, text};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

fn open(path: &Path) -> Reader {
    let bytes = std::fs::read(path).unwrap();
    Reader::open(&bytes[..], &Options::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn pages(reader: &Reader) -> Vec<Page> {
    (1..=reader.page_count()).map(|n| reader.page(n).unwrap()).collect()
}

/// Glyphs in the order drawn.
fn drawn(page: &Page) -> String {
    page.glyphs.iter().map(|g| g.ch).collect()
}

/// Folded for comparison: NFKC, radicals to ideographs, no white space.
fn folded(text: &str) -> String {
    let plain = text.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}'));
    plain
        .map(|c| match c {
            '⺠' => '民',
            '⻑' => '長',
            '⻘' => '青',
            '⻄' => '西',
            '⻭' => '歯',
            '⻩' => '黄',
            '⼾' | '戶' => '戸',
            '\u{2027}' => '・',
            '\u{301c}' => '~',
            c => c,
        })
        .collect()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect();
    files.sort();
    files
}

#[test]
fn encodings_read_exactly() {
    let Some(shared) = shared::shared() else { return };
    let folder = shared.join("corpus/encodings");
    let truth: Value = serde_json::from_slice(&std::fs::read(folder.join("truth.json")).unwrap()).unwrap();
    let mut count = 0;
    for path in files(&folder, "pdf") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let small = name == "fx_H" || name == "fx_EUC-H";
        let expected = truth[if small { "euc" } else { "full" }].as_str().unwrap();
        let page = open(&path).page(1).unwrap();
        assert_eq!(drawn(&page), expected, "{name}");
        assert_eq!(page.notes, [], "{name}");
        let downwards = name.contains("-V");
        for pair in page.glyphs.windows(2) {
            let (a, b) = (pair[0].rect, pair[1].rect);
            assert!(pair[0].vertical == downwards, "{name}");
            if downwards {
                assert!((a.y1 - b.y0).abs() < 0.01 && (a.x0 - b.x0).abs() < 0.01, "{name}: {a:?} {b:?}");
            } else {
                assert!((a.x1 - b.x0).abs() < 0.01 && (a.y0 - b.y0).abs() < 0.01, "{name}: {a:?} {b:?}");
            }
        }
        count += 1;
    }
    assert!(count >= 12);
}

#[test]
fn public_pdfs_read_as_their_readme_says() {
    let Some(shared) = shared::shared() else { return };
    let folder = shared.join("corpus/public_pdfs");
    let read = |name: &str| {
        let page = open(&folder.join(name)).page(1).unwrap();
        assert!(!page.notes.iter().any(|n| n.code == "unmapped_glyph"), "{name}: {:?}", page.notes);
        folded(&drawn(&page))
    };
    assert_eq!(read("noembed-sjis.pdf"), "あいうえお");
    let jis = read("noembed-jis7.pdf");
    for part in ["ABC", "あいうえお", "123"] {
        assert!(jis.contains(part), "{jis}");
    }
    assert_eq!(read("vertical.pdf"), "あいうえお日本語");
    assert!(open(&folder.join("vertical.pdf")).page(1).unwrap().glyphs.iter().all(|g| g.vertical));
    assert!(read("issue16538.pdf").contains("標準マーケットモデルは2次元で説明する"));
    assert!(read("issue15340.pdf").contains("構を一つの箱内に収めたものは"));
}

/// Every string that the truth of a document has.
fn leaves<'a>(value: &'a Value, out: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Array(items) => items.iter().for_each(|v| leaves(v, out)),
        Value::Object(map) => map.values().for_each(|v| leaves(v, out)),
        _ => {}
    }
}

/// Fields that print as such: names of states, kinds and the like are the contract's words, not the page's.
fn printed(value: &Value) -> Vec<&str> {
    let mut out = Vec::new();
    leaves(&value["records"], &mut out);
    out.retain(|text| !text.is_ascii());
    out
}

#[test]
fn every_character_of_the_truth_is_on_the_pages() {
    let Some(shared) = shared::shared() else { return };
    let mut checked = 0;
    for form in ["initiative_sheet", "department_theme", "special_zone", "subsidy_guideline", "slide_deck"] {
        let folder = shared.join("corpus").join(form);
        let manifest: Value = serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
        let entries = manifest["files"].as_array().unwrap();
        for entry in entries.iter().filter(|e| e["expect"] == "full") {
            let name = entry["file"].as_str().unwrap();
            if !name.ends_with(".pdf") {
                continue;
            }
            let truth: Value =
                serde_json::from_slice(&std::fs::read(folder.join(name).with_extension("json")).unwrap()).unwrap();
            let reader = open(&folder.join(name));
            let mut here: BTreeMap<char, usize> = BTreeMap::new();
            for page in pages(&reader) {
                assert!(!page.notes.iter().any(|n| n.code == "unmapped_glyph"), "{name}: {:?}", page.notes);
                folded(&drawn(&page)).chars().for_each(|c| *here.entry(c).or_default() += 1);
            }
            let strings = printed(&truth);
            assert!(!strings.is_empty(), "{name}");
            for text in strings {
                for ch in folded(text).chars().filter(|c| !c.is_ascii()) {
                    assert!(here.contains_key(&ch), "{form}/{name}: {ch:?} of {text:?} is not on any page");
                }
            }
            checked += 1;
        }
    }
    assert!(checked >= 12, "{checked}");
}

/// Texts of each field that is prose appear whole among the glyphs of a page, taken in the order drawn or by rows.
#[test]
fn sheets_have_as_many_characters_as_their_truth() {
    let Some(shared) = shared::shared() else { return };
    let folder = shared.join("corpus/initiative_sheet");
    for path in files(&folder, "pdf") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name.starts_with("p14") {
            continue;
        }
        let truth: Value = serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        let mut need: BTreeMap<char, usize> = BTreeMap::new();
        for record in truth["records"].as_array().unwrap() {
            for key in ["direction", "summary", "activity", "department", "initiative"] {
                for ch in folded(record["plan"][key].as_str().unwrap_or_default()).chars() {
                    *need.entry(ch).or_default() += 1;
                }
            }
            for key in ["rationale"] {
                for ch in folded(record["do"][key].as_str().unwrap_or_default()).chars() {
                    *need.entry(ch).or_default() += 1;
                }
            }
            for list in ["check", "action"] {
                for row in record[list].as_array().unwrap() {
                    for ch in folded(row["text"].as_str().unwrap_or_default()).chars() {
                        *need.entry(ch).or_default() += 1;
                    }
                }
            }
        }
        let mut here: BTreeMap<char, usize> = BTreeMap::new();
        let all: String = pages(&open(&path)).iter().map(drawn).collect();
        folded(&all).chars().for_each(|c| *here.entry(c).or_default() += 1);
        for (ch, count) in need {
            let found = here.get(&ch).copied().unwrap_or(0);
            assert!(found >= count, "{name}: {ch:?} is {found} times on the pages, {count} times in the truth");
        }
    }
}

#[test]
fn a_scan_is_named_as_such() {
    let Some(shared) = shared::shared() else { return };
    let reader = open(&shared.join("corpus/initiative_sheet/p14_scan_only.pdf"));
    for page in pages(&reader) {
        let note = page.notes.iter().find(|n| n.code == "page_without_text").unwrap();
        assert!(note.message.contains("image only") && note.message.contains("OCR"), "{}", note.message);
        assert_eq!(page.images.len(), 1);
    }
}

#[test]
fn a_truncated_file_is_repaired_and_says_so() {
    let Some(shared) = shared::shared() else { return };
    let reader = open(&shared.join("corpus/initiative_sheet/p13_truncated.pdf"));
    assert_eq!(reader.page_count(), 6);
    assert!(reader.notes().iter().any(|n| n.code == "repaired"), "{:?}", reader.notes());
}

#[test]
fn bad_files_end_soon_and_by_name() {
    let Some(shared) = shared::shared() else { return };
    let folder = shared.join("corpus/bad");
    let manifest: Value = serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    for entry in manifest["files"].as_array().unwrap() {
        let name = entry["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let started = Instant::now();
        let opened = detect(&bytes).and_then(|_| Reader::open(&bytes[..], &Options::default()));
        let said = match (&opened, entry["expect"].as_str().unwrap()) {
            (Ok(_), "error") => panic!("{name} was taken for a document"),
            (Ok(reader), _) => {
                let read = pages(reader);
                let text: usize = read.iter().map(|p| p.glyphs.len()).sum();
                let notes = read.iter().map(|p| p.notes.len()).sum::<usize>() + reader.notes().len();
                assert!(text > 0 || notes > 0, "{name}: empty, and nothing says why");
                text
            }
            (Err(error), _) => {
                assert!(!error.to_string().is_empty());
                0
            }
        };
        assert!(started.elapsed() < Duration::from_secs(10), "{name} took {:?}", started.elapsed());
        // Where the page itself is whole, its text is read all the same.
        let whole = ["huge_length", "negative_count", "nested_arrays", "nested_arrays_content", "self_xobject"];
        if whole.contains(&name.trim_end_matches(".pdf")) {
            assert!(said > 0, "{name}");
        }
    }
}

#[test]
fn texts_beside_the_pdfs_are_utf8() {
    let Some(shared) = shared::shared() else { return };
    let bytes = std::fs::read(shared.join("corpus/initiative_sheet/p01_excel_basic.txt")).unwrap();
    let (lines, charset) = text::read(&bytes, text::Encoding::Auto).unwrap();
    assert_eq!(charset, "utf-8");
    assert_eq!(lines.last().unwrap().page, 15);
    assert_eq!(lines[0].page, 1);
}

/// The same page read twice, alone and beside others, is the same page.
#[test]
fn reading_is_deterministic_and_parallel() {
    let Some(shared) = shared::shared() else { return };
    for name in ["p01_excel_basic.pdf", "p05_chromium.pdf", "p09_cid_utf16_glyphs.pdf"] {
        let path = shared.join("corpus/initiative_sheet").join(name);
        let one = pages(&open(&path));
        let reader = open(&path);
        let many: Vec<Page> = std::thread::scope(|scope| {
            let handles: Vec<_> = (1..=reader.page_count())
                .rev()
                .map(|n| {
                    scope.spawn({
                        let r = &reader;
                        move || r.page(n).unwrap()
                    })
                })
                .collect();
            handles.into_iter().rev().map(|h| h.join().unwrap()).collect()
        });
        assert_eq!(one, many, "{name}");
    }
}
