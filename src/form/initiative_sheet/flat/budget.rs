//! 予算事業: names, and the row of funds, methods and amounts.

use super::runs::{Run, Zone};
use super::word::Class;
use super::work::{Area, Work};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::record::BudgetKind;
use crate::form::initiative_sheet::sheet::{RawBudget, RawProgram, Slot};

/// The programmes of the sheet, in the order of the page.
pub fn read(work: &mut Work, runs: &[Run]) {
    let labels = work.labels(Area::Do, Label::Program);
    let runs_rows: Vec<Vec<usize>> =
        runs.iter().filter(|r| r.zone == Zone::Budget).map(|r| row(work, &r.ids)).filter(|r| !r.is_empty()).collect();
    let (mut rows, mut loose): (Vec<_>, Vec<_>) =
        runs_rows.into_iter().partition(|r| r.iter().any(|i| is_amount(work, *i)));
    // An extractor may give each heading with the value under it: then a programme's words stand in several runs.
    let torn = !labels.is_empty() && rows.len() != labels.len().div_ceil(2);
    if torn {
        rows = pooled(work, &labels);
        loose.clear();
    }
    let count = labels.len().div_ceil(2).max(rows.len());
    let bottom_up = bottom_up(work);
    let order = |k: usize| if bottom_up { count - 1 - k } else { k };
    let mut programs: Vec<RawProgram> = vec![RawProgram::default(); count];
    for (k, pair) in labels.chunks(2).enumerate() {
        let left = name(work, pair[0]);
        let twin = work.text(&left);
        programs[order(k)].name = work.slot(&left, Method::Order);
        let right = pair.get(1).map(|l| name(work, *l)).unwrap_or_default();
        programs[order(k)].next_name = work.slot(&right, Method::Order);
        if right.is_empty() && !twin.is_empty() {
            next_name(work, &mut programs[order(k)], order(k), &twin);
        }
    }
    let mut loose = loose.into_iter();
    for (k, ids) in rows.iter().enumerate() {
        let program = order(k);
        let short = lacks_funds(work, ids);
        let funds = if short { loose.next().unwrap_or_default() } else { Vec::new() };
        programs[program].budgets = budgets(work, program, ids, &funds);
        if torn {
            let message = "the words of the row stand apart from each other; put together in their order";
            work.doubt(Severity::Note, "budget_row_inferred", format!("/do/programs/{program}/budgets"), message);
        }
    }
    for (k, program) in programs.iter_mut().enumerate() {
        if program.budgets.is_empty() {
            let at = format!("/do/programs/{k}/budgets");
            work.doubt(Severity::Warning, "unplaced", at, "no amounts were found for this programme");
        }
    }
    if bottom_up && count > 1 {
        let message = "several 予算事業 in a text that runs from bottom to top: names, amounts and activities were put together by their order";
        work.doubt(Severity::Note, "program_block_inferred", "/do/programs", message);
    }
    if programs.is_empty() {
        work.doubt(Severity::Warning, "unplaced", "/do/programs", "no 予算事業 was found");
    }
    work.raw.programs = programs;
}

/// What stands behind 予算事業名; amounts and words of the row below it are no name.
fn name(work: &Work, label: usize) -> Vec<usize> {
    let ids = work.following(label);
    let words: Vec<usize> = ids.iter().copied().take_while(|i| !work.tokens[*i].is_word(Class::Amount)).collect();
    match words.first() {
        Some(first) if is_row_word(&work.tokens[*first].text) => Vec::new(),
        _ => words,
    }
}

/// The right-hand name, where it is drawn apart from its label: mostly the left one again.
fn next_name(work: &mut Work, program: &mut RawProgram, k: usize, twin: &str) {
    let same = work.of(Area::Do).into_iter().find(|i| work.word(*i, Class::Text) && work.tokens[*i].text == twin);
    if let Some(id) = same {
        program.next_name = work.slot(&[id], Method::Inferred);
        let message = "the name is printed twice; the second one is read as that of the next year";
        work.doubt(Severity::Note, "field_inferred", format!("/do/programs/{k}/next_name"), message);
    }
}

