//! 総合特別区域評価書: one zone a document, its running text and the annexes 別紙１ to 別紙４.
//!
//! The running text ([`running`]) is read alike from pages and from flattened text. The annexes are tables: [`cells`]
//! reads them by their ruled cells, [`flat`] by the logic of the form in text that lost them. Either only ties print to
//! fields ([`raw`]); [`assemble`] interprets it.

mod annex;
mod assemble;
mod cells;
mod flat;
mod labels;
mod raw;
mod record;
mod rows;
mod running;
mod tape;

use std::collections::{BTreeSet, HashSet};

use super::FormReading;
use super::document::{FormId, Method, Record};
use super::recognise::Form;
use crate::layout::{Layout, PageLayout, Span};
use crate::normalize::fold::key;
use cells::Item;
use raw::RawZone;
pub use record::{
    Amount, Annex, EvaluationIndicator, FinancialSupport, Finding, Goal, LocalSupport, Narratives, RegulatoryMeasure,
    RegulatoryProject, SeriesYear, SupportItem, SupportKind, SupportRow, Target, YearAmount, ZoneEvaluation,
};

pub const ID: &str = "special_zone";

/// By the printed title, or, where an extractor lost it, by the headings of the running text and the annexes.
pub(super) const FORM: Form = Form { id: ID, title, signs, read };

fn title(page: &PageLayout) -> Option<String> {
    let lines = page.lines.iter().filter(|l| labels::may_be_title(&l.text));
    lines.filter_map(|l| labels::title(&key(&l.text))).map(|(_, title, _)| title).next()
}

/// Headings that no other form prints.
const SIGNS: [&str; 10] = [
    "総合特区計画の概要",
    "総合特区計画の目指す目標",
    "総合特区計画の指定時期及び認定時期",
    "評価指標及び留保条件",
    "寄与度の考え方",
    "目標に向けた取組の進捗に関する評価",
    "現地調査時の指摘事項及びそれに対する取組状況等",
    "規制の特例措置を活用した事業の実績及び評価",
    "財政・税制・金融支援の活用実績及び自己評価",
    "地域独自の取組の状況及び自己評価",
];

fn signs(layout: &Layout) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in layout.pages.iter().flat_map(|p| &p.lines) {
        // Few lines hold one of these signs.
        if line.text.len() > 400 || !line.text.contains(['価', '画', '与', '項']) {
            continue;
        }
        let key = key(&line.text);
        let rest = key.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳' | '■' | '\u{FFFD}'));
        found.extend(SIGNS.iter().filter(|s| rest.starts_with(**s)).map(|s| (*s).to_owned()));
    }
    found
}

fn read(layout: &Layout, first: usize) -> FormReading {
    let form = FormId { id: ID.to_owned(), title: None, edition: None };
    let mut out = FormReading { form, ..FormReading::default() };
    let ruled = layout.pages.iter().any(|p| !p.cells.is_empty());
    let items: Vec<Item> = (0..layout.pages.len()).flat_map(|page| cells::items(layout, page)).collect();
    for part in parts(items) {
        let mut zone = RawZone::default();
        let pages: BTreeSet<usize> = part.iter().map(page_of).collect();
        zone.pages = pages.iter().map(|&p| layout.pages[p].number).collect();
        let start = cells::first(&part);
        let (text, annexes) = part.split_at(start);
        let method = if part.iter().any(|i| matches!(i, Item::Row(r) if r.rect.is_some())) {
            Method::Position
        } else {
            Method::Order
        };
        let rows = text.iter().filter_map(|i| if let Item::Row(r) = i { Some(r.clone()) } else { None }).collect();
        running::read(layout, rows, method, &mut zone);
        let read = if ruled { cells::read(layout, annexes, &mut zone) } else { flat::read(layout, annexes, &mut zone) };
        let index = first + out.records.len();
        let done = assemble::assemble(layout, &zone, index);
        let mut claims = done.claims;
        claims.extend(signs_between(layout, &claims));
        out.diagnostics.extend(done.diagnostics);
        out.diagnostics.extend(left_over(layout, &read, &claims, index));
        out.fiscal_year = out.fiscal_year.or(zone.fiscal_year).or_else(|| results_year(&zone));
        out.form.title = out.form.title.take().or(zone.title);
        out.form.edition = out.form.edition.take().or(zone.edition);
        out.evidence.extend(done.evidence);
        out.claims.extend(claims);
        out.records.push(Record::ZoneEvaluation(Box::new(done.record)));
    }
    out
}

fn page_of(item: &Item) -> usize {
    match item {
        Item::Row(row) => row.page(),
        Item::Table(table) => table.page,
    }
}

/// One evaluation a part: a title that 作成主体 follows begins the next one. What is printed before the first title goes
/// with it.
fn parts(items: Vec<Item>) -> Vec<Vec<Item>> {
    let key_of = |item: &Item| match item {
        Item::Row(row) => row.key.clone(),
        Item::Table(_) => String::new(),
    };
    let begins = |at: usize| {
        labels::title(&key_of(&items[at])).is_some()
            && items[at + 1..].iter().take(4).any(|i| key_of(i).starts_with("作成主体"))
    };
    let starts: HashSet<usize> = (0..items.len()).filter(|&at| begins(at)).skip(1).collect();
    let mut out: Vec<Vec<Item>> = vec![Vec::new()];
    for (at, item) in items.into_iter().enumerate() {
        if starts.contains(&at) {
            out.push(Vec::new());
        }
        if let Some(last) = out.last_mut() {
            last.push(item);
        }
    }
    out.retain(|part| !part.is_empty());
    out
}

/// The year of the results, where the title does not print it.
fn results_year(zone: &RawZone) -> Option<i32> {
    zone.indicators.iter().flat_map(|i| &i.targets).filter_map(|t| t.actual_year).max()
}

/// Brackets, colons and stops around what was taken of a line.
fn signs_between(layout: &Layout, claims: &[Span]) -> Vec<Span> {
    let lines: BTreeSet<(usize, usize)> = claims.iter().map(|c| (c.page, c.line)).collect();
    let mut out = Vec::new();
    for (page, line) in lines {
        let text = &layout.pages[page].lines[line].text;
        let sign = |c: char| "（）()［］[]【】「」：:、。，,．.・=＝<>＜＞≪≫\u{FFFD}".contains(c);
        out.extend(text.chars().enumerate().filter(|(_, c)| sign(*c)).map(|(i, _)| Span::new(page, line, i..i + 1)));
    }
    out
}

/// Cells of a table that was read, of which a printed line was taken by nothing.
fn left_over(
    layout: &Layout,
    read: &[(&'static str, Vec<Span>)],
    claims: &[Span],
    index: usize,
) -> Vec<crate::diagnostic::Diagnostic> {
    let taken: HashSet<(usize, usize)> = claims.iter().map(|c| (c.page, c.line)).collect();
    let mut out = Vec::new();
    let mut told: HashSet<(usize, usize)> = HashSet::new();
    for (section, spans) in read {
        for span in spans {
            if taken.contains(&(span.page, span.line)) || !told.insert((span.page, span.line)) {
                continue;
            }
            let text: String = layout.text(span).chars().take(40).collect();
            let message = format!("「{text}」 of this part's tables was taken by no field");
            let at = format!("/records/{index}{section}");
            out.push(
                crate::diagnostic::Diagnostic::warning("text_left", message)
                    .at(at)
                    .on_page(layout.pages[span.page].number),
            );
        }
    }
    out
}
