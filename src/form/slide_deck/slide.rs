//! A deck → its themes and their slides.

use super::heads::{self, Kind};
use super::token::{Gap, Piece, Token, page_lines, text_lines, tokens};
use crate::layout::{Layout, Span};
use crate::normalize::fold;

/// What stands together: a page, or all of a text whose pages are lost.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Slide {
    /// Index into [`Layout::pages`].
    pub page: usize,
    /// In the order seen, or in that of the text.
    pub tokens: Vec<Token>,
    /// Its pieces have places on the page.
    pub seen: bool,
    /// It is one page, and no more.
    pub paged: bool,
    /// It prints 前回 or 今回.
    pub compares: bool,
    /// It holds more than a slide can; nothing of it was read.
    pub too_large: bool,
}

/// No page of a deck prints more pieces than this.
const PIECES: usize = 4_000;
/// No page has more headings of one kind than this.
const HEADS: usize = 400;

impl Slide {
    pub fn has(&self, kind: Kind) -> bool {
        self.tokens.iter().any(|t| t.kind == kind)
    }

    /// Indices of the pieces of some kinds.
    pub fn of(&self, kinds: &[Kind]) -> Vec<usize> {
        (0..self.tokens.len()).filter(|&i| kinds.contains(&self.tokens[i].kind)).collect()
    }

    /// On a page: the heading of each piece, among `heads` (indices of pieces): the nearest above it in its column, or
    /// the one beside it on the left.
    pub fn owner(&self, token: usize, heads: &[usize]) -> Option<usize> {
        let t = &self.tokens[token];
        let (rect, frame) = (t.rect?, t.frame?);
        let mut above: Option<(f32, usize)> = None;
        let mut beside: Option<(f32, usize)> = None;
        for &head in heads.iter().take(HEADS).filter(|&&h| h != token) {
            let Some((h, hf)) = self.tokens[head].rect.zip(self.tokens[head].frame) else { continue };
            let slack = 0.5 * h.height().min(rect.height());
            if h.y1 <= rect.y0 + slack && hf.overlap_x(&frame) > 0.0 && above.is_none_or(|(y, _)| h.y0 >= y) {
                above = Some((h.y0, head));
            }
            let common = h.overlap_y(&frame);
            if h.x1 <= rect.x0 + 2.0 && common > 0.5 * h.height() && beside.is_none_or(|(x, _)| h.x1 > x) {
                beside = Some((h.x1, head));
            }
        }
        match (above, beside) {
            (Some((y, _)), Some((_, left))) if self.tokens[left].rect.is_some_and(|r| r.y1 > y + r.height()) => {
                Some(left)
            }
            (None, Some((_, left))) => Some(left),
            (above, _) => above.map(|(_, head)| head),
        }
    }
}

/// One theme: from its title to the next one's.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Part {
    pub slides: Vec<Slide>,
}

/// The themes of a deck, in its order. What stands before the first title belongs to the first theme.
pub(super) fn parts(layout: &Layout) -> Vec<Part> {
    let seen = layout.pages.iter().any(|p| p.width > 0.0);
    let slides: Vec<Slide> = if seen {
        (0..layout.pages.len()).map(|page| slide(layout, page, &page_lines(layout, page), true)).collect()
    } else {
        let lines = text_lines(layout);
        if layout.pages.len() > 1 {
            let pages = lines.chunk_by(|a, b| a.span.page == b.span.page);
            pages.map(|lines| slide(layout, lines[0].span.page, lines, false)).collect()
        } else {
            return unpaged(layout, &lines);
        }
    };
    let mut parts: Vec<(Option<String>, Part)> = Vec::new();
    for slide in slides {
        let mark = only_mark(layout, &slide);
        match parts.last_mut() {
            Some((number, part)) if mark.is_none() || number.is_none() || *number == mark => {
                *number = number.take().or(mark);
                part.slides.push(slide);
            }
            _ => parts.push((mark, Part { slides: vec![slide] })),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

fn slide(layout: &Layout, page: usize, lines: &[Piece], seen: bool) -> Slide {
    // A slide of a stage, or one that goes on with it.
    let loose = lines.iter().any(|l| match heads::of(&l.text, false).map(|f| f.kind) {
        Some(Kind::Stage) => true,
        Some(Kind::Section) => l.text.contains("段階別"),
        _ => false,
    });
    let mut tokens = tokens(layout, lines, loose);
    let too_large = tokens.len() > PIECES;
    if too_large {
        tokens.retain(|t| t.kind == Kind::Mark);
    }
    Slide { page, compares: compares(&tokens), tokens, seen, paged: true, too_large }
}

fn compares(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| matches!(t.kind, Kind::Previous | Kind::Current))
}

/// A text without pages: a theme ends where the next one's title stands.
fn unpaged(layout: &Layout, lines: &[Piece]) -> Vec<Part> {
    let mut starts: Vec<usize> = Vec::new();
    let mut number: Option<String> = None;
    for (at, line) in lines.iter().enumerate() {
        let Some(found) = heads::mark(&line.text) else { continue };
        let this = line.text.get(found.number).and_then(heads::number).map(|n| n.to_string());
        if number.is_none() || this != number {
            starts.push(at);
            number = this;
        }
    }
    // What stands before the first title goes with it.
    if let Some(first) = starts.first_mut() {
        *first = 0;
    } else {
        starts.push(0);
    }
    starts.push(lines.len());
    let part = |range: &[usize]| {
        let tokens = tokens(layout, &lines[range[0]..range[1]], false);
        let slide = Slide { page: 0, compares: compares(&tokens), tokens, seen: false, paged: false, too_large: false };
        Part { slides: vec![slide] }
    };
    starts.windows(2).map(part).collect()
}

/// The number of the one theme that a slide names; a list of themes names several.
fn only_mark(layout: &Layout, slide: &Slide) -> Option<String> {
    let said = |spans: &[Span]| fold::key(&layout.texts(spans).collect::<String>());
    let numbers: Vec<String> = slide
        .tokens
        .iter()
        .filter(|t| t.kind == Kind::Mark)
        .filter_map(|t| heads::number(&said(&t.number)).map(|n| n.to_string()))
        .collect();
    numbers.first().filter(|first| numbers.iter().all(|n| n == *first)).cloned()
}

/// Pieces between which a text was surely not turned to the next page stay in one run.
pub(super) fn breaks_before(token: &Token) -> bool {
    token.gap >= Gap::Likely
}