/// Is it a word of the form's own for a source of money or a way of carrying out?
pub fn is_row_word(text: &str) -> bool {
    is_fund(text) || is_method(text)
}

pub fn is_fund(text: &str) -> bool {
    FUNDS.contains(&text)
}

pub fn is_method(text: &str) -> bool {
    METHODS.contains(&text)
}

/// Amounts, dashes and known words of the row between one programme's labels and the next one's.
fn pooled(work: &Work, labels: &[usize]) -> Vec<Vec<usize>> {
    let starts: Vec<usize> = labels.chunks(2).map(|pair| pair[0]).collect();
    let end = work.labels(Area::Do, Label::IndicatorName).first().copied();
    let mut out = Vec::new();
    for (k, start) in starts.iter().enumerate() {
        let stop = starts.get(k + 1).copied().or(end.filter(|e| e > start)).unwrap_or(work.tokens.len());
        let fits = |i: &usize| {
            let t = &work.tokens[*i];
            let wraps = t.text.starts_with('(') && i.checked_sub(1).is_some_and(|b| is_row_word(&work.tokens[b].text));
            let word = t.is_word(Class::Amount) || is_row_word(&t.text) || wraps;
            work.free(*i) && (word || (t.is_word(Class::Dash) && work.areas[*i] == Area::Do))
        };
        let mut ids: Vec<usize> = (start + 1..stop).filter(fits).collect();
        if k + 1 == starts.len() {
            // The last amount may be drawn below the table.
            let far = |i: &usize| work.word(*i, Class::Amount) && work.tokens[*i].text.contains(',');
            ids.extend((stop..work.tokens.len()).filter(far));
        }
        out.push(ids);
    }
    out
}

/// Text that gives the page's blocks from bottom to top prints the heading row of the amounts before the name.
pub fn bottom_up(work: &Work) -> bool {
    let first = |label| work.labels(Area::Do, label).first().copied();
    match (first(Label::Initial).or(first(Label::Settled)), first(Label::Program)) {
        (Some(amounts), Some(name)) => amounts < name,
        _ => false,
    }
}

fn is_amount(work: &Work, id: usize) -> bool {
    matches!(work.tokens[id].class(), Some(Class::Amount | Class::Dash))
}

/// The words of a run that can stand in the row: short, no sentence, and not below the last amount.
fn row(work: &Work, ids: &[usize]) -> Vec<usize> {
    let fits = |i: &usize| {
        let t = &work.tokens[*i];
        let short = t.text.chars().count() <= 14 && !t.text.contains(['。', '、']);
        work.free(*i)
            && matches!(t.class(), Some(Class::Amount | Class::Dash | Class::Text | Class::Status | Class::Close))
            && short
    };
    let mut out: Vec<usize> = ids.iter().copied().take_while(fits).collect();
    // Behind the last amount nothing belongs to the row.
    let last = out.iter().rposition(|i| is_amount(work, *i)).filter(|_| ids.len() > out.len());
    if let Some(last) = last.filter(|l| out.len() - l > 1) {
        out.truncate(last + 1);
    }
    out
}

/// A cell of the row: one word, or a word and the rest of it on the next line.
#[derive(Debug, Clone)]
struct Cell {
    ids: Vec<usize>,
    text: String,
    amount: bool,
    dash: bool,
    row: usize,
}

fn cells(work: &Work, ids: &[usize]) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::new();
    for id in ids {
        let t = &work.tokens[*id];
        let dash = t.is_word(Class::Dash);
        let amount = t.is_word(Class::Amount);
        match out.last_mut() {
            // 一括交付金 / （ソフト）
            Some(last) if !last.amount && !last.dash && t.text.starts_with('(') => {
                last.ids.push(*id);
                last.text.push_str(&t.text);
            }
            _ => out.push(Cell { ids: vec![*id], text: t.text.clone(), amount, dash, row: t.row }),
        }
    }
    out
}

fn lacks_funds(work: &Work, ids: &[usize]) -> bool {
    let cells = cells(work, ids);
    let words = cells.iter().filter(|c| !c.amount && !c.dash).count();
    words < 4 && cells.iter().filter(|c| c.dash).count() < 3
}

