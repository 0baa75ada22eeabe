//! 「主な取組」検証票, 様式１: one sheet per initiative, Plan / Do / Check / Action.
//!
//! Two readers, one result: [`cells`] finds values by the ruled cell beside or below a label, [`flat`] by the logic of
//! the form in text whose reading order an extractor scrambled; [`assemble`] interprets what either found.

mod actors;
mod assemble;
mod cells;
mod flat;
mod judgment;
mod labels;
mod record;
mod sheet;
#[cfg(test)]
mod stages;

use std::collections::BTreeMap;

use super::FormReading;
use super::recognise::Form;
use crate::diagnostic::Diagnostic;
use crate::form::document::{FormId, Record};
use crate::layout::{Layout, PageLayout};
use labels::Label;
pub use record::{
    Budget, BudgetKind, Category, Development, Do, Improvement, Indicator, InitiativeSheet, Judgment, Level, Measure,
    OutputIndicator, Plan, Program, Scale,
};
use sheet::{RawSheet, Slot};

pub const ID: &str = "initiative_sheet";

/// By the printed title, or, where an extractor lost it, by the labels of the Plan part.
pub(super) const FORM: Form = Form { id: ID, title, signs: flat::signs, read };

fn title(page: &PageLayout) -> Option<String> {
    let titled = page.lines.iter().any(|l| labels::opener(&l.text) == Some(Label::Title));
    titled.then(|| "「主な取組」検証票".to_owned())
}

/// Reads every sheet of the document.
fn read(layout: &Layout, first: usize) -> FormReading {
    let mut out = FormReading::default();
    let mut form = FormId { id: ID.to_owned(), title: None, edition: None };
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    for (sheet, view) in sheets(layout) {
        let done = assemble::assemble(layout, &sheet, first + out.records.len());
        let left = view.map_or_else(Vec::new, |view| cells::left_over(&view, &done.claims));
        for year in results_years(&done.record) {
            *years.entry(year).or_default() += 1;
        }
        form.title = form.title.or_else(|| printed(layout, &sheet.title));
        form.edition = form.edition.or_else(|| printed(layout, &sheet.edition).map(edition));
        out.evidence.extend(done.evidence);
        out.diagnostics.extend(done.diagnostics);
        out.diagnostics.extend(left.iter().map(|d| d.diagnostic(first + out.records.len())));
        out.claims.extend(done.claims);
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

/// By ruled cells where the page has them, else by the text; of ruled sheets their cells too.
fn sheets(layout: &Layout) -> Vec<(RawSheet, Option<cells::View<'_>>)> {
    if layout.pages.iter().all(|p| p.cells.is_empty()) {
        return flat::sheets(layout).iter().map(|part| (flat::read(layout, part), None)).collect();
    }
    let read = |part: cells::Part| match cells::read(layout, &part) {
        Some((sheet, view)) => (sheet, Some(view)),
        None => (flat::read(layout, &cells::lines_of(layout, &part)), None),
    };
    cells::parts(layout).into_iter().map(read).collect()
}

/// The year of the results: that of the target, which stands beside the last actual, else the latest actual's.
fn results_years(record: &InitiativeSheet) -> Vec<i32> {
    let year = |i: &Indicator| {
        let actuals = i.actuals.iter().map(|a| a.fiscal_year);
        i.target.as_ref().map(|t| t.fiscal_year).or_else(|| actuals.max())
    };
    record.do_.indicators.iter().filter_map(year).collect()
}

fn printed(layout: &Layout, slot: &Slot) -> Option<String> {
    let text: String = layout.texts(slot.spans()).collect();
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// 様式１ of 様式１（主な取組）.
fn edition(printed: String) -> String {
    printed.split(['（', '(']).next().unwrap_or(&printed).trim().to_owned()
}
