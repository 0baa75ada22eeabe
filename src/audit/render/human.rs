//! Findings for a person at a terminal: what is wrong, and both places as they are printed.

use std::fmt::Write;

use crate::audit::finding::Quote;
use crate::audit::{Audit, Finding, Severity, rules};

/// How it is to be told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Human {
    pub colour: bool,
    pub japanese: bool,
}

/// So many letters of a passage are quoted.
const QUOTED: usize = 160;

pub fn human(audit: &Audit, how: Human) -> String {
    let mut out = String::new();
    for finding in &audit.findings {
        one(&mut out, finding, how);
    }
    let count = |s| audit.count(s);
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let _ = if how.japanese {
        writeln!(out, "文書 {} 件: エラー {errors} 件、警告 {warnings} 件、注記 {notes} 件", audit.documents)
    } else {
        writeln!(out, "{} document(s): {errors} error(s), {warnings} warning(s), {notes} note(s)", audit.documents)
    };
    out
}

fn one(out: &mut String, f: &Finding, how: Human) {
    let (word, word_ja, colour) = match f.severity {
        Severity::Error => ("error", "エラー", "31"),
        Severity::Warning => ("warning", "警告", "33"),
        Severity::Note => ("note", "注記", "36"),
    };
    let paint = |text: &str, code: &str| {
        if how.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let title = match rules::by_name(&f.rule).filter(|_| how.japanese) {
        Some(rule) => rule.title_ja(),
        None => f.message.clone(),
    };
    let head = paint(&format!("{}[{}]", if how.japanese { word_ja } else { word }, f.rule), &format!("1;{colour}"));
    let _ = writeln!(out, "{head} {}: {}", f.name, paint(&title, "1"));
    for (i, quote) in f.quotes.iter().enumerate() {
        place(out, quote, i == 0, how, &paint);
    }
    let (expected, found) = if how.japanese { ("他の箇所からは", "印字は") } else { ("expected", "found") };
    let _ = writeln!(out, "   = {expected}: {}\n   = {found}: {}\n", f.expected, f.found);
}

fn place(out: &mut String, q: &Quote, first: bool, how: Human, paint: &dyn Fn(&str, &str) -> String) {
    let at = match (q.page, q.line, how.japanese) {
        (Some(page), _, true) => format!(" {page}ページ"),
        (Some(page), _, false) => format!(", page {page}"),
        (None, Some(line), true) => format!(" {line}行"),
        (None, Some(line), false) => format!(", line {line}"),
        _ => String::new(),
    };
    let arrow = paint(if first { "-->" } else { ":::" }, "34");
    let label = if q.label.is_empty() { &q.pointer } else { &q.label };
    let _ = writeln!(out, "  {arrow} {}{at}: {label}", q.document);
    if let Some(text) = &q.text {
        let line = text.replace('\n', " ");
        let cut: String = line.chars().take(QUOTED).collect();
        let more = if cut.len() < line.len() { "…" } else { "" };
        let _ = writeln!(out, "   {} {cut}{more}", paint("|", "34"));
    }
}
