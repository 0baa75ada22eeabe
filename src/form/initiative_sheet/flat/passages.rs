//! The prose of Do, Check and Action: which cell each piece comes from, and what is doubtful about it.

use super::allot::{self, Allotment, Stretch};
use super::category::{Row, Side};
use super::fields::{Field, Kind, Widest};
use super::piece;
use super::runs::{Run, Zone};
use super::word::Class;
use super::work::{Area, Work};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::sheet::{RawImprovement, Slot};

/// Rows of improvements tried.
const MOST_ROWS: usize = 4;

/// One way to read the prose of the sheet.
struct Solution {
    cost: f64,
    rows: usize,
    fields: Vec<Field>,
    stretches: Vec<Stretch>,
    allotment: Allotment,
}

fn solve(work: &Work, runs: &[Run], rows: &[Row], improvements: usize, bottom_up: bool) -> Solution {
    let fields = fields(work, rows, improvements, bottom_up);
    let stretches = stretches(work, runs, &fields);
    let widest = Widest::of(&stretches);
    let allotment = allot::allot(&stretches, &fields, |f, i| f.place_cost(&stretches, runs, i, widest));
    Solution { cost: allotment.cost + 0.5 * improvements as f64, rows: improvements, fields, stretches, allotment }
}

pub fn read(work: &mut Work, runs: &[Run], rows: &[Row], bottom_up: bool) {
    let solutions = (1..=MOST_ROWS).map(|n| solve(work, runs, rows, n, bottom_up));
    let Some(Solution { rows: count, fields, stretches, allotment, .. }) =
        solutions.min_by(|a, b| a.cost.total_cmp(&b.cost))
    else {
        return;
    };
    work.raw.improvements = vec![RawImprovement::default(); count];
    if count > 1 {
        let message = "which sentences make a row was told by what is planned and what is done";
        work.doubt(Severity::Note, "improvement_rows_inferred", "/do/improvements", message);
    }
    let doubtful = doubtful(&fields, &stretches, &allotment, runs);
    let left = stretches.iter().zip(&allotment.fields).any(|(s, f)| f.is_none() && s.piece.text.contains('。'));
    if left {
        let message = "sentences were left over that no cell could be told for; a cell or a row may lack them";
        for at in ["/do", "/check", "/action"] {
            work.doubt(Severity::Warning, "text_left", at, message);
        }
    }
    for (at, none) in [("/check", work.raw.check.is_empty()), ("/action", work.raw.action.is_empty())] {
        if none {
            work.doubt(Severity::Warning, "unplaced", at, "no row was found");
        }
    }
    for (f, field) in fields.iter().enumerate() {
        let ids: Vec<usize> = stretches
            .iter()
            .zip(&allotment.fields)
            .filter(|(_, x)| **x == Some(f))
            .flat_map(|(s, _)| s.piece.ids.iter().copied())
            .collect();
        let method = if doubtful[f].is_some() { Method::Inferred } else { Method::Order };
        let slot = match (ids.is_empty(), left) {
            (false, _) => work.slot(&ids, method),
            (true, false) => Slot::Blank(None),
            (true, true) => Slot::Unplaced,
        };
        let at = pointer(field.kind, field.index);
        match (&slot, doubtful[f]) {
            (Slot::Blank(_), _) => {
                work.doubt(Severity::Warning, "blank_inferred", at, "no text was left for it; read as an empty cell");
            }
            (Slot::Unplaced, _) => {
                work.doubt(Severity::Warning, "unplaced", at, "the text left over could not be tied to it");
            }
            (_, Some(why)) => work.doubt(Severity::Note, "passage_inferred", at, why),
            _ => {}
        }
        put(work, field.kind, field.index, slot);
    }
}

/// Every cell of prose that the sheet has, in the order of the page.
fn fields(work: &Work, rows: &[Row], improvements: usize, bottom_up: bool) -> Vec<Field> {
    let field = |kind, index, nth| Field { kind, index, nth, events: Vec::new() };
    let programs = work.raw.programs.len();
    let mut out = Vec::new();
    for k in 0..programs {
        let nth = if bottom_up { programs - 1 - k } else { k };
        out.extend([field(Kind::Activity, k, nth), field(Kind::Next, k, nth)]);
    }
    let indicators = work.raw.indicators.len();
    out.extend((0..indicators).map(|k| field(Kind::Summary, k, if bottom_up { indicators - 1 - k } else { k })));
    out.push(field(Kind::Rationale, 0, 0));
    for k in 0..improvements {
        out.extend([field(Kind::Planned, k, k), field(Kind::Reflected, k, k)]);
    }
    for (side, kind) in [(Side::Check, Kind::Check), (Side::Action, Kind::Action)] {
        for (k, row) in rows.iter().filter(|r| r.side == side).enumerate() {
            out.push(Field { events: row.events(), ..field(kind, k, k) });
        }
    }
    out
}

