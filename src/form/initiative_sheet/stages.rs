//! What each stage makes of two of our own documents, committed: when a reading changes, the first snapshot that differs
//! says where it began.

use std::fmt::Write;
use std::path::Path;

use super::sheet::{RawSheet, RawYear, Slot};
use super::{assemble, sheets};
use crate::layout::{Layout, PageLayout};
use crate::source::pdf::{Options, Reader};
use crate::source::{Page, TextLine};

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet");
    std::fs::read(folder.join(name)).expect("the fixture")
}

/// Size, and how much is drawn.
fn pages(pages: &[Page]) -> String {
    let mut out = String::new();
    for page in pages {
        let text: String = page.glyphs.iter().map(|g| g.ch).collect();
        let (glyphs, rules) = (page.glyphs.len(), page.rules.len());
        let begin: String = text.chars().take(60).collect();
        _ = writeln!(out, "page {}: {glyphs} glyphs, {rules} rules\n  {begin}", page.number);
    }
    out
}

/// Cells with what they print, and the lines outside of them.
fn layout_of(layout: &Layout) -> String {
    let mut out = String::new();
    for page in &layout.pages {
        _ = writeln!(out, "page {}", page.number);
        for cell in &page.cells {
            let r = cell.rect;
            let text: Vec<&str> = page.lines[cell.lines.clone()].iter().map(|l| l.text.as_str()).collect();
            _ = writeln!(out, "  cell {:.0} {:.0} {:.0} {:.0}: {}", r.x0, r.y0, r.x1, r.y1, text.join(" / "));
        }
        for line in page.lines.iter().filter(|l| l.cell.is_none() && !l.text.trim().is_empty()) {
            _ = writeln!(out, "  line: {}", line.text);
        }
    }
    out
}

/// Every field with the print that was tied to it, and the doubts.
fn raw(layout: &Layout, sheet: &RawSheet) -> String {
    let mut out = String::new();
    let mut show = |name: String, slot: &Slot| {
        let (text, how) = match slot {
            Slot::Unplaced => return,
            Slot::Blank(_) => (String::new(), "blank".to_owned()),
            Slot::Read(r) => (layout.texts(&r.spans).collect::<Vec<_>>().join(" / "), format!("{:?}", r.method)),
        };
        _ = writeln!(out, "{name} [{how}]: {text}");
    };
    let one: [(&str, &Slot); 17] = [
        ("edition", &sheet.edition),
        ("title", &sheet.title),
        ("development number", &sheet.development_number),
        ("development title", &sheet.development_title),
        ("measure", &sheet.measure),
        ("sub measure", &sheet.sub_measure),
        ("direction", &sheet.direction),
        ("initiative", &sheet.initiative),
        ("outcome indicator", &sheet.outcome_indicator),
        ("summary", &sheet.summary),
        ("activity", &sheet.activity),
        ("actors", &sheet.actors),
        ("department", &sheet.department),
        ("phone", &sheet.phone),
        ("url", &sheet.url),
        ("money unit", &sheet.money_unit),
        ("judgment", &sheet.judgment),
    ];
    one.into_iter().for_each(|(name, slot)| show(name.to_owned(), slot));
    let year = |y: &RawYear| y.fiscal_year.map_or("?".to_owned(), |y| y.to_string());
    for (i, x) in sheet.output_indicators.iter().enumerate() {
        show(format!("output {i} name"), &x.name);
        x.targets.iter().for_each(|t| show(format!("output {i} target {}", year(t)), &t.value));
    }
    for (i, p) in sheet.programs.iter().enumerate() {
        show(format!("program {i} name"), &p.name);
        show(format!("program {i} next name"), &p.next_name);
        for b in &p.budgets {
            let kind = b.kind.label();
            show(format!("program {i} {kind} {:?}", b.fiscal_year), &b.amount);
            show(format!("program {i} {kind} fund"), &b.fund);
            show(format!("program {i} {kind} method"), &b.method);
        }
        show(format!("program {i} activity"), &p.activity);
        show(format!("program {i} next activity"), &p.next_activity);
    }
    for (i, x) in sheet.indicators.iter().enumerate() {
        show(format!("indicator {i} name"), &x.name);
        x.actuals.iter().for_each(|a| show(format!("indicator {i} actual {}", year(a)), &a.value));
        show(format!("indicator {i} target {}", year(&x.target)), &x.target.value);
        show(format!("indicator {i} achievement"), &x.achievement);
        show(format!("indicator {i} summary"), &x.summary);
    }
    show("rationale".to_owned(), &sheet.rationale);
    for (i, x) in sheet.improvements.iter().enumerate() {
        show(format!("improvement {i} planned"), &x.planned);
        show(format!("improvement {i} reflected"), &x.reflected);
    }
    for (side, rows) in [("check", &sheet.check), ("action", &sheet.action)] {
        for (i, row) in rows.iter().enumerate() {
            show(format!("{side} {i} number"), &row.number);
            show(format!("{side} {i} category"), &row.category);
            show(format!("{side} {i} text"), &row.text);
        }
    }
    for doubt in &sheet.doubts {
        _ = writeln!(out, "doubt {} at {}: {}", doubt.code, doubt.at, doubt.message);
    }
    out
}

/// The snapshots from the layout on.
fn stages(name: &str, layout: &Layout) {
    insta::assert_snapshot!(format!("{name}-2-layout"), layout_of(layout));
    for (i, (sheet, _)) in sheets(layout).into_iter().enumerate() {
        insta::assert_snapshot!(format!("{name}-3-raw-{i}"), raw(layout, &sheet));
        let record = serde_json::to_string_pretty(&assemble::assemble(layout, &sheet, i).record).expect("serialises");
        insta::assert_snapshot!(format!("{name}-4-record-{i}"), record);
    }
}

#[test]
fn stages_of_a_ruled_sheet() {
    let bytes = fixture("edition_r6.pdf");
    let reader = Reader::open(&bytes[..], &Options::default()).expect("opens");
    let printed: Vec<Page> = (1..=reader.page_count()).map(|n| reader.page(n).expect("a page")).collect();
    insta::assert_snapshot!("ruled-1-pages", pages(&printed));
    stages("ruled", &Layout { pages: printed.iter().map(PageLayout::from_page).collect() });
}

#[test]
fn stages_of_a_flattened_sheet() {
    let text = String::from_utf8(fixture("ranges.raw.txt")).expect("UTF-8");
    let mut lines = Vec::new();
    for (page, text) in text.split('\u{c}').enumerate() {
        for line in text.lines() {
            lines.push(TextLine { number: lines.len() as u32 + 1, page: page as u32 + 1, text: line.to_owned() });
        }
    }
    stages("flat", &Layout::from_text(&lines));
}
