//! Every printed character ends in a field, a label or `unassigned`: for our own documents, and for any text at all.

use std::collections::BTreeMap;
use std::path::Path;

use hyoka::form::{self, Document, SourceInfo};
use hyoka::geometry::Place;
use hyoka::layout::{Layout, PageLayout};
use hyoka::source::TextLine;
use hyoka::source::pdf::{Options, Reader};
use proptest::prelude::*;

fn read(layout: &Layout) -> Document {
    let source = SourceInfo {
        name: "any".into(),
        sha256: String::new(),
        media_type: "text/plain; charset=utf-8".into(),
        bytes: 0,
        pages: layout.pages.len() as u32,
    };
    form::read(layout, source, None, Vec::new())
}

fn printed(layout: &Layout) -> usize {
    let lines = layout.pages.iter().flat_map(|p| &p.lines);
    lines.map(|l| l.text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}

fn unassigned(document: &Document) -> usize {
    document.unassigned.iter().map(|u| u.text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}

/// `coverage` and `unassigned` are two sides of one count.
fn adds_up(layout: &Layout, document: &Document) {
    let all = printed(layout);
    let covered = if all == 0 { 1.0 } else { (all - unassigned(document)) as f64 / all as f64 };
    assert!((covered - document.coverage).abs() < 0.0001, "{covered} is not {}", document.coverage);
    for text in document.unassigned.iter().map(|u| &u.text) {
        assert!(!text.trim().is_empty(), "white space is not a rest");
    }
}

#[test]
fn our_sheets_are_covered_to_the_last_character() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet");
    for name in ["plain.pdf", "two_programs.pdf", "dashes.pdf", "spellings.pdf", "text_targets.pdf", "long_prose.pdf"] {
        let bytes = std::fs::read(folder.join(name)).expect("the fixture");
        let reader = Reader::open(&bytes[..], &Options::default()).expect("opens");
        let pages = (1..=reader.page_count()).map(|n| PageLayout::from_page(&reader.page(n).expect("a page")));
        let layout = Layout { pages: pages.collect() };
        let document = read(&layout);
        adds_up(&layout, &document);
        assert_eq!(unassigned(&document), 0, "{name}: {:?}", document.unassigned);
    }
}

/// Text out of labels, values and noise, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("「主な取組」検証票"),
        Just("様式１（主な取組）"),
        Just("施策展開"),
        Just("主な取組"),
        Just("施策の方向"),
        Just("年度別計画"),
        Just("R4 R5 R6"),
        Just("予算事業名"),
        Just("主な財源 実施方法"),
        Just("決算額 決算見込額"),
        Just("令和4年度活動内容 令和5年度活動計画"),
        Just("活動指標名"),
        Just("R2年度 R3年度 実績値(A) 目標値(B)"),
        Just("達成割合"),
        Just("順調"),
        Just("類型 内容 類型 内容"),
        Just("① 執行体制の改善"),
        Just("12,345"),
        Just("３件（６件）"),
        Just("97.2%"),
        Just("ー"),
        Just("県単等"),
        Just("委託"),
        Just("里の道を直し、案内を付けた。"),
        Just("\u{c}"),
        Just("<&>\u{FFFD}𠮷"),
    ];
    proptest::collection::vec((piece, prop_oneof![Just("\n"), Just(" "), Just("")]), 0..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(p, end)| [p, end]).collect())
}

fn text_layout(text: &str) -> Layout {
    let mut lines = Vec::new();
    for (page, part) in text.split('\u{c}').enumerate() {
        for line in part.lines() {
            lines.push(TextLine { number: lines.len() as u32 + 1, page: page as u32 + 1, text: line.to_owned() });
        }
    }
    Layout::from_text(&lines)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_kept_whole(text in soup()) {
        let layout = text_layout(&text);
        let document = read(&layout);
        adds_up(&layout, &document);
        // A leaf is read from print: what stands in evidence stands in the text, at its line.
        let lines: BTreeMap<u32, &str> = layout.pages.iter().flat_map(|p| &p.lines).filter_map(|l| match l.place {
            Place::Line { line } => Some((line, l.text.as_str())),
            Place::Box { .. } => None,
        }).collect();
        for (at, evidence) in &document.evidence {
            for part in evidence.text.lines() {
                let there = evidence.at.iter().any(|p| matches!(p, Place::Line { line } if lines[line].contains(part)));
                prop_assert!(there, "{at}: {part:?} is not at {:?}", evidence.at);
            }
        }
    }
}
