//! What a page has shown so far, and what becomes of it at the page's end.

use std::collections::HashMap;

use super::path::Shapes;
use super::state::{NEW_CLIP, State};
use crate::geometry::Rect;
use crate::source::{Glyph, Page, PageNote, Rule};

/// Boxes of one page that are looked at for what stands under white text.
const MAX_LOOKS: usize = 50_000_000;

#[derive(Default)]
pub(super) struct Marks {
    pub glyphs: Vec<Glyph>,
    /// Text drawn so that nobody sees it (OCR layers).
    pub invisible: Vec<Glyph>,
    pub shapes: Shapes,
    pub images: Vec<Rect>,
    /// Where the last white glyph stood, and work spent on looking for such places.
    dark: Option<Rect>,
    looked: usize,
    clips: Vec<Rect>,
    clip_of: HashMap<[u32; 4], u32>,
}

impl Marks {
    pub fn new(width: f32, height: f32) -> Marks {
        // Room for most pages: a vector that grows touches memory of one size after the other.
        let shapes = Shapes { rules: Vec::with_capacity(512), ..Shapes::default() };
        let clips = vec![Rect::new(0.0, 0.0, width, height)];
        Marks { glyphs: Vec::with_capacity(2048), shapes, clips, ..Marks::default() }
    }

    pub fn count(&self) -> usize {
        let shapes = &self.shapes;
        self.glyphs.len()
            + self.invisible.len()
            + self.images.len()
            + shapes.rules.len()
            + shapes.white_rules.len()
            + shapes.fills.len()
    }

    /// The number of the clip in force.
    #[inline]
    pub fn clip(&mut self, state: &mut State) -> u32 {
        if state.clip_index == NEW_CLIP {
            let clips = &mut self.clips;
            state.clip_index = *self.clip_of.entry(state.clip.map(f32::to_bits)).or_insert_with(|| {
                let [x0, y0, x1, y1] = state.clip;
                clips.push(Rect { x0, y0, x1, y1 });
                clips.len() as u32 - 1
            });
        }
        state.clip_index
    }

    /// A white glyph is seen: it stands on something dark. Where that takes too long to find out, it is taken for seen.
    pub fn white_is_seen(&mut self, glyph: &Rect) -> bool {
        let (x, y) = ((glyph.x0 + glyph.x1) / 2.0, (glyph.y0 + glyph.y1) / 2.0);
        if self.looked > MAX_LOOKS || self.dark.is_some_and(|dark| dark.contains(x, y)) {
            return true;
        }
        self.looked += self.shapes.fills.len() + self.shapes.blots.len() + self.images.len();
        let picture = || self.images.iter().rev().find(|r| r.contains(x, y)).copied();
        let dark = self.shapes.dark_at(x, y).or_else(picture);
        self.dark = dark.or(self.dark);
        dark.is_some()
    }

    pub fn clip_rect(&self, index: u32) -> Rect {
        self.clips[index as usize]
    }

    /// Takes out the glyphs that something painted later hides.
    fn take_covered(&mut self) -> Vec<Glyph> {
        let covers = std::mem::take(&mut self.shapes.covers);
        let mut hidden = vec![false; if covers.is_empty() { 0 } else { self.glyphs.len() }];
        let mut work = 0usize;
        for (cover, before) in &covers {
            let before = (*before).min(self.glyphs.len());
            work += before;
            if work > 50_000_000 {
                break;
            }
            for (glyph, hidden) in self.glyphs[..before].iter().zip(&mut hidden) {
                *hidden |= hides(cover, &glyph.rect);
            }
        }
        if !hidden.contains(&true) {
            return Vec::new();
        }
        let (mut covered, mut kept) = (Vec::new(), Vec::new());
        for (glyph, hidden) in self.glyphs.drain(..).zip(hidden) {
            if hidden { covered.push(glyph) } else { kept.push(glyph) }
        }
        self.glyphs = kept;
        covered
    }

    /// Hands everything to `page` (`unreadable`: text was met that no font explains), with notes on what was left out or doubted.
    pub fn finish(mut self, page: &mut Page, unreadable: bool) {
        let covered = self.take_covered();
        if self.glyphs.is_empty() && self.invisible.is_empty() && !covered.is_empty() {
            page.notes.push(PageNote {
                code: "ocr_text",
                message:
                    "all text of the page lies under pictures or painted areas (as OCR makes it); it was read and may \
                          differ from what is seen"
                        .into(),
            });
            self.glyphs = covered;
        } else if covered.iter().any(|g| !g.ch.is_whitespace()) {
            page.notes.push(PageNote {
                code: "covered_text",
                message: format!("{} character(s) under pictures or painted areas were left out", covered.len()),
            });
        }
        if self.glyphs.is_empty() && !self.invisible.is_empty() {
            page.notes.push(PageNote {
                code: "ocr_text",
                message: "all text of the page is invisible (a text layer over a picture, as OCR makes it); \
                          it was read and may differ from what the picture shows"
                    .into(),
            });
            self.glyphs = std::mem::take(&mut self.invisible);
        } else if self.invisible.iter().any(|g| !g.ch.is_whitespace()) {
            page.notes.push(PageNote {
                code: "invisible_text",
                message: format!("{} invisible character(s) were left out", self.invisible.len()),
            });
        }
        merge_doubles(&mut self.glyphs);
        // A white line is seen where it parts coloured areas.
        let fills = &self.shapes.fills;
        let seen = self.shapes.white_rules.iter().take(20_000).filter(|rule| on_a_fill(rule, fills));
        self.shapes.rules.extend(seen);

        if self.glyphs.iter().all(|g| g.ch.is_whitespace()) {
            page.notes.push(without_text(&self, unreadable));
        }
        page.glyphs = self.glyphs;
        page.rules = self.shapes.rules;
        page.fills = self.shapes.fills;
        page.images = self.images;
        page.clips = self.clips;
    }
}

