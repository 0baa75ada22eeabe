//! 別表第２ in flattened text: what is paid for each project.
//!
//! A line of three words is class, item and the beginning of the content; of two, item and content; a single word goes on
//! with the content as long as its lines fill the column, else it is a piece of an item that takes several lines. The
//! column of rates is one block with labels of its own, which may stop at the end of a page and go on after it.

use std::sync::LazyLock;

use regex::Regex;

use super::tokens::{FlatLine, Token};
use super::{Found, columns};
use crate::form::document::Method;
use crate::form::slot::Slot;
use crate::form::subsidy_guideline::raw::{RawExpense, RawScheduleRow};
use crate::layout::{Layout, Span};

/// A content's line may end so many characters before its column does.
const RAGGED: usize = 2;
/// No item's column is wider than this, in characters, unless a line shows it.
const ITEM: usize = 5;
/// The lines of a clause behind a page break.
const CLAUSE_LINES: usize = 8;
/// The lines of an item.
const ITEM_LINES: usize = 6;

static RATE_LABEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[<〈《【\[〔(][^<>()]{0,8}率[>〉》】\]〕)]|^補助率:").expect("a constant"));
static LIMIT_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[<〈《【\[〔(][^<>()]{0,8}(?:上限|限度)額?[>〉》】\]〕)]|^(?:補助)?(?:上限|限度)額:")
        .expect("a constant")
});
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^。]{0,12}([0-9一二三四五六七八九十]分の[0-9一二三四五六七八九十]|[0-9]/[0-9]|[0-9]%|定額)")
        .expect("a constant")
});

/// A rate and a limit that fill their cells.
static PLAIN_RATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^。0-9]{0,8}(?:[0-9一二三四五六七八九十]+分の[0-9一二三四五六七八九十]+|[0-9]+/[0-9]+|[0-9]+%|定額)(?:以内|以下)?$")
        .expect("a constant")
});
static PLAIN_AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[0-9]{1,3}(?:,[0-9]{3})*(?:千|万|百万|億)?円?(?:以内)?$|^(?:上限)?なし$").expect("a constant")
});

#[derive(Default)]
struct Expense {
    class: Vec<Span>,
    class_text: String,
    item: Vec<Token>,
    content: Vec<Token>,
    doubtful: bool,
}

#[derive(Default)]
struct Group {
    number: Vec<Span>,
    name: Vec<Token>,
    class: Vec<Span>,
    class_text: String,
    expenses: Vec<Expense>,
    rate: Vec<Token>,
    limit: Vec<Token>,
    doubtful_rate: bool,
}

/// What the next line can go on with.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Name,
    /// A class on lines of its own.
    Class,
    /// An item that its content has not followed yet.
    Item,
    Content,
}

struct Reader<'a> {
    lines: &'a [FlatLine],
    names: &'a [String],
    /// Widest content line and item piece, in characters.
    width: usize,
    item: usize,
    /// Are there class, item and content, or class and content only?
    three: bool,
    /// Does no class stand beside its item? Then it takes lines of its own.
    narrow: bool,
    /// Is there a column of rates without labels in it, and one of limits?
    plain: bool,
    limits: bool,
    groups: Vec<Group>,
    open: Open,
    /// A block of rates is being read; its limit has been labelled.
    in_rate: bool,
    limit_next: bool,
}

