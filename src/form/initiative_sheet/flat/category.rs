//! 類型 of Check and Action: the numbers and names of the rows, by the form's own lists where they are known.

use super::runs::{Run, Zone};
use super::sentence::{self, Ending};
use super::word::{self, Class};
use super::work::Work;
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::RawCategory;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Check,
    Action,
}

/// The form's 類型, numbered from 1.
pub const CHECK: [&str; 7] = [
    "県の制度、執行体制(内部要因)",
    "他の実施主体の状況(内部要因)",
    "社会・経済情勢(外部環境の変化)",
    "県民ニーズの変化(外部環境の変化)",
    "法令等の改正(外部環境の変化)",
    "他地域等の動向(外部環境の変化)",
    "その他(改善余地の検証等)",
];
pub const ACTION: [&str; 8] = [
    "執行体制の改善",
    "連携の強化・改善",
    "事業内容の見直し",
    "創意工夫による取組の改善(合理化・効率化)",
    "情報発信等の強化・改善",
    "変化に対応した取組の改善",
    "取組の時期・対象の改善",
    "その他",
];

/// A row of one side: where its number and its name stand.
#[derive(Debug, Clone)]
pub struct Row {
    pub side: Side,
    number: Option<usize>,
    name: Vec<usize>,
    /// The form's list has it.
    known: bool,
    /// It stands in a block that the text gives before the table's head: a lower row in a bottom-up order.
    early: bool,
}

impl Row {
    /// Tokens after which the row's text may begin.
    pub fn events(&self) -> Vec<usize> {
        self.number.into_iter().chain(self.name.iter().copied()).collect()
    }

    fn at(&self) -> usize {
        self.number.or(self.name.first().copied()).unwrap_or(usize::MAX)
    }
}

/// Finds the rows and puts their numbers and names into the record; the texts are left to be allotted.
pub fn read(work: &mut Work, runs: &[Run], bottom_up: bool) -> Vec<Row> {
    let zone: Vec<usize> = runs
        .iter()
        .filter(|r| r.zone == Zone::Category)
        .flat_map(|r| r.ids.iter().copied())
        .filter(|i| work.free(*i))
        .collect();
    let mut rows = known(work, &zone);
    bind(work, &zone, &mut rows);
    unknown(work, &zone, &mut rows);
    for row in &mut rows {
        row.early = bottom_up && early(work, row.at());
    }
    // A block before the head of the table is a lower row.
    rows.sort_by_key(|r| (r.early, r.at()));
    if rows.iter().any(|r| r.early) && rows.iter().any(|r| !r.early) {
        for (side, at) in [(Side::Check, "/check"), (Side::Action, "/action")] {
            if rows.iter().filter(|r| r.side == side).count() > 1 {
                work.doubt(Severity::Note, "row_order_inferred", at, "rows in a text that runs from bottom to top");
            }
        }
    }
    for (side, at) in [(Side::Check, "check"), (Side::Action, "action")] {
        let mut found = Vec::new();
        for (i, row) in rows.iter().filter(|r| r.side == side).enumerate() {
            let beside = row.number.is_some_and(|n| row.name.first() == Some(&(n + 1)));
            let method = if beside && row.known { Method::Order } else { Method::Inferred };
            if method == Method::Inferred {
                let message = if row.known {
                    "number and name stand apart; tied by the form's list"
                } else {
                    "a 類型 that the form's list does not have; told by its place"
                };
                work.doubt(Severity::Note, "category_inferred", format!("/{at}/{i}"), message);
            }
            let number = work.slot(&Vec::from_iter(row.number), method);
            let category = work.slot(&row.name, method);
            found.push(RawCategory { number, category, ..RawCategory::default() });
        }
        match side {
            Side::Check => work.raw.check = found,
            Side::Action => work.raw.action = found,
        }
    }
    rows
}

/// Does the token stand behind a heading of the section, before the head 類型 内容 that comes later?
fn early(work: &Work, at: usize) -> bool {
    let heading = work.zone(at).is_some_and(|(_, l)| matches!(l, Label::ActionHeading | Label::CheckHeading));
    heading && work.tokens.iter().skip(at.min(work.tokens.len())).any(|t| t.is(Label::Content))
}

/// Names of the form's lists, over as many words and lines as they take.
fn known(work: &Work, zone: &[usize]) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let mut i = 0;
    while i < zone.len() {
        match match_name(work, &zone[i..]) {
            Some((side, n)) => {
                let name = zone[i..i + n].to_vec();
                out.push(Row { side, number: None, name, known: true, early: false });
                i += n;
            }
            None => i += 1,
        }
    }
    out
}

