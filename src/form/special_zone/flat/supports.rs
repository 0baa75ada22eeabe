//! 別紙３ in flattened text: rows of amounts by their headers, names and passages by their words.

use super::amounts::{Table, support_rows};
use super::is_furniture;
use super::lex::{self, Block, Piece, ends_sentence, is_value, key_of, slot, words};
use super::like::{Words, assign};
use crate::form::document::Method;
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::{RawSupport, RawZone, Slot};
use crate::form::special_zone::record::{SupportItem, SupportKind};
use crate::form::special_zone::rows::Row;
use crate::layout::{Layout, Span};
use crate::normalize::money::MoneyUnit;

const LABELS: [&str; 9] = [
    "財政支援要望",
    "国予算(a)",
    "自治体予算(b)",
    "総事業費(a+b)",
    "(実績)",
    "国予算(a)(実績)",
    "自治体予算(b)(実績)",
    "件数",
    "該当なし",
];

/// What stands between two runs of headers: a page of the annex, as drawn.
#[derive(Default)]
struct Page {
    tables: Vec<Table>,
    /// Text before the headers of the next page, in blocks.
    related: Vec<Block>,
    texts: Vec<Block>,
    labels: Vec<(SupportItem, Slot)>,
}

pub(super) fn read(layout: &Layout, rows: &[&Row], zone: &mut RawZone) {
    let parted = lex::is_parted(rows);
    let end = super::measures::site_findings(layout, rows, zone);
    let mut kind: Option<(SupportKind, Slot)> = None;
    let mut page = Page::default();
    // A heading that prints the unit of all amounts below it.
    let mut unit: Vec<Span> = Vec::new();
    let mut fresh = true;
    // Text stood after the last header: another header below it begins the next page.
    let mut full = false;
    // The line on which a row's label or one of its values stood alone.
    let mut line_by_line: Option<usize> = None;
    for (n, row) in rows[..end].iter().enumerate() {
        fresh |= row.apart && parted;
        let key = row.key.as_str();
        if key.contains("単位") && MoneyUnit::from_label(key).is_some() {
            unit.clone_from(&row.spans);
            if key.starts_with('(') {
                zone.labels.extend_from_slice(&row.spans);
                fresh = true;
                continue;
            }
        }
        if let Some(found) = labels::support_kind(key) {
            if full && !page.tables.is_empty() && kind.as_ref().is_some_and(|k| k.0 != found) {
                close(std::mem::take(&mut page), zone);
                full = false;
            }
            zone.labels.extend_from_slice(&row.spans);
            kind = Some((found, Slot::read(row.spans.clone(), Method::Order)));
            // The heading may be drawn after the tables below it.
            for table in &mut page.tables {
                if table.kind.is_none() {
                    table.kind.clone_from(&kind);
                }
            }
            fresh = true;
            continue;
        }
        if is_furniture(key) || row.is_page_number(layout) {
            zone.labels.extend_from_slice(&row.spans);
            fresh = true;
            continue;
        }
        if let Some(years) = header(key) {
            // Without empty lines each header begins its own program.
            if full && page.tables.iter().all(|t| t.rows.len() >= 4 || t.counts.is_some()) && !page.tables.is_empty() {
                close(std::mem::take(&mut page), zone);
                full = false;
            }
            zone.labels.extend_from_slice(&row.spans);
            zone.calendar("/financial_supports", key.split_once("累計").map_or(key, |r| r.0));
            page.tables.push(Table {
                kind: kind.clone(),
                unit: unit.clone(),
                years,
                rows: Vec::new(),
                counts: None,
                count_label: Slot::Unplaced,
            });
            fresh = true;
            continue;
        }
        if lex::labels_at(std::iter::once(key), &LABELS).is_some() {
            label(row.spans.clone(), key, &mut page, zone);
            if labels::support_item(key).is_some() || key == "(実績)" {
                line_by_line = Some(n);
            }
            fresh = true;
            continue;
        }
        let all: Vec<Span> = row.spans.iter().flat_map(|s| words(layout, s)).collect();
        let units = |spans: &[Span]| spans.iter().all(|s| is_unit(&Piece::part(layout, s.clone()).key));
        if units(&all) {
            if let Some(last) = page.tables.iter_mut().rev().find_map(|t| t.rows.last_mut()) {
                if last.1.len() < last.0.len() && all.len() < last.0.len() {
                    last.1.extend_from_slice(&all);
                } else {
                    last.1.clone_from(&all);
                }
            }
            line_by_line = line_by_line.map(|_| n);
            zone.labels.extend(all);
            fresh = true;
            continue;
        }
        // A row's label and its first values on one line.
        if let [first, rest @ ..] = all.as_slice()
            && !rest.is_empty()
            && labels::support_item(&Piece::part(layout, first.clone()).key).is_some_and(|i| i != SupportItem::Count)
            && rest.iter().all(|s| is_value(layout.text(s)))
            && let Some(table) = page.tables.last_mut().filter(|t| !is_count(t))
        {
            table.rows.push((rest.to_vec(), Vec::new()));
            line_by_line = Some(n);
            let key = Piece::part(layout, first.clone()).key;
            label(vec![first.clone()], &key, &mut page, zone);
            fresh = true;
            continue;
        }
        // One value a line, below a row's label or the value before it.
        if let ([value], Some(table)) = (all.as_slice(), page.tables.last_mut())
            && is_value(layout.text(value))
            && single(table, value, n, &mut line_by_line)
        {
            fresh = true;
            continue;
        }
        if all.iter().all(|s| is_value(layout.text(s))) && (all.len() > 1 || page.tables.is_empty()) {
            // Rows of values go to the first header that wants more.
            let at = page.tables.iter().position(|t| t.rows.len() < 4 && t.counts.is_none() && !is_count(t));
            let at = if rows.get(n + 1).is_some() { at } else { None };
            if let Some(table) = at.and_then(|at| page.tables.get_mut(at)) {
                table.rows.push((all, Vec::new()));
                fresh = true;
                continue;
            }
        }
        full |= !page.tables.is_empty();
        mixed(layout, row, all, &mut fresh, &mut page, zone);
        if !parted && ends_sentence(key) {
            fresh = true;
        }
    }
    close(page, zone);
    if zone.supports.is_empty() {
        zone.doubt("/financial_supports", "unplaced", "no table of 別紙３ could be read");
    } else {
        let message =
            "tables of 別紙３ are told by their headers and the order of the text; empty cells leave nothing in it";
        zone.note("/financial_supports", "tables_by_order", message);
    }
}

