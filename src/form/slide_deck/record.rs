//! The record of section 5 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 指定都市市長会 取組テーマ: one record a theme.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SlideTheme {
    /// ページ: those (from 1) that it stands on
    pub pages: Vec<u32>,
}
