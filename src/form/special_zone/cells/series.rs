//! 別紙１: a table of one target: years, 目標値, 実績値, 進捗度, and five passages.

use super::table::Table;
use super::{State, extend, follows};
use crate::form::document::Method;
use crate::form::special_zone::annex::target;
use crate::form::special_zone::labels::{self, Narrative};
use crate::form::special_zone::raw::{Passage, RawAnnex, RawSeriesYear, RawZone, Slot};
use crate::geometry::Rect;
use crate::layout::Span;

/// A table that is being read; it may go on over the page.
pub(super) struct Series {
    annex: RawAnnex,
    /// The year headings that stand over its columns.
    years: Vec<Rect>,
    indicator: Vec<Span>,
    target: Vec<Span>,
    /// Columns of the left-hand cells and of the labels.
    indicator_column: Option<Rect>,
    target_column: Option<Rect>,
    label_column: Option<Rect>,
    last: Option<Narrative>,
    page: usize,
    rect: Rect,
}

impl Series {
    pub fn goes_on(&self, table: &Table) -> bool {
        follows(self.rect, self.page, table)
    }
}

fn field(annex: &mut RawAnnex, narrative: Narrative) -> &mut Passage {
    match narrative {
        Narrative::Approach => &mut annex.approach,
        Narrative::Basis => &mut annex.basis,
        Narrative::SelfEvaluation => &mut annex.self_evaluation,
        Narrative::External => &mut annex.external_factors,
        Narrative::Alternative => &mut annex.alternative,
    }
}

impl State<'_> {
    pub(super) fn series_table(&mut self, table: &Table, zone: &mut RawZone) {
        if table.has(|k| k == "目標値") || self.series.is_none() {
            self.close_series(zone);
            self.series = Some(Series {
                annex: RawAnnex::default(),
                years: Vec::new(),
                indicator: Vec::new(),
                target: Vec::new(),
                indicator_column: None,
                target_column: None,
                label_column: None,
                last: None,
                page: table.page,
                rect: table.rect,
            });
        }
        let Some(series) = self.series.as_mut() else { return };
        (series.page, series.rect) = (table.page, table.rect);
        let mut used = vec![false; table.cells.len()];
        self.read.push(("/evaluation_indicators", table.cells.iter().flat_map(|c| c.spans.iter().cloned()).collect()));
        for row in 0..table.rows {
            let starting = table.starting(row);
            let years: Vec<(usize, i32)> =
                starting.iter().filter_map(|&i| Some((i, labels::year(&table.cells[i].key)?))).collect();
            if years.len() > 1 {
                for &(i, year) in &years {
                    let cell = &table.cells[i];
                    zone.calendar("/evaluation_indicators", &cell.key);
                    used[i] = true;
                    zone.labels.extend_from_slice(&cell.spans);
                    if series.annex.years.iter().any(|y| y.fiscal_year == year) {
                        continue;
                    }
                    series.years.push(cell.rect);
                    let heading = cell.slot();
                    series.annex.years.push(RawSeriesYear { fiscal_year: year, heading, ..RawSeriesYear::default() });
                }
                continue;
            }
            for &i in &starting {
                if used[i] {
                    continue;
                }
                let cell = &table.cells[i];
                let key = cell.key.as_str();
                let value = match () {
                    () if key == "目標値" => Some(0),
                    () if key == "実績値" => Some(1),
                    () if key.starts_with("進捗") && key.chars().count() <= 8 => Some(2),
                    () => None,
                };
                if let Some(value) = value {
                    used[i] = true;
                    series.label_column.get_or_insert(cell.rect);
                    zone.labels.extend_from_slice(&cell.spans);
                    for (year, column) in series.annex.years.iter_mut().zip(&series.years) {
                        let Some(at) = table.at(row, column) else { continue };
                        used[at] = true;
                        let slot = table.cells[at].slot();
                        match value {
                            0 => year.target = slot,
                            1 => year.actual = slot,
                            _ => year.progress = slot,
                        }
                    }
                } else if let Some(narrative) = labels::narrative(key) {
                    used[i] = true;
                    series.label_column.get_or_insert(cell.rect);
                    zone.labels.extend_from_slice(&cell.spans);
                    series.last = Some(narrative);
                    let right = cell.rect.x1 - 2.0;
                    let rows = &cell.rows;
                    for at in table.within(rows) {
                        let other = &table.cells[at];
                        let beside = other.rect.x0 >= right;
                        if !beside || used[at] {
                            continue;
                        }
                        used[at] = true;
                        let passage = field(&mut series.annex, narrative);
                        match &passage.slot {
                            Slot::Read(_) => extend(&mut passage.slot, &other.spans),
                            Slot::Blank(_) if other.spans.is_empty() => {}
                            _ => passage.slot = other.slot(),
                        }
                    }
                } else if key.starts_with("評価指標(") {
                    used[i] = true;
                    series.indicator_column = Some(cell.rect);
                    extend_spans(&mut series.indicator, &cell.spans);
                } else if key.starts_with("数値目標(") {
                    used[i] = true;
                    series.target_column = Some(cell.rect);
                    extend_spans(&mut series.target, &cell.spans);
                } else if !cell.spans.is_empty() {
                    used[i] = true;
                    // What the end of the page before cut off.
                    let column = |c: &Option<Rect>| c.is_some_and(|c| c.contains(cell.rect.center().0, c.center().1));
                    if column(&series.indicator_column) {
                        series.indicator.extend_from_slice(&cell.spans);
                    } else if column(&series.target_column) {
                        series.target.extend_from_slice(&cell.spans);
                    } else if column(&series.label_column) {
                        zone.labels.extend_from_slice(&cell.spans);
                    } else if let Some(last) = series.last {
                        extend(&mut field(&mut series.annex, last).slot, &cell.spans);
                    }
                }
            }
        }
    }

    /// Ends the table of one target and ties it to the target.
    pub(super) fn close_series(&mut self, zone: &mut RawZone) {
        let Some(series) = self.series.take() else { return };
        let mut annex = series.annex;
        let (name, labels) = target::indicator(self.layout, &series.indicator, Method::Cell);
        annex.indicator = name;
        zone.labels.extend(labels);
        let target = target::target(self.layout, &series.target, Method::Cell);
        annex.name = target.name;
        annex.goal = target.goal;
        annex.goal_cut = target.goal_cut;
        annex.weight = target.weight;
        zone.labels.extend(target.labels);
        let number = target.numbers.first().and_then(|n| n[1..].split(')').next()).and_then(|n| n.parse().ok());
        self.findings.indicator = number.or(self.findings.indicator);
        zone.attach(&target.numbers, annex);
    }
}

/// A header that is repeated on the next page prints the same once more.
fn extend_spans(into: &mut Vec<Span>, spans: &[Span]) {
    if into.is_empty() {
        into.extend_from_slice(spans);
    }
}
