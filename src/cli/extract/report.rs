//! What a run came to, for the user.

use crate::cli::failure::Failure;
use crate::cli::messages::{Counts, Messages};
use crate::diagnostic::Severity;
use crate::form::Document;

/// So many documents of no known form are named before the rest is counted: a folder of them is one mistake.
const NAMED: usize = 10;

/// What is told of a document once it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    pub form: String,
    pub records: u64,
    pub warnings: u64,
    /// Pages that are pictures or outlines only, and all pages.
    pub without_text: u64,
    pub pages: u64,
}

impl Brief {
    pub fn of(document: &Document) -> Self {
        let doubts = document.diagnostics.iter().filter(|d| d.severity >= Severity::Warning);
        Brief {
            form: document.form.id.clone(),
            records: document.records.len() as u64,
            warnings: doubts.count() as u64,
            without_text: document.diagnostics.iter().filter(|d| d.code == "page_without_text").count() as u64,
            pages: document.source.pages.into(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    pub counts: Counts,
    /// Paths of the documents of no known form.
    pub unknown: Vec<String>,
    /// Documents with pages that have no text: path, such pages, all pages.
    pub without_text: Vec<(String, u64, u64)>,
    pub failures: Vec<Failure>,
}

impl Report {
    pub fn document(&mut self, path: &str, brief: &Brief) {
        self.counts.documents += 1;
        self.counts.records += brief.records;
        self.counts.warnings += brief.warnings;
        if brief.without_text > 0 {
            self.without_text.push((path.to_owned(), brief.without_text, brief.pages));
        }
        // Of a scan there is no more to say.
        if brief.form == "unknown" && brief.without_text < brief.pages {
            self.unknown.push(path.to_owned());
        }
    }

    pub fn failure(&mut self, failure: Failure) {
        self.counts.failures += 1;
        self.failures.push(failure);
    }

    /// To stderr. What went wrong is told even to those who want quiet.
    pub fn print(&self, quiet: bool, messages: &dyn Messages) {
        if !quiet {
            let (named, more) = self.unknown.split_at(self.unknown.len().min(NAMED));
            for path in named {
                eprintln!("{}", messages.unknown_form(path));
            }
            if !more.is_empty() {
                eprintln!("{}", messages.more_unknown_forms(more.len()));
            }
            let (named, more) = self.without_text.split_at(self.without_text.len().min(NAMED));
            for (path, pages, all) in named {
                eprintln!("{}", messages.without_text(path, *pages, *all));
            }
            if !more.is_empty() {
                eprintln!("{}", messages.more_without_text(more.len()));
            }
        }
        for failure in &self.failures {
            eprintln!("{}", messages.failure(failure));
        }
        if !quiet {
            eprintln!("{}", messages.summary(&self.counts));
        }
    }
}
