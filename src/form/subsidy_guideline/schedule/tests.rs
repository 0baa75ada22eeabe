use super::super::raw::Governs;
use super::super::tables;
use super::*;
use crate::geometry::{Place, Rect};
use crate::layout::{Cell, Line, PageLayout};

/// A page of ruled tables one under another, a cell a word.
fn page(all: &[&[&[&str]]]) -> Layout {
    let mut page = PageLayout { number: 1, width: 500.0, height: 800.0, ..PageLayout::default() };
    let mut y = 100.0;
    for (table, rows) in all.iter().enumerate() {
        for (row, words) in rows.iter().enumerate() {
            for (col, word) in words.iter().enumerate() {
                let x = 50.0 + 100.0 * col as f32;
                let (rect, at) = (Rect::new(x, y, x + 100.0, y + 20.0), page.lines.len());
                page.lines.push(Line {
                    text: (*word).to_owned(),
                    place: Place::Box { page: 1, rect },
                    cell: Some(page.cells.len()),
                    edges: Box::default(),
                    vertical: false,
                    size: 10.0,
                    paragraph: false,
                });
                page.cells.push(Cell {
                    rect,
                    table,
                    row,
                    col,
                    row_span: 1,
                    col_span: 1,
                    open_top: false,
                    open_bottom: false,
                    open_side: false,
                    lines: at..at + 1,
                });
            }
            y += 20.0;
        }
        y += 40.0;
    }
    Layout { pages: vec![page] }
}

const COSTS: &[&[&str]] = &[&["補助対象事業", "補助率", "限度額"], &["苗木の植付け", "２分の１", "5,000円"]];
const PEOPLE: &[&[&str]] = &[&["区分", "対象者"], &["棚の修繕", "農業者"]];

#[test]
fn a_table_with_headings_of_its_own_is_not_more_of_the_one_before() {
    let read = |layout: &Layout| {
        let mut found = Found::default();
        cells::read(layout, (0, 0.0), None, &mut found);
        let project = |row: &RawScheduleRow| layout.texts(row.project.spans()).collect::<String>();
        found.rows.iter().map(project).collect::<Vec<_>>()
    };
    assert_eq!(read(&page(&[COSTS, PEOPLE])), ["苗木の植付け", "棚の修繕"]);
    assert_eq!(read(&page(&[COSTS])), ["苗木の植付け"]);
}

#[test]
fn a_table_in_no_schedule_and_no_form_is_told() {
    let told = |parts: &[(usize, f32, Governs)]| {
        let mut raw = RawGuideline { parts: parts.to_vec(), ..RawGuideline::default() };
        tables::unread(&page(&[COSTS]), Some((0, 0.0)), None, &mut raw);
        raw.doubts.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert_eq!(told(&[]), ["table_unread"]);
    assert_eq!(told(&[(0, 90.0, Governs::Other)]), ["table_unread"]);
    assert!(told(&[(0, 80.0, Governs::Other), (0, 90.0, Governs::Schedule)]).is_empty());
    assert!(told(&[(0, 90.0, Governs::Form)]).is_empty());
}
