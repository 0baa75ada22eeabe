//! The record of section 4 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 部局運営方針, 【テーマN】: one record a theme.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Theme {
    /// ページ: those (from 1) that it stands on
    pub pages: Vec<u32>,
}
