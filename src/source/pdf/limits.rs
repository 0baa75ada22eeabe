//! How a PDF is opened, and the limits that cut a page short.

use super::super::PageNote;
pub use super::super::limits::Limits;

/// How a PDF is opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// User or owner password; the empty one is always tried first.
    pub password: Option<String>,
    pub limits: Limits,
}

/// The limit that cut a page short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    StreamBytes,
    PageBytes,
    Nesting,
    OpenStates,
    Operators,
    Operands,
    Forms,
    Marks,
    Seconds,
}

impl Cut {
    /// Its name in the list of limits.
    fn name(self) -> &'static str {
        match self {
            Cut::StreamBytes => "stream_bytes",
            Cut::PageBytes => "page_bytes",
            Cut::Nesting => "nesting",
            Cut::OpenStates => "open_states",
            Cut::Operators => "operators",
            Cut::Operands => "operands",
            Cut::Forms => "forms",
            Cut::Marks => "marks",
            Cut::Seconds => "seconds_per_page",
        }
    }

    /// The note that says what was cut and by which limit.
    pub(super) fn note(self, limits: &Limits) -> PageNote {
        let limit = limits.told(self.name());
        PageNote {
            code: "page_limit",
            message: format!("the page exceeds the {limit}; what goes beyond it was left out"),
        }
    }
}
