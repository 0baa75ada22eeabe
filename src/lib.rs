//! `hyoka` (評価): Japanese evaluation documents in, trustworthy data out.
//!
//! One way down: [`source`] → [`layout`] → [`form`] → [`table`] → [`output`], with [`normalize`] beneath all of them.

pub mod audit;
pub mod cli;
pub mod correction;
pub mod diagnostic;
pub mod error;
pub mod form;
pub mod geometry;
pub mod layout;
pub mod normalize;
pub mod output;
pub mod picture;
pub mod report;
pub mod review;
pub mod source;
pub mod table;

use error::Result;
use form::{Document, Jurisdiction, Recognition, SourceInfo};
use layout::PageLayout;
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
    extract_hashed(name, bytes, output::hash::sha256(bytes), options)
}

/// [`extract`] for bytes whose SHA-256 is known: lower-case hex. The bytes of a PDF are held while it is read; borrowed ones are copied.
pub fn extract_hashed(
    name: &str,
    bytes: impl AsRef<[u8]> + Into<Vec<u8>>,
    sha256: String,
    options: &Options,
) -> Result<Document> {
    let size = bytes.as_ref().len();
    let input = layout::read(bytes, &options.pdf, options.encoding, None)?;
    Ok(structure(name, size, sha256, &input, options))
}

/// One page of an input and what the whole input became: what there is to see when a value is not where it should be.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspected {
    /// What the page prints; `None` for a text input.
    pub page: Option<Page>,
    pub layout: PageLayout,
    pub document: Document,
}

/// Reads one input to look at its page `number`, from 1. Error: `NoSuchPage`.
pub fn inspect(name: &str, bytes: &[u8], number: u32, options: &Options) -> Result<Inspected> {
    let mut input = layout::read(bytes, &options.pdf, options.encoding, Some(number))?;
    let document = structure(name, bytes.len(), output::hash::sha256(bytes), &input, options);
    let found = input.layout.pages.iter().position(|p| p.number == number);
    // A page of a text that prints nothing has no layout.
    let layout = found.map_or(PageLayout { number, ..PageLayout::default() }, |at| input.layout.pages.swap_remove(at));
    Ok(Inspected { page: input.kept, layout, document })
}

/// What a document is taken for, and what speaks for each known form whether it is taken or not, best first.
pub fn explain(bytes: &[u8], options: &Options) -> Result<(Vec<Recognition>, Vec<Recognition>)> {
    let input = layout::read(bytes, &options.pdf, options.encoding, None)?;
    Ok((form::recognise(&input.layout), form::explain(&input.layout)))
}

fn structure(name: &str, bytes: usize, sha256: String, input: &layout::Input, options: &Options) -> Document {
    let source = SourceInfo {
        name: name.to_owned(),
        sha256,
        media_type: input.media_type.clone(),
        bytes: bytes as u64,
        pages: input.layout.pages.len() as u32,
    };
    form::read(&input.layout, source, options.jurisdiction.clone(), input.notes.clone())
}
