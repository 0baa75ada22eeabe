//! Tiling patterns: what is drawn again and again over an area may be text or ruling lines like any other.

use lopdf::{Dictionary, Object, Stream};

use super::interpret::Interpreter;
use super::limits::Cut;
use super::matrix::Matrix;
use super::object::{get, get_dict, get_number, matrix, rectangle};
use super::state::{NEW_CLIP, State};
use super::strings::unescape_name;

/// Repeated in smaller steps than this both ways, in points on the page, a pattern is a texture: a background, no writing.
const TEXTURE: f64 = 24.0;
/// Repeated in smaller steps than this one way, it is one too.
const GRAIN: f64 = 2.0;

impl<'a> Interpreter<'a> {
    /// The number of the tiling pattern of that name; `None` for shadings.
    pub(super) fn pattern(&mut self, name: &[u8], resources: &'a Dictionary) -> Option<u32> {
        let doc = self.context.doc;
        let patterns = get_dict(doc, resources, b"Pattern")?;
        let Object::Stream(pattern) = get(doc, patterns, &unescape_name(name))? else { return None };
        let known = self.patterns.iter().position(|p| std::ptr::eq(*p, pattern));
        let number = known.unwrap_or_else(|| {
            self.patterns.push(pattern);
            self.patterns.len() - 1
        });
        u32::try_from(number).ok()
    }

    /// Fills `bounds` (on the page as shown) with a pattern.
    pub(super) fn tile(&mut self, number: u32, bounds: [f64; 4]) {
        let Some(&pattern) = self.patterns.get(number as usize) else { return };
        let pending = std::mem::take(&mut self.clip_pending);
        let state = self.state;
        if self.lay_tiles(pattern, bounds).is_none() {
            self.cut.insert(Cut::Forms);
        }
        self.state = state;
        self.clip_pending = pending;
    }

    /// `None`: there are more tiles than forms may be drawn.
    fn lay_tiles(&mut self, pattern: &'a Stream, bounds: [f64; 4]) -> Option<()> {
        let doc = self.context.doc;
        let own = matrix(doc, &pattern.dict, b"Matrix").unwrap_or(Matrix::IDENTITY);
        let space = own.then(&self.base);
        let [cx0, cy0, cx1, cy1] = self.state.clip.map(f64::from);
        let area = [bounds[0].max(cx0), bounds[1].max(cy0), bounds[2].min(cx1), bounds[3].min(cy1)];
        let cell = get(doc, &pattern.dict, b"BBox").and_then(|b| rectangle(doc, b));
        let (Some([x0, y0, x1, y1]), Some(back)) = (cell, space.inverse()) else { return Some(()) };
        if area[0] >= area[2] || area[1] >= area[3] {
            return Some(());
        }
        let step = |key: &[u8], size: f64| {
            let step = get_number(doc, &pattern.dict, key).map_or(size, f64::abs);
            if step > 0.01 { step } else { size.max(0.01) }
        };
        let (dx, dy) = (step(b"XStep", x1 - x0), step(b"YStep", y1 - y0));
        let [ax0, ay0, ax1, ay1] = back.bounds(area);
        // First and last of the tiles that touch the area, along each axis.
        let across = (((ax0 - x1) / dx).floor() + 1.0, ((ax1 - x0) / dx).ceil() - 1.0);
        let down = (((ay0 - y1) / dy).floor() + 1.0, ((ay1 - y0) / dy).ceil() - 1.0);
        let count = (across.1 - across.0 + 1.0).max(0.0) * (down.1 - down.0 + 1.0).max(0.0);
        let (width, height) = (space.a.hypot(space.b) * dx, space.c.hypot(space.d) * dy);
        let texture = width.max(height) < TEXTURE || width.min(height) < GRAIN;
        if !count.is_finite() || count > 1.0 && texture {
            return Some(());
        }
        if count > f64::from(self.limits.forms) {
            return None;
        }
        for row in down.0 as i64..=down.1 as i64 {
            for column in across.0 as i64..=across.1 as i64 {
                let (x, y) = (column as f64 * dx, row as f64 * dy);
                let ctm = self.base.shifted(own.a * x + own.c * y, own.b * x + own.d * y);
                self.state = State::new(ctm, 0.0, 0.0);
                self.state.clip = area.map(|v| v as f32);
                self.state.clip_index = NEW_CLIP;
                if !self.form(pattern, self.no_resources) {
                    return Some(());
                }
            }
        }
        Some(())
    }
}
