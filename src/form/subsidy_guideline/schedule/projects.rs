//! 別表第１ in flattened text: what the projects are, and who receives the subsidy.
//!
//! A project is a run of lines from its number to the next one; its cells follow each other in it. Within a cell all lines
//! but the last are as long as the column is wide, so a short line ends a cell, and a space within a line parts two.

use super::Found;
use super::tokens::{FlatLine, Token};
use crate::form::document::Method;
use crate::form::slot::Slot;
use crate::form::subsidy_guideline::raw::RawScheduleRow;
use crate::layout::Span;

/// A project of more lines is no row of a table.
const MOST_LINES: usize = 60;
/// A line may end so many characters before the column does, for a sign that may not begin a line.
const RAGGED: usize = 1;

/// A word of a project: its token, and whether the next one stands on the same line.
struct Word<'a> {
    token: &'a Token,
    joined: bool,
}

pub(super) fn read(lines: &[FlatLine], heading: &str, found: &mut Found) {
    let content = heading.contains("内容");
    let recipient = ["事業者", "対象者", "主体"].iter().any(|w| heading.contains(w));
    let cells = 1 + usize::from(content) + usize::from(recipient);
    let starts: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].number.is_some()).collect();
    let mut chunks: Vec<Vec<Word>> = Vec::new();
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let words = lines[start..end].iter().flat_map(|line| {
            let count = line.tokens.len();
            line.tokens.iter().enumerate().map(move |(i, token)| Word { token, joined: i + 1 < count })
        });
        chunks.push(words.collect());
    }
    let mut cuts: Vec<Option<(Vec<usize>, bool)>> = chunks.iter().map(|c| cut(c, cells, &[], "")).collect();
    // What is certain in one row helps in the others: how wide the columns are, and who mostly receives.
    let widths: Vec<usize> = (0..cells)
        .map(|cell| {
            let of = |(chunk, cut): (&Vec<Word>, &Option<(Vec<usize>, bool)>)| {
                let (ends, _) = cut.as_ref().filter(|c| c.1)?;
                let from = if cell == 0 { 0 } else { ends[cell - 1] };
                chunk[from..ends[cell]].iter().map(|w| w.token.width).max()
            };
            chunks.iter().zip(&cuts).filter_map(of).max().unwrap_or(0)
        })
        .collect();
    let last = |chunk: &[Word], ends: &[usize]| -> String {
        chunk[ends[cells - 2]..].iter().map(|w| w.token.text.as_str()).collect()
    };
    let usual = chunks
        .iter()
        .zip(&cuts)
        .find_map(|(chunk, cut)| cut.as_ref().filter(|c| c.1 && cells > 1).map(|(ends, _)| last(chunk, ends)))
        .unwrap_or_default();
    for (chunk, cut_) in chunks.iter().zip(&mut cuts) {
        if cut_.as_ref().is_none_or(|c| !c.1) {
            *cut_ = cut(chunk, cells, &widths, &usual).or(cut_.take());
        }
    }
    for (n, ((chunk, cut), &start)) in chunks.iter().zip(&cuts).zip(&starts).enumerate() {
        let Some(number) = &lines[start].number else { continue };
        let number = Slot::read(number.spans.clone(), Method::Order);
        let Some((ends, sure)) = cut else {
            let message = "the cells of this project could not be told apart; they are unassigned".to_owned();
            found.doubts.push((format!("/rows/{n}"), "cells_not_parted", message));
            found.rows.push(RawScheduleRow { number, ..RawScheduleRow::default() });
            continue;
        };
        if !sure {
            let message = "where a cell ends was told by the length of its lines".to_owned();
            found.doubts.push((format!("/rows/{n}"), "cells_inferred", message));
        }
        let cell = |i: usize| {
            let from = if i == 0 { 0 } else { ends[i - 1] };
            let spans: Vec<Span> = chunk[from..ends[i]].iter().flat_map(|w| w.token.spans.iter().cloned()).collect();
            Slot::read(spans, if *sure { Method::Order } else { Method::Inferred })
        };
        found.rows.push(RawScheduleRow {
            number,
            project: cell(0),
            content: if content { cell(1) } else { Slot::Unplaced },
            recipient: if recipient { cell(cells - 1) } else { Slot::Unplaced },
            ..RawScheduleRow::default()
        });
    }
}

/// Where each of `cells` cells ends among the words, and whether no other cut is as good.
fn cut(words: &[Word], cells: usize, widths: &[usize], usual: &str) -> Option<(Vec<usize>, bool)> {
    let count = words.len();
    if count < cells || count > MOST_LINES {
        return None;
    }
    let mut tried: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut consider = |ends: Vec<usize>| {
        let mut cost = 0;
        for (cell, &end) in ends.iter().enumerate() {
            let from = if cell == 0 { 0 } else { ends[cell - 1] };
            cost += price(&words[from..end], end == count, widths.get(cell).copied().unwrap_or(0));
        }
        if cells > 1 && !usual.is_empty() {
            let last: String = words[ends[cells - 2]..].iter().map(|w| w.token.text.as_str()).collect();
            cost += if last == usual { 0 } else { 3 };
        }
        tried.push((cost, ends));
    };
    match cells {
        1 => consider(vec![count]),
        2 => (1..count).for_each(|a| consider(vec![a, count])),
        _ => (1..count).for_each(|a| (a + 1..count).for_each(|b| consider(vec![a, b, count]))),
    }
    tried.sort_by_key(|t| t.0);
    let sure = tried.len() == 1 || tried[0].0 + 2 <= tried[1].0;
    tried.into_iter().next().map(|(_, ends)| (ends, sure))
}

/// How little the words look like one cell.
fn price(words: &[Word], ends_row: bool, width: usize) -> usize {
    let Some((last, others)) = words.split_last() else { return 1000 };
    let longest = words.iter().map(|w| w.token.width).max().unwrap_or(0);
    let wide = longest.max(width);
    let mut cost = 0;
    for word in others {
        // Two words of one line are two cells.
        cost += if word.joined { 50 } else { 0 };
        cost += 3 * wide.saturating_sub(word.token.width + RAGGED).min(10);
    }
    // The first line gives room to the number; its indent makes the others no longer than this.
    cost += if width > 0 { 4 * longest.saturating_sub(width + RAGGED) } else { 0 };
    if !ends_row {
        // A cell of one line shares it with the next cell; one of several mostly ends before the column does.
        cost += match (others.is_empty(), last.joined) {
            (true, false) => 4,
            (false, true) => 8,
            (false, false) if last.token.width + RAGGED >= wide => 3,
            _ => 0,
        };
    }
    cost
}
