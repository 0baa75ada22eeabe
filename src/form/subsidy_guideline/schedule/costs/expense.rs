//! Names, classes, items: what a line adds to the project that is being read.

use super::super::tokens::Token;
use super::words::{ends_content, names_expense, plain};
use super::{Expense, Group, Open, Reader};

impl Reader<'_> {
    pub(super) fn group(&mut self) -> Option<&mut Group> {
        self.groups.last_mut()
    }

    pub(super) fn name(&mut self, token: &Token) {
        if let Some(group) = self.groups.last_mut() {
            group.name.push(token.clone());
        }
    }

    /// Is all of the name read that a schedule before prints?
    pub(super) fn name_is_whole(&self) -> bool {
        let known = self.groups.len().checked_sub(1).and_then(|n| self.names.get(n));
        known.is_some_and(|n| !n.is_empty()) && self.remaining().is_none()
    }

    /// Short lines that are a class, or a class and the item below it.
    pub(super) fn class_and_item(&mut self, at: usize, run: &[Token]) -> usize {
        let text = |words: &[Token]| words.iter().map(|t| t.text.as_str()).collect::<String>();
        let item_below = self.next_is_content(at + run.len());
        let cut = match item_below {
            true => (1..run.len()).find(|&n| text(&run[..n]).ends_with('費') && names_expense(&text(&run[n..]))),
            false => Some(run.len()),
        };
        let cut = cut.unwrap_or(0);
        if cut > 0
            && let Some(group) = self.group()
        {
            group.class = run[..cut].iter().flat_map(|t| t.spans.iter().cloned()).collect();
            group.class_text = text(&run[..cut]);
        }
        if let Some((first, rest)) = run[cut..].split_first() {
            self.start(first);
            for word in rest {
                self.add_item(word);
            }
            self.doubt();
        } else {
            self.open = Open::Class;
        }
        at + run.len()
    }

    /// What the name of this project, as a schedule before prints it, has beyond what was read.
    fn remaining(&self) -> Option<String> {
        let group = self.groups.last()?;
        let full = plain(self.names.get(self.groups.len() - 1)?);
        let read: String = group.name.iter().map(|t| plain(&t.text)).collect();
        full.strip_prefix(&read).filter(|rest| !rest.is_empty()).map(str::to_owned)
    }

    pub(super) fn goes_on_name(&self, token: &Token) -> bool {
        self.remaining().is_some_and(|rest| rest.starts_with(&plain(&token.text)))
    }

    pub(super) fn is_short(&self, token: &Token) -> bool {
        token.width <= self.item + 1 && !token.text.ends_with('。')
    }

    pub(super) fn is_long(&self, token: &Token) -> bool {
        !token.spaced && token.width * 2 > self.width
    }

    /// Is the last word of a line the first piece of an item rather than a content?
    pub(super) fn is_piece(&self, at: usize, token: &Token) -> bool {
        if self.is_long(token) || !self.is_short(token) {
            return false;
        }
        let next = self.lines.get(at + 1).filter(|l| l.number.is_none() && l.tokens.len() == 1);
        token.spaced
            || !names_expense(&token.text)
                && next.is_some_and(|l| self.is_short(&l.tokens[0]) && !ends_content(&token.text))
    }

    pub(super) fn class(&mut self, token: &Token) {
        if let Some(group) = self.group() {
            group.class.clone_from(&token.spans);
            group.class_text.clone_from(&token.text);
        }
    }

    pub(super) fn start_none(&mut self) {
        if let Some(group) = self.group() {
            let (class, class_text) = (group.class.clone(), group.class_text.clone());
            group.expenses.push(Expense { class, class_text, ..Expense::default() });
        }
        self.open = Open::Item;
    }

    pub(super) fn start(&mut self, item: &Token) {
        self.start_none();
        self.add_item(item);
    }

    pub(super) fn last(&mut self) -> Option<&mut Expense> {
        self.groups.last_mut().and_then(|g| g.expenses.last_mut())
    }

    pub(super) fn add_item(&mut self, token: &Token) {
        if let Some(last) = self.last() {
            last.item.push(token.clone());
        }
        self.open = Open::Item;
    }

    pub(super) fn item_ended(&self) -> bool {
        let last = self.groups.last().and_then(|g| g.expenses.last());
        last.is_some_and(|e| names_expense(&e.item.iter().map(|t| t.text.as_str()).collect::<String>()))
    }

    pub(super) fn content(&mut self, token: &Token) {
        if let Some(last) = self.last() {
            last.content.push(token.clone());
        }
        self.open = Open::Content;
    }

    pub(super) fn doubt(&mut self) {
        if let Some(last) = self.last() {
            last.doubtful = true;
        }
    }
}
