//! Official counts, given by the user: how many 取組 a jurisdiction says it judged, and how.

use serde::Deserialize;
use std::collections::BTreeMap;

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
