//! ３②寄与度の考え方: the weight of each target in the whole, and why.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Running;
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::RawZone;
use crate::form::special_zone::rows::Row;
use crate::form::special_zone::tape::Tape;
use crate::layout::Span;
use crate::normalize::fold::key;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Target,
    More,
    Weight,
    Reason,
}

static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<target>数値目標\s*\(\s*[0-9]{1,2}\s*\)\s*[-‐‑‒–—―−─ー－ｰ]?\s*[①-⑳]\s*:)",
        r"|(?P<more>[①-⑳]\s*:)",
        r"|(?P<reason>\[\s*寄与度の考え方\s*\])",
        r"|(?P<weight>\[\s*寄与[度率]\s*:?)",
    ))
    .ok()
});

pub(super) fn read(running: &Running, rows: &[Row], zone: &mut RawZone) {
    let spans: Vec<Span> = rows.iter().flat_map(|r| r.spans.iter().cloned()).collect();
    let tape = Tape::new(running.layout, &spans);
    let names = [("target", Mark::Target), ("more", Mark::More), ("weight", Mark::Weight), ("reason", Mark::Reason)];
    let all = MARKS.iter().flat_map(|r| r.captures_iter(&tape.text));
    let marks: Vec<(Mark, Range<usize>)> = all
        .filter_map(|m| names.iter().find_map(|(name, mark)| Some((*mark, m.name(name)?.range()))))
        .filter(|(mark, at)| *mark != Mark::More || tape.line_begins(at.start))
        .filter(|(mark, at)| *mark != Mark::Target || tape.line_begins(at.start))
        .collect();
    let each = zone.indicators.iter().enumerate();
    let places: HashMap<String, (usize, usize)> =
        each.flat_map(|(i, x)| x.targets.iter().enumerate().map(move |(j, t)| (t.number.clone(), (i, j)))).collect();
    let mut number = String::new();
    let mut unknown: Vec<String> = Vec::new();
    for (i, (mark, at)) in marks.iter().enumerate() {
        let body = at.end..marks.get(i + 1).map_or(tape.text.len(), |(_, next)| next.start);
        let words = &tape.text[at.clone()];
        match mark {
            // The name of the target is printed once more; it was read where it stands first.
            Mark::Target => {
                number = labels::target_numbers(&key(words)).into_iter().next().unwrap_or_default();
                zone.labels.extend(tape.spans(at.start..body.end));
            }
            Mark::More => {
                let indicator = number.split_once('-').map_or("", |n| n.0).to_owned();
                number = format!("{indicator}-{}", words.chars().next().unwrap_or('①'));
                zone.labels.extend(tape.spans(at.start..body.end));
            }
            Mark::Weight => {
                let end = tape.text[body.clone()].find(']').map_or(body.end, |p| body.start + p);
                let slot = running.slot(&tape, body.start..end);
                match places.get(&number).map(|&(i, j)| &mut zone.indicators[i].targets[j]) {
                    Some(target) => target.weight_overall = Some(slot),
                    None => unknown.push(number.clone()),
                }
                zone.labels.extend(tape.spans(at.clone()));
            }
            Mark::Reason => {
                let passage = running.passage_of(tape.spans(body));
                match places.get(&number).map(|&(i, j)| &mut zone.indicators[i].targets[j]) {
                    Some(target) => target.weight_reason = Some(passage),
                    None => unknown.push(number.clone()),
                }
                zone.labels.extend(tape.spans(at.clone()));
            }
        }
    }
    for number in unknown {
        let message = format!("②寄与度の考え方 names {number}, which ① does not; left out");
        zone.doubt("/evaluation_indicators", "target_unknown", message);
    }
    let without: Vec<String> = zone
        .indicators
        .iter()
        .enumerate()
        .flat_map(|(i, x)| x.targets.iter().enumerate().map(move |(j, t)| (i, j, t)))
        .filter(|(_, _, t)| t.actual.is_some() && t.weight_overall.is_none())
        .map(|(i, j, _)| format!("/evaluation_indicators/{i}/targets/{j}"))
        .collect();
    for at in without {
        zone.doubt(at, "unplaced", "②寄与度の考え方 names no weight for this target");
    }
}
