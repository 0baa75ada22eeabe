//! What SQL needs to ask the tables: views for both DuckDB and SQLite, and how DuckDB loads the files.

use super::tables::Formats;
use crate::table::{Kind, TABLES, TableSpec};

/// `views.sql`, whatever formats the tables are in.
pub const VIEWS: &str = include_str!("views.sql");
/// Where [`VIEWS`] stand, below the folder.
pub const VIEWS_PATH: &str = "tables/views.sql";
/// Where [`load`] stands, below the folder.
pub const LOAD: &str = "tables/load.sql";

/// Statements for DuckDB, run in the folder of the tables; `None` where they are in no format that it reads.
pub fn load(formats: &Formats) -> Option<String> {
    let from: fn(&TableSpec) -> String = match formats {
        Formats { parquet: true, .. } => |spec| format!("'{}.parquet'", spec.name),
        Formats { csv: Some(_), .. } => csv,
        _ => return None,
    };
    let mut sql = "-- DuckDB：このフォルダで実行すると表を読み込みます。次に views.sql を実行してください。\n\
        -- DuckDB: loads the tables; run it in this folder, then views.sql.\n"
        .to_owned();
    for spec in TABLES {
        sql += &format!("CREATE OR REPLACE TABLE {} AS SELECT * FROM {};\n", spec.name, from(spec));
    }
    Some(sql)
}

/// With the types said: an empty column tells none, and a code such as 010006 is no number.
fn csv(spec: &TableSpec) -> String {
    let column = |c: &crate::table::Column| {
        let kind = match c.kind {
            Kind::Text => "VARCHAR",
            Kind::Integer => "BIGINT",
            Kind::Number => "DOUBLE",
        };
        format!("'{}': '{kind}'", c.name)
    };
    let columns: Vec<String> = spec.columns.iter().map(column).collect();
    format!(
        "read_csv('{}.csv', header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{}}})",
        spec.name,
        columns.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parquet_is_preferred_and_a_workbook_alone_loads_nothing() {
        let all = Formats { parquet: true, xlsx: true, ..Formats::default() };
        assert!(load(&all).unwrap().contains("FROM 'budgets.parquet';"));
        assert!(load(&Formats::default()).unwrap().contains("'amount_yen': 'BIGINT'"));
        assert_eq!(load(&Formats { xlsx: true, ..Formats::NONE }), None);
    }
}
