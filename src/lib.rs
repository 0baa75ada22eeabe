//! `hyoka` (評価): Japanese evaluation documents in, trustworthy data out.
//!
//! One way down: [`source`] → [`layout`] → [`form`] → [`table`] → [`output`], with [`normalize`] beneath all of them.

pub mod cli;
pub mod diagnostic;
pub mod error;
pub mod form;
pub mod geometry;
pub mod layout;
pub mod normalize;
pub mod output;
pub mod source;
pub mod table;

use diagnostic::Diagnostic;
use error::Result;
use form::{Document, Jurisdiction, SourceInfo};
use layout::{Layout, PageLayout};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use source::{Page, pdf, text};

/// How an input is to be read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub pdf: pdf::Options,
    /// Encoding of text inputs.
    pub encoding: text::Encoding,
    /// The publisher, said by the user.
    pub jurisdiction: Option<Jurisdiction>,
}

/// Reads one input and structures it. `name` is its file name, for the record.
pub fn extract(name: &str, bytes: &[u8], options: &Options) -> Result<Document> {
    let (layout, media_type, diagnostics) = match source::detect(bytes)? {
        source::Kind::Pdf => pdf_layout(bytes, options)?,
        source::Kind::Text => {
            let (lines, charset) = text::read(bytes, options.encoding)?;
            (Layout::from_text(&lines), format!("text/plain; charset={charset}"), Vec::new())
        }
    };
    let source = SourceInfo {
        name: name.to_owned(),
        sha256: Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect(),
        media_type,
        bytes: bytes.len() as u64,
        pages: layout.pages.len() as u32,
    };
    Ok(form::read(&layout, source, options.jurisdiction.clone(), diagnostics))
}

/// Pages are read and laid out in parallel; each page's glyphs are gone once its lines and cells are found.
fn pdf_layout(bytes: &[u8], options: &Options) -> Result<(Layout, String, Vec<Diagnostic>)> {
    let reader = pdf::Reader::open(bytes, &options.pdf)?;
    let pages: Vec<(PageLayout, Vec<Diagnostic>)> = (1..=reader.page_count())
        .into_par_iter()
        .map(|number| match reader.page(number) {
            Ok(page) => {
                let layout = PageLayout::from_page(&page);
                let notes = page_notes(&page, &layout);
                (layout, notes)
            }
            Err(error) => {
                let said = Diagnostic::warning(error.kind.code(), error.kind.to_string()).on_page(number);
                (PageLayout { number, ..PageLayout::default() }, vec![said])
            }
        })
        .collect();
    let mut diagnostics: Vec<Diagnostic> =
        reader.notes().iter().map(|n| Diagnostic::warning(n.code, n.message.clone())).collect();
    let mut layout = Layout::default();
    for (page, notes) in pages {
        layout.pages.push(page);
        diagnostics.extend(notes);
    }
    Ok((layout, "application/pdf".to_owned(), diagnostics))
}

fn page_notes(page: &Page, layout: &PageLayout) -> Vec<Diagnostic> {
    let mut out: Vec<Diagnostic> =
        page.notes.iter().map(|n| Diagnostic::warning(n.code, n.message.clone()).on_page(page.number)).collect();
    if layout.too_large {
        let message = "a drawing with too many ruled boxes was not searched for cells; its text is kept as lines";
        out.push(Diagnostic::warning("table_limit", message).on_page(page.number));
    }
    out
}
