//! What a page looks like may change without changing what it says: margins, scale, how rules are drawn, the order of
//! drawing. Each change is made to the pages of our own documents; the records must stay the same.

use std::path::Path;

use hyoka::form::{self, Document, SourceInfo};
use hyoka::geometry::Rect;
use hyoka::layout::{Layout, PageLayout};
use hyoka::source::pdf::{Options, Reader};
use hyoka::source::{Page, Rule};
use serde_json::Value;

const DOCUMENTS: [&str; 9] = [
    "plain.pdf",
    "two_programs.cid.pdf",
    "dashes.pdf",
    "booklet.pdf",
    "renamed.chromium.pdf",
    "long_prose.pdf",
    "edition_h30.cid.pdf",
    "ranges.tall.pdf",
    "ranges.pages.pdf",
];

fn pages(name: &str) -> Vec<Page> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet").join(name);
    let bytes = std::fs::read(path).expect("the fixture");
    let reader = Reader::open(&bytes[..], &Options::default()).expect("opens");
    (1..=reader.page_count()).map(|n| reader.page(n).expect("a page")).collect()
}

fn read(pages: &[Page]) -> Document {
    let layout = Layout { pages: pages.iter().map(PageLayout::from_page).collect() };
    let source = SourceInfo {
        name: "changed.pdf".into(),
        sha256: String::new(),
        media_type: "application/pdf".into(),
        bytes: 0,
        pages: layout.pages.len() as u32,
    };
    form::read(&layout, source, None, Vec::new())
}

fn records(pages: &[Page]) -> Value {
    serde_json::to_value(read(pages).records).expect("serialises")
}

/// A small generator, so that every run changes pages in the same way.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn holds(change: impl Fn(&mut Page, &mut Dice)) {
    for name in DOCUMENTS {
        let mut pages = pages(name);
        let before = records(&pages);
        let mut dice = Dice(7);
        for page in &mut pages {
            change(page, &mut dice);
        }
        assert_eq!(records(&pages), before, "{name}");
    }
}

fn place(page: &mut Page, x: impl Fn(f32) -> f32, y: impl Fn(f32) -> f32) {
    let rect = |r: &Rect| Rect { x0: x(r.x0), y0: y(r.y0), x1: x(r.x1), y1: y(r.y1) };
    for g in &mut page.glyphs {
        g.rect = rect(&g.rect);
    }
    for r in &mut page.rules {
        let (along, across): (&dyn Fn(f32) -> f32, &dyn Fn(f32) -> f32) =
            if r.horizontal { (&x, &y) } else { (&y, &x) };
        (r.start, r.end, r.pos) = (along(r.start), along(r.end), across(r.pos));
    }
}

#[test]
fn margins_do_not_matter() {
    holds(|page, _| place(page, |x| x + 23.5, |y| y + 11.25));
}

#[test]
fn the_scale_does_not_matter() {
    for factor in [0.71, 1.41] {
        holds(|page, _| {
            place(page, |x| x * factor, |y| y * factor);
            page.glyphs.iter_mut().for_each(|g| g.size *= factor);
        });
    }
}

/// Columns and rows of other widths: the page is stretched here and pressed there.
#[test]
fn the_widths_of_columns_do_not_matter() {
    let bend = |size: f32| move |v: f32| v + 0.035 * size * (v / size * std::f32::consts::TAU).sin();
    holds(|page, _| {
        let (width, height) = (page.width, page.height);
        place(page, bend(width), bend(height));
    });
}

