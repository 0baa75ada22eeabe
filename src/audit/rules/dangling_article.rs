//! # HY501 dangling-article
//!
//! 日本語: 存在しない条・項を参照している
//!
//! ## What it does
//!
//! Looks up every 第N条 (第N条のM), 第N項 behind it, and 前条第N項 that the articles refer to. References to other laws（…法第2条, 規則第5条）are
//! left alone, and so are 附則, which may speak of articles as they once were.
//!
//! ## Why it matters
//!
//! After an amendment the numbers move, and the references stay behind.
//!
//! ## Example
//!
//! ```json
//! { "kind": "guideline", "articles": [
//!   { "number": 1, "branch": null, "caption": "", "paragraphs": [ { "number": 1, "caption": null, "text": "県は、補助金を交付する。", "items": [] } ] },
//!   { "number": 2, "branch": null, "caption": "", "paragraphs": [ { "number": 1, "caption": null, "text": "第9条の規定は、前条の補助金に準用する。", "items": [] } ] } ] }
//! ```
//!
//! ```finding
//! error /records/0/articles/1/paragraphs/0/text: expected an article of this guideline (第1条 to 第2条), found 第9条
//! ```
//!
//! ## When to ignore it
//!
//! Where the article referred to is of another guideline that the sentence names earlier.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::prelude::ToPrimitive;

use crate::form::subsidy_guideline::Guideline;
use crate::normalize::fold::key;
use crate::normalize::numeral;

pub static RULE: Rule = Rule {
    code: "HY501",
    name: "dangling-article",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("dangling_article.rs"),
    check: Check::Guideline(check),
};

fn check(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    let articles = &guideline.articles;
    let (Some(first), Some(last)) = (articles.iter().map(|a| a.number).min(), articles.iter().map(|a| a.number).max())
    else {
        return;
    };
    let find =
        |number: u32, branch: Option<u32>| articles.iter().position(|a| a.number == number && a.branch == branch);
    let mut tell = |pointer: String, found: String, expected: String, related: Option<String>| {
        let message = format!("{found} is referred to, but there is none");
        let draft = Draft::new(pointer, message).expected(expected).found(found);
        out.push(match related {
            Some(place) => draft.related(place),
            None => draft,
        });
    };
    let range = format!("an article of this guideline (第{first}条 to 第{last}条)");
    for (a, article) in articles.iter().enumerate() {
        for (p, paragraph) in article.paragraphs.iter().enumerate() {
            let at = view.at(format!("/articles/{a}/paragraphs/{p}"));
            let items =
                paragraph.items.iter().enumerate().map(|(i, item)| (format!("{at}/items/{i}/text"), &item.text));
            for (pointer, text) in std::iter::once((format!("{at}/text"), &paragraph.text)).chain(items) {
                let Some(text) = text.value() else { continue };
                for reference in references(text) {
                    let target = match reference.article {
                        Named::Number(number, branch) => match find(number, branch) {
                            Some(target) => target,
                            None => {
                                tell(pointer.clone(), reference.text, range.clone(), None);
                                continue;
                            }
                        },
                        Named::Before => match a.checked_sub(1) {
                            Some(target) => target,
                            None => continue,
                        },
                    };
                    let paragraphs = &articles[target].paragraphs;
                    // Numbers that do not run on were not read as printed.
                    let whole = paragraphs.iter().zip(1..).all(|(p, n)| p.number == n);
                    let Some(asked) = reference.paragraph.filter(|n| whole && *n as usize > paragraphs.len()) else {
                        continue;
                    };
                    let expected = format!("第1項 to 第{}項", paragraphs.len());
                    let found = if reference.text.contains('項') {
                        reference.text
                    } else {
                        format!("{}第{asked}項", reference.text)
                    };
                    tell(pointer.clone(), found, expected, Some(view.at(format!("/articles/{target}"))));
                }
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Named {
    Number(u32, Option<u32>),
    /// 前条
    Before,
}

#[derive(Debug, Clone, PartialEq)]
struct Reference {
    article: Named,
    paragraph: Option<u32>,
    text: String,
}

/// The articles of this guideline that a text refers to.
fn references(text: &str) -> Vec<Reference> {
    static ARTICLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:第([0-9〇一二三四五六七八九十百]+)条(?:の([0-9一二三四五六七八九十]+))?|前条)(?:第([0-9一二三四五六七八九十]+)項)?").ok()
    });
    let Some(regex) = ARTICLE.as_ref() else { return Vec::new() };
    let text = key(text);
    let mut out = Vec::new();
    // Where the reference before ended, and whether it was to another law.
    let mut before: Option<(usize, bool)> = None;
    let number = |m: Option<regex::Match>| m.and_then(|m| numeral::parse(m.as_str())).and_then(|d| d.to_u32());
    for found in regex.captures_iter(&text) {
        let Some(all) = found.get(0) else { continue };
        let lead = &text[..all.start()];
        let chained = before.is_some_and(|(end, of_law)| of_law && is_joint(&text[end..all.start()]));
        let of_law = chained || follows_a_law(lead);
        before = Some((all.end(), of_law));
        if of_law {
            continue;
        }
        let article = match number(found.get(1)) {
            Some(n) => Named::Number(n, number(found.get(2))),
            None if all.as_str().starts_with("前条") => Named::Before,
            None => continue,
        };
        out.push(Reference { article, paragraph: number(found.get(3)), text: all.as_str().to_owned() });
    }
    out
}

/// 及び, から…まで between two references: the second is of the same law as the first.
fn is_joint(between: &str) -> bool {
    let words = [
        "及び",
        "又は",
        "若しくは",
        "並びに",
        "から",
        "、",
        "まで",
        "または",
        "および",
        "ただし書",
        "本文",
        "前段",
        "後段",
        "各号",
        "の規定",
    ];
    let mut rest = between;
    loop {
        let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "第項号のイロハ".contains(c));
        let Some(after) = words.iter().find_map(|w| bare.strip_prefix(w)) else { return bare.is_empty() };
        rest = after;
    }
}

/// Does the name of a law end here? 「法」第2条, 規則第5条, …法律(平成3年法律第77号)第2条 do; 本要綱第5条 does not.
fn follows_a_law(lead: &str) -> bool {
    let lead = lead.trim_end_matches(['」', '』']);
    if ["本要綱", "この要綱", "当該要綱", "本要領", "この要領", "本規程", "この規程"]
        .iter()
        .any(|own| lead.ends_with(own))
    {
        return false;
    }
    let named = |s: &str| {
        [
            "法", "法律", "規則", "令", "条例", "要綱", "要領", "規程", "規定", "通知", "通達", "基準", "約款", "指針",
            "憲法", "附則",
        ]
        .iter()
        .any(|w| s.ends_with(w))
    };
    match lead.strip_suffix(')') {
        // The bracket with the law's number: what stands before it is its name.
        Some(inner) => {
            let (name, bracket) = inner.rsplit_once('(').unwrap_or((inner, ""));
            named(name) || bracket.contains("法律第") || bracket.contains("規則第") || bracket.contains("以下「")
        }
        None => named(lead),
    }
}
