//! Lines of flattened text as pieces, blocks of pieces, and the labels among them.

use crate::form::document::Method;
use crate::form::special_zone::raw::Slot;
use crate::form::special_zone::rows::Row;
use crate::layout::{Layout, Span};
use crate::normalize::dash;
use crate::normalize::fold::key;
use crate::normalize::{State, quantity};

/// A line, or a part of one that an extractor set beside another cell's text.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub spans: Vec<Span>,
    pub key: String,
    /// In half-width columns.
    pub width: usize,
}

impl Piece {
    pub fn of(row: &Row) -> Piece {
        Piece { spans: row.spans.clone(), key: row.key.clone(), width: row.width }
    }

    pub fn part(layout: &Layout, span: Span) -> Piece {
        let text = layout.text(&span);
        let width = text.trim().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        Piece { key: key(text), width, spans: vec![span] }
    }
}

/// Lines that nothing parts: what an extractor set one after the other without an empty line.
pub(super) type Block = Vec<Piece>;

pub(super) fn slot(block: &[Piece]) -> Slot {
    Slot::read(spans(block), Method::Order)
}

pub(super) fn spans(block: &[Piece]) -> Vec<Span> {
    block.iter().flat_map(|p| p.spans.iter().cloned()).collect()
}

pub(super) fn key_of(block: &[Piece]) -> String {
    block.iter().map(|p| p.key.as_str()).collect()
}

/// Does the text of these lines part its cells by empty lines?
pub(super) fn is_parted(rows: &[&Row]) -> bool {
    let apart = rows.iter().skip(1).filter(|r| r.apart).count();
    apart * 20 > rows.len()
}

/// Words of a line parted by a half-width space or a tab; a full-width one stands inside of a cell.
pub(super) fn words(layout: &Layout, span: &Span) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut start: Option<usize> = None;
    for (i, c) in layout.text(span).chars().enumerate() {
        let at = span.start + i;
        if matches!(c, ' ' | '\t') {
            out.extend(start.take().map(|s| Span::new(span.page, span.line, s..at)));
        } else {
            start.get_or_insert(at);
        }
    }
    out.extend(start.map(|s| Span::new(span.page, span.line, s..span.end)));
    out
}

/// A word of a row of values: a number with its counter, a dash, a percentage, a footnote sign.
pub(super) fn is_value(text: &str) -> bool {
    let tight = key(text);
    if tight.is_empty() || tight.chars().count() > 16 {
        return false;
    }
    dash::is_none(&tight)
        || tight == "※"
        || (starts_with_number(&tight) && quantity::parse(&tight).state == State::Number)
}

fn starts_with_number(tight: &str) -> bool {
    let bare = tight.trim_start_matches(|c: char| dash::is_minus(c) || c == '約');
    bare.starts_with(|c: char| c.is_ascii_digit())
}

/// How many lines from the first on print nothing but these labels, however they are wrapped.
pub(super) fn labels_at<'a>(keys: impl Iterator<Item = &'a str>, texts: &[&str]) -> Option<usize> {
    let mut all = String::new();
    for (n, key) in keys.take(7).enumerate() {
        all.push_str(key);
        if all.chars().count() > 90 {
            return None;
        }
        if made_of(&all, texts) {
            return Some(n + 1);
        }
        // What no label begins like will not become one.
        if !begins_like(&all, texts) {
            return None;
        }
    }
    None
}

/// Is the string one label after the other?
fn made_of(mut all: &str, texts: &[&str]) -> bool {
    while !all.is_empty() {
        let longest = texts.iter().filter(|t| all.starts_with(**t)).max_by_key(|t| t.len());
        let Some(text) = longest else { return false };
        all = &all[text.len()..];
    }
    true
}

/// Can the string become one label after the other when more follows?
fn begins_like(mut all: &str, texts: &[&str]) -> bool {
    loop {
        if texts.iter().any(|t| t.starts_with(all)) {
            return true;
        }
        let longest = texts.iter().filter(|t| all.starts_with(**t)).max_by_key(|t| t.len());
        let Some(text) = longest else { return false };
        all = &all[text.len()..];
    }
}

/// Does the printed text end a sentence?
pub(super) fn ends_sentence(key: &str) -> bool {
    key.ends_with(['。', '.', '．'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_however_they_are_wrapped() {
        let texts = ["事業の名称", "関連する数値目標", "自己評価"];
        assert_eq!(labels_at(["事業", "の名称"].into_iter(), &texts), Some(2));
        assert_eq!(labels_at(["関連する数値目標自己評価"].into_iter(), &texts), Some(1));
        assert_eq!(labels_at(["事業を進める"].into_iter(), &texts), None);
        assert_eq!(labels_at(["自己評価は"].into_iter(), &texts), None);
    }

    #[test]
    fn values_are_numbers_dashes_and_percentages() {
        assert!(["7億円", "－", "78.9%", "1,147億円", "４件", "0", "※"].iter().all(|v| is_value(v)));
        assert!(!["平成24年度", "目標値", "実績", "①件数"].iter().any(|v| is_value(v)));
    }
}
