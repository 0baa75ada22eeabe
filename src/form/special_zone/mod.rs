//! 総合特別区域評価書: one record.

mod record;

use std::collections::BTreeSet;

use super::FormReading;
use super::recognise::Form;
use crate::layout::{Layout, PageLayout};
pub use record::ZoneEvaluation;

pub const ID: &str = "special_zone";

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
