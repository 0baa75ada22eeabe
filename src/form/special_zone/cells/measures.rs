//! 別紙２ to 別紙４: tables with a header row, one block of rows a measure or program.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::table::Table;
use super::{State, extend, follows};
use crate::form::document::Method;
use crate::form::special_zone::annex::ministry;
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::{RawAmount, RawLocal, RawMeasure, RawSupport, RawSupportRow, RawZone, Slot};
use crate::form::special_zone::record::SupportKind;
use crate::form::special_zone::tape::Tape;
use crate::geometry::Rect;
use crate::layout::{Layout, Span};

/// What a column holds, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Title,
    Related,
    Status,
    Effect,
    SelfEvaluation,
    Ministry,
    Item,
    Year(i32),
    Cumulative,
    Result,
    Jurisdictions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// 別紙２
    Measures,
    /// 別紙３
    Supports,
    /// 別紙４
    Locals,
}

/// The header of the table read last.
#[derive(Clone)]
pub(super) struct Columns {
    kind: Kind,
    all: Vec<(Column, Rect)>,
    page: usize,
    rect: Rect,
    /// A block was read below it.
    open: bool,
}

impl Columns {
    /// Does a table without a header go on with the one before?
    pub fn goes_on(&self, table: &Table) -> bool {
        let other = table.has(|k| k == "目標値" || k == "[指摘事項]" || k == "体制強化" || k == "年");
        !other && follows(self.rect, self.page, table)
    }

    fn of(&self, column: Column) -> Option<&Rect> {
        self.all.iter().find(|(c, _)| *c == column).map(|(_, rect)| rect)
    }
}

fn column(key: &str, first: bool) -> Option<Column> {
    Some(match key {
        _ if first => Column::Title,
        "関連する数値目標" => Column::Related,
        "年度" => Column::Item,
        "累計" | "合計" | "計" => Column::Cumulative,
        "自治体名" | "自治体" => Column::Jurisdictions,
        "実績" => Column::Result,
        _ if key.starts_with("自己評価") => Column::SelfEvaluation,
        _ if key.starts_with("事業の実施状況") || key.starts_with("実施状況") => Column::Status,
        _ if key.starts_with("直接効果") => Column::Effect,
        _ if key.starts_with("規制所管府省による評価") => Column::Ministry,
        _ => Column::Year(labels::year(key)?),
    })
}

