//! The pages, made of escaped text alone.

mod fields;
pub mod findings;
pub mod labels;
pub mod overview;
mod paper;
pub mod sheet;

use maud::{DOCTYPE, Markup, html};

use super::site::Site;
use crate::report::{Language, charts, lack, lang_of};

/// What every page knows of its request.
#[derive(Debug, Clone)]
pub struct Frame {
    pub language: Language,
    pub path: String,
    pub query: String,
}

impl Frame {
    /// This page with one thing of its address changed; nothing where it is empty.
    pub fn with(&self, name: &str, value: &str) -> String {
        let prefix = format!("{name}=");
        let mut pairs: Vec<String> = self
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with(&prefix))
            // Another list begins at its first page.
            .filter(|pair| name == "page" || !pair.starts_with("page="))
            .map(str::to_owned)
            .collect();
        if !value.is_empty() {
            pairs.push(format!("{prefix}{}", encoded(value)));
        }
        if pairs.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, pairs.join("&")) }
    }
}

/// Percent-encoded for a query.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

/// A whole page around its content.
fn whole(frame: &Frame, title: &str, content: Markup) -> Markup {
    let l = frame.language;
    let links = [("/", "Overview", "一覧"), ("/charts", "Charts", "グラフ"), ("/findings", "Findings", "指摘")];
    let (other, code) = match l {
        Language::En => ("日本語", "ja"),
        Language::Ja => ("English", "en"),
    };
    html! {
        (DOCTYPE)
        html lang=(l.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title lang=[lang_of(title)] { (title) " — hyoka" }
                link rel="stylesheet" href="/assets/review.css";
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                script src="/assets/review.js" type="module" {}
            }
            body {
                a .skip href="#main" { (l.pick("Skip to the content", "本文へ")) }
                header .top {
                    span .brand { "hyoka " (l.pick("review", "確認")) }
                    nav aria-label=(l.pick("Pages", "ページ")) {
                        @for (to, en, ja) in links {
                            a href=(to) aria-current=[(frame.path == to).then_some("page")] { (l.pick(en, ja)) }
                        }
                    }
                    a .lang href=(frame.with("lang", code)) lang=(code) { (other) }
                }
                main id="main" tabindex="-1" { (content) }
                // The script tells at a picture what its answer says by code.
                ul id="picture-words" hidden {
                    @for warning in lack::WARNINGS { li data-code=(warning.code()) { (lack::warning(warning, l)) } }
                }
            }
        }
    }
}

pub fn nothing(frame: &Frame) -> Markup {
    let l = frame.language;
    let title = l.pick("Not found", "見つかりません");
    whole(
        frame,
        title,
        html! {
            h1 { (title) }
            p { (l.pick("There is no such document here. It may have been extracted again under another name.",
                "この文書はありません。別の名前で抽出し直された可能性があります。")) }
            p { a href="/" { (l.pick("Overview", "一覧")) } }
        },
    )
}

pub fn failed(frame: &Frame, reason: &str) -> Markup {
    let title = frame.language.pick("This cannot be shown", "表示できません");
    whole(frame, title, html! { h1 { (title) } p role="alert" lang="en" { (reason) } })
}

pub fn charts(site: &Site, frame: &Frame) -> Result<Markup, String> {
    let l = frame.language;
    let index = site.index().map_err(|e| e.to_string())?;
    let title = l.pick("Charts", "グラフ");
    let all = charts::charts(&index.facts, l);
    Ok(whole(
        frame,
        title,
        html! {
            h1 { (title) }
            @if all.is_empty() { p { (l.pick("There is nothing to draw yet.", "まだ描くものがありません。")) } }
            div .charts { @for chart in &all { (charts::figure(chart, l)) } }
        },
    ))
}

/// Links to the pages of a long list.
fn pager(frame: &Frame, page: usize, pages: usize) -> Markup {
    let l = frame.language;
    html! {
        @if pages > 1 {
            nav .pager aria-label=(l.pick("Pages of the list", "一覧のページ")) {
                @if page > 1 { a rel="prev" href=(frame.with("page", &(page - 1).to_string())) { "← " (l.pick("Before", "前へ")) } }
                span { (page) " / " (pages) }
                @if page < pages { a rel="next" href=(frame.with("page", &(page + 1).to_string())) { (l.pick("Next", "次へ")) " →" } }
            }
        }
    }
}
