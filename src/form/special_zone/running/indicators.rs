//! ３①評価指標及び留保条件: indicators, their targets with goal, result, progress and growth.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Running;
use super::goal::split_goal;
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::{RawIndicator, RawTarget, RawZone, Slot};
use crate::form::special_zone::rows::Row;
use crate::form::special_zone::tape::Tape;
use crate::layout::Span;
use crate::normalize::fold::key;

/// What begins something of the section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Indicator,
    Progress,
    Target,
    /// `②：` below a target of the same indicator.
    More,
    Results,
    Growth,
    /// Remarks that belong to no field.
    Aside,
}

static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<indicator>評価指標\s*\(\s*([0-9]{1,2})\s*\)\s*:)",
        r"|(?P<progress>\[\s*進捗[度率]\s*:?)",
        r"|(?P<target>数値目標\s*\(\s*[0-9]{1,2}\s*\)\s*[-‐‑‒–—―−─ー－ｰ]?\s*[①-⑳]\s*:)",
        r"|(?P<more>[①-⑳]\s*:)",
        r"|(?P<results>\[\s*(?:(?:平成|令和|H|R)\s*(?:元|[0-9]{1,2})\s*(?:年度\s*末?\s*の?\s*(?:実績値?)?|年?\s*末?\s*の?\s*実績値?)|実績値?)\s*:?)",
        r"|(?P<growth>伸び率\s*:?)",
        r"|(?P<aside>現地調査時の?指摘事項|※)",
    ))
    .ok()
});

fn marks(tape: &Tape) -> Vec<(Mark, Range<usize>)> {
    let names = [
        ("indicator", Mark::Indicator),
        ("progress", Mark::Progress),
        ("target", Mark::Target),
        ("more", Mark::More),
        ("results", Mark::Results),
        ("growth", Mark::Growth),
        ("aside", Mark::Aside),
    ];
    let all = MARKS.iter().flat_map(|r| r.captures_iter(&tape.text));
    all.filter_map(|m| {
        let (mark, found) = names.iter().find_map(|(name, mark)| Some((*mark, m.name(name)?.range())))?;
        // 伸び率 without its colon may be a word of a name.
        let bare = mark == Mark::Growth && !tape.text[found.clone()].ends_with(':');
        let alone = bare || matches!(mark, Mark::More | Mark::Aside | Mark::Indicator);
        (!alone || tape.line_begins(found.start)).then_some((mark, found))
    })
    .collect()
}

pub(super) fn read(running: &Running, rows: &[Row], zone: &mut RawZone) {
    let spans: Vec<Span> = rows.iter().flat_map(|r| r.spans.iter().cloned()).collect();
    let tape = Tape::new(running.layout, &spans);
    let marks = marks(&tape);
    let mut indicators: Vec<RawIndicator> = Vec::new();
    for (i, (mark, at)) in marks.iter().enumerate() {
        let body = at.end..marks.get(i + 1).map_or(tape.text.len(), |(_, next)| next.start);
        let words = &tape.text[at.clone()];
        let number = labels::target_numbers(&key(words));
        match mark {
            Mark::Indicator => {
                let number = number.first().and_then(|n| n.trim_matches(['(', ')']).parse().ok()).unwrap_or(0);
                zone.labels.extend(tape.spans(at.clone()));
                indicators.push(RawIndicator {
                    number,
                    mark: running.slot(&tape, at.start..at.end - 1),
                    name: running.slot(&tape, body),
                    ..RawIndicator::default()
                });
                continue;
            }
            Mark::Aside => {
                // 現地調査時の指摘事項あり（…関係）: what the findings of an annex are about.
                let numbers = labels::target_numbers(&key(&tape.text[body.clone()]));
                if let Some(indicator) = indicators.last().filter(|_| words.starts_with('現')) {
                    zone.announced.push((indicator.number, numbers, running.slot(&tape, at.start..body.end)));
                }
                continue;
            }
            _ => {}
        }
        let Some(indicator) = indicators.last_mut() else { continue };
        match mark {
            Mark::Progress => {
                let end = close(&tape, body.clone());
                indicator.progress = running.slot(&tape, body.start..end);
                zone.labels.extend(tape.spans(at.clone()));
            }
            Mark::Target | Mark::More => {
                let number = match (mark, number.into_iter().next()) {
                    (Mark::Target, Some(number)) => number,
                    _ => format!("({})-{}", indicator.number, words.chars().next().unwrap_or('①')),
                };
                let mut target =
                    RawTarget { number, mark: running.slot(&tape, at.start..at.end - 1), ..RawTarget::default() };
                zone.labels.extend(tape.spans(at.clone()));
                let goal = split_goal(&tape.text[body.clone()]);
                let doubtful = goal.doubtful;
                let [name, value, year] = [Some(goal.name), goal.value, goal.year]
                    .map(|part| part.map(|r| running.slot(&tape, body.start + r.start..body.start + r.end)));
                target.name = name.unwrap_or_default();
                target.goal = value.unwrap_or_default();
                target.goal_year = year;
                target.goal_cut = doubtful;
                indicator.targets.push(target);
            }
            Mark::Results => {
                let Some(target) = indicator.targets.last_mut() else { continue };
                let year = key(words.trim_start_matches('['));
                let year = year.trim_end_matches([':', '実', '績', '値', 'の', '末']);
                target.actual_year = labels::year(year);
                zone.calendar("/evaluation_indicators", year);
                target.actual_year_slot = running.slot(&tape, at.start + 1..at.end);
                zone.labels.extend(tape.spans(at.clone()));
                results(running, &tape, body.start..close(&tape, body), target, &mut zone.labels);
            }
            Mark::Growth => {
                let Some(target) = indicator.targets.last_mut() else { continue };
                let text = &tape.text[body.clone()];
                let end = text.find('%').map_or(text.len(), |p| p + 1);
                // Without a percent sign the line is all that belongs to it.
                let end = (1..end)
                    .find(|&p| text.is_char_boundary(p) && tape.line_begins(body.start + p))
                    .filter(|&p| !text[..p].contains(|c: char| c.is_ascii_digit()))
                    .unwrap_or(end);
                target.growth = Some(running.slot(&tape, body.start..body.start + end));
                zone.labels.extend(tape.spans(at.clone()));
            }
            Mark::Indicator | Mark::Aside => {}
        }
    }
    if indicators.is_empty() {
        zone.doubt("/evaluation_indicators", "unplaced", "no 評価指標 was found below its heading");
    }
    for (i, indicator) in indicators.iter().enumerate() {
        for (j, target) in indicator.targets.iter().enumerate() {
            let at = format!("/evaluation_indicators/{i}/targets/{j}");
            if target.actual.is_none() {
                let message = format!("no result is printed for {}; another target may stand for it", target.number);
                zone.note(at.clone(), "target_without_result", message);
            }
            if target.goal == Slot::Unplaced {
                zone.doubt(format!("{at}/goal"), "unplaced", "no number was found in the target's line");
            }
        }
    }
    zone.indicators = indicators;
}

