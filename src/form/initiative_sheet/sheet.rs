//! What a reader finds on one sheet before anything is interpreted: which printed text goes to which field.
//!
//! The reader of ruled cells and the reader of flattened text both end here; [`super::assemble`] turns it
//! into the record, its evidence and its diagnostics, so that both give the same values for the same print.

use super::record::BudgetKind;
pub use crate::form::slot::{Doubt, RawYear, Slot};
use crate::layout::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct RawBudget {
    pub fiscal_year: Option<i32>,
    pub kind: BudgetKind,
    pub amount: Slot,
    /// 主な財源 and 実施方法 of the side (settlement or initial) that the amount stands on.
    pub fund: Slot,
    pub method: Slot,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawProgram {
    pub name: Slot,
    pub next_name: Slot,
    /// Settled, settlement estimate, initial, in this order.
    pub budgets: Vec<RawBudget>,
    pub activity: Slot,
    pub next_activity: Slot,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawOutputIndicator {
    pub name: Slot,
    pub targets: Vec<RawYear>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawIndicator {
    pub name: Slot,
    pub actuals: Vec<RawYear>,
    pub target: RawYear,
    pub achievement: Slot,
    pub summary: Slot,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawImprovement {
    pub planned: Slot,
    pub reflected: Slot,
}

/// A row of Check or Action. `number` may be empty when the number stands in front of the category's text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawCategory {
    pub number: Slot,
    pub category: Slot,
    pub text: Slot,
}

/// Where the page prints the year of values: the heading over a column.
#[derive(Debug, Clone, PartialEq)]
pub struct YearHeading {
    /// The list (or the one value) below the record that stands under it: `/do/indicators/0/actuals`.
    pub at: String,
    pub fiscal_year: i32,
    pub heading: Slot,
}

/// One sheet as found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawSheet {
    /// Pages (from 1) that the sheet stands on.
    pub pages: Vec<u32>,
    /// 様式１, the printed edition, without （主な取組）.
    pub edition: Slot,
    pub title: Slot,
    /// `3-(5)-イ`; may hold number and title together when the page does not part them.
    pub development_number: Slot,
    pub development_title: Slot,
    /// ① and title together, as the form prints them.
    pub measure: Slot,
    pub sub_measure: Slot,
    pub direction: Slot,
    pub initiative: Slot,
    pub outcome_indicator: Slot,
    pub summary: Slot,
    pub activity: Slot,
    pub actors: Slot,
    pub output_indicators: Vec<RawOutputIndicator>,
    pub department: Slot,
    pub phone: Slot,
    pub url: Slot,
    /// （単位：千円）
    pub money_unit: Slot,
    pub programs: Vec<RawProgram>,
    pub indicators: Vec<RawIndicator>,
    pub judgment: Slot,
    pub rationale: Slot,
    pub improvements: Vec<RawImprovement>,
    pub check: Vec<RawCategory>,
    pub action: Vec<RawCategory>,
    pub year_headings: Vec<YearHeading>,
    /// Labels, headings and page furniture of the form itself.
    pub labels: Vec<Span>,
    pub doubts: Vec<Doubt>,
}

#[cfg(test)]
impl RawSheet {
    /// Visits every field.
    pub fn each_slot(&self, visit: &mut dyn FnMut(&Slot)) {
        let single = [
            &self.edition,
            &self.title,
            &self.development_number,
            &self.development_title,
            &self.measure,
            &self.sub_measure,
            &self.direction,
            &self.initiative,
            &self.outcome_indicator,
            &self.summary,
            &self.activity,
            &self.actors,
            &self.department,
            &self.phone,
            &self.url,
            &self.money_unit,
            &self.judgment,
            &self.rationale,
        ];
        single.into_iter().for_each(&mut *visit);
        for x in &self.output_indicators {
            visit(&x.name);
            x.targets.iter().for_each(|t| visit(&t.value));
        }
        for p in &self.programs {
            [&p.name, &p.next_name, &p.activity, &p.next_activity].into_iter().for_each(&mut *visit);
            for b in &p.budgets {
                [&b.amount, &b.fund, &b.method].into_iter().for_each(&mut *visit);
            }
        }
        for x in &self.indicators {
            [&x.name, &x.target.value, &x.achievement, &x.summary].into_iter().for_each(&mut *visit);
            x.actuals.iter().for_each(|a| visit(&a.value));
        }
        for x in &self.improvements {
            [&x.planned, &x.reflected].into_iter().for_each(&mut *visit);
        }
        for x in self.check.iter().chain(&self.action) {
            [&x.number, &x.category, &x.text].into_iter().for_each(&mut *visit);
        }
    }
}
