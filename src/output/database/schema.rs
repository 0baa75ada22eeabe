//! The tables in their place: made where there are none, brought up to date where an older version made them.

use super::backend::{Backend, quoted};
use super::{Done, ddl, root};
use crate::error::DatabaseFault;
use crate::output::VERSION;
use crate::table::TableSpec;

/// One row: the version of the tables, the program that last changed them, and whether the last load came to its end.
pub const VERSIONS: &str = "hyoka_schema";
/// One row a document: what it was read by, and the hash of what was loaded.
pub const LOADED: &str = "hyoka_documents";

/// What turns the tables of the version before into those of `version`. Tables and columns that are new need no step: they
/// are added whatever the version. One that is renamed, or means something else, does.
struct Step {
    version: i64,
    sql: &'static str,
}

const STEPS: &[Step] = &[
    Step { version: 1, sql: "" },
    Step { version: 2, sql: "ALTER TABLE hyoka_documents ADD COLUMN content TEXT NOT NULL DEFAULT ''" },
];

pub fn prepare(backend: &mut dyn Backend, specs: &[&TableSpec]) -> Done {
    with_steps(backend, specs, STEPS)
}

fn with_steps(backend: &mut dyn Backend, specs: &[&TableSpec], steps: &[Step]) -> Done {
    let known = steps.last().map_or(0, |step| step.version);
    backend.transaction(&mut |backend| {
        backend.lock_schema()?;
        match version(backend)? {
            None => create(backend, specs, known),
            Some(found) if found > known => Err(DatabaseFault::Newer { found, known }),
            Some(found) => update(backend, specs, steps, found),
        }
    })
}

/// `None`: hyoka has not been here.
fn version(backend: &mut dyn Backend) -> Done<Option<i64>> {
    if backend.columns(VERSIONS)?.is_empty() {
        return Ok(None);
    }
    let rows = backend.rows(&format!("SELECT version FROM {VERSIONS}"))?;
    let version = rows.first().and_then(|row| row[0].as_deref()).and_then(|n| n.parse().ok());
    version.map(Some).ok_or_else(|| DatabaseFault::Foreign(VERSIONS.to_owned()))
}

fn create(backend: &mut dyn Backend, specs: &[&TableSpec], known: i64) -> Done {
    // Someone else's table of the same name must not be written to.
    for table in specs.iter().map(|spec| spec.name).chain([LOADED]) {
        if !backend.columns(table)?.is_empty() {
            return Err(DatabaseFault::Foreign(table.to_owned()));
        }
    }
    for spec in specs {
        backend.run(&ddl::create(spec, backend.dialect()))?;
    }
    let Some((table, key)) = root(specs) else { return Ok(()) };
    backend.run(&format!(
        "CREATE TABLE {VERSIONS} (version BIGINT NOT NULL, hyoka TEXT NOT NULL, settled BIGINT NOT NULL);\n\
         INSERT INTO {VERSIONS} (version, hyoka, settled) VALUES ({known}, {program}, 1);\n\
         CREATE TABLE {LOADED} (document_id TEXT NOT NULL PRIMARY KEY, read_by TEXT NOT NULL, content TEXT NOT NULL, \
         records BIGINT NOT NULL, warnings BIGINT NOT NULL, FOREIGN KEY (document_id) REFERENCES {table} ({key}) ON DELETE CASCADE)",
        program = quoted(VERSION)
    ))
}

fn update(backend: &mut dyn Backend, specs: &[&TableSpec], steps: &[Step], found: i64) -> Done {
    let mut changed = false;
    for step in steps.iter().filter(|step| step.version > found) {
        backend.run(step.sql)?;
        changed = true;
    }
    for spec in specs {
        let there = backend.columns(spec.name)?;
        if there.is_empty() {
            backend.run(&ddl::create(spec, backend.dialect()))?;
            changed = true;
            continue;
        }
        for column in spec.columns.iter().filter(|column| !there.iter().any(|name| name == column.name)) {
            backend.run(&ddl::add(spec, column, backend.dialect()))?;
            changed = true;
        }
    }
    if !changed {
        return Ok(());
    }
    // What was loaded before stays as it is until it is loaded again; it no more counts as done.
    let known = steps.last().map_or(found, |step| step.version);
    backend.run(&format!(
        "DELETE FROM {LOADED};\nUPDATE {VERSIONS} SET version = {known}, hyoka = {}, settled = 0",
        quoted(VERSION)
    ))
}

