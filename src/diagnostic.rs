//! Doubts that travel with the data: nothing is decided silently.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A rule of thumb was applied; the value is likely right.
    Note,
    /// A value may be wrong or is missing.
    Warning,
    /// Something printed could not be read.
    Error,
}

/// One doubt about the document, with the place it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable `snake_case` word for scripts, e.g. `budget_year_inferred`.
    pub code: String,
    /// What was doubted and what was done, for a person.
    pub message: String,
    /// JSON Pointer into the document; absent when it concerns the whole input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Page (from 1) where the doubt arose, when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl Diagnostic {
    pub fn new(severity: Severity, code: &str, message: impl Into<String>) -> Self {
        Diagnostic { severity, code: code.to_owned(), message: message.into(), at: None, page: None }
    }

    pub fn note(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.at = Some(pointer.into());
        self
    }

    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }
}
