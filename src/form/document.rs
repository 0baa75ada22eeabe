//! The document of the data contract (section 2): what one input becomes.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::department_theme::Theme;
use super::initiative_sheet::InitiativeSheet;
use super::slide_deck::SlideTheme;
use super::special_zone::ZoneEvaluation;
use super::subsidy_guideline::Guideline;
use crate::diagnostic::Diagnostic;
use crate::geometry::Place;
use crate::normalize::Quantity;

/// The `schema` number of every document this version writes.
pub const SCHEMA: &str = "hyoka/1";

/// A leaf that a form has: printed with a value, left empty (or a dash), or printed but tied to no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Printed<T> {
    /// Printed, but the page does not tie it to this place: left out of the record, named in a diagnostic.
    #[default]
    Unplaced,
    /// Left empty or a dash: `null`.
    Empty,
    Value(T),
}

impl<T> Printed<T> {
    pub fn is_unplaced(&self) -> bool {
        matches!(self, Printed::Unplaced)
    }

    pub fn value(&self) -> Option<&T> {
        match self {
            Printed::Value(v) => Some(v),
            _ => None,
        }
    }
}

impl<T: Serialize> Serialize for Printed<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(s)
    }
}

/// `null` is [`Printed::Empty`]; a field that is left out is [`Printed::Unplaced`], by `#[serde(default)]` on the field.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Printed<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(d)?.map_or(Printed::Empty, Printed::Value))
    }
}

impl<T: JsonSchema> JsonSchema for Printed<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Printed_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(g: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Option::<T>::json_schema(g)
    }

    fn _schemars_private_is_option() -> bool {
        true
    }
}

/// A quantity of one fiscal year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct YearQuantity {
    /// 年度: the Gregorian year in which it starts
    pub fiscal_year: i32,
    #[serde(flatten)]
    pub quantity: Quantity,
}

/// How a leaf was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// From a ruled cell.
    Cell,
    /// From its position on the page.
    Position,
    /// From the reading order alone.
    Order,
    /// By a rule of thumb; a diagnostic says which.
    Inferred,
    /// By a person.
    Corrected,
}

/// Where a leaf was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Several places where a value goes on over a page or column break.
    pub at: Vec<Place>,
    /// As printed; lines parted by `\n`.
    pub text: String,
    pub method: Method,
}

/// Printed text that no field took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unassigned {
    #[serde(flatten)]
    pub place: Place,
    pub text: String,
}

/// The input a document was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceInfo {
    /// File name without its folder.
    pub name: String,
    /// Lower-case hex.
    pub sha256: String,
    /// `application/pdf` or `text/plain; charset=…`.
    pub media_type: String,
    pub bytes: u64,
    pub pages: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormId {
    /// `initiative_sheet` … or `unknown`.
    pub id: String,
    /// The printed title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The printed edition: 様式１.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
}

/// What a run of pages was taken for, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recognition {
    /// `initiative_sheet` …
    pub form: String,
    /// First and last page, from 1.
    pub pages: [u32; 2],
    /// 10 for each page with the form's title; for a document without titles 1 for each other word of the form.
    pub score: u32,
    /// The printed words that said so.
    pub reasons: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Jurisdiction {
    /// Six-digit 全国地方公共団体コード.
    pub code: String,
    /// 沖縄県; `null` where only the code was given and its name is not known.
    pub name: Option<String>,
}

/// One record of any form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Record {
    /// 「主な取組」検証票, 様式１.
    Initiative(Box<InitiativeSheet>),
    /// 部局運営方針, 【テーマN】.
    Theme(Box<Theme>),
    /// 指定都市市長会 取組テーマ.
    SlideTheme(Box<SlideTheme>),
    /// 総合特別区域評価書.
    ZoneEvaluation(Box<ZoneEvaluation>),
    /// 補助金交付要綱.
    Guideline(Box<Guideline>),
}

/// A cell of a ruled table of an unknown document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableCell {
    pub text: String,
    /// Rows and columns of the grid that the cell spans, when it is merged.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub row_span: usize,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub col_span: usize,
}

fn one() -> usize {
    1
}

fn is_one(n: &usize) -> bool {
    *n == 1
}

/// A ruled table as rows of cells, for documents of no known form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuledTable {
    pub page: u32,
    pub bbox: [f64; 4],
    pub rows: Vec<Vec<TableCell>>,
}

/// One input as structured data: the object that `hyoka extract` writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    pub schema: String,
    pub source: SourceInfo,
    pub form: FormId,
    /// Why it was taken for that form; several entries where one input holds several forms. Empty for an unknown form.
    #[serde(default)]
    pub recognition: Vec<Recognition>,
    pub jurisdictions: Vec<Jurisdiction>,
    /// The Gregorian year in which the Japanese fiscal year of the results starts: R4 = 2022.
    pub fiscal_year: Option<i32>,
    pub records: Vec<Record>,
    /// Ruled tables; only for documents of no known form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<RuledTable>,
    /// JSON Pointer of a leaf → where it was read.
    pub evidence: IndexMap<String, Evidence>,
    /// Printed text that no field and no label took.
    pub unassigned: Vec<Unassigned>,
    /// Characters in fields and labels ÷ all printed characters, white space left out; four decimals.
    pub coverage: f64,
    pub diagnostics: Vec<Diagnostic>,
}
