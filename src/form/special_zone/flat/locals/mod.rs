//! 別紙４ in flattened text: rows told by the names of the authors at their ends, loose parts by their words.

mod place;

use place::flush_effort;

use super::is_furniture;
use super::lex::{self, Block, Piece, ends_sentence, is_value, key_of, words};
use crate::form::document::Method;
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::{RawZone, Slot};
use crate::form::special_zone::rows::Row;
use crate::layout::{Layout, Span};
use crate::normalize::dash;
use crate::normalize::fold::key;

const HEADERS: [&str; 11] = [
    "事業名",
    "取組",
    "関連する数値目標",
    "実績",
    "直接効果(可能であれば数値を用いること)",
    "直接効果",
    "(可能であれば数値を用いること)",
    "自己評価",
    "自治体名",
    "該当なし",
    "特になし",
];

/// More rows than this are not put together by their words.
const MOST: usize = 400;

/// A row as far as it is known.
#[derive(Clone, Default)]
struct Entry {
    category: usize,
    names: Vec<Block>,
    related: Option<Block>,
    texts: Vec<Block>,
    jurisdictions: Block,
    /// Tied together by words, not by their order.
    guessed: bool,
}

impl Entry {
    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.related.is_none() && self.texts.is_empty()
    }

    fn text(&self) -> String {
        self.texts.iter().map(|t| key_of(t)).collect()
    }
}

struct Reader<'a> {
    layout: &'a Layout,
    /// 作成主体: who may stand under 自治体名.
    authors: Vec<String>,
    categories: Vec<(Block, usize)>,
    entries: Vec<Entry>,
    open: Entry,
    /// Authors that stand in no row, with the category.
    orphans: Vec<(usize, Piece)>,
}

pub(super) fn read(layout: &Layout, rows: &[&Row], zone: &mut RawZone) {
    let parted = lex::is_parted(rows);
    let authors: Vec<String> = {
        let text: String = layout.texts(zone.authors.spans()).collect();
        text.split(['、', '，', ',', '・']).map(key).filter(|a| !a.is_empty()).collect()
    };
    let mut reader = Reader {
        layout,
        authors,
        categories: Vec::new(),
        entries: Vec::new(),
        open: Entry::default(),
        orphans: Vec::new(),
    };
    let site = super::measures::site_findings(layout, rows, zone);
    let mut blocks: Vec<(Block, bool)> = Vec::new();
    let mut fresh = true;
    let mut i = 0;
    let mut effort_rows: Vec<Span> = Vec::new();
    let mut effort: Vec<Slot> = Vec::new();
    while i < rows.len() {
        let row = rows[i];
        // The remarks at the end were read already; what follows them is of the table before.
        if i >= site {
            if row.key.starts_with("※このページ") {
                break;
            }
            if row.key.starts_with('【') || !effort_rows.is_empty() {
                effort_rows.extend_from_slice(&row.spans);
            }
            i += 1;
            continue;
        }
        fresh |= row.apart && parted;
        if is_furniture(&row.key) || row.is_page_number(layout) {
            zone.labels.extend_from_slice(&row.spans);
            (i, fresh) = (i + 1, true);
            continue;
        }
        let first = row.spans.first().map(|s| words(layout, s)).and_then(|w| w.first().cloned());
        let first_key = first.as_ref().map(|f| key(layout.text(f))).unwrap_or_default();
        if matches!(first_key.as_str(), "体制強化" | "民間の取組等" | "民間の取組") {
            let Some(label) = first else { break };
            if !effort_rows.is_empty() {
                flush_effort(layout, &mut effort, &mut effort_rows, zone);
            }
            zone.labels.push(label.clone());
            let rest = Span { start: label.end, ..row.spans[0].clone() };
            effort.push(Slot::read(vec![label], Method::Order));
            if !layout.text(&rest).trim().is_empty() {
                effort_rows.push(rest);
            }
            (i, fresh) = (i + 1, true);
            continue;
        }
        if !effort.is_empty() && (row.key.starts_with('【') || !effort_rows.is_empty()) {
            effort_rows.extend_from_slice(&row.spans);
            i += 1;
            continue;
        }
        if labels::local_category(&row.key) {
            zone.labels.extend_from_slice(&row.spans);
            blocks.push((vec![Piece::of(row)], true));
            (i, fresh) = (i + 1, true);
            continue;
        }
        if let Some(taken) = lex::labels_at(rows[i..].iter().map(|r| r.key.as_str()), &HEADERS) {
            for row in &rows[i..i + taken] {
                zone.labels.extend_from_slice(&row.spans);
                if row.key == "該当なし" {
                    blocks.push((vec![Piece::of(row)], true));
                }
            }
            (i, fresh) = (i + taken, true);
            continue;
        }
        match blocks.last_mut().filter(|(_, label)| !fresh && !label) {
            Some((block, _)) => block.push(Piece::of(row)),
            None => blocks.push((vec![Piece::of(row)], false)),
        }
        fresh = !parted && ends_sentence(&row.key);
        i += 1;
    }
    for n in 0..blocks.len() {
        let (block, label) = &blocks[n];
        if *label {
            reader.label(block);
        } else {
            let next = blocks.get(n + 1).filter(|(_, l)| !l).and_then(|(b, _)| b.first());
            let next_related = next.is_some_and(|p| reader.begins_related(p));
            reader.block(block, next_related);
        }
    }
    reader.close();
    reader.tie();
    reader.write(zone);
    flush_effort(layout, &mut effort, &mut effort_rows, zone);
}