impl State<'_> {
    pub(super) fn columns_table(&mut self, table: &Table, zone: &mut RawZone) {
        let mut row = 0;
        let mut first = true;
        while row < table.rows {
            let starting = table.starting(row);
            if starting.iter().any(|&i| table.cells[i].key == "関連する数値目標") {
                row += self.header(table, row, zone);
                continue;
            }
            let Some(columns) = self.columns.as_mut() else { return };
            let over_page = first && columns.page != table.page;
            (columns.page, columns.rect) = (table.page, table.rect);
            first = false;
            let Some(title_column) = columns.of(Column::Title).copied() else { return };
            let title = starting.iter().copied().find(|&i| table.cells[i].in_column(&title_column));
            let blank = title.is_none_or(|i| table.cells[i].spans.is_empty());
            let rows = title.map_or(row..row + 1, |i| table.cells[i].rows.clone());
            let goes_on = blank && columns.open && over_page;
            let section = match columns.kind {
                Kind::Measures => "/regulatory_measures",
                Kind::Supports => "/financial_supports",
                Kind::Locals => "/local_supports",
            };
            let block = table.within(&rows);
            self.read.push((section, block.iter().flat_map(|&i| table.cells[i].spans.iter().cloned()).collect()));
            self.block(table, &rows, title, goes_on, zone);
            row = rows.end.max(row + 1);
        }
    }

    /// Reads a header row; gives the rows that it takes.
    fn header(&mut self, table: &Table, row: usize, zone: &mut RawZone) -> usize {
        let starting = table.starting(row);
        let mut all: Vec<(Column, Rect)> = Vec::new();
        for (n, &i) in starting.iter().enumerate() {
            let cell = &table.cells[i];
            zone.labels.extend_from_slice(&cell.spans);
            all.extend(column(&cell.key, n == 0).map(|c| (c, cell.rect)));
        }
        let has = |wanted: Column| all.iter().any(|(c, _)| *c == wanted);
        let amounts = all.iter().any(|(c, _)| matches!(c, Column::Cumulative | Column::Year(_)));
        let local = has(Column::Jurisdictions) || has(Column::Result);
        let kind = match () {
            () if has(Column::Item) && amounts => Kind::Supports,
            () if local => Kind::Locals,
            () => Kind::Measures,
        };
        // 別紙４ names the results of other efforts 直接効果.
        if kind == Kind::Locals {
            for (column, _) in &mut all {
                if matches!(column, Column::Effect | Column::Status) {
                    *column = Column::Result;
                }
            }
        }
        let known =
            self.columns.as_ref().is_some_and(|c| c.kind == kind && c.open && c.page + 1 == table.page && row == 0);
        self.stray_heading(kind, zone);
        if kind == Kind::Supports {
            for &i in &starting {
                zone.calendar("/financial_supports", &table.cells[i].key);
            }
        }
        self.columns = Some(Columns {
            kind,
            all,
            page: if known { table.page - 1 } else { table.page },
            rect: table.rect,
            open: known,
        });
        starting.iter().map(|&i| table.cells[i].rows.len()).max().unwrap_or(1).max(1)
    }

    /// A heading in other words than the form's says which support follows, but not the reader.
    fn stray_heading(&mut self, kind: Kind, zone: &mut RawZone) {
        let Some((key, spans)) = self.stray.take() else { return };
        let message = format!("「{key}」 over a table is no heading that the form has");
        match kind {
            Kind::Measures => {}
            Kind::Supports => zone.doubt("/financial_supports", "heading_unknown", message),
            Kind::Locals => {
                zone.doubt("/local_supports", "heading_unknown", message);
                self.category = spans;
            }
        }
    }

    fn block(&mut self, table: &Table, rows: &Range<usize>, title: Option<usize>, goes_on: bool, zone: &mut RawZone) {
        let Some(columns) = self.columns.clone() else { return };
        let cell = |column: Column| -> Slot {
            let Some(rect) = columns.of(column) else { return Slot::Unplaced };
            let ids = table.column(rows, rect);
            let spans: Vec<Span> = ids.iter().flat_map(|&i| table.cells[i].spans.iter().cloned()).collect();
            match ids.first() {
                None => Slot::Unplaced,
                Some(&first) if spans.is_empty() => table.cells[first].slot(),
                Some(_) => Slot::read(spans, Method::Cell),
            }
        };
        let title_slot = title.map_or(Slot::Unplaced, |i| table.cells[i].slot());
        let inside: Vec<usize> =
            table.within(rows).into_iter().filter(|&i| rows.contains(&table.cells[i].rows.start)).collect();
        let nothing =
            title.is_some_and(|i| matches!(table.cells[i].key.as_str(), "該当なし" | "該当無し" | "なし" | "特になし"));
        let empty = inside.iter().all(|&i| table.cells[i].spans.is_empty());
        if nothing || empty {
            for &i in &inside {
                if matches!(columns.of(Column::Ministry), Some(rect) if table.cells[i].in_column(rect)) {
                    zone.labels.extend(ministry::read(self.layout, &table.cells[i].spans, Method::Cell).labels);
                } else if table.cells[i].key == "該当なし" || Some(i) == title {
                    zone.labels.extend_from_slice(&table.cells[i].spans);
                }
            }
            return;
        }
        if let Some(columns) = self.columns.as_mut() {
            columns.open = true;
        }
        match columns.kind {
            Kind::Measures => {
                let spans = cell(Column::Ministry);
                let found = ministry::read(self.layout, spans.spans(), Method::Cell);
                zone.labels.extend(found.labels);
                if let Some(last) = zone.measures.last_mut().filter(|_| goes_on) {
                    extend(&mut last.title, title_slot.spans());
                    extend(&mut last.related, cell(Column::Related).spans());
                    extend(&mut last.status, cell(Column::Status).spans());
                    extend(&mut last.effect, cell(Column::Effect).spans());
                    extend(&mut last.self_evaluation, cell(Column::SelfEvaluation).spans());
                    if matches!(last.ministry, Slot::Unplaced) {
                        last.ministry = found.ministry;
                    }
                    last.reference = last.reference.take().or(found.reference);
                    return;
                }
                zone.measures.push(RawMeasure {
                    title: title_slot,
                    related: cell(Column::Related),
                    status: cell(Column::Status),
                    effect: cell(Column::Effect),
                    self_evaluation: cell(Column::SelfEvaluation),
                    ministry: found.ministry,
                    reference: found.reference,
                });
            }
            Kind::Locals => {
                if let Some(last) = zone.locals.last_mut().filter(|_| goes_on) {
                    extend(&mut last.program, title_slot.spans());
                    extend(&mut last.related, cell(Column::Related).spans());
                    extend(&mut last.result, cell(Column::Result).spans());
                    extend(&mut last.self_evaluation, cell(Column::SelfEvaluation).spans());
                    extend(&mut last.jurisdictions, cell(Column::Jurisdictions).spans());
                    return;
                }
                zone.locals.push(RawLocal {
                    category: Slot::read(self.category.clone(), Method::Position),
                    program: title_slot,
                    related: cell(Column::Related),
                    result: cell(Column::Result),
                    self_evaluation: cell(Column::SelfEvaluation),
                    jurisdictions: cell(Column::Jurisdictions),
                });
            }
            Kind::Supports => {
                let amounts = support_rows(self.layout, table, &columns, rows, &self.unit, zone);
                if let Some(last) = zone.supports.last_mut().filter(|_| goes_on) {
                    extend(&mut last.program, title_slot.spans());
                    extend(&mut last.related, cell(Column::Related).spans());
                    extend(&mut last.self_evaluation, cell(Column::SelfEvaluation).spans());
                    last.rows.extend(amounts);
                    return;
                }
                let (kind, heading) = match &self.kind {
                    Some((kind, spans)) => (*kind, Slot::read(spans.clone(), Method::Position)),
                    None => (SupportKind::Fiscal, Slot::Unplaced),
                };
                if heading == Slot::Unplaced {
                    let at = format!("/financial_supports/{}", zone.supports.len());
                    zone.doubt(at, "kind_assumed", "no heading says which support this is; read as 財政支援");
                }
                zone.supports.push(RawSupport {
                    kind,
                    heading,
                    program: title_slot,
                    related: cell(Column::Related),
                    rows: amounts,
                    self_evaluation: cell(Column::SelfEvaluation),
                });
            }
        }
    }

    /// ■体制強化、関連する民間の取組等: a label on the left, what was done on the right, 【自治体】 by turns.
    pub(super) fn efforts_table(&mut self, table: &Table, zone: &mut RawZone) {
        self.read.push(("/local_supports", table.cells.iter().flat_map(|c| c.spans.iter().cloned()).collect()));
        for row in 0..table.rows {
            let starting = table.starting(row);
            let Some((&label, values)) = starting.split_first() else { continue };
            let spans: Vec<Span> = values.iter().flat_map(|&i| table.cells[i].spans.iter().cloned()).collect();
            let key: String = values.iter().map(|&i| table.cells[i].key.as_str()).collect();
            if table.cells[label].spans.is_empty() || !labels::local_category(&table.cells[label].key) {
                if let Some(last) = zone.locals.last_mut() {
                    extend(&mut last.result, &spans);
                }
                continue;
            }
            zone.labels.extend_from_slice(&table.cells[label].spans);
            if key == "該当なし" {
                zone.labels.extend(spans);
                continue;
            }
            let category = Slot::read(table.cells[label].spans.clone(), Method::Cell);
            efforts(self.layout, &category, &spans, Method::Cell, zone);
        }
    }
}

