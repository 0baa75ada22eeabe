//! Printed strings → values: pure functions, no I/O, no panic on any string.
//!
//! | file | reads |
//! |---|---|
//! | [`fold`] | one spelling for one string: widths, radicals, signs |
//! | [`radical`] | the table of radical signs |
//! | [`dash`] | the many dashes: "none", or a minus |
//! | [`numeral`] | `1,234`, `２千万`, `二〇二二` |
//! | [`fraction`] | `10分の８` |
//! | [`word`] | 調査中, 非公表, a dash: a cell without a number |
//! | [`bound`] | 約, 以上, 未満 |
//! | [`bullet`] | ○, ・, ▸ at the start of a line, and 【headings】 |
//! | [`mod@unit`] | is this the counter of a number? |
//! | [`quantity`] | `３件（６件）`, `約30人`, `△５％` |
//! | [`era`] | `R4`, `令和元年度`, `H31.4` |
//! | [`money`] | `186,384` under （単位：千円） |
//! | [`percent`] | `100.0%`, `３割` |
//! | [`prose`] | lines that the page wrapped → paragraphs |

pub mod bound;
pub mod bullet;
pub mod dash;
pub mod era;
pub mod fold;
pub mod fraction;
pub mod money;
pub mod numeral;
pub mod percent;
pub mod prose;
pub mod quantity;
pub mod radical;
pub mod unit;
mod value;
pub mod word;

pub use money::{Money, MoneyUnit};
pub use value::{Comparator, Number, Quantity, State};
