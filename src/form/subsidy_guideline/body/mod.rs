//! Rows → articles, paragraphs and items; supplementary provisions; and where the schedules and forms begin.
//!
//! The law counts: a row begins an article, a paragraph or an item when it bears the number that is next. What only looks
//! like a number (a wrapped 第７条に基づく, ３月31日) is not next, or is not parted from the words behind it.

mod article;
mod provision;

use std::ops::Range;

use provision::ends;

use super::heading::{self, Rest};
use super::marks::{self, Kind};
use super::preamble;
use super::raw::{RawGuideline, RawParagraph, RawSupplement, RawTemplate};
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
        match self.part {
            Part::Schedule | Part::Annex => return at + 1,
            Part::Preamble | Part::Articles | Part::Supplement => {}
        }
        if let Some(rows) = self.captions(at, end) {
            self.caption = rows.clone().flat_map(|i| self.rows[i].spans()).collect();
            return rows.end;
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

    /// 附則, 別表, 様式 and other annexes.
    fn heading(&mut self, at: usize, end: usize) -> Option<usize> {
        let row = &self.rows[at];
        let chars = row.chars();
        // Cheap to tell that it is none.
        let first = chars.iter().find(|c| !c.is_whitespace())?;
        if !"附付別様第参".contains(*first) || chars.len() > 120 {
            return None;
        }
        let key: Vec<char> = row.key().chars().collect();
        // 附 and 則, far apart, may have become two lines.
        if key == ['附']
            && self.part != Part::Preamble
            && let Some(second) = self.rows.get(at + 1).filter(|r| at + 1 < end && r.key() == "則")
        {
            self.close(at);
            self.part = Part::Supplement;
            self.under = row.spans();
            self.under.extend(second.spans());
            self.raw.labels.extend(self.under.iter().cloned());
            self.raw.supplementary.push(RawSupplement::default());
            return Some(at + 2);
        }
        if let Some(rest) = heading::supplement(&key)
            && self.part != Part::Preamble
            && (self.ended || rest == Rest::Nothing)
        {
            self.supplement(at, rest);
            return Some(at + 1);
        }
        if matches!(self.part, Part::Preamble) || !self.ended {
            return None;
        }
        if let Some(found) = heading::schedule(&key) {
            self.close(at);
            let print = super::print::Print::tight_of(&row.print);
            self.raw.schedules.push(super::raw::RawSchedule {
                name: print.spans(0, found.name),
                basis: found.basis.clone().map_or_else(Vec::new, |b| print.spans(b.start, b.end)),
                rows: Vec::new(),
            });
            // The brackets of the basis; words behind them stay, as the title that they are.
            if let Some(basis) = found.basis {
                self.raw.labels.extend(print.spans(basis.start - 1, basis.start));
                self.raw.labels.extend(print.spans(basis.end, basis.end + 1));
            }
            let mut next = at + 1;
            if self.raw.schedules.last().is_some_and(|s| s.basis.is_empty())
                && let Some(row) = self.rows.get(next).filter(|_| next < end)
                && marks::is_caption(row.chars())
                && row.key().ends_with("関係)")
            {
                let print = super::print::Print::tight_of(&row.print);
                let length = print.chars.len();
                if let Some(schedule) = self.raw.schedules.last_mut() {
                    schedule.basis = print.spans(1, length - 1);
                }
                self.raw.labels.extend(print.spans(0, 1));
                self.raw.labels.extend(print.spans(length - 1, length));
                next += 1;
            }
            self.part = Part::Schedule;
            self.sections.push(Section { schedule: self.raw.schedules.len() - 1, heading: at, rows: next..next });
            return Some(next);
        }
        if let Some(form) = heading::template(&key) {
            self.close(at);
            self.part = Part::Annex;
            self.raw.templates.push(RawTemplate {
                number: form.number,
                branch: form.branch,
                article: form.article,
                heading: row.spans(),
                page: row.page as u32,
            });
            return Some(at + 1);
        }
        if heading::annex(&key) {
            self.close(at);
            self.part = Part::Annex;
            return Some(at + 1);
        }
        None
    }

    /// Ends what is open before row `at`.
    fn close(&mut self, at: usize) {
        if self.part == Part::Schedule
            && let Some(section) = self.sections.last_mut()
        {
            section.rows.end = at.max(section.rows.start);
        }
        self.caption.clear();
        self.kinds.clear();
        self.item_x = None;
        self.ended = true;
    }

    fn supplement(&mut self, at: usize, rest: Rest) {
        self.close(at);
        self.part = Part::Supplement;
        let print = super::print::Print::tight_of(&self.rows[at].print);
        let mut supplement = RawSupplement::default();
        let label = print.spans(0, 2);
        self.raw.labels.extend(label.iter().cloned());
        self.under.clone_from(&label);
        match rest {
            Rest::Nothing => {}
            Rest::Bracket(end) => {
                let inner = print.spans(3, end - 1);
                match preamble::enactment(&print, 3..end - 1) {
                    Some(amendment) => {
                        supplement.amendment = Some(amendment);
                        self.raw.labels.extend(print.spans(2, 3));
                        self.raw.labels.extend(print.spans(end - 1, end));
                    }
                    None => self.raw.labels.extend(inner),
                }
            }
            Rest::Text => supplement.paragraphs.push(RawParagraph {
                number: 1,
                mark: label,
                text: print.spans(2, print.chars.len()),
                ..RawParagraph::default()
            }),
        }
        self.ended = rest != Rest::Text || ends(self.rows[at].chars());
        self.raw.supplementary.push(supplement);
    }

    fn doubt(&mut self, at: String, code: &'static str, message: String) {
        self.raw.doubts.push(Doubt { severity: Severity::Note, code, message, at });
    }
}
