//! Paths, and what they come to on a form: ruling lines, backgrounds, clips.

use super::state::State;
use crate::geometry::Rect;
use crate::source::Rule;

/// A filled shape no thicker than this is a line.
const MAX_RULE: f64 = 3.2;
/// A stroke thicker than this is an area.
const MAX_STROKE: f64 = 8.0;
/// How far the ends of a straight line may lie off its axis.
const STRAIGHT: f64 = 0.35;
/// Dark shapes of one page that are remembered; of a page with more, all of it counts as dark.
const MAX_BLOTS: usize = 50_000;
/// Covering areas of one page that are looked at.
const MAX_COVERS: usize = 4_000;

#[derive(Debug, Clone, Copy)]
struct Sub {
    start: usize,
    end: usize,
    closed: bool,
    curved: bool,
}

/// The current path, in the space of the page as shown.
pub(super) struct Path {
    points: Vec<(f64, f64)>,
    subs: Vec<Sub>,
    pub pen: (f64, f64),
    /// How many points it may have, and whether there were more.
    most: usize,
    pub full: bool,
}

/// Where the shapes of a path go.
#[derive(Default)]
pub(super) struct Shapes {
    pub rules: Vec<Rule>,
    pub fills: Vec<Rect>,
    /// White lines: seen only where they part coloured areas.
    pub white_rules: Vec<Rule>,
    /// Solid rectangles, white ones too, with the number of glyphs that were drawn before them.
    pub covers: Vec<(Rect, usize)>,
    /// Filled shapes with curves: on a page without text they may be its letters.
    pub outlines: usize,
    /// Where else something dark was painted: the boxes of shapes that are no backgrounds.
    pub blots: Vec<Rect>,
}

impl Path {
    pub fn new(most: usize) -> Path {
        Path { points: Vec::new(), subs: Vec::new(), pen: (0.0, 0.0), most, full: false }
    }

    /// Room for so many points more; where there is none, that is noted.
    fn has_room(&mut self, points: usize) -> bool {
        let room = self.points.len().saturating_add(points) <= self.most;
        self.full |= !room;
        room
    }

    pub fn clear(&mut self) {
        self.points.clear();
        self.subs.clear();
    }

    /// `x`, `y` on the page as shown; the pen keeps user space for `v`.
    pub fn move_to(&mut self, at: (f64, f64)) {
        if !self.has_room(1) {
            return;
        }
        let start = self.points.len();
        self.points.push(at);
        self.subs.push(Sub { start, end: start + 1, closed: false, curved: false });
    }

    pub fn line_to(&mut self, at: (f64, f64)) {
        if !self.has_room(1) {
            return;
        }
        match self.subs.last_mut() {
            Some(sub) if !sub.closed => {
                self.points.push(at);
                sub.end += 1;
            }
            // After `h` a line goes on from where the closed part began.
            Some(sub) => {
                let from = self.points[sub.start];
                self.move_to(from);
                self.line_to(at);
            }
            None => self.move_to(at),
        }
    }

    pub fn curve_to(&mut self, a: (f64, f64), b: (f64, f64), to: (f64, f64)) {
        self.line_to(a);
        self.line_to(b);
        self.line_to(to);
        if let Some(sub) = self.subs.last_mut() {
            sub.curved = true;
        }
    }

    pub fn close(&mut self) {
        if let Some(sub) = self.subs.last_mut() {
            sub.closed = true;
        }
    }

    pub fn rectangle(&mut self, corners: [(f64, f64); 4]) {
        if !self.has_room(4) {
            return;
        }
        let start = self.points.len();
        self.points.extend(corners);
        self.subs.push(Sub { start, end: start + 4, closed: true, curved: false });
    }

    pub fn bounds(&self) -> Option<[f64; 4]> {
        bounds(&self.points)
    }

