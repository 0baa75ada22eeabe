//! A sheet as found → its record, evidence and diagnostics. The only place that interprets what the form prints.

use std::sync::LazyLock;

use regex::Regex;

use super::actors::{self, Parted};
use super::judgment;
use super::record::{
    Budget, Category, Development, Do, Improvement, Indicator, InitiativeSheet, Measure, OutputIndicator, Plan, Program,
};
use super::sheet::{RawBudget, RawCategory, RawIndicator, RawProgram, RawSheet, Slot};
use crate::diagnostic::Diagnostic;
use crate::form::document::{Evidence, Printed};
use crate::form::leaf::{self, Leaves};
use crate::layout::{Layout, Span};
use crate::normalize::{State, fold, money, money::MoneyUnit, prose};

/// One record with what the document says about it.
pub(super) struct Assembled {
    pub record: InitiativeSheet,
    pub evidence: Vec<(String, Evidence)>,
    /// Every span that a leaf or a label took; what was read but became no leaf is not among them.
    pub claims: Vec<Span>,
    pub diagnostics: Vec<Diagnostic>,
}

/// `index`: the record's place in the document, for the JSON Pointers.
pub(super) fn assemble(layout: &Layout, raw: &RawSheet, index: usize) -> Assembled {
    let mut leaves = Leaves::new(layout, format!("/records/{index}"));
    let plan = plan(&mut leaves, raw);
    let do_ = do_(&mut leaves, raw);
    let check = categories(&mut leaves, "/check", &raw.check);
    let action = categories(&mut leaves, "/action", &raw.action);
    let record = InitiativeSheet { pages: raw.pages.clone(), plan, do_, check, action };
    for (list, path, year) in years(&record) {
        let heading = raw.year_headings.iter().find(|h| h.at == list && h.fiscal_year == year);
        if let Some(heading) = heading {
            leaves.evidence(&format!("{path}/fiscal_year"), &heading.heading);
        }
    }
    let mut diagnostics: Vec<Diagnostic> = raw.doubts.iter().map(|d| d.diagnostic(index)).collect();
    // The reader knows better why a field is unplaced than the leaf does.
    let said: Vec<Option<String>> = diagnostics.iter().map(|d| d.at.clone()).collect();
    let more = std::mem::take(&mut leaves.diagnostics);
    diagnostics.extend(more.into_iter().filter(|d| d.code != "unplaced" || !said.contains(&d.at)));
    let mut claims = leaves.claims;
    for furniture in [&raw.edition, &raw.title, &raw.money_unit] {
        claims.extend_from_slice(furniture.spans());
    }
    claims.extend_from_slice(&raw.labels);
    claims.sort_unstable();
    claims.dedup();
    Assembled { record, evidence: leaves.evidence, claims, diagnostics }
}

/// Every value of a year: the list it stands in, its own pointer, and the year.
fn years(record: &InitiativeSheet) -> Vec<(String, String, i32)> {
    let mut out = Vec::new();
    let mut list = |at: String, years: Vec<i32>| {
        out.extend(years.into_iter().enumerate().map(|(k, year)| (at.clone(), format!("{at}/{k}"), year)));
    };
    for (i, one) in record.plan.output_indicators.iter().enumerate() {
        list(format!("/plan/output_indicators/{i}/targets"), one.targets.iter().map(|t| t.fiscal_year).collect());
    }
    for (i, one) in record.do_.programs.iter().enumerate() {
        list(format!("/do/programs/{i}/budgets"), one.budgets.iter().map(|b| b.fiscal_year).collect());
    }
    for (i, one) in record.do_.indicators.iter().enumerate() {
        list(format!("/do/indicators/{i}/actuals"), one.actuals.iter().map(|a| a.fiscal_year).collect());
    }
    let targets = record.do_.indicators.iter().enumerate();
    let target = |(i, one): (usize, &Indicator)| {
        let at = format!("/do/indicators/{i}/target");
        Some((at.clone(), at, one.target.as_ref()?.fiscal_year))
    };
    out.extend(targets.filter_map(target));
    out
}

