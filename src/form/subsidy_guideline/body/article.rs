//! Articles: their numbers, captions and headings.

use super::super::marks::{self, Head};
use super::super::raw::{RawArticle, RawParagraph};
use super::super::rows::Row;
use super::provision::ends;
use super::{Part, Reader};
use std::ops::Range;

/// Captions wrap over so many rows at most.
const CAPTION_ROWS: usize = 3;

impl Reader<'_> {
    /// The rows of a caption, if one begins here: the next row bears the number of an article or a paragraph.
    pub(super) fn captions(&self, at: usize, end: usize) -> Option<Range<usize>> {
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
    pub(super) fn follows(&self, head: &Head) -> bool {
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

    pub(super) fn begins_article(&self, row: &Row, head: &Head) -> bool {
        let captioned = !self.caption.is_empty();
        let next = row.chars().get(head.end).copied().unwrap_or(' ');
        // 第13条の規定により…, at the beginning of a sentence.
        let reference = "のにをはがとへでも、,及又若並第各又に".contains(next);
        if self.follows(head) {
            return head.apart && (captioned || self.ended || next != '(') || !reference && (captioned || self.ended);
        }
        head.apart && next != '(' && (captioned || self.ended && self.part == Part::Articles)
    }

    pub(super) fn article(&mut self, at: usize, head: Head) {
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
}
