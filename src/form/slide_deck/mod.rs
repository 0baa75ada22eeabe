//! 指定都市市長会 取組テーマ: slides, one record a theme.
//!
//! [`token`] makes headings, labels and bullets of the lines of a slide, by what [`heads`] knows of their signs; [`read`]
//! ties them to fields, on a page by where they stand, in a text by their order; [`assemble`] makes the record.

mod assemble;
mod heads;
mod raw;
mod read;
mod record;
mod slide;
mod strand;
mod token;

use std::collections::BTreeSet;

use super::FormReading;
use super::document::{FormId, Record};
use super::recognise::Form;
use crate::layout::{Layout, PageLayout};
use crate::normalize::fold;
use heads::Kind;
use raw::RawTheme;
pub use record::{
    CaseType, CityList, CountTable, IssueList, SlideTheme, StageExample, StageMeasure, SupportCase, SupportStage,
};

pub const ID: &str = "slide_deck";

/// The printed title.
const TITLE: &str = "取組テーマ";

pub(super) const FORM: Form = Form { id: ID, title, signs, read };

/// 取組テーマ＜N＞ on a line of its own or before the theme's name.
fn title(page: &PageLayout) -> Option<String> {
    let lines = page.lines.iter().filter(|l| l.text.contains(['マ', 'ﾏ']));
    let found = lines
        .map(|l| fold::fold(&l.text))
        .find(|text| heads::mark(text).is_some_and(|f| !text[f.text].contains('。') && !f.number.is_empty()));
    found.map(|_| TITLE.to_owned())
}

/// Labels that only these slides print.
fn signs(layout: &Layout) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for line in layout.pages.iter().flat_map(|p| &p.lines) {
        let Some(first) = line.text.trim_start().chars().next() else { continue };
        if !"＜<〈《【[■□◆(（前今取0123456789０１２３４５６７８９".contains(first) || line.text.len() > 400
        {
            continue;
        }
        let Some(found) = heads::of(&fold::fold(&line.text), false) else { continue };
        let sign = match found.kind {
            Kind::Stage => "＜段階N＞【…】",
            Kind::Type => "＜類型N＞【…】",
            Kind::Overview => "＜事業概要＞",
            Kind::Programs => "＜活用支援制度＞",
            Kind::Example => "【事例】",
            Kind::Addressee => "(…課題)",
            Kind::Area => "■ …に係る課題",
            Kind::Previous | Kind::Current => "前回, 今回",
            Kind::Section => "段階別支援施策, 取組状況",
            Kind::Next => "今後の進め方",
            _ => continue,
        };
        out.insert(sign.to_owned());
    }
    out
}

/// Reads every theme of the deck.
fn read(layout: &Layout, first: usize) -> FormReading {
    let mut out = FormReading {
        form: FormId { id: ID.to_owned(), title: Some(TITLE.to_owned()), edition: None },
        ..FormReading::default()
    };
    let parts = slide::parts(layout);
    let themes: Vec<RawTheme> = parts.iter().map(|part| read::theme(layout, part)).collect();
    let listed = |theme: &RawTheme| is_bare(theme) && themes.iter().any(|t| !is_bare(t));
    for (part, raw) in parts.iter().zip(&themes) {
        // A list of the themes before them: its lines are no theme.
        if listed(raw) {
            out.claims.extend_from_slice(&raw.labels);
            continue;
        }
        let index = first + out.records.len();
        let done = assemble::assemble(layout, raw, index);
        out.evidence.extend(done.evidence);
        out.diagnostics.extend(done.diagnostics);
        out.diagnostics.extend(read::left_over(layout, part, &done.claims, index));
        out.claims.extend(done.claims);
        out.records.push(Record::SlideTheme(Box::new(done.record)));
    }
    out
}

/// Nothing but number and title.
fn is_bare(theme: &RawTheme) -> bool {
    theme.stages.is_empty()
        && theme.types.is_empty()
        && theme.cases.is_empty()
        && theme.tables.is_empty()
        && theme.cities.is_empty()
        && theme.issues.is_empty()
        && theme.next_steps.items.is_empty()
}

#[cfg(test)]
mod tests;