fn plan(leaves: &mut Leaves, raw: &RawSheet) -> Plan {
    let (number, title) = development(leaves, raw);
    let (measure_number, measure_title) = measure(leaves, &raw.measure);
    Plan {
        development: Development { number, title },
        measure: Measure { number: measure_number, title: measure_title },
        sub_measure: leaves.leaf("/plan/sub_measure", &raw.sub_measure, |lines| {
            leaf::name(lines).trim_start_matches(['○', '〇', '◯']).trim_start().to_owned()
        }),
        direction: leaves.passage("/plan/direction", &raw.direction),
        initiative: leaves.name("/plan/initiative", &raw.initiative),
        outcome_indicator: leaves.name("/plan/outcome_indicator", &raw.outcome_indicator),
        summary: leaves.passage("/plan/summary", &raw.summary),
        activity: leaves.passage("/plan/activity", &raw.activity),
        actors: {
            let mut parted = Parted::Printed;
            let actors = leaves.leaf("/plan/actors", &raw.actors, |lines| {
                let (names, how) = actors::actors(lines);
                parted = how;
                names
            });
            let message = match parted {
                Parted::Printed => None,
                Parted::Lines => Some("no sign parts the names; each line was read as one"),
                Parted::Words => Some("the names run together; parted by the words that the form's writers use"),
            };
            if let Some(message) = message {
                leaves.warn("actors_parted", "/plan/actors", message.to_owned());
            }
            for i in 0..actors.value().map_or(0, Vec::len) {
                leaves.evidence(&format!("/plan/actors/{i}"), &raw.actors);
            }
            actors
        },
        output_indicators: raw
            .output_indicators
            .iter()
            .enumerate()
            .map(|(i, indicator)| {
                let path = format!("/plan/output_indicators/{i}");
                let name = leaves.name(&format!("{path}/name"), &indicator.name);
                let mut targets = Vec::new();
                for target in &indicator.targets {
                    targets.extend(leaves.year(&format!("{path}/targets/{}", targets.len()), target));
                }
                OutputIndicator { name, targets }
            })
            .collect(),
        department: leaves.name("/plan/department", &raw.department),
        phone: phone(leaves, &raw.phone),
        url: leaves.leaf("/plan/url", &raw.url, |lines| fold::fold(&lines.concat()).split_whitespace().collect()),
    }
}

/// 【連絡先】: a number, its brackets left out.
fn phone(leaves: &mut Leaves, slot: &Slot) -> Printed<String> {
    let phone = leaves.leaf("/plan/phone", slot, |lines| {
        leaf::name(lines).trim_matches(|c: char| "【】[]()".contains(c) || c.is_whitespace()).to_owned()
    });
    if let Printed::Value(text) = &phone
        && text.chars().any(|c| "【】".contains(c))
    {
        let message = format!("「{text}」 is more than a number: a neighbouring cell may have been read with it");
        leaves.warn("several_values", "/plan/phone", message);
    }
    phone
}

static DEVELOPMENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^([0-9A-Za-z][^\s]*?)[\s　]+(\S.*)$").ok());
/// `2-(4)-ウ` with its title right behind it.
static TIGHT_DEVELOPMENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([0-9]{1,2}(?:-\([0-9]{1,2}\)|-[0-9]{1,2})*-[\p{Katakana}0-9A-Z])(\S.*)$").ok());
static MEASURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*([\x{2460}-\x{2473}\x{3251}-\x{325F}\x{32B1}-\x{32BF}]|\([0-9]{1,2}\))\s*(.*)$").ok()
});

/// 施策展開: number and title, in two cells or parted by a space in one.
fn development(leaves: &mut Leaves, raw: &RawSheet) -> (Printed<String>, Printed<String>) {
    let (number, title) = ("/plan/development/number", "/plan/development/title");
    if raw.development_title == Slot::Unplaced && raw.development_number != Slot::Unplaced {
        let text = leaves.words(&raw.development_number);
        if let Some(parts) = DEVELOPMENT.as_ref().and_then(|r| r.captures(&text)) {
            leaves.evidence(number, &raw.development_number);
            leaves.evidence(title, &raw.development_number);
            return (Printed::Value(parts[1].to_owned()), Printed::Value(parts[2].to_owned()));
        }
        if let Some(parts) = TIGHT_DEVELOPMENT.as_ref().and_then(|r| r.captures(&text)) {
            leaves.evidence(number, &raw.development_number);
            leaves.evidence(title, &raw.development_number);
            let message = "number and title stand in one cell without a space; parted after one sign of the number";
            leaves.warn("number_inferred", "/plan/development", message.to_owned());
            return (Printed::Value(parts[1].to_owned()), Printed::Value(parts[2].to_owned()));
        }
    }
    (leaves.name(number, &raw.development_number), leaves.name(title, &raw.development_title))
}

