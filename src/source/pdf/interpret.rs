//! The content interpreter: carries out the operators that place text, lines and pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use lopdf::{Dictionary, ObjectId, Stream};

use super::content::{Operand, Scanner, Step, op};
use super::file::File;
use super::font::{Font, Unread};
use super::fonts::FontCache;
use super::layers::Layers;
use super::limits::{Cut, Limits};
use super::marked::Marked;
use super::marks::Marks;
use super::matrix::Matrix;
use super::object::get_dict;
use super::path::Path;
use super::state::State;
use super::strings::unescape_name;
use super::structure::Structure;

/// Operators between two looks at the clock.
const CHECK_EVERY: u64 = 1024;

/// What a page is read with, shared by all pages of the document.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub doc: &'a File,
    pub limits: &'a Limits,
    pub fonts: &'a FontCache,
    pub layers: &'a Layers,
    pub structure: &'a Structure,
    /// The page's own object.
    pub page: Option<ObjectId>,
    pub no_resources: &'a Dictionary,
}

pub(super) struct Interpreter<'a> {
    pub(super) context: Context<'a>,
    pub(super) limits: &'a Limits,
    pub(super) state: State,
    pub(super) saved: Vec<State>,
    /// `q`s beyond the limit, whose `Q`s must be passed over.
    pub(super) unsaved: usize,
    pub(super) text_matrix: Matrix,
    pub(super) line_matrix: Matrix,
    pub(super) path: Path,
    /// The space that patterns are laid in: that of the content stream as it begins.
    pub(super) base: Matrix,
    /// Tiling patterns that the page has used.
    pub(super) patterns: Vec<&'a Stream>,
    pub(super) clip_pending: bool,
    pub(super) fonts_of_page: Vec<Arc<Font>>,
    /// Resources by where they lie, name in them, number of the font.
    font_names: Vec<(usize, Vec<u8>, u32)>,
    pub(super) unread: BTreeMap<u32, Unread>,
    /// Characters of private use that the page showed, by font.
    pub(super) private: BTreeMap<u32, Unread>,
    pub(super) text_without_font: usize,
    /// What annotations would say if they had an appearance.
    pub(super) undrawn: Vec<String>,
    pub(super) out: Marks,
    pub(super) cut: BTreeSet<Cut>,
    /// Open spans of optional content that is off.
    pub(super) hidden: usize,
    pub(super) marked: Vec<Marked>,
    pub(super) unmarked: usize,
    pub(super) replacements: usize,
    /// Open spans that the structure tree has a text for.
    pub(super) asked: usize,
    pub(super) scratch: Vec<u8>,
    operators: u64,
    /// The number of operators at which the limits are looked at next.
    check_at: u64,
    pub(super) forms: u32,
    /// Form XObjects being drawn, by where they lie.
    pub(super) active: Vec<usize>,
    pub(super) cycles: usize,
    /// Forms and pictures that are not there or cannot be read to the end.
    pub(super) lost: usize,
    bytes: usize,
    started: Instant,
    /// For forms without resources of their own.
    pub(super) no_resources: &'a Dictionary,
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
            path: Path::new(context.limits.marks),
            base: ctm,
            patterns: Vec::new(),
            clip_pending: false,
            fonts_of_page: Vec::new(),
            font_names: Vec::new(),
            unread: BTreeMap::new(),
            private: BTreeMap::new(),
            text_without_font: 0,
            undrawn: Vec::new(),
            out: Marks::new(width, height),
            cut: BTreeSet::new(),
            hidden: 0,
            marked: Vec::new(),
            unmarked: 0,
            replacements: 0,
            asked: 0,
            scratch: Vec::new(),
            operators: 0,
            check_at: context.limits.operators.min(CHECK_EVERY),
            forms: 0,
            active: Vec::new(),
            cycles: 0,
            lost: 0,
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
        self.replacements > 0 || self.asked > 0
    }

    /// Carries out a content stream. `false`: a limit of the page was reached.
    pub fn run(&mut self, data: &[u8], resources: &'a Dictionary) -> bool {
        let mut scanner = Scanner::new(data).keeping(self.limits.operands);
        let mut operands: Vec<Operand> = Vec::with_capacity(64);
        loop {
            let (step, fits) = scanner.next(&mut operands);
            if !fits {
                self.cut.insert(Cut::Operands);
            }
            let Step::Operator(key) = step else { return true };
            self.operators += 1;
            if self.operators > self.check_at && !self.within_limits() {
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
        self.check_at = self.operators.saturating_add(CHECK_EVERY).min(self.limits.operators);
        if self.operators > self.limits.operators {
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
                if self.saved.len() < self.limits.open_states {
                    self.saved.push(self.state);
                } else {
                    self.unsaved += 1;
                    self.cut.insert(Cut::OpenStates);
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
            TR => self.set(operands, |state, v| state.mode = if (0.0..=7.0).contains(&v) { v as u8 } else { 0 }),
            TF => {
                if let [.., Operand::Name(name), Operand::Number(size)] = operands {
                    let known = self.fonts_of_page.len();
                    self.state.font = self.font_number(name, resources);
                    self.state.size = *size;
                    // A font can take as long to read as many operators.
                    return self.fonts_of_page.len() == known || self.within_limits();
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
                if self.hidden == 0 {
                    if self.state.clip_index != 0 {
                        self.out.shapes.area(&self.state, [x0, y0, x1, y1], false);
                    }
                    self.out.shapes.blot([x0, y0, x1, y1]);
                }
            }
            BMC => self.begin_marked(Marked { hides: false, replacement: None, asked: false }),
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

    pub(super) fn font_of(&mut self, dict: &'a Dictionary, name: &[u8]) -> u32 {
        let font = self.context.fonts.font(self.context.doc, dict, name, self.limits.stream_bytes);
        let known = self.fonts_of_page.iter().position(|f| Arc::ptr_eq(f, &font));
        known.unwrap_or_else(|| {
            self.fonts_of_page.push(font);
            self.fonts_of_page.len() - 1
        }) as u32
    }
}

pub(super) fn numbers<const N: usize>(operands: &[Operand]) -> Option<[f64; N]> {
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
