//! One amount on many sheets: how many records of a folder print it (`budgets.shared_by`).
//!
//! The count is over all documents and the rows are of one, so it is taken before rows are written, from marks: eight
//! bytes an amount, whatever the document weighs.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::budgets;
use super::model::{Row, Table, Value};

/// The amounts that the records of one document print, each once a record. They mean something to [`Sharing`] of the
/// same run and nothing else.
pub fn marks(tables: &[Table]) -> Vec<u64> {
    let mut seen: Vec<(&Value, u64)> =
        rows(tables).filter_map(|row| Some((&row[budgets::RECORD_ID], mark(row)?))).collect();
    // Rows of a record stand together.
    let mut marks = Vec::with_capacity(seen.len());
    for record in seen.chunk_by_mut(|a, b| a.0 == b.0) {
        record.sort_unstable_by_key(|(_, mark)| *mark);
        let distinct = record.chunk_by(|a, b| a.1 == b.1).filter_map(|same| same.first());
        marks.extend(distinct.map(|(_, mark)| *mark));
    }
    marks
}

/// How many records print each amount.
#[derive(Debug, Default)]
pub struct Sharing {
    /// Only amounts of at least two records are kept once counted.
    records: HashMap<u64, u32>,
}

impl Sharing {
    /// Counts the [`marks`] of every document.
    pub fn count<'a>(documents: impl Iterator<Item = &'a [u64]>) -> Sharing {
        let mut records: HashMap<u64, u32> = HashMap::new();
        for mark in documents.flatten() {
            let count = records.entry(*mark).or_default();
            *count = count.saturating_add(1);
        }
        records.retain(|_, count| *count > 1);
        records.shrink_to_fit();
        Sharing { records }
    }

    /// Sets `shared_by` of each row that has an amount; an amount without a programme is its record's own.
    pub fn fill(&self, tables: &mut [Table]) {
        let rows = tables.iter_mut().filter(|table| std::ptr::eq(table.spec, &budgets::SPEC)).flat_map(|t| &mut t.rows);
        for row in rows.filter(|row| row[budgets::AMOUNT_YEN] != Value::Null) {
            let records = mark(row).and_then(|mark| self.records.get(&mark)).copied();
            row[budgets::SHARED_BY] = records.unwrap_or(1).into();
        }
    }
}

fn rows(tables: &[Table]) -> impl Iterator<Item = &Row> {
    tables.iter().filter(|table| std::ptr::eq(table.spec, &budgets::SPEC)).flat_map(|table| &table.rows)
}

/// Programme, year and kind of a row that has an amount and a programme.
fn mark(row: &Row) -> Option<u64> {
    let Value::Text(key) = &row[budgets::PROGRAMME_KEY] else { return None };
    let (Value::Integer(_), Value::Text(kind)) = (&row[budgets::AMOUNT_YEN], &row[budgets::KIND]) else { return None };
    let year = match row[budgets::FISCAL_YEAR] {
        Value::Integer(year) => Some(year),
        _ => None,
    };
    let mut hasher = DefaultHasher::new();
    (key, year, kind).hash(&mut hasher);
    Some(hasher.finish())
}
