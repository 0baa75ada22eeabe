//! The content interpreter: carries out the operators that place text, lines and pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use lopdf::{Dictionary, Document, Object};

use super::content::{Operand, Scanner, Step, op, unescape_name};
use super::font::{Font, Unread};
use super::fonts::FontCache;
use super::layers::Layers;
use super::limits::{Cut, Limits};
use super::marks::Marks;
use super::matrix::Matrix;
use super::object::{as_dict, get, get_array, get_dict, get_name, get_number, matrix, number, rectangle, resolve};
use super::path::Path;
use super::state::{Space, State};
use super::stream;
use super::{actual_text, text};
use crate::geometry::Rect;

/// Graphics states and marked-content spans kept open at once.
const MAX_OPEN: usize = 10_000;

/// What a page is read with, shared by all pages of the document.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub doc: &'a Document,
    pub limits: &'a Limits,
    pub fonts: &'a FontCache,
    pub layers: &'a Layers,
    pub no_resources: &'a Dictionary,
}

/// A span between `BDC` and `EMC`.
struct Marked {
    hides: bool,
    /// The text that replaces the span's glyphs, and how many glyphs stood before it.
    replacement: Option<(String, usize, usize)>,
}

pub(super) struct Interpreter<'a> {
    context: Context<'a>,
    pub(super) limits: &'a Limits,
    pub(super) state: State,
    saved: Vec<State>,
    /// `q`s beyond the limit, whose `Q`s must be passed over.
    unsaved: usize,
    pub(super) text_matrix: Matrix,
    line_matrix: Matrix,
    path: Path,
    clip_pending: bool,
    pub(super) fonts_of_page: Vec<Arc<Font>>,
    /// Resources by where they lie, name in them, number of the font.
    font_names: Vec<(usize, Vec<u8>, u32)>,
    pub(super) unread: BTreeMap<u32, Unread>,
    pub(super) text_without_font: usize,
    pub(super) out: Marks,
    pub(super) cut: BTreeSet<Cut>,
    /// Open spans of optional content that is off.
    pub(super) hidden: usize,
    marked: Vec<Marked>,
    unmarked: usize,
    replacements: usize,
    pub(super) scratch: Vec<u8>,
    operators: u64,
    forms: u32,
    /// Form XObjects being drawn, by where they lie.
    active: Vec<usize>,
    pub(super) cycles: usize,
    bytes: usize,
    started: Instant,
    /// For forms without resources of their own.
    no_resources: &'a Dictionary,
}

impl<'a> Interpreter<'a> {
    pub fn new(context: Context<'a>, ctm: Matrix, width: f32, height: f32) -> Self {
        Interpreter {
            context,
            limits: context.limits,
            state: State::new(ctm, width, height),
            saved: Vec::new(),
            unsaved: 0,
            text_matrix: Matrix::IDENTITY,
            line_matrix: Matrix::IDENTITY,
            path: Path::default(),
            clip_pending: false,
            fonts_of_page: Vec::new(),
            font_names: Vec::new(),
            unread: BTreeMap::new(),
            text_without_font: 0,
            out: Marks::new(width, height),
            cut: BTreeSet::new(),
            hidden: 0,
            marked: Vec::new(),
            unmarked: 0,
            replacements: 0,
            scratch: Vec::new(),
            operators: 0,
            forms: 0,
            active: Vec::new(),
            cycles: 0,
            bytes: 0,
            started: Instant::now(),
            no_resources: context.no_resources,
        }
    }

    /// Decoded bytes that the page may still have.
    pub fn bytes_left(&self) -> usize {
        self.limits.page_bytes.saturating_sub(self.bytes)
    }

