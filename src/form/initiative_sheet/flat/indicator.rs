//! 活動指標名, 実績値, 目標値, 達成割合: which of the printed values stands where.

use std::collections::HashSet;

use super::runs::{Run, Zone, heads_indicator};
use super::targets::{self, Value};
use super::word::Class;
use super::work::{Area, Work};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{RawIndicator, RawYear, Slot};

/// The names of the indicators, as tokens; found first, since the plan's names are known by them.
pub fn names(work: &mut Work) -> Vec<Vec<usize>> {
    let labels = work.labels(Area::Do, Label::IndicatorName);
    let named = |i: &usize| !matches!(work.tokens[*i].class(), Some(Class::Judgment | Class::Percent | Class::Dash));
    let mut out: Vec<Vec<usize>> =
        labels.iter().map(|l| name_behind(work, work.following(*l).into_iter().take_while(named).collect())).collect();
    let heads: Vec<usize> = (0..work.tokens.len()).filter(|i| heads_indicator(work, *i)).collect();
    if out.is_empty() {
        out.resize(heads.len(), Vec::new());
    }
    for (k, name) in out.iter_mut().enumerate().filter(|(_, n)| n.is_empty()) {
        if let Some(head) = heads.get(k) {
            *name = name_before(work, *head);
        }
    }
    for k in 0..out.len() {
        if out[k].is_empty() {
            out[k] = name_of_plan(work, &out);
        }
    }
    out
}

/// Of the words behind 活動指標名 those that the plan prints as one name too; without such a name, those before the first
/// sentence.
fn name_behind(work: &Work, ids: Vec<usize>) -> Vec<usize> {
    let sentence = ids.iter().position(|i| work.tokens[*i].text.contains('。'));
    let Some(sentence) = sentence else { return ids };
    let words: Vec<usize> = work.of(Area::Plan).into_iter().filter(|i| work.tokens[*i].label().is_none()).collect();
    let plan = work.text(&words);
    let printed = (1..=sentence).rev().find(|n| plan.contains(&work.text(&ids[..*n])));
    ids[..printed.unwrap_or(sentence)].to_vec()
}

/// A name drawn anywhere else: a line, or some lines, of the Do part that the plan prints word for word.
fn name_of_plan(work: &Work, taken: &[Vec<usize>]) -> Vec<usize> {
    let lines = |area: Area| -> Vec<Vec<usize>> {
        let plain = |i: &usize| {
            work.free(*i)
                && !taken.iter().any(|t| t.contains(i))
                && matches!(work.tokens[*i].class(), Some(Class::Text | Class::Close))
        };
        let ids: Vec<usize> = work.of(area).into_iter().filter(plain).collect();
        ids.chunk_by(|a, b| a + 1 == *b && !work.tokens[*b].gap).map(<[usize]>::to_vec).collect()
    };
    let parts = |runs: Vec<Vec<usize>>| -> Vec<Vec<usize>> {
        let windows = |run: &Vec<usize>| -> Vec<Vec<usize>> {
            (1..=3).flat_map(|n| run.windows(n).map(<[usize]>::to_vec).collect::<Vec<_>>()).collect()
        };
        runs.iter().flat_map(windows).collect()
    };
    let plan: HashSet<String> = parts(lines(Area::Plan)).iter().map(|ids| work.text(ids)).collect();
    parts(lines(Area::Do))
        .into_iter()
        .filter(|ids| {
            let text = work.text(ids);
            text.chars().count() >= 4 && !text.contains('。') && plan.contains(&text)
        })
        .max_by_key(|ids| work.text(ids).chars().count())
        .unwrap_or_default()
}

/// A name that wrapped is drawn apart from its label, before the year over the values: the longest text there that the
/// plan prints too, else the last line.
fn name_before(work: &Work, head: usize) -> Vec<usize> {
    let plan =
        work.text(&work.of(Area::Plan).into_iter().filter(|i| work.tokens[*i].label().is_none()).collect::<Vec<_>>());
    let mut ids: Vec<usize> = Vec::new();
    let mut best: Vec<usize> = Vec::new();
    let mut rows = Vec::new();
    for i in (0..head).rev() {
        let t = &work.tokens[i];
        if t.label().is_some() || work.used[i] || t.text.contains('。') || rows.len() > 4 {
            break;
        }
        ids.insert(0, i);
        if rows.last() != Some(&t.row) {
            rows.push(t.row);
        }
        let whole_row = t.first;
        if whole_row && (best.is_empty() || plan.contains(&work.text(&ids))) {
            best.clone_from(&ids);
        }
    }
    best
}

