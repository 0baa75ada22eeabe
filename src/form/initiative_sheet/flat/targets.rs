//! The quantities of the 年度別計画, in reading order.

use super::word::Class;
use super::work::{Area, Work};
use crate::normalize::{dash, fold, numeral};

/// One printed value: its words (a bracket may have wrapped), its text, its number and its counter.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    pub ids: Vec<usize>,
    pub text: String,
    pub class: Class,
}

impl Value {
    /// The leading number: 38 of `38室（新規２室…）`.
    pub fn number(&self) -> Option<f64> {
        number(&self.text)
    }

    pub fn unit(&self) -> String {
        unit(&self.text)
    }
}

/// The leading number of a folded quantity; signs △ ▲ are a minus.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit() && !"△▲-".contains(c));
    let (negative, rest) = dash::split_sign(text);
    let (n, _) = numeral::arabic_prefix(rest)?;
    let n: f64 = n.to_string().parse().ok()?;
    Some(if negative { -n } else { n })
}

/// The counter behind the leading number: 室 of `38室（…）`, empty where there is none.
pub fn unit(text: &str) -> String {
    let text = fold::key(text);
    let rest = text
        .trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-')
        .trim_start_matches(|c: char| c.is_ascii_digit() || ",.-".contains(c));
    let rest = rest.split('(').next().unwrap_or_default();
    // A range has its counter behind the upper end: 3〜5件.
    let number = |c: char| c.is_ascii_digit() || ",.".contains(c);
    let rest = rest.split_once(['〜', '~']).map_or(rest, |(own, upper)| match own {
        "" => upper.trim_start_matches(number),
        own => own,
    });
    ["以上", "以下", "以内", "未満", "程度", "超"]
        .iter()
        .fold(rest, |r, end| r.strip_suffix(end).unwrap_or(r))
        .to_owned()
}

/// The free values of the plan. Amounts without a counter count only where no value has one.
pub fn values(work: &Work) -> Vec<Value> {
    let mut out = collect(work, &work.of(Area::Plan));
    if out.iter().any(|v| v.class == Class::Quantity) {
        out.retain(|v| v.class != Class::Amount);
    }
    out
}

/// The free values among tokens; words of a bracket that wrapped are joined.
pub fn collect(work: &Work, ids: &[usize]) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for id in ids.iter().copied().filter(|i| work.free(*i)) {
        let token = &work.tokens[id];
        let Some(class) = token.class() else { continue };
        let unfinished = open.first().copied();
        match (class, unfinished) {
            (Class::Open, _) => {
                open.push(out.len());
                out.push(Value { ids: vec![id], text: token.text.clone(), class: Class::Quantity });
            }
            // Two columns may wrap side by side: the bracket opened first closes first.
            (Class::Close, Some(first)) => {
                out[first].ids.push(id);
                out[first].text.push_str(&token.text);
                open.remove(0);
            }
            (Class::Text, Some(first)) if token.text.chars().count() <= 24 && !token.text.contains('。') => {
                out[first].ids.push(id);
                out[first].text.push_str(&token.text);
            }
            (Class::Dash | Class::Amount | Class::Quantity | Class::Percent | Class::Status, _) => {
                out.push(Value { ids: vec![id], text: token.text.clone(), class });
            }
            _ => {}
        }
    }
    out
}
