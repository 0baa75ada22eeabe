//! Documents and tables into a folder.

use std::path::Path;

use rayon::prelude::*;

use super::read::{Reader, guarded, read};
use super::report::{Brief, Report};
use crate::cli::failure::{Failure, Fault};
use crate::cli::inputs::Input;
use crate::cli::messages::Messages;
use crate::cli::progress::Progress;
use crate::error::Result;
use crate::form::Document;
use crate::output::database::Database;
use crate::output::folder::Folder;
use crate::output::manifest::{Entry, Outcome, ReadBy};
use crate::output::plan::{Seen, Task};
use crate::output::tables::Formats;

/// How a folder is to be filled.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    pub read_by: ReadBy,
    /// Read again what an earlier run has done.
    pub force: bool,
    pub formats: Formats,
    pub quiet: bool,
    /// Takes each document as well.
    pub database: Option<&'a Database>,
}

/// Reads every input into the folder `root`. An error is of the folder as a whole; what is the matter with an input
/// stands in the report.
pub fn into_folder(
    mut inputs: Vec<Input>,
    root: &Path,
    reader: &Reader,
    job: &Job<'_>,
    messages: &dyn Messages,
) -> Result<Report> {
    // The folder must not depend on the order in which its inputs were typed.
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    let folder = Folder::open(root)?;
    if let [only] = inputs.as_mut_slice() {
        only.hold();
    }
    let hashes: Vec<_> = inputs.par_iter().map(Input::hash).collect();
    let seen: Vec<Seen> = inputs
        .iter()
        .zip(&hashes)
        .map(|(input, hash)| Seen {
            path: &input.path,
            name: &input.name,
            sha256: hash.as_ref().ok().map(|(sha256, _)| sha256.as_str()),
        })
        .collect();
    let plan = folder.plan(&seen, &job.read_by, job.force)?;

    let lost: Vec<Option<Failure>> =
        plan.kept.par_iter().map(|entry| check_kept(&folder, entry)).collect::<Result<_>>()?;
    let progress = Progress::new(inputs.len(), job.quiet, messages);
    let settle = |i: usize| -> Result<Option<std::result::Result<(Brief, bool), Failure>>> {
        let input = &inputs[i];
        let entry = blank_entry(input, hashes[i].as_ref().ok(), &job.read_by);
        let settled = match (&plan.tasks[i], &hashes[i]) {
            (Task::Duplicate { .. }, _) => return Ok(None),
            (Task::Read { document, earlier }, Ok((sha256, _))) => {
                let made = guarded(&input.path, || {
                    let made = make(&folder, input, sha256, document, earlier.as_deref(), reader);
                    // Before the manifest says that it is done.
                    let loaded = match (&made, job.database) {
                        (Ok((document, _)), Some(database)) => database.load(document),
                        _ => Ok(()),
                    };
                    Ok((made, loaded))
                });
                let done = match made {
                    Ok((made, loaded)) => {
                        loaded?;
                        made.map(|(document, unchanged)| (Brief::of(&document), unchanged))
                    }
                    Err(failure) => Err(failure),
                };
                settle_read(&folder, entry, document, done)?
            }
            (Task::Unreadable { earlier }, hash) => {
                let fault = hash.as_ref().err().cloned().unwrap_or(Fault::NotFound);
                Err(settle_unreadable(&folder, entry, earlier.as_deref(), fault)?)
            }
            (Task::Read { .. }, Err(fault)) => Err(settle_unreadable(&folder, entry, None, fault.clone())?),
        };
        progress.step();
        Ok(Some(settled))
    };
    let settled: Vec<_> = (0..inputs.len()).into_par_iter().map(settle).collect::<Result<_>>()?;
    progress.finish();

    let mut report = Report::default();
    for (i, settled) in settled.into_iter().enumerate() {
        match settled {
            Some(Ok((brief, unchanged))) => {
                report.document(&inputs[i].path, &brief);
                report.counts.unchanged += u64::from(unchanged);
            }
            Some(Err(failure)) => report.failure(failure),
            None => {
                let Task::Duplicate { of } = plan.tasks[i] else { continue };
                let entry = blank_entry(&inputs[i], None, &job.read_by);
                let entry = folder.settle_duplicate(entry, &inputs[of].path)?;
                let of_first = report.failures.iter().find(|f| f.path == inputs[of].path);
                match (entry.outcome, of_first.cloned()) {
                    (Outcome::Failed, Some(first)) => {
                        report.failure(Failure { path: inputs[i].path.clone(), ..first });
                    }
                    _ => report.counts.duplicates += 1,
                }
            }
        }
    }
    lost.into_iter().flatten().for_each(|failure| report.failure(failure));
    folder.finish(&job.formats)?;
    Ok(report)
}

