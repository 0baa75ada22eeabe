//! Tables into a database: SQLite in a file, or a PostgreSQL server.
//!
//! A document is loaded in one transaction, by its content: its rows of an earlier load go, the new ones come. So a load
//! that is killed leaves each document whole or absent, and loading twice changes nothing. `hyoka_documents` holds what each
//! document was read by and the hash of what was loaded, `hyoka_schema` the version of the tables.

mod backend;
mod ddl;
mod derived;
mod postgres;
mod schema;
mod sqlite;
mod target;

use std::fmt;
use std::sync::{Mutex, MutexGuard};

use backend::{Backend, quoted};
use schema::{LOADED, VERSIONS};
pub use target::{BadTarget, Target};

use super::hash::Hashing;
use super::manifest::ReadBy;
use crate::audit::{self, Auditor, Settings};
use crate::diagnostic::Severity;
use crate::error::{DatabaseFault, Error, ErrorKind, Result};
use crate::form::Document;
use crate::table::{TABLES, Table, TableSpec, document_id, rows_of};

/// What a database knows of a document that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub records: u64,
    /// Diagnostics of severity `warning` or `error`.
    pub warnings: u64,
}

/// A database with its tables in place, for several threads to load documents into, one after the other.
pub struct Database {
    backend: Mutex<Box<dyn Backend>>,
    auditor: Auditor,
    /// Its address without the password.
    label: String,
    /// What documents are read by in this run, as [`LOADED`] keeps it.
    read_by: String,
    /// Load what is there already as well.
    force: bool,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("label", &self.label).finish_non_exhaustive()
    }
}

impl Database {
    /// Opens the database and makes or updates its tables. `force`: what was loaded is loaded again.
    pub fn open(target: &Target, read_by: &ReadBy, force: bool) -> Result<Database> {
        let label = target.to_string();
        let backend = target.connect().and_then(|mut backend| {
            schema::prepare(&mut *backend, &TABLES)?;
            Ok(backend)
        });
        let backend = backend.map_err(|fault| failed(&label, fault))?;
        let read_by = serde_json::to_string(read_by).unwrap_or_default();
        let auditor = Auditor::new(Settings { quotes: false, ..Settings::default() });
        Ok(Database { backend: Mutex::new(backend), auditor, label, read_by, force })
    }

    /// The document of the input of this name and SHA-256, provided it was read as this run would read it. Tells nothing of
    /// corrections: those of a folder are known when the document is.
    pub fn known(&self, name: &str, sha256: &str) -> Result<Option<Known>> {
        if self.force {
            return Ok(None);
        }
        self.backend().known(id_of(sha256), name, &self.read_by).map_err(|fault| failed(&self.label, fault))
    }

    /// Loads a document, unless it is there as it would be.
    pub fn load(&self, document: &Document) -> Result<()> {
        let stamp = Stamp { read_by: &self.read_by, content: &content(document)? };
        let there = self.backend().is_there(document_id(document), stamp);
        if there.map_err(|fault| failed(&self.label, fault))? && !self.force {
            return Ok(());
        }
        let mut tables = rows_of(document);
        // Findings over several documents are those of `hyoka audit`: a load need not see them all.
        tables.push(audit::table::table(&self.auditor.alone(&document.source.name, document)?));
        let doubts = document.diagnostics.iter().filter(|d| d.severity >= Severity::Warning).count();
        let known = Known { records: document.records.len() as u64, warnings: doubts as u64 };
        let mut backend = self.backend();
        backend.load(document_id(document), &tables, known, stamp).map_err(|fault| failed(&self.label, fault))
    }

    /// Works out, once all is loaded, what only all documents together tell.
    pub fn finish(&self) -> Result<()> {
        self.backend().settle(&TABLES).map_err(|fault| failed(&self.label, fault))
    }

    fn backend(&self) -> MutexGuard<'_, Box<dyn Backend>> {
        self.backend.lock().unwrap_or_else(|poisoned| {
            let mut backend = poisoned.into_inner();
            // What a panic may have left half-done; where there is nothing, there is nothing to say.
            let _ = backend.run("ROLLBACK");
            self.backend.clear_poison();
            backend
        })
    }
}

