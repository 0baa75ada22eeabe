//! The cells of the Do part that hold prose, and what each of them expects to find.

use super::allot::Stretch;
use super::runs::{Run, Zone};
use super::sentence::Ending;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 活動内容
    Activity,
    /// 活動計画
    Next,
    /// 活動概要
    Summary,
    /// 進捗状況の判定根拠、要因及び取組の効果
    Rationale,
    /// 取組改善案
    Planned,
    /// 反映状況
    Reflected,
    /// 内容 of Check
    Check,
    /// 内容 of Action
    Action,
}

impl Kind {
    /// What it costs to hold a sentence that ends so.
    pub fn ending_cost(self, ending: Ending) -> f64 {
        match (self, ending) {
            (_, Ending::Open) => 0.1,
            (Kind::Activity | Kind::Reflected, Ending::Will) => 1.0,
            (Kind::Activity | Kind::Reflected, Ending::State) => 0.3,
            (Kind::Next | Kind::Planned, Ending::Past) => 1.0,
            (Kind::Next | Kind::Planned, Ending::State) => 0.2,
            (Kind::Summary, Ending::Will) => 0.6,
            (Kind::Check, Ending::Will) => 0.8,
            (Kind::Check, Ending::Past) => 0.1,
            (Kind::Action, Ending::State) => 0.8,
            (Kind::Action, Ending::Past) => 0.9,
            _ => 0.0,
        }
    }
}

/// How wide the lines of the sheet's prose are, in half-width units.
#[derive(Debug, Clone, Copy, Default)]
pub struct Widest {
    line: usize,
    /// The same of lines that wrapped: so wide the widest cell is.
    wrapped: usize,
}

impl Widest {
    pub fn of(stretches: &[Stretch]) -> Widest {
        let widest = |keep: &dyn Fn(&&Stretch) -> bool| stretches.iter().filter(keep).map(|s| s.piece.width).max();
        Widest { line: widest(&|_| true).unwrap_or(0), wrapped: widest(&|s| !s.piece.ends()).unwrap_or(0) }
    }
}

/// One cell.
#[derive(Debug, Clone)]
pub struct Field {
    pub kind: Kind,
    /// Which programme, indicator or row, on the page.
    pub index: usize,
    /// Which one in reading order.
    pub nth: usize,
    /// Tokens behind which its text may begin.
    pub events: Vec<usize>,
}

impl Field {
    pub fn has_event(&self) -> bool {
        !self.events.is_empty()
    }

    /// What stays empty should be filled before what follows it.
    pub fn group(&self) -> (u8, usize) {
        match self.kind {
            Kind::Activity | Kind::Next => (0, self.index),
            Kind::Summary => (1, 0),
            Kind::Rationale => (2, 0),
            Kind::Planned | Kind::Reflected => (3, 0),
            Kind::Check => (4, 0),
            Kind::Action => (5, 0),
        }
    }

    /// What it costs to find nothing for it.
    pub fn empty_cost(&self) -> f64 {
        match self.kind {
            Kind::Rationale => 2.5,
            Kind::Planned | Kind::Reflected => 1.4,
            _ => 1.6,
        }
    }

    /// What it costs to hold this piece; 20 and more: impossible.
    pub fn place_cost(&self, stretches: &[Stretch], runs: &[Run], i: usize, widest: Widest) -> f64 {
        let s = &stretches[i];
        let new_run = i == 0 || stretches[i - 1].run != s.run;
        let zone = self.zone_cost(runs[s.run].zone);
        // Inside a run only the first piece pays in full for being in a strange place.
        let mut cost = if new_run { zone } else { zone * 0.25 };
        if matches!(self.kind, Kind::Activity | Kind::Next | Kind::Summary) && self.indexed(runs[s.run].zone) {
            cost += if runs[s.run].index == self.nth { 0.0 } else { 2.5 };
        }
        if s.piece.dash {
            return cost + self.dash_cost();
        }
        let wide = widest.line >= 110 && s.piece.width * 10 > widest.line * 7;
        let sure = widest.wrapped * 10 > widest.line * 9;
        // Only the rationale is set over the whole width of the page.
        cost += match (self.kind == Kind::Rationale, wide) {
            (true, false) if widest.line >= 110 => {
                if s.piece.ends() {
                    0.3
                } else {
                    0.9
                }
            }
            (false, true) => {
                if sure {
                    7.0
                } else {
                    1.0
                }
            }
            _ => 0.0,
        };
        cost + self.sentence_cost(stretches, i) + self.hint_cost(&s.piece.text)
    }

