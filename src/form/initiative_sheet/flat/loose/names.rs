//! Names of indicators, which Plan and Do both print, and of programmes, which Do prints for both years.

use super::line::{self, Line};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::flat::budget;
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::labels::Label;
use crate::form::initiative_sheet::sheet::{RawIndicator, RawOutputIndicator, RawProgram};

/// Lines of a name at most.
const MOST_LINES: usize = 3;

/// The names of the indicators, folded: those that both parts of the form print. Puts them into the record.
pub fn indicators(work: &mut Work) -> Vec<String> {
    let wanted = work.labels(Area::Do, Label::IndicatorName).len();
    let mut out: Vec<String> = Vec::new();
    for _ in 0..wanted.min(8) {
        let Some((name, plan, do_)) = shared(work) else { break };
        let (plan, do_) = (work.slot(&plan, Method::Inferred), work.slot(&do_, Method::Inferred));
        work.raw.output_indicators.push(RawOutputIndicator { name: plan, ..RawOutputIndicator::default() });
        work.raw.indicators.push(RawIndicator { name: do_, ..RawIndicator::default() });
        out.push(name);
    }
    if out.len() < wanted || out.is_empty() {
        // Their values may be there all the same.
        let lack = wanted.clamp(1, 8) - out.len().min(wanted.clamp(1, 8));
        work.raw.output_indicators.resize(out.len() + lack, RawOutputIndicator::default());
        work.raw.indicators.resize(out.len() + lack, RawIndicator::default());
        out.resize(out.len() + lack, String::new());
        let message = "no name of an indicator that both parts of the form print";
        for at in ["/plan/output_indicators", "/do/indicators"] {
            work.doubt(Severity::Warning, "unplaced", at, message);
        }
    }
    if out.len() > 1 {
        let message = "several indicators; those that the rationale names first come first";
        work.doubt(Severity::Warning, "indicator_block_inferred", "/do/indicators", message);
        work.doubt(Severity::Warning, "indicator_block_inferred", "/plan/output_indicators", message);
    }
    out
}

/// How sure a name is, the name, and its tokens in Plan and in Do.
type Ranked = ((u8, bool, usize), String, Vec<usize>, Vec<usize>);

/// One name, and its tokens in Plan and in Do: best one that the rationale quotes beside its target, and one that stands
/// on a line of its own in both.
fn shared(work: &Work) -> Option<(String, Vec<usize>, Vec<usize>)> {
    let plan: Vec<Line> = line::lines(work, &work.of(Area::Plan)).into_iter().filter(may_be_name).collect();
    let all = line::lines(work, &work.of(Area::Do));
    let do_: Vec<Line> = all.iter().filter(|l| may_be_name(l)).cloned().collect();
    let quotes: Vec<(String, u8)> = all
        .iter()
        .flat_map(|l| quotes(&l.text).into_iter().map(|q| (q, 1 + u8::from(l.text.contains("目標値")))))
        .take(60)
        .collect();
    let quoted = |name: &str| quotes.iter().filter(|(q, _)| q == name).map(|(_, rank)| *rank).max().unwrap_or(0);
    let mut best: Option<Ranked> = None;
    let printed = texts(&plan).into_iter().map(|(name, which)| (name, Some(which)));
    let quotes = quotes.iter().map(|(name, _)| (name.clone(), line::spell(&plan, name, MOST_LINES)));
    for (name, which) in printed.chain(quotes) {
        let found = line::spell(&do_, &name, MOST_LINES);
        // One part of the form and the rationale are two witnesses too.
        let two = which.is_some() && found.is_some() || (which.is_some() || found.is_some()) && quoted(&name) > 0;
        if name.chars().count() < 3 || !two {
            continue;
        }
        let (which, found) = (which.unwrap_or_default(), found.unwrap_or_default());
        let rank = (quoted(&name), is_measure(&name), 9 - which.len() - found.len());
        if best.as_ref().is_none_or(|(r, ..)| rank > *r) {
            best = Some((rank, name, line::ids_of(&plan, &which), line::ids_of(&do_, &found)));
        }
    }
    best.map(|(_, name, plan, do_)| (name, plan, do_))
}

fn may_be_name(line: &Line) -> bool {
    !line.text.contains(['。', '、']) && (!line.text.is_ascii() || line.text.ends_with(')')) && line.chars.len() <= 40
}

