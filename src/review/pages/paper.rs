//! The pages of a record, or the lines of a text, with the boxes of what was read on them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use maud::{Markup, html};

use super::super::index::{Entry, is_doubt, record_of};
use super::super::site::Site;
use super::sheet::Sheet;
use crate::geometry::{Place, Rect};
use crate::picture::Fault;
use crate::report::{Language, lack};
use crate::source::{self, TextLine, text};

/// Lines of a text shown before and after those of the record.
const AROUND: u32 = 5;
/// Pages and lines shown at most.
const PAGES: usize = 300;
const LINES: usize = 20_000;

/// The pages (of a text, the lines) of a record: from its first evidence to its last, with what lies nearer to it than to
/// any other record; all where it has no evidence.
pub(super) fn nearest(sheet: &Sheet) -> RangeInclusive<u32> {
    let document = sheet.document;
    let mut spans: Vec<Option<(u32, u32)>> = vec![None; document.records.len()];
    for (pointer, evidence) in &document.evidence {
        let Some(span) = record_of(pointer).and_then(|record| spans.get_mut(record)) else { continue };
        for place in &evidence.at {
            let at = match place {
                Place::Box { page, .. } if (1..=document.source.pages).contains(page) => *page,
                Place::Box { .. } => continue,
                Place::Line { line } => *line,
            };
            *span = Some(span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))));
        }
    }
    let own = spans.get(sheet.record).copied().flatten();
    let others: Vec<(u32, u32)> = spans.into_iter().flatten().collect();
    own.map_or(0..=u32::MAX, |own| widened(own, &others))
}

/// A span with its share of the gaps beside it.
fn widened((first, last): (u32, u32), all: &[(u32, u32)]) -> RangeInclusive<u32> {
    let before = all.iter().filter(|(other, _)| *other < first).map(|(_, end)| *end).max();
    let after = all.iter().filter(|(_, end)| *end > last).map(|(other, _)| *other).min();
    let half = |low: u32, high: u32| low + (high - low) / 2;
    let from = before.map_or(0, |end| if end < first { half(end, first) + 1 } else { first });
    let to = after.map_or(u32::MAX, |other| if other > last { half(last, other) } else { last });
    from.min(first)..=to
}

/// Says how many are not shown.
pub(super) fn cut(all: usize, most: usize, l: Language) -> Markup {
    html! {
        @if all > most { p .notice { (all - most) (l.pick(" more are not shown here.", " 件はここに表示していません。")) } }
    }
}

pub(super) fn paper(site: &Site, entry: &Entry, sheet: &Sheet) -> Markup {
    if !sheet.document.source.media_type.starts_with("application/pdf") {
        return lines(site, entry, sheet);
    }
    let l = sheet.language;
    let near = nearest(sheet);
    let pages = (*near.start()).max(1)..=(*near.end()).min(sheet.document.source.pages);
    let sizes = site.sizes(entry);
    let size = |page: u32| {
        sizes.as_ref().ok().and_then(|sizes| sizes.get(page as usize - 1)).copied().unwrap_or((595.0, 842.0))
    };
    html! {
        @if let Err(fault) = &sizes {
            p .notice role="alert" {
                (l.pick("The pages cannot be drawn: ", "ページを描けません: ")) (without(fault, entry, l))
            }
        }
        @for page in pages.clone().take(PAGES) {
            @let (width, height) = size(page);
            figure .page id={ "page-" (page) } {
                figcaption { (l.pick("Page ", "ページ ")) (page) }
                div .sheet-of {
                    @if sizes.is_ok() {
                        img loading="lazy" src={ "/picture/" (entry.id) "/" (page) "?w=1200" } width=(width.round()) height=(height.round())
                            alt=(format!("{} {page}", l.pick("Picture of page", "ページの画像")));
                    }
                    svg .boxes viewBox=(format!("0 0 {width} {height}")) aria-hidden="true" focusable="false" { (boxes(sheet, page)) }
                }
            }
        }
        (cut(pages.count(), PAGES, l))
    }
}

