//! 取組事例の類型化: ＜分類N＞ or ＜類型N＞ and what each of them is.

use super::super::heads::Kind;
use super::super::raw::{Field, RawTheme, RawType};
use super::super::slide::{Part, Slide, breaks_before};
use super::order::{self, Run, Side};
use super::stages::number;
use super::{is_sentence, is_torn};
use crate::layout::Layout;
use crate::normalize::fold;

const IN_TURN: &str = "as many texts as headings stand behind them; taken in turn";
const LEFT_OVER: &str = "the one text of the slide that no other heading has";

/// The headings of one slide of types or of cases.
pub(super) struct Group<'a> {
    pub slide: &'a Slide,
    pub heads: Vec<usize>,
    /// Each heading is that of a case, not the type's own.
    pub cases: bool,
}

/// The slides that print ＜類型N＞ headings. In a text without pages a number that comes again begins another one.
pub(super) fn groups<'a>(layout: &Layout, part: &'a Part) -> Vec<Group<'a>> {
    let mut out = Vec::new();
    for slide in &part.slides {
        let heads = slide.of(&[Kind::Type]);
        if heads.is_empty() {
            continue;
        }
        let labels = slide.of(&[Kind::Overview, Kind::Programs]);
        if slide.paged {
            out.push(Group { slide, heads, cases: !labels.is_empty() });
            continue;
        }
        let mut group: Vec<usize> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for head in heads {
            let number = fold::key(&layout.texts(&slide.tokens[head].number).collect::<String>());
            if seen.contains(&number) {
                groups.push(std::mem::take(&mut group));
                seen.clear();
            }
            seen.push(number);
            group.push(head);
        }
        groups.push(group);
        let within =
            |from: usize, to: usize| labels.get(labels.partition_point(|&l| l < from)).is_some_and(|&l| l < to);
        let ends = |heads: &[usize]| heads.first().copied().zip(heads.last().copied()).unwrap_or_default();
        let starts: Vec<usize> = groups.iter().map(|g| ends(g).0).collect();
        // Labels between its headings; where no group has any, labels behind them.
        let between: Vec<bool> = groups.iter().map(|g| within(ends(g).0, ends(g).1)).collect();
        let none = !between.contains(&true);
        for (i, heads) in groups.into_iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(slide.tokens.len());
            let cases = between[i] || none && within(starts[i], end);
            out.push(Group { slide, heads, cases });
        }
    }
    out
}

pub(super) fn read(layout: &Layout, part: &Part, raw: &mut RawTheme) {
    for group in groups(layout, part).iter().filter(|g| !g.cases) {
        let slide = group.slide;
        let found: Vec<Field> = if slide.seen { seen(layout, raw, group) } else { ordered(layout, raw, group) };
        for (&head, description) in group.heads.iter().zip(found) {
            let token = &slide.tokens[head];
            raw.labels.extend_from_slice(&token.all);
            let (number, name) = (token.slot(&token.number), token.slot(&token.text));
            raw.types.push(RawType { number, name, description });
        }
    }
    // A text follows the order of drawing.
    if part.slides.iter().all(|s| !s.seen) {
        raw.types.sort_by_key(|t| number(layout, &t.number).unwrap_or(u32::MAX));
    }
}

fn seen(layout: &Layout, raw: &mut RawTheme, group: &Group) -> Vec<Field> {
    let slide = group.slide;
    let texts = (0..slide.tokens.len()).filter(|&i| slide.tokens[i].is_bullet() || slide.tokens[i].kind == Kind::Text);
    let owned: Vec<(usize, Option<usize>)> = texts.map(|i| (i, slide.owner(i, &group.heads))).collect();
    let of = |head: usize| owned.iter().filter(|o| o.1 == Some(head)).map(|o| o.0).collect::<Vec<usize>>();
    let mut out = Vec::new();
    for &head in &group.heads {
        // Beside the text stand drawings with words in them.
        let mut ids = of(head);
        let sentences: Vec<usize> = ids.iter().filter(|&&i| is_sentence(layout, &slide.tokens[i])).copied().collect();
        if !sentences.is_empty() {
            ids = sentences;
        } else if ids.len() > 1 {
            let frame = slide.tokens[ids[0]].block;
            ids.retain(|&i| slide.tokens[i].block == frame);
        }
        let field = raw.passage(layout, slide, &ids);
        out.push(field);
    }
    out
}

fn ordered(layout: &Layout, raw: &mut RawTheme, group: &Group) -> Vec<Field> {
    let slide = group.slide;
    let (Some(&first), Some(&last)) = (group.heads.first(), group.heads.last()) else { return Vec::new() };
    let ids: Vec<usize> = if slide.paged {
        (0..slide.tokens.len()).collect()
    } else {
        let ends = |i: &usize| {
            let kinds =
                [Kind::Type, Kind::Stage, Kind::Quoted, Kind::Mark, Kind::Next, Kind::Area, Kind::Heading, Kind::Table];
            breaks_before(&slide.tokens[*i]) || kinds.contains(&slide.tokens[*i].kind)
        };
        let from = (0..first).rev().find(ends).unwrap_or(0);
        let to = (last + 1..slide.tokens.len()).find(ends).unwrap_or(slide.tokens.len());
        (from..to).collect()
    };
    let texts: Vec<usize> = ids.iter().filter(|&&i| is_sentence(layout, &slide.tokens[i])).copied().collect();
    // Where a line of a text was left alone, the pieces of its sentence stand apart.
    if ids.iter().any(|&i| is_torn(layout, &slide.tokens[i])) {
        return group.heads.iter().map(|_| Field::default()).collect();
    }
    let run = Run { slide, ids, heads: group.heads.clone(), others: Vec::new(), texts };
    // Before each heading in their order, and one text more behind the last: that may be the other way round.
    let ascends = number(layout, &slide.tokens[first].slot(&slide.tokens[first].number))
        < number(layout, &slide.tokens[last].slot(&slide.tokens[last].number));
    let doubtful = |side: &Side| *side == Side::Before && ascends && run.texts.last() > Some(&last);
    if let Some(side) = order::side(std::slice::from_ref(&run)).filter(|side| !doubtful(side)) {
        let field = |texts: &[usize], left_over: bool| {
            let field = raw.passage(layout, slide, texts);
            if left_over { field.because(LEFT_OVER) } else { field }
        };
        return run
            .pairs(Some(side))
            .iter()
            .map(|p| (&p.texts, p.left_over))
            .map({
                let mut field = field;
                move |(texts, left)| field(texts, left)
            })
            .collect();
    }
    let behind: Vec<usize> = run.texts.iter().filter(|&&t| t > last).copied().collect();
    if behind.len() == group.heads.len() {
        return behind.iter().map(|&t| raw.passage(layout, slide, &[t]).because(IN_TURN)).collect();
    }
    group.heads.iter().map(|_| Field::default()).collect()
}
