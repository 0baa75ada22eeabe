//! The annexes read from ruled cells: each table by its header, tables cut by a page's end put together.

mod findings;
mod measures;
mod series;
mod table;

use super::labels;
use super::raw::{RawZone, Slot};
use super::record::SupportKind;
use super::rows::Row;
use crate::geometry::Rect;
use crate::layout::{Layout, Span};
use crate::normalize::money::MoneyUnit;
use measures::Columns;
pub(super) use measures::efforts;
use series::Series;
pub(super) use table::{Item, Table, items};

/// Where the annexes begin: the index of the first item of theirs.
pub(super) fn first(items: &[Item]) -> usize {
    let begins = |item: &Item| match item {
        Item::Row(row) => labels::begins_annex(&row.key),
        Item::Table(table) => table.has(|k| k == "目標値") || table.has(|k| k == "関連する数値目標"),
    };
    items.iter().position(begins).unwrap_or(items.len())
}

/// What the reader knows on its way through the annexes.
struct State<'a> {
    layout: &'a Layout,
    series: Option<Series>,
    columns: Option<Columns>,
    /// The last heading of 別紙３ that says which support follows.
    kind: Option<(SupportKind, Vec<Span>)>,
    /// The last heading over a table of 別紙４.
    category: Vec<Span>,
    /// A short line that is no heading of the form, and its key; nothing known stands between it and what follows.
    stray: Option<(String, Vec<Span>)>,
    /// The last heading marked ■.
    section: String,
    findings: findings::State,
    /// Section of the record, and the cells read for it: what of them no field takes is a doubt.
    read: Vec<(&'static str, Vec<Span>)>,
    /// So many lines more may belong to a note at the foot of a table.
    note: usize,
    /// A heading of 別紙３ that prints the unit of its amounts.
    unit: Vec<Span>,
    /// Sections of the record whose tables were met.
    headed: Vec<&'static str>,
    /// Sections that the last 別紙 is about.
    annex: &'static [&'static str],
}

/// Reads the annexes; gives the cells read, by section of the record.
pub(super) fn read(layout: &Layout, items: &[Item], zone: &mut RawZone) -> Vec<(&'static str, Vec<Span>)> {
    let mut state = State::new(layout);
    for item in items {
        match item {
            Item::Row(row) => state.row(row, zone),
            Item::Table(table) => {
                state.table(table, zone);
                state.stray = None;
            }
        }
    }
    state.close_series(zone);
    state.close_findings(zone);
    zone.without_table();
    for (section, name) in
        [("/regulatory_measures", "別紙２"), ("/financial_supports", "別紙３"), ("/local_supports", "別紙４")]
    {
        if !state.headed.contains(&section) {
            zone.doubt(section, "section_missing", format!("no table of {name} was found"));
        }
    }
    state.read
}

/// Longer lines are no headings of a table.
const HEADING: usize = 20;
/// A note that prints no full stop ends after so many lines more.
const NOTE: usize = 2;

