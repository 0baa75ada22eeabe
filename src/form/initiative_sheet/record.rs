//! The record of section 3 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::form::document::{Printed, YearQuantity};
use crate::normalize::{Number, State};

/// One 「主な取組」検証票.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct InitiativeSheet {
    /// ページ: those (from 1) that the sheet stands on
    pub pages: Vec<u32>,
    /// １ 取組の概要（Plan）
    pub plan: Plan,
    /// ２ 取組の状況（Do）
    #[serde(rename = "do")]
    pub do_: Do,
    /// ３ 取組の検証（Check）
    pub check: Vec<Category>,
    /// ４ 取組の改善案（Action）
    pub action: Vec<Category>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// 施策展開
    pub development: Development,
    /// 施策
    pub measure: Measure,
    /// 施策の小項目名
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub sub_measure: Printed<String>,
    /// 施策の方向
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub direction: Printed<String>,
    /// 主な取組
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub initiative: Printed<String>,
    /// 対応する成果指標
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub outcome_indicator: Printed<String>,
    /// 主な取組（アクティビティ）: the passage on the left
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub summary: Printed<String>,
    /// 年度別計画: the heading line over the yearly targets
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub activity: Printed<String>,
    /// 実施主体
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub actors: Printed<Vec<String>>,
    /// 活動指標（アウトプット）
    pub output_indicators: Vec<OutputIndicator>,
    /// 担当部課
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub department: Printed<String>,
    /// 【連絡先】
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub phone: Printed<String>,
    /// 関連URL
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub url: Printed<String>,
}

/// 施策展開: `3-(5)-イ` and its title.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Development {
    /// 施策展開: its number, `3-(5)-イ`
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<String>,
    /// 施策展開: its title
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
}

/// 施策: `①` and its title.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    /// 施策: its number, `①`
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<String>,
    /// 施策: its title
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
}

/// One 活動指標（アウトプット） with its 年度別計画.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct OutputIndicator {
    /// 活動指標（アウトプット）: its name
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 年度別計画: the target of each year
    pub targets: Vec<YearQuantity>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Do {
    /// 予算事業
    pub programs: Vec<Program>,
    /// 活動指標名 and its 実績値 / 目標値
    pub indicators: Vec<Indicator>,
    /// 進捗状況
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub judgment: Printed<Judgment>,
    /// 進捗状況の判定根拠、要因及び取組の効果
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub rationale: Printed<String>,
    /// (２)これまでの改善案の反映状況
    pub improvements: Vec<Improvement>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Program {
    /// 予算事業名, left
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 予算事業名, right (the next year's)
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub next_name: Printed<String>,
    /// 決算額, 決算見込額 and 当初予算額, in this order
    pub budgets: Vec<Budget>,
    /// 令和N年度活動内容
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub activity: Printed<String>,
    /// 令和N+1年度活動計画
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub next_activity: Printed<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BudgetKind {
    /// 決算額
    Settled,
    /// 決算見込額
    SettlementEstimate,
    /// 当初予算額
    Initial,
}

impl BudgetKind {
    /// The printed label of its column.
    pub fn label(self) -> &'static str {
        match self {
            BudgetKind::Settled => "決算額",
            BudgetKind::SettlementEstimate => "決算見込額",
            BudgetKind::Initial => "当初予算額",
        }
    }
}

/// One amount of a 予算事業.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Budget {
    /// 年度: the Gregorian year in which it starts
    pub fiscal_year: i32,
    /// 決算額, 決算見込額 or 当初予算額
    pub kind: BudgetKind,
    /// 金額 as printed, unfolded; absent for an empty cell
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// 金額: what its cell prints
    pub state: State,
    /// 金額 in whole yen, whatever the unit printed
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_yen: Option<i64>,
    /// 主な財源; left out on a blank row.
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub fund: Printed<String>,
    /// 実施方法; left out on a blank row.
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub method: Printed<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Indicator {
    /// 活動指標名
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 実績値
    pub actuals: Vec<YearQuantity>,
    /// 目標値(B)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<YearQuantity>,
    /// 達成割合 A/B, capped at 100.0 by the form
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub achievement_percent: Printed<Number>,
    /// 活動概要
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub summary: Printed<String>,
}

/// The common scale of progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 順調
    OnTrack,
    /// 概ね順調
    MostlyOnTrack,
    /// やや遅れ
    SlightlyBehind,
    /// 大幅遅れ, 遅れ
    Behind,
    /// 未着手
    NotStarted,
    /// Printed, but on no scale known.
    Unrated,
}

/// The printed scale that a judgment stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scale {
    /// 尺度: its name
    pub id: String,
    /// 尺度: what is judged by it, `activity`, `outcome` or `schedule`
    pub basis: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Judgment {
    /// 進捗状況: the printed word
    pub raw: String,
    /// 進捗状況 on the common scale of progress
    pub level: Level,
    /// 進捗状況: the printed scale that the word stands on
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Improvement {
    /// 令和N年度の取組改善案
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub planned: Printed<String>,
    /// 反映状況
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub reflected: Printed<String>,
}

/// One row of Check or Action: 類型 and 内容.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Category {
    /// 類型: its number, `①`
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub number: Printed<String>,
    /// 類型
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub category: Printed<String>,
    /// 内容
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub text: Printed<String>,
}