/// 財源, 実施方法, 決算額, 決算見込額, 財源, 実施方法, 当初予算額
const PLACES: usize = 7;
/// What it costs to leave a place empty.
const EMPTY: [f64; PLACES] = [1.5, 1.5, 0.4, 1.2, 1.5, 1.5, 1.5];

const FUNDS: [&str; 12] = [
    "県単等",
    "県単",
    "一括交付金(ソフト)",
    "一括交付金(ハード)",
    "一括交付金",
    "国庫補助",
    "国庫",
    "内閣府計上",
    "各省計上",
    "基金",
    "県債",
    "特別会計",
];
const METHODS: [&str; 12] =
    ["補助", "委託", "貸付", "負担金", "負担", "直接実施", "直営", "出資", "出捐", "交付", "指定管理", "助成"];

/// Ties the cells of one row to its places: their order is the page's, some are empty.
#[derive(Debug, Clone)]
struct Fit {
    cost: f64,
    /// Index of the cell (and how many cells) at each place.
    at: [Option<(usize, usize)>; PLACES],
}

fn fit(cells: &[Cell], spare_funds: usize) -> Vec<Fit> {
    let mut out = Vec::new();
    let mut at = [None; PLACES];
    place(cells, spare_funds, 0, 0, 0.0, &mut at, &mut out);
    out.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    out
}

fn place(
    cells: &[Cell],
    spare: usize,
    cell: usize,
    slot: usize,
    cost: f64,
    at: &mut [Option<(usize, usize)>; PLACES],
    out: &mut Vec<Fit>,
) {
    if cost > 12.0 {
        return;
    }
    if slot == PLACES {
        let rest: f64 = cells[cell..].iter().map(|c| if c.dash { 0.6 } else { 3.0 }).sum();
        out.push(Fit { cost: cost + rest + agreement(cells, at), at: *at });
        return;
    }
    let empty = if spare > 0 && (slot == 0 || slot == 4) { 0.0 } else { EMPTY[slot] };
    at[slot] = None;
    place(cells, spare, cell, slot + 1, cost + empty, at, out);
    for n in 1..=2 {
        let Some(taken) = cells.get(cell..cell + n) else { break };
        if let Some(c) = suits(slot, taken) {
            at[slot] = Some((cell, n));
            place(cells, spare, cell + n, slot + 1, cost + c, at, out);
            at[slot] = None;
        }
    }
}

/// What it costs to put cells into a place; `None`: impossible.
fn suits(slot: usize, taken: &[Cell]) -> Option<f64> {
    let word = !matches!(slot, 2 | 3 | 6);
    let first = &taken[0];
    if !word {
        return match taken {
            [c] if c.amount => Some(0.0),
            [c] if c.dash => Some(0.1),
            _ => None,
        };
    }
    if first.dash && taken.len() == 1 {
        return Some(0.5);
    }
    if taken.iter().any(|c| c.amount || c.dash) {
        return None;
    }
    let text: String = taken.iter().map(|c| c.text.as_str()).collect();
    let (own, other) = if matches!(slot, 0 | 4) { (&FUNDS, &METHODS) } else { (&METHODS, &FUNDS) };
    let known = own.contains(&text.as_str());
    let mut cost = match known {
        true => 0.0,
        false if other.contains(&text.as_str()) => 2.0,
        false => 0.3,
    };
    if taken.len() == 2 {
        // A word that wrapped; two known words side by side are two cells.
        if taken[0].row == taken[1].row
            || taken.iter().any(|c| FUNDS.contains(&c.text.as_str()) || METHODS.contains(&c.text.as_str()))
        {
            return None;
        }
        cost += if known { 0.0 } else { 0.5 };
    }
    Some(cost)
}

