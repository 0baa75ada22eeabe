//! The graphics state: where the pen is, what it paints with, what of it can be seen.

use super::matrix::Matrix;

/// Number of a font among those the page has used; this one is none.
pub(super) const NO_FONT: u32 = u32::MAX;
/// Clip not yet among those of the page.
pub(super) const NEW_CLIP: u32 = u32::MAX;

/// How a colour's numbers are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Space {
    #[default]
    Gray,
    Rgb,
    Cmyk,
    Lab,
    /// Amounts of ink: none is white.
    Tint,
    /// A pattern, or a table of colours: never taken for white.
    Other,
}

/// A colour, as far as it matters: can it be told from paper?
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub space: Space,
    pub white: bool,
    pub opaque: bool,
    /// Hides what lies beneath: no pattern, not translucent, not blended.
    pub solid: bool,
    /// The number of a tiling pattern.
    pub pattern: Option<u32>,
}

impl Paint {
    const BLACK: Paint = Paint { space: Space::Gray, white: false, opaque: true, solid: true, pattern: None };

    pub fn set(&mut self, space: Space, values: &[f64]) {
        self.space = space;
        self.pattern = None;
        let all = |from: f64, to: f64| !values.is_empty() && values.iter().all(|v| (from..=to).contains(v));
        self.white = match space {
            Space::Gray | Space::Rgb => all(0.995, f64::INFINITY),
            Space::Cmyk | Space::Tint => all(f64::NEG_INFINITY, 0.005),
            Space::Lab => values.first().is_some_and(|l| *l >= 99.5) && values.iter().skip(1).all(|v| v.abs() < 1.0),
            Space::Other => false,
        };
    }

    /// The colour that a space begins with.
    pub fn reset(&mut self, space: Space) {
        self.space = space;
        self.pattern = None;
        self.white = false;
    }

    pub fn hides(&self) -> bool {
        self.solid && self.opaque && self.space != Space::Other
    }

    pub fn shows(&self) -> bool {
        self.opaque
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub ctm: Matrix,
    /// What can be seen: `[x0, y0, x1, y1]` on the page as shown.
    pub clip: [f32; 4],
    pub clip_index: u32,
    pub fill: Paint,
    pub stroke: Paint,
    pub line_width: f64,
    pub font: u32,
    pub size: f64,
    pub char_spacing: f64,
    pub word_spacing: f64,
    /// `Tz` as a factor.
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub mode: u8,
    /// Text was made part of the clip (`Tr` 4–7): what is painted shows through its letters only.
    pub text_clip: bool,
}

impl State {
    pub fn new(ctm: Matrix, width: f32, height: f32) -> State {
        State {
            ctm,
            clip: [0.0, 0.0, width, height],
            clip_index: 0,
            fill: Paint::BLACK,
            stroke: Paint::BLACK,
            line_width: 1.0,
            font: NO_FONT,
            size: 0.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            text_clip: false,
        }
    }

    pub fn intersect_clip(&mut self, bounds: [f64; 4]) {
        if !bounds.iter().all(|v| v.is_finite()) {
            return;
        }
        let [x0, y0, x1, y1] = bounds.map(|v| v as f32);
        let [cx0, cy0, cx1, cy1] = self.clip;
        let clip = [cx0.max(x0), cy0.max(y0), cx1.min(x1), cy1.min(y1)];
        // An empty clip keeps its place, so that nothing shows but its numbers stay in order.
        let clip = [clip[0], clip[1], clip[2].max(clip[0]), clip[3].max(clip[1])];
        if clip != self.clip {
            self.clip = clip;
            self.clip_index = NEW_CLIP;
        }
    }

    /// Filled with white alone.
    pub fn text_white(&self) -> bool {
        matches!(self.mode, 0 | 4) && self.fill.white
    }

    /// Text that no reader sees: drawn with nothing, or wholly transparent.
    pub fn text_invisible(&self) -> bool {
        match self.mode {
            3 => true,
            1 | 5 => !self.stroke.shows(),
            2 | 6 => !self.fill.shows() && !self.stroke.shows(),
            // Only a clip: what is painted next shows through it.
            7 => false,
            _ => !self.fill.shows(),
        }
    }
}
