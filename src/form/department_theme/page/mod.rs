//! Themes read from pages: the headings of the three columns say where the columns stand, and every line below them
//! belongs to the column in whose width it is set, over all pages until the next headings.

mod head;
mod table;

use super::front;
use super::raw::{Entry, RawInitiative, RawLine, RawTheme};
use super::words;
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::slot::{Doubt, Reading, Slot};
use crate::geometry::{Place, Rect};
use crate::layout::{Layout, Line, PageLayout, Span};
use crate::normalize::fold;
use head::HeadRow;

/// A running head or a page number stands in this part of the page's height, from either end.
const MARGIN: f32 = 0.12;
/// Lines further apart than so many times the usual distance have empty space between them.
const GAP: f32 = 1.6;
/// A line that ends this many ems before its column does ended its paragraph.
const SHORT: f32 = 2.5;
/// More themes on one page are not looked at.
const MOST: usize = 50;

/// A place in the document: page index and distance from the page's top.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Pos {
    page: usize,
    y: f32,
}

fn rect(line: &Line) -> Rect {
    match line.place {
        Place::Box { rect, .. } => rect,
        Place::Line { .. } => Rect::default(),
    }
}

/// Every theme of the document, in its order.
pub fn themes(layout: &Layout) -> Vec<RawTheme> {
    let mut starts: Vec<Pos> = Vec::new();
    for (page, content) in layout.pages.iter().enumerate() {
        for line in content.lines.iter().filter(|l| words::theme(&l.text).is_some()).take(MOST) {
            starts.push(Pos { page, y: above(content, rect(line).y0) });
        }
    }
    let rows: Vec<HeadRow> = (0..layout.pages.len()).flat_map(|page| head::rows(layout, page)).collect();
    if starts.is_empty() && !rows.is_empty() {
        starts.push(Pos { page: 0, y: f32::NEG_INFINITY });
    }
    let end = Pos { page: layout.pages.len(), y: f32::INFINITY };
    let mut out = Vec::new();
    for (i, &start) in starts.iter().enumerate() {
        let after = starts.get(i + 1).copied().unwrap_or(end);
        // What stands before the first title (a cover, a list of themes) is looked at for the department only.
        let mine: Vec<&HeadRow> = rows.iter().filter(|r| (start..after).contains(&r.top())).collect();
        // A title without columns is an entry of a list of contents.
        if !mine.is_empty() {
            out.push(theme(layout, start, after, &mine));
        }
    }
    out
}

/// The top of the department and the form's title over a theme's title; the page's top where nothing else is above.
fn above(page: &PageLayout, y: f32) -> f32 {
    let over: Vec<&Line> = page.lines.iter().filter(|l| rect(l).y0 < y).collect();
    if over.iter().all(|l| l.cell.is_none()) {
        return f32::NEG_INFINITY;
    }
    let lowest = over.iter().filter(|l| l.cell.is_some()).map(|l| rect(l).y1).fold(f32::NEG_INFINITY, f32::max);
    over.iter().filter(|l| l.cell.is_none() && rect(l).y0 >= lowest).map(|l| rect(l).y0).fold(y, f32::min)
}

fn theme(layout: &Layout, start: Pos, end: Pos, rows: &[&HeadRow]) -> RawTheme {
    let mut raw = RawTheme::default();
    let first = rows[0].top();
    let heads: Vec<RawLine> = lines_between(layout, start, first)
        .map(|(page, index)| {
            let line = &layout.pages[page].lines[index];
            RawLine { span: layout.whole(page, index), method: method(line), paragraph: line.paragraph, gap: false }
        })
        .filter(|l| !rows[0].owns(&l.span))
        .collect();
    let heads = with_paragraphs(layout, heads);
    front::read(layout, &heads, &mut raw);
    let department: String = layout.texts(raw.department.spans()).map(fold::key).collect();
    let mut left = 0usize;
    for (i, row) in rows.iter().enumerate() {
        let after = rows.get(i + 1).map_or(end, |next| next.top());
        let mut initiative = RawInitiative {
            title: Slot::read(row.title.clone(), method_of(layout, &row.title)),
            as_of: Slot::read(row.as_of.clone(), method_of(layout, &row.as_of)),
            ..RawInitiative::default()
        };
        raw.labels.extend_from_slice(&row.labels);
        let last = after.page.min(layout.pages.len().saturating_sub(1));
        for page in row.page..=last {
            let range = |p: Pos| p >= row.bottom() && p < after;
            left += body(layout, page, row, range, &department, &mut initiative, &mut raw.labels);
        }
        if initiative.title == Slot::Unplaced {
            raw.doubts.push(doubt(format!("/initiatives/{i}/title"), "unplaced", "no heading stands over the columns"));
        }
        raw.initiatives.push(initiative);
    }
    if left > 0 {
        let message = format!("{left} lines outside of the columns were left aside; see `unassigned`");
        raw.doubts.push(Doubt { severity: Severity::Note, ..doubt(String::new(), "text_left", message) });
    }
    raw.pages = (start.page..layout.pages.len())
        .filter(|&p| p < end.page || p == end.page && end.y > f32::NEG_INFINITY)
        .map(|p| layout.pages[p].number)
        .collect();
    raw
}

