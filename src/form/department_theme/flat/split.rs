//! Where on a page the text of the second and of the third column begins.
//!
//! The columns follow each other, and each may go on from the page before. Signs of the form say most: targets have
//! headings, results begin with a circle. Where a column goes on without a sign, what the lines say and where the text
//! breaks decide; that is a rule of thumb and is said to be one.

use super::part::Text;
use super::rows::Unit;
use crate::form::department_theme::outline;
use crate::form::department_theme::raw::Entry;
use crate::form::department_theme::words;
use crate::normalize::bullet::{self, Mark};
use crate::normalize::fold;

/// A way that costs no more than this above the cheapest is as likely.
const CLOSE: i32 = 1;
/// What a sign costs in a column that it does not belong to.
const STRAIN: i32 = 8;

/// How a column's text ended on the page before.
pub(super) struct Tail {
    /// In the middle of a paragraph.
    full: bool,
    /// With the heading of a target, the target itself not yet printed.
    pending: bool,
    /// It has printed something.
    begun: bool,
    /// The width of its widest line.
    margin: usize,
}

impl Tail {
    /// Cost of a page that does not go on with it.
    fn skipped(&self) -> i32 {
        match (self.pending, self.full) {
            (true, _) => 12,
            (_, true) => 4,
            _ => 0,
        }
    }

    /// `usual`: the width of the columns, as far as their lines tell.
    pub fn of(text: &Text, entries: &[Entry], column: usize, usual: usize) -> Tail {
        let widest = widest(text, entries);
        // A column of short lines only is not narrower for that.
        let margin = if widest > 0 { widest.max(usual * 4 / 5) } else { 0 };
        let begun = !entries.is_empty();
        match entries.last() {
            Some(Entry::Line(line)) => {
                let printed = text.layout.text(&line.span);
                let pending = column == 1
                    && words::target_type(printed).is_some_and(|t| t.1 >= printed.trim_end().chars().count());
                let full = text.line_of(&line.span).is_some_and(|at| text.is_full(at, margin));
                Tail { full: full && !pending, pending, begun, margin }
            }
            _ => Tail { full: false, pending: false, begun, margin },
        }
    }
}

/// The width of the widest line.
pub(super) fn widest(text: &Text, entries: &[Entry]) -> usize {
    let width = |e: &Entry| match e {
        Entry::Line(l) => text.line_of(&l.span).map(|i| text.lines[i].width),
        Entry::Table(_) => None,
    };
    entries.iter().filter_map(width).max().unwrap_or(0)
}

pub(super) struct Split {
    /// The column of each unit.
    pub columns: Vec<usize>,
    /// Units that begin a column's text without a sign of the form.
    pub doubtful: Vec<usize>,
    /// What no column's text holds stands in each: the text is not in the order of its columns.
    pub strained: bool,
}

/// What a unit says by its first sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A heading of targets.
    Target,
    Square,
    Circle,
    /// 【…】
    Heading,
    Dot,
    Arrow,
    /// A line in brackets: it goes on with what stands before it.
    Remark,
    /// The heading of a table.
    Title,
    Plain,
    Table,
}

struct Seen {
    sign: Sign,
    /// Cost of its standing in each column.
    cost: [i32; 3],
    gap: bool,
    /// The paragraph before it has ended, if that stands in this column.
    ended: [bool; 3],
    /// It stands inside a bracket that lines before it opened.
    open: bool,
}

