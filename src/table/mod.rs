//! Records → tidy tables (section 8 of the data contract), one file a table.
//!
//! [`rows_of`] turns one document into its rows of each table. A writer (CSV, and whatever comes after it) takes
//! [`TableSpec`]s and [`Row`]s and needs to know no form. What only all documents together can tell, `budgets.shared_by`, is
//! null in these rows; [`Sharing`] fills it in.

mod budgets;
mod documents;
mod judgments;
mod measurements;
mod model;
mod narratives;
pub mod programme_key;
mod provisions;
mod records;
mod scope;
mod sharing;
mod words;

pub use documents::document_id;
pub use model::{Column, ForeignKey, Kind, Row, Table, TableSpec, Value};
pub use programme_key::programme_key;
pub use sharing::{Sharing, marks};

use crate::form::Document;
use scope::Scope;

/// Every table of documents, in the order in which foreign keys allow loading them. A table whose rows come from somewhere
/// else (`findings`, of an audit) has its [`TableSpec`] in a file here, its place at the end of this list, and no rows from
/// [`rows_of`]: writers find the table of a row by its spec.
pub const TABLES: [&TableSpec; 7] = [
    &documents::SPEC,
    &records::SPEC,
    &measurements::SPEC,
    &budgets::SPEC,
    &judgments::SPEC,
    &narratives::SPEC,
    &provisions::SPEC,
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
