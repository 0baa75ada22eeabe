//! The targets of several indicators, shared out among their names and put under their years where an extractor drew
//! them in passes: by what they count, by where they stand, by the running sums, and by the target that Do prints again.

use std::collections::HashSet;

use super::targets::Value;
use super::word::Class;
use super::work::{Area, Work};
use crate::normalize::quantity;

/// What a value counts: its counter, or that it is a word. `None`: a dash, which can stand for anything.
fn kind(value: &Value) -> Option<String> {
    match value.class {
        Class::Dash => None,
        Class::Status => Some("\u{0}".to_owned()),
        _ => Some(value.unit()).filter(|u| !u.is_empty() || value.number().is_some()),
    }
}

/// The kinds of values, in the order in which they come.
fn kinds(values: &[Value]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for kind in values.iter().filter_map(kind) {
        if !out.contains(&kind) {
            out.push(kind);
        }
    }
    out
}

/// Do both values say something, and different things: other counters, or a number and a word?
pub fn differ(a: &Value, b: &Value) -> bool {
    let said = |v: &Value| v.class != Class::Dash;
    let word = |v: &Value| v.class == Class::Status;
    said(a) && said(b) && (word(a) != word(b) || a.unit() != b.unit())
}

/// Values for each name, in the order of the names, and whether each row stands behind its own name.
pub fn share(work: &Work, names: &[Vec<usize>], values: &[Value], years: usize) -> (Vec<Vec<Value>>, bool) {
    if names.is_empty() || years == 0 {
        return (Vec::new(), true);
    }
    if names.len() == 1 {
        return (vec![values.to_vec()], true);
    }
    let in_order: Vec<Vec<Value>> = values.chunks(years).map(<[Value]>::to_vec).collect();
    let uniform = in_order.iter().all(|row| kinds(row).len() <= 1);
    let behind = |n: usize| in_order.get(n).and_then(|row| row.first()).map(|v| over(work, names, v));
    if uniform && in_order.len() == names.len() && (0..names.len()).all(|n| behind(n) == Some(Some(n))) {
        return (in_order, true);
    }
    let kinds = kinds(values);
    let strange = (0..names.len()).any(|n| behind(n).flatten().is_some_and(|own| own != n));
    if (uniform && !strange) || kinds.len() != names.len() {
        return (in_order, false);
    }
    (by_kind(work, names, values, &kinds, years), false)
}

/// Each kind to one name: the name that stands directly before a value of it, else in order.
fn by_kind(work: &Work, names: &[Vec<usize>], values: &[Value], kinds: &[String], years: usize) -> Vec<Vec<Value>> {
    let of_kind = |v: &Value| kind(v).and_then(|k| kinds.iter().position(|other| *other == k));
    let mut of: Vec<Option<usize>> = vec![None; kinds.len()];
    for k in 0..kinds.len() {
        let mut own = values.iter().filter(|v| of_kind(v) == Some(k));
        of[k] = own.find_map(|v| over(work, names, v)).filter(|n| !of.contains(&Some(*n)));
    }
    for k in 0..of.len() {
        if of[k].is_none() {
            of[k] = (0..names.len()).find(|n| !of.contains(&Some(*n)));
        }
    }
    let mut out: Vec<Vec<Value>> = vec![Vec::new(); names.len()];
    for v in values {
        let name = match of_kind(v) {
            Some(k) => of[k],
            // A dash: that of the name it stands behind, or of one that lacks values.
            None => over(work, names, v).or_else(|| {
                let counted =
                    |n: &usize| values.iter().filter(|v| of_kind(v).is_some_and(|k| of[k] == Some(*n))).count();
                let dashes = |n: &usize| out[*n].iter().filter(|v| kind(v).is_none()).count();
                (0..names.len()).filter(|n| counted(n) + dashes(n) < years).min_by_key(counted)
            }),
        };
        if let Some(n) = name {
            out[n].push(v.clone());
        }
    }
    out
}

