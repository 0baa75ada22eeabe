//! The yearly targets of the plan: of each indicator by what they count, under their years by the target that Do prints
//! again and by the running sums.

use super::matching;
use super::values::{self, Quoted};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::flat::targets::{self, Value};
use crate::form::initiative_sheet::flat::word::Class;
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::sheet::{RawYear, Slot};
use crate::normalize::quantity;

/// What each indicator counts: as its quoted target does, or as its name says, each something else.
pub fn kinds(work: &Work, names: &[String], quotes: &[Quoted]) -> Vec<Option<String>> {
    let mut all: Vec<(String, usize)> = Vec::new();
    for v in values::standing(work, Area::Plan) {
        let Some(own) = kind(&v) else { continue };
        match all.iter_mut().find(|(k, _)| *k == own) {
            Some((_, n)) => *n += 1,
            None => all.push((own, 1)),
        }
    }
    let said = |t: &str| if targets::number(t).is_some() { targets::unit(t) } else { WORD.to_owned() };
    let cost = |k: usize, (kind, count): &(String, usize)| {
        let quoted = quotes[k].target.as_deref().map(said);
        // Strange matter stands alone.
        let often = if *count > 1 { 0.0 } else { 0.4 };
        often
            + match quoted {
                Some(q) if q == *kind => 0.0,
                Some(_) => 5.0,
                None if kind == "%" && ["率", "割合", "比"].iter().any(|r| names[k].contains(r)) => 0.3,
                None if kind != WORD && !kind.is_empty() && names[k].contains(kind.as_str()) => 0.5,
                None => 1.0,
            }
    };
    let row = |k: usize| all.iter().map(|a| cost(k, a)).chain(names.iter().map(|_| 3.0)).collect();
    let table: Vec<Vec<f64>> = (0..names.len()).map(row).collect();
    matching::cheapest(&table).into_iter().map(|c| all.get(c).map(|(k, _)| k.clone())).collect()
}

/// Puts the targets into the record. `goals`: what Do gives as each indicator's target.
pub fn read(work: &mut Work, kinds: &[Option<String>], goals: &[Option<String>]) {
    let years = work.plan_years();
    let mut free = values::standing(work, Area::Plan);
    for (k, own) in kinds.iter().enumerate() {
        let at = format!("/plan/output_indicators/{k}/targets");
        let goal = goals.get(k).cloned().flatten();
        let mut group: Vec<Value> = free.iter().filter(|v| own.is_some() && kind(v) == *own).cloned().collect();
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

/// A word in the place of a number.
const WORD: &str = "\u{0}";

/// What a value counts, or that it is a word.
fn kind(value: &Value) -> Option<String> {
    match value.class {
        Class::Quantity | Class::Percent => Some(value.unit()),
        Class::Status => Some(WORD.to_owned()),
        _ => None,
    }
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
        let number = |t: &str| targets::number(t).ok_or_else(|| t.to_owned());
        let off = own.is_some_and(|(v, goal)| number(&v.text) != number(goal));
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
        // Of what is to fall the fall rises.
        cost += if last.is_some_and(|l| value.abs() < l) { 0.3 } else { 0.0 };
        last = Some(value.abs());
    }
    cost
}
