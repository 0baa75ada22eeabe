//! The record of section 5 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::form::document::Printed;
use crate::normalize::Quantity;

/// 指定都市市長会 取組テーマ: one record a theme.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SlideTheme {
    /// ページ: those (from 1) that it stands on
    pub pages: Vec<u32>,
    /// 取組テーマ＜N＞: its number
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<u32>,
    /// 取組テーマ: its title
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// 段階別支援施策: ＜段階N＞ in their order
    pub support_stages: Vec<SupportStage>,
    /// 取組事例の類型化: ＜分類N＞ or ＜類型N＞
    pub types: Vec<CaseType>,
    /// 代表的な支援実例
    pub cases: Vec<SupportCase>,
    /// 都市数 by 支援対象者, 設置場所 and the like
    pub tables: Vec<CountTable>,
    /// 実施及び協議状況: 「…都市」, 前回 and 今回
    pub city_lists: Vec<CityList>,
    /// ■ …に係る課題, one for each (…課題)
    pub issues: Vec<IssueList>,
    /// 今後の進め方: its bullets
    pub next_steps: Vec<String>,
}

/// One ＜段階N＞.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SupportStage {
    /// 段階: its number
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<u32>,
    /// 段階: its name in 【】
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 支援施策, by their numbers
    pub measures: Vec<StageMeasure>,
    /// 【事例】
    pub examples: Vec<StageExample>,
}

/// One numbered 支援施策 of a stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct StageMeasure {
    /// 支援施策: its number
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<u32>,
    /// 支援施策: its name, without the 「」 that enclose all of it
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 支援施策: its text, a line for each bullet
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub description: Printed<String>,
}

/// One 【事例】 of a stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct StageExample {
    /// 【事例】: its title
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// 【事例】: the prefecture or city in brackets behind the title; `null` where none is printed
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub jurisdiction: Printed<String>,
    /// 【事例】: its text, a line for each bullet
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub description: Printed<String>,
}

/// One ＜分類N＞ or ＜類型N＞ of the 取組事例.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CaseType {
    /// 分類, 類型: its number
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<u32>,
    /// 分類, 類型: its name in 【】
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 分類, 類型: what it is
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub description: Printed<String>,
}

/// One 支援実例.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SupportCase {
    /// 類型: the number of the case's type
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub type_number: Printed<u32>,
    /// 類型: the name of the case's type
    #[serde(rename = "type", default, skip_serializing_if = "Printed::is_unplaced")]
    pub type_name: Printed<String>,
    /// 企業名
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub company: Printed<String>,
    /// 企業名: the city in brackets behind it; `null` where none is printed
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub city: Printed<String>,
    /// ＜事業概要＞
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub overview: Printed<String>,
    /// ＜活用支援制度＞
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub programs: Printed<Vec<String>>,
}

/// One numbered table of 都市数.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CountTable {
    /// 表題, without its number
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// 見出し: a text for each column, empty where the page leaves it empty
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub header: Printed<Vec<String>>,
    /// 行: 都市数 and the counts as printed
    pub rows: Vec<Vec<String>>,
    /// 注（※）: the notes below it
    pub notes: Vec<String>,
}

/// The cities of one heading of 実施及び協議状況.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CityList {
    /// ① 「…都市」: what is in the brackets
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub label: Printed<String>,
    /// 前回
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Quantity>,
    /// 今回
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Quantity>,
    /// 今回: the cities named behind the count
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub cities: Printed<Vec<String>>,
}

/// The issues that one addressee is to act on.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct IssueList {
    /// ■ …に係る課題: what they are about
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub area: Printed<String>,
    /// (…への働きかけが必要な課題): who is to act
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub addressee: Printed<String>,
    /// 課題: the bullets
    pub items: Vec<String>,
}
