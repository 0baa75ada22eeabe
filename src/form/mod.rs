//! Lines and cells → typed records with evidence. One folder a form, one line in [`FORMS`].

pub mod catalogue;
pub mod department_theme;
pub mod document;
pub mod initiative_sheet;
pub mod jurisdiction;
mod leaf;
mod recognise;
mod remainder;
pub mod slide_deck;
mod slot;
pub mod special_zone;
pub mod subsidy_guideline;
mod undrawn;
mod unknown;

use crate::diagnostic::Diagnostic;
use crate::layout::{Layout, Span};
pub use document::{
    Document, Evidence, FormId, Jurisdiction, Method, Printed, Recognition, Record, SourceInfo, Unassigned,
    YearQuantity,
};
use recognise::{Form, Run};

/// Every form known, in the order in which they are tried.
static FORMS: [Form; 5] =
    [initiative_sheet::FORM, department_theme::FORM, slide_deck::FORM, special_zone::FORM, subsidy_guideline::FORM];

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

impl FormReading {
    /// Adds a reading of later pages of the same document. The form and the year stay those of the reading with more
    /// records.
    fn append(&mut self, other: FormReading) {
        if other.records.len() > self.records.len() {
            self.form = other.form;
            self.fiscal_year = other.fiscal_year;
        }
        self.records.extend(other.records);
        self.evidence.extend(other.evidence);
        self.diagnostics.extend(other.diagnostics);
        self.claims.extend(other.claims);
    }
}

/// What the pages of a document are taken for; nothing where it is of no known form.
pub fn recognise(layout: &Layout) -> Vec<Recognition> {
    recognise::runs(&FORMS, layout).iter().map(|run| run.told(layout)).collect()
}

/// What speaks for each known form in a document, best first.
pub fn explain(layout: &Layout) -> Vec<Recognition> {
    let mut all = recognise::explain(&FORMS, layout);
    all.sort_by_key(|r| std::cmp::Reverse(r.score));
    all
}

/// Recognises the form of a document and reads it. `diagnostics`: what the source had to say already.
pub fn read(
    layout: &Layout,
    source: SourceInfo,
    said: Option<Jurisdiction>,
    mut diagnostics: Vec<Diagnostic>,
) -> Document {
    let runs = recognise::runs(&FORMS, layout);
    let mut reading = FormReading::default();
    for run in &runs {
        reading.append(read_run(layout, run, reading.records.len()));
    }
    let recognition: Vec<Recognition> = runs.iter().map(|run| run.told(layout)).collect();
    let unknown = reading.records.is_empty();
    if unknown {
        reading.form = FormReading::default().form;
        let why = match recognition.first() {
            Some(r) => format!("looks like {} ({}), but no record could be read", r.form, r.reasons.join(", ")),
            None => "no title of a known form is printed".to_owned(),
        };
        let message = format!("form unknown: {why}; all text and every ruled table is kept, see `hyoka forms`");
        diagnostics.push(Diagnostic::warning("unknown_form", message));
    } else if recognition.len() > 1 {
        let part = |r: &Recognition| format!("{} on pages {}–{}", r.form, r.pages[0], r.pages[1]);
        let message =
            format!("several forms in one input: {}", recognition.iter().map(part).collect::<Vec<_>>().join(", "));
        diagnostics.push(Diagnostic::note("several_forms", message).at("/form"));
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
    for (index, unlisted) in jurisdictions.iter().enumerate().filter(|(_, one)| one.name.is_none()) {
        let message = format!(
            "no prefecture, city, ward, town or village has the code {} today; its name is left out (right for an abolished municipality or a union)",
            unlisted.code
        );
        diagnostics.push(Diagnostic::warning("jurisdiction_unlisted", message).at(format!("/jurisdictions/{index}")));
    }
    diagnostics.extend(reading.diagnostics);
    diagnostics.extend(undrawn::doubts(layout, &reading.records));
    let (unassigned, coverage) = remainder::remainder(layout, &reading.claims);
    Document {
        schema: document::SCHEMA.to_owned(),
        source,
        form: reading.form,
        recognition,
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

/// Reads the pages of one run as if they were the whole document; spans come back as of the whole.
fn read_run(layout: &Layout, run: &Run, first: usize) -> FormReading {
    if run.pages == (0..layout.pages.len()) {
        return (run.form.read)(layout, first);
    }
    let part = Layout { pages: layout.pages[run.pages.clone()].to_vec() };
    let mut reading = (run.form.read)(&part, first);
    for claim in &mut reading.claims {
        claim.page += run.pages.start;
    }
    reading
}

/// A document out of bytes, for tests of the rooms below, which do not know the whole pipeline.
#[cfg(test)]
pub(crate) fn of_bytes(name: &str, bytes: &[u8]) -> Document {
    let input = crate::layout::read(bytes, &Default::default(), Default::default(), None).expect("a document");
    let source = SourceInfo {
        name: name.to_owned(),
        sha256: "0".repeat(64),
        media_type: input.media_type.clone(),
        bytes: bytes.len() as u64,
        pages: input.layout.pages.len() as u32,
    };
    read(&input.layout, source, None, input.notes)
}
