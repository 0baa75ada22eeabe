//! 取組テーマ: counts of cities, those of the lists and those of the tables.

use super::{Of, Values};
use crate::form::slide_deck::{CountTable, SlideTheme};
use crate::normalize::{State, quantity};
use crate::table::words::printed;

pub fn values(theme: &SlideTheme, values: &mut Values) {
    for (i, list) in theme.city_lists.iter().enumerate() {
        let of = Of { indicator: printed(&list.label), kind: "output" };
        for (role, leaf, count) in [("previous", "previous", &list.previous), ("actual", "current", &list.current)] {
            if let Some(count) = count {
                values.quantity(&of, role, None, count, &format!("/city_lists/{i}/{leaf}"));
            }
        }
    }
    for (i, table) in theme.tables.iter().enumerate() {
        counts(table, &format!("/tables/{i}"), values);
    }
}

/// Each cell that is one number, under the table's title and the heading of its column.
fn counts(table: &CountTable, path: &str, values: &mut Values) {
    let Some(header) = table.header.value() else { return };
    for (r, row) in table.rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let count = quantity::parse(cell);
            if count.state != State::Number || header.get(c).is_none_or(String::is_empty) {
                continue;
            }
            let title = table.title.value().map_or("", String::as_str);
            let indicator = format!("{title} {}", header[c]).trim().to_owned();
            let of = Of { indicator: indicator.into(), kind: "output" };
            values.quantity(&of, "actual", None, &count, &format!("{path}/rows/{r}/{c}"));
        }
    }
}
