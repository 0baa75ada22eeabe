//! The data flows one way: a room may use only the rooms above it. Held against the `use` lines and paths of `src/`.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms in the order of the way down. `normalize`, `geometry`, `error` and `diagnostic` serve all of them.
const ROOMS: [&str; 11] =
    ["source", "picture", "layout", "form", "correction", "table", "audit", "output", "report", "review", "cli"];
/// Beneath everything: these use no room at all, and `normalize` uses no other of these.
const BENEATH: [&str; 4] = ["normalize", "geometry", "error", "diagnostic"];

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The room of a file: `src/layout/grid.rs` and `src/layout.rs` are in `layout`.
fn room(file: &Path, src: &Path) -> String {
    let first = file.strip_prefix(src).expect("below src").components().next().expect("a name");
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Every room that a file names after `crate::` (also inside `use crate::{a, b::c}`).
fn named(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            if let Some(list) = rest.strip_prefix('{') {
                let list = list.split('}').next().unwrap_or(list);
                out.extend(list.split(',').map(|part| (number + 1, ident(part.trim()))));
            } else {
                out.push((number + 1, ident(rest)));
            }
        }
    }
    out
}

fn ident(s: &str) -> String {
    s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn every_room_knows_only_the_rooms_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    assert!(files.len() > 20, "the source tree was found");
    let mut broken = Vec::new();
    for file in &files {
        let here = room(file, &src);
        if here == "lib" || here == "main" {
            continue;
        }
        let text = fs::read_to_string(file).expect("readable");
        for (line, there) in named(&text) {
            let allowed = there == here
                || match ROOMS.iter().position(|r| *r == here) {
                    // The command line may call the pipeline at the crate's root.
                    Some(_) if here == "cli" => true,
                    Some(mine) => {
                        BENEATH.contains(&there.as_str())
                            || ROOMS.iter().position(|r| *r == there).is_some_and(|theirs| theirs < mine)
                    }
                    None => {
                        assert!(
                            BENEATH.contains(&here.as_str()),
                            "{here} is no room of the house: name it in this test"
                        );
                        here != "normalize" && BENEATH.contains(&there.as_str())
                    }
                };
            if !allowed {
                broken.push(format!("{}:{line}: {here} uses {there}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "the data flows one way down:\n{}", broken.join("\n"));
}

/// A form knows no other form.
#[test]
fn forms_know_nothing_of_each_other() {
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/form");
    let names: Vec<String> = fs::read_dir(&forms)
        .expect("src/form")
        .filter_map(|e| e.ok())
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    for name in &names {
        let mut files = Vec::new();
        rust_files(&forms.join(name), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).expect("readable");
            for other in names.iter().filter(|o| *o != name) {
                assert!(!text.contains(&format!("form::{other}")), "{} names {other}", file.display());
            }
        }
    }
}
