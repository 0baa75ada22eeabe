//! Amounts, 主な財源 and 実施方法 of the programmes.

use super::line::{self, Line};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::flat::budget;
use crate::form::initiative_sheet::flat::word::Class;
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::record::BudgetKind;
use crate::form::initiative_sheet::sheet::{RawBudget, Slot};

/// Puts the rows of amounts into the record.
pub fn read(work: &mut Work) {
    let count = work.raw.programs.len();
    if count == 0 {
        return;
    }
    let groups = shares(work, amounts(work), count);
    let (funds, methods) = words(work);
    let (mut funds, mut methods) = (pairs(work, funds, count).into_iter(), pairs(work, methods, count).into_iter());
    for (k, group) in groups.into_iter().enumerate() {
        let [fund, next_fund] = funds.next().unwrap_or_default().map(|ids| work.slot(&ids, Method::Inferred));
        let [how, next_how] = methods.next().unwrap_or_default().map(|ids| work.slot(&ids, Method::Inferred));
        let at = format!("/do/programs/{k}/budgets");
        let amounts = years(work, &at, &group);
        let year = work.year;
        let kinds = [(BudgetKind::Settled, -1), (BudgetKind::SettlementEstimate, 0), (BudgetKind::Initial, 1)];
        work.raw.programs[k].budgets = kinds
            .into_iter()
            .zip(amounts)
            .map(|((kind, shift), amount)| {
                let (fund, how) = if kind == BudgetKind::Initial { (&next_fund, &next_how) } else { (&fund, &how) };
                RawBudget {
                    fiscal_year: year.map(|y| y + shift),
                    kind,
                    amount,
                    fund: fund.clone(),
                    method: how.clone(),
                }
            })
            .collect();
    }
    if count > 1 {
        let message = "several 予算事業 whose names, amounts and words stand in no order; put together as they come, amounts of \
                       like size together";
        work.doubt(Severity::Warning, "program_block_inferred", "/do/programs", message);
    }
}

/// The amounts: numbers with nothing but words of their row beside them.
fn amounts(work: &Work) -> Vec<usize> {
    let of_row = |row: usize| work.tokens.iter().filter(move |t| t.row == row && t.label().is_none());
    let lone = |i: &usize| of_row(work.tokens[*i].row).all(|t| !t.is_word(Class::Text) || t.text.chars().count() <= 14);
    let found: Vec<usize> = work.of(Area::Do).into_iter().filter(|i| work.word(*i, Class::Amount) && lone(i)).collect();
    let comma = found.iter().any(|i| work.tokens[*i].text.contains(','));
    found.into_iter().filter(|i| !comma || work.tokens[*i].text.contains(',')).collect()
}

/// Amounts of one programme are of like size: parted where the steps between them are widest, no part over three.
fn shares(work: &Work, amounts: Vec<usize>, count: usize) -> Vec<Vec<usize>> {
    let size = |i: &usize| {
        let digits: String = work.tokens[*i].text.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<f64>().unwrap_or(0.0).max(1.0).ln()
    };
    let mut sorted = amounts;
    sorted.sort_by(|a, b| size(a).total_cmp(&size(b)));
    let mut parts = vec![sorted];
    while parts.len() < count {
        let widest = parts
            .iter()
            .enumerate()
            .flat_map(|(p, part)| part.windows(2).enumerate().map(move |(k, w)| (size(&w[1]) - size(&w[0]), p, k + 1)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, p, k)) = widest else { break };
        let tail = parts[p].split_off(k);
        parts.push(tail);
    }
    for part in &mut parts {
        // Of more than the row has, the three of most like size: the rest is foreign matter.
        while part.len() > 3 {
            let step = |a: usize, b: usize| size(&part[b]) - size(&part[a]);
            let drop_last = step(part.len() - 2, part.len() - 1) >= step(0, 1);
            part.remove(if drop_last { part.len() - 1 } else { 0 });
        }
        part.sort_unstable();
    }
    parts.sort();
    parts.resize(count, Vec::new());
    parts
}

