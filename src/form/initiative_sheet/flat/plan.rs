//! １ 取組の概要（Plan): the fields that stand beside a label, then what can be told by its form or its place.

use super::piece::{self, Piece};
use super::targets;
use super::word::{self, Class};
use super::work::{Area, Work};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::actors;
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::Slot;

/// `names`: the 活動指標名 of the Do part, folded, by which those of the plan are known.
pub fn read(work: &mut Work, names: &[String]) {
    beside_labels(work);
    super::contact::read(work);
    who_acts(work);
    direction(work);
    let values = targets::values(work);
    free_text(work, names, &values);
    super::outputs::read(work, names, &values);
    leftovers(work);
    doubts(work);
}

/// What the form always prints and was not found, and text that no field took.
fn doubts(work: &mut Work) {
    let numbered = work.raw.measure.spans().first().is_some_and(|first| {
        work.tokens.iter().any(|t| {
            t.span.page == first.page
                && t.span.line == first.line
                && t.span.start == first.start
                && t.text.starts_with(word::is_number)
        })
    });
    if !numbered {
        let message = "the form prints a number in front of 施策; none was found there";
        work.doubt(Severity::Warning, "number_missing", "/plan/measure", message);
    }
    let left = plan_pieces(work).iter().any(|p| !p.text.is_ascii());
    if left {
        let message = "text of the plan was left over; a field may lack it";
        work.doubt(Severity::Warning, "text_left", "/plan", message);
    }
}

/// Labels whose value stands on their own line or under it.
fn beside_labels(work: &mut Work) {
    if let Some(label) = work.labels(Area::Plan, Label::Development).first().copied() {
        let ids = work.following(label);
        let number = ids.iter().copied().find(|i| work.word(*i, Class::Development));
        let title: Vec<usize> = ids.iter().copied().filter(|i| Some(*i) != number).collect();
        work.raw.development_title = work.slot(&title, Method::Order);
        let number = number.or_else(|| {
            let plan = work.of(Area::Plan);
            let mut found = plan.into_iter().filter(|i| work.word(*i, Class::Development));
            found.next().filter(|_| found.next().is_none())
        });
        work.raw.development_number = work.slot(&Vec::from_iter(number), Method::Order);
    }
    for (label, pick) in [(Label::Measure, 0), (Label::SubMeasure, 1), (Label::Initiative, 2), (Label::Outcome, 3)] {
        let Some(at) = work.labels(Area::Plan, label).first().copied() else { continue };
        let ids = work.following(at);
        let slot = work.slot(&ids, Method::Order);
        match pick {
            0 => work.raw.measure = slot,
            1 => work.raw.sub_measure = slot,
            2 => work.raw.initiative = slot,
            _ => work.raw.outcome_indicator = slot,
        }
    }
    if let Some(at) = work.labels(Area::Plan, Label::Direction).first().copied() {
        let ids = work.following(at);
        // A passage, not a stray word of the next column.
        if work.text(&ids).contains('。') || ids.first().is_some_and(|i| work.tokens[*i].text.starts_with('・')) {
            work.raw.direction = work.slot(&ids, Method::Order);
        }
    }
}

/// 実施主体: a list of who acts, often wrapped in its narrow column.
fn who_acts(work: &mut Work) {
    let pieces = plan_pieces(work);
    let mut best: Option<(usize, usize)> = None;
    for from in 0..pieces.len() {
        let mut text = String::new();
        for (n, p) in pieces[from..].iter().take(6).enumerate() {
            let listed = text.ends_with([',', '、']) || p.text.starts_with([',', '、']);
            if n > 0 && (p.parted || (p.gap && !listed)) {
                break;
            }
            text.push_str(&p.text);
            if actors::is_list(&text) && best.is_none_or(|(f, len)| from == f && n + 1 > len) {
                best = Some((from, n + 1));
            }
        }
        if best.is_some_and(|(f, len)| from >= f + len) {
            break;
        }
    }
    if let Some((from, n)) = best {
        let ids: Vec<usize> = pieces[from..from + n].iter().flat_map(|p| p.ids.iter().copied()).collect();
        work.raw.actors = work.slot(&ids, Method::Order);
    }
}

