//! 別紙２ in flattened text: title, targets, three passages and the ministry's cell, measure by measure.

use super::is_furniture;
use super::lex::{self, Block, Piece, ends_sentence, slot};
use crate::form::document::Method;
use crate::form::special_zone::annex::findings::{Side, infer_about, pair};
use crate::form::special_zone::annex::ministry;
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::{RawMeasure, RawZone, Slot};
use crate::form::special_zone::rows::Row;
use crate::layout::Layout;

/// What the headers of the three tables print.
const HEADERS: [&str; 15] = [
    "特定国際戦略(地域活性化)事業の名称",
    "特定国際戦略事業の名称",
    "特定地域活性化事業の名称",
    "全国展開された措置の名称",
    "現時点で実現可能なことが明らかとなった措置の概要",
    "関連する数値目標",
    "事業の実施状況",
    "実施状況",
    "直接効果",
    "(できる限り数値を用いること)",
    "(可能であれば数値を用いること)",
    "自己評価",
    "規制所管府省による評価",
    "該当なし",
    "特になし",
];

pub(super) fn read(layout: &Layout, rows: &[&Row], zone: &mut RawZone) {
    let parted = lex::is_parted(rows);
    let mut open: Vec<Block> = Vec::new();
    let mut related: Option<usize> = None;
    let mut fresh = true;
    let mut site = false;
    let mut i = 0;
    while i < rows.len() {
        let row = rows[i];
        fresh |= row.apart && parted;
        if row.key.starts_with('■') && row.key.contains("指摘事項") {
            close(&mut open, &mut related, None, zone);
            site = true;
        } else if row.key.starts_with('■') {
            site = false;
        }
        if is_furniture(&row.key) || row.is_page_number(layout) {
            zone.labels.extend_from_slice(&row.spans);
            (i, fresh) = (i + 1, true);
            continue;
        }
        if let Some(taken) = lex::labels_at(rows[i..].iter().map(|r| r.key.as_str()), &HEADERS) {
            for row in &rows[i..i + taken] {
                zone.labels.extend_from_slice(&row.spans);
            }
            (i, fresh) = (i + taken, true);
            continue;
        }
        if row.key.starts_with("規制所管府省名")
            || row.key.starts_with('□')
            || row.key.starts_with("⇒□")
            || is_remark(&row.key)
        {
            let taken = ministry_rows(&rows[i..], parted);
            let spans: Vec<_> = rows[i..i + taken].iter().flat_map(|r| r.spans.iter().cloned()).collect();
            let cell = ministry::read(layout, &spans, Method::Order);
            zone.labels.extend(cell.labels.clone());
            if row.key.starts_with("規制所管府省名") && matches!(cell.ministry, Slot::Read(_))
                || cell.reference.is_some()
            {
                close(&mut open, &mut related, Some((cell.ministry, cell.reference)), zone);
            }
            (i, fresh) = (i + taken, true);
            continue;
        }
        if site {
            i += 1;
            continue;
        }
        // An empty table whose first and last cell share a line.
        let parts = row.spans.first().map(|s| lex::words(layout, s)).unwrap_or_default();
        if let [none, rest, ..] = parts.as_slice()
            && Piece::part(layout, none.clone()).key == "該当なし"
            && Piece::part(layout, rest.clone()).key.starts_with("規制所管府省名")
        {
            zone.labels.push(none.clone());
            let cell = crate::layout::Span { end: row.spans[0].end, ..rest.clone() };
            zone.labels.extend(ministry::read(layout, &[cell], Method::Order).labels);
            (i, fresh) = (i + 1, true);
            continue;
        }
        // `数値目標（２）－① 消防庁との協議により…`: the first words of the next cell on the same line.
        let words = row.spans.first().map(|s| lex::words(layout, s)).unwrap_or_default();
        let first = words.first().cloned();
        // Targets drawn before any title are of no measure that can be told.
        if open.is_empty() && words.len() == 1 && labels::is_related(&row.key) {
            zone.doubt(
                "/regulatory_measures",
                "targets_unplaced",
                "targets stand before the titles that they belong to",
            );
            i += 1;
            continue;
        }
        if let Some(first) =
            first.filter(|f| labels::is_related(&Piece::part(layout, f.clone()).key) && !open.is_empty())
        {
            let rest = words.get(1).map(|next| crate::layout::Span { start: next.start, ..row.spans[0].clone() });
            let piece = Piece::part(layout, first);
            let last = related == open.len().checked_sub(1);
            match related.filter(|_| last).and_then(|at| open.get_mut(at)) {
                Some(block) => block.push(piece),
                None => {
                    related = Some(open.len());
                    open.push(vec![piece]);
                }
            }
            fresh = true;
            if let Some(rest) = rest {
                open.push(vec![Piece::part(layout, rest)]);
                fresh = false;
            }
            i += 1;
            continue;
        }
        let begins = fresh || open.is_empty() || related == open.len().checked_sub(1);
        match open.last_mut().filter(|_| !begins) {
            Some(block) => block.push(Piece::of(row)),
            None => open.push(vec![Piece::of(row)]),
        }
        // Without empty lines a cell ends where a sentence does.
        fresh = !parted && related.is_some() && ends_sentence(&row.key);
        i += 1;
    }
    close(&mut open, &mut related, None, zone);
    site_findings(layout, rows, zone);
}