/// The name that stands before a value with nothing but values between.
fn over(work: &Work, names: &[Vec<usize>], value: &Value) -> Option<usize> {
    let mut at = value.ids[0];
    while at > 0 {
        at -= 1;
        if let Some(n) = names.iter().position(|ids| ids.contains(&at)) {
            return Some(n);
        }
        let class = work.tokens[at].class()?;
        if !matches!(
            class,
            Class::Dash | Class::Amount | Class::Quantity | Class::Percent | Class::Status | Class::Open | Class::Close
        ) {
            return None;
        }
    }
    None
}

/// Values of one name in the order of the years. Those that stand together keep their order; how the parts interlock is
/// told by the running sums and by the target that Do prints for its own year.
pub fn in_years(work: &Work, group: Vec<Value>, years: &[i32]) -> Vec<Value> {
    let apart = |w: &[Value]| w[1].ids[0] > w[0].ids[w[0].ids.len() - 1] + 1;
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for i in 0..group.len() {
        match parts.last_mut() {
            Some(part) if !apart(&group[i - 1..=i]) => part.push(i),
            _ => parts.push(vec![i]),
        }
    }
    if parts.len() < 2 || group.len() > 4 || group.len() != years.len() {
        return group;
    }
    let printed: HashSet<&str> = work
        .of(Area::Do)
        .into_iter()
        .filter(|i| matches!(work.tokens[*i].class(), Some(Class::Quantity | Class::Amount | Class::Status)))
        .map(|i| work.tokens[i].text.as_str())
        .collect();
    let own = years.iter().position(|y| Some(*y) == work.year);
    let mut ways = Vec::new();
    merge(&parts, &mut Vec::new(), &mut ways);
    let cost = |way: &Vec<usize>| {
        let order: Vec<&Value> = way.iter().map(|i| &group[*i]).collect();
        let known = group.iter().any(|v| printed.contains(v.text.as_str()));
        let off = own.and_then(|o| order.get(o)).is_some_and(|v| !printed.contains(v.text.as_str()));
        sums(&order)
            + if known && off { 1.5 } else { 0.0 }
            + 0.01 * way.windows(2).filter(|w| w[0] > w[1]).count() as f64
    };
    let best = ways.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
    best.unwrap_or_default().into_iter().map(|i| group[i].clone()).collect()
}

/// Every order that keeps each part's own.
fn merge(parts: &[Vec<usize>], so_far: &mut Vec<usize>, out: &mut Vec<Vec<usize>>) {
    if parts.iter().all(Vec::is_empty) {
        out.push(so_far.clone());
        return;
    }
    for (p, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
        let mut rest = parts.to_vec();
        so_far.push(part[0]);
        rest[p].remove(0);
        merge(&rest, so_far, out);
        so_far.pop();
    }
}

/// How far values are from running sums.
fn sums(order: &[&Value]) -> f64 {
    let read: Vec<(Option<f64>, Option<f64>)> = order
        .iter()
        .map(|v| {
            let q = quantity::parse(&v.text);
            let number = |n: &crate::normalize::Number| n.0.to_string().parse::<f64>().ok();
            (q.value.as_ref().and_then(number), q.cumulative.as_ref().and_then(number))
        })
        .collect();
    let mut cost = 0.0;
    let mut sum: Option<f64> = None;
    for (value, cumulative) in read {
        let Some(value) = value else { continue };
        match (sum, cumulative) {
            (Some(s), Some(c)) if (s + value - c).abs() > 0.001 && (value - c).abs() > 0.001 => cost += 2.0,
            (None, Some(c)) if (value - c).abs() > 0.001 => cost += 1.0,
            (Some(_), None) | (None, None) | (Some(_), Some(_)) | (None, Some(_)) => {}
        }
        sum = cumulative.or(sum.map(|s| s + value)).or(Some(value));
    }
    cost
}
