//! Records → findings: what the printed data contradict, each with its two places.
//!
//! Documents come one at a time and are let go; what rules over several documents need of them is put on a [`shelf`] as
//! [`facts`].

pub mod compare;
mod corpus;
pub mod counts;
mod doubt;
pub mod facts;
pub mod finding;
mod interval;
mod names;
mod place;
mod quoted;
pub mod registry;
pub mod render;
pub mod rules;
pub mod scales;
mod shelf;
pub mod table;
mod units;

use std::path::PathBuf;

use serde::Serialize;

pub use compare::{Compared, NotCompared};
pub use finding::{Draft, Finding, Quote, Severity};
pub use registry::{Rule, Scope, Status};

use crate::error::Result;
use crate::form::{Document, Record};
use compare::Comparison;
use counts::Counts;
use doubt::Doubts;
use facts::{DocumentFact, Facts, Spot};
use place::Places;
use registry::{Check, View};
use scales::Scales;
use shelf::Shelf;

/// The `schema` of every audit this version writes.
pub const SCHEMA: &str = "hyoka-audit/1";

/// What an audit is asked to do.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Codes or names of the only rules to apply; none for all.
    pub only: Vec<String>,
    /// Codes or names of rules not to apply.
    pub ignore: Vec<String>,
    pub scales: Scales,
    /// Official counts to hold the documents against.
    pub official: Vec<counts::Official>,
    /// Findings have their quotes, for people.
    pub quotes: bool,
    /// Where what is too much for memory goes until the end.
    pub scratch: PathBuf,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            only: Vec::new(),
            ignore: Vec::new(),
            scales: Scales::built_in(),
            official: Vec::new(),
            quotes: true,
            scratch: std::env::temp_dir(),
        }
    }
}

/// What an audit came to: the object of `hyoka audit --format json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Audit {
    pub schema: String,
    /// Errors first, then by rule, document and place.
    pub findings: Vec<Finding>,
    /// What could be laid side by side over the documents.
    pub compared: Vec<Compared>,
    /// What could not, and why.
    pub not_compared: Vec<NotCompared>,
    /// Documents that were looked at.
    #[serde(skip)]
    pub documents: usize,
}

impl Audit {
    /// Findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity).count()
    }
}

/// What was seen of one document: its own findings, and what others may be held against.
#[derive(Debug)]
pub struct Seen {
    facts: Facts,
    findings: Vec<Finding>,
}

impl Seen {
    /// Bytes that it takes in memory, about.
    pub fn weight(&self) -> usize {
        let facts = &self.facts;
        let counted = facts.sheets.len() + facts.budgets.len() + facts.values.len() + facts.names.len();
        512 + 400 * counted + self.findings.iter().map(Finding::weight).sum::<usize>()
    }
}

/// Holds documents against the rules, one at a time.
pub struct Auditor {
    rules: Vec<&'static Rule>,
    scales: Scales,
    quotes: bool,
    scratch: PathBuf,
    documents: Vec<DocumentFact>,
    /// Of the documents so far.
    sheets: usize,
    shelf: Shelf,
    comparison: Comparison,
    counts: Counts,
    findings: Vec<Finding>,
}

impl Auditor {
    pub fn new(settings: Settings) -> Self {
        let Settings { only, ignore, scales, official, quotes, scratch } = settings;
        let asked = |rule: &Rule| only.is_empty() || only.iter().any(|word| rule.is_named(word));
        let rules = rules::ALL.iter().copied();
        let rules = rules.filter(|r| asked(r) && !ignore.iter().any(|word| r.is_named(word))).collect();
        Auditor { counts: Counts::new(official), ..Auditor::empty(rules, scales, quotes, scratch) }
    }

    fn empty(rules: Vec<&'static Rule>, scales: Scales, quotes: bool, scratch: PathBuf) -> Self {
        Auditor {
            rules,
            scales,
            quotes,
            shelf: Shelf::new(&scratch),
            scratch,
            documents: Vec::new(),
            sheets: 0,
            comparison: Comparison::default(),
            counts: Counts::default(),
            findings: Vec::new(),
        }
    }

    /// One that does as this one does, and has seen nothing yet.
    pub fn another(&self) -> Self {
        Auditor::empty(self.rules.clone(), self.scales.clone(), self.quotes, self.scratch.clone())
    }

    /// Looks at one document. `name` is what findings call it; no two may share one.
    pub fn document(&mut self, name: &str, document: &Document) -> Result<()> {
        let seen = self.look(name, document);
        self.take(seen)
    }

    /// The findings of one document, held against no other.
    pub fn alone(&self, name: &str, document: &Document) -> Result<Audit> {
        let mut only = self.another();
        only.document(name, document)?;
        only.finish()
    }

