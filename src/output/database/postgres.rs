//! PostgreSQL.

use std::error::Error as _;
use std::io::Write;

use postgres::{Client, Config, NoTls, SimpleQueryMessage};

use super::Done;
use super::backend::{Backend, Dialect, quoted};
use crate::error::DatabaseFault;
use crate::table::{Row, TableSpec, Value};

/// Whoever makes tables of hyoka holds this lock of the database; the number is as good as any other.
const SCHEMA_LOCK: i64 = 0x6879_6f6b_6121;

struct Postgres(Client);

pub fn open(config: &Config) -> Done<Box<dyn Backend>> {
    let client = config.connect(NoTls).map_err(|e| DatabaseFault::Unreachable(words(&e)))?;
    Ok(Box::new(Postgres(client)))
}

/// The library's own words name the kind of failure only.
fn words(e: &postgres::Error) -> String {
    if let Some(of_server) = e.as_db_error() {
        let detail = of_server.detail().map_or(String::new(), |detail| format!(" ({detail})"));
        return format!("{}{detail}", of_server.message());
    }
    let mut words = e.to_string();
    let mut cause = e.source();
    while let Some(e) = cause {
        let said = e.to_string();
        if !words.contains(&said) {
            words += &format!(": {said}");
        }
        cause = e.source();
    }
    words
}

fn refused(e: postgres::Error) -> DatabaseFault {
    DatabaseFault::Refused(words(&e))
}

impl Backend for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn run(&mut self, sql: &str) -> Done {
        self.0.batch_execute(sql).map_err(refused)
    }

    fn rows(&mut self, sql: &str) -> Done<Vec<Vec<Option<String>>>> {
        let messages = self.0.simple_query(sql).map_err(refused)?;
        let rows = messages.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|i| row.get(i).map(str::to_owned)).collect()),
            _ => None,
        });
        Ok(rows.collect())
    }

    fn columns(&mut self, table: &str) -> Done<Vec<String>> {
        // As the search path finds it, which may name a schema of the user's own.
        let rows = self.rows(&format!(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass({}) AND attnum > 0 AND NOT attisdropped \
             ORDER BY attnum",
            quoted(table)
        ))?;
        Ok(rows.into_iter().flatten().flatten().collect())
    }

    fn insert(&mut self, spec: &TableSpec, rows: &[Row]) -> Done {
        if rows.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = spec.columns.iter().map(|column| column.name).collect();
        let sql = format!("COPY {} ({}) FROM STDIN", spec.name, names.join(", "));
        let mut copy = self.0.copy_in(&sql).map_err(refused)?;
        let mut text = String::new();
        for row in rows {
            text.clear();
            for (i, value) in row.iter().enumerate() {
                if i > 0 {
                    text.push('\t');
                }
                push(&mut text, value);
            }
            text.push('\n');
            copy.write_all(text.as_bytes()).map_err(|e| DatabaseFault::Refused(e.to_string()))?;
        }
        copy.finish().map(|_| ()).map_err(refused)
    }

    fn begin(&mut self) -> Done {
        self.run("BEGIN")
    }

    fn lock_schema(&mut self) -> Done {
        self.run(&format!("SELECT pg_advisory_xact_lock({SCHEMA_LOCK})"))
    }

    fn lock_document(&mut self, id: &str) -> Done {
        // An id is as long as the number of a lock.
        let number = u64::from_str_radix(id, 16).unwrap_or_default().cast_signed();
        self.run(&format!("SELECT pg_advisory_xact_lock({number})"))
    }
}

/// A cell as `COPY` reads it.
fn push(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("\\N"),
        Value::Integer(n) => text.push_str(&n.to_string()),
        Value::Number(n) => text.push_str(&n.0.to_string()),
        Value::Text(words) => text.extend(words.chars().flat_map(escaped)),
    }
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        '\\' => ('\\', Some('\\')),
        '\n' => ('\\', Some('n')),
        '\r' => ('\\', Some('r')),
        '\t' => ('\\', Some('t')),
        // No text of PostgreSQL can hold it.
        '\0' => ('\u{FFFD}', None),
        c => (c, None),
    };
    std::iter::once(first).chain(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_copied_as_they_are() {
        let cell = |value: Value| {
            let mut text = String::new();
            push(&mut text, &value);
            text
        };
        assert_eq!(cell(Value::Null), "\\N");
        assert_eq!(cell("\\N".into()), "\\\\N");
        assert_eq!(cell("a\tb\nc\rd\0".into()), "a\\tb\\nc\\rd\u{FFFD}");
        assert_eq!(cell(crate::normalize::Number("-97.20".parse().unwrap()).into()), "-97.20");
    }
}
