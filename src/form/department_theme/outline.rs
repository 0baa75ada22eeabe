//! The lines of a column → paragraphs → items: what one bullet says with all that stands below it.

use super::raw::{Entry, RawLine, RawTable};
use super::words;
use crate::form::document::Method;
use crate::form::slot::{Reading, Slot};
use crate::layout::{Layout, Span};
use crate::normalize::bullet::{self, Bullet, Mark};
use crate::normalize::{State, fold, prose, quantity};

/// A bracket that stays open for so many lines was never closed.
const LONGEST_BRACKET: usize = 8;
/// No heading of a table stands more lines before it.
const FAR: usize = 200;

/// One paragraph: a line with what the page wrapped of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Para {
    pub lines: Vec<RawLine>,
    pub bullet: Option<Bullet>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Para(Para),
    Table(RawTable),
}

/// One entry of a list, its first paragraph that of the bullet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    pub paras: Vec<Para>,
}

impl Para {
    pub fn text<'a>(&self, layout: &'a Layout) -> &'a str {
        layout.text(&self.lines[0].span)
    }

    fn gap(&self) -> bool {
        self.lines[0].gap
    }

    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        self.lines.iter().map(|l| &l.span)
    }

    /// The spans without the bullet.
    pub fn bare(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = self.spans().cloned().collect();
        spans[0].start += self.bullet.map_or(0, |b| b.chars);
        spans.retain(|s| !s.is_empty());
        spans
    }

    /// `【…】` and more that begins so, but for the tags that follow a text.
    fn is_heading(&self, layout: &Layout) -> bool {
        let text = self.text(layout).trim();
        let tag = |t: &str| ["再掲", "新規", "継続", "拡充", "新", "重点", "一部新規"].contains(&t);
        text.starts_with('【') && !bullet::bracketed(text).is_some_and(|words| tag(fold::key(words).as_str()))
    }

    /// Depth in a list: headings, circles, dots, all else.
    fn rank(&self, layout: &Layout) -> u8 {
        match self.bullet.map(|b| b.mark) {
            None if self.is_heading(layout) => 0,
            Some(Mark::Section | Mark::Circle) => 1,
            Some(Mark::Dot) => 2,
            _ => 3,
        }
    }
}

impl Item {
    /// Everything that it prints, bullets included.
    pub fn slot(&self) -> Slot {
        let lines = self.paras.iter().flat_map(|p| &p.lines);
        let spans: Vec<Span> = lines.clone().map(|l| l.span.clone()).collect();
        let inferred = lines.clone().any(|l| l.method == Method::Inferred);
        let first = lines.clone().next().map_or(Method::Order, |l| l.method);
        Slot::read(spans, if inferred { Method::Inferred } else { first })
    }

    /// Its words, without the bullet of the item itself; a paragraph is a line.
    pub fn text(&self, layout: &Layout) -> String {
        let mut out: Vec<String> = Vec::new();
        for (i, para) in self.paras.iter().enumerate() {
            let spans = if i == 0 { para.bare() } else { para.spans().cloned().collect() };
            let lines: Vec<&str> = spans.iter().map(|s| layout.text(s).trim()).collect();
            out.push(prose::join(&lines));
        }
        out.retain(|p| !p.is_empty());
        out.join("\n")
    }
}

/// Does the line say something of the column's, and begin a paragraph whatever stands before it?
pub type Starts = fn(&str) -> bool;

/// Lines → paragraphs. A line begins one where it has a bullet or is a heading, where its place or the short line before
/// it say so, but never inside a bracket; a line in brackets goes on with what stands before it.
pub fn pieces(layout: &Layout, entries: &[Entry], starts: Starts) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut depth = 0i32;
    for entry in entries {
        let line = match entry {
            Entry::Table(table) => {
                out.push(Piece::Table(table.clone()));
                depth = 0;
                continue;
            }
            Entry::Line(line) => line,
        };
        let text = layout.text(&line.span);
        let sign = bullet::bullet(text);
        let head = text.trim_start().chars().next();
        let open = match out.last() {
            Some(Piece::Para(p)) => depth > 0 && p.lines.len() < LONGEST_BRACKET,
            _ => false,
        };
        // A bullet that stands alone on its line goes on below.
        let alone = matches!(out.last(), Some(Piece::Para(p)) if p.lines.len() == 1 && p.bare().is_empty());
        let own = sign.is_some() || starts(text) || matches!(head, Some('【' | '《' | '≪'));
        let listed = is_pair(text) && matches!(out.last(), Some(Piece::Para(p)) if ends_in_number(layout, p));
        let broken = (line.paragraph || line.gap || listed) && !matches!(head, Some('(' | '（'));
        match out.last_mut() {
            Some(Piece::Para(para)) if alone && sign.is_none() || !own && (open || !broken) => {
                para.lines.push(line.clone());
                depth += brackets(text);
            }
            _ => {
                out.push(Piece::Para(Para { lines: vec![line.clone()], bullet: sign }));
                depth = brackets(text);
            }
        }
    }
    out
}

