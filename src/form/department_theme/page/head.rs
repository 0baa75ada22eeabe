//! The headings of the three columns on a page, and the title over them.

use super::{Pos, rect};
use crate::form::department_theme::words::{self, Head};
use crate::geometry::{Place, Rect};
use crate::layout::{Layout, Line, PageLayout, Span};
use crate::normalize::bullet;

/// Headings whose tops differ by less than this are of one row, in points.
const ROW: f32 = 40.0;
/// Room between a title and the headings below it, in ems of the title.
const UNDER_TITLE: f32 = 3.5;
/// Room between two lines of one title, in ems.
const IN_TITLE: f32 = 0.9;
/// A heading takes no more lines than this.
const LINES: usize = 4;
/// More headings on one page are not looked at.
const MOST: usize = 150;
/// Lines that begin nearer than this to each other begin at one edge, in points.
const NEAR: f32 = 4.0;
/// The longest text of a cell that is a heading, in characters.
const LONGEST: usize = 80;

/// One row of headings.
#[derive(Debug, Clone, Default)]
pub(super) struct HeadRow {
    pub page: usize,
    rects: [Option<Rect>; 3],
    /// Arrows between the headings: their middles.
    arrows: Vec<f32>,
    /// The heading of the third column.
    pub as_of: Vec<Span>,
    pub title: Vec<Span>,
    /// The other headings and the arrows.
    pub labels: Vec<Span>,
    all: Rect,
    title_top: f32,
    /// Where the lines of the second and the third column begin on a page without rules.
    lefts: [Option<f32>; 2],
}

impl HeadRow {
    /// Where the title over the headings begins.
    pub fn top(&self) -> Pos {
        Pos { page: self.page, y: self.title_top }
    }

    pub fn bottom(&self) -> Pos {
        Pos { page: self.page, y: self.all.y1 }
    }

    /// Is the line part of the headings or the title?
    pub fn owns(&self, span: &Span) -> bool {
        let same = |s: &Span| (s.page, s.line) == (span.page, span.line);
        self.labels.iter().chain(&self.as_of).chain(&self.title).any(same)
    }

    /// Where columns `i` and `i + 1` meet: at the arrow between them, else in the middle.
    fn border(&self, i: usize) -> f32 {
        if let Some(left) = self.lefts[i] {
            return left - NEAR;
        }
        match (self.rects[i], self.rects[i + 1]) {
            (Some(a), Some(b)) => {
                let between = |x: &&f32| **x > a.x1 - 1.0 && **x < b.x0 + 1.0;
                self.arrows.iter().find(between).copied().unwrap_or((a.x1 + b.x0) / 2.0)
            }
            (Some(a), None) => a.x1 + 1.0,
            (None, Some(b)) => b.x0 - 1.0,
            (None, None) => f32::INFINITY,
        }
    }

    /// The column that `x` stands in.
    pub fn column(&self, x: f32) -> usize {
        usize::from(x > self.border(0)) + usize::from(x > self.border(1).max(self.border(0)))
    }

    /// The width of a column, as far as its heading tells.
    pub fn width(&self, column: usize) -> f32 {
        let from = if column == 0 { self.all.x0 } else { self.border(column - 1) };
        let to = if column == 2 { self.all.x1 } else { self.border(column) };
        let ruled = self.rects[column].map_or(0.0, |r| r.width());
        if to.is_finite() { ruled.max(to - from) } else { ruled }
    }

    /// A line that runs over several columns, cut between them.
    pub fn parts(&self, line: &Line, whole: Span) -> Vec<Span> {
        let at = rect(line);
        let mut parts = vec![whole];
        for i in 0..2 {
            let x = self.border(i);
            if line.cell.is_some() || line.vertical || !(at.x0 < x - line.size && at.x1 > x + line.size) {
                continue;
            }
            let Some(last) = parts.pop() else { continue };
            // Only where a space parts the text; else it is one line that is longer than its column.
            let parted = |c: usize| line.text.chars().nth(c).is_some_and(char::is_whitespace);
            let cut = line.edges.partition_point(|&e| e < x).saturating_sub(1).clamp(last.start, last.end);
            if !(cut.saturating_sub(2)..=cut).any(parted) {
                parts.push(last);
                continue;
            }
            parts.push(Span { end: cut, ..last.clone() });
            parts.push(Span { start: cut, ..last });
        }
        parts.retain(|s| !s.is_empty());
        parts
    }
}

