//! SQLite, in one file.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};
use rust_decimal::prelude::ToPrimitive;

use super::Done;
use super::backend::{Backend, Dialect, quoted};
use crate::error::DatabaseFault;
use crate::table::{Row, TableSpec, Value};

/// How long another program may hold the file.
const PATIENCE: Duration = Duration::from_secs(60);

struct Sqlite(Connection);

/// Opens the file, which may stand in a folder that is still to be made (that of `-o`, say).
pub fn open(path: &Path) -> Done<Box<dyn Backend>> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| DatabaseFault::Unreachable(e.to_string()))?;
    }
    // Not as an URI: a file may be called what it likes.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags);
    ready(connection).map_err(|e| DatabaseFault::Unreachable(e.to_string()))
}

#[cfg(test)]
pub fn in_memory() -> Box<dyn Backend> {
    ready(Connection::open_in_memory()).unwrap()
}

fn ready(connection: rusqlite::Result<Connection>) -> rusqlite::Result<Box<dyn Backend>> {
    let connection = connection?;
    connection.busy_timeout(PATIENCE)?;
    // The rows of a document go with it only where keys are held to; and what is no database shows here.
    connection.execute_batch("PRAGMA foreign_keys = ON; SELECT count(*) FROM sqlite_master")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(Box::new(Sqlite(connection)))
}

fn refused(e: rusqlite::Error) -> DatabaseFault {
    DatabaseFault::Refused(e.to_string())
}

impl Backend for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn run(&mut self, sql: &str) -> Done {
        self.0.execute_batch(sql).map_err(refused)
    }

    fn rows(&mut self, sql: &str) -> Done<Vec<Vec<Option<String>>>> {
        let mut statement = self.0.prepare(sql).map_err(refused)?;
        let columns = statement.column_count();
        let cell = |value: ValueRef| match value {
            ValueRef::Null => None,
            ValueRef::Integer(n) => Some(n.to_string()),
            ValueRef::Real(n) => Some(n.to_string()),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        };
        let rows = statement.query_map([], |row| (0..columns).map(|i| row.get_ref(i).map(cell)).collect());
        rows.and_then(Iterator::collect).map_err(refused)
    }

    fn columns(&mut self, table: &str) -> Done<Vec<String>> {
        let rows = self.rows(&format!("SELECT name FROM pragma_table_info({})", quoted(table)))?;
        Ok(rows.into_iter().flatten().flatten().collect())
    }

    fn insert(&mut self, spec: &TableSpec, rows: &[Row]) -> Done {
        if rows.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = spec.columns.iter().map(|column| column.name).collect();
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", spec.name, names.join(", "));
        let mut statement = self.0.prepare_cached(&sql).map_err(refused)?;
        for row in rows {
            statement.execute(params_from_iter(row.iter().map(Cell))).map_err(refused)?;
        }
        Ok(())
    }

    fn begin(&mut self) -> Done {
        // Who reads first and writes later may find that another wrote in between.
        self.run("BEGIN IMMEDIATE")
    }

    fn lock_schema(&mut self) -> Done {
        Ok(())
    }

    fn lock_document(&mut self, _: &str) -> Done {
        Ok(())
    }
}

struct Cell<'a>(&'a Value);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Integer(n) => ValueRef::Integer(*n),
            Value::Number(n) => n.0.to_f64().map_or(ValueRef::Null, ValueRef::Real),
        }))
    }
}
