//! ■ …に係る課題: for each (…課題) its bullets.

use super::super::heads::Kind;
use super::super::raw::{RawIssues, RawTheme};
use super::super::slide::{Part, Slide};
use super::super::token::Gap;
use crate::form::slot::Slot;
use crate::layout::Layout;

const ONE_AREA: &str = "the one ■ heading of the slide; it stands behind the list in the text";

pub(super) fn read(_: &Layout, part: &Part, raw: &mut RawTheme) {
    let mut before: Option<Slot> = None;
    for slide in &part.slides {
        let areas = slide.of(&[Kind::Area]);
        for &area in &areas {
            raw.label(&slide.tokens[area]);
        }
        let heads = slide.of(&[Kind::Addressee]);
        // Areas stand before their addressees, or where extractors put them.
        let forward = areas.first() < heads.first();
        for head in heads {
            let token = &slide.tokens[head];
            let (area, why) = match area_of(slide, head, &areas, forward) {
                Some((area, why)) => (Some(&slide.tokens[area]).map(|t| t.slot(&t.text)), why),
                // The list of an area goes on over the next slide.
                None if areas.is_empty() => (before.clone(), None),
                None => (None, None),
            };
            let area = area.unwrap_or_default();
            before = Some(area.clone());
            let items = items(raw, slide, head);
            if items.is_empty() {
                let at = format!("/issues/{}/items", raw.issues.len());
                raw.doubt("unplaced", at, "no bullet stands behind the addressee".to_owned());
            }
            raw.label(token);
            let area = if why.is_some() { area.inferred() } else { area };
            raw.issues.push(RawIssues { area, addressee: token.slot(&token.text), items, why });
        }
        if let Some(&last) = areas.last() {
            let token = &slide.tokens[last];
            before = Some(token.slot(&token.text));
        }
    }
}

/// The ■ heading of an addressee.
fn area_of(slide: &Slide, head: usize, areas: &[usize], forward: bool) -> Option<(usize, Option<&'static str>)> {
    if slide.seen {
        return slide.owner(head, areas).or(areas.first().copied().filter(|_| areas.len() == 1)).map(|a| (a, None));
    }
    match areas {
        [area] if slide.paged => Some((*area, if *area < head { None } else { Some(ONE_AREA) })),
        // Each behind its heading, which no addressee stands before.
        _ if forward => areas[..areas.partition_point(|&a| a < head)].last().map(|&a| (a, None)),
        _ => None,
    }
}

/// The bullets right behind an addressee. A bullet of another kind is of a lower level, and belongs to the item before it
/// if it stands in the same block.
fn items(raw: &mut RawTheme, slide: &Slide, head: usize) -> Vec<Slot> {
    let first = slide.tokens.get(head + 1).map(|t| t.kind);
    let block = slide.tokens.get(head + 1).map(|t| t.block);
    let mut items: Vec<Slot> = Vec::new();
    for token in &slide.tokens[head + 1..] {
        if !token.is_bullet() || token.gap >= Gap::Likely {
            break;
        }
        if Some(token.kind) == first {
            raw.labels.extend_from_slice(&token.label);
            items.push(token.slot(&token.text));
        } else if Some(token.block) == block
            && let Some(Slot::Read(reading)) = items.last_mut()
        {
            reading.spans.extend_from_slice(&token.all);
        } else {
            break;
        }
    }
    items
}
