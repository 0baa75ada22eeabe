//! Sheets from flattened text: labels and words in whatever order an extractor left them → the fields of the form.
//!
//! | file | does |
//! |---|---|
//! | [`part`] | where a sheet begins and ends |
//! | [`lex`], [`word`] | lines → labels and words, each word with what it can be by its form |
//! | [`columns`] | pages that keep their columns → the order of their cells |
//! | [`work`] | the sheet while it is read: what has been taken |
//! | [`plan`], [`contact`], [`targets`], [`outputs`], [`share`] | the Plan part |
//! | [`runs`] | the Do part between its labels |
//! | [`budget`] | the programmes and their row of amounts |
//! | [`indicator`], [`judgment`] | actuals, target, ratio; 進捗状況 |
//! | [`category`] | the rows of Check and Action |
//! | [`piece`], [`sentence`], [`fields`], [`allot`], [`passages`] | prose, all cells solved together |
//!
//! [`loose`] reads sheets whose lines stand in no order at all. [`torn`] says when the order of the text is not that of the form.
//!
//! Reading order alone decides what is [`Method::Order`](crate::form::document::Method); what a rule of thumb decides is
//! `Inferred` and has a doubt.

mod allot;
mod budget;
mod category;
mod columns;
mod contact;
mod fields;
mod indicator;
mod judgment;
mod lex;
mod loose;
mod outputs;
mod part;
mod passages;
mod piece;
mod plan;
mod runs;
mod sentence;
mod share;
mod targets;
mod torn;
mod word;
mod work;

use super::sheet::RawSheet;
use crate::layout::Layout;
pub use part::{Part, labels_of as signs, sheets};
use work::Work;

/// Reads one sheet of a text.
pub fn read(layout: &Layout, part: &Part) -> RawSheet {
    let mut work = Work::new(layout, part);
    if loose::is_loose(&work) {
        loose::read(&mut work, layout);
        return work.raw;
    }
    let names = indicator::names(&mut work);
    let keys: Vec<String> = names.iter().map(|n| work.text(n)).collect();
    plan::read(&mut work, &keys);
    let bottom_up = budget::bottom_up(&work);
    let runs = runs::runs(&work, bottom_up);
    judgment::judgment(&mut work, &runs);
    indicator::read(&mut work, &runs, &names, bottom_up);
    budget::read(&mut work, &runs);
    let rows = category::read(&mut work, &runs, bottom_up);
    passages::read(&mut work, &runs, &rows, bottom_up);
    torn::doubt(&mut work);
    work.raw
}

#[cfg(test)]
mod tests;