/// The two sides mostly say the same; an amount then a dash is rarer than an empty cell then an amount.
fn agreement(cells: &[Cell], at: &[Option<(usize, usize)>; PLACES]) -> f64 {
    let text = |p: usize| at[p].map(|(c, n)| cells[c..c + n].iter().map(|c| c.text.as_str()).collect::<String>());
    let cell = |p: usize| at[p].map(|(c, _)| &cells[c]);
    let mut cost = 0.0;
    for (a, b) in [(0, 4), (1, 5)] {
        if text(a).is_some() && text(a) == text(b) {
            cost -= 0.3;
        }
    }
    if cell(2).is_some_and(|c| c.amount) && cell(3).is_some_and(|c| c.dash) {
        cost += 1.5;
    }
    // A dash on a line of its own below the row is the cell below it.
    let below = |c: usize| c > 0 && cells[c].dash && cells[c - 1].row != cells[c].row;
    if at[6].is_some_and(|(c, _)| below(c)) {
        cost += 0.5;
    }
    cost
}

fn budgets(work: &mut Work, program: usize, ids: &[usize], funds: &[usize]) -> Vec<RawBudget> {
    let at = format!("/do/programs/{program}/budgets");
    let cells = cells(work, ids);
    let spare = self::cells(work, funds);
    if cells.len() > 14 {
        work.doubt(Severity::Warning, "unplaced", at, "more words than the row of amounts has places");
        return Vec::new();
    }
    let fits = fit(&cells, spare.len());
    let Some(best) = fits.first() else { return Vec::new() };
    let rival = fits.iter().find(|f| f.at != best.at).map_or(f64::MAX, |f| f.cost);
    let placed: usize = best.at.iter().flatten().map(|(_, n)| n).sum();
    let rest = cells.len() - placed;
    let doubtful = rival - best.cost < 0.25 || best.cost > 1.2 || cells.iter().rev().take(rest).any(|c| !c.dash);
    let method = if doubtful || !spare.is_empty() { Method::Inferred } else { Method::Order };
    if doubtful {
        work.doubt(
            Severity::Warning,
            "budget_row_inferred",
            at.clone(),
            "the words of the row do not fill its places in one plain way",
        );
    }
    if !spare.is_empty() {
        let message = "the funds stand apart from their amounts; read in the order of the programmes";
        work.doubt(Severity::Note, "budget_row_inferred", at.clone(), message);
    }
    let places = best.at;
    let ids_of =
        |p: usize| places[p].map(|(c, n)| cells[c..c + n].iter().flat_map(|c| c.ids.clone()).collect::<Vec<_>>());
    let mut spare = spare.into_iter();
    let mut word = |work: &mut Work, p: usize| match ids_of(p) {
        Some(ids) => work.slot(&ids, method),
        None => match if matches!(p, 0 | 4) { spare.next() } else { None } {
            Some(cell) => work.slot(&cell.ids, Method::Inferred),
            None => Slot::Unplaced,
        },
    };
    let (fund, how) = (word(work, 0), word(work, 1));
    let (next_fund, next_how) = (word(work, 4), word(work, 5));
    let lone = places[2].is_none() && places[3].is_some();
    if lone {
        let message =
            "one amount left of the initial budget: read as the settlement estimate, the settled amount as blank";
        work.doubt(Severity::Note, "budget_year_inferred", at.clone(), message);
    }
    let kinds = [(2, BudgetKind::Settled, -1), (3, BudgetKind::SettlementEstimate, 0), (6, BudgetKind::Initial, 1)];
    let year = work.year;
    if kinds[1..].iter().any(|(p, ..)| places[*p].is_none()) {
        work.doubt(
            Severity::Warning,
            "budget_blank_inferred",
            at,
            "a place of the row is empty; which one was told by the order of the words",
        );
    }
    kinds
        .into_iter()
        .map(|(p, kind, shift)| {
            let amount = match ids_of(p) {
                Some(ids) => work.slot(&ids, if lone && p == 3 { Method::Inferred } else { method }),
                None => Slot::Blank(None),
            };
            let (fund, how) = if p == 6 { (&next_fund, &next_how) } else { (&fund, &how) };
            RawBudget { fiscal_year: year.map(|y| y + shift), kind, amount, fund: fund.clone(), method: how.clone() }
        })
        .collect()
}