impl Reader<'_> {
    fn is_author(&self, key: &str) -> bool {
        self.authors.iter().any(|a| a == key)
    }

    fn begins_related(&self, piece: &Piece) -> bool {
        let first = piece.spans.first().map(|s| words(self.layout, s)).and_then(|w| w.first().cloned());
        first.is_some_and(|f| labels::is_related(&key(self.layout.text(&f))))
    }

    fn label(&mut self, block: &Block) {
        let key = key_of(block);
        if key != "該当なし" {
            self.close();
            self.categories.push((block.clone(), 0));
            return;
        }
        self.close();
        // The table that is empty is the one without a row; else the rows read under the last heading are of a table
        // that went on over the page.
        if self.categories.iter_mut().rev().any(|(_, n)| *n == 0) {
            if let Some((_, n)) = self.categories.iter_mut().rev().find(|(_, n)| *n == 0) {
                *n = usize::MAX;
            }
            return;
        }
        let last = self.categories.len().saturating_sub(1);
        let orphan = self.entries.iter().find(|e| e.names.is_empty() && e.related.is_none()).map(|e| e.category);
        let into = orphan.unwrap_or(0);
        for entry in self.entries.iter_mut().filter(|e| e.category == last) {
            entry.category = into;
            entry.guessed = true;
        }
        if let Some((_, n)) = self.categories.last_mut() {
            *n = usize::MAX;
        }
    }

    /// One block: a name, targets, passages, and who did it at the end of its last line.
    fn block(&mut self, block: &Block, next_related: bool) {
        let mut text: Block = Vec::new();
        let mut head = true;
        for piece in block {
            let all: Vec<Span> = piece.spans.iter().flat_map(|s| words(self.layout, s)).collect();
            let mut rest = all.as_slice();
            let author = rest.last().is_some_and(|s| self.is_author(&key(self.layout.text(s))));
            // Who did it closes a row; other text begins the next one.
            let only_author = author && rest.len() == 1;
            if !self.open.jurisdictions.is_empty() && !only_author {
                self.close();
                head = true;
            }
            // A name whose targets stand on the next line of the same block.
            let targets = rest
                .first()
                .map(|s| key(self.layout.text(s)))
                .is_some_and(|k| labels::is_related(&k) && k.contains('('));
            if targets && !text.is_empty() && key_of(&text).chars().count() <= 40 {
                self.text(std::mem::take(&mut text), true);
                head = true;
            }
            if head || self.names_targets(rest) {
                if !text.is_empty() {
                    self.text(std::mem::take(&mut text), false);
                }
                rest = self.head(rest, block);
                head = false;
            }
            let by = rest.last().is_some_and(|s| self.is_author(&key(self.layout.text(s))));
            let (body, by) = rest.split_at(rest.len() - usize::from(by));
            if let (Some(a), Some(b)) = (body.first(), body.last()) {
                // A list of short items ends where a line begins without a bullet.
                let item = |p: &Piece| p.key.starts_with('・');
                let listed = text.first().is_some_and(item) && text.last().is_some_and(|p| p.width <= 34);
                if listed && !item(&Piece::part(self.layout, a.clone())) {
                    self.text(std::mem::take(&mut text), false);
                }
                // A result and the beginning of the passage beside it.
                let split = (body.len() > 1 && text.is_empty()).then(|| self.beside(body)).flatten();
                if let Some(at) = split {
                    self.text(vec![Piece::part(self.layout, Span { end: body[at - 1].end, ..a.clone() })], false);
                    text.push(Piece::part(self.layout, Span { end: b.end, ..body[at].clone() }));
                } else {
                    text.push(Piece::part(self.layout, Span { end: b.end, ..a.clone() }));
                }
            }
            if let Some(by) = by.first() {
                if !text.is_empty() {
                    self.text(std::mem::take(&mut text), false);
                }
                let piece = Piece::part(self.layout, by.clone());
                if self.open.is_empty() {
                    self.orphans.push((self.categories.len().saturating_sub(1), piece));
                } else {
                    self.open.jurisdictions.push(piece);
                }
            }
        }
        if !text.is_empty() {
            self.text(text, next_related);
        }
        if !self.open.jurisdictions.is_empty() {
            self.close();
        }
    }

    /// Does the line begin with a name and the targets beside it?
    fn names_targets(&self, words: &[Span]) -> bool {
        let key = |s: &Span| key(self.layout.text(s));
        matches!(words, [name, related, ..] if !labels::is_related(&key(name)) && labels::is_related(&key(related)) && key(related).contains('('))
    }

    /// Takes name, targets and a dash for a result from the front of a line.
    fn head<'w>(&mut self, mut rest: &'w [Span], block: &Block) -> &'w [Span] {
        let piece = |s: &Span| Piece::part(self.layout, s.clone());
        if let [name, related, ..] = rest
            && labels::is_related(&piece(related).key)
            && !labels::is_related(&piece(name).key)
            && piece(name).width <= 44
        {
            let name = piece(name);
            self.close();
            self.open.names.push(vec![name]);
            rest = &rest[1..];
        }
        while let Some((first, more)) = rest.split_first() {
            let found = piece(first);
            if self.open.related.is_none() && labels::is_related(&found.key) {
                if !self.open.texts.is_empty() {
                    self.close();
                }
                self.open.related = Some(vec![found]);
            } else if self.open.related.is_some()
                && self.open.texts.is_empty()
                && labels::is_related(&found.key)
                && !dash::is_none(&found.key)
            {
                if block.len() > 1 || found.key.contains('(') {
                    self.open.related.get_or_insert_default().push(found);
                } else {
                    self.close();
                    self.open.related = Some(vec![found]);
                }
            } else if self.open.related.is_some() && labels::is_related(&found.key) && !dash::is_none(&found.key) {
                self.close();
                self.open.related = Some(vec![found]);
            } else if self.open.related.is_some() && dash::is_none(&found.key) && self.open.texts.is_empty() {
                self.open.texts.push(vec![found]);
            } else if found.key.chars().all(super::super::labels::circled)
                && self.open.related.is_some()
                && self.open.texts.is_empty()
            {
                self.open.related.get_or_insert_default().push(found);
            } else {
                break;
            }
            rest = more;
        }
        rest
    }

    /// Where a result ends and the passage beside it begins.
    fn beside(&self, words: &[Span]) -> Option<usize> {
        let result = |s: &Span| {
            let piece = Piece::part(self.layout, s.clone());
            let counted = piece.key.contains(|c: char| c.is_ascii_digit()) && piece.width <= 30;
            counted && piece.key.ends_with(['円', '件', '≫', '社', '人', '名', '回', '%', ')']) || is_value(&piece.key)
        };
        let at = words.iter().take_while(|w| result(w)).count();
        let next = words.get(at).map(|s| Piece::part(self.layout, s.clone()))?;
        (at > 0 && (next.width >= 20 || ends_sentence(&next.key))).then_some(at)
    }

    /// A block of text: a name, a result or a passage, by what is known of the row.
    fn text(&mut self, block: Block, next_related: bool) {
        let key = key_of(&block);
        let narrow = block.iter().all(|p| p.width <= 34);
        let named = narrow && !ends_sentence(&key) && !key.starts_with('・');
        let expects_name = self.open.related.is_none() || self.open.texts.len() > 1;
        if named && (next_related || expects_name && !starts_result(&key)) {
            if self.open.related.is_some() || !self.open.texts.is_empty() {
                self.close();
            }
            self.open.names.push(block);
            return;
        }
        // A passage that the page cut.
        let cut = self.open.texts.len() > 1
            && self
                .open
                .texts
                .last()
                .is_some_and(|t| !ends_sentence(&key_of(t)) && t.last().is_some_and(|p| p.width >= 40));
        match self.open.texts.last_mut().filter(|_| cut) {
            Some(last) => last.extend(block),
            None => self.open.texts.push(block),
        }
    }
}

/// A result rather than a name: it counts something, or says when.
fn starts_result(key: &str) -> bool {
    let year = key.starts_with("平成") || key.starts_with("令和");
    year || key.starts_with(|c: char| c.is_ascii_digit()) || key.contains("実績")
}