/// The lines whose middles stand from `a` to `b`, top to bottom.
fn lines_between(layout: &Layout, a: Pos, b: Pos) -> impl Iterator<Item = (usize, usize)> + '_ {
    let last = b.page.min(layout.pages.len().saturating_sub(1));
    (a.page..=last).flat_map(move |page| {
        let lines = layout.pages[page].lines.iter().enumerate();
        lines.filter_map(move |(i, line)| {
            let here = Pos { page, y: rect(line).center().1 };
            (here >= a && here < b).then_some((page, i))
        })
    })
}

/// Sorts the lines of one page that stand below the headings into the columns; gives how many were left aside.
fn body(
    layout: &Layout,
    page: usize,
    row: &HeadRow,
    within: impl Fn(Pos) -> bool,
    department: &str,
    initiative: &mut RawInitiative,
    labels: &mut Vec<Span>,
) -> usize {
    let content = &layout.pages[page];
    let inside = |r: &Rect| within(Pos { page, y: r.center().1 });
    let ruled = content.cells.iter().any(|c| inside(&c.rect) && !c.lines.is_empty());
    let tables = table::tables(layout, page, row, inside);
    let mut columns: [Vec<(f32, Entry)>; 3] = Default::default();
    let mut left = 0;
    for (index, line) in content.lines.iter().enumerate() {
        let at = rect(line);
        let span = layout.whole(page, index);
        if !inside(&at) || row.owns(&span) || tables.iter().any(|t| t.cells.iter().any(|&c| line.cell == Some(c))) {
            continue;
        }
        if line.cell.is_none() {
            let margin = at.y1 < MARGIN * content.height || at.y0 > (1.0 - MARGIN) * content.height;
            let running = !department.is_empty() && fold::key(&line.text) == department;
            if running || margin && words::is_page_number(&line.text) || words::is_arrow(&line.text) {
                labels.push(span);
                continue;
            }
            if ruled {
                left += 1;
                continue;
            }
        } else if words::is_arrow(&line.text) {
            labels.push(span);
            continue;
        }
        for part in row.parts(line, span) {
            let place = line.place_of(part.start, part.end);
            let Place::Box { rect: r, .. } = place else { continue };
            let raw = RawLine { span: part, method: method(line), paragraph: line.paragraph, gap: false };
            let x = if line.cell.is_some() { r.center().0 } else { r.x0 + 0.5 * line.size };
            columns[row.column(x)].push((r.y0, Entry::Line(raw)));
        }
    }
    for table in tables {
        columns[table.column].push((table.y, Entry::Table(table.raw)));
    }
    for (column, mut entries) in initiative.columns.iter_mut().zip(columns) {
        entries.sort_by(|a, b| a.0.total_cmp(&b.0));
        column.extend(marked(layout, entries.into_iter().map(|e| e.1).collect()));
    }
    left
}

/// Marks where empty space stands before a line, and where the short line before it ended a paragraph (lines of cells know
/// the latter already). Nothing is said of the first line of a page.
fn marked(layout: &Layout, mut entries: Vec<Entry>) -> Vec<Entry> {
    let of = |e: &Entry| match e {
        Entry::Line(l) => Some((rect(layout.line(&l.span)), layout.line(&l.span).size, layout.line(&l.span).cell)),
        Entry::Table(_) => None,
    };
    let places: Vec<Option<(Rect, f32, Option<usize>)>> = entries.iter().map(of).collect();
    let step = |i: usize| match (places.get(i.checked_sub(1)?)?, places[i]) {
        (Some(a), Some(b)) => Some((b.0.y0 - a.0.y0, a.1.max(b.1))),
        _ => None,
    };
    let usual = (0..places.len())
        .filter_map(step)
        .filter(|(by, size)| *by > 0.8 * size)
        .map(|(by, _)| by)
        .fold(f32::INFINITY, f32::min);
    let right = places.iter().flatten().map(|p| p.0.x1).fold(f32::NEG_INFINITY, f32::max);
    for (i, entry) in entries.iter_mut().enumerate() {
        let (Entry::Line(line), Some((by, size))) = (entry, step(i)) else { continue };
        line.gap = usual.is_finite() && by > GAP * usual;
        if let (Some(before), Some(here)) = (places[i - 1], places[i]) {
            line.paragraph |= before.2 != here.2 || here.2.is_none() && right - before.0.x1 > SHORT * size;
        }
    }
    entries
}

fn with_paragraphs(layout: &Layout, lines: Vec<RawLine>) -> Vec<RawLine> {
    let entries = marked(layout, lines.into_iter().map(Entry::Line).collect());
    entries.into_iter().filter_map(|e| if let Entry::Line(l) = e { Some(l) } else { None }).collect()
}

fn method(line: &Line) -> Method {
    if line.cell.is_some() { Method::Cell } else { Method::Position }
}

fn method_of(layout: &Layout, spans: &[Span]) -> Method {
    spans.first().map_or(Method::Position, |s| method(layout.line(s)))
}

fn slot(layout: &Layout, spans: Vec<Span>) -> Slot {
    let method = method_of(layout, &spans);
    Slot::Read(Reading { spans, method })
}

fn doubt(at: String, code: &'static str, message: impl Into<String>) -> Doubt {
    Doubt { severity: Severity::Warning, code, message: message.into(), at }
}
