//! 部局運営方針: the numbers of its targets and of its progress.

use super::{Of, Values};
use crate::form::department_theme::{MeasureRole, Theme, ThemeMeasure};
use crate::normalize::{Quantity, State};

pub fn values(theme: &Theme, values: &mut Values) {
    for (i, initiative) in theme.initiatives.iter().enumerate() {
        for (k, target) in initiative.targets.iter().enumerate() {
            measures(&target.measures, &format!("/initiatives/{i}/targets/{k}"), values);
        }
        for (k, progress) in initiative.progress.iter().enumerate() {
            measures(&progress.measures, &format!("/initiatives/{i}/progress/{k}"), values);
        }
    }
}

fn measures(measures: &[ThemeMeasure], path: &str, values: &mut Values) {
    let year = values.scope.document.fiscal_year;
    for (i, measure) in measures.iter().enumerate() {
        let path = format!("{path}/measures/{i}/value");
        let (role, year) = match measure.role {
            MeasureRole::Target => ("target", year),
            MeasureRole::Previous => ("previous", year.map(|year| year - 1)),
            MeasureRole::Actual => ("actual", year),
        };
        let quantity = Quantity {
            raw: values.scope.evidence(&path).map(|e| e.text.clone()),
            state: State::Number,
            value: Some(measure.value),
            unit: measure.unit.clone(),
            comparator: measure.comparator,
            cumulative: None,
        };
        let of = Of { indicator: (&measure.name).into(), kind: "target" };
        values.quantity(&of, role, year, &quantity, &path);
    }
}
