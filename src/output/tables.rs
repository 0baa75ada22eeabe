//! The tables of a folder, from the rows of the documents that stand in it, one document after the other.

use std::io::BufWriter;
use std::path::Path;

use super::atomic::Draft;
use super::csv::{CsvTable, Dialect};
use super::hash::Hashing;
use super::package::Resource;
use crate::error::{ErrorKind, Result};
use crate::table::{TABLES, Table};

/// Writes `tables/*.csv` below `root`. All are written before any takes its place.
pub fn write(
    root: &Path,
    documents: impl Iterator<Item = Result<Vec<Table>>>,
    dialect: Dialect,
) -> Result<Vec<Resource>> {
    let mut writers = Vec::with_capacity(TABLES.len());
    for spec in TABLES {
        let draft = Draft::new(&root.join(format!("tables/{}.csv", spec.name)))?;
        writers.push(CsvTable::new(Hashing::new(BufWriter::new(draft)), spec, dialect)?);
    }
    for document in documents {
        for (writer, table) in writers.iter_mut().zip(document?) {
            for row in &table.rows {
                writer.row(row)?;
            }
        }
    }
    let mut drafts = Vec::with_capacity(TABLES.len());
    let mut resources = Vec::with_capacity(TABLES.len());
    for (writer, spec) in writers.into_iter().zip(TABLES) {
        let (buffer, sha256, bytes) = writer.finish()?.finish();
        drafts.push(buffer.into_inner().map_err(|e| ErrorKind::Write(e.error().to_string()))?);
        resources.push(Resource { spec, sha256, bytes });
    }
    for draft in drafts {
        draft.commit()?;
    }
    Ok(resources)
}