fn match_name(work: &Work, zone: &[usize]) -> Option<(Side, usize)> {
    let names = || CHECK.iter().map(|n| (Side::Check, *n)).chain(ACTION.iter().map(|n| (Side::Action, *n)));
    let mut text = String::new();
    let mut best = None;
    for (n, id) in zone.iter().enumerate().take(6) {
        let t = &work.tokens[*id];
        if !matches!(t.class(), Some(Class::Text | Class::Close | Class::Status)) {
            break;
        }
        text.push_str(&t.text);
        if let Some((side, _)) = names().find(|(_, name)| *name == text) {
            best = Some((side, n + 1));
        }
        if !names().any(|(_, name)| name.starts_with(&text)) {
            break;
        }
    }
    best
}

fn list_number(side: Side, name: &str) -> Option<usize> {
    let list: &[&str] = if side == Side::Check { &CHECK } else { &ACTION };
    list.iter().position(|n| *n == name).map(|p| p + 1)
}

/// The numbers of known names: the one directly before it, else the one that the list gives, on the side of the line
/// where it belongs.
fn bind(work: &Work, zone: &[usize], rows: &mut [Row]) {
    let value = |i: usize| work.tokens[i].text.chars().next().and_then(word::number_value);
    let mut free: Vec<usize> = zone.iter().copied().filter(|i| work.word(*i, Class::Number)).collect();
    for row in rows.iter_mut() {
        let before = row.name[0].checked_sub(1);
        let wanted = list_number(row.side, &work.text(&row.name));
        // On the lines before it may stand the number of any row.
        let own = |i: &usize| {
            Some(*i) == before && (work.tokens[*i].row == work.tokens[row.name[0]].row || value(*i) == wanted)
        };
        if let Some(p) = free.iter().position(own) {
            row.number = Some(free.remove(p));
        }
    }
    for row in rows.iter_mut().filter(|r| r.number.is_none()) {
        let wanted = list_number(row.side, &work.text(&row.name));
        // The left of two numbers on a line is Check's.
        let column = |i: usize| {
            let on_line: Vec<usize> = zone
                .iter()
                .copied()
                .filter(|j| work.tokens[*j].row == work.tokens[i].row && work.tokens[*j].is_word(Class::Number))
                .collect();
            match on_line[..] {
                [left, _] if left == i => Some(Side::Check),
                [_, right] if right == i => Some(Side::Action),
                _ => None,
            }
        };
        let fits = |i: &usize| value(*i) == wanted && column(*i).is_none_or(|s| s == row.side);
        let before = row.name[0].checked_sub(1);
        if let Some(p) = free.iter().position(fits).or(free.iter().position(|i| Some(*i) == before)) {
            row.number = Some(free.remove(p));
        }
    }
}

/// Numbers whose names no list has: the short words behind them.
fn unknown(work: &Work, zone: &[usize], rows: &mut Vec<Row>) {
    let bound: Vec<usize> = rows.iter().filter_map(|r| r.number).collect();
    let taken: Vec<usize> = rows.iter().flat_map(|r| r.name.iter().copied()).collect();
    for (z, id) in zone.iter().enumerate() {
        if !work.word(*id, Class::Number) || bound.contains(id) {
            continue;
        }
        let mut name: Vec<usize> = Vec::new();
        for next in zone[z + 1..].iter().take(4) {
            let t = &work.tokens[*next];
            let short = t.text.chars().count() <= if t.row == work.tokens[*id].row { 20 } else { 12 };
            let starts_text = !name.is_empty() && (t.gap || t.indent);
            if taken.contains(next)
                || !matches!(t.class(), Some(Class::Text | Class::Close))
                || !short
                || starts_text
                || t.text.contains('。')
            {
                break;
            }
            name.push(*next);
        }
        let side = side_of(work, &zone[z + 1..], rows, *id);
        rows.push(Row { side, number: Some(*id), name, known: false, early: false });
    }
}

/// Check or Action, by the first sentence that ends behind the number.
fn side_of(work: &Work, behind: &[usize], rows: &[Row], id: usize) -> Side {
    let mut before = String::new();
    for i in behind {
        let t = &work.tokens[*i];
        if t.is_word(Class::Number) {
            break;
        }
        match sentence::endings(&before, &t.text).first() {
            Some(Ending::Will) => return Side::Action,
            Some(Ending::State | Ending::Past) => return Side::Check,
            _ => {}
        }
        before.push_str(&t.text);
    }
    // Left of another number on its line, or before any row of Check, it is Check's.
    let right = work.tokens.get(id + 1).is_some_and(|t| t.is_word(Class::Number) && !t.first);
    if right || !rows.iter().any(|r| r.side == Side::Check && r.at() < id) { Side::Check } else { Side::Action }
}
