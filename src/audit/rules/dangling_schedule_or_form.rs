//! # HY502 dangling-schedule-or-form
//!
//! 日本語: 存在しない別表・様式・根拠条文を参照している
//!
//! ## What it does
//!
//! Looks up every 別表第N that the articles name, the article that a 別表 names as its basis (第6条第1項関係), and, where the forms are
//! printed behind the articles, every 様式 that is named but not printed (warning).
//!
//! ## Why it matters
//!
//! An applicant cannot use a form that is not there.
//!
//! ## Example
//!
//! ```json
//! { "kind": "guideline", "articles": [ { "number": 1, "branch": null, "caption": "", "paragraphs": [ { "number": 1, "caption": null, "text": "対象経費は、別表第2のとおりとする。", "items": [] } ] } ], "schedules": [ { "name": "別表第1", "basis": null, "rows": [] } ] }
//! ```
//!
//! ```finding
//! error /records/0/articles/0/paragraphs/0/text: expected 別表第1, found 別表第2
//! ```
//!
//! ## When to ignore it
//!
//! Where the schedule is kept in a document of its own.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::prelude::ToPrimitive;

use crate::form::subsidy_guideline::Guideline;
use crate::normalize::fold::key;
use crate::normalize::numeral;

pub static RULE: Rule = Rule {
    code: "HY502",
    name: "dangling-schedule-or-form",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("dangling_schedule_or_form.rs"),
    check: Check::Guideline(check),
};

fn check(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    static SCHEDULE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"別表(?:第([0-9一二三四五六七八九十]+))").ok());
    let Some(regex) = SCHEDULE.as_ref() else { return };
    let number = |s: &str| numeral::parse(s).and_then(|d| d.to_u32());
    let of_name = |name: &str| regex.captures(&key(name)).and_then(|c| c.get(1).and_then(|m| number(m.as_str())));
    let schedules: Vec<u32> = guideline.schedules.iter().filter_map(|s| of_name(&s.name)).collect();
    if !schedules.is_empty() && schedules.len() == guideline.schedules.len() {
        let known = schedules.iter().map(|n| format!("別表第{n}")).collect::<Vec<_>>().join("、");
        for (a, article) in guideline.articles.iter().enumerate() {
            for (p, paragraph) in article.paragraphs.iter().enumerate() {
                let Some(text) = paragraph.text.value().map(|t| key(t)) else { continue };
                let mut told = Vec::new();
                for found in regex.captures_iter(&text) {
                    let Some(n) = found.get(1).and_then(|m| number(m.as_str())) else { continue };
                    let before = &text[..found.get(0).map_or(0, |m| m.start())];
                    let elsewhere = ["規則", "法", "令", "条例", "の"].iter().any(|w| before.ends_with(w));
                    if schedules.contains(&n) || elsewhere || told.contains(&n) {
                        continue;
                    }
                    told.push(n);
                    let pointer = view.at(format!("/articles/{a}/paragraphs/{p}/text"));
                    let message = format!("別表第{n} is referred to, but there is none");
                    out.push(Draft::new(pointer, message).expected(known.clone()).found(format!("別表第{n}")));
                }
            }
        }
    }
    basis(guideline, view, out);
    forms(guideline, view, out);
}

/// 第6条第1項関係 over a schedule.
fn basis(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    static BASIS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\(?第([0-9]+)条(?:の([0-9]+))?(?:第([0-9]+)項)?").ok());
    let Some(regex) = BASIS.as_ref() else { return };
    if guideline.articles.is_empty() {
        return;
    }
    for (s, schedule) in guideline.schedules.iter().enumerate() {
        let Some(basis) = schedule.basis.value().map(|b| key(b)) else { continue };
        let Some(found) = regex.captures(&basis) else { continue };
        let part = |i| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
        let Some(number) = part(1) else { continue };
        let article = guideline.articles.iter().find(|a| a.number == number && a.branch == part(2));
        let there = article.is_some_and(|a| {
            part(3).is_none_or(|p| a.paragraphs.iter().any(|x| x.number == p) || a.paragraphs.is_empty())
        });
        if !there {
            let message = format!("{} stands over {}, but there is no such article or paragraph", basis, schedule.name);
            let pointer = view.at(format!("/schedules/{s}/basis"));
            out.push(Draft::new(pointer, message).expected("an article of this guideline").found(basis));
        }
    }
}

/// Forms that are named and not printed, where the others are printed.
fn forms(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    let printed = guideline.forms.iter().filter(|f| !f.pages.is_empty()).count();
    if printed * 2 <= guideline.forms.len() {
        return;
    }
    for (f, form) in guideline.forms.iter().enumerate() {
        let name = format!("様式第{}{}", form.number, form.branch.map_or(String::new(), |b| format!("の{b}")));
        let (message, expected, found) = match (form.pages.is_empty(), form.article) {
            (true, _) => (
                format!("{name} is named, but not printed behind the articles"),
                format!("{name} as a page"),
                "none".to_owned(),
            ),
            (false, None) => (
                format!("{name} is printed, but no article names it"),
                "an article that names it".to_owned(),
                "none".to_owned(),
            ),
            _ => continue,
        };
        out.push(
            Draft::new(view.at(format!("/forms/{f}")), message)
                .expected(expected)
                .found(found)
                .severity(Severity::Warning),
        );
    }
}
