//! 別紙３ in flattened text: the amounts of a table, row by row.

use crate::form::document::Method;
use crate::form::special_zone::raw::{RawAmount, RawSupportRow, Slot};
use crate::form::special_zone::record::{SupportItem, SupportKind};
use crate::layout::Span;

/// Rows of a program, in the order in which the form prints them.
const ITEMS: [SupportItem; 4] = [SupportItem::Requested, SupportItem::National, SupportItem::Local, SupportItem::Total];

/// A header with the rows of values below it.
pub(super) struct Table {
    pub kind: Option<(SupportKind, Slot)>,
    pub unit: Vec<Span>,
    pub years: Vec<i32>,
    pub rows: Vec<(Vec<Span>, Vec<Span>)>,
    pub counts: Option<Vec<Span>>,
    pub count_label: Slot,
}

pub(super) fn support_rows(table: Table, found: &[(SupportItem, Slot)]) -> Vec<RawSupportRow> {
    let n = table.years.len();
    let mut out = Vec::new();
    let place = |values: &[Span], units: &[Span]| -> (Vec<(i32, RawAmount)>, RawAmount) {
        let missing = (n + 1).saturating_sub(values.len());
        let amount = |column: usize| {
            let Some(value) = column.checked_sub(missing).and_then(|i| values.get(i)) else {
                return RawAmount { value: Slot::Blank(None), unit: Vec::new() };
            };
            let unit = units.get(column.min(units.len().saturating_sub(1)));
            let unit = unit.map_or_else(|| table.unit.clone(), |unit| vec![unit.clone()]);
            let slot = Slot::read(vec![value.clone()], Method::Order);
            let slot = if missing > 0 { slot.inferred() } else { slot };
            RawAmount { value: slot, unit }
        };
        let amounts = table.years.iter().enumerate().map(|(i, year)| (*year, amount(i))).collect();
        (amounts, amount(n))
    };
    if let Some(counts) = &table.counts {
        let (amounts, cumulative) = place(counts, &[]);
        out.push(RawSupportRow { item: SupportItem::Count, label: table.count_label.clone(), amounts, cumulative });
    }
    for (item, (values, units)) in ITEMS.iter().zip(&table.rows) {
        let (amounts, cumulative) = place(values, units);
        let label = found.iter().find(|(i, _)| i == item).map(|(_, slot)| slot.clone()).unwrap_or_default();
        out.push(RawSupportRow { item: *item, label, amounts, cumulative });
    }
    out
}
