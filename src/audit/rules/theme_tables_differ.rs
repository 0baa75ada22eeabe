//! # HY303 theme-tables-differ
//!
//! 日本語: 同じ表題の表が、目標欄と進捗状況欄で違う値を示している
//!
//! ## What it does
//!
//! Holds two tables of one title, header and row against each other, one in the targets column and one in the progress column. 調査中 that
//! has become a number is no difference.
//!
//! ## Why it matters
//!
//! Without a date on each the reader cannot tell which of the two is right.
//!
//! ## Example
//!
//! ```json
//! { "kind": "theme", "initiatives": [ { "title": "販路の開拓", "tables": [
//!   { "title": "商談の状況", "column": "targets", "header": ["年度", "成約"], "rows": [["R1", "5件"]] },
//!   { "title": "商談の状況", "column": "progress", "header": ["年度", "成約"], "rows": [["R1", "3件"]] } ] } ] }
//! ```
//!
//! ```finding
//! warning /records/0/initiatives/0/tables: expected one value, or a date for each table, found R1 成約: 5件 (targets column) / 3件 (progress column)
//! ```
//!
//! ## When to ignore it
//!
//! Where the table of the progress column is a later count, and the text says so.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::names;
use crate::form::department_theme::{Theme, ThemeColumn};
use crate::normalize::fold::key;
use crate::normalize::quantity;

pub static RULE: Rule = Rule {
    code: "HY303",
    name: "theme-tables-differ",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("theme_tables_differ.rs"),
    check: Check::Theme(check),
};

fn check(theme: &Theme, view: &View, out: &mut Vec<Draft>) {
    for (i, initiative) in theme.initiatives.iter().enumerate() {
        let of = |column| initiative.tables.iter().enumerate().filter(move |(_, t)| t.column == column);
        for (a, first) in of(ThemeColumn::Targets) {
            let Some(title) = first.title.value() else { continue };
            let twin = of(ThemeColumn::Progress)
                .find(|(_, t)| t.title.value().is_some_and(|n| names::plain(n) == names::plain(title)));
            let Some((b, second)) = twin else { continue };
            let mut cells = Vec::new();
            for row in &first.rows {
                let Some(head) = row.first().and_then(Option::as_deref) else { continue };
                let same = |r: &&Vec<Option<String>>| {
                    r.first().and_then(Option::as_deref).is_some_and(|h| key(h) == key(head))
                };
                let Some(other) = second.rows.iter().find(same) else { continue };
                for (column, label) in first.header.iter().enumerate().skip(1) {
                    let Some(label) = label.as_deref() else { continue };
                    let Some(there) =
                        second.header.iter().position(|h| h.as_deref().is_some_and(|h| key(h) == key(label)))
                    else {
                        continue;
                    };
                    let (Some(Some(x)), Some(Some(y))) = (row.get(column), other.get(there)) else { continue };
                    let (p, q) = (quantity::parse(x), quantity::parse(y));
                    if let (Some(v), Some(w)) = (p.value, q.value)
                        && v != w
                    {
                        cells.push(format!("{head} {label}: {x} (targets column) / {y} (progress column)"));
                    }
                }
            }
            if cells.is_empty() {
                continue;
            }
            let at = view.at(format!("/initiatives/{i}/tables"));
            let message = format!("two tables called 「{title}」 differ: {}", cells.join("; "));
            out.push(
                Draft::new(at.clone(), message)
                    .expected("one value, or a date for each table")
                    .found(cells.join("; "))
                    .related(format!("{at}/{a}"))
                    .related(format!("{at}/{b}")),
            );
        }
    }
}
