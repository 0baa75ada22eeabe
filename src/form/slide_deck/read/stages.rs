//! 段階別支援施策: ＜段階N＞, its numbered measures and its 【事例】.

use super::super::heads::{self, Kind};
use super::super::raw::{Field, RawExample, RawMeasure, RawStage, RawTheme};
use super::super::slide::{Part, Slide};
use super::super::strand::{self, Strand};
use super::super::token::Token;
use super::order::{self, Run, Side};
use super::segments::segments;
use super::{cities, is_sentence};
use crate::form::slot::Slot;
use crate::layout::Layout;
use crate::normalize::fold;

const LEFT_OVER: &str = "the one text of the slide that no other heading has";
const LOST_PAGES: &str = "the text lost its pages; slides were told apart by what one slide of a stage prints";

const UNFINISHED: &str = "the text does not end as a sentence does; more of it may stand elsewhere";

/// Does the last item end as a sentence?
fn is_ended(layout: &Layout, field: &Field) -> bool {
    let last = field.items.last().and_then(|slot| slot.spans().last());
    last.is_some_and(|span| layout.text(span).trim_end().ends_with(['。', '.', '）', ')']))
}

/// The pieces of one slide of a stage.
struct Group<'a> {
    slide: &'a Slide,
    ids: Vec<usize>,
    sure: bool,
}

pub(super) fn read(layout: &Layout, part: &Part, raw: &mut RawTheme) {
    // Where the deck sets its texts with bullets, a line without one is no text of its own.
    let bulleted = |t: &Token| t.is_bullet() && is_sentence(layout, t);
    let bullets = part.slides.iter().any(|s| s.has(Kind::Stage) && s.tokens.iter().any(bulleted));
    let groups = groups(layout, part, bullets);
    let runs: Vec<Run> = groups.iter().map(|g| run(layout, g, bullets)).collect();
    let flat: Vec<usize> = (0..runs.len()).filter(|&i| !groups[i].slide.seen).collect();
    let side = if flat.is_empty() { None } else { order::side(&runs) };
    if groups.iter().any(|g| !g.sure) {
        raw.doubt("slides_told_apart", "/support_stages".to_owned(), LOST_PAGES.to_owned());
    }
    for (group, run) in groups.iter().zip(&runs) {
        slide(layout, raw, group, run, side);
    }
    for stage in &mut raw.stages {
        stage.measures.sort_by_key(|m| number(layout, &m.number).unwrap_or(u32::MAX));
    }
    if flat.len() == groups.len() {
        raw.stages.sort_by_key(|s| number(layout, &s.number).unwrap_or(u32::MAX));
    }
}

pub(super) fn number(layout: &Layout, slot: &Slot) -> Option<u32> {
    heads::number(&fold::key(&layout.texts(slot.spans()).collect::<String>()))
}

fn groups<'a>(layout: &Layout, part: &'a Part, bullets: bool) -> Vec<Group<'a>> {
    let mut out: Vec<Group> = Vec::new();
    let mut before = false;
    for slide in &part.slides {
        let all = || (0..slide.tokens.len()).collect::<Vec<usize>>();
        let others = [
            Kind::Steps,
            Kind::Type,
            Kind::Overview,
            Kind::Previous,
            Kind::Current,
            Kind::CountRow,
            Kind::Area,
            Kind::Mark,
        ];
        if !slide.paged {
            if slide.has(Kind::Stage) {
                let found = segments(layout, slide, bullets);
                out.extend(found.groups.into_iter().map(|ids| Group { slide, ids, sure: found.sure }));
            }
            continue;
        }
        // A stage may go on over several slides.
        let goes_on = before && slide.of(&others).is_empty() && !slide.of(&[Kind::Quoted, Kind::Example]).is_empty();
        before = slide.has(Kind::Stage) || goes_on;
        if before {
            out.push(Group { slide, ids: all(), sure: true });
        }
    }
    out
}

fn run<'a>(layout: &Layout, group: &Group<'a>, bullets: bool) -> Run<'a> {
    let slide = group.slide;
    let of = |kind: Kind| -> Vec<usize> {
        let heads = group.ids.iter().filter(|&&i| slide.tokens[i].kind == kind);
        heads.filter(|&&i| kind != Kind::Quoted || !cities::is_head(layout, slide, i)).copied().collect()
    };
    let is_text = |i: &&usize| {
        let token = &slide.tokens[**i];
        token.is_bullet() || !bullets && is_sentence(layout, token)
    };
    let texts = group.ids.iter().filter(is_text).copied().collect();
    Run { slide, ids: group.ids.clone(), heads: of(Kind::Quoted), others: of(Kind::Example), texts }
}

