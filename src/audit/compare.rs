//! What can be laid side by side over many documents, and what cannot, and why.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::counts::Official;
use super::facts::{Facts, SheetFact, ValueFact, ValueKind};
use super::units;
use crate::normalize::fold::key;
use crate::table::{Prints, level_word};

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

type Place = (Option<String>, Option<i32>);

/// Everything that can be compared of what the documents have.
pub fn compare(facts: &Facts) -> (Vec<Compared>, Vec<NotCompared>) {
    let mut out = Vec::new();
    judgments(facts, &mut out);
    achievements(facts, &mut out);
    targets_below(facts, &mut out);
    budgets(facts, &mut out);
    official(facts, &mut out);
    (out, not_compared(facts))
}

fn place(facts: &Facts, document: usize) -> Place {
    let document = &facts.documents[document];
    (document.jurisdiction.clone(), document.fiscal_year)
}

fn push(out: &mut Vec<Compared>, what: &str, of: Place, scale: Option<String>, count: usize, values: Value) {
    out.push(Compared { what: what.to_owned(), jurisdiction: of.0, fiscal_year: of.1, scale, count, values });
}

/// Four decimals, so that the same data give the same digits.
fn round(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Share of each judgment, and the achievement that stands beside it, by jurisdiction, year and scale.
fn judgments(facts: &Facts, out: &mut Vec<Compared>) {
    type Words = BTreeMap<String, Vec<Option<f64>>>;
    let mut by: BTreeMap<(Place, String), Words> = BTreeMap::new();
    for sheet in &facts.sheets {
        let Some(word) = &sheet.judgment else { continue };
        let scale = sheet.scale.clone().unwrap_or_else(|| "unknown".to_owned());
        let words = by.entry((place(facts, sheet.document), scale)).or_default();
        words.entry(key(word)).or_default().push(mean(&sheet.achievements));
    }
    for ((of, scale), words) in by {
        let all: usize = words.values().map(Vec::len).sum();
        let shares: Vec<Value> = words
            .iter()
            .map(|(word, of)| json!({ "judgment": word, "count": of.len(), "share": round(of.len() as f64 / all as f64) }))
            .collect();
        push(out, "judgment_shares", of.clone(), Some(scale.clone()), all, shares.into());
        let mut measured = 0;
        let beside: Vec<Value> = words
            .iter()
            .filter_map(|(word, of)| {
                let known: Vec<f64> = of.iter().flatten().copied().collect();
                measured += known.len();
                let low = known.iter().copied().fold(f64::INFINITY, f64::min);
                let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let mean = mean(&known)?;
                Some(json!({ "judgment": word, "count": known.len(), "mean": round(mean), "min": low, "max": high }))
            })
            .collect();
        if !beside.is_empty() {
            push(out, "judgment_against_achievement", of, Some(scale), measured, beside.into());
        }
    }
}

/// How many 達成割合 there are from 0 to below 10, … 90 to below 100, and of 100 and above.
fn achievements(facts: &Facts, out: &mut Vec<Compared>) {
    let mut by: BTreeMap<Place, Vec<f64>> = BTreeMap::new();
    for sheet in &facts.sheets {
        by.entry(place(facts, sheet.document)).or_default().extend(&sheet.achievements);
    }
    for (of, all) in by.into_iter().filter(|(_, all)| !all.is_empty()) {
        let mut bins = [0usize; 11];
        for percent in &all {
            bins[(percent / 10.0).clamp(0.0, 10.0) as usize] += 1;
        }
        let bins: Vec<Value> = bins.iter().enumerate().map(|(i, n)| json!({ "from": i * 10, "count": n })).collect();
        let values = json!({ "mean": mean(&all).map(round), "bins": bins });
        push(out, "achievement_distribution", of, None, all.len(), values);
    }
}

/// Targets that were set below what was reached the year before. A bound that is not to be exceeded is none of them.
fn targets_below(facts: &Facts, out: &mut Vec<Compared>) {
    type Key<'a> = (usize, &'a str);
    type Values<'a> = (Vec<&'a ValueFact>, Vec<&'a ValueFact>);
    let mut by: BTreeMap<Key, Values> = BTreeMap::new();
    for value in &facts.values {
        let entry = by.entry((value.sheet, &value.indicator)).or_default();
        match value.kind {
            ValueKind::Actual => entry.0.push(value),
            ValueKind::Target if !value.at_most => entry.1.push(value),
            ValueKind::Target | ValueKind::Planned => {}
        }
    }
    let mut places: BTreeMap<Place, (usize, Vec<String>)> = BTreeMap::new();
    for ((sheet, _), (actuals, targets)) in by {
        let document = facts.sheets[sheet].document;
        for target in targets {
            let last = |a: &&&ValueFact| {
                a.fiscal_year == target.fiscal_year - 1 && units::same(a.unit.as_deref(), target.unit.as_deref())
            };
            let Some(last) = actuals.iter().find(last) else { continue };
            let entry = places.entry(place(facts, document)).or_default();
            entry.0 += 1;
            if target.value < last.value {
                entry.1.push(facts.elsewhere(document, &target.pointer));
            }
        }
    }
    for (of, (all, below)) in places {
        let values = json!({ "below": below.len(), "share": round(below.len() as f64 / all as f64), "targets": below.iter().take(100).collect::<Vec<_>>() });
        push(out, "targets_below_last_actual", of, None, all, values);
    }
}

