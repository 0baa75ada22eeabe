//! 代表的な支援実例: under each ＜類型N＞ a company, its ＜事業概要＞ and the ＜活用支援制度＞.

use super::super::heads::Kind;
use super::super::raw::{Field, RawCase, RawTheme};
use super::super::slide::{Part, Slide};
use super::super::strand::{self, Strand};
use super::super::token::Token;
use super::order::{self, Run, Side};
use super::stages::{is_jurisdiction, number};
use super::types::{Group, groups};
use crate::form::slot::Slot;
use crate::layout::Layout;

/// More programmes than this are no list.
const PROGRAMS: usize = 500;

pub(super) fn read(layout: &Layout, part: &Part, raw: &mut RawTheme) {
    for group in groups(layout, part).iter().filter(|g| g.cases) {
        let slide = group.slide;
        let mut parts = if slide.seen { seen(slide, &group.heads) } else { ordered(slide, &group.heads) };
        if !slide.seen {
            parts = parts.and_then(|parts| turned(slide, parts));
        }
        for (i, &head) in group.heads.iter().enumerate() {
            raw.labels.extend_from_slice(&slide.tokens[head].all);
            let pieces = parts.as_ref().map(|p| p[i].as_slice()).unwrap_or_default();
            if pieces.is_empty() {
                unplaced(raw, group, head);
                continue;
            }
            for ids in each(slide, pieces) {
                case(layout, raw, slide, head, &ids);
            }
        }
        for i in slide.of(&[Kind::Overview, Kind::Programs]) {
            raw.whole(&slide.tokens[i]);
        }
    }
    if part.slides.iter().all(|s| !s.seen) {
        raw.cases.sort_by_key(|c| number(layout, &c.type_number).unwrap_or(u32::MAX));
    }
}

/// A case of which only the type is sure.
fn unplaced(raw: &mut RawTheme, group: &Group, head: usize) {
    let token = &group.slide.tokens[head];
    let (type_number, type_name) = (token.slot(&token.number), token.slot(&token.text));
    raw.cases.push(RawCase { type_number, type_name, ..RawCase::default() });
}

/// The pieces under each heading, as they stand on the page.
fn seen(slide: &Slide, heads: &[usize]) -> Option<Vec<Vec<usize>>> {
    let mut out = vec![Vec::new(); heads.len()];
    for i in (0..slide.tokens.len()).filter(|i| !heads.contains(i)) {
        if let Some(at) = slide.owner(i, heads).and_then(|o| heads.iter().position(|&h| h == o)) {
            out[at].push(i);
        }
    }
    Some(out)
}

/// The pieces between the headings: those behind each, or those before each, whichever holds a whole case everywhere.
fn ordered(slide: &Slide, heads: &[usize]) -> Option<Vec<Vec<usize>>> {
    let last = *heads.last()?;
    let ends =
        |i: &usize| matches!(slide.tokens[*i].kind, Kind::Section | Kind::Next | Kind::Stage | Kind::Mark | Kind::Type);
    let start = (0..*heads.first()?).rev().find(ends).map_or(0, |i| i + 1);
    let end = (last + 1..slide.tokens.len()).find(ends).unwrap_or(slide.tokens.len());
    let after: Vec<Vec<usize>> =
        (0..heads.len()).map(|i| (heads[i] + 1..heads.get(i + 1).copied().unwrap_or(end)).collect()).collect();
    let before: Vec<Vec<usize>> =
        (0..heads.len()).map(|i| (i.checked_sub(1).map_or(start, |b| heads[b] + 1)..heads[i]).collect()).collect();
    let whole = |ids: &Vec<usize>| {
        let count = |kind: Kind| ids.iter().filter(|&&i| slide.tokens[i].kind == kind).count();
        count(Kind::Overview) > 0
            && count(Kind::Overview) == count(Kind::Programs)
            && count(Kind::Overview) == count(Kind::Company)
    };
    if after.iter().all(whole) {
        return Some(after);
    }
    before.iter().all(whole).then_some(before)
}

/// The pieces with each text behind its label; `None` where the texts stand on neither side of all labels.
fn turned(slide: &Slide, mut parts: Vec<Vec<usize>>) -> Option<Vec<Vec<usize>>> {
    let is = |i: usize, kinds: &[Kind]| kinds.contains(&slide.tokens[i].kind);
    let run = |ids: &Vec<usize>| Run {
        slide,
        ids: ids.clone(),
        heads: ids.iter().filter(|&&i| is(i, &[Kind::Overview, Kind::Programs])).copied().collect(),
        others: Vec::new(),
        texts: ids.iter().filter(|&&i| slide.tokens[i].is_bullet() || is(i, &[Kind::Text])).copied().collect(),
    };
    let runs: Vec<Run> = parts.iter().map(run).collect();
    match order::side(&runs)? {
        Side::After => {}
        // Drawn from the last piece to the first.
        Side::Before => parts.iter_mut().for_each(|ids| ids.reverse()),
    }
    Some(parts)
}

