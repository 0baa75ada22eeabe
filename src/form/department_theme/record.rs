//! The record of section 4 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::form::document::Printed;
use crate::normalize::{Comparator, Number};

/// 部局運営方針, 【テーマN】: one record a theme.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Theme {
    /// ページ: those (from 1) that it stands on
    pub pages: Vec<u32>,
    /// 部局: printed at the head of the page
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub department: Printed<String>,
    /// 【テーマN】: its number
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<u32>,
    /// 【テーマN】: its title
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// めざす方向: one string a bullet
    pub directions: Vec<String>,
    /// 進捗状況（R2.3月末時点）: the month of the results, ISO 8601
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub as_of: Printed<String>,
    /// 取組: the three columns under each heading
    pub initiatives: Vec<ThemeInitiative>,
}

/// What stands under one heading of a theme: three columns side by side.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ThemeInitiative {
    /// 取組: the heading over the three columns
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// 今年度何をするか: the lines marked ■
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub objective: Printed<String>,
    /// 今年度何をするか（取組の内容、手法・スケジュール等）: one ○ or 【…】 with its sub-bullets each
    pub actions: Vec<String>,
    /// 何をどのような状態にするか（目標）
    pub targets: Vec<ThemeTarget>,
    /// 進捗状況: one ○ or 【…】 with its sub-bullets each
    pub progress: Vec<ThemeProgress>,
    /// 表: the tables inside the columns
    pub tables: Vec<ThemeTable>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ThemeTarget {
    /// 数値目標 or 定性的な目標: the heading over it; left out where none is printed
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<TargetType>,
    /// 目標: its words
    pub text: String,
    /// 数値目標: its numbers
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<ThemeMeasure>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetType {
    /// 数値目標
    Quantitative,
    /// 定性的な目標
    Qualitative,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ThemeProgress {
    /// 進捗状況: its words
    pub text: String,
    /// 進捗状況: its numbers
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<ThemeMeasure>,
}

/// One number of a target or of a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThemeMeasure {
    /// 指標: the words before the number, or those of its bullet or heading
    pub name: String,
    /// 数値
    pub value: Number,
    /// 単位: the printed counter
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 以上, 約 and the like
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Comparator>,
    /// 目標, 昨年度 or 実績
    pub role: MeasureRole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureRole {
    /// 目標
    Target,
    /// 昨年度
    Previous,
    /// 実績
    Actual,
}

/// A table inside a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThemeTable {
    /// 表題: the line in brackets above the table; `null` where none is printed
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// 欄: the column that it stands in
    pub column: ThemeColumn,
    /// 見出し行
    pub header: Vec<Option<String>>,
    /// 行: a cell that is empty, or that a merged cell before it covers, is `null`
    pub rows: Vec<Vec<Option<String>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThemeColumn {
    /// 今年度何をするか
    Actions,
    /// 何をどのような状態にするか
    Targets,
    /// 進捗状況
    Progress,
}