static BY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"【([^【】]{1,20}?[都道府県市区町村郡])】").ok());

/// What was done, parted at each 【自治体】.
pub(in crate::form::special_zone) fn efforts(
    layout: &Layout,
    category: &Slot,
    spans: &[Span],
    method: Method,
    zone: &mut RawZone,
) {
    let tape = Tape::new(layout, spans);
    let marks: Vec<(Range<usize>, Range<usize>)> = BY
        .iter()
        .flat_map(|r| r.captures_iter(&tape.text))
        .filter_map(|m| Some((m.get(0)?.range(), m.get(1)?.range())))
        .filter(|(all, _)| tape.line_begins(all.start))
        .collect();
    let first = marks.first().map_or(tape.text.len(), |m| m.0.start);
    let mut parts: Vec<(Slot, Range<usize>)> = Vec::new();
    if !tape.text[..first].trim().is_empty() {
        parts.push((Slot::Blank(None), 0..first));
    }
    for (n, (all, name)) in marks.iter().enumerate() {
        let end = marks.get(n + 1).map_or(tape.text.len(), |m| m.0.start);
        zone.labels.extend(tape.spans(all.clone()));
        parts.push((Slot::read(tape.spans(name.clone()), method), all.end..end));
    }
    for (jurisdictions, range) in parts {
        zone.locals.push(RawLocal {
            category: category.clone(),
            program: Slot::Blank(None),
            related: Slot::Blank(None),
            result: Slot::read(tape.spans(range), method),
            self_evaluation: Slot::Blank(None),
            jurisdictions,
        });
    }
}