/// The pieces under one heading, case by case: a label that comes again begins another one, with the company before it.
fn each(slide: &Slide, ids: &[usize]) -> Vec<Vec<usize>> {
    let kind = |i: usize| slide.tokens[i].kind;
    let overviews: Vec<usize> = (0..ids.len()).filter(|&n| kind(ids[n]) == Kind::Overview).collect();
    if overviews.len() < 2 {
        return vec![ids.to_vec()];
    }
    // The first piece that is neither text nor bullet tells where a case begins.
    let labels = [Kind::Company, Kind::Overview, Kind::Programs];
    let Some(first) = ids.iter().find(|&&i| labels.contains(&kind(i))).map(|&i| kind(i)) else {
        return vec![ids.to_vec()];
    };
    let mut out: Vec<Vec<usize>> = Vec::new();
    for &i in ids {
        if kind(i) == first || out.is_empty() {
            out.push(Vec::new());
        }
        if let Some(case) = out.last_mut() {
            case.push(i);
        }
    }
    out
}

fn case(layout: &Layout, raw: &mut RawTheme, slide: &Slide, head: usize, ids: &[usize]) {
    let token = &slide.tokens[head];
    let mut case =
        RawCase { type_number: token.slot(&token.number), type_name: token.slot(&token.text), ..RawCase::default() };
    let below = |label: Kind| -> Vec<usize> {
        let from = ids.iter().position(|&i| slide.tokens[i].kind == label).map_or(ids.len(), |at| at + 1);
        let texts = ids[from..].iter();
        texts.take_while(|&&i| slide.tokens[i].is_bullet() || slide.tokens[i].kind == Kind::Text).copied().collect()
    };
    case.overview = raw.passage(layout, slide, &below(Kind::Overview));
    let programs = raw.passage(layout, slide, &below(Kind::Programs));
    case.programs = parted(layout, raw, &programs);
    (case.company, case.city) = company(layout, raw, slide, ids);
    raw.cases.push(case);
}

/// Programmes stand in one bullet, parted by 、, or in a bullet each.
fn parted(layout: &Layout, raw: &mut RawTheme, field: &Field) -> Field {
    let mut items = Vec::new();
    for slot in &field.items {
        let Slot::Read(reading) = slot else { continue };
        let strand = Strand::new(layout, &reading.spans);
        let parts = strand.parts(0..strand.text.trim_end().len(), &['、']);
        if parts.len() > PROGRAMS {
            return field.clone();
        }
        raw.labels.extend(parts.windows(2).flat_map(|pair| strand.cut(pair[0].end..pair[1].start)));
        items.extend(parts.into_iter().map(|part| Slot::read(strand.cut(part), reading.method)));
    }
    Field { items, why: field.why }
}

/// The company and the city in the bracket behind it. A name that fills its line goes on from the one before.
fn company(layout: &Layout, raw: &mut RawTheme, slide: &Slide, ids: &[usize]) -> (Field, Field) {
    let at = ids.iter().position(|&i| slide.tokens[i].kind == Kind::Company);
    let tokens: Vec<&Token> = match at {
        Some(at) => {
            let goes_on = at
                .checked_sub(1)
                .map(|b| &slide.tokens[ids[b]])
                .filter(|t| t.kind == Kind::Text && (t.said(layout).trim_end().ends_with('、') || slide.seen));
            goes_on.into_iter().chain([&slide.tokens[ids[at]]]).collect()
        }
        // Without a city the name is what stands above the first label.
        None if slide.seen => {
            let labels = |i: &usize| !matches!(slide.tokens[*i].kind, Kind::Overview | Kind::Programs);
            ids.iter().take_while(|i| labels(i)).map(|&i| &slide.tokens[i]).filter(|t| t.kind == Kind::Text).collect()
        }
        None => Vec::new(),
    };
    let Some(last) = tokens.last() else { return Default::default() };
    let spans = tokens.iter().flat_map(|t| t.all.iter().cloned()).collect::<Vec<_>>();
    let strand = Strand::new(layout, &spans);
    match strand::tail(&strand.text) {
        Some((name, inner)) if is_jurisdiction(&strand.text[inner.clone()]) => {
            raw.labels.extend(strand.cut(name.end..inner.start));
            raw.labels.extend(strand.cut(inner.end..strand.text.len()));
            (Field::one(last.slot(&strand.cut(name))), Field::one(last.slot(&strand.cut(inner))))
        }
        _ => (Field::one(last.slot(&spans)), Field::of(vec![Slot::Blank(None)])),
    }
}
