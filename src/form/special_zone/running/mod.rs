//! The running text, sections １ to ７: read alike from a page and from flattened text.

mod goal;
mod indicators;
mod projects;
mod weights;

pub(super) use goal::split_goal;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::labels::{self, Heading};
use super::raw::{Passage, RawZone, Slot};
use super::rows::{Margin, Row, passage};
use super::tape::Tape;
use crate::form::document::Method;
use crate::layout::{Layout, Span};

/// The rows of the running text and how they were come by.
pub(super) struct Running<'a> {
    pub layout: &'a Layout,
    pub rows: Vec<Row>,
    pub margin: Margin,
    pub method: Method,
    /// Page and line → the row that it stands in.
    row_of: HashMap<(usize, usize), usize>,
}

impl Running<'_> {
    pub fn slot(&self, tape: &Tape, range: std::ops::Range<usize>) -> Slot {
        Slot::read(tape.spans(range), self.method)
    }

    /// Parts of rows as a passage; the first may stand behind a label.
    pub fn passage_of(&self, spans: Vec<Span>) -> Passage {
        let mut indices: Vec<usize> =
            spans.iter().filter_map(|s| self.row_of.get(&(s.page, s.line)).copied()).collect();
        indices.dedup();
        let own: Vec<&Row> = indices.iter().map(|&i| &self.rows[i]).collect();
        let partial = spans.first().is_some_and(|s| s.start > 0);
        // What stands behind a label says nothing of the indent of the lines below it.
        let starts = if partial && own.len() > 1 {
            let mut starts = super::rows::starts(&own[1..], self.margin);
            starts.insert(0, false);
            starts
        } else {
            super::rows::starts(&own, self.margin)
        };
        let first: HashSet<(usize, usize)> = own
            .iter()
            .zip(&starts)
            .filter(|(_, start)| **start)
            .filter_map(|(r, _)| r.spans.first().map(|f| (f.page, f.line)))
            .collect();
        let begins = spans.iter().map(|s| first.contains(&(s.page, s.line))).collect();
        Passage { slot: Slot::read(spans, self.method), starts: begins }
    }
}

/// A section: its heading and the rows below it.
struct Section {
    heading: Heading,
    rows: std::ops::Range<usize>,
}

/// Reads the sections of `rows`.
pub(super) fn read(layout: &Layout, rows: Vec<Row>, method: Method, zone: &mut RawZone) {
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    let mut notice = false;
    for row in rows {
        if row.is_page_number(layout) {
            zone.labels.extend(row.spans);
            continue;
        }
        // A notice of what the page withholds interrupts the text; it is no part of it.
        if notice || row.key.starts_with("※このページ") {
            notice = !row.key.ends_with('。');
            continue;
        }
        kept.push(row);
    }
    let margin = Margin::of(&kept);
    let each = kept.iter().enumerate().flat_map(|(i, row)| row.spans.iter().map(move |s| ((s.page, s.line), i)));
    let row_of = each.collect();
    let running = Running { layout, rows: kept, margin, method, row_of };
    let sections = sections(&running, zone);
    for section in &sections {
        let rows = &running.rows[section.rows.clone()];
        match section.heading {
            Heading::Authors => authors(&running, section, zone),
            Heading::Name => zone.name = whole(rows, &running).slot,
            Heading::Overview => zone.overview = whole(rows, &running),
            Heading::Goal => zone.goal = whole(rows, &running),
            Heading::Dates => dates(&running, rows, zone),
            Heading::Indicators => indicators::read(&running, rows, zone),
            Heading::Weights => weights::read(&running, rows, zone),
            Heading::Projects => projects::read(&running, rows, zone),
            Heading::Overall => zone.overall = whole(rows, &running),
            Heading::Locals => brackets(rows, zone),
            Heading::Supports => zone.listed = rows.iter().map(|r| r.key.as_str()).collect(),
            Heading::Plan | Heading::Progress | Heading::Links | Heading::Schedule => {}
        }
    }
    missing(&sections, zone);
}

fn whole(rows: &[Row], running: &Running) -> Passage {
    passage(&rows.iter().collect::<Vec<_>>(), running.margin, running.method)
}

