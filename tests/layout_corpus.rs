//! The layout held against the shared corpus: every string of the truth stands whole in one cell or one block.

mod shared;

use std::path::Path;

use hyoka::layout::PageLayout;
use hyoka::source::pdf::{Options, Reader};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

const FORMS: [&str; 5] = ["initiative_sheet", "department_theme", "special_zone", "subsidy_guideline", "slide_deck"];

/// Fields whose strings are words of the data model, or dates that it writes its own way. In other fields of these names the
/// page's own words stand; those are Japanese.
const NOT_PRINTED: [&str; 15] = [
    "as_of",
    "approved",
    "column",
    "comparator",
    "date",
    "designated",
    "effective",
    "expires",
    "item",
    "kind",
    "last_changed",
    "level",
    "role",
    "state",
    "type",
];

/// What is knowingly not found, by the end of its path, and why.
const KNOWN: [(&str, &str); 1] = [
    // 「ただし、補助金の額に1,000円未満の端数があるときは、これを切り捨てるものとする。」
    ("/rounding", "the truth sums up a sentence of the schedule in words of its own"),
];

/// What a person compares: width, radicals, white space, dashes and tildes make no difference.
fn folded(text: &str) -> String {
    let plain = text.nfkc().filter(|c| !c.is_whitespace());
    let kept =
        plain.filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'));
    kept.map(|c| match c {
        '⺟' => '母',
        '⺠' => '民',
        '⻁' => '虎',
        '⻄' => '西',
        '⻅' => '見',
        '⻆' => '角',
        '⻉' => '貝',
        '⻋' => '車',
        '⻑' | '⻒' | '⻓' => '長',
        '⻘' => '青',
        '⻝' | '⻞' | '⻟' => '食',
        '⻩' => '黄',
        '⻫' => '斉',
        '⻭' => '歯',
        '⻯' => '竜',
        '⻲' => '亀',
        '戶' => '戸',
        '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '−' | '─' | '━' | '➖' | 'ー' => '-',
        '~' | '∼' | '∾' | '〜' => '~',
        c => c,
    })
    .collect()
}

fn lay_out(path: &Path, password: Option<&str>) -> Vec<PageLayout> {
    let options = Options { password: password.map(str::to_owned), ..Options::default() };
    let reader = Reader::open(std::fs::read(path).unwrap(), &options).unwrap();
    (1..=reader.page_count()).map(|n| PageLayout::from_page(&reader.page(n).unwrap())).collect()
}

/// The folded texts of all cells and blocks, and of those that go on over a page break, joined.
fn units(pages: &[PageLayout]) -> Vec<String> {
    let text = |page: &PageLayout, lines: &mut dyn Iterator<Item = usize>| {
        folded(&lines.map(|i| page.lines[i].text.as_str()).collect::<String>())
    };
    let mut out = Vec::new();
    // Text that reaches the foot of the page, with its left and right edge.
    let mut before: Vec<(f32, f32, String)> = Vec::new();
    for page in pages {
        let cells = page.cells.iter().map(|c| (c.rect, text(page, &mut c.lines.clone()), false));
        let blocks = page.blocks();
        let blocks = blocks.iter().map(|b| (b.rect, text(page, &mut b.lines.iter().copied()), true));
        let all: Vec<_> = cells.chain(blocks).filter(|(_, text, _)| !text.is_empty()).collect();
        let mut open = Vec::new();
        for (rect, text, free) in &all {
            out.push(text.clone());
            let beside = |x0: f32, x1: f32| (x0 - rect.x0).abs() < 3.0 && (*free || (x1 - rect.x1).abs() < 3.0);
            let alone = |below: bool| {
                !all.iter().any(|(other, ..)| {
                    beside(other.x0, other.x1) && if below { other.y0 > rect.y0 } else { other.y0 < rect.y0 }
                })
            };
            let joined: Vec<String> = match alone(false) {
                true => before.iter().filter(|b| beside(b.0, b.1)).map(|b| b.2.clone() + text).collect(),
                false => Vec::new(),
            };
            if alone(true) {
                open.extend(joined.iter().chain([text]).map(|t| (rect.x0, rect.x1, t.clone())));
            }
            out.extend(joined);
        }
        before = open;
    }
    out
}

/// Every string of the truth's records, by its path.
fn leaves(value: &Value, path: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => out.push((path.to_owned(), text.clone())),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| leaves(v, &format!("{path}/{i}"), out)),
        Value::Object(map) => {
            for (key, value) in map {
                let own_word = value.as_str().is_some_and(str::is_ascii) && NOT_PRINTED.contains(&key.as_str());
                if !own_word {
                    leaves(value, &format!("{path}/{key}"), out);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_string_of_the_truth_stands_in_one_cell_or_block() {
    let Some(shared) = shared::shared() else { return };
    let (mut documents, mut strings) = (0, 0);
    let mut lost = Vec::new();
    for form in FORMS {
        let folder = shared.join("corpus").join(form);
        let manifest: Value = serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
        for entry in manifest["files"].as_array().unwrap() {
            let name = entry["file"].as_str().unwrap();
            if !name.ends_with(".pdf") || entry["expect"] == "no_text" {
                continue;
            }
            let path = folder.join(name);
            let truth: Value = serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
            let units = units(&lay_out(&path, entry["password"].as_str()));
            let mut found = Vec::new();
            leaves(&truth["records"], "", &mut found);
            documents += 1;
            for (at, text) in found {
                strings += 1;
                let wanted = folded(&text);
                if KNOWN.iter().any(|(end, _)| at.ends_with(end)) {
                    continue;
                }
                if !units.iter().any(|unit| unit.contains(&wanted)) {
                    lost.push(format!("{form}/{name} {at}: {text}"));
                }
            }
        }
    }
    assert!(documents >= 21 && strings > 3_000, "{documents} documents, {strings} strings");
    assert!(lost.is_empty(), "{} of {strings} strings:\n{}", lost.len(), lost.join("\n"));
}
