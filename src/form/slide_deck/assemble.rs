//! A theme as found → its record, evidence and diagnostics. The only place that interprets what the form prints.

use super::heads;
use super::raw::{Field, RawCities, RawStage, RawTable, RawTheme};
use super::record::{
    CaseType, CityList, CountTable, IssueList, SlideTheme, StageExample, StageMeasure, SupportCase, SupportStage,
};
use crate::diagnostic::Diagnostic;
use crate::form::document::{Evidence, Method, Printed};
use crate::form::leaf::{self, Leaves};
use crate::form::slot::{Reading, Slot};
use crate::layout::{Layout, Span};
use crate::normalize::{Quantity, State, fold, quantity};

/// One record with what the document says about it.
pub(super) struct Assembled {
    pub record: SlideTheme,
    pub evidence: Vec<(String, Evidence)>,
    /// Every span that a leaf or a label took.
    pub claims: Vec<Span>,
    pub diagnostics: Vec<Diagnostic>,
}

/// `index`: the record's place in the document, for the JSON Pointers.
pub(super) fn assemble(layout: &Layout, raw: &RawTheme, index: usize) -> Assembled {
    let mut maker = Maker { layout, leaves: Leaves::new(layout, format!("/records/{index}")) };
    let record = SlideTheme {
        pages: raw.pages.clone(),
        number: maker.number("/number", &raw.number),
        title: maker.line("/title", &raw.title),
        support_stages: each(&raw.stages, "/support_stages", |path, stage| maker.stage(path, stage)),
        types: each(&raw.types, "/types", |path, t| CaseType {
            number: maker.number(&format!("{path}/number"), &t.number),
            name: maker.name(&format!("{path}/name"), &t.name),
            description: maker.passage(&format!("{path}/description"), &t.description),
        }),
        cases: each(&raw.cases, "/cases", |path, case| SupportCase {
            type_number: maker.number(&format!("{path}/type_number"), &case.type_number),
            type_name: maker.name(&format!("{path}/type"), &case.type_name),
            company: maker.line(&format!("{path}/company"), &case.company),
            city: maker.line(&format!("{path}/city"), &case.city),
            overview: maker.passage(&format!("{path}/overview"), &case.overview),
            programs: maker.list(&format!("{path}/programs"), &case.programs),
        }),
        tables: each(&raw.tables, "/tables", |path, table| maker.table(path, table)),
        city_lists: each(&raw.cities, "/city_lists", |path, list| maker.cities(path, list)),
        issues: each(&raw.issues, "/issues", |path, issue| {
            maker.because(&format!("{path}/area"), issue.why);
            IssueList {
                area: maker.name(&format!("{path}/area"), &issue.area),
                addressee: maker.name(&format!("{path}/addressee"), &issue.addressee),
                items: maker.items(&format!("{path}/items"), &issue.items),
            }
        }),
        next_steps: {
            maker.because("/next_steps", raw.next_steps.why);
            maker.items("/next_steps", &raw.next_steps.items)
        },
    };
    let leaves = maker.leaves;
    let mut diagnostics: Vec<Diagnostic> = raw.doubts.iter().map(|d| d.diagnostic(index)).collect();
    diagnostics.extend(leaves.diagnostics);
    let mut claims = leaves.claims;
    claims.extend_from_slice(&raw.labels);
    claims.sort_unstable();
    claims.dedup();
    Assembled { record, evidence: leaves.evidence, claims, diagnostics }
}

fn each<T, U>(items: &[T], section: &str, mut make: impl FnMut(&str, &T) -> U) -> Vec<U> {
    items.iter().enumerate().map(|(i, item)| make(&format!("{section}/{i}"), item)).collect()
}

struct Maker<'a> {
    layout: &'a Layout,
    leaves: Leaves<'a>,
}

