//! A parsed file: its objects, and its bytes, in which the data of its streams stay until they are wanted.
//!
//! Most of a file are font programs and pictures that nobody asks for, and the parser would hold a copy of each. What it hands
//! out is cut to a stub, by which the data are found again in the file.

use std::ops::Deref;

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, Stream};

/// Data shorter than this are held as they are.
const SHORT: usize = 64;
/// Bytes of either end by which data are known again.
const END: usize = 16;
/// Bytes after an object's beginning, and places among them, that are looked at; its dictionary may have the word in a string.
const MAX_BYTES: usize = 64 << 10;
const MAX_PLACES: usize = 16;

#[derive(Default)]
pub(super) struct File {
    doc: Document,
    bytes: Vec<u8>,
    /// Where in `bytes` the PDF begins.
    start: usize,
}

impl Deref for File {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.doc
    }
}

impl File {
    /// `doc`: [`whole`], or [`found`] again in `bytes` from `start` on.
    pub fn new(doc: Document, mut bytes: Vec<u8>, start: usize) -> File {
        let lies_there = |object: &Object| matches!(object, Object::Stream(stream) if stream.start_position.is_some());
        if !doc.objects.values().any(lies_there) {
            bytes = Vec::new();
        }
        File { doc, bytes, start }
    }

    /// The data of a stream, its filters not undone.
    pub fn data<'a>(&'a self, stream: &'a Stream) -> &'a [u8] {
        let Some(at) = stream.start_position else { return &stream.content };
        let at = self.start + at;
        length(stream).and_then(|len| self.bytes.get(at..at.checked_add(len)?)).unwrap_or_default()
    }
}

/// Leaves of a stream's data what they are found by: both ends, and the length in its dictionary.
pub(super) fn cut(stream: &mut Stream) {
    let data = &stream.content;
    if data.len() >= SHORT {
        stream.content = [&data[..END], &data[data.len() - END..]].concat();
    }
}

/// Says of no stream that its data lie in the file.
pub(super) fn whole(doc: &mut Document) {
    for object in doc.objects.values_mut() {
        if let Object::Stream(stream) = object {
            stream.start_position = None;
        }
    }
}

/// Finds the data of all streams that were [`cut`] in the file that they are of. `false`: some were not found, and the objects
/// are of no use.
pub(super) fn found(doc: &mut Document, bytes: &[u8]) -> bool {
    whole(doc);
    let entries = &doc.reference_table.entries;
    // The parser goes by the numbers that objects bear. Where a table calls one otherwise, it does not tell where they are.
    let misled = |(number, entry): (&u32, &XrefEntry)| match entry {
        XrefEntry::Normal { offset, .. } => borne(bytes, *offset as usize) != Some(*number),
        _ => false,
    };
    if entries.iter().any(misled) {
        return false;
    }
    doc.objects.iter_mut().all(|(id, object)| {
        let Object::Stream(stream) = object else { return true };
        // The parser sets each length to that of the data.
        let Some(len) = length(stream).filter(|len| *len != stream.content.len()) else { return true };
        let Some(XrefEntry::Normal { offset, .. }) = entries.get(&id.0) else { return false };
        stream.start_position = find(bytes, *offset as usize, len, &stream.content);
        stream.content = Vec::new();
        stream.start_position.is_some()
    })
}

/// The number of the object that begins at `offset`.
fn borne(bytes: &[u8], offset: usize) -> Option<u32> {
    let number = bytes.get(offset..)?;
    let number = number[..number.len().min(32)].trim_ascii_start();
    let digits = number.iter().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(&number[..digits]).ok()?.parse().ok()
}

fn length(stream: &Stream) -> Option<usize> {
    usize::try_from(stream.dict.get(b"Length").and_then(Object::as_i64).ok()?).ok()
}

