//! The 類型 of Check and Action: the names of the form's lists, put together from the short lines of a narrow cell.

use super::line::{self, Line};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::flat::category::{ACTION, CHECK, Side};
use crate::form::initiative_sheet::flat::word::{self, Class};
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::RawCategory;

/// A row of one side: its name on the form's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub side: Side,
    pub name: &'static str,
}

/// Finds the rows, in the order of the form's list, and puts their numbers and names into the record.
pub fn read(work: &mut Work) -> Vec<Row> {
    let mut out = Vec::new();
    for (side, list, at) in [(Side::Check, &CHECK[..], "/check"), (Side::Action, &ACTION[..], "/action")] {
        // Longer names first: one begins with another.
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|n| std::cmp::Reverse(list[*n].len()));
        let mut found = Vec::new();
        for n in order {
            let lines = short_lines(work);
            let Some(which) = line::spell(&lines, list[n], 5) else { continue };
            let number = number(work, n + 1);
            // 「その他」 may be anybody's word.
            if number.is_none() && list[n].chars().count() < 5 {
                continue;
            }
            let number = work.slot(&Vec::from_iter(number), Method::Inferred);
            let category = work.slot(&line::ids_of(&lines, &which), Method::Inferred);
            found.push((n, RawCategory { number, category, ..RawCategory::default() }));
        }
        found.sort_by_key(|(n, _)| *n);
        out.extend(found.iter().map(|(n, _)| Row { side, name: list[*n] }));
        if found.is_empty() {
            work.doubt(Severity::Warning, "unplaced", at, "no row was found");
        } else {
            let message = "rows in the order of the form's list of 類型";
            work.doubt(Severity::Note, "row_order_inferred", at, message);
        }
        let found = found.into_iter().map(|(_, row)| row).collect();
        match side {
            Side::Check => work.raw.check = found,
            Side::Action => work.raw.action = found,
        }
    }
    out
}

/// Pages that print the head of the table.
fn pages(work: &Work) -> Vec<usize> {
    let head = |i: &usize| {
        matches!(work.tokens[*i].label(), Some(Label::Category | Label::CheckHeading | Label::ActionHeading))
    };
    work.of(Area::Do).into_iter().filter(head).map(|i| work.tokens[i].page).collect()
}

fn short_lines(work: &Work) -> Vec<Line> {
    let pages = pages(work);
    let short = |l: &Line| pages.contains(&l.page) && l.chars.len() <= 20 && !l.text.contains('。');
    line::lines(work, &work.of(Area::Do)).into_iter().filter(short).collect()
}

fn number(work: &Work, n: usize) -> Option<usize> {
    let pages = pages(work);
    let is = |i: &usize| {
        let t = &work.tokens[*i];
        work.word(*i, Class::Number)
            && pages.contains(&t.page)
            && t.text.chars().next().and_then(word::number_value) == Some(n)
    };
    work.of(Area::Do).into_iter().find(is)
}
