//! Glyphs → lines: characters on one baseline, in writing order.

use super::Line;
use crate::geometry::Place;
use crate::source::Glyph;

/// Two glyphs whose middles differ by less than this part of an em stand on one line.
const SAME_LINE: f32 = 0.5;
/// A gap wider than this part of an em is a space between two ASCII characters …
const ASCII_SPACE: f32 = 0.22;
/// … and wider than this between any others.
const WIDE_SPACE: f32 = 0.7;
/// A line whose end leaves room for this many ems more than the next line's first word ended its paragraph.
const ROOM: f32 = 1.3;
/// A line that starts this many ems right of its neighbours starts a paragraph.
const INDENT: f32 = 0.7;

/// Lines of the glyphs `ids` (all of one cell, or all outside of cells), in reading order.
/// Lines are cut at gaps wider than `cut` ems.
pub(super) fn lines(page: u32, glyphs: &[Glyph], ids: &[u32], cut: f32) -> Vec<Line> {
    let mut out = Vec::new();
    let across = collect(page, glyphs, ids, false, cut, &mut out);
    if across < ids.len() {
        collect(page, glyphs, ids, true, cut, &mut out);
    }
    out
}

/// A whole number that is as much greater as `value` is, by [`f32::total_cmp`]: numbers sort faster.
pub(super) fn ascending(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}

/// The number of a glyph below its place, so that those at one place keep the order in which they were drawn.
fn key(place: f32, id: u32) -> u64 {
    u64::from(ascending(place)) << 32 | u64::from(id)
}

/// The glyph of a key.
fn glyph(glyphs: &[Glyph], key: u64) -> &Glyph {
    &glyphs[key as u32 as usize]
}

/// Where a glyph begins and ends along its line.
fn span(g: &Glyph, vertical: bool) -> (f32, f32) {
    if vertical { (g.rect.y0, g.rect.y1) } else { (g.rect.x0, g.rect.x1) }
}

/// Lines of those glyphs that are written in one direction; how many those are.
fn collect(page: u32, glyphs: &[Glyph], ids: &[u32], vertical: bool, cut: f32, out: &mut Vec<Line>) -> usize {
    // Horizontal lines run from the top down, vertical ones from right to left.
    let rank = |g: &Glyph| if vertical { -g.rect.center().0 } else { g.rect.center().1 };
    let mut order: Vec<u64> = Vec::with_capacity(ids.len());
    for &id in ids {
        let g = &glyphs[id as usize];
        if g.vertical == vertical {
            order.push(key(rank(g), id));
        }
    }
    order.sort_unstable();
    let mut start = 0;
    while start < order.len() {
        // A line is anchored at its largest glyph so far: a footnote mark joins the line, it does not start one.
        let mut anchor = glyph(glyphs, order[start]);
        let mut level = rank(anchor);
        let mut end = start + 1;
        while end < order.len() {
            let g = glyph(glyphs, order[end]);
            if (rank(g) - level).abs() > SAME_LINE * anchor.size.max(g.size).max(0.1) {
                break;
            }
            if g.size > anchor.size {
                (anchor, level) = (g, rank(g));
            }
            end += 1;
        }
        let row = &mut order[start..end];
        row.iter_mut().for_each(|k| *k = key(span(glyph(glyphs, *k), vertical).0, *k as u32));
        row.sort_unstable();
        let runs_on = |a: &u64, b: &u64| {
            let (a, b) = (glyph(glyphs, *a), glyph(glyphs, *b));
            let apart = cut.is_finite() && span(b, vertical).0 - span(a, vertical).1 > cut * a.size.max(b.size);
            !apart
        };
        out.extend(row.chunk_by(runs_on).filter_map(|part| line(page, glyphs, part, vertical)));
        start = end;
    }
    order.len()
}

/// One line, of glyphs given by their keys; `None` when it prints white space only.
fn line(page: u32, glyphs: &[Glyph], row: &[u64], vertical: bool) -> Option<Line> {
    let last = row.iter().rposition(|&key| !glyph(glyphs, key).ch.is_whitespace())?;
    let row = &row[..=last];
    let mut text = String::with_capacity(row.len() * 3);
    let mut edges = Vec::with_capacity(row.len() + 1);
    // The first has no gap to itself.
    let mut before = glyph(glyphs, *row.first()?);
    let (mut rect, mut size) = (before.rect, 0.0f32);
    for &key in row {
        let g = glyph(glyphs, key);
        let gap = span(g, vertical).0 - span(before, vertical).1;
        let ascii = before.ch.is_ascii_graphic() && g.ch.is_ascii_graphic();
        let wide = if ascii { ASCII_SPACE } else { WIDE_SPACE } * before.size.max(g.size);
        if gap > wide && !before.ch.is_whitespace() && !g.ch.is_whitespace() {
            text.push(' ');
            edges.push(span(before, vertical).1);
        }
        text.push(g.ch);
        edges.push(span(g, vertical).0);
        rect = rect.union(&g.rect);
        size = size.max(g.size);
        before = g;
    }
    edges.push(span(before, vertical).1);
    let place = Place::Box { page, rect };
    Some(Line { text, place, cell: None, edges: edges.into(), vertical, size, paragraph: false })
}

