//! Ruling lines → tables of cells.
//!
//! The rules of a table cut the plane into elementary boxes; boxes that no rule parts are one cell, so merged cells
//! need no special case, and a box that is open to the outside is no cell.

use super::Cell;
use super::lines::ascending;
use super::sets::Sets;
use crate::geometry::Rect;
use crate::source::Rule;

/// Rules nearer than this are one rule drawn twice (or the two edges of one border), in points.
const SNAP: f32 = 2.0;
/// A rule that ends this near to another one meets it, in points.
const REACH: f32 = 3.0;
/// Part of a box's side that rules must cover for the side to be closed.
const CLOSED: f32 = 0.75;
/// Rules shorter than this are marks, not borders, in points.
const SHORTEST: f32 = 1.5;
/// Rules that run this far past the last one across them leave a side open, in points.
const OPEN: f32 = 6.0;
/// A page with more rules than this is a drawing; no table is looked for on it.
const MAX_RULES: usize = 20_000;
/// A table with more elementary boxes than this is a drawing; it is left out.
pub(super) const MAX_BOXES: usize = 250_000;

/// Boxes to either side of a point that are looked at.
const MAX_BESIDE: usize = 64;

/// One table: its elementary boxes and the cell that each belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    pub rect: Rect,
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// Cell of box `row * (xs.len() - 1) + col`; `None` when the box is open to the outside.
    owner: Vec<Option<usize>>,
    /// Their lines and the number of their table are the page's business.
    pub cells: Vec<Cell>,
}

impl Grid {
    /// The cell that a point stands in, and some of its elementary boxes beside each other (without their right and lower
    /// sides) of which one is around the point.
    pub fn cell_at(&self, x: f32, y: f32) -> Option<(usize, Rect)> {
        if !self.rect.contains(x, y) {
            return None;
        }
        let col = self.xs.partition_point(|&v| v <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|&v| v <= y).checked_sub(1)?;
        if col + 1 >= self.xs.len() || row + 1 >= self.ys.len() {
            return None;
        }
        let cols = self.xs.len() - 1;
        let owners = &self.owner[row * cols..(row + 1) * cols];
        let cell = owners[col]?;
        let own = |owner: &&Option<usize>| **owner == Some(cell);
        let from = col - owners[..col].iter().rev().take(MAX_BESIDE).take_while(own).count();
        let to = col + owners[col..].iter().take(MAX_BESIDE).take_while(own).count();
        Some((cell, Rect { x0: self.xs[from], y0: self.ys[row], x1: self.xs[to], y1: self.ys[row + 1] }))
    }

    /// Where the `side`th line down the table stands.
    pub fn side(&self, side: usize) -> f32 {
        self.xs[side]
    }

    /// All boxes that a cell spans are its own.
    pub fn is_rectangle(&self, cell: usize) -> bool {
        self.boxes(cell).all(|at| self.owner[at] == Some(cell))
    }

    /// What a cell leaves out of the rectangle around it is a table of its own: somewhere two cells stand side by side.
    pub fn is_around_a_table(&self, cell: usize) -> bool {
        let cols = self.xs.len() - 1;
        let boxes: Vec<usize> = self.boxes(cell).filter(|at| self.owner[*at] != Some(cell)).collect();
        let beside = |pair: &[usize]| {
            pair[1] == pair[0] + 1 && !pair[1].is_multiple_of(cols) && self.owner[pair[0]] != self.owner[pair[1]]
        };
        boxes.windows(2).any(beside)
    }

    /// Is the row above a cell, and the one below it, parted at the `side`th line?
    pub fn parted_beside(&self, cell: usize, side: usize) -> (bool, bool) {
        let cols = self.xs.len() - 1;
        let parted = |row: usize| {
            let right = row * cols + side;
            self.owner.get(right).is_some_and(|right_of| self.owner[right - 1] != *right_of)
        };
        let cell = &self.cells[cell];
        (cell.row > 0 && parted(cell.row - 1), parted(cell.row + cell.row_span))
    }

