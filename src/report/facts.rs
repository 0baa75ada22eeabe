//! The few numbers of each document that the charts are drawn from.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Finding;
use crate::form::initiative_sheet::{BudgetKind, InitiativeSheet, Level};
use crate::form::special_zone::{SupportItem, ZoneEvaluation};
use crate::form::{Document, Record};
use crate::normalize::Number;

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
    /// Programme and year → amount, each counted once.
    budgets: HashMap<(String, i32, &'static str), i64>,
    /// Those printed with different amounts in different places; the first one counts.
    unequal: HashSet<(String, i32, &'static str)>,
    /// Rule → severity and count.
    pub rules: BTreeMap<String, (String, u64)>,
}

impl Facts {
    pub fn add(&mut self, document: &Document) {
        let publisher = document.jurisdictions.first().map_or("", |j| &j.code);
        let name = document.jurisdictions.first().map_or("", |j| j.name.as_deref().unwrap_or(&j.code));
        for record in &document.records {
            match record {
                Record::Initiative(sheet) => self.add_sheet(sheet, publisher, name),
                Record::ZoneEvaluation(zone) => self.add_zone(zone, publisher),
                _ => {}
            }
        }
    }

    fn add_sheet(&mut self, sheet: &InitiativeSheet, publisher: &str, jurisdiction: &str) {
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
        for program in &sheet.do_.programs {
            for budget in &program.budgets {
                let (kind, name) = match budget.kind {
                    BudgetKind::Initial => ("initial", program.next_name.value().or(program.name.value())),
                    BudgetKind::SettlementEstimate => ("estimate", program.name.value().or(program.next_name.value())),
                    _ => ("settled", program.name.value().or(program.next_name.value())),
                };
                if let (Some(name), Some(amount)) = (name, budget.amount_yen) {
                    self.add_budget(name, publisher, budget.fiscal_year, kind, amount);
                }
            }
        }
    }

    fn add_zone(&mut self, zone: &ZoneEvaluation, publisher: &str) {
        for target in zone.evaluation_indicators.iter().flat_map(|i| &i.targets) {
            if let Some(percent) = target.progress_percent.value() {
                self.achievements[step(*percent)] += 1;
            }
        }
        for support in &zone.financial_supports {
            for row in support.rows.iter().filter(|row| row.item == SupportItem::Total) {
                for of_year in &row.amounts {
                    if let (Some(name), Some(amount)) = (support.program.value(), of_year.amount.amount_yen) {
                        self.add_budget(name, publisher, of_year.fiscal_year, "total", amount);
                    }
                }
            }
        }
    }

    fn add_budget(&mut self, name: &str, publisher: &str, year: i32, kind: &'static str, amount: i64) {
        let key = (format!("{publisher}\u{1f}{name}"), year, kind);
        let held = *self.budgets.entry(key.clone()).or_insert(amount);
        if held != amount {
            self.unequal.insert(key);
        }
    }

    /// Takes in what was gathered apart; the first amount of a programme counts.
    pub fn join(&mut self, other: Facts) {
        for (department, counts) in other.judgments {
            let held = self.judgments.entry(department).or_default();
            held.iter_mut().zip(counts).for_each(|(held, n)| *held += n);
        }
        self.achievements.iter_mut().zip(other.achievements).for_each(|(held, n)| *held += n);
        for (key, amount) in other.budgets {
            let held = *self.budgets.entry(key.clone()).or_insert(amount);
            if held != amount {
                self.unequal.insert(key);
            }
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
        let rank = |kind: &str| ["estimate", "settled", "total", "initial"].iter().position(|k| *k == kind);
        let mut latest: HashMap<&str, &(String, i32, &'static str)> = HashMap::new();
        for key in self.budgets.keys() {
            let held = latest.entry(&key.0).or_insert(key);
            if (key.1, rank(key.2)) > (held.1, rank(held.2)) {
                *held = key;
            }
        }
        let row = |(name, key): (&str, &(String, i32, &'static str))| {
            let shown = name.rsplit('\u{1f}').next().unwrap_or(name).to_owned();
            (shown, key.1, self.budgets.get(key).copied().unwrap_or_default(), self.unequal.contains(key))
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
        facts.add_budget("かもめ", "", 2022, "settled", 5);
        facts.add_budget("かもめ", "", 2022, "settled", 5);
        facts.add_budget("かもめ", "", 2023, "initial", 7);
        facts.add_budget("つばめ", "", 2022, "settled", 9);
        facts.add_budget("つばめ", "", 2022, "settled", 8);
        let want = vec![("つばめ".to_owned(), 2022, 9, true), ("かもめ".to_owned(), 2023, 7, false)];
        assert_eq!(facts.programmes(), want);
    }

    #[test]
    fn an_estimate_is_not_its_settlement_and_an_older_difference_is_no_mark() {
        let mut facts = Facts::default();
        facts.add_budget("かもめ", "", 2022, "estimate", 5);
        facts.add_budget("かもめ", "", 2022, "settled", 4);
        facts.add_budget("つばめ", "", 2021, "settled", 9);
        facts.add_budget("つばめ", "", 2021, "settled", 8);
        let mut other = Facts::default();
        other.add_budget("つばめ", "", 2022, "settled", 3);
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