    fn indexed(&self, zone: Zone) -> bool {
        match self.kind {
            Kind::Summary => matches!(zone, Zone::Indicator | Zone::IndicatorName),
            _ => matches!(zone, Zone::Activity | Zone::Budget | Zone::Name),
        }
    }

    fn dash_cost(&self) -> f64 {
        match self.kind {
            Kind::Planned => 0.0,
            Kind::Next => 0.2,
            Kind::Activity | Kind::Reflected => 0.5,
            Kind::Check | Kind::Action => 0.8,
            Kind::Summary => 1.2,
            Kind::Rationale => 2.0,
        }
    }

    fn zone_cost(&self, zone: Zone) -> f64 {
        match (self.kind, zone) {
            (Kind::Activity | Kind::Next, Zone::Activity) => 0.0,
            (Kind::Activity | Kind::Next, Zone::Budget) => 0.1,
            (Kind::Activity | Kind::Next, Zone::Name) => 0.8,
            (Kind::Activity | Kind::Next, Zone::Head) => 1.5,
            (Kind::Activity | Kind::Next, Zone::Indicator | Zone::IndicatorName) => 4.0,
            (Kind::Summary, Zone::Indicator) => 0.0,
            (Kind::Summary, Zone::IndicatorName) => 0.5,
            (Kind::Summary, Zone::Head) => 2.0,
            (Kind::Summary, Zone::Activity | Zone::Budget | Zone::Rationale | Zone::Improvement) => 4.0,
            (Kind::Rationale, Zone::Rationale) => 0.0,
            (Kind::Rationale, Zone::Indicator) => 1.0,
            (Kind::Rationale, Zone::Improvement | Zone::Category | Zone::Head) => 1.5,
            (Kind::Rationale, Zone::IndicatorName) => 2.0,
            (Kind::Rationale, _) => 4.0,
            (Kind::Planned | Kind::Reflected, Zone::Improvement) => 0.0,
            (Kind::Planned | Kind::Reflected, Zone::Head) => 2.0,
            (Kind::Planned | Kind::Reflected, Zone::Rationale | Zone::Category) => 3.0,
            (Kind::Planned | Kind::Reflected, Zone::Indicator) => 4.0,
            (Kind::Check | Kind::Action, Zone::Category) => 0.0,
            (Kind::Check | Kind::Action, Zone::Head) => 1.5,
            (Kind::Check | Kind::Action, Zone::Improvement | Zone::Rationale) => 3.0,
            _ => 6.0,
        }
    }

    fn sentence_cost(&self, stretches: &[Stretch], i: usize) -> f64 {
        let before = if i > 0 { stretches[i - 1].piece.text.as_str() } else { "" };
        let cost: f64 = super::sentence::endings(before, &stretches[i].piece.text)
            .into_iter()
            .map(|e| self.kind.ending_cost(e))
            .sum();
        cost.min(2.5)
    }

    /// The way in which the form's rationale is written.
    fn hint_cost(&self, text: &str) -> f64 {
        let hint = text.contains("判断した")
            || text.contains("判定した")
            || (text.contains("目標値") && text.contains("実績値"));
        match (hint, self.kind) {
            (true, Kind::Rationale) => -0.3,
            (true, _) => 0.5,
            // Latin words alone are seldom a cell of this form.
            _ if text.is_ascii() => 1.0,
            _ => 0.0,
        }
    }
}
