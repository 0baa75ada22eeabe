//! What can be laid side by side over many documents, and what cannot, and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use super::counts::{Counts, Place};
use super::facts::{DocumentFact, Facts, ValueFact, ValueKind, hash};
use super::units;
use crate::normalize::fold::key;
use crate::table::Prints;

/// One comparison: its figures stand under `values`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// `judgment_shares`, `achievement_distribution`, `targets_below_last_actual`, `judgment_against_achievement`,
    /// `budget_sums` or `official_counts`.
    pub what: String,
    /// Six-digit code; null where the documents tell none.
    pub jurisdiction: Option<String>,
    pub fiscal_year: Option<i32>,
    /// The scale of the judgments: figures of different scales are never mixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// How many sheets, values or programmes it is made of.
    pub count: usize,
    pub values: Value,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NotCompared {
    pub what: String,
    pub why: String,
    /// Names of the documents that it is about, at most ten.
    pub documents: Vec<String>,
    /// How many they are.
    pub count: usize,
}

fn push(out: &mut Vec<Compared>, what: &str, of: Place, scale: Option<String>, count: usize, values: Value) {
    out.push(Compared { what: what.to_owned(), jurisdiction: of.0, fiscal_year: of.1, scale, count, values });
}

/// Four decimals, so that the same data give the same digits.
fn round(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// What documents, one after the other, came to: figures alone, none of their facts.
#[derive(Debug, Default)]
pub struct Comparison {
    documents: usize,
    /// By scale too; then the words of the judgments.
    judgments: BTreeMap<(Place, String), BTreeMap<String, Judged>>,
    achievements: BTreeMap<Place, Achieved>,
    targets: BTreeMap<Place, Targets>,
    /// By the year and kind of the budget too.
    budgets: BTreeMap<(Place, i32, &'static str), Sums>,
    scales: BTreeSet<String>,
    /// What was not compared, and why: names of the first documents, and how many they are.
    not: BTreeMap<(&'static str, String), (Vec<String>, usize)>,
}

/// Numbers as they come.
#[derive(Debug, Clone, Copy)]
struct Figures {
    count: usize,
    sum: f64,
    low: f64,
    high: f64,
}

impl Figures {
    fn of(all: &[f64]) -> Self {
        let mut figures = Figures { count: 0, sum: 0.0, low: f64::INFINITY, high: f64::NEG_INFINITY };
        all.iter().for_each(|n| figures.add(*n));
        figures
    }

    fn add(&mut self, n: f64) {
        self.count += 1;
        self.sum += n;
        self.low = self.low.min(n);
        self.high = self.high.max(n);
    }

    fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }
}

/// Sheets that were judged by a word, and the achievement beside it.
#[derive(Debug)]
struct Judged {
    sheets: usize,
    achievement: Figures,
}

#[derive(Debug)]
struct Achieved {
    all: Figures,
    bins: [usize; 11],
}

#[derive(Debug, Default)]
struct Targets {
    all: usize,
    below: usize,
    /// Where the first hundred of those below are.
    at: Vec<String>,
}

/// Both sums of budgets: as printed, and each programme once.
#[derive(Debug, Default)]
struct Sums {
    printed: i128,
    /// By a hash of programme and department: what it is counted once; and is there more than one?
    programmes: HashMap<u64, (i64, bool)>,
    /// Programmes of single documents, of which no other will tell: how many, the sum of the highest, the shared ones.
    own: (usize, i128, usize),
}

impl Sums {
    /// How many programmes, the sum of the highest, the shared ones.
    fn once(&self) -> (usize, i128, usize) {
        self.programmes.values().fold(self.own, |(count, sum, shared), (yen, is_shared)| {
            (count + 1, sum + i128::from(*yen), shared + usize::from(*is_shared))
        })
    }
}

impl Comparison {
    /// Adds what one document has.
    pub fn add(&mut self, facts: &Facts) {
        let Some(document) = facts.documents.first() else { return };
        self.documents += 1;
        self.judgments(facts, &document.place());
        self.targets(facts, document);
        self.budgets(facts, document);
        self.not_compared(facts, document);
    }

    fn judgments(&mut self, facts: &Facts, place: &Place) {
        for sheet in &facts.sheets {
            let achieved = Figures::of(&sheet.achievements).mean();
            if let Some(word) = &sheet.judgment {
                let scale = sheet.scale.clone().unwrap_or_else(|| "unknown".to_owned());
                let words = self.judgments.entry((place.clone(), scale)).or_default();
                let none = || Judged { sheets: 0, achievement: Figures::of(&[]) };
                let judged = words.entry(key(word)).or_insert_with(none);
                judged.sheets += 1;
                achieved.into_iter().for_each(|n| judged.achievement.add(n));
            }
            if !sheet.achievements.is_empty() {
                let none = || Achieved { all: Figures::of(&[]), bins: [0; 11] };
                let achieved = self.achievements.entry(place.clone()).or_insert_with(none);
                for percent in &sheet.achievements {
                    achieved.all.add(*percent);
                    achieved.bins[(percent / 10.0).clamp(0.0, 10.0) as usize] += 1;
                }
            }
        }
    }

    fn targets(&mut self, facts: &Facts, document: &DocumentFact) {
        type Key<'a> = (usize, &'a str);
        type Values<'a> = (Vec<&'a ValueFact>, Vec<&'a ValueFact>);
        let mut by: BTreeMap<Key, Values> = BTreeMap::new();
        for value in &facts.values {
            let entry = by.entry((value.sheet, &value.indicator)).or_default();
            match value.kind {
                ValueKind::Actual => entry.0.push(value),
                // A bound that is not to be exceeded is none to be reached.
                ValueKind::Target if !value.at_most => entry.1.push(value),
                ValueKind::Target | ValueKind::Planned => {}
            }
        }
        for (actuals, targets) in by.into_values() {
            for target in targets {
                let before = |a: &&&ValueFact| {
                    a.fiscal_year == target.fiscal_year - 1 && units::same(a.unit.as_deref(), target.unit.as_deref())
                };
                let Some(last) = actuals.iter().find(before) else { continue };
                let entry = self.targets.entry(document.place()).or_default();
                entry.all += 1;
                if target.value < last.value {
                    entry.below += 1;
                    if entry.at.len() < 100 {
                        entry.at.push(facts.elsewhere(0, &target.pointer));
                    }
                }
            }
        }
    }

    fn budgets(&mut self, facts: &Facts, document: &DocumentFact) {
        type Printed<'a> = (i128, BTreeMap<u64, Prints<&'a str, &'a str>>);
        let mut printed: BTreeMap<(i32, &'static str), Printed> = BTreeMap::new();
        for budget in &facts.budgets {
            let (sum, programmes) = printed.entry((budget.fiscal_year, budget.kind.label())).or_default();
            *sum += i128::from(budget.yen);
            let programme = programmes.entry(hash((&budget.program, &budget.department))).or_default();
            programme.add(budget.record(), &budget.part, budget.yen);
        }
        for ((year, kind), (sum, programmes)) in printed {
            let programmes = programmes.into_iter().map(|(key, of)| (key, (of.once(), of.records() > 1))).collect();
            let sums = Sums { printed: sum, programmes, ..Sums::default() };
            let all = self.budgets.entry((document.place(), year, kind)).or_default();
            all.printed += sums.printed;
            // Documents of no known jurisdiction have programmes of their own.
            if document.jurisdiction.is_none() {
                let (own, new) = (all.own, sums.once());
                all.own = (own.0 + new.0, own.1 + new.1, own.2 + new.2);
                continue;
            }
            for (programme, (yen, shared)) in sums.programmes {
                let entry = all.programmes.entry(programme);
                entry.and_modify(|p| *p = (p.0.max(yen), true)).or_insert((yen, shared));
            }
        }
    }

    fn not_compared(&mut self, facts: &Facts, document: &DocumentFact) {
        let mut reasons: BTreeSet<(&'static str, String)> = BTreeSet::new();
        let mut put = |what: &'static str, why: &str| _ = reasons.insert((what, why.to_owned()));
        if document.form == "initiative_sheet" {
            if document.jurisdiction.is_none() {
                put(ACROSS, "the document tells no jurisdiction (or several): say it with --jurisdiction");
            }
            if document.fiscal_year.is_none() {
                put("values across years", "the document tells no fiscal year");
            }
        } else {
            put("judgment_shares", &format!("the form {} prints no judgment of its records", document.form));
        }
        for sheet in &facts.sheets {
            match (&sheet.judgment, &sheet.scale) {
                (Some(word), None) => {
                    let why = format!("「{word}」 is a word of no known scale: it stands apart as `unknown`");
                    put("judgment_shares", &why);
                }
                (None, _) => put("judgment_shares", "sheets without a judgment are not counted"),
                _ => {}
            }
            if sheet.achievements.is_empty() {
                put("achievement_distribution", "sheets without a 達成割合 are not counted");
            }
            if let Some(scale) = sheet.scale.as_ref().filter(|scale| !self.scales.contains(*scale)) {
                self.scales.insert(scale.clone());
            }
        }
        for reason in reasons {
            let (names, count) = self.not.entry(reason).or_default();
            *count += 1;
            if names.len() < 10 {
                names.push(document.name.clone());
            }
        }
    }

    /// Everything that can be compared of what the documents have, and what cannot.
    pub fn finish(self, counts: &Counts) -> (Vec<Compared>, Vec<NotCompared>) {
        let mut out = Vec::new();
        push_judgments(&self.judgments, &mut out);
        for (of, Achieved { all, bins }) in self.achievements {
            let bins: Vec<Value> =
                bins.iter().enumerate().map(|(i, n)| json!({ "from": i * 10, "count": n })).collect();
            let values = json!({ "mean": all.mean().map(round), "bins": bins });
            push(&mut out, "achievement_distribution", of, None, all.count, values);
        }
        // Targets that were set below what was reached the year before.
        for (of, Targets { all, below, at }) in self.targets {
            let values = json!({ "below": below, "share": round(below as f64 / all as f64), "targets": at });
            push(&mut out, "targets_below_last_actual", of, None, all, values);
        }
        for ((of, year, kind), sums) in self.budgets {
            let (count, once, shared) = sums.once();
            let yen = |sum: i128| i64::try_from(sum).map_or_else(|_| Value::from(sum as f64), Value::from);
            let values = json!({ "budget_year": year, "kind": kind, "as_printed_yen": yen(sums.printed), "counted_once_yen": yen(once), "shared_programmes": shared });
            push(&mut out, "budget_sums", of, None, count, values);
        }
        push_official(counts, &mut out);
        (out, not_compared(self.documents, self.not, &self.scales, counts))
    }
}

/// Share of each judgment, and the achievement that stands beside it, by jurisdiction, year and scale.
fn push_judgments(by: &BTreeMap<(Place, String), BTreeMap<String, Judged>>, out: &mut Vec<Compared>) {
    for ((of, scale), words) in by {
        let all: usize = words.values().map(|judged| judged.sheets).sum();
        let share = |sheets: usize| round(sheets as f64 / all as f64);
        let shares: Vec<Value> = words
            .iter()
            .map(|(word, of)| json!({ "judgment": word, "count": of.sheets, "share": share(of.sheets) }))
            .collect();
        push(out, "judgment_shares", of.clone(), Some(scale.clone()), all, shares.into());
        let beside: Vec<Value> = words
            .iter()
            .filter_map(|(word, Judged { achievement: of, .. })| {
                let mean = of.mean()?;
                Some(json!({ "judgment": word, "count": of.count, "mean": round(mean), "min": of.low, "max": of.high }))
            })
            .collect();
        if !beside.is_empty() {
            let measured = words.values().map(|judged| judged.achievement.count).sum();
            push(out, "judgment_against_achievement", of.clone(), Some(scale.clone()), measured, beside.into());
        }
    }
}

/// Official counts beside those extracted.
fn push_official(counts: &Counts, out: &mut Vec<Compared>) {
    for official in &counts.official {
        let extracted = counts.extracted(official);
        if extracted.sheets == 0 {
            continue;
        }
        let levels: Vec<Value> = official
            .levels
            .iter()
            .map(|(word, count)| json!({ "judgment": word, "official": count, "extracted": extracted.judged(word) }))
            .collect();
        let values = json!({ "official": official.total, "extracted": extracted.sheets, "levels": levels, "source": official.source });
        let of = (official.jurisdiction.clone(), Some(official.fiscal_year));
        push(out, "official_counts", of, None, extracted.sheets, values);
    }
}

/// Said of several documents only: one is held against no other.
const ACROSS: &str = "names and values across documents";

fn not_compared(
    documents: usize,
    by: BTreeMap<(&'static str, String), (Vec<String>, usize)>,
    scales: &BTreeSet<String>,
    counts: &Counts,
) -> Vec<NotCompared> {
    let said = by.into_iter().filter(|((what, _), _)| *what != ACROSS || documents > 1);
    let mut out: Vec<NotCompared> = said
        .map(|((what, why), (documents, count))| NotCompared { what: what.to_owned(), why, documents, count })
        .collect();
    for official in counts.official.iter().filter(|official| counts.extracted(official).sheets == 0) {
        let of = official.jurisdiction.as_deref().map_or(String::new(), |code| format!("{code}, "));
        let why = format!("no sheet of that jurisdiction and year ({of}{})", official.fiscal_year);
        out.push(NotCompared { what: "official_counts".to_owned(), why, documents: Vec::new(), count: 0 });
    }
    if scales.len() > 1 {
        let names = scales.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        out.push(NotCompared {
            what: "judgments of different scales".to_owned(),
            why: format!("the scales {names} have words and thresholds of their own"),
            documents: Vec::new(),
            count: scales.len(),
        });
    }
    out
}
