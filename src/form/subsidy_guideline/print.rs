//! A stretch of printed characters, folded one by one, each with its place.

use crate::layout::{Layout, Span};
use crate::normalize::fold::fold_char;

/// Printed characters folded for comparison, and where each stands. Unlike a string, any part of it has its spans.
#[derive(Debug, Clone, Default)]
pub(super) struct Print {
    pub chars: Vec<char>,
    /// Page, line and place on the line of each character.
    at: Vec<(usize, usize, usize)>,
}

impl Print {
    /// The characters of spans as printed, spaces kept; one space stands between two spans.
    pub fn spaced(layout: &Layout, spans: &[Span]) -> Print {
        let mut out = Print::default();
        for span in spans {
            if !out.chars.is_empty() {
                out.chars.push(' ');
                out.at.push((span.page, span.line, span.start));
            }
            out.push(layout, span, true);
        }
        out
    }

    /// The characters of spans run together, without any white space.
    pub fn tight(layout: &Layout, spans: &[Span]) -> Print {
        let mut out = Print::default();
        for span in spans {
            out.push(layout, span, false);
        }
        out
    }

    /// The same characters without white space.
    pub fn tight_of(other: &Print) -> Print {
        let kept = other.chars.iter().zip(&other.at).filter(|(c, _)| !c.is_whitespace());
        let (chars, at) = kept.map(|(c, at)| (*c, *at)).unzip();
        Print { chars, at }
    }

    /// This print, and another one behind it.
    pub fn and(mut self, other: &Print) -> Print {
        self.chars.extend_from_slice(&other.chars);
        self.at.extend_from_slice(&other.at);
        self
    }

    fn push(&mut self, layout: &Layout, span: &Span, spaces: bool) {
        for (i, c) in layout.text(span).chars().enumerate() {
            let c = fold_char(c).unwrap_or(' ');
            if spaces || !c.is_whitespace() {
                self.chars.push(c);
                self.at.push((span.page, span.line, span.start + i));
            }
        }
    }

    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The spans of characters `from..to`, white space at both ends left out.
    pub fn spans(&self, from: usize, to: usize) -> Vec<Span> {
        let (mut from, mut to) = (from, to.min(self.chars.len()));
        while from < to && self.chars[from].is_whitespace() {
            from += 1;
        }
        while from < to && self.chars[to - 1].is_whitespace() {
            to -= 1;
        }
        let mut out: Vec<Span> = Vec::new();
        for &(page, line, at) in self.at.get(from..to).unwrap_or_default() {
            match out.last_mut() {
                Some(last) if (last.page, last.line) == (page, line) && at >= last.end => last.end = at + 1,
                Some(last) if (last.page, last.line) == (page, line) && at + 1 == last.end => {}
                _ => out.push(Span::new(page, line, at..at + 1)),
            }
        }
        out
    }

    /// The place among the characters of a place among the bytes of [`Print::text`], for every byte of it and its end.
    pub fn indices(text: &str) -> Vec<usize> {
        let mut out = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            for slot in &mut out[at..at + c.len_utf8()] {
                *slot = count;
            }
            count += 1;
        }
        out[text.len()] = count;
        out
    }
}

/// Lines of a provision → one string, folded. The law knows no paragraphs below 項 and 号, and no spaces but between the
/// words of another script: what a page has besides is the work of its typesetter.
pub(super) fn flow(lines: &[&str]) -> String {
    let mut chars: Vec<char> = Vec::new();
    for line in lines {
        let folded = crate::normalize::fold::fold(line);
        if let (Some(last), Some(first)) = (chars.last(), folded.trim().chars().next())
            && last.is_ascii_alphabetic()
            && first.is_ascii_alphabetic()
        {
            chars.push(' ');
        }
        chars.extend(folded.trim().chars());
    }
    let mut out = String::with_capacity(chars.len() * 3);
    let mut spaced = false;
    for c in chars {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let before = out.chars().next_back();
        let words = c.is_ascii_alphanumeric() && before.is_some_and(|b| b.is_ascii_alphanumeric());
        let digits = c.is_ascii_digit() && before.is_some_and(|b| b.is_ascii_digit());
        if spaced && words && !digits {
            out.push(' ');
        }
        spaced = false;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::TextLine;

    #[test]
    fn spaces_of_the_typesetter_go_and_words_stay_apart() {
        assert_eq!(flow(&["第 15 条第", "１項 の規定"]), "第15条第1項の規定");
        assert_eq!(flow(&["Open", "Data の 公 開"]), "Open Dataの公開");
        assert_eq!(flow(&["(注) Web site 3 件"]), "(注)Web site 3件");
        assert_eq!(flow(&[]), "");
    }

    #[test]
    fn every_part_knows_its_spans() {
        let line = |number, text: &str| TextLine { number, page: 1, text: text.to_owned() };
        let layout = Layout::from_text(&[line(1, "第 ３条　対 象"), line(2, "とする")]);
        let spans = [layout.whole(0, 0), layout.whole(0, 1)];
        let tight = Print::tight(&layout, &spans);
        assert_eq!(tight.text(), "第3条対象とする");
        let part = tight.spans(3, 6);
        assert_eq!(layout.texts(&part).collect::<Vec<_>>(), ["対 象", "と"]);
        let spaced = Print::spaced(&layout, &spans);
        assert_eq!(spaced.text(), "第 3条 対 象 とする");
        assert_eq!(layout.texts(&spaced.spans(4, 8)).collect::<Vec<_>>(), ["対 象"]);
        assert_eq!(Print::indices("条a"), [0, 0, 0, 1, 2]);
    }
}
