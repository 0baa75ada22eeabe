//! The record of section 6 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 総合特別区域評価書: one record.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ZoneEvaluation {
    /// ページ: those (from 1) that it stands on
    pub pages: Vec<u32>,
}
