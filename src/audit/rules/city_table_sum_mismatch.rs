//! # HY402 city-table-sum-mismatch
//!
//! 日本語: 区分ごとの都市数の合計が都市数と違う
//!
//! ## What it does
//!
//! Adds the classes of a table of 都市数 up that exclude each other (全区, 一部の区, １か所のみ; 重複して設置していない) and holds them against the
//! number of cities of the first list. Tables that cities may answer more than once (複数回答) are left alone, counts in brackets too.
//!
//! ## Why it matters
//!
//! A city is missing in the table, or counted twice.
//!
//! ## Example
//!
//! ```json
//! { "kind": "slide_theme",
//!   "tables": [ { "title": "設置状況", "header": ["", "全区に設置", "一部の区に設置"], "rows": [["都市数", "2", "5"]], "notes": [] } ],
//!   "city_lists": [ { "label": "窓口を設置している都市", "current": { "raw": "8市" }, "cities": null } ] }
//! ```
//!
//! ```finding
//! error /records/0/tables/0: expected 8, found 7
//! ```
//!
//! ## When to ignore it
//!
//! Where the table is of other cities than the list.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use rust_decimal::Decimal;

use crate::form::slide_deck::SlideTheme;
use crate::normalize::dash;
use crate::normalize::fold::key;

pub static RULE: Rule = Rule {
    code: "HY402",
    name: "city-table-sum-mismatch",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("city_table_sum_mismatch.rs"),
    check: Check::Slides(check),
};

fn check(theme: &SlideTheme, view: &View, out: &mut Vec<Draft>) {
    let Some(count) = theme.city_lists.first().and_then(|l| l.current.as_ref()).and_then(|q| q.value) else { return };
    for (t, table) in theme.tables.iter().enumerate() {
        let header = table.header.value().map(|h| h.concat()).unwrap_or_default();
        let title = table.title.value().map(String::as_str).unwrap_or_default();
        let notes = table.notes.concat();
        let many = [title, &header, &notes]
            .iter()
            .any(|s| s.contains("複数回答") || s.contains("複数の") || s.contains("複数ある"));
        if many || !excluding(&header) {
            continue;
        }
        let [row] = table.rows.as_slice() else { continue };
        let cells: Option<Vec<u64>> = row.iter().skip(1).filter_map(|c| cell(c)).collect();
        let Some(cells) = cells.filter(|c| c.len() > 1) else { continue };
        let sum: u64 = cells.iter().sum();
        if Decimal::from(sum) == count.0 {
            continue;
        }
        let message = format!("the classes add up to {sum}, the list counts {} cities", count.0);
        out.push(
            Draft::new(view.at(format!("/tables/{t}")), message)
                .expected(count.0.to_string())
                .found(sum.to_string())
                .related(view.at("/city_lists/0/current")),
        );
    }
}

/// Do the classes exclude each other by their words: all or some, or said so?
fn excluding(header: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|w| header.contains(w));
    (has(&["全区", "全て", "すべて", "全市"]) && has(&["一部", "以上", "のみ", "1か所", "一か所", "１か所"]))
        || header.contains("重複して設置していない")
}

/// A count; `None` for what is no cell of the sum (empty, in brackets), `Some(None)` for what cannot be read.
fn cell(text: &str) -> Option<Option<u64>> {
    let text = key(text);
    if text.is_empty() || text.starts_with('(') {
        return None;
    }
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    Some(if dash::is_none(&text) { Some(0) } else { digits.parse().ok() })
}
