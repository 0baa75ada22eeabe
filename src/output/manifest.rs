//! `manifest.json`: what each input became, and when. It alone holds times; all else is the same bytes for the same inputs.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::atomic::{self, Draft};
use crate::error::{Error, ErrorKind, Result};

/// The `schema` of every manifest this version writes.
pub const SCHEMA: &str = "hyoka-manifest/1";

/// Inputs, versions, times and outcomes of a folder that `hyoka extract -o` wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    pub schema: String,
    /// Version of hyoka that wrote the folder last.
    pub hyoka: String,
    /// When the last run began, UTC.
    pub started: String,
    /// When it ended, UTC; null when it was stopped half-way: the tables are then still those of the run before.
    pub finished: Option<String>,
    /// Every input the folder has been given, in the order of their paths.
    pub inputs: Vec<Entry>,
    /// Documents that a run in progress is about to write or to remove; none once it has ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsettled: Vec<String>,
}

/// One input and what became of it in the last run that was given it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// As given to hyoka, or as found below the folder given.
    pub path: String,
    /// File name without its folder.
    pub name: String,
    /// Of the input's bytes, lower-case hex; null when they could not be read.
    pub sha256: Option<String>,
    pub bytes: Option<u64>,
    pub outcome: Outcome,
    /// The document, below the folder. After a failure to get at the file's bytes, the document of the last run that could.
    pub document: Option<String>,
    /// Path of the input with the same bytes that the document is written for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
    /// Form of the document.
    pub form: Option<String>,
    /// Number of records in the document.
    pub records: Option<u64>,
    /// Number of diagnostics of severity `warning` or `error` in the document.
    pub warnings: Option<u64>,
    /// What the document depends on besides the input.
    pub read_by: Option<ReadBy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Box<Failure>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Read, and its document written.
    Written,
    /// Read by an earlier run of the same version and options; skipped.
    Unchanged,
    /// The same bytes as another input.
    Duplicate,
    /// Not read; `error` says why.
    Failed,
}

/// Version and options that a document was read by. Passwords open a document and change nothing in it: they are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReadBy {
    pub hyoka: String,
    /// `--jurisdiction`
    pub jurisdiction: Option<String>,
    /// `--encoding`
    pub encoding: Option<String>,
    /// `--limit`, those that were not at their defaults
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<String>,
}

/// Why an input was not read, in English whatever the user's language, for scripts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// A stable word.
    pub code: String,
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Page (from 1) it was met on, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl Manifest {
    /// The manifest of a folder; `None` where there is none yet.
    pub fn load(path: &Path) -> Result<Option<Manifest>> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::from(ErrorKind::Io(e.to_string())).in_file(path)),
        };
        // Something else's manifest must not be overwritten, nor one of a version that means other things by it.
        match serde_json::from_slice::<Manifest>(&bytes) {
            Ok(manifest) if manifest.schema == SCHEMA => Ok(Some(manifest)),
            _ => {
                let reason = format!("the folder holds a manifest.json that is no {SCHEMA}");
                Err(Error::from(ErrorKind::Write(reason)).in_file(path))
            }
        }
    }
}

/// A [`Manifest`] of what a run holds, to be written. A folder of many inputs has a large one, and it is written often:
/// nothing is copied for it.
#[derive(Serialize)]
pub(super) struct Snapshot<'a> {
    pub schema: &'static str,
    pub hyoka: &'static str,
    pub started: &'a str,
    pub finished: Option<String>,
    pub inputs: Vec<&'a Entry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unsettled: Vec<&'a String>,
}

impl Snapshot<'_> {
    pub fn save(&self, path: &Path) -> Result<()> {
        let mut out = BufWriter::new(Draft::new(path)?);
        serde_json::to_writer_pretty(&mut out, self)
            .map_err(io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .map_err(|e| atomic::failed(path, e))?;
        out.into_inner().map_err(|e| atomic::failed(path, e.into_error()))?.commit()
    }
}
