//! Paragraphs and items below the article or supplementary provision that is open.

use super::super::heading;
use super::super::marks::{self, Kind, Mark};
use super::super::raw::{RawItem, RawParagraph};
use super::super::rows::Row;
use super::article::caption_within;
use super::{Part, Reader};

/// A row that begins so far left of an item's mark no longer belongs to the item, in ems.
const OUTDENT: f32 = 0.6;

/// So far behind the next number a paragraph's may be.
const LEAP: u32 = 10;

/// Does the row end its sentence?
pub(super) fn ends(chars: &[char]) -> bool {
    let mut last = chars.iter().rev().filter(|c| !c.is_whitespace());
    match last.next() {
        Some('。') | None => true,
        Some(')' | '」') => matches!(last.next(), Some('。')),
        Some('除') => last.next() == Some(&'削'),
        _ => false,
    }
}

impl Reader<'_> {
    pub(super) fn paragraphs(&mut self) -> Option<&mut Vec<RawParagraph>> {
        match self.part {
            Part::Articles => self.raw.articles.last_mut().map(|a| &mut a.paragraphs),
            Part::Supplement => self.raw.supplementary.last_mut().map(|s| &mut s.paragraphs),
            _ => None,
        }
    }

    pub(super) fn next_paragraph(&self) -> u32 {
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
    pub(super) fn provision(&mut self, at: usize) {
        let row = &self.rows[at];
        let chars = row.chars();
        let expected = self.next_paragraph();
        let in_items = !self.kinds.is_empty();
        if self.plain_item(at, expected) {
            return;
        }
        if let Some(mark) = marks::dotted(chars)
            && mark.number == expected
            && self.ended
            && !self.kinds.iter().any(|(kind, _)| *kind == Kind::Dot)
        {
            self.paragraph(at, mark.number, mark.end);
            let message = format!("「{}.」 is taken for the number of a paragraph, not of an item", mark.number);
            self.doubt(self.pointer(), "paragraph_inferred", message);
            return;
        }
        if let Some((number, end, apart)) = marks::paragraph(chars) {
            let free = self.ended || in_items || !self.caption.is_empty();
            // 2 以上の者, with a space that an extractor put there.
            let counts = chars.get(marks::skip(chars, end)).is_some_and(|c| marks::is_counter(*c));
            // A gap in the count, but nothing else that a number after a full stop could be.
            let near = if counts { 3 } else { LEAP };
            let later = apart && self.ended && (expected + 1..expected + near).contains(&number);
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

    pub(super) fn paragraph(&mut self, at: usize, number: u32, end: usize) {
        let row = &self.rows[at];
        let mut caption = std::mem::take(&mut self.caption);
        let mut from = end;
        // １（施行期日）この要綱は
        if caption.is_empty()
            && self.part == Part::Supplement
            && let Some((open, close)) = caption_within(row.chars(), end)
        {
            (caption, from) = (row.print.spans(open, close), close);
        }
        let (mark, text) = (row.print.spans(0, end), row.rest(from));
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
    pub(super) fn item(&mut self, at: usize) -> bool {
        let row = &self.rows[at];
        let Some(mark) = marks::mark(row.chars()).or_else(|| marks::dotted(row.chars())) else { return false };
        let deleted = marks::deleted(row.chars(), mark);
        // A reference to an item at the beginning of a wrapped line is followed by a particle.
        let next = row.chars().get(mark.end).copied().unwrap_or(' ');
        let refers = "のにをはがとへで、及又若並から".contains(next) && deleted.is_none();
        let Some((level, sure)) = self.level(mark, refers, next.is_whitespace()) else { return false };
        if !self.ended && refers {
            return false;
        }
        let (last, end) = deleted.unwrap_or((mark.number, mark.end));
        self.begin_item(at, level, Mark { number: last, end, ..mark });
        if !sure {
            let message =
                format!("「{}」 is not next in its count; items may be missing before it", self.label(at, end));
            let item = self.paragraphs().and_then(|p| p.last()).map_or(0, |p| p.items.len().saturating_sub(1));
            self.doubt(format!("{}/items/{item}", self.pointer()), "item_out_of_sequence", message);
        }
        true
    }

    fn label(&self, at: usize, end: usize) -> String {
        self.rows[at].chars()[..end].iter().filter(|c| !c.is_whitespace()).collect()
    }

    /// The level of an item among those that are open, and whether its number is the next one there. What is not next
    /// begins an item only where the last sentence ended.
    fn level(&self, mark: Mark, refers: bool, apart: bool) -> Option<(usize, bool)> {
        let open = self.kinds.iter().position(|(kind, _)| *kind == mark.kind);
        match open {
            Some(level) if mark.number == self.kinds[level].1 + 1 => return Some((level, true)),
            None if mark.number == 1 && self.kinds.len() < 4 && (mark.kind != Kind::Dot || self.ended) => {
                return Some((self.kinds.len(), true));
            }
            _ => {}
        }
        // Items that are no sentences end without a full stop; what counts on in their marks begins another.
        let later = open.is_some_and(|level| mark.number > self.kinds[level].1);
        if refers || !(self.ended || later && apart) {
            return None;
        }
        // Marks of another style go on with the count.
        let counts = || self.kinds.iter().rposition(|(_, number)| number + 1 == mark.number);
        let numeral = !matches!(mark.kind, Kind::Kana | Kind::BracketKana | Kind::Kanji);
        let level = open.or_else(counts).or((numeral && self.kinds.len() < 4).then_some(self.kinds.len()))?;
        Some((level, false))
    }

    /// 各号 that bear bare numbers: `1` where 項 2 would be next, and what counts on from it.
    fn plain_item(&mut self, at: usize, expected: u32) -> bool {
        let Some(mark) = marks::plain(self.rows[at].chars()) else { return false };
        let open = self.kinds.first().filter(|(kind, _)| *kind == Kind::Plain);
        let next = open.is_some_and(|(_, number)| number + 1 == mark.number);
        let begins = mark.number == 1 && expected > 1 && self.ended && self.kinds.is_empty();
        if !next && !begins {
            return false;
        }
        self.begin_item(at, 0, mark);
        if begins {
            let message =
                "「1」 begins items here, since paragraph 2 would be next; those behind may be paragraphs".to_owned();
            self.doubt(self.pointer(), "item_or_paragraph", message);
        }
        true
    }

    fn begin_item(&mut self, at: usize, level: usize, mark: Mark) {
        let row = &self.rows[at];
        self.kinds.truncate(level);
        self.kinds.push((mark.kind, mark.number));
        let (label, text) = (row.print.spans(0, mark.end), row.rest(mark.end));
        let whole = row.spans();
        if level == 0 {
            self.item_x = Some(row.x);
        }
        self.ended = ends(row.chars());
        let under = self.under.clone();
        let Some(paragraphs) = self.paragraphs() else { return };
        if paragraphs.is_empty() {
            paragraphs.push(RawParagraph { number: 1, mark: under, ..RawParagraph::default() });
        }
        let Some(last) = paragraphs.last_mut() else { return };
        match last.items.last_mut().filter(|_| level > 0) {
            Some(item) => item.parts.push(whole),
            None => last.items.push(RawItem { mark: label, parts: vec![text] }),
        }
    }

    /// In a text an extractor may have set the number of a paragraph on a line of its own, as page numbers stand.
    pub(super) fn bare_paragraph(&mut self, at: usize, end: usize) -> bool {
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

    /// In schedules of a flattened text a bare number can be a project's.
    pub(super) fn awaits_number(&self, row: &Row) -> bool {
        self.part == Part::Schedule && row.size == 0.0
    }
}
