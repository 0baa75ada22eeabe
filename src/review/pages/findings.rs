//! The findings: each with its places, as crops of their pages or, where there is none, as text.

use maud::{Markup, html};
use serde::Deserialize;

use super::super::index::{Entry, Index, fold, record_of};
use super::super::site::Site;
use super::{Frame, pager, whole};
use crate::report::html::more_places;
use crate::report::{Finding, Language, Spot, lang_of, printed, related, rule_title, spot};

const SHOWN: usize = 20;
/// Places of one finding that are shown besides its own.
const RELATED: usize = 4;
/// Points of the page shown around a box, so that its row and column can be told.
const AROUND: f32 = 36.0;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    severity: String,
    rule: String,
    document: String,
    page: usize,
}

pub fn page(site: &Site, frame: &Frame, asked: &Asked) -> Result<Markup, String> {
    let l = frame.language;
    let index = site.index().map_err(|e| e.to_string())?;
    let words = fold(&asked.q);
    let fits = |f: &&Finding| {
        (asked.severity.is_empty() || asked.severity == f.severity)
            && (asked.rule.is_empty() || asked.rule == f.rule)
            && (asked.document.is_empty() || asked.document == f.document)
            && (words.is_empty()
                || fold(&format!("{} {} {} {}", f.message, f.document, f.name, rule_title(&f.rule, &f.name, l)))
                    .contains(&words))
    };
    let all: Vec<&Finding> = index.findings.iter().filter(fits).collect();
    let pages = all.len().div_ceil(SHOWN).max(1);
    let at = asked.page.clamp(1, pages);
    let rules: std::collections::BTreeMap<&str, &str> =
        index.findings.iter().map(|f| (f.rule.as_str(), f.name.as_str())).collect();
    let title = l.pick("Findings", "指摘");
    Ok(whole(
        frame,
        title,
        html! {
            h1 { (title) }
            form .filters method="get" action="/findings" role="search" {
                label { span { (l.pick("Search", "検索")) } input type="search" name="q" value=(asked.q); }
                label {
                    span { (l.pick("Severity", "重大度")) }
                    select name="severity" {
                        option value="" { (l.pick("all", "すべて")) }
                        @for (value, ja) in [("error", "誤り"), ("warning", "警告"), ("note", "注記")] {
                            option value=(value) selected[asked.severity == value] { (l.pick(value, ja)) }
                        }
                    }
                }
                label {
                    span { (l.pick("Rule", "規則")) }
                    select name="rule" {
                        option value="" { (l.pick("all", "すべて")) }
                        @for (code, name) in &rules { option value=(code) selected[asked.rule == *code] { (code) " " (rule_title(code, name, l)) } }
                    }
                }
                @if !asked.document.is_empty() { input type="hidden" name="document" value=(asked.document); }
                button type="submit" { (l.pick("Show", "表示")) }
                a href="/findings" { (l.pick("Clear", "解除")) }
            }
            p role="status" { (all.len()) (l.pick(" findings", " 件の指摘")) }
            @if index.findings.is_empty() {
                p .hint { (l.pick("The audit found nothing here.", "監査の指摘はありません。")) }
            }
            (pager(frame, at, pages))
            @for finding in all.iter().skip((at - 1) * SHOWN).take(SHOWN) { (one(site, frame, &index, finding)) }
            (pager(frame, at, pages))
        },
    ))
}

fn one(site: &Site, frame: &Frame, index: &Index, finding: &Finding) -> Markup {
    let l = frame.language;
    let own = (Some(finding.document.as_str()), finding.pointer.as_str());
    let others = finding.related.iter().take(RELATED).map(|place| {
        let (document, pointer) = related(place);
        (document.or(own.0), pointer)
    });
    html! {
        article class={ "finding severity-" (finding.severity) } {
            h2 { span .code { (finding.rule) } " " (rule_title(&finding.rule, &finding.name, l)) @if l == Language::Ja { " " small lang="en" { (finding.name) } } " " span .severity { (l.severity(&finding.severity)) } }
            p .hint {
                (finding.document)
                @if index.by_stem(&finding.document).is_none() { " (" (l.pick("not in this folder", "このフォルダーにない文書")) ")" }
            }
            p lang="en" { (finding.message) }
            dl .pair {
                @if let Some(found) = &finding.found { dt { (l.pick("Found", "印字")) } dd lang=[lang_of(found)] { (found) } }
                @if let Some(expected) = &finding.expected { dt { (l.pick("Expected", "期待")) } dd lang=[lang_of(expected)] { (expected) } }
            }
            div .crops {
                @for (at, (document, pointer)) in std::iter::once(own).chain(others).enumerate() {
                    @match document.and_then(|stem| index.by_stem(stem)) {
                        Some(entry) => (place(site, frame, entry, pointer, at == 0, finding)),
                        None => figure { figcaption { strong { (words(at == 0, l)) } ": " (document.unwrap_or_default()) " " code { (pointer) } } },
                    }
                }
            }
            (more_places(finding.related.len(), RELATED, l))
        }
    }
}

fn words(own: bool, l: Language) -> &'static str {
    if own { l.pick("Here", "指摘箇所") } else { l.pick("Held against", "照合箇所") }
}

fn place(site: &Site, frame: &Frame, entry: &Entry, pointer: &str, own: bool, finding: &Finding) -> Markup {
    let l = frame.language;
    let said = match (own, finding.page, finding.bbox) {
        (true, Some(page), Some([x0, y0, x1, y1])) => {
            Some(Spot::Box { page, rect: crate::geometry::Rect::new(x0 as f32, y0 as f32, x1 as f32, y1 as f32) })
        }
        _ => None,
    };
    let document = site.document(entry).ok().map(|seen| seen.document);
    let spot = said.or_else(|| spot(document.as_ref()?, pointer));
    let printed = document.as_ref().and_then(|document| printed(document, pointer));
    let record = record_of(pointer).map_or(1, |r| r + 1);
    html! {
        figure {
            figcaption {
                strong { (words(own, l)) } ": "
                a href={ "/sheet/" (entry.id) "/" (record) "#v" (pointer) } { (entry.name) }
                @match spot {
                    Some(Spot::Box { page, .. }) => { ", " (l.pick("page ", "ページ ")) (page) }
                    Some(Spot::Line { line }) => { ", " (l.pick("line ", "行 ")) (line) }
                    None => {}
                }
                " " code { (pointer) }
            }
            @if let Some(Spot::Box { page, rect }) = spot && site.has_input(entry) {
                @let around = format!("{:.0},{:.0},{:.0},{:.0}", rect.x0 - 3.0 * AROUND, rect.y0 - AROUND, rect.x1 + 3.0 * AROUND, rect.y1 + AROUND);
                img loading="lazy" src={ "/picture/" (entry.id) "/" (page) "?w=700&box=" (around) } alt=(printed.unwrap_or(&finding.message));
            } @else if let Some(printed) = printed { blockquote lang=[lang_of(printed)] { (printed) } }
        }
    }
}
