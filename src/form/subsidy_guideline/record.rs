//! The record of section 7 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::form::document::Printed;
use crate::normalize::{Comparator, Number};

/// One 補助金交付要綱.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Guideline {
    /// ページ: those (from 1) that the guideline stands on
    pub pages: Vec<u32>,
    /// 要綱の名称
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// 制定
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enacted: Option<Enactment>,
    /// 改正, in printed order
    pub amendments: Vec<Enactment>,
    /// 条
    pub articles: Vec<Article>,
    /// 附則
    pub supplementary: Vec<Supplement>,
    /// 様式: every form that the articles name or that is printed behind them
    pub forms: Vec<GuidelineForm>,
    /// 別表
    pub schedules: Vec<GuidelineSchedule>,
}

/// 制定 or 改正: its date and the number of the document that did it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Enactment {
    /// 制定・改正の年月日 (ISO 8601)
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub date: Printed<String>,
    /// 文書番号: `商も第9号`
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub reference: Printed<String>,
}

/// 条: 第８条の２ is number 8, branch 2.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// 第N条
    pub number: u32,
    /// 第N条のM: M
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<u32>,
    /// 見出し, without its brackets
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub caption: Printed<String>,
    /// 項
    pub paragraphs: Vec<Paragraph>,
}

/// 項; the first of an article is seldom numbered in print.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Paragraph {
    /// 項番号
    pub number: u32,
    /// 項の見出し, as 附則 have them: 施行期日
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub caption: Printed<String>,
    /// 本文
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub text: Printed<String>,
    /// 号
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// 号; what is divided further (ア, イ) goes on in `text`, a line each.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// 号番号, as printed: `(1)`
    pub number: String,
    /// 号の本文
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub text: Printed<String>,
}

/// 附則.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Supplement {
    /// 附則（…）: the amendment that its heading names
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<Enactment>,
    /// 附則の項
    pub paragraphs: Vec<Paragraph>,
    /// 施行期日
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// 失効日
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// 様式 as the articles name it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct GuidelineForm {
    /// 様式第N
    pub number: u32,
    /// 様式第NのM: M
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<u32>,
    /// 様式の名称
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 根拠条文: the number of the article that names it first
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<u32>,
    /// 根拠条文 第N条のM: M
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article_branch: Option<u32>,
    /// ページ: the page (from 1) that the form itself begins on, where it is printed
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<u32>,
}

/// 別表.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct GuidelineSchedule {
    /// 別表第N
    pub name: String,
    /// 根拠条文: `第3条第2項関係`
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub basis: Printed<String>,
    /// 別表の行
    pub rows: Vec<ScheduleRow>,
}

/// One project of a 別表: what it is (別表第１) or what is paid for it (別表第２); a field is there where the 別表 has its
/// column.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ScheduleRow {
    /// 番号: `一`
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<String>,
    /// 補助対象事業; beside 補助対象経費 the number of the project alone, where it has one
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub project: Printed<String>,
    /// 補助対象事業の内容
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub content: Printed<String>,
    /// 補助対象事業者
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub recipient: Printed<String>,
    /// 補助対象経費
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expenses: Vec<Expense>,
    /// 補助率
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// 端数処理: `1,000円未満切り捨て`
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub rounding: Printed<String>,
    /// 上限額, in whole yen
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub limit_yen: Printed<i64>,
}

/// One 補助対象経費.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Expense {
    /// 経費区分
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub class: Printed<String>,
    /// 経費の細目
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub item: Printed<String>,
    /// 内容
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub content: Printed<String>,
}

/// 補助率.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rate {
    /// 補助率 as printed, unfolded
    pub raw: String,
    /// 補助率: the number; 10分の８ is 0.8, 定額 has none
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// 以内, 以下 and the like
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Comparator>,
}
