//! Official counts, given by the user: how many 取組 a jurisdiction says it judged, and how; and those extracted beside them.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::facts::Facts;
use crate::normalize::fold::key;
use crate::table::level_word;

/// Six-digit code and fiscal year, where a document tells them.
pub type Place = (Option<String>, Option<i32>);

/// The counts of one jurisdiction and year.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// Six-digit code; left out where the documents print none.
    pub jurisdiction: Option<String>,
    /// Gregorian year in which the fiscal year starts.
    pub fiscal_year: i32,
    /// All that were judged.
    pub total: Option<u64>,
    /// Printed word or level → how many.
    #[serde(default)]
    pub levels: BTreeMap<String, u64>,
    /// Where it is published.
    pub source: Option<String>,
}

/// Sheets as they were extracted.
#[derive(Debug, Clone, Default)]
pub struct Extracted {
    /// The first document that has one.
    pub first: usize,
    pub sheets: usize,
    /// By the folded word of their judgment.
    words: BTreeMap<String, usize>,
    levels: BTreeMap<&'static str, usize>,
}

impl Extracted {
    /// How many are judged so, by the printed word or by the level.
    pub fn judged(&self, said: &str) -> usize {
        let level = self.levels.get(said).copied().unwrap_or_default();
        self.words.get(&key(said)).copied().unwrap_or_default() + level
    }

    fn join(&mut self, other: &Extracted) {
        self.first = if self.sheets == 0 { other.first } else { self.first.min(other.first) };
        self.sheets += other.sheets;
        other.words.iter().for_each(|(word, count)| *self.words.entry(word.clone()).or_default() += count);
        other.levels.iter().for_each(|(level, count)| *self.levels.entry(level).or_default() += count);
    }
}

/// Official counts, and what there is to hold against them.
#[derive(Debug, Default)]
pub struct Counts {
    pub official: Vec<Official>,
    extracted: BTreeMap<Place, Extracted>,
}

impl Counts {
    pub fn new(official: Vec<Official>) -> Self {
        Counts { official, ..Counts::default() }
    }

    /// Counts the sheets of one document, which has this place among all.
    pub fn add(&mut self, document: usize, facts: &Facts) {
        let Some(of) = facts.documents.first().filter(|_| !self.official.is_empty() && !facts.sheets.is_empty()) else {
            return;
        };
        let mut new = Extracted { first: document, sheets: facts.sheets.len(), ..Extracted::default() };
        for sheet in &facts.sheets {
            sheet.judgment.iter().for_each(|word| *new.words.entry(key(word)).or_default() += 1);
            sheet.level.iter().for_each(|level| *new.levels.entry(level_word(*level)).or_default() += 1);
        }
        self.extracted.entry(of.place()).or_default().join(&new);
    }

    /// The sheets that an official count is of.
    pub fn extracted(&self, official: &Official) -> Extracted {
        let mut all = Extracted::default();
        for ((jurisdiction, year), of) in &self.extracted {
            if *year == Some(official.fiscal_year)
                && (official.jurisdiction.is_none() || official.jurisdiction == *jurisdiction)
            {
                all.join(of);
            }
        }
        all
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    counts: Vec<Official>,
}

/// Reads TOML (`[[counts]]`), JSON (`{"counts": [...]}`) or CSV (`jurisdiction,fiscal_year,level,count`; level `total` for
/// all). The error says what is wrong.
pub fn parse(text: &str) -> Result<Vec<Official>, String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match text.trim_start().chars().next() {
        Some('{') => serde_json::from_str::<File>(text).map(|f| f.counts).map_err(|e| e.to_string()),
        _ if text.trim_start().starts_with("jurisdiction,") => csv(text),
        _ => toml::from_str::<File>(text).map(|f| f.counts).map_err(|e| e.to_string()),
    }
}

fn csv(text: &str) -> Result<Vec<Official>, String> {
    #[derive(Deserialize)]
    struct Row {
        jurisdiction: Option<String>,
        fiscal_year: i32,
        level: String,
        count: u64,
    }
    let mut all: BTreeMap<(Option<String>, i32), Official> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize() {
        let row: Row = row.map_err(|e| e.to_string())?;
        let jurisdiction = row.jurisdiction.filter(|j| !j.is_empty());
        let of = all.entry((jurisdiction.clone(), row.fiscal_year)).or_insert_with(|| Official {
            jurisdiction,
            fiscal_year: row.fiscal_year,
            total: None,
            levels: BTreeMap::new(),
            source: None,
        });
        match row.level.as_str() {
            "total" => of.total = Some(row.count),
            _ => _ = of.levels.insert(row.level, row.count),
        }
    }
    Ok(all.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_ways_to_say_it() {
        let toml = "[[counts]]\nfiscal_year = 2022\ntotal = 9\n[counts.levels]\n\"順調\" = 7\n";
        let json = "{\"counts\": [{\"fiscal_year\": 2022, \"total\": 9, \"levels\": {\"順調\": 7}}]}";
        let csv = "jurisdiction,fiscal_year,level,count\n,2022,total,9\n,2022,順調,7\n";
        assert_eq!(parse(toml), parse(json));
        assert_eq!(parse(toml), parse(csv));
        assert!(parse("counts = 3").is_err());
    }
}