/// Why there is nothing to see, and what helps.
fn without(fault: &Fault, entry: &Entry, l: Language) -> Markup {
    html! {
        (lack::fault(fault, l))
        @if matches!(fault, Fault::Missing | Fault::Changed) {
            (l.pick("; start again with --inputs PATH. It was: ", "。--inputs PATH を付けて起動し直してください: ")) code { (entry.path) }
        }
    }
}

fn is_doubted(sheet: &Sheet, pointer: &str) -> bool {
    sheet.told(pointer).any(is_doubt)
}

/// The boxes of what was read on a page, and of what no field took.
fn boxes(sheet: &Sheet, page: u32) -> Markup {
    // What is of no record is shown where it is doubted.
    let is_own = |at: &str| !sheet.is_foreign(at) && (record_of(at).is_some() || is_doubted(sheet, at));
    let own = sheet.document.evidence.iter().filter(|(at, _)| is_own(at));
    let draw = |rect: &Rect, class: &str, pointer: &str| {
        let [x0, y0, x1, y1] = rect.to_bbox();
        html! { rect class=(class) data-for=(pointer) x=(format!("{:.2}", x0 - 1.0)) y=(format!("{:.2}", y0 - 1.0)) width=(format!("{:.2}", x1 - x0 + 2.0)) height=(format!("{:.2}", y1 - y0 + 2.0)) {} }
    };
    html! {
        @for (pointer, evidence) in own {
            @for place in &evidence.at {
                @if let Place::Box { page: on, rect } = place && *on == page {
                    (draw(rect, if is_doubted(sheet, pointer) { "box doubt" } else { "box" }, pointer))
                }
            }
        }
        @for (at, left) in sheet.document.unassigned.iter().enumerate() {
            @if let Place::Box { page: on, rect } = &left.place && *on == page {
                (draw(rect, "box unassigned", &format!("unassigned-{at}")))
            }
        }
    }
}

/// A text input: its lines, those of the record and some around them.
fn lines(site: &Site, entry: &Entry, sheet: &Sheet) -> Markup {
    let l = sheet.language;
    let read = site.input(entry).map(|bytes| text::read(&bytes, site.encoding()).ok());
    let all = match read {
        Ok(Some((all, _))) => all,
        other => {
            let fault = other.err().unwrap_or(Fault::Changed);
            return html! { p .notice role="alert" { (l.pick("The lines cannot be shown: ", "行を表示できません: ")) (without(&fault, entry, l)) } };
        }
    };
    let near = nearest(sheet);
    let (first, last) = (near.start().saturating_sub(AROUND), near.end().saturating_add(AROUND));
    let left: BTreeSet<u32> = sheet
        .document
        .unassigned
        .iter()
        .filter_map(|left| if let Place::Line { line } = left.place { Some(line) } else { None })
        .collect();
    let shown: Vec<&source::TextLine> = all.iter().filter(|line| (first..=last).contains(&line.number)).collect();
    html! {
        ol .lines lang="ja" {
            @for line in shown.iter().take(LINES) { (line_of(line, left.contains(&line.number))) }
        }
        (cut(shown.len(), LINES, l))
    }
}

fn line_of(line: &TextLine, left: bool) -> Markup {
    html! { li id={ "line-" (line.number) } value=(line.number) class=[left.then_some("unassigned")] { (line.text) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_of_the_nearest_record() {
        let all = [(3, 4), (5, 5), (9, 10)];
        let of = |n: usize| widened(all[n], &all);
        assert_eq!([of(0), of(1), of(2)], [0..=4, 5..=7, 8..=u32::MAX]);
        // Records that share a page, and one within another.
        let all = [(1, 3), (3, 6), (4, 5)];
        let of = |n: usize| widened(all[n], &all);
        assert_eq!([of(0), of(1), of(2)], [0..=3, 3..=u32::MAX, 4..=5]);
    }
}