/// What a document was loaded by, and what it was.
#[derive(Debug, Clone, Copy)]
struct Stamp<'a> {
    read_by: &'a str,
    /// SHA-256 of the whole document: of its file's name and of what people corrected too.
    content: &'a str,
}

fn content(document: &Document) -> Result<String> {
    let mut sink = Hashing::new(std::io::sink());
    serde_json::to_writer(&mut sink, document).map_err(|e| ErrorKind::Internal(e.to_string()))?;
    Ok(sink.finish().1)
}

/// As in the tables.
fn id_of(sha256: &str) -> &str {
    sha256.get(..16).unwrap_or(sha256)
}

fn failed(label: &str, fault: DatabaseFault) -> Error {
    Error::from(ErrorKind::Database(fault)).in_file(label)
}

type Done<T = ()> = std::result::Result<T, DatabaseFault>;

impl dyn Backend + '_ {
    fn known(&mut self, id: &str, name: &str, read_by: &str) -> Done<Option<Known>> {
        let (id, name, read_by) = (quoted(id), quoted(name), quoted(read_by));
        let sql = format!(
            "SELECT loaded.records, loaded.warnings FROM {LOADED} AS loaded JOIN documents USING (document_id) \
             WHERE document_id = {id} AND documents.name = {name} AND loaded.read_by = {read_by}"
        );
        let rows = self.rows(&sql)?;
        let number = |cell: &Option<String>| cell.as_deref().and_then(|n| n.parse().ok()).unwrap_or_default();
        Ok(rows.first().map(|row| Known { records: number(&row[0]), warnings: number(&row[1]) }))
    }

    fn is_there(&mut self, id: &str, stamp: Stamp) -> Done<bool> {
        let (id, read_by, content) = (quoted(id), quoted(stamp.read_by), quoted(stamp.content));
        let sql =
            format!("SELECT 1 FROM {LOADED} WHERE document_id = {id} AND read_by = {read_by} AND content = {content}");
        Ok(!self.rows(&sql)?.is_empty())
    }

    fn load(&mut self, id: &str, tables: &[Table], known: Known, stamp: Stamp) -> Done {
        let Some((root, key)) = root(&TABLES) else { return Ok(()) };
        let (quoted_id, read_by, content) = (quoted(id), quoted(stamp.read_by), quoted(stamp.content));
        let Known { records, warnings } = known;
        self.transaction(&mut |backend| {
            backend.lock_document(id)?;
            // All rows of the document hang on this one.
            backend.run(&format!("DELETE FROM {root} WHERE {key} = {quoted_id}"))?;
            for table in tables {
                backend.insert(table.spec, &table.rows)?;
            }
            backend.run(&format!(
                "INSERT INTO {LOADED} (document_id, read_by, content, records, warnings) \
                 VALUES ({quoted_id}, {read_by}, {content}, {records}, {warnings})"
            ))?;
            // Always written, so that it waits for another's settling, which may not have seen this document.
            backend.run(&format!("UPDATE {VERSIONS} SET settled = 0"))
        })
    }

    fn settle(&mut self, specs: &[&TableSpec]) -> Done {
        self.transaction(&mut |backend| {
            // One settles after the other: who comes later sees what was loaded before.
            backend.lock_schema()?;
            // Before the rest, so that loads at the same time wait, and say after it that there is something to settle.
            backend.run(&format!("UPDATE {VERSIONS} SET settled = 1 WHERE settled = 0"))?;
            // Whatever was loaded: somebody may have deleted documents.
            derived::updates(specs).into_iter().try_for_each(|update| backend.run(update))
        })
    }
}

/// The table that all others hang on, and its key.
fn root(specs: &[&TableSpec]) -> Option<(&'static str, &'static str)> {
    specs.iter().find_map(|spec| match (spec.foreign_keys, spec.primary_key) {
        ([], [key]) => Some((spec.name, *key)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Otherwise the rows of a document would stay when it is loaded again.
    #[test]
    fn every_table_hangs_on_one() {
        let (root, _) = root(&TABLES).unwrap();
        for (i, spec) in TABLES.iter().enumerate() {
            let before = &TABLES[..i];
            let hangs = spec.foreign_keys.iter().any(|key| before.iter().any(|earlier| earlier.name == key.table));
            assert!(spec.name == root || hangs, "{} hangs on no table before it", spec.name);
        }
    }
}
