//! Themes from flattened text: page by page the three columns one after the other, as most extractors leave them.
//!
//! | file | does |
//! |---|---|
//! | [`beside`] | text that keeps the columns beside each other → one after the other |
//! | [`part`] | lines → themes, initiatives and the pages of each |
//! | [`rows`] | which lines are a table inside a column |
//! | [`split`] | where on each page the second and the third column begin |

mod beside;
mod part;
mod rows;
mod split;

use super::front;
use super::raw::{Entry, RawInitiative, RawLine, RawTheme};
use super::words;
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::slot::{Doubt, Slot};
use crate::layout::{Layout, Span};
use part::{Column, Part, Text};
use rows::Unit;

/// The fields of the three columns.
const FIELDS: [&str; 3] = ["actions", "targets", "progress"];

/// Every theme of the text, in its order.
pub fn themes(layout: &Layout) -> Vec<RawTheme> {
    let text = Text::new(layout);
    part::themes(&text).into_iter().map(|part| theme(&text, part)).collect()
}

/// One printed line as a line of a column.
fn raw_line(text: &Text, at: usize, method: Method) -> RawLine {
    RawLine { span: text.lines[at].span.clone(), method, paragraph: false, gap: false }
}

fn theme(text: &Text, part: Part) -> RawTheme {
    let mut raw = RawTheme { labels: part.labels, ..RawTheme::default() };
    let mut heads: Vec<RawLine> = part.front.iter().map(|&i| raw_line(text, i, Method::Order)).collect();
    mark(text, &mut heads);
    front::read(text.layout, &heads, &mut raw);
    for (index, found) in part.initiatives.into_iter().enumerate() {
        let base = format!("/initiatives/{index}");
        let mut initiative = RawInitiative {
            title: Slot::read(found.title.iter().map(|&i| text.lines[i].span.clone()).collect(), Method::Order),
            as_of: Slot::read(found.as_of, Method::Order),
            ..RawInitiative::default()
        };
        if initiative.title == Slot::Unplaced {
            let message = "no heading stands over the columns".to_owned();
            raw.doubts.push(warn(format!("{base}/title"), "unplaced", message));
        }
        for page in &found.pages {
            match page.column {
                Column::Beside => {
                    for (column, field) in FIELDS.into_iter().enumerate() {
                        let own = |&&l: &&usize| text.lines[l].column.unwrap_or(0) == column;
                        let lines: Vec<usize> = page.lines.iter().filter(own).copied().collect();
                        let unsure = lines.iter().any(|&l| text.lines[l].unsure);
                        if unsure {
                            let message = "lines of the columns run into each other".to_owned();
                            raw.doubts.push(warn(format!("{base}/{field}"), "column_inferred", message));
                        }
                        for unit in rows::units(text, &lines, &[0; 3]) {
                            let unsure = matches!(unit, Unit::Line(l) if text.lines[l].unsure);
                            let method = if unsure { Method::Inferred } else { Method::Order };
                            push(text, &mut initiative.columns[column], unit, method);
                        }
                    }
                }
                Column::Only(column) => {
                    if column != 1 && page.lines.iter().any(|&l| words::target_type(text.text(l)).is_some()) {
                        raw.doubts.push(order_lost(&base));
                    }
                    let units = rows::units(text, &page.lines, &open_tables(&initiative));
                    for unit in units {
                        push(text, &mut initiative.columns[column], unit, Method::Order);
                    }
                }
                Column::All => all(text, &page.lines, &mut initiative, &base, &mut raw.doubts),
            }
        }
        for column in &mut initiative.columns {
            mark_entries(text, column);
        }
        raw.initiatives.push(initiative);
    }
    raw.pages = part.pages;
    raw
}

