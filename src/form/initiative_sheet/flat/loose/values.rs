//! Actuals, target and ratio of the indicators, by what the rationale quotes and by A ÷ B.

use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::flat::targets::{self, Value};
use crate::form::initiative_sheet::flat::word::Class;
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::sheet::{RawYear, Slot};

/// Puts the values into the record; the target of each indicator, folded.
pub fn read(work: &mut Work, names: &[String], rationale: &str) -> Vec<Option<String>> {
    let mut free = standing(work, Area::Do);
    let planned = standing(work, Area::Plan);
    let mut goals = Vec::new();
    for k in 0..names.len() {
        let at = format!("/do/indicators/{k}");
        let (mut target, mut actual) = quoted(rationale, names, k);
        if target.is_none() {
            let pair = by_ratio(&free, &planned);
            target = pair.as_ref().map(|(_, b)| b.clone());
            actual = actual.or(pair.map(|(a, _)| a));
        }
        let target = take(work, &mut free, target.as_deref(), Some(&planned));
        let actual = take(work, &mut free, actual.as_deref(), None);
        let unit = target.as_ref().or(actual.as_ref()).map(Value::unit).unwrap_or_default();
        let ratio = ratio(&mut free, actual.as_ref(), target.as_ref(), names.len());
        let lack = names.len() > 1 && target.is_none();
        let earlier = if lack { [None, None] } else { earlier(&mut free, &unit) };
        let message = "told by what the rationale quotes and by A ÷ B; of the earlier years the one without a value is read as \
                       the first, and the smaller of two values too";
        work.doubt(Severity::Warning, "value_place_inferred", at.clone(), message);
        let year = work.year;
        let mut slot =
            |value: &Option<Value>| value.as_ref().map_or(Slot::Unplaced, |v| work.slot(&v.ids, Method::Inferred));
        let blank = |s: Slot| if s == Slot::Unplaced && !lack { Slot::Blank(None) } else { s };
        let values = [blank(slot(&earlier[0])), blank(slot(&earlier[1])), slot(&actual)];
        let actuals = values
            .into_iter()
            .zip([-2, -1, 0])
            .map(|(value, shift)| RawYear { fiscal_year: year.map(|y| y + shift), value })
            .collect();
        let achievement = slot(&ratio);
        let goal = RawYear { fiscal_year: year, value: slot(&target) };
        let indicator = &mut work.raw.indicators[k];
        (indicator.actuals, indicator.target, indicator.achievement) = (actuals, goal, achievement);
        goals.push(target.map(|t| t.text));
    }
    goals
}

/// Values that stand by themselves, the two halves of a bracket that wrapped put together.
pub fn standing(work: &Work, area: Area) -> Vec<Value> {
    let alone = |i: usize| {
        let t = &work.tokens[i];
        let row = work.tokens.iter().filter(|o| o.page == t.page && o.row == t.row && o.label().is_none());
        row.clone().all(|o| !o.is_word(Class::Text) || o.text.chars().count() <= 14)
    };
    let ids: Vec<usize> = work.of(area).into_iter().filter(|i| work.free(*i) && alone(*i)).collect();
    let closing: Vec<usize> = ids.iter().copied().filter(|i| work.tokens[*i].is_word(Class::Close)).collect();
    let mut used = Vec::new();
    let mut out = Vec::new();
    for id in ids {
        let t = &work.tokens[id];
        match t.class() {
            Some(Class::Open) => {
                let unit = targets::unit(&t.text);
                let fits = |i: &&usize| !used.contains(*i) && work.tokens[**i].text.contains(&unit);
                let Some(close) = closing.iter().find(fits).copied() else { continue };
                used.push(close);
                let text = format!("{}{}", t.text, work.tokens[close].text);
                out.push(Value { ids: vec![id, close], text, class: Class::Quantity });
            }
            Some(class @ (Class::Dash | Class::Amount | Class::Quantity | Class::Percent | Class::Status)) => {
                out.push(Value { ids: vec![id], text: t.text.clone(), class });
            }
            _ => {}
        }
    }
    out
}

/// 目標値「X」 and 実績値「Y」 of an indicator, as the rationale quotes them behind its name.
fn quoted(rationale: &str, names: &[String], k: usize) -> (Option<String>, Option<String>) {
    let place = |name: &String| rationale.find(&format!("「{name}」"));
    let from = match place(&names[k]) {
        Some(from) => from,
        None if names.len() == 1 => 0,
        None => return (None, None),
    };
    let to = names.iter().filter_map(place).filter(|p| *p > from).min().unwrap_or(rationale.len());
    let part = &rationale[from..to];
    let behind = |word: &str| {
        let rest = &part[part.find(word)? + word.len()..];
        let open = rest.find('「').filter(|o| *o <= 12)?;
        let text = &rest[open + '「'.len_utf8()..];
        Some(text[..text.find('」')?].to_owned())
    };
    (behind("目標値").or_else(|| behind("計画値")), behind("実績値"))
}

