//! A line of one word or two: the content goes on, or the next item begins.

use super::super::tokens::{FlatLine, Token};
use super::rate_column::is_rate_line;
use super::words::{ends_content, names_expense};
use super::{Open, Reader};

/// A content's line may end so many characters before its column does.
const RAGGED: usize = 2;

/// The lines of an item.
const ITEM_LINES: usize = 6;

impl Reader<'_> {
    /// Does the content's last line fill its column, so that the content can go on?
    pub(super) fn content_open(&self) -> bool {
        let last = self.groups.last().and_then(|g| g.expenses.last()).and_then(|e| e.content.last());
        self.open == Open::Content && last.is_some_and(|t| t.width + RAGGED >= self.width)
    }

    /// A line of one word.
    pub(super) fn single(&mut self, at: usize, token: &Token) -> usize {
        match self.open {
            Open::Name | Open::Class => {
                self.name(token);
                at + 1
            }
            Open::Item => {
                let more = !self.is_long(token) && self.is_short(token);
                let last_piece = self.item_ended() && !token.spaced && !self.next_is_content(at + 1);
                if more && !last_piece {
                    self.add_item(token)
                } else {
                    self.content(token)
                }
                at + 1
            }
            Open::Content => self.after_content(at, token),
        }
    }

    /// Is there a line of content, not of an item, at `at`?
    pub(super) fn next_is_content(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|l| l.number.is_none() && l.tokens.len() == 1 && self.is_long(&l.tokens[0]))
    }

    /// A line of one word after a line of content: more of it, or the first piece of an item.
    fn after_content(&mut self, at: usize, token: &Token) -> usize {
        let open = self.content_open();
        let ahead = 1 + self.short_lines(at + 1).count();
        let beside = self.lines.get(at + ahead).is_some_and(|l| l.number.is_none() && l.tokens.len() >= 2);
        if self.narrow && !open && self.is_short(token) && (beside || self.next_is_content(at + ahead)) {
            let run: Vec<Token> = std::iter::once(token).chain(self.short_lines(at + 1)).cloned().collect();
            if !beside || names_expense(&run.iter().map(|t| t.text.as_str()).collect::<String>()) {
                return self.class_and_item(at, &run);
            }
        }
        if !token.spaced && (!self.is_short(token) || !open && !self.is_item_run(at)) {
            // Longer than any item; or nothing that an item could be.
            if !open {
                self.doubt();
            }
            self.content(token);
            return at + 1;
        }
        let mut run: Vec<Token> = vec![token.clone()];
        let more = self.short_lines(at + 1).cloned().enumerate();
        run.extend(more.take_while(|(n, _)| !self.clause_resumes(at + 1 + n)).map(|(_, token)| token));
        let content_follows = self.next_is_content(at + run.len());
        let tail = if !open {
            0
        } else if content_follows {
            self.tail(&run)
        } else if self.narrow && beside {
            self.before_class(&run)
        } else {
            // Every item is followed by its content, so there is none among these.
            run.len()
        };
        for word in &run[..tail] {
            self.content(word);
        }
        if tail < run.len() && self.narrow && (beside || content_follows) {
            return self.class_and_item(at + tail, &run[tail..]);
        }
        if let Some((first, rest)) = run[tail..].split_first() {
            self.start(first);
            for word in rest {
                self.add_item(word);
            }
        }
        at + run.len()
    }

    /// How many of the short lines before a line with an item still belong to the content; the others are a class.
    fn before_class(&self, run: &[Token]) -> usize {
        let text = |words: &[Token]| words.iter().map(|t| t.text.as_str()).collect::<String>();
        let said = self.said();
        (0..run.len())
            .find(|&n| {
                let class = text(&run[n..]);
                class.ends_with('費')
                    && class.chars().count() > 1
                    && ends_content(&format!("{said}{}", text(&run[..n])))
            })
            .unwrap_or(run.len())
    }

    /// What the current content says so far.
    fn said(&self) -> String {
        let last = self.groups.last().and_then(|g| g.expenses.last());
        last.map_or(String::new(), |e| e.content.iter().map(|t| t.text.as_str()).collect())
    }

    fn is_item_run(&self, at: usize) -> bool {
        let run = 1 + self.short_lines(at + 1).count();
        self.next_is_content(at + run)
    }

    /// The lines from `at` on that pieces of an item could be.
    pub(super) fn short_lines(&self, at: usize) -> impl Iterator<Item = &Token> {
        let one = |l: &FlatLine| l.number.is_none() && l.tokens.len() == 1;
        let lines = self.lines.get(at..).unwrap_or_default().iter().take(ITEM_LINES);
        lines
            .take_while(move |l| one(l) && (l.tokens[0].spaced || self.is_short(&l.tokens[0])) && !is_rate_line(l))
            .map(|l| &l.tokens[0])
    }

    /// How many of the short lines still belong to the content before the item that the others are.
    fn tail(&mut self, run: &[Token]) -> usize {
        let said = self.said();
        let text = |words: &[Token]| words.iter().map(|t| t.text.as_str()).collect::<String>();
        let known: Vec<String> = self
            .groups
            .iter()
            .flat_map(|g| &g.expenses)
            .map(|e| e.item.iter().map(|t| t.text.as_str()).collect())
            .collect();
        let first_spaced = run.iter().position(|t| t.spaced);
        let mut scored: Vec<(i32, usize)> = (0..run.len())
            .map(|tail| {
                let item = text(&run[tail..]);
                let mut score = i32::from(tail == 0);
                score += if ends_content(&format!("{said}{}", text(&run[..tail]))) { 3 } else { 0 };
                score += if names_expense(&item) { 2 } else { 0 };
                score += if known.contains(&item) { 4 } else { 0 };
                // One line of an item shares it with the content.
                score -= if run.len() - tail == 1 { 2 } else { 0 };
                score -= if first_spaced.is_some_and(|s| tail > s) { 5 } else { 0 };
                (score, tail)
            })
            .collect();
        scored.sort_by_key(|s| (std::cmp::Reverse(s.0), s.1));
        if scored.len() > 1 && scored[0].0 - scored[1].0 < 2 {
            self.doubt();
        }
        scored.first().map_or(0, |s| s.1)
    }
}
