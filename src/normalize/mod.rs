//! Printed strings → values: pure functions, no I/O, no panic on any string.
//!
//! | file | reads |
//! |---|---|
//! | [`fold`] | one spelling for one string: widths, radicals, signs |
//! | [`radical`] | the table of radical signs |
//! | [`dash`] | the many dashes: "none", or a minus |
//! | [`numeral`] | `1,234`, `２千万`, `二〇二二` |
//! | [`fraction`] | `10分の８` |

pub mod dash;
pub mod fold;
pub mod fraction;
pub mod numeral;
pub mod radical;
mod value;

pub use value::{Comparator, Number, Quantity, State};
