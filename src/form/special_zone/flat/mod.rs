//! The annexes read from flattened text, whose tables an extractor lost, by the logic of the form.
//!
//! What an extractor keeps of a table is, at best, an empty line between two cells and the order of drawing, which is
//! not the order of reading. The readers here tell cells by the form's own labels, by numbers and by the shape of their
//! text; all that they read is of method `order` or `inferred`, and each part of the record says so in a note.

mod amounts;
mod findings;
mod lex;
mod like;
mod locals;
mod measures;
mod series;
mod supports;

use super::cells::Item;
use super::labels;
use super::raw::RawZone;
use super::rows::Row;
use crate::layout::{Layout, Span};

/// An annex, by the headings in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// 別紙１
    Series,
    /// 別紙１－２
    Schedule,
    /// 別紙２
    Measures,
    /// 別紙３
    Supports,
    /// 別紙４
    Locals,
}

fn part(key: &str) -> Option<Part> {
    [
        ("目標達成に向けた実施スケジュール", Part::Schedule),
        ("■規制の特例措置を活用した事業", Part::Measures),
        ("■財政・税制・金融支援の活用実績", Part::Supports),
        ("地域独自の取組の状況及び自己評価", Part::Locals),
        ("■財政・税制・金融上の支援措置", Part::Locals),
        ("別紙2", Part::Measures),
        ("別紙3", Part::Supports),
        ("別紙4", Part::Locals),
    ]
    .iter()
    .find(|(words, _)| key.starts_with(words) && (!words.starts_with("別紙") || key == *words))
    .map(|(_, part)| *part)
}

/// Reads the annexes; gives the lines read, by section of the record. `introduction`: the lines of section ５.
pub(super) fn read(layout: &Layout, items: &[Item], zone: &mut RawZone) -> Vec<(&'static str, Vec<Span>)> {
    let rows: Vec<&Row> = items.iter().filter_map(|i| if let Item::Row(r) = i { Some(r) } else { None }).collect();
    let mut parts: Vec<(Part, Vec<&Row>)> = vec![(Part::Series, Vec::new())];
    for row in rows {
        if let Some(next) = part(&row.key).filter(|p| parts.last().is_some_and(|l| *p > l.0)) {
            parts.push((next, Vec::new()));
        }
        if let Some(last) = parts.last_mut() {
            last.1.push(row);
        }
    }
    for (part, rows) in &parts {
        match part {
            Part::Series => series::read(layout, rows, zone),
            Part::Schedule => {
                for row in rows {
                    let foot = row.key.starts_with("注1)") || row.key.starts_with("注2)");
                    let heading = super::labels::is_annex_number(&row.key)
                        || row.key.starts_with("目標達成に向けた実施スケジュール")
                        || row.key.starts_with("特区名:");
                    if foot || heading {
                        zone.labels.extend_from_slice(&row.spans);
                    }
                }
            }
            Part::Measures => measures::read(layout, rows, zone),
            Part::Supports => supports::read(layout, rows, zone),
            Part::Locals => locals::read(layout, rows, zone),
        }
    }
    for (part, at, name) in [
        (Part::Measures, "/regulatory_measures", "別紙２"),
        (Part::Supports, "/financial_supports", "別紙３"),
        (Part::Locals, "/local_supports", "別紙４"),
    ] {
        if !parts.iter().any(|(p, _)| *p == part) {
            zone.doubt(at, "section_missing", format!("no heading of {name} was found"));
        }
    }
    Vec::new()
}

/// Headings, numbers and notes of the annexes that belong to the form.
fn is_furniture(key: &str) -> bool {
    labels::is_annex_number(key)
        || key.starts_with('■')
        || key.starts_with("地域独自の取組の状況及び自己評価")
        || key.starts_with("※寄与")
        || key.starts_with("※関連する数値目標の欄")
        || key.starts_with("[指摘事項]")
        || key.starts_with("[左記に対する")
}
