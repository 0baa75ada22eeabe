//! 実施及び協議状況: under each 「…都市」 how many they were 前回 and are 今回, and which.

use super::super::heads::{self, Kind};
use super::super::raw::{Field, RawCities, RawTheme};
use super::super::slide::{Part, Slide};
use super::super::strand::{self, Strand};
use super::super::token::Token;
use super::stages::{number, unquoted};
use crate::form::slot::Slot;
use crate::layout::{Layout, Span};

const IN_TURN: &str =
    "前回 and 今回 stand apart from the counts; of the two counts under a heading the first was taken for 前回";
/// Cities and towns of the whole country are fewer.
const CITIES: usize = 2_000;

/// A deck lists fewer groups of cities than this.
const LISTS: usize = 200;

/// Is a quoted heading that of a list of cities?
pub(super) fn is_head(layout: &Layout, slide: &Slide, token: usize) -> bool {
    if !slide.compares || slide.tokens[token].kind != Kind::Quoted {
        return false;
    }
    let said = slide.tokens[token].said(layout);
    let name = said[heads::unquoted(&said, 0..said.len())].trim_end();
    ["都市", "市", "団体", "自治体", "市町村", "区"].iter().any(|word| name.ends_with(word))
}

pub(super) fn read(layout: &Layout, part: &Part, raw: &mut RawTheme) {
    for slide in &part.slides {
        let labels = slide.of(&[Kind::Previous, Kind::Current]);
        if labels.is_empty() || slide.has(Kind::Stage) && slide.paged {
            continue;
        }
        let all = slide.of(&[Kind::Quoted]);
        let named: Vec<usize> = all.iter().filter(|&&i| is_head(layout, slide, i)).copied().collect();
        // On a slide of its own every quoted heading is one.
        let heads = if slide.paged && named.is_empty() { all } else { named };
        if heads.is_empty() || heads.len().max(labels.len()) > LISTS {
            continue;
        }
        let counts = slide.of(&[Kind::Count]);
        let found =
            if slide.seen { seen(slide, &heads, &labels, &counts) } else { ordered(slide, &heads, &labels, &counts) };
        for &label in &labels {
            raw.whole(&slide.tokens[label]);
        }
        for (&head, [previous, current]) in heads.iter().zip(found) {
            let token = &slide.tokens[head];
            raw.labels.extend_from_slice(&token.all);
            let (number, label) = (token.slot(&token.number), unquoted(layout, token));
            let mut list = RawCities { number, label, ..RawCities::default() };
            if let Some((count, why)) = previous {
                (list.previous, _) = counted(layout, raw, &slide.tokens[count], why);
            }
            if let Some((count, why)) = current {
                let cities;
                (list.current, cities) = counted(layout, raw, &slide.tokens[count], why);
                list.cities = cities;
            }
            raw.cities.push(list);
        }
    }
    if part.slides.iter().all(|s| !s.seen) {
        raw.cities.sort_by_key(|c| number(layout, &c.number).unwrap_or(u32::MAX));
    }
}

