//! 別紙２ to ４: projects, measures, supports and findings.

use super::super::raw::{Passage, RawAmount, RawFinding, RawLocal, RawMeasure, RawProject, RawSupport, Slot};
use super::super::record::{
    Amount, FinancialSupport, Finding, LocalSupport, RegulatoryMeasure, RegulatoryProject, SupportItem, SupportRow,
    YearAmount,
};
use super::Maker;
use super::value::parts;
use crate::form::document::Printed;
use crate::normalize::{State, money, money::MoneyUnit, quantity};

impl Maker<'_> {
    pub(super) fn project(&mut self, i: usize, raw: &RawProject) -> RegulatoryProject {
        let path = format!("/regulatory_projects/{i}");
        let number = self.name(&format!("{path}/number"), &raw.number);
        RegulatoryProject {
            number: number.value().cloned().unwrap_or_default(),
            title: self.name(&format!("{path}/title"), &raw.title),
            text: self.passage(&format!("{path}/text"), &raw.text),
        }
    }

    pub(super) fn measure(&mut self, i: usize, raw: &RawMeasure) -> RegulatoryMeasure {
        let path = format!("/regulatory_measures/{i}");
        RegulatoryMeasure {
            title: self.name(&format!("{path}/title"), &raw.title),
            related_targets: self.related(&format!("{path}/related_targets"), &raw.related),
            status: self.cell_passage(&format!("{path}/status"), &raw.status),
            effect: self.cell_passage(&format!("{path}/effect"), &raw.effect),
            self_evaluation: self.cell_passage(&format!("{path}/self_evaluation"), &raw.self_evaluation),
            ministry: self.name(&format!("{path}/ministry"), &raw.ministry),
            reference_number: match &raw.reference {
                Some(slot) => self.name(&format!("{path}/reference_number"), slot),
                None => Printed::Unplaced,
            },
        }
    }

    pub(super) fn support(&mut self, i: usize, raw: &RawSupport) -> FinancialSupport {
        let path = format!("/financial_supports/{i}");
        self.leaves.evidence(&format!("{path}/kind"), &raw.heading);
        FinancialSupport {
            kind: raw.kind,
            program: self.name(&format!("{path}/program"), &raw.program),
            related_targets: self.related(&format!("{path}/related_targets"), &raw.related),
            rows: raw
                .rows
                .iter()
                .enumerate()
                .map(|(j, row)| {
                    let path = format!("{path}/rows/{j}");
                    self.leaves.evidence(&format!("{path}/item"), &row.label);
                    let mut amounts = Vec::new();
                    for (fiscal_year, amount) in &row.amounts {
                        let path = format!("{path}/amounts/{}", amounts.len());
                        if let Some(amount) = self.amount(&path, amount, row.item) {
                            amounts.push(YearAmount { fiscal_year: *fiscal_year, amount });
                        }
                    }
                    let cumulative = self.amount(&format!("{path}/cumulative"), &row.cumulative, row.item);
                    SupportRow { item: row.item, amounts, cumulative }
                })
                .collect(),
            self_evaluation: self.cell_passage(&format!("{path}/self_evaluation"), &raw.self_evaluation),
        }
    }

    fn amount(&mut self, path: &str, raw: &RawAmount, item: SupportItem) -> Option<Amount> {
        if raw.value == Slot::Unplaced {
            self.leaves.warn("unplaced", path, "no printed amount could be tied to this place".to_owned());
            return None;
        }
        let printed = self.concat(&raw.value);
        let parted = printed.contains('\n');
        let amount = if item == SupportItem::Count {
            let found = quantity::parse(&printed);
            Amount { raw: found.raw, state: found.state, amount_yen: None, value: found.value }
        } else {
            let label: String = self.leaves.layout().texts(&raw.unit).collect();
            let unit = MoneyUnit::from_label(&label);
            let found = money::parse(&printed, unit.unwrap_or(MoneyUnit::Thousand));
            if unit.is_none() && found.amount_yen.is_some_and(|a| a != 0) && !printed.contains('円') {
                let message = "no unit is printed below the amount; read as 千円".to_owned();
                self.leaves.warn("money_unit_assumed", path, message);
            }
            Amount { raw: found.raw, state: found.state, amount_yen: found.amount_yen, value: None }
        };
        let amount =
            if parted { Amount { state: State::Text, amount_yen: None, value: None, ..amount } } else { amount };
        if amount.state == State::Text && (parted || quantity::holds_number(&printed)) {
            let message = format!("「{}」 is not one amount; kept as text", printed.replace('\n', " / "));
            self.leaves.warn("amount_not_a_number", path, message);
        }
        let leaves = [
            ("fiscal_year", path.contains("/amounts/")),
            ("raw", amount.raw.is_some()),
            ("state", true),
            ("amount_yen", amount.amount_yen.is_some()),
            ("value", amount.value.is_some()),
        ];
        self.leaves.evidence_of(path, &leaves, &raw.value);
        Some(amount)
    }

    pub(super) fn local(&mut self, i: usize, raw: &RawLocal) -> LocalSupport {
        let path = format!("/local_supports/{i}");
        LocalSupport {
            category: self.name(&format!("{path}/category"), &raw.category),
            program: self.name(&format!("{path}/program"), &raw.program),
            related_targets: self.related(&format!("{path}/related_targets"), &raw.related),
            result: self.cell_passage(&format!("{path}/result"), &raw.result),
            self_evaluation: self.cell_passage(&format!("{path}/self_evaluation"), &raw.self_evaluation),
            jurisdictions: self.list(&format!("{path}/jurisdictions"), &raw.jurisdictions, |text| {
                parts(text, &['、', ',', '・', '\n', ' ', '\u{3000}', '，', '/'])
            }),
        }
    }

    pub(super) fn finding(&mut self, i: usize, raw: &RawFinding) -> Finding {
        let path = format!("/findings/{i}");
        for j in 0..raw.about.len() {
            self.leaves.evidence(&format!("{path}/about/{j}"), &raw.about_slot);
        }
        let mut items = |field: &str, all: &[Passage]| {
            let mut out: Vec<String> = Vec::new();
            for item in all {
                let path = format!("{path}/{field}/{}", out.len());
                out.extend(self.passage(&path, item).value().cloned());
            }
            out
        };
        let remarks = items("remarks", &raw.remarks);
        let responses = items("responses", &raw.responses);
        Finding { about: raw.about.clone(), remarks, responses }
    }
}
