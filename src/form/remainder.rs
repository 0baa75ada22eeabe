//! What no field and no label took: `unassigned` and `coverage`.

use std::collections::HashMap;

use super::document::Unassigned;
use crate::layout::{Layout, Span};

/// The unclaimed rest of a document, and the claimed share of its characters (white space left out), four decimals.
/// An input that prints nothing is covered fully.
pub(super) fn remainder(layout: &Layout, claims: &[Span]) -> (Vec<Unassigned>, f64) {
    let mut by_line: HashMap<(usize, usize), Vec<(usize, usize)>> = HashMap::new();
    for c in claims {
        by_line.entry((c.page, c.line)).or_default().push((c.start, c.end));
    }
    let (mut all, mut taken) = (0u64, 0u64);
    let mut rest = Vec::new();
    for (page, content) in layout.pages.iter().enumerate() {
        for (index, line) in content.lines.iter().enumerate() {
            let ranges = by_line.get(&(page, index)).map_or(&[][..], Vec::as_slice);
            // Nearly every line is.
            if whole(ranges, &line.text) {
                let printed = line.text.chars().filter(|ch| !ch.is_whitespace()).count() as u64;
                all += printed;
                taken += printed;
                continue;
            }
            let mut run: Option<(usize, usize)> = None;
            for (at, ch) in line.text.chars().enumerate() {
                let claimed = ranges.iter().any(|&(a, b)| a <= at && at < b);
                if !ch.is_whitespace() {
                    all += 1;
                    taken += u64::from(claimed);
                }
                if claimed {
                    rest.extend(run.take().map(|(a, b)| piece(layout, page, index, a, b)));
                } else if !ch.is_whitespace() {
                    run = Some((run.map_or(at, |(a, _)| a), at + 1));
                }
            }
            rest.extend(run.map(|(a, b)| piece(layout, page, index, a, b)));
        }
    }
    let coverage = if all == 0 { 1.0 } else { (taken as f64 / all as f64 * 10_000.0).round() / 10_000.0 };
    (rest, coverage)
}

/// Does one range take the whole line?
fn whole(ranges: &[(usize, usize)], text: &str) -> bool {
    ranges
        .iter()
        .map(|&(a, b)| if a == 0 { b } else { 0 })
        .max()
        .is_some_and(|most| most > 0 && most >= text.chars().count())
}

fn piece(layout: &Layout, page: usize, line: usize, start: usize, end: usize) -> Unassigned {
    let span = Span::new(page, line, start..end);
    let text = layout.text(&span).to_owned();
    Unassigned { place: layout.line(&span).place_of(start, end), text }
}