    /// Lines along an axis become rules; wide ones areas.
    pub fn stroke(&self, state: &State, shapes: &mut Shapes) {
        if !state.stroke.shows() {
            return;
        }
        let thickness = state.line_width * state.ctm.scale();
        let white = state.stroke.white;
        for sub in self.subs.iter().filter(|s| !s.curved) {
            let points = &self.points[sub.start..sub.end];
            let ends = points.iter().zip(&points[1..]);
            let closing = (sub.closed && points.len() > 2).then(|| (&points[points.len() - 1], &points[0]));
            for (&(xa, ya), &(xb, yb)) in ends.chain(closing) {
                let (dx, dy) = ((xb - xa).abs(), (yb - ya).abs());
                let (horizontal, length) = if dy <= STRAIGHT && dx > dy {
                    (true, dx)
                } else if dx <= STRAIGHT && dy > dx {
                    (false, dy)
                } else {
                    continue;
                };
                let half = thickness / 2.0;
                let area = if horizontal {
                    [xa.min(xb), (ya + yb) / 2.0 - half, xa.max(xb), (ya + yb) / 2.0 + half]
                } else {
                    [(xa + xb) / 2.0 - half, ya.min(yb), (xa + xb) / 2.0 + half, ya.max(yb)]
                };
                if thickness > MAX_STROKE && length > thickness / 2.0 {
                    shapes.area(state, area, white);
                } else {
                    shapes.rule(state, area, horizontal, thickness, white);
                }
            }
        }
    }

    /// Thin shapes become rules, frames four of them, others areas.
    pub fn fill(&self, state: &State, shapes: &mut Shapes, glyphs: usize) {
        if !state.fill.shows() {
            return;
        }
        let white = state.fill.white;
        let mut subs = self.subs.as_slice();
        while let Some((sub, rest)) = subs.split_first() {
            subs = rest;
            let points = &self.points[sub.start..sub.end];
            let Some(outer) = bounds(points) else { continue };
            let [x0, y0, x1, y1] = outer;
            let (w, h) = (x1 - x0, y1 - y0);
            if sub.curved {
                if !white {
                    shapes.outlines += 1;
                    if points.len() <= 32 && w > 12.0 && h > 8.0 {
                        shapes.area(state, outer, white);
                    } else {
                        shapes.blot(outer);
                    }
                }
                continue;
            }
            if w.min(h) <= MAX_RULE {
                if w.max(h) > 0.0 {
                    shapes.rule(state, outer, w >= h, w.min(h), white);
                }
                continue;
            }
            if !is_rectangle(points, outer) {
                if !white {
                    shapes.outlines += 1;
                    shapes.blot(outer);
                }
                continue;
            }
            if let Some(inner) = rest.first().and_then(|next| frame_within(&self.points[next.start..next.end], outer)) {
                subs = &rest[1..];
                let [ix0, iy0, ix1, iy1] = inner;
                for (area, horizontal) in [
                    ([x0, y0, x1, iy0], true),
                    ([x0, iy1, x1, y1], true),
                    ([x0, y0, ix0, y1], false),
                    ([ix1, y0, x1, y1], false),
                ] {
                    let thickness = if horizontal { area[3] - area[1] } else { area[2] - area[0] };
                    if thickness > 0.01 {
                        shapes.rule(state, area, horizontal, thickness, white);
                    }
                }
                continue;
            }
            shapes.area(state, outer, white);
            if glyphs > 0 && state.fill.hides() {
                shapes.cover(state, outer, glyphs);
            }
        }
    }
}

impl Shapes {
    /// Something that is not white was painted around the point.
    pub fn dark_at(&self, x: f32, y: f32) -> Option<Rect> {
        if self.blots.len() >= MAX_BLOTS {
            return Some(Rect::new(f32::MIN, f32::MIN, f32::MAX, f32::MAX));
        }
        self.fills.iter().rev().chain(self.blots.iter().rev()).find(|r| r.contains(x, y)).copied()
    }

