//! 活動指標（アウトプット): names and yearly targets tied together.

use super::piece::{self, Piece};
use super::share;
use super::targets::{self, Value};
use super::word::Class;
use super::work::{Area, Work};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::sheet::{RawOutputIndicator, RawYear, Slot};

pub fn read(work: &mut Work, known: &[String], values: &[Value]) {
    let years = work.plan_years();
    let mut names = names(work, known, values, years.len());
    let mut values: Vec<Value> = values.iter().filter(|v| v.ids.iter().all(|i| work.free(*i))).cloned().collect();
    if values.is_empty() {
        values = words_for_values(work, years.len());
    }
    if names.len() == 1 && values.len() == years.len() {
        names = with_neighbour(work, names);
    }
    // No year is printed for more values than there are; a surplus dash is somebody else's.
    let expected = names.len().max(1) * years.len();
    if values.len() > expected && values.iter().filter(|v| v.class != Class::Dash).count() <= expected {
        values.retain(|v| v.class != Class::Dash);
    }
    if names.len() > 1 && !values.is_empty() && values.len() <= years.len() {
        renamed(work, names, &values, &years);
        return;
    }
    let (groups, plain) = share::share(work, &names, &values, years.len());
    if !plain {
        let message =
            "the rows of targets do not stand behind their names; tied to them by what they count and in order";
        work.doubt(Severity::Warning, "target_row_inferred", "/plan/output_indicators", message);
    }
    for (i, name) in names.iter().enumerate() {
        let at = format!("/plan/output_indicators/{i}");
        let name = work.slot(name, Method::Order);
        let group = groups.get(i).cloned().unwrap_or_default();
        let group = share::in_years(work, group, &years);
        let targets = years_of(work, &at, &group, &years, values.len() == expected);
        work.raw.output_indicators.push(RawOutputIndicator { name, targets });
    }
    if names.is_empty() && !values.is_empty() {
        let at = "/plan/output_indicators/0";
        let targets = years_of(work, at, &values, &years, values.len() == years.len());
        work.raw.output_indicators.push(RawOutputIndicator { name: Slot::Unplaced, targets });
    }
    if work.raw.output_indicators.is_empty() {
        work.doubt(
            Severity::Warning,
            "unplaced",
            "/plan/output_indicators",
            "no name and no target could be told apart",
        );
    }
}

/// One row of targets can have two names, side by side: lines that stand against the known name are the other.
fn with_neighbour(work: &Work, mut names: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let pieces = free_pieces(work);
    let own = names[0].clone();
    let of = |id: usize| pieces.iter().position(|p| p.ids.contains(&id));
    let (Some(first), Some(last)) = (of(own[0]), of(own[own.len() - 1])) else { return names };
    let joined = |i: usize| !pieces[i].gap && !pieces[i].parted;
    let above: Vec<usize> = {
        let from = (0..first).rev().take_while(|i| joined(i + 1)).last();
        from.map_or(Vec::new(), |f| pieces[f..first].iter().flat_map(|p| p.ids.iter().copied()).collect())
    };
    let below: Vec<usize> = pieces
        .iter()
        .enumerate()
        .skip(last + 1)
        .take_while(|(i, _)| joined(*i))
        .flat_map(|(_, p)| p.ids.clone())
        .collect();
    names.extend([above, below].into_iter().filter(|ids| !ids.is_empty()).take(1));
    names.sort();
    names
}

/// Free text of the plan that can be a name.
fn free_pieces(work: &Work) -> Vec<Piece> {
    let pieces = piece::pieces(work, &work.of(Area::Plan), |i| {
        matches!(work.tokens[i].class(), Some(Class::Text | Class::Number | Class::Close))
    });
    pieces.into_iter().filter(|p| !p.text.contains('。') && !p.text.is_ascii()).collect()
}

/// Values under their years, in order; `whole`: as many as there are places.
fn years_of(work: &mut Work, at: &str, values: &[Value], years: &[i32], whole: bool) -> Vec<RawYear> {
    let ordered = values.windows(2).all(|w| w[0].ids < w[1].ids);
    // Values drawn in two passes come in an order that is not the page's.
    let together =
        values.windows(2).all(|w| w[1].ids[0] <= w[0].ids[w[0].ids.len() - 1] + 1 + gap_words(work, &w[0], &w[1]));
    let sure = whole && ordered && together && values.len() == years.len();
    if !sure && !values.is_empty() {
        let message =
            "the values do not stand together in the order of the years; read in the order in which they stand";
        work.doubt(Severity::Warning, "target_year_inferred", format!("{at}/targets"), message);
    }
    let method = if sure { Method::Order } else { Method::Inferred };
    (0..years.len().max(values.len()))
        .map(|i| RawYear {
            fiscal_year: years.get(i).copied(),
            value: values.get(i).map_or(Slot::Unplaced, |v| work.slot(&v.ids, method)),
        })
        .collect()
}

/// Words between two values that are parts of neither: 0 when they stand side by side or line under line.
fn gap_words(work: &Work, a: &Value, b: &Value) -> usize {
    let (from, to) = (a.ids[a.ids.len() - 1] + 1, b.ids[0]);
    if from >= to {
        return 0;
    }
    // Only the rest of a wrapped bracket may stand between.
    (from..to).filter(|i| work.tokens[*i].is_word(Class::Close) || work.tokens[*i].is_word(Class::Open)).count()
}

