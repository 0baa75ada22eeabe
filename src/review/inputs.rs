//! The inputs again, by their hash: where the manifest says they were, or where the user says.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::output::hash::sha256;
use crate::picture::Fault;
use crate::source::Limits;

/// Where each input may be, by its hash.
#[derive(Debug, Default)]
pub struct Inputs {
    /// What lies below the paths that the user named.
    said: HashMap<String, PathBuf>,
    folder: PathBuf,
    limit: u64,
}

impl Inputs {
    pub fn find(folder: &Path, said: &[PathBuf], limits: &Limits) -> Inputs {
        let mut inputs = Inputs { folder: folder.to_owned(), limit: limits.input_bytes, ..Inputs::default() };
        for root in said {
            for entry in
                WalkDir::new(root).follow_links(false).into_iter().flatten().filter(|e| e.file_type().is_file())
            {
                if let Some(bytes) = inputs.read(entry.path()) {
                    inputs.said.insert(sha256(&bytes), entry.into_path());
                }
            }
        }
        inputs
    }

    /// The bytes of the input with this hash; `path` is what the manifest calls it.
    pub fn bytes(&self, path: &str, hash: &str) -> Option<Vec<u8>> {
        self.open(path, hash).ok()
    }

    /// The same, or whether there is none or another one by now.
    pub fn open(&self, path: &str, hash: &str) -> Result<Vec<u8>, Fault> {
        let told = Path::new(path);
        let beside = self.folder.parent().unwrap_or(Path::new(".")).join(told);
        let places = self.said.get(hash).cloned().into_iter().chain([told.to_owned(), beside]);
        let mut fault = Fault::Missing;
        for bytes in places.filter_map(|place| self.read(&place)) {
            if sha256(&bytes) == hash {
                return Ok(bytes);
            }
            fault = Fault::Changed;
        }
        Err(fault)
    }

    /// Is there a file where it may be? Its content is held against the hash when it is read.
    pub fn is_there(&self, path: &str, hash: &str) -> bool {
        let told = Path::new(path);
        self.said.contains_key(hash)
            || told.is_file()
            || self.folder.parent().is_some_and(|parent| parent.join(told).is_file())
    }

    fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let size = fs::metadata(path).ok().filter(|m| m.is_file())?.len();
        if size > self.limit { None } else { fs::read(path).ok() }
    }
}
