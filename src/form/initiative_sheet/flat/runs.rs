//! The Do part as runs: what stands between two labels, and which programme or indicator it belongs to.

use super::lex::Kind;
use super::word::Class;
use super::work::{Area, Work};
use crate::form::initiative_sheet::labels::Label;

/// The block of the Do part that a label opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Page header, headings.
    Head,
    Name,
    Budget,
    Activity,
    IndicatorName,
    Indicator,
    Rationale,
    Improvement,
    Category,
}

/// Words between two labels.
#[derive(Debug, Clone)]
pub struct Run {
    pub zone: Zone,
    /// Which of the blocks of its kind, in reading order.
    pub index: usize,
    pub ids: Vec<usize>,
}

/// Is this year label the heading over 実績値(A) and 目標値(B)?
pub fn heads_indicator(work: &Work, id: usize) -> bool {
    work.areas[id] == Area::Do && work.year.is_some() && year_at(work, Some(id)) == work.year && !heads_budget(work, id)
}

fn year_at(work: &Work, id: Option<usize>) -> Option<i32> {
    match work.tokens.get(id?)?.kind {
        Kind::Label(Label::Year, year) => year,
        _ => None,
    }
}

/// Is this year label one of the three over the amounts: the year before, that of the results, the year after?
fn heads_budget(work: &Work, id: usize) -> bool {
    let triple = |middle: Option<usize>| {
        let Some((m, y)) = middle.zip(work.year) else { return false };
        let at = [m.checked_sub(1), Some(m), Some(m + 1)];
        at.iter().zip([y - 1, y, y + 1]).all(|(i, y)| year_at(work, *i) == Some(y))
    };
    let amounts = |i: Option<usize>| {
        let label = i.and_then(|i| work.tokens.get(i)).and_then(|t| t.label());
        matches!(label, Some(Label::Settled | Label::SettlementEstimate | Label::Initial | Label::Fund | Label::Method))
    };
    // Three in a row, or each over its own kind of amount.
    let torn = work.tokens[id].is(Label::Year) && (amounts(id.checked_sub(1)) || amounts(Some(id + 1)));
    torn || triple(id.checked_sub(1)) || triple(Some(id)) || triple(Some(id + 1))
}

/// All runs of the Do part. `bottom_up`: the blocks come from the bottom of the page to its top.
pub fn runs(work: &Work, bottom_up: bool) -> Vec<Run> {
    let mut zone = Zone::Head;
    let mut index = 0;
    let mut out: Vec<Run> = Vec::new();
    // Runs behind a heading of amounts that comes late, and the indicator before it.
    let mut late: Vec<(usize, usize)> = Vec::new();
    let mut indicator = None;
    let mut counts = Counts { bottom_up, ..Counts::default() };
    for id in work.of(Area::Do) {
        let Some(label) = work.tokens[id].label() else {
            match out.last_mut() {
                Some(run) => run.ids.push(id),
                None => out.push(Run { zone, index, ids: vec![id] }),
            }
            continue;
        };
        (zone, index) = counts.next(work, id, label, zone, index);
        if matches!(zone, Zone::Indicator | Zone::IndicatorName) {
            indicator = Some(index);
        } else if let Some(index) = indicator.filter(|_| label == Label::Initial) {
            late.push((out.len(), index));
        }
        out.push(Run { zone, index, ids: Vec::new() });
    }
    // From the last, so that the places of the others stay.
    for (at, index) in late.into_iter().rev() {
        part_late(work, &mut out, at, index);
    }
    out.retain(|r| !r.ids.is_empty());
    out
}

/// A heading of the amounts that comes after an indicator's has the last amount behind it, and then the values of the
/// indicator: what stands from the first counted one on, with the dashes before it, is the indicator's.
fn part_late(work: &Work, runs: &mut Vec<Run>, at: usize, index: usize) {
    let class = |id: &usize| work.tokens[*id].class();
    let ids = &runs[at].ids;
    let Some(first) = ids.iter().position(|i| matches!(class(i), Some(Class::Quantity | Class::Percent))) else {
        return;
    };
    let Some(amount) = ids[..first].iter().rposition(|i| class(i) == Some(Class::Amount)) else { return };
    let ids = runs[at].ids.split_off(amount + 1);
    runs.insert(at + 1, Run { zone: Zone::Indicator, index, ids });
}

/// How many blocks of each kind have been opened.
#[derive(Debug, Default)]
struct Counts {
    bottom_up: bool,
    programs: usize,
    budgets: usize,
    done: usize,
    planned: usize,
    names: usize,
    heads: usize,
    ratios: usize,
    last_was_ratio_of: usize,
}

impl Counts {
    fn next(&mut self, work: &Work, id: usize, label: Label, zone: Zone, index: usize) -> (Zone, usize) {
        match label {
            Label::Program => {
                self.programs += 1;
                (Zone::Name, (self.programs - 1) / 2)
            }
            Label::Fund | Label::Method | Label::Settled | Label::SettlementEstimate | Label::Initial => {
                if label == Label::Initial {
                    self.budgets += 1;
                }
                (Zone::Budget, self.budgets.max(1) - 1)
            }
            Label::Year if heads_indicator(work, id) => {
                self.heads += 1;
                // On the next page its block may go on without another heading.
                self.last_was_ratio_of = self.heads - 1;
                (Zone::Indicator, self.heads - 1)
            }
            Label::Year if heads_budget(work, id) => (Zone::Budget, index),
            Label::Year => (zone, index),
            Label::ActivityDone | Label::ActivityPlanned => {
                if label == Label::ActivityDone {
                    self.done += 1;
                } else {
                    self.planned += 1;
                }
                (Zone::Activity, self.done.max(self.planned) - 1)
            }
            Label::IndicatorName => {
                self.names += 1;
                (Zone::IndicatorName, self.names - 1)
            }
            Label::Achievement => {
                if work.tokens[id].text.contains("A/B") {
                    self.ratios += 1;
                }
                (Zone::Indicator, self.of_indicator(zone, index))
            }
            Label::Actuals | Label::Actual | Label::Target | Label::Progress | Label::ActivitySummary => {
                (Zone::Indicator, self.of_indicator(zone, index))
            }
            Label::Rationale => (Zone::Rationale, 0),
            Label::ImprovementsHeading | Label::Planned | Label::Reflected => (Zone::Improvement, 0),
            Label::CheckHeading | Label::ActionHeading | Label::Category | Label::Content => (Zone::Category, 0),
            _ => (Zone::Head, 0),
        }
    }

    /// A heading inside an indicator's block goes on with its number. Where no name and no year has opened one yet, as
    /// in bottom-up orders, the ratio headings count.
    fn of_indicator(&mut self, zone: Zone, index: usize) -> usize {
        if self.bottom_up {
            // The values of a block stand before its name, behind its ratio heading.
            return self.ratios.max(1) - 1;
        }
        if matches!(zone, Zone::Indicator | Zone::IndicatorName) && self.names + self.heads > 0 {
            self.last_was_ratio_of = index;
            return index;
        }
        if self.names + self.heads > 0 { self.last_was_ratio_of } else { self.ratios.max(1) - 1 }
    }
}
