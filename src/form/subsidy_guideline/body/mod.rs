//! Rows → articles, paragraphs and items; supplementary provisions; and where the schedules and forms begin.
//!
//! The law counts: a row begins an article, a paragraph or an item when it bears the number that is next. What only looks
//! like a number (a wrapped 第７条に基づく, ３月31日) is not next, or is not parted from the words behind it.

mod article;
mod parts;
mod provision;

use std::ops::Range;

use super::marks::{self, Kind};
use super::preamble;
use super::raw::RawGuideline;
use super::rows::Row;
use crate::diagnostic::Severity;
use crate::form::slot::Doubt;
use crate::layout::Span;

/// A schedule with the rows that it takes.
pub(super) struct Section {
    /// Index into [`RawGuideline::schedules`].
    pub schedule: usize,
    /// The row of its heading.
    pub heading: usize,
    /// Indices of rows, its heading left out.
    pub rows: Range<usize>,
}

/// Reads the rows `range` of one guideline, its title already taken.
pub(super) fn read(rows: &[Row], range: Range<usize>, raw: &mut RawGuideline) -> Vec<Section> {
    let mut reader = Reader {
        rows,
        raw,
        part: Part::Preamble,
        caption: Vec::new(),
        ended: true,
        kinds: Vec::new(),
        item_x: None,
        under: Vec::new(),
        preamble: range.start..range.start,
        sections: Vec::new(),
    };
    let mut at = range.start;
    while at < range.end {
        at = reader.row(at, range.end);
    }
    reader.close(range.end);
    let Reader { preamble, sections, raw, .. } = reader;
    preamble::read(&rows[preamble], raw);
    sections
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Preamble,
    Articles,
    Supplement,
    Schedule,
    /// A form, or an annex of another kind: not read.
    Annex,
}

struct Reader<'a> {
    rows: &'a [Row],
    raw: &'a mut RawGuideline,
    part: Part,
    /// The caption that waits for its article.
    caption: Vec<Span>,
    /// Did the last row end its sentence?
    ended: bool,
    /// The marks open below the current paragraph: of its items, and of their parts.
    kinds: Vec<(Kind, u32)>,
    /// Where the marks of the current items begin.
    item_x: Option<f32>,
    /// The heading 附則 that stands above.
    under: Vec<Span>,
    preamble: Range<usize>,
    sections: Vec<Section>,
}

impl Reader<'_> {
    /// Reads the row at `at`; gives the next one to read.
    fn row(&mut self, at: usize, end: usize) -> usize {
        let row = &self.rows[at];
        if row.furniture && self.bare_paragraph(at, end) {
            return at + 1;
        }
        if row.furniture && !self.awaits_number(row) {
            if row.size == 0.0 && self.part == Part::Supplement && row.key().bytes().all(|b| b.is_ascii_digit()) {
                let message = format!("「{}」 may be the number of a page or of a paragraph that lost it", row.key());
                let last = self.raw.supplementary.len().saturating_sub(1);
                self.doubt(format!("/supplementary/{last}"), "number_adrift", message);
            }
            self.raw.labels.extend(row.spans());
            return at + 1;
        }
        if let Some(next) = self.heading(at, end) {
            return next;
        }
        if matches!(self.part, Part::Schedule | Part::Annex) && !self.resumes(at, end) {
            return at + 1;
        }
        if let Some(rows) = self.captions(at, end) {
            self.caption = rows.clone().flat_map(|i| self.rows[i].spans()).collect();
            return rows.end;
        }
        if self.deleted_articles(at) || self.bare_caption(at, end) {
            return at + 1;
        }
        if let Some(head) = marks::head(row.chars()).filter(|h| self.begins_article(row, h)) {
            self.article(at, head);
            return at + 1;
        }
        match self.part {
            Part::Preamble => self.preamble.end = at + 1,
            Part::Articles | Part::Supplement => self.provision(at),
            Part::Schedule | Part::Annex => {}
        }
        at + 1
    }

    fn doubt(&mut self, at: String, code: &'static str, message: String) {
        self.raw.doubts.push(Doubt { severity: Severity::Note, code, message, at });
    }
}

#[cfg(test)]
mod tests;
