//! Actuals, target and ratio of the indicators, by what the rationale quotes and by A ÷ B.

use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::flat::targets::{self, Value};
use crate::form::initiative_sheet::flat::word::Class;
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::sheet::{RawYear, Slot};

/// Puts the values into the record; the target of each indicator, folded.
pub fn read(work: &mut Work, quotes: &[Quoted], kinds: &[Option<String>]) -> Vec<Option<String>> {
    let mut free = standing(work, Area::Do);
    let planned = standing(work, Area::Plan);
    let mut goals = Vec::new();
    for (k, quote) in quotes.iter().enumerate() {
        let at = format!("/do/indicators/{k}");
        let Quoted { mut target, mut actual } = quote.clone();
        if target.is_none() || actual.is_none() {
            let pair = by_ratio(&free, &planned, kinds.get(k).cloned().flatten().as_deref());
            target = target.or(pair.as_ref().map(|(_, b)| b.clone()));
            actual = actual.or(pair.map(|(a, _)| a));
        }
        let target = take(&mut free, target.as_deref());
        let actual = take(&mut free, actual.as_deref());
        let unit = target.as_ref().or(actual.as_ref()).map(Value::unit).unwrap_or_default();
        let ratio = ratio(&mut free, actual.as_ref(), target.as_ref(), quotes.len());
        let lack = quotes.len() > 1 && target.is_none();
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

/// What the rationale says of an indicator.
#[derive(Debug, Clone, Default)]
pub struct Quoted {
    pub target: Option<String>,
    pub actual: Option<String>,
}

/// 目標値「X」 and 実績値「Y」 of an indicator, as the rationale quotes them behind its name.
pub fn quoted(rationale: &str, names: &[String], k: usize) -> Quoted {
    let place = |name: &String| rationale.find(&format!("「{name}」"));
    let from = match place(&names[k]) {
        Some(from) => from,
        None if names.len() == 1 => 0,
        None => return Quoted::default(),
    };
    let to = names.iter().filter_map(place).filter(|p| *p > from).min().unwrap_or(rationale.len());
    let part = &rationale[from..to];
    let behind = |word: &str| {
        let rest = &part[part.find(word)? + word.len()..];
        let open = rest.find('「').filter(|o| *o <= 12)?;
        let text = &rest[open + '「'.len_utf8()..];
        Some(text[..text.find('」')?].to_owned())
    };
    Quoted { target: behind("目標値").or_else(|| behind("計画値")), actual: behind("実績値") }
}

/// A and B of the free values that count `kind`, B as in the plan, that make a printed ratio.
fn by_ratio(free: &[Value], planned: &[Value], kind: Option<&str>) -> Option<(String, String)> {
    let ratios: Vec<f64> = free.iter().filter(|v| v.class == Class::Percent).filter_map(Value::number).collect();
    let counted = |v: &&Value| v.number().is_some() && kind.is_none_or(|k| v.unit() == k);
    let counted: Vec<&Value> = free.iter().filter(|v| v.class == Class::Quantity).filter(counted).take(24).collect();
    let goal = |b: &Value| planned.iter().any(|p| p.unit() == b.unit() && p.number() == b.number());
    let pairs = counted.iter().enumerate().flat_map(|(i, a)| {
        counted.iter().enumerate().filter(move |(j, b)| i != *j && a.unit() == b.unit()).map(move |(_, b)| (*a, *b))
    });
    let off = |(a, b): &(&Value, &Value)| match (a.number(), b.number()) {
        (Some(a), Some(b)) if b != 0.0 => {
            let off = |r: &f64| if *r >= 100.0 && a >= b { 0.05 } else { (a / b * 100.0 - r).abs() };
            ratios.iter().map(off).fold(f64::MAX, f64::min)
        }
        _ => f64::MAX,
    };
    let best = pairs.filter(|(_, b)| goal(b)).map(|p| (off(&p), p)).min_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(off, _)| *off < 0.11).map(|(_, (a, b))| (a.text.clone(), b.text.clone()))
}

/// Takes the value that says `text`, or as much.
fn take(free: &mut Vec<Value>, text: Option<&str>) -> Option<Value> {
    let text = text?;
    let much = |v: &Value| {
        v.class == Class::Quantity && targets::number(text) == v.number() && targets::unit(text) == v.unit()
    };
    let pick = free.iter().position(|v| v.text == text).or_else(|| free.iter().position(much))?;
    Some(free.remove(pick))
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
