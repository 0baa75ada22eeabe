//! What there is of a document to hold others against.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::counts::Place;
use super::doubt::Doubts;
use super::finding::Quote;
use super::names;
use super::place::Places;
use crate::form::initiative_sheet::{BudgetKind, Level};
use crate::form::{Document, Printed, Record};
use crate::geometry::Rect;
use crate::normalize::fold::key;
use crate::normalize::{Comparator, State};
use crate::table::name_over;

/// All that the rules of scope `corpus` and the comparisons look at: of one document, or of all of them the facts of some
/// groups.
#[derive(Debug, Default)]
pub struct Facts {
    pub documents: Vec<DocumentFact>,
    pub sheets: Vec<SheetFact>,
    pub budgets: Vec<BudgetFact>,
    pub values: Vec<ValueFact>,
    pub names: Vec<NameFact>,
}

/// What facts have in common that can be held against each other: a hash of the jurisdiction and of what they are called.
/// None: no other fact says anything of this one.
pub type Group = Option<u64>;

#[derive(Debug)]
pub struct DocumentFact {
    pub name: String,
    pub id: String,
    pub form: String,
    /// Six-digit code, where it is known.
    pub jurisdiction: Option<String>,
    pub fiscal_year: Option<i32>,
}

impl DocumentFact {
    pub fn place(&self) -> Place {
        (self.jurisdiction.clone(), self.fiscal_year)
    }
}

