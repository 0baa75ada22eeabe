//! Printed lines as one folded string that knows, for each of its characters, where it was printed.
//!
//! The form wraps in the middle of words and numbers; marks are searched on the tape, where no line break stands in the
//! way, and what lies between them goes back to the parts of the printed lines.

use std::ops::Range;

use crate::layout::{Layout, Span};
use crate::normalize::fold::fold_char;

#[derive(Debug, Clone, Default)]
pub(super) struct Tape {
    /// Folded, wrapped lines without anything between them.
    pub text: String,
    /// Of each byte that begins a character: the character printed.
    places: Vec<(usize, usize, usize)>,
    /// Byte at which each character begins, and the end.
    at: Vec<usize>,
    /// Bytes at which a printed line begins.
    breaks: Vec<usize>,
}

impl Tape {
    pub fn new(layout: &Layout, spans: &[Span]) -> Tape {
        let mut tape = Tape::default();
        let mut before: Option<(usize, usize)> = None;
        for span in spans {
            if before != Some((span.page, span.line)) {
                tape.breaks.push(tape.text.len());
            }
            before = Some((span.page, span.line));
            let printed = layout.text(span);
            // The indent of a wrapped line is no part of the words that it goes on with.
            let lead = printed.chars().take_while(|c| c.is_whitespace()).count();
            let end = printed.trim_end().chars().count();
            for (i, c) in printed.chars().enumerate().take(end).skip(lead) {
                if c == '\u{FFFD}' {
                    continue;
                }
                if let Some(folded) = fold_char(c) {
                    tape.at.push(tape.text.len());
                    tape.places.push((span.page, span.line, span.start + i));
                    tape.text.push(folded);
                }
            }
        }
        tape.at.push(tape.text.len());
        tape
    }

    /// Does a printed line begin at this byte?
    pub fn line_begins(&self, byte: usize) -> bool {
        self.breaks.binary_search(&byte).is_ok()
    }

    /// The printed parts behind bytes `range`, white space at its ends left out.
    pub fn spans(&self, range: Range<usize>) -> Vec<Span> {
        let part = &self.text[range.clone()];
        let start = range.start + (part.len() - part.trim_start().len());
        let end = range.end - (part.len() - part.trim_end().len());
        let mut out: Vec<Span> = Vec::new();
        let first = self.at.partition_point(|&b| b < start);
        for (i, &(page, line, ch)) in self.places.iter().enumerate().skip(first) {
            if self.at[i] >= end {
                break;
            }
            match out.last_mut() {
                Some(s) if s.page == page && s.line == line => s.end = ch + 1,
                _ => out.push(Span::new(page, line, ch..ch + 1)),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::TextLine;

    #[test]
    fn a_wrapped_number_is_found_and_goes_back_to_its_lines() {
        let line = |number, text: &str| TextLine { number, page: 1, text: text.to_owned() };
        let layout = Layout::from_text(&[line(1, "寄与度１３．"), line(2, "　３％］")]);
        let spans = [layout.whole(0, 0), layout.whole(0, 1)];
        let tape = Tape::new(&layout, &spans);
        assert_eq!(tape.text, "寄与度13.3%]");
        let from = "寄与度".len();
        let found = tape.spans(from..tape.text.len() - 1);
        assert_eq!(layout.texts(&found).collect::<Vec<_>>(), ["１３．", "３％"]);
        assert!(tape.line_begins(from + 3) && !tape.line_begins(from));
    }
}
