//! SARIF 2.1.0 (OASIS), as code hosts and editors read findings.

use serde_json::{Value, json};

use crate::audit::finding::Quote;
use crate::audit::{Audit, Severity, rules};

/// One run with the rules that found something.
pub fn sarif(audit: &Audit) -> Vec<u8> {
    let found = |code: &str| audit.findings.iter().any(|f| f.rule == code);
    let used: Vec<_> = rules::ALL.iter().filter(|r| found(r.code)).collect();
    let descriptors: Vec<Value> = used
        .iter()
        .map(|r| {
            json!({
                "id": r.code,
                "name": r.name,
                "shortDescription": { "text": r.title() },
                "help": { "text": r.page(), "markdown": r.page() },
                "defaultConfiguration": { "level": level(r.severity) },
                "properties": { "scope": r.scope.word(), "since": r.since, "status": r.status.word(), "title_ja": r.title_ja() }
            })
        })
        .collect();
    let results: Vec<Value> = audit
        .findings
        .iter()
        .map(|f| {
            let own = f.quotes.first().map(|q| location(q, 0)).into_iter().collect::<Vec<_>>();
            let related: Vec<Value> = f.quotes.iter().enumerate().skip(1).map(|(i, q)| location(q, i)).collect();
            json!({
                "ruleId": f.rule,
                "ruleIndex": used.iter().position(|r| r.code == f.rule),
                "level": level(f.severity),
                "message": { "text": f.message },
                "locations": own,
                "relatedLocations": related,
                "partialFingerprints": { "place/v1": format!("{}:{}:{}", f.rule, f.document_id, f.pointer) },
                "properties": { "expected": f.expected, "found": f.found, "pointer": f.pointer, "page": f.page, "bbox": f.bbox }
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [ {
            "tool": { "driver": {
                "name": "hyoka",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": descriptors
            } },
            "columnKind": "unicodeCodePoints",
            "results": results
        } ]
    });
    let mut bytes = serde_json::to_vec_pretty(&log).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A page is no line: of a PDF the page stands among the properties, of a text its line is the region.
fn location(quote: &Quote, id: usize) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&quote.document) } });
    if let Some(line) = quote.line {
        physical["region"] = json!({ "startLine": line });
    }
    let mut location = json!({
        "physicalLocation": physical,
        "logicalLocations": [ { "fullyQualifiedName": quote.pointer, "kind": "member" } ],
        "properties": { "page": quote.page, "bbox": quote.bbox }
    });
    if id > 0 {
        location["id"] = json!(id);
    }
    let said: Vec<&str> = [quote.label.as_str(), quote.text.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|s| !s.is_empty())
        .collect();
    if !said.is_empty() {
        location["message"] = json!({ "text": said.join(": ") });
    }
    location
}

/// A name as a relative URI reference.
fn uri(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    name.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
