//! Articles: their numbers, captions and headings.

use super::super::heading;
use super::super::marks::{self, Head};
use super::super::raw::{RawArticle, RawParagraph};
use super::super::rows::Row;
use super::provision::ends;
use super::{Part, Reader};
use std::ops::Range;

/// A caption without brackets has no more signs.
const BARE: usize = 16;
/// Captions wrap over so many rows at most.
const CAPTION_ROWS: usize = 3;

impl Reader<'_> {
    /// The rows of a caption, if one begins here: the next row bears the number of an article or a paragraph.
    pub(super) fn captions(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let first = self.rows[at].chars().iter().find(|c| !c.is_whitespace())?;
        marks::closer(*first)?;
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
            _ => self.follows_number(head.number, head.branch),
        }
    }

    fn follows_number(&self, number: u32, branch: Option<u32>) -> bool {
        match self.raw.articles.last() {
            None => number == 1 && branch.is_none(),
            Some(last) => {
                number == last.number + 1 && branch.is_none()
                    || number == last.number && branch == Some(last.branch.unwrap_or(1) + 1)
            }
        }
    }

    /// A caption that lost its brackets: a few words alone between the end of a sentence and the next article.
    pub(super) fn bare_caption(&mut self, at: usize, end: usize) -> bool {
        let row = &self.rows[at];
        let key: Vec<char> = row.key().chars().collect();
        let words = key.len() <= BARE && key.iter().all(|c| c.is_alphabetic() || *c == '・');
        let other = marks::mark(row.chars()).is_some() || marks::head(row.chars()).is_some() || heading::chapter(&key);
        if self.part != Part::Articles || !self.ended || !words || other || key == ['削', '除'] {
            return false;
        }
        let next = (at + 1..end).find(|&i| !self.rows[i].furniture).and_then(|i| marks::head(self.rows[i].chars()));
        if !next.is_some_and(|head| head.apart && self.follows(&head)) {
            return false;
        }
        self.caption = row.spans();
        let message =
            format!("「{}」 is taken for the caption of the article below; it stands in no brackets", row.key());
        self.doubt(format!("/articles/{}/caption", self.raw.articles.len()), "caption_inferred", message);
        true
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

    /// 第６条及び第７条 削除, 第６条から第９条まで 削除: each of them is an article without words.
    pub(super) fn deleted_articles(&mut self, at: usize) -> bool {
        let row = &self.rows[at];
        if self.part != Part::Articles || !self.ended || !row.key().trim_end_matches(['。', ')']).ends_with("削除") {
            return false;
        }
        let Some((numbers, end)) = deleted(row.chars()) else { return false };
        if let Some(first) = numbers.first().filter(|n| !self.follows_number(n.0, n.1)) {
            let message = format!("第{}条 is not the next article; the numbers are kept as printed", first.0);
            self.doubt(format!("/articles/{}/number", self.raw.articles.len()), "article_out_of_sequence", message);
        }
        let (head, text) = (row.print.spans(0, end), row.rest(end));
        let caption = std::mem::take(&mut self.caption);
        for (number, branch) in numbers {
            let paragraph =
                RawParagraph { number: 1, mark: head.clone(), text: text.clone(), ..RawParagraph::default() };
            let (head, caption) = (head.clone(), caption.clone());
            self.raw.articles.push(RawArticle { number, branch, head, caption, paragraphs: vec![paragraph] });
        }
        self.kinds.clear();
        self.item_x = None;
        true
    }

    pub(super) fn article(&mut self, at: usize, head: Head) {
        let row = &self.rows[at];
        let follows = self.follows(&head);
        let mark = row.print.spans(0, head.end);
        let mut caption = std::mem::take(&mut self.caption);
        let mut from = head.end;
        // 第３条．, 第３条：
        if row.chars().get(from).is_some_and(|c| ".．:".contains(*c)) {
            self.raw.labels.extend(row.print.spans(from, from + 1));
            from += 1;
        }
        // 第１条（目的）　この要綱は
        if caption.is_empty()
            && let Some((open, close)) = caption_within(row.chars(), from)
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

/// The bracket of a caption between a number at `from` and the text, and no bracket of a sentence.
pub(super) fn caption_within(chars: &[char], from: usize) -> Option<(usize, usize)> {
    let open = marks::skip(chars, from);
    marks::closer(*chars.get(open)?)?;
    let close = marks::closing(chars, open)?;
    let free = chars.get(close).is_none_or(|c| !"のにをはがとへでも、,及又若並".contains(*c));
    (marks::is_caption(&chars[open..close]) && free).then_some((open, close))
}

/// An article by its number and branch.
type Numbered = (u32, Option<u32>);
/// No more articles are left out at once.
const MOST: u32 = 200;

/// The numbers of the articles that a row says are left out, and where the row's head ends.
fn deleted(chars: &[char]) -> Option<(Vec<Numbered>, usize)> {
    let first = marks::head(chars)?;
    let (mut last, mut end) = (first, first.end);
    let mut numbers = vec![(first.number, first.branch)];
    loop {
        let at = marks::skip(chars, end);
        let rest: String = chars[at..].iter().collect();
        let Some(link) = marks::LINKS.iter().find(|link| rest.starts_with(**link)) else { break };
        let from = at + link.chars().count();
        let next = marks::head(&chars[from..])?;
        if matches!(*link, "から" | "〜") {
            match (last.branch, next.branch) {
                (None, None) => numbers.extend((last.number + 1..next.number).take(MOST as usize).map(|n| (n, None))),
                (from, Some(to)) if last.number == next.number => {
                    let between = (from.unwrap_or(1) + 1..to).take(MOST as usize);
                    numbers.extend(between.map(|b| (next.number, Some(b))));
                }
                // How many stand between is not said.
                _ => {}
            }
        }
        if numbers.len() > MOST as usize || (next.number, next.branch) <= (last.number, last.branch) {
            return None;
        }
        numbers.push((next.number, next.branch));
        (last, end) = (next, from + next.end);
    }
    let rest: String = chars[end..].iter().filter(|c| !c.is_whitespace()).collect();
    let until = marks::skip(chars, end) + if rest.starts_with("まで") { 2 } else { 0 };
    let rest = rest.trim_start_matches("まで").trim_end_matches('。').trim_matches(['(', ')']);
    (numbers.len() > 1 && rest == "削除").then_some((numbers, until))
}
