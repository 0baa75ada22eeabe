//! 部局運営方針, 【テーマN】: one record a theme; each of its initiatives stands in three columns side by side.
//!
//! | file | does |
//! |---|---|
//! | [`words`] | the words that the form prints of itself |
//! | [`page`] | pages → which line stands in which column |
//! | [`flat`] | flattened text → the same |
//! | [`front`] | department, title, めざす方向 |
//! | [`outline`] | lines → paragraphs → items |
//! | [`measure`] | the numbers of an item |
//! | [`assemble`] | the record, its evidence and doubts |

mod assemble;
mod flat;
mod folded;
mod front;
mod measure;
mod naming;
mod outline;
mod page;
mod raw;
mod record;
mod role;
mod words;

use std::collections::BTreeSet;

use super::FormReading;
use super::document::{FormId, Record};
use super::leaf::Leaves;
use super::recognise::Form;
use crate::diagnostic::Diagnostic;
use crate::geometry::Place;
use crate::layout::{Layout, PageLayout};
use crate::normalize::{era, fold};
pub use record::{
    MeasureRole, TargetType, Theme, ThemeColumn, ThemeInitiative, ThemeMeasure, ThemeProgress, ThemeTable, ThemeTarget,
};

pub const ID: &str = "department_theme";

pub(super) const FORM: Form = Form { id: ID, title, signs, read };

/// 【テーマN】 on a page that prints めざす方向 or a column's heading too.
fn title(page: &PageLayout) -> Option<String> {
    let heading = page.lines.iter().find(|l| words::theme(&l.text).is_some())?;
    let other = |text: &str| words::is_directions(text) || !words::heads(text).is_empty();
    page.lines.iter().any(|l| other(&l.text)).then(|| fold::fold(heading.text.trim()))
}

fn signs(layout: &Layout) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in layout.pages.iter().flat_map(|p| &p.lines) {
        if words::is_directions(&line.text) {
            found.insert("めざす方向".to_owned());
        }
        for (head, _) in words::heads(&line.text) {
            let said = match head {
                words::Head::Actions => "今年度何をするか",
                words::Head::Targets => "何をどのような状態にするか",
                words::Head::Progress => "進捗状況",
            };
            found.insert(said.to_owned());
        }
        if line.text.chars().count() < 24 {
            if words::is_indicator_label(&line.text) {
                found.insert("成果指標".to_owned());
            }
            if let Some((kind, _)) = words::target_type(&line.text) {
                found.insert(if kind == TargetType::Quantitative { "数値目標" } else { "定性的な目標" }.to_owned());
            }
        }
    }
    // Words that other forms print as well say nothing without a heading of this one.
    let own = ["今年度何をするか", "何をどのような状態にするか"];
    if own.iter().any(|o| found.contains(*o)) { found } else { BTreeSet::new() }
}

/// Reads every theme of the document.
fn read(layout: &Layout, first: usize) -> FormReading {
    let form = FormId { id: ID.to_owned(), title: None, edition: None };
    let mut out = FormReading { form, ..FormReading::default() };
    let mut year: Option<(i32, String)> = None;
    let placed = |p: &PageLayout| p.lines.iter().any(|l| matches!(l.place, Place::Box { .. }));
    let themes = if layout.pages.iter().any(placed) { page::themes(layout) } else { flat::themes(layout) };
    for raw in themes {
        let printed: String = layout.texts(raw.form_title.spans()).collect();
        let titled = Some(fold::fold(printed.trim())).filter(|t| !t.is_empty());
        let done = assemble::assemble(layout, raw, first + out.records.len());
        let of = titled.as_deref().and_then(year_in).or_else(|| done.as_of.map(era::fiscal_year_of));
        match (&year, of) {
            (None, Some(of)) => {
                let mut leaves = Leaves::new(layout, String::new());
                leaves.evidence("/fiscal_year", &done.dated);
                out.evidence.append(&mut leaves.evidence);
                year = Some((of, format!("record {}", first + out.records.len() + 1)));
            }
            (Some((year, by)), Some(of)) if *year != of => {
                let message = format!("{by} gives results of {year}, record {} of {of}", first + out.records.len() + 1);
                out.diagnostics.push(Diagnostic::warning("several_fiscal_years", message).at("/fiscal_year"));
            }
            _ => {}
        }
        out.form.title = out.form.title.or(titled);
        out.evidence.extend(done.evidence);
        out.diagnostics.extend(done.diagnostics);
        out.claims.extend(done.claims);
        out.records.push(Record::Theme(Box::new(done.record)));
    }
    if year.is_none() && !out.records.is_empty() {
        let message = "neither a title nor a heading 進捗状況 prints the year".to_owned();
        out.diagnostics.push(Diagnostic::warning("year_unknown", message).at("/fiscal_year"));
    }
    out.fiscal_year = year.map(|y| y.0);
    out
}

/// 令和元年度 in the title of the form.
fn year_in(title: &str) -> Option<i32> {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let starts = title.char_indices().map(|(i, _)| i);
    starts.filter_map(|i| era::fiscal_year_prefix(&title[i..])).map(|(year, _)| year).next()
}
