//! A theme as found: which printed lines stand in which column of which initiative, nothing yet interpreted.

use crate::form::document::Method;
use crate::form::slot::{Doubt, Slot};
use crate::layout::Span;

#[derive(Debug, Clone, Default)]
pub struct RawTheme {
    pub pages: Vec<u32>,
    /// 部局運営方針, where it is printed.
    pub form_title: Slot,
    pub department: Slot,
    pub number: Slot,
    pub title: Slot,
    /// めざす方向
    pub directions: Vec<Entry>,
    pub initiatives: Vec<RawInitiative>,
    /// Headings, running heads, page numbers.
    pub labels: Vec<Span>,
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, Default)]
pub struct RawInitiative {
    pub title: Slot,
    /// The heading of the third column, with its date.
    pub as_of: Slot,
    /// What is printed in each column, in reading order over all pages.
    pub columns: [Vec<Entry>; 3],
}

#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Line(RawLine),
    Table(RawTable),
}

/// One printed line of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct RawLine {
    pub span: Span,
    pub method: Method,
    /// Begins a paragraph, as far as its place and the length of the line before tell.
    pub paragraph: bool,
    /// Empty space stands before it.
    pub gap: bool,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawTable {
    /// `Blank` where none is printed.
    pub title: Slot,
    pub header: Vec<Slot>,
    pub rows: Vec<Vec<Slot>>,
    /// Why the parting of its cells is a rule of thumb, if it is.
    pub doubt: Option<String>,
}