    fn rule(&mut self, state: &State, [x0, y0, x1, y1]: [f64; 4], horizontal: bool, thickness: f64, white: bool) {
        let [cx0, cy0, cx1, cy1] = state.clip.map(f64::from);
        // Half a point of grace: a line on the very edge of its clip is still seen.
        if x1 < cx0 - 0.5 || x0 > cx1 + 0.5 || y1 < cy0 - 0.5 || y0 > cy1 + 0.5 {
            return;
        }
        let (pos, start, end) = if horizontal {
            ((y0 + y1) / 2.0, x0.max(cx0 - 0.5), x1.min(cx1 + 0.5))
        } else {
            ((x0 + x1) / 2.0, y0.max(cy0 - 0.5), y1.min(cy1 + 0.5))
        };
        if !(pos.is_finite() && start <= end) {
            return;
        }
        let rule =
            Rule { horizontal, pos: pos as f32, start: start as f32, end: end as f32, thickness: thickness as f32 };
        if white { self.white_rules.push(rule) } else { self.rules.push(rule) }
    }

    /// Something that hides what was drawn before it.
    pub fn cover(&mut self, state: &State, [x0, y0, x1, y1]: [f64; 4], glyphs: usize) {
        if state.text_clip {
            return;
        }
        let [cx0, cy0, cx1, cy1] = state.clip;
        let (x0, y0, x1, y1) = ((x0 as f32).max(cx0), (y0 as f32).max(cy0), (x1 as f32).min(cx1), (y1 as f32).min(cy1));
        if x0 < x1 && y0 < y1 && self.covers.len() < MAX_COVERS {
            self.covers.push((Rect { x0, y0, x1, y1 }, glyphs));
        }
    }

    /// Something dark of any shape within the box.
    pub fn blot(&mut self, [x0, y0, x1, y1]: [f64; 4]) {
        if self.blots.len() < MAX_BLOTS {
            self.blots.push(Rect { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 });
        }
    }

    /// A background, cut to what is seen of it.
    pub fn area(&mut self, state: &State, [x0, y0, x1, y1]: [f64; 4], white: bool) {
        let [cx0, cy0, cx1, cy1] = state.clip;
        let rect = Rect {
            x0: (x0 as f32).max(cx0),
            y0: (y0 as f32).max(cy0),
            x1: (x1 as f32).min(cx1),
            y1: (y1 as f32).min(cy1),
        };
        if !white && !state.text_clip && rect.width() > 0.0 && rect.height() > 0.0 {
            self.fills.push(rect);
        }
    }
}

fn bounds(points: &[(f64, f64)]) -> Option<[f64; 4]> {
    let mut out = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for &(x, y) in points {
        out = [out[0].min(x), out[1].min(y), out[2].max(x), out[3].max(y)];
    }
    out.iter().all(|v| v.is_finite()).then_some(out)
}

/// Every corner lies on a corner of the bounds.
fn is_rectangle(points: &[(f64, f64)], [x0, y0, x1, y1]: [f64; 4]) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= STRAIGHT;
    (4..=5).contains(&points.len())
        && points.iter().all(|&(x, y)| (near(x, x0) || near(x, x1)) && (near(y, y0) || near(y, y1)))
}

/// The hole of a frame whose sides are lines: the second of two rectangles, close within the first.
fn frame_within(points: &[(f64, f64)], [x0, y0, x1, y1]: [f64; 4]) -> Option<[f64; 4]> {
    let inner = bounds(points)?;
    let [ix0, iy0, ix1, iy1] = inner;
    let side = |gap: f64| (-0.01..=MAX_RULE).contains(&gap);
    let close = side(ix0 - x0) && side(iy0 - y0) && side(x1 - ix1) && side(y1 - iy1);
    (close && is_rectangle(points, inner) && inner != [x0, y0, x1, y1]).then_some(inner)
}
