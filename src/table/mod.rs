//! Records → tidy tables (section 8 of the data contract), one file a table.
//!
//! [`rows_of`] turns one document into its rows of each table. A writer (CSV, and whatever comes after it) takes
//! [`TableSpec`]s and [`Row`]s and needs to know no form. What only all documents together can tell, `budgets.shared_by`, is
//! null in these rows; [`Sharing`] fills it in.

mod budgets;
mod documents;
mod findings;
mod judgments;
mod measurements;
mod model;
mod narratives;
mod once;
pub mod programme_key;
mod provisions;
mod records;
mod scope;
mod sharing;
mod words;

pub use budgets::name_over;
pub use documents::document_id;
pub use findings::SPEC as FINDINGS;
pub use model::{Column, ForeignKey, Kind, Row, Table, TableSpec, Value};
pub use once::Prints;
pub use programme_key::programme_key;
pub use sharing::{Sharing, marks};
pub use words::level_word;

use crate::form::Document;
use scope::Scope;

/// Every table, in the order in which foreign keys allow loading them. The rows of the last are those of an audit, none of
/// [`rows_of`]: writers find the table of a row by its spec.
pub const TABLES: [&TableSpec; 8] = [
    &documents::SPEC,
    &records::SPEC,
    &measurements::SPEC,
    &budgets::SPEC,
    &judgments::SPEC,
    &narratives::SPEC,
    &provisions::SPEC,
    &findings::SPEC,
];

/// The rows of one document, table by table in the order of [`TABLES`].
pub fn rows_of(document: &Document) -> Vec<Table> {
    let mut tables: Vec<Table> = TABLES.into_iter().map(|spec| Table { spec, rows: Vec::new() }).collect();
    let [documents, records, measurements, budgets, judgments, narratives, provisions, ..] = &mut tables[..] else {
        unreachable!()
    };

    documents.rows.push(documents::row(document));
    for index in 0..document.records.len() {
        let scope = Scope::new(document, index);
        records::rows(&scope, &mut records.rows);
        measurements::rows(&scope, &mut measurements.rows);
        budgets::rows(&scope, &mut budgets.rows);
        judgments::rows(&scope, &mut judgments.rows);
        narratives::rows(&scope, &mut narratives.rows);
        provisions::rows(&scope, &mut provisions.rows);
    }
    tables
}
