//! Bytes → pages: what an input prints and where, knowing no form.
//!
//! A PDF gives [`Page`]s of glyphs and ruling lines; a text gives numbered [`TextLine`]s.

mod page;
pub mod pdf;
pub mod text;

pub use page::{Glyph, Page, PageNote, Rule, TextLine};