    /// Parts a cell at the `side`th line; what stands right of it becomes the last cell. Says where the line stands.
    pub fn part(&mut self, cell: usize, side: usize) -> f32 {
        let (x, new) = (self.xs[side], self.cells.len());
        let cols = self.xs.len() - 1;
        let boxes: Vec<usize> = self.boxes(cell).filter(|at| at % cols >= side).collect();
        boxes.into_iter().for_each(|at| self.owner[at] = Some(new));
        let left = &mut self.cells[cell];
        let mut right = left.clone();
        right.col_span = left.col + left.col_span - side;
        right.col = side;
        right.rect.x0 = x;
        left.col_span = side - left.col;
        left.rect.x1 = x;
        self.cells.push(right);
        x
    }

    fn boxes(&self, cell: usize) -> impl Iterator<Item = usize> + use<> {
        let cols = self.xs.len() - 1;
        let cell = &self.cells[cell];
        let across = cell.col..cell.col + cell.col_span;
        (cell.row..cell.row + cell.row_span).flat_map(move |row| across.clone().map(move |col| row * cols + col))
    }
}

/// The tables of a page, top to bottom, left to right, and whether one was left out for its size.
pub(super) fn tables(rules: &[Rule]) -> (Vec<Grid>, bool) {
    let mut left_out = false;
    let borders = || rules.iter().filter(|r| is_border(r));
    if rules.len() > MAX_RULES && borders().count() > MAX_RULES {
        return (Vec::new(), true);
    }
    let rules = run_together(borders());
    let mut grids: Vec<Grid> = Vec::new();
    for group in connected(&rules) {
        match grid(&group) {
            Ok(Some(g)) => grids.push(g),
            Ok(None) => {}
            Err(TooLarge) => left_out = true,
        }
    }
    grids.sort_by(|a, b| {
        (a.rect.y0, a.rect.x0).partial_cmp(&(b.rect.y0, b.rect.x0)).unwrap_or(std::cmp::Ordering::Equal)
    });
    (grids, left_out)
}

fn is_border(r: &Rule) -> bool {
    r.pos.is_finite() && r.start.is_finite() && r.end.is_finite() && r.end - r.start >= SHORTEST
}

/// Rules that are drawn cell by cell: those of one line that touch, as one.
fn run_together<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<Rule> {
    let mut runs: Vec<Rule> = Vec::new();
    for rule in rules {
        // Most go on from the one drawn before: few are left to be sorted.
        if !runs.last_mut().is_some_and(|run| goes_on(run, rule)) {
            runs.push(*rule);
        }
    }
    runs.sort_unstable_by_key(|r| (r.horizontal, ascending(r.pos), ascending(r.start)));
    runs.dedup_by(|rule, run| goes_on(run, rule));
    runs
}

/// Does the rule touch this run of rules on one line? It is part of it then.
fn goes_on(run: &mut Rule, rule: &Rule) -> bool {
    let one_line = run.horizontal == rule.horizontal && run.pos == rule.pos;
    let touch = one_line && rule.start <= run.end && run.start <= rule.end;
    if touch {
        (run.start, run.end) = (run.start.min(rule.start), run.end.max(rule.end));
    }
    touch
}

/// Groups of rules that touch each other, found through a sweep over y.
fn connected(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let boxes: Vec<Rect> = rules
        .iter()
        .map(|r| {
            if r.horizontal {
                Rect { x0: r.start - REACH, y0: r.pos - SNAP, x1: r.end + REACH, y1: r.pos + SNAP }
            } else {
                Rect { x0: r.pos - SNAP, y0: r.start - REACH, x1: r.pos + SNAP, y1: r.end + REACH }
            }
        })
        .collect();
    let mut order: Vec<usize> = (0..rules.len()).collect();
    order.sort_by(|&a, &b| boxes[a].y0.total_cmp(&boxes[b].y0));
    let mut sets = Sets::new(rules.len());
    let mut active: Vec<usize> = Vec::new();
    for &i in &order {
        // Those that are left begin above this one and reach down to it.
        active.retain(|&j| boxes[j].y1 >= boxes[i].y0);
        for &j in &active {
            if boxes[i].overlap_x(&boxes[j]) >= 0.0 {
                sets.join(i, j);
            }
        }
        active.push(i);
    }
    let mut groups: Vec<(usize, Vec<Rule>)> = Vec::new();
    let mut index = vec![usize::MAX; rules.len()];
    for (i, rule) in rules.iter().enumerate() {
        let root = sets.find(i);
        if index[root] == usize::MAX {
            index[root] = groups.len();
            groups.push((root, Vec::new()));
        }
        groups[index[root]].1.push(*rule);
    }
    groups.into_iter().map(|(_, g)| g).collect()
}

