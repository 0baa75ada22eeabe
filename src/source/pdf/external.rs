//! What stands outside the content stream: Form XObjects, pictures, the appearances of annotations.

use lopdf::{Dictionary, Object};

use super::content::Operand;
use super::interpret::Interpreter;
use super::limits::Cut;
use super::matrix::Matrix;
use super::object::{get, get_dict, get_name, matrix, rectangle};
use super::path::Path;
use super::state::State;
use super::stream;
use super::strings::unescape_name;
use crate::geometry::Rect;

/// Deeper drawing would need more stack than a thread has, whatever the limit says.
const MAX_NESTING: usize = 256;

impl<'a> Interpreter<'a> {
    /// `Do`.
    pub(super) fn external(&mut self, name: &[u8], resources: &'a Dictionary) -> bool {
        let doc = self.context.doc;
        let plain = unescape_name(name);
        let found = get_dict(doc, resources, b"XObject").and_then(|d| get(doc, d, &plain));
        let Some(Object::Stream(object)) = found else {
            self.lost += usize::from(self.hidden == 0);
            return true;
        };
        if self.hidden > 0 || object.dict.get(b"OC").is_ok_and(|oc| self.context.layers.hides(doc, oc)) {
            return true;
        }
        match get_name(doc, &object.dict, b"Subtype") {
            Some(b"Image") => {
                let see_through = [&b"SMask"[..], b"Mask", b"ImageMask"].iter().any(|key| object.dict.has(key));
                self.picture(!see_through);
                true
            }
            Some(b"Form") => self.form(object, resources),
            _ => true,
        }
    }

    /// A Form XObject. `false`: a limit of the page was reached.
    pub(super) fn form(&mut self, form: &'a lopdf::Stream, resources: &'a Dictionary) -> bool {
        let doc = self.context.doc;
        let key = std::ptr::from_ref(form) as usize;
        if self.active.contains(&key) {
            self.cycles += 1;
            return true;
        }
        if self.active.len() >= self.limits.nesting.min(MAX_NESTING) {
            self.cut.insert(Cut::Nesting);
            return true;
        }
        self.forms += 1;
        if self.forms > self.limits.forms {
            self.cut.insert(Cut::Forms);
            return false;
        }
        let left = self.bytes_left();
        let Some(decoded) = stream::decode(doc, form, left.min(self.limits.stream_bytes)) else {
            self.lost += 1;
            return true;
        };
        self.lost += usize::from(decoded.damaged);
        if decoded.cut {
            self.cut.insert(if left < self.limits.stream_bytes { Cut::PageBytes } else { Cut::StreamBytes });
        }
        self.count_bytes(decoded.data.len());

        let outer = (self.state, self.text_matrix, self.line_matrix);
        let saved = std::mem::take(&mut self.saved);
        let path = std::mem::replace(&mut self.path, Path::new(self.limits.marks));
        let (unsaved, marked_before) = (std::mem::take(&mut self.unsaved), self.marked.len());
        if let Some(m) = matrix(doc, &form.dict, b"Matrix") {
            let ctm = m.then(&self.state.ctm);
            if ctm.is_finite() {
                self.state.ctm = ctm;
            }
        }
        if let Some(bounds) = get(doc, &form.dict, b"BBox").and_then(|b| rectangle(doc, b)) {
            self.state.intersect_clip(self.state.ctm.bounds(bounds));
        }
        let base = std::mem::replace(&mut self.base, self.state.ctm);
        self.active.push(key);
        let own = get_dict(doc, &form.dict, b"Resources").unwrap_or(resources);
        let going_on = self.run(&decoded.data, own);
        self.active.pop();
        while self.marked.len() > marked_before {
            self.end_marked();
        }
        self.saved = saved;
        self.path = path;
        self.base = base;
        self.unsaved = unsaved;
        (self.state, self.text_matrix, self.line_matrix) = outer;
        going_on
    }

    /// A picture fills the unit square.
    fn picture(&mut self, solid: bool) {
        if self.hidden > 0 || !self.state.fill.shows() || self.out.images.len() >= self.limits.marks {
            return;
        }
        let [x0, y0, x1, y1] = self.state.ctm.bounds([0.0, 0.0, 1.0, 1.0]).map(|v| v as f32);
        let [cx0, cy0, cx1, cy1] = self.state.clip;
        let rect = Rect { x0: x0.max(cx0), y0: y0.max(cy0), x1: x1.min(cx1), y1: y1.min(cy1) };
        if rect.width() > 0.0 && rect.height() > 0.0 {
            self.out.images.push(rect);
            let glyphs = self.out.glyphs.len();
            if solid && glyphs > 0 && self.state.fill.solid {
                let Rect { x0, y0, x1, y1 } = rect;
                self.out.shapes.cover(&self.state, [x0, y0, x1, y1].map(f64::from), glyphs);
            }
        }
    }

    /// An inline image: its place, and how long its data is where that can be told.
    pub(super) fn inline_image(&mut self, operands: &[Operand]) -> Option<usize> {
        self.picture(false);
        let value = |short: &[u8], long: &[u8]| {
            let at = operands.iter().position(|o| matches!(o, Operand::Name(n) if *n == short || *n == long))?;
            operands.get(at + 1).copied()
        };
        let amount = |short: &[u8], long: &[u8]| match value(short, long) {
            Some(Operand::Number(v)) if (0.0..1e9).contains(&v) => Some(v as usize),
            _ => None,
        };
        if let Some(len) = amount(b"L", b"Length") {
            return Some(len);
        }
        if value(b"F", b"Filter").is_some() {
            return None;
        }
        let (width, height) = (amount(b"W", b"Width")?, amount(b"H", b"Height")?);
        let bits = amount(b"BPC", b"BitsPerComponent").unwrap_or(1);
        let parts = match value(b"CS", b"ColorSpace") {
            None | Some(Operand::Name(b"G" | b"DeviceGray")) => 1,
            Some(Operand::Name(b"RGB" | b"DeviceRGB")) => 3,
            Some(Operand::Name(b"CMYK" | b"DeviceCMYK")) => 4,
            _ => return None,
        };
        let row = width.checked_mul(bits)?.checked_mul(parts)?.div_ceil(8);
        row.checked_mul(height)
    }

    /// The appearance of an annotation, drawn as over a fresh page. `false`: a limit of the page was reached.
    pub(super) fn annotation(&mut self, form: &'a lopdf::Stream, ctm: Matrix) -> bool {
        if self.context.layers.hides(self.context.doc, form.dict.get(b"OC").unwrap_or(&Object::Null)) {
            return true;
        }
        let page = self.out.clip_rect(0);
        self.state = State::new(ctm, page.x1, page.y1);
        self.form(form, self.no_resources)
    }
}