/// Both sums of the budgets: as printed, and each programme once.
fn budgets(facts: &Facts, out: &mut Vec<Compared>) {
    type Key<'a> = (Place, i32, &'static str);
    /// The prints of each, and the sum of all.
    type Programmes<'a> = BTreeMap<(Option<usize>, &'a str, &'a str), (Prints<(usize, &'a str), &'a str>, i128)>;
    let mut by: BTreeMap<Key, Programmes> = BTreeMap::new();
    for budget in &facts.budgets {
        let of = place(facts, budget.document);
        // Documents of no known jurisdiction have programmes of their own.
        let own = of.0.is_none().then_some(budget.document);
        let programmes = by.entry((of, budget.fiscal_year, budget.kind.label())).or_default();
        let (prints, all) = programmes.entry((own, &budget.program, &budget.department)).or_default();
        prints.add((budget.document, budget.record()), &budget.part, budget.yen);
        *all += i128::from(budget.yen);
    }
    for ((of, year, kind), programmes) in by {
        let naive: i128 = programmes.values().map(|(_, all)| all).sum();
        let once: i128 = programmes.values().map(|(prints, _)| i128::from(prints.once())).sum();
        let shared = programmes.values().filter(|(prints, _)| prints.records() > 1).count();
        let yen = |sum: i128| i64::try_from(sum).map_or_else(|_| Value::from(sum as f64), Value::from);
        let values = json!({ "budget_year": year, "kind": kind, "as_printed_yen": yen(naive), "counted_once_yen": yen(once), "shared_programmes": shared });
        push(out, "budget_sums", of, None, programmes.len(), values);
    }
}

/// The sheets that an official count is of.
pub fn counted<'a>(facts: &'a Facts, official: &Official) -> Vec<&'a SheetFact> {
    let is_of = |s: &&SheetFact| {
        let document = &facts.documents[s.document];
        document.fiscal_year == Some(official.fiscal_year)
            && (official.jurisdiction.is_none() || official.jurisdiction == document.jurisdiction)
    };
    facts.sheets.iter().filter(is_of).collect()
}

/// How many of the sheets have a judgment, named by its printed word or by its level.
pub fn judged(sheets: &[&SheetFact], said: &str) -> usize {
    let printed = |s: &SheetFact| s.judgment.as_deref().is_some_and(|word| key(word) == key(said));
    sheets.iter().filter(|s| printed(s) || s.level.is_some_and(|level| level_word(level) == said)).count()
}

/// Official counts beside those extracted.
fn official(facts: &Facts, out: &mut Vec<Compared>) {
    for official in &facts.official {
        let sheets = counted(facts, official);
        if sheets.is_empty() {
            continue;
        }
        let levels: Vec<Value> = official
            .levels
            .iter()
            .map(|(word, count)| json!({ "judgment": word, "official": count, "extracted": judged(&sheets, word) }))
            .collect();
        let values = json!({ "official": official.total, "extracted": sheets.len(), "levels": levels, "source": official.source });
        let of = (official.jurisdiction.clone(), Some(official.fiscal_year));
        push(out, "official_counts", of, None, sheets.len(), values);
    }
}

fn not_compared(facts: &Facts) -> Vec<NotCompared> {
    let mut by: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    let mut put = |what: &'static str, why: String, document: usize| {
        let all = by.entry((what, why)).or_default();
        if all.last() != Some(&document) {
            all.push(document);
        }
    };
    for (d, document) in facts.documents.iter().enumerate() {
        let has_sheets = document.form == "initiative_sheet";
        if !has_sheets {
            let why = format!("the form {} prints no judgment of its records", document.form);
            put("judgment_shares", why, d);
            continue;
        }
        if document.jurisdiction.is_none() && facts.documents.len() > 1 {
            let why = "the document tells no jurisdiction (or several): say it with --jurisdiction".to_owned();
            put("names and values across documents", why, d);
        }
        if document.fiscal_year.is_none() {
            put("values across years", "the document tells no fiscal year".to_owned(), d);
        }
    }
    for sheet in &facts.sheets {
        match (&sheet.judgment, &sheet.scale) {
            (Some(word), None) => {
                put(
                    "judgment_shares",
                    format!("「{word}」 is a word of no known scale: it stands apart as `unknown`"),
                    sheet.document,
                );
            }
            (None, _) => put("judgment_shares", "sheets without a judgment are not counted".to_owned(), sheet.document),
            _ => {}
        }
        if sheet.achievements.is_empty() {
            put("achievement_distribution", "sheets without a 達成割合 are not counted".to_owned(), sheet.document);
        }
    }
    let mut scales: Vec<&str> = facts.sheets.iter().filter_map(|s| s.scale.as_deref()).collect();
    scales.sort_unstable();
    scales.dedup();
    let mut out: Vec<NotCompared> = by
        .into_iter()
        .map(|((what, why), documents)| NotCompared {
            what: what.to_owned(),
            why,
            count: documents.len(),
            documents: documents.iter().take(10).map(|d| facts.documents[*d].name.clone()).collect(),
        })
        .collect();
    for official in facts.official.iter().filter(|official| counted(facts, official).is_empty()) {
        let of = official.jurisdiction.as_deref().map_or(String::new(), |code| format!("{code}, "));
        let why = format!("no sheet of that jurisdiction and year ({of}{})", official.fiscal_year);
        out.push(NotCompared { what: "official_counts".to_owned(), why, documents: Vec::new(), count: 0 });
    }
    if scales.len() > 1 {
        let why = format!("the scales {} have words and thresholds of their own", scales.join(", "));
        out.push(NotCompared {
            what: "judgments of different scales".to_owned(),
            why,
            documents: Vec::new(),
            count: scales.len(),
        });
    }
    out
}
