//! An evaluation as found → its record, evidence and diagnostics. The only place that interprets what the form prints.

mod support;
mod target;
mod value;

use value::parts;

use super::raw::RawZone;
use super::record::ZoneEvaluation;
use crate::diagnostic::Diagnostic;
use crate::form::document::Evidence;
use crate::form::leaf::Leaves;
use crate::layout::{Layout, Span};

/// One record with what the document says about it.
pub(super) struct Assembled {
    pub record: ZoneEvaluation,
    pub evidence: Vec<(String, Evidence)>,
    /// Every span that a leaf or a label took.
    pub claims: Vec<Span>,
    pub diagnostics: Vec<Diagnostic>,
}

pub(super) fn assemble(layout: &Layout, raw: &RawZone, index: usize) -> Assembled {
    let mut maker = Maker { leaves: Leaves::new(layout, format!("/records/{index}")) };
    let record = maker.zone(raw);
    let leaves = maker.leaves;
    let mut diagnostics: Vec<Diagnostic> = raw.doubts.iter().map(|d| d.diagnostic(index)).collect();
    let said: Vec<Option<String>> = diagnostics.iter().map(|d| d.at.clone()).collect();
    diagnostics.extend(leaves.diagnostics.into_iter().filter(|d| d.code != "unplaced" || !said.contains(&d.at)));
    let mut claims = leaves.claims;
    claims.extend_from_slice(&raw.labels);
    claims.sort_unstable();
    claims.dedup();
    Assembled { record, evidence: leaves.evidence, claims, diagnostics }
}

struct Maker<'a> {
    leaves: Leaves<'a>,
}

impl Maker<'_> {
    fn zone(&mut self, raw: &RawZone) -> ZoneEvaluation {
        ZoneEvaluation {
            pages: raw.pages.clone(),
            name: self.name("/name", &raw.name),
            authors: self.list("/authors", &raw.authors, |text| parts(text, &['、', ',', '・', '，'])),
            designated: self.date("/designated", &raw.designated),
            approved: self.date("/approved", &raw.approved),
            last_changed: self.date("/last_changed", &raw.last_changed),
            overview: self.passage("/overview", &raw.overview),
            goal: self.passage("/goal", &raw.goal),
            evaluation_indicators: raw.indicators.iter().enumerate().map(|(i, x)| self.indicator(i, x)).collect(),
            regulatory_projects: raw.projects.iter().enumerate().map(|(i, x)| self.project(i, x)).collect(),
            regulatory_measures: raw.measures.iter().enumerate().map(|(i, x)| self.measure(i, x)).collect(),
            financial_supports: raw.supports.iter().enumerate().map(|(i, x)| self.support(i, x)).collect(),
            local_supports: raw.locals.iter().enumerate().map(|(i, x)| self.local(i, x)).collect(),
            findings: raw.findings.iter().enumerate().map(|(i, x)| self.finding(i, x)).collect(),
            overall: self.passage("/overall", &raw.overall),
        }
    }
}
