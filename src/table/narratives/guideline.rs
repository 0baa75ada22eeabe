//! The passages of 補助金交付要綱 that are no provisions: the contents of its 別表.

use super::{About, Passages};
use crate::form::subsidy_guideline::Guideline;
use crate::table::words::printed;

pub fn passages(guideline: &Guideline, out: &mut Passages) {
    for (i, schedule) in guideline.schedules.iter().enumerate() {
        for (k, row) in schedule.rows.iter().enumerate() {
            let path = format!("/schedules/{i}/rows/{k}");
            let number = row.number.value().map_or_else(|| schedule.name.clone(), |n| format!("{} {n}", schedule.name));
            let about = About { section: "schedule", number: number.into(), category: printed(&row.project) };
            out.push(&about, "content", &row.content, &format!("{path}/content"));
            for (e, expense) in row.expenses.iter().enumerate() {
                out.push(&about, "expenses", &expense.content, &format!("{path}/expenses/{e}/content"));
            }
        }
    }
}
