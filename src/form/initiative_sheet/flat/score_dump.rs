//! Harness: writes documents of texts as JSON.
use super::*;
use crate::form::initiative_sheet::assemble;
use crate::layout::Layout;
use crate::source::TextLine;
use serde_json::{Value, json};

pub fn layout(text: &str) -> Layout {
    let mut lines = Vec::new();
    let (mut page, mut number) = (1, 0);
    let mut chunks: Vec<&str> = text.split('\u{c}').collect();
    if chunks.len() > 1 && chunks.last().is_some_and(|c| c.trim().is_empty()) {
        chunks.pop();
    }
    for chunk in chunks {
        for line in chunk.lines() {
            number += 1;
            lines.push(TextLine { number, page, text: line.to_owned() });
        }
        page += 1;
    }
    Layout::from_text(&lines)
}

#[test]
fn dump() {
    let Ok(list) = std::env::var("FLAT_IN") else { return };
    for item in list.split(';').filter(|s| !s.is_empty()) {
        let (input, output) = item.split_once('=').unwrap();
        let text = std::fs::read_to_string(input).unwrap();
        let layout = layout(&text);
        let mut records = Vec::new();
        let mut evidence = serde_json::Map::new();
        let mut diagnostics = Vec::new();
        let mut year: Option<i32> = None;
        for (i, part) in sheets(&layout).iter().enumerate() {
            let raw = read(&layout, part);
            let a = assemble::assemble(&layout, &raw, i);
            if year.is_none() {
                year = a.record.do_.indicators.first().and_then(|x| x.target.as_ref()).map(|t| t.fiscal_year);
            }
            let mut r = serde_json::to_value(&a.record).unwrap();
            r.as_object_mut().unwrap().insert("kind".into(), "initiative".into());
            records.push(r);
            for (p, e) in a.evidence {
                evidence.insert(p, serde_json::to_value(e).unwrap());
            }
            for d in a.diagnostics {
                diagnostics.push(serde_json::to_value(d).unwrap());
            }
        }
        let doc: Value = json!({"form": {"id":"initiative_sheet","title":"「主な取組」検証票","edition":"様式１"}, "fiscal_year": year, "records": records, "evidence": evidence, "diagnostics": diagnostics});
        std::fs::write(output, serde_json::to_string_pretty(&doc).unwrap()).unwrap();
    }
}
