//! Which form a document is, page by page, by what it prints.
//!
//! A page with the title of a form begins a run of pages of that form; pages without a title go on with the run before them,
//! and what stands before the first title (a cover, a list of contents) belongs to the first run. A document in which no
//! form's title is printed, as extractors lose it, is taken for the form of which it prints the most other words.

use std::collections::BTreeSet;
use std::ops::Range;

use super::FormReading;
use super::document::Recognition;
use crate::layout::{Layout, PageLayout};

/// A form that documents can be taken for.
pub(super) struct Form {
    /// `form.id` of its documents.
    pub id: &'static str,
    /// The words of a page that begin a document of this form and stand in no other: its printed title.
    pub title: fn(&PageLayout) -> Option<String>,
    /// Labels and headings of the form that a document prints, for one whose title is lost.
    pub signs: fn(&Layout) -> BTreeSet<String>,
    /// Reads the records of a document; the first is `/records/{first}`.
    pub read: fn(&Layout, first: usize) -> FormReading,
}

/// What one page with a title counts for; a sign counts for 1.
const TITLE: u32 = 10;
/// So many signs make a form of a document without a title.
const SIGNS: usize = 4;

/// Pages (indices into [`Layout::pages`]) that hold one form.
pub(super) struct Run {
    pub form: &'static Form,
    pub pages: Range<usize>,
    pub score: u32,
    pub reasons: Vec<String>,
}

impl Run {
    pub fn told(&self, layout: &Layout) -> Recognition {
        let number = |at: usize| layout.pages.get(at).map_or(1, |p| p.number);
        let pages = [number(self.pages.start), number(self.pages.end.saturating_sub(1))];
        Recognition { form: self.form.id.to_owned(), pages, score: self.score, reasons: self.reasons.clone() }
    }
}

/// The runs of a document, in its order; none when it is of no known form.
pub(super) fn runs(forms: &'static [Form], layout: &Layout) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, page) in layout.pages.iter().enumerate() {
        let Some((form, title)) = forms.iter().find_map(|form| (form.title)(page).map(|title| (form, title))) else {
            continue;
        };
        match runs.last_mut() {
            Some(run) if run.form.id == form.id => {
                run.score += TITLE;
                if !run.reasons.contains(&title) {
                    run.reasons.push(title);
                }
            }
            before => {
                let start = before.map_or(0, |run| {
                    run.pages.end = at;
                    at
                });
                runs.push(Run { form, pages: start..layout.pages.len(), score: TITLE, reasons: vec![title] });
            }
        }
    }
    if runs.is_empty() {
        let scored = forms.iter().map(|form| (form, (form.signs)(layout))).filter(|(_, signs)| signs.len() >= SIGNS);
        // The first of equals, in the order of the forms.
        if let Some((form, signs)) = scored.rev().max_by_key(|(_, signs)| signs.len()) {
            let score = signs.len() as u32;
            runs.push(Run { form, pages: 0..layout.pages.len(), score, reasons: signs.into_iter().collect() });
        }
    }
    runs
}

/// What speaks for each form, whether it is taken or not: the pages from the first title to the last, titles and signs.
pub(super) fn explain(forms: &'static [Form], layout: &Layout) -> Vec<Recognition> {
    let each = |form: &'static Form| {
        let titles: Vec<(u32, String)> =
            layout.pages.iter().filter_map(|p| (form.title)(p).map(|title| (p.number, title))).collect();
        let signs = (form.signs)(layout);
        let score = titles.len() as u32 * TITLE + signs.len() as u32;
        let first = titles.first().map_or(1, |t| t.0);
        let last = titles.last().map_or_else(|| layout.pages.last().map_or(1, |p| p.number), |t| t.0);
        let mut reasons: Vec<String> = Vec::new();
        for reason in titles.into_iter().map(|t| t.1).chain(signs) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        Recognition { form: form.id.to_owned(), pages: [first, last], score, reasons }
    };
    forms.iter().map(each).collect()
}
