//! What a database has to be able to do: little, so that each kind is one short file.

use super::Done;
use crate::table::{Row, TableSpec};

/// The SQL that one kind of database speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

pub trait Backend: Send {
    fn dialect(&self) -> Dialect;

    /// Carries out one or several statements.
    fn run(&mut self, sql: &str) -> Done;

    /// The rows of a query, each cell as text.
    fn rows(&mut self, sql: &str) -> Done<Vec<Vec<Option<String>>>>;

    /// Columns of a table, as they stand; none where there is no such table.
    fn columns(&mut self, table: &str) -> Done<Vec<String>>;

    fn insert(&mut self, spec: &TableSpec, rows: &[Row]) -> Done;

    /// Begins a transaction that will write.
    fn begin(&mut self) -> Done;

    /// Within a transaction: keeps others from making or changing tables at the same time.
    fn lock_schema(&mut self) -> Done;

    /// Within a transaction: keeps others from loading the same document at the same time.
    fn lock_document(&mut self, id: &str) -> Done;
}

impl dyn Backend + '_ {
    /// Does all of it or nothing.
    pub fn transaction(&mut self, work: &mut dyn FnMut(&mut (dyn Backend + '_)) -> Done) -> Done {
        self.begin()?;
        let done = work(self).and_then(|()| self.run("COMMIT"));
        if done.is_err() {
            // The failure is told; that nothing is left to roll back is none of its own.
            let _ = self.run("ROLLBACK");
        }
        done
    }
}

/// A text as SQL has it.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