pub(super) fn read(_layout: &Layout, lines: &[FlatLine], names: &[String], heading: &str, found: &mut Found) {
    let wide = |line: &FlatLine| line.tokens.len() >= 2 && line.tokens.last().is_some_and(|t| !t.spaced);
    let last = |line: &FlatLine| line.tokens.last().map_or(0, |t| t.width);
    let width = lines.iter().filter(|l| wide(l)).map(last).max().unwrap_or(0).max(8);
    let long = |t: &Token| t.width * 2 > width;
    let item = lines
        .iter()
        .filter(|l| wide(l) && l.tokens.last().is_some_and(long))
        .filter_map(|l| l.tokens.iter().rev().nth(1).map(|t| t.width))
        .filter(|w| *w <= width / 2)
        .max()
        .unwrap_or(0)
        .max(ITEM);
    // A class too narrow for its word stands on lines of its own before an item.
    let parted = lines.windows(2).any(|w| {
        let one = |l: &FlatLine| l.tokens.len() == 1 && l.tokens[0].text.ends_with('費') && l.tokens[0].width <= 3;
        let next = w[1].number.is_none() && w[1].tokens.len() == 2 && w[1].tokens.last().is_some_and(long);
        one(&w[0]) && next && names_expense(&w[1].tokens[0].text)
    });
    let full = lines.iter().any(|l| l.number.is_none() && l.tokens.len() >= 3);
    let three = full || parted || !heading.contains("区分");
    let mut reader = Reader {
        lines,
        names,
        width,
        item,
        three,
        narrow: three && !full,
        plain: heading.contains('率') && !lines.iter().any(is_labelled),
        limits: ["上限", "限度"].iter().any(|w| heading.contains(w)),
        groups: Vec::new(),
        open: Open::Name,
        in_rate: false,
        limit_next: false,
    };
    let mut at = 0;
    while at < lines.len() {
        at = reader.line(at).max(at + 1);
    }
    reader.finish(heading, found);
}