/// Free text of the plan, cut at labels, values and blank lines.
fn plan_pieces(work: &Work) -> Vec<Piece> {
    piece::pieces(work, &work.of(Area::Plan), |i| {
        matches!(work.tokens[i].class(), Some(Class::Text | Class::Number | Class::Close))
    })
}

/// 施策の方向 drawn apart from its label: a passage that begins with a bullet, or is set wider than the rest.
fn direction(work: &mut Work) {
    if work.raw.direction != Slot::Unplaced {
        return;
    }
    let pieces = plan_pieces(work);
    let widest = pieces.iter().map(|p| p.width).max().unwrap_or(0);
    let from = pieces
        .iter()
        .position(|p| p.text.starts_with('・') && p.width * 2 > widest)
        .or_else(|| pieces.iter().position(|p| widest > 100 && p.width * 4 > widest * 3));
    let Some(from) = from else { return };
    let mut ids = pieces[from].ids.clone();
    let mut last = &pieces[from];
    for p in &pieces[from + 1..] {
        let goes_on = !last.ends() || p.text.starts_with('・') || p.width * 4 > widest * 3;
        if p.gap || p.parted || !goes_on {
            break;
        }
        ids.extend(&p.ids);
        last = p;
    }
    work.raw.direction = work.slot(&ids, Method::Inferred);
    work.doubt(Severity::Note, "field_inferred", "/plan/direction", "the passage set widest is read as 施策の方向");
}

/// 主な取組（アクティビティ） and 年度別計画: the passage, and the line over the targets.
fn free_text(work: &mut Work, names: &[String], values: &[targets::Value]) {
    let pieces = plan_pieces(work);
    let blocks = blocks(&pieces);
    let prose: Vec<&[Piece]> = blocks.iter().copied().filter(|b| b.iter().any(|p| p.text.contains('。'))).collect();
    if let Some(summary) = prose.iter().max_by_key(|b| b.iter().map(|p| p.width).sum::<usize>()) {
        let ids: Vec<usize> = summary.iter().flat_map(|p| p.ids.iter().copied()).collect();
        let sure = prose.len() == 1;
        work.raw.summary = work.slot(&ids, if sure { Method::Order } else { Method::Inferred });
        if !sure {
            let message = "several passages stand in the plan; the longest is read as 主な取組（アクティビティ）";
            work.doubt(Severity::Warning, "field_inferred", "/plan/summary", message);
        }
    }
    activity(work, names, values);
}

/// Consecutive pieces of one cell. A line that begins a passage is told from a heading over it by its width.
fn blocks(pieces: &[Piece]) -> Vec<&[Piece]> {
    let mut out = Vec::new();
    let mut from = 0;
    // Does a sentence end in this piece or in one that follows without a break?
    let mut prose = vec![false; pieces.len() + 1];
    for i in (0..pieces.len()).rev() {
        let joined = pieces.get(i + 1).is_some_and(|b| !b.gap && !b.parted);
        prose[i] = pieces[i].text.contains('。') || (joined && prose[i + 1]);
    }
    for i in 1..=pieces.len() {
        let cut = i == pieces.len() || pieces[i].gap || pieces[i].parted || {
            let (a, b) = (&pieces[i - 1], &pieces[i]);
            (b.indent && !a.ends())
                || (!a.ends() && a.width * 5 < b.width * 4 && from == i - 1)
                || (a.ends() && !prose[i])
        };
        if cut && i > from {
            out.push(&pieces[from..i]);
            from = i;
        }
    }
    out
}

