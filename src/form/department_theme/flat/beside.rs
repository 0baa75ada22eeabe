//! Text that keeps the look of the page (`pdftotext -layout`): the three columns stand beside each other, parted by spaces.
//!
//! Such lines are cut between the columns and put one column after the other, each line with its column.

use super::part::TextLine;
use crate::form::department_theme::words::{self, Head};
use crate::layout::{Layout, Span};
use crate::normalize::bullet;

/// A column on a later page begins no further from where its heading stood, in characters.
const DRIFT: usize = 8;
/// One line's columns begin no further from those of the others.
const SHIFT: usize = 3;
/// No column is wider, in characters.
const WIDEST: usize = 400;

/// Cuts the lines below headings that stand on one line.
pub(super) fn part(layout: &Layout, lines: Vec<TextLine>) -> Vec<TextLine> {
    let text = |line: &TextLine| layout.text(&line.span).to_owned();
    let heads: Vec<Option<[usize; 3]>> = lines.iter().map(|l| on_one_line(layout.text(&l.span))).collect();
    if heads.iter().all(Option::is_none) {
        return lines;
    }
    let theme = |l: &TextLine| words::theme(layout.text(&l.span)).is_some();
    let mut out: Vec<TextLine> = Vec::with_capacity(lines.len());
    let mut now: Option<[usize; 3]> = None;
    // Lines of one page that are to be cut.
    let mut open: Vec<TextLine> = Vec::new();
    let mut rest = lines.into_iter().zip(heads).peekable();
    while let Some((line, head)) = rest.next() {
        // The title over the next headings, and the next theme, run over the columns.
        let titled = rest.peek().is_some_and(|next| next.1.is_some());
        let apart = words::is_department(&text(&line)) || words::is_page_number(&text(&line));
        let turned = open.last().is_some_and(|before| before.page != line.page);
        if head.is_some() || titled || theme(&line) || apart || turned {
            cut(layout, std::mem::take(&mut open), now, &mut out);
        }
        if theme(&line) {
            now = None;
        }
        if head.is_some() {
            now = head;
        }
        match now {
            Some(_) if !titled && !apart => open.push(line),
            _ => out.push(line),
        }
    }
    cut(layout, open, now, &mut out);
    out
}

/// Where the three headings begin, in characters, if they stand on this line.
fn on_one_line(line: &str) -> Option<[usize; 3]> {
    let found = words::heads(line);
    let at = |head: Head| found.iter().find(|f| f.0 == head).map(|f| f.1);
    let (a, t, p) = (at(Head::Actions)?, at(Head::Targets)?, at(Head::Progress)?);
    (a < t && t < p).then_some([a, t, p])
}

/// The lines of one page, column after column; as they were when they do not stand beside each other.
fn cut(layout: &Layout, lines: Vec<TextLine>, heads: Option<[usize; 3]>, out: &mut Vec<TextLine>) {
    let Some(heads) = heads else { return out.extend(lines) };
    let chars: Vec<Vec<char>> = lines.iter().map(|l| layout.text(&l.span).chars().collect()).collect();
    let first = river(&chars, heads[0] + 1, heads[1] + DRIFT);
    let second = river(&chars, heads[1].max(first) + 1, heads[2] + DRIFT);
    let blank = |c: &[char], from: usize, to: usize| c.iter().take(to).skip(from).all(|c| c.is_whitespace());
    let beside =
        chars.iter().filter(|c| !blank(c, 0, first) && !blank(c, first, c.len()) || blank(c, 0, first)).count();
    let whole = chars.iter().filter(|c| c.len() > first && !c.get(first - 1).is_none_or(|c| c.is_whitespace())).count();
    if beside * 3 < lines.len() || whole * 3 > lines.len() {
        return out.extend(lines);
    }
    let mut columns: [Vec<TextLine>; 3] = Default::default();
    for (line, chars) in lines.into_iter().zip(chars) {
        let ((first, sure), (second, sure_too)) = (near(&chars, first), near(&chars, second));
        for (i, (from, to)) in [(0, first), (first, second), (second, usize::MAX)].into_iter().enumerate() {
            let to = to.min(chars.len());
            let Some(start) = (from..to).find(|&k| !chars[k].is_whitespace()) else { continue };
            let end = (start..to).rposition(|k| !chars[k].is_whitespace()).map_or(to, |k| start + k + 1);
            let width = chars[start..end].iter().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            let span = Span { start: line.span.start + start, end: line.span.start + end, ..line.span.clone() };
            let piece = TextLine { span, width, trailing: false, column: Some(i), unsure: !(sure && sure_too), ..line };
            columns[i].push(piece);
        }
    }
    out.extend(columns.into_iter().flatten());
}

/// Where this line is to be cut: at `x`, or, if its text runs on there, at a space or a bullet beside it. And whether it
/// could be told.
fn near(line: &[char], x: usize) -> (usize, bool) {
    let blank = |k: usize| line.get(k).is_none_or(|c| c.is_whitespace());
    if x == 0 || blank(x - 1) || blank(x) {
        return (x, true);
    }
    let beside = |n: usize| [x.saturating_sub(n), x + n].into_iter().filter(|&k| k > 0);
    if let Some(k) = (1..=SHIFT).flat_map(beside).find(|&k| blank(k - 1)) {
        return (k, true);
    }
    let sign = |k: &usize| line.get(*k).is_some_and(|&c| bullet::mark(c).is_some());
    ((0..=SHIFT).flat_map(beside).find(sign).unwrap_or(x), false)
}

/// The place in `from..=to` before which most lines have a space: the last of the best.
fn river(lines: &[Vec<char>], from: usize, to: usize) -> usize {
    let blank = |c: &Vec<char>, k: usize| c.get(k).is_none_or(|c| c.is_whitespace());
    let open = |x: usize| lines.iter().filter(|c| blank(c, x - 1)).count();
    let to = to.min(from + WIDEST);
    // Text right behind the place says that the column begins there.
    let begins = |x: usize| lines.iter().filter(|c| blank(c, x - 1) && !blank(c, x)).count();
    (from.max(1)..=to.max(from).max(1)).max_by_key(|&x| (open(x), begins(x))).unwrap_or(from.max(1))
}
