//! 取組テーマ＜N＞ and the title below it.

use super::super::heads::Kind;
use super::super::raw::{Field, RawTheme};
use super::super::slide::{Part, Slide};
use super::super::token::Gap;
use crate::form::slot::Slot;
use crate::geometry::{Place, Rect};
use crate::layout::{Layout, Span};

/// Lines of the title are set this nearly as large as the largest of them.
const SAME_SIZE: f32 = 0.9;
/// Room between the lines of a title, in their size.
const LEADING: f32 = 1.6;
/// A title has no more pieces than this.
const PIECES: usize = 4;

const BY_GAP: &str = "the title was taken to end where the text is parted";

pub(super) fn read(layout: &Layout, part: &Part, raw: &mut RawTheme) {
    let marks = || part.slides.iter().flat_map(|s| s.of(&[Kind::Mark]).into_iter().map(move |i| (s, i)));
    // The title's own slide holds a title; a running head does not.
    let found = marks().map(|(slide, mark)| (slide, mark, below(layout, slide, mark)));
    let found: Vec<(&Slide, usize, Field)> = found.take(64).collect();
    let Some((slide, mark, title)) = found.iter().find(|f| !f.2.items.is_empty()).or(found.first()) else { return };
    let token = &slide.tokens[*mark];
    raw.number = token.slot(&token.number);
    raw.title = title.clone();
}

fn below(layout: &Layout, slide: &Slide, mark: usize) -> Field {
    let token = &slide.tokens[mark];
    if !token.text.is_empty() {
        return Field::one(token.slot(&token.text));
    }
    if slide.seen { seen(layout, slide, mark) } else { ordered(layout, slide, mark) }
}

/// The largest lines below the mark.
fn seen(layout: &Layout, slide: &Slide, mark: usize) -> Field {
    let Some(top) = slide.tokens[mark].rect else { return Field::default() };
    let lines = slide.tokens.iter().enumerate().filter(|&(i, t)| i != mark && t.kind != Kind::Folio);
    let spans: Vec<(&Span, Rect, f32)> = lines
        .flat_map(|(_, token)| &token.all)
        .filter_map(|span| match layout.line(span).place {
            Place::Box { rect, .. } => Some((span, rect, layout.line(span).size)),
            Place::Line { .. } => None,
        })
        .filter(|(_, rect, _)| rect.center().1 > top.y1)
        .collect();
    let largest = spans.iter().map(|s| s.2).fold(0.0, f32::max);
    let mut title: Vec<Span> = Vec::new();
    let mut last: Option<Rect> = None;
    for (span, rect, size) in spans.into_iter().filter(|s| s.2 >= largest * SAME_SIZE) {
        // What is set as large far below is something else.
        if last.is_some_and(|l| rect.y0 - l.y1 > LEADING * size) {
            break;
        }
        last = Some(rect);
        title.push(span.clone());
    }
    let method = slide.tokens.iter().find(|t| title.first().is_some_and(|s| t.all.contains(s))).map(|t| t.method);
    Field::one(method.map_or(Slot::Unplaced, |method| Slot::read(title, method)))
}

/// The lines behind the mark, to について or to the end of the slide.
fn ordered(layout: &Layout, slide: &Slide, mark: usize) -> Field {
    let mut spans: Vec<Span> = Vec::new();
    let mut end = None;
    for (n, token) in slide.tokens[mark + 1..].iter().take(PIECES).enumerate() {
        let plain = matches!(token.kind, Kind::Text | Kind::Company);
        if !plain || n > 0 && token.gap >= Gap::Likely {
            end = Some(token.gap);
            break;
        }
        spans.extend_from_slice(&token.text);
        if token.said(layout).trim_end().ends_with("について") {
            return Field::one(Slot::read(spans, token.method));
        }
    }
    let rest = slide.tokens.len() <= mark + 1 + PIECES;
    if spans.is_empty() {
        // The one other text of the page, drawn before the mark.
        let others: Vec<_> = slide.tokens.iter().filter(|t| !matches!(t.kind, Kind::Mark | Kind::Folio)).collect();
        return match others.as_slice() {
            [one] if slide.paged && one.kind == Kind::Text && one.all.len() == 1 => Field::one(one.slot(&one.text)),
            _ => Field::default(),
        };
    }
    let field = Field::one(Slot::read(spans, slide.tokens[mark].method));
    // The whole of a page is the title.
    if slide.paged && end.is_none() && rest { field } else { field.because(BY_GAP) }
}