/// Takes a value that stands alone on its line: the next of the row begun on the lines before, or the first of a row.
fn single(table: &mut Table, value: &Span, line: usize, last: &mut Option<usize>) -> bool {
    if last.is_none_or(|l| line > l + 1) {
        return false;
    }
    let columns = table.years.len() + 1;
    *last = Some(line);
    if is_count(table) {
        let counts = table.counts.get_or_insert_default();
        if counts.len() < columns {
            counts.push(value.clone());
        }
        return true;
    }
    match table.rows.last_mut().filter(|r| r.0.len() < columns) {
        Some(row) => row.0.push(value.clone()),
        None => table.rows.push((vec![value.clone()], Vec::new())),
    }
    true
}

/// 事業名 関連する数値目標 年度 H23 … 累計 自己評価
fn header(key: &str) -> Option<Vec<i32>> {
    let rest = key.strip_prefix("事業名関連する数値目標年度")?;
    let rest = rest.split_once("累計").map_or(rest, |r| r.0);
    let mut years = Vec::new();
    let mut at = 0;
    let starts: Vec<usize> =
        rest.char_indices().filter(|(_, c)| matches!(c, 'H' | 'R' | '平' | '令')).map(|(i, _)| i).collect();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(rest.len());
        years.push(labels::year(&rest[*start..end])?);
        at = end;
    }
    (at == rest.len() && !years.is_empty()).then_some(years)
}

fn is_unit(key: &str) -> bool {
    key.strip_prefix('(').and_then(|k| k.strip_suffix("円)")).is_some_and(|k| k.chars().count() <= 2)
}

fn is_count(table: &Table) -> bool {
    table.kind.as_ref().is_some_and(|k| k.0 != SupportKind::Fiscal)
}

fn label(spans: Vec<Span>, key: &str, page: &mut Page, zone: &mut RawZone) {
    zone.labels.extend_from_slice(&spans);
    if let Some(item) = labels::support_item(key) {
        page.labels.push((item, Slot::read(spans, Method::Order)));
    }
}

/// A line of text, perhaps behind the targets or a label, or with a row of counts in it.
fn mixed(layout: &Layout, row: &Row, all: Vec<Span>, fresh: &mut bool, page: &mut Page, zone: &mut RawZone) {
    let mut words = all.as_slice();
    let piece = |s: &Span| Piece::part(layout, s.clone());
    // A name stands before its targets.
    if let [name, next, ..] = words
        && !labels::is_related(&piece(name).key)
        && labels::is_related(&piece(next).key)
        && piece(next).key.contains('(')
    {
        page.texts.push(vec![piece(name)]);
        words = &words[1..];
        *fresh = true;
    }
    while let Some((first, rest)) = words.split_first() {
        let key = piece(first).key;
        if labels::is_related(&key) {
            let line_before = page.related.last().and_then(|b| b.last()).map(|p| (p.spans[0].page, p.spans[0].line));
            let goes_on = !row.apart && !*fresh && line_before.is_some();
            match page.related.last_mut().filter(|_| goes_on) {
                Some(block) => block.push(piece(first)),
                None => page.related.push(vec![piece(first)]),
            }
            words = rest;
            *fresh = false;
            if rest.is_empty() {
                return;
            }
            *fresh = true;
            continue;
        }
        if lex::labels_at(std::iter::once(key.as_str()), &LABELS).is_some() {
            let count = key == "件数";
            label(vec![first.clone()], &key, page, zone);
            words = rest;
            *fresh = true;
            if count {
                let n = words.iter().take_while(|s| is_value(layout.text(s))).count();
                let table = page.tables.iter_mut().find(|t| t.counts.is_none() && t.rows.is_empty());
                if let Some(table) = table {
                    let n = n.min(table.years.len() + 1);
                    table.counts = Some(words[..n].to_vec());
                    table.count_label = page.labels.last().map(|l| l.1.clone()).unwrap_or_default();
                    words = &words[n..];
                }
            }
            continue;
        }
        // The rest of the line is one text.
        let last = all.last().map_or(first.end, |s| s.end);
        let text = piece(&Span { end: last, ..first.clone() });
        match page.texts.last_mut().filter(|_| !*fresh) {
            Some(block) => block.push(text),
            None => page.texts.push(vec![text]),
        }
        *fresh = false;
        return;
    }
}