/// What stands between corner brackets.
fn quotes(text: &str) -> Vec<String> {
    text.split('「').skip(1).filter_map(|t| Some(t.split_once('」')?.0.to_owned())).take(8).collect()
}

/// What is measured ends so.
const MEASURES: [&str; 18] = [
    "数",
    "率",
    "額",
    "量",
    "高",
    "割合",
    "面積",
    "人口",
    "時間",
    "度",
    "比",
    "指数",
    "価格",
    "シェア",
    "所得",
    "件",
    "年齢",
    "距離",
];

/// Is it called as what is measured is, a bracket behind it left out?
pub fn is_measure(text: &str) -> bool {
    let bare = if text.ends_with(')') { text.split('(').next().unwrap_or_default() } else { text };
    MEASURES.iter().any(|m| bare.ends_with(m))
}

/// The indicators in the order in which the rationale names them.
pub fn in_order(work: &mut Work, names: Vec<String>, rationale: &str) -> Vec<String> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|k| rationale.find(&format!("「{}」", names[*k])).unwrap_or(usize::MAX));
    work.raw.output_indicators = order.iter().map(|k| work.raw.output_indicators[*k].clone()).collect();
    // The summaries stand for themselves: only the names change places.
    let slots: Vec<_> = order.iter().map(|k| work.raw.indicators[*k].name.clone()).collect();
    for (indicator, name) in work.raw.indicators.iter_mut().zip(slots) {
        indicator.name = name;
    }
    order.into_iter().map(|k| names[k].clone()).collect()
}

/// What one line says, and two together.
fn texts(lines: &[Line]) -> Vec<(String, Vec<usize>)> {
    let n = lines.len().min(30);
    let one = (0..n).map(|i| (lines[i].text.clone(), vec![i]));
    let pairs = (0..n).flat_map(|a| (0..n).filter(move |b| *b != a).map(move |b| (a, b)));
    one.chain(pairs.map(|(a, b)| (format!("{}{}", lines[a].text, lines[b].text), vec![a, b]))).collect()
}

/// The names of the programmes: printed on both sides, and as programmes are called.
pub fn programs(work: &mut Work) {
    let labels = work.labels(Area::Do, Label::Program);
    let wanted = labels.len().div_ceil(2).min(8);
    let pages: Vec<usize> = labels.iter().map(|i| work.tokens[*i].page).collect();
    let lines: Vec<Line> = line::lines(work, &work.of(Area::Do))
        .into_iter()
        .filter(|l| pages.contains(&l.page) && may_be_name(l) && l.chars.len() >= 4 && !budget::is_row_word(&l.text))
        .collect();
    let mut ranked: Vec<(bool, usize, usize)> = Vec::new();
    for (i, l) in lines.iter().enumerate() {
        if lines[..i].iter().all(|b| b.text != l.text) {
            let count = lines.iter().filter(|b| b.text == l.text).count();
            let bare = l.text.split('(').next().unwrap_or_default();
            let called = CALLED.iter().any(|end| bare.ends_with(end));
            if called || count == 2 {
                ranked.push((called, count, i));
            }
        }
    }
    ranked.sort_by_key(|(called, count, i)| (!called, std::cmp::Reverse(*count), *i));
    let mut spare = ranked.split_off(wanted.min(ranked.len())).into_iter().filter(|(called, ..)| *called);
    for (_, _, first) in ranked {
        let same: Vec<&Line> = lines.iter().filter(|l| l.text == lines[first].text).take(2).collect();
        let name = work.slot(&same[0].ids, Method::Inferred);
        // Called otherwise in the next year, or not gone on with.
        let next = same.get(1).copied().or_else(|| spare.next().map(|(_, _, i)| &lines[i]));
        let next_name = work.slot(&next.map(|l| l.ids.clone()).unwrap_or_default(), Method::Inferred);
        work.raw.programs.push(RawProgram { name, next_name, ..RawProgram::default() });
    }
    if work.raw.programs.len() < wanted || wanted == 0 {
        work.doubt(Severity::Warning, "unplaced", "/do/programs", "no name of a programme that stands on both sides");
    }
    work.raw.programs.resize(wanted.max(work.raw.programs.len()), RawProgram::default());
}

/// What programmes are called.
const CALLED: [&str; 6] = ["事業", "事業費", "補助金", "交付金", "委託料", "対策費"];
