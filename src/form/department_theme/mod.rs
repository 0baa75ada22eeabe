//! 部局運営方針, 【テーマN】: one record a theme.

mod record;

use std::collections::BTreeSet;

use super::FormReading;
use super::recognise::Form;
use crate::layout::{Layout, PageLayout};
pub use record::Theme;

pub const ID: &str = "department_theme";

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
