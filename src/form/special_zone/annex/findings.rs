//! 現地調査時の指摘事項: remarks on the left, answers on the right, each under the targets that it is about.

use crate::form::document::Method;
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::{Passage, RawFinding, RawZone, Slot};
use crate::layout::{Layout, Span};
use crate::normalize::bullet::{Mark, bullet};
use crate::normalize::fold::key;

/// What one side prints below one heading.
#[derive(Debug, Clone, Default)]
pub(in crate::form::special_zone) struct Group {
    pub about: Vec<String>,
    pub about_spans: Vec<Span>,
    pub items: Vec<Passage>,
}

/// One side: its groups in their order.
#[derive(Debug, Clone, Default)]
pub(in crate::form::special_zone) struct Side {
    pub groups: Vec<Group>,
}

impl Side {
    /// Do these lines name the targets that they are about?
    pub fn names_targets(layout: &Layout, lines: &[Span]) -> bool {
        lines.iter().any(|l| labels::finding_about(&key(layout.text(l))).is_some())
    }

    /// Adds lines; `fresh`: they do not go on with what was added before.
    pub fn add(&mut self, layout: &Layout, lines: &[Span], method: Method, fresh: bool, labels_out: &mut Vec<Span>) {
        let mut begin = fresh;
        let mut open = !fresh;
        // The outermost bullet parts the remarks; those within one are of its text.
        let mark = |l: &Span| bullet(layout.text(l)).map(|b| b.mark).filter(|m| *m != Mark::Note);
        let outermost = lines.iter().filter_map(mark).min();
        for span in lines {
            let printed = layout.text(span);
            let tight = key(printed);
            if tight.is_empty() {
                continue;
            }
            if let Some(about) = labels::finding_about(&tight) {
                self.groups.push(Group { about, about_spans: vec![span.clone()], items: Vec::new() });
                (begin, open) = (false, false);
                continue;
            }
            // Text below no heading, of a row of its own.
            if begin || self.groups.is_empty() {
                self.groups.push(Group::default());
                (begin, open) = (false, false);
            }
            let Some(group) = self.groups.last_mut() else { continue };
            let sign = bullet(printed).filter(|b| Some(b.mark) == outermost);
            let first = printed.trim_start().chars().next().unwrap_or(' ');
            let counted = outermost.is_none() && labels::circled(first);
            let mut part = span.clone();
            if let Some(sign) = sign {
                part.start = (span.start + sign.chars).min(span.end);
                labels_out.push(Span { end: part.start, ..span.clone() });
            }
            let goes_on = sign.is_none() && !counted && open && !group.items.is_empty();
            match group.items.last_mut().filter(|_| goes_on) {
                Some(Passage { slot: Slot::Read(r), .. }) => r.spans.push(part),
                _ => group.items.push(Passage::from(Slot::read(vec![part], method))),
            }
            open = true;
        }
    }
}

/// Pairs the sides: an answer goes to the remarks about its targets, else to those in the same place.
pub(in crate::form::special_zone) fn pair(left: Side, right: Side) -> Vec<RawFinding> {
    let within = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|x| b.contains(x));
    let mut left: Vec<Option<Group>> =
        left.groups.into_iter().filter(|g| !g.items.is_empty() || !g.about.is_empty()).map(Some).collect();
    let mut out: Vec<(usize, RawFinding)> = Vec::new();
    let mut rest: Vec<Group> = Vec::new();
    for answer in right.groups {
        let mut found: Option<(usize, RawFinding)> = None;
        for (i, slot) in left.iter_mut().enumerate() {
            if slot.as_ref().is_some_and(|g| within(&g.about, &answer.about)) {
                let Some(group) = slot.take() else { continue };
                let finding = &mut found.get_or_insert_with(|| (i, RawFinding::default())).1;
                merge(finding, group);
            }
        }
        match found {
            Some((at, mut finding)) => {
                // The answer names all that it is about.
                finding.about.clone_from(&answer.about);
                finding.about_slot = about_slot(&finding.about_slot, &answer);
                finding.responses = answer.items;
                out.push((at, finding));
            }
            None => rest.push(answer),
        }
    }
    // Those whose answer names nothing, in their order.
    let mut rest = rest.into_iter();
    for (i, slot) in left.iter_mut().enumerate() {
        let Some(group) = slot.take() else { continue };
        let mut finding = RawFinding::default();
        merge(&mut finding, group);
        if let Some(answer) = rest.next() {
            if finding.about.is_empty() {
                finding.about.clone_from(&answer.about);
            }
            finding.about_slot = about_slot(&finding.about_slot, &answer);
            finding.responses = answer.items;
        }
        out.push((i, finding));
    }
    for answer in rest {
        let about_slot = about_slot(&Slot::Unplaced, &answer);
        let finding = RawFinding { about: answer.about, about_slot, remarks: Vec::new(), responses: answer.items };
        out.push((usize::MAX, finding));
    }
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, f)| f).collect()
}

fn merge(finding: &mut RawFinding, group: Group) {
    for number in &group.about {
        if !finding.about.contains(number) {
            finding.about.push(number.clone());
        }
    }
    finding.about_slot = about_slot(&finding.about_slot, &group);
    finding.remarks.extend(group.items);
}

fn about_slot(before: &Slot, group: &Group) -> Slot {
    let mut spans = before.spans().to_vec();
    spans.extend_from_slice(&group.about_spans);
    let method = match (before, group.items.first().map(|i| &i.slot)) {
        (Slot::Read(r), _) | (_, Some(Slot::Read(r))) => r.method,
        _ => Method::Order,
    };
    Slot::read(spans, method)
}

/// Findings that print no targets are about those that the running text announces for the indicator.
pub(in crate::form::special_zone) fn infer_about(zone: &mut RawZone, finding: &mut RawFinding, indicator: Option<u32>) {
    if !finding.about.is_empty() {
        return;
    }
    let at = format!("/findings/{}", zone.findings.len());
    let announced = indicator.and_then(|n| zone.announced.iter().find(|a| a.0 == n)).cloned();
    match announced {
        Some((number, targets, slot)) => {
            finding.about = targets;
            finding.about_slot = slot.inferred();
            let message =
                format!("no targets are printed here; those that the text announces for 評価指標({number}) are given");
            zone.note(at, "about_inferred", message);
        }
        None => zone.note(at, "about_unknown", "these remarks print no targets that they are about"),
    }
}
