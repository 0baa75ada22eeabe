//! What a slide prints as such fields print their values, and that no field took: bullets, counts, headings in brackets.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::super::heads::Kind;
use super::super::slide::{Part, Slide};
use super::super::token::Token;
use super::is_sentence;
use crate::diagnostic::Diagnostic;
use crate::layout::{Layout, Span};

/// 令和６年度 12市: a count behind a label that is none that is known.
static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:年度?|月|回|時点|現在)\s*\)?\s*:?\s*[0-9]{1,4}\s*(?:都市|市|団体|自治体|区|町|村)").ok()
});
/// So many words of a piece are told.
const TOLD: usize = 40;

/// Tells of each slide what is left over, at the sections that it may belong to.
pub(in crate::form::slide_deck) fn over(
    layout: &Layout,
    part: &Part,
    claims: &[Span],
    index: usize,
) -> Vec<Diagnostic> {
    let mut taken: HashMap<(usize, usize), Vec<&Span>> = HashMap::new();
    for claim in claims {
        taken.entry((claim.page, claim.line)).or_default().push(claim);
    }
    let is_taken = |token: &Token| {
        token.all.iter().any(|span| {
            let on_line = taken.get(&(span.page, span.line));
            on_line.is_some_and(|claims| claims.iter().any(|c| c.start < span.end && span.start < c.end))
        })
    };
    let mut out = Vec::new();
    for slide in part.slides.iter().filter(|s| !s.too_large) {
        let mut found: Vec<(&'static str, String, usize)> = Vec::new();
        // （…「…」より）: what stands below is quoted from elsewhere.
        let mut cited = false;
        for (at, token) in slide.tokens.iter().enumerate() {
            let words = token.said(layout);
            cited = match token.kind {
                Kind::Text | Kind::Company | Kind::Bullet(_) => cited || is_source(&words),
                _ => false,
            };
            if is_taken(token) || !speaks(layout, slide, token, cited) {
                continue;
            }
            let all: String = layout.texts(&token.all).collect::<String>().trim().chars().take(TOLD).collect();
            for section in sections(slide, at) {
                match found.iter_mut().find(|f| f.0 == *section) {
                    Some(known) => known.2 += 1,
                    None => found.push((section, all.clone(), 0)),
                }
            }
        }
        let page = slide.tokens.first().and_then(|t| t.all.first()).map_or(slide.page, |s| s.page);
        for (section, words, more) in found {
            let others = if more > 0 { format!(" and {more} more like it") } else { String::new() };
            let message = format!("「{words}」{others} was taken by no field; look under `unassigned`");
            let told = Diagnostic::warning("text_left", message).at(format!("/records/{index}{section}"));
            out.push(if slide.paged { told.on_page(layout.pages[page].number) } else { told });
        }
    }
    out
}

fn is_source(words: &str) -> bool {
    let words = words.trim();
    words.starts_with(['(', '「', '※']) && words.trim_end_matches([')', '」']).ends_with("より")
        || words.starts_with("出典")
}

/// Does a piece that nothing took look like a value or its label?
fn speaks(layout: &Layout, slide: &Slide, token: &Token, cited: bool) -> bool {
    let chart = slide.has(Kind::Steps);
    match token.kind {
        // A chart's boxes hold bullets and signs too.
        Kind::Bullet(_) if slide.paged => !chart && !cited,
        Kind::Bullet(_) => !cited && is_sentence(layout, token),
        Kind::Count => !(slide.paged && chart),
        Kind::Heading | Kind::Unknown => true,
        Kind::Stage | Kind::Type | Kind::Overview | Kind::Programs | Kind::Example => true,
        Kind::Previous | Kind::Current | Kind::Area | Kind::Addressee => true,
        Kind::Quoted => !chart,
        Kind::Text | Kind::Company => {
            let words = layout.texts(&token.all).collect::<String>();
            let folded = crate::normalize::fold::fold(&words);
            folded.trim_start().starts_with(['<', '〈', '《', '【'])
                || COUNT.as_ref().is_some_and(|c| c.is_match(&folded))
        }
        _ => false,
    }
}

/// The sections that a piece may belong to: that of the label nearest before it, else behind it.
fn sections(slide: &Slide, at: usize) -> &'static [&'static str] {
    let of = |token: &Token| -> Option<&'static [&'static str]> {
        Some(match token.kind {
            Kind::Stage | Kind::Example => &["/support_stages"],
            Kind::Type if slide.has(Kind::Overview) || slide.has(Kind::Programs) => &["/cases"],
            Kind::Type => &["/types"],
            Kind::Overview | Kind::Programs => &["/cases"],
            Kind::Previous | Kind::Current | Kind::Count => &["/city_lists"],
            Kind::Table | Kind::CountRow => &["/tables"],
            Kind::Area | Kind::Addressee => &["/issues"],
            Kind::Next => &["/next_steps"],
            Kind::Quoted if slide.compares => &["/city_lists"],
            Kind::Quoted => &["/support_stages"],
            _ => return None,
        })
    };
    let any: &'static [&'static str] = match slide.tokens[at].kind {
        Kind::Heading | Kind::Unknown => &["/support_stages", "/types", "/cases", "/issues"],
        Kind::Bullet(_) => &["/support_stages", "/issues", "/next_steps"],
        _ => &["/support_stages", "/city_lists"],
    };
    let before = slide.tokens[..=at].iter().rev().find_map(of);
    before.or_else(|| slide.tokens[at..].iter().find_map(of)).unwrap_or(any)
}