/// Marks the lines of one cell or block that start a paragraph: indented ones, and those whose predecessor
/// ended although the next word would have fitted.
pub(super) fn mark_paragraphs(lines: &mut [Line]) {
    let extent = |l: &Line| (l.edges.first().copied().unwrap_or(0.0), l.edges.last().copied().unwrap_or(0.0));
    let left = lines.iter().map(|l| extent(l).0).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|l| extent(l).1).fold(f32::NEG_INFINITY, f32::max);
    for i in 0..lines.len() {
        let (start, _) = extent(&lines[i]);
        let size = lines[i].size.max(0.1);
        let indented = start - left > INDENT * size && (lines.len() > 1);
        let broken = i > 0 && {
            let (before_start, before_end) = extent(&lines[i - 1]);
            // Centred lines end anywhere.
            let flush = (before_start - left) < 2.0 * size && (start - left) < 2.0 * size;
            flush && right - before_end > first_word(&lines[i]) + ROOM * size
        };
        lines[i].paragraph = i > 0 && (broken || indented && !centred(lines, i, left, right));
    }
}

/// Is the line set in the middle of the block?
fn centred(lines: &[Line], i: usize, left: f32, right: f32) -> bool {
    let (Some(a), Some(b)) = (lines[i].edges.first(), lines[i].edges.last()) else { return false };
    let (before, after) = (a - left, right - b);
    (before - after).abs() < 1.0f32.max(0.3 * lines[i].size)
}

/// Length of what cannot be broken at the line's start: an ASCII word, or one character and the closing signs after it.
fn first_word(line: &Line) -> f32 {
    let closing = |c: char| {
        matches!(
            c,
            '。' | '、' | '」' | '』' | '）' | ')' | '，' | '．' | 'ー' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | '％' | '%'
        )
    };
    let pairs = line.text.chars().zip(line.text.chars().skip(1));
    let unbroken = |&(a, b): &(char, char)| a.is_ascii_graphic() && b.is_ascii_graphic() || closing(b);
    let n = 1 + pairs.take_while(unbroken).count();
    match (line.edges.first(), line.edges.get(n)) {
        (Some(a), Some(b)) => b - a,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;

    fn set(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let mut at = x;
        text.chars()
            .map(|ch| {
                let w = if ch.is_ascii() { 5.0 } else { 10.0 };
                let g = Glyph {
                    ch,
                    rect: Rect { x0: at, y0: y, x1: at + w, y1: y + 10.0 },
                    size: 10.0,
                    vertical: false,
                    clip: 0,
                };
                at += w;
                g
            })
            .collect()
    }

    fn texts(glyphs: &[Glyph], cut: f32) -> Vec<String> {
        let ids: Vec<u32> = (0..glyphs.len() as u32).collect();
        lines(1, glyphs, &ids, cut).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn drawing_order_does_not_matter() {
        let mut g = [set("一行目", 0.0, 0.0), set("二行目", 0.0, 12.0)].concat();
        g.reverse();
        assert_eq!(texts(&g, 99.0), ["一行目", "二行目"]);
    }

    #[test]
    fn a_wide_gap_is_a_space_or_a_cut() {
        let g = [set("左", 0.0, 0.0), set("右", 30.0, 0.0)].concat();
        assert_eq!(texts(&g, 99.0), ["左 右"]);
        assert_eq!(texts(&g, 1.5), ["左", "右"]);
    }

    #[test]
    fn a_line_that_ended_early_ends_its_paragraph() {
        let g = [
            set("一段落目の終わり。", 0.0, 0.0),
            set("二段落目はこの行の端まで続く", 0.0, 12.0),
            set("最後の行", 0.0, 24.0),
        ]
        .concat();
        let ids: Vec<u32> = (0..g.len() as u32).collect();
        let mut l = lines(1, &g, &ids, 99.0);
        mark_paragraphs(&mut l);
        assert_eq!(l.iter().map(|l| l.paragraph).collect::<Vec<_>>(), [false, true, false]);
    }
}
