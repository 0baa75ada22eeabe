//! Where one sheet ends and the next begins in a text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lex::{self, Kind};
use crate::form::initiative_sheet::labels::Label;
use crate::layout::Layout;

/// The printed pages of one sheet: page of the [`Layout`] and lines of it. A text without form feeds is one page of the
/// layout that holds many printed ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    pub pages: Vec<(usize, Range<usize>)>,
}

/// What the labels of a printed page say about it.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    title: bool,
    plan: usize,
    other: usize,
}

impl Signs {
    fn starts_sheet(self) -> bool {
        self.title || self.plan >= 4
    }

    fn any(self) -> bool {
        self.title || self.plan + self.other > 0
    }
}

/// The labels of sheets that a document without titles prints; none where no page begins a sheet.
pub fn labels_of(layout: &Layout) -> BTreeSet<String> {
    let kerned = lex::kerned(layout);
    let pages = sheets(layout).into_iter().flat_map(|part| part.pages);
    let labels = pages.flat_map(|(page, lines)| labels(layout, page, lines, kerned));
    labels.map(|label| label.words().to_owned()).collect()
}

/// The sheets of a text, in its order; what stands before the first one belongs to none.
pub fn sheets(layout: &Layout) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let kerned = lex::kerned(layout);
    for page in printed_pages(layout) {
        let signs = signs(layout, &page, kerned);
        if signs.starts_sheet() {
            parts.push(Part { pages: vec![page] });
        } else if let Some(part) = parts.last_mut().filter(|_| signs.any() || prose_only(layout, &page)) {
            part.pages.push(page);
        }
    }
    parts
}

/// Pages as the form prints them: those of the layout, cut where the page header or a second title starts another.
fn printed_pages(layout: &Layout) -> Vec<(usize, Range<usize>)> {
    let mut out = Vec::new();
    for (p, page) in layout.pages.iter().enumerate() {
        let n = page.lines.len();
        let cuts = if layout.pages.len() > 1 { title_cuts(layout, p) } else { header_cuts(layout, p) };
        let mut from = 0;
        for cut in cuts.into_iter().chain([n]) {
            if cut > from {
                out.push((p, from..cut));
                from = cut;
            }
        }
    }
    out
}

/// Lines of a page that carry a label.
fn lines_with(layout: &Layout, page: usize, label: Label) -> Vec<usize> {
    let lines = layout.pages[page].lines.len();
    (0..lines).filter(|line| labels(layout, page, *line..*line + 1, false).contains(&label)).collect()
}

/// Without form feeds every page header 様式１ starts a page, or, where the text begins without one and ends with one,
/// ends it. Without page headers the titles start the sheets.
fn header_cuts(layout: &Layout, page: usize) -> Vec<usize> {
    let headers = lines_with(layout, page, Label::Edition);
    if headers.is_empty() {
        return title_cuts(layout, page);
    }
    let lines = &layout.pages[page].lines;
    let printed = |l: &usize| !lines[*l].text.trim().is_empty();
    let first = (0..lines.len()).find(printed);
    let last = (0..lines.len()).rev().find(printed);
    if first != headers.first().copied() && last == headers.last().copied() {
        headers.into_iter().map(|l| l + 1).collect()
    } else {
        headers
    }
}

/// Two sheets on one page: each title but the first starts one, its page header with it.
fn title_cuts(layout: &Layout, page: usize) -> Vec<usize> {
    let titles = lines_with(layout, page, Label::Title);
    titles
        .into_iter()
        .skip(1)
        .map(|l| {
            let above = l.saturating_sub(1);
            if labels(layout, page, above..l, false).contains(&Label::Edition) { above } else { l }
        })
        .collect()
}

fn labels(layout: &Layout, page: usize, lines: Range<usize>, kerned: bool) -> Vec<Label> {
    lines
        .flat_map(|line| lex::line(layout, page, line, kerned))
        .filter_map(|t| match t.kind {
            Kind::Label(label, _) => Some(label),
            Kind::Word(_) => None,
        })
        .collect()
}

fn signs(layout: &Layout, (page, lines): &(usize, Range<usize>), kerned: bool) -> Signs {
    let mut signs = Signs::default();
    let mut seen = Vec::new();
    for label in labels(layout, *page, lines.clone(), kerned) {
        if seen.contains(&label) {
            continue;
        }
        seen.push(label);
        match label {
            Label::Title => signs.title = true,
            Label::Development
            | Label::SubMeasure
            | Label::Direction
            | Label::Outcome
            | Label::PlanHeading
            | Label::YearPlan
            | Label::OutputIndicators => signs.plan += 1,
            // These words alone may be anybody's.
            Label::Year | Label::Content | Label::Measure | Label::Unit => {}
            _ => signs.other += 1,
        }
    }
    signs
}

/// A page without any label that can be the rest of a cell: Japanese sentences, and no list of contents.
fn prose_only(layout: &Layout, (page, lines): &(usize, Range<usize>)) -> bool {
    let text: Vec<&str> = layout.pages[*page].lines[lines.clone()].iter().map(|l| l.text.as_str()).collect();
    text.iter().any(|l| l.contains('。')) && !text.iter().any(|l| l.contains("目次") || l.contains("目　次"))
}