/// The rows of headings of a page, from the top down.
pub(super) fn rows(layout: &Layout, page: usize) -> Vec<HeadRow> {
    let content = &layout.pages[page];
    let mut heads: Vec<(f32, Head, usize, usize, usize)> = Vec::new();
    for (index, line) in content.lines.iter().enumerate() {
        let found = words::heads(&line.text);
        let end = line.text.chars().count();
        for (i, &(head, start)) in found.iter().enumerate() {
            let stop = found.get(i + 1).map_or(end, |next| next.1);
            heads.push((rect(line).y0, head, index, start, stop));
        }
    }
    heads.truncate(MOST);
    heads.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut out: Vec<HeadRow> = Vec::new();
    let mut group: Vec<(f32, Head, usize, usize, usize)> = Vec::new();
    for head in heads {
        let other = group.first().is_some_and(|g| head.0 - g.0 > ROW) || group.iter().any(|g| g.1 == head.1);
        if other {
            out.extend(row(layout, page, &std::mem::take(&mut group)));
        }
        group.push(head);
    }
    out.extend(row(layout, page, &group));
    out
}

fn row(layout: &Layout, page: usize, heads: &[(f32, Head, usize, usize, usize)]) -> Option<HeadRow> {
    if heads.len() < 2 {
        return None;
    }
    let content = &layout.pages[page];
    let mut out = HeadRow { page, ..HeadRow::default() };
    let mut all: Option<Rect> = None;
    for &(_, head, index, start, stop) in heads {
        let (spans, at) = heading(content, page, index, start, stop);
        all = Some(all.map_or(at, |r| r.union(&at)));
        out.rects[head.index()] = Some(at);
        // The arrow before a heading, in its cell.
        let before = Span::new(page, index, 0..start);
        if words::is_arrow(layout.text(&before)) {
            out.labels.push(before);
        }
        if head == Head::Progress { out.as_of = spans } else { out.labels.extend(spans) }
    }
    out.all = all?;
    for (index, line) in content.lines.iter().enumerate() {
        let (x, y) = rect(line).center();
        if words::is_arrow(&line.text) && y > out.all.y0 - line.size && y < out.all.y1 + line.size {
            out.arrows.push(x);
            out.labels.push(layout.whole(page, index));
        }
    }
    out.lefts = [0, 1].map(|i| left(content, &out, i));
    title(layout, &mut out);
    Some(out)
}

/// Where most lines of column `i + 1` begin that stand in no cell, below its heading.
fn left(content: &PageLayout, row: &HeadRow, i: usize) -> Option<f32> {
    let (from, to) = (row.rects[i]?.center().0, row.rects[i + 1]?.center().0);
    let begins = |line: &&Line| {
        let at = rect(line);
        line.cell.is_none() && at.y0 >= row.all.y1 && at.x0 > from && at.x0 <= to
    };
    let mut starts: Vec<f32> = content.lines.iter().filter(begins).map(|l| rect(l).x0).collect();
    starts.sort_by(f32::total_cmp);
    let groups = starts.chunk_by(|a, b| b - a < NEAR);
    groups.filter(|g| g.len() > 1).max_by_key(|g| g.len()).map(|g| g[0])
}