fn is_remark(key: &str) -> bool {
    matches!(key, "<参考意見>" | "<特記事項>")
}

/// The lines of the ministry's cell: to its last label, or the next empty line.
fn ministry_rows(rows: &[&Row], parted: bool) -> usize {
    let mut n = 1;
    while n < rows.len() && n < 8 {
        if is_remark(&rows[n - 1].key) || (parted && rows[n].apart) {
            break;
        }
        let key = rows[n].key.as_str();
        let labelled = key.contains("整理番号") || key.starts_with('□') || key.starts_with("⇒") || is_remark(key);
        // The names of several ministries may be wrapped.
        let wrapped = rows[n - 1].key.starts_with("規制所管府省名")
            && rows.get(n + 1).is_some_and(|r| r.key.contains("整理番号"));
        if !labelled && !wrapped {
            break;
        }
        n += 1;
    }
    n
}

/// Ends a measure at its ministry's cell: title, targets, then three passages.
fn close(
    open: &mut Vec<Block>,
    related: &mut Option<usize>,
    ministry: Option<(Slot, Option<Slot>)>,
    zone: &mut RawZone,
) {
    let blocks = std::mem::take(open);
    let at = related.take();
    let index = zone.measures.len();
    let path = format!("/regulatory_measures/{index}");
    let (Some((ministry, reference)), Some(at)) = (ministry.clone(), at) else {
        if !blocks.is_empty() || ministry.is_some() {
            zone.doubt(path, "measure_unplaced", "text of 別紙２ could not be tied to one measure; see `unassigned`");
        }
        return;
    };
    let (title, rest) = blocks.split_at(at);
    let title: Vec<Piece> = title.iter().flatten().cloned().collect();
    let passages = &rest[1..];
    let mut fields = [Slot::Unplaced, Slot::Unplaced, Slot::Unplaced];
    match passages.len() {
        3 => {
            for (field, block) in fields.iter_mut().zip(passages) {
                *field = slot(block);
            }
        }
        n => {
            let message = format!("{n} passages stand where the form has three (実施状況, 直接効果, 自己評価)");
            zone.doubt(path.clone(), "passages_inferred", message);
            for (i, field) in fields.iter_mut().enumerate() {
                let own: Vec<Piece> = match i {
                    2 => passages.get(2..).unwrap_or_default().iter().flatten().cloned().collect(),
                    _ => passages.get(i).cloned().unwrap_or_default(),
                };
                *field = slot(&own).inferred();
            }
        }
    }
    zone.note(path, "cells_by_order", "which passage stood in which column was told by their order");
    let [status, effect, self_evaluation] = fields;
    zone.measures.push(RawMeasure {
        title: slot(&title),
        related: slot(&rest[0]),
        status,
        effect,
        self_evaluation,
        ministry,
        reference,
    });
}

/// ■上記に係る現地調査時指摘事項 at the end of an annex: the first block is the remark, bullets are the answers.
pub(super) fn site_findings(layout: &Layout, rows: &[&Row], zone: &mut RawZone) -> usize {
    let from = rows.iter().position(|r| r.key.starts_with('■') && r.key.contains("指摘事項"));
    let Some(from) = from else { return rows.len() };
    let (mut left, mut right) = (Side::default(), Side::default());
    let mut answers = false;
    for row in &rows[from..] {
        if is_furniture(&row.key) {
            zone.labels.extend_from_slice(&row.spans);
            continue;
        }
        if row.key.starts_with("※このページ") || row.key.starts_with('【') || row.key == "該当なし" {
            break;
        }
        let first = row.key.starts_with('●');
        let side = if first || answers { &mut right } else { &mut left };
        answers |= first;
        let fresh = side.groups.is_empty();
        side.add(layout, &row.spans, Method::Order, fresh, &mut zone.labels);
    }
    for mut finding in pair(left, right) {
        infer_about(zone, &mut finding, None);
        zone.findings.push(finding);
    }
    from
}