/// A sheet as the documents of other years may have it again.
#[derive(Debug, Serialize, Deserialize)]
pub struct SheetFact {
    pub document: usize,
    /// Sheets of one 施策展開.
    pub group: Group,
    pub pointer: String,
    /// 施策展開: its number.
    pub development: String,
    pub initiative: String,
    /// The printed word.
    #[serde(skip)]
    pub judgment: Option<String>,
    #[serde(skip)]
    pub level: Option<Level>,
    #[serde(skip)]
    pub scale: Option<String>,
    /// 達成割合 of its indicators, percent.
    #[serde(skip)]
    pub achievements: Vec<f64>,
    pub spot: Spot,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct BudgetFact {
    pub document: usize,
    /// Amounts of one programme, department and year.
    pub group: Group,
    /// Of the amount.
    pub pointer: String,
    pub program: String,
    pub department: String,
    /// Fund and method: what one sheet may split its amount by.
    pub part: String,
    pub kind: BudgetKind,
    pub fiscal_year: i32,
    pub yen: i64,
    pub raw: String,
    pub spot: Spot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ValueKind {
    /// 年度別計画
    Planned,
    /// 目標値
    Target,
    /// 実績値
    Actual,
}

/// One value of an indicator of a sheet.
#[derive(Debug, Serialize, Deserialize)]
pub struct ValueFact {
    pub document: usize,
    /// Values of one 主な取組, indicator and year.
    pub group: Group,
    /// Place among the sheets of its document, or of all documents.
    pub sheet: usize,
    pub kind: ValueKind,
    pub indicator: String,
    pub fiscal_year: i32,
    pub value: f64,
    pub unit: Option<String>,
    /// 以下, 以内, 未満: less is better.
    pub at_most: bool,
    pub raw: String,
    pub pointer: String,
    pub spot: Spot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NameKind {
    Program,
    Department,
    Indicator,
}

impl NameKind {
    pub fn word(self) -> &'static str {
        match self {
            NameKind::Program => "予算事業",
            NameKind::Department => "担当部課",
            NameKind::Indicator => "指標",
        }
    }
}

/// The first place in a document where a name is spelled so.
#[derive(Debug, Serialize, Deserialize)]
pub struct NameFact {
    pub document: usize,
    /// Names that are one but for spelling.
    pub group: Group,
    pub kind: NameKind,
    pub name: String,
    pub pointer: String,
    pub spot: Spot,
}

/// The same for the same facts in every run of a program.
pub fn hash(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

impl SheetFact {
    /// What other documents are held against: judgments are counted as the documents come, and not put away.
    pub fn without_judgment(self) -> SheetFact {
        SheetFact { judgment: None, level: None, scale: None, achievements: Vec::new(), ..self }
    }
}

impl BudgetFact {
    /// The record that it stands in.
    pub fn record(&self) -> &str {
        self.pointer.split("/do/").next().unwrap_or_default()
    }
}

/// A printed string, empty where there is none.
pub fn text(of: &Printed<String>) -> &str {
    of.value().map(String::as_str).unwrap_or_default()
}

impl Facts {
    /// Takes down what there is to take of a document: no value that the reader doubts.
    pub fn of(name: &str, document: &Document, doubts: &Doubts) -> Self {
        let mut facts = Facts::default();
        facts.documents.push(DocumentFact {
            name: name.to_owned(),
            id: document.source.sha256.get(..16).unwrap_or_default().to_owned(),
            form: document.form.id.clone(),
            // Of a document of several the first would speak for all.
            jurisdiction: match document.jurisdictions.as_slice() {
                [only] => Some(only.code.clone()),
                _ => None,
            },
            fiscal_year: document.fiscal_year,
        });
        let mut spelled: BTreeMap<(NameKind, String), String> = BTreeMap::new();
        for (index, record) in document.records.iter().enumerate() {
            let Record::Initiative(sheet) = record else { continue };
            let base = format!("/records/{index}");
            let (plan, done) = (&sheet.plan, &sheet.do_);
            let judgment = done.judgment.value();
            let number = facts.sheets.len();
            facts.sheets.push(SheetFact {
                document: 0,
                group: None,
                pointer: base.clone(),
                development: text(&plan.development.number).to_owned(),
                initiative: text(&plan.initiative).to_owned(),
                judgment: judgment.map(|j| j.raw.clone()),
                level: judgment.map(|j| j.level),
                scale: judgment.and_then(|j| j.scale.as_ref()).map(|s| s.id.clone()),
                achievements: done
                    .indicators
                    .iter()
                    .filter_map(|i| i.achievement_percent.value())
                    .map(|n| super::interval::float(*n))
                    .collect(),
                spot: Spot::default(),
            });
            let mut spell = |kind, name: &str, pointer: String| {
                if !name.is_empty() {
                    spelled.entry((kind, name.to_owned())).or_insert(pointer);
                }
            };
            let department = names::plain(text(&plan.department));
            spell(NameKind::Department, text(&plan.department), format!("{base}/plan/department"));
            for (i, output) in plan.output_indicators.iter().enumerate() {
                let pointer = format!("{base}/plan/output_indicators/{i}");
                // With what counts it: `登録数` and `登録数(累計)` of one sheet are two.
                let name = key(text(&output.name));
                for (k, target) in output.targets.iter().enumerate() {
                    facts.value(doubts, (number, ValueKind::Planned, &name), target, format!("{pointer}/targets/{k}"));
                }
            }
            for (i, indicator) in done.indicators.iter().enumerate() {
                let pointer = format!("{base}/do/indicators/{i}");
                spell(NameKind::Indicator, text(&indicator.name), format!("{pointer}/name"));
                let name = key(text(&indicator.name));
                for (k, actual) in indicator.actuals.iter().enumerate() {
                    facts.value(doubts, (number, ValueKind::Actual, &name), actual, format!("{pointer}/actuals/{k}"));
                }
                if let Some(target) = &indicator.target {
                    facts.value(doubts, (number, ValueKind::Target, &name), target, format!("{pointer}/target"));
                }
            }
            for (i, program) in done.programs.iter().enumerate() {
                let pointer = format!("{base}/do/programs/{i}");
                spell(NameKind::Program, text(&program.name), format!("{pointer}/name"));
                for (k, budget) in program.budgets.iter().enumerate() {
                    let Some(yen) = budget.amount_yen.filter(|_| budget.state == State::Number) else { continue };
                    let Some(named) = name_over(program, budget.kind).filter(|n| !n.is_empty()) else { continue };
                    facts.budgets.push(BudgetFact {
                        document: 0,
                        group: None,
                        pointer: format!("{pointer}/budgets/{k}"),
                        program: names::plain(named),
                        department: department.clone(),
                        part: format!("{}\u{1f}{}", text(&budget.fund), text(&budget.method)),
                        kind: budget.kind,
                        fiscal_year: budget.fiscal_year,
                        yen,
                        raw: budget.raw.clone().unwrap_or_default(),
                        spot: Spot::default(),
                    });
                }
            }
        }
        for ((kind, name), pointer) in spelled {
            facts.names.push(NameFact { document: 0, group: None, kind, name, pointer, spot: Spot::default() });
        }
        facts
    }

    fn value(
        &mut self,
        doubts: &Doubts,
        (sheet, kind, indicator): (usize, ValueKind, &str),
        value: &crate::form::YearQuantity,
        pointer: String,
    ) {
        let quantity = &value.quantity;
        let Some(number) = quantity.value.filter(|_| !doubts.cover(&pointer)) else { return };
        self.values.push(ValueFact {
            document: 0,
            group: None,
            sheet,
            kind,
            indicator: indicator.to_owned(),
            fiscal_year: value.fiscal_year,
            value: super::interval::float(number),
            unit: quantity.unit.clone(),
            at_most: matches!(quantity.comparator, Some(Comparator::AtMost | Comparator::Below)),
            raw: quantity.raw.clone().unwrap_or_default(),
            pointer,
            spot: Spot::default(),
        });
    }

    /// Makes the numbers of a document's facts those among all documents: `document` and `sheets` came before.
    pub fn number(&mut self, document: usize, sheets: usize) {
        self.sheets.iter_mut().for_each(|f| f.document = document);
        self.budgets.iter_mut().for_each(|f| f.document = document);
        self.values.iter_mut().for_each(|f| (f.document, f.sheet) = (document, f.sheet + sheets));
        self.names.iter_mut().for_each(|f| f.document = document);
    }

    /// Says of each fact of one document what it may be held against.
    pub fn group(&mut self) {
        let Some(of) = self.documents.first() else { return };
        let (whose, year) = (of.jurisdiction.as_deref(), of.fiscal_year);
        for name in &mut self.names {
            // Documents of no known jurisdiction are held against themselves only.
            let own = whose.is_none().then_some(&of.name);
            name.group = Some(hash(("name", whose, own, name.kind, names::loose(&name.name))));
        }
        let Some(whose) = whose else { return };
        for budget in self.budgets.iter_mut().filter(|b| b.kind != BudgetKind::Initial) {
            budget.group = Some(hash(("budget", whose, &budget.program, &budget.department, budget.fiscal_year)));
        }
        if year.is_none() {
            return;
        }
        let initiative = |sheet: &SheetFact| {
            let named = !sheet.initiative.is_empty();
            named.then(|| (names::plain(&sheet.development), names::plain(&sheet.initiative)))
        };
        let initiatives: Vec<_> = self.sheets.iter().map(initiative).collect();
        for value in self.values.iter_mut().filter(|v| !v.indicator.is_empty()) {
            let Some(Some(initiative)) = initiatives.get(value.sheet) else { continue };
            value.group = Some(hash(("value", whose, initiative, &value.indicator, value.fiscal_year)));
        }
        for (sheet, initiative) in self.sheets.iter_mut().zip(&initiatives).filter(|(s, _)| !s.development.is_empty()) {
            sheet.group = initiative.as_ref().map(|(development, _)| hash(("sheet", whose, development)));
        }
    }

    /// A place in a document as other documents call it.
    pub fn elsewhere(&self, document: usize, pointer: &str) -> String {
        format!("{}#{pointer}", self.documents[document].name)
    }
}

/// Where a fact is printed, in little room.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Spot {
    pub page: Option<u32>,
    pub line: Option<u32>,
    pub bbox: Option<[f32; 4]>,
}

/// By document and pointer: where it is printed, and as what.
pub type Spots<'a> = HashMap<(usize, &'a str), (Spot, &'a str)>;

impl Spot {
    /// In hundredths of a point, as evidence has it.
    pub fn bbox(&self) -> Option<[f64; 4]> {
        self.bbox.map(|[x0, y0, x1, y1]| Rect { x0, y0, x1, y1 }.to_bbox())
    }
}

impl Facts {
    /// Looks up where the facts of a document are printed.
    pub fn place(&mut self, places: &Places) {
        // What nothing is held against is never shown.
        let spot = |group: Group, pointer: &str| group.map_or(Spot::default(), |_| places.spot(pointer));
        self.sheets.iter_mut().for_each(|f| f.spot = spot(f.group, &f.pointer));
        self.budgets.iter_mut().for_each(|f| f.spot = spot(f.group, &f.pointer));
        self.names.iter_mut().for_each(|f| f.spot = spot(f.group, &f.pointer));
        self.values.iter_mut().for_each(|f| f.spot = spot(f.group, &f.pointer));
    }

    /// Where the facts at these places, by document and pointer, are printed, and as what.
    pub fn spots(&self, at: &HashSet<(usize, &str)>) -> Spots<'_> {
        let sheets = self.sheets.iter().map(|f| ((f.document, f.pointer.as_str()), (f.spot, f.initiative.as_str())));
        let budgets = self.budgets.iter().map(|f| ((f.document, f.pointer.as_str()), (f.spot, f.raw.as_str())));
        let names = self.names.iter().map(|f| ((f.document, f.pointer.as_str()), (f.spot, f.name.as_str())));
        let values = self.values.iter().map(|f| ((f.document, f.pointer.as_str()), (f.spot, f.raw.as_str())));
        sheets.chain(budgets).chain(names).chain(values).filter(|(place, _)| at.contains(place)).collect()
    }

    /// A place as people are shown it.
    pub fn quote(&self, document: usize, pointer: &str, (spot, text): (Spot, &str)) -> Quote {
        let of = &self.documents[document];
        Quote {
            document: of.name.clone(),
            pointer: String::from(pointer),
            label: super::place::label(&of.form, pointer),
            text: Some(text.to_owned()).filter(|t| !t.is_empty()),
            page: spot.page,
            line: spot.line,
            bbox: spot.bbox(),
        }
    }
}
