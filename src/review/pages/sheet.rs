//! One record: its pages beside its fields.

use std::collections::BTreeSet;

use maud::{Markup, html};
use serde_json::Value;

use super::super::index::{Entry, is_doubt, record_of};
use super::super::site::Site;
use super::super::submit;
use super::labels::{self, label};
use super::{Frame, whole};
use crate::correction::{Action, Correction, holding};
use crate::diagnostic::Diagnostic;
use crate::form::{Document, Method};
use crate::geometry::{Place, Rect};
use crate::report::Language;
use crate::source::{self, TextLine, text};

/// Lines of a text shown before and after those of the record.
const AROUND: u32 = 5;
/// Pages and lines shown at most.
const PAGES: usize = 300;
const LINES: usize = 20_000;

struct Sheet<'a> {
    document: &'a Document,
    corrections: &'a [Correction],
    form: &'static str,
    /// `/records/0`
    base: String,
    language: Language,
}

pub fn page(site: &Site, frame: &Frame, id: &str, number: usize) -> Result<Option<Markup>, String> {
    let index = site.index().map_err(|e| e.to_string())?;
    let Some(entry) = index.by_id(id) else { return Ok(None) };
    let (document, corrections) = site.document(entry)?;
    let records = document.records.len();
    if number == 0 || number > records.max(1) {
        return Ok(None);
    }
    let record = document.records.get(number - 1);
    let sheet = Sheet {
        document: &document,
        corrections: &corrections,
        form: record.map_or("unknown", labels::form_of),
        base: format!("/records/{}", number - 1),
        language: frame.language,
    };
    let json = match record {
        Some(record) => serde_json::to_value(record).map_err(|e| e.to_string())?,
        None => Value::Null,
    };
    let row =
        index.rows.iter().find(|row| index.entries[row.entry].id == entry.id && row.record.unwrap_or(0) + 1 == number);
    let title = row.map_or(entry.name.as_str(), |row| row.title.as_str());
    let l = frame.language;
    let general: Vec<&Diagnostic> =
        document.diagnostics.iter().filter(|d| d.at.as_deref().and_then(record_of).is_none() && is_doubt(d)).collect();
    let link = |to: usize| format!("/sheet/{}/{to}", entry.id);
    Ok(Some(whole(
        frame,
        title,
        html! {
            div .sheet-head {
                h1 { (title) }
                p .hint {
                    (entry.name) " · " (document.form.title.as_deref().unwrap_or(&document.form.id))
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
                section .paper aria-label=(l.pick("As printed", "印字")) { (paper(site, entry, &sheet)) }
                section .fields aria-label=(l.pick("As read", "読み取り結果")) {
                    (panel(l))
                    @if !general.is_empty() {
                        details .notice open {
                            summary { (l.pick("Of the whole document", "文書全体について")) }
                            ul { @for d in &general { li { (doubt(d)) } } }
                        }
                    }
                    @if record.is_none() {
                        p .notice { (l.pick("No form was recognised; all that is printed is below.", "様式を認識できませんでした。印字はすべて下にあります。")) }
                    }
                    (group(&sheet, &json, &sheet.base, "", 2))
                    (unassigned(&sheet, number - 1))
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
                dt { (l.pick("Value", "値")) } dd id="panel-value" {}
                dt { (l.pick("Printed", "印字")) } dd id="panel-text" {}
                dt { (l.pick("Read by", "読み方")) } dd id="panel-method" {}
            }
            ul id="panel-doubts" {}
            div .buttons {
                button type="button" id="confirm" { (l.pick("Confirm", "確認済みにする")) }
                button type="button" id="undo" { (l.pick("Undo", "取り消す")) }
                button type="button" id="close" { (l.pick("Close", "閉じる")) }
            }
            form id="correct" {
                label for="to" { (l.pick("Correct to", "訂正後の値")) }
                textarea id="to" name="to" rows="2" {}
                label .inline { input type="checkbox" id="to-null"; (l.pick(" empty or a dash on the page", " ページでは空欄・ダッシュ")) }
                button type="submit" { (l.pick("Correct", "訂正する")) }
            }
            p id="panel-message" role="alert" {}
        }
    }
}

fn doubt(d: &Diagnostic) -> Markup {
    html! { span .doubt-text { code { (d.code) } " " (d.message) } }
}

impl Sheet<'_> {
    fn doubts(&self, pointer: &str) -> Vec<&Diagnostic> {
        self.document.diagnostics.iter().filter(|d| d.at.as_deref() == Some(pointer) && is_doubt(d)).collect()
    }

    /// The evidence that a value goes by: its own, else that of what holds it.
    fn evidence(&self, pointer: &str) -> Option<(String, &crate::form::Evidence)> {
        let mut at = pointer;
        while at.len() > self.base.len() {
            if let Some(evidence) = self.document.evidence.get(at) {
                return Some((at.to_owned(), evidence));
            }
            at = &at[..at.rfind('/')?];
        }
        None
    }
}

/// The fields of an object, or the items of a list.
fn group(sheet: &Sheet, value: &Value, pointer: &str, pattern: &str, depth: u8) -> Markup {
    html! {
        @match value {
            Value::Object(fields) => {
                @for (name, value) in fields {
                    @if !(depth == 2 && (name == "kind" || name == "pages")) {
                        (field(sheet, name, value, &format!("{pointer}/{}", escaped(name)), &format!("{pattern}/{name}"), depth))
                    }
                }
            }
            Value::Array(items) => {
                @for (at, item) in items.iter().enumerate() {
                    (item_of(sheet, at, item, &format!("{pointer}/{at}"), &format!("{pattern}/N"), depth))
                }
            }
            _ => {}
        }
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// An object of short values alone, such as a quantity: shown in a row.
fn is_flat(value: &Value) -> bool {
    let short = |value: &Value| value.as_str().map_or(is_plain(value), |text| text.chars().count() <= 24);
    value.as_object().is_some_and(|fields| fields.values().all(short))
}

fn is_plain(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn heading(depth: u8, text: Markup) -> Markup {
    html! {
        @match depth {
            2 => h2 { (text) },
            3 => h3 { (text) },
            4 => h4 { (text) },
            _ => h5 { (text) },
        }
    }
}

fn field(sheet: &Sheet, name: &str, value: &Value, pointer: &str, pattern: &str, depth: u8) -> Markup {
    let info = labels::of_form(sheet.form, pattern);
    let text = info.map_or(name, |info| label(&info.description));
    if is_plain(value) {
        return leaf(sheet, text, name, value, pointer);
    }
    let doubts = sheet.doubts(pointer);
    let empty = value.as_array().is_some_and(Vec::is_empty);
    html! {
        section class={ "group depth-" (depth) @if !doubts.is_empty() { " doubt" } @if is_flat(value) { " flat" } } id={ "v" (pointer) } tabindex=[(!doubts.is_empty()).then_some("-1")]
            data-pointer=[(!doubts.is_empty()).then_some(pointer)] data-label=(text) data-value=(if doubts.is_empty() { String::new() } else { value.to_string() })
            data-undo=[undo(sheet, pointer)] {
            (heading(depth, html! { (text) " " small { (name) } }))
            @if empty { p .hint { (sheet.language.pick("none printed", "印字なし")) } }
            @for d in &doubts { p { (doubt(d)) } }
            (group(sheet, value, pointer, pattern, (depth + 1).min(5)))
        }
    }
}

fn item_of(sheet: &Sheet, at: usize, value: &Value, pointer: &str, pattern: &str, depth: u8) -> Markup {
    if is_plain(value) {
        return leaf(sheet, &(at + 1).to_string(), "", value, pointer);
    }
    let doubts = sheet.doubts(pointer);
    html! {
        section class={ "item" @if !doubts.is_empty() { " doubt" } @if is_flat(value) { " flat" } } id={ "v" (pointer) } tabindex=[(!doubts.is_empty()).then_some("-1")]
            data-pointer=[(!doubts.is_empty()).then_some(pointer)] data-label=(at + 1) data-value=(if doubts.is_empty() { String::new() } else { value.to_string() })
            data-undo=[undo(sheet, pointer)] {
            span .ordinal { (at + 1) }
            @for d in &doubts { p { (doubt(d)) } }
            (group(sheet, value, pointer, pattern, depth))
        }
    }
}

/// Ids of the corrections that hold at a place, last first.
fn undo(sheet: &Sheet, pointer: &str) -> Option<String> {
    submit::at(sheet.corrections, pointer).last().map(|c| c.id.clone())
}

fn leaf(sheet: &Sheet, text: &str, name: &str, value: &Value, pointer: &str) -> Markup {
    let l = sheet.language;
    let doubts = sheet.doubts(pointer);
    let evidence = sheet.evidence(pointer);
    let method = evidence.as_ref().map(|(_, e)| e.method);
    let lines: Vec<String> = evidence
        .iter()
        .flat_map(|(_, e)| &e.at)
        .filter_map(|place| if let Place::Line { line } = place { Some(line.to_string()) } else { None })
        .collect();
    let corrected = undo(sheet, pointer).is_some() || method == Some(Method::Corrected);
    html! {
        button type="button" id={ "v" (pointer) }
            class={ "leaf" @if !doubts.is_empty() { " doubt" } @if method == Some(Method::Inferred) { " inferred" } @if corrected { " corrected" } }
            data-pointer=(pointer) data-label=(text) data-value=(value.to_string())
            data-evidence=[evidence.as_ref().map(|(at, _)| at)] data-text=[evidence.as_ref().map(|(_, e)| &e.text)]
            data-method=[method.map(|m| method_word(m, l))] data-lines=[(!lines.is_empty()).then(|| lines.join(","))]
            data-doubts=[(!doubts.is_empty()).then(|| doubts.iter().map(|d| format!("{}: {}", d.code, d.message)).collect::<Vec<_>>().join("\n"))]
            data-undo=[undo(sheet, pointer)] {
            span .label { (text) @if !name.is_empty() && text != name { " " small { (name) } } }
            span .value {
                @match value {
                    Value::Null => span .empty { (l.pick("empty or a dash", "空欄・ダッシュ")) },
                    Value::String(text) => (text),
                    other => (other.to_string()),
                }
            }
            @if !doubts.is_empty() { span .badge { (l.pick("doubt", "疑義")) } }
            @if corrected { span .badge { (l.pick("corrected", "訂正・確認")) } }
        }
    }
}

fn method_word(method: Method, l: Language) -> &'static str {
    match method {
        Method::Cell => l.pick("cell: a ruled cell", "cell: 罫線のセル"),
        Method::Position => l.pick("position: its place on the page", "position: ページ上の位置"),
        Method::Order => l.pick("order: the reading order alone", "order: 文字の並び順のみ"),
        Method::Inferred => l.pick("inferred: a rule of thumb", "inferred: 推定"),
        Method::Corrected => l.pick("corrected: by a person", "corrected: 人による訂正"),
    }
}

/// The pages that a record stands on: those of its evidence, all where it has none.
fn pages_of(sheet: &Sheet) -> BTreeSet<u32> {
    let below = format!("{}/", sheet.base);
    let evidence = sheet.document.evidence.iter().filter(|(at, _)| at.starts_with(&below));
    let pages = evidence.flat_map(|(_, e)| &e.at).filter_map(|place| match place {
        Place::Box { page, .. } => Some(*page),
        Place::Line { .. } => None,
    });
    let pages: BTreeSet<u32> = pages.collect();
    match (pages.first(), pages.last()) {
        (Some(first), Some(last)) => (*first..=*last).collect(),
        _ => (1..=sheet.document.source.pages).collect(),
    }
}

fn paper(site: &Site, entry: &Entry, sheet: &Sheet) -> Markup {
    if !sheet.document.source.media_type.starts_with("application/pdf") {
        return lines(site, entry, sheet);
    }
    let l = sheet.language;
    let pages = pages_of(sheet);
    let sizes = site.sizes(entry);
    let size = |page: u32| {
        sizes.as_ref().ok().and_then(|sizes| sizes.get(page as usize - 1)).copied().unwrap_or((595.0, 842.0))
    };
    html! {
        @if let Err(fault) = &sizes {
            p .notice role="alert" {
                @if site.has_input(entry) { (l.pick("The pages cannot be drawn: ", "ページを描けません: ")) (fault) }
                @else { (l.pick("The input was not found; start again with --inputs PATH. It was: ", "入力が見つかりません。--inputs PATH を付けて起動し直してください: ")) code { (entry.path) } }
            }
        }
        @for page in pages.iter().copied().take(PAGES) {
            @let (width, height) = size(page);
            figure .page id={ "page-" (page) } {
                figcaption { (l.pick("Page ", "ページ ")) (page) }
                div .sheet-of {
                    @if sizes.is_ok() {
                        img loading="lazy" src={ "/picture/" (entry.id) "/" (page) "?w=1200" } width=(width.round()) height=(height.round())
                            alt=(format!("{} {page}", l.pick("Picture of page", "ページの画像")));
                    }
                    svg .boxes viewBox=(format!("0 0 {width} {height}")) aria-hidden="true" focusable="false" { (boxes(sheet, page)) }
                }
            }
        }
    }
}

/// The boxes of what was read on a page, and of what no field took.
fn boxes(sheet: &Sheet, page: u32) -> Markup {
    let below = format!("{}/", sheet.base);
    let own = sheet.document.evidence.iter().filter(|(at, _)| at.starts_with(&below));
    let draw = |rect: &Rect, class: &str, pointer: &str| {
        let [x0, y0, x1, y1] = rect.to_bbox();
        html! { rect class=(class) data-for=(pointer) x=(format!("{:.2}", x0 - 1.0)) y=(format!("{:.2}", y0 - 1.0)) width=(format!("{:.2}", x1 - x0 + 2.0)) height=(format!("{:.2}", y1 - y0 + 2.0)) {} }
    };
    html! {
        @for (pointer, evidence) in own {
            @for place in &evidence.at {
                @if let Place::Box { page: on, rect } = place && *on == page {
                    @let doubted = !sheet.doubts(pointer).is_empty();
                    (draw(rect, if doubted { "box doubt" } else { "box" }, pointer))
                }
            }
        }
        @for (at, left) in sheet.document.unassigned.iter().enumerate() {
            @if let Place::Box { page: on, rect } = &left.place && *on == page {
                (draw(rect, "box unassigned", &format!("unassigned-{at}")))
            }
        }
    }
}

/// A text input: its lines, those of the record and some around them.
fn lines(site: &Site, entry: &Entry, sheet: &Sheet) -> Markup {
    let l = sheet.language;
    let read = site.input(entry).and_then(|bytes| text::read(&bytes, site.encoding()).ok());
    let Some((all, _)) = read else {
        return html! {
            p .notice role="alert" { (l.pick("The input was not found; start again with --inputs PATH. It was: ", "入力が見つかりません。--inputs PATH を付けて起動し直してください: ")) code { (entry.path) } }
        };
    };
    let below = format!("{}/", sheet.base);
    let mut first = u32::MAX;
    let mut last = 0;
    for (_, evidence) in sheet.document.evidence.iter().filter(|(at, _)| at.starts_with(&below)) {
        for place in &evidence.at {
            if let Place::Line { line } = place {
                (first, last) = (first.min(*line), last.max(*line));
            }
        }
    }
    let (first, last) =
        if last == 0 { (0, u32::MAX) } else { (first.saturating_sub(AROUND), last.saturating_add(AROUND)) };
    let left: BTreeSet<u32> = sheet
        .document
        .unassigned
        .iter()
        .filter_map(|left| if let Place::Line { line } = left.place { Some(line) } else { None })
        .collect();
    let shown = |line: &&source::TextLine| (first..=last).contains(&line.number);
    html! {
        ol .lines {
            @for line in all.iter().filter(shown).take(LINES) { (line_of(line, left.contains(&line.number))) }
        }
    }
}

fn line_of(line: &TextLine, left: bool) -> Markup {
    html! { li id={ "line-" (line.number) } value=(line.number) class=[left.then_some("unassigned")] { (line.text) } }
}

/// Printed text that no field took, on the record's pages.
fn unassigned(sheet: &Sheet, record: usize) -> Markup {
    let l = sheet.language;
    let pages = pages_of(sheet);
    let here = |place: &Place| match place {
        Place::Box { page, .. } => pages.contains(page),
        Place::Line { .. } => record == 0,
    };
    let all: Vec<_> =
        sheet.document.unassigned.iter().enumerate().filter(|(_, left)| here(&left.place)).take(2_000).collect();
    let undone = sheet.corrections.iter().filter(|c| matches!(c.action, Action::Undo { .. })).count();
    html! {
        @if !all.is_empty() {
            section .group.left {
                h2 { (l.pick("Printed, but in no field", "項目に入らなかった印字")) }
                @for (at, left) in all {
                    button type="button" .leaf.unassigned id={ "vunassigned-" (at) } data-evidence={ "unassigned-" (at) } data-label=(l.pick("in no field", "項目外")) data-text=(left.text)
                        data-lines=[if let Place::Line { line } = left.place { Some(line) } else { None }] {
                        span .value { (left.text) }
                    }
                }
            }
        }
        @let held = holding(sheet.corrections).len();
        @if held + undone > 0 {
            p .hint { (held) (l.pick(" corrections hold for this document; the next extract applies them.", " 件の訂正・確認がこの文書に有効です。次の extract で反映されます。")) }
        }
    }
}
