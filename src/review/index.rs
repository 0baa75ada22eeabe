//! What the overview shows of each record: small enough to be held for every sheet of a country.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;

use crate::audit::{Auditor, Settings};
use crate::correction;
use crate::correction::{CONFIRMED, CORRECTED};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::form::Document;
use crate::output::json;
use crate::output::manifest::Manifest;
use crate::report::Finding;
use crate::report::facts::Facts;
use crate::table::{self, Value};

/// One document of the folder.
#[derive(Debug, Clone)]
pub struct Entry {
    /// First 16 digits of its hash.
    pub id: String,
    pub sha256: String,
    /// Below the folder: `documents/NAME.json`.
    pub file: String,
    /// File name of its input, and the path that it had.
    pub name: String,
    pub path: String,
}

impl Entry {
    /// `NAME`, as findings call it.
    pub fn stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        name.strip_suffix(".json").unwrap_or(name)
    }
}

/// One record, or a document that has none.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Which of [`Index::entries`].
    pub entry: usize,
    /// `None` for a document without records.
    pub record: Option<usize>,
    pub form: String,
    pub title: String,
    pub department: String,
    pub jurisdiction: String,
    pub year: Option<i32>,
    pub judgment: String,
    pub rank: Option<i64>,
    pub coverage: f64,
    pub doubts: usize,
    pub findings: usize,
    /// All that a search looks through, folded.
    pub words: String,
}

#[derive(Debug, Default)]
pub struct Index {
    pub entries: Vec<Entry>,
    pub rows: Vec<Row>,
    pub facts: Facts,
    /// What the audit found.
    pub findings: Vec<Finding>,
    /// Corrections that the documents carry.
    pub carried: BTreeSet<String>,
    /// Documents that could not be read.
    pub broken: Vec<String>,
    by_id: HashMap<String, usize>,
    by_stem: HashMap<String, usize>,
}

/// What tells that the folder is not as it was.
pub fn stamp(folder: &Path) -> Option<(SystemTime, u64)> {
    let data = std::fs::metadata(folder.join("manifest.json")).ok()?;
    Some((data.modified().ok()?, data.len()))
}

/// A document's file is one in `documents/`, whatever a manifest says.
fn is_inside(file: &str) -> bool {
    file.strip_prefix("documents/")
        .is_some_and(|name| !name.is_empty() && !name.contains(['/', '\\', ':', '\0']) && name != "..")
}

/// What of a diagnostic is a doubt: not what a person said of it.
pub fn is_doubt(diagnostic: &Diagnostic) -> bool {
    ![CORRECTED, CONFIRMED].contains(&diagnostic.code.as_str())
}

/// The document of an entry, as it stands in the folder.
pub fn load(folder: &Path, entry: &Entry) -> std::result::Result<Document, String> {
    let bytes = std::fs::read(folder.join(&entry.file)).map_err(|e| e.to_string())?;
    let document = json::parse(&bytes).map_err(|e| e.to_string())?;
    if document.source.sha256 == entry.sha256 { Ok(document) } else { Err("is of another input".to_owned()) }
}

impl Index {
    /// `said`: findings to show instead of those that an audit of the folder gives.
    pub fn build(folder: &Path, said: Option<&[Finding]>) -> Result<Index> {
        let manifest = Manifest::load(&folder.join("manifest.json"))?;
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for input in manifest.into_iter().flat_map(|m| m.inputs) {
            if let (Some(file), Some(sha256)) = (input.document, input.sha256)
                && is_inside(&file)
                && sha256.len() >= 16
                && sha256.is_ascii()
                && seen.insert(file.clone())
            {
                entries.push(Entry { id: sha256[..16].to_owned(), sha256, file, name: input.name, path: input.path });
            }
        }
        let mut auditor = Auditor::new(Settings::default());
        let mut index = Index::default();
        // So many at once, so that the documents of a country are never all in memory.
        for (batch, first) in entries.chunks(64).zip((0..).step_by(64)) {
            let documents: Vec<_> = batch.par_iter().map(|entry| load(folder, entry)).collect();
            let read = |(at, document): (usize, &std::result::Result<Document, String>)| {
                let document = document.as_ref().ok()?;
                let mut facts = Facts::default();
                facts.add(document);
                Some((rows(first + at, &batch[at], document), facts))
            };
            let all: Vec<_> = documents.par_iter().enumerate().map(read).collect();
            for (rows, facts) in all.into_iter().flatten() {
                index.rows.extend(rows);
                index.facts.join(facts);
            }
            for (entry, document) in batch.iter().zip(&documents) {
                match document {
                    Ok(document) => {
                        index.carried.extend(correction::told(document));
                        if said.is_none() {
                            auditor.document(entry.stem(), document)?;
                        }
                    }
                    Err(reason) => index.broken.push(format!("{}: {reason}", entry.file)),
                }
            }
        }
        index.findings = match said {
            Some(said) => said.to_vec(),
            None => auditor.finish()?.findings.iter().map(Finding::from).collect(),
        };
        let mut counts: HashMap<(&str, Option<usize>), usize> = HashMap::new();
        for finding in &index.findings {
            *counts.entry((&finding.document, record_of(&finding.pointer))).or_default() += 1;
            index.facts.add_finding(finding);
        }
        for row in &mut index.rows {
            let of = |record| counts.get(&(entries[row.entry].stem(), record)).copied().unwrap_or(0);
            // What is of the whole document stands at its first record.
            row.findings = match row.record {
                Some(0) => of(Some(0)) + of(None),
                record => of(record),
            };
        }
        index.by_id = entries.iter().enumerate().map(|(at, e)| (e.id.clone(), at)).collect();
        index.by_stem = entries.iter().enumerate().map(|(at, e)| (e.stem().to_owned(), at)).collect();
        index.entries = entries;
        Ok(index)
    }