/// The sheets of one truth as LibreOffice, Chromium, a writer with fonts of its own and one with none of them set them: other
/// fonts, margins, sizes of paper, ways to draw a rule.
#[test]
fn the_producer_does_not_matter() {
    for (one, others) in [
        ("plain.pdf", &["plain.cid.pdf", "plain.chromium.pdf"][..]),
        ("edition_h30.pdf", &["edition_h30.cid.pdf"]),
        ("edition_r5.pdf", &["edition_r5.calc.pdf"]),
        ("ranges.pdf", &["ranges.chromium.pdf", "ranges.pages.pdf", "ranges.tall.pdf"]),
        ("renamed.pdf", &["renamed.chromium.pdf"]),
        ("spellings.pdf", &["spellings.chromium.pdf"]),
    ] {
        let leaves = |name: &str| {
            let mut records = records(&pages(name));
            // Only the number of pages is the producer's.
            records.as_array_mut().expect("records").iter_mut().for_each(|r| r["pages"] = Value::Null);
            records
        };
        let want = leaves(one);
        for other in others {
            assert_eq!(leaves(other), want, "{one} and {other}");
        }
    }
}

/// Leaves of `now` that are not as in `before`, and those that are gone.
fn changed(before: &Value, now: &Value, at: &str, out: &mut Vec<String>) {
    match (before, now) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))) {
                let none = &Value::Null;
                changed(a.get(key).unwrap_or(none), b.get(key).unwrap_or(none), &format!("{at}/{key}"), out);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for i in 0..a.len().max(b.len()) {
                let none = &Value::Null;
                changed(a.get(i).unwrap_or(none), b.get(i).unwrap_or(none), &format!("{at}/{i}"), out);
            }
        }
        _ if before != now => out.push(at.to_owned()),
        _ => {}
    }
}