/// `退所企業：４社`: words, a colon, a number.
fn is_pair(text: &str) -> bool {
    let key = fold::key(text);
    let number = |rest: &str| rest.trim_start_matches('約').starts_with(|c: char| c.is_ascii_digit());
    key.split_once(':')
        .is_some_and(|(words, rest)| number(rest) && brackets(words) == 0 && !words.contains(['、', '。']))
}

/// Does the last line of a paragraph end with a number and its counter, or with a remark on it?
fn ends_in_number(layout: &Layout, para: &Para) -> bool {
    let Some(last) = para.lines.last() else { return false };
    let key = fold::key(layout.text(&last.span));
    let value = key.rsplit(':').next().filter(|v| v.len() < key.len());
    key.ends_with(')') || value.is_some_and(|v| quantity::parse(v).state == State::Number)
}

/// Brackets that a line opens and does not close; negative for those that it closes only.
pub fn brackets(text: &str) -> i32 {
    let opens = text.chars().filter(|c| "(（「『".contains(*c)).count() as i32;
    let closes = text.chars().filter(|c| ")）」』".contains(*c)).count() as i32;
    opens - closes
}

/// Paragraphs → items: one a `【…】` or circle with what stands below it; one a dot where nothing stands above the dots.
///
/// What stands before the first bullet is an item of its own (`lead`).
pub fn items(layout: &Layout, paras: Vec<Para>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    // Rank of the paragraph that opened the last item.
    let mut opened = 3;
    for para in paras {
        let rank = para.rank(layout);
        let starts = match out.last() {
            None => true,
            // The circles right below a heading are its own.
            Some(item) if opened == 0 && rank == 1 => {
                let below = item.paras.get(1).is_none_or(|p| p.rank(layout) == 1);
                !below || item.paras.len() > 1 && para.gap()
            }
            Some(_) => rank <= 1 || rank == 2 && opened >= 2,
        };
        match out.last_mut() {
            Some(item) if !starts => item.paras.push(para),
            _ => {
                opened = rank;
                out.push(Item { paras: vec![para] });
            }
        }
    }
    out
}

/// Gives tables without a title the heading that stands over them, joins those that a page break cut, and puts headings of
/// targets on lines of their own.
pub fn prepare(layout: &Layout, entries: Vec<Entry>) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for entry in entries {
        match entry {
            Entry::Line(line) => match words::target_type(layout.text(&line.span)) {
                Some((_, n)) if n < line.span.end - line.span.start => {
                    let at = line.span.start + n;
                    let head = Span { end: at, ..line.span.clone() };
                    let rest = Span { start: at, ..line.span.clone() };
                    let blank = layout.text(&rest).trim().is_empty();
                    if blank {
                        out.push(Entry::Line(line));
                    } else {
                        out.push(Entry::Line(RawLine { span: head, ..line.clone() }));
                        out.push(Entry::Line(RawLine { span: rest, paragraph: true, ..line }));
                    }
                }
                _ => out.push(Entry::Line(line)),
            },
            Entry::Table(mut table) => {
                if let Some(Entry::Table(before)) = out.last_mut()
                    && table.title.spans().is_empty()
                    && width(before) == width(&table)
                    && (table.header.is_empty() || same_header(layout, before, &table))
                {
                    before.rows.append(&mut table.rows);
                    before.doubt = before.doubt.take().or(table.doubt);
                    continue;
                }
                if table.title.spans().is_empty() {
                    table.title = title(layout, &mut out);
                }
                out.push(Entry::Table(table));
            }
        }
    }
    out
}

fn width(table: &RawTable) -> usize {
    table.rows.iter().map(Vec::len).chain([table.header.len()]).max().unwrap_or(0)
}

fn same_header(layout: &Layout, a: &RawTable, b: &RawTable) -> bool {
    let text = |slots: &[Slot]| slots.iter().map(|s| layout.texts(s.spans()).collect::<String>()).collect::<Vec<_>>();
    text(&a.header) == text(&b.header)
}

/// Takes the heading in brackets over a table off the lines before it: on the last lines, or, where other text came
/// between (the table stands on the next page), the last such line.
fn title(layout: &Layout, before: &mut Vec<Entry>) -> Slot {
    let line = |e: &Entry| match e {
        Entry::Line(l) => Some(l.clone()),
        Entry::Table(_) => None,
    };
    for n in 1..=3.min(before.len()) {
        let lines: Vec<RawLine> = before[before.len() - n..].iter().filter_map(line).collect();
        let text: String = lines.iter().map(|l| layout.text(&l.span).trim()).collect();
        if lines.len() == n && bullet::bracketed(&text).is_some() && words::target_type(&text).is_none() {
            before.truncate(before.len() - n);
            let method = lines[0].method;
            return Slot::Read(Reading { spans: lines.into_iter().map(|l| l.span).collect(), method });
        }
    }
    let angled = |text: &str| text.trim().starts_with(['<', '＜', '〈']) && bullet::bracketed(text).is_some();
    let found = before.iter().rev().take(FAR).position(|e| line(e).is_some_and(|l| angled(layout.text(&l.span))));
    match found.and_then(|back| line(&before.remove(before.len() - 1 - back))) {
        Some(l) => Slot::Read(Reading { spans: vec![l.span], method: Method::Inferred }),
        None => Slot::Blank(None),
    }
}
