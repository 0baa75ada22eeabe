//! One record: its pages beside its fields.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use maud::{Markup, html};
use serde_json::Value;

use super::super::index::record_of;
use super::super::site::{Seen, Site};
use super::{Frame, fields, labels, paper, whole};
use crate::correction::Correction;
use crate::diagnostic::Diagnostic;
use crate::form::{Document, Evidence};
use crate::report::{Language, lang_of};

pub(super) struct Sheet<'a> {
    pub document: &'a Document,
    pub corrections: &'a [Correction],
    pub form: &'static str,
    /// `/records/0`
    pub base: String,
    /// From 0.
    pub record: usize,
    pub language: Language,
    /// Which diagnostics are of a place.
    at: HashMap<&'a str, Vec<usize>>,
    /// Those that a field has shown.
    shown: RefCell<BTreeSet<usize>>,
}

pub fn page(site: &Site, frame: &Frame, id: &str, number: usize) -> Result<Option<Markup>, String> {
    let index = site.index().map_err(|e| e.to_string())?;
    let Some(entry) = index.by_id(id) else { return Ok(None) };
    let seen = site.document(entry)?;
    let document = &seen.document;
    let records = document.records.len();
    if number == 0 || number > records.max(1) {
        return Ok(None);
    }
    let record = document.records.get(number - 1);
    let sheet = Sheet::of(&seen, number - 1, frame.language);
    let json = match record {
        Some(record) => serde_json::to_value(record).map_err(|e| e.to_string())?,
        None => Value::Null,
    };
    let row =
        index.rows.iter().find(|row| index.entries[row.entry].id == entry.id && row.record.unwrap_or(0) + 1 == number);
    let title = row.map_or(entry.name.as_str(), |row| row.title.as_str());
    let l = frame.language;
    // What no field shows is known once all fields are made.
    let fields = fields::group(&sheet, &json, &sheet.base, "", 2);
    let link = |to: usize| format!("/sheet/{}/{to}", entry.id);
    Ok(Some(whole(
        frame,
        title,
        html! {
            div .sheet-head {
                h1 lang=[lang_of(title)] { (title) }
                p .hint {
                    (entry.name) " · " span lang=[document.form.title.as_deref().and_then(lang_of)] { (document.form.title.as_deref().unwrap_or(&document.form.id)) }
                    @if let Some(year) = document.fiscal_year { " · " (year) (l.pick("", "年度")) }
                    " · " (l.pick("coverage ", "網羅率 ")) (format!("{:.1}%", document.coverage * 100.0))
                }
                nav .pager aria-label=(l.pick("Records of the document", "文書の評価単位")) {
                    @if number > 1 { a rel="prev" href=(link(number - 1)) { "← " (l.pick("Before", "前へ")) } }
                    @if records > 1 { span { (number) " / " (records) } }
                    @if number < records { a rel="next" href=(link(number + 1)) { (l.pick("Next", "次へ")) " →" } }
                    button type="button" id="doubt-prev" aria-keyshortcuts="p" { (l.pick("Doubt before (p)", "前の疑義 (p)")) }
                    button type="button" id="doubt-next" aria-keyshortcuts="n" { (l.pick("Next doubt (n)", "次の疑義 (n)")) }
                    span id="doubt-count" role="status" {}
                }
            }
            div .sheet data-document=(entry.id) data-stale=(l.pick("Someone has changed this in the meantime", "その間に変更されました")) {
                section .paper aria-label=(l.pick("As printed", "印字")) { (paper::paper(site, entry, &sheet)) }
                section .fields aria-label=(l.pick("As read", "読み取り結果")) {
                    (panel(l))
                    (fields::elsewhere(&sheet))
                    @if record.is_none() {
                        p .notice { (l.pick("No form was recognised; all that is printed is below.", "様式を認識できませんでした。印字はすべて下にあります。")) }
                    }
                    (fields)
                    (fields::unassigned(&sheet))
                    (fields::said(&seen, l))
                }
            }
        },
    )))
}

/// What is selected: filled in by the script.
fn panel(l: Language) -> Markup {
    html! {
        aside id="panel" hidden aria-live="polite" aria-label=(l.pick("The selected value", "選択した値")) {
            h2 id="panel-label" {}
            dl .pair {
                dt { (l.pick("Value", "値")) } dd id="panel-value" lang="ja" {}
                dt { (l.pick("Printed", "印字")) } dd id="panel-text" lang="ja" {}
                dt { (l.pick("Read by", "読み方")) } dd id="panel-method" {}
            }
            ul id="panel-doubts" lang="en" {}
            div .buttons {
                button type="button" id="confirm" { (l.pick("Confirm", "確認済みにする")) }
                button type="button" id="undo" { (l.pick("Undo", "取り消す")) }
                button type="button" id="close" { (l.pick("Close", "閉じる")) }
            }
            form id="correct" {
                label for="to" { (l.pick("Correct to", "訂正後の値")) }
                textarea id="to" name="to" rows="2" lang="ja" {}
                label .inline { input type="checkbox" id="to-null"; (l.pick(" empty or a dash on the page", " ページでは空欄・ダッシュ")) }
                button type="submit" { (l.pick("Correct", "訂正する")) }
            }
            p id="panel-message" role="alert" {}
        }
    }
}

impl<'a> Sheet<'a> {
    fn of(seen: &'a Seen, record: usize, language: Language) -> Sheet<'a> {
        let document = &seen.document;
        let mut at: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, diagnostic) in document.diagnostics.iter().enumerate() {
            at.entry(diagnostic.at.as_deref().unwrap_or_default()).or_default().push(number);
        }
        Sheet {
            document,
            corrections: &seen.corrections,
            form: document.records.get(record).map_or("unknown", labels::form_of),
            base: format!("/records/{record}"),
            record,
            language,
            at,
            shown: RefCell::default(),
        }
    }

    /// All that the document says of a place.
    pub fn told(&self, pointer: &str) -> impl Iterator<Item = &'a Diagnostic> {
        let document = self.document;
        self.at.get(pointer).into_iter().flatten().map(|number| &document.diagnostics[*number])
    }

    /// The same, of a place that shows it.
    pub fn show(&self, pointer: &str) -> Vec<&'a Diagnostic> {
        self.shown.borrow_mut().extend(self.at.get(pointer).into_iter().flatten());
        self.told(pointer).collect()
    }

    /// What no place has shown: of this record (`true`), of no record.
    pub fn left(&self, own: bool) -> Vec<&'a Diagnostic> {
        let shown = self.shown.borrow();
        let there = |d: &Diagnostic| d.at.as_deref().and_then(record_of).filter(|r| *r < self.document.records.len());
        let wanted = own.then_some(self.record);
        let left = self.document.diagnostics.iter().enumerate().filter(|(number, _)| !shown.contains(number));
        left.map(|(_, d)| d).filter(|d| there(d) == wanted).collect()
    }

    /// The evidence that a value goes by: its own, else that of what holds it.
    pub fn evidence(&self, pointer: &str) -> Option<(String, &'a Evidence)> {
        let mut at = pointer;
        while !at.is_empty() && at != self.base {
            if let Some(evidence) = self.document.evidence.get(at) {
                return Some((at.to_owned(), evidence));
            }
            at = &at[..at.rfind('/')?];
        }
        None
    }

    /// Is it of another record?
    pub fn is_foreign(&self, pointer: &str) -> bool {
        record_of(pointer).is_some_and(|record| record != self.record)
    }
}
