//! What became of each box of a page: of its ruled cells, and of the lines outside of them.
//!
//! All is told from the document alone. A box that prints something, that no evidence names and of which nothing stands
//! in `unassigned`, is a label of the form, since every printed character is in one of the three.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::form::{Document, Evidence};
use crate::geometry::{Place, Rect};
use crate::layout::Cell;

/// A part of the page that is drawn as one box.
pub(super) struct Block<'a> {
    /// Where it is drawn.
    pub rect: Rect,
    /// Where its lines are drawn.
    pub lines: Vec<Rect>,
    /// The line of a text input that it is.
    pub line: Option<u32>,
    pub cell: Option<&'a Cell>,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Field,
    Unassigned,
    Label,
    Blank,
}

/// A leaf that was read in a box.
pub(super) struct Field<'a> {
    pub pointer: &'a str,
    pub evidence: &'a Evidence,
    /// The parts of the box that it was read from; none for a line of a text.
    pub at: Vec<Rect>,
}

/// A piece of a box that no field and no label took.
pub(super) struct Rest<'a> {
    pub text: &'a str,
    /// Where it stands; `None` in a line of a text.
    pub rect: Option<Rect>,
}

/// A box and what became of it.
pub(super) struct Mark<'a> {
    pub block: Block<'a>,
    pub fate: Fate,
    pub fields: Vec<Field<'a>>,
    pub rest: Vec<Rest<'a>>,
    /// Doubts about its fields.
    pub doubts: Vec<&'a Diagnostic>,
}

/// What became of the blocks of page `page`. Evidence that is in none of them gets a box of its own: none is left out.
pub(super) fn marks<'a>(page: u32, mut blocks: Vec<Block<'a>>, document: &'a Document) -> Vec<Mark<'a>> {
    let mut fields: Vec<Vec<Field>> = blocks.iter().map(|_| Vec::new()).collect();
    for (pointer, evidence) in &document.evidence {
        for place in &evidence.at {
            let rect = match place {
                Place::Box { page: p, .. } if *p != page => continue,
                Place::Box { rect, .. } => Some(*rect),
                Place::Line { .. } => None,
            };
            let mut found = false;
            for (block, fields) in blocks.iter().zip(&mut fields) {
                if block.holds(place) {
                    found = true;
                    match fields.last_mut() {
                        Some(last) if last.pointer == pointer => last.at.extend(rect),
                        _ => fields.push(Field { pointer, evidence, at: rect.into_iter().collect() }),
                    }
                }
            }
            if let (false, Some(rect)) = (found, rect) {
                let text = evidence.text.clone();
                blocks.push(Block { rect, lines: vec![rect], line: None, cell: None, text });
                fields.push(vec![Field { pointer, evidence, at: vec![rect] }]);
            }
        }
    }
    let mark = |(block, fields): (Block<'a>, Vec<Field<'a>>)| {
        let rest = rest(page, &block, document);
        let doubts: Vec<&Diagnostic> =
            document.diagnostics.iter().filter(|d| fields.iter().any(|f| concerns(d, f.pointer))).collect();
        let fate = match (fields.is_empty(), rest.is_empty(), block.text.trim().is_empty()) {
            (false, ..) => Fate::Field,
            (_, false, _) => Fate::Unassigned,
            (.., false) => Fate::Label,
            _ => Fate::Blank,
        };
        Mark { block, fate, fields, rest, doubts }
    };
    blocks.into_iter().zip(fields).map(mark).collect()
}

fn rest<'a>(page: u32, block: &Block, document: &'a Document) -> Vec<Rest<'a>> {
    let of_page = |place: &Place| !matches!(place, Place::Box { page: p, .. } if *p != page);
    let here = document.unassigned.iter().filter(|u| of_page(&u.place) && block.holds(&u.place));
    here.map(|u| {
        let rect = match u.place {
            Place::Box { rect, .. } => Some(rect),
            Place::Line { .. } => None,
        };
        Rest { text: &u.text, rect }
    })
    .collect()
}

/// Is the doubt about this leaf, or about something that it is a part of?
pub(super) fn concerns(doubt: &Diagnostic, pointer: &str) -> bool {
    let below = doubt.at.as_deref().filter(|at| !at.is_empty()).and_then(|at| pointer.strip_prefix(at));
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `/records/3` of a pointer below it.
pub(super) fn record_of(pointer: &str) -> Option<&str> {
    let index = pointer.strip_prefix("/records/")?;
    let length = index.find('/').unwrap_or(index.len());
    Some(&pointer[.."/records/".len() + length])
}

/// The records of which something stands on the page.
pub(super) fn records<'a>(marks: &[Mark<'a>]) -> BTreeSet<&'a str> {
    marks.iter().flat_map(|m| &m.fields).filter_map(|f| record_of(f.pointer)).collect()
}

impl Block<'_> {
    /// Does what is printed (or left empty) at this place of the page stand in this block?
    fn holds(&self, place: &Place) -> bool {
        match place {
            Place::Line { line } => self.line == Some(*line),
            Place::Box { rect, .. } if self.line.is_none() => match self.lines.as_slice() {
                // An empty cell is named by its own box, not by one that happens to reach into it.
                [] => common(&self.rect, rect) >= 0.5 * area(&self.rect).max(area(rect)),
                lines => lines.iter().any(|line| common(line, rect) >= 0.5 * area(line).min(area(rect))),
            },
            Place::Box { .. } => false,
        }
    }
}

fn area(r: &Rect) -> f32 {
    // Not nothing even for a glyph without width, so that it is held where it stands.
    r.width().max(0.01) * r.height().max(0.01)
}

fn common(a: &Rect, b: &Rect) -> f32 {
    let (x, y) = (a.overlap_x(b), a.overlap_y(b));
    if x < 0.0 || y < 0.0 { 0.0 } else { x.max(0.01) * y.max(0.01) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubt_concerns_what_is_at_and_below_it() {
        let at = |pointer: &str| Diagnostic::note("code", "").at(pointer);
        assert!(concerns(&at("/records/1/do"), "/records/1/do/rationale"));
        assert!(concerns(&at("/records/1/do"), "/records/1/do"));
        assert!(!concerns(&at("/records/1/do"), "/records/1/done"));
        assert!(!concerns(&at("/records/1"), "/records/10/do"));
        assert!(!concerns(&at(""), "/records/1/do"));
        assert!(!concerns(&Diagnostic::note("code", ""), "/records/1/do"));
    }

    #[test]
    fn the_record_of_a_pointer() {
        assert_eq!(record_of("/records/12/plan"), Some("/records/12"));
        assert_eq!(record_of("/records/1"), Some("/records/1"));
        assert_eq!(record_of("/jurisdictions/0"), None);
    }
}
