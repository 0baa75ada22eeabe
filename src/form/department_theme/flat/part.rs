//! A text's lines → themes, their initiatives, and what each page prints of an initiative.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::{beside, is_furniture, part_of};
use crate::form::department_theme::words::{self, Head};
use crate::layout::{Layout, Span};
use crate::normalize::{bullet, fold};

/// A heading of a column takes no more lines than this.
const HEADING: usize = 3;

/// One line that prints something.
pub(super) struct TextLine {
    pub span: Span,
    /// Counts the pages of the text: form feeds, and running heads where there are none.
    pub page: usize,
    /// Blank lines before it beyond those that the extractor puts between any two.
    pub gap: usize,
    /// In half-width columns.
    pub width: usize,
    /// White space stands at its end, as some extractors leave it at the end of a paragraph.
    pub trailing: bool,
    /// The column that it stands in, where the text keeps the columns beside each other.
    pub column: Option<usize>,
    /// It could not be told where its columns part.
    pub unsure: bool,
}

/// The printed lines of a text.
pub(super) struct Text<'a> {
    pub layout: &'a Layout,
    pub lines: Vec<TextLine>,
    /// White space at the end of lines tells paragraphs.
    marked: bool,
    places: HashMap<(usize, usize, usize), usize>,
}

impl<'a> Text<'a> {
    pub fn new(layout: &'a Layout) -> Text<'a> {
        let mut lines: Vec<TextLine> = Vec::new();
        for (page, content) in layout.pages.iter().enumerate() {
            let mut blank = 0;
            for (index, line) in content.lines.iter().enumerate() {
                let printed = line.text.trim();
                if printed.is_empty() {
                    blank += 1;
                    continue;
                }
                let width = printed.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                let trailing = line.text.ends_with(char::is_whitespace);
                lines.push(TextLine {
                    span: layout.whole(page, index),
                    page,
                    gap: blank,
                    width,
                    trailing,
                    column: None,
                    unsure: false,
                });
                blank = 0;
            }
        }
        // Most lines follow each other at the usual distance.
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for line in &lines {
            *counts.entry(line.gap).or_default() += 1;
        }
        let usual = counts.into_iter().max_by_key(|&(gap, n)| (n, std::cmp::Reverse(gap))).map_or(0, |c| c.0);
        for line in &mut lines {
            line.gap = line.gap.saturating_sub(usual);
        }
        let lines = beside::part(layout, lines);
        let trailing = lines.iter().filter(|l| l.trailing).count();
        // Then the lines without it are those that the page wrapped: wide ones.
        let widest = lines.iter().map(|l| l.width).max().unwrap_or(0);
        let bare = || lines.iter().filter(|l| !l.trailing);
        let wide = bare().filter(|l| l.width * 4 >= widest).count();
        let marked = trailing * 4 >= lines.len() && bare().count() > 0 && wide * 5 >= bare().count() * 4;
        let places = lines.iter().enumerate().map(|(i, l)| ((l.span.page, l.span.line, l.span.start), i)).collect();
        Text { layout, lines, marked, places }
    }

    pub fn text(&self, at: usize) -> &'a str {
        self.layout.text(&self.lines[at].span)
    }

    pub fn line_of(&self, span: &Span) -> Option<usize> {
        self.places.get(&(span.page, span.line, span.start)).copied()
    }

    /// Did the paragraph of line `a` end there, so that `b` begins one? `margin`: the width of the column.
    pub fn ends_paragraph(&self, a: usize, b: usize, margin: usize) -> bool {
        if self.marked {
            return self.lines[a].trailing;
        }
        let mut word = 0;
        for c in self.text(b).trim().chars() {
            word += if c.is_ascii() { 1 } else { 2 };
            if !c.is_ascii_alphanumeric() {
                break;
            }
        }
        self.lines[a].width + word + 3 < margin
    }

    /// Does the line end in the middle of a paragraph, as far as one can tell?
    pub fn is_full(&self, at: usize, margin: usize) -> bool {
        if self.marked {
            return !self.lines[at].trailing;
        }
        self.lines[at].width + 6 > margin && !self.text(at).trim_end().ends_with('。')
    }
}

