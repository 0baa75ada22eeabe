//! The record of section 6 of the data contract. Field docs give the printed Japanese label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::form::document::{Printed, YearQuantity};
use crate::normalize::{Number, Quantity, State};

/// 総合特別区域評価書: one zone and one fiscal year.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ZoneEvaluation {
    /// ページ: those (from 1) that it stands on
    pub pages: Vec<u32>,
    /// １ 総合特別区域の名称
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 作成主体の名称
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub authors: Printed<Vec<String>>,
    /// 指定: ISO date
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub designated: Printed<String>,
    /// 認定: ISO date
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub approved: Printed<String>,
    /// 最終変更: ISO date; `null` where the plan was never changed
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub last_changed: Printed<String>,
    /// ①総合特区計画の概要
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub overview: Printed<String>,
    /// ②総合特区計画の目指す目標
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub goal: Printed<String>,
    /// 評価指標
    pub evaluation_indicators: Vec<EvaluationIndicator>,
    /// ４ 規制緩和を活用した事業: 一般国際戦略事業①…
    pub regulatory_projects: Vec<RegulatoryProject>,
    /// 別紙２: rows of its tables
    pub regulatory_measures: Vec<RegulatoryMeasure>,
    /// 別紙３: 財政・税制・金融支援
    pub financial_supports: Vec<FinancialSupport>,
    /// 別紙４: 地域独自の取組
    pub local_supports: Vec<LocalSupport>,
    /// 現地調査時の指摘事項及びそれに対する取組状況等
    pub findings: Vec<Finding>,
    /// ７ 総合評価
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub overall: Printed<String>,
}

/// 評価指標（１）
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct EvaluationIndicator {
    /// 評価指標: its number
    pub number: u32,
    /// 評価指標: its name
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 進捗度
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub progress_percent: Printed<Number>,
    /// 数値目標
    pub targets: Vec<Target>,
}

/// 数値目標（１）－①
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// 数値目標: its number, `(1)-①`
    pub number: String,
    /// 数値目標: its name
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 目標値
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// 実績
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<YearQuantity>,
    /// 進捗度
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub progress_percent: Printed<Number>,
    /// 伸び率; `null` for a dash
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub growth_percent: Printed<Number>,
    /// 寄与度 within its 評価指標
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub weight_in_indicator_percent: Printed<Number>,
    /// ②寄与度の考え方: 寄与度 of the whole
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub weight_overall_percent: Printed<Number>,
    /// 別紙１: 目標値, 実績値 and 進捗度 by year; left out for a target without a table
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Vec<SeriesYear>>,
    /// 別紙１: the target as it is named there
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annex: Option<Annex>,
    /// [寄与度の考え方]
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub weight_reason: Printed<String>,
    /// 別紙１: its passages
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narratives: Option<Narratives>,
}

/// The goal of a target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Goal {
    #[serde(flatten)]
    pub quantity: Quantity,
    /// 年度: that of the goal
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiscal_year: Option<i32>,
    /// 累計: the goal is the sum of all years
    pub cumulative_goal: bool,
}

/// One year of 別紙１.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesYear {
    /// 年度: the Gregorian year in which it starts
    pub fiscal_year: i32,
    /// 目標値; `null` for an empty cell
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub target: Printed<Quantity>,
    /// 実績値; `null` for an empty cell
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub actual: Printed<Quantity>,
    /// 進捗度（％）; `null` for an empty cell or a dash
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub progress_percent: Printed<Number>,
}

/// 別紙１: how the target is named there, to be held against the main text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Annex {
    /// 評価指標: its name
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub indicator: Printed<String>,
    /// 数値目標: its name
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub name: Printed<String>,
    /// 数値目標: the goal as printed, unfolded
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub goal_raw: Printed<String>,
    /// 寄与度(※) as printed, unfolded
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub weight_raw: Printed<String>,
}

