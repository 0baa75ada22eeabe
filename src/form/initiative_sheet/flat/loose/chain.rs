//! Lines of prose → passages: each line that breaks off wants the one that goes on from it.

use super::junction::Printed;
use super::line::Line;
use super::matching;

/// What it costs that a line breaks off for good.
const BROKEN: f64 = 7.0;

/// Which line goes on from each.
#[derive(Debug, Clone, PartialEq)]
pub struct Links {
    pub next: Vec<Option<usize>>,
}

/// Costs of each pair, and of nothing going before a line.
pub struct Costs {
    pub pair: Vec<Vec<f64>>,
    pub head: Vec<f64>,
    /// Of a line that breaks off for good.
    pub broken: Vec<f64>,
}

impl Costs {
    pub fn of(lines: &[Line], printed: &Printed) -> Costs {
        let pair = |a: usize, b: usize| {
            if a == b {
                return 1e6;
            }
            printed.cost(&lines[a].chars, &lines[b].chars) + width_cost(&lines[a], &lines[b])
        };
        Costs {
            pair: (0..lines.len()).map(|a| (0..lines.len()).map(|b| pair(a, b)).collect()).collect(),
            broken: vec![BROKEN; lines.len()],
            head: lines.iter().map(|l| printed.head_cost(&l.chars)).collect(),
        }
    }

    /// Of all links.
    pub fn total(&self, links: &Links, lines: &[Line]) -> f64 {
        let mut headed = vec![true; lines.len()];
        let mut cost = 0.0;
        for (a, next) in links.next.iter().enumerate() {
            match next {
                Some(b) => {
                    headed[*b] = false;
                    cost += self.pair[a][*b];
                }
                None if !lines[a].ends() => cost += self.broken[a],
                None => {}
            }
        }
        cost + headed.iter().zip(&self.head).filter(|(h, _)| **h).map(|(_, c)| c).sum::<f64>()
    }
}

/// Lines of one cell that wrapped are equally long, but for a sign that may not begin a line; the last is no longer.
fn width_cost(a: &Line, b: &Line) -> f64 {
    let page = if a.page == b.page { 0.0 } else { 2.0 };
    let indent = if b.indent || b.text.starts_with(['・', '○', '●', '※']) { 6.0 } else { 0.0 };
    let width = if b.ends() {
        if b.width > a.width + 4 { 6.0 } else { 0.0 }
    } else {
        match a.width.abs_diff(b.width) {
            0..=3 => 0.0,
            4..=6 => 1.5,
            _ => 7.0,
        }
    };
    page + indent + width
}

/// The cheapest links, no line going on from itself.
pub fn link(lines: &[Line], costs: &Costs) -> Links {
    let open: Vec<usize> = (0..lines.len()).filter(|i| !lines[*i].ends()).collect();
    let table: Vec<Vec<f64>> = open
        .iter()
        .enumerate()
        .map(|(row, a)| {
            let follow = (0..lines.len()).map(|b| costs.pair[*a][b] - costs.head[b]);
            let broken = (0..open.len()).map(|k| if k == row { costs.broken[*a] } else { 1e6 });
            follow.chain(broken).collect()
        })
        .collect();
    let mut links = Links { next: vec![None; lines.len()] };
    for (a, b) in open.iter().zip(matching::cheapest(&table)) {
        links.next[*a] = Some(b).filter(|b| *b < lines.len());
    }
    while let Some(at) = links.circle() {
        let dearest = at.into_iter().max_by(|a, b| {
            let cost = |i: usize| links.next[i].map_or(0.0, |n| costs.pair[i][n]);
            cost(*a).total_cmp(&cost(*b))
        });
        let Some(dearest) = dearest else { break };
        links.next[dearest] = None;
    }
    links
}

impl Links {
    /// Lines that go on from each other without end.
    pub fn circle(&self) -> Option<Vec<usize>> {
        let n = self.next.len();
        (0..n).find_map(|start| {
            let mut path = vec![start];
            let mut at = start;
            while let Some(next) = self.next[at].filter(|_| path.len() <= n) {
                if next == start {
                    return Some(path);
                }
                path.push(next);
                at = next;
            }
            None
        })
    }

    /// Lines in the order in which they go on, from each that nothing goes before.
    pub fn passages(&self) -> Vec<Vec<usize>> {
        let behind: Vec<usize> = self.next.iter().flatten().copied().collect();
        let heads = (0..self.next.len()).filter(|i| !behind.contains(i));
        heads
            .map(|head| {
                let mut out = vec![head];
                while let Some(next) = out.last().and_then(|l| self.next[*l]).filter(|_| out.len() <= self.next.len()) {
                    out.push(next);
                }
                out
            })
            .collect()
    }

    /// Everything that differs from this by two lines changing what goes on from them.
    pub fn neighbours(&self) -> Vec<Links> {
        let open: Vec<usize> = (0..self.next.len()).filter(|i| self.next[*i].is_some()).collect();
        let behind: Vec<usize> = self.next.iter().flatten().copied().collect();
        let heads: Vec<usize> = (0..self.next.len()).filter(|i| !behind.contains(i)).collect();
        let mut out = Vec::new();
        for (k, a) in open.iter().enumerate() {
            for b in &open[k + 1..] {
                let mut other = self.clone();
                other.next.swap(*a, *b);
                out.push(other);
            }
            for head in &heads {
                let mut other = self.clone();
                other.next[*a] = Some(*head);
                out.push(other);
            }
        }
        out.retain(|l| l.circle().is_none());
        out
    }
}
