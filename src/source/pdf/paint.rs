//! Operators that build and paint paths, and those that choose what they are painted with.

use lopdf::{Dictionary, Object};

use super::content::{Operand, op};
use super::interpret::{Interpreter, numbers};
use super::limits::Cut;
use super::object::{as_dict, get, get_array, get_dict, get_number, number, resolve};
use super::state::Space;
use super::strings::unescape_name;

impl<'a> Interpreter<'a> {
    pub(super) fn path_operator(&mut self, key: u32, operands: &[Operand]) -> bool {
        const M: u32 = op(b"m");
        const L: u32 = op(b"l");
        const C: u32 = op(b"c");
        const V: u32 = op(b"v");
        const Y: u32 = op(b"y");
        const H: u32 = op(b"h");
        const RE: u32 = op(b"re");
        const W: u32 = op(b"W");
        const W_STAR: u32 = op(b"W*");
        const END: u32 = op(b"n");
        const S: u32 = op(b"S");
        const S_CLOSE: u32 = op(b"s");
        const F: u32 = op(b"f");
        const F_OLD: u32 = op(b"F");
        const F_STAR: u32 = op(b"f*");
        const B: u32 = op(b"B");
        const B_STAR: u32 = op(b"B*");
        const B_CLOSE: u32 = op(b"b");
        const B_CLOSE_STAR: u32 = op(b"b*");
        let ctm = self.state.ctm;
        let at = |x: f64, y: f64| ctm.apply(x, y);
        match key {
            M | L => {
                if let Some([x, y]) = numbers(operands) {
                    self.path.pen = (x, y);
                    if key == M { self.path.move_to(at(x, y)) } else { self.path.line_to(at(x, y)) }
                }
            }
            C => {
                if let Some([x1, y1, x2, y2, x, y]) = numbers(operands) {
                    self.path.pen = (x, y);
                    self.path.curve_to(at(x1, y1), at(x2, y2), at(x, y));
                }
            }
            V | Y => {
                if let Some([x1, y1, x, y]) = numbers(operands) {
                    let (px, py) = self.path.pen;
                    self.path.pen = (x, y);
                    let first = if key == V { at(px, py) } else { at(x1, y1) };
                    let second = if key == V { at(x1, y1) } else { at(x, y) };
                    self.path.curve_to(first, second, at(x, y));
                }
            }
            H => self.path.close(),
            RE => {
                if let Some([x, y, w, h]) = numbers(operands) {
                    self.path.pen = (x, y);
                    self.path.rectangle([at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h)]);
                }
            }
            W | W_STAR => self.clip_pending = true,
            END => self.paint(false, false),
            S => self.paint(false, true),
            S_CLOSE => {
                self.path.close();
                self.paint(false, true);
            }
            F | F_OLD | F_STAR => self.paint(true, false),
            B | B_STAR => self.paint(true, true),
            B_CLOSE | B_CLOSE_STAR => {
                self.path.close();
                self.paint(true, true);
            }
            _ => return false,
        }
        true
    }

    fn paint(&mut self, fill: bool, stroke: bool) {
        if self.hidden == 0 {
            if fill {
                let glyphs = self.out.glyphs.len();
                self.path.fill(&self.state, &mut self.out.shapes, glyphs);
                if let Some(pattern) = self.state.fill.pattern
                    && let Some(bounds) = self.path.bounds()
                {
                    self.tile(pattern, bounds);
                }
            }
            if stroke {
                self.path.stroke(&self.state, &mut self.out.shapes);
            }
        }
        if std::mem::take(&mut self.clip_pending)
            && let Some(bounds) = self.path.bounds()
        {
            self.state.intersect_clip(bounds);
        }
        if std::mem::take(&mut self.path.full) {
            self.cut.insert(Cut::Marks);
        }
        self.path.clear();
    }

    pub(super) fn colour_operator(&mut self, key: u32, operands: &[Operand], resources: &'a Dictionary) {
        let (stroke, space) = match key {
            k if k == op(b"g") => (false, Some(Space::Gray)),
            k if k == op(b"G") => (true, Some(Space::Gray)),
            k if k == op(b"rg") => (false, Some(Space::Rgb)),
            k if k == op(b"RG") => (true, Some(Space::Rgb)),
            k if k == op(b"k") => (false, Some(Space::Cmyk)),
            k if k == op(b"K") => (true, Some(Space::Cmyk)),
            k if k == op(b"sc") || k == op(b"scn") => (false, None),
            k if k == op(b"SC") || k == op(b"SCN") => (true, None),
            k if k == op(b"cs") || k == op(b"CS") => {
                if let Some(Operand::Name(name)) = operands.last() {
                    let space = self.colour_space(name, resources);
                    let paint = if key == op(b"CS") { &mut self.state.stroke } else { &mut self.state.fill };
                    paint.reset(space);
                }
                return;
            }
            _ => return,
        };
        let mut values = [0.0; 32];
        let mut count = 0;
        for operand in operands {
            if let (Operand::Number(v), Some(slot)) = (operand, values.get_mut(count)) {
                *slot = *v;
                count += 1;
            }
        }
        let pattern = match operands.last() {
            Some(Operand::Name(name)) if space.is_none() => self.pattern(name, resources),
            _ => None,
        };
        let paint = if stroke { &mut self.state.stroke } else { &mut self.state.fill };
        paint.set(space.unwrap_or(paint.space), &values[..count]);
        paint.pattern = pattern;
    }

    fn colour_space(&self, name: &[u8], resources: &Dictionary) -> Space {
        let doc = self.context.doc;
        let by_name = |name: &[u8]| match name {
            b"DeviceGray" | b"CalGray" | b"G" => Some(Space::Gray),
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Some(Space::Rgb),
            b"DeviceCMYK" | b"CMYK" => Some(Space::Cmyk),
            b"Pattern" => Some(Space::Other),
            _ => None,
        };
        if let Some(space) = by_name(name) {
            return space;
        }
        let object = get_dict(doc, resources, b"ColorSpace").and_then(|d| get(doc, d, &unescape_name(name)));
        match object {
            Some(Object::Name(name)) => by_name(name).unwrap_or(Space::Other),
            Some(Object::Array(array)) => {
                let family = array.first().and_then(|f| resolve(doc, f)?.as_name().ok()).unwrap_or_default();
                match family {
                    b"ICCBased" => {
                        let profile = array.get(1).and_then(|p| as_dict(resolve(doc, p)?));
                        match profile.and_then(|p| get_number(doc, p, b"N")).map(|n| n as i64) {
                            Some(1) => Space::Gray,
                            Some(4) => Space::Cmyk,
                            _ => Space::Rgb,
                        }
                    }
                    b"Separation" | b"DeviceN" => Space::Tint,
                    b"Lab" => Space::Lab,
                    family => by_name(family).unwrap_or(Space::Other),
                }
            }
            _ => Space::Other,
        }
    }

    /// `gs`.
    pub(super) fn settings(&mut self, operands: &[Operand], resources: &'a Dictionary) {
        let doc = self.context.doc;
        let Some(Operand::Name(name)) = operands.last() else { return };
        let Some(dict) = get_dict(doc, resources, b"ExtGState").and_then(|d| get_dict(doc, d, &unescape_name(name)))
        else {
            return;
        };
        if let Some(width) = get_number(doc, dict, b"LW") {
            self.state.line_width = width.abs();
        }
        if let Some(alpha) = get_number(doc, dict, b"ca") {
            self.state.fill.opaque = alpha > 0.001;
            self.state.fill.solid = alpha > 0.95;
        }
        let blend = match get(doc, dict, b"BM") {
            Some(Object::Array(modes)) => modes.first().and_then(|m| resolve(doc, m)?.as_name().ok()),
            Some(Object::Name(mode)) => Some(mode.as_slice()),
            _ => None,
        };
        if let Some(mode) = blend {
            self.state.fill.solid = matches!(mode, b"Normal" | b"Compatible") && self.state.fill.solid;
        }
        if let Some(alpha) = get_number(doc, dict, b"CA") {
            self.state.stroke.opaque = alpha > 0.001;
        }
        if let Some([font, size]) = get_array(doc, dict, b"Font")
            && let Some(font) = resolve(doc, font).and_then(as_dict)
            && let Some(size) = number(size)
        {
            self.state.font = self.font_of(font, b"font");
            self.state.size = size;
        }
    }
}