/// 別紙１: its passages; `null` for an empty cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Narratives {
    /// 目標達成の考え方及び目標達成に向けた主な取組、関連事業
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub approach: Printed<String>,
    /// 各年度の目標設定の考え方や数値の根拠等
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub basis: Printed<String>,
    /// 進捗状況に係る自己評価及び次年度以降の取組の方向性
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub self_evaluation: Printed<String>,
    /// 外部要因等特記事項
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub external_factors: Printed<String>,
    /// 代替指標の考え方または定性的評価
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub alternative: Printed<String>,
}

/// 一般国際戦略事業①: one project of section ４.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RegulatoryProject {
    /// 一般国際戦略事業: its number, `①`
    pub number: String,
    /// 一般国際戦略事業: its title
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// 一般国際戦略事業: the passage below
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub text: Printed<String>,
}

/// A row of 別紙２.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RegulatoryMeasure {
    /// 事業の名称, 措置の名称 or 措置の概要
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub title: Printed<String>,
    /// 関連する数値目標: `(1)-③`, or the printed words (全て)
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub related_targets: Printed<Vec<String>>,
    /// 事業の実施状況
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub status: Printed<String>,
    /// 直接効果
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub effect: Printed<String>,
    /// 自己評価
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub self_evaluation: Printed<String>,
    /// 規制所管府省名
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub ministry: Printed<String>,
    /// 規制協議の整理番号
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub reference_number: Printed<String>,
}

/// Which support a program of 別紙３ is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SupportKind {
    /// 財政支援措置
    Fiscal,
    /// 税制支援措置
    Tax,
    /// 金融支援措置
    Loan,
}

/// What a row of 別紙３ counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SupportItem {
    /// 財政支援要望
    Requested,
    /// 国予算(a)（実績）
    National,
    /// 自治体予算(b)（実績）
    Local,
    /// 総事業費(a+b)
    Total,
    /// 件数
    Count,
}

/// A program of 別紙３.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FinancialSupport {
    /// 財政, 税制 or 金融支援措置の状況
    pub kind: SupportKind,
    /// 事業名
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub program: Printed<String>,
    /// 関連する数値目標: `(1)-③`, or the printed words (全て)
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub related_targets: Printed<Vec<String>>,
    /// 財政支援要望, 国予算, 自治体予算, 総事業費; 件数
    pub rows: Vec<SupportRow>,
    /// 自己評価
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub self_evaluation: Printed<String>,
}

/// A row of amounts, or of counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SupportRow {
    /// 財政支援要望, 国予算(a), 自治体予算(b), 総事業費(a+b) or 件数
    pub item: SupportItem,
    /// 年度: the amount of each year
    pub amounts: Vec<YearAmount>,
    /// 累計
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cumulative: Option<Amount>,
}

/// An amount under a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct YearAmount {
    /// 年度: the Gregorian year in which it starts
    pub fiscal_year: i32,
    #[serde(flatten)]
    pub amount: Amount,
}

/// An amount of money, or a count of cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// 金額, 件数 as printed, unfolded, without the unit below it; absent for an empty cell
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// 金額, 件数: what the cell prints
    pub state: State,
    /// 金額 in whole yen, whatever the unit printed
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_yen: Option<i64>,
    /// 件数
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
}

/// A row of 別紙４.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct LocalSupport {
    /// 財政支援措置の状況, 規制緩和, 体制強化 …: the printed heading
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub category: Printed<String>,
    /// 事業名, 取組
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub program: Printed<String>,
    /// 関連する数値目標: `(1)-③`, or the printed words (全て)
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub related_targets: Printed<Vec<String>>,
    /// 実績, 直接効果
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub result: Printed<String>,
    /// 自己評価
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub self_evaluation: Printed<String>,
    /// 自治体名
    #[serde(default, skip_serializing_if = "Printed::is_unplaced")]
    pub jurisdictions: Printed<Vec<String>>,
}

/// 現地調査時の指摘事項 on some targets, and what was answered.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// 数値目標: those that it is about, `(1)-①`
    pub about: Vec<String>,
    /// ［指摘事項］
    pub remarks: Vec<String>,
    /// ［左記に対する取組状況等］
    pub responses: Vec<String>,
}