/// Which columns a stretch of lines can be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The headings of all stand before it.
    All,
    /// Only this one's does.
    Only(usize),
    /// The text keeps the columns beside each other: each line knows its own.
    Beside,
}

/// What one page prints of an initiative.
pub(super) struct PagePart {
    pub column: Column,
    pub lines: Vec<usize>,
}

#[derive(Default)]
pub(super) struct Found {
    pub title: Vec<usize>,
    pub as_of: Vec<Span>,
    pub pages: Vec<PagePart>,
}

/// One theme.
#[derive(Default)]
pub(super) struct Part {
    pub pages: Vec<u32>,
    /// Lines before the first initiative.
    pub front: Vec<usize>,
    pub initiatives: Vec<Found>,
    pub labels: Vec<Span>,
}

/// The themes of a text.
pub(super) fn themes(text: &Text) -> Vec<Part> {
    let starts: Vec<usize> = (0..text.lines.len()).filter(|&i| words::theme(text.text(i)).is_some()).collect();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (k, &start) in starts.iter().enumerate() {
        // The department and the form's title stand before the theme.
        let floor = if k == 0 { 0 } else { starts[k - 1] + 1 };
        let mut from = start;
        let over = |i: usize| words::is_department(text.text(i)) || words::is_form_title(text.text(i));
        while from > floor && over(from - 1) {
            from -= 1;
        }
        if let Some(before) = ranges.last_mut() {
            before.end = from;
        }
        ranges.push(from..text.lines.len());
    }
    if ranges.is_empty() {
        ranges.push(0..text.lines.len());
    }
    // A title without columns is an entry of a list of contents.
    ranges.into_iter().map(|range| part(text, range)).filter(|p| !p.initiatives.is_empty()).collect()
}

/// What a line is besides text of a column.
enum Kind {
    Running,
    Heading(Vec<Head>),
    Body,
}

fn part(text: &Text, range: Range<usize>) -> Part {
    let mut out = Part::default();
    let mut pages: Vec<u32> = range.clone().map(|i| text.layout.pages[text.lines[i].span.page].number).collect();
    pages.dedup();
    out.pages = pages;
    let head = (range.start..range.end).find(|&i| !words::heads(text.text(i)).is_empty()).unwrap_or(range.end);
    let department = (range.start..head).map(|i| text.text(i)).find(|t| words::is_department(t)).map(fold::key);
    // Lines of the front, and of the column text since the last heading.
    let mut body: Vec<usize> = Vec::new();
    let mut broken: Vec<usize> = Vec::new();
    let mut column = Column::All;
    let mut i = range.start;
    while i < range.end {
        match kind(text, i, department.as_deref(), !out.initiatives.is_empty()) {
            Kind::Running => {
                out.labels.push(text.lines[i].span.clone());
                broken.push(body.len());
                i += 1;
            }
            Kind::Heading(heads) => {
                let begins = out.initiatives.is_empty() || heads.contains(&Head::Actions);
                if begins {
                    let title = title(text, &mut body, &mut broken, &out);
                    close(text, &mut out, &mut body, &mut broken, column);
                    out.initiatives.push(Found { title, ..Found::default() });
                } else {
                    close(text, &mut out, &mut body, &mut broken, column);
                }
                let mut all = heads;
                i = headings(text, i, range.end, &mut out, &mut all);
                column = match all[..] {
                    [one] => Column::Only(one.index()),
                    _ => Column::All,
                };
            }
            Kind::Body => {
                if is_furniture(text.text(i)) {
                    out.labels.push(text.lines[i].span.clone());
                } else {
                    body.push(i);
                }
                i += 1;
            }
        }
    }
    close(text, &mut out, &mut body, &mut broken, column);
    out
}

fn kind(text: &Text, at: usize, department: Option<&str>, begun: bool) -> Kind {
    let line = text.text(at);
    let heads: Vec<Head> = words::heads(line).into_iter().map(|h| h.0).collect();
    if !heads.is_empty() {
        return Kind::Heading(heads);
    }
    let edge =
        |other: Option<usize>| other.and_then(|o| text.lines.get(o)).is_none_or(|o| o.page != text.lines[at].page);
    let foot = (edge(at.checked_sub(1)) || edge(Some(at + 1))) && words::is_page_number(line);
    if begun && (department.is_some_and(|d| fold::key(line) == d) || foot) {
        return Kind::Running;
    }
    Kind::Body
}

