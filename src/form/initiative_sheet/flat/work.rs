//! The sheet while it is being read: its tokens, what has been taken of them, and the record as found so far.

use super::lex::{self, Kind, Token};
use super::part::Part;
use super::word::Class;
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{Doubt, RawSheet, Slot};
use crate::layout::{Layout, Span};

/// Which half of the form a token stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// From the title to 関連URL.
    Plan,
    /// Do, Check and Action: they share pages.
    Do,
}

pub struct Work {
    pub tokens: Vec<Token>,
    pub areas: Vec<Area>,
    pub used: Vec<bool>,
    pub raw: RawSheet,
    /// The fiscal year of the results, from the headings.
    pub year: Option<i32>,
}

impl Work {
    pub fn new(layout: &Layout, part: &Part) -> Work {
        let tokens = lex::lex(layout, part);
        let mut pages: Vec<u32> = part.pages.iter().map(|(p, _)| layout.pages[*p].number).collect();
        pages.dedup();
        let mut work = Work {
            areas: areas(&tokens),
            used: vec![false; tokens.len()],
            raw: RawSheet { pages, ..RawSheet::default() },
            year: None,
            tokens,
        };
        work.take_labels();
        work.year = work.result_year();
        work
    }

    /// Every label is claimed; those that are fields of the record go to their slots.
    fn take_labels(&mut self) {
        for i in 0..self.tokens.len() {
            let Some(label) = self.tokens[i].label() else { continue };
            self.used[i] = true;
            let span = self.tokens[i].span.clone();
            let slot = match label {
                Label::Edition => &mut self.raw.edition,
                Label::Title => &mut self.raw.title,
                Label::Unit => &mut self.raw.money_unit,
                _ => {
                    self.raw.labels.push(span);
                    continue;
                }
            };
            if *slot != Slot::Unplaced {
                self.raw.labels.push(span);
            } else if label == Label::Edition {
                // 様式１（主な取組）: the edition is what stands before the bracket.
                let n = self.tokens[i].text.chars().take_while(|c| *c != '(').count();
                let cut = (span.start + n).min(span.end);
                *slot = Slot::read(vec![Span::new(span.page, span.line, span.start..cut)], Method::Order);
                let rest = Span::new(span.page, span.line, cut..span.end);
                if !rest.is_empty() {
                    self.raw.labels.push(rest);
                }
            } else {
                *slot = Slot::read(vec![span], Method::Order);
            }
        }
    }

