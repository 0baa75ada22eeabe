//! Printed text → one value: a passage, a list, a date, a percentage, a quantity.

use super::super::labels;
use super::super::raw::{Passage, Slot};
use super::Maker;
use crate::form::document::{Method, Printed};
use crate::layout::Span;
use crate::normalize::{Number, Quantity, State, dash, era, fold, percent, prose, quantity};

/// So many ems between a sentence's end and the edge of its cell would have taken the next words.
const ROOM: f32 = 3.0;

/// Words behind a counter that say which way the number goes.
const WAYS: [&str; 10] = ["短縮", "延長", "増加", "減少", "削減", "低減", "向上", "拡大", "増", "減"];

/// Parts of a printed list, folded; dashes are none.
pub(super) fn parts(text: &str, by: &[char]) -> Vec<String> {
    let parts = text.split(by).map(|p| fold::fold(p).split_whitespace().collect::<String>());
    parts.filter(|p| !p.is_empty() && !dash::is_none(p)).collect()
}

impl Maker<'_> {
    pub(super) fn name(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        self.leaves.name(path, slot)
    }

    /// A passage; its reader knows which lines begin a paragraph, or the cell that it stands in tells.
    pub(super) fn passage(&mut self, path: &str, passage: &Passage) -> Printed<String> {
        let told = self.ended_early(passage.slot.spans());
        let begins: Vec<bool> =
            told.iter().enumerate().map(|(i, b)| *b || passage.starts.get(i).copied().unwrap_or(false)).collect();
        let known = !passage.starts.is_empty();
        self.leaves.leaf(path, &passage.slot, |lines| {
            let own: Vec<String> = lines
                .iter()
                .enumerate()
                .map(|(i, line)| {
                    let begins = begins.get(i).copied().unwrap_or(false) || !known && line.starts_with('\u{3000}');
                    format!("{}{}", if begins { "\u{3000}" } else { "" }, line.trim())
                })
                .collect();
            prose::join(&own.iter().map(String::as_str).collect::<Vec<_>>())
        })
    }

    pub(super) fn cell_passage(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        self.passage(path, &Passage::from(slot.clone()))
    }

    /// Lines of a cell that follow a sentence which ended well before the cell's edge.
    fn ended_early(&self, spans: &[Span]) -> Vec<bool> {
        let layout = self.leaves.layout();
        let early = |span: &Span| {
            let line = layout.line(span);
            let cell = line.cell.and_then(|c| layout.pages[span.page].cells.get(c));
            let (Some(cell), Some(end)) = (cell, line.edges.last()) else { return false };
            line.text.trim_end().ends_with('。') && cell.rect.x1 - end > ROOM * line.size
        };
        let cell = |span: &Span| (span.page, layout.line(span).cell);
        (0..spans.len()).map(|i| i > 0 && cell(&spans[i - 1]) == cell(&spans[i]) && early(&spans[i - 1])).collect()
    }

    pub(super) fn list(
        &mut self,
        path: &str,
        slot: &Slot,
        make: impl FnOnce(&str) -> Vec<String>,
    ) -> Printed<Vec<String>> {
        let list = match slot {
            // An empty cell names none.
            Slot::Blank(_) => {
                self.leaves.evidence(path, slot);
                Printed::Value(Vec::new())
            }
            _ => match self.leaves.leaf(path, slot, |lines| make(&lines.join("\n"))) {
                Printed::Empty => Printed::Value(Vec::new()),
                list => list,
            },
        };
        for i in 0..list.value().map_or(0, Vec::len) {
            self.leaves.evidence(&format!("{path}/{i}"), slot);
        }
        list
    }

    pub(super) fn related(&mut self, path: &str, slot: &Slot) -> Printed<Vec<String>> {
        let list = self.list(path, slot, labels::related);
        let odd =
            list.value().is_some_and(|l| l.iter().any(|t| !t.starts_with('(') && !labels::is_related(&fold::key(t))));
        if odd {
            let message = "the print names no target by its number; its words are given".to_owned();
            self.leaves.warn("targets_as_words", path, message);
        }
        list
    }

    pub(super) fn date(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        let printed = self.concat(slot);
        match self.leaves.leaf(path, slot, |_| era::date(&printed)) {
            Printed::Value(Some(date)) => Printed::Value(date.to_string()),
            Printed::Value(None) => {
                self.leaves.warn("not_a_date", path, format!("「{printed}」 is not a date; left out"));
                Printed::Unplaced
            }
            Printed::Empty => Printed::Empty,
            Printed::Unplaced => Printed::Unplaced,
        }
    }

    /// As printed. Lines of a cell may be several values; the running text wraps inside of one.
    pub(super) fn concat(&self, slot: &Slot) -> String {
        match slot {
            Slot::Read(r) if r.method == Method::Cell => self.leaves.raw(slot),
            _ => {
                let layout = self.leaves.layout();
                layout.texts(slot.spans()).map(str::trim).collect::<String>()
            }
        }
    }

    /// A percentage; a dash is `null`, and so is an empty cell.
    pub(super) fn percent(&mut self, path: &str, slot: &Slot) -> Printed<Number> {
        let printed = self.concat(slot);
        let tight: String = printed.split_whitespace().collect();
        let number = percent::parse_bare(&tight).filter(|_| !printed.contains('\n'));
        if slot.spans().is_empty() || number.is_some() || dash::is_none(&tight) || tight == "該当なし" {
            return match self.leaves.leaf(path, slot, |_| number) {
                Printed::Value(Some(number)) => Printed::Value(number),
                Printed::Value(None) if tight == "該当なし" => Printed::Empty,
                Printed::Empty => Printed::Empty,
                Printed::Value(None) | Printed::Unplaced => Printed::Unplaced,
            };
        }
        self.leaves.warn("percent_not_a_number", path, format!("「{printed}」 is not one percentage; left out"));
        Printed::Unplaced
    }

    /// A quantity of the running text or of a cell.
    pub(super) fn quantity(&mut self, path: &str, slot: &Slot) -> Quantity {
        let printed = self.concat(slot);
        let parted = printed.contains('\n');
        let mut quantity = quantity::parse(&printed);
        let way =
            quantity.unit.as_ref().is_some_and(|unit| WAYS.iter().any(|w| unit.len() > w.len() && unit.ends_with(w)));
        if (quantity.state == State::Text || way) && !parted {
            quantity = self.quantity_otherwise(path, &printed).unwrap_or(quantity);
        }
        if parted {
            quantity = Quantity {
                state: State::Text,
                value: None,
                unit: None,
                comparator: None,
                cumulative: None,
                ..quantity
            };
        }
        if quantity.state == State::Text && quantity::holds_number(&printed) {
            let message =
                format!("「{}」 holds digits but is not one number; kept as text", printed.replace('\n', " / "));
            self.leaves.warn("quantity_as_text", path, message);
        }
        self.leaves.quantity_evidence(path, slot, &quantity);
        quantity
    }

    /// `８ヶ月短縮`: how far something is to be brought down or up; `６．２．億円`: a stray point before the counter.
    fn quantity_otherwise(&mut self, path: &str, printed: &str) -> Option<Quantity> {
        let folded: String = fold::fold(printed).split_whitespace().collect();
        let raw = Some(printed.trim().to_owned());
        if let Some(stem) = WAYS.iter().find_map(|way| folded.strip_suffix(way)) {
            let found = quantity::parse(stem);
            return (found.state == State::Number).then_some(Quantity { raw, ..found });
        }
        let at = folded.rfind(|c: char| c.is_ascii_digit())? + 1;
        let rest = folded[at..].strip_prefix('.')?;
        let found = quantity::parse(&format!("{}{rest}", &folded[..at]));
        if found.state != State::Number {
            return None;
        }
        let message = format!("「{printed}」 has a stray point; read without it");
        self.leaves.warn("stray_point", path, message);
        Some(Quantity { raw, ..found })
    }
}