    pub fn by_id(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).map(|at| &self.entries[*at])
    }

    pub fn by_stem(&self, stem: &str) -> Option<&Entry> {
        self.by_stem.get(stem).map(|at| &self.entries[*at])
    }
}

/// `/records/3/…` is of record 3.
pub fn record_of(pointer: &str) -> Option<usize> {
    pointer.strip_prefix("/records/")?.split('/').next()?.parse().ok()
}

fn rows(at: usize, entry: &Entry, document: &Document) -> Vec<Row> {
    let tables = table::rows_of(document);
    let table = |name: &str| tables.iter().find(|t| t.spec.name == name);
    let cell = |name: &str, record_id: &str, column: &str| -> Value {
        let Some(table) = table(name) else { return Value::Null };
        let place = |column: &str| table.spec.columns.iter().position(|c| c.name == column);
        let (Some(id), Some(wanted)) = (place("record_id"), place(column)) else { return Value::Null };
        let row = table.rows.iter().find(|row| text(&row[id]) == record_id);
        row.map_or(Value::Null, |row| row[wanted].clone())
    };
    let jurisdictions: Vec<&str> =
        document.jurisdictions.iter().map(|j| j.name.as_deref().unwrap_or(&j.code)).collect();
    let row = |record: Option<usize>| {
        let id = format!("{}-{}", entry.id, record.unwrap_or(0) + 1);
        let of = |d: &&Diagnostic| {
            let there = d.at.as_deref().and_then(record_of);
            is_doubt(d) && (there == record || (there.is_none() && record.unwrap_or(0) == 0))
        };
        let rank = match cell("judgments", &id, "level_rank") {
            Value::Integer(n) => Some(n),
            _ => None,
        };
        let mut row = Row {
            entry: at,
            record,
            form: document.form.id.clone(),
            title: text(&cell("records", &id, "title")),
            department: text(&cell("records", &id, "department")),
            jurisdiction: jurisdictions.join("、"),
            year: document.fiscal_year,
            judgment: text(&cell("judgments", &id, "raw")),
            rank,
            coverage: document.coverage,
            doubts: document.diagnostics.iter().filter(of).count(),
            findings: 0,
            words: String::new(),
        };
        if row.title.is_empty() {
            row.title = entry.name.clone();
        }
        row.words =
            fold(&format!("{} {} {} {} {}", row.title, row.department, row.jurisdiction, row.judgment, entry.name));
        row
    };
    match document.records.len() {
        0 => vec![row(None)],
        n => (0..n).map(|record| row(Some(record))).collect(),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(n) => n.to_string(),
        Value::Number(n) => n.0.to_string(),
        Value::Null => String::new(),
    }
}

/// For searching: widths and cases alike.
pub fn fold(text: &str) -> String {
    crate::normalize::fold::fold(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_cannot_lead_out_of_the_folder() {
        assert!(is_inside("documents/評価.json"));
        for file in [
            "../secret.json",
            "documents/../x.json",
            "documents/a/b.json",
            "documents/..\\x",
            "/etc/passwd",
            "documents/",
            "documents/c:x",
        ] {
            assert!(!is_inside(file), "{file}");
        }
    }

    #[test]
    fn a_pointer_names_its_record() {
        assert_eq!(record_of("/records/12/do"), Some(12));
        assert_eq!(record_of("/fiscal_year"), None);
    }
}
