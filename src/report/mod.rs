//! What people look at: charts, and the audit's findings on one page with the places where they were printed.

pub mod charts;
pub mod facts;
pub mod html;
pub mod lack;
mod language;
mod place;

use serde::{Deserialize, Serialize};

use crate::audit;
use crate::diagnostic::Severity;

pub use language::{Language, lang_of};
pub use place::{Spot, printed, related, spot};

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

impl From<&audit::Finding> for Finding {
    fn from(finding: &audit::Finding) -> Self {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let said = |text: &String| (!text.is_empty()).then(|| text.clone());
        Finding {
            rule: finding.rule.clone(),
            name: finding.name.clone(),
            severity: severity.to_owned(),
            document: finding.document.clone(),
            pointer: finding.pointer.clone(),
            related: finding.related.clone(),
            expected: said(&finding.expected),
            found: said(&finding.found),
            message: finding.message.clone(),
            page: finding.page,
            bbox: finding.bbox,
        }
    }
}

/// What a rule is called: in Japanese what it says, in English its name.
pub fn rule_title(code: &str, name: &str, l: Language) -> String {
    match l {
        Language::En => name.to_owned(),
        Language::Ja => audit::rules::by_name(code)
            .map(audit::Rule::title_ja)
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| name.to_owned()),
    }
}

/// The findings of an audit printed as JSON; what stands beside them is left out.
#[derive(Debug, Clone, Deserialize)]
pub struct Audit {
    /// [`audit::SCHEMA`], or it is something else.
    pub schema: String,
    pub findings: Vec<Finding>,
}
