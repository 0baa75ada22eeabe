//! Encryption and the ways in which a file may be put together: whatever they are, the page says the same.
//!
//! The files in `tests/data/` were made of one fixture by `tests/data/make.sh`; those that no tool makes are made here.

use std::collections::BTreeMap;
use std::path::Path;

use hyoka::error::ErrorKind;
use hyoka::source::Page;
use hyoka::source::pdf::{Limits, Options, Reader};

fn file(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn original() -> Vec<u8> {
    file("fixtures/initiative_sheet/plain.cid.pdf")
}

fn read(bytes: &[u8], password: Option<&str>) -> Result<Vec<Page>, ErrorKind> {
    let options = Options { password: password.map(str::to_owned), ..Options::default() };
    let reader = Reader::open(bytes, &options).map_err(|e| e.kind)?;
    assert_eq!(reader.notes(), [], "nothing to repair");
    Ok((1..=reader.page_count()).map(|n| reader.page(n).unwrap()).collect())
}

#[track_caller]
fn same_as_original(bytes: &[u8], password: Option<&str>) {
    let pages = read(bytes, password).unwrap();
    let expected = read(&original(), None).unwrap();
    assert_eq!(expected.len(), 2);
    assert!(expected.iter().all(|page| page.glyphs.len() > 100 && page.rules.len() > 10));
    assert!(pages == expected, "it reads otherwise than the original");
}

#[test]
fn the_empty_password_is_tried_unasked() {
    for kind in ["rc4_40", "rc4_128", "aes_128", "aes_256"] {
        let bytes = file(&format!("tests/data/{kind}.empty.pdf"));
        same_as_original(&bytes, None);
        same_as_original(&bytes, Some("owner"));
        // It opens without one, so one that is not needed does no harm.
        same_as_original(&bytes, Some("not needed"));
    }
}

#[test]
fn user_and_owner_passwords_open_a_file_and_others_do_not() {
    let user = |kind: &str| if kind == "aes_256" { "パスワード" } else { "user" };
    for kind in ["rc4_40", "rc4_128", "aes_128", "aes_256", "aes_256_object_streams"] {
        let bytes = file(&format!("tests/data/{kind}.user.pdf"));
        same_as_original(&bytes, Some(user(kind)));
        same_as_original(&bytes, Some("owner"));
        assert_eq!(read(&bytes, None).unwrap_err(), ErrorKind::PasswordNeeded, "{kind}");
        assert_eq!(read(&bytes, Some("wrong")).unwrap_err(), ErrorKind::PasswordWrong, "{kind}");
        assert_eq!(read(&bytes, Some("")).unwrap_err(), ErrorKind::PasswordWrong, "{kind}");
    }
}

/// The dictionary of the encryption may stand in the trailer itself.
#[test]
fn an_encryption_written_into_the_trailer_is_found_there() {
    let mut bytes = file("tests/data/rc4_128.user.pdf");
    let find = |bytes: &[u8], needle: &str| bytes.windows(needle.len()).rposition(|w| w == needle.as_bytes()).unwrap();
    let entry = find(&bytes, "/Encrypt ") + "/Encrypt ".len();
    let end = entry + bytes[entry..].iter().position(|&b| b == b'R').unwrap() + 1;
    let number = std::str::from_utf8(&bytes[entry..end]).unwrap().split(' ').next().unwrap().to_owned();
    let start = find(&bytes, &format!("\n{number} 0 obj")) + format!("\n{number} 0 obj").len();
    let dict =
        bytes[start..].windows(6).position(|w| w == b"endobj").map(|len| bytes[start..start + len].to_vec()).unwrap();
    bytes.splice(entry..end, dict);
    same_as_original(&bytes, Some("user"));
    assert_eq!(read(&bytes, None).unwrap_err(), ErrorKind::PasswordNeeded);
}

/// The parser alone would unpack object streams that were encrypted without asking how large they are together.
#[test]
fn object_streams_have_a_bound_in_encrypted_files_too() {
    let open = |name: &str, password: &str, set: fn(&mut Limits)| {
        let mut options = Options { password: Some(password.to_owned()), ..Options::default() };
        set(&mut options.limits);
        Reader::open(file(name), &options).map_err(|e| e.kind)
    };
    let name = "tests/data/aes_256_object_streams.user.pdf";
    let allowed = |error: ErrorKind| match error {
        ErrorKind::Limit { limit, allowed, .. } => (limit, allowed),
        other => panic!("{other}"),
    };
    // Its page tree is in an object stream.
    let error = open(name, "owner", |l| l.object_stream_bytes = 100).err().unwrap();
    assert_eq!(allowed(error), ("object_stream_bytes", 100));
    let error = open(name, "owner", |l| l.stream_bytes = 100).err().unwrap();
    assert_eq!(allowed(error), ("stream_bytes", 100));
    assert_eq!(open(name, "wrong", |l| l.object_stream_bytes = 100).err().unwrap(), ErrorKind::PasswordWrong);
}

/// The word that begins an encrypted file's trailer entry, in the text of a file that is not encrypted.
#[test]
fn text_that_reads_like_an_encryption_is_text() {
    let objects = objects();
    let root = root(&objects);
    let mut file = File { bytes: b"%PDF-1.4\n".to_vec(), ..File::default() };
    for (number, body) in &objects {
        file.push(*number, body);
    }
    let extra = objects.len() as u32 + 1;
    file.push(extra, b"(/Encrypt 5 0 R)");
    file.close(&[0], &format!("/Size {}/Root {root} 0 R", extra + 1));
    same_as_original(&file.bytes, None);
}

#[test]
fn linearised_files_and_object_streams_read_like_plain_ones() {
    for name in ["linearised", "object_streams", "linearised_object_streams"] {
        same_as_original(&file(&format!("tests/data/{name}.pdf")), None);
    }
}

/// Numbers and bodies of the objects of the original, which has them all in the clear.
fn objects() -> BTreeMap<u32, Vec<u8>> {
    let bytes = original();
    let at = |needle: &str, from: usize| {
        let found = bytes[from..].windows(needle.len()).position(|w| w == needle.as_bytes());
        found.map(|at| from + at)
    };
    let mut out = BTreeMap::new();
    for number in 1.. {
        let head = format!("\n{number} 0 obj\n");
        let Some(start) = at(&head, 0).map(|at| at + head.len()) else { break };
        let end = at("endobj", start).unwrap();
        out.insert(number, bytes[start..end].to_vec());
    }
    assert!(out.len() >= 8, "{}", out.len());
    out
}

fn is_stream(body: &[u8]) -> bool {
    body.windows(6).any(|w| w == b"stream")
}

/// The number of the catalog.
fn root(objects: &BTreeMap<u32, Vec<u8>>) -> u32 {
    let is_it = |body: &[u8]| body.windows(8).any(|w| w == b"/Catalog");
    *objects.iter().find(|(_, body)| is_it(body)).unwrap().0
}

/// A file under construction.
#[derive(Default)]
struct File {
    bytes: Vec<u8>,
    offsets: BTreeMap<u32, usize>,
}

impl File {
    fn push(&mut self, number: u32, body: &[u8]) {
        self.offsets.insert(number, self.bytes.len());
        self.bytes.extend(format!("{number} 0 obj\n").as_bytes());
        self.bytes.extend(body);
        self.bytes.extend(b"\nendobj\n");
    }

    /// A table of what was written since the last one (object 0 and `free` beside it), and a trailer.
    fn close(&mut self, free: &[u32], trailer: &str) -> usize {
        let start = self.bytes.len();
        let mut entries: BTreeMap<u32, String> =
            self.offsets.iter().map(|(n, offset)| (*n, format!("{offset:010} 00000 n \n"))).collect();
        entries.extend(free.iter().map(|n| (*n, "0000000000 65535 f \n".to_owned())));
        self.bytes.extend(b"xref\n");
        for (number, entry) in entries {
            self.bytes.extend(format!("{number} 1\n{entry}").as_bytes());
        }
        self.bytes.extend(format!("trailer\n<<{trailer}>>\nstartxref\n{start}\n%%EOF\n").as_bytes());
        self.offsets.clear();
        start
    }
}

#[test]
fn the_last_update_of_a_file_is_what_counts() {
    let objects = objects();
    let (size, root) = (objects.len() + 1, root(&objects));
    let mut file = File { bytes: b"%PDF-1.4\n".to_vec(), ..File::default() };
    for (number, body) in &objects {
        // At first the pages are empty, and say something else.
        let draft: &[u8] = if is_stream(body) { b"<</Length 6>>\nstream\n0 0 m \nendstream" } else { body };
        file.push(*number, draft);
    }
    let first = file.close(&[0], &format!("/Size {size}/Root {root} 0 R"));
    let streams: Vec<_> = objects.iter().filter(|(_, body)| is_stream(body)).collect();
    let (last, earlier) = streams.split_last().unwrap();
    for (number, body) in earlier {
        file.push(**number, body);
    }
    let second = file.close(&[], &format!("/Size {size}/Root {root} 0 R/Prev {first}"));
    file.push(*last.0, last.1);
    file.close(&[], &format!("/Size {size}/Root {root} 0 R/Prev {second}"));
    same_as_original(&file.bytes, None);
}

/// A classic table for readers of old, in which objects of the object stream are free, and beside it the stream that has them.
#[test]
fn a_hybrid_file_is_read_with_the_objects_that_its_table_hides() {
    let objects = objects();
    let root = root(&objects);
    let container = *objects.keys().last().unwrap() + 1;
    let (hidden, plain): (Vec<_>, Vec<_>) =
        objects.iter().partition(|(number, body)| !is_stream(body) && **number != root);
    assert!(hidden.len() >= 3);

    let mut file = File { bytes: b"%PDF-1.5\n".to_vec(), ..File::default() };
    for (number, body) in plain {
        file.push(*number, body);
    }
    let (mut head, mut bodies) = (String::new(), Vec::new());
    for (number, body) in &hidden {
        head.push_str(&format!("{number} {} ", bodies.len()));
        bodies.extend_from_slice(body);
        bodies.push(b'\n');
    }
    let dict = format!("/Type/ObjStm/N {}/First {}/Length {}", hidden.len(), head.len(), head.len() + bodies.len());
    let body = [format!("<<{dict}>>\nstream\n{head}").as_bytes(), &bodies, b"\nendstream"].concat();
    file.push(container, &body);

    let at = file.bytes.len();
    let (mut index, mut entries) = (String::new(), Vec::new());
    for (place, (number, _)) in (0u8..).zip(&hidden) {
        index.push_str(&format!("{number} 1 "));
        entries.extend([2, u8::try_from(container).unwrap(), place]);
    }
    let size = container + 2;
    let dict = format!("/Type/XRef/Size {size}/W[1 1 1]/Index[{index}]/Root {root} 0 R/Length {}", entries.len());
    let body = [format!("<<{dict}>>\nstream\n").as_bytes(), &entries, b"\nendstream"].concat();
    file.push(container + 1, &body);
    let free: Vec<u32> = std::iter::once(0).chain(hidden.iter().map(|(number, _)| **number)).collect();
    file.close(&free, &format!("/Size {size}/Root {root} 0 R/XRefStm {at}"));
    same_as_original(&file.bytes, None);
}
