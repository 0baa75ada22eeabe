//! 別表: the projects, and what is paid for each. By ruled cells where the page has them ([`cells`]), else by the logic of
//! flattened text ([`projects`] for 別表第１, [`costs`] for 別表第２).

mod cells;
mod columns;
mod costs;
mod projects;
pub(super) mod rate;
mod tokens;
mod unit;

use super::body::Section;
use super::print::Print;
use super::raw::{RawGuideline, RawScheduleRow};
use super::rows::Row;
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::slot::{Doubt, Slot};
use crate::layout::{Layout, Span};

/// Reads the rows of one schedule into `raw`. `end`: where the guideline ends among the rows.
pub(super) fn read(layout: &Layout, rows: &[Row], section: &Section, end: usize, raw: &mut RawGuideline) {
    let at = format!("/schedules/{}", section.schedule);
    let mut found = Found::default();
    if layout.pages.iter().all(|p| p.cells.is_empty() && p.height == 0.0) {
        let lines = &rows[section.rows.clone()];
        let names: Vec<String> = project_names(layout, raw);
        found = tokens::read(layout, lines, &names);
    } else {
        let from = &rows[section.rows.start.saturating_sub(1)];
        let to = rows.get(section.rows.end.max(section.rows.start)).filter(|_| section.rows.end <= end);
        cells::read(layout, (from.page, from.y), to.map(|r| (r.page, r.y)), &mut found);
    }
    let around = unit::around(&rows[section.heading..section.rows.end.max(section.rows.start)]);
    for row in &mut found.rows {
        row.unit = row.unit.or(around.unit);
    }
    raw.labels.extend(around.labels);
    raw.labels.extend(found.labels);
    let doubt = |(below, code, message): (String, &'static str, String)| Doubt {
        severity: Severity::Warning,
        code,
        message,
        at: format!("{at}{below}"),
    };
    raw.doubts.extend(found.doubts.into_iter().map(doubt));
    if found.rows.is_empty() {
        let message = "no rows of projects or expenses were found here; what is printed is unassigned".to_owned();
        raw.doubts.push(Doubt { severity: Severity::Warning, code: "schedule_unread", message, at });
    }
    if let Some(schedule) = raw.schedules.get_mut(section.schedule) {
        schedule.rows = found.rows;
    }
}

/// The projects that the schedules before name, without spaces.
fn project_names(layout: &Layout, raw: &RawGuideline) -> Vec<String> {
    let rows = raw.schedules.iter().flat_map(|s| &s.rows);
    rows.map(|row| Print::tight(layout, row.project.spans()).text()).collect()
}

/// What a schedule prints.
#[derive(Debug, Default)]
struct Found {
    rows: Vec<RawScheduleRow>,
    labels: Vec<Span>,
    /// Pointer below the schedule, code, message.
    doubts: Vec<(String, &'static str, String)>,
}

/// Parts the number from the name of a project: `一 港の…`, `１　港の…`, `（１）港の…`, `①港の…`.
/// `hang`: the number is parted by a line break or a space.
fn numbered(layout: &Layout, spans: &[Span], method: Method) -> (Slot, Slot) {
    let print = Print::spaced(layout, spans);
    let chars = &print.chars;
    let end = match super::marks::mark(chars) {
        Some(mark) => Some(mark.end),
        None => super::marks::number(chars, 0)
            .filter(|(_, end)| chars.get(*end).is_some_and(|c| c.is_whitespace() || "．.、".contains(*c)))
            .map(|(_, end)| end),
    };
    let Some(end) = end else { return (Slot::Unplaced, Slot::read(spans.to_vec(), method)) };
    let rest = end + usize::from(chars.get(end).is_some_and(|c| "．.、".contains(*c)));
    (Slot::read(print.spans(0, end), method), Slot::read(print.spans(rest, chars.len()), method))
}

#[cfg(test)]
mod tests;