/// The names: those that the Do part prints too, else lines directly over values or under their label.
fn names(work: &Work, known: &[String], values: &[Value], years: usize) -> Vec<Vec<usize>> {
    let mut pieces = free_pieces(work);
    let mut out: Vec<Vec<usize>> = Vec::new();
    for name in known.iter().filter(|n| !n.is_empty()) {
        if let Some((ids, rest)) = find(work, &pieces, name) {
            pieces.retain(|p| !p.ids.iter().any(|i| ids.contains(i)));
            out.push(ids);
            out.extend(rest);
        }
    }
    let wanted = if years == 0 { 1 } else { values.len().div_ceil(years).max(1) };
    if out.len() < wanted && !pieces.is_empty() {
        out.extend(unknown(&pieces, values, wanted - out.len()));
    }
    out.sort();
    out
}

/// A known name among the pieces: over one or more lines, or in front of the name that follows it after a change.
fn find(work: &Work, pieces: &[Piece], name: &str) -> Option<(Vec<usize>, Option<Vec<usize>>)> {
    for from in 0..pieces.len() {
        let mut text = String::new();
        let mut ids = Vec::new();
        for (n, p) in pieces[from..].iter().take(4).enumerate() {
            if n > 0 && (p.gap || p.parted) {
                break;
            }
            let before = ids.len();
            for (k, id) in p.ids.iter().enumerate() {
                text.push_str(&work.tokens[*id].text);
                ids.push(*id);
                if text == name {
                    let rest: Vec<usize> = p.ids[k + 1..].to_vec();
                    return Some((ids, (!rest.is_empty()).then_some(rest)));
                }
            }
            if !name.starts_with(&text) || before > 12 {
                break;
            }
        }
    }
    None
}

/// Lines that no other part of the sheet names: directly over a value first, then under the label.
fn unknown(pieces: &[Piece], values: &[Value], wanted: usize) -> Vec<Vec<usize>> {
    let over = |p: &Piece| values.iter().any(|v| Some(v.ids[0]) == p.ids.last().map(|i| i + 1));
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (i, p) in pieces.iter().enumerate().filter(|(_, p)| over(p)) {
        let mut ids = p.ids.clone();
        let mut k = i;
        // The lines above belong to the same name as long as no blank line parts them.
        while k > 0 && !pieces[k].gap && !pieces[k].parted && pieces[k - 1].row + 1 == pieces[k].row {
            k -= 1;
            ids.splice(0..0, pieces[k].ids.iter().copied());
        }
        out.push(ids);
    }
    if out.is_empty() {
        let first = values.first().map_or(usize::MAX, |v| v.ids[0]);
        out.extend(pieces.iter().rev().find(|p| p.ids[0] < first).or(pieces.first()).map(|p| p.ids.clone()));
    }
    out.truncate(wanted);
    out
}

/// One row of targets under two names: the indicator was renamed, mostly after the first year; where the counters
/// change, there.
fn renamed(work: &mut Work, names: Vec<Vec<usize>>, values: &[Value], years: &[i32]) {
    let count = names.len();
    let changes: Vec<usize> = (1..values.len()).filter(|i| share::differ(&values[i - 1], &values[*i])).collect();
    let first = match changes[..] {
        [at] if count == 2 => at,
        _ => 1,
    };
    let mut years = years.iter().copied().zip(values.iter().cloned());
    for (i, name) in names.into_iter().enumerate() {
        let name = work.slot(&name, Method::Inferred);
        let take = match i {
            _ if i + 1 == count => usize::MAX,
            0 => first,
            _ => 1,
        };
        let targets = years
            .by_ref()
            .take(take)
            .map(|(year, v)| RawYear { fiscal_year: Some(year), value: work.slot(&v.ids, Method::Inferred) })
            .collect();
        work.raw.output_indicators.push(RawOutputIndicator { name, targets });
    }
    let message =
        "several names over one row of targets: read as an indicator that is renamed from one year to the next";
    work.doubt(Severity::Warning, "indicator_renamed", "/plan/output_indicators", message);
}

/// Targets in words that no list knows: a line of as many short words as there are years.
fn words_for_values(work: &Work, years: usize) -> Vec<Value> {
    let plan = work.of(Area::Plan);
    let rows: Vec<Vec<usize>> = plan
        .chunk_by(|a, b| work.tokens[*a].row == work.tokens[*b].row)
        .map(<[usize]>::to_vec)
        .filter(|ids| {
            ids.len() == years
                && years > 1
                && ids.iter().all(|i| work.free(*i) && work.tokens[*i].text.chars().count() <= 8)
        })
        .collect();
    match &rows[..] {
        [row] => targets_of(work, row),
        _ => Vec::new(),
    }
}

fn targets_of(work: &Work, row: &[usize]) -> Vec<targets::Value> {
    row.iter().map(|i| Value { ids: vec![*i], text: work.tokens[*i].text.clone(), class: Class::Status }).collect()
}
