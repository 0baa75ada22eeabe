//! 補助金交付要綱: articles, supplementary provisions, forms and schedules; one record.
//!
//! | file | does |
//! |---|---|
//! | [`rows`], [`print`] | rows of the page outside of ruled cells, and the place of each of their characters |
//! | [`marks`] | how a row begins: 第N条, 項, 号 |
//! | [`heading`] | which rows begin 附則, 別表 and 様式 |
//! | [`body`] | rows → articles, paragraphs and items |
//! | [`preamble`] | dates of enactment and amendment |
//! | [`validity`] | from when and until when a 附則 holds |
//! | [`reference`] | the forms that provisions name |
//! | [`schedule`] | 別表, by ruled cells or by the logic of flattened text |
//! | [`tables`] | ruled tables that no 別表 claims |
//! | [`assemble`] | what was found → the record, its evidence and its doubts |

mod assemble;
mod body;
mod heading;
mod marks;
mod preamble;
mod print;
mod raw;
mod record;
mod reference;
mod rows;
mod schedule;
mod tables;
mod title;
mod validity;

use super::FormReading;
use super::document::{FormId, Record};
use super::recognise::Form;
use crate::layout::Layout;
pub use record::{
    Article, Enactment, Expense, Guideline, GuidelineForm, GuidelineSchedule, Item, Paragraph, Rate, ScheduleRow,
    Supplement,
};

pub const ID: &str = "subsidy_guideline";

/// By a title that a first article follows, or, where the title is lost, by what only such rules print.
pub(super) const FORM: Form = Form { id: ID, title: title::of_page, signs: title::signs, read };

/// Reads every guideline of the document.
fn read(layout: &Layout, first: usize) -> FormReading {
    let mut out = FormReading::default();
    let mut rows = rows::rows(layout);
    let mut form = FormId { id: ID.to_owned(), title: None, edition: None };
    let parts = title::parts(&rows);
    let before = parts.first().map_or(0, |part| part.start);
    out.claims.extend(rows[..before].iter().filter(|row| row.furniture).flat_map(rows::Row::spans));
    for part in parts {
        for row in &mut rows[part.title.clone()] {
            row.furniture = false;
        }
        let title = rows[part.title.clone()].iter().flat_map(rows::Row::spans).collect();
        let mut raw = raw::RawGuideline { title, ..Default::default() };
        let sections = body::read(&rows, part.title.end..part.end, &mut raw);
        let next = rows.get(part.end);
        let place = |at: usize| rows.get(at).map(|row| (row.page, row.y));
        tables::unread(layout, place(part.start), place(part.end), &mut raw);
        for section in sections {
            schedule::read(layout, &rows, &section, part.end, &mut raw);
        }
        let last = next.map_or(layout.pages.len(), |row| row.page + usize::from(row.page == rows[part.start].page));
        let last = last.max(rows.get(part.end.wrapping_sub(1)).map_or(0, |row| row.page + 1));
        raw.pages =
            layout.pages[rows[part.start].page..last.min(layout.pages.len())].iter().map(|p| p.number).collect();
        let done = assemble::assemble(layout, &raw, first + out.records.len());
        form.title = form.title.or_else(|| done.record.title.value().map(|t| title::kind(t)));
        out.evidence.extend(done.evidence);
        out.diagnostics.extend(done.diagnostics);
        out.claims.extend(done.claims);
        out.records.push(Record::Guideline(Box::new(done.record)));
    }
    out.form = form;
    out
}