/// The middle of a glyph's box lies within: a cover that only touches it leaves it readable.
fn hides(cover: &Rect, glyph: &Rect) -> bool {
    let (dx, dy) = (glyph.width() * 0.25, glyph.height() * 0.25);
    cover.contains(glyph.x0 + dx, glyph.y0 + dy) && cover.contains(glyph.x1 - dx, glyph.y1 - dy)
}

fn on_a_fill(rule: &Rule, fills: &[Rect]) -> bool {
    let middle = (rule.start + rule.end) / 2.0;
    let (x, y) = if rule.horizontal { (middle, rule.pos) } else { (rule.pos, middle) };
    fills.iter().take(2_000).any(|f| f.contains(x, y))
}

fn without_text(marks: &Marks, unreadable: bool) -> PageNote {
    let advice = "make it readable with an OCR program first (for example `ocrmypdf -l jpn`) and read the result";
    let message = if unreadable {
        format!("the page has text, but none of it can be read; {advice}")
    } else if !marks.images.is_empty() {
        format!("the page is image only: it has {} picture(s) and no text; {advice}", marks.images.len())
    } else if marks.shapes.outlines > 20 {
        format!("the page has no text: its letters are drawn as outlines; {advice}")
    } else {
        "the page has no text".to_owned()
    };
    PageNote { code: "page_without_text", message }
}

/// Bold made by drawing twice: the same character nearly at the same place is one.
fn merge_doubles(glyphs: &mut Vec<Glyph>) {
    if glyphs.len() < 2 {
        return;
    }
    let size = (glyphs.len() * 2).next_power_of_two();
    let mask = size - 1;
    let mut table = vec![u32::MAX; size];
    let mut keep = vec![true; glyphs.len()];
    let mut doubles = 0;
    const STEP: f32 = 4.5;
    let slot = |ch: char, x: i32, y: i32| {
        let key = u64::from(u32::from(ch)) << 42 ^ (x as u32 as u64) << 21 ^ (y as u32 as u64);
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) as usize & mask
    };
    for index in 0..glyphs.len() {
        let glyph = glyphs[index];
        let reach = (glyph.size * 0.12).min(2.0);
        let cell = |v: f32| (v / STEP) as i32;
        // No more than two, since a cell is wider than what is looked at.
        let cells = |v: f32| {
            let (first, last) = (cell(v - reach), cell(v + reach));
            [first, last].into_iter().take(1 + usize::from(first != last))
        };
        let (x, y) = (glyph.rect.x0, glyph.rect.y0);
        let mut found = false;
        'cells: for cy in cells(y) {
            for cx in cells(x) {
                let mut at = slot(glyph.ch, cx, cy);
                for _ in 0..32 {
                    let other = table[at];
                    if other == u32::MAX {
                        break;
                    }
                    let other = &glyphs[other as usize];
                    if other.ch == glyph.ch
                        && (other.rect.x0 - x).abs() <= reach
                        && (other.rect.y0 - y).abs() <= reach
                        && (other.size - glyph.size).abs() <= glyph.size * 0.05
                        && other.vertical == glyph.vertical
                    {
                        found = true;
                        break 'cells;
                    }
                    at = (at + 1) & mask;
                }
            }
        }
        if found {
            keep[index] = false;
            doubles += 1;
            continue;
        }
        let mut at = slot(glyph.ch, cell(x), cell(y));
        for _ in 0..32 {
            if table[at] == u32::MAX {
                table[at] = index as u32;
                break;
            }
            at = (at + 1) & mask;
        }
    }
    if doubles > 0 {
        let mut index = 0;
        glyphs.retain(|_| {
            index += 1;
            keep[index - 1]
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(ch: char, x: f32, y: f32) -> Glyph {
        Glyph { ch, rect: Rect::new(x, y, x + 10.0, y + 10.0), size: 10.0, vertical: false, clip: 0 }
    }

    #[test]
    fn double_strikes_are_one_and_neighbours_stay_two() {
        let mut glyphs = vec![
            glyph('太', 3.9, 7.9),
            glyph('太', 4.3, 8.0),
            glyph('l', 20.0, 8.0),
            glyph('l', 22.2, 8.0),
            glyph('字', 3.9, 7.9),
        ];
        merge_doubles(&mut glyphs);
        assert_eq!(glyphs.iter().map(|g| g.ch).collect::<String>(), "太ll字");
    }

    /// Rows of dots, as between a heading and its page number, in very small type.
    #[test]
    fn small_dots_that_stand_close_are_merged_with_their_doubles_only() {
        let dots = (0..180)
            .map(|i| Glyph { size: 4.0, ..glyph('.', (i % 60) as f32 * 1.1 + 3.0, (i / 60) as f32 * 4.5 + 3.0) });
        let mut glyphs: Vec<Glyph> = dots.clone().chain(dots).collect();
        merge_doubles(&mut glyphs);
        assert_eq!(glyphs.len(), 180);
    }
}
