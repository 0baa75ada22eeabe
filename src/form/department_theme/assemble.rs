//! A theme as found → its record, evidence and diagnostics. The only place that interprets what the form prints.

use super::measure::{self, Said};
use super::outline::{self, Item, Para, Piece};
use super::raw::{Entry, RawInitiative, RawTable, RawTheme};
use super::record::{
    MeasureRole, TargetType, Theme, ThemeColumn, ThemeInitiative, ThemeMeasure, ThemeProgress, ThemeTable, ThemeTarget,
};
use super::words;
use crate::diagnostic::Diagnostic;
use crate::form::document::{Evidence, Method, Printed};
use crate::form::leaf::{self, Leaves};
use crate::form::slot::Slot;
use crate::layout::{Layout, Span};
use crate::normalize::bullet::Mark;
use crate::normalize::era::{self, Date};
use crate::normalize::{dash, fold};

/// One record with what the document says about it.
pub struct Assembled {
    pub record: Theme,
    pub as_of: Option<Date>,
    /// The first heading that gave it.
    pub dated: Slot,
    pub evidence: Vec<(String, Evidence)>,
    pub claims: Vec<Span>,
    pub diagnostics: Vec<Diagnostic>,
}

struct Work<'a> {
    layout: &'a Layout,
    leaves: Leaves<'a>,
    claims: Vec<Span>,
    /// Fiscal year of the results.
    year: Option<i32>,
}

/// `index`: the record's place in the document, for the JSON Pointers.
pub fn assemble(layout: &Layout, raw: RawTheme, index: usize) -> Assembled {
    let leaves = Leaves::new(layout, format!("/records/{index}"));
    let mut work = Work { layout, leaves, claims: raw.labels.clone(), year: None };
    work.claims.extend_from_slice(raw.form_title.spans());
    let department = work.department(&raw.department);
    let number = work.number(&raw.number);
    let title = work.leaves.name("/title", &raw.title);
    let (as_of, date, dated) = work.as_of(&raw.initiatives);
    work.year = date.map(era::fiscal_year_of);
    let directions = work.directions(raw.directions);
    let initiatives = raw.initiatives.into_iter().enumerate().map(|(i, x)| work.initiative(i, x)).collect();
    let record = Theme { pages: raw.pages, department, number, title, directions, as_of, initiatives };
    let mut diagnostics: Vec<Diagnostic> = raw.doubts.iter().map(|d| d.diagnostic(index)).collect();
    // The reader knows better why a field is unplaced than the leaf does.
    let said: Vec<Option<String>> = diagnostics.iter().map(|d| d.at.clone()).collect();
    let more = std::mem::take(&mut work.leaves.diagnostics);
    diagnostics.extend(more.into_iter().filter(|d| d.code != "unplaced" || !said.contains(&d.at)));
    let mut claims = work.leaves.claims;
    claims.extend(work.claims);
    claims.sort_unstable();
    claims.dedup();
    Assembled { record, as_of: date, dated, evidence: work.leaves.evidence, claims, diagnostics }
}