/// Values and names of all indicators.
pub fn read(work: &mut Work, runs: &[Run], names: &[Vec<usize>], bottom_up: bool) {
    let ratios = (0..work.tokens.len())
        .filter(|i| work.tokens[*i].is(Label::Achievement) && work.tokens[*i].text.contains("A/B"))
        .count();
    let count = if names.is_empty() { ratios.min(8) } else { names.len() };
    for place in 0..count {
        // Which one in reading order.
        let k = if bottom_up { count - 1 - place } else { place };
        let own = |r: &&Run| {
            // Before any name or year, bottom-up blocks are counted from the end.
            matches!(r.zone, Zone::Indicator | Zone::IndicatorName) && r.index.min(count - 1) == k
        };
        let mut lists: Vec<Vec<Value>> =
            runs.iter().filter(own).map(|r| standing(work, &r.ids)).filter(|l| !l.is_empty()).collect();
        drop_summary_dash(work, &mut lists);
        let name = names.get(k).cloned().unwrap_or_default();
        let goal = goal(work, place, &work.text(&name));
        let name = work.slot(&name, Method::Order);
        let indicator = settle(work, place, &lists, goal.as_deref());
        work.raw.indicators.push(RawIndicator { name, ..indicator });
    }
    if count == 0 {
        work.doubt(Severity::Warning, "unplaced", "/do/indicators", "no 活動指標 was found");
    }
    if bottom_up && count > 1 {
        let message = "several indicators in a text that runs from bottom to top; put together by their order";
        work.doubt(Severity::Warning, "indicator_block_inferred", "/do/indicators", message);
    }
}

/// The plan's target of the year of the results, for the indicator of the same name, as text; where the plan has no such
/// name, for the one in the same place.
fn goal(work: &Work, k: usize, name: &str) -> Option<String> {
    let outputs = &work.raw.output_indicators;
    let same = outputs.iter().find(|o| !name.is_empty() && work.text(&work.ids(&o.name)) == name);
    let target = same.or(outputs.get(k)).or(outputs.first())?.targets.iter().find(|t| t.fiscal_year == work.year)?;
    let ids = work.ids(&target.value);
    (!ids.is_empty()).then(|| work.text(&ids))
}

/// Values of a run that stand by themselves: at the start of a line, or behind another value or a sentence.
fn standing(work: &Work, ids: &[usize]) -> Vec<Value> {
    let lone = |i: usize| {
        let t = &work.tokens[i];
        let Some(before) = i.checked_sub(1).map(|b| &work.tokens[b]).filter(|b| b.row == t.row) else { return true };
        before.label().is_some()
            || before.text.ends_with('。')
            || before.class().is_some_and(|c| c != Class::Text || work.used[i - 1])
    };
    let ids: Vec<usize> = ids.iter().copied().filter(|i| lone(*i)).collect();
    targets::collect(work, &ids)
}

/// One dash too many, alone on its line where others stand side by side, is an empty 活動概要.
fn drop_summary_dash(work: &Work, lists: &mut [Vec<Value>]) {
    let row = |v: &Value| work.tokens[v.ids[0]].row;
    let rows: Vec<usize> = lists.iter().flatten().map(row).collect();
    let alone = |v: &Value| v.class == Class::Dash && rows.iter().filter(|r| **r == row(v)).count() == 1;
    if rows.len() != PLACES + 1 || lists.iter().flatten().filter(|v| alone(v)).count() != 1 {
        return;
    }
    for list in lists {
        list.retain(|v| !alone(v));
    }
}

/// The five places: two earlier actuals, the actual, the target, the ratio.
const PLACES: usize = 5;
const EMPTY: [f64; PLACES] = [0.4, 0.7, 2.0, 2.0, 1.5];

/// One way to put the values into the places.
#[derive(Debug, Clone)]
struct Way {
    cost: f64,
    at: [Option<usize>; PLACES],
}

