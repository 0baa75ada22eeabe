//! The tables as SQL, made from [`TableSpec`]s: names, types, keys, and what each column is.

use super::backend::{Dialect, quoted};
use crate::table::{Column, Kind, TableSpec};

/// A table with its indexes and, where the database keeps them apart, its comments.
pub fn create(spec: &TableSpec, dialect: Dialect) -> String {
    let mut lines: Vec<String> = Vec::new();
    for column in spec.columns {
        let null = if column.required { " NOT NULL" } else { "" };
        lines.push(format!("{} {}{null}", column.name, type_of(column, dialect)));
    }
    if !spec.primary_key.is_empty() {
        lines.push(format!("PRIMARY KEY ({})", spec.primary_key.join(", ")));
    }
    for key in spec.foreign_keys {
        lines.push(format!(
            "FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE CASCADE",
            key.column, key.table, key.references
        ));
    }
    let last = lines.len() - 1;
    // SQLite keeps the statement as it is given, comments and all: `.schema` shows them.
    let comment = |i: usize| spec.columns.get(i).map_or(String::new(), |c| format!(" -- {}", c.label_ja));
    let body: String = lines
        .iter()
        .enumerate()
        .map(|(i, line)| format!("  {line}{}{}\n", if i == last { "" } else { "," }, comment(i)))
        .collect();
    let mut sql = format!("CREATE TABLE {} ( -- {}\n{body});\n", spec.name, spec.title_ja);
    // Whoever joins, and whoever deletes a document, looks the rows up by these.
    for key in spec.foreign_keys.iter().filter(|key| spec.primary_key.first() != Some(&key.column)) {
        sql += &format!("CREATE INDEX {0}_{1} ON {0} ({1});\n", spec.name, key.column);
    }
    if dialect == Dialect::Postgres {
        let about = quoted(&format!("{}: {}", spec.title_ja, spec.description));
        sql += &format!("COMMENT ON TABLE {} IS {about};\n", spec.name);
        sql.extend(spec.columns.iter().map(|column| comment_on(spec, column)));
    }
    sql
}

/// A column that an earlier version did not have. Rows of that time have no value for it, whatever it asks of new ones.
pub fn add(spec: &TableSpec, column: &Column, dialect: Dialect) -> String {
    let sql = format!("ALTER TABLE {} ADD COLUMN {} {};\n", spec.name, column.name, type_of(column, dialect));
    if dialect == Dialect::Postgres { sql + &comment_on(spec, column) } else { sql }
}

fn comment_on(spec: &TableSpec, column: &Column) -> String {
    let about = quoted(&format!("{}: {}", column.label_ja, column.description));
    format!("COMMENT ON COLUMN {}.{} IS {about};\n", spec.name, column.name)
}

fn type_of(column: &Column, dialect: Dialect) -> &'static str {
    match (column.kind, dialect) {
        (Kind::Text, _) => "TEXT",
        (Kind::Integer, Dialect::Sqlite) => "INTEGER",
        (Kind::Integer, Dialect::Postgres) => "BIGINT",
        // SQLite has no decimals.
        (Kind::Number, Dialect::Sqlite) => "REAL",
        (Kind::Number, Dialect::Postgres) => "NUMERIC",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TABLES;

    /// A change here is a change of the tables that users have: once a version is released, `schema::STEPS` may need a step.
    #[test]
    fn the_tables_as_sql() {
        for (name, dialect) in [("sqlite", Dialect::Sqlite), ("postgres", Dialect::Postgres)] {
            let sql: String = TABLES.iter().map(|spec| create(spec, dialect)).collect();
            // What the columns say stands beside them in the source.
            let tables: String = sql.lines().filter(|l| !l.starts_with("COMMENT")).map(|l| format!("{l}\n")).collect();
            insta::assert_snapshot!(name, tables);
        }
    }
}