#[cfg(test)]
mod tests {
    use super::super::sqlite;
    use super::*;
    use crate::table::{Column, ForeignKey};

    static ROOT: TableSpec = TableSpec {
        name: "papers",
        title_ja: "紙",
        description: "A row a paper.",
        columns: &[Column::text("paper_id", "紙ID", "Its key.").required()],
        primary_key: &["paper_id"],
        foreign_keys: &[],
    };
    const FIRST: Column = Column::text("paper_id", "紙ID", "Its paper.").required();
    const KEY: &[ForeignKey] = &[ForeignKey { column: "paper_id", table: "papers", references: "paper_id" }];
    static OLD: TableSpec = TableSpec {
        name: "lines",
        title_ja: "行",
        description: "A row a line.",
        columns: &[FIRST, Column::text("word", "語", "What it says.")],
        primary_key: &[],
        foreign_keys: KEY,
    };
    static GROWN: TableSpec = TableSpec {
        name: "lines",
        title_ja: "行",
        description: "A row a line.",
        columns: &[
            FIRST,
            Column::text("words", "語", "What it says."),
            Column::integer("page", "ページ", "Where.").required(),
        ],
        primary_key: &[],
        foreign_keys: KEY,
    };
    const RENAMED: Step = Step { version: 2, sql: "ALTER TABLE lines RENAME COLUMN word TO words" };
    const BEGIN: Step = Step { version: 1, sql: "" };

    fn cells(backend: &mut dyn Backend, sql: &str) -> Vec<Option<String>> {
        backend.rows(sql).unwrap().into_iter().flatten().collect()
    }

    #[test]
    fn older_tables_are_brought_up_to_date_and_keep_their_rows() {
        let mut backend = sqlite::in_memory();
        with_steps(&mut *backend, &[&ROOT, &OLD], &[BEGIN]).unwrap();
        backend.run("INSERT INTO papers VALUES ('a'); INSERT INTO lines VALUES ('a', '松')").unwrap();
        backend.run("INSERT INTO hyoka_documents VALUES ('a', '{}', '', 1, 0)").unwrap();

        let update = |backend: &mut dyn Backend| with_steps(backend, &[&ROOT, &GROWN], &[BEGIN, RENAMED]).unwrap();
        for _ in 0..2 {
            update(&mut *backend);
            assert_eq!(backend.columns("lines").unwrap(), ["paper_id", "words", "page"]);
            assert_eq!(cells(&mut *backend, "SELECT words FROM lines"), [Some("松".to_owned())]);
            assert_eq!(cells(&mut *backend, "SELECT version FROM hyoka_schema"), [Some("2".to_owned())]);
            assert!(cells(&mut *backend, "SELECT * FROM hyoka_documents").is_empty(), "what is old is read again");
        }
        let older = with_steps(&mut *backend, &[&ROOT, &OLD], &[BEGIN]).unwrap_err();
        assert_eq!(older, DatabaseFault::Newer { found: 2, known: 1 });
    }

    #[test]
    fn tables_of_others_are_left_alone() {
        let mut backend = sqlite::in_memory();
        backend.run("CREATE TABLE lines (mine TEXT)").unwrap();
        let refused = with_steps(&mut *backend, &[&ROOT, &OLD], &[BEGIN]).unwrap_err();
        assert_eq!(refused, DatabaseFault::Foreign("lines".to_owned()));
        assert!(backend.columns("papers").unwrap().is_empty(), "nothing is made by halves");
    }
}