/// A and B of the free values, B as in the plan, that make the printed ratio.
fn by_ratio(free: &[Value], planned: &[Value]) -> Option<(String, String)> {
    let ratio = free.iter().find(|v| v.class == Class::Percent)?.number()?;
    let counted: Vec<&Value> = free.iter().filter(|v| v.class == Class::Quantity).take(24).collect();
    let goal = |b: &Value| planned.iter().any(|p| p.unit() == b.unit() && p.number() == b.number());
    let pairs = counted.iter().enumerate().flat_map(|(i, a)| {
        counted.iter().enumerate().filter(move |(j, b)| i != *j && a.unit() == b.unit()).map(move |(_, b)| (*a, *b))
    });
    let fits = |a: &Value, b: &Value| match (a.number(), b.number()) {
        (Some(a), Some(b)) if b != 0.0 => (a / b * 100.0 - ratio).abs() < 0.11 || (ratio >= 100.0 && a >= b),
        _ => false,
    };
    pairs.filter(|(a, b)| goal(b) && fits(a, b)).map(|(a, b)| (a.text.clone(), b.text.clone())).next()
}

/// Takes the value that says `text`, best the one printed with the same signs as one of the plan.
fn take(work: &Work, free: &mut Vec<Value>, text: Option<&str>, planned: Option<&[Value]>) -> Option<Value> {
    let text = text?;
    let signs = |v: &Value| work.tokens[v.ids[0]].span.end - work.tokens[v.ids[0]].span.start;
    let number = |v: &Value| {
        v.class == Class::Quantity && targets::number(text) == v.number() && targets::unit(text) == v.unit()
    };
    let fits: Vec<usize> = (0..free.len()).filter(|i| free[*i].text == text || number(&free[*i])).collect();
    let alike = |i: &usize| {
        let of_plan = planned?.iter().find(|p| p.text == free[*i].text)?;
        Some(signs(of_plan) == signs(&free[*i]) && same_print(work, of_plan, &free[*i]))
    };
    let pick = fits.iter().copied().find(|i| alike(i) == Some(true)).or(fits.first().copied())?;
    Some(free.remove(pick))
}

/// Are two values printed alike, so far as a line tells: both first of it, or neither?
fn same_print(work: &Work, a: &Value, b: &Value) -> bool {
    work.tokens[a.ids[0]].text == work.tokens[b.ids[0]].text
}

fn ratio(free: &mut Vec<Value>, actual: Option<&Value>, target: Option<&Value>, of: usize) -> Option<Value> {
    let wanted = actual.and_then(Value::number).zip(target.and_then(Value::number)).filter(|(_, b)| *b != 0.0);
    let wanted = wanted.map(|(a, b)| (a / b * 100.0).min(100.0));
    let percents: Vec<usize> = (0..free.len()).filter(|i| free[*i].class == Class::Percent).collect();
    let off = |i: &usize| free[*i].number().zip(wanted).map_or(f64::MAX, |(p, w)| (p.min(100.0) - w).abs());
    let pick = percents.iter().copied().min_by(|a, b| off(a).total_cmp(&off(b)));
    // The only one belongs to the only indicator whatever it says.
    let pick = pick.filter(|i| off(i) < 0.11 || (of == 1 && percents.len() == 1))?;
    Some(free.remove(pick))
}

/// The two years before: values that count the same, then dashes with its counter, then bare ones.
fn earlier(free: &mut Vec<Value>, unit: &str) -> [Option<Value>; 2] {
    let rank = |v: &Value| match v.class {
        Class::Quantity if v.number().is_some() && v.unit() == unit => Some(0),
        Class::Status if unit.is_empty() => Some(0),
        Class::Quantity if v.number().is_none() && v.text.ends_with(unit) => Some(1),
        Class::Dash => Some(2),
        _ => None,
    };
    let mut found: Vec<(i32, usize)> = (0..free.len()).filter_map(|i| Some((rank(&free[i])?, i))).collect();
    found.sort_unstable();
    found.truncate(2);
    let mut values: Vec<(i32, Value)> = found.iter().map(|(r, i)| (*r, free[*i].clone())).collect();
    free.retain(|v| !values.iter().any(|(_, own)| own.ids == v.ids));
    // The earlier year is the one that says less, or counts less.
    values.sort_by(|(r, a), (s, b)| s.cmp(r).then(a.number().unwrap_or(0.0).total_cmp(&b.number().unwrap_or(0.0))));
    let mut values = values.into_iter().map(|(_, v)| v).rev();
    let last = values.next();
    [values.next(), last]
}
