//! Where a row's loose parts belong: the target that they name, the entry that they close.

use super::super::lex::{Block, ends_sentence, key_of, slot};
use super::super::like::{Words, assign};
use super::{Entry, MOST, Reader};
use crate::form::document::Method;
use crate::form::special_zone::cells::efforts;
use crate::form::special_zone::raw::{RawLocal, RawZone, Slot};
use crate::layout::{Layout, Span};
use crate::normalize::fold::key;

/// 体制強化 and 民間の取組等: what was done, parted by 【自治体】. `found`: the labels before the lines; those of the
/// first one name who did it.
pub(super) fn flush_effort(layout: &Layout, found: &mut Vec<Slot>, rows: &mut Vec<Span>, zone: &mut RawZone) {
    let lines = std::mem::take(rows);
    let found = std::mem::take(found);
    let Some(first) = found.first().cloned() else { return };
    let text: String = layout.texts(&lines).map(key).collect();
    if text.is_empty() || text == "該当なし" {
        zone.labels.extend(lines);
        return;
    }
    let marked = |s: &Span| layout.text(s).trim_start().starts_with('【');
    // After the sentences behind a mark, one without a mark is of the next label.
    let cut = (1..lines.len()).find(|&i| {
        found.len() > 1 && ends_sentence(&key(layout.text(&lines[i - 1]))) && !marked(&lines[i]) && marked(&lines[0])
    });
    let (own, next) = lines.split_at(cut.unwrap_or(lines.len()));
    let from = zone.locals.len();
    efforts(layout, &first.inferred(), own, Method::Order, zone);
    if let Some(second) = found.get(1).filter(|_| !next.is_empty()) {
        efforts(layout, &second.clone().inferred(), next, Method::Order, zone);
    }
    for at in from..zone.locals.len() {
        let message = "these lines stand apart from the labels 体制強化 and 民間の取組等; which is theirs was told by their order";
        zone.note(format!("/local_supports/{at}"), "category_by_order", message);
    }
}

impl Reader<'_> {
    pub(super) fn close(&mut self) {
        let mut entry = std::mem::take(&mut self.open);
        if entry.is_empty() {
            return;
        }
        entry.category = self.categories.len().saturating_sub(1);
        if let Some((_, n)) = self.categories.last_mut().filter(|(_, n)| *n != usize::MAX) {
            *n += 1;
        }
        // The last name stands beside its targets; those before it are of other rows.
        let last = entry.names.len().saturating_sub(1);
        for name in entry.names.drain(..last) {
            self.entries.push(Entry { category: entry.category, names: vec![name], ..Entry::default() });
        }
        // A name that begins with one author in a row of another is not of this row.
        let by = key_of(&entry.jurisdictions);
        let other = |name: &Block| {
            let name = key_of(name);
            self.authors.iter().any(|a| name.starts_with(a.as_str()) && *a != by)
        };
        if !by.is_empty() && entry.names.first().is_some_and(other) {
            let name = entry.names.remove(0);
            self.entries.push(Entry { category: entry.category, names: vec![name], ..Entry::default() });
            entry.guessed = true;
        }
        self.entries.push(entry);
    }

    /// Ties names without a row to rows without a name, and an author on its own to the one row without.
    pub(super) fn tie(&mut self) {
        let mut without: Vec<usize> = (0..self.entries.len())
            .filter(|&i| !self.entries[i].texts.is_empty() && self.entries[i].jurisdictions.is_empty())
            .filter(|&i| !self.entries[i].names.is_empty())
            .collect();
        if let ([(category, by)], [row]) = (self.orphans.as_slice(), without.as_mut_slice())
            && self.entries[*row].category == *category
        {
            self.entries[*row].jurisdictions.push(by.clone());
            self.entries[*row].guessed = true;
        }
        // More rows than any zone has: nothing is guessed.
        if self.entries.len() > MOST {
            return;
        }
        let every: Vec<Words> = self.entries.iter().map(|e| Words::of(&e.text())).collect();
        let loose: Vec<usize> = (0..self.entries.len())
            .filter(|&i| !self.entries[i].names.is_empty() && self.entries[i].texts.is_empty())
            .collect();
        let nameless: Vec<usize> = (0..self.entries.len())
            .filter(|&i| self.entries[i].names.is_empty() && !self.entries[i].texts.is_empty())
            .filter(|&i| self.entries[i].related.is_some() || !self.entries[i].jurisdictions.is_empty())
            .collect();
        let score = |n: usize, r: usize| {
            let (name, row) = (&self.entries[loose[n]], &self.entries[nameless[r]]);
            let name_key = key_of(&name.names[0]);
            let by = key_of(&row.jurisdictions);
            if name.category != row.category
                || self.authors.iter().any(|a| name_key.starts_with(a.as_str()) && *a != by && !by.is_empty())
            {
                return -1.0;
            }
            // The same program in another table says much the same.
            let twin = self
                .entries
                .iter()
                .zip(&every)
                .filter(|(e, _)| !e.texts.is_empty() && e.names.first().is_some_and(|n| key_of(n) == name_key))
                .map(|(_, words)| every[nameless[r]].share(words))
                .fold(0.0, f64::max);
            Words::of(&name_key).share(&every[nameless[r]]) + 2.0 * twin
        };
        let pairs = assign(loose.len(), nameless.len(), score);
        let mut gone: Vec<usize> = Vec::new();
        for (n, r) in pairs {
            let (from, to) = (loose[n], nameless[r]);
            let taken = self.entries[from].clone();
            let entry = &mut self.entries[to];
            entry.names = taken.names;
            entry.related = entry.related.take().or(taken.related);
            entry.guessed = true;
            gone.push(from);
        }
        let mut at = 0;
        self.entries.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }

    pub(super) fn write(self, zone: &mut RawZone) {
        for entry in self.entries {
            let at = format!("/local_supports/{}", zone.locals.len());
            if entry.names.is_empty() && entry.related.is_none() {
                zone.doubt(
                    "/local_supports",
                    "row_unplaced",
                    "text of 別紙４ could not be tied to one row; see `unassigned`",
                );
                continue;
            }
            let category = self.categories.get(entry.category).map(|(b, _)| slot(b)).unwrap_or_default();
            let (result, passage) = match entry.texts.as_slice() {
                [] => (Slot::Unplaced, Slot::Unplaced),
                [only] if ends_sentence(&key_of(only)) => (Slot::Unplaced, slot(only)),
                [only] => (slot(only), Slot::Unplaced),
                [first, rest @ ..] => (slot(first), slot(&rest.concat())),
            };
            let own = |s: Slot| if entry.guessed { s.inferred() } else { s };
            let message = if entry.guessed {
                "name and cells of this row stand apart in the text; they were tied together by their words"
            } else {
                "the cells of this row were told by their order and the name of the author at its end"
            };
            zone.note(at, "row_inferred", message);
            zone.locals.push(RawLocal {
                category: own(category),
                program: own(entry.names.first().map_or(Slot::Unplaced, |n| slot(n))),
                related: own(entry.related.as_ref().map_or(Slot::Unplaced, |r| slot(r))),
                result: own(result),
                self_evaluation: own(passage),
                jurisdictions: own(slot(&entry.jurisdictions)),
            });
        }
        zone.note(
            "/local_supports",
            "rows_by_order",
            "rows of 別紙４ were told by the order and the words of the text",
        );
    }
}