/// 施策: `①` and the title after it.
fn measure(leaves: &mut Leaves, slot: &Slot) -> (Printed<String>, Printed<String>) {
    let number = "/plan/measure/number";
    match leaves.name("/plan/measure/title", slot) {
        Printed::Value(text) => match MEASURE.as_ref().and_then(|r| r.captures(&text)) {
            Some(parts) => {
                leaves.evidence(number, slot);
                (Printed::Value(parts[1].to_owned()), Printed::Value(parts[2].to_owned()))
            }
            // A measure without a number is printed so.
            None => (Printed::Empty, Printed::Value(text)),
        },
        Printed::Empty => (Printed::Empty, Printed::Empty),
        Printed::Unplaced => (Printed::Unplaced, Printed::Unplaced),
    }
}

fn do_(leaves: &mut Leaves, raw: &RawSheet) -> Do {
    let unit = money_unit(leaves, raw);
    let programs = raw.programs.iter().enumerate().map(|(i, p)| program(leaves, i, p, unit)).collect();
    let indicators = raw.indicators.iter().enumerate().map(|(i, x)| indicator(leaves, i, x)).collect();
    let judgment = match leaves.name("/do/judgment/raw", &raw.judgment) {
        Printed::Value(word) => {
            leaves.evidence("/do/judgment/level", &raw.judgment);
            let judgment = judgment::judgment(word);
            if judgment.scale.is_none() {
                let message = format!("「{}」 is a word of no known scale", judgment.raw);
                leaves.warn("judgment_unrated", "/do/judgment/level", message);
            }
            Printed::Value(judgment)
        }
        Printed::Empty => Printed::Empty,
        Printed::Unplaced => Printed::Unplaced,
    };
    let improvements = raw
        .improvements
        .iter()
        .enumerate()
        .map(|(i, x)| Improvement {
            planned: leaves.passage(&format!("/do/improvements/{i}/planned"), &x.planned),
            reflected: leaves.passage(&format!("/do/improvements/{i}/reflected"), &x.reflected),
        })
        .collect();
    Do { programs, indicators, judgment, rationale: leaves.passage("/do/rationale", &raw.rationale), improvements }
}

/// （単位：千円）; the form has always used it, so it is assumed, with a doubt, where it is not found.
fn money_unit(leaves: &mut Leaves, raw: &RawSheet) -> MoneyUnit {
    let printed = leaves.raw(&raw.money_unit);
    if let Some(unit) = MoneyUnit::from_label(&printed) {
        return unit;
    }
    if raw.programs.iter().any(|p| p.budgets.iter().any(|b| !b.amount.spans().is_empty())) {
        let message = "no unit of the amounts was found; read as 千円".to_owned();
        leaves.warn("money_unit_assumed", "/do/programs", message);
    }
    MoneyUnit::Thousand
}

fn program(leaves: &mut Leaves, index: usize, raw: &RawProgram, unit: MoneyUnit) -> Program {
    let path = format!("/do/programs/{index}");
    let name = leaves.name(&format!("{path}/name"), &raw.name);
    let next_name = leaves.name(&format!("{path}/next_name"), &raw.next_name);
    let mut budgets = Vec::new();
    for b in &raw.budgets {
        budgets.extend(budget(leaves, &format!("{path}/budgets/{}", budgets.len()), b, unit));
    }
    Program {
        name,
        next_name,
        budgets,
        activity: leaves.passage(&format!("{path}/activity"), &raw.activity),
        next_activity: leaves.passage(&format!("{path}/next_activity"), &raw.next_activity),
    }
}

