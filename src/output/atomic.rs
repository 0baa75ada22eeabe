//! Files that are there whole or not at all, wherever the program is stopped.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, ErrorKind, Result};

const PREFIX: &str = ".hyoka-";
const SUFFIX: &str = ".tmp";
/// Bytes held back until they are written at once.
pub(super) const BUFFER: usize = 64 << 10;

/// A file being written beside its place; it takes the place at [`Draft::commit`], and is gone when dropped before.
pub struct Draft {
    temp: NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// In the folder of `path`, since only there a rename is one step.
    pub fn new(path: &Path) -> Result<Self> {
        let mut builder = Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        {
            // Temporary files are private by default; an output is as readable as the user's umask makes files.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let temp = builder.tempfile_in(folder).map_err(|e| failed(path, e))?;
        Ok(Draft { temp, path: path.to_owned() })
    }

    pub fn commit(self) -> Result<()> {
        let Draft { temp, path } = self;
        temp.as_file().sync_all().map_err(|e| failed(&path, e))?;
        temp.persist(&path).map_err(|e| failed(&path, e.error))?;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.temp.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temp.flush()
    }
}

/// Writes `bytes` as the whole of `path`.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut draft = Draft::new(path)?;
    draft.write_all(bytes).map_err(|e| failed(path, e))?;
    draft.commit()
}

/// Writes what `fill` writes as the whole of `path`, without holding all of it.
pub fn write_with(path: &Path, fill: impl FnOnce(&mut BufWriter<Draft>) -> io::Result<()>) -> Result<()> {
    let mut buffer = BufWriter::with_capacity(BUFFER, Draft::new(path)?);
    fill(&mut buffer).map_err(|e| failed(path, e))?;
    buffer.into_inner().map_err(|e| failed(path, e.into_error()))?.commit()
}

/// Makes the renames in `folder` outlast a power cut. Nothing to do on Windows, which has no such call.
pub fn settle(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        // Some network file systems refuse; the files themselves are synced all the same.
        let _ = folder.sync_all();
    }
}

/// Removes what a killed run left in `folder`.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|n| n.starts_with(PREFIX) && n.ends_with(SUFFIX)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

pub(super) fn failed(path: &Path, e: io::Error) -> Error {
    Error::from(ErrorKind::Write(e.to_string())).in_file(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_is_dropped_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write(&path, b"old").unwrap();
        let mut draft = Draft::new(&path).unwrap();
        draft.write_all(b"half").unwrap();
        drop(draft);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn leftovers_of_a_killed_run_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".hyoka-x1.tmp"), b"half").unwrap();
        fs::write(folder.path().join("kept.tmp"), b"").unwrap();
        sweep(folder.path());
        assert!(!folder.path().join(".hyoka-x1.tmp").exists());
        assert!(folder.path().join("kept.tmp").exists());
    }
}
