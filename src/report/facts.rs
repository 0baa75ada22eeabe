//! The few numbers of each document that the charts are drawn from.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Finding;
use crate::form::initiative_sheet::{BudgetKind, InitiativeSheet, Level};
use crate::form::special_zone::{SupportItem, ZoneEvaluation};
use crate::form::{Document, Printed, Record};
use crate::normalize::Number;
use crate::table::programme_key::{owner, programme_key};
use crate::table::{Prints, name_over};

/// Levels of the common scale, best first, with their words.
pub const LEVELS: [(Level, &str, &str); 6] = [
    (Level::OnTrack, "on track", "順調"),
    (Level::MostlyOnTrack, "mostly on track", "概ね順調"),
    (Level::SlightlyBehind, "slightly behind", "やや遅れ"),
    (Level::Behind, "behind", "大幅遅れ"),
    (Level::NotStarted, "not started", "未着手"),
    (Level::Unrated, "other words", "その他の判定"),
];
/// Upper ends of the steps of the histogram but the last two, in percent: below 10, … below 100, 100, above.
pub const STEPS: usize = 12;

/// What the charts show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Jurisdiction and department → how many judgments of each level, in the order of [`LEVELS`].
    pub judgments: BTreeMap<(String, String), [u64; 6]>,
    /// How many 達成割合 (and 進捗度) lie in each step.
    pub achievements: [u64; STEPS],
    /// Key of a programme, year and kind → amount, counted once.
    budgets: HashMap<Amount, i64>,
    /// Key of a programme → its name, as printed first.
    names: HashMap<String, String>,
    /// Those printed with different amounts on different sheets; the largest counts.
    unequal: HashSet<Amount>,
    /// Rule → severity and count.
    pub rules: BTreeMap<String, (String, u64)>,
}

/// A programme by its key, the year, and the kind: of one year a settlement counts before its estimate, and a first budget
/// before both.
type Amount = (String, i32, Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Kind {
    Estimate,
    Settled,
    Total,
    Initial,
}

/// Where the amounts of one document are printed: by record, in parts of a fund and a method.
#[derive(Default)]
struct Amounts<'a>(BTreeMap<Amount, Prints<usize, Part<'a>>>);

/// Fund and method.
type Part<'a> = (Option<&'a str>, Option<&'a str>);

impl Facts {
    pub fn add(&mut self, document: &Document) {
        let name = document.jurisdictions.first().map_or("", |j| j.name.as_deref().unwrap_or(&j.code));
        let mut amounts = Amounts::default();
        for (index, record) in document.records.iter().enumerate() {
            let owner = owner(document, record);
            let key = |name: &str| programme_key(name, owner.as_deref());
            match record {
                Record::Initiative(sheet) => {
                    self.add_sheet(sheet, name);
                    self.add_programs(sheet, index, &key, &mut amounts);
                }
                Record::ZoneEvaluation(zone) => self.add_zone(zone, index, &key, &mut amounts),
                _ => {}
            }
        }
        for (of, prints) in amounts.0 {
            self.add_budget(of, prints.once(), prints.differ());
        }
    }

    fn add_sheet(&mut self, sheet: &InitiativeSheet, jurisdiction: &str) {
        if let Some(judgment) = sheet.do_.judgment.value() {
            let department = sheet.plan.department.value().map_or("—", String::as_str);
            let level = LEVELS.iter().position(|(level, ..)| *level == judgment.level).unwrap_or(5);
            self.judgments.entry((jurisdiction.to_owned(), department.to_owned())).or_default()[level] += 1;
        }
        for indicator in &sheet.do_.indicators {
            if let Some(percent) = indicator.achievement_percent.value() {
                self.achievements[step(*percent)] += 1;
            }
        }
    }

