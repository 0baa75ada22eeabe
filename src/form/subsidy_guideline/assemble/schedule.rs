//! 別表: the cells of its rows → values.

use super::super::print::{Print, flow};
use super::super::raw::{RawExpense, RawSchedule, RawScheduleRow};
use super::super::record::{Expense, GuidelineSchedule, Rate, ScheduleRow};
use super::super::schedule::{self, rate::LimitPart};
use super::{Builder, list};
use crate::form::document::Printed;
use crate::form::slot::Slot;
use crate::normalize::{MoneyUnit, Number};

impl Builder<'_> {
    pub(super) fn schedule(&mut self, path: &str, raw: &RawSchedule) -> GuidelineSchedule {
        let name = match self.text(&format!("{path}/name"), &raw.name) {
            Printed::Value(name) => name,
            _ => String::new(),
        };
        let basis = self.text(&format!("{path}/basis"), &raw.basis);
        let rows = list(&raw.rows, &format!("{path}/rows"), |path, row| self.row(path, row));
        GuidelineSchedule { name, basis, rows }
    }

    /// A cell; left out where the schedule has no such column.
    fn cell(&mut self, path: &str, slot: &Slot) -> Printed<String> {
        match slot {
            Slot::Unplaced => Printed::Unplaced,
            slot => self.leaves.leaf(path, slot, cell_text),
        }
    }

    fn row(&mut self, path: &str, raw: &RawScheduleRow) -> ScheduleRow {
        let costs = !raw.expenses.is_empty() || raw.rate.is_some();
        let (number, project) = match (&raw.number, costs) {
            // The number says which project; its name stands beside it in print.
            (Slot::Read(n), true) => {
                let number = flow(&self.layout.texts(&n.spans).collect::<Vec<_>>());
                self.leaves.evidence(&format!("{path}/project"), &raw.project);
                (Printed::Unplaced, Printed::Value(number))
            }
            _ => {
                let number = self.cell(&format!("{path}/number"), &raw.number);
                (number, self.cell(&format!("{path}/project"), &raw.project))
            }
        };
        let content = self.cell(&format!("{path}/content"), &raw.content);
        let recipient = self.cell(&format!("{path}/recipient"), &raw.recipient);
        let expenses = list(&raw.expenses, &format!("{path}/expenses"), |path, e| self.expense(path, e));
        let mut out = ScheduleRow { number, project, content, recipient, expenses, ..ScheduleRow::default() };
        if let Some(slot) = &raw.rate {
            self.rate(path, slot, false, raw.unit, &mut out);
        }
        if let Some(slot) = &raw.limit {
            self.rate(path, slot, true, raw.unit, &mut out);
        }
        // The cell was read and says nothing of it: that stands in no words, but in a place.
        if let Some(Slot::Read(cell)) = &raw.rate {
            if out.rounding.is_unplaced() {
                out.rounding = Printed::Empty;
                self.absent(&format!("{path}/rounding"), &cell.spans, cell.method);
            }
            let said = self.leaves.pointer(&format!("{path}/limit_yen"));
            if out.limit_yen.is_unplaced()
                && raw.limit_beside_rate
                && !self.leaves.diagnostics.iter().any(|d| d.at.as_deref() == Some(&said))
            {
                out.limit_yen = Printed::Empty;
                self.absent(&format!("{path}/limit_yen"), &cell.spans, cell.method);
            }
        }
        out
    }

    fn expense(&mut self, path: &str, raw: &RawExpense) -> Expense {
        Expense {
            class: self.cell(&format!("{path}/class"), &raw.class),
            item: self.cell(&format!("{path}/item"), &raw.item),
            content: self.cell(&format!("{path}/content"), &raw.content),
        }
    }

    /// 補助率, 端数処理 and 上限額 of one cell.
    fn rate(&mut self, path: &str, slot: &Slot, limit_only: bool, unit: Option<MoneyUnit>, out: &mut ScheduleRow) {
        let Slot::Read(reading) = slot else {
            if let (true, Slot::Blank(_)) = (limit_only, slot) {
                self.leaves.evidence(&format!("{path}/limit_yen"), slot);
                out.limit_yen = Printed::Empty;
                return;
            }
            let leaves: &[&str] = if limit_only { &["limit_yen"] } else { &["rate", "rounding", "limit_yen"] };
            for leaf in leaves {
                let message = "the cell of the rate or the limit is empty or was not found".to_owned();
                self.leaves.warn("unplaced", &format!("{path}/{leaf}"), message);
            }
            return;
        };
        let before = out.limit_yen;
        let print = Print::tight(self.layout, &reading.spans);
        let text = print.text();
        let parts = schedule::rate::read(&text, limit_only, unit.unwrap_or(MoneyUnit::Yen));
        let part = |at: &std::ops::Range<usize>| Slot::read(print.spans(at.start, at.end), reading.method);
        for label in &parts.labels {
            self.labels.extend(print.spans(label.start, label.end));
        }
        if let Some(rate) = &parts.rate {
            let slot = part(&rate.at);
            let raw = self.leaves.raw(&slot);
            self.leaves.evidence(&format!("{path}/rate/raw"), &slot);
            if rate.value.is_some() {
                self.leaves.evidence(&format!("{path}/rate/value"), &slot);
            }
            if rate.comparator.is_some() {
                self.leaves.evidence(&format!("{path}/rate/comparator"), &slot);
            }
            if rate.several || rate.value.is_none() && !raw.contains("定額") {
                let message = format!("「{raw}」 is not one rate; kept as printed");
                self.leaves.warn("rate_as_text", &format!("{path}/rate"), message);
            }
            out.rate = Some(Rate { raw, value: rate.value.map(Number), comparator: rate.comparator });
        } else if !limit_only {
            let message = format!("no rate was found in 「{text}」");
            self.leaves.warn("unplaced", &format!("{path}/rate"), message);
        }
        if let Some((rounding, at)) = &parts.rounding {
            let slot = part(at);
            self.leaves.evidence(&format!("{path}/rounding"), &slot);
            let said = rounding.clone().unwrap_or_else(|| {
                let lines: Vec<&str> = self.layout.texts(slot.spans()).collect();
                flow(&lines)
            });
            if rounding.is_none() {
                let message = "the clause on fractions is none that is known; kept as printed".to_owned();
                self.leaves.warn("rounding_as_text", &format!("{path}/rounding"), message);
            }
            out.rounding = Printed::Value(said);
        }
        if let Some(limit) = &parts.limit {
            let slot = part(&limit.at);
            let leaf = format!("{path}/limit_yen");
            if limit.unclear {
                let words: String = self.layout.texts(slot.spans()).collect();
                self.leaves.warn("limit_not_an_amount", &leaf, format!("「{words}」 is not one amount; left out"));
            } else {
                if limit.bare && unit.is_none() {
                    let message =
                        "no unit is printed with the amount, over its column or around the table; read as yen";
                    self.leaves.warn("money_unit_assumed", &leaf, message.to_owned());
                }
                self.leaves.evidence(&leaf, &slot);
                out.limit_yen = limit.yen.map_or(Printed::Empty, Printed::Value);
            }
        }
        if let Some(amount) = &parts.amount {
            let words: String = self.layout.texts(part(amount).spans()).collect();
            let message = format!("「{words}」 stands with the rate and is not said to be the limit");
            self.leaves.warn("limit_unclear", &format!("{path}/limit_yen"), message);
        }
        if let (true, Printed::Value(other), Some(LimitPart { yen: Some(yen), .. })) =
            (limit_only, &before, &parts.limit)
            && other != yen
        {
            let message = "the columns of the rate and of the limit print different amounts".to_owned();
            self.leaves.warn("limit_twice", &format!("{path}/limit_yen"), message);
        }
        if parts.left {
            let message =
                "the cell says more than a rate, a clause on fractions and a limit; the rest is unassigned".to_owned();
            self.leaves.warn("text_left", &format!("{path}/rate"), message);
        }
    }
}

/// The lines of a cell: one text, but for bullets.
fn cell_text(lines: &[&str]) -> String {
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for line in lines {
        let bullet = line.trim_start().starts_with(|c| "・○●◎※■□◆◇".contains(c) || ('①'..='⑳').contains(&c));
        match parts.last_mut() {
            Some(part) if !bullet => part.push(line),
            _ => parts.push(vec![line]),
        }
    }
    parts.iter().map(|part| flow(part)).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_of_a_cell_are_lines() {
        assert_eq!(cell_text(&["・人件費", "・機械の", "賃借料"]), "・人件費\n・機械の賃借料");
        assert_eq!(cell_text(&["消 耗 品", "費"]), "消耗品費");
    }
}
