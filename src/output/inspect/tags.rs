//! The pointers written at a box, as far as it has room for them; its tooltip has them in full.

use super::marks::{Field, Mark};
use crate::geometry::Rect;

/// Width of a character of a tag, in ems of its font.
pub(super) const ADVANCE: f32 = 0.56;
/// From one line of a tag to the next, in ems.
pub(super) const LEADING: f32 = 1.12;
/// Sizes that are tried in a cell, in points. Smaller ones cannot be read even when printed large.
const SIZES: [f32; 7] = [5.2, 4.8, 4.4, 4.0, 3.6, 3.2, 2.8];
/// Smaller than this a tag had better be broken.
const READABLE: f32 = 4.0;
/// Beside a line there is room enough.
const BESIDE: f32 = 5.2;
/// A longer tag beside a line is shortened, in points.
const LONGEST: f32 = 220.0;
/// Kept free between a tag and its box, in points.
const GAP: f32 = 1.8;
/// Glyphs' boxes have so much air above and below, in points, that a tag may use it.
const AIR: f32 = 1.0;

/// Lines of text in one size, from a top left corner on.
pub(super) struct Tag {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub lines: Vec<String>,
    /// Does it lie over what the box prints?
    pub over: bool,
}

impl Tag {
    pub fn width(&self) -> f32 {
        self.lines.iter().map(|l| length(l, self.size)).fold(0.0, f32::max)
    }

    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.size * LEADING
    }
}

pub(super) fn length(line: &str, size: f32) -> f32 {
    line.chars().count() as f32 * ADVANCE * size
}

/// The tag of a box; `prefix` is the part of its pointers that goes without saying.
pub(super) fn tag(mark: &Mark, prefix: &str) -> Option<Tag> {
    if mark.fields.is_empty() {
        return None;
    }
    let (full, short) = (names(&mark.fields, prefix, true), names(&mark.fields, prefix, false));
    let rect = &mark.block.rect;
    if mark.block.cell.is_none() {
        let full = full.join("  ");
        let line = if length(&full, BESIDE) > LONGEST { short.join("  ") } else { full };
        let y = rect.center().1 - BESIDE * LEADING / 2.0;
        return Some(Tag { x: rect.x1 + 2.0 * GAP, y, size: BESIDE, lines: vec![line], over: false });
    }
    // A whole name in a smaller size is easier to read than a larger one in pieces.
    for (names, unbroken) in [(&full, true), (&full, false), (&short, false)] {
        for size in SIZES.into_iter().filter(|size| !unbroken || *size >= READABLE) {
            for room in rooms(rect, &mark.block.lines) {
                let lines = if unbroken { names.clone() } else { wrapped(names, room.width(), size) };
                let tag = Tag { x: room.x0, y: room.y0, size, lines, over: false };
                if tag.width() <= room.width() && tag.height() <= room.height() {
                    return Some(tag);
                }
            }
        }
    }
    // No room beside the text: over it, as much as the cell is high.
    let size = SIZES[SIZES.len() - 1];
    let mut lines = wrapped(&short, rect.width() - 2.0 * GAP, size);
    let most = ((rect.height() - GAP) / (size * LEADING)).max(1.0) as usize;
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    Some(Tag { x: rect.x0 + GAP, y: rect.y0 + GAP / 2.0, size, lines, over: true })
}

/// Where a cell is free: above, on the right of, below and on the left of what it prints.
fn rooms(cell: &Rect, lines: &[Rect]) -> [Rect; 4] {
    let inner = Rect { x0: cell.x0 + GAP, y0: cell.y0 + GAP / 2.0, x1: cell.x1 - GAP, y1: cell.y1 - GAP / 2.0 };
    let Some(print) = lines.iter().copied().reduce(|a, b| a.union(&b)) else {
        let nowhere = Rect { x1: inner.x0, ..inner };
        return [inner, nowhere, nowhere, nowhere];
    };
    [
        Rect { y1: print.y0 + AIR, ..inner },
        Rect { x0: print.x1 + GAP, ..inner },
        Rect { y0: print.y1 - AIR, ..inner },
        Rect { x1: print.x0 - GAP, ..inner },
    ]
}

/// The pointers of a box, those of one parent together: `/targets/0/{raw,state}`, or for short `/targets/0`.
fn names(fields: &[Field], prefix: &str, full: bool) -> Vec<String> {
    let mut parents: Vec<(&str, Vec<&str>)> = Vec::new();
    for field in fields {
        let pointer = field.pointer.strip_prefix(prefix).unwrap_or(field.pointer);
        let (parent, leaf) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        match parents.iter_mut().find(|(p, _)| *p == parent) {
            Some((_, leaves)) => leaves.push(leaf),
            None => parents.push((parent, vec![leaf])),
        }
    }
    let name = |(parent, leaves): (&str, Vec<&str>)| match leaves.as_slice() {
        [leaf] => format!("{parent}/{leaf}"),
        leaves if full => format!("{parent}/{{{}}}", leaves.join(",")),
        _ => parent.to_owned(),
    };
    parents.into_iter().map(name).collect()
}

/// Each name on a line of its own, broken after `/` and `,` where it is too long.
fn wrapped(names: &[String], width: f32, size: f32) -> Vec<String> {
    let mut out = Vec::new();
    for name in names {
        let mut line = String::new();
        for part in name.split_inclusive(['/', ',']) {
            if !line.is_empty() && line != "/" && length(&line, size) + length(part, size) > width {
                out.push(std::mem::take(&mut line));
            }
            line += part;
        }
        out.push(line);
    }
    out
}

/// The box that a tag takes.
pub(super) fn rect(tag: &Tag) -> Rect {
    Rect::new(tag.x, tag.y, tag.x + tag.width(), tag.y + tag.height())
}
