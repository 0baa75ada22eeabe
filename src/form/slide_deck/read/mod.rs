//! The pieces of a theme → which of them belong to which field. On a page by what is seen, in a text by the order.

mod cases;
mod cities;
mod columns;
mod issues;
mod left;
mod next;
mod order;
mod segments;
mod stages;
mod tables;
mod title;
mod types;

pub(super) use left::over as left_over;

use super::heads::Kind;
use super::raw::{Field, RawTheme};
use super::slide::{Part, Slide};
use super::token::Token;
use crate::diagnostic::Severity;
use crate::form::slot::{Doubt, Slot};
use crate::layout::Layout;

/// Reads one theme.
pub(super) fn theme(layout: &Layout, part: &Part) -> RawTheme {
    let mut raw = RawTheme::default();
    for slide in &part.slides {
        if slide.too_large {
            let message =
                format!("page {} holds more than a slide can; nothing of it was read", layout.pages[slide.page].number);
            raw.doubt("slide_too_large", String::new(), message);
        }
        for token in &slide.tokens {
            let page = token.all.first().map(|s| layout.pages[s.page].number);
            raw.pages.extend(page.filter(|p| raw.pages.last() != Some(p)));
            let label = match token.kind {
                Kind::Mark | Kind::Section | Kind::Next | Kind::Steps | Kind::Folio => true,
                Kind::Heading => titles(slide, token),
                _ => false,
            };
            if label {
                raw.labels.extend_from_slice(if token.kind == Kind::Mark { &token.label } else { &token.all });
            }
        }
    }
    raw.pages.sort_unstable();
    raw.pages.dedup();
    title::read(layout, part, &mut raw);
    stages::read(layout, part, &mut raw);
    types::read(layout, part, &mut raw);
    cases::read(layout, part, &mut raw);
    tables::read(layout, part, &mut raw);
    cities::read(layout, part, &mut raw);
    issues::read(layout, part, &mut raw);
    next::read(layout, part, &mut raw);
    missing(part, &mut raw);
    raw
}

/// Is a 【…】 the title of its slide or of a chart on it? One below the heading of a stage is not.
fn titles(slide: &Slide, heading: &Token) -> bool {
    let first = || slide.tokens.iter().find(|t| t.kind == Kind::Heading) == Some(heading);
    !slide.paged || slide.has(Kind::Steps) || !slide.has(Kind::Stage) && first()
}

/// Says what the theme prints labels of, and nothing could be read of.
fn missing(part: &Part, raw: &mut RawTheme) {
    let prints = |kinds: &[Kind]| part.slides.iter().any(|s| !s.of(kinds).is_empty());
    let sections = [
        ("/support_stages", "＜段階＞", raw.stages.is_empty() && prints(&[Kind::Stage])),
        ("/types", "＜類型＞", raw.types.is_empty() && raw.cases.is_empty() && prints(&[Kind::Type])),
        ("/cases", "＜事業概要＞", raw.cases.is_empty() && prints(&[Kind::Overview, Kind::Programs])),
        ("/tables", "都市数", raw.tables.is_empty() && prints(&[Kind::CountRow])),
        ("/city_lists", "前回, 今回", raw.cities.is_empty() && prints(&[Kind::Previous, Kind::Current])),
    ];
    for (section, label, _) in sections.iter().filter(|s| s.2) {
        let message = format!("{label} is printed, but nothing could be tied to it; look under `unassigned`");
        raw.doubt("unplaced", (*section).to_owned(), message);
    }
    let empty: Vec<usize> = (0..raw.stages.len()).filter(|&i| raw.stages[i].measures.is_empty()).collect();
    for i in empty {
        let at = format!("/support_stages/{i}/measures");
        raw.doubt("unplaced", at, "no measure could be tied to this stage".to_owned());
    }
}

impl RawTheme {
    fn doubt(&mut self, code: &'static str, at: String, message: String) {
        self.doubts.push(Doubt { severity: Severity::Warning, code, message, at });
    }

    /// A heading whose name went to a field: its signs are labels.
    fn label(&mut self, token: &Token) {
        self.labels.extend_from_slice(&token.label);
    }

    /// A piece that is nothing but a label.
    fn whole(&mut self, token: &Token) {
        self.labels.extend_from_slice(&token.all);
    }

    /// The passage that some pieces of a slide print: its bullets, or its sentences where it has none.
    fn passage(&mut self, layout: &Layout, slide: &Slide, ids: &[usize]) -> Field {
        let tokens: Vec<&Token> = ids.iter().map(|&i| &slide.tokens[i]).collect();
        let mut chosen: Vec<&Token> = tokens.iter().filter(|t| t.is_bullet()).copied().collect();
        if chosen.is_empty() {
            chosen = tokens.iter().filter(|t| is_sentence(layout, t)).copied().collect();
        }
        if chosen.is_empty() {
            chosen = tokens.iter().filter(|t| t.kind == Kind::Text).copied().collect();
        }
        self.items(&chosen)
    }

    /// Bullets as items, each without its sign; signs of another kind than the first one's are of a lower level and stay.
    fn items(&mut self, tokens: &[&Token]) -> Field {
        let first = tokens.first().map(|t| t.kind);
        let mut items: Vec<Slot> = Vec::new();
        for token in tokens {
            if Some(token.kind) == first {
                self.label(token);
                items.push(token.slot(&token.text));
            } else {
                items.push(token.slot(&token.all));
            }
        }
        Field::of(items)
    }
}

/// Text that ends as a sentence does.
fn is_sentence(layout: &Layout, token: &Token) -> bool {
    matches!(token.kind, Kind::Text | Kind::Bullet(_)) && token.said(layout).trim_end().ends_with('。')
}

/// A long line that no sentence ends, and that nothing was found to go on with.
fn is_torn(layout: &Layout, token: &Token) -> bool {
    let said = token.said(layout);
    token.kind == Kind::Text && said.trim().chars().count() >= 15 && !said.trim_end().ends_with(['。', ')', '」', '】'])
}
