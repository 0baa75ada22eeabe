//! 担当部課, 【連絡先】 and 関連URL, in whatever order they stand.

use super::word::{self, Class};
use super::work::{Area, Work};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::Slot;

pub fn read(work: &mut Work) {
    let plan = work.of(Area::Plan);
    phone(work, &plan);
    for label in [Label::Contact, Label::Department] {
        if work.raw.department != Slot::Unplaced {
            break;
        }
        let Some(at) = work.labels(Area::Plan, label).first().copied() else { continue };
        let ids: Vec<usize> = behind_phone(work, at);
        if !ids.is_empty() && is_department(&work.text(&ids)) {
            work.raw.department = work.slot(&ids, Method::Order);
        }
    }
    if let Some(at) = work.labels(Area::Plan, Label::Url).first().copied() {
        let ids = work.following(at);
        let same_row = ids.first().is_some_and(|i| work.tokens[*i].row == work.tokens[at].row);
        match ids.first().and_then(|i| work.tokens[*i].class()) {
            Some(Class::Dash) => work.raw.url = work.slot(&ids[..1], Method::Order),
            Some(Class::Url) => {
                let more = ids[1..].iter().take_while(|i| word::continues_url(&work.tokens[**i].text)).count();
                work.raw.url = work.slot(&ids[..=more], Method::Order);
            }
            Some(_) if same_row => {
                let row = work.tokens[at].row;
                let line: Vec<usize> = ids.into_iter().filter(|i| work.tokens[*i].row == row).collect();
                work.raw.url = work.slot(&line, Method::Order);
            }
            _ => {}
        }
    }
    if work.raw.department == Slot::Unplaced {
        lone_department(work, &plan);
    }
    if work.raw.url == Slot::Unplaced {
        lone_url(work, &plan);
    }
}

/// The one address of the plan, wherever it stands.
pub fn lone_url(work: &mut Work, plan: &[usize]) {
    let found: Vec<usize> = plan.iter().copied().filter(|i| work.word(*i, Class::Url)).collect();
    let [only] = found[..] else { return };
    let next = only + 1..work.tokens.len();
    let goes_on = |i: &usize| work.free(*i) && work.tokens[*i].first && word::continues_url(&work.tokens[*i].text);
    let ids: Vec<usize> = [only].into_iter().chain(next.take_while(goes_on).take(3)).collect();
    work.raw.url = work.slot(&ids, Method::Inferred);
    work.doubt(
        Severity::Note,
        "field_inferred",
        "/plan/url",
        "the only address of the plan; it stands far from its label",
    );
}

pub fn phone(work: &mut Work, plan: &[usize]) {
    let phones: Vec<usize> = plan.iter().copied().filter(|i| work.word(*i, Class::Phone)).collect();
    if let [only] = phones[..] {
        work.raw.phone = work.slot(&[only], Method::Order);
        let near: Vec<usize> = (only.saturating_sub(2)..(only + 3).min(work.tokens.len()))
            .filter(|i| work.word(*i, Class::Bracket))
            .collect();
        work.label(&near);
        return;
    }
    let bracketed = |work: &Work, open: usize| {
        let inside: Vec<usize> = (open + 1..work.tokens.len())
            .take_while(|i| {
                *i < open + 6 && !work.tokens[*i].is_word(Class::Bracket) && work.tokens[*i].label().is_none()
            })
            .collect();
        let closes = inside.last().map_or(open + 1, |i| i + 1);
        let closed = work.tokens.get(closes).is_some_and(|t| t.text == "】");
        let digits = work.text(&inside).chars().filter(char::is_ascii_digit).count();
        (closed && digits >= 6).then_some((inside, closes))
    };
    for open in plan.iter().copied().filter(|i| work.word(*i, Class::Bracket) && work.tokens[*i].text == "【") {
        if let Some((inside, close)) = bracketed(work, open) {
            work.raw.phone = work.slot(&inside, Method::Order);
            work.label(&[open, close]);
            return;
        }
    }
}

/// What follows a label, the bracketed telephone number left out.
fn behind_phone(work: &Work, label: usize) -> Vec<usize> {
    let mut out = Vec::new();
    for i in label + 1..work.tokens.len() {
        let t = &work.tokens[i];
        // A blank line may part the label from its value.
        if t.label().is_some() || (t.gap && i > label + 1) {
            break;
        }
        if work.used[i] {
            if out.is_empty() { continue } else { break }
        }
        out.push(i);
    }
    out
}

/// A name of an office: it ends as offices do.
pub fn is_department(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit() || ")）".contains(c));
    (2..=30).contains(&text.chars().count())
        && !text.contains(['。', '、'])
        && [
            "課",
            "室",
            "部",
            "局",
            "班",
            "係",
            "所",
            "院",
            "センター",
            "委員会",
            "本部",
            "館",
            "校",
            "庁",
            "グループ",
            "チーム",
        ]
        .iter()
        .any(|end| text.ends_with(end))
}

/// A text drawn far from its label: the one line that reads like an office, best the one with the dash of an empty
/// 関連URL behind it.
fn lone_department(work: &mut Work, plan: &[usize]) {
    let lines: Vec<usize> =
        plan.iter().copied().filter(|i| work.word(*i, Class::Text) && is_department(&work.tokens[*i].text)).collect();
    let alone =
        |i: usize| work.tokens[i].first && !work.tokens.get(i + 1).is_some_and(|t| !t.first && t.is_word(Class::Text));
    // The dash of an empty 関連URL, on its line or alone on the next one.
    let dashed = |i: usize| {
        work.tokens.get(i + 1).is_some_and(|t| !t.gap && t.is_word(Class::Dash) && work.free(i + 1))
            && work.tokens.get(i + 2).is_none_or(|t| t.first)
    };
    let strong = |i: usize| {
        let text = &work.tokens[i].text;
        text.contains(['部', '局', '庁']) && text.ends_with(['課', '室', '班', '局'])
    };
    let pick = lines
        .iter()
        .copied()
        .find(|i| alone(*i) && dashed(*i))
        .or_else(|| lines.iter().copied().find(|i| alone(*i) && strong(*i)))
        .or_else(|| lines.iter().copied().find(|i| alone(*i)));
    let Some(pick) = pick else { return };
    let dashed = dashed(pick);
    work.raw.department = work.slot(&[pick], Method::Inferred);
    work.doubt(Severity::Note, "field_inferred", "/plan/department", "known by its form; it stands far from its label");
    if dashed && work.raw.url == Slot::Unplaced {
        work.raw.url = work.slot(&[pick + 1], Method::Inferred);
        work.doubt(
            Severity::Note,
            "field_inferred",
            "/plan/url",
            "the dash beside the department is read as an empty 関連URL",
        );
    }
}