/// Gives each unit its column: the cheapest way through the page, of which no part goes back.
pub(super) fn split(text: &Text, units: &[Unit], tails: &[Tail; 3]) -> Split {
    let seen = seen(text, units, tails);
    let first = !tails.iter().any(|t| t.begun);
    // cost[k][c] of the cheapest way to unit k in column c, and the column before.
    let mut ways: Vec<[(i32, usize); 3]> = Vec::with_capacity(seen.len());
    for (k, unit) in seen.iter().enumerate() {
        let mut way = [(i32::MAX / 2, 0); 3];
        for (column, best) in way.iter_mut().enumerate() {
            for from in 0..=column {
                let before = match ways.last() {
                    Some(last) => last[from].0,
                    // The first unit comes from nowhere.
                    None if from == 0 => 0,
                    None => continue,
                };
                let stays = from == column && k > 0;
                let step = if stays {
                    stay(&seen[k - 1], unit, column)
                } else {
                    enter(unit, from, column, &tails[column], first)
                };
                let skipped = if from == 0 && column == 2 { tails[1].skipped() + if first { 8 } else { 0 } } else { 0 };
                let cost = before + step + unit.cost[column] + skipped;
                if cost < best.0 {
                    *best = (cost, from);
                }
            }
        }
        ways.push(way);
    }
    let mut columns = vec![0; seen.len()];
    let end = |c: usize| ways.last().map_or(0, |w| w[c].0) + if c == 0 { tails[1].skipped() } else { 0 };
    let mut column = (0..3).min_by_key(|&c| (end(c), std::cmp::Reverse(c))).unwrap_or(0);
    for k in (0..seen.len()).rev() {
        columns[k] = column;
        column = ways[k][column].1;
    }
    let starts = (0..columns.len()).filter(|&k| if k == 0 { !first } else { columns[k] != columns[k - 1] });
    let clear = |k: usize| match (columns[k], seen[k].sign) {
        (0, Sign::Circle | Sign::Square | Sign::Heading) => true,
        (1, Sign::Target) => true,
        (1, Sign::Dot) => tails[1].pending,
        // A circle after targets, or where the page has none but they were done.
        (2, Sign::Circle | Sign::Heading) => k > 0 && columns[k - 1] == 1,
        _ => false,
    };
    let rival = |k: usize| !first && k > 0 && rivalled(&seen, &columns, k, &tails[columns[k]]);
    let doubtful = starts.filter(|&k| !clear(k) || rival(k)).collect();
    let strained = columns.iter().zip(&seen).any(|(&c, unit)| unit.cost[c] >= STRAIN);
    Split { columns, doubtful, strained }
}

/// Could the column that begins at unit `k` have begun earlier, in the middle of what is taken for the one before?
fn rivalled(seen: &[Seen], columns: &[usize], k: usize, tail: &Tail) -> bool {
    let (from, to) = (columns[k - 1], columns[k]);
    // What the units from `j` on cost more there than here.
    let mut more = stay(&seen[k - 1], &seen[k], to) - enter(&seen[k], from, to, tail, false);
    for j in (0..k).rev().take_while(|&j| columns[j] == from) {
        let unit = &seen[j];
        more += unit.cost[to] - unit.cost[from];
        if matches!(unit.sign, Sign::Circle | Sign::Square | Sign::Heading) {
            return false;
        }
        let here = if j > 0 { stay(&seen[j - 1], unit, from) } else { 0 };
        if unit.sign == Sign::Dot && more + enter(unit, from, to, tail, false) - here <= CLOSE {
            return true;
        }
        if j > 0 {
            more += stay(&seen[j - 1], unit, to) - here;
        }
    }
    false
}

/// Cost of going on in a column.
fn stay(before: &Seen, unit: &Seen, column: usize) -> i32 {
    let broken = match unit.sign {
        // Words without a sign go on from a line that did not end.
        Sign::Plain if unit.ended[column] && before.sign != Sign::Table => 5,
        // The dots of a list stand close; only targets are apart.
        Sign::Dot if unit.gap && column != 1 => 3,
        _ => 0,
    };
    broken + if before.sign == Sign::Table && unit.sign != Sign::Table { 2 } else { 0 }
}

/// Cost of beginning a column's text on this page.
fn enter(unit: &Seen, from: usize, column: usize, tail: &Tail, first: bool) -> i32 {
    // Words without a sign go on from the page before, and nothing breaks a line that is not done.
    let goes_on = if tail.full { -2 } else { 7 } + if unit.ended[from] { 0 } else { 8 };
    let cost = match (column, unit.sign) {
        _ if unit.open => 12,
        (0, Sign::Plain | Sign::Remark) if first => 0,
        (_, Sign::Plain | Sign::Remark) => goes_on,
        _ if tail.full => 4,
        (0, Sign::Dot | Sign::Arrow) => i32::from(!first),
        (0, _) => 0,
        (1, Sign::Target) if tail.pending => 10,
        (1, Sign::Target) => 0,
        (1, Sign::Dot) if tail.pending => -8,
        (1, _) if first => 5,
        (1, _) => 3,
        (_, Sign::Circle | Sign::Heading) => 0,
        (_, _) if first => 5,
        (_, _) => 2,
    };
    // A heading or a circle says it all; before anything else empty space may part columns.
    let signed = matches!(unit.sign, Sign::Target | Sign::Circle | Sign::Heading);
    cost - if unit.gap && column > 0 && !signed { 2 } else { 0 }
}

