//! The table types that every writer shares: what a column is, and what a row holds.

use crate::normalize::Number;

/// What the cells of a column hold. A writer maps it to its own type: CSV to digits, a database to `BIGINT` or `NUMERIC`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Whole numbers that fit 64 bits: years, pages, yen.
    Integer,
    /// Decimal numbers, as many decimals as printed.
    Number,
}

/// One column. `name` is the contract with whoever joins the tables; the rest is for people and for schemas.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    /// Never null.
    pub required: bool,
    /// The only values there are, when the list is closed.
    pub values: &'static [&'static str],
    /// Of every number in the column: 円, %.
    pub unit: Option<&'static str>,
    pub label_ja: &'static str,
    /// What it says, its unit, and what null means.
    pub description: &'static str,
}

impl Column {
    pub const fn text(name: &'static str, label_ja: &'static str, description: &'static str) -> Self {
        Column { name, kind: Kind::Text, required: false, values: &[], unit: None, label_ja, description }
    }

    pub const fn integer(name: &'static str, label_ja: &'static str, description: &'static str) -> Self {
        Column { kind: Kind::Integer, ..Column::text(name, label_ja, description) }
    }

    pub const fn number(name: &'static str, label_ja: &'static str, description: &'static str) -> Self {
        Column { kind: Kind::Number, ..Column::text(name, label_ja, description) }
    }

    pub const fn required(self) -> Self {
        Column { required: true, ..self }
    }

    pub const fn unit(self, unit: &'static str) -> Self {
        Column { unit: Some(unit), ..self }
    }

    pub const fn one_of(self, values: &'static [&'static str]) -> Self {
        Column { values, ..self }
    }
}

/// Columns of this table that name a row of another.
#[derive(Debug, Clone, Copy)]
pub struct ForeignKey {
    pub column: &'static str,
    pub table: &'static str,
    pub references: &'static str,
}

/// A table without its rows.
#[derive(Debug)]
pub struct TableSpec {
    pub name: &'static str,
    pub title_ja: &'static str,
    /// What one row is, and how to count it once.
    pub description: &'static str,
    pub columns: &'static [Column],
    /// Empty where no printed thing tells two rows apart.
    pub primary_key: &'static [&'static str],
    pub foreign_keys: &'static [ForeignKey],
}

#[cfg(test)]
impl TableSpec {
    /// A table of no keys for the tests of what tables are written as.
    pub const fn of_gulls(columns: &'static [Column]) -> Self {
        TableSpec {
            name: "gulls", title_ja: "かもめ", description: "", columns, primary_key: &[], foreign_keys: &[]
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Text(String),
    Integer(i64),
    Number(Number),
}

/// The cells of one row, in the order of the columns.
pub type Row = Vec<Value>;

/// A table and rows of it: of one document, or of many, appended.
#[derive(Debug, Clone)]
pub struct Table {
    pub spec: &'static TableSpec,
    pub rows: Vec<Row>,
}

impl Table {
    /// Bytes that its rows take in memory, about.
    pub fn weight(&self) -> usize {
        let cell = |value: &Value| match value {
            Value::Text(text) => text.capacity(),
            _ => 0,
        };
        let row = |row: &Row| size_of_val(&row[..]) + row.iter().map(cell).sum::<usize>();
        self.rows.iter().map(row).sum()
    }
}

impl From<&str> for Value {
    fn from(s: &str) -> Self {
        Value::Text(s.to_owned())
    }
}

impl From<String> for Value {
    fn from(s: String) -> Self {
        Value::Text(s)
    }
}

impl From<&String> for Value {
    fn from(s: &String) -> Self {
        Value::Text(s.clone())
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Value::Integer(n)
    }
}

impl From<i32> for Value {
    fn from(n: i32) -> Self {
        Value::Integer(n.into())
    }
}

impl From<u32> for Value {
    fn from(n: u32) -> Self {
        Value::Integer(n.into())
    }
}

impl From<Number> for Value {
    fn from(n: Number) -> Self {
        Value::Number(n)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}
