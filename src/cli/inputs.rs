//! What was typed → the inputs it means, in an order that does not depend on the file system.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use walkdir::{DirEntry, WalkDir};

use super::archive::{self, Member, Named};
use super::failure::Fault;
use crate::output::hash::{Hashing, sha256};
use crate::source::Limits;

/// One input: where it is, what it is called, how its bytes are got.
#[derive(Debug)]
pub struct Input {
    /// As typed, or as found below the folder typed; of a document in an archive `archive.zip/folder/file.pdf`.
    pub path: String,
    /// File name without its folder.
    pub name: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    File(PathBuf),
    /// A document in a ZIP archive. Boxed: it is large, and most inputs are files.
    Member(Box<Member>),
    /// What can be read only once (stdin, pipes), or is; until it is taken.
    Held(Mutex<Option<Vec<u8>>>),
    /// Not to be had.
    Fault(Fault),
}

impl Content {
    fn held(bytes: Vec<u8>) -> Content {
        Content::Held(Mutex::new(Some(bytes)))
    }
}

impl Input {
    fn new(path: &Path, content: Content) -> Self {
        let name = path.file_name().map_or_else(|| shown(path), |name| shown(Path::new(name)));
        Input { path: shown(path), name, content }
    }

    /// A file, by the path that it is to be known by.
    pub fn file(path: &Path) -> Self {
        Input::new(path, Content::File(path.to_owned()))
    }

    /// What it holds, for good: what was held is let go, so that it can be dropped once it is parsed.
    pub fn take(&self) -> Result<Vec<u8>, Fault> {
        match &self.content {
            Content::File(path) => fs::read(path).map_err(|e| Fault::from_io(&e)),
            Content::Member(member) => {
                let mut bytes = Vec::new();
                member.copy_to(&mut bytes).map(|()| bytes)
            }
            Content::Held(bytes) => {
                let mut bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner);
                bytes.take().ok_or_else(|| Fault::from_io(&io::ErrorKind::UnexpectedEof.into()))
            }
            Content::Fault(fault) => Err(fault.clone()),
        }
    }

    /// Reads a file now, to be read once only. For inputs that are read one at a time.
    pub fn hold(&mut self) {
        if matches!(self.content, Content::File(_) | Content::Member(_)) {
            self.content = self.take().map_or_else(Content::Fault, Content::held);
        }
    }

    /// Why there is nothing to take, where that is known.
    pub fn fault(&self) -> Option<&Fault> {
        match &self.content {
            Content::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    pub fn is_held(&self) -> bool {
        matches!(self.content, Content::Held(_))
    }

    /// SHA-256 and number of the bytes, without holding them.
    pub fn hash(&self) -> Result<(String, u64), Fault> {
        match &self.content {
            Content::File(path) => {
                let mut sink = Hashing::new(io::sink());
                let copied = File::open(path).and_then(|mut file| io::copy(&mut file, &mut sink));
                copied.map_err(|e| Fault::from_io(&e))?;
                let (_, hash, bytes) = sink.finish();
                Ok((hash, bytes))
            }
            Content::Member(member) => {
                let mut sink = Hashing::new(io::sink());
                member.copy_to(&mut sink)?;
                let (_, hash, bytes) = sink.finish();
                Ok((hash, bytes))
            }
            Content::Held(bytes) => {
                let bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner);
                let bytes = bytes.as_deref().unwrap_or_default();
                Ok((sha256(bytes), bytes.len() as u64))
            }
            Content::Fault(fault) => Err(fault.clone()),
        }
    }
}

/// The inputs, in the order typed, those of a folder or an archive by their paths; what was typed twice stands once. No
/// input is read that is larger than `limits` allow.
pub fn find(paths: &[PathBuf], limits: &Limits) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut seen = HashSet::new();
    for typed in paths {
        let found = if typed.as_os_str() == "-" {
            if seen.contains("-") {
                continue;
            }
            let (path, name) = ("-".to_owned(), "stdin".to_owned());
            vec![Input { path, name, content: held(io::stdin().lock(), limits) }]
        } else {
            below(&plain(typed), limits)
        };
        inputs.extend(found.into_iter().filter(|input| seen.insert(input.path.clone())));
    }
    inputs
}

/// What can be read only once, up to the limit.
fn held(source: impl Read, limits: &Limits) -> Content {
    let mut bytes = Vec::new();
    match source.take(limits.input_bytes.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(_) => allowed(limits, bytes.len() as u64, Content::held(bytes)),
        Err(e) => Content::Fault(Fault::from_io(&e)),
    }
}

fn allowed(limits: &Limits, bytes: u64, content: Content) -> Content {
    limits.allow("input_bytes", bytes).map_or_else(|e| Content::Fault(Fault::Of(e)), |()| content)
}

