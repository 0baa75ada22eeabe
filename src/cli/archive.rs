//! ZIP archives of documents, read in place: nothing in them is written to disk.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::SHIFT_JIS;
use zip::ZipArchive;
use zip::result::ZipError;

use super::failure::Fault;
use super::inputs::is_document;
use crate::source::Limits;

/// By its name: Office files are ZIP archives too, and no archives of documents.
pub fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("zip"))
}

/// One document in an archive.
#[derive(Debug)]
pub struct Member {
    /// Shares the directory of the archive with all its members.
    archive: ZipArchive<Reopened>,
    index: usize,
    bytes: u64,
}

impl Member {
    /// Its size unpacked, as the archive's directory has it.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Unpacks it, up to the size that the directory gives: what would go on beyond it is damaged, or a trap.
    pub fn copy_to(&self, out: &mut impl Write) -> Result<(), Fault> {
        let mut archive = self.archive.clone();
        let packed = archive.by_index(self.index).map_err(fault)?;
        let copied = io::copy(&mut packed.take(self.bytes.saturating_add(1)), out).map_err(|e| fault(e.into()))?;
        if copied == self.bytes {
            return Ok(());
        }
        Err(Fault::ArchiveDamaged("a file in it is not as large as its directory says".to_owned()))
    }
}

/// The path that a document has in its archive, and the document, or what is the matter with it.
pub type Named = (String, Result<Member, Fault>);

/// The documents in an archive by the paths they have in it, in the order of these. A document that cannot be unpacked has
/// its fault; an error is of the archive as a whole.
pub fn members(path: &Path, limits: &Limits) -> Result<Vec<Named>, Fault> {
    let archive = ZipArchive::new(Reopened { path: Arc::from(path), file: None }).map_err(fault)?;
    limits.allow("archive_entries", archive.len() as u64).map_err(Fault::Of)?;
    if archive.has_duplicate_names() {
        return Err(Fault::ArchiveDamaged("two files in it have the same name".to_owned()));
    }
    let mut found = Vec::new();
    let mut total: u64 = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(fault)?;
        let name = decoded(entry.name_raw());
        if !entry.is_file() || is_hidden(&name) {
            continue;
        }
        let inner = Path::new(&name);
        let member = if is_archive(inner) {
            Err(Fault::ArchiveNested)
        } else if !is_document(inner) {
            continue;
        } else if entry.encrypted() {
            Err(Fault::ArchiveLocked)
        } else {
            total = total.saturating_add(entry.size());
            Ok(Member { archive: archive.clone(), index, bytes: entry.size() })
        };
        found.push((name, member));
    }
    limits.allow("archive_bytes", total).map_err(Fault::Of)?;
    found.sort_by(|a, b| a.0.cmp(&b.0));
    tell_apart(&mut found);
    Ok(found)
}

/// Names that differ in the archive and read the same must not pass for one input.
fn tell_apart<T>(found: &mut [(String, T)]) {
    let mut taken: HashSet<String> = found.iter().map(|(name, _)| name.clone()).collect();
    let mut before: HashMap<String, u32> = HashMap::new();
    for (name, _) in found {
        let count = before.entry(name.clone()).and_modify(|n| *n += 1).or_insert(1);
        if *count == 1 {
            continue;
        }
        let (stem, ext) = name.rsplit_once('.').unwrap_or((name, ""));
        let numbered = |n: u32| format!("{stem} ({n}).{ext}");
        // A number that another document bears already is not given again.
        while !taken.insert(numbered(*count)) {
            *count += 1;
        }
        *name = numbered(*count);
    }
}

/// Names are UTF-8 where the archive says so, and with many programs where it does not; else, of Japanese Windows, they are
/// Windows-31J, in which no longer name happens to be UTF-8.
fn decoded(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.into(),
        Err(_) => SHIFT_JIS.decode_without_bom_handling(raw).0,
    };
    // Some programs on Windows part folders its way.
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

/// As in a folder; `__MACOSX` holds what macOS notes about the files.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}

fn fault(e: ZipError) -> Fault {
    match e {
        ZipError::Io(e) if e.kind() == io::ErrorKind::NotFound => Fault::NotFound,
        ZipError::Io(e) if e.kind() == io::ErrorKind::PermissionDenied => Fault::from_io(&e),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Fault::ArchiveLocked,
        ZipError::CompressionMethodNotSupported(method) => {
            Fault::ArchiveDamaged(format!("it is packed by a method other than deflate (number {method})"))
        }
        e => Fault::ArchiveDamaged(e.to_string()),
    }
}

/// The archive's file, opened when it is first read: members wait for their turn without a file open for each archive, and
/// several are read at once.
#[derive(Debug)]
struct Reopened {
    path: Arc<Path>,
    file: Option<BufReader<File>>,
}

impl Reopened {
    fn file(&mut self) -> io::Result<&mut BufReader<File>> {
        let file = match self.file.take() {
            Some(file) => file,
            None => BufReader::new(File::open(&self.path)?),
        };
        Ok(self.file.insert(file))
    }
}

impl Clone for Reopened {
    fn clone(&self) -> Self {
        Reopened { path: Arc::clone(&self.path), file: None }
    }
}

impl Read for Reopened {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.file()?.read(buf)
    }
}

impl Seek for Reopened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file()?.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whatever_wrote_them() {
        assert_eq!(decoded("様式/一.pdf".as_bytes()), "様式/一.pdf");
        // 表.pdf: its second byte is a backslash by itself.
        assert_eq!(decoded(b"\x95\x5C.pdf"), "表.pdf");
        assert_eq!(decoded(b"a\\b.pdf"), "a/b.pdf");
        assert_eq!(decoded(b"/etc/a.pdf"), "etc/a.pdf");
    }

    #[test]
    fn hidden_files_are_left_as_in_a_folder() {
        assert!(is_hidden("__MACOSX/._a.pdf") && is_hidden("x/.git/a.txt"));
        assert!(!is_hidden("x/../a.pdf") && !is_hidden("a.b.pdf"));
    }

    #[test]
    fn names_that_read_the_same_are_told_apart() {
        let mut found = [("a.pdf".to_owned(), 1), ("a.pdf".to_owned(), 2), ("b.pdf".to_owned(), 3)];
        tell_apart(&mut found);
        assert_eq!(found.map(|(name, _)| name), ["a.pdf", "a (2).pdf", "b.pdf"]);
    }

    /// One of the two was lost.
    #[test]
    fn a_name_told_apart_is_none_that_another_document_has() {
        let mut found = ["a (2).pdf", "a.pdf", "a.pdf", "a.pdf"].map(|name| (name.to_owned(), ()));
        tell_apart(&mut found);
        assert_eq!(found.map(|(name, ())| name), ["a (2).pdf", "a.pdf", "a (3).pdf", "a (4).pdf"]);
    }
}
