//! Text that keeps the look of the page (`pdftotext -layout`): cells stand side by side, parted by runs of spaces. Puts
//! the tokens of such a page into the order of its cells.
//!
//! Lines are cut into fragments at wide gaps; fragments under each other that go on from one another are one cell; the
//! cells are ordered by cutting the page along its empty rows, then along its empty columns, and so on (XY cut).

use super::lex::{Kind, Token};
use super::piece;
use super::word::{self, Class};
use crate::form::initiative_sheet::labels::Label;

/// One or more fragments of lines that are one cell. Columns count characters, rows count lines.
#[derive(Debug)]
struct Block {
    lines: Vec<Vec<Token>>,
    top: usize,
    bottom: usize,
    left: usize,
    right: usize,
}

impl Block {
    /// Has it a bracket that is not closed?
    fn open(&self) -> bool {
        let count = |c| self.lines.iter().flatten().map(|t| t.text.matches(c).count()).sum::<usize>();
        count('(') > count(')')
    }
}

/// Do the lines of a sheet keep the columns of its pages?
pub fn keeps<'a>(lines: impl Iterator<Item = (&'a [Token], &'a str)>) -> bool {
    let (mut printed, mut columned) = (0, 0);
    for (tokens, text) in lines.filter(|(t, _)| !t.is_empty()) {
        printed += 1;
        columned += usize::from(fragments(tokens, text, 3).len() > 1);
    }
    columned >= 4 && columned * 4 >= printed
}

/// The tokens of a page, line by line (`texts`: the lines as printed), in the order of its cells.
pub fn order(lines: &[Vec<Token>], texts: &[&str]) -> Vec<Token> {
    let blocks = blocks(lines.iter().zip(texts).map(|(l, t)| fragments(l, t, 1)).collect());
    let mut sorted = Vec::new();
    cut(blocks, &mut sorted, 0);
    emit(sorted)
}

/// Parts of a line with so many spaces between them.
fn fragments(tokens: &[Token], text: &str, spaces: usize) -> Vec<Vec<Token>> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Vec<Token>> = Vec::new();
    for token in tokens {
        let near = out.last().and_then(|f| f.last()).is_some_and(|before| {
            let gap = chars.get(before.span.end..token.span.start).unwrap_or_default();
            gap.iter().filter(|c| c.is_whitespace()).count() < spaces && !before.is_word(Class::Number)
        });
        match out.last_mut() {
            Some(fragment) if near => fragment.push(token.clone()),
            _ => out.push(vec![token.clone()]),
        }
    }
    out
}

fn extent(fragment: &[Token]) -> (usize, usize) {
    (fragment[0].span.start, fragment[fragment.len() - 1].span.end)
}

/// Joins fragments to the cell that they go on from: above them, in the same columns, on the next line, or on the one
/// after it where only other cells have text on the line between.
fn blocks(fragments: Vec<Vec<Vec<Token>>>) -> Vec<Block> {
    let blank: Vec<bool> = fragments.iter().map(Vec::is_empty).collect();
    let mut out: Vec<Block> = Vec::new();
    // Blocks that the next line can go on from.
    let mut near: Vec<usize> = Vec::new();
    for (row, line) in fragments.into_iter().enumerate() {
        near.retain(|i| out[*i].bottom + 2 >= row);
        let mut label = None;
        for fragment in line {
            let (left, right) = extent(&fragment);
            // Columns drift from line to line, by as much as narrow signs take less room than wide ones.
            let slack = if right - left <= 3 { 5 } else { 2 };
            let above = near
                .iter()
                .copied()
                .filter(|i| {
                    let b = &out[*i];
                    b.bottom < row && b.left < right + slack && left < b.right + slack
                })
                .max_by_key(|i| {
                    let b = &out[*i];
                    (b.bottom, b.right.min(right).saturating_sub(b.left.max(left)))
                });
            let close = |b: &Block| row - b.bottom == 1 || (row - b.bottom == 2 && !blank[row - 1]);
            let opens = |b: &Block| !labelled(label) || b.open();
            let joins = above.filter(|i| close(&out[*i]) && opens(&out[*i]) && goes_on(&out[*i], &fragment, left));
            label = fragment[fragment.len() - 1].label();
            match joins {
                Some(i) => {
                    let b = &mut out[i];
                    b.bottom = row;
                    b.left = b.left.min(left);
                    b.right = b.right.max(right);
                    b.lines.push(fragment);
                }
                None => {
                    near.push(out.len());
                    out.push(Block { lines: vec![fragment], top: row, bottom: row, left, right });
                }
            }
        }
    }
    out
}

