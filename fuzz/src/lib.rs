//! What the targets share: PDFs built around the bytes under test, and the reading of a whole file.
//!
//! The parsers are reached as a file reaches them, through the public reader, so that the library needs no door of its own
//! for fuzzing; the file around the bytes is right, so that they get there.

use hyoka::diagnostic::Diagnostic;
use hyoka::form::{self, SourceInfo};
use hyoka::layout::{Layout, PageLayout};
use hyoka::source::pdf::{Limits, Options, Reader};

/// Tight enough that the slowest input that the limits let through stays well under the fuzzer's time limit.
pub fn options() -> Options {
    let limits = Limits {
        stream_bytes: 2 << 20,
        page_bytes: 4 << 20,
        operators: 200_000,
        forms: 500,
        marks: 50_000,
        objects: 50_000,
        pages: 40,
        seconds_per_page: 5,
        ..Limits::default()
    };
    Options { password: None, limits }
}

/// Panics of the parsers of objects and of embedded fonts cost the reader an object or a font, no more; any of our own are
/// findings.
fn let_the_parsers_panic() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let abort = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(|at| at.file()).unwrap_or_default();
            let parsing_objects = std::thread::current().name() == Some("pdf") && !place.contains("src/source/pdf/");
            if !parsing_objects && !place.contains("ttf-parser") {
                abort(panic);
            }
        }));
    });
}

/// The whole way of a PDF, from bytes to records.
pub fn read(bytes: &[u8]) {
    let_the_parsers_panic();
    let Ok(reader) = Reader::open(bytes, &options()) else { return };
    let mut layout = Layout::default();
    for number in 1..=reader.page_count() {
        let page = reader.page(number).expect("a page within the count is read, however badly");
        for glyph in &page.glyphs {
            assert!((glyph.clip as usize) < page.clips.len());
        }
        let laid = PageLayout::from_page(&page);
        for cell in &laid.cells {
            assert!(cell.lines.end <= laid.lines.len());
        }
        layout.pages.push(laid);
    }
    let source = SourceInfo {
        name: "fuzz.pdf".into(),
        sha256: String::new(),
        media_type: "application/pdf".into(),
        bytes: bytes.len() as u64,
        pages: layout.pages.len() as u32,
    };
    let _ = form::read(&layout, source, None, Vec::<Diagnostic>::new());
}

/// A PDF of numbered objects (from 1; the first is the catalog), with a right table of objects.
pub fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend_from_slice(table.as_bytes());
    let tail = format!("trailer <</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.extend_from_slice(tail.as_bytes());
    out
}

pub fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream");
    out
}

/// One page with resources; objects from 5 on are `more`, 4 is its content.
pub fn one_page(resources: &str, content: &[u8], more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<{resources}>>>>").into_bytes(),
        stream("", content),
    ];
    objects.extend(more);
    pdf(&objects)
}

/// A content stream that shows `bytes` with the font /F.
pub fn showing(bytes: &[u8]) -> Vec<u8> {
    let mut content = b"BT /F 10 Tf 1 0 0 1 20 800 Tm 12 TL\n".to_vec();
    for line in bytes.chunks(64) {
        content.push(b'<');
        for byte in line {
            content.extend_from_slice(format!("{byte:02x}").as_bytes());
        }
        content.extend_from_slice(b"> Tj T*\n");
    }
    content.extend_from_slice(b"ET");
    content
}

/// Every byte, under a few first bytes only: each first byte costs a table of 256 characters.
pub fn all_bytes() -> Vec<u8> {
    (0..=255u8).flat_map(|low| [0, low]).chain([1, 0x41, 0x30, 0x42, 0x81, 0x40, 0x88, 0x9f]).collect()
}
