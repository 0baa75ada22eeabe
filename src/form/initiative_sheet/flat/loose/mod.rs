//! Sheets whose lines stand in no order at all, as where an extractor follows the order of drawing and the page was
//! drawn in none. Only what a line says then tells where it stands.
//!
//! | file | does |
//! |---|---|
//! | [`line`] | what one cell takes of a line |
//! | [`names`] | names of indicators and programmes: printed on two parts of the form, or twice |
//! | [`money`] | amounts, funds, methods |
//! | [`rows`] | the 類型 of Check and Action, put together from the lines of a narrow cell |
//! | [`junction`], [`stems`], [`chain`], [`matching`] | which line of prose goes on from which |
//! | [`cells`] | which cell a passage comes from |
//! | [`values`] | actuals, target, ratio |
//! | [`outputs`] | the yearly targets of the plan |
//! | [`plan`] | the other fields of the plan |
//!
//! Everything here is [`Method::Inferred`](crate::form::document::Method) and stands under a doubt of the whole part.

mod cells;
mod chain;
mod junction;
mod line;
mod matching;
mod money;
mod names;
mod outputs;
mod plan;
mod rows;
mod stems;
mod values;

use super::word::Class;
use super::work::{Area, Work};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;
use crate::layout::Layout;

/// Labels that a sheet must have for their order to say anything.
const ENOUGH: usize = 12;
/// Words of a sheet at most: longer texts are none, and each word is held against each other here.
const MOST_WORDS: usize = 2000;

/// Do the labels follow each other as in no text that keeps any order of the form?
pub fn is_loose(work: &Work) -> bool {
    let (near, all) = steps(work);
    work.tokens.len() <= MOST_WORDS && all >= ENOUGH && near * 5 < all * 2
}

/// How many labels have one behind them that the form prints soon after, and how many have one at all.
fn steps(work: &Work) -> (usize, usize) {
    let labels: Vec<(usize, i32)> = work
        .tokens
        .iter()
        .filter_map(|t| Some((t.page, t.label().filter(|l| !matches!(l, Label::Year | Label::Edition))? as i32)))
        .collect();
    let steps: Vec<i32> =
        labels.windows(2).filter(|w| w[0].0 == w[1].0 && w[0].1 != w[1].1).map(|w| w[1].1 - w[0].1).collect();
    (steps.iter().filter(|d| (1..=3).contains(*d)).count(), steps.len())
}

/// Reads a sheet whose lines stand in no order.
pub fn read(work: &mut Work, layout: &Layout) {
    doubt(work);
    judgment(work);
    let names = names::indicators(work);
    names::programs(work);
    money::read(work);
    let rows = rows::read(work);
    let said = cells::read(work, layout, rows);
    let names = names::in_order(work, names, &said);
    let quotes: Vec<values::Quoted> = (0..names.len()).map(|k| values::quoted(&said, &names, k)).collect();
    let kinds = outputs::kinds(work, &names, &quotes);
    let goals = values::read(work, &quotes, &kinds);
    outputs::read(work, &kinds, &goals);
    plan::read(work, layout);
    left(work);
}

fn doubt(work: &mut Work) {
    let message = "the lines stand in no order of the form: the extractor gave them as they were drawn, and every value \
                   was told by what it says";
    for at in ["/plan", "/do", "/check", "/action"] {
        work.doubt(Severity::Warning, "reading_order_lost", at, message);
    }
}

/// 進捗状況: the word of a scale, where all that stand alone agree.
fn judgment(work: &mut Work) {
    let words: Vec<usize> = work.of(Area::Do).into_iter().filter(|i| work.word(*i, Class::Judgment)).collect();
    let Some(first) = words.first().copied() else {
        work.doubt(Severity::Warning, "unplaced", "/do/judgment", "no word of judgment stands by itself");
        return;
    };
    if words.iter().all(|i| work.tokens[*i].text == work.tokens[first].text) {
        work.raw.judgment = work.slot(&[first], Method::Inferred);
    } else {
        work.doubt(Severity::Warning, "unplaced", "/do/judgment", "several words of judgment, and no order among them");
    }
}

/// Says where text was left over.
fn left(work: &mut Work) {
    for area in [Area::Plan, Area::Do] {
        let free = work.of(area).into_iter().any(|i| work.word(i, Class::Text) && !work.tokens[i].text.is_ascii());
        let parts: &[&str] = if area == Area::Plan { &["/plan"] } else { &["/do", "/check", "/action"] };
        for at in parts.iter().filter(|_| free) {
            work.doubt(Severity::Warning, "text_left", *at, "text was left over that no cell could be told for");
        }
    }
}
