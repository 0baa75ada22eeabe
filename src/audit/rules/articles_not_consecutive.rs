//! # HY506 articles-not-consecutive
//!
//! 日本語: 条番号が連続していない
//!
//! ## What it does
//!
//! The numbers of the articles must run on: each the next, or a branch (第8条の2) of the one before.
//!
//! ## Why it matters
//!
//! An article is missing, in the print or in what was read of it.
//!
//! ## Example
//!
//! ```json
//! { "kind": "guideline", "articles": [ { "number": 1, "branch": null, "caption": "", "paragraphs": [ { "number": 1, "caption": null, "text": "一", "items": [] } ] },
//!   { "number": 3, "branch": null, "caption": "", "paragraphs": [ { "number": 1, "caption": null, "text": "三", "items": [] } ] } ] }
//! ```
//!
//! ```finding
//! warning /records/0/articles/1: expected 第2条, found 第3条
//! ```
//!
//! ## When to ignore it
//!
//! Where an article was deleted without leaving 削除 in its place.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::form::subsidy_guideline::Guideline;

pub static RULE: Rule = Rule {
    code: "HY506",
    name: "articles-not-consecutive",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("articles_not_consecutive.rs"),
    check: Check::Guideline(check),
};

fn check(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    for (a, pair) in guideline.articles.windows(2).enumerate() {
        let (before, here) = (&pair[0], &pair[1]);
        let follows = match here.branch {
            None => here.number == before.number.saturating_add(1),
            Some(branch) => here.number == before.number && branch == before.branch.unwrap_or(1).saturating_add(1),
        };
        // 第5条から第7条まで 削除 takes three numbers.
        let deleted = before.caption.value().is_some_and(|c| c.contains("削除"))
            || before
                .paragraphs
                .iter()
                .any(|p| p.text.value().is_some_and(|t| t.contains("削除") && t.chars().count() < 20));
        if follows || deleted {
            continue;
        }
        let expected = format!("第{}条", before.number.saturating_add(1));
        let found = format!("第{}条{}", here.number, here.branch.map_or(String::new(), |b| format!("の{b}")));
        let message = format!("{found} stands behind 第{}条", before.number);
        let draft = Draft::new(view.at(format!("/articles/{}", a + 1)), message).expected(expected).found(found);
        out.push(draft.related(view.at(format!("/articles/{a}"))));
    }
}
