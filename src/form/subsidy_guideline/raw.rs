//! What the readers find of a guideline before anything is interpreted: which printed text goes to which field.

use crate::form::slot::{Doubt, Slot};
use crate::layout::Span;
use crate::normalize::MoneyUnit;

#[derive(Debug, Default)]
pub(super) struct RawGuideline {
    /// Pages, from 1.
    pub pages: Vec<u32>,
    pub title: Vec<Span>,
    pub enacted: Option<RawEnactment>,
    pub amendments: Vec<RawEnactment>,
    pub articles: Vec<RawArticle>,
    pub supplementary: Vec<RawSupplement>,
    /// Headings of printed forms, in their order.
    pub templates: Vec<RawTemplate>,
    pub schedules: Vec<RawSchedule>,
    /// Where each part begins, page and height, and what it is: tables belong to the part that they stand in.
    pub parts: Vec<(usize, f32, Governs)>,
    /// Headings, marks and furniture: what is no value.
    pub labels: Vec<Span>,
    pub doubts: Vec<Doubt>,
}

/// What the tables of a part are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Governs {
    /// Read as those of a 別表.
    Schedule,
    /// A form's, to be filled in.
    Form,
    /// None that anything reads.
    Other,
}

#[derive(Debug, Default)]
pub(super) struct RawEnactment {
    /// ISO 8601.
    pub date: String,
    pub date_spans: Vec<Span>,
    pub reference: Vec<Span>,
}

#[derive(Debug, Default)]
pub(super) struct RawArticle {
    pub number: u32,
    pub branch: Option<u32>,
    /// 第N条
    pub head: Vec<Span>,
    pub caption: Vec<Span>,
    pub paragraphs: Vec<RawParagraph>,
}

#[derive(Debug, Default)]
pub(super) struct RawParagraph {
    pub number: u32,
    /// Its number, or the heading that makes it the first.
    pub mark: Vec<Span>,
    pub caption: Vec<Span>,
    pub text: Vec<Span>,
    pub items: Vec<RawItem>,
    /// Why the paragraph's number is a matter of opinion.
    pub inferred: bool,
}

#[derive(Debug, Default)]
pub(super) struct RawItem {
    pub mark: Vec<Span>,
    /// Its text, then each of its divisions.
    pub parts: Vec<Vec<Span>>,
}

#[derive(Debug, Default)]
pub(super) struct RawSupplement {
    pub amendment: Option<RawEnactment>,
    pub paragraphs: Vec<RawParagraph>,
}

/// 様式第１（第５条関係）, the heading of a form that is printed behind the articles.
#[derive(Debug)]
pub(super) struct RawTemplate {
    pub number: u32,
    pub branch: Option<u32>,
    /// The article that the heading names.
    pub article: Option<(u32, Option<u32>)>,
    pub heading: Vec<Span>,
    /// From 1.
    pub page: u32,
}

#[derive(Debug, Default)]
pub(super) struct RawSchedule {
    pub name: Vec<Span>,
    pub basis: Vec<Span>,
    pub rows: Vec<RawScheduleRow>,
}

#[derive(Debug, Default, Clone)]
pub(super) struct RawScheduleRow {
    pub number: Slot,
    pub project: Slot,
    pub content: Slot,
    pub recipient: Slot,
    pub expenses: Vec<RawExpense>,
    /// 補助率 and 上限額, in one column or in two; `None` where the schedule has no such column.
    pub rate: Option<Slot>,
    /// Does the heading of the rates say that the limit stands there too?
    pub limit_beside_rate: bool,
    pub limit: Option<Slot>,
    /// The printed unit of bare amounts: that of the column, else that around the table.
    pub unit: Option<MoneyUnit>,
}

#[derive(Debug, Default, Clone)]
pub(super) struct RawExpense {
    pub class: Slot,
    pub item: Slot,
    pub content: Slot,
}