fn slide(layout: &Layout, raw: &mut RawTheme, group: &Group, run: &Run, side: Option<Side>) {
    let tokens = &group.slide.tokens;
    let stages: Vec<usize> = group.ids.iter().filter(|&&i| tokens[i].kind == Kind::Stage).copied().collect();
    let mut heads: Vec<usize> = run.heads.iter().chain(&run.others).copied().collect();
    heads.sort_unstable();
    let pairs: Vec<(usize, Field)> = if group.slide.seen {
        let all: Vec<usize> = heads.iter().chain(&stages).copied().collect();
        let owners: Vec<Option<usize>> = group.ids.iter().map(|&i| group.slide.owner(i, &all)).collect();
        let texts = |head: usize| -> Vec<usize> {
            let of = |(i, owner): (&usize, &Option<usize>)| {
                let text = tokens[*i].is_bullet() || tokens[*i].kind == Kind::Text;
                (*owner == Some(head) && text).then_some(*i)
            };
            group.ids.iter().zip(&owners).filter_map(of).collect()
        };
        heads.iter().map(|&head| (head, raw.passage(layout, group.slide, &texts(head)))).collect()
    } else {
        let mut out = Vec::new();
        for pair in run.pairs(side) {
            let field = raw.passage(layout, group.slide, &pair.texts);
            let field = match () {
                () if field.items.is_empty() => field,
                () if pair.left_over => field.because(LEFT_OVER),
                () if !group.sure => field.because(LOST_PAGES),
                () if !is_ended(layout, &field) => field.because(UNFINISHED),
                () => field,
            };
            out.push((pair.head, field));
        }
        out
    };
    let first = raw.stages.len();
    for &stage in &stages {
        let token = &tokens[stage];
        raw.label(token);
        raw.stages.push(RawStage {
            number: token.slot(&token.number),
            name: token.slot(&token.text),
            ..RawStage::default()
        });
    }
    for (head, description) in pairs {
        let at = match stages.as_slice() {
            // The slide goes on with the stage of the one before.
            [] => first.checked_sub(1),
            [_] => Some(first),
            many => {
                let owner = if group.slide.seen {
                    group.slide.owner(head, many)
                } else {
                    many.iter().rev().find(|&&s| s < head).copied()
                };
                owner.and_then(|o| many.iter().position(|&s| s == o)).map(|at| first + at)
            }
        };
        let Some(stage) = at.and_then(|at| raw.stages.get_mut(at)) else {
            let at = "/support_stages".to_owned();
            raw.doubt("unplaced", at, "a measure or example under no ＜段階＞ was left out".to_owned());
            continue;
        };
        let token = &tokens[head];
        match token.kind {
            Kind::Example => {
                let (title, jurisdiction) = named(layout, token);
                stage.examples.push(RawExample { title, jurisdiction, description });
            }
            _ => stage.measures.push(RawMeasure {
                number: token.slot(&token.number),
                name: unquoted(layout, token),
                description,
            }),
        }
        let brackets = token.all.clone();
        raw.labels.extend(brackets);
    }
    merge(layout, raw, first);
}

/// A stage that goes on under its heading printed again is one.
fn merge(layout: &Layout, raw: &mut RawTheme, first: usize) {
    let said = |s: &RawStage| {
        let key = |slot: &Slot| fold::key(&layout.texts(slot.spans()).collect::<String>());
        (key(&s.number), key(&s.name))
    };
    if first == 0 || raw.stages.len() != first + 1 || said(&raw.stages[first]) != said(&raw.stages[first - 1]) {
        return;
    }
    if let Some(again) = raw.stages.pop()
        && let Some(stage) = raw.stages.last_mut()
    {
        raw.labels.extend(again.number.spans().iter().chain(again.name.spans()).cloned());
        stage.measures.extend(again.measures);
        stage.examples.extend(again.examples);
    }
}

/// The name of a heading, without the 「」 that enclose all of it.
pub(super) fn unquoted(layout: &Layout, token: &Token) -> Slot {
    let strand = Strand::new(layout, &token.text);
    token.slot(&strand.cut(heads::unquoted(&strand.text, 0..strand.text.len())))
}

/// The title, and the prefecture or city in the bracket behind it.
fn named(layout: &Layout, token: &Token) -> (Slot, Slot) {
    let strand = Strand::new(layout, &token.text);
    match strand::tail(&strand.text) {
        Some((title, inner)) if is_jurisdiction(&strand.text[inner.clone()]) => {
            (token.slot(&strand.cut(title)), token.slot(&strand.cut(inner)))
        }
        _ => (token.slot(&token.text), Slot::Blank(None)),
    }
}

/// 横浜市, or several of such.
pub(super) fn is_jurisdiction(text: &str) -> bool {
    let mut names = text.split(['、', '・', ',', '/']).map(str::trim).filter(|n| !n.is_empty()).peekable();
    names.peek().is_some() && names.all(|n| n.ends_with(['都', '道', '府', '県', '市', '区', '町', '村', '等']))
}
