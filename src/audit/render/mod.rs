//! An audit as others read it: JSON, CSV, SARIF, and as people do.

mod csv;
mod human;
mod sarif;

pub use csv::csv;
pub use human::{Human, human};
pub use sarif::sarif;

use super::Audit;

/// One object, indented, with a line end.
pub fn json(audit: &Audit) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(audit).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