/// The closing bracket, or the end of the range.
fn close(tape: &Tape, body: Range<usize>) -> usize {
    tape.text[body.clone()].find(']').map_or(body.end, |p| body.start + p)
}

/// `４．６億円、進捗度４２．３％、寄与度２５．０％`
fn results(running: &Running, tape: &Tape, body: Range<usize>, target: &mut RawTarget, labels: &mut Vec<Span>) {
    let text = &tape.text[body.clone()];
    let words = ["進捗度", "進捗率", "寄与度", "寄与率", "伸び率"];
    let mut cuts: Vec<(usize, &str)> = words.iter().filter_map(|w| text.find(w).map(|p| (p, *w))).collect();
    cuts.sort_unstable();
    let first = cuts.first().map_or(text.len(), |c| c.0);
    let slot = |from: usize, to: usize| {
        let trim = |c: char| c.is_whitespace() || "、,:・;".contains(c);
        let part = &text[from..to];
        let start = from + (part.len() - part.trim_start_matches(trim).len());
        let end = from + part.trim_end_matches(trim).len();
        if start >= end { Slot::Unplaced } else { running.slot(tape, body.start + start..body.start + end) }
    };
    target.actual = Some(slot(0, first));
    for (i, (at, word)) in cuts.iter().enumerate() {
        let end = cuts.get(i + 1).map_or(text.len(), |c| c.0);
        labels.extend(tape.spans(body.start + at..body.start + at + word.len()));
        let value = Some(slot(at + word.len(), end));
        match *word {
            "進捗度" | "進捗率" => target.progress = value,
            "寄与度" | "寄与率" => target.weight = value,
            _ => target.growth = value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;
    use crate::source::TextLine;

    #[test]
    fn marks_in_other_words_of_the_form() {
        let found = |text: &str| -> Vec<(Mark, String)> {
            let layout = Layout::from_text(&[TextLine { number: 1, page: 1, text: text.to_owned() }]);
            let tape = Tape::new(&layout, &[layout.whole(0, 0)]);
            marks(&tape).into_iter().map(|(mark, at)| (mark, tape.text[at].trim().to_owned())).collect()
        };
        for (text, mark, at) in [
            ("［平成２５年度実績４．６億円］", Mark::Results, "[平成25年度実績"),
            ("［平成２５年度末の実績値：４．６億円］", Mark::Results, "[平成25年度末の実績値:"),
            ("［令和５年実績４．６億円］", Mark::Results, "[令和5年実績"),
            ("［Ｒ５実績４．６億円］", Mark::Results, "[R5実績"),
            ("［進捗率４２．３％］", Mark::Progress, "[進捗率"),
            ("伸び率 １０％", Mark::Growth, "伸び率"),
            ("伸び率：１０％", Mark::Growth, "伸び率:"),
        ] {
            assert_eq!(found(text), [(mark, at.to_owned())], "{text}");
        }
        assert!(found("売上の伸び率を高める").is_empty());
    }
}