    fn add_programs<'a>(
        &mut self,
        sheet: &'a InitiativeSheet,
        record: usize,
        key: &dyn Fn(&str) -> Option<String>,
        amounts: &mut Amounts<'a>,
    ) {
        for program in &sheet.do_.programs {
            for budget in &program.budgets {
                let kind = match budget.kind {
                    BudgetKind::Initial => Kind::Initial,
                    BudgetKind::Settled => Kind::Settled,
                    BudgetKind::SettlementEstimate => Kind::Estimate,
                };
                let (Some(name), Some(amount)) = (name_over(program, budget.kind), budget.amount_yen) else { continue };
                let Some(key) = key(name) else { continue };
                self.names.entry(key.clone()).or_insert_with(|| name.clone());
                let text = |printed: &'a Printed<String>| printed.value().map(String::as_str);
                let part = (text(&budget.fund), text(&budget.method));
                amounts.0.entry((key, budget.fiscal_year, kind)).or_default().add(record, part, amount);
            }
        }
    }

    fn add_zone(
        &mut self,
        zone: &ZoneEvaluation,
        record: usize,
        key: &dyn Fn(&str) -> Option<String>,
        amounts: &mut Amounts,
    ) {
        for target in zone.evaluation_indicators.iter().flat_map(|i| &i.targets) {
            if let Some(percent) = target.progress_percent.value() {
                self.achievements[step(*percent)] += 1;
            }
        }
        for support in &zone.financial_supports {
            for row in support.rows.iter().filter(|row| row.item == SupportItem::Total) {
                let Some(name) = support.program.value() else { continue };
                let Some(key) = key(name) else { continue };
                for of_year in &row.amounts {
                    let Some(amount) = of_year.amount.amount_yen else { continue };
                    self.names.entry(key.clone()).or_insert_with(|| name.clone());
                    let of = (key.clone(), of_year.fiscal_year, Kind::Total);
                    amounts.0.entry(of).or_default().add(record, (None, None), amount);
                }
            }
        }
    }

    fn add_budget(&mut self, of: Amount, amount: i64, differ: bool) {
        let held = self.budgets.entry(of.clone()).or_insert(amount);
        if differ || *held != amount {
            self.unequal.insert(of);
        }
        *held = (*held).max(amount);
    }

    /// Takes in what was gathered apart.
    pub fn join(&mut self, other: Facts) {
        for (department, counts) in other.judgments {
            let held = self.judgments.entry(department).or_default();
            held.iter_mut().zip(counts).for_each(|(held, n)| *held += n);
        }
        self.achievements.iter_mut().zip(other.achievements).for_each(|(held, n)| *held += n);
        for (of, amount) in other.budgets {
            self.add_budget(of, amount, false);
        }
        for (key, name) in other.names {
            self.names.entry(key).or_insert(name);
        }
        self.unequal.extend(other.unequal);
        for (rule, (severity, count)) in other.rules {
            self.rules.entry(rule).or_insert((severity, 0)).1 += count;
        }
    }

    pub fn add_finding(&mut self, finding: &Finding) {
        let rule = self.rules.entry(format!("{} {}", finding.rule, finding.name));
        rule.or_insert_with(|| (finding.severity.clone(), 0)).1 += 1;
    }

    /// Programme, year and yen, largest first: of each programme the latest year that has an amount, its initial budget
    /// before its settlement, that before its estimate. The flag tells that this very amount is printed differently elsewhere.
    pub fn programmes(&self) -> Vec<(String, i32, i64, bool)> {
        let mut latest: HashMap<&str, (i32, Kind, i64)> = HashMap::new();
        for ((name, year, kind), amount) in &self.budgets {
            let told = (*year, *kind, *amount);
            let held = latest.entry(name).or_insert(told);
            *held = (*held).max(told);
        }
        let row = |(key, (year, kind, amount)): (&str, (i32, Kind, i64))| {
            let shown = self.names.get(key).map_or(key, String::as_str).to_owned();
            (shown, year, amount, self.unequal.contains(&(key.to_owned(), year, kind)))
        };
        let mut rows: Vec<_> = latest.into_iter().map(row).collect();
        rows.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.cmp(b)));
        rows
    }
}

/// The step of a percent: 0 for below 10 … 9 for 90 to below 100, 10 for 100 itself, 11 above.
fn step(percent: Number) -> usize {
    let percent: f64 = percent.0.to_string().parse().unwrap_or(0.0);
    match percent.total_cmp(&100.0) {
        Ordering::Greater => 11,
        Ordering::Equal => 10,
        Ordering::Less => (percent.max(0.0) / 10.0) as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_that_two_sheets_share_counts_once() {
        let mut facts = Facts::default();
        let of = |name: &str, year, kind| (name.to_owned(), year, kind);
        facts.add_budget(of("かもめ", 2022, Kind::Settled), 5, false);
        facts.add_budget(of("かもめ", 2022, Kind::Settled), 5, false);
        facts.add_budget(of("かもめ", 2023, Kind::Initial), 7, false);
        facts.add_budget(of("つばめ", 2022, Kind::Settled), 8, false);
        facts.add_budget(of("つばめ", 2022, Kind::Estimate), 10, false);
        facts.add_budget(of("つばめ", 2022, Kind::Settled), 9, false);
        let want = vec![("つばめ".to_owned(), 2022, 9, true), ("かもめ".to_owned(), 2023, 7, false)];
        assert_eq!(facts.programmes(), want);
    }

    #[test]
    fn an_estimate_is_not_its_settlement_and_an_older_difference_is_no_mark() {
        let mut facts = Facts::default();
        let of = |name: &str, year, kind| (name.to_owned(), year, kind);
        facts.add_budget(of("かもめ", 2022, Kind::Estimate), 5, false);
        facts.add_budget(of("かもめ", 2022, Kind::Settled), 4, false);
        facts.add_budget(of("つばめ", 2021, Kind::Settled), 9, false);
        facts.add_budget(of("つばめ", 2021, Kind::Settled), 8, false);
        let mut other = Facts::default();
        other.add_budget(of("つばめ", 2022, Kind::Settled), 3, false);
        facts.join(other);
        let want = vec![("かもめ".to_owned(), 2022, 4, false), ("つばめ".to_owned(), 2022, 3, false)];
        assert_eq!(facts.programmes(), want);
    }

    #[test]
    fn percents_fall_into_their_steps() {
        let of = |digits: &str| step(Number(digits.parse().unwrap()));
        assert_eq!(
            [of("-16.4"), of("0"), of("9.9"), of("10"), of("99.9"), of("100.0"), of("101")],
            [0, 0, 0, 1, 9, 10, 11]
        );
    }
}
