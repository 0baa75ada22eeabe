//! What one input may cost. Every limit is generous for a real document and short for a trap.

use super::super::PageNote;

/// How a PDF is opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// User or owner password; the empty one is always tried first.
    pub password: Option<String>,
    pub limits: Limits,
}

/// Bounds on the work and memory that one input can ask for.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes that one stream may inflate to; what lies beyond is cut off with a note.
    pub stream_bytes: usize,
    /// Bytes that all object streams of the file may inflate to; those beyond are left out with a note. In encrypted files each
    /// has only the bound of any stream.
    pub object_stream_bytes: usize,
    /// Bytes of content that one page may inflate to, over all its content streams and forms.
    pub page_bytes: usize,
    /// Depth of Form XObjects drawn within each other, and of saved graphics states.
    pub nesting: usize,
    /// Operators carried out on one page, forms included.
    pub operators: u64,
    /// Form XObjects drawn on one page, each drawing counted.
    pub forms: u32,
    /// Glyphs, rules, fills and pictures kept of one page.
    pub marks: usize,
    /// Objects in the file.
    pub objects: usize,
    /// Pages in the file.
    pub pages: usize,
    /// Time for one page: the last resort, since it alone depends on the machine.
    pub seconds_per_page: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            stream_bytes: 64 << 20,
            object_stream_bytes: 256 << 20,
            page_bytes: 128 << 20,
            nesting: 64,
            operators: 10_000_000,
            forms: 20_000,
            marks: 2_000_000,
            objects: 4_000_000,
            pages: 100_000,
            seconds_per_page: 60,
        }
    }
}

/// The limit that cut a page short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    StreamBytes,
    PageBytes,
    Nesting,
    Operators,
    Forms,
    Marks,
    Operands,
    Seconds,
}

impl Cut {
    /// The note that says what was cut and by which limit.
    pub(super) fn note(self, limits: &Limits) -> PageNote {
        let (name, allowed) = match self {
            Cut::StreamBytes => ("stream_bytes", limits.stream_bytes as u64),
            Cut::PageBytes => ("page_bytes", limits.page_bytes as u64),
            Cut::Nesting => ("nesting", limits.nesting as u64),
            Cut::Operators => ("operators", limits.operators),
            Cut::Forms => ("forms", u64::from(limits.forms)),
            Cut::Marks => ("marks", limits.marks as u64),
            Cut::Operands => ("operands", super::content::MAX_OPERANDS as u64),
            Cut::Seconds => ("seconds_per_page", limits.seconds_per_page),
        };
        PageNote {
            code: "page_limit",
            message: format!("the page exceeds the limit {name} ({allowed}); what goes beyond it was left out"),
        }
    }
}