fn seen(text: &Text, units: &[Unit], tails: &[Tail; 3]) -> Vec<Seen> {
    let width = |u: &Unit| if let Unit::Line(at) = u { text.lines[*at].width } else { 0 };
    let margin = units.iter().map(width).max().unwrap_or(0);
    let mut out: Vec<Seen> = Vec::new();
    let mut before: Option<usize> = None;
    let mut depth = 0;
    for unit in units {
        let at = match unit {
            Unit::Line(at) => *at,
            Unit::Table(_) | Unit::Beside(..) => {
                out.push(Seen { sign: Sign::Table, cost: [6, 0, 0], gap: false, ended: [true; 3], open: false });
                (before, depth) = (None, 0);
                continue;
            }
        };
        let line = text.text(at).trim();
        let sign = sign(line);
        let ended = [0, 1, 2].map(|c| {
            // Columns differ in width: where this one's is not known, only a line that is short by much is short.
            let margin = if tails[c].margin > 0 { tails[c].margin } else { margin * 3 / 4 };
            before.is_none_or(|b| text.ends_paragraph(b, at, margin)) && !continues(line)
        });
        let gap = before.is_some_and(|_| text.lines[at].gap >= 2);
        let signed = !matches!(sign, Sign::Plain | Sign::Remark);
        depth = if signed { 0 } else { depth.max(0) };
        out.push(Seen { sign, cost: cost(line, sign), gap, ended, open: depth > 0 });
        depth += outline::brackets(line);
        before = Some(at);
    }
    out
}

fn sign(line: &str) -> Sign {
    if words::is_indicator_label(line) || words::target_type(line).is_some() {
        return Sign::Target;
    }
    match bullet::bullet(line).map(|b| b.mark) {
        Some(Mark::Section) => Sign::Square,
        Some(Mark::Circle) => Sign::Circle,
        Some(Mark::Dot) => Sign::Dot,
        Some(Mark::Arrow | Mark::Note) => Sign::Arrow,
        None if line.starts_with('【') => Sign::Heading,
        None if line.starts_with(['(', '（']) => Sign::Remark,
        None if line.starts_with(['<', '＜', '〈']) && bullet::bracketed(line).is_some() => Sign::Title,
        None => Sign::Plain,
    }
}

/// Lines that begin a paragraph of the same item without a sign.
fn continues(line: &str) -> bool {
    let pair = fold::key(line);
    line.starts_with(['《', '<', '＜', '→', '(', '（'])
        || pair
            .split_once(':')
            .is_some_and(|(_, v)| v.trim_start_matches('約').starts_with(|c: char| c.is_ascii_digit()))
}

/// What a line's words say for each column: the higher, the less likely it stands there.
fn cost(line: &str, sign: Sign) -> [i32; 3] {
    let mut cost: [i32; 3] = match sign {
        Sign::Target => [40, 0, 40],
        Sign::Square if line.starts_with('■') => [0, 20, 20],
        Sign::Square => [2, 1, 3],
        Sign::Circle => [0, 8, 0],
        Sign::Heading => [1, 8, 0],
        Sign::Arrow => [2, 3, 0],
        Sign::Title => [6, 0, 0],
        _ => [0, 0, 0],
    };
    let key = fold::key(line);
    let mut add = |more: [i32; 3]| {
        for (c, m) in cost.iter_mut().zip(more) {
            *c += m;
        }
    };
    if sign == Sign::Heading && ["実績】", "数】", "結果】", "状況】"].iter().any(|w| key.ends_with(w)) {
        add([3, 0, 0]);
    }
    if key.contains("昨年度:") || key.contains("前年度:") {
        add([6, 0, 4]);
    }
    let number = |v: &str| v.trim_start_matches('約').starts_with(|c: char| c.is_ascii_digit());
    if let Some((_, value)) = key.split_once(':').filter(|(_, v)| number(v) && sign != Sign::Remark) {
        add(if ["以上", "以下", "以内"].iter().any(|w| value.contains(w)) { [4, 0, 3] } else { [4, 0, 0] });
    }
    let dated = key.char_indices().any(|(i, c)| "RH".contains(c) && dated(&key[i + 1..]));
    if dated && ["頃", "予定", "まで", "目途", "めど"].iter().any(|w| key.contains(w)) {
        add([1, 0, 2]);
    } else if dated {
        add([3, 3, 0]);
    }
    let end = key.trim_end_matches(|c| "。)".contains(c));
    if ["した", "公表", "決定", "締結", "出展", "済", "上場"].iter().any(|w| end.ends_with(w)) {
        add([2, 2, 0]);
    }
    cost
}

/// `1.10`, `4.2`: the year and month of an era's letter.
fn dated(rest: &str) -> bool {
    let Some((year, month)) = rest.split_once('.') else { return false };
    let digits = |s: &str| !s.is_empty() && s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
    digits(year) && month.starts_with(|c: char| c.is_ascii_digit())
}