/// Reads one input and writes its document, or finds the one of an earlier run as it should be.
fn make(
    folder: &Folder,
    input: &Input,
    sha256: &str,
    document: &str,
    earlier: Option<&Entry>,
    reader: &Reader,
) -> std::result::Result<(Document, bool), Failure> {
    if earlier.is_some()
        && let Ok(done) = folder.load(document, sha256)
        && done.source.name == input.name
        && folder.is_corrected(&done)
    {
        return Ok((done, true));
    }
    let read = folder.correct(read(input, reader, Some(sha256))?);
    folder.write(document, &read).map_err(|e| Failure::of(&input.path, e))?;
    Ok((read, false))
}

fn settle_read(
    folder: &Folder,
    entry: Entry,
    document: &str,
    done: std::result::Result<(Brief, bool), Failure>,
) -> Result<std::result::Result<(Brief, bool), Failure>> {
    let entry = match &done {
        Ok((brief, unchanged)) => Entry {
            outcome: if *unchanged { Outcome::Unchanged } else { Outcome::Written },
            document: Some(document.to_owned()),
            form: Some(brief.form.clone()),
            records: Some(brief.records),
            warnings: Some(brief.warnings),
            ..entry
        },
        Err(failure) => Entry { error: Some(failure.for_manifest()), ..entry },
    };
    folder.settle(entry)?;
    Ok(done)
}

/// What an earlier run made of the input stays, with the hash it was made of.
fn settle_unreadable(folder: &Folder, entry: Entry, earlier: Option<&Entry>, fault: Fault) -> Result<Failure> {
    let failure = Failure::new(&entry.path, fault);
    let before = earlier.cloned().unwrap_or(entry);
    folder.settle(Entry { outcome: Outcome::Failed, error: Some(failure.for_manifest()), ..before })?;
    Ok(failure)
}

/// The tables are made from the documents of earlier runs as well: one that is gone or damaged must not pass for none.
fn check_kept(folder: &Folder, entry: &Entry) -> Result<Option<Failure>> {
    let (Some(document), Some(sha256)) = (&entry.document, &entry.sha256) else { return Ok(None) };
    if folder.load(document, sha256).is_ok() {
        return Ok(None);
    }
    let failure = Failure::new(&entry.path, Fault::DocumentLost);
    let error = Some(failure.for_manifest());
    folder.settle(Entry { outcome: Outcome::Failed, document: None, duplicate_of: None, error, ..entry.clone() })?;
    Ok(Some(failure))
}

fn blank_entry(input: &Input, hash: Option<&(String, u64)>, read_by: &ReadBy) -> Entry {
    Entry {
        path: input.path.clone(),
        name: input.name.clone(),
        sha256: hash.map(|(sha256, _)| sha256.clone()),
        bytes: hash.map(|(_, bytes)| *bytes),
        outcome: Outcome::Failed,
        document: None,
        duplicate_of: None,
        form: None,
        records: None,
        warnings: None,
        read_by: Some(read_by.clone()),
        error: None,
    }
}
