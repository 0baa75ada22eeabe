//! The tables of one document, cell by cell.

mod cli_support;

use cli_support::full_document;
use hyoka::output::csv::{CsvTable, Dialect};
use hyoka::output::json;
use hyoka::table::{Kind, TABLES, Value, rows_of};

fn csv(dialect: Dialect) -> String {
    let mut text = String::new();
    for table in rows_of(&full_document()) {
        let mut writer = CsvTable::new(Vec::new(), table.spec, dialect).unwrap();
        for row in &table.rows {
            writer.row(row).unwrap();
        }
        text += &format!("== {}\n{}", table.spec.name, String::from_utf8(writer.finish().unwrap()).unwrap());
    }
    text
}

#[test]
fn every_cell_of_every_table() {
    insta::assert_snapshot!(csv(Dialect::Plain).replace("\r\n", "\n"));
}

#[test]
fn lines_end_as_rfc_4180_says_and_cells_keep_their_own() {
    let text = csv(Dialect::Plain);
    assert!(text.contains("\"・港に小屋を建てる。\n・名前を\"\"かもめ庵\"\"とする。\",1\r\n"));
    assert!(text.contains("\"観察小屋の整備, 第一期\""));
    assert!(!text.contains('\u{FEFF}'));
}

#[test]
fn for_excel_text_is_defused_and_numbers_are_not() {
    let text = csv(Dialect::Excel);
    assert!(text.contains("== documents\n\u{FEFF}document_id,"));
    assert!(text.contains(",'=港の小屋を増やす,"));
    assert!(text.contains(",'-小屋を3棟建てる。,"));
    assert!(text.contains(",none,'－棟,"), "a dash with its counter is text: {text}");
    assert!(text.contains(",-500000,number,"));
    assert!(text.contains(",none,-,"), "a dash alone computes nothing");
}

#[test]
fn a_document_read_back_gives_the_same_bytes_and_the_same_tables() {
    let document = full_document();
    let bytes = json::pretty(&document).unwrap();
    let again = json::parse(&bytes).unwrap();
    assert_eq!(again, document);
    assert_eq!(json::pretty(&again).unwrap(), bytes);
    let rows = |d| rows_of(d).into_iter().map(|t| t.rows).collect::<Vec<_>>();
    assert_eq!(rows(&again), rows(&document));
}

#[test]
fn rows_hold_what_their_columns_say() {
    for table in rows_of(&full_document()) {
        for row in &table.rows {
            assert_eq!(row.len(), table.spec.columns.len(), "{}", table.spec.name);
            for (column, value) in table.spec.columns.iter().zip(row) {
                let place = format!("{}.{}: {value:?}", table.spec.name, column.name);
                let kind = match value {
                    Value::Null => {
                        assert!(!column.required, "{place}");
                        continue;
                    }
                    Value::Text(text) => {
                        assert!(column.values.is_empty() || column.values.contains(&text.as_str()), "{place}");
                        Kind::Text
                    }
                    Value::Integer(_) => Kind::Integer,
                    Value::Number(_) => Kind::Number,
                };
                assert_eq!(kind, column.kind, "{place}");
            }
        }
    }
}

#[test]
fn keys_name_columns_that_are_there() {
    for spec in TABLES {
        let has = |name: &&str| spec.columns.iter().any(|c| c.name == *name);
        assert!(spec.primary_key.iter().all(has), "{}", spec.name);
        for key in spec.foreign_keys {
            let target = TABLES.iter().find(|t| t.name == key.table).expect(key.table);
            assert!(has(&key.column) && target.primary_key == [key.references], "{}", spec.name);
        }
    }
}
