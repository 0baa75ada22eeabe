//! 補助金交付要綱: one record.

mod record;

use std::collections::BTreeSet;

use super::FormReading;
use super::recognise::Form;
use crate::layout::{Layout, PageLayout};
pub use record::Guideline;

pub const ID: &str = "subsidy_guideline";

pub(super) const FORM: Form = Form { id: ID, title, signs, read };

fn title(_page: &PageLayout) -> Option<String> {
    None
}

fn signs(_layout: &Layout) -> BTreeSet<String> {
    BTreeSet::new()
}

fn read(_layout: &Layout, _first: usize) -> FormReading {
    FormReading::default()
}
