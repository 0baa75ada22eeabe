//! Documents of no known form: nothing is lost, every ruled table is kept as rows of cells.

use super::document::{RuledTable, TableCell};
use crate::layout::{Cell, Layout, PageLayout};

/// The ruled tables of two or more cells, page by page, rows and columns as printed.
pub(super) fn tables(layout: &Layout) -> Vec<RuledTable> {
    let mut out = Vec::new();
    for page in &layout.pages {
        let count = page.cells.iter().map(|c| c.table + 1).max().unwrap_or(0);
        for table in 0..count {
            let mut cells: Vec<&Cell> = page.cells.iter().filter(|c| c.table == table).collect();
            if cells.len() < 2 || cells.iter().all(|c| c.lines.is_empty()) {
                continue;
            }
            cells.sort_by_key(|c| (c.row, c.col));
            let rect = cells.iter().skip(1).fold(cells[0].rect, |r, c| r.union(&c.rect));
            out.push(RuledTable { page: page.number, bbox: rect.to_bbox(), rows: rows(page, &cells) });
        }
    }
    out
}

fn rows(page: &PageLayout, cells: &[&Cell]) -> Vec<Vec<TableCell>> {
    let mut rows: Vec<(usize, Vec<TableCell>)> = Vec::new();
    for cell in cells {
        let text = page.lines[cell.lines.clone()].iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
        let entry = TableCell { text, row_span: cell.row_span, col_span: cell.col_span };
        match rows.last_mut() {
            Some((row, entries)) if *row == cell.row => entries.push(entry),
            _ => rows.push((cell.row, vec![entry])),
        }
    }
    rows.into_iter().map(|(_, entries)| entries).collect()
}
