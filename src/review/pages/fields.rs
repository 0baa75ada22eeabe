//! The fields of a record as they were read, and what stands in none of them.

use maud::{Markup, html};
use serde_json::Value;

use super::super::submit;
use super::labels::{self, label};
use super::paper;
use super::sheet::Sheet;
use crate::correction::{Action, holding};
use crate::diagnostic::Diagnostic;
use crate::form::Method;
use crate::form::catalogue::FieldKind;
use crate::geometry::Place;
use crate::report::Language;

/// Texts in no field that are listed at most.
const LEFT: usize = 2_000;

fn doubt(d: &Diagnostic) -> Markup {
    html! { span .doubt-text { code { (d.code) } " " (d.message) } }
}

/// Doubts as the script hands them on.
fn told(doubts: &[&Diagnostic]) -> Option<String> {
    let told = || doubts.iter().map(|d| format!("{}: {}", d.code, d.message)).collect::<Vec<_>>().join("\n");
    (!doubts.is_empty()).then(told)
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
    let doubts = sheet.show(pointer);
    let empty = value.as_array().is_some_and(Vec::is_empty);
    html! {
        section class={ "group depth-" (depth) @if !doubts.is_empty() { " doubt" } @if is_flat(value) { " flat" } } id={ "v" (pointer) } tabindex=[(!doubts.is_empty()).then_some("-1")]
            data-pointer=[(!doubts.is_empty()).then_some(pointer)] data-label=(text) data-value=(if doubts.is_empty() { String::new() } else { value.to_string() })
            data-doubts=[told(&doubts)] data-undo=[undo(sheet, pointer)] {
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
    let doubts = sheet.show(pointer);
    html! {
        section class={ "item" @if !doubts.is_empty() { " doubt" } @if is_flat(value) { " flat" } } id={ "v" (pointer) } tabindex=[(!doubts.is_empty()).then_some("-1")]
            data-pointer=[(!doubts.is_empty()).then_some(pointer)] data-label=(at + 1) data-value=(if doubts.is_empty() { String::new() } else { value.to_string() })
            data-doubts=[told(&doubts)] data-undo=[undo(sheet, pointer)] {
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

/// Lines of a text, as the script looks for them.
fn lines(at: &[Place]) -> Option<String> {
    let number = |place: &Place| if let Place::Line { line } = place { Some(line.to_string()) } else { None };
    let lines: Vec<String> = at.iter().filter_map(number).collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

fn leaf(sheet: &Sheet, text: &str, name: &str, value: &Value, pointer: &str) -> Markup {
    let l = sheet.language;
    let doubts = sheet.show(pointer);
    let evidence = sheet.evidence(pointer);
    let method = evidence.as_ref().map(|(_, e)| e.method);
    let lines = evidence.as_ref().and_then(|(_, e)| lines(&e.at));
    let corrected = undo(sheet, pointer).is_some() || method == Some(Method::Corrected);
    html! {
        button type="button" id={ "v" (pointer) }
            class={ "leaf" @if !doubts.is_empty() { " doubt" } @if method == Some(Method::Inferred) { " inferred" } @if corrected { " corrected" } }
            data-pointer=(pointer) data-label=(text) data-value=(value.to_string())
            data-evidence=[evidence.as_ref().map(|(at, _)| at)] data-text=[evidence.as_ref().map(|(_, e)| &e.text)]
            data-method=[method.map(|m| method_word(m, l))] data-lines=[lines]
            data-doubts=[told(&doubts)]
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

/// Doubts that no field shows: of values that were left out, of the record as a whole, of no record.
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

/// A doubt that stands by itself; a value that was left out can be said there. `first` of its place has the place's id.
fn lone(sheet: &Sheet, d: &Diagnostic, json: &Value, first: bool) -> Markup {
    let l = sheet.language;
    let pointer = d.at.as_deref();
    let info = pointer.and_then(|pointer| labels::field(sheet.document, pointer));
    let text = info.map_or(pointer.unwrap_or_default(), |info| label(&info.description));
    let value = pointer.and_then(|pointer| json.pointer(pointer));
    let evidence = pointer.and_then(|pointer| sheet.evidence(pointer));
    let is_absent = value.is_none() && info.is_some_and(|info| info.kind != FieldKind::Group && !info.list);
    html! {
        li .doubt tabindex="-1" id=[pointer.filter(|_| first).map(|pointer| format!("v{pointer}"))] data-pointer=[pointer] data-label=(text)
            data-value=[value.map(Value::to_string)] data-absent[is_absent] data-doubts=[told(&[d])]
            data-evidence=[evidence.as_ref().map(|(at, _)| at)] data-text=[evidence.as_ref().map(|(_, e)| &e.text)]
            data-method=[evidence.as_ref().map(|(_, e)| method_word(e.method, l))] data-lines=[evidence.as_ref().and_then(|(_, e)| lines(&e.at))]
            data-undo=[pointer.and_then(|pointer| undo(sheet, pointer))] {
            @if info.is_some() { (text) ": " }
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
    let undone = sheet.corrections.iter().filter(|c| matches!(c.action, Action::Undo { .. })).count();
    html! {
        @if !all.is_empty() {
            section .group.left {
                h2 { (l.pick("Printed, but in no field", "項目に入らなかった印字")) }
                @for (at, left) in all.iter().take(LEFT) {
                    button type="button" .leaf.unassigned id={ "vunassigned-" (at) } data-evidence={ "unassigned-" (at) } data-label=(l.pick("in no field", "項目外")) data-text=(left.text)
                        data-lines=[lines(&[left.place])] {
                        span .value { (left.text) }
                    }
                }
                (paper::cut(all.len(), LEFT, l))
            }
        }
        @let held = holding(sheet.corrections).len();
        @if held + undone > 0 {
            p .hint { (held) (l.pick(" corrections hold for this document; the next extract applies them.", " 件の訂正・確認がこの文書に有効です。次の extract で反映されます。")) }
        }
    }
}