/// Ties names, targets and passages of a page to its tables.
fn close(page: Page, zone: &mut RawZone) {
    let Page { tables, related, texts, labels: found, .. } = page;
    if tables.is_empty() && texts.is_empty() {
        return;
    }
    // A name fills a narrow column and is no sentence; a footnote goes on the passage before it.
    let mut names: Vec<Block> = Vec::new();
    let mut passages: Vec<Block> = Vec::new();
    for block in texts {
        let key = key_of(&block);
        let narrow = block.iter().all(|p| p.width <= 34);
        if key.starts_with('※') && !passages.is_empty() {
            passages.last_mut().map(|p| p.extend(block)).unwrap_or_default();
        } else if narrow && !ends_sentence(&key) {
            names.push(block);
        } else {
            passages.push(block);
        }
    }
    // All text below one table is of that table.
    if tables.len() == 1 && passages.len() > 1 {
        passages = vec![passages.concat()];
    }
    let first = zone.supports.len();
    if names.len() != tables.len() || passages.len() != tables.len() {
        let message = format!(
            "{} tables, {} names and {} passages stand together; which belong to each other was told by their words",
            tables.len(),
            names.len(),
            passages.len()
        );
        for i in 0..tables.len() {
            zone.doubt(format!("/financial_supports/{}", first + i), "parts_uneven", message.clone());
        }
    }
    // The running text lists the programs in the order of the annex.
    let listed = |block: &Block| {
        let key = key_of(block);
        let stem: String = key.split('(').next().unwrap_or(&key).chars().take(24).collect();
        if stem.chars().count() < 4 { usize::MAX } else { zone.listed.find(&stem).unwrap_or(usize::MAX) }
    };
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_cached_key(|&i| (listed(&names[i]), i));
    let words = |blocks: &[Block]| -> Vec<Words> { blocks.iter().map(|b| Words::of(&key_of(b))).collect() };
    let (name_words, passage_words) = (words(&names), words(&passages));
    let likeness = |n: usize, p: usize| name_words[n].share(&passage_words[p]);
    let pairs = assign(names.len(), passages.len(), likeness);
    for (i, table) in tables.into_iter().enumerate() {
        let at = zone.supports.len();
        let name = order.get(i).copied();
        let passage = name.and_then(|n| pairs.iter().find(|(a, _)| *a == n)).map(|(_, p)| *p);
        let passage = passage.or_else(|| (names.is_empty() && passages.len() == 1).then_some(0));
        let (kind, heading) = table.kind.clone().unwrap_or((SupportKind::Fiscal, Slot::Unplaced));
        let short = table
            .rows
            .iter()
            .map(|r| r.0.len())
            .chain(table.counts.iter().map(Vec::len))
            .any(|n| n < table.years.len() + 1);
        if short {
            let message = "a row has fewer values than columns; its values were set from the last column backwards";
            zone.doubt(format!("/financial_supports/{at}/rows"), "values_inferred", message);
        }
        zone.note(
            format!("/financial_supports/{at}"),
            "parts_by_words",
            "name, targets and passage were tied to the table by their order and words",
        );
        let rows = support_rows(table, &found);
        if rows.len() != 4 && rows.len() != 1 {
            let message = format!("{} rows of amounts were found where the form has four", rows.len());
            zone.doubt(format!("/financial_supports/{at}/rows"), "rows_missing", message);
        }
        let own = |block: Option<&Block>| block.map_or(Slot::Unplaced, |b| slot(b).inferred());
        let targets = name.and_then(|n| related.get(n));
        zone.supports.push(RawSupport {
            kind,
            heading,
            program: own(name.and_then(|n| names.get(n))),
            related: if related.is_empty() { Slot::Blank(None) } else { own(targets) },
            rows,
            self_evaluation: own(passage.and_then(|p| passages.get(p))),
        });
    }
}
