//! What people look at: charts, and the audit's findings on one page with the places where they were printed.

pub mod charts;
pub mod facts;
pub mod html;
mod language;
mod place;

use serde::{Deserialize, Serialize};

pub use language::Language;
pub use place::{Spot, related, spot};

/// A finding of the audit, as `hyoka audit --format json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub rule: String,
    pub name: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// Name of the document, without folder and `.json`.
    pub document: String,
    /// The place that is wrong or that says otherwise.
    pub pointer: String,
    /// The places it is held against; those of another document as `NAME#/records/0/…`.
    #[serde(default)]
    pub related: Vec<String>,
    #[serde(default)]
    pub expected: Option<String>,
    #[serde(default)]
    pub found: Option<String>,
    pub message: String,
    #[serde(default)]
    pub page: Option<u32>,
    #[serde(default)]
    pub bbox: Option<[f64; 4]>,
}

impl From<&crate::audit::Finding> for Finding {
    fn from(f: &crate::audit::Finding) -> Self {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Finding {
            rule: f.rule.clone(),
            name: f.name.clone(),
            severity: crate::audit::table::severity(f.severity).to_owned(),
            document: f.document.clone(),
            pointer: f.pointer.clone(),
            related: f.related.clone(),
            expected: some(&f.expected),
            found: some(&f.found),
            message: f.message.clone(),
            page: f.page,
            bbox: f.bbox,
        }
    }
}

/// The findings of an audit printed as JSON; what stands beside them is left out.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Audit {
    #[serde(default)]
    pub findings: Vec<Finding>,
}