impl<'a> State<'a> {
    fn new(layout: &'a Layout) -> State<'a> {
        State {
            layout,
            series: None,
            columns: None,
            kind: None,
            category: Vec::new(),
            stray: None,
            section: String::new(),
            findings: findings::State::default(),
            read: Vec::new(),
            note: 0,
            unit: Vec::new(),
            headed: Vec::new(),
            annex: &["/evaluation_indicators", "/findings"],
        }
    }

    /// A line outside of tables: a heading, a note of the form, or nothing known.
    fn row(&mut self, row: &Row, zone: &mut RawZone) {
        let key = row.key.as_str();
        let foot = key.starts_with("※寄与")
            || key.starts_with("※関連する数値目標")
            || key.starts_with("注1)")
            || key.starts_with("注2)");
        if foot || self.note > 0 && !labels::heads(key) {
            let left = if foot { NOTE } else { self.note - 1 };
            self.note = if key.ends_with('。') { 0 } else { left };
            zone.labels.extend_from_slice(&row.spans);
            return;
        }
        self.note = 0;
        if row.is_page_number(self.layout) || labels::is_annex_number(key) {
            zone.labels.extend_from_slice(&row.spans);
            return;
        }
        self.annex = match key {
            _ if key.starts_with("■目標に向けた") => &["/evaluation_indicators", "/findings"],
            _ if key.starts_with("■規制の特例") || key.starts_with("■国との協議") => {
                &["/regulatory_measures"]
            }
            _ if key.starts_with("■財政・税制・金融支援") => &["/financial_supports"],
            _ if key.starts_with("地域独自の取組") || key.starts_with("■体制強化") => &["/local_supports"],
            _ => self.annex,
        };
        if key.contains("単位") && MoneyUnit::from_label(key).is_some() {
            self.unit.clone_from(&row.spans);
            if key.starts_with('(') {
                zone.labels.extend_from_slice(&row.spans);
                return;
            }
        } else if key.starts_with('■') {
            self.unit.clear();
        }
        let section = key.starts_with('■') || key.starts_with("地域独自の取組の状況及び自己評価");
        if section {
            self.close_series(zone);
            self.close_findings(zone);
            if key.contains("指摘事項") {
                self.columns = None;
            }
            // Not so where the next page repeats it.
            if self.section != key {
                (self.kind, self.section) = (None, key.to_owned());
                self.category.clear();
            }
            self.stray = None;
            zone.labels.extend_from_slice(&row.spans);
            return;
        }
        if let Some(kind) = labels::support_kind(key) {
            self.kind = Some((kind, row.spans.clone()));
        }
        let short = key.chars().count() <= HEADING && !key.ends_with('。') && !key.starts_with(['(', '※', '注']);
        self.stray = short.then(|| (key.to_owned(), row.spans.clone()));
        let schedule = key.starts_with("目標達成に向けた実施スケジュール") || key.starts_with("特区名:");
        if labels::local_category(key)
            || schedule
            || key == "該当なし"
            || key.starts_with("[指摘事項]")
            || key.starts_with("[左記")
        {
            self.stray = None;
            if labels::local_category(key) {
                self.category.clone_from(&row.spans);
            }
            zone.labels.extend_from_slice(&row.spans);
        }
    }

    fn table(&mut self, table: &Table, zone: &mut RawZone) {
        self.note = 0;
        let first = table.starting(0).first().map_or("", |&i| table.cells[i].key.as_str());
        if first == "年" {
            // The schedule: its bars and marks are no field of the record.
            for row in 0..2 {
                for i in table.starting(row) {
                    zone.labels.extend_from_slice(&table.cells[i].spans);
                }
            }
            return;
        }
        if table.has(|k| k == "[指摘事項]" || k.starts_with("[左記に対する")) || self.findings.goes_on(table)
        {
            self.close_series(zone);
            self.findings_table(table, zone);
            return;
        }
        let columns = table.has(|k| k == "関連する数値目標");
        if columns || self.columns.as_ref().is_some_and(|c| c.goes_on(table)) {
            self.close_series(zone);
            self.close_findings(zone);
            self.columns_table(table, zone);
            return;
        }
        let own_efforts = |k: &str| k == "体制強化" || k.starts_with("民間の取組");
        if table.has(own_efforts) && table.rows <= 8 && !table.has(|k| k == "目標値") {
            self.close_series(zone);
            self.efforts_table(table, zone);
            return;
        }
        if table.has(|k| k == "目標値" || k == "実績値") || self.series.as_ref().is_some_and(|s| s.goes_on(table))
        {
            self.close_findings(zone);
            self.series_table(table, zone);
            return;
        }
        if table.cells.iter().any(|c| !c.spans.is_empty()) {
            for section in self.annex {
                let page = self.layout.pages.get(table.page).map_or(0, |p| p.number);
                let message = format!("a table on page {page} has no header of the form; it was left out");
                zone.doubt(*section, "table_unknown", message);
            }
        }
    }
}

/// Do two tables stand in the same columns, one a page below the other?
fn follows(rect: Rect, page: usize, table: &Table) -> bool {
    table.page == page + 1 && (rect.x0 - table.rect.x0).abs() < 6.0 && (rect.x1 - table.rect.x1).abs() < 6.0
}

/// Adds what a page break cut off to a field.
fn extend(slot: &mut Slot, spans: &[Span]) {
    if spans.is_empty() {
        return;
    }
    match slot {
        Slot::Read(r) => r.spans.extend_from_slice(spans),
        _ => *slot = Slot::read(spans.to_vec(), crate::form::document::Method::Cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::special_zone::rows::rows;
    use crate::source::TextLine;

    /// What is left of the reader after these lines, and the lines that it claimed for the form.
    fn read(lines: &[&str], test: impl Fn(&State, &[&str])) {
        let line = |(i, text): (usize, &&str)| TextLine { number: i as u32 + 1, page: 1, text: (*text).to_owned() };
        let layout = Layout::from_text(&lines.iter().enumerate().map(line).collect::<Vec<_>>());
        let mut zone = RawZone::default();
        let mut state = State::new(&layout);
        for row in rows(&layout, 0) {
            state.row(&row, &mut zone);
        }
        test(&state, &zone.labels.iter().map(|s| layout.text(s)).collect::<Vec<_>>());
    }

    #[test]
    fn a_note_without_a_full_stop_does_not_swallow_the_headings_behind_it() {
        let note = "※関連する数値目標の欄には、番号を記載";
        read(
            &[note, "■財政・税制・金融支援の活用実績及び自己評価", "金融支援措置の状況"],
            |state, labels| {
                assert_eq!(state.annex, &["/financial_supports"]);
                assert_eq!(state.kind.as_ref().map(|k| k.0), Some(SupportKind::Loan));
                assert_eq!(labels.len(), 3);
            },
        );
        read(&["■規制緩和・強化等", "規制の緩和"], |state, _| {
            assert!(state.category.is_empty() && state.stray.as_ref().is_some_and(|s| s.0 == "規制の緩和"));
        });
        read(&["規制の緩和", "規制緩和"], |state, _| assert!(state.stray.is_none()));
        read(&["※寄与度：割合を記入", "規制緩和"], |state, _| assert!(!state.category.is_empty()));
        // Two lines more at most; what stands behind is left over.
        read(&[note, "（続き", "続き）", "本文の一行"], |_, labels| assert_eq!(labels.len(), 3));
        read(&[note, "記載してください。", "本文の一行"], |_, labels| assert_eq!(labels.len(), 2));
    }

    #[test]
    fn a_unit_over_the_tables_is_kept() {
        read(
            &["■財政・税制・金融支援の活用実績及び自己評価（単位：百万円）"],
            |state, _| {
                assert!(!state.unit.is_empty());
            },
        );
        read(&["財政支援措置の状況（単位：千円）"], |state, _| {
            assert!(!state.unit.is_empty());
            assert_eq!(state.kind.as_ref().map(|k| k.0), Some(SupportKind::Fiscal));
        });
        read(&["（単位：百万円）"], |state, labels| assert!(!state.unit.is_empty() && labels.len() == 1));
    }
}
