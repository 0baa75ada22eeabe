//! Printed text → one leaf of the record, with its evidence and the doubts that its text raises.

use std::borrow::Cow;

use super::document::{Evidence, Method, Printed, YearQuantity};
use super::slot::{RawYear, Slot};
use crate::diagnostic::Diagnostic;
use crate::layout::{Layout, Span};
use crate::normalize::{Number, Quantity, State, dash, fold, percent, prose, quantity};

/// Collects evidence and diagnostics of one record while its leaves are made.
pub(super) struct Leaves<'a> {
    layout: &'a Layout,
    /// `/records/0`
    base: String,
    pub evidence: Vec<(String, Evidence)>,
    /// What became part of a leaf.
    pub claims: Vec<Span>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Leaves<'a> {
    pub fn new(layout: &'a Layout, base: String) -> Self {
        Leaves { layout, base, evidence: Vec::new(), claims: Vec::new(), diagnostics: Vec::new() }
    }

    /// What is read, for readers that take the print otherwise than by whole lines.
    pub fn layout(&self) -> &'a Layout {
        self.layout
    }

    pub fn pointer(&self, path: &str) -> String {
        [&self.base, path].concat()
    }

    /// The printed lines of a slot; an indent that only geometry shows stands in front as U+3000.
    fn printed(&self, slot: &Slot) -> Vec<Cow<'a, str>> {
        slot.spans()
            .iter()
            .map(|span| {
                let text = self.layout.text(span);
                let starts = self.layout.line(span).paragraph && span.start == 0;
                if starts && !text.starts_with('\u{3000}') { format!("\u{3000}{text}").into() } else { text.into() }
            })
            .collect()
    }

    /// The printed lines of a slot as a name or word.
    pub fn words(&self, slot: &Slot) -> String {
        name(&self.printed(slot).iter().map(Cow::as_ref).collect::<Vec<_>>())
    }

    /// As printed, the lines of a cell run together; a line break between two digits, or between a sign and a digit, stays,
    /// since it may part two values.
    pub fn raw(&self, slot: &Slot) -> String {
        let mut out = String::new();
        let mut before: Option<&Span> = None;
        for span in slot.spans() {
            let text = self.layout.text(span).trim();
            // Parts of one line are one word that an extractor cut.
            let one_line = before.is_some_and(|b| (b.page, b.line) == (span.page, span.line));
            let tail = out.chars().next_back().and_then(fold::fold_char);
            let head = text.chars().next().and_then(fold::fold_char);
            let open = tail.is_some_and(|c| c.is_ascii_alphanumeric() || dash::is_minus(c));
            if !one_line && open && head.is_some_and(|c| c.is_ascii_alphanumeric()) {
                out.push('\n');
            }
            out.push_str(text);
            before = Some(span);
        }
        out
    }

    /// Records where a leaf was read.
    pub fn evidence(&mut self, path: &str, slot: &Slot) {
        if let Some(read) = self.take(slot) {
            self.prove(path, read);
        }
    }

    /// Records where several leaves below `path` were read, of those that are there: all in one place, which counts as read in
    /// any case.
    pub fn evidence_of(&mut self, path: &str, leaves: &[(&str, bool)], slot: &Slot) {
        let Some(read) = self.take(slot) else { return };
        for (leaf, _) in leaves.iter().filter(|(_, there)| *there) {
            self.prove(&[path, "/", leaf].concat(), read.clone());
        }
    }

    /// Claims the print of a slot, as evidence.
    fn take(&mut self, slot: &Slot) -> Option<Evidence> {
        match slot {
            Slot::Unplaced | Slot::Blank(None) => None,
            Slot::Blank(Some(place)) => Some(Evidence { at: vec![*place], text: String::new(), method: Method::Cell }),
            Slot::Read(r) => {
                let mut text = String::new();
                for (i, line) in self.layout.texts(&r.spans).enumerate() {
                    text.push_str(if i > 0 { "\n" } else { "" });
                    text.push_str(line);
                }
                self.claims.extend_from_slice(&r.spans);
                Some(Evidence { at: self.layout.places(&r.spans), text, method: r.method })
            }
        }
    }

    fn prove(&mut self, path: &str, read: Evidence) {
        if read.text.contains('\u{FFFD}') {
            let message = "characters that the document's fonts do not name (U+FFFD); compare with the page".to_owned();
            self.warn("unreadable_characters", path, message);
        }
        self.evidence.push((self.pointer(path), read));
    }

    pub fn warn(&mut self, code: &str, path: &str, message: String) {
        let at = self.pointer(path);
        self.diagnostics.push(Diagnostic::warning(code, message).at(at));
    }

    /// Says that a field's value was not found, unless the reader said so already.
    fn unplaced(&mut self, path: &str) {
        let message = "no printed text could be tied to this field; look for it under `unassigned`".to_owned();
        self.warn("unplaced", path, message);
    }

    /// A leaf made from its printed lines; a dash and an empty cell are `Empty`.
    pub fn leaf<T>(&mut self, path: &str, slot: &Slot, make: impl FnOnce(&[&str]) -> T) -> Printed<T> {
        match slot {
            Slot::Unplaced => {
                self.unplaced(path);
                Printed::Unplaced
            }
            Slot::Blank(_) => {
                self.evidence(path, slot);
                Printed::Empty
            }
            Slot::Read(_) => {
                self.evidence(path, slot);
                let lines = self.printed(slot);
                let lines: Vec<&str> = lines.iter().map(Cow::as_ref).collect();
                if dash::is_none(&lines.concat()) { Printed::Empty } else { Printed::Value(make(&lines)) }
            }
        }
    }

    /// A passage: wrapped lines joined, paragraphs parted by `\n`.
    pub fn passage(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        self.leaf(path, slot, prose::join)
    }

    /// A name or word: one line, however it was wrapped.
    pub fn name(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        self.leaf(path, slot, name)
    }

    /// A quantity under a year; `None` when no heading told the year. Where only the year is known, the quantity is empty.
    pub fn year(&mut self, path: &str, raw: &RawYear) -> Option<YearQuantity> {
        if raw.value == Slot::Unplaced {
            self.unplaced(path);
            return raw.fiscal_year.map(|fiscal_year| YearQuantity { fiscal_year, quantity: Quantity::default() });
        }
        let Some(fiscal_year) = raw.fiscal_year else {
            self.warn("year_unknown", path, "a value under no year heading was left out".to_owned());
            return None;
        };
        let printed = self.raw(&raw.value);
        let quantity = if self.parted(path, &printed) {
            let raw = Some(printed.clone());
            Quantity { raw, state: State::Text, value: None, unit: None, comparator: None, cumulative: None }
        } else {
            quantity::parse(&printed)
        };
        if quantity.state == State::Text && fold::fold(&printed).contains(|c: char| c.is_ascii_digit()) {
            let message = format!("「{printed}」 holds digits but is not one number; kept as text");
            self.diagnostics.push(Diagnostic::note("quantity_as_text", message).at(self.pointer(path)));
        }
        if tied_by_order(&raw.value) {
            self.evidence(&format!("{path}/fiscal_year"), &raw.value);
        }
        self.quantity_evidence(path, &raw.value, &quantity);
        Some(YearQuantity { fiscal_year, quantity })
    }

    /// May a cell print several values, one a line? Says so.
    pub fn parted(&mut self, path: &str, printed: &str) -> bool {
        let parted = printed.contains('\n');
        if parted {
            let message = format!("「{}」 may be several values; kept as text", printed.replace('\n', " / "));
            self.warn("several_values", path, message);
        }
        parted
    }

    /// For each part that a quantity has.
    pub fn quantity_evidence(&mut self, path: &str, slot: &Slot, q: &Quantity) {
        let leaves = [
            ("raw", q.raw.is_some()),
            ("state", true),
            ("value", q.value.is_some()),
            ("unit", q.unit.is_some()),
            ("comparator", q.comparator.is_some()),
            ("cumulative", q.cumulative.is_some()),
        ];
        self.evidence_of(path, &leaves, slot);
    }

    /// 達成割合; a dash is `Empty`, words are left out with a warning.
    pub fn percent(&mut self, path: &str, slot: &Slot) -> Printed<Number> {
        let printed = self.raw(slot);
        let number = percent::parse(&printed).filter(|_| !printed.contains('\n'));
        if slot.spans().is_empty() || number.is_some() || dash::is_none(&printed) {
            return match self.leaf(path, slot, |_| number) {
                Printed::Value(Some(number)) => Printed::Value(number),
                Printed::Empty => Printed::Empty,
                Printed::Value(None) | Printed::Unplaced => Printed::Unplaced,
            };
        }
        self.warn("percent_not_a_number", path, format!("「{printed}」 is not one percentage; left out"));
        Printed::Unplaced
    }
}

/// Is the year of a value decided by the order of the text? A page with cells ties it to the heading over its column.
pub(super) fn tied_by_order(slot: &Slot) -> bool {
    matches!(slot, Slot::Read(r) if r.method != Method::Cell)
}

/// A name or word of one or more printed lines.
pub(super) fn name(lines: &[&str]) -> String {
    prose::join(lines).replace('\n', "")
}
