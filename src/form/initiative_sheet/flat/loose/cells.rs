//! The prose of Do, Check and Action: lines → passages → cells, each told by how its sentences end, by how wide its lines
//! are, and by what the form's writers put there.

use std::collections::HashSet;

use super::chain::{self, Costs, Links};
use super::junction::Printed;
use super::line::{self, Line};
use super::matching;
use super::rows::Row;
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::flat::category::Side;
use crate::form::initiative_sheet::flat::fields::Kind;
use crate::form::initiative_sheet::flat::passages;
use crate::form::initiative_sheet::flat::sentence;
use crate::form::initiative_sheet::flat::word::Class;
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{RawImprovement, Slot};
use crate::layout::Layout;

/// Lines of prose at most.
const MOST_LINES: usize = 240;
/// Lines that are tried in other links; of longer sheets the first links stay.
const MOST_TRIED: usize = 48;
/// Rounds of such trials.
const ROUNDS: usize = 6;
/// What it costs that no cell takes a passage, and that a cell takes another one.
const NOBODY: f64 = 6.0;
const ANOTHER: f64 = 1.5;

/// A cell of prose.
#[derive(Debug, Clone, Copy)]
struct Cell {
    kind: Kind,
    index: usize,
}

/// A passage as the cells weigh it.
struct Passage {
    lines: Vec<usize>,
    text: String,
    page: usize,
    /// The width of its lines that wrapped.
    full: Option<usize>,
    width: usize,
}

/// What pages print, and how wide the widest cell is.
struct Sheet {
    cells: Vec<Cell>,
    /// Pages with labels of Do, and of Check and Action.
    pages: [HashSet<usize>; 2],
    width: Option<usize>,
}

/// Puts the prose into the record; the text of the rationale.
pub fn read(work: &mut Work, layout: &Layout, rows: Vec<Row>) -> String {
    let prose = |l: &Line| !l.text.is_ascii() && (l.ends() || l.width >= 40);
    let lines: Vec<Line> = line::lines(work, &work.of(Area::Do)).into_iter().filter(prose).take(MOST_LINES).collect();
    let pages: Vec<usize> = work.tokens.iter().map(|t| t.span.page).collect();
    let costs = Costs::of(&lines, &Printed::around(layout, &pages));
    let sheet = Sheet::of(work, &lines, &rows);
    let mut links = chain::link(&lines, &costs);
    let cost = |links: &Links| costs.total(links, &lines) + sheet.settle(&lines, links).1;
    let mut least = cost(&links);
    for _ in 0..if lines.len() <= MOST_TRIED { ROUNDS } else { 0 } {
        let better = links.neighbours().into_iter().map(|l| (cost(&l), l)).min_by(|a, b| a.0.total_cmp(&b.0));
        match better {
            Some((c, other)) if c < least - 1e-9 => (least, links) = (c, other),
            _ => break,
        }
    }
    let (found, _) = sheet.settle(&lines, &links);
    put(work, &sheet, &lines, found)
}

impl Sheet {
    fn of(work: &Work, lines: &[Line], rows: &[Row]) -> Sheet {
        let cell = |kind, index| Cell { kind, index };
        let mut cells = Vec::new();
        cells.extend((0..work.raw.programs.len()).flat_map(|k| [cell(Kind::Activity, k), cell(Kind::Next, k)]));
        cells.extend((0..work.raw.indicators.len()).map(|k| cell(Kind::Summary, k)));
        cells.extend([cell(Kind::Rationale, 0), cell(Kind::Planned, 0), cell(Kind::Reflected, 0)]);
        for (side, kind) in [(Side::Check, Kind::Check), (Side::Action, Kind::Action)] {
            cells.extend((0..rows.iter().filter(|r| r.side == side).count()).map(|k| cell(kind, k)));
        }
        let mut pages = [HashSet::new(), HashSet::new()];
        for t in &work.tokens {
            let Some(label) = t.label().filter(|l| !matches!(l, Label::Edition | Label::Year)) else { continue };
            let late = matches!(label, Label::CheckHeading | Label::ActionHeading | Label::Category | Label::Content);
            pages[usize::from(late)].insert(t.page);
        }
        let widest = lines.iter().filter(|l| !l.ends()).map(|l| l.width).max();
        let width = widest.and_then(|w| match w {
            110.. => Some(w),
            64.. => Some(w * 2),
            _ => None,
        });
        Sheet { cells, pages, width }
    }

    /// Passages of each cell, what is left, and the cost of it all.
    fn settle(&self, lines: &[Line], links: &Links) -> (Vec<(Passage, Option<Cell>)>, f64) {
        let passages: Vec<Passage> = links.passages().into_iter().map(|p| Passage::of(lines, p)).collect();
        let table: Vec<Vec<f64>> = passages
            .iter()
            .map(|p| {
                let own: Vec<f64> = self.cells.iter().map(|c| self.cost(*c, p)).collect();
                let more = own.iter().map(|c| c + ANOTHER);
                own.iter().copied().chain(more).chain(passages.iter().map(|_| NOBODY)).collect()
            })
            .collect();
        let taken = matching::cheapest(&table);
        let mut cost: f64 = taken.iter().enumerate().map(|(p, c)| table[p][*c]).sum();
        let n = self.cells.len();
        let empty = (0..n).filter(|c| !taken.contains(c) && !taken.contains(&(c + n))).count();
        cost += 0.5 * empty as f64;
        let cell = |p: usize| taken.get(p).filter(|c| **c < 2 * n).map(|c| self.cells[c % n]);
        let out = passages.into_iter().enumerate().map(|(p, passage)| (passage, cell(p))).collect();
        (out, cost)
    }