/// A file as it is, a folder or an archive as the documents below it.
fn below(path: &Path, limits: &Limits) -> Vec<Input> {
    let content = match fs::metadata(path) {
        Err(e) => Content::Fault(Fault::from_io(&e)),
        Ok(meta) if meta.is_dir() => {
            let found = walk(path, limits);
            if !found.is_empty() {
                return found;
            }
            Content::Fault(Fault::NoDocuments)
        }
        Ok(meta) if meta.is_file() && archive::is_archive(path) => {
            let found = unpacked(path, limits);
            if !found.is_empty() {
                return found;
            }
            Content::Fault(Fault::EmptyArchive)
        }
        Ok(meta) if meta.is_file() => allowed(limits, meta.len(), Content::File(path.to_owned())),
        Ok(_) => File::open(path).map_or_else(|e| Content::Fault(Fault::from_io(&e)), |file| held(file, limits)),
    };
    vec![Input::new(path, content)]
}

/// The documents in an archive, or what is the matter with it. Empty where it holds none.
fn unpacked(path: &Path, limits: &Limits) -> Vec<Input> {
    let members = match archive::members(path, limits) {
        Ok(members) => members,
        Err(fault) => return vec![Input::new(path, Content::Fault(fault))],
    };
    let archive = shown(path);
    let input = |(name, member): Named| Input {
        path: format!("{archive}/{name}"),
        name: name.rsplit('/').next().unwrap_or(&name).to_owned(),
        content: match member {
            Ok(member) => allowed(limits, member.bytes(), Content::Member(Box::new(member))),
            Err(fault) => Content::Fault(fault),
        },
    };
    members.into_iter().map(input).collect()
}

/// Every .pdf and .txt below a folder and in the archives there, links followed but not round in circles, hidden files and
/// folders left out.
fn walk(folder: &Path, limits: &Limits) -> Vec<Input> {
    let visible = |e: &DirEntry| e.depth() == 0 || !e.file_name().as_encoded_bytes().starts_with(b".");
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_document(entry.path()) => {
                let bytes = entry.metadata().map_or(0, |meta| meta.len());
                let content = allowed(limits, bytes, Content::File(entry.path().to_owned()));
                found.push(Input::new(entry.path(), content));
            }
            Ok(entry) if entry.file_type().is_file() && archive::is_archive(entry.path()) => {
                found.extend(unpacked(entry.path(), limits));
            }
            Ok(_) => {}
            Err(e) => {
                // A link back to a folder above: all below it is being walked already.
                if e.loop_ancestor().is_some() {
                    continue;
                }
                let path = e.path().unwrap_or(folder);
                // A link to nowhere counts if it would be a document; a folder that cannot be looked into always does.
                let is_link = fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink());
                if !is_link || is_document(path) || archive::is_archive(path) {
                    let fault = e.io_error().map_or(Fault::NotFound, Fault::from_io);
                    found.push(Input::new(path, Content::Fault(fault)));
                }
            }
        }
    }
    found
}

/// By its name, since a folder may hold anything.
pub fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("pdf") || ext.eq_ignore_ascii_case("txt"))
}

/// `./a.pdf` and `a.pdf` are one input.
fn plain(path: &Path) -> PathBuf {
    let plain: PathBuf = path.components().filter(|c| *c != Component::CurDir).collect();
    if plain.as_os_str().is_empty() { PathBuf::from(".") } else { plain }
}

/// A path as text. Bytes that are no UTF-8 are written out, so that two paths never read the same.
fn shown(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text += chunk.valid();
        for byte in chunk.invalid() {
            text += &format!("\\x{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[&Path]) -> Vec<String> {
        let paths: Vec<_> = paths.iter().map(|p| p.to_path_buf()).collect();
        find(&paths, &Limits::default()).into_iter().map(|i| i.path).collect()
    }

    #[test]
    fn folders_are_walked_by_path_and_other_files_left() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/.hidden")).unwrap();
        for file in ["b/2.PDF", "b/1.txt", "a.pdf", "c.docx", ".d.pdf", "b/.hidden/e.pdf"] {
            fs::write(root.join(file), file).unwrap();
        }
        let want: Vec<String> = ["a.pdf", "b/1.txt", "b/2.PDF"].map(|f| shown(&root.join(f))).to_vec();
        assert_eq!(found(&[root]), want);
        assert_eq!(found(&[&root.join("b/../a.pdf"), &root.join("./a.pdf"), &root.join("c.docx")]).len(), 3);
        assert_eq!(found(&[root, &root.join("a.pdf")]), want);
    }

    #[test]
    fn a_folder_without_documents_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = find(&[folder.path().to_owned()], &Limits::default());
        assert_eq!(inputs[0].take().err(), Some(Fault::NoDocuments));
        let none = find(&[folder.path().join("none.pdf")], &Limits::default());
        assert_eq!(none[0].hash(), Err(Fault::NotFound));
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_are_cut() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a.pdf"), "a").unwrap();
        std::os::unix::fs::symlink(root, root.join("again")).unwrap();
        std::os::unix::fs::symlink(root.join("gone"), root.join("gone.pdf")).unwrap();
        std::os::unix::fs::symlink(root.join("gone"), root.join("gone.png")).unwrap();
        let want: Vec<String> = ["a.pdf", "gone.pdf"].map(|f| shown(&root.join(f))).to_vec();
        assert_eq!(found(&[root]), want);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let path = |bytes| shown(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(path(b"a\xFF.pdf"), "a\\xFF.pdf");
        assert_ne!(path(b"\xFE"), path(b"\xFF"));
    }
}
