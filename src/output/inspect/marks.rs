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
            let holders = holders(&blocks, place);
            for &at in &holders {
                match fields[at].last_mut() {
                    Some(last) if last.pointer == pointer => last.at.extend(rect),
                    _ => fields[at].push(Field { pointer, evidence, at: rect.into_iter().collect() }),
                }
            }
            if let (true, Some(rect)) = (holders.is_empty(), rect) {
                let text = evidence.text.clone();
                blocks.push(Block { rect, lines: vec![rect], line: None, cell: None, text });
                fields.push(vec![Field { pointer, evidence, at: vec![rect] }]);
            }
        }
    }
    let mut rest: Vec<Vec<Rest>> = blocks.iter().map(|_| Vec::new()).collect();
    for lost in &document.unassigned {
        let rect = match lost.place {
            Place::Box { page: p, .. } if p != page => continue,
            Place::Box { rect, .. } => Some(rect),
            Place::Line { .. } => None,
        };
        for at in holders(&blocks, &lost.place) {
            rest[at].push(Rest { text: &lost.text, rect });
        }
    }
    let mark = |((block, fields), rest): ((Block<'a>, Vec<Field<'a>>), Vec<Rest<'a>>)| {
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
    blocks.into_iter().zip(fields).zip(rest).map(mark).collect()
}

/// The blocks that what is printed (or left empty) at this place of the page stands in.
fn holders(blocks: &[Block], place: &Place) -> Vec<usize> {
    match place {
        // A text may be one page of many thousand lines; they come in their order.
        Place::Line { line } => blocks.binary_search_by_key(&Some(*line), |b| b.line).into_iter().collect(),
        Place::Box { rect, .. } => (0..blocks.len()).filter(|&at| blocks[at].holds(rect)).collect(),
    }
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
    fn holds(&self, place: &Rect) -> bool {
        match self.lines.as_slice() {
            // An empty cell is named by its own box, not by one that happens to reach into it.
            [] => common(&self.rect, place) >= 0.5 * area(&self.rect).max(area(place)),
            lines => lines.iter().any(|line| common(line, place) >= 0.5 * area(line).min(area(place))),
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