impl Maker<'_> {
    /// The words of a slot on one line, however the page wrapped them.
    fn words(&self, slot: &Slot) -> String {
        let lines: Vec<&str> = self.layout.texts(slot.spans()).map(str::trim).collect();
        leaf::name(&lines)
    }

    /// Says by which rule of thumb a field was read.
    fn because(&mut self, path: &str, why: Option<&'static str>) {
        if let Some(why) = why {
            let at = self.leaves.pointer(path);
            self.leaves.diagnostics.push(Diagnostic::note("placed_by_rule", why).at(at));
        }
    }

    fn name(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        let words = self.words(slot);
        self.leaves.leaf(path, slot, |_| words)
    }

    fn number(&mut self, path: &str, slot: &Slot) -> Printed<u32> {
        let printed = fold::key(&self.words(slot));
        match self.leaves.leaf(path, slot, |_| heads::number(&printed)) {
            Printed::Value(Some(number)) => Printed::Value(number),
            Printed::Empty => Printed::Empty,
            Printed::Value(None) | Printed::Unplaced => Printed::Unplaced,
        }
    }

    /// A field of one piece.
    fn line(&mut self, path: &str, field: &Field) -> Printed<String> {
        self.because(path, field.why);
        self.name(path, field.items.first().unwrap_or(&Slot::Unplaced))
    }

    /// Several pieces as one leaf, a line each.
    fn passage(&mut self, path: &str, field: &Field) -> Printed<String> {
        self.because(path, field.why);
        let text = field.items.iter().map(|slot| self.words(slot)).collect::<Vec<_>>().join("\n");
        self.leaves.leaf(path, &whole(field), |_| text)
    }

    /// Several pieces as a list; none of them where the page ties none to it.
    fn list(&mut self, path: &str, field: &Field) -> Printed<Vec<String>> {
        self.because(path, field.why);
        if field.items.is_empty() {
            return self.leaves.leaf(path, &Slot::Unplaced, |_| Vec::new());
        }
        Printed::Value(self.items(path, &field.items))
    }

    fn items(&mut self, path: &str, items: &[Slot]) -> Vec<String> {
        each(items, path, |path, slot| {
            let words = self.words(slot);
            self.leaves.evidence(path, slot);
            words
        })
    }

    fn stage(&mut self, path: &str, stage: &RawStage) -> SupportStage {
        SupportStage {
            number: self.number(&format!("{path}/number"), &stage.number),
            name: self.name(&format!("{path}/name"), &stage.name),
            measures: each(&stage.measures, &format!("{path}/measures"), |path, m| StageMeasure {
                number: self.number(&format!("{path}/number"), &m.number),
                name: self.name(&format!("{path}/name"), &m.name),
                description: self.passage(&format!("{path}/description"), &m.description),
            }),
            examples: each(&stage.examples, &format!("{path}/examples"), |path, e| StageExample {
                title: self.name(&format!("{path}/title"), &e.title),
                jurisdiction: self.name(&format!("{path}/jurisdiction"), &e.jurisdiction),
                description: self.passage(&format!("{path}/description"), &e.description),
            }),
        }
    }

    fn table(&mut self, path: &str, table: &RawTable) -> CountTable {
        CountTable {
            title: self.name(&format!("{path}/title"), &table.title),
            header: self.list(&format!("{path}/header"), &table.header),
            rows: each(&table.rows, &format!("{path}/rows"), |path, row| self.items(path, &row.items)),
            notes: self.items(&format!("{path}/notes"), &table.notes),
        }
    }

    fn cities(&mut self, path: &str, list: &RawCities) -> CityList {
        CityList {
            label: self.name(&format!("{path}/label"), &list.label),
            previous: self.quantity(&format!("{path}/previous"), &list.previous),
            current: self.quantity(&format!("{path}/current"), &list.current),
            cities: match &list.cities {
                Some(cities) => Printed::Value(self.items(&format!("{path}/cities"), cities)),
                None => self.leaves.leaf(&format!("{path}/cities"), &Slot::Unplaced, |_| Vec::new()),
            },
        }
    }

    fn quantity(&mut self, path: &str, field: &Field) -> Option<Quantity> {
        self.because(path, field.why);
        let slot = match field.items.first() {
            None => {
                self.leaves.leaf(path, &Slot::Unplaced, |_| ());
                return None;
            }
            Some(slot) => slot,
        };
        let printed = self.leaves.raw(slot);
        let quantity = quantity::parse(&printed);
        if quantity.state == State::Text && quantity::holds_number(&printed) {
            let message = format!("「{printed}」 holds digits but is not one number; kept as text");
            self.leaves.warn("quantity_as_text", path, message);
        }
        self.leaves.quantity_evidence(path, slot, &quantity);
        Some(quantity)
    }
}

/// All pieces of a field as one slot.
fn whole(field: &Field) -> Slot {
    let method = field.items.iter().find_map(|slot| match slot {
        Slot::Read(reading) => Some(reading.method),
        _ => None,
    });
    let spans = field.items.iter().flat_map(|slot| slot.spans().iter().cloned()).collect();
    match (method, field.items.first()) {
        (Some(method), _) => {
            Slot::Read(Reading { spans, method: if field.why.is_some() { Method::Inferred } else { method } })
        }
        (None, Some(slot)) => slot.clone(),
        (None, None) => Slot::Unplaced,
    }
}