impl Work<'_> {
    fn note(&mut self, code: &str, path: &str, message: String) {
        let at = self.leaves.pointer(path);
        self.leaves.diagnostics.push(Diagnostic::note(code, message).at(at));
    }

    fn department(&mut self, slot: &Slot) -> Printed<String> {
        let brackets = |c: char| "【】<>[]()".contains(c);
        self.leaves.leaf("/department", slot, |lines| leaf::name(lines).trim_matches(brackets).to_owned())
    }

    fn number(&mut self, slot: &Slot) -> Printed<u32> {
        let read = |lines: &[&str]| fold::key(&lines.concat()).parse().ok();
        match self.leaves.leaf("/number", slot, read) {
            Printed::Value(Some(number)) => Printed::Value(number),
            Printed::Empty => Printed::Empty,
            Printed::Value(None) | Printed::Unplaced => Printed::Unplaced,
        }
    }

    /// The month that the headings of the third column print: that of the first that has one.
    fn as_of(&mut self, initiatives: &[RawInitiative]) -> (Printed<String>, Option<Date>, Slot) {
        let mut found: Option<(Date, Slot)> = None;
        for (i, initiative) in initiatives.iter().enumerate() {
            self.claims.extend_from_slice(initiative.as_of.spans());
            let text: String = self.layout.texts(initiative.as_of.spans()).collect();
            let Some(date) = words::as_of(&text) else { continue };
            match &found {
                None => found = Some((date, initiative.as_of.clone())),
                Some((first, _)) if *first != date => {
                    let message = format!("initiative {} prints {date}, the first one {first}", i + 1);
                    self.leaves.warn("as_of_differs", "/as_of", message);
                }
                Some(_) => {}
            }
        }
        match found {
            Some((date, slot)) => {
                self.leaves.evidence("/as_of", &slot);
                (Printed::Value(date.to_string()), Some(date), slot)
            }
            None => {
                let message = "no heading 進捗状況 prints the month of the results".to_owned();
                self.leaves.warn("unplaced", "/as_of", message);
                (Printed::Unplaced, None, Slot::Unplaced)
            }
        }
    }

    fn directions(&mut self, entries: Vec<Entry>) -> Vec<String> {
        let paras = paras(outline::pieces(self.layout, &entries, |_| false), &mut Vec::new());
        let mut items: Vec<Item> = Vec::new();
        let top = paras.iter().filter_map(|p| p.bullet).map(|b| b.mark).min();
        for para in paras {
            // Bullets that stand deeper than the outermost go with the one before.
            let below = para.bullet.is_none_or(|b| Some(b.mark) != top) && top.is_some();
            match items.last_mut() {
                Some(item) if below => item.paras.push(para),
                _ => items.push(Item { paras: vec![para] }),
            }
        }
        items.into_iter().enumerate().map(|(i, item)| self.text(&format!("/directions/{i}"), &item)).collect()
    }

    /// The words of an item, with its evidence.
    fn text(&mut self, path: &str, item: &Item) -> String {
        self.leaves.evidence(path, &item.slot());
        item.text(self.layout)
    }

    fn initiative(&mut self, index: usize, raw: RawInitiative) -> ThemeInitiative {
        let base = format!("/initiatives/{index}");
        let title = self.leaves.name(&format!("{base}/title"), &raw.title);
        let [actions, targets, progress] = raw.columns;
        let mut tables = Vec::new();
        let mut column = |work: &mut Self, entries, column, starts: outline::Starts| {
            let entries = outline::prepare(work.layout, entries);
            let mut own = Vec::new();
            let paras = paras(outline::pieces(work.layout, &entries, starts), &mut own);
            tables.extend(own.into_iter().map(|t| (column, t)));
            paras
        };
        let actions = column(self, actions, ThemeColumn::Actions, |_| false);
        let targets = column(self, targets, ThemeColumn::Targets, |line| {
            words::target_type(line).is_some() || words::is_indicator_label(line)
        });
        let progress = column(self, progress, ThemeColumn::Progress, |_| false);
        let (objective, actions) = self.actions(&base, actions);
        let targets = self.targets(&base, targets);
        let progress = self.progress(&base, progress);
        let tables = tables.into_iter().enumerate().map(|(i, (c, t))| self.table(&format!("{base}/tables/{i}"), c, t));
        ThemeInitiative { title, objective, actions, targets, progress, tables: tables.collect() }
    }

    /// The lines marked ■ (or those before any bullet), and the items.
    fn actions(&mut self, base: &str, paras: Vec<Para>) -> (Printed<String>, Vec<String>) {
        let mut objective = Item::default();
        let mut rest: Vec<Para> = Vec::new();
        let square = |p: &Para| p.bullet.is_some_and(|b| matches!(b.sign, '■' | '□' | '◆'));
        for para in paras {
            let lead = rest.is_empty() && (objective.paras.is_empty() || para.bullet.is_none());
            let plain = para.bullet.is_none() && !para.text(self.layout).trim_start().starts_with('【');
            if square(&para) || lead && plain {
                objective.paras.push(para);
            } else {
                rest.push(para);
            }
        }
        let path = format!("{base}/objective");
        let objective = if objective.paras.is_empty() {
            self.leaves.warn("unplaced", &path, "no line of the first column is marked ■".to_owned());
            Printed::Unplaced
        } else {
            // Each is a statement of its own: none keeps its mark.
            self.leaves.evidence(&path, &objective.slot());
            let each = objective.paras.into_iter().map(|p| Item { paras: vec![p] }.text(self.layout));
            Printed::Value(each.collect::<Vec<_>>().join("\n"))
        };
        let items = outline::items(self.layout, rest);
        let texts = items.iter().enumerate().map(|(i, item)| self.text(&format!("{base}/actions/{i}"), item)).collect();
        (objective, texts)
    }

    fn targets(&mut self, base: &str, paras: Vec<Para>) -> Vec<ThemeTarget> {
        let mut out: Vec<ThemeTarget> = Vec::new();
        let mut kind: Option<(TargetType, Slot)> = None;
        let mut open: Vec<(Option<(TargetType, Slot)>, Item)> = Vec::new();
        let mut group: Vec<Para> = Vec::new();
        let close = |group: &mut Vec<Para>, kind: &Option<(TargetType, Slot)>, open: &mut Vec<_>, layout: &Layout| {
            open.extend(outline::items(layout, std::mem::take(group)).into_iter().map(|item| (kind.clone(), item)));
        };
        for para in paras {
            let text = para.text(self.layout);
            if words::is_indicator_label(text) {
                self.claims.extend(para.spans().cloned());
            } else if let Some((of, _)) = words::target_type(text) {
                close(&mut group, &kind, &mut open, self.layout);
                self.claims.extend(para.spans().cloned());
                kind = Some((of, Slot::read(para.spans().cloned().collect(), para.lines[0].method)));
            } else {
                group.push(para);
            }
        }
        close(&mut group, &kind, &mut open, self.layout);
        for (kind, item) in open {
            let path = format!("{base}/targets/{}", out.len());
            match &kind {
                Some((_, slot)) => self.leaves.evidence(&format!("{path}/type"), slot),
                None => {
                    let message = "no heading says whether it is 数値目標 or 定性的な目標".to_owned();
                    self.note("target_type_unknown", &format!("{path}/type"), message);
                }
            }
            let text = self.text(&format!("{path}/text"), &item);
            let kind = kind.map(|(of, _)| of);
            let mut measures = Vec::new();
            if kind != Some(TargetType::Qualitative) {
                measures = self.measures(&path, &item, MeasureRole::Target);
                if measures.is_empty() && kind == Some(TargetType::Quantitative) {
                    let message = "数値目標, but no number with a name was read".to_owned();
                    self.note("measure_unread", &format!("{path}/measures"), message);
                }
            }
            out.push(ThemeTarget { kind, text, measures });
        }
        out
    }

    fn progress(&mut self, base: &str, paras: Vec<Para>) -> Vec<ThemeProgress> {
        let items = outline::items(self.layout, paras);
        let mut out = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let path = format!("{base}/progress/{i}");
            let text = self.text(&format!("{path}/text"), item);
            out.push(ThemeProgress { text, measures: self.measures(&path, item, MeasureRole::Actual) });
        }
        out
    }

    fn measures(&mut self, path: &str, item: &Item, own: MeasureRole) -> Vec<ThemeMeasure> {
        let (found, doubts) = measure::measures(self.layout, &item.paras, self.year);
        let method = match item.slot() {
            Slot::Read(r) => r.method,
            _ => Method::Order,
        };
        let mut out = Vec::new();
        for one in found {
            let Some(value) = one.quantity.value else { continue };
            let at = format!("{path}/measures/{}", out.len());
            let lines: Vec<&str> = self.layout.texts(&one.name).map(str::trim).collect();
            let name = leaf::name(&lines);
            if one.inferred {
                self.note(
                    "measure_name_inferred",
                    &format!("{at}/name"),
                    format!("「{name}」 is cut out of a sentence"),
                );
            }
            let name_slot = Slot::read(one.name, if one.inferred { Method::Inferred } else { method });
            self.leaves.evidence(&format!("{at}/name"), &name_slot);
            let slot = Slot::read(one.value, method);
            let (unit, comparator) = (one.quantity.unit, one.quantity.comparator);
            let there =
                [("value", true), ("unit", unit.is_some()), ("comparator", comparator.is_some()), ("role", true)];
            self.leaves.evidence_of(&at, &there, &slot);
            let role = match one.said {
                Said::Own => own,
                Said::Previous => MeasureRole::Previous,
                Said::Target => MeasureRole::Target,
                Said::Actual => MeasureRole::Actual,
            };
            out.push(ThemeMeasure { name, value, unit, comparator, role });
        }
        for doubt in doubts {
            self.note("measure_unread", &format!("{path}/measures"), doubt);
        }
        out
    }

    fn table(&mut self, path: &str, column: ThemeColumn, raw: RawTable) -> ThemeTable {
        if let Some(why) = &raw.doubt {
            self.leaves.warn("table_inferred", path, why.clone());
        }
        if matches!(&raw.title, Slot::Read(r) if r.method == Method::Inferred) {
            let message = "the heading does not stand right over the table".to_owned();
            self.note("table_title_inferred", &format!("{path}/title"), message);
        }
        let angled = |c: char| "<>【】〈〉《》≪≫".contains(c);
        let title = self.leaves.leaf(&format!("{path}/title"), &raw.title, |lines| {
            leaf::name(lines).trim_matches(angled).trim().to_owned()
        });
        // The column is where it stands; the table itself is the evidence.
        let all: Vec<Span> =
            raw.header.iter().chain(raw.rows.iter().flatten()).flat_map(|s| s.spans().to_vec()).collect();
        let methods = raw.rows.iter().flatten().chain(&raw.header);
        let method = methods.filter_map(|s| if let Slot::Read(r) = s { Some(r.method) } else { None }).next();
        self.leaves.evidence(&format!("{path}/column"), &Slot::read(all, method.unwrap_or(Method::Order)));
        let header = raw.header.iter().enumerate().map(|(i, s)| self.cell(&format!("{path}/header/{i}"), s)).collect();
        let rows = raw.rows.iter().enumerate().map(|(r, row)| {
            let cells = row.iter().enumerate();
            cells.map(|(c, s)| self.cell(&format!("{path}/rows/{r}/{c}"), s)).collect()
        });
        let rows = rows.collect();
        ThemeTable { title, column, header, rows }
    }

    /// A cell of a table: its words on one line. A dash stays as printed, since a table is kept as printed.
    fn cell(&mut self, path: &str, slot: &Slot) -> Option<String> {
        self.leaves.evidence(path, slot);
        let lines: Vec<&str> = self.layout.texts(slot.spans()).map(str::trim).collect();
        let text = leaf::name(&lines);
        (!text.is_empty()).then(|| if dash::is_none(&text) { fold::key(&text) } else { text })
    }
}

/// Paragraphs; tables go to `tables`.
fn paras(pieces: Vec<Piece>, tables: &mut Vec<RawTable>) -> Vec<Para> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Para(para) => out.push(para),
            Piece::Table(table) => tables.push(table),
        }
    }
    out.retain(|p: &Para| p.bullet.is_none_or(|b| b.mark != Mark::Arrow) || !p.bare().is_empty());
    out
}
