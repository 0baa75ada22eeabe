//! An input's bytes → its lines and cells, whatever kind of input it is.

use rayon::prelude::*;

use super::{Layout, PageLayout};
use crate::diagnostic::Diagnostic;
use crate::error::{ErrorKind, Result};
use crate::source::{self, Page, pdf, text};

/// An input as it was read, its form not yet known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Input {
    pub layout: Layout,
    pub media_type: String,
    /// What the reader of the input has to say about it.
    pub notes: Vec<Diagnostic>,
    /// What the page that was to be kept prints; `None` for a text input.
    pub kept: Option<Page>,
}

/// Reads and lays out every page. A page's glyphs are gone once its lines and cells are found, but for page `keep`
/// (from 1). Errors: `NoSuchPage` where there is no page `keep`; `Limit` where it is too large.
///
/// The bytes of a PDF are held until its last page is read.
pub fn read(
    input: impl AsRef<[u8]> + Into<Vec<u8>>,
    pdf: &pdf::Options,
    encoding: text::Encoding,
    keep: Option<u32>,
) -> Result<Input> {
    let bytes = input.as_ref();
    pdf.limits.allow("input_bytes", bytes.len() as u64)?;
    match source::detect(bytes)? {
        source::Kind::Pdf => read_pdf(pdf::Reader::open(input, pdf)?, keep),
        source::Kind::Text => {
            pdf.limits.allow("text_bytes", bytes.len() as u64)?;
            let (lines, charset) = text::read(bytes, encoding)?;
            check(keep, lines.last().map_or(1, |line| line.page))?;
            let (layout, media_type) = (Layout::from_text(&lines), format!("text/plain; charset={charset}"));
            Ok(Input { layout, media_type, ..Input::default() })
        }
    }
}

fn read_pdf(reader: pdf::Reader, keep: Option<u32>) -> Result<Input> {
    check(keep, reader.page_count())?;
    let pages: Vec<(PageLayout, Vec<Diagnostic>, Option<Page>)> = (1..=reader.page_count())
        .into_par_iter()
        .map(|number| match reader.page(number) {
            Ok(page) => {
                let layout = PageLayout::from_page(&page);
                let notes = page_notes(&page, &layout);
                (layout, notes, (keep == Some(number)).then_some(page))
            }
            Err(error) => {
                let said = Diagnostic::warning(error.kind.code(), error.kind.to_string()).on_page(number);
                let blank = Page { number, ..Page::default() };
                (PageLayout { number, ..PageLayout::default() }, vec![said], (keep == Some(number)).then_some(blank))
            }
        })
        .collect();
    let mut input = Input { media_type: "application/pdf".to_owned(), ..Input::default() };
    input.notes.extend(reader.notes().iter().map(|n| Diagnostic::warning(n.code, n.message.clone())));
    for (layout, notes, kept) in pages {
        input.layout.pages.push(layout);
        input.notes.extend(notes);
        input.kept = input.kept.or(kept);
    }
    Ok(input)
}

fn check(asked: Option<u32>, pages: u32) -> Result<()> {
    match asked {
        Some(asked) if !(1..=pages).contains(&asked) => Err(ErrorKind::NoSuchPage { asked, pages }.into()),
        _ => Ok(()),
    }
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