/// The headings in their order; a line of prose that begins like one out of its order is none.
fn sections(running: &Running, zone: &mut RawZone) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    let mut skip = 0;
    for (i, row) in running.rows.iter().enumerate() {
        if skip > i {
            continue;
        }
        if let Some((year, title, edition)) = labels::title(&row.key) {
            zone.labels.extend_from_slice(&row.spans);
            zone.fiscal_year = zone.fiscal_year.or(year);
            zone.title.get_or_insert(title);
            zone.edition = zone.edition.take().or(edition);
            if let Some(last) = out.last_mut() {
                last.rows.end = i;
            }
            continue;
        }
        if zone.title.is_none()
            && let Some(year) = labels::year(&row.key).filter(|_| !labels::is_calendar(&row.key))
        {
            zone.labels.extend_from_slice(&row.spans);
            zone.fiscal_year = Some(year);
            continue;
        }
        let Some(heading) = labels::heading(&row.key) else { continue };
        if out.last().is_some_and(|s| s.heading >= heading) {
            continue;
        }
        if let Some(last) = out.last_mut() {
            last.rows.end = i;
        }
        let mut end = i + 1;
        if heading != Heading::Authors {
            zone.labels.extend_from_slice(&row.spans);
        }
        // A heading of two lines.
        if heading == Heading::Links && !row.key.contains("道筋") {
            for below in running.rows.iter().skip(i + 1).take(2) {
                zone.labels.extend_from_slice(&below.spans);
                end += 1;
                if below.key.ends_with("道筋") {
                    break;
                }
            }
        }
        skip = end;
        out.push(Section { heading, rows: end..running.rows.len() });
    }
    out
}

/// The section's explanation in brackets below its heading.
fn brackets(rows: &[Row], zone: &mut RawZone) {
    if !rows.first().is_some_and(|r| r.key.starts_with("(地域における")) {
        return;
    }
    for row in rows.iter().take(3) {
        zone.labels.extend_from_slice(&row.spans);
        if row.key.ends_with(')') {
            break;
        }
    }
}

fn authors(running: &Running, section: &Section, zone: &mut RawZone) {
    let from = section.rows.start - 1;
    let spans: Vec<Span> = running.rows[from..section.rows.end].iter().flat_map(|r| r.spans.iter().cloned()).collect();
    let tape = Tape::new(running.layout, &spans);
    match tape.text.find(':') {
        Some(at) => {
            zone.labels.extend(tape.spans(0..at + 1));
            zone.authors = running.slot(&tape, at + 1..tape.text.len());
        }
        None => {
            zone.labels.extend_from_slice(&running.rows[from].spans);
            let rest: Vec<Span> =
                running.rows[section.rows.clone()].iter().flat_map(|r| r.spans.iter().cloned()).collect();
            zone.authors = Slot::read(rest, running.method);
        }
    }
}

const DATE: &str = r"(?:平成|令和)\s*(?:元|[0-9]{1,2})\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日";

static DATED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"({DATE})\s*(?:に|付け?)?\s*(指定|認定|最終変更|変更認定|変更)")).ok());
static NAMED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(指定|認定|最終変更|変更認定)(?:日|時期)?\s*[::]?\s*({DATE})")).ok());

/// 指定, 認定 and 最終変更, each behind its date (or before it).
fn dates(running: &Running, rows: &[Row], zone: &mut RawZone) {
    let spans: Vec<Span> = rows.iter().flat_map(|r| r.spans.iter().cloned()).collect();
    let tape = Tape::new(running.layout, &spans);
    let mut found: Vec<(String, std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
    for m in DATED.iter().flat_map(|r| r.captures_iter(&tape.text)) {
        if let (Some(all), Some(date)) = (m.get(0), m.get(1)) {
            found.push((m[2].to_owned(), date.range(), all.range()));
        }
    }
    if found.is_empty() {
        for m in NAMED.iter().flat_map(|r| r.captures_iter(&tape.text)) {
            if let (Some(all), Some(date)) = (m.get(0), m.get(2)) {
                found.push((m[1].to_owned(), date.range(), all.range()));
            }
        }
    }
    // A plan that was never changed prints no change.
    zone.last_changed = Slot::Blank(None);
    let mut changes = 0;
    for (word, date, all) in found {
        let slot = running.slot(&tape, date);
        match word.as_str() {
            "指定" if zone.designated == Slot::Unplaced => zone.designated = slot,
            "認定" if zone.approved == Slot::Unplaced => zone.approved = slot,
            "指定" | "認定" => continue,
            // Where several changes are listed, the last one counts.
            _ => {
                changes += 1;
                zone.last_changed = if changes > 1 { slot.inferred() } else { slot };
            }
        }
        zone.labels.extend(tape.spans(all));
    }
    if changes > 1 {
        zone.note("/last_changed", "several_changes", "several changes of the plan are printed; the last one is given");
    }
}

/// Sections that no row headed.
fn missing(sections: &[Section], zone: &mut RawZone) {
    for (heading, at, label) in [
        (Heading::Indicators, "/evaluation_indicators", "①評価指標及び留保条件"),
        (Heading::Weights, "/evaluation_indicators", "②寄与度の考え方"),
        (Heading::Projects, "/regulatory_projects", "４ 規制緩和を活用した事業"),
    ] {
        if !sections.iter().any(|s| s.heading == heading) {
            zone.doubt(at, "section_missing", format!("no heading 「{label}」 was found"));
        }
    }
}