type Found = [Option<(usize, Option<&'static str>)>; 2];

fn side(kind: Kind) -> usize {
    usize::from(kind == Kind::Current)
}

/// Each count stands beside or below its label, each label below its heading.
fn seen(slide: &Slide, heads: &[usize], labels: &[usize], counts: &[usize]) -> Vec<Found> {
    let mut out = vec![[None; 2]; heads.len()];
    for &count in counts {
        let Some(label) = slide.owner(count, labels) else { continue };
        let Some(at) = slide.owner(label, heads).and_then(|o| heads.iter().position(|&h| h == o)) else { continue };
        let place = &mut out[at][side(slide.tokens[label].kind)];
        if place.is_none() {
            *place = Some((count, None));
        }
    }
    out
}

fn ordered(slide: &Slide, heads: &[usize], labels: &[usize], counts: &[usize]) -> Vec<Found> {
    let is = |list: &[usize], i: usize| list.contains(&i);
    // Of a whole text only what stands about them: なし is a word of tables too.
    let ends = |at: fn(&[usize]) -> Option<&usize>| at(heads).into_iter().chain(at(labels)).copied();
    let from = ends(|list| list.first()).min().unwrap_or(0).saturating_sub(2);
    let to = ends(|list| list.last()).max().unwrap_or(0) + 2;
    let counts: Vec<usize> = counts.iter().copied().filter(|c| (from..=to).contains(c)).collect();
    let counts = counts.as_slice();
    let none = vec![[None; 2]; heads.len()];
    // Two counts and two labels for each heading, or nothing can be told.
    if counts.len() != 2 * heads.len() || labels.len() != 2 * heads.len() {
        return none;
    }
    // A label right behind each count, or right before it.
    let steps: [fn(usize) -> Option<usize>; 2] = [|i| Some(i + 1), |i| i.checked_sub(1)];
    for step in steps {
        let label_of = |count: usize| step(count).filter(|&l| is(labels, l));
        if !counts.iter().all(|&c| label_of(c).is_some()) {
            continue;
        }
        for forward in [true, false] {
            let mut out = none.clone();
            for &count in counts {
                let head = if forward {
                    heads.iter().rposition(|&h| h < count)
                } else {
                    heads.iter().position(|&h| h > count)
                };
                if let (Some(head), Some(label)) = (head, label_of(count)) {
                    out[head][side(slide.tokens[label].kind)] = Some((count, None));
                }
            }
            if out.iter().flatten().all(Option::is_some) {
                return out;
            }
        }
    }
    // Labels elsewhere: two counts behind each heading, 前回 first as the form has it.
    let mut out = none.clone();
    for (at, &head) in heads.iter().enumerate() {
        let end = heads.get(at + 1).copied().unwrap_or(slide.tokens.len());
        let mut under = counts.iter().filter(|&&c| head < c && c < end);
        match (under.next(), under.next(), under.next()) {
            (Some(&a), Some(&b), None) => out[at] = [Some((a, Some(IN_TURN))), Some((b, Some(IN_TURN)))],
            _ => return none,
        }
    }
    out
}

/// The count, and the cities in the bracket behind it; `None` where the bracket holds names that could not be parted.
fn counted(
    layout: &Layout,
    raw: &mut RawTheme,
    token: &Token,
    why: Option<&'static str>,
) -> (Field, Option<Vec<Slot>>) {
    let strand = Strand::new(layout, &token.all);
    let slot = |spans: Vec<Span>| {
        let slot = token.slot(&spans);
        if why.is_some() { slot.inferred() } else { slot }
    };
    let mut count = 0..strand.text.trim_end().len();
    let mut cities = Some(Vec::new());
    if let Some((before, inner)) = strand::tail(&strand.text) {
        let mut names = strand.parts(inner.clone(), &['、', ',', '・']);
        let is_name = |text: &str| {
            let text = text.trim();
            text.ends_with(['市', '区', '町', '村', '県', '都', '府', '道'])
                && !text.contains(|c: char| c.is_ascii_digit())
        };
        // 鳥追市ほか: there are more than it names.
        let more = names.last_mut().is_some_and(|last| {
            let name = &strand.text[last.clone()];
            let cut = ["ほか", "他", "など", "等"].iter().find_map(|word| name.trim_end().strip_suffix(word));
            let cut = cut.map(|name| name.trim_end().len()).filter(|len| is_name(&name[..*len]));
            last.end = cut.map_or(last.end, |len| last.start + len);
            cut.is_some()
        });
        let some = names.iter().any(|n| strand.text[n.clone()].contains(['市', '区', '町', '村', '県', '都', '府']));
        if names.len() <= CITIES && names.iter().all(|n| is_name(&strand.text[n.clone()])) {
            if more {
                let at = format!("/city_lists/{}/cities", raw.cities.len());
                raw.doubt("cities_not_all", at, "the bracket says that there are more cities than it names".to_owned());
            } else {
                raw.labels.extend(strand.cut(before.end..strand.text.len()));
            }
            cities = Some(names.into_iter().map(|n| slot(strand.cut(n))).collect());
        } else if some {
            cities = None;
        }
        count = before;
    }
    let field = Field::one(slot(strand.cut(count)));
    (Field { why, ..field }, cities)
}
