//! What both readers of the annexes share: the parts of a cell once its text is known.

pub(super) mod findings;
pub(super) mod ministry;
pub(super) mod target;
