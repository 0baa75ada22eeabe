//! Printed strings → values: pure functions, no I/O, no panic on any string.

mod value;

pub use value::{Comparator, Number, Quantity, State};
