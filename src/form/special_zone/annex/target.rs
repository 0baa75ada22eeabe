//! The left-hand cells of 別紙１: 評価指標（１）… and 数値目標（１）－①… with goal and weight.

use std::sync::LazyLock;

use regex::Regex;

use crate::form::document::Method;
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::Slot;
use crate::form::special_zone::running::split_goal;
use crate::form::special_zone::tape::Tape;
use crate::layout::{Layout, Span};
use crate::normalize::fold::key;

static TARGET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*数値目標\s*\(\s*[0-9]{1,2}\s*\)\s*[-‐‑‒–—―−─ー－ｰ]?\s*(?:[①-⑳]\s*[、,・]?\s*)*:?").ok()
});
static INDICATOR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*評価指標\s*\(\s*[0-9]{1,2}\s*\)\s*:?").ok());
static WEIGHT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"寄与[度率]\s*(?:\(\s*※\s*\)|※)?\s*:?").ok());

#[derive(Debug, Default)]
pub(in crate::form::special_zone) struct TargetCell {
    pub numbers: Vec<String>,
    pub name: Slot,
    /// With its （累計）.
    pub goal: Slot,
    pub goal_cut: bool,
    pub weight: Slot,
    pub labels: Vec<Span>,
}

pub(in crate::form::special_zone) fn target(layout: &Layout, spans: &[Span], method: Method) -> TargetCell {
    let tape = Tape::new(layout, spans);
    let mut out = TargetCell::default();
    let Some(mark) = TARGET.as_ref().and_then(|r| r.find(&tape.text)) else { return out };
    out.numbers = labels::target_numbers(&key(mark.as_str()));
    out.labels = tape.spans(mark.range());
    let weight = WEIGHT.as_ref().and_then(|r| r.find_iter(&tape.text[mark.end()..]).last());
    let weight = weight.map(|w| mark.end() + w.start()..mark.end() + w.end());
    let mut start = mark.end();
    let end = weight.as_ref().map_or(tape.text.len(), |w| w.start);
    if let Some(weight) = weight {
        out.labels.extend(tape.spans(weight.clone()));
        out.weight = Slot::read(tape.spans(weight.end..tape.text.len()), method);
    }
    // Where a cell names several targets, each behind its sign, the last one is evaluated.
    if out.numbers.len() > 1
        && let Some((at, sign)) = tape.text[start..end].char_indices().rfind(|(_, c)| labels::circled(*c))
    {
        start += at + sign.len_utf8();
    }
    let goal = split_goal(&tape.text[start..end]);
    out.goal_cut = goal.doubtful;
    out.name = Slot::read(tape.spans(start + goal.name.start..start + goal.name.end), method);
    out.goal = match goal.value {
        Some(value) => Slot::read(tape.spans(start + value.start..end), method),
        None => Slot::Unplaced,
    };
    out
}

/// The name behind 評価指標（１）, and the label in front of it.
pub(in crate::form::special_zone) fn indicator(layout: &Layout, spans: &[Span], method: Method) -> (Slot, Vec<Span>) {
    let tape = Tape::new(layout, spans);
    let end = INDICATOR.as_ref().and_then(|r| r.find(&tape.text)).map_or(0, |m| m.end());
    (Slot::read(tape.spans(end..tape.text.len()), method), tape.spans(0..end))
}