/// A side of a cell that was not drawn may cost values, never silently: what changes is doubted at it or above it.
#[test]
fn a_missing_rule_is_never_silent() {
    let mut silent = Vec::new();
    for name in DOCUMENTS {
        let whole = pages(name);
        let before = records(&whole);
        let mut dice = Dice(11);
        for _ in 0..100 {
            let mut pages = whole.clone();
            let page = &mut pages[dice.roll(whole.len() as u64) as usize];
            let glyph = page.glyphs[dice.roll(page.glyphs.len() as u64) as usize].rect;
            open_left_of(page, glyph);
            let document = read(&pages);
            let now = serde_json::to_value(&document.records).expect("serialises");
            let mut leaves = Vec::new();
            changed(&before, &now, "/records", &mut leaves);
            let doubts: Vec<&str> = document.diagnostics.iter().filter_map(|d| d.at.as_deref()).collect();
            let doubted = |leaf: &String| doubts.iter().any(|d| leaf == d || leaf.starts_with(&format!("{d}/")));
            silent.extend(leaves.into_iter().filter(|leaf| !doubted(leaf)).map(|leaf| {
                format!(
                    "{name} {glyph:?} {leaf}: {:?} -> {:?}",
                    before.pointer(&leaf["/records".len()..]),
                    now.pointer(&leaf["/records".len()..])
                )
            }));
        }
    }
    assert!(silent.is_empty(), "{} silent:\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn the_order_of_drawing_does_not_matter() {
    holds(|page, dice| {
        for i in (1..page.glyphs.len()).rev() {
            page.glyphs.swap(i, dice.roll(i as u64 + 1) as usize);
        }
        page.rules.reverse();
    });
}

#[test]
fn doubled_rules_do_not_matter() {
    holds(|page, _| {
        let doubles: Vec<Rule> = page.rules.iter().map(|r| Rule { pos: r.pos + 1.1, ..*r }).collect();
        page.rules.extend(doubles);
    });
}

#[test]
fn rules_in_pieces_do_not_matter() {
    holds(|page, _| {
        let pieces = page.rules.iter().flat_map(|r| {
            let count = ((r.end - r.start) / 9.0).ceil().max(1.0);
            let step = (r.end - r.start) / count;
            (0..count as usize).map(move |i| Rule {
                start: r.start + step * i as f32,
                // A gap of a tenth, as dashes and cell corners leave.
                end: r.start + step * (i as f32 + 0.9),
                ..*r
            })
        });
        page.rules = pieces.collect();
    });
}

#[test]
fn rules_that_miss_each_other_a_little_do_not_matter() {
    holds(|page, dice| {
        for r in &mut page.rules {
            let shift = dice.roll(100) as f32 / 100.0 - 0.5;
            (r.pos, r.start, r.end) = (r.pos + 0.8 * shift, r.start + shift, r.end + shift);
        }
    });
}

/// Takes out the vertical rule that stands next left of a glyph, over the height of the glyph's row.
fn open_left_of(page: &mut Page, glyph: Rect) {
    let (_, y) = glyph.center();
    let left = |r: &Rule| !r.horizontal && r.pos <= glyph.x0 + 1.0 && r.start <= y && r.end >= y;
    let Some(x) = page.rules.iter().filter(|r| left(r)).map(|r| r.pos).max_by(f32::total_cmp) else { return };
    let level = |r: &&Rule| r.horizontal && r.start <= x + 1.0 && r.end >= x - 1.0;
    let top = page.rules.iter().filter(level).map(|r| r.pos).filter(|p| *p <= y).fold(f32::NEG_INFINITY, f32::max);
    let bottom = page.rules.iter().filter(level).map(|r| r.pos).filter(|p| *p >= y).fold(f32::INFINITY, f32::min);
    let mut pieces = Vec::new();
    for r in &page.rules {
        if r.horizontal || (r.pos - x).abs() > 1.5 {
            pieces.push(*r);
            continue;
        }
        pieces.push(Rule { end: r.end.min(top), ..*r });
        pieces.push(Rule { start: r.start.max(bottom), ..*r });
    }
    pieces.retain(|r| r.end > r.start);
    page.rules = pieces;
}

#[test]
fn a_phone_may_share_the_cell_of_its_department() {
    holds(|page, _| {
        let marks: Vec<Rect> = page.glyphs.iter().filter(|g| g.ch == '【').map(|g| g.rect).collect();
        let phones: Vec<Rect> = marks.into_iter().filter(|m| is_phone(page, m)).collect();
        for mark in phones {
            let cells = PageLayout::from_page(page).cells.len();
            open_left_of(page, mark);
            assert_eq!(PageLayout::from_page(page).cells.len(), cells - 1, "two cells became one");
        }
    });
}

fn is_phone(page: &Page, bracket: &Rect) -> bool {
    let row =
        |r: &Rect| (r.center().1 - bracket.center().1).abs() < 3.0 && r.x0 > bracket.x0 && r.x0 < bracket.x0 + 40.0;
    page.glyphs.iter().any(|g| row(&g.rect) && g.ch.is_numeric())
}

/// Takes out the glyphs of every line that prints `sign`.
fn erase_lines_with(page: &mut Page, sign: char) {
    let marks: Vec<f32> = page.glyphs.iter().filter(|g| g.ch == sign).map(|g| g.rect.center().1).collect();
    page.glyphs.retain(|g| !marks.iter().any(|y| (g.rect.center().1 - y).abs() < 2.0));
}

/// Two sheets were read as one when the title of the second was a picture.
#[test]
fn a_sheet_without_its_title_is_a_sheet() {
    let mut pages = pages("booklet.pdf");
    let before = records(&pages);
    assert_eq!(before.as_array().map(Vec::len), Some(2));
    for page in pages.iter_mut().skip(3) {
        erase_lines_with(page, '票');
    }
    assert_eq!(records(&pages), before);
}

/// What stands in a cell that no field took is said, not only kept: here the number and text of a 類型 without its header.
#[test]
fn a_printed_cell_that_no_field_took_is_a_doubt() {
    let mut pages = pages("plain.pdf");
    for page in &mut pages {
        erase_lines_with(page, '類');
    }
    let document = read(&pages);
    for block in ["/records/0/check", "/records/0/action"] {
        let said = |code: &str| document.diagnostics.iter().any(|d| d.code == code && d.at.as_deref() == Some(block));
        assert!(said("block_missing"), "{block}: {:?}", document.diagnostics);
    }
    assert!(document.diagnostics.iter().any(|d| d.code == "text_left"), "{:?}", document.diagnostics);
    assert!(!document.unassigned.is_empty() && document.coverage < 1.0);
}