impl Reader<'_> {
    fn line(&mut self, at: usize) -> usize {
        let line = &self.lines[at];
        let mut tokens: &[Token] = &line.tokens;
        if let Some(number) = &line.number {
            self.groups.push(Group { number: number.spans.clone(), ..Group::default() });
            (self.open, self.in_rate, self.limit_next) = (Open::Name, false, false);
            if let Some((name, rest)) = tokens.split_first() {
                self.name(name);
                tokens = rest;
            }
            if tokens.is_empty() {
                return at + 1;
            }
        }
        if self.groups.is_empty() {
            return at + 1;
        }
        let beside = self.plain_rates(tokens);
        tokens = &tokens[..tokens.len() - beside];
        if tokens.is_empty() || self.rate(at, tokens) {
            return at + 1;
        }
        if self.open == Open::Name && tokens.len() == 1 {
            if self.narrow && self.name_is_whole() && self.is_short(&tokens[0]) {
                let run: Vec<Token> = std::iter::once(&tokens[0]).chain(self.short_lines(at + 1)).cloned().collect();
                return self.class_and_item(at, &run);
            }
            self.name(&tokens[0]);
            return at + 1;
        }
        // The rest of a name that the end of a page cut stands before what is beside it.
        if self.open != Open::Name
            && let Some((first, rest)) = tokens.split_first()
            && self.goes_on_name(first)
        {
            self.name(first);
            if rest.is_empty() {
                return at + 1;
            }
            tokens = rest;
        }
        match tokens {
            [one] => return self.single(at, one),
            [item, content] if self.three => {
                if self.open == Open::Item && self.is_short(item) && !self.item_ended() {
                    // The last line of an item, beside the first of its content.
                    self.add_item(item);
                    self.content(content);
                } else if self.is_piece(at, content) {
                    self.class(item);
                    self.start(content);
                } else {
                    self.start(item);
                    self.content(content);
                }
            }
            [class, content] => {
                self.class(class);
                self.start_none();
                self.content(content);
            }
            [class, item, content @ ..] => {
                let (class, item, content) = match content {
                    // The rest of a name that was not known, a class and the first piece of an item.
                    [piece] if self.is_piece(at, piece) && piece.spaced => {
                        self.name(class);
                        self.doubt();
                        self.class(item);
                        self.start(piece);
                        return at + 1;
                    }
                    [before, more @ ..] if !more.is_empty() => {
                        self.name(class);
                        (item, before, more)
                    }
                    content => (class, item, content),
                };
                self.class(class);
                self.start(item);
                for word in content {
                    self.content(word);
                }
            }
            [] => {}
        }
        at + 1
    }

    fn group(&mut self) -> Option<&mut Group> {
        self.groups.last_mut()
    }

    fn name(&mut self, token: &Token) {
        if let Some(group) = self.groups.last_mut() {
            group.name.push(token.clone());
        }
    }

    /// Is all of the name read that a schedule before prints?
    fn name_is_whole(&self) -> bool {
        let known = self.groups.len().checked_sub(1).and_then(|n| self.names.get(n));
        known.is_some_and(|n| !n.is_empty()) && self.remaining().is_none()
    }

    /// Short lines that are a class, or a class and the item below it.
    fn class_and_item(&mut self, at: usize, run: &[Token]) -> usize {
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

    fn goes_on_name(&self, token: &Token) -> bool {
        self.remaining().is_some_and(|rest| rest.starts_with(&plain(&token.text)))
    }

    fn is_short(&self, token: &Token) -> bool {
        token.width <= self.item + 1 && !token.text.ends_with('。')
    }

    fn is_long(&self, token: &Token) -> bool {
        !token.spaced && token.width * 2 > self.width
    }

    /// Is the last word of a line the first piece of an item rather than a content?
    fn is_piece(&self, at: usize, token: &Token) -> bool {
        if self.is_long(token) || !self.is_short(token) {
            return false;
        }
        let next = self.lines.get(at + 1).filter(|l| l.number.is_none() && l.tokens.len() == 1);
        token.spaced
            || !names_expense(&token.text)
                && next.is_some_and(|l| self.is_short(&l.tokens[0]) && !ends_content(&token.text))
    }

    fn class(&mut self, token: &Token) {
        if let Some(group) = self.group() {
            group.class.clone_from(&token.spans);
            group.class_text.clone_from(&token.text);
        }
    }

    fn start_none(&mut self) {
        if let Some(group) = self.group() {
            let (class, class_text) = (group.class.clone(), group.class_text.clone());
            group.expenses.push(Expense { class, class_text, ..Expense::default() });
        }
        self.open = Open::Item;
    }

    fn start(&mut self, item: &Token) {
        self.start_none();
        self.add_item(item);
    }

    fn last(&mut self) -> Option<&mut Expense> {
        self.groups.last_mut().and_then(|g| g.expenses.last_mut())
    }

    fn add_item(&mut self, token: &Token) {
        if let Some(last) = self.last() {
            last.item.push(token.clone());
        }
        self.open = Open::Item;
    }

    fn item_ended(&self) -> bool {
        let last = self.groups.last().and_then(|g| g.expenses.last());
        last.is_some_and(|e| names_expense(&e.item.iter().map(|t| t.text.as_str()).collect::<String>()))
    }

    fn content(&mut self, token: &Token) {
        if let Some(last) = self.last() {
            last.content.push(token.clone());
        }
        self.open = Open::Content;
    }

    fn doubt(&mut self) {
        if let Some(last) = self.last() {
            last.doubtful = true;
        }
    }

    /// Takes rates and limits at the end of a line, where their columns have no labels; gives how many words these are.
    fn plain_rates(&mut self, tokens: &[Token]) -> usize {
        if !self.plain || self.in_clause() {
            return 0;
        }
        let mut count = 0;
        for token in tokens.iter().rev() {
            if self.limits && PLAIN_AMOUNT.is_match(&token.text) {
                self.groups.last_mut().into_iter().for_each(|g| g.limit.insert(0, token.clone()));
            } else if PLAIN_RATE.is_match(&token.text) {
                self.groups.last_mut().into_iter().for_each(|g| g.rate.push(token.clone()));
                self.in_rate = true;
            } else {
                break;
            }
            count += 1;
        }
        count
    }

    /// The block of rates.
    fn rate(&mut self, at: usize, tokens: &[Token]) -> bool {
        let text: String = tokens.iter().map(|t| t.text.as_str()).collect();
        let labels_rate = RATE_LABEL.is_match(&text);
        let labels_limit = LIMIT_LABEL.is_match(&text);
        if labels_rate || labels_limit {
            self.in_rate = true;
            self.limit_next |= labels_limit;
            self.add_rate(tokens);
            self.limit_next &= !ends_limit(&LIMIT_LABEL.replace_all(&text, ""));
            self.in_rate = !labels_limit || self.limit_next;
            return true;
        }
        if self.limit_next && self.in_rate {
            self.add_rate(tokens);
            self.limit_next = !ends_limit(&text);
            self.in_rate = self.limit_next;
            return true;
        }
        let across = tokens.len() >= 2 && tokens.last().is_some_and(|t| self.is_long(t));
        if self.in_rate && self.plain {
            // Only a clause goes on behind a rate without a label.
            let clause =
                ["ただし", "(", "※", "なお"].iter().any(|w| text.starts_with(w)) || text == "以内" || text == "以下";
            if !across && tokens.len() == 1 && (clause || self.in_clause()) {
                self.add_rate(tokens);
                return true;
            }
            self.in_rate = false;
        }
        if self.in_rate {
            if !across {
                self.add_rate(tokens);
                return true;
            }
            self.in_rate = false;
            return false;
        }
        if tokens.len() != 1 {
            return false;
        }
        if self.open == Open::Content && RATE.is_match(&text) && !self.is_long(&tokens[0]) && !self.content_open() {
            self.add_rate(tokens);
            return true;
        }
        if self.clause_resumes(at) && !self.content_open() {
            self.add_rate(tokens);
            if let Some(group) = self.group() {
                group.doubtful_rate = true;
            }
            return true;
        }
        false
    }

    /// Does the rest of a clause that the end of a page cut stand at `at`: lines of one word up to a full stop or the limit?
    fn clause_resumes(&self, at: usize) -> bool {
        let open = self.groups.last().is_some_and(|g| {
            let read: String = g.rate.iter().map(|t| t.text.as_str()).collect();
            read.contains("ただし") && !read.contains('。')
        });
        if !open {
            return false;
        }
        for (n, line) in self.lines.get(at..).unwrap_or_default().iter().take(CLAUSE_LINES).enumerate() {
            let [one] = line.tokens.as_slice() else { return false };
            if begins_limit(line) {
                return n > 0;
            }
            if line.number.is_some() || self.is_long(one) && !one.text.ends_with('。') {
                return false;
            }
            if one.text.ends_with('。') {
                return true;
            }
        }
        false
    }

    /// Has a clause behind a rate begun and not ended?
    fn in_clause(&self) -> bool {
        let read: String =
            self.groups.last().map_or(String::new(), |g| g.rate.iter().map(|t| t.text.as_str()).collect());
        self.in_rate
            && (["ただし", "※", "なお"].iter().any(|w| read.contains(w)) && !read.ends_with('。')
                || read.contains('(') && !read.ends_with(')'))
    }

    fn add_rate(&mut self, tokens: &[Token]) {
        if let Some(group) = self.group() {
            group.rate.extend(tokens.iter().cloned());
        }
    }

    /// Does the content's last line fill its column, so that the content can go on?
    fn content_open(&self) -> bool {
        let last = self.groups.last().and_then(|g| g.expenses.last()).and_then(|e| e.content.last());
        self.open == Open::Content && last.is_some_and(|t| t.width + RAGGED >= self.width)
    }

    /// A line of one word.
    fn single(&mut self, at: usize, token: &Token) -> usize {
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
    fn next_is_content(&self, at: usize) -> bool {
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
    fn short_lines(&self, at: usize) -> impl Iterator<Item = &Token> {
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

    fn finish(self, heading: &str, found: &mut Found) {
        let unit = columns::unit(heading);
        let (plain, three, limits) = (self.plain, self.three, self.limits);
        let slot = |spans: Vec<Span>, method: Method| Slot::read(spans, method);
        let spans = |tokens: &[Token]| tokens.iter().flat_map(|t| t.spans.iter().cloned()).collect::<Vec<Span>>();
        for (n, group) in self.groups.into_iter().enumerate() {
            let mut project = group.number.clone();
            project.extend(spans(&group.name));
            let mut expenses = Vec::new();
            for (i, expense) in group.expenses.iter().enumerate() {
                let method = if expense.doubtful { Method::Inferred } else { Method::Order };
                if expense.doubtful {
                    let message = "where the item begins was told by its words and the length of the lines".to_owned();
                    found.doubts.push((format!("/rows/{n}/expenses/{i}"), "cells_inferred", message));
                }
                expenses.push(RawExpense {
                    class: slot(expense.class.clone(), Method::Order),
                    item: slot(spans(&expense.item), method),
                    content: slot(spans(&expense.content), method),
                });
            }
            // What such a table must have; where it is missing, other words may stand in wrong cells too.
            let classed = group.expenses.iter().any(|e| !e.class.is_empty());
            let whole = |e: &Expense| {
                !e.content.is_empty() && (!three || !e.item.is_empty()) && (!classed || !e.class.is_empty())
            };
            let classes = group.expenses.iter().all(|e| e.class_text.is_empty() || names_expense(&e.class_text));
            let limited = match (limits, plain) {
                (true, true) => !group.limit.is_empty(),
                (true, false) => LIMIT_LABEL.is_match(&group.rate.iter().map(|t| t.text.as_str()).collect::<String>()),
                (false, _) => true,
            };
            let sound = three && limited && classes && classed && group.expenses.iter().all(whole);
            if group.rate.is_empty() || group.expenses.is_empty() || !sound {
                let message =
                    "the cells of this row could not be told apart for certain; compare with the text".to_owned();
                found.doubts.push((format!("/rows/{n}"), "cells_uncertain", message));
            }
            if group.doubtful_rate {
                let message = "the clause goes on behind other cells, as its words tell".to_owned();
                found.doubts.push((format!("/rows/{n}/rounding"), "clause_inferred", message));
            }
            found.rows.push(RawScheduleRow {
                number: slot(group.number, Method::Order),
                project: slot(project, Method::Order),
                expenses,
                rate: Some(slot(spans(&group.rate), Method::Order)),
                limit_beside_rate: limits && !plain,
                limit: (limits && plain).then(|| (slot(spans(&group.limit), Method::Order), unit)),
                ..RawScheduleRow::default()
            });
        }
    }
}

/// Does a line belong to the column of rates?
fn is_rate_line(line: &FlatLine) -> bool {
    let text: String = line.tokens.iter().map(|t| t.text.as_str()).collect();
    RATE_LABEL.is_match(&text) || LIMIT_LABEL.is_match(&text) || RATE.is_match(&text)
}

fn is_labelled(line: &FlatLine) -> bool {
    let text: String = line.tokens.iter().map(|t| t.text.as_str()).collect();
    RATE_LABEL.is_match(&text) || LIMIT_LABEL.is_match(&text)
}

fn begins_limit(line: &FlatLine) -> bool {
    LIMIT_LABEL.is_match(&line.tokens.iter().map(|t| t.text.as_str()).collect::<String>())
}

/// An amount, or the word that there is none.
fn ends_limit(text: &str) -> bool {
    text.ends_with('円') || text.contains("なし") || text.contains("円以内") || text.contains("設けない")
}

/// Names compare without the signs that one print has and another leaves out.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !"、,・".contains(*c)).collect()
}

/// The words that items of expenses end with.
fn names_expense(text: &str) -> bool {
    ["費", "金", "料", "代", "税", "その他", "等"].iter().any(|w| text.ends_with(w))
}

/// The words that say what an expense is for end with.
fn ends_content(text: &str) -> bool {
    ["経費", "費用", "費", "料", "等", "もの", "金", "代", "。", ")", "額", "購入", "使用", "利用"]
        .iter()
        .any(|w| text.ends_with(w))
}
