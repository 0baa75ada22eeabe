//! `corrections.jsonl`: read whole, written a line at a time, under a lock and synced, so that two windows lose nothing.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Action, Correction, SCHEMA};
use crate::error::{Error, ErrorKind, Result};

/// Its name below the folder of results.
pub const FILE: &str = "corrections.jsonl";

/// The corrections of a folder.
#[derive(Debug, Clone)]
pub struct Log {
    path: PathBuf,
}

/// Why a line was not added.
#[derive(Debug)]
pub enum Refused {
    /// Another window has said something else in the meantime; why.
    Conflict(String),
    /// It can never be: the value does not fit its place; why.
    Invalid(String),
    Failed(Error),
}

/// What was added.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    pub correction: Correction,
}

impl Log {
    pub fn of(folder: &Path) -> Log {
        Log { path: folder.join(FILE) }
    }

    /// Every line, in order. The last one may have been cut by a power failure, even within a character: what is no line
    /// there and has no line end does not count. A line of a later schema, or that is none, is an error: it must not be
    /// passed over.
    pub fn read(&self) -> Result<Vec<Correction>> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(self.failed(e)),
        };
        Ok(self.parse(&bytes)?.0)
    }

    /// The lines, and how many bytes of the file they are: all but a last line that was cut.
    fn parse(&self, bytes: &[u8]) -> Result<(Vec<Correction>, usize)> {
        let mut all = Vec::new();
        let mut kept = 0;
        for (at, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let whole = line.ends_with(b"\n");
            let said = line.trim_ascii();
            if !said.is_empty() {
                match serde_json::from_slice::<Correction>(said) {
                    Ok(correction) if correction.schema == SCHEMA => all.push(correction),
                    Err(_) if !whole => break,
                    Ok(_) | Err(_) => {
                        let reason = format!("line {} is no {SCHEMA} line; mend or remove it", at + 1);
                        return Err(Error::from(ErrorKind::Io(reason)).in_file(&self.path));
                    }
                }
            }
            kept += line.len();
        }
        Ok((all, kept))
    }

    /// Adds a line. `check` is given all lines there are, under the lock, and says whether it still may be added.
    pub fn add(
        &self,
        document: &str,
        pointer: &str,
        action: Action,
        when: String,
        check: impl FnOnce(&[Correction]) -> std::result::Result<(), Refused>,
    ) -> std::result::Result<Added, Refused> {
        let failed = |e: io::Error| Refused::Failed(self.failed(e));
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&self.path).map_err(failed)?;
        lock(&file).map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let (there, kept) = self.parse(&bytes).map_err(Refused::Failed)?;
        if let Action::Undo { of } = &action
            && !super::holding(&there).iter().any(|c| c.id == *of && c.document == document)
        {
            return Err(Refused::Conflict("it is undone already, or there is no such correction".to_owned()));
        }
        check(&there)?;
        let mut correction = Correction {
            schema: SCHEMA.to_owned(),
            id: String::new(),
            document: document.to_owned(),
            pointer: pointer.to_owned(),
            action,
            when,
        };
        let told = |e: serde_json::Error| Refused::Failed(ErrorKind::Internal(e.to_string()).into());
        let seed = format!("{}{}", there.len(), serde_json::to_string(&correction).map_err(told)?);
        correction.id = Sha256::digest(seed).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let mut line = serde_json::to_string(&correction).map_err(told)? + "\n";
        if kept < bytes.len() {
            // A line that was cut never counted; it must not swallow the one behind it.
            file.set_len(kept as u64).map_err(failed)?;
        } else if !bytes.is_empty() && !bytes.ends_with(b"\n") {
            // One that is whole but for its end counts, and keeps on doing so.
            line.insert(0, '\n');
        }
        file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
        let _ = file.unlock();
        Ok(Added { correction })
    }

    fn failed(&self, e: io::Error) -> Error {
        Error::from(ErrorKind::Io(e.to_string())).in_file(&self.path)
    }
}

/// Some network file systems have no locks; there the last word of two windows may come twice, but no line is torn.
fn lock(file: &File) -> io::Result<()> {
    match file.lock() {
        Err(e) if e.kind() == io::ErrorKind::Unsupported => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correct(to: i64) -> Action {
        Action::Correct { from: None, to: to.into(), evidence: String::new() }
    }

    #[test]
    fn lines_of_two_windows_are_all_there() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for window in 0..4 {
                let log = Log::of(folder.path());
                scope.spawn(move || {
                    for n in 0..25 {
                        log.add("d", "/fiscal_year", correct(window * 100 + n), String::new(), |_| Ok(())).unwrap();
                    }
                });
            }
        });
        let all = Log::of(folder.path()).read().unwrap();
        let ids: std::collections::HashSet<&str> = all.iter().map(|c| c.id.as_str()).collect();
        assert_eq!((all.len(), ids.len()), (100, 100));
    }

    #[test]
    fn a_line_cut_by_a_power_failure_does_not_count_and_harms_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::of(folder.path());
        log.add("d", "/a", correct(1), String::new(), |_| Ok(())).unwrap();
        let path = folder.path().join(FILE);
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}{}", &whole[..40])).unwrap();
        assert_eq!(log.read().unwrap().len(), 1);
        log.add("d", "/b", correct(2), String::new(), |_| Ok(())).unwrap();
        assert_eq!(log.read().unwrap().len(), 2);
        fs::write(&path, "{}\n").unwrap();
        assert!(log.read().is_err());
        let mut cut = whole.clone().into_bytes();
        cut.extend(b"{\"schema\":\"\xe6\x9e");
        fs::write(&path, cut).unwrap();
        assert_eq!(log.read().unwrap().len(), 1, "cut within a character");
    }

    #[test]
    fn a_line_that_lacks_its_end_alone_counts_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::of(folder.path());
        let first = log.add("d", "/a", correct(1), String::new(), |_| Ok(())).unwrap().correction;
        let path = folder.path().join(FILE);
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, whole.trim_end()).unwrap();
        assert_eq!(log.read().unwrap(), std::slice::from_ref(&first));
        let second = log.add("d", "/b", correct(2), String::new(), |_| Ok(())).unwrap().correction;
        assert_eq!(log.read().unwrap(), [first, second]);
    }

    #[test]
    fn what_is_undone_cannot_be_undone_again() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::of(folder.path());
        let of = log.add("d", "/a", correct(1), String::new(), |_| Ok(())).unwrap().correction.id;
        let undo = || log.add("d", "/a", Action::Undo { of: of.clone() }, String::new(), |_| Ok(()));
        assert!(undo().is_ok());
        assert!(matches!(undo(), Err(Refused::Conflict(_))));
    }
}
