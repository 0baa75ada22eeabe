//! Tables as CSV: RFC 4180 (CRLF line ends), UTF-8, null as an empty field, numbers as JSON prints them.

use std::borrow::Cow;
use std::io::Write;

use super::atomic::BUFFER;
use crate::error::{ErrorKind, Result};
use crate::table::{Row, TableSpec, Value};

/// How a CSV is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// By programs: the data and nothing else.
    #[default]
    Plain,
    /// By double-click in Excel or Calc: a byte-order mark, and no text that a spreadsheet would run as a formula.
    Excel,
}

/// Writes one table, row by row.
pub struct CsvTable<W: Write> {
    writer: csv::Writer<W>,
    dialect: Dialect,
    /// Reused for each row.
    record: csv::ByteRecord,
}

impl<W: Write> CsvTable<W> {
    /// Writes the header.
    pub fn new(mut out: W, spec: &TableSpec, dialect: Dialect) -> Result<Self> {
        if dialect == Dialect::Excel {
            out.write_all(b"\xEF\xBB\xBF").map_err(|e| ErrorKind::Write(e.to_string()))?;
        }
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).buffer_capacity(BUFFER).from_writer(out);
        writer.write_record(spec.columns.iter().map(|c| c.name)).map_err(write_error)?;
        Ok(CsvTable { writer, dialect, record: csv::ByteRecord::new() })
    }

    pub fn row(&mut self, row: &Row) -> Result<()> {
        self.record.clear();
        for value in row {
            self.record.push_field(field(value, self.dialect).as_bytes());
        }
        Ok(self.writer.write_byte_record(&self.record).map_err(write_error)?)
    }

    /// Everything written, handed back.
    pub fn finish(self) -> Result<W> {
        self.writer.into_inner().map_err(|e| ErrorKind::Write(e.error().to_string()).into())
    }
}

fn write_error(e: csv::Error) -> ErrorKind {
    ErrorKind::Write(e.to_string())
}

fn field(value: &Value, dialect: Dialect) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Text(text) if dialect == Dialect::Excel && is_formula(text) => Cow::Owned(format!("'{text}")),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Integer(n) => Cow::Owned(n.to_string()),
        // As in the document, so that the two compare equal as text.
        Value::Number(n) => Cow::Owned(serde_json::to_string(n).unwrap_or_else(|_| n.0.to_string())),
    }
}

/// A spreadsheet takes text for a formula by its first sign; Japanese input methods give the signs full-width, and
/// Excel takes those as well. One sign alone computes nothing: a dash stays a dash.
fn is_formula(text: &str) -> bool {
    let shown = text.trim_start_matches([' ', '\u{3000}', '\n']);
    let mut chars = shown.chars();
    match chars.next() {
        Some('\t' | '\r') => true,
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => chars.next().is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text_that_begins_like_one() {
        for text in ["=1+1", "+81", "-2+3", "@SUM(A1)", "＝1", "＋1", "－室", "＠x", "\t=1", "\r", " =1", "\u{3000}=1"]
        {
            assert!(is_formula(text), "{text:?}");
        }
        for text in ["", "-", "－", "ー", "順調", "3-5", "△5", "(=1)", "=", "・-5"] {
            assert!(!is_formula(text), "{text:?}");
        }
    }

    #[test]
    fn numbers_are_never_defused() {
        let minus = Value::Number(crate::normalize::Number((-164).into()));
        assert_eq!(field(&minus, Dialect::Excel), "-164");
        assert_eq!(field(&Value::Integer(-5), Dialect::Excel), "-5");
        assert_eq!(field(&Value::from("-5"), Dialect::Excel), "'-5");
        assert_eq!(field(&Value::from("-5"), Dialect::Plain), "-5");
    }
}
