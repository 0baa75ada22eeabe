//! Printed lines strung together, each character folded, so that names can be cut out of wrapped text and still be traced.

use std::ops::Range;

use crate::layout::{Layout, Span};
use crate::normalize::fold;

/// The characters of some spans in their order, nothing between the lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Strand {
    pub text: String,
    /// For each character of `text` its byte there, and where it is printed: page, line, character.
    origins: Vec<(usize, (usize, usize, usize))>,
}

impl Strand {
    pub fn new(layout: &Layout, spans: &[Span]) -> Strand {
        let mut strand = Strand::default();
        for span in spans {
            for (at, printed) in layout.text(span).chars().enumerate() {
                if let Some(folded) = fold::fold_char(printed) {
                    strand.origins.push((strand.text.len(), (span.page, span.line, span.start + at)));
                    strand.text.push(folded);
                }
            }
        }
        strand
    }

    /// The printed characters of a range of bytes of `text`, without white space around them.
    pub fn cut(&self, bytes: Range<usize>) -> Vec<Span> {
        let part = self.text.get(bytes.clone()).unwrap_or_default();
        let start = bytes.start + (part.len() - part.trim_start().len());
        let end = (bytes.end.min(self.text.len()) - (part.len() - part.trim_end().len())).max(start);
        let index = |byte: usize| self.origins.partition_point(|(at, _)| *at < byte);
        let mut out: Vec<Span> = Vec::new();
        for &(_, (page, line, at)) in &self.origins[index(start)..index(end)] {
            match out.last_mut() {
                Some(last) if (last.page, last.line) == (page, line) && at >= last.start => last.end = at + 1,
                _ => out.push(Span::new(page, line, at..at + 1)),
            }
        }
        out
    }

    /// Parts of a list, at the separators that stand in no bracket: bytes of `text`.
    pub fn parts(&self, within: Range<usize>, separators: &[char]) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut depth = 0usize;
        let mut from = within.start;
        for (at, c) in self.text.get(within.clone()).unwrap_or_default().char_indices() {
            let at = within.start + at;
            match c {
                '(' | '「' | '『' | '【' | '[' => depth += 1,
                ')' | '」' | '』' | '】' | ']' => depth = depth.saturating_sub(1),
                c if depth == 0 && separators.contains(&c) => {
                    out.push(from..at);
                    from = at + c.len_utf8();
                }
                _ => {}
            }
        }
        out.push(from..within.end);
        out.retain(|part| !self.text.get(part.clone()).unwrap_or_default().trim().is_empty());
        out
    }
}

/// Brackets opened less those closed.
pub(super) fn balance(text: &str) -> i64 {
    text.chars().fold(0, |sum, c| match c {
        '(' | '「' | '『' | '【' | '〔' => sum + 1,
        ')' | '」' | '』' | '】' | '〕' => sum - 1,
        _ => sum,
    })
}

/// Does a bracket stay open at the end?
pub(super) fn is_open(text: &str) -> bool {
    balance(text) > 0
}

/// The last bracket of a text that ends in one: bytes before it, and inside of it.
pub(super) fn tail(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let trimmed = text.trim_end();
    let inner_end = trimmed.strip_suffix(')')?.len();
    let mut depth = 1usize;
    for (at, c) in trimmed[..inner_end].char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((0..at, at + 1..inner_end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::TextLine;

    fn strand(lines: &[&str]) -> (Layout, Strand) {
        let lines: Vec<TextLine> = lines
            .iter()
            .enumerate()
            .map(|(i, text)| TextLine { number: i as u32 + 1, page: 1, text: (*text).to_owned() })
            .collect();
        let layout = Layout::from_text(&lines);
        let spans: Vec<Span> = (0..lines.len()).map(|i| layout.whole(0, i)).collect();
        let strand = Strand::new(&layout, &spans);
        (layout, strand)
    }

    #[test]
    fn a_name_over_two_lines_is_cut_out_of_both() {
        let (layout, strand) = strand(&["２市（浜風", "市、丘上市）"]);
        let (before, inside) = tail(&strand.text).expect("a bracket");
        assert_eq!(&strand.text[before], "2市");
        let names = strand.parts(inside, &['、']);
        let printed: Vec<String> = names.into_iter().map(|r| layout.texts(&strand.cut(r)).collect()).collect();
        assert_eq!(printed, ["浜風市", "丘上市"]);
    }

    #[test]
    fn lists_are_not_parted_inside_brackets() {
        let (_, strand) = strand(&["相談窓口（電話、来所）、派遣"]);
        assert_eq!(strand.parts(0..strand.text.len(), &['、']).len(), 2);
    }
}
