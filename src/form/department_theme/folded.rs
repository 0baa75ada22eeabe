//! A paragraph as the reader of measures sees it.

use std::ops::Range;

use crate::layout::{Layout, Span};
use crate::normalize::fold;

/// A paragraph folded and without its spaces, each character with its place.
pub(super) struct Text {
    spans: Vec<Span>,
    pub chars: Vec<char>,
    /// Span and character of its line.
    from: Vec<(usize, usize)>,
    /// A space stands before it.
    pub spaced: Vec<bool>,
}

impl Text {
    pub fn new(layout: &Layout, spans: &[Span]) -> Text {
        let mut out = Text { spans: spans.to_vec(), chars: Vec::new(), from: Vec::new(), spaced: Vec::new() };
        for (i, span) in spans.iter().enumerate() {
            let mut space = false;
            for (k, c) in layout.text(span).chars().enumerate() {
                match fold::fold_char(c) {
                    Some(c) if c.is_whitespace() => space = true,
                    Some(c) => {
                        out.chars.push(c);
                        out.from.push((i, span.start + k));
                        out.spaced.push(std::mem::take(&mut space));
                    }
                    None => {}
                }
            }
        }
        out
    }

    pub fn at(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    pub fn string(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    /// Where the characters stand.
    pub fn spans(&self, range: Range<usize>) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        let mut last = usize::MAX;
        for &(i, at) in &self.from[range] {
            match out.last_mut() {
                Some(span) if last == i => span.end = at + 1,
                _ => out.push(Span { start: at, end: at + 1, ..self.spans[i].clone() }),
            }
            last = i;
        }
        out
    }

    pub fn trimmed(&self, mut range: Range<usize>, strip: impl Fn(char) -> bool) -> Range<usize> {
        while range.start < range.end && strip(self.chars[range.start]) {
            range.start += 1;
        }
        while range.start < range.end && strip(self.chars[range.end - 1]) {
            range.end -= 1;
        }
        range
    }
}