struct TooLarge;

/// Ways out of a box.
const LEFT: u8 = 1;
const RIGHT: u8 = 2;
const UP_OR_DOWN: u8 = 4;

/// A side without a rule of its own (cut off by the page's end, or never drawn): where the rules of the other direction
/// that run into it end, as one rule. At least two of them must end there together, else the table is open.
fn side(rules: &[&Rule], horizontal: bool, edge: f32, end_of: fn(&Rule) -> f32) -> Option<Rule> {
    let reach: Vec<f32> = rules.iter().filter(|r| (end_of(r) - edge).abs() <= REACH).map(|r| r.pos).collect();
    let start = reach.iter().copied().fold(f32::INFINITY, f32::min);
    let end = reach.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    (end - start > SNAP).then_some(Rule { horizontal, pos: edge, start, end, thickness: 0.0 })
}

/// The sides that rules of one direction leave open beyond the outermost rules across them: the first and the last.
/// Where those belong to a table within a cell, they close that only.
fn open_sides(along: &[&Rule], across: &[&Rule], horizontal: bool) -> (Option<Rule>, Option<Rule>) {
    let low = along.iter().map(|r| r.start).fold(f32::INFINITY, f32::min);
    let high = along.iter().map(|r| r.end).fold(f32::NEG_INFINITY, f32::max);
    let first = across.iter().map(|r| r.pos).fold(f32::INFINITY, f32::min);
    let last = across.iter().map(|r| r.pos).fold(f32::NEG_INFINITY, f32::max);
    let unless_closed = |by: f32, near: bool, side: Option<Rule>| {
        let rules: Vec<&Rule> = across.iter().filter(|r| (r.pos - by).abs() <= SNAP).copied().collect();
        side.filter(|s| !near || !rules.is_empty() && !AxisLine::new(&rules).covers(s.start, s.end))
    };
    let before = unless_closed(first, first - low <= OPEN, side(along, horizontal, low, |r| r.start));
    let after = unless_closed(last, high - last <= OPEN, side(along, horizontal, high, |r| r.end));
    (before, after)
}

fn grid(rules: &[Rule]) -> Result<Option<Grid>, TooLarge> {
    let mut across: Vec<&Rule> = rules.iter().filter(|r| r.horizontal).collect();
    let mut down: Vec<&Rule> = rules.iter().filter(|r| !r.horizontal).collect();
    let (cut_top, cut_bottom) = open_sides(&down, &across, true);
    let (open_left, open_right) = open_sides(&across, &down, false);
    across.extend(cut_top.iter().chain(&cut_bottom));
    down.extend(open_left.iter().chain(&open_right));
    let ys = Axis::new(&across);
    let xs = Axis::new(&down);
    if xs.lines.len() < 2 || ys.lines.len() < 2 {
        return Ok(None);
    }
    let (cols, rows) = (xs.lines.len() - 1, ys.lines.len() - 1);
    if cols.saturating_mul(rows) > MAX_BOXES {
        return Err(TooLarge);
    }
    let boxes = cols * rows;
    let mut sets = Sets::new(boxes);
    // Through which of its sides a box is open to the outside.
    let mut leaks = vec![0u8; boxes];
    for row in 0..=rows {
        for col in 0..cols {
            if !ys.lines[row].covers(xs.lines[col].pos, xs.lines[col + 1].pos) {
                let below = row * cols + col;
                match row {
                    0 => leaks[below] |= UP_OR_DOWN,
                    _ if row == rows => leaks[below - cols] |= UP_OR_DOWN,
                    _ => sets.join(below - cols, below),
                }
            }
        }
    }
    for col in 0..=cols {
        for row in 0..rows {
            if !xs.lines[col].covers(ys.lines[row].pos, ys.lines[row + 1].pos) {
                let right = row * cols + col;
                match col {
                    0 => leaks[right] |= LEFT,
                    _ if col == cols => leaks[right - 1] |= RIGHT,
                    _ => sets.join(right - 1, right),
                }
            }
        }
    }
    let mut open = vec![0u8; boxes];
    for at in 0..boxes {
        open[sets.find(at)] |= leaks[at];
    }
    let mut index = vec![usize::MAX; boxes];
    let mut owner = vec![None; boxes];
    let mut cells: Vec<Cell> = Vec::new();
    for row in 0..rows {
        for col in 0..cols {
            let root = sets.find(row * cols + col);
            // Open at one end it may be a cell without that side; else it is none.
            if !matches!(open[root], 0 | LEFT | RIGHT) {
                continue;
            }
            let part = Rect {
                x0: xs.lines[col].pos,
                y0: ys.lines[row].pos,
                x1: xs.lines[col + 1].pos,
                y1: ys.lines[row + 1].pos,
            };
            if index[root] == usize::MAX {
                index[root] = cells.len();
                cells.push(Cell {
                    rect: part,
                    table: 0,
                    lines: 0..0,
                    row,
                    col,
                    row_span: 1,
                    col_span: 1,
                    open_top: false,
                    open_bottom: false,
                    open_side: open[root] != 0,
                });
            }
            let cell = &mut cells[index[root]];
            cell.rect = cell.rect.union(&part);
            let (end_row, end_col) = ((cell.row + cell.row_span).max(row + 1), (cell.col + cell.col_span).max(col + 1));
            cell.col = cell.col.min(col);
            cell.row_span = end_row - cell.row;
            cell.col_span = end_col - cell.col;
            cell.open_top |= row == 0 && cut_top.is_some();
            cell.open_bottom |= row + 1 == rows && cut_bottom.is_some();
            owner[row * cols + col] = Some(index[root]);
        }
    }
    if cells.is_empty() {
        return Ok(None);
    }
    let rect = Rect { x0: xs.lines[0].pos, y0: ys.lines[0].pos, x1: xs.lines[cols].pos, y1: ys.lines[rows].pos };
    Ok(Some(Grid { rect, xs: xs.positions(), ys: ys.positions(), owner, cells }))
}

