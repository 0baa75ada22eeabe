//! Numeric targets: goal, actual, series, annex.

use super::super::labels;
use super::super::raw::{RawAnnex, RawIndicator, RawSeriesYear, RawTarget, Slot};
use super::super::record::{Annex, EvaluationIndicator, Goal, Narratives, SeriesYear, Target};
use super::Maker;
use crate::form::document::{Printed, YearQuantity};
use crate::normalize::{fold, quantity};

impl Maker<'_> {
    pub(super) fn indicator(&mut self, i: usize, raw: &RawIndicator) -> EvaluationIndicator {
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

    pub(super) fn target(&mut self, path: &str, raw: &RawTarget) -> Target {
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

    pub(super) fn goal(&mut self, path: &str, raw: &RawTarget) -> Option<Goal> {
        if raw.goal == Slot::Unplaced {
            return None;
        }
        let quantity = self.quantity(path, &raw.goal);
        self.goal_cut(path, raw.goal_cut);
        let (mut fiscal_year, mut cumulative_goal) = (None, false);
        if let Some(slot) = &raw.goal_year {
            let printed = fold::key(&self.concat(slot));
            cumulative_goal = quantity::is_cumulative_name(&printed);
            let named = printed.trim_end_matches("累計").trim_end_matches("までの").trim_end_matches('末');
            fiscal_year = Some(named).filter(|n| !n.is_empty() && !labels::is_calendar(n)).and_then(labels::year);
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
        // 設備投資額（累計）
        cumulative_goal |= quantity::is_cumulative_name(&self.concat(&raw.name));
        Some(Goal { quantity, fiscal_year, cumulative_goal })
    }

    fn goal_cut(&mut self, path: &str, cut: bool) {
        if cut {
            let message = "the name before the goal ends in what may be a part of its number".to_owned();
            self.leaves.warn("goal_cut", path, message);
        }
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
        self.goal_cut(&format!("{path}/goal_raw"), raw.goal_cut);
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
}
