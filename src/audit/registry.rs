//! What a rule is. The rules there are stand in `rules/mod.rs`, one line each.

use std::cell::OnceCell;

use super::counts::Counts;
use super::facts::Facts;
pub use super::finding::{Draft, Severity};
use super::quoted::{self, Quoted};
use super::scales::Scales;
use crate::form::department_theme::Theme;
use crate::form::initiative_sheet::InitiativeSheet;
use crate::form::slide_deck::SlideTheme;
use crate::form::special_zone::ZoneEvaluation;
use crate::form::subsidy_guideline::Guideline;
use crate::form::{Document, Record};

/// One rule of the audit: a pure function of records.
pub struct Rule {
    /// `HY204`. 1xx 検証票, 2xx 総合特区, 3xx 部局運営方針, 4xx 市長会, 5xx 要綱, 6xx several documents.
    pub code: &'static str,
    /// `cumulative-mismatch`
    pub name: &'static str,
    pub scope: Scope,
    /// Of its findings, where they do not say otherwise.
    pub severity: Severity,
    pub status: Status,
    /// Version of hyoka that first had it.
    pub since: &'static str,
    /// The source of the rule's file: the comment at its head is the user's page.
    pub source: &'static str,
    pub check: Check,
}

/// How much of the data a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One value and what it is computed from.
    Field,
    /// Several fields of one record.
    Record,
    /// Several records of one document.
    Document,
    /// Several documents.
    Corpus,
}

impl Scope {
    pub fn word(self) -> &'static str {
        match self {
            Scope::Field => "field",
            Scope::Record => "record",
            Scope::Document => "document",
            Scope::Corpus => "corpus",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its findings may still change without notice.
    Preview,
    Stable,
    /// Kept for those who name it; finds nothing that another rule does not.
    Deprecated,
}

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Status::Preview => "preview",
            Status::Stable => "stable",
            Status::Deprecated => "deprecated",
        }
    }
}

/// What surrounds a record.
pub struct View<'a> {
    pub document: &'a Document,
    /// `/records/0`
    pub base: String,
    pub scales: &'a Scales,
    record: &'a Record,
    quoted: OnceCell<Vec<Quoted>>,
}

impl<'a> View<'a> {
    /// Of a record and its place in the document.
    pub fn new(document: &'a Document, (index, record): (usize, &'a Record), scales: &'a Scales) -> Self {
        View { document, base: format!("/records/{index}"), scales, record, quoted: OnceCell::new() }
    }

    /// The pointer of a place below the record: `/do/judgment`.
    pub fn at(&self, path: impl std::fmt::Display) -> String {
        format!("{}{path}", self.base)
    }

    /// What the 判定根拠 of a sheet quotes, read once for all rules; of other records nothing.
    pub fn quoted(&self) -> &[Quoted] {
        self.quoted.get_or_init(|| match self.record {
            Record::Initiative(sheet) => sheet.do_.rationale.value().map(|r| quoted::values(r)).unwrap_or_default(),
            _ => Vec::new(),
        })
    }
}

/// A finding of a rule that holds documents against each other: the document's place among [`Facts::documents`], and
/// related places in other documents as `NAME#/records/…`.
pub type CorpusDraft = (usize, Draft);

/// The function of a rule, by what it looks at.
pub enum Check {
    Sheet(fn(&InitiativeSheet, &View, &mut Vec<Draft>)),
    Zone(fn(&ZoneEvaluation, &View, &mut Vec<Draft>)),
    Theme(fn(&Theme, &View, &mut Vec<Draft>)),
    Slides(fn(&SlideTheme, &View, &mut Vec<Draft>)),
    Guideline(fn(&Guideline, &View, &mut Vec<Draft>)),
    Document(fn(&Document, &mut Vec<Draft>)),
    /// Called with the facts of one document, of which nothing says yet what they may be held against and where they are.
    Facts(fn(&Facts, &mut Vec<Draft>)),
    /// Called with the facts of some groups at a time.
    Corpus(fn(&Facts, &mut Vec<CorpusDraft>)),
    Counts(fn(&Counts, &mut Vec<CorpusDraft>)),
}

impl Rule {
    /// The page of the rule: Markdown, as it stands at the head of its file.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).fold(String::new(), |page, line| page + line + "\n")
    }

    /// What it says in Japanese, in one line.
    pub fn title_ja(&self) -> String {
        let page = self.page();
        page.lines().find_map(|l| l.strip_prefix("日本語: ")).unwrap_or_default().to_owned()
    }

    /// What it does, in one line.
    pub fn title(&self) -> String {
        let page = self.page();
        let after = page.lines().skip_while(|l| *l != "## What it does").skip(1);
        after.map(str::trim).find(|l| !l.is_empty()).unwrap_or_default().to_owned()
    }

    /// `HY204`, `hy204` and `cumulative-mismatch` name it; so does `HY2` all of its hundred.
    pub fn is_named(&self, word: &str) -> bool {
        let word = word.trim();
        let by_code = word.len() >= 3 && self.code.get(..word.len()).is_some_and(|c| c.eq_ignore_ascii_case(word));
        by_code || self.name.eq_ignore_ascii_case(word)
    }
}
