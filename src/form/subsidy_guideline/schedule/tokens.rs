//! A 別表 that an extractor flattened: cells came out row by row, each cell whole, a single-line cell on the line of its
//! neighbour. What parts cells is the width of their columns, spaces, and what such tables say.

use super::{Found, costs, projects};
use crate::form::subsidy_guideline::marks;
use crate::form::subsidy_guideline::rows::Row;
use crate::layout::{Layout, Span};

/// Headings take so many lines at most.
const HEADING_LINES: usize = 14;

/// Words of a line without a space between them; a word set with a space after each character is one.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub text: String,
    pub spans: Vec<Span>,
    /// In characters.
    pub width: usize,
    /// Set with a space after each character, as a justified cell is.
    pub spaced: bool,
}

#[derive(Debug, Clone)]
pub(super) struct FlatLine {
    /// The number of a project that the line begins with.
    pub number: Option<Token>,
    pub tokens: Vec<Token>,
}

/// Reads the lines of one schedule. `names`: the projects that a schedule before named.
pub(super) fn read(layout: &Layout, rows: &[Row], names: &[String]) -> Found {
    let mut found = Found::default();
    let Some(first) = rows.iter().take(HEADING_LINES).position(|row| project_number(row.chars(), 1).is_some()) else {
        return found;
    };
    let heading: String = rows[..first].iter().map(Row::key).collect();
    let has = |words: &[&str]| words.iter().any(|w| heading.contains(w));
    let costs = has(&["経費"]) && has(&["率", "上限", "限度"]);
    let projects = has(&["事業"]) && has(&["内容", "事業者", "対象者", "主体"]);
    if !(costs || projects) {
        return found;
    }
    let mut lines: Vec<FlatLine> = Vec::new();
    let mut next = 1;
    for row in &rows[first..] {
        let number = project_number(row.chars(), next);
        if row.furniture && number.is_none() {
            found.labels.extend(row.spans());
            continue;
        }
        next += u32::from(number.is_some());
        lines.push(line(row, number));
    }
    if costs {
        costs::read(layout, &lines, names, &heading, &mut found);
    } else {
        projects::read(&lines, &heading, &mut found);
    }
    if !found.rows.is_empty() {
        found.labels.extend(rows[..first].iter().flat_map(Row::spans));
    }
    found
}

/// Where the number of project `expected` ends, if the row begins with it.
fn project_number(chars: &[char], expected: u32) -> Option<usize> {
    let end = match marks::mark(chars) {
        Some(mark) => (mark.number == expected && !matches!(mark.kind, marks::Kind::Kana)).then_some(mark.end)?,
        None => {
            let (number, end) = marks::number(chars, 0).or_else(|| marks::kanji(chars, 0))?;
            (number == expected).then_some(end)?
        }
    };
    let free = chars.get(end).is_none_or(|c| c.is_whitespace() || "．.、".contains(*c));
    let closed = end > 0 && matches!(chars[end - 1], ')' | '①'..='⑳');
    (free || closed).then_some(end)
}

fn line(row: &Row, number: Option<usize>) -> FlatLine {
    let chars = row.chars();
    let mut at = 0;
    let mut out = FlatLine { number: None, tokens: Vec::new() };
    if let Some(end) = number {
        out.number = Some(token(row, 0, end));
        at = end + usize::from(chars.get(end).is_some_and(|c| "．.、".contains(*c)));
    }
    let mut words: Vec<(usize, usize)> = Vec::new();
    while at < chars.len() {
        at = marks::skip(chars, at);
        let end = at + chars[at.min(chars.len())..].iter().take_while(|c| !c.is_whitespace()).count();
        if end > at {
            words.push((at, end));
        }
        at = end.max(at + 1);
    }
    let mut i = 0;
    while i < words.len() {
        let run = words[i..].iter().take_while(|(a, b)| b - a == 1).count();
        if run >= 2 {
            let spaced = token(row, words[i].0, words[i + run - 1].1);
            out.tokens.push(Token { spaced: true, ..spaced });
            i += run;
        } else {
            out.tokens.push(token(row, words[i].0, words[i].1));
            i += 1;
        }
    }
    out
}

fn token(row: &Row, from: usize, to: usize) -> Token {
    let text: String = row.chars()[from..to].iter().filter(|c| !c.is_whitespace()).collect();
    let width = text.chars().count();
    Token { text, spans: row.print.spans(from, to), width, spaced: false }
}
