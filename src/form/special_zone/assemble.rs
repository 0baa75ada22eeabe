//! An evaluation as found → its record, evidence and diagnostics. The only place that interprets what the form prints.

use super::labels;
use super::raw::{
    Passage, RawAmount, RawAnnex, RawFinding, RawIndicator, RawLocal, RawMeasure, RawProject, RawSeriesYear,
    RawSupport, RawTarget, RawZone, Slot,
};
use super::record::{
    Amount, Annex, EvaluationIndicator, FinancialSupport, Finding, Goal, LocalSupport, Narratives, RegulatoryMeasure,
    RegulatoryProject, SeriesYear, SupportItem, SupportRow, Target, YearAmount, ZoneEvaluation,
};
use crate::diagnostic::Diagnostic;
use crate::form::document::{Evidence, Method, Printed, YearQuantity};
use crate::form::leaf::Leaves;
use crate::layout::{Layout, Span};
use crate::normalize::{Number, Quantity, State, dash, era, fold, money, money::MoneyUnit, percent, prose, quantity};

/// So many ems between a sentence's end and the edge of its cell would have taken the next words.
const ROOM: f32 = 3.0;
/// Words behind a counter that say which way the number goes.
const WAYS: [&str; 10] = ["短縮", "延長", "増加", "減少", "削減", "低減", "向上", "拡大", "増", "減"];

/// One record with what the document says about it.
pub(super) struct Assembled {
    pub record: ZoneEvaluation,
    pub evidence: Vec<(String, Evidence)>,
    /// Every span that a leaf or a label took.
    pub claims: Vec<Span>,
    pub diagnostics: Vec<Diagnostic>,
}

pub(super) fn assemble(layout: &Layout, raw: &RawZone, index: usize) -> Assembled {
    let mut maker = Maker { leaves: Leaves::new(layout, format!("/records/{index}")) };
    let record = maker.zone(raw);
    let leaves = maker.leaves;
    let mut diagnostics: Vec<Diagnostic> = raw.doubts.iter().map(|d| d.diagnostic(index)).collect();
    let said: Vec<Option<String>> = diagnostics.iter().map(|d| d.at.clone()).collect();
    diagnostics.extend(leaves.diagnostics.into_iter().filter(|d| d.code != "unplaced" || !said.contains(&d.at)));
    let mut claims = leaves.claims;
    claims.extend_from_slice(&raw.labels);
    claims.sort_unstable();
    claims.dedup();
    Assembled { record, evidence: leaves.evidence, claims, diagnostics }
}

struct Maker<'a> {
    leaves: Leaves<'a>,
}

