//! What no field and no label took: `unassigned` and `coverage`.

use super::document::Unassigned;
use crate::layout::{Layout, Span};

/// The unclaimed rest of a document, and the claimed share of its characters (white space left out), four decimals.
/// An input that prints nothing is covered fully.
pub(super) fn remainder(layout: &Layout, claims: &[Span]) -> (Vec<Unassigned>, f64) {
    let mut claims: Vec<&Span> = claims.iter().collect();
    claims.sort_unstable();
    let mut claims = claims.as_slice();
    let (mut all, mut taken) = (0u64, 0u64);
    let mut rest = Vec::new();
    for (page, content) in layout.pages.iter().enumerate() {
        for (index, line) in content.lines.iter().enumerate() {
            let here = claims.iter().take_while(|c| (c.page, c.line) == (page, index)).count();
            let (ranges, later) = claims.split_at(here);
            claims = later;
            // Nearly every line is.
            if whole(ranges, &line.text) {
                let printed = line.text.chars().filter(|ch| !ch.is_whitespace()).count() as u64;
                all += printed;
                taken += printed;
                continue;
            }
            let mut run: Option<(usize, usize)> = None;
            for (at, ch) in line.text.chars().enumerate() {
                let claimed = ranges.iter().any(|c| c.start <= at && at < c.end);
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
fn whole(ranges: &[&Span], text: &str) -> bool {
    let most = ranges.iter().filter(|c| c.start == 0).map(|c| c.end).max();
    most.is_some_and(|most| most > 0 && most >= text.chars().count())
}

fn piece(layout: &Layout, page: usize, line: usize, start: usize, end: usize) -> Unassigned {
    let span = Span::new(page, line, start..end);
    let text = layout.text(&span).to_owned();
    Unassigned { place: layout.line(&span).place_of(start, end), text }
}