/// The heading line over the targets: before 活動指標（アウトプット）, or the first of two where the labels stand elsewhere.
fn activity(work: &mut Work, names: &[String], values: &[targets::Value]) {
    let pieces = plan_pieces(work);
    let blocks: Vec<&[Piece]> = blocks(&pieces);
    let text = |b: &[Piece]| b.iter().map(|p| p.text.as_str()).collect::<String>();
    let named = |b: &[Piece]| {
        let t = text(b);
        names.iter().any(|n| !n.is_empty() && (t == *n || t.starts_with(n.as_str())))
    };
    let first_value = values.iter().filter_map(|v| v.ids.first().copied()).min();
    let label = work.labels(Area::Plan, Label::OutputIndicators).first().copied();
    let start = |b: &[Piece]| b[0].ids[0];
    let end = |b: &[Piece]| b[b.len() - 1].ids[b[b.len() - 1].ids.len() - 1];
    // The label heads the targets when names or values stand behind it; in bottom-up orders it trails them.
    let heads =
        label.is_some_and(|l| first_value.is_some_and(|v| v > l) || blocks.iter().any(|b| start(b) > l && named(b)));
    let candidates: Vec<&[Piece]> = blocks
        .iter()
        .copied()
        .filter(|b| !text(b).contains('。') && !named(b))
        .filter(|b| !heads || label.is_none_or(|l| start(b) < l))
        .filter(|b| heads || first_value.is_none_or(|v| start(b) < v))
        .collect();
    // What stands directly over the first value is its name, unless it is all there is.
    let over_values = |b: &[Piece]| first_value.is_some_and(|v| end(b) + 1 == v);
    let pick = match candidates[..] {
        [] => None,
        [one] => Some(one),
        _ if heads => {
            let zone = |b: &[Piece]| work.zone(start(b)).map(|(_, l)| l);
            candidates
                .iter()
                .rev()
                .copied()
                .find(|b| matches!(zone(b), Some(Label::YearPlan | Label::Year | Label::Actors)))
                .or(candidates.last().copied())
        }
        _ => candidates.iter().copied().find(|b| !over_values(b)),
    };
    let (Some(pick), unsure) = (pick, candidates.len() > 2) else { return };
    if candidates.len() == 1 && !heads && over_values(pick) && blocks.iter().all(|b| !named(b)) {
        return; // It is the name.
    }
    let ids: Vec<usize> = pick.iter().flat_map(|p| p.ids.iter().copied()).collect();
    work.raw.activity = work.slot(&ids, if unsure { Method::Inferred } else { Method::Order });
    if unsure {
        work.doubt(
            Severity::Warning,
            "field_inferred",
            "/plan/activity",
            "one of several lines that stand under no label",
        );
    }
}

/// What is still free goes to the fields that are still empty, where only one of each is left.
fn leftovers(work: &mut Work) {
    let pieces: Vec<Piece> = plan_pieces(work).into_iter().filter(|p| !p.text.is_ascii()).collect();
    if pieces.is_empty() {
        return;
    }
    let blocks = blocks(&pieces);
    let ids = |b: &[Piece]| b.iter().flat_map(|p| p.ids.iter().copied()).collect::<Vec<_>>();
    let title_missing = work.raw.development_title == Slot::Unplaced;
    let bulleted = blocks.iter().copied().find(|b| b[0].text.starts_with(['○', '〇', '◯']));
    let numbered = blocks.iter().copied().find(|b| b[0].text.chars().next().is_some_and(word::is_number));
    let plain = blocks.iter().copied().find(|b| {
        !b[0].text.starts_with(['○', '〇', '◯', '・'])
            && !b[0].text.chars().next().is_some_and(word::is_number)
            && !b.iter().any(|p| p.text.contains('。'))
    });
    let message = "the only text left for it; it stands apart from its label";
    if let (true, Some(b)) = (work.raw.sub_measure == Slot::Unplaced, bulleted) {
        work.raw.sub_measure = work.slot(&ids(b), Method::Inferred);
        work.doubt(Severity::Note, "field_inferred", "/plan/sub_measure", message);
    }
    if let (true, Some(b)) = (work.raw.measure == Slot::Unplaced, numbered) {
        work.raw.measure = work.slot(&ids(b), Method::Inferred);
        work.doubt(Severity::Note, "field_inferred", "/plan/measure", message);
    }
    if let (true, Some(b)) = (title_missing, plain) {
        work.raw.development_title = work.slot(&ids(b), Method::Inferred);
        work.doubt(Severity::Warning, "field_inferred", "/plan/development/title", message);
    } else if let (true, Some(b)) = (work.raw.initiative == Slot::Unplaced, plain) {
        work.raw.initiative = work.slot(&ids(b), Method::Inferred);
        work.doubt(Severity::Warning, "field_inferred", "/plan/initiative", message);
    }
}
