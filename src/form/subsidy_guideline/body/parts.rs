//! Where another part begins: 附則, 別表, 様式 and other annexes.

use super::super::heading::{self, SupplementHeading};
use super::super::marks;
use super::super::preamble;
use super::super::print::Print;
use super::super::raw::{Governs, RawParagraph, RawSchedule, RawSupplement, RawTemplate};
use super::provision::ends;
use super::{Part, Reader, Section};
use crate::diagnostic::Severity;
use crate::form::slot::Doubt;

/// No heading has more characters.
const LONGEST: usize = 120;

impl Reader<'_> {
    /// Reads the heading of a part; gives the next row to read.
    pub(super) fn heading(&mut self, at: usize, end: usize) -> Option<usize> {
        let row = &self.rows[at];
        let chars = row.chars();
        // Cheap to tell that it is none.
        let first = chars.iter().find(|c| !c.is_whitespace())?;
        if !"附付別様第参".contains(*first) && marks::closer(*first).is_none() || chars.len() > LONGEST {
            return None;
        }
        let key: Vec<char> = row.key().chars().collect();
        // 附 and 則, far apart, may have become two lines.
        if key == ['附']
            && self.part != Part::Preamble
            && let Some(second) = self.rows.get(at + 1).filter(|r| at + 1 < end && r.key() == "則")
        {
            self.close(at);
            self.governs(at, Governs::Other);
            self.part = Part::Supplement;
            self.under = row.spans();
            self.under.extend(second.spans());
            self.raw.labels.extend(self.under.iter().cloned());
            self.raw.supplementary.push(RawSupplement::default());
            return Some(at + 2);
        }
        if let Some(found) = heading::supplement(&key)
            && self.part != Part::Preamble
            && (self.ended || found.document.is_none() && found.text.is_none())
        {
            return Some(self.supplement(at, end, found));
        }
        if matches!(self.part, Part::Preamble) || !self.ended {
            return None;
        }
        if let Some(found) = heading::schedule(&key) {
            return Some(self.schedule(at, end, found));
        }
        if let Some(form) = heading::template(&key) {
            self.close(at);
            self.governs(at, Governs::Form);
            self.part = Part::Annex;
            match form.number {
                Some(number) => self.raw.templates.push(RawTemplate {
                    number,
                    branch: form.branch,
                    article: form.article,
                    heading: row.spans(),
                    page: row.page as u32,
                }),
                None => {
                    let message = format!("「{}」 has no number; the form is left unassigned", row.key());
                    self.doubt("/forms".to_owned(), "form_unnumbered", message);
                }
            }
            return Some(at + 1);
        }
        if heading::annex(&key) {
            self.close(at);
            // What goes with a form is to be filled in as it is.
            let form = self.raw.parts.last().is_some_and(|p| p.2 == Governs::Form);
            let related = key.iter().collect::<String>().contains("関係");
            self.governs(at, if form && !related { Governs::Form } else { Governs::Other });
            self.part = Part::Annex;
            return Some(at + 1);
        }
        None
    }

    fn governs(&mut self, at: usize, what: Governs) {
        let row = &self.rows[at];
        self.raw.parts.push((row.page, row.y, what));
    }

    fn schedule(&mut self, at: usize, end: usize, found: heading::ScheduleHeading) -> usize {
        self.close(at);
        self.governs(at, Governs::Schedule);
        let print = Print::tight_of(&self.rows[at].print);
        self.raw.schedules.push(RawSchedule {
            name: print.spans(found.name.start, found.name.end),
            basis: found.basis.clone().map_or_else(Vec::new, |b| print.spans(b.start, b.end)),
            rows: Vec::new(),
        });
        // The brackets around; words behind them stay, as the title that they are.
        for part in std::iter::once(found.name).chain(found.basis) {
            let bracket = |i: usize| print.chars.get(i).is_some_and(|c| marks::closer(*c).is_some());
            if let Some(open) = part.start.checked_sub(1).filter(|open| bracket(*open)) {
                self.raw.labels.extend(print.spans(open, open + 1));
                let close = print.chars[part.end..].iter().position(|c| Some(*c) == marks::closer(print.chars[open]));
                self.raw.labels.extend(close.into_iter().flat_map(|n| print.spans(part.end + n, part.end + n + 1)));
            }
        }
        let mut next = at + 1;
        if self.raw.schedules.last().is_some_and(|s| s.basis.is_empty())
            && let Some(row) = self.rows.get(next).filter(|_| next < end)
            && marks::is_caption(row.chars())
            && row.key().ends_with("関係)")
        {
            let print = Print::tight_of(&row.print);
            let length = print.chars.len();
            if let Some(schedule) = self.raw.schedules.last_mut() {
                schedule.basis = print.spans(1, length - 1);
            }
            self.raw.labels.extend(print.spans(0, 1));
            self.raw.labels.extend(print.spans(length - 1, length));
            next += 1;
        }
        self.part = Part::Schedule;
        let schedule = self.raw.schedules.len() - 1;
        self.sections.push(Section { schedule, heading: at, rows: next..next });
        next
    }

    /// Ends what is open before row `at`.
    pub(super) fn close(&mut self, at: usize) {
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

    /// The next article behind a 別表 or a form that stands among the articles.
    pub(super) fn resumes(&mut self, at: usize, end: usize) -> bool {
        if self.raw.articles.is_empty() || !self.raw.supplementary.is_empty() {
            return false;
        }
        let captioned = marks::is_caption(self.rows[at].chars());
        let head = self.rows[at..end].get(usize::from(captioned)).and_then(|r| marks::head(r.chars()));
        let Some(head) = head.filter(|h| h.apart && self.follows(h)) else { return false };
        self.close(at);
        self.governs(at, Governs::Other);
        self.part = Part::Articles;
        let message = format!("第{}条 goes on behind what was taken for a 別表, a form or an annex", head.number);
        self.doubt(format!("/articles/{}", self.raw.articles.len()), "articles_resumed", message);
        true
    }

    /// 附則 with the document that its bracket names and the paragraph that begins on its row.
    fn supplement(&mut self, at: usize, end: usize, found: SupplementHeading) -> usize {
        self.close(at);
        self.governs(at, Governs::Other);
        self.part = Part::Supplement;
        let mut print = Print::tight_of(&self.rows[at].print);
        let mut next = at + 1;
        let row = |i: usize| self.rows.get(i).filter(|r| i < end && !r.furniture);
        let (mut document, text) = (found.document, found.text);
        if found.open
            && let Some(below) = row(next)
            && let Some(open) = document.as_ref().map(|d| d.start - 1)
        {
            // Its bracket wraps.
            let both = print.clone().and(&Print::tight_of(&below.print));
            if let Some(close) = marks::closing(&both.chars, open) {
                document = Some(open + 1..close - 1);
                print = both;
                next += 1;
            }
        } else if document.is_none()
            && text.is_none()
            && let Some(below) = row(next)
        {
            // The document may stand on a row of its own.
            let tight = Print::tight_of(&below.print);
            let whole = tight.chars.first().is_some_and(|c| marks::closer(*c).is_some())
                && marks::closing(&tight.chars, 0) == Some(tight.chars.len());
            let inner = usize::from(whole)..tight.chars.len() - usize::from(whole);
            if heading::names_document(&tight.chars[inner.clone()]) {
                let from = print.chars.len();
                document = Some(from + inner.start..from + inner.end);
                print = print.and(&tight);
                next += 1;
            }
        }
        let label = print.spans(found.word.start, found.word.end);
        self.raw.labels.extend(label.iter().cloned());
        self.under.clone_from(&label);
        let mut supplement = RawSupplement::default();
        let extract = |i: &usize| print.chars[*i] == '抄';
        if let Some(document) = &document {
            match preamble::enactment(&print, document.clone()) {
                Some(amendment) => {
                    supplement.amendment = Some(amendment);
                    for sign in [document.start.wrapping_sub(1), document.end] {
                        if print.chars.get(sign).is_some_and(|c| !c.is_alphanumeric()) {
                            self.raw.labels.extend(print.spans(sign, sign + 1));
                        }
                    }
                }
                None => {
                    let words: String = print.chars[document.clone()].iter().collect();
                    self.raw.doubts.push(Doubt {
                        severity: Severity::Warning,
                        code: "amendment_unread",
                        message: format!("「{words}」 behind 附則 tells no date that is known and is left unassigned"),
                        at: format!("/supplementary/{}", self.raw.supplementary.len()),
                    });
                }
            }
        }
        let heading = text.unwrap_or(print.chars.len());
        let signs = (found.word.end..heading).filter(|i| document.as_ref().is_none_or(|d| !d.contains(i)));
        self.raw.labels.extend(signs.filter(extract).flat_map(|i| print.spans(i, i + 1)));
        if let Some(text) = text {
            let numbered = print.chars[text] == '1' && found.sure;
            let mark = if numbered { print.spans(text, text + 1) } else { label };
            supplement.paragraphs.push(RawParagraph {
                number: 1,
                mark,
                text: print.spans(text + usize::from(numbered), print.chars.len()),
                ..RawParagraph::default()
            });
        }
        self.ended = text.is_none() || ends(self.rows[next - 1].chars());
        self.raw.supplementary.push(supplement);
        next
    }
}
