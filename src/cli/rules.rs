//! `hyoka rules`: the rules of the audit, and the page of one.

use std::process::ExitCode;

use super::lang::Lang;
use super::{Stop, stdout};
use crate::audit::registry::Rule;
use crate::audit::rules;
use crate::audit::table::severity;

pub fn run(code: Option<&str>, lang: Lang) -> Result<ExitCode, Stop> {
    let messages = lang.messages();
    let text: String = match code {
        None => rules::ALL.iter().map(|rule| line(rule, lang)).collect(),
        Some(word) => match rules::by_name(word) {
            Some(rule) => page(rule, lang),
            None => return Err(Stop::Usage(messages.unknown_rule(word))),
        },
    };
    stdout::print(text.as_bytes(), messages)?;
    Ok(ExitCode::SUCCESS)
}

fn line(rule: &Rule, lang: Lang) -> String {
    let title = match lang {
        Lang::En => rule.title(),
        Lang::Ja => rule.title_ja(),
    };
    format!("{}  {:<8} {:<8} {:<30} {title}\n", rule.code, severity(rule.severity), rule.scope.word(), rule.name)
}

/// The page, and what the registry says of the rule, at its head.
fn page(rule: &Rule, lang: Lang) -> String {
    let words = match lang {
        Lang::En => ["severity", "scope", "status", "since"],
        Lang::Ja => ["重大度", "範囲", "状態", "導入"],
    };
    let facts = [severity(rule.severity), rule.scope.word(), rule.status.word(), rule.since];
    let facts: Vec<String> = words.iter().zip(facts).map(|(word, fact)| format!("{word}: {fact}")).collect();
    let page = rule.page();
    let (title, rest) = page.split_once('\n').unwrap_or((&page, ""));
    format!("{title}\n\n{}\n{rest}", facts.join(" · "))
}
