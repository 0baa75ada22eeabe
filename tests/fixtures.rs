//! Our own documents against their truth, to the letter: every leaf of every record, spaces and paragraphs included.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn fixtures(extension: &str) -> Vec<(PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut out = Vec::new();
    let list = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("entry").path()).collect()
    };
    // A folder a form.
    for path in list(&root).iter().filter(|p| p.is_dir()).flat_map(|folder| list(folder)) {
        if path.extension().is_some_and(|e| e == extension) {
            let stem = path.file_name().expect("name").to_string_lossy().split('.').next().expect("stem").to_owned();
            let truth = std::fs::read(path.with_file_name(format!("{stem}.truth.json"))).expect("its truth");
            out.push((path, serde_json::from_slice(&truth).expect("JSON")));
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

fn extract(path: &Path) -> Value {
    let bytes = std::fs::read(path).expect("readable");
    let name = path.file_name().expect("name").to_string_lossy();
    let document = hyoka::extract(&name, &bytes, &hyoka::Options::default()).expect("read");
    serde_json::to_value(document).expect("serialises")
}

/// Leaves by JSON Pointer; what depends on the layout or on the reader's own knowledge is left out.
fn leaves(value: &Value, at: &str, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(k, _)| !["pages", "scale"].contains(&k.as_str())) {
                leaves(value, &format!("{at}/{key}"), out);
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                leaves(item, &format!("{at}/{i}"), out);
            }
        }
        Value::Number(number) => {
            out.insert(at.to_owned(), number.as_f64().expect("a number").to_string());
        }
        leaf => {
            out.insert(at.to_owned(), leaf.to_string());
        }
    }
}

#[test]
fn every_leaf_of_every_pdf_is_right_however_it_was_made() {
    let mut faults = Vec::new();
    let pdfs = fixtures("pdf");
    assert!(pdfs.len() >= 20, "the fixtures were found");
    for (path, truth) in &pdfs {
        let actual = extract(path);
        let (mut expected, mut found) = (BTreeMap::new(), BTreeMap::new());
        for (document, into) in [(truth, &mut expected), (&actual, &mut found)] {
            for part in ["fiscal_year", "form", "records"] {
                leaves(&document[part], &format!("/{part}"), into);
            }
        }
        let name = path.file_name().expect("name").to_string_lossy();
        for at in expected.keys().chain(found.keys()).collect::<std::collections::BTreeSet<_>>() {
            if expected.get(at) != found.get(at) {
                faults.push(format!("{name}{at}: expected {:?}, found {:?}", expected.get(at), found.get(at)));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_leaf_has_its_place_on_the_page() {
    for (path, _) in fixtures("pdf") {
        let document = extract(&path);
        let mut all = BTreeMap::new();
        leaves(&document["records"], "/records", &mut all);
        let evidence = document["evidence"].as_object().expect("evidence");
        for (at, leaf) in &all {
            // What the form itself says is not printed: the kinds of records and amounts.
            let said = at.ends_with("/kind");
            let list = at.contains("/actors/");
            let named =
                evidence.contains_key(at) || list && evidence.contains_key(at.rsplit_once('/').expect("a parent").0);
            assert!(named || said || leaf == "null", "{}: no evidence for {at}", path.display());
        }
        for (at, place) in evidence {
            assert!(!place["at"].as_array().expect("places").is_empty(), "{at} stands somewhere");
        }
    }
}