/// Parts what one page prints of an initiative into the three columns.
fn all(text: &Text, lines: &[usize], initiative: &mut RawInitiative, base: &str, doubts: &mut Vec<Doubt>) {
    let units = rows::units(text, lines, &open_tables(initiative));
    let (beside, units): (Vec<Unit>, Vec<Unit>) = units.into_iter().partition(|u| matches!(u, Unit::Beside(..)));
    for unit in beside {
        if let Unit::Beside(left, right) = unit {
            initiative.columns[1].push(Entry::Table(left));
            initiative.columns[2].push(Entry::Table(right));
        }
    }
    let usual = initiative.columns.iter().map(|c| split::widest(text, c)).max().unwrap_or(0);
    let tails = [0, 1, 2].map(|c| split::Tail::of(text, &initiative.columns[c], c, usual));
    let found = split::split(text, &units, &tails);
    if found.strained {
        doubts.push(order_lost(base));
    }
    for (k, unit) in units.into_iter().enumerate() {
        let column = found.columns[k];
        let doubtful = found.doubtful.contains(&k);
        if doubtful {
            let words: String = unit.text(text).chars().take(24).collect();
            let message = format!("no sign parts the columns where the text goes on with 「{words}」");
            // What is too much for one column is missing from the other.
            let first = if k == 0 { column } else { found.columns[k - 1] };
            for field in &FIELDS[first..=column] {
                doubts.push(warn(format!("{base}/{field}"), "column_inferred", message.clone()));
            }
        }
        let method = if doubtful { Method::Inferred } else { Method::Order };
        push(text, &mut initiative.columns[column], unit, method);
    }
}

fn push(text: &Text, column: &mut Vec<Entry>, unit: Unit, method: Method) {
    match unit {
        Unit::Line(at) => column.push(Entry::Line(raw_line(text, at, method))),
        Unit::Table(table) => column.push(Entry::Table(table)),
        // In a column of its own a row has one table's cells only.
        Unit::Beside(left, right) => column.extend([Entry::Table(left), Entry::Table(right)]),
    }
}

/// How many cells a row of the table has that each column's text ended with; 0 where it ended otherwise.
fn open_tables(initiative: &RawInitiative) -> [usize; 3] {
    [0, 1, 2].map(|c| match initiative.columns[c].last() {
        Some(Entry::Table(t)) => t.rows.iter().map(Vec::len).max().unwrap_or(0),
        _ => 0,
    })
}

/// Marks the lines that begin paragraphs.
fn mark(text: &Text, lines: &mut [RawLine]) {
    let margin = lines.iter().filter_map(|l| text.line_of(&l.span)).map(|i| text.lines[i].width).max().unwrap_or(0);
    let mut before: Option<usize> = None;
    for line in lines {
        let here = text.line_of(&line.span);
        if let (Some(a), Some(b)) = (before, here) {
            line.paragraph = text.ends_paragraph(a, b, margin);
            line.gap = text.lines[b].gap > 0 && text.lines[a].page == text.lines[b].page;
        }
        before = here;
    }
}

fn mark_entries(text: &Text, entries: &mut [Entry]) {
    for part in entries.chunk_by_mut(|a, b| matches!((a, b), (Entry::Line(_), Entry::Line(_)))) {
        let mut lines: Vec<RawLine> =
            part.iter().filter_map(|e| if let Entry::Line(l) = e { Some(l.clone()) } else { None }).collect();
        mark(text, &mut lines);
        for (entry, line) in part.iter_mut().zip(lines) {
            *entry = Entry::Line(line);
        }
    }
}

fn order_lost(base: &str) -> Doubt {
    let message = "the text does not print column after column; what belongs where is a guess".to_owned();
    warn(base.to_owned(), "order_lost", message)
}

fn warn(at: String, code: &'static str, message: String) -> Doubt {
    Doubt { severity: Severity::Warning, code, message, at }
}

/// Labels that stand in the text of a column: arrows between the headings, page numbers.
fn is_furniture(line: &str) -> bool {
    // The end of a heading may have come to stand elsewhere.
    words::is_arrow(line) || matches!(line.trim(), "＞" | ">" | "】" | "〉" | "》")
}

/// A span of a whole line or of a part of it.
fn part_of(span: &Span, a: usize, b: usize) -> Span {
    Span { start: span.start + a, end: span.start + b, ..span.clone() }
}
