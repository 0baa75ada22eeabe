//! Bytes → pages: what an input prints and where, knowing no form.
//!
//! A PDF gives [`Page`]s of glyphs and ruling lines; a text gives numbered [`TextLine`]s.

mod page;
pub mod pdf;
pub mod text;

pub use page::{Glyph, Page, PageNote, Rule, TextLine};

/// How far into a file its PDF header may stand.
const HEADER_WINDOW: usize = 1024;

/// Where the PDF header begins, if there is one.
fn pdf_header(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(&bytes[..bytes.len().min(HEADER_WINDOW + 5)], b"%PDF-").filter(|at| *at < HEADER_WINDOW)
}