    /// The year that most headings agree on.
    fn result_year(&self) -> Option<i32> {
        let mut votes: Vec<i32> = Vec::new();
        let mut columns: Vec<i32> = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            let Kind::Label(label, Some(year)) = token.kind else { continue };
            match label {
                Label::ActivityDone | Label::Actual | Label::Planned => votes.push(year),
                Label::ActivityPlanned => votes.push(year - 1),
                Label::Year if self.areas[i] == Area::Do => columns.push(year),
                _ => {}
            }
        }
        if votes.is_empty() {
            // The last column of the budget is the year after the results.
            return columns.iter().max().map(|y| y - 1);
        }
        votes.sort_unstable();
        votes.chunk_by(|a, b| a == b).max_by_key(|c| c.len()).map(|c| c[0])
    }

    /// The years over the 年度別計画.
    pub fn plan_years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = (0..self.tokens.len())
            .filter(|i| self.areas[*i] == Area::Plan)
            .filter_map(|i| match self.tokens[i].kind {
                Kind::Label(Label::Year, year) => year,
                _ => None,
            })
            .collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Takes tokens for a field; neighbours on one line become one span, with the space between them. What another field
    /// has taken stays with it.
    pub fn slot(&mut self, ids: &[usize], method: Method) -> Slot {
        let mut spans: Vec<Span> = Vec::new();
        for id in ids {
            if self.used[*id] {
                continue;
            }
            self.used[*id] = true;
            let span = self.tokens[*id].span.clone();
            let behind = self.tokens[*id].behind;
            match spans.last_mut() {
                Some(s) if s.page == span.page && s.line == span.line && Some(s.end) == behind => s.end = span.end,
                _ => spans.push(span),
            }
        }
        let breaks = |s: &Span| -> Vec<usize> {
            let on_line = |t: &&Token| t.span.page == s.page && t.span.line == s.line;
            let own = ids.iter().map(|i| &self.tokens[*i]).filter(on_line).flat_map(|t| t.breaks.iter().copied());
            own.filter(|b| (s.start..s.end).contains(b)).collect()
        };
        let spans = spans.into_iter().flat_map(|s| split(&s, breaks(&s))).collect();
        Slot::read(spans, method)
    }

    /// The tokens that a slot took.
    pub fn ids(&self, slot: &Slot) -> Vec<usize> {
        let inside = |t: &Span, s: &Span| s.page == t.page && s.line == t.line && s.start <= t.start && t.end <= s.end;
        (0..self.tokens.len()).filter(|i| slot.spans().iter().any(|s| inside(&self.tokens[*i].span, s))).collect()
    }

    /// Claims tokens as furniture of the form.
    pub fn label(&mut self, ids: &[usize]) {
        for id in ids {
            if !self.used[*id] {
                self.used[*id] = true;
                self.raw.labels.push(self.tokens[*id].span.clone());
            }
        }
    }

    pub fn doubt(&mut self, severity: Severity, code: &'static str, at: impl Into<String>, message: impl Into<String>) {
        let doubt = Doubt { severity, code, message: message.into(), at: at.into() };
        if !self.raw.doubts.contains(&doubt) {
            self.raw.doubts.push(doubt);
        }
    }

    /// Tokens of an area, in reading order.
    pub fn of(&self, area: Area) -> Vec<usize> {
        (0..self.tokens.len()).filter(|i| self.areas[*i] == area).collect()
    }

    pub fn labels(&self, area: Area, label: Label) -> Vec<usize> {
        (0..self.tokens.len()).filter(|i| self.areas[*i] == area && self.tokens[*i].is(label)).collect()
    }

    /// The words behind a label, up to the next label or blank line; a blank line may part the label from them.
    pub fn following(&self, label: usize) -> Vec<usize> {
        let mut out = Vec::new();
        for i in label + 1..self.tokens.len() {
            let token = &self.tokens[i];
            let cut = token.gap && (!out.is_empty() || token.page != self.tokens[label].page);
            if token.label().is_some() || cut || self.used[i] || self.areas[i] != self.areas[label] {
                break;
            }
            out.push(i);
        }
        out
    }

    /// The last label before a token.
    pub fn zone(&self, id: usize) -> Option<(usize, Label)> {
        (0..id).rev().find_map(|i| self.tokens[i].label().map(|l| (i, l)))
    }

    pub fn free(&self, id: usize) -> bool {
        !self.used[id]
    }

    pub fn word(&self, id: usize, class: Class) -> bool {
        self.free(id) && self.tokens[id].is_word(class)
    }

    /// Folded text of tokens, run together.
    pub fn text(&self, ids: &[usize]) -> String {
        ids.iter().map(|i| self.tokens[*i].text.as_str()).collect()
    }
}

/// A span without the characters at `breaks`.
fn split(span: &Span, mut breaks: Vec<usize>) -> Vec<Span> {
    breaks.sort_unstable();
    let mut out = Vec::new();
    let mut from = span.start;
    for end in breaks.into_iter().chain([span.end]) {
        out.push(Span::new(span.page, span.line, from..end));
        from = end + 1;
    }
    out.retain(|s| !s.is_empty());
    out
}

/// Is the label one of the first part of the form? `None`: it may stand in both.
fn area_of(label: Label) -> Option<Area> {
    match label {
        Label::Title
        | Label::Development
        | Label::Measure
        | Label::SubMeasure
        | Label::Initiative
        | Label::Outcome
        | Label::Direction
        | Label::PlanHeading
        | Label::Summary
        | Label::Actors
        | Label::YearPlan
        | Label::OutputIndicators
        | Label::Department
        | Label::Contact
        | Label::Url => Some(Area::Plan),
        Label::Edition | Label::Year => None,
        _ => Some(Area::Do),
    }
}

/// Pages with labels of one part only are that part; on others the last label before a token tells.
fn areas(tokens: &[Token]) -> Vec<Area> {
    let pages = tokens.last().map_or(0, |t| t.page + 1);
    let mut counts = vec![[0usize; 2]; pages];
    for t in tokens {
        match t.label().and_then(area_of) {
            Some(Area::Plan) => counts[t.page][0] += 1,
            Some(Area::Do) => counts[t.page][1] += 1,
            None => {}
        }
    }
    let mut last = Area::Plan;
    tokens
        .iter()
        .map(|t| {
            let [plan, do_] = counts[t.page];
            last = match t.label().and_then(area_of) {
                _ if plan == 0 && do_ > 0 => Area::Do,
                _ if do_ == 0 && plan > 0 => Area::Plan,
                // A stray word that reads like a label of the other part does not turn a page.
                Some(Area::Do) if do_ * 8 < plan => last,
                Some(Area::Plan) if plan * 8 < do_ => last,
                Some(area) => area,
                None => last,
            };
            last
        })
        .collect()
}
