//! What a person said of values: `corrections.jsonl` beside the data, append only, and what it makes of a document.
//!
//! A correction says what it was made of: the value it replaces and the evidence it was held against. Where a document no
//! longer says that, the correction is not applied and the document says so.

mod apply;
mod log;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use apply::{Applied, apply, carries, evidence_hash, foresee, id_of, told, value_at, with};
pub use log::{Added, FILE, Log, Refused};

/// The `schema` of every line this version writes.
pub const SCHEMA: &str = "hyoka-corrections/1";

/// Codes of the diagnostics by which a document tells what was done with corrections. Their messages begin with an id.
pub const CORRECTED: &str = "corrected";
pub const CONFIRMED: &str = "confirmed";
pub const NOT_APPLIED: &str = "correction_not_applied";

/// One line of `corrections.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    pub schema: String,
    /// 16 hex digits, no two alike in a file.
    pub id: String,
    /// SHA-256 of the input, lower-case hex.
    pub document: String,
    /// JSON Pointer of the value in the document.
    pub pointer: String,
    #[serde(flatten)]
    pub action: Action,
    /// UTC.
    pub when: String,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// The value is another one.
    Correct {
        /// The value replaced; absent where the document had none at this place.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        from: Option<Value>,
        to: Value,
        /// SHA-256 of the evidence it was held against.
        evidence: String,
    },
    /// The value is right, and these doubts of it are settled.
    Confirm {
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        from: Option<Value>,
        codes: Vec<String>,
        evidence: String,
    },
    /// An earlier line does not hold any more.
    Undo { of: String },
}

/// `null` is a value; only a field that is left out is none.
fn present<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(d).map(Some)
}

/// The lines that hold, in the order of the file: neither undone nor an undoing.
pub fn holding(all: &[Correction]) -> Vec<&Correction> {
    let undone: std::collections::HashSet<&str> = all
        .iter()
        .filter_map(|c| match &c.action {
            Action::Undo { of } => Some(of.as_str()),
            _ => None,
        })
        .collect();
    let holds = |c: &&Correction| !matches!(c.action, Action::Undo { .. }) && !undone.contains(c.id.as_str());
    all.iter().filter(holds).collect()
}
