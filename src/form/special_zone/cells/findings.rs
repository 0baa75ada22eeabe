//! 現地調査時の指摘事項 in two ruled columns, all in one row or in several.

use super::table::Table;
use super::{State as Reader, follows};
use crate::form::document::Method;
use crate::form::special_zone::annex::findings::{Side, infer_about, pair};
use crate::form::special_zone::raw::RawZone;
use crate::geometry::Rect;
use crate::layout::Span;

#[derive(Default)]
pub(super) struct State {
    left: Side,
    right: Side,
    /// The table read last and its columns.
    at: Option<(usize, Rect, Rect, Rect)>,
    /// The indicator whose tables were read last.
    pub indicator: Option<u32>,
}

impl State {
    /// Does a table without a header go on with the one before?
    pub fn goes_on(&self, table: &Table) -> bool {
        let header = table.has(|k| k == "目標値" || k == "関連する数値目標" || k == "年");
        !header && self.at.is_some_and(|(page, rect, ..)| follows(rect, page, table))
    }
}

impl Reader<'_> {
    pub(super) fn findings_table(&mut self, table: &Table, zone: &mut RawZone) {
        let mut first = true;
        self.read.push(("/findings", table.cells.iter().flat_map(|c| c.spans.iter().cloned()).collect()));
        for row in 0..table.rows {
            let starting = table.starting(row);
            let find = |words: &str| starting.iter().copied().find(|&i| table.cells[i].key.starts_with(words));
            if let (Some(a), Some(b)) = (find("[指摘事項]"), find("[左記に対する")) {
                for i in [a, b] {
                    zone.labels.extend_from_slice(&table.cells[i].spans);
                }
                let columns = (table.cells[a].rect, table.cells[b].rect);
                self.findings.at = Some((table.page, table.rect, columns.0, columns.1));
                continue;
            }
            let Some((page, _, left, right)) = self.findings.at else { continue };
            let side = |column: &Rect| -> Vec<Span> {
                let own = starting.iter().filter(|&&i| table.cells[i].in_column(column));
                own.flat_map(|&i| table.cells[i].spans.iter().cloned()).collect()
            };
            let (remarks, answers) = (side(&left), side(&right));
            let named = Side::names_targets(self.layout, &remarks) || Side::names_targets(self.layout, &answers);
            let over_page = first && !self.findings.left.groups.is_empty() && (page != table.page || !named);
            self.findings.at = Some((table.page, table.rect, left, right));
            let goes_on = over_page && !named;
            if !named && !goes_on {
                // Nothing but the row ties an answer to its remarks.
                let mut sides = (Side::default(), Side::default());
                sides.0.add(self.layout, &remarks, Method::Cell, true, &mut zone.labels);
                sides.1.add(self.layout, &answers, Method::Cell, true, &mut zone.labels);
                self.pair_findings(sides.0, sides.1, zone);
            } else {
                self.findings.left.add(self.layout, &remarks, Method::Cell, !goes_on && !first, &mut zone.labels);
                self.findings.right.add(self.layout, &answers, Method::Cell, !goes_on && !first, &mut zone.labels);
            }
            first = false;
        }
    }

    pub(super) fn close_findings(&mut self, zone: &mut RawZone) {
        let (left, right) = (std::mem::take(&mut self.findings.left), std::mem::take(&mut self.findings.right));
        self.findings.at = None;
        self.pair_findings(left, right, zone);
    }

    fn pair_findings(&mut self, left: Side, right: Side, zone: &mut RawZone) {
        for mut finding in pair(left, right) {
            let indicator = if self.columns.is_some() { None } else { self.findings.indicator };
            infer_about(zone, &mut finding, indicator);
            zone.findings.push(finding);
        }
    }
}
