//! Marked content: spans that belong to a layer, and spans whose text is said apart.

use lopdf::Dictionary;

use super::actual_text;
use super::content::Operand;
use super::interpret::Interpreter;
use super::limits::Cut;
use super::object::{as_dict, get_dict, get_number, resolve};
use super::strings::unescape_name;
use super::text::{self, is_private};

/// A span between `BDC` and `EMC`.
pub(super) struct Marked {
    pub hides: bool,
    /// The text that replaces the span's glyphs, and how many glyphs stood before it.
    pub replacement: Option<(String, usize, usize)>,
    /// The text is that of the structure tree, for glyphs that the font does not explain.
    pub asked: bool,
}

impl<'a> Interpreter<'a> {
    pub(super) fn begin_span(&mut self, operands: &[Operand], resources: &'a Dictionary) {
        let doc = self.context.doc;
        let mut hides = false;
        let mut replacement = None;
        let mut number = None;
        if let [Operand::Name(tag), Operand::Name(name)] = operands {
            let properties = get_dict(doc, resources, b"Properties");
            let object = properties.and_then(|p| p.get(&unescape_name(name)).ok());
            if let Some(object) = object {
                hides = *tag == b"OC" && self.context.layers.hides(doc, object);
                let dict = resolve(doc, object).and_then(as_dict);
                replacement = dict.and_then(|d| actual_text::in_dict(doc, d));
                number = dict.and_then(|d| get_number(doc, d, b"MCID"));
            }
        } else if operands.len() > 3 {
            replacement = actual_text::inline(operands);
            let at = operands.iter().position(|o| *o == Operand::Name(b"MCID"));
            number = match at.and_then(|at| operands.get(at + 1)) {
                Some(Operand::Number(number)) => Some(*number),
                _ => None,
            };
        }
        // Within a replaced span another one has nothing to say.
        let mut replacement = replacement.filter(|_| self.replacements == 0);
        let asked = replacement.is_none() && self.replacements + self.asked == 0;
        if asked {
            replacement = number.and_then(|number| self.told(number));
        }
        let asked = asked && replacement.is_some();
        let replacement = replacement.map(|text| (text, self.out.glyphs.len(), self.out.invisible.len()));
        self.begin_marked(Marked { hides, replacement, asked });
    }

    /// What the structure tree says of a span of the page itself.
    fn told(&self, number: f64) -> Option<String> {
        if self.context.structure.is_empty() || !self.active.is_empty() {
            return None;
        }
        self.context.structure.text(self.context.page?, number as i64).map(str::to_owned)
    }

    pub(super) fn begin_marked(&mut self, marked: Marked) {
        if self.marked.len() >= self.limits.open_states {
            self.unmarked += 1;
            self.cut.insert(Cut::OpenStates);
            return;
        }
        self.hidden += usize::from(marked.hides);
        self.replacements += usize::from(marked.replacement.is_some() && !marked.asked);
        self.asked += usize::from(marked.asked);
        self.marked.push(marked);
    }

    pub(super) fn end_marked(&mut self) {
        if self.unmarked > 0 {
            self.unmarked -= 1;
            return;
        }
        let Some(marked) = self.marked.pop() else { return };
        self.hidden -= usize::from(marked.hides);
        let Some((text, start, start_invisible)) = marked.replacement else { return };
        if marked.asked {
            self.asked -= 1
        } else {
            self.replacements -= 1
        }
        let out = &mut self.out;
        let drawn = out.glyphs.len() > start;
        let (glyphs, start) = if drawn { (&mut out.glyphs, start) } else { (&mut out.invisible, start_invisible) };
        if glyphs.len() <= start {
            return;
        }
        if !marked.asked || glyphs[start..].iter().any(|g| g.ch == char::REPLACEMENT_CHARACTER || is_private(g.ch)) {
            actual_text::replace(glyphs, start, &text);
        }
        // The clip was left aside until now.
        let replaced = glyphs.split_off(start);
        let seen = replaced.into_iter().filter(|g| {
            let clip = self.out.clip_rect(g.clip);
            text::seen(&g.rect, [clip.x0, clip.y0, clip.x1, clip.y1])
        });
        let seen: Vec<_> = seen.collect();
        if drawn { self.out.glyphs.extend(seen) } else { self.out.invisible.extend(seen) }
    }

    /// Closes what the content left open.
    pub(super) fn end(&mut self) {
        while !self.marked.is_empty() || self.unmarked > 0 {
            self.end_marked();
        }
    }
}
