//! Prose of the Do part → the cells it comes from, all cells solved together.
//!
//! A search over the pieces of text in reading order: each goes on with the cell before it, opens another cell, or stays
//! nobody's. What a step costs is laid down here; what a cell expects stands in [`super::fields`].

use std::collections::HashSet;

use super::fields::Field;
use super::piece::Piece;

/// Hypotheses kept at each step; fewer where the text is far longer than any sheet's.
fn beam_width(pieces: usize) -> usize {
    match pieces {
        0..=400 => 400,
        401..=2000 => 60,
        _ => 8,
    }
}

/// A piece with what the fields need to know of its place.
#[derive(Debug, Clone)]
pub struct Stretch {
    pub piece: Piece,
    /// The run it stands in.
    pub run: usize,
    /// Fields whose own label or number stands between the piece before and this one.
    pub opened: Vec<usize>,
    /// Of these, the one whose label or number stands right before it on its line.
    pub beside: Option<usize>,
}

/// The field of each piece, and the cost of it all.
pub struct Allotment {
    pub fields: Vec<Option<usize>>,
    pub cost: f64,
}

#[derive(Debug, Clone, Copy)]
struct State {
    cost: f64,
    last: Option<usize>,
    filled: u64,
    node: usize,
}

struct Node {
    parent: usize,
    field: Option<usize>,
}

/// `place`: what it costs a field to hold a piece, apart from what comes before it.
pub fn allot(stretches: &[Stretch], fields: &[Field], place: impl Fn(&Field, usize) -> f64) -> Allotment {
    let fields = &fields[..fields.len().min(64)];
    let width = beam_width(stretches.len());
    let mut nodes = vec![Node { parent: 0, field: None }];
    let mut beam = vec![State { cost: 0.0, last: None, filled: 0, node: 0 }];
    for i in 0..stretches.len() {
        let held: Vec<f64> = fields.iter().map(|f| place(f, i)).collect();
        let mut next: Vec<State> = Vec::new();
        for state in &beam {
            next.push(State { cost: state.cost + nobody(stretches, i, state.last), last: None, ..*state });
            for (f, held) in held.iter().enumerate().filter(|(_, h)| **h < 20.0) {
                let cost = state.cost + held + step(stretches, fields, i, state, f);
                next.push(State { cost, last: Some(f), filled: state.filled | 1 << f, ..*state });
            }
        }
        beam = best(next, width);
        for state in &mut beam {
            nodes.push(Node { parent: state.node, field: state.last });
            state.node = nodes.len() - 1;
        }
    }
    for state in &mut beam {
        let empty: f64 =
            fields.iter().enumerate().filter(|(f, _)| state.filled & (1 << f) == 0).map(|(_, f)| f.empty_cost()).sum();
        let unfinished = match (state.last, stretches.last()) {
            (Some(_), Some(s)) if !s.piece.ends() && !s.piece.dash => 0.5,
            _ => 0.0,
        };
        state.cost += empty + unfinished;
    }
    beam.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut out = vec![None; stretches.len()];
    let Some(winner) = beam.first() else { return Allotment { fields: out, cost: 0.0 } };
    let mut node = winner.node;
    for slot in out.iter_mut().rev() {
        *slot = nodes[node].field;
        node = nodes[node].parent;
    }
    Allotment { fields: out, cost: winner.cost }
}

/// Of hypotheses that differ only in how they came about, the cheapest.
fn best(mut states: Vec<State>, width: usize) -> Vec<State> {
    states.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut seen = HashSet::new();
    states.retain(|s| seen.len() < width && seen.insert((s.last, s.filled)));
    states
}

/// Leaving a piece to nobody: cheap for foreign matter, dear for Japanese sentences.
fn nobody(stretches: &[Stretch], i: usize, last: Option<usize>) -> f64 {
    let p = &stretches[i].piece;
    let broken = if i > 0 && last.is_some() && !ends(&stretches[i - 1].piece) { 1.0 } else { 0.0 };
    broken + if p.dash || p.text.is_ascii() { 0.4 } else { 1.5 + p.width as f64 / 20.0 }
}

fn ends(p: &Piece) -> bool {
    p.ends() || p.dash
}

/// From the piece before to this one, when this one goes to field `f`.
fn step(stretches: &[Stretch], fields: &[Field], i: usize, state: &State, f: usize) -> f64 {
    let s = &stretches[i];
    let q = &s.piece;
    let before = (i > 0).then(|| &stretches[i - 1].piece).filter(|_| state.last.is_some());
    let opened = s.opened.contains(&f);
    let filled = state.filled & (1 << f) != 0;
    if state.last == Some(f) {
        let Some(p) = before else { return 0.0 };
        // A category opened since wants its own text.
        let mut cost = s.opened.iter().filter(|o| **o != f && state.filled & (1 << **o) == 0).count() as f64 * 1.2;
        if p.dash || q.dash {
            return cost + 4.0;
        }
        if ends(p) {
            cost += if q.gap { 1.0 } else { 0.0 } + if q.parted { 1.2 } else { 0.0 } + if q.beside { 1.3 } else { 0.0 };
        } else {
            cost += if q.gap { 0.8 } else { 0.0 } + if q.parted { 0.8 } else { 0.0 };
            cost += if q.beside { 1.0 } else { 0.0 } + if q.indent { 1.5 } else { 0.0 };
            // A line that wrapped is as long as its column is wide.
            if p.width * 4 < q.width * 3 && !q.gap {
                cost += 1.0;
            }
        }
        return cost;
    }
    let mut cost = 0.0;
    if before.is_some_and(|p| !ends(p)) {
        cost += match (q.gap || q.parted, q.beside) {
            (true, _) => 1.0,
            (_, true) => 1.5,
            _ => 4.0,
        };
    }
    if filled {
        return cost + 5.0;
    }
    if fields[f].has_event() {
        cost += match opened {
            true if s.beside.is_none_or(|b| b == f) => 0.0,
            _ => 0.6,
        };
    }
    // The cell before it in the form stays empty.
    let skipped = (0..f).any(|g| fields[g].group() == fields[f].group() && state.filled & (1 << g) == 0);
    cost += if skipped { 0.3 } else { 0.0 };
    if q.text.starts_with(['、', '。', 'を', 'ー', 'っ', 'ゃ', 'ゅ', 'ょ', ')', '」', 'ん']) {
        cost += 1.5;
    }
    cost
}
