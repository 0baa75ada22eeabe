//! Rows → articles, paragraphs and items; supplementary provisions; and where the schedules and forms begin.
//!
//! The law counts: a row begins an article, a paragraph or an item when it bears the number that is next. What only looks
//! like a number (a wrapped 第７条に基づく, ３月31日) is not next, or is not parted from the words behind it.

use std::ops::Range;

use super::heading::{self, Rest};
use super::marks::{self, Head, Kind};
use super::preamble;
use super::raw::{RawArticle, RawGuideline, RawItem, RawParagraph, RawSupplement, RawTemplate};
use super::rows::Row;
use crate::diagnostic::Severity;
use crate::form::slot::Doubt;
use crate::layout::Span;

/// Captions wrap over so many rows at most.
const CAPTION_ROWS: usize = 3;
/// A row that begins so far left of an item's mark no longer belongs to the item, in ems.
const OUTDENT: f32 = 0.6;

/// A schedule with the rows that it takes.
pub(super) struct Section {
    /// Index into [`RawGuideline::schedules`].
    pub schedule: usize,
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

    /// In schedules of a flattened text a bare number can be a project's.
    fn awaits_number(&self, row: &Row) -> bool {
        self.part == Part::Schedule && row.size == 0.0
    }

    /// In a text an extractor may have set the number of a paragraph on a line of its own, as page numbers stand.
    fn bare_paragraph(&mut self, at: usize, end: usize) -> bool {
        let row = &self.rows[at];
        if row.size > 0.0 || !matches!(self.part, Part::Articles | Part::Supplement) {
            return false;
        }
        let Some(number) = row.key().parse().ok().filter(|n| *n == self.next_paragraph()) else { return false };
        let Some(next) = self.rows[at + 1..end].iter().find(|r| !r.furniture) else { return false };
        let (chars, key) = (next.chars(), next.key());
        let other = marks::is_caption(chars)
            || marks::head(chars).is_some_and(|h| h.apart)
            || marks::paragraph(chars).is_some()
            || marks::mark(chars).is_some()
            || ["附", "別表", "様式"].iter().any(|w| key.starts_with(w));
        if other || !self.ended && self.kinds.is_empty() {
            return false;
        }
        self.paragraph(at, number, row.chars().len());
        let message = format!("「{number}」 alone on its line is taken for the number of a paragraph, not of a page");
        self.doubt(self.pointer(), "paragraph_inferred", message);
        if let Some(last) = self.paragraphs().and_then(|p| p.last_mut()) {
            last.inferred = true;
        }
        true
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
            self.sections.push(Section { schedule: self.raw.schedules.len() - 1, rows: next..next });
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

    /// The rows of a caption, if one begins here: the next row bears the number of an article or a paragraph.
    fn captions(&self, at: usize, end: usize) -> Option<Range<usize>> {
        if self.rows[at].chars().iter().find(|c| !c.is_whitespace()) != Some(&'(') {
            return None;
        }
        let mut chars: Vec<char> = Vec::new();
        for next in at..end.min(at + CAPTION_ROWS) {
            chars.extend(self.rows[next].chars());
            if !marks::is_caption(&chars) {
                continue;
            }
            let follower = (next + 1..end).find(|&i| !self.rows[i].furniture).map(|i| self.rows[i].chars())?;
            let article = marks::head(follower).is_some_and(|h| h.apart || self.follows(&h));
            let paragraph = self.part == Part::Supplement
                && marks::paragraph(follower).is_some_and(|(n, ..)| n == self.next_paragraph());
            return (article || paragraph).then_some(at..next + 1);
        }
        None
    }

    /// Does an article of this number come next?
    fn follows(&self, head: &Head) -> bool {
        match self.part {
            Part::Supplement => head.number == self.next_paragraph() && head.branch.is_none(),
            _ => match self.raw.articles.last() {
                None => head.number == 1 && head.branch.is_none(),
                Some(last) => {
                    head.number == last.number + 1 && head.branch.is_none()
                        || head.number == last.number && head.branch == Some(last.branch.unwrap_or(1) + 1)
                }
            },
        }
    }

    fn begins_article(&self, row: &Row, head: &Head) -> bool {
        let captioned = !self.caption.is_empty();
        let next = row.chars().get(head.end).copied().unwrap_or(' ');
        // 第13条の規定により…, at the beginning of a sentence.
        let reference = "のにをはがとへでも、,及又若並第各又に".contains(next);
        if self.follows(head) {
            return head.apart && (captioned || self.ended || next != '(') || !reference && (captioned || self.ended);
        }
        head.apart && next != '(' && (captioned || self.ended && self.part == Part::Articles)
    }

    fn article(&mut self, at: usize, head: Head) {
        let row = &self.rows[at];
        let follows = self.follows(&head);
        let mark = row.print.spans(0, head.end);
        let mut caption = std::mem::take(&mut self.caption);
        let mut from = head.end;
        // 第１条（目的）　この要綱は
        let open = marks::skip(row.chars(), from);
        if caption.is_empty()
            && row.chars().get(open) == Some(&'(')
            && let Some(close) = marks::closing(row.chars(), open)
            && marks::is_caption(&row.chars()[open..close])
            && row.chars().get(close).is_none_or(|c| c.is_whitespace())
        {
            caption = row.print.spans(open, close);
            from = close;
        }
        let first = RawParagraph { number: 1, mark: mark.clone(), text: row.rest(from), ..RawParagraph::default() };
        self.kinds.clear();
        self.item_x = None;
        self.ended = first.text.is_empty() || ends(row.chars());
        if self.part == Part::Supplement {
            let paragraph = RawParagraph { number: head.number, caption, ..first };
            if let Some(supplement) = self.raw.supplementary.last_mut() {
                supplement.paragraphs.push(paragraph);
            }
            return;
        }
        self.part = Part::Articles;
        if !follows {
            let message = format!("第{}条 is not the next article; the numbers are kept as printed", head.number);
            self.doubt(format!("/articles/{}/number", self.raw.articles.len()), "article_out_of_sequence", message);
        }
        self.raw.articles.push(RawArticle {
            number: head.number,
            branch: head.branch,
            head: mark,
            caption,
            paragraphs: vec![first],
        });
    }

    fn paragraphs(&mut self) -> Option<&mut Vec<RawParagraph>> {
        match self.part {
            Part::Articles => self.raw.articles.last_mut().map(|a| &mut a.paragraphs),
            Part::Supplement => self.raw.supplementary.last_mut().map(|s| &mut s.paragraphs),
            _ => None,
        }
    }

    fn next_paragraph(&self) -> u32 {
        let paragraphs = match self.part {
            Part::Articles => self.raw.articles.last().map(|a| &a.paragraphs),
            Part::Supplement => self.raw.supplementary.last().map(|s| &s.paragraphs),
            _ => None,
        };
        match paragraphs.and_then(|p| p.last()) {
            // 第５条 alone on its row, and `１　…` below.
            Some(first) if first.number == 1 && first.text.is_empty() && first.items.is_empty() => 1,
            Some(last) => last.number + 1,
            None => 1,
        }
    }

    /// Where the current paragraph stands in the record.
    fn pointer(&self) -> String {
        let of = |list: &[RawParagraph]| list.len().saturating_sub(1);
        match self.part {
            Part::Supplement => {
                let last = self.raw.supplementary.len().saturating_sub(1);
                let paragraph = self.raw.supplementary.last().map_or(0, |s| of(&s.paragraphs));
                format!("/supplementary/{last}/paragraphs/{paragraph}")
            }
            _ => {
                let last = self.raw.articles.len().saturating_sub(1);
                let paragraph = self.raw.articles.last().map_or(0, |a| of(&a.paragraphs));
                format!("/articles/{last}/paragraphs/{paragraph}")
            }
        }
    }

    /// A paragraph, an item, or the rest of one.
    fn provision(&mut self, at: usize) {
        let row = &self.rows[at];
        let chars = row.chars();
        let expected = self.next_paragraph();
        let in_items = !self.kinds.is_empty();
        if let Some((number, end, apart)) = marks::paragraph(chars) {
            let free = self.ended || in_items || !self.caption.is_empty();
            // A gap in the count, but nothing else that a number after a full stop could be.
            let later = apart && self.ended && (expected + 1..expected + 3).contains(&number);
            // 2 以上の者, with a space that an extractor put there.
            let counts = chars.get(marks::skip(chars, end)).is_some_and(|c| marks::is_counter(*c));
            if number == expected && (apart && !counts || free) || later {
                self.paragraph(at, number, end);
                if later || !free {
                    let message = format!("「{number}」 begins a paragraph here, as far as its place tells");
                    self.doubt(self.pointer(), "paragraph_inferred", message);
                    if let Some(last) = self.paragraphs().and_then(|p| p.last_mut()) {
                        last.inferred = true;
                    }
                }
                return;
            }
        }
        if chars.iter().take(12).any(|c| *c == '章' || *c == '節') && heading::chapter(chars) && self.ended {
            self.doubt(
                String::new(),
                "chapter_heading",
                format!("「{}」 has no field and is left unassigned", row.key()),
            );
            return;
        }
        if self.item(at) {
            return;
        }
        self.ended = ends(chars);
        let outside = self.item_x.is_some_and(|x| row.size > 0.0 && row.x < x - OUTDENT * row.size);
        if outside && in_items {
            let message =
                "words behind the items belong to the whole paragraph, as far as their indent tells".to_owned();
            self.doubt(self.pointer(), "text_after_items", message);
            self.kinds.clear();
            self.item_x = None;
        }
        let spans = row.spans();
        let in_items = !self.kinds.is_empty();
        let caption = std::mem::take(&mut self.caption);
        let mark = self.under.clone();
        let Some(paragraphs) = self.paragraphs() else { return };
        if paragraphs.is_empty() {
            // 附則 whose only paragraph has no number.
            paragraphs.push(RawParagraph { number: 1, mark, caption, ..RawParagraph::default() });
        } else if !caption.is_empty() {
            self.raw.labels.extend(caption);
        }
        let Some(last) = self.paragraphs().and_then(|p| p.last_mut()) else { return };
        match last.items.last_mut().filter(|_| in_items).and_then(|item| item.parts.last_mut()) {
            Some(part) => part.extend(spans),
            None => last.text.extend(spans),
        }
    }

    fn paragraph(&mut self, at: usize, number: u32, end: usize) {
        let row = &self.rows[at];
        let (mark, text) = (row.print.spans(0, end), row.rest(end));
        let caption = std::mem::take(&mut self.caption);
        self.kinds.clear();
        self.item_x = None;
        self.ended = ends(row.chars());
        let Some(paragraphs) = self.paragraphs() else { return };
        match paragraphs.last_mut() {
            Some(first) if first.number == number => {
                first.mark = mark;
                first.text = text;
            }
            _ => paragraphs.push(RawParagraph { number, mark, caption, text, ..RawParagraph::default() }),
        }
    }

    /// An item, or a part of one, that is next in its count.
    fn item(&mut self, at: usize) -> bool {
        let row = &self.rows[at];
        let Some(mark) = marks::mark(row.chars()) else { return false };
        let level = match self.kinds.iter().position(|(kind, _)| *kind == mark.kind) {
            Some(level) if mark.number == self.kinds[level].1 + 1 => level,
            None if mark.number == 1 && self.kinds.len() < 4 => self.kinds.len(),
            _ => return false,
        };
        // A reference to an item at the beginning of a wrapped line is followed by a particle.
        let next = row.chars().get(mark.end).copied().unwrap_or(' ');
        if !self.ended && "のにをはがとへで、及又若並から".contains(next) {
            return false;
        }
        self.kinds.truncate(level);
        self.kinds.push((mark.kind, mark.number));
        let (label, text) = (row.print.spans(0, mark.end), row.rest(mark.end));
        let whole = row.spans();
        if level == 0 {
            self.item_x = Some(row.x);
        }
        self.ended = ends(row.chars());
        let under = self.under.clone();
        let Some(paragraphs) = self.paragraphs() else { return false };
        if paragraphs.is_empty() {
            paragraphs.push(RawParagraph { number: 1, mark: under, ..RawParagraph::default() });
        }
        let Some(last) = paragraphs.last_mut() else { return false };
        match last.items.last_mut().filter(|_| level > 0) {
            Some(item) => item.parts.push(whole),
            None => last.items.push(RawItem { mark: label, parts: vec![text] }),
        }
        true
    }

    fn doubt(&mut self, at: String, code: &'static str, message: String) {
        self.raw.doubts.push(Doubt { severity: Severity::Note, code, message, at });
    }
}

/// Does the row end its sentence?
fn ends(chars: &[char]) -> bool {
    let mut last = chars.iter().rev().filter(|c| !c.is_whitespace());
    match last.next() {
        Some('。') | None => true,
        Some(')' | '」') => matches!(last.next(), Some('。')),
        Some('除') => last.next() == Some(&'削'),
        _ => false,
    }
}