/// The distinct rules of one direction, in order of their position.
struct Axis {
    lines: Vec<AxisLine>,
}

struct AxisLine {
    pos: f32,
    /// Covered stretches, merged and sorted.
    spans: Vec<(f32, f32)>,
}

impl Axis {
    fn new(rules: &[&Rule]) -> Axis {
        let mut sorted: Vec<&&Rule> = rules.iter().collect();
        sorted.sort_by(|a, b| a.pos.total_cmp(&b.pos).then(a.start.total_cmp(&b.start)));
        let mut lines: Vec<AxisLine> = Vec::new();
        let mut group: Vec<&Rule> = Vec::new();
        for rule in sorted {
            // Chained from the first of the group, so that a ladder of near rules cannot collapse into one.
            if group.first().is_some_and(|first| rule.pos - first.pos > SNAP) {
                lines.push(AxisLine::new(&group));
                group.clear();
            }
            group.push(rule);
        }
        if !group.is_empty() {
            lines.push(AxisLine::new(&group));
        }
        Axis { lines }
    }

    fn positions(&self) -> Vec<f32> {
        self.lines.iter().map(|l| l.pos).collect()
    }
}

impl AxisLine {
    fn new(group: &[&Rule]) -> AxisLine {
        let length: f32 = group.iter().map(|r| r.end - r.start).sum();
        let pos = group.iter().map(|r| r.pos * (r.end - r.start)).sum::<f32>() / length;
        let mut spans: Vec<(f32, f32)> = group.iter().map(|r| (r.start, r.end)).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut merged: Vec<(f32, f32)> = Vec::with_capacity(spans.len());
        for (a, b) in spans {
            match merged.last_mut() {
                // Dashes and the ends of neighbouring cell sides.
                Some(last) if a - last.1 <= REACH => last.1 = last.1.max(b),
                _ => merged.push((a, b)),
            }
        }
        AxisLine { pos, spans: merged }
    }

