//! Showing text: codes become glyphs with their boxes on the page.

use super::content::Operand;
use super::font::{Font, Shown, Vertical};
use super::interpret::Interpreter;
use super::limits::Cut;
use super::matrix::Matrix;
use super::state::NO_FONT;
use crate::geometry::Rect;
use crate::source::Glyph;

/// Above and below the baseline, in em, for every font, so that boxes on one baseline stand level.
const ASCENT: f64 = 0.88;
const DESCENT: f64 = 0.12;

/// The share of a glyph that must be within the clip for it to be seen.
const SEEN_ALONG: f32 = 0.1;
const SEEN_ACROSS: f32 = 0.15;

impl Interpreter<'_> {
    /// `TJ`: strings and shifts.
    pub(super) fn show_array(&mut self, operands: &[Operand]) {
        for operand in operands {
            match *operand {
                Operand::Number(shift) => {
                    let state = &self.state;
                    let shift = -shift / 1000.0 * state.size;
                    let vertical = self.font_is_vertical();
                    let (x, y) = if vertical { (0.0, shift) } else { (shift * state.stretch, 0.0) };
                    self.text_matrix = self.text_matrix.shifted(x, y);
                }
                Operand::Literal(_) | Operand::Hex(_) => self.show_string(*operand),
                _ => {}
            }
        }
    }

    pub(super) fn show_string(&mut self, operand: Operand) {
        let mut bytes = std::mem::take(&mut self.scratch);
        bytes.clear();
        match operand {
            Operand::Literal(raw) => super::strings::unescape_literal(raw, &mut bytes),
            Operand::Hex(raw) => super::strings::unhex(raw, &mut bytes),
            _ => {}
        }
        self.show_bytes(&bytes);
        self.scratch = bytes;
    }

    fn font_is_vertical(&self) -> bool {
        self.fonts_of_page.get(self.state.font as usize).is_some_and(|f| f.vertical)
    }

    fn show_bytes(&mut self, bytes: &[u8]) {
        let index = self.state.font;
        if index == NO_FONT {
            self.text_without_font += bytes.len();
            return;
        }
        let map = self.text_matrix.then(&self.state.ctm);
        if map.is_finite() {
            // Held apart while its glyphs go to the page.
            let fonts = std::mem::take(&mut self.fonts_of_page);
            self.show_codes(bytes, &fonts[index as usize], index, map);
            self.fonts_of_page = fonts;
        }
    }

    fn show_codes(&mut self, bytes: &[u8], font: &Font, index: u32, map: Matrix) {
        let state = &mut self.state;
        state.text_clip |= state.mode >= 4;
        let run = Run {
            size_shown: (state.size.abs() * map.height() * f64::from(font.em)) as f32,
            invisible: self.hidden > 0 || state.text_invisible(),
            white: state.text_white() && font.kind != "Type 3",
            map,
        };
        let (size, stretch, rise) = (state.size, state.stretch, state.rise);
        let (char_spacing, word_spacing) = (state.char_spacing, state.word_spacing);
        let em = size * f64::from(font.em);
        let bottom = rise - DESCENT * em;
        let top = bottom + (ASCENT + DESCENT) * em;
        let (mut x, mut y) = (0.0f64, 0.0f64);
        let mut rest = bytes;
        let mut count = 0u32;
        while !rest.is_empty() {
            count += 1;
            if count.is_multiple_of(0x2000) && !self.within_limits() {
                break;
            }
            let len = font.code_len(rest);
            let (code_bytes, tail) = rest.split_at(len);
            rest = tail;
            let code = code_bytes.iter().fold(0u32, |code, &byte| code << 8 | u32::from(byte));
            let cell = font.cell(code, len);
            let spacing = if len == 1 && code == 32 { char_spacing + word_spacing } else { char_spacing };
            let (quad, step) = if font.vertical {
                let metrics = font.vertical_metrics(code, len, cell.width);
                (
                    vertical_box(metrics, f64::from(cell.width), size, x, y + rise),
                    (0.0, f64::from(metrics.advance) * size + spacing),
                )
            } else {
                let width = f64::from(cell.width) * size;
                ([x, bottom, x + width * stretch, top], ((width + spacing) * stretch, 0.0))
            };
            let shown = match font.shown(cell, code, len) {
                Shown::Unmapped => font.late(self.context.doc, self.limits.stream_bytes, code, len),
                shown => shown,
            };
            self.emit(font, index, (code, len), shown, quad, &run);
            x += step.0;
            y += step.1;
        }
        self.text_matrix = self.text_matrix.shifted(x, y);
    }

    fn emit(&mut self, font: &Font, index: u32, (code, len): (u32, usize), shown: Shown, quad: [f64; 4], run: &Run) {
        if self.hidden > 0 {
            return;
        }
        match shown {
            Shown::Char(ch) => {
                if self.push(font, ch, quad, run) && is_private(ch) && !self.replacing() {
                    self.private.entry(index).or_default().add(u32::from(ch), len);
                }
            }
            Shown::Unmapped => {
                if self.push(font, char::REPLACEMENT_CHARACTER, quad, run) && !self.replacing() {
                    self.unread.entry(index).or_default().add(code, len);
                }
            }
            Shown::Several(text) => {
                let count = text.chars().count().max(1) as f64;
                for (at, ch) in text.chars().enumerate() {
                    let part = |v0: f64, v1: f64, k: f64| v0 + (v1 - v0) * k / count;
                    let k = at as f64;
                    let [x0, y0, x1, y1] = quad;
                    let piece = if font.vertical {
                        [x0, part(y1, y0, k + 1.0), x1, part(y1, y0, k)]
                    } else {
                        [part(x0, x1, k), y0, part(x0, x1, k + 1.0), y1]
                    };
                    self.push(font, ch, piece, run);
                }
            }
        }
    }

    /// Adds a glyph if it can be seen; says whether it did.
    fn push(&mut self, font: &Font, ch: char, quad: [f64; 4], run: &Run) -> bool {
        let [x0, y0, x1, y1] = run.map.bounds(quad);
        let rect = Rect { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 };
        if !(rect.width() + rect.height() + rect.x0.abs() + rect.y0.abs()).is_finite() {
            return false;
        }
        if self.out.glyphs.len() + self.out.invisible.len() >= self.limits.marks {
            self.cut.insert(Cut::Marks);
            return false;
        }
        // Within replaced text the clip is looked at when the replacement is known.
        if !self.replacing() && !seen(&rect, self.state.clip) {
            return false;
        }
        let clip = self.out.clip(&mut self.state);
        let glyph = Glyph { ch, rect, size: run.size_shown, vertical: font.vertical, clip };
        if run.invisible || run.white && !self.out.white_is_seen(&rect) {
            self.out.invisible.push(glyph)
        } else {
            self.out.glyphs.push(glyph)
        }
        true
    }
}