/// Puts the values of one indicator into their places. Values of one run keep their order; between runs only the
/// arithmetic of the form tells: A ÷ B is the ratio, B is the plan's target.
fn settle(work: &mut Work, k: usize, lists: &[Vec<Value>], goal: Option<&str>) -> RawIndicator {
    let at = format!("/do/indicators/{k}");
    let values: Vec<Value> = lists.iter().flatten().cloned().collect();
    let lists = if lists.len() > 3 { vec![values.clone()] } else { lists.to_vec() };
    let mut ways = Vec::new();
    let mut starts = Vec::new();
    let mut n = 0;
    for list in &lists {
        starts.push((n, n + list.len()));
        n += list.len();
    }
    arrange(&values, &starts, goal, 0, &mut [None; PLACES], 0.0, &mut ways);
    let best = ways.iter().map(|w| w.cost).fold(f64::MAX, f64::min);
    let ways: Vec<[Option<usize>; PLACES]> = ways.into_iter().filter(|w| w.cost < best + 0.05).map(|w| w.at).collect();
    let same = |p: usize| {
        let key = |w: &[Option<usize>; PLACES]| w[p].map(|v| values[v].text.clone());
        ways.windows(2).all(|w| key(&w[0]) == key(&w[1]))
    };
    let sure = lists.len() == 1 && values.len() == PLACES && ways.len() == 1 && best < 0.5;
    let method = if sure { Method::Order } else { Method::Inferred };
    let slot = |work: &mut Work, p: usize| match (ways.first(), same(p)) {
        (Some(way), true) => way[p].map_or(Slot::Blank(None), |v| work.slot(&values[v].ids, method)),
        _ => Slot::Unplaced,
    };
    let slots: Vec<Slot> = (0..PLACES).map(|p| slot(work, p)).collect();
    if !sure {
        let message = "not every value has its place by order; told by A ÷ B, by the plan's target, and an empty place or a dash as the earliest year";
        work.doubt(Severity::Note, "value_place_inferred", at.clone(), message);
    }
    if (0..PLACES).any(|p| !same(p)) {
        let message = "printed values could not be tied to one year each";
        work.doubt(Severity::Warning, "unplaced", format!("{at}/actuals"), message);
    }
    let year = work.year;
    let year_of = |shift: i32| year.map(|y| y + shift);
    let mut slots = slots.into_iter();
    let actuals = [-2, -1, 0]
        .into_iter()
        .map(|shift| RawYear { fiscal_year: year_of(shift), value: slots.next().unwrap_or_default() })
        .collect();
    let target = RawYear { fiscal_year: year_of(0), value: slots.next().unwrap_or_default() };
    RawIndicator {
        name: Slot::Unplaced,
        actuals,
        target,
        achievement: slots.next().unwrap_or_default(),
        summary: Slot::Unplaced,
    }
}

fn arrange(
    values: &[Value],
    lists: &[(usize, usize)],
    goal: Option<&str>,
    place: usize,
    at: &mut [Option<usize>; PLACES],
    cost: f64,
    out: &mut Vec<Way>,
) {
    if cost > 9.0 || out.len() > 5000 {
        return;
    }
    if place == PLACES {
        // A value that finds no place is worse than an empty place.
        let left: usize = lists.iter().map(|(a, b)| b - a).sum();
        out.push(Way { cost: cost + 3.0 * left as f64 + arithmetic(values, at, goal), at: *at });
        return;
    }
    at[place] = None;
    arrange(values, lists, goal, place + 1, at, cost + EMPTY[place], out);
    for l in 0..lists.len() {
        let (from, to) = lists[l];
        if from < to {
            let mut rest = lists.to_vec();
            rest[l].0 += 1;
            at[place] = Some(from);
            arrange(values, &rest, goal, place + 1, at, cost, out);
            at[place] = None;
        }
    }
}

/// How far an arrangement is from what the form does.
fn arithmetic(values: &[Value], at: &[Option<usize>; PLACES], goal: Option<&str>) -> f64 {
    let get = |p: usize| at[p].map(|v| &values[v]);
    let mut cost = 0.0;
    let units: Vec<String> = values.iter().filter(|v| v.class == Class::Quantity).map(Value::unit).collect();
    for p in 0..4 {
        // A bare percentage among counted things is the ratio.
        if get(p).is_some_and(|v| v.class == Class::Percent) && units.iter().any(|u| !u.is_empty() && u != "%") {
            cost += 2.0;
        }
    }
    // What was counted once goes on being counted: of two earlier years the one without a value is the first.
    if get(0).is_some_and(|v| v.class == Class::Quantity) && get(1).is_some_and(|v| v.class == Class::Dash) {
        cost += 0.1;
    }
    let ratio = match get(4) {
        Some(v) if v.class == Class::Percent => v.number(),
        Some(v) if v.class == Class::Dash => {
            // Without an actual number there is no ratio.
            cost += if get(2).is_some_and(|a| a.class == Class::Quantity) { 0.8 } else { 0.1 };
            None
        }
        Some(_) => {
            cost += 5.0;
            None
        }
        None => None,
    };
    if let Some(b) = get(3) {
        cost += match goal {
            _ if b.class == Class::Dash => 2.0,
            Some(goal) if goal == b.text => 0.0,
            Some(goal) if targets::number(goal).is_some() && targets::number(goal) == b.number() => 0.1,
            Some(_) => 1.5,
            None => 0.2,
        };
    }
    if let (Some(a), Some(b)) = (get(2), get(3)) {
        cost += match (a.number(), b.number(), ratio) {
            (Some(a), Some(b), Some(p)) if b != 0.0 => {
                let r = a / b * 100.0;
                let near = (r - p).abs() < 0.11 || (p >= 100.0 && r >= 100.0);
                // Some indicators are better the lower they are.
                if near { 0.0 } else { 2.0 }
            }
            (Some(_), _, _) => 0.0,
            (None, _, Some(_)) if a.class == Class::Dash => 2.0,
            (None, ..) => 0.1,
        };
    }
    cost
}
