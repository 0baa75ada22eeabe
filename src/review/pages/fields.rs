//! The fields of a record as they were read, and what stands in none of them.

use maud::{Markup, html};
use serde_json::Value;

use super::super::index::is_doubt;
use super::super::site::Seen;
use super::super::submit;
use super::labels::{self, label};
use super::paper;
use super::sheet::Sheet;
use crate::correction::{self, CONFIRMED, CORRECTED, NOT_APPLIED, holding};
use crate::diagnostic::Diagnostic;
use crate::form::Method;
use crate::form::catalogue::FieldKind;
use crate::geometry::Place;
use crate::report::{Language, lang_of};

/// Texts in no field that are listed at most.
const LEFT: usize = 2_000;

fn doubt(d: &Diagnostic) -> Markup {
    html! { span .doubt-text lang="en" { code { (d.code) } " " (d.message) } }
}

/// Doubts as the script hands them on.
fn told(doubts: &[&Diagnostic]) -> Option<String> {
    let told = || doubts.iter().map(|d| format!("{}: {}", d.code, d.message)).collect::<Vec<_>>().join("\n");
    (!doubts.is_empty()).then(told)
}

/// What the document says of a place, and what a person can do there.
struct Mark<'a> {
    doubts: Vec<&'a Diagnostic>,
    /// [`CORRECTED`] or [`CONFIRMED`].
    settled: Option<&'static str>,
    /// Id of the correction that Undo takes back: one that was not applied, else the last.
    undo: Option<String>,
    /// A correction of it was not applied: it can be taken back, nothing else.
    refused: bool,
}

impl<'a> Mark<'a> {
    fn of(sheet: &Sheet<'a>, pointer: &str) -> Mark<'a> {
        Mark::by(sheet, pointer, &sheet.show(pointer))
    }

    fn by(sheet: &Sheet<'a>, pointer: &str, told: &[&'a Diagnostic]) -> Mark<'a> {
        let refused = told.iter().find(|d| d.code == NOT_APPLIED).and_then(|d| correction::id_of(d));
        let last = || submit::at(sheet.corrections, pointer).last().map(|c| c.id.clone());
        Mark {
            doubts: told.iter().copied().filter(|d| is_doubt(d)).collect(),
            settled: told.iter().rev().find_map(|d| [CORRECTED, CONFIRMED].into_iter().find(|code| d.code == *code)),
            undo: refused.map(str::to_owned).or_else(last),
            refused: refused.is_some(),
        }
    }

    /// Is there anything to say or to do?
    fn is_there(&self) -> bool {
        !self.doubts.is_empty() || self.undo.is_some()
    }

    fn class(&self) -> &'static str {
        match (self.doubts.is_empty(), self.settled.is_some()) {
            (true, true) => " corrected",
            (true, false) => "",
            (false, true) => " doubt corrected",
            (false, false) => " doubt",
        }
    }

    fn badges(&self, l: Language) -> Markup {
        html! {
            @if !self.doubts.is_empty() { span .badge { (l.pick("doubt", "疑義")) } }
            @if self.settled == Some(CORRECTED) { span .badge.settled { (l.pick("corrected", "訂正済み")) } }
            @if self.settled == Some(CONFIRMED) { span .badge.settled { (l.pick("confirmed", "確認済み")) } }
        }
    }
}

/// The fields of an object, or the items of a list.
pub(super) fn group(sheet: &Sheet, value: &Value, pointer: &str, pattern: &str, depth: u8) -> Markup {
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
    let mark = Mark::of(sheet, pointer);
    let empty = value.as_array().is_some_and(Vec::is_empty);
    html! {
        section class={ "group depth-" (depth) (mark.class()) @if is_flat(value) { " flat" } } id={ "v" (pointer) } tabindex=[mark.is_there().then_some("-1")]
            data-pointer=[mark.is_there().then_some(pointer)] data-label=(text) data-value=[mark.is_there().then(|| value.to_string())]
            data-doubts=[told(&mark.doubts)] data-undo=[&mark.undo] data-refused[mark.refused] {
            (heading(depth, html! { span lang=[lang_of(text)] { (text) } " " small { (name) } (mark.badges(sheet.language)) }))
            @if empty { p .hint { (sheet.language.pick("none printed", "印字なし")) } }
            @for d in &mark.doubts { p { (doubt(d)) } }
            (group(sheet, value, pointer, pattern, (depth + 1).min(5)))
        }
    }
}