impl Maker<'_> {
    fn zone(&mut self, raw: &RawZone) -> ZoneEvaluation {
        ZoneEvaluation {
            pages: raw.pages.clone(),
            name: self.name("/name", &raw.name),
            authors: self.list("/authors", &raw.authors, |text| parts(text, &['、', ',', '・', '，'])),
            designated: self.date("/designated", &raw.designated),
            approved: self.date("/approved", &raw.approved),
            last_changed: self.date("/last_changed", &raw.last_changed),
            overview: self.passage("/overview", &raw.overview),
            goal: self.passage("/goal", &raw.goal),
            evaluation_indicators: raw.indicators.iter().enumerate().map(|(i, x)| self.indicator(i, x)).collect(),
            regulatory_projects: raw.projects.iter().enumerate().map(|(i, x)| self.project(i, x)).collect(),
            regulatory_measures: raw.measures.iter().enumerate().map(|(i, x)| self.measure(i, x)).collect(),
            financial_supports: raw.supports.iter().enumerate().map(|(i, x)| self.support(i, x)).collect(),
            local_supports: raw.locals.iter().enumerate().map(|(i, x)| self.local(i, x)).collect(),
            findings: raw.findings.iter().enumerate().map(|(i, x)| self.finding(i, x)).collect(),
            overall: self.passage("/overall", &raw.overall),
        }
    }

    fn name(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        self.leaves.name(path, slot)
    }

    /// A passage; its reader knows which lines begin a paragraph, or the cell that it stands in tells.
    fn passage(&mut self, path: &str, passage: &Passage) -> Printed<String> {
        let told = self.ended_early(passage.slot.spans());
        let begins: Vec<bool> =
            told.iter().enumerate().map(|(i, b)| *b || passage.starts.get(i).copied().unwrap_or(false)).collect();
        let known = !passage.starts.is_empty();
        self.leaves.leaf(path, &passage.slot, |lines| {
            let own: Vec<String> = lines
                .iter()
                .enumerate()
                .map(|(i, line)| {
                    let begins = begins.get(i).copied().unwrap_or(false) || !known && line.starts_with('\u{3000}');
                    format!("{}{}", if begins { "\u{3000}" } else { "" }, line.trim())
                })
                .collect();
            prose::join(&own.iter().map(String::as_str).collect::<Vec<_>>())
        })
    }

    fn cell_passage(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        self.passage(path, &Passage::from(slot.clone()))
    }

    /// Lines of a cell that follow a sentence which ended well before the cell's edge.
    fn ended_early(&self, spans: &[Span]) -> Vec<bool> {
        let layout = self.leaves.layout();
        let early = |span: &Span| {
            let line = layout.line(span);
            let cell = line.cell.and_then(|c| layout.pages[span.page].cells.get(c));
            let (Some(cell), Some(end)) = (cell, line.edges.last()) else { return false };
            line.text.trim_end().ends_with('。') && cell.rect.x1 - end > ROOM * line.size
        };
        let cell = |span: &Span| (span.page, layout.line(span).cell);
        (0..spans.len()).map(|i| i > 0 && cell(&spans[i - 1]) == cell(&spans[i]) && early(&spans[i - 1])).collect()
    }

    fn list(&mut self, path: &str, slot: &Slot, make: impl FnOnce(&str) -> Vec<String>) -> Printed<Vec<String>> {
        let list = match slot {
            // An empty cell names none.
            Slot::Blank(_) => {
                self.leaves.evidence(path, slot);
                Printed::Value(Vec::new())
            }
            _ => match self.leaves.leaf(path, slot, |lines| make(&lines.join("\n"))) {
                Printed::Empty => Printed::Value(Vec::new()),
                list => list,
            },
        };
        for i in 0..list.value().map_or(0, Vec::len) {
            self.leaves.evidence(&format!("{path}/{i}"), slot);
        }
        list
    }

    fn related(&mut self, path: &str, slot: &Slot) -> Printed<Vec<String>> {
        let list = self.list(path, slot, labels::related);
        let odd =
            list.value().is_some_and(|l| l.iter().any(|t| !t.starts_with('(') && !labels::is_related(&fold::key(t))));
        if odd {
            let message = "the print names no target by its number; its words are given".to_owned();
            self.leaves.warn("targets_as_words", path, message);
        }
        list
    }

    fn date(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        let printed = self.concat(slot);
        match self.leaves.leaf(path, slot, |_| era::date(&printed)) {
            Printed::Value(Some(date)) => Printed::Value(date.to_string()),
            Printed::Value(None) => {
                self.leaves.warn("not_a_date", path, format!("「{printed}」 is not a date; left out"));
                Printed::Unplaced
            }
            Printed::Empty => Printed::Empty,
            Printed::Unplaced => Printed::Unplaced,
        }
    }

    /// As printed. Lines of a cell may be several values; the running text wraps inside of one.
    fn concat(&self, slot: &Slot) -> String {
        match slot {
            Slot::Read(r) if r.method == Method::Cell => self.leaves.raw(slot),
            _ => {
                let layout = self.leaves.layout();
                layout.texts(slot.spans()).map(str::trim).collect::<String>()
            }
        }
    }

    /// A percentage; a dash is `null`, and so is an empty cell.
    fn percent(&mut self, path: &str, slot: &Slot) -> Printed<Number> {
        let printed = self.concat(slot);
        let tight: String = printed.split_whitespace().collect();
        let number = percent::parse_bare(&tight).filter(|_| !printed.contains('\n'));
        if slot.spans().is_empty() || number.is_some() || dash::is_none(&tight) || tight == "該当なし" {
            return match self.leaves.leaf(path, slot, |_| number) {
                Printed::Value(Some(number)) => Printed::Value(number),
                Printed::Value(None) if tight == "該当なし" => Printed::Empty,
                Printed::Empty => Printed::Empty,
                Printed::Value(None) | Printed::Unplaced => Printed::Unplaced,
            };
        }
        self.leaves.warn("percent_not_a_number", path, format!("「{printed}」 is not one percentage; left out"));
        Printed::Unplaced
    }

    fn indicator(&mut self, i: usize, raw: &RawIndicator) -> EvaluationIndicator {
        let path = format!("/evaluation_indicators/{i}");
        self.leaves.evidence(&format!("{path}/number"), &raw.mark);
        EvaluationIndicator {
            number: raw.number,
            name: self.name(&format!("{path}/name"), &raw.name),
            progress_percent: self.percent(&format!("{path}/progress_percent"), &raw.progress),
            targets: raw
                .targets
                .iter()
                .enumerate()
                .map(|(j, t)| self.target(&format!("{path}/targets/{j}"), t))
                .collect(),
        }
    }

    fn target(&mut self, path: &str, raw: &RawTarget) -> Target {
        self.leaves.evidence(&format!("{path}/number"), &raw.mark);
        let mut optional = |field: &str, slot: &Option<Slot>| match slot {
            Some(slot) => self.percent(&format!("{path}/{field}"), slot),
            None => Printed::Unplaced,
        };
        let progress_percent = optional("progress_percent", &raw.progress);
        let growth_percent = optional("growth_percent", &raw.growth);
        let weight_in_indicator_percent = optional("weight_in_indicator_percent", &raw.weight);
        let weight_overall_percent = optional("weight_overall_percent", &raw.weight_overall);
        Target {
            number: raw.number.clone(),
            name: self.name(&format!("{path}/name"), &raw.name),
            goal: self.goal(&format!("{path}/goal"), raw),
            actual: self.actual(&format!("{path}/actual"), raw),
            progress_percent,
            growth_percent,
            weight_in_indicator_percent,
            weight_overall_percent,
            series: raw.annex.as_ref().map(|annex| self.series(&format!("{path}/series"), annex)),
            annex: raw.annex.as_ref().map(|annex| self.annex(&format!("{path}/annex"), annex)),
            weight_reason: match &raw.weight_reason {
                Some(reason) => self.passage(&format!("{path}/weight_reason"), reason),
                None => Printed::Unplaced,
            },
            narratives: raw.annex.as_ref().map(|annex| self.narratives(&format!("{path}/narratives"), annex)),
        }
    }

    fn goal(&mut self, path: &str, raw: &RawTarget) -> Option<Goal> {
        if raw.goal == Slot::Unplaced {
            return None;
        }
        let quantity = self.quantity(path, &raw.goal);
        let (mut fiscal_year, mut cumulative_goal) = (None, false);
        if let Some(slot) = &raw.goal_year {
            let printed = fold::key(&self.concat(slot));
            cumulative_goal = quantity::is_cumulative_name(&printed);
            let named = printed.trim_end_matches("累計").trim_end_matches("までの").trim_end_matches('末');
            fiscal_year = if named.is_empty() { None } else { labels::year(named) };
            if fiscal_year.is_some() {
                self.leaves.evidence(&format!("{path}/fiscal_year"), slot);
            } else if !named.is_empty() {
                let message = format!("「{printed}」 names no fiscal year");
                self.leaves.warn("year_unknown", path, message);
            }
            self.leaves.evidence(&format!("{path}/cumulative_goal"), slot);
        } else {
            self.leaves.evidence(&format!("{path}/cumulative_goal"), &raw.goal);
        }
        Some(Goal { quantity, fiscal_year, cumulative_goal })
    }

    fn actual(&mut self, path: &str, raw: &RawTarget) -> Option<YearQuantity> {
        let slot = raw.actual.as_ref()?;
        let Some(fiscal_year) = raw.actual_year else {
            self.leaves.warn("year_unknown", path, "a result of no year was left out".to_owned());
            return None;
        };
        if *slot == Slot::Unplaced {
            self.leaves.warn("unplaced", path, "no result is printed behind the year".to_owned());
            return None;
        }
        let quantity = self.quantity(path, slot);
        self.leaves.evidence(&format!("{path}/fiscal_year"), &raw.actual_year_slot);
        Some(YearQuantity { fiscal_year, quantity })
    }

    /// A quantity of the running text or of a cell.
    fn quantity(&mut self, path: &str, slot: &Slot) -> Quantity {
        let printed = self.concat(slot);
        let parted = printed.contains('\n');
        let mut quantity = quantity::parse(&printed);
        let way =
            quantity.unit.as_ref().is_some_and(|unit| WAYS.iter().any(|w| unit.len() > w.len() && unit.ends_with(w)));
        if (quantity.state == State::Text || way) && !parted {
            quantity = self.quantity_otherwise(path, &printed).unwrap_or(quantity);
        }
        if parted {
            quantity = Quantity {
                state: State::Text,
                value: None,
                unit: None,
                comparator: None,
                cumulative: None,
                ..quantity
            };
        }
        if quantity.state == State::Text && quantity::holds_number(&printed) {
            let message =
                format!("「{}」 holds digits but is not one number; kept as text", printed.replace('\n', " / "));
            self.leaves.warn("quantity_as_text", path, message);
        }
        let leaves = [
            ("raw", quantity.raw.is_some()),
            ("state", true),
            ("value", quantity.value.is_some()),
            ("unit", quantity.unit.is_some()),
            ("comparator", quantity.comparator.is_some()),
            ("cumulative", quantity.cumulative.is_some()),
        ];
        for (leaf, there) in leaves {
            if there {
                self.leaves.evidence(&format!("{path}/{leaf}"), slot);
            }
        }
        quantity
    }

    /// `８ヶ月短縮`: how far something is to be brought down or up; `６．２．億円`: a stray point before the counter.
    fn quantity_otherwise(&mut self, path: &str, printed: &str) -> Option<Quantity> {
        let folded: String = fold::fold(printed).split_whitespace().collect();
        let raw = Some(printed.trim().to_owned());
        if let Some(stem) = WAYS.iter().find_map(|way| folded.strip_suffix(way)) {
            let found = quantity::parse(stem);
            return (found.state == State::Number).then_some(Quantity { raw, ..found });
        }
        let at = folded.rfind(|c: char| c.is_ascii_digit())? + 1;
        let rest = folded[at..].strip_prefix('.')?;
        let found = quantity::parse(&format!("{}{rest}", &folded[..at]));
        if found.state != State::Number {
            return None;
        }
        let message = format!("「{printed}」 has a stray point; read without it");
        self.leaves.warn("stray_point", path, message);
        Some(Quantity { raw, ..found })
    }

    fn series(&mut self, path: &str, raw: &RawAnnex) -> Vec<SeriesYear> {
        let years = raw.years.iter().enumerate();
        years.map(|(i, year)| self.series_year(&format!("{path}/{i}"), year)).collect()
    }

    fn series_year(&mut self, path: &str, raw: &RawSeriesYear) -> SeriesYear {
        self.leaves.evidence(&format!("{path}/fiscal_year"), &raw.heading);
        let mut value = |field: &str, slot: &Slot| match slot {
            Slot::Read(_) => Printed::Value(self.quantity(&format!("{path}/{field}"), slot)),
            Slot::Blank(_) => {
                self.leaves.evidence(&format!("{path}/{field}"), slot);
                Printed::Empty
            }
            Slot::Unplaced => {
                let message = "no printed value could be tied to this year".to_owned();
                self.leaves.warn("unplaced", &format!("{path}/{field}"), message);
                Printed::Unplaced
            }
        };
        let target = value("target", &raw.target);
        let actual = value("actual", &raw.actual);
        let progress_percent = self.percent(&format!("{path}/progress_percent"), &raw.progress);
        SeriesYear { fiscal_year: raw.fiscal_year, target, actual, progress_percent }
    }

    fn annex(&mut self, path: &str, raw: &RawAnnex) -> Annex {
        let goal = self.concat(&raw.goal);
        let weight = self.concat(&raw.weight);
        Annex {
            indicator: self.name(&format!("{path}/indicator"), &raw.indicator),
            name: self.name(&format!("{path}/name"), &raw.name),
            goal_raw: self.leaves.leaf(&format!("{path}/goal_raw"), &raw.goal, |_| goal.replace('\n', "")),
            weight_raw: self.leaves.leaf(&format!("{path}/weight_raw"), &raw.weight, |_| weight.replace('\n', "")),
        }
    }

    fn narratives(&mut self, path: &str, raw: &RawAnnex) -> Narratives {
        Narratives {
            approach: self.passage(&format!("{path}/approach"), &raw.approach),
            basis: self.passage(&format!("{path}/basis"), &raw.basis),
            self_evaluation: self.passage(&format!("{path}/self_evaluation"), &raw.self_evaluation),
            external_factors: self.passage(&format!("{path}/external_factors"), &raw.external_factors),
            alternative: self.passage(&format!("{path}/alternative"), &raw.alternative),
        }
    }

    fn project(&mut self, i: usize, raw: &RawProject) -> RegulatoryProject {
        let path = format!("/regulatory_projects/{i}");
        let number = self.name(&format!("{path}/number"), &raw.number);
        RegulatoryProject {
            number: number.value().cloned().unwrap_or_default(),
            title: self.name(&format!("{path}/title"), &raw.title),
            text: self.passage(&format!("{path}/text"), &raw.text),
        }
    }

    fn measure(&mut self, i: usize, raw: &RawMeasure) -> RegulatoryMeasure {
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

    fn support(&mut self, i: usize, raw: &RawSupport) -> FinancialSupport {
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
        for (leaf, there) in leaves {
            if there {
                self.leaves.evidence(&format!("{path}/{leaf}"), &raw.value);
            }
        }
        Some(amount)
    }

    fn local(&mut self, i: usize, raw: &RawLocal) -> LocalSupport {
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

    fn finding(&mut self, i: usize, raw: &RawFinding) -> Finding {
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

/// Parts of a printed list, folded; dashes are none.
fn parts(text: &str, by: &[char]) -> Vec<String> {
    let parts = text.split(by).map(|p| fold::fold(p).split_whitespace().collect::<String>());
    parts.filter(|p| !p.is_empty() && !dash::is_none(p)).collect()
}
