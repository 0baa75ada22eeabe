//! Free lines → blocks: the lines of one column that stand under each other as closely as those of a paragraph do.

use super::{Line, PageLayout};
use crate::geometry::{Place, Rect};

/// Room between two lines of a block, in ems; wider, and another block begins.
const LEADING: f32 = 1.3;
/// Lines may overlap by so many ems: boxes are an em high, also where lines are set solid.
const OVERLAP: f32 = 0.5;
/// Sizes of type that differ by more than this factor are not one block: a heading and its text.
const SIZES: f32 = 1.15;
/// How far a line may begin beside the block's left edge, in ems: indents and hanging numbers.
const INDENT: f32 = 4.5;

/// Free lines that a reader takes for one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub rect: Rect,
    /// Indices into [`PageLayout::lines`], in writing order.
    pub lines: Vec<usize>,
}

impl PageLayout {
    /// The blocks of the lines that stand in no cell, in the order of their first lines. Every free line is in one block;
    /// the lines of a text input, which have no place on a page, are in none.
    pub fn blocks(&self) -> Vec<Block> {
        let mut order: Vec<(usize, &Line, Rect)> = self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.cell.is_none())
            .filter_map(|(i, line)| match line.place {
                Place::Box { rect, .. } => Some((i, line, turned(line, rect))),
                Place::Line { .. } => None,
            })
            .collect();
        order.sort_by(|a, b| a.2.y0.total_cmp(&b.2.y0).then(a.2.x0.total_cmp(&b.2.x0)));
        let mut open: Vec<Open> = Vec::new();
        for (index, line, rect) in order {
            // The nearest block above that the line can go on with.
            let gap = |b: &Open| rect.y0 - b.last.y1;
            let fitting = open.iter_mut().filter(|b| b.vertical == line.vertical && b.takes(line, &rect));
            match fitting.min_by(|a, b| gap(a).total_cmp(&gap(b))) {
                Some(block) => block.push(index, line, rect),
                None => {
                    open.push(Open { vertical: line.vertical, size: line.size, rect, last: rect, lines: vec![index] })
                }
            }
        }
        let mut blocks: Vec<Block> = open
            .into_iter()
            .map(|b| Block { rect: if b.vertical { back(b.rect) } else { b.rect }, lines: b.lines })
            .collect();
        blocks.sort_by_key(|b| b.lines.iter().min().copied());
        blocks
    }
}

/// A block that may still grow. Vertical writing is looked at turned, so that its lines run from the top down as well.
struct Open {
    vertical: bool,
    size: f32,
    rect: Rect,
    last: Rect,
    lines: Vec<usize>,
}

impl Open {
    fn takes(&self, line: &Line, rect: &Rect) -> bool {
        let em = self.size.max(line.size).max(0.1);
        let gap = rect.y0 - self.last.y1;
        let beside = (rect.x0 - self.rect.x0).abs().min((rect.x0 - self.last.x0).abs());
        let alike = line.size.max(self.size) <= line.size.min(self.size) * SIZES;
        let close = (-OVERLAP * em..=LEADING * em).contains(&gap);
        // Over the whole block: the last line may be one character that stands beside the next one's indent.
        alike && close && beside <= INDENT * em && self.rect.overlap_x(rect) > 0.0
    }

    fn push(&mut self, index: usize, line: &Line, rect: Rect) {
        self.rect = self.rect.union(&rect);
        self.last = rect;
        self.size = line.size;
        self.lines.push(index);
    }
}

fn turned(line: &Line, rect: Rect) -> Rect {
    if line.vertical { Rect { x0: rect.y0, y0: -rect.x1, x1: rect.y1, y1: -rect.x0 } } else { rect }
}

fn back(rect: Rect) -> Rect {
    Rect { x0: -rect.y1, y0: rect.x0, x1: -rect.y0, y1: rect.x1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(&str, f32, f32, f32, bool)]) -> PageLayout {
        let lines = lines.iter().map(|&(text, x, y, size, vertical)| {
            let long = text.chars().count() as f32 * size;
            let rect = if vertical { Rect::new(x, y, x + size, y + long) } else { Rect::new(x, y, x + long, y + size) };
            Line {
                text: text.to_owned(),
                place: Place::Box { page: 1, rect },
                cell: None,
                edges: Box::default(),
                vertical,
                size,
                paragraph: false,
            }
        });
        PageLayout { number: 1, lines: lines.collect(), ..PageLayout::default() }
    }

    fn texts(page: &PageLayout) -> Vec<String> {
        let text = |block: &Block| block.lines.iter().map(|&i| page.lines[i].text.as_str()).collect();
        page.blocks().iter().map(text).collect()
    }

    #[test]
    fn lines_of_a_paragraph_are_one_block_and_headings_another() {
        let page = page(&[
            ("見出し", 50.0, 50.0, 16.0, false),
            ("　本文の一行目", 50.0, 70.0, 10.0, false),
            ("本文の二行目", 50.0, 85.0, 10.0, false),
            ("遠い行", 50.0, 120.0, 10.0, false),
        ]);
        assert_eq!(texts(&page), ["見出し", "　本文の一行目本文の二行目", "遠い行"]);
    }

    #[test]
    fn columns_stay_apart() {
        let page = page(&[
            ("左の一", 50.0, 50.0, 10.0, false),
            ("右の一", 300.0, 50.0, 10.0, false),
            ("左の二", 50.0, 65.0, 10.0, false),
            ("右の二", 300.0, 65.0, 10.0, false),
        ]);
        assert_eq!(texts(&page), ["左の一左の二", "右の一右の二"]);
    }

    #[test]
    fn vertical_lines_run_from_right_to_left() {
        let page = page(&[("二行目", 80.0, 50.0, 10.0, true), ("一行目", 95.0, 50.0, 10.0, true)]);
        assert_eq!(texts(&page), ["一行目二行目"]);
        assert_eq!(page.blocks()[0].rect, Rect::new(80.0, 50.0, 105.0, 80.0));
    }

    #[test]
    fn a_text_input_has_no_blocks() {
        let line = Line { place: Place::Line { line: 1 }, ..page(&[("行", 0.0, 0.0, 0.0, false)]).lines[0].clone() };
        let page = PageLayout { lines: vec![line], ..PageLayout::default() };
        assert_eq!(page.blocks(), []);
    }
}
