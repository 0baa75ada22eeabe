//! What one cell takes of a line.

use crate::form::initiative_sheet::flat::piece::{self, Piece as Found};
use crate::form::initiative_sheet::flat::word::Class;
use crate::form::initiative_sheet::flat::work::Work;

/// Text of one line that one cell takes.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its tokens.
    pub ids: Vec<usize>,
    /// Folded, without white space.
    pub text: String,
    pub chars: Vec<char>,
    /// In half-width units.
    pub width: usize,
    pub page: usize,
    pub indent: bool,
}

impl Line {
    fn new(work: &Work, found: Found) -> Line {
        let first = &work.tokens[found.ids[0]];
        Line {
            chars: found.text.chars().collect(),
            width: found.width,
            page: first.page,
            indent: found.indent,
            ids: found.ids,
            text: found.text,
        }
    }

    /// Does a sentence end with it?
    pub fn ends(&self) -> bool {
        piece::ends_sentence(&self.text)
    }

    /// Can it be a line of a cell of sentences, and not a name?
    pub fn is_prose(&self) -> bool {
        let (first, last) = (self.chars.first().copied(), self.chars.last().copied());
        self.text.contains(['。', '、'])
            || last.is_some_and(|c| "をにがはてで".contains(c))
            || first.is_some_and(|c| "をにがはのへ".contains(c))
            || self.width > 60
    }
}

/// The free text among tokens. A space parts two cells, unless a Latin word or a number stands at it.
pub fn lines(work: &Work, ids: &[usize]) -> Vec<Line> {
    let mut out: Vec<Found> = Vec::new();
    for found in piece::pieces(work, ids, |i| keeps(work, i)) {
        let mut from = 0;
        for k in 1..=found.ids.len() {
            let cut = k == found.ids.len() || parts(work, found.ids[k - 1], found.ids[k]);
            if cut {
                let ids = found.ids[from..k].to_vec();
                let text = work.text(&ids);
                let indent = found.indent && from == 0;
                out.push(Found {
                    width: piece::width(&text) + if indent { 2 } else { 0 },
                    text,
                    indent,
                    ids,
                    ..found.clone()
                });
                from = k;
            }
        }
    }
    out.into_iter().map(|found| Line::new(work, found)).collect()
}

/// Text, and what stands behind text on its line.
fn keeps(work: &Work, i: usize) -> bool {
    let t = &work.tokens[i];
    match t.class() {
        Some(Class::Text | Class::Close) => true,
        Some(Class::Dash | Class::Judgment) | None => false,
        Some(_) => {
            let behind = i.checked_sub(1).map(|b| &work.tokens[b]).filter(|b| b.row == t.row && b.page == t.page);
            behind.is_some_and(|b| b.is_word(Class::Text) && latin(b.text.chars().next_back()))
        }
    }
}

fn parts(work: &Work, a: usize, b: usize) -> bool {
    !latin(work.tokens[a].text.chars().next_back()) && !latin(work.tokens[b].text.chars().next())
}

fn latin(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Up to `most` lines in any order that together say `text`.
pub fn spell(lines: &[Line], text: &str, most: usize) -> Option<Vec<usize>> {
    let mut tried = 0;
    spell_rest(lines, text, most, &mut Vec::new(), &mut tried)
}

fn spell_rest(
    lines: &[Line],
    rest: &str,
    most: usize,
    so_far: &mut Vec<usize>,
    tried: &mut usize,
) -> Option<Vec<usize>> {
    if rest.is_empty() {
        return Some(so_far.clone());
    }
    if so_far.len() == most || *tried > 2000 {
        return None;
    }
    // The longest first: one line that says it all before parts of it.
    let mut starts: Vec<usize> = (0..lines.len())
        .filter(|i| !so_far.contains(i) && !lines[*i].text.is_empty() && rest.starts_with(&lines[*i].text))
        .collect();
    starts.sort_by_key(|i| std::cmp::Reverse(lines[*i].text.len()));
    for i in starts {
        *tried += 1;
        so_far.push(i);
        if let Some(found) = spell_rest(lines, &rest[lines[i].text.len()..], most, so_far, tried) {
            return Some(found);
        }
        so_far.pop();
    }
    None
}

/// The tokens of lines, one after the other.
pub fn ids_of(lines: &[Line], which: &[usize]) -> Vec<usize> {
    which.iter().flat_map(|i| lines[*i].ids.iter().copied()).collect()
}
