//! 別表第２ in flattened text: what is paid for each project.
//!
//! A line of three words is class, item and the beginning of the content; of two, item and content; a single word goes on
//! with the content as long as its lines fill the column, else it is a piece of an item that takes several lines. The
//! column of rates is one block with labels of its own, which may stop at the end of a page and go on after it.

mod expense;
mod rate_column;
mod single;
mod words;

use rate_column::{LIMIT_LABEL, is_labelled};
use words::names_expense;

use super::tokens::{FlatLine, Token};
use super::{Found, columns};
use crate::form::document::Method;
use crate::form::slot::Slot;
use crate::form::subsidy_guideline::raw::{RawExpense, RawScheduleRow};
use crate::layout::{Layout, Span};

/// No item's column is wider than this, in characters, unless a line shows it.
const ITEM: usize = 5;

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
                limit: (limits && plain).then(|| slot(spans(&group.limit), Method::Order)),
                unit,
                ..RawScheduleRow::default()
            });
        }
    }
}