    /// Adds what was seen of a document. The order of documents is that of the calls.
    pub fn take(&mut self, seen: Seen) -> Result<()> {
        let Seen { mut facts, findings } = seen;
        self.comparison.add(&facts);
        self.counts.add(self.documents.len(), &facts);
        self.findings.extend(findings);
        facts.number(self.documents.len(), self.sheets);
        self.documents.append(&mut facts.documents);
        self.sheets += facts.sheets.len();
        self.shelf.put(facts)
    }

    /// What there is to see of one document; may be called from several threads.
    pub fn look(&self, name: &str, document: &Document) -> Seen {
        let doubts = Doubts::new(document);
        let mut facts = Facts::of(name, document, &doubts);
        let mut drafts: Vec<(&Rule, Draft)> = Vec::new();
        let mut own = Vec::new();
        for rule in &self.rules {
            match rule.check {
                Check::Document(check) => check(document, &mut own),
                Check::Facts(check) => check(&facts, &mut own),
                _ => continue,
            }
            drafts.extend(own.drain(..).map(|draft| (*rule, draft)));
        }
        for (index, record) in document.records.iter().enumerate() {
            let view = View::new(document, (index, record), &self.scales);
            for rule in &self.rules {
                match (&rule.check, record) {
                    (Check::Sheet(check), Record::Initiative(r)) => check(r, &view, &mut own),
                    (Check::Zone(check), Record::ZoneEvaluation(r)) => check(r, &view, &mut own),
                    (Check::Theme(check), Record::Theme(r)) => check(r, &view, &mut own),
                    (Check::Slides(check), Record::SlideTheme(r)) => check(r, &view, &mut own),
                    (Check::Guideline(check), Record::Guideline(r)) => check(r, &view, &mut own),
                    _ => continue,
                }
                drafts.extend(own.drain(..).map(|draft| (*rule, draft)));
            }
        }
        let places = Places::new(document);
        facts.group();
        facts.place(&places);
        let id = facts.documents.last().map(|d| d.id.clone()).unwrap_or_default();
        let mut findings = Vec::new();
        for (rule, mut draft) in drafts {
            let severity = draft.severity.unwrap_or(rule.severity);
            let doubted = std::iter::once(&draft.pointer).chain(&draft.related).any(|p| doubts.cover(p));
            // What may have been misread is no proof against the print.
            if doubted && severity > Severity::Note {
                draft.severity = Some(Severity::Note);
                draft.message += " (a diagnostic doubts how one of these places was read)";
            }
            let spot = places.spot(&draft.pointer);
            let quoted = std::iter::once(&draft.pointer).chain(&draft.related).filter(|_| self.quotes);
            let quotes = quoted.map(|pointer| places.quote(name, pointer)).collect();
            findings.push(finding(rule, name, &id, draft, spot, quotes));
        }
        Seen { facts, findings }
    }

    /// Holds the documents against each other, and gives all that was found.
    pub fn finish(self) -> Result<Audit> {
        let Auditor { rules, quotes, documents, shelf, comparison, counts, mut findings, .. } = self;
        let count = documents.len();
        corpus::hold(&rules, documents, shelf, &counts, quotes, &mut findings)?;
        findings.sort_by(|a, b| {
            b.severity
                .cmp(&a.severity)
                .then_with(|| a.rule.cmp(&b.rule))
                .then_with(|| a.document.cmp(&b.document))
                .then_with(|| compare_pointers(&a.pointer, &b.pointer))
                .then_with(|| a.found.cmp(&b.found))
        });
        let (compared, not_compared) = comparison.finish(&counts);
        Ok(Audit { schema: SCHEMA.to_owned(), findings, compared, not_compared, documents: count })
    }
}

fn finding(rule: &Rule, document: &str, id: &str, draft: Draft, spot: Spot, quotes: Vec<Quote>) -> Finding {
    Finding {
        rule: rule.code.to_owned(),
        name: rule.name.to_owned(),
        severity: draft.severity.unwrap_or(rule.severity),
        document: document.to_owned(),
        pointer: draft.pointer,
        related: draft.related,
        expected: draft.expected,
        found: draft.found,
        message: draft.message,
        page: spot.page,
        bbox: spot.bbox(),
        line: spot.line,
        quotes,
        document_id: id.to_owned(),
    }
}

/// In the order of the document: `/records/2` before `/records/10`.
fn compare_pointers(a: &str, b: &str) -> std::cmp::Ordering {
    let parts = |p: &str| -> Vec<(u64, String)> {
        p.split('/').map(|s| s.parse().map_or((u64::MAX, s.to_owned()), |n| (n, String::new()))).collect()
    };
    parts(a).cmp(&parts(b))
}
