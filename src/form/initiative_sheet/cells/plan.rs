//! １ 取組の概要（Plan）, with the policy path above it.

use super::doubt;
use super::view::{Id, Pos, View};
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{RawOutputIndicator, RawSheet, RawYear, Slot};
use crate::layout::Span;

pub(super) fn read(view: &View, sheet: &mut RawSheet) {
    let number = view.value_right_of(Label::Development);
    sheet.development_number = view.slot_of(number);
    sheet.development_title =
        view.slot_of(number.and_then(|id| view.right_of(id)).filter(|&id| view.cells[id].label.is_none()));
    sheet.measure = view.slot_of(view.value_right_of(Label::Measure));
    sheet.sub_measure = view.slot_of(view.value_right_of(Label::SubMeasure));
    sheet.initiative = view.slot_of(view.value_right_of(Label::Initiative));
    sheet.outcome_indicator = view.slot_of(view.value_right_of(Label::Outcome));
    sheet.direction = view.slot_of(view.value_right_of(Label::Direction));
    sheet.summary = view.slot_of(below_label(view, Label::Summary));
    sheet.actors = view.slot_of(below_label(view, Label::Actors));
    contact(view, sheet);
    if let Some(heading) = view.first(Label::YearPlan) {
        yearly(view, heading, sheet);
    } else {
        sheet.doubts.push(doubt("/plan/output_indicators", "block_missing", "no 年度別計画 was found on this sheet"));
    }
}

fn below_label(view: &View, label: Label) -> Option<Id> {
    view.first(label).and_then(|id| view.value_below(id))
}

/// 担当部課【連絡先】: the department and the phone number, in the cell after it or in brackets behind it; 関連URL.
fn contact(view: &View, sheet: &mut RawSheet) {
    let department = view.value_right_of(Label::Department);
    let beside = department.and_then(|id| view.right_of(id)).filter(|&id| view.cells[id].label.is_none());
    sheet.department = view.slot_of(department);
    sheet.phone = view.slot_of(beside.or_else(|| view.value_right_of(Label::Contact)));
    if sheet.phone == Slot::Unplaced {
        let (name, phone) = at_bracket(view, sheet.department.spans());
        if !name.is_empty() && !phone.is_empty() {
            sheet.department = Slot::read(name, Method::Cell);
            sheet.phone = Slot::read(phone, Method::Cell);
        }
    }
    sheet.url = view.slot_of(view.value_right_of(Label::Url));
}

/// Spans parted before the first 【.
fn at_bracket(view: &View, spans: &[Span]) -> (Vec<Span>, Vec<Span>) {
    let (mut before, mut after): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    for span in spans {
        let at = if after.is_empty() { view.layout.text(span).chars().position(|c| c == '【') } else { Some(0) };
        let cut = at.map_or(span.end, |at| span.start + at);
        before.extend((cut > span.start).then(|| Span { end: cut, ..span.clone() }));
        after.extend((cut < span.end).then(|| Span { start: cut, ..span.clone() }));
    }
    (before, after)
}

/// 年度別計画: the years, the activity, and rows of names and targets by turns.
fn yearly(view: &View, heading: Id, sheet: &mut RawSheet) {
    let mut years: Vec<Id> = view.below(heading).into_iter().filter(|&i| view.is(i, Label::Year)).collect();
    years.sort_by(|&a, &b| view.rect(a).x0.total_cmp(&view.rect(b).x0));
    let Some(outputs) = view.first(Label::OutputIndicators) else {
        let message = "no 活動指標（アウトプット） was found on this sheet";
        sheet.doubts.push(doubt("/plan/output_indicators", "block_missing", message));
        return;
    };
    let end = [Label::Department, Label::Url, Label::Program]
        .iter()
        .filter_map(|&l| view.first(l))
        .map(|id| view.pos(id))
        .filter(|p| *p > view.pos(outputs))
        .fold(Pos { page: usize::MAX, y: 0.0 }, |a, b| if b < a { b } else { a });
    let inside = |from: Pos, to: Pos| -> Vec<Id> {
        (0..view.cells.len())
            .filter(|&i| view.in_width(i, heading) && view.cells[i].label.is_none_or(|(l, _)| l == Label::Year))
            .filter(|&i| !years.contains(&i) && view.pos(i) > from && view.pos(i) < to)
            .collect()
    };
    let activity: Vec<Id> = inside(view.pos(years.first().copied().unwrap_or(heading)), view.pos(outputs));
    sheet.activity = view.slot_of_all(&activity);
    if activity.len() > 1 {
        sheet.activity = std::mem::take(&mut sheet.activity).inferred();
        let message = "the activity is printed in several cells; they are joined";
        sheet.doubts.push(doubt("/plan/activity", "cells_joined", message));
    }
    let rows = view.rows(inside(view.pos(outputs), end));
    for pair in rows.chunks(2) {
        let names = &pair[0];
        let targets: &[Id] = pair.get(1).map_or(&[], Vec::as_slice);
        for &name in names {
            let index = sheet.output_indicators.len();
            let at = format!("/plan/output_indicators/{index}");
            let own: Vec<Id> = targets.iter().copied().filter(|&t| best_over(view, names, t) == Some(name)).collect();
            if view.is_blank(name) && own.iter().all(|&t| view.is_blank(t)) {
                continue;
            }
            let mut indicator = RawOutputIndicator { name: view.slot(name), targets: Vec::new() };
            for &target in &own {
                let under: Vec<Id> = years.iter().copied().filter(|&y| view.in_width(y, target)).collect();
                let under = if under.is_empty() {
                    years.iter().copied().filter(|&y| view.in_width(target, y)).collect()
                } else {
                    under
                };
                if under.len() > 1 {
                    let message = "one cell stands under several years; its value is given for each";
                    sheet.doubts.push(doubt(at.clone(), "target_of_several_years", message));
                }
                if under.is_empty() {
                    indicator.targets.push(RawYear { fiscal_year: None, value: view.slot(target) });
                }
                for &year in &under {
                    let value = if under.len() > 1 { view.slot(target).inferred() } else { view.slot(target) };
                    indicator.targets.push(RawYear { fiscal_year: view.year(year), value });
                    sheet.year_headings.extend(view.year_at(format!("{at}/targets"), year));
                }
            }
            if own.is_empty() {
                sheet.doubts.push(doubt(
                    format!("{at}/targets"),
                    "unplaced",
                    "no yearly targets were found below this name",
                ));
            }
            sheet.output_indicators.push(indicator);
        }
    }
    if sheet.output_indicators.is_empty() {
        sheet.output_indicators.push(RawOutputIndicator { name: Slot::Unplaced, targets: Vec::new() });
    }
}

/// The name that a target stands under: the one that shares most of its width.
fn best_over(view: &View, names: &[Id], target: Id) -> Option<Id> {
    let shared = |n: Id| view.rect(n).overlap_x(&view.rect(target));
    names.iter().copied().max_by(|&a, &b| shared(a).total_cmp(&shared(b)).then(b.cmp(&a)))
}
