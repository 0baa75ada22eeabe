//! Ruled tables that stand in no 別表 and in no form: nothing reads them, which is said.

use super::raw::{Governs, RawGuideline};
use crate::diagnostic::Severity;
use crate::form::slot::Doubt;
use crate::geometry::Rect;
use crate::layout::Layout;

/// So many tables are told of.
const TOLD: usize = 20;
/// A box around words is no table.
const CELLS: usize = 4;

/// Tells of the tables from the first row of a guideline to that of the next one (page and height).
pub(super) fn unread(layout: &Layout, from: Option<(usize, f32)>, to: Option<(usize, f32)>, raw: &mut RawGuideline) {
    let Some((first, top)) = from else { return };
    let mut told = 0;
    for (page, content) in layout.pages.iter().enumerate().skip(first) {
        if to.is_some_and(|to| page > to.0) {
            break;
        }
        for cells in content.cells.chunk_by(|a, b| a.table == b.table) {
            let whole = cells.iter().map(|c| c.rect).reduce(|a: Rect, b| a.union(&b)).unwrap_or_default();
            let outside = page == first && whole.y1 < top || to.is_some_and(|to| page == to.0 && whole.y0 > to.1);
            // A heading may stand in the first cell.
            let before = raw.parts.iter().filter(|p| p.0 < page || p.0 == page && p.1 < whole.y1);
            let governs =
                before.max_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap_or(std::cmp::Ordering::Equal));
            let read = governs.is_some_and(|p| p.2 != Governs::Other);
            let words: String = cells
                .iter()
                .flat_map(|c| c.lines.clone())
                .filter_map(|line| content.lines.get(line))
                .map(|line| line.text.trim())
                .collect();
            if outside || read || cells.len() < CELLS || words.is_empty() || told == TOLD {
                continue;
            }
            told += 1;
            let opening: String = words.chars().take(30).collect();
            let message = format!(
                "the table 「{opening}…」 on page {} stands in no 別表 and in no form; it is left unassigned",
                content.number
            );
            let (code, at) = ("table_unread", "/schedules".to_owned());
            raw.doubts.push(Doubt { severity: Severity::Warning, code, message, at });
        }
    }
}