    pub fn count_bytes(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Within `/ActualText`.
    pub(super) fn replacing(&self) -> bool {
        self.replacements > 0
    }

    /// Carries out a content stream. `false`: a limit of the page was reached.
    pub fn run(&mut self, data: &[u8], resources: &'a Dictionary) -> bool {
        let mut scanner = Scanner::new(data);
        let mut operands: Vec<Operand> = Vec::with_capacity(64);
        loop {
            let (step, fits) = scanner.next(&mut operands);
            if !fits {
                self.cut.insert(Cut::Operands);
            }
            let Step::Operator(key) = step else { return true };
            self.operators += 1;
            if self.operators & 0x3ff == 0 && !self.within_limits() {
                return false;
            }
            if key == op(b"ID") {
                let len = self.inline_image(&operands);
                scanner.skip_inline_image(len);
            } else if !self.operate(key, &operands, resources) {
                return false;
            }
            operands.clear();
        }
    }

    pub(super) fn within_limits(&mut self) -> bool {
        if self.operators >= self.limits.operators {
            self.cut.insert(Cut::Operators);
        } else if self.started.elapsed().as_secs() >= self.limits.seconds_per_page {
            self.cut.insert(Cut::Seconds);
        } else if self.out.count() >= self.limits.marks {
            self.cut.insert(Cut::Marks);
        } else {
            return true;
        }
        false
    }

    fn operate(&mut self, key: u32, operands: &[Operand<'_>], resources: &'a Dictionary) -> bool {
        const SAVE: u32 = op(b"q");
        const RESTORE: u32 = op(b"Q");
        const CONCAT: u32 = op(b"cm");
        const WIDTH: u32 = op(b"w");
        const SETTINGS: u32 = op(b"gs");
        const BT: u32 = op(b"BT");
        const TC: u32 = op(b"Tc");
        const TW: u32 = op(b"Tw");
        const TZ: u32 = op(b"Tz");
        const TL: u32 = op(b"TL");
        const TF: u32 = op(b"Tf");
        const TR: u32 = op(b"Tr");
        const TS: u32 = op(b"Ts");
        const TD: u32 = op(b"Td");
        const TD_LEADING: u32 = op(b"TD");
        const TM: u32 = op(b"Tm");
        const T_STAR: u32 = op(b"T*");
        const TJ: u32 = op(b"Tj");
        const TJ_ARRAY: u32 = op(b"TJ");
        const QUOTE: u32 = op(b"'");
        const QUOTES: u32 = op(b"\"");
        const DO: u32 = op(b"Do");
        const SH: u32 = op(b"sh");
        const BMC: u32 = op(b"BMC");
        const BDC: u32 = op(b"BDC");
        const EMC: u32 = op(b"EMC");
        match key {
            SAVE => {
                if self.saved.len() < MAX_OPEN {
                    self.saved.push(self.state);
                } else {
                    self.unsaved += 1;
                    self.cut.insert(Cut::Nesting);
                }
            }
            RESTORE => {
                if self.unsaved > 0 {
                    self.unsaved -= 1;
                } else if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            CONCAT => {
                if let Some(m) = matrix_of(operands) {
                    let ctm = m.then(&self.state.ctm);
                    if ctm.is_finite() {
                        self.state.ctm = ctm;
                    }
                }
            }
            WIDTH => self.set(operands, |state, v| state.line_width = v.abs()),
            SETTINGS => self.settings(operands, resources),
            BT => {
                self.text_matrix = Matrix::IDENTITY;
                self.line_matrix = Matrix::IDENTITY;
            }
            TC => self.set(operands, |state, v| state.char_spacing = v),
            TW => self.set(operands, |state, v| state.word_spacing = v),
            TZ => self.set(operands, |state, v| state.stretch = v / 100.0),
            TL => self.set(operands, |state, v| state.leading = v),
            TS => self.set(operands, |state, v| state.rise = v),
            TR => self.set(operands, |state, v| state.mode = (0.0..=7.0).contains(&v).then_some(v as u8).unwrap_or(0)),
            TF => {
                if let [.., Operand::Name(name), Operand::Number(size)] = operands {
                    self.state.font = self.font_number(name, resources);
                    self.state.size = *size;
                }
            }
            TD | TD_LEADING => {
                if let Some([x, y]) = numbers(operands) {
                    if key == TD_LEADING {
                        self.state.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            TM => {
                if let Some(m) = matrix_of(operands) {
                    self.text_matrix = m;
                    self.line_matrix = m;
                }
            }
            T_STAR => self.next_line(0.0, -self.state.leading),
            TJ => {
                if let Some(operand) = operands.last() {
                    self.show_string(*operand);
                }
            }
            TJ_ARRAY => self.show_array(operands),
            QUOTE | QUOTES => {
                if let (QUOTES, [Operand::Number(word), Operand::Number(char), ..]) = (key, operands) {
                    self.state.word_spacing = *word;
                    self.state.char_spacing = *char;
                }
                self.next_line(0.0, -self.state.leading);
                if let Some(operand) = operands.last() {
                    self.show_string(*operand);
                }
            }
            DO => {
                if let Some(Operand::Name(name)) = operands.last() {
                    return self.external(name, resources);
                }
            }
            SH => {
                let [x0, y0, x1, y1] = self.state.clip.map(f64::from);
                if self.hidden == 0 && self.state.clip_index != 0 {
                    self.out.shapes.area(&self.state, [x0, y0, x1, y1], false);
                }
            }
            BMC => self.begin_marked(Marked { hides: false, replacement: None }),
            BDC => self.begin_span(operands, resources),
            EMC => self.end_marked(),
            _ => {
                if !self.path_operator(key, operands) {
                    self.colour_operator(key, operands, resources);
                }
            }
        }
        true
    }

    fn set(&mut self, operands: &[Operand], set: impl FnOnce(&mut State, f64)) {
        if let Some(Operand::Number(value)) = operands.last() {
            set(&mut self.state, *value);
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix = self.line_matrix.shifted(x, y);
        self.text_matrix = self.line_matrix;
    }

    fn path_operator(&mut self, key: u32, operands: &[Operand]) -> bool {
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
        self.path.clear();
    }

    fn colour_operator(&mut self, key: u32, operands: &[Operand], resources: &'a Dictionary) {
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
        let paint = if stroke { &mut self.state.stroke } else { &mut self.state.fill };
        paint.set(space.unwrap_or(paint.space), &values[..count]);
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
    fn settings(&mut self, operands: &[Operand], resources: &'a Dictionary) {
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

    fn font_number(&mut self, name: &[u8], resources: &'a Dictionary) -> u32 {
        let key = std::ptr::from_ref(resources) as usize;
        if let Some((_, _, number)) = self.font_names.iter().find(|(at, known, _)| *at == key && known == name) {
            return *number;
        }
        let doc = self.context.doc;
        let plain = unescape_name(name);
        let number = match get_dict(doc, resources, b"Font").and_then(|fonts| get_dict(doc, fonts, &plain)) {
            Some(dict) => self.font_of(dict, &plain),
            None => super::state::NO_FONT,
        };
        if self.font_names.len() < 1_000 {
            self.font_names.push((key, name.to_vec(), number));
        }
        number
    }

    fn font_of(&mut self, dict: &'a Dictionary, name: &[u8]) -> u32 {
        let font = self.context.fonts.font(self.context.doc, dict, name, self.limits.stream_bytes);
        let known = self.fonts_of_page.iter().position(|f| Arc::ptr_eq(f, &font));
        known.unwrap_or_else(|| {
            self.fonts_of_page.push(font);
            self.fonts_of_page.len() - 1
        }) as u32
    }

    /// `Do`.
    fn external(&mut self, name: &[u8], resources: &'a Dictionary) -> bool {
        let doc = self.context.doc;
        let plain = unescape_name(name);
        let found = get_dict(doc, resources, b"XObject").and_then(|d| get(doc, d, &plain));
        let Some(Object::Stream(object)) = found else { return true };
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
        if self.active.len() >= self.limits.nesting.min(256) {
            self.cut.insert(Cut::Nesting);
            return true;
        }
        self.forms += 1;
        if self.forms > self.limits.forms {
            self.cut.insert(Cut::Forms);
            return false;
        }
        let left = self.bytes_left();
        let Some(decoded) = stream::decode(doc, form, left.min(self.limits.stream_bytes)) else { return true };
        if decoded.cut {
            self.cut.insert(if left < self.limits.stream_bytes { Cut::PageBytes } else { Cut::StreamBytes });
        }
        self.count_bytes(decoded.data.len());

        let outer = (self.state, self.text_matrix, self.line_matrix);
        let saved = std::mem::take(&mut self.saved);
        let path = std::mem::take(&mut self.path);
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
        self.active.push(key);
        let own = get_dict(doc, &form.dict, b"Resources").unwrap_or(resources);
        let going_on = self.run(&decoded.data, own);
        self.active.pop();
        while self.marked.len() > marked_before {
            self.end_marked();
        }
        self.saved = saved;
        self.path = path;
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
    fn inline_image(&mut self, operands: &[Operand]) -> Option<usize> {
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

    fn begin_span(&mut self, operands: &[Operand], resources: &'a Dictionary) {
        let doc = self.context.doc;
        let mut hides = false;
        let mut replacement = None;
        if let [Operand::Name(tag), Operand::Name(name)] = operands {
            let properties = get_dict(doc, resources, b"Properties");
            let object = properties.and_then(|p| p.get(&unescape_name(name)).ok());
            if let Some(object) = object {
                hides = *tag == b"OC" && self.context.layers.hides(doc, object);
                replacement = resolve(doc, object).and_then(as_dict).and_then(|d| actual_text::in_dict(doc, d));
            }
        } else if operands.len() > 3 {
            replacement = actual_text::inline(operands);
        }
        // Within a replaced span another one has nothing to say.
        let replacement = replacement
            .filter(|_| self.replacements == 0)
            .map(|text| (text, self.out.glyphs.len(), self.out.invisible.len()));
        self.begin_marked(Marked { hides, replacement });
    }

    fn begin_marked(&mut self, marked: Marked) {
        if self.marked.len() >= MAX_OPEN {
            self.unmarked += 1;
            self.cut.insert(Cut::Nesting);
            return;
        }
        self.hidden += usize::from(marked.hides);
        self.replacements += usize::from(marked.replacement.is_some());
        self.marked.push(marked);
    }

    fn end_marked(&mut self) {
        if self.unmarked > 0 {
            self.unmarked -= 1;
            return;
        }
        let Some(marked) = self.marked.pop() else { return };
        self.hidden -= usize::from(marked.hides);
        let Some((text, start, start_invisible)) = marked.replacement else { return };
        self.replacements -= 1;
        let out = &mut self.out;
        let drawn = out.glyphs.len() > start;
        let (glyphs, start) = if drawn { (&mut out.glyphs, start) } else { (&mut out.invisible, start_invisible) };
        if glyphs.len() <= start {
            return;
        }
        actual_text::replace(glyphs, start, &text);
        // The clip was left aside until now.
        let replaced = glyphs.split_off(start);
        let seen = replaced.into_iter().filter(|g| {
            let clip = self.out.clip_rect(g.clip);
            text::seen(&g.rect, [clip.x0, clip.y0, clip.x1, clip.y1])
        });
        let seen: Vec<_> = seen.collect();
        if drawn { self.out.glyphs.extend(seen) } else { self.out.invisible.extend(seen) }
    }

    /// The appearance of an annotation, drawn as over a fresh page.
    pub fn annotation(&mut self, form: &'a lopdf::Stream, ctm: Matrix) {
        if self.context.layers.hides(self.context.doc, form.dict.get(b"OC").unwrap_or(&Object::Null)) {
            return;
        }
        let page = self.out.clip_rect(0);
        self.state = State::new(ctm, page.x1, page.y1);
        self.form(form, self.no_resources);
    }

    /// Closes what the content left open.
    pub fn end(&mut self) {
        while !self.marked.is_empty() || self.unmarked > 0 {
            self.end_marked();
        }
    }
}

fn numbers<const N: usize>(operands: &[Operand]) -> Option<[f64; N]> {
    let tail = &operands[operands.len().checked_sub(N)?..];
    let mut out = [0.0; N];
    for (slot, operand) in out.iter_mut().zip(tail) {
        match operand {
            Operand::Number(value) => *slot = *value,
            _ => return None,
        }
    }
    Some(out)
}

fn matrix_of(operands: &[Operand]) -> Option<Matrix> {
    let [a, b, c, d, e, f] = numbers(operands)?;
    Some(Matrix { a, b, c, d, e, f })
}
