//! The record of section 7 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 補助金交付要綱: one record.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Guideline {
    /// ページ: those (from 1) that it stands on
    pub pages: Vec<u32>,
}
