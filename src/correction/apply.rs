//! Corrections → the document they make of a document.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Action, CONFIRMED, CORRECTED, Correction, NOT_APPLIED, holding};
use crate::diagnostic::Diagnostic;
use crate::form::{Document, Evidence, Method};

/// What became of a document's corrections.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    pub document: Document,
    /// Ids and reasons of those that do not fit the document any more.
    pub refused: Vec<(String, String)>,
}

/// The value at a JSON Pointer; `None` where the document has none there.
pub fn value_at(document: &Value, pointer: &str) -> Option<Value> {
    document.pointer(pointer).cloned()
}

/// The evidence of a pointer: its own, else that of the closest that holds it.
fn nearest<'a>(evidence: &'a IndexMap<String, Evidence>, pointer: &str) -> Option<&'a Evidence> {
    let mut at = pointer;
    loop {
        if let Some(found) = evidence.get(at) {
            return Some(found);
        }
        at = &at[..at.rfind('/')?];
    }
}

/// SHA-256 of where and what was printed; how it was read is left out, so that a correction does not change it.
pub fn evidence_hash(document: &Document, pointer: &str) -> String {
    // That of a corrected value which had none says nothing of the print.
    let told = nearest(&document.evidence, pointer).filter(|e| !e.at.is_empty()).map(|e| (&e.at, &e.text));
    let bytes = serde_json::to_vec(&told).unwrap_or_default();
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Applies the corrections of this very content, in their order. A document that carries them already stays as it is.
pub fn apply(document: Document, corrections: &[Correction]) -> Applied {
    let mut refused = Vec::new();
    let mut document = document;
    let own: Vec<Correction> = corrections.iter().filter(|c| c.document == document.source.sha256).cloned().collect();
    if own.is_empty() {
        return Applied { document, refused };
    }
    let told = told(&document);
    for correction in holding(&own) {
        if told.contains(correction.id.as_str()) {
            continue;
        }
        match one(&document, correction) {
            Ok(changed) => document = changed,
            Err(reason) => {
                let message = format!("{}: not applied: {reason}", correction.id);
                let mut doubt = Diagnostic::warning(NOT_APPLIED, message);
                let there = serde_json::to_value(&document).is_ok_and(|v| v.pointer(&correction.pointer).is_some());
                if there {
                    doubt = doubt.at(&correction.pointer);
                }
                document.diagnostics.push(doubt);
                refused.push((correction.id.clone(), reason));
            }
        }
    }
    Applied { document, refused }
}

/// The document as the next extract will make it: undone corrections that it still carries are taken back, those that it
/// does not carry yet are applied.
pub fn foresee(mut document: Document, corrections: &[Correction]) -> Document {
    let carried = told(&document);
    let holds: BTreeSet<&str> = holding(corrections).iter().map(|c| c.id.as_str()).collect();
    let undone = corrections.iter().rev().filter(|c| carried.contains(&c.id) && !holds.contains(c.id.as_str()));
    for correction in undone {
        let prefix = format!("{}:", correction.id);
        let was_applied = document.diagnostics.iter().any(|d| d.code == CORRECTED && d.message.starts_with(&prefix));
        if let Action::Correct { from, to, .. } = &correction.action
            && was_applied
        {
            let Ok(mut json) = serde_json::to_value(&document) else { continue };
            if json.pointer(&correction.pointer) == Some(to)
                && set(&mut json, &correction.pointer, from.clone().unwrap_or(Value::Null)).is_ok()
                && let Ok(before) = serde_json::from_value(json)
            {
                document = before;
                if let Some(evidence) = document.evidence.get_mut(&correction.pointer) {
                    // How it was read is known again when it is read again.
                    evidence.method = Method::Inferred;
                }
            }
        }
        document.diagnostics.retain(|d| !(ours(d) && d.message.starts_with(&prefix)));
    }
    apply(document, corrections).document
}

/// Does the document carry the corrections that hold for it, and no others?
pub fn carries(document: &Document, corrections: &[Correction]) -> bool {
    let own: Vec<Correction> = corrections.iter().filter(|c| c.document == document.source.sha256).cloned().collect();
    let wanted: BTreeSet<String> = holding(&own).into_iter().map(|c| c.id.clone()).collect();
    wanted == told(document)
}

/// Which correction a diagnostic tells of.
pub fn id_of(diagnostic: &Diagnostic) -> Option<&str> {
    if ours(diagnostic) { diagnostic.message.split(':').next() } else { None }
}

/// The document with another value at a place; why the place cannot hold it.
pub fn with(document: &Document, pointer: &str, to: &Value) -> Result<Document, String> {
    if !(pointer.starts_with("/records/") || pointer.starts_with("/jurisdictions/") || pointer == "/fiscal_year") {
        return Err("the place is none of a record".to_owned());
    }
    let mut json = serde_json::to_value(document).map_err(|e| e.to_string())?;
    set(&mut json, pointer, to.clone())?;
    serde_json::from_value(json).map_err(|e| format!("the value does not fit the field ({e})"))
}

/// Ids that the document says something of.
pub fn told(document: &Document) -> BTreeSet<String> {
    document.diagnostics.iter().filter_map(id_of).map(str::to_owned).collect()
}

fn one(document: &Document, correction: &Correction) -> Result<Document, String> {
    let json = serde_json::to_value(document).map_err(|e| e.to_string())?;
    let pointer = correction.pointer.as_str();
    let (from, held) = match &correction.action {
        Action::Correct { from, evidence, .. } | Action::Confirm { from, evidence, .. } => (from, evidence),
        Action::Undo { .. } => return Err("an undoing is nothing to apply".to_owned()),
    };
    if !(pointer.starts_with("/records/") || pointer.starts_with("/jurisdictions/") || pointer == "/fiscal_year") {
        return Err("the place is none of a record".to_owned());
    }
    if value_at(&json, pointer) != *from {
        return Err("the value it was made of is another one now".to_owned());
    }
    if evidence_hash(document, pointer) != *held {
        return Err("what is printed at its place is something else now".to_owned());
    }
    match &correction.action {
        Action::Correct { to, .. } => {
            let mut changed = with(document, pointer, to)?;
            let mut evidence = nearest(&document.evidence, pointer).cloned().unwrap_or(Evidence {
                at: Vec::new(),
                text: String::new(),
                method: Method::Corrected,
            });
            evidence.method = Method::Corrected;
            changed.evidence.insert(pointer.to_owned(), evidence);
            changed.diagnostics.retain(|d| d.at.as_deref() != Some(pointer) || ours(d));
            let message = format!("{}: corrected by a person", correction.id);
            changed.diagnostics.push(Diagnostic::note(CORRECTED, message).at(pointer));
            Ok(changed)
        }
        Action::Confirm { codes, .. } => {
            let mut changed = document.clone();
            changed.diagnostics.retain(|d| d.at.as_deref() != Some(pointer) || ours(d) || !codes.contains(&d.code));
            let message = format!("{}: confirmed by a person: {}", correction.id, codes.join(", "));
            changed.diagnostics.push(Diagnostic::note(CONFIRMED, message).at(pointer));
            Ok(changed)
        }
        Action::Undo { .. } => Err("an undoing is nothing to apply".to_owned()),
    }
}

fn ours(d: &Diagnostic) -> bool {
    [CORRECTED, CONFIRMED, NOT_APPLIED].contains(&d.code.as_str())
}

/// Puts a value at a pointer whose holder is there.
fn set(json: &mut Value, pointer: &str, to: Value) -> Result<(), String> {
    if let Some(place) = json.pointer_mut(pointer) {
        *place = to;
        return Ok(());
    }
    let (holder, name) = pointer.rsplit_once('/').ok_or("the pointer is none")?;
    match json.pointer_mut(holder) {
        Some(Value::Object(fields)) => {
            fields.insert(name.replace("~1", "/").replace("~0", "~"), to);
            Ok(())
        }
        _ => Err("there is no such place in the document".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correction::SCHEMA;

    fn document() -> Document {
        let bytes = "様式１（主な取組）\n「主な取組」検証票\n主な取組 かもめ小屋の整備\n".as_bytes();
        let mut document = crate::form::of_bytes("gull.txt", bytes);
        document.fiscal_year = Some(2022);
        document.diagnostics = vec![Diagnostic::warning("year_inferred", "a doubt").at("/fiscal_year")];
        document
    }

    fn line(id: &str, document: &Document, action: Action) -> Correction {
        Correction {
            schema: SCHEMA.into(),
            id: id.into(),
            document: document.source.sha256.clone(),
            pointer: "/fiscal_year".into(),
            action,
            when: "2024-02-29T00:00:00Z".into(),
        }
    }

    fn correct(id: &str, document: &Document, from: i32, to: Value) -> Correction {
        let evidence = evidence_hash(document, "/fiscal_year");
        line(id, document, Action::Correct { from: Some(from.into()), to, evidence })
    }

    #[test]
    fn a_correction_changes_the_value_and_settles_its_doubt() {
        let before = document();
        let lines = [correct("a", &before, 2022, 2023.into()), correct("b", &before, 2023, 2024.into())];
        let after = apply(before, &lines);
        assert_eq!((after.document.fiscal_year, after.refused.len()), (Some(2024), 0));
        assert_eq!(after.document.evidence["/fiscal_year"].method, Method::Corrected);
        assert!(!after.document.diagnostics.iter().any(|d| d.code == "year_inferred"));
        assert!(carries(&after.document, &lines) && !carries(&after.document, &lines[..1]));
        assert_eq!(apply(after.document.clone(), &lines).document, after.document);
    }

    #[test]
    fn what_no_longer_fits_is_told_and_not_applied() {
        let before = document();
        for bad in [correct("a", &before, 1999, 2023.into()), correct("a", &before, 2022, "x".into())] {
            let after = apply(before.clone(), &[bad]);
            assert_eq!(after.document.fiscal_year, Some(2022));
            assert_eq!(after.document.diagnostics.last().unwrap().code, NOT_APPLIED);
        }
    }

    #[test]
    fn an_undone_correction_does_not_hold() {
        let before = document();
        let lines = [correct("a", &before, 2022, 2023.into()), line("b", &before, Action::Undo { of: "a".into() })];
        assert_eq!(apply(before.clone(), &lines).document, before);
    }

    #[test]
    fn a_confirmed_doubt_is_gone_and_the_value_stays() {
        let before = document();
        let evidence = evidence_hash(&before, "/fiscal_year");
        let codes = vec!["year_inferred".to_owned()];
        let after =
            apply(before.clone(), &[line("a", &before, Action::Confirm { from: Some(2022.into()), codes, evidence })]);
        let codes: Vec<&str> = after.document.diagnostics.iter().map(|d| d.code.as_str()).collect();
        assert_eq!((after.document.fiscal_year, codes), (Some(2022), vec![CONFIRMED]));
    }
}
