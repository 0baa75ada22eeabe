//! Lines and cells → typed records with evidence. One folder a form, one line in [`FORMS`].

pub mod catalogue;
pub mod document;
pub mod initiative_sheet;
pub mod jurisdiction;
mod remainder;
mod unknown;

use crate::diagnostic::Diagnostic;
use crate::layout::{Layout, Span};
pub use document::{Document, Evidence, FormId, Jurisdiction, Method, Printed, Record, SourceInfo, Unassigned};

/// Every form known, in the order in which they are tried.
const FORMS: [fn(&Layout) -> Option<Recognised>; 1] = [initiative_sheet::recognise];

/// A form that a document was taken for.
struct Recognised {
    /// What the document prints that says so.
    reason: String,
    read: fn(&Layout) -> FormReading,
}

/// What the reader of a form finds in a document.
struct FormReading {
    form: FormId,
    fiscal_year: Option<i32>,
    records: Vec<Record>,
    evidence: Vec<(String, Evidence)>,
    diagnostics: Vec<Diagnostic>,
    /// Every span that a field or a label took.
    claims: Vec<Span>,
}

impl Default for FormReading {
    fn default() -> Self {
        FormReading {
            form: FormId { id: "unknown".to_owned(), title: None, edition: None },
            fiscal_year: None,
            records: Vec::new(),
            evidence: Vec::new(),
            diagnostics: Vec::new(),
            claims: Vec::new(),
        }
    }
}

/// Recognises the form of a document and reads it. `diagnostics`: what the source had to say already.
pub fn read(
    layout: &Layout,
    source: SourceInfo,
    said: Option<Jurisdiction>,
    mut diagnostics: Vec<Diagnostic>,
) -> Document {
    let recognised = FORMS.iter().find_map(|recognise| recognise(layout));
    let reading = match &recognised {
        Some(r) => (r.read)(layout),
        None => FormReading::default(),
    };
    let unknown = reading.records.is_empty();
    if unknown {
        let why = match &recognised {
            Some(r) => format!("recognised by {}, but no sheet could be read", r.reason),
            None => "no title of a known form is printed".to_owned(),
        };
        let message = format!("form unknown: {why}; all text and every ruled table is kept, see `hyoka forms`");
        diagnostics.push(Diagnostic::warning("unknown_form", message));
    }
    let mut evidence: Vec<(String, Evidence)> = Vec::new();
    let mut jurisdictions: Vec<Jurisdiction> = said.into_iter().collect();
    if jurisdictions.is_empty()
        && !unknown
        && let Some((jurisdiction, words, place)) = jurisdiction::infer(layout)
    {
        let message = format!("not printed as such; inferred from 「{words}」");
        diagnostics.push(Diagnostic::note("jurisdiction_inferred", message).at("/jurisdictions/0"));
        jurisdictions.push(jurisdiction);
        for leaf in ["code", "name"] {
            let read = Evidence { at: vec![place], text: words.clone(), method: Method::Inferred };
            evidence.push((format!("/jurisdictions/0/{leaf}"), read));
        }
    }
    diagnostics.extend(reading.diagnostics);
    let (unassigned, coverage) = remainder::remainder(layout, &reading.claims);
    Document {
        schema: document::SCHEMA.to_owned(),
        source,
        form: reading.form,
        jurisdictions,
        fiscal_year: reading.fiscal_year,
        records: reading.records,
        tables: if unknown { unknown::tables(layout) } else { Vec::new() },
        evidence: evidence.into_iter().chain(reading.evidence).collect(),
        unassigned,
        coverage,
        diagnostics,
    }
}
