//! Marked content: spans that belong to a layer, and spans whose text is said apart.

use lopdf::Dictionary;

use super::content::Operand;
use super::interpret::Interpreter;
use super::limits::Cut;
use super::object::{as_dict, get_dict, resolve};
use super::strings::unescape_name;
use super::{actual_text, text};

/// A span between `BDC` and `EMC`.
pub(super) struct Marked {
    pub hides: bool,
    /// The text that replaces the span's glyphs, and how many glyphs stood before it.
    pub replacement: Option<(String, usize, usize)>,
}

impl<'a> Interpreter<'a> {
    pub(super) fn begin_span(&mut self, operands: &[Operand], resources: &'a Dictionary) {
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

    pub(super) fn begin_marked(&mut self, marked: Marked) {
        if self.marked.len() >= self.limits.open_states {
            self.unmarked += 1;
            self.cut.insert(Cut::OpenStates);
            return;
        }
        self.hidden += usize::from(marked.hides);
        self.replacements += usize::from(marked.replacement.is_some());
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

    /// Closes what the content left open.
    pub(super) fn end(&mut self) {
        while !self.marked.is_empty() || self.unmarked > 0 {
            self.end_marked();
        }
    }
}
