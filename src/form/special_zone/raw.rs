//! What the readers find of an evaluation before anything is interpreted: which printed text goes to which field.
//!
//! The running text is read once for pages and for flattened text; the annexes by their ruled cells or, flattened, by
//! the logic of the form. All end here, and [`super::assemble`] makes the record of it.

use super::record::{SupportItem, SupportKind};
pub use crate::form::slot::{Doubt, Slot};
use crate::layout::Span;

/// A passage: its lines, and which of them begin a paragraph as far as the page tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Passage {
    pub slot: Slot,
    /// One for each span of the slot; none where the lines themselves say it.
    pub starts: Vec<bool>,
}

impl From<Slot> for Passage {
    fn from(slot: Slot) -> Passage {
        Passage { slot, starts: Vec::new() }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawIndicator {
    pub number: u32,
    pub mark: Slot,
    pub name: Slot,
    pub progress: Slot,
    pub targets: Vec<RawTarget>,
}

/// A target; what the document does not print for it (a target that another one stands for) is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawTarget {
    /// `(1)-①`
    pub number: String,
    pub mark: Slot,
    pub name: Slot,
    pub goal: Slot,
    /// The words before the goal end in what may be a part of it.
    pub goal_cut: bool,
    /// （平成28年度累計）
    pub goal_year: Option<Slot>,
    pub actual: Option<Slot>,
    pub actual_year: Option<i32>,
    pub actual_year_slot: Slot,
    pub progress: Option<Slot>,
    pub growth: Option<Slot>,
    pub weight: Option<Slot>,
    pub weight_overall: Option<Slot>,
    pub weight_reason: Option<Passage>,
    pub annex: Option<RawAnnex>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawAnnex {
    pub indicator: Slot,
    pub name: Slot,
    pub goal: Slot,
    /// As of a target.
    pub goal_cut: bool,
    pub weight: Slot,
    pub years: Vec<RawSeriesYear>,
    pub approach: Passage,
    pub basis: Passage,
    pub self_evaluation: Passage,
    pub external_factors: Passage,
    pub alternative: Passage,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawSeriesYear {
    pub fiscal_year: i32,
    pub heading: Slot,
    pub target: Slot,
    pub actual: Slot,
    pub progress: Slot,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawProject {
    /// `①`
    pub number: Slot,
    pub title: Slot,
    pub text: Passage,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawMeasure {
    pub title: Slot,
    pub related: Slot,
    pub status: Slot,
    pub effect: Slot,
    pub self_evaluation: Slot,
    pub ministry: Slot,
    /// `None` where the form does not ask for it.
    pub reference: Option<Slot>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RawSupport {
    pub kind: SupportKind,
    pub heading: Slot,
    pub program: Slot,
    pub related: Slot,
    pub rows: Vec<RawSupportRow>,
    pub self_evaluation: Slot,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RawSupportRow {
    pub item: SupportItem,
    pub label: Slot,
    /// By year; the unit stands in the same cell, or below it.
    pub amounts: Vec<(i32, RawAmount)>,
    pub cumulative: RawAmount,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawAmount {
    pub value: Slot,
    /// （千円）
    pub unit: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawLocal {
    pub category: Slot,
    pub program: Slot,
    pub related: Slot,
    pub result: Slot,
    pub self_evaluation: Slot,
    pub jurisdictions: Slot,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawFinding {
    /// `(1)-①` …, each with the print that names it.
    pub about: Vec<String>,
    pub about_slot: Slot,
    pub remarks: Vec<Passage>,
    pub responses: Vec<Passage>,
}

/// One evaluation as found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawZone {
    pub pages: Vec<u32>,
    pub fiscal_year: Option<i32>,
    /// 国際戦略総合特別区域評価書 and 【正】.
    pub title: Option<String>,
    pub edition: Option<String>,
    pub name: Slot,
    pub authors: Slot,
    pub designated: Slot,
    pub approved: Slot,
    pub last_changed: Slot,
    pub overview: Passage,
    pub goal: Passage,
    pub indicators: Vec<RawIndicator>,
    pub projects: Vec<RawProject>,
    pub measures: Vec<RawMeasure>,
    pub supports: Vec<RawSupport>,
    pub locals: Vec<RawLocal>,
    pub findings: Vec<RawFinding>,
    /// 現地調査時の指摘事項あり（…）: the indicator below which it stands, the targets, the print.
    pub announced: Vec<(u32, Vec<String>, Slot)>,
    pub overall: Passage,
    /// Section ５ of the running text, folded and without spaces: it lists the programs of 別紙３ in their order.
    pub listed: String,
    /// Headings, labels and page furniture.
    pub labels: Vec<Span>,
    pub doubts: Vec<Doubt>,
}

impl RawZone {
    /// Ties what 別紙１ prints of a target to the target of the running text. `numbers`: the targets that the table
    /// names; where one stands for others, it is the one with a result.
    pub fn attach(&mut self, numbers: &[String], annex: RawAnnex) {
        let with_result = |zone: &RawZone, number: &String| {
            zone.indicators.iter().flat_map(|i| &i.targets).any(|t| t.number == *number && t.actual.is_some())
        };
        let number = numbers.iter().rev().find(|n| with_result(self, n)).or(numbers.last()).cloned();
        let Some(number) = number else {
            self.doubt(
                "/evaluation_indicators",
                "annex_unplaced",
                "a table of 別紙１ names no target; it was left out",
            );
            return;
        };
        if let Some(target) = self.indicators.iter_mut().flat_map(|i| &mut i.targets).find(|t| t.number == number) {
            if target.annex.is_none() {
                target.annex = Some(annex);
                return;
            }
            let message = format!("別紙１ has a second table for {number}; it was left out");
            self.doubt("/evaluation_indicators", "annex_twice", message);
            return;
        }
        let message = format!("別紙１ has a table for {number}, which the running text does not name");
        self.doubt("/evaluation_indicators", "target_unknown", message);
    }

    /// Says which targets have a result but no table of 別紙１.
    pub fn without_table(&mut self) {
        let missing: Vec<(String, String)> = self
            .indicators
            .iter()
            .enumerate()
            .flat_map(|(i, x)| x.targets.iter().enumerate().map(move |(j, t)| (i, j, t)))
            .filter(|(_, _, t)| t.actual.is_some() && t.annex.is_none())
            .map(|(i, j, t)| (format!("/evaluation_indicators/{i}/targets/{j}"), t.number.clone()))
            .collect();
        for (at, number) in missing {
            self.doubt(at, "annex_missing", format!("no table of 別紙１ was found for {number}"));
        }
    }

    /// Says where a heading prints 令和5年 for 令和5年度.
    pub fn calendar(&mut self, at: &str, heading: &str) {
        if super::labels::is_calendar(heading) {
            let message = format!("「{heading}」 names a calendar year; read as the fiscal year");
            self.doubt(at, "calendar_year", message);
        }
    }

    pub fn doubt(&mut self, at: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.say(crate::diagnostic::Severity::Warning, at, code, message);
    }

    pub fn note(&mut self, at: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.say(crate::diagnostic::Severity::Note, at, code, message);
    }

    fn say(
        &mut self,
        severity: crate::diagnostic::Severity,
        at: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.doubts.push(Doubt { severity, code, message: message.into(), at: at.into() });
    }
}