/// Behind such a label a cell begins.
fn labelled(label: Option<Label>) -> bool {
    use Label::{Development, IndicatorName, Initiative, Measure, Outcome, Program, Url};
    matches!(label, Some(Development | IndicatorName | Initiative | Measure | Outcome | Program | Url))
}

/// Is the fragment the next line of the cell?
fn goes_on(block: &Block, next: &[Token], left: usize) -> bool {
    let Some(last) = block.lines.last() else { return false };
    let labels = |f: &[Token]| f.iter().all(|t| t.label().is_some());
    let any_label = |f: &[Token]| f.iter().any(|t| t.label().is_some());
    if labels(last) && labels(next) {
        // A label in two halves.
        return matches!(
            (last[0].label(), next[0].label()),
            (Some(Label::Actors), Some(Label::Actors))
                | (Some(Label::Achievement), Some(Label::Achievement))
                | (Some(Label::Department), Some(Label::Contact))
        );
    }
    let starts_cell = |c: char| word::is_number(c) || "○〇◯【".contains(c);
    if any_label(last) || any_label(next) || next[0].text.starts_with(starts_cell) {
        return false;
    }
    // A line that wrapped is as long as its column is wide: a far longer one below it is another cell.
    let length = |f: &[Token]| extent(f).1 - extent(f).0;
    let ended = last[last.len() - 1].text.ends_with('。');
    if !ended && length(next) * 2 > length(last) * 3 + 8 {
        return false;
    }
    let class = |t: &Token| t.class().unwrap_or(Class::Text);
    let (a, b) = (class(&last[last.len() - 1]), class(&next[0]));
    let open = matches!(a, Class::Open) && matches!(b, Class::Close | Class::Text);
    let text = |c: Class| matches!(c, Class::Text | Class::Close | Class::Url);
    let near = left.abs_diff(block.left) <= 4 || left.abs_diff(last[0].span.start) <= 4;
    // Short centred lines of one cell, as in a narrow column, start anywhere.
    let narrow =
        last.len() == 1 && next.len() == 1 && piece::width(&last[0].text) <= 24 && piece::width(&next[0].text) <= 24;
    open || (text(a) && text(b) && (near || narrow))
}

/// Cuts within cuts; no page of the form needs as many.
const DEEPEST: usize = 40;

/// Orders blocks: rows that nothing crosses part them first, then columns that nothing crosses.
fn cut(mut blocks: Vec<Block>, out: &mut Vec<Block>, depth: usize) {
    if blocks.len() <= 1 || depth > DEEPEST {
        blocks.sort_by_key(|b| (b.top, b.left));
        out.append(&mut blocks);
        return;
    }
    for vertical in [false, true] {
        let span = |b: &Block| if vertical { (b.left, b.right) } else { (b.top, b.bottom + 1) };
        blocks.sort_by_key(|b| (span(b).0, if vertical { b.top } else { b.left }));
        let mut groups: Vec<Vec<Block>> = Vec::new();
        let mut end = 0;
        for block in blocks.drain(..) {
            let (from, to) = span(&block);
            match groups.last_mut() {
                Some(group) if from < end => group.push(block),
                _ => groups.push(vec![block]),
            }
            end = end.max(to);
        }
        if groups.len() > 1 {
            groups.into_iter().for_each(|g| cut(g, out, depth + 1));
            return;
        }
        blocks = groups.into_iter().flatten().collect();
    }
    blocks.sort_by_key(|b| (b.top, b.left));
    out.append(&mut blocks);
}

/// Tokens block by block. A cell of several lines stands apart from its neighbours as if by a blank line.
fn emit(blocks: Vec<Block>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut after_tall = true;
    let mut row = 0;
    let mut printed = None;
    for block in blocks {
        let tall = block.lines.len() > 1;
        let after_label = out.last().is_some_and(|t: &Token| matches!(t.kind, Kind::Label(..)));
        for (l, line) in block.lines.into_iter().enumerate() {
            // Cells of one line that stand on the same line stay on it.
            if tall || printed != Some(block.top) || after_tall {
                row += 1;
            }
            printed = (!tall).then_some(block.top);
            for mut token in line {
                token.row = row;
                token.first = out.last().is_none_or(|b| b.row != row);
                token.gap = l == 0 && token.first && (tall || after_tall) && !after_label;
                out.push(token);
            }
        }
        after_tall = tall;
    }
    out
}
