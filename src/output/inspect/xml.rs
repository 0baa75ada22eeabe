//! Well-formed XML from whatever a document prints.

use std::fmt::{self, Display, Write};

/// A number of an attribute: hundredths, no needless zeros, never `NaN`.
pub(super) struct N(pub f32);

impl Display for N {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = if self.0.is_finite() { (f64::from(self.0) * 100.0).round() / 100.0 } else { 0.0 };
        // No `-0`: the same picture has the same bytes.
        write!(f, "{}", rounded + 0.0)
    }
}

/// Name and value of an attribute.
pub(super) type Attr<'a> = (&'a str, &'a dyn Display);

/// XML being written; every element that was opened has to be closed.
#[derive(Default)]
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    pub fn open(&mut self, name: &'static str, attrs: &[Attr]) {
        self.tag(name, attrs, ">\n");
        self.open.push(name);
    }

    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out += "</";
            self.out += name;
            self.out += ">\n";
        }
    }

    pub fn empty(&mut self, name: &'static str, attrs: &[Attr]) {
        self.tag(name, attrs, "/>\n");
    }

    pub fn text(&mut self, name: &'static str, attrs: &[Attr], text: &str) {
        self.tag(name, attrs, ">");
        escape(text, &mut self.out);
        self.out += "</";
        self.out += name;
        self.out += ">\n";
    }

    /// What was written elsewhere, to its end.
    pub fn append(&mut self, other: Xml) {
        self.out += &other.finish();
    }

    fn tag(&mut self, name: &str, attrs: &[Attr], end: &str) {
        self.out.push('<');
        self.out += name;
        for (name, value) in attrs {
            let mut text = String::new();
            // Writing to a string cannot fail.
            let _ = write!(text, "{value}");
            self.out.push(' ');
            self.out += name;
            self.out += "=\"";
            escape(&text, &mut self.out);
            self.out.push('"');
        }
        self.out += end;
    }

    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}

/// May this character stand in XML 1.0 at all?
fn is_allowed(ch: char) -> bool {
    matches!(ch, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..) && !matches!(ch, '\u{7F}'..='\u{9F}')
}

/// Is it known what the character is, and can it be shown?
pub(super) fn is_readable(ch: char) -> bool {
    is_allowed(ch) && ch != char::REPLACEMENT_CHARACTER
}

fn escape(text: &str, out: &mut String) {
    for ch in text.chars() {
        match ch {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            // A bare carriage return would be read as a line feed.
            '\r' => *out += "&#13;",
            ch if is_allowed(ch) => out.push(ch),
            _ => out.push('\u{FFFD}'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_escaped_or_replaced() {
        let mut xml = Xml::default();
        xml.text("t", &[("a", &"\"<"), ("n", &N(-0.001)), ("m", &N(f32::NAN))], "<&>\u{0}\u{FFFE}𠮷");
        assert_eq!(xml.finish(), "<t a=\"&quot;&lt;\" n=\"0\" m=\"0\">&lt;&amp;&gt;\u{FFFD}\u{FFFD}𠮷</t>\n");
    }

    #[test]
    fn what_was_opened_is_closed() {
        let mut xml = Xml::default();
        xml.open("a", &[]);
        xml.open("b", &[]);
        assert_eq!(xml.finish(), "<a>\n<b>\n</b>\n</a>\n");
    }
}