/// The rows of amounts of a block.
fn support_rows(
    layout: &Layout,
    table: &Table,
    columns: &Columns,
    rows: &Range<usize>,
    unit: &[Span],
    zone: &mut RawZone,
) -> Vec<RawSupportRow> {
    let mut out = Vec::new();
    let Some(items) = columns.of(Column::Item) else { return out };
    for i in table.column(rows, items) {
        let label = &table.cells[i];
        let Some(item) = labels::support_item(&label.key) else {
            if !label.spans.is_empty() {
                let at = format!("/financial_supports/{}/rows", zone.supports.len());
                zone.doubt(at, "row_unknown", format!("「{}」 is no row that the form has; left out", label.key));
            }
            continue;
        };
        zone.labels.extend_from_slice(&label.spans);
        let amount = |rect: &Rect| -> RawAmount {
            let Some(at) = table.at(label.rows.start, rect) else { return RawAmount::default() };
            split_unit(layout, table.cells[at].slot())
        };
        let mut amounts: Vec<(i32, RawAmount)> = Vec::new();
        for (column, rect) in &columns.all {
            if let Column::Year(year) = column {
                amounts.push((*year, amount(rect)));
            }
        }
        let mut cumulative = columns.of(Column::Cumulative).map(amount).unwrap_or_default();
        for a in amounts.iter_mut().map(|(_, a)| a).chain([&mut cumulative]) {
            zone.labels.extend_from_slice(&a.unit);
            // Without a unit of its own an amount has that of the heading.
            if a.unit.is_empty() {
                a.unit = unit.to_vec();
            }
        }
        out.push(RawSupportRow { item, label: label.slot(), amounts, cumulative });
    }
    out
}

static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\(\s*[百千万億]*円\s*\)\s*$").ok());

/// Parts （千円） from the amount above it.
fn split_unit(layout: &Layout, slot: Slot) -> RawAmount {
    let tape = Tape::new(layout, slot.spans());
    let Some(unit) = UNIT.as_ref().and_then(|r| r.find(&tape.text)) else {
        return RawAmount { value: slot, unit: Vec::new() };
    };
    let value = tape.spans(0..unit.start());
    let value = if value.is_empty() { Slot::Blank(None) } else { Slot::read(value, Method::Cell) };
    RawAmount { value, unit: tape.spans(unit.range()) }
}
