//! The yearly targets of the plan: of each indicator by what they count, under their years by the target that Do prints
//! again and by the running sums.

use super::values;
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::flat::targets::{self, Value};
use crate::form::initiative_sheet::flat::word::Class;
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::sheet::{RawYear, Slot};
use crate::normalize::quantity;

/// Puts the targets into the record. `goals`: what Do gives as each indicator's target.
pub fn read(work: &mut Work, names: &[String], goals: &[Option<String>]) {
    let years = work.plan_years();
    let mut free = values::standing(work, Area::Plan);
    free.retain(|v| matches!(v.class, Class::Quantity | Class::Status));
    for k in 0..names.len() {
        let at = format!("/plan/output_indicators/{k}/targets");
        let goal = goals.get(k).cloned().flatten();
        let others: Vec<String> =
            goals.iter().enumerate().filter(|(o, _)| *o != k).filter_map(|(_, g)| kind(g.as_deref()?)).collect();
        let own = goal.as_deref().and_then(kind);
        let mine = |v: &Value| match &own {
            Some(own) => kind(&v.text).as_ref() == Some(own),
            None => kind(&v.text).is_some_and(|k| !others.contains(&k)),
        };
        let mut group: Vec<Value> = free.iter().filter(|v| mine(v)).cloned().collect();
        if group.len() > years.len() || group.is_empty() {
            work.doubt(Severity::Warning, "unplaced", at, "the targets could not be tied to one indicator each");
            continue;
        }
        free.retain(|v| !group.iter().any(|g| g.ids == v.ids));
        let place = work.year.and_then(|y| years.iter().position(|own| *own == y));
        group = in_years(group, goal.as_deref(), place);
        let message =
            "no order tells the year of a target: told by the target of Do, by running sums, and else as rising";
        work.doubt(Severity::Warning, "target_year_inferred", at, message);
        let whole = group.len() == years.len();
        let targets = years
            .iter()
            .enumerate()
            .map(|(i, year)| {
                let value = group.get(i).filter(|_| whole).map(|v| work.slot(&v.ids, Method::Inferred));
                RawYear { fiscal_year: Some(*year), value: value.unwrap_or(Slot::Unplaced) }
            })
            .collect();
        work.raw.output_indicators[k].targets = targets;
    }
}

/// What a value counts, or that it is a word.
fn kind(text: &str) -> Option<String> {
    Some(if targets::number(text).is_some() { targets::unit(text) } else { "\u{0}".to_owned() })
}

/// The cheapest order of up to five values.
fn in_years(group: Vec<Value>, goal: Option<&str>, place: Option<usize>) -> Vec<Value> {
    if group.len() > 5 {
        return group;
    }
    let mut orders = vec![Vec::new()];
    for _ in 0..group.len() {
        let longer = |o: &Vec<usize>| {
            let rest = (0..group.len()).filter(|i| !o.contains(i)).collect::<Vec<_>>();
            rest.into_iter().map(|i| [o.as_slice(), &[i]].concat()).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    let cost = |order: &Vec<usize>| {
        let values: Vec<&Value> = order.iter().map(|i| &group[*i]).collect();
        let own = place.and_then(|p| values.get(p)).zip(goal);
        let off = own.is_some_and(|(v, goal)| targets::number(&v.text) != targets::number(goal));
        (if off { 4.0 } else { 0.0 }) + sums(&values)
    };
    let best = orders.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or_default();
    best.into_iter().map(|i| group[i].clone()).collect()
}

/// How far values are from running sums, and, less dear, from rising.
fn sums(values: &[&Value]) -> f64 {
    let mut cost = 0.0;
    let mut sum = 0.0;
    let mut last: Option<f64> = None;
    for (i, v) in values.iter().enumerate() {
        let read = quantity::parse(&v.text);
        let number =
            |n: &Option<crate::normalize::Number>| n.as_ref().and_then(|n| n.0.to_string().parse::<f64>().ok());
        let Some(value) = number(&read.value) else { continue };
        let stock = number(&read.cumulative);
        sum += value;
        if let Some(stock) = stock {
            // A stock of its own, or the running sum; the first year has no sum to print.
            let fits = (stock - sum).abs() < 0.001 || (stock - value).abs() < 0.001;
            cost += if fits { 0.0 } else { 2.0 } + if i == 0 && (stock - value).abs() > 0.001 { 1.0 } else { 0.0 };
        } else {
            cost += if i > 0 && values.iter().any(|v| v.text.contains('(')) { 1.0 } else { 0.0 };
        }
        cost += if last.is_some_and(|l| value < l) { 0.3 } else { 0.0 };
        last = Some(value);
    }
    cost
}