/// What is still free of the Do part, as prose; lone dashes where a cell of prose can hold one.
fn stretches(work: &Work, runs: &[Run], fields: &[Field]) -> Vec<Stretch> {
    let mut run_of = vec![usize::MAX; work.tokens.len()];
    for (r, run) in runs.iter().enumerate() {
        for id in &run.ids {
            run_of[*id] = r;
        }
    }
    let dashes = |i: usize| {
        runs.get(run_of[i])
            .is_some_and(|r| !matches!(r.zone, Zone::Head | Zone::Name | Zone::IndicatorName | Zone::Rationale))
    };
    let keep = |i: usize| match work.tokens[i].class() {
        Some(Class::Text | Class::Close) => true,
        Some(Class::Dash) => dashes(i),
        // A number inside a line of prose belongs to it; one that stands alone does not.
        Some(_) => i.checked_sub(1).is_some_and(|b| {
            let (t, b) = (&work.tokens[i], &work.tokens[b]);
            b.row == t.row && b.is_word(Class::Text) && !b.text.ends_with('。')
        }),
        None => false,
    };
    let pieces = piece::pieces(work, &work.of(Area::Do), keep);
    let mut last = 0;
    pieces
        .into_iter()
        .map(|piece| {
            let first = piece.ids[0];
            let behind = |f: &usize| fields[*f].events.iter().filter(|e| (last..first).contains(e)).max();
            let opened: Vec<usize> = (0..fields.len()).filter(|f| behind(f).is_some()).collect();
            let before = first.checked_sub(1).filter(|b| work.tokens[*b].row == work.tokens[first].row);
            let beside = opened.iter().copied().find(|f| before.is_some_and(|b| fields[*f].events.contains(&b)));
            last = piece.ids[piece.ids.len() - 1];
            Stretch { run: run_of[first], piece, opened, beside }
        })
        .filter(|s| s.run < runs.len())
        .collect()
}

/// Fields whose text was told by its wording and not by the place alone, and why.
fn doubtful(fields: &[Field], stretches: &[Stretch], allotment: &Allotment, runs: &[Run]) -> Vec<Option<&'static str>> {
    const SPLIT: &str =
        "no blank line or label parts it from the next cell; the wording of its sentences told where it ends";
    const FAR: &str = "it stands apart from its label; its wording and its width told what it is";
    const GOES_ON: &str = "something stands between its lines; they were read as one cell";
    const LONE: &str = "one of two cells of a row was found; its wording told which";
    let mut out: Vec<Option<&'static str>> = vec![None; fields.len()];
    let mut seen = vec![false; fields.len()];
    let mut before: Option<usize> = None;
    for (i, (s, f)) in stretches.iter().zip(&allotment.fields).enumerate() {
        let q = &s.piece;
        if let Some(f) = *f {
            let field = &fields[f];
            let marked = q.gap || q.parted || s.opened.contains(&f);
            if before == Some(f) {
                if q.gap || q.parted || q.beside {
                    out[f] = Some(GOES_ON);
                }
            } else {
                if seen[f] {
                    out[f] = Some(GOES_ON);
                }
                let dash = q.dash || (i > 0 && stretches[i - 1].piece.dash);
                if let Some(b) = before.filter(|_| !marked && !dash && i > 0) {
                    out[b] = out[b].or(Some(SPLIT));
                    out[f] = out[f].or(Some(SPLIT));
                }
                if field.has_event() && !s.opened.contains(&f) {
                    out[f] = out[f].or(Some(FAR));
                }
            }
            let alone = Stretch { opened: Vec::new(), beside: None, ..s.clone() };
            if field.place_cost(&[alone], runs, 0, Widest::default()) > 0.9 {
                out[f] = out[f].or(Some(FAR));
            }
            seen[f] = true;
        }
        before = *f;
    }
    // Of a pair of cells one alone may be either.
    for (a, x) in fields.iter().enumerate() {
        for (b, y) in fields.iter().enumerate() {
            let pair = matches!((x.kind, y.kind), (Kind::Activity, Kind::Next) | (Kind::Planned, Kind::Reflected));
            if pair && x.index == y.index && seen[a] != seen[b] {
                let there = if seen[a] { a } else { b };
                out[there] = out[there].or(Some(LONE));
            }
        }
    }
    out
}

pub fn pointer(kind: Kind, k: usize) -> String {
    match kind {
        Kind::Activity => format!("/do/programs/{k}/activity"),
        Kind::Next => format!("/do/programs/{k}/next_activity"),
        Kind::Summary => format!("/do/indicators/{k}/summary"),
        Kind::Rationale => "/do/rationale".to_owned(),
        Kind::Planned => format!("/do/improvements/{k}/planned"),
        Kind::Reflected => format!("/do/improvements/{k}/reflected"),
        Kind::Check => format!("/check/{k}/text"),
        Kind::Action => format!("/action/{k}/text"),
    }
}

pub fn put(work: &mut Work, kind: Kind, k: usize, slot: Slot) {
    let raw = &mut work.raw;
    let place = match kind {
        Kind::Activity => raw.programs.get_mut(k).map(|p| &mut p.activity),
        Kind::Next => raw.programs.get_mut(k).map(|p| &mut p.next_activity),
        Kind::Summary => raw.indicators.get_mut(k).map(|x| &mut x.summary),
        Kind::Rationale => Some(&mut raw.rationale),
        Kind::Planned => raw.improvements.get_mut(k).map(|x| &mut x.planned),
        Kind::Reflected => raw.improvements.get_mut(k).map(|x| &mut x.reflected),
        Kind::Check => raw.check.get_mut(k).map(|x| &mut x.text),
        Kind::Action => raw.action.get_mut(k).map(|x| &mut x.text),
    };
    if let Some(place) = place {
        *place = slot;
    }
}
