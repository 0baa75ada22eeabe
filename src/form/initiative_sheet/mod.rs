//! 「主な取組」検証票, 様式１: one sheet per initiative, Plan / Do / Check / Action.
//!
//! Two readers, one result: [`cells`] finds values by the ruled cell beside or below a label, [`flat`] by the logic of
//! the form in text whose reading order an extractor scrambled; [`assemble`] interprets what either found.

mod assemble;
mod cells;
mod flat;
mod judgment;
mod labels;
mod leaf;
mod record;
mod sheet;

use std::collections::BTreeMap;

use super::{FormReading, Recognised};
use crate::diagnostic::Diagnostic;
use crate::form::document::{FormId, Record};
use crate::layout::{Layout, Span};
use labels::Label;
pub use record::{
    Budget, BudgetKind, Category, Development, Do, Improvement, Indicator, InitiativeSheet, Judgment, Level, Measure,
    OutputIndicator, Plan, Program, Scale, YearQuantity,
};
use sheet::{RawSheet, Slot};

pub const ID: &str = "initiative_sheet";

/// How sure the form's own print makes that this is it: the title alone is enough.
pub(super) fn recognise(layout: &Layout) -> Option<Recognised> {
    let mut titles = 0;
    for line in layout.pages.iter().flat_map(|p| &p.lines) {
        titles += usize::from(labels::label(&line.text).is_some_and(|(l, _)| l == Label::Title));
    }
    (titles > 0).then(|| Recognised { reason: format!("{titles} × 「主な取組」検証票"), read })
}

/// Reads every sheet of the document.
fn read(layout: &Layout) -> FormReading {
    let mut out = FormReading::default();
    let mut form = FormId { id: ID.to_owned(), title: None, edition: None };
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    for sheet in sheets(layout) {
        let done = assemble::assemble(layout, &sheet, out.records.len());
        for year in results_years(&done.record) {
            *years.entry(year).or_default() += 1;
        }
        form.title = form.title.or_else(|| printed(layout, &sheet.title));
        form.edition = form.edition.or_else(|| printed(layout, &sheet.edition).map(edition));
        out.evidence.extend(done.evidence);
        out.diagnostics.extend(done.diagnostics);
        out.claims.extend(claims(&sheet));
        out.records.push(Record::Initiative(Box::new(done.record)));
    }
    if years.len() > 1 {
        let message = format!(
            "the sheets give results of several fiscal years: {years:?}; the most common one is the document's"
        );
        out.diagnostics.push(Diagnostic::warning("several_fiscal_years", message).at("/fiscal_year"));
    }
    // The most common year; the latest of equals.
    out.fiscal_year = years.into_iter().max_by_key(|&(year, n)| (n, year)).map(|(year, _)| year);
    out.form = form;
    out
}

fn sheets(layout: &Layout) -> Vec<RawSheet> {
    cells::parts(layout).iter().filter_map(|part| cells::read(layout, part)).collect()
}

/// The year of the results: that of the last actual of each indicator.
fn results_years(record: &InitiativeSheet) -> Vec<i32> {
    record.do_.indicators.iter().filter_map(|i| i.actuals.last()).map(|a| a.fiscal_year).collect()
}

fn printed(layout: &Layout, slot: &Slot) -> Option<String> {
    let text: String = layout.texts(slot.spans()).collect();
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// 様式１ of 様式１（主な取組）.
fn edition(printed: String) -> String {
    printed.split(['（', '(']).next().unwrap_or(&printed).trim().to_owned()
}

/// Every span that a field or a label of the sheet took.
fn claims(sheet: &RawSheet) -> Vec<Span> {
    let mut out = sheet.labels.clone();
    sheet.each_slot(&mut |slot| out.extend_from_slice(slot.spans()));
    out
}
