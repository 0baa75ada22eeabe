//! The value types of the data contract.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a value cell prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A number; the only state with a `value`.
    Number,
    /// Words instead of a number: 実施, 定性.
    Text,
    /// A dash.
    None,
    /// An empty cell.
    Blank,
    /// 調査中.
    Pending,
    /// 非公表.
    Undisclosed,
    /// 該当なし.
    NotApplicable,
    /// Something is printed that could not be tied to this place; written as no state at all.
    #[default]
    #[serde(skip)]
    Unplaced,
}

impl State {
    pub fn is_unplaced(&self) -> bool {
        *self == State::Unplaced
    }
}

/// A bound printed with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Comparator {
    /// 以上
    #[serde(rename = ">=")]
    AtLeast,
    /// 以下, 以内
    #[serde(rename = "<=")]
    AtMost,
    /// 超
    #[serde(rename = ">")]
    Above,
    /// 未満
    #[serde(rename = "<")]
    Below,
    /// 約, 程度
    #[serde(rename = "~")]
    About,
}

/// A decimal number with its printed precision; JSON shows an integer where there is no fraction printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.0.to_i64() {
            Some(i) if self.0.scale() == 0 => s.serialize_i64(i),
            // Through the decimal digits, so that 41.8 stays 41.8.
            _ => s.serialize_f64(self.0.to_string().parse().unwrap_or(f64::NAN)),
        }
    }
}

/// From a JSON number, by its shortest decimal digits: 41.8 is 41.8, 100.0 keeps its one decimal.
impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let json = serde_json::Number::deserialize(d)?;
        let digits = json.to_string();
        let decimal = digits.parse().or_else(|_| Decimal::from_scientific(&digits));
        decimal.map(Number).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

/// A printed quantity: `３件（６件）` is value 3, unit 件, cumulative 6.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// 印字: as printed, unfolded; absent for an empty cell
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// 状態: what the cell prints; left out where that could not be told, and a diagnostic says so
    #[serde(default, skip_serializing_if = "State::is_unplaced")]
    pub state: State,
    /// 値: the number
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// 単位: the printed counter
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 以上, 以下 and the like
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Comparator>,
    /// 累計: a running sum （６件） or a stock （…累計38室）
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cumulative: Option<Number>,
}