    fn cost(&self, cell: Cell, p: &Passage) -> f64 {
        let late = usize::from(matches!(cell.kind, Kind::Check | Kind::Action));
        let mut cost = if self.pages[late].contains(&p.page) { 0.0 } else { 5.0 };
        let endings = sentence::endings("", &p.text);
        cost += endings.iter().map(|e| cell.kind.ending_cost(*e)).sum::<f64>().min(3.0) * 2.0;
        cost + self.width_cost(cell.kind, p) + hint_cost(cell.kind, &p.text)
    }

    fn width_cost(&self, kind: Kind, p: &Passage) -> f64 {
        let Some(page) = self.width else { return 0.0 };
        // Shares of the width of the page in the form.
        let share = match kind {
            Kind::Rationale => 1.0,
            Kind::Activity | Kind::Next | Kind::Planned | Kind::Reflected => 0.495,
            Kind::Summary => 0.37,
            Kind::Check | Kind::Action => 0.345,
        };
        let (wanted, page) = (page as f64 * share, page as f64);
        let off = match p.full {
            Some(full) => (full as f64 - wanted).abs() / page,
            None => (p.width as f64 - wanted).max(0.0) / page,
        };
        match off {
            ..0.035 => 0.0,
            ..0.06 => 0.7,
            ..0.1 => 2.5,
            _ => 5.0,
        }
    }
}

impl Passage {
    fn of(lines: &[Line], which: Vec<usize>) -> Passage {
        let widths = which.iter().map(|i| lines[*i].width);
        Passage {
            text: which.iter().map(|i| lines[*i].text.as_str()).collect(),
            page: lines[which[0]].page,
            full: which.iter().rev().skip(1).map(|i| lines[*i].width).max(),
            width: widths.max().unwrap_or(0),
            lines: which,
        }
    }
}

/// Words in which the form's writers speak of bettering how a thing is done, rather than of doing it.
const BETTERING: [&str; 14] = [
    "早期",
    "早め",
    "周知",
    "見直",
    "改善",
    "工夫",
    "調整",
    "手順",
    "日程",
    "ように",
    "やす",
    "増え",
    "短く",
    "ことで",
];
/// And of doing it.
const DOING: [&str; 6] = ["実施した", "実施する", "行った", "行う", "支援", "見込"];

fn hint_cost(kind: Kind, text: &str) -> f64 {
    let judged =
        text.contains("判断した") || text.contains("判定した") || (text.contains("目標値") && text.contains("実績値"));
    let says = |list: &[&str]| f64::from(u8::from(list.iter().any(|w| text.contains(w))));
    let better = says(&BETTERING) - 0.5 * says(&DOING);
    match kind {
        Kind::Rationale => {
            if judged {
                -2.0
            } else {
                0.5
            }
        }
        _ if judged => 3.0,
        Kind::Planned | Kind::Reflected => -0.4 * better,
        Kind::Activity | Kind::Next | Kind::Summary => 0.4 * better,
        _ => 0.0,
    }
}

/// Puts passages into their cells; the text of the rationale.
fn put(work: &mut Work, sheet: &Sheet, lines: &[Line], found: Vec<(Passage, Option<Cell>)>) -> String {
    work.raw.improvements = vec![RawImprovement::default()];
    let left = found.iter().any(|(_, cell)| cell.is_none());
    let mut rationale = String::new();
    for cell in &sheet.cells {
        let mut own: Vec<&Passage> = found
            .iter()
            .filter(|(_, c)| c.is_some_and(|c| (c.kind, c.index) == (cell.kind, cell.index)))
            .map(|(p, _)| p)
            .collect();
        // What quotes the target opens the cell; what begins with a bullet goes on.
        own.sort_by_key(|p| (!p.text.contains("目標値"), p.text.starts_with(['・', '○', '※']), p.lines[0]));
        let at = passages::pointer(cell.kind, cell.index);
        let message = match own.len() {
            0 => "no passage was found for it",
            1 => "its lines were put together by how words go on; what it is was told by its wording and its width",
            _ => "several paragraphs whose order nothing tells",
        };
        let severity = if own.len() == 1 { Severity::Note } else { Severity::Warning };
        work.doubt(severity, "passage_inferred", at, message);
        if cell.kind == Kind::Rationale {
            rationale = own.iter().map(|p| p.text.as_str()).collect();
        }
        let ids: Vec<usize> = own.iter().flat_map(|p| line::ids_of(lines, &p.lines)).collect();
        let slot = match (ids.is_empty(), left) {
            (false, _) => work.slot(&ids, Method::Inferred),
            (true, true) => Slot::Unplaced,
            (true, false) => {
                dash(work, sheet, cell.kind).map_or(Slot::Blank(None), |i| work.slot(&[i], Method::Inferred))
            }
        };
        passages::put(work, cell.kind, cell.index, slot);
    }
    rationale
}

/// The dash of a cell that says "none", where no value of an indicator can want it.
fn dash(work: &Work, sheet: &Sheet, kind: Kind) -> Option<usize> {
    let late = usize::from(matches!(kind, Kind::Check | Kind::Action));
    let dashes: Vec<usize> = work
        .of(Area::Do)
        .into_iter()
        .filter(|i| work.word(*i, Class::Dash) && sheet.pages[late].contains(&work.tokens[*i].page))
        .collect();
    dashes.get(2 * work.raw.indicators.len()).copied()
}