/// Where the data with these ends lie, the first after `offset`.
fn find(bytes: &[u8], offset: usize, len: usize, ends: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"stream";
    let (head, tail) = ends.split_at_checked(END)?;
    let object = bytes.get(offset..)?;
    memchr::memmem::find_iter(&object[..object.len().min(MAX_BYTES)], WORD).take(MAX_PLACES).find_map(|word| {
        // Spaces and one end of line, as the parser takes them (ISO 32000-2, 7.3.8.1).
        let rest = &object[word + WORD.len()..];
        let rest = &rest[rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count()..];
        let rest = [&b"\r\n"[..], b"\n", b"\r"].iter().find_map(|end| rest.strip_prefix(*end))?;
        let data = rest.get(..len)?;
        (data.starts_with(head) && data.ends_with(tail)).then(|| bytes.len() - rest.len())
    })
}

#[cfg(test)]
mod tests {
    use lopdf::Dictionary;

    use super::super::{Options, Reader, tests};
    use super::*;

    const DATA: &[u8] = b"0123456789abcdef, and what stands between the ends of it, ghijklmnopqrstuv";

    fn parsed(bytes: &[u8]) -> (Document, bool) {
        let mut stream = Stream::new(Dictionary::new(), DATA.to_vec());
        cut(&mut stream);
        assert_eq!(stream.content.len(), 2 * END);
        let mut doc = Document::new();
        doc.objects.insert((7, 0), Object::Stream(stream));
        doc.reference_table.insert(7, XrefEntry::Normal { offset: 1, generation: 0 });
        let found = found(&mut doc, bytes);
        (doc, found)
    }

    #[test]
    fn data_are_found_where_they_stand() {
        for start in ["stream\n", "(stream) stream \t\r\n", "stream\r"] {
            let bytes = [b"%x 7 0 obj<</Length 74>>", start.as_bytes(), DATA, b"\nendstream"].concat();
            let (doc, found) = parsed(&bytes[1..]);
            assert!(found, "{start:?}");
            let file = File::new(doc, bytes, 1);
            let Some(Object::Stream(stream)) = file.objects.get(&(7, 0)) else { panic!() };
            assert_eq!(file.data(stream), DATA);
        }
    }

    #[test]
    fn data_that_differ_are_not_taken_for_it() {
        for other in [&DATA[1..], &DATA[..DATA.len() - 1], b"", b"0123456789abcdef"] {
            let bytes = [b" 7 0 obj stream\n", other, b"\nendstream"].concat();
            assert!(!parsed(&bytes).1);
        }
    }

    /// The parser files objects under the numbers that they bear, whatever the table calls them.
    #[test]
    fn a_table_that_numbers_its_objects_wrongly_leads_to_no_other_text() {
        let content = |word: &str| {
            tests::stream("", &format!("BT /F 10 Tf 20 50 Td ({word} PAGE) Tj ET 0 0 m 9 9 l S 0 0 m 9 9 l S"))
        };
        let page = |content: u8| format!("<</Type/Page/Parent 2 0 R/Contents {content} 0 R>>");
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 200 100]/Resources<<{}>>>>", tests::FONT),
            page(5),
            page(6),
            content("FIRST"),
            content("OTHER"),
        ];
        let right = String::from_utf8(tests::pdf(&objects)).unwrap();
        // The free entry counts as the first object.
        let wrong = right.replace("xref\n0 7", "xref\n1 7");
        assert_ne!(right, wrong);
        for bytes in [right, wrong] {
            let reader = Reader::open(bytes.as_bytes(), &Options::default()).unwrap();
            let read = |number| tests::text(&reader.page(number).unwrap());
            assert_eq!((read(1).as_str(), read(2).as_str()), ("FIRST PAGE", "OTHER PAGE"));
        }
    }

    #[test]
    fn a_file_whose_streams_are_whole_is_let_go() {
        let mut doc = Document::new();
        let stream = Stream { start_position: Some(5), ..Stream::new(Dictionary::new(), b"short".to_vec()) };
        doc.objects.insert((7, 0), Object::Stream(stream));
        whole(&mut doc);
        let file = File::new(doc, vec![0; 99], 0);
        assert!(file.bytes.is_empty());
        let Some(Object::Stream(stream)) = file.objects.get(&(7, 0)) else { panic!() };
        assert_eq!(file.data(stream), b"short");
    }
}
