//! A finding: two printed places that cannot both be right, or one that deserves a look.

use serde::{Deserialize, Serialize};

pub use crate::diagnostic::Severity;

/// One finding, as `hyoka audit --format json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// `HY204`
    pub rule: String,
    /// `cumulative-mismatch`
    pub name: String,
    /// `error`: arithmetic or identity is broken; `warning`: likely a mistake; `note`: worth knowing.
    pub severity: Severity,
    /// Name of the document.
    pub document: String,
    /// JSON Pointer of the place that is wrong or that says otherwise.
    pub pointer: String,
    /// The places that it is held against; in another document `NAME#/records/0/…`.
    pub related: Vec<String>,
    pub expected: String,
    pub found: String,
    pub message: String,
    /// Page (from 1) of the pointer; null for text inputs.
    pub page: Option<u32>,
    /// On the page, in points from its top left.
    pub bbox: Option<[f64; 4]>,
    /// Line (from 1) of the pointer in a text input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What is printed at the pointer and at the related places, for people.
    #[serde(skip)]
    pub quotes: Vec<Quote>,
    /// First 16 hex digits of the document's SHA-256, the key of its rows in the tables.
    #[serde(skip)]
    pub document_id: String,
}

impl Finding {
    /// Bytes that it takes in memory, about.
    pub(super) fn weight(&self) -> usize {
        700 + 400 * self.quotes.len()
    }
}

/// A place as it is printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Quote {
    pub document: String,
    pub pointer: String,
    /// The labels that lead there: `２ 取組の状況（Do） › 活動指標名 › 実績値`.
    pub label: String,
    pub text: Option<String>,
    pub page: Option<u32>,
    pub line: Option<u32>,
    pub bbox: Option<[f64; 4]>,
}

/// A finding as a rule states it, before its places are looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Where it is not the severity of the rule.
    pub severity: Option<Severity>,
    pub pointer: String,
    pub related: Vec<String>,
    pub expected: String,
    pub found: String,
    pub message: String,
}

impl Draft {
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Draft {
            severity: None,
            pointer: pointer.into(),
            related: Vec::new(),
            expected: String::new(),
            found: String::new(),
            message: message.into(),
        }
    }

    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    pub fn related(mut self, pointer: impl Into<String>) -> Self {
        self.related.push(pointer.into());
        self
    }

    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}