/// The lines of a heading and its place: its cell, or its lines down to the one that closes the bracket.
fn heading(content: &PageLayout, page: usize, index: usize, start: usize, stop: usize) -> (Vec<Span>, Rect) {
    let line = &content.lines[index];
    let whole = |i: usize| Span::new(page, i, 0..content.lines[i].text.chars().count());
    let length = |lines: &std::ops::Range<usize>| {
        content.lines[lines.clone()].iter().map(|l| l.text.chars().count()).sum::<usize>()
    };
    if let Some(cell) = line.cell.map(|c| &content.cells[c])
        && length(&cell.lines) <= LONGEST
    {
        let spans = cell.lines.clone().map(|i| if i == index { Span::new(page, i, start..stop) } else { whole(i) });
        return (spans.collect(), cell.rect);
    }
    let mut at = match line.place_of(start, stop) {
        Place::Box { rect, .. } => rect,
        Place::Line { .. } => rect(line),
    };
    let mut spans = vec![Span::new(page, index, start..stop)];
    let closed = |text: &str| text.contains(['＞', '>', '】', '〉', '》']);
    if closed(&line.text) {
        return (spans, at);
    }
    let mut below: Vec<usize> = (0..content.lines.len())
        .filter(|&i| {
            let r = rect(&content.lines[i]);
            i != index && r.y0 > at.y0 && r.y0 - at.y1 < 3.0 * line.size && r.overlap_x(&at) > 0.0
        })
        .collect();
    below.sort_by(|&a, &b| rect(&content.lines[a]).y0.total_cmp(&rect(&content.lines[b]).y0));
    for i in below.into_iter().take(LINES - 1) {
        let next = &content.lines[i];
        if bullet::bullet(&next.text).is_some() || rect(next).y0 - at.y1 > line.size {
            break;
        }
        spans.push(whole(i));
        at = at.union(&rect(next));
        if closed(&next.text) {
            return (spans, at);
        }
    }
    // No bracket was closed: the heading is its first line.
    spans.truncate(1);
    (spans, rect(line))
}

/// The lines right over the headings that stand in no column.
fn title(layout: &Layout, row: &mut HeadRow) {
    let content = &layout.pages[row.page];
    let wide = |line: &Line| match line.cell {
        None => true,
        Some(c) => {
            content.cells[c].rect.width() > 0.8 * row.all.width() && content.cells[c].rect.y1 <= row.all.y0 + 2.0
        }
    };
    let mut over: Vec<usize> = (0..content.lines.len())
        .filter(|&i| rect(&content.lines[i]).y1 <= row.all.y0 + 1.0 && wide(&content.lines[i]))
        .collect();
    // The lowest first, the parts of one line from the left.
    over.sort_by(|&a, &b| {
        let (a, b) = (rect(&content.lines[a]), rect(&content.lines[b]));
        b.y0.total_cmp(&a.y0).then(b.x0.total_cmp(&a.x0))
    });
    let (mut top, mut size) = (row.all.y0, 0.0f32);
    let mut found: Vec<usize> = Vec::new();
    for i in over {
        let line = &content.lines[i];
        let at = rect(line);
        let beside = found.last().is_some_and(|&f| (rect(&content.lines[f]).y0 - at.y0).abs() < 0.3 * line.size);
        let room = if found.is_empty() { UNDER_TITLE } else { IN_TITLE } * line.size;
        let alike = found.is_empty() || (line.size - size).abs() < 0.15 * size;
        let other = words::theme(&line.text).is_some()
            || words::is_directions(&line.text)
            || words::is_form_title(&line.text)
            || words::is_arrow(&line.text)
            || !words::heads(&line.text).is_empty()
            || bullet::bullet(&line.text).is_some_and(|b| b.mark != bullet::Mark::Section)
            || line.text.trim_end().ends_with('。')
            || !found.is_empty() && words::is_department(&line.text);
        if other || found.len() >= LINES || !beside && (top - at.y1 > room || !alike) {
            break;
        }
        found.push(i);
        (top, size) = (top.min(at.y0), line.size);
    }
    found.reverse();
    row.title_top = top;
    row.title = found.into_iter().map(|i| layout.whole(row.page, i)).collect();
}