fn budget(leaves: &mut Leaves, path: &str, raw: &RawBudget, unit: MoneyUnit) -> Option<Budget> {
    if raw.amount == Slot::Unplaced {
        leaves.warn("unplaced", path, format!("no printed amount could be tied to the {} column", raw.kind.label()));
        return None;
    }
    let Some(fiscal_year) = raw.fiscal_year else {
        leaves.warn("year_unknown", path, "an amount under no year heading was left out".to_owned());
        return None;
    };
    let printed = leaves.raw(&raw.amount);
    let mut amount = money::parse(&printed, unit);
    if leaves.parted(path, &printed) {
        amount = money::Money { state: State::Text, amount_yen: None, ..amount };
    }
    let there = [
        ("fiscal_year", leaf::tied_by_order(&raw.amount)),
        ("raw", amount.raw.is_some()),
        ("state", true),
        ("amount_yen", amount.amount_yen.is_some()),
    ];
    leaves.evidence_of(path, &there, &raw.amount);
    if amount.state == State::Text {
        leaves.warn("amount_not_a_number", path, format!("「{printed}」 is not an amount; kept as text"));
    }
    let (fund, method) = if amount.state == State::Blank {
        (Printed::Unplaced, Printed::Unplaced)
    } else {
        (leaves.name(&format!("{path}/fund"), &raw.fund), leaves.name(&format!("{path}/method"), &raw.method))
    };
    Some(Budget {
        fiscal_year,
        kind: raw.kind,
        raw: amount.raw,
        state: amount.state,
        amount_yen: amount.amount_yen,
        fund,
        method,
    })
}

fn indicator(leaves: &mut Leaves, index: usize, raw: &RawIndicator) -> Indicator {
    let path = format!("/do/indicators/{index}");
    let name = leaves.name(&format!("{path}/name"), &raw.name);
    let mut actuals = Vec::new();
    for actual in &raw.actuals {
        actuals.extend(leaves.year(&format!("{path}/actuals/{}", actuals.len()), actual));
    }
    Indicator {
        name,
        actuals,
        target: leaves.year(&format!("{path}/target"), &raw.target),
        achievement_percent: leaves.percent(&format!("{path}/achievement_percent"), &raw.achievement),
        summary: leaves.passage(&format!("{path}/summary"), &raw.summary),
    }
}

fn categories(leaves: &mut Leaves, section: &str, rows: &[RawCategory]) -> Vec<Category> {
    rows.iter()
        .enumerate()
        .map(|(i, row)| {
            let path = format!("{section}/{i}");
            let (number, category) = category(leaves, &path, row);
            Category { number, category, text: leaves.leaf(&format!("{path}/text"), &row.text, prose::join) }
        })
        .collect()
}

/// Enclosed numbers.
const MARK: std::ops::RangeInclusive<char> = '①'..='⑳';

/// 類型: `①` and its name, in two cells or in one.
fn category(leaves: &mut Leaves, path: &str, row: &RawCategory) -> (Printed<String>, Printed<String>) {
    let (number, category) = (format!("{path}/number"), format!("{path}/category"));
    if row.number == Slot::Unplaced {
        let text = leaves.words(&row.category);
        if let Some(parts) = MEASURE.as_ref().and_then(|r| r.captures(&text)) {
            leaves.evidence(&number, &row.category);
            leaves.evidence(&category, &row.category);
            return (Printed::Value(parts[1].to_owned()), Printed::Value(parts[2].to_owned()));
        }
        // Set in the middle of the name's lines, when no rule is drawn between them.
        let mut marks = text.char_indices().filter(|(_, c)| MARK.contains(c));
        if let (Some((at, mark)), None) = (marks.next(), marks.next()) {
            leaves.evidence(&number, &row.category);
            leaves.evidence(&category, &row.category);
            let message = format!("{mark} stands within the words of the 類型; read as its number");
            leaves.warn("number_inferred", path, message);
            let name = format!("{}{}", &text[..at], &text[at + mark.len_utf8()..]);
            return (Printed::Value(mark.to_string()), Printed::Value(name));
        }
    }
    (leaves.name(&number, &row.number), leaves.name(&category, &row.category))
}