/// Takes the lines of the headings from `at` on, and the arrows between them; gives where the columns' text begins.
fn headings(text: &Text, at: usize, end: usize, out: &mut Part, all: &mut Vec<Head>) -> usize {
    let mut i = at;
    all.clear();
    while i < end {
        let line = text.text(i);
        let found = words::heads(line);
        if words::is_arrow(line) {
            out.labels.push(text.lines[i].span.clone());
            i += 1;
            continue;
        }
        // A second first column begins the next initiative.
        if found.is_empty() || found.iter().any(|(head, _)| all.contains(head)) {
            break;
        }
        let length = line.chars().count();
        for (k, &(head, start)) in found.iter().enumerate() {
            let from = if k == 0 { 0 } else { start };
            let to = found.get(k + 1).map_or(length, |next| next.1);
            give(out, head, part_of(&text.lines[i].span, from, to));
            all.push(head);
        }
        let Some(&(head, start)) = found.last() else { break };
        let closed = |s: &str| s.contains(['＞', '>', '】', '〉', '》']);
        let tail: String = line.chars().skip(start).collect();
        let opened = tail.starts_with(['＜', '<', '【', '〈', '《']);
        i += 1;
        if opened && !closed(&tail) {
            let own = |j: &usize| !words::is_arrow(text.text(*j)) && words::heads(text.text(*j)).is_empty();
            let more = (i..end.min(i + HEADING)).take_while(own).find(|&j| closed(text.text(j)));
            for j in i..more.map_or(i, |m| m + 1) {
                give(out, head, text.lines[j].span.clone());
            }
            i = more.map_or(i, |m| m + 1);
        }
    }
    i.max(at + 1)
}

fn give(out: &mut Part, head: Head, span: Span) {
    match out.initiatives.last_mut() {
        Some(found) if head == Head::Progress => found.as_of.push(span),
        _ => out.labels.push(span),
    }
}

/// Takes the heading over the columns off the text before them: its last line.
fn title(text: &Text, body: &mut Vec<usize>, broken: &mut Vec<usize>, out: &Part) -> Vec<usize> {
    let Some(&last) = body.last() else { return Vec::new() };
    let line = text.text(last);
    let other = bullet::bullet(line).is_some()
        || words::theme(line).is_some()
        || words::is_directions(line)
        || out.initiatives.is_empty() && words::is_department(line)
        || line.trim_end().ends_with(['。', '、'])
        || ends_in_date(line)
        || line.chars().count() > 60;
    if other {
        return Vec::new();
    }
    body.pop();
    broken.retain(|&b| b <= body.len());
    vec![last]
}

/// `…を開催（R1.10）`: the end of a result, not a heading.
fn ends_in_date(line: &str) -> bool {
    let key = fold::key(line);
    key.strip_suffix(')').is_some_and(|l| l.ends_with(|c: char| c.is_ascii_digit() || "月日〜年".contains(c)))
}

/// Gives the lines read so far to the front or to the initiative, page by page.
fn close(text: &Text, out: &mut Part, body: &mut Vec<usize>, broken: &mut Vec<usize>, column: Column) {
    let lines = std::mem::take(body);
    let cuts = std::mem::take(broken);
    let Some(found) = out.initiatives.last_mut() else {
        out.front.extend(lines);
        return;
    };
    let column = if lines.iter().any(|&l| text.lines[l].column.is_some()) { Column::Beside } else { column };
    let mut page: Vec<usize> = Vec::new();
    for (k, &line) in lines.iter().enumerate() {
        let turned = page.last().is_some_and(|&before| text.lines[before].page != text.lines[line].page);
        if !page.is_empty() && (turned || cuts.contains(&k)) {
            found.pages.push(PagePart { column, lines: std::mem::take(&mut page) });
        }
        page.push(line);
    }
    if !page.is_empty() {
        found.pages.push(PagePart { column, lines: page });
    }
}
