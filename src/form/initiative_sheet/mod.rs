//! 「主な取組」検証票, 様式１: one sheet per initiative, Plan / Do / Check / Action.

mod assemble;
mod judgment;
mod leaf;
mod record;
mod sheet;

pub use record::{
    Budget, BudgetKind, Category, Development, Do, Improvement, Indicator, InitiativeSheet, Judgment, Level, Measure,
    OutputIndicator, Plan, Program, Scale, YearQuantity,
};
