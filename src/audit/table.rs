//! The rows of the `findings` table.

use super::{Audit, Severity};
use crate::table::{FINDINGS, Row, Table, Value};

/// The words of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The findings of an audit as a table. What stands on no document (official counts) is left out.
pub fn table(audit: &Audit) -> Table {
    let mut rows = rows(audit);
    rows.retain(|row| matches!(&row[3], Value::Text(id) if !id.is_empty()));
    Table { spec: &FINDINGS, rows }
}

/// The rows of an audit, in its order.
pub fn rows(audit: &Audit) -> Vec<Row> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    audit
        .findings
        .iter()
        .map(|f| {
            let index = f.pointer.strip_prefix("/records/").and_then(|p| p.split('/').next()?.parse::<usize>().ok());
            let record = index.map(|i| format!("{}-{}", f.document_id, i + 1));
            let row: Row = vec![
                (&f.rule).into(),
                severity(f.severity).into(),
                record.into(),
                (&f.document_id).into(),
                (&f.message).into(),
                some(&f.expected).into(),
                some(&f.found).into(),
                (&f.pointer).into(),
                f.page.map_or(Value::Null, Value::from),
            ];
            row
        })
        .collect()
}
