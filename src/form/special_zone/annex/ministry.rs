//! The last column of 別紙２: 規制所管府省名, 規制協議の整理番号, and the form's own words around them.

use std::sync::LazyLock;

use regex::Regex;

use crate::form::document::Method;
use crate::form::special_zone::raw::Slot;
use crate::form::special_zone::tape::Tape;
use crate::layout::{Layout, Span};

/// Labels of the cell, in the order in which it prints them.
static LABELS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<ministry>規制所管府省名\s*:)|(?P<reference>(?:規制)?協議の?整理番号\s*:|整理番号\s*:)",
        r"|(?P<other>[□■☑☐✓]\s*特例措置の効果が認められ(?:る|ない)|⇒\s*[□■☑☐✓]\s*要件の見直しの必要性あり",
        r"|[□■☑☐✓]\s*その他|<\s*(?:特記事項|参考意見)\s*>)",
    ))
    .ok()
});

#[derive(Debug, Default)]
pub(in crate::form::special_zone) struct MinistryCell {
    pub ministry: Slot,
    pub reference: Option<Slot>,
    pub labels: Vec<Span>,
}

pub(in crate::form::special_zone) fn read(layout: &Layout, spans: &[Span], method: Method) -> MinistryCell {
    let tape = Tape::new(layout, spans);
    let mut out = MinistryCell::default();
    let all: Vec<_> = LABELS.iter().flat_map(|r| r.captures_iter(&tape.text)).collect();
    for (i, found) in all.iter().enumerate() {
        let Some(label) = found.get(0) else { continue };
        let end = all.get(i + 1).and_then(|m| m.get(0)).map_or(tape.text.len(), |m| m.start());
        let value = tape.spans(label.end()..end);
        // A line to write on.
        let blank = tape.text[label.end()..end].chars().all(|c| c.is_whitespace() || matches!(c, '_' | '＿'));
        out.labels.extend(tape.spans(label.range()));
        let slot = if blank {
            out.labels.extend(value);
            Slot::Blank(None)
        } else {
            Slot::read(value, method)
        };
        if found.name("ministry").is_some() {
            out.ministry = slot;
        } else if found.name("reference").is_some() {
            out.reference = Some(slot);
        }
    }
    out
}