/// What the glyphs of one string have in common.
struct Run {
    map: Matrix,
    size_shown: f32,
    invisible: bool,
    white: bool,
}

/// The box of a glyph written downwards, in text space with its vertical origin at `(x, y)`.
fn vertical_box(metrics: Vertical, width: f64, size: f64, x: f64, y: f64) -> [f64; 4] {
    let middle = x + (width / 2.0 - f64::from(metrics.x)) * size;
    let top = y + (ASCENT - f64::from(metrics.y)) * size;
    [middle - size / 2.0, top + f64::from(metrics.advance) * size, middle + size / 2.0, top]
}

/// Of a private use area: no standard says what it shows.
pub(super) fn is_private(ch: char) -> bool {
    matches!(ch, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// Enough of the box lies within the clip for a reader to see the glyph.
pub(super) fn seen(rect: &Rect, [x0, y0, x1, y1]: [f32; 4]) -> bool {
    if rect.x0 >= x0 && rect.y0 >= y0 && rect.x1 <= x1 && rect.y1 <= y1 {
        return true;
    }
    let inside = |a0: f32, a1: f32, b0: f32, b1: f32, share: f32| {
        let common = a1.min(b1) - a0.max(b0);
        let whole = a1 - a0;
        if whole <= 0.0 { common >= 0.0 } else { common > whole * share }
    };
    let tall = rect.height() >= rect.width();
    let (along, across) = (SEEN_ALONG, SEEN_ACROSS);
    let (sx, sy) = if tall { (along, across) } else { (across, along) };
    inside(rect.x0, rect.x1, x0, x1, sx) && inside(rect.y0, rect.y1, y0, y1, sy)
}
