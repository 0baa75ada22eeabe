//! The annexes read from flattened text, whose tables an extractor lost, by the logic of the form.

use super::cells::Item;
use super::raw::RawZone;
use crate::layout::{Layout, Span};

/// Reads the annexes; gives the lines read, by section of the record.
pub(super) fn read(_layout: &Layout, _items: &[Item], _zone: &mut RawZone) -> Vec<(&'static str, Vec<Span>)> {
    Vec::new()
}