/// Settled, estimate, initial. Nothing but its place tells an amount's year. Amounts change step by step, so that of three
/// the middle one is the estimate; and seldom is all spent that was given, so that the largest is the budget.
fn years(work: &mut Work, at: &str, group: &[usize]) -> [Slot; 3] {
    let value = |i: &usize| work.tokens[*i].text.replace(',', "").parse::<i64>().unwrap_or(0);
    let mut by_size = group.to_vec();
    by_size.sort_by_key(value);
    let slots: Vec<Slot> = by_size.iter().map(|i| work.slot(&[*i], Method::Inferred)).collect();
    let (message, slots) = match &slots[..] {
        [a, b, c] => {
            let message =
                "nothing but its place tells an amount's year: read as settled, estimate and initial as they rise";
            (message, [a.clone(), b.clone(), c.clone()])
        }
        [a, b] => {
            let message = "nothing but its place tells an amount's year: of two the smaller is read as the estimate, the other \
                           as the initial budget, the settled amount as blank";
            (message, [Slot::Blank(None), a.clone(), b.clone()])
        }
        [a] => ("an only amount is read as the estimate", [Slot::Blank(None), a.clone(), Slot::Unplaced]),
        _ => ("no amount was found", [Slot::Unplaced, Slot::Unplaced, Slot::Unplaced]),
    };
    work.doubt(Severity::Warning, "budget_year_inferred", at, message);
    slots
}

/// Words of the row: 主な財源, 実施方法. Words that the form's lists do not have are known by being printed twice.
fn words(work: &Work) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let pages: Vec<usize> = work.labels(Area::Do, Label::Fund).iter().map(|i| work.tokens[*i].page).collect();
    let lines: Vec<Line> = line::lines(work, &work.of(Area::Do))
        .into_iter()
        .filter(|l| pages.contains(&l.page) && l.chars.len() <= 14 && !l.text.contains(['。', '、', '「', '」']))
        .collect();
    let (mut funds, mut methods) = (Vec::new(), Vec::new());
    let mut taken: Vec<usize> = Vec::new();
    for (i, l) in lines.iter().enumerate().filter(|(_, l)| !l.text.starts_with('(')) {
        let rest =
            |j: &usize| !taken.contains(j) && *j != i && budget::is_fund(&format!("{}{}", l.text, lines[*j].text));
        let twice = !l.is_prose() && l.chars.len() >= 2 && lines.iter().filter(|o| o.text == l.text).count() >= 2;
        if taken.contains(&i) {
            continue;
        }
        if let Some(j) = (0..lines.len()).find(|j| rest(j) && lines[*j].text.starts_with('(')) {
            taken.extend([i, j]);
            funds.push(line::ids_of(&lines, &[i, j]));
        } else if budget::is_fund(&l.text)
            || (twice && !budget::is_method(&l.text) && FUND_ENDS.iter().any(|e| l.text.ends_with(e)))
        {
            funds.push(l.ids.clone());
        } else if budget::is_method(&l.text) || (twice && l.chars.len() <= 6) {
            methods.push(l.ids.clone());
        }
    }
    (funds, methods)
}

/// What sources of money are called.
const FUND_ENDS: [&str; 8] = ["計上", "金", "債", "会計", "単", "単等", "費", "国庫"];

/// Left and right of each programme: mostly the same word.
fn pairs(work: &Work, words: Vec<Vec<usize>>, count: usize) -> Vec<[Vec<usize>; 2]> {
    let mut left: Vec<Vec<usize>> = words;
    let mut out = Vec::new();
    while !left.is_empty() && out.len() < count {
        let first = left.remove(0);
        let same = left.iter().position(|w| work.text(w) == work.text(&first));
        // A word that stands alone is the other half of another such, when there is but one programme.
        let other = same.or((count == 1 && !left.is_empty()).then_some(0));
        let second = other.map(|i| left.remove(i)).unwrap_or_default();
        out.push([first, second]);
    }
    out
}
