//! Bytes → pages: what an input prints and where, knowing no form.
//!
//! A PDF gives [`Page`]s of glyphs and ruling lines; a text gives numbered [`TextLine`]s.

pub mod limits;
mod page;
pub mod pdf;
pub mod text;

use crate::error::{Error, ErrorKind};

pub use limits::Limits;
pub use page::{Glyph, Page, PageNote, Rule, TextLine};

/// What an input is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Text,
}

/// Tells a PDF (a `%PDF-` header within the first 1024 bytes) from a text.
///
/// Errors: `Empty`; `OtherFormat` for files of a known kind that is neither (with what to do); `NotADocument` for other binary
/// data. A text may still turn out to be none when it is decoded.
pub fn detect(bytes: &[u8]) -> Result<Kind, Error> {
    if bytes.is_empty() {
        return Err(ErrorKind::Empty.into());
    }
    if let Some(other) = other_format(bytes) {
        return Err(other.into());
    }
    if pdf_header(bytes).is_some() {
        return Ok(Kind::Pdf);
    }
    text::read(&bytes[..bytes.len().min(PROBE) & !1], text::Encoding::Auto).map(|_| Kind::Text).or_else(|error| {
        // The probe may have cut a character in two; only what is no text at all is refused here.
        match error.kind {
            ErrorKind::Empty | ErrorKind::Encoding(_) => Ok(Kind::Text),
            _ if bytes.len() <= 1 => Ok(Kind::Text),
            _ => text::read(bytes, text::Encoding::Auto).map(|_| Kind::Text).or_else(|error| match error.kind {
                ErrorKind::Encoding(_) => Ok(Kind::Text),
                _ => Err(error),
            }),
        }
    })
}

/// How much of a file is looked at to tell what it is.
const PROBE: usize = 64 << 10;

const OFFICE: &str = "print or export it as PDF and give that";
const PICTURE: &str = "make a PDF with text of it with an OCR program (for example `ocrmypdf -l jpn`) and give that";
const UNPACK: &str = "unpack it and give the files in it";

/// Beginnings of files that people have at hand and that are neither PDF nor text.
const OTHER_FORMATS: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "a zip archive or an Office file", "unpack it, or print it as PDF from Office, and give that"),
    (b"PK\x05\x06", "an empty zip archive", UNPACK),
    (b"\xd0\xcf\x11\xe0", "an Office file of the old kind", OFFICE),
    (b"{\\rtf", "a rich text file", OFFICE),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"\x89PNG", "a picture", PICTURE),
    (b"\xff\xd8\xff", "a picture", PICTURE),
    (b"GIF8", "a picture", PICTURE),
    (b"II*\0", "a picture", PICTURE),
    (b"MM\0*", "a picture", PICTURE),
];

/// A file of a known kind that is neither PDF nor text, even if it has a PDF inside.
fn other_format(bytes: &[u8]) -> Option<ErrorKind> {
    let (_, what, advice) = OTHER_FORMATS.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
    Some(ErrorKind::OtherFormat { what, advice })
}

/// How far into a file its PDF header may stand.
const HEADER_WINDOW: usize = 1024;

/// Where the PDF header begins, if there is one.
pub(crate) fn pdf_header(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(&bytes[..bytes.len().min(HEADER_WINDOW + 5)], b"%PDF-").filter(|at| *at < HEADER_WINDOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_told_apart_by_their_first_bytes() {
        let code = |bytes: &[u8]| detect(bytes).map_err(|e| e.kind.code());
        assert_eq!(code(b"%PDF-1.7\n"), Ok(Kind::Pdf));
        assert_eq!(code(&[&[b' '; 1000][..], b"%PDF-1.4"].concat()), Ok(Kind::Pdf));
        assert_eq!(code("様式１".as_bytes()), Ok(Kind::Text));
        assert_eq!(code(b""), Err("empty"));
        assert_eq!(code(b"PK\x03\x04rest"), Err("not_a_document"));
        assert_eq!(code(&[0, 1, 2, 3, 0xff, 0, 0x9d, 7, 0]), Err("not_a_document"));
        let error = detect(b"PK\x03\x04rest").unwrap_err();
        let told = matches!(error.kind, ErrorKind::OtherFormat { advice, .. } if advice.contains("print it as PDF"));
        assert!(told, "{error:?}");
    }
}