fn item_of(sheet: &Sheet, at: usize, value: &Value, pointer: &str, pattern: &str, depth: u8) -> Markup {
    if is_plain(value) {
        return leaf(sheet, &(at + 1).to_string(), "", value, pointer);
    }
    let mark = Mark::of(sheet, pointer);
    html! {
        section class={ "item" (mark.class()) @if is_flat(value) { " flat" } } id={ "v" (pointer) } tabindex=[mark.is_there().then_some("-1")]
            data-pointer=[mark.is_there().then_some(pointer)] data-label=(at + 1) data-value=[mark.is_there().then(|| value.to_string())]
            data-doubts=[told(&mark.doubts)] data-undo=[&mark.undo] data-refused[mark.refused] {
            span .ordinal { (at + 1) } (mark.badges(sheet.language))
            @for d in &mark.doubts { p { (doubt(d)) } }
            (group(sheet, value, pointer, pattern, depth))
        }
    }
}

/// Lines of a text, as the script looks for them.
fn lines(at: &[Place]) -> Option<String> {
    let number = |place: &Place| if let Place::Line { line } = place { Some(line.to_string()) } else { None };
    let lines: Vec<String> = at.iter().filter_map(number).collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

fn leaf(sheet: &Sheet, text: &str, name: &str, value: &Value, pointer: &str) -> Markup {
    let l = sheet.language;
    let mark = Mark::of(sheet, pointer);
    let evidence = sheet.evidence(pointer);
    let method = evidence.as_ref().map(|(_, e)| e.method);
    let lines = evidence.as_ref().and_then(|(_, e)| lines(&e.at));
    html! {
        button type="button" id={ "v" (pointer) }
            class={ "leaf" (mark.class()) @if method == Some(Method::Inferred) { " inferred" } }
            data-pointer=(pointer) data-label=(text) data-value=(value.to_string())
            data-evidence=[evidence.as_ref().map(|(at, _)| at)] data-text=[evidence.as_ref().map(|(_, e)| &e.text)]
            data-method=[method.map(|m| method_word(m, l))] data-lines=[lines]
            data-doubts=[told(&mark.doubts)] data-undo=[&mark.undo] data-refused[mark.refused] {
            span .label { span lang=[lang_of(text)] { (text) } @if !name.is_empty() && text != name { " " small { (name) } } }
            span .value {
                @match value {
                    Value::Null => span .empty { (l.pick("empty or a dash", "空欄・ダッシュ")) },
                    Value::String(text) => span lang=[lang_of(text)] { (text) },
                    other => (other.to_string()),
                }
            }
            (mark.badges(l))
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

/// What no field shows: of values that were left out, of the record as a whole, of no record.
pub(super) fn elsewhere(sheet: &Sheet) -> Markup {
    let l = sheet.language;
    let lists = [
        (sheet.left(false), l.pick("Of the whole document", "文書全体について")),
        (
            sheet.left(true),
            l.pick("Of this record, where it shows no value", "この評価単位のうち、値を示していないものについて"),
        ),
    ];
    let json = serde_json::to_value(sheet.document).unwrap_or_default();
    html! {
        @for (list, title) in &lists {
            @if !list.is_empty() {
                details .notice open {
                    summary { (title) " (" (list.len()) ")" }
                    ul .elsewhere { @for (at, d) in list.iter().enumerate() { (lone(sheet, d, &json, list[..at].iter().all(|other| other.at != d.at))) } }
                }
            }
        }
    }
}

/// What is said of no field stands by itself; a value that was left out can be said there. `first` of its place has the
/// place's id.
fn lone(sheet: &Sheet, d: &Diagnostic, json: &Value, first: bool) -> Markup {
    let l = sheet.language;
    // A correction that was not applied may have no place in the document any more.
    let of = |id: &str| sheet.corrections.iter().find(|c| c.id == id).map(|c| c.pointer.as_str());
    let pointer = d.at.as_deref().or_else(|| correction::id_of(d).and_then(of));
    let info = pointer.and_then(|pointer| labels::field(sheet.document, pointer));
    let text = info.map_or(pointer.unwrap_or_default(), |info| label(&info.description));
    let value = pointer.and_then(|pointer| json.pointer(pointer));
    let evidence = pointer.and_then(|pointer| sheet.evidence(pointer));
    let is_absent = value.is_none() && info.is_some_and(|info| info.kind != FieldKind::Group && !info.list);
    let mark = Mark::by(sheet, pointer.unwrap_or_default(), &[d]);
    html! {
        li class=(mark.class().trim_start()) tabindex="-1" id=[pointer.filter(|_| first).map(|pointer| format!("v{pointer}"))] data-pointer=[pointer] data-label=(text)
            data-value=[value.map(Value::to_string)] data-absent[is_absent] data-doubts=[told(&mark.doubts)]
            data-evidence=[evidence.as_ref().map(|(at, _)| at)] data-text=[evidence.as_ref().map(|(_, e)| &e.text)]
            data-method=[evidence.as_ref().map(|(_, e)| method_word(e.method, l))] data-lines=[evidence.as_ref().and_then(|(_, e)| lines(&e.at))]
            data-undo=[&mark.undo] data-refused[mark.refused] {
            @if info.is_some() { span lang=[lang_of(text)] { (text) } " " code { (pointer.unwrap_or_default()) } ": " }
            (doubt(d))
            @if let Some(page) = d.page { " " a href={ "#page-" (page) } { (l.pick("page ", "ページ ")) (page) } }
        }
    }
}

/// Printed text that no field took, on the pages or lines that are nearest to the record.
pub(super) fn unassigned(sheet: &Sheet) -> Markup {
    let l = sheet.language;
    let near = paper::nearest(sheet);
    let here = |place: &Place| match place {
        Place::Box { page, .. } => near.contains(page),
        Place::Line { line } => near.contains(line),
    };
    let all: Vec<_> = sheet.document.unassigned.iter().enumerate().filter(|(_, left)| here(&left.place)).collect();
    html! {
        @if !all.is_empty() {
            section .group.left {
                h2 { (l.pick("Printed, but in no field", "項目に入らなかった印字")) }
                @for (at, left) in all.iter().take(LEFT) {
                    button type="button" .leaf.unassigned id={ "vunassigned-" (at) } data-evidence={ "unassigned-" (at) } data-label=(l.pick("in no field", "項目外")) data-text=(left.text)
                        data-lines=[lines(&[left.place])] {
                        span .value lang=[lang_of(&left.text)] { (left.text) }
                    }
                }
                (paper::cut(all.len(), LEFT, l))
            }
        }
    }
}

/// How many corrections there are, and how many of them the data does not have yet.
pub(super) fn said(seen: &Seen, l: Language) -> Markup {
    let held = holding(&seen.corrections).len();
    html! {
        @if held + seen.waiting > 0 {
            p .hint {
                (held) (l.pick(" corrections hold for this document", " 件の訂正・確認がこの文書に有効です"))
                @if seen.waiting > 0 {
                    (l.pick("; the next extract applies or takes back ", "。次の extract で反映または取り消されるもの: ")) (seen.waiting)
                }
                (l.pick(".", "。"))
            }
        }
    }
}