    /// Is the stretch `a..b` closed by this rule?
    fn covers(&self, a: f32, b: f32) -> bool {
        let mut covered = 0.0;
        let first = self.spans.partition_point(|s| s.1 < a);
        for s in &self.spans[first..] {
            if s.0 > b {
                break;
            }
            covered += s.1.min(b) - s.0.max(a);
        }
        covered >= (b - a) * CLOSED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(y: f32, x0: f32, x1: f32) -> Rule {
        Rule { horizontal: true, pos: y, start: x0, end: x1, thickness: 0.5 }
    }

    fn down(x: f32, y0: f32, y1: f32) -> Rule {
        Rule { horizontal: false, pos: x, start: y0, end: y1, thickness: 0.5 }
    }

    fn rects(rules: &[Rule]) -> Vec<(usize, usize, usize, usize)> {
        let (grids, _) = tables(rules);
        grids.iter().flat_map(|g| g.cells.iter().map(|c| (c.row, c.col, c.row_span, c.col_span))).collect()
    }

    #[test]
    fn merged_cells_are_one() {
        // Two rows; the lower one is not parted.
        let rules = [
            across(0.0, 0.0, 100.0),
            across(20.0, 0.0, 100.0),
            across(40.0, 0.0, 100.0),
            down(0.0, 0.0, 40.0),
            down(50.0, 0.0, 20.0),
            down(100.0, 0.0, 40.0),
        ];
        assert_eq!(rects(&rules), [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]);
    }

    #[test]
    fn doubled_and_dashed_rules_are_one() {
        let mut rules = vec![
            across(0.0, 0.0, 100.0),
            across(1.2, 0.0, 100.0),
            across(30.0, 0.0, 100.0),
            down(0.0, 0.0, 30.0),
            down(100.0, 0.0, 30.0),
        ];
        for i in 0..20 {
            rules.push(down(50.0, i as f32 * 1.5, i as f32 * 1.5 + 1.5));
        }
        rules.retain(|r| r.end > r.start);
        assert_eq!(rects(&rules), [(0, 0, 1, 1), (0, 1, 1, 1)]);
    }

    #[test]
    fn a_cell_goes_on_where_the_page_cuts_it() {
        let rules = [across(0.0, 0.0, 100.0), down(0.0, 0.0, 30.0), down(100.0, 0.0, 30.0)];
        let (grids, _) = tables(&rules);
        assert_eq!(grids[0].cells.iter().map(|c| (c.open_top, c.open_bottom)).collect::<Vec<_>>(), [(false, true)]);
    }

    /// The rules end 2 pt below a table within the cell: that table's last rule does not close the cell.
    #[test]
    fn a_cell_cut_by_the_page_right_below_a_table_in_it_is_one() {
        let mut rules = vec![across(0.0, 0.0, 100.0), across(60.0, 20.0, 80.0), across(40.0, 20.0, 80.0)];
        rules.extend([down(0.0, 0.0, 62.0), down(100.0, 0.0, 62.0), down(20.0, 40.0, 60.0), down(80.0, 40.0, 60.0)]);
        rules.push(across(30.0, 0.0, 100.0));
        // The table touches the cell's side, so it is one with it.
        rules.push(across(50.0, 0.0, 80.0));
        let (grids, _) = tables(&rules);
        let outer = grids[0].cells.iter().find(|c| c.rect.x1 == 100.0 && c.rect.y0 >= 30.0).expect("the cut cell");
        assert!(outer.open_bottom && outer.rect.y1 > 60.0);
    }

    #[test]
    fn an_open_box_is_no_cell() {
        // The right one has neither its upper nor its right side.
        let rules = [across(0.0, 0.0, 50.0), across(20.0, 0.0, 100.0), down(0.0, 0.0, 20.0), down(50.0, 0.0, 20.0)];
        assert_eq!(rects(&rules), [(0, 0, 1, 1)]);
    }

    #[test]
    fn a_side_that_was_never_drawn_is_where_the_rules_end() {
        let rules = [across(0.0, 0.0, 100.0), across(20.0, 0.0, 100.0), down(0.0, 0.0, 20.0), down(50.0, 0.0, 20.0)];
        assert_eq!(rects(&rules), [(0, 0, 1, 1), (0, 1, 1, 1)]);
    }

    /// A page of 100,000 lines took half a minute.
    #[test]
    fn a_page_of_lines_without_end_is_left_out() {
        let rules: Vec<Rule> = (0..=MAX_RULES).map(|i| down(i as f32 * 0.01, 0.0, 800.0)).collect();
        assert_eq!(tables(&rules), (Vec::new(), true));
    }

    #[test]
    fn tables_apart_have_grids_of_their_own() {
        let square = |x: f32, y: f32| {
            [across(y, x, x + 20.0), across(y + 20.0, x, x + 20.0), down(x, y, y + 20.0), down(x + 20.0, y, y + 20.0)]
        };
        let rules: Vec<Rule> = [square(0.0, 0.0), square(0.0, 50.0)].concat();
        assert_eq!(tables(&rules).0.len(), 2);
    }
}
