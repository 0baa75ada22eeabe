//! Tables into a database, and nothing else.

use rayon::prelude::*;

use super::read::{Reader, guarded, read};
use super::report::{Brief, Report};
use crate::cli::failure::Failure;
use crate::cli::inputs::Input;
use crate::cli::messages::Messages;
use crate::cli::progress::Progress;
use crate::error::Result;
use crate::output::database::Database;

/// What became of an input.
enum Became {
    Loaded(Brief),
    /// It is in the database already: records and warnings.
    Unchanged(u64, u64),
    Failed(Failure),
}

/// Loads every input, each content once. An error is of the database as a whole: what was loaded before it stays.
pub fn into_database(
    mut inputs: Vec<Input>,
    database: &Database,
    reader: &Reader,
    quiet: bool,
    messages: &dyn Messages,
) -> Result<Report> {
    // Of inputs of the same bytes the first is named in the tables, whatever order they were typed in.
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    // What can be read only once is held; one input alone is read once in any case.
    if let [only] = inputs.as_mut_slice() {
        only.hold();
    }
    let hashes: Vec<_> = inputs.par_iter().map(Input::hash).collect();
    let mut first_of = std::collections::HashMap::new();
    for (i, (sha256, _)) in hashes.iter().enumerate().filter_map(|(i, hash)| Some((i, hash.as_ref().ok()?))) {
        first_of.entry(sha256.as_str()).or_insert(i);
    }

    let progress = Progress::new(inputs.len(), quiet, messages);
    let settle = |i: usize| -> Result<Option<Became>> {
        let input = &inputs[i];
        let became = match &hashes[i] {
            Err(fault) => Became::Failed(Failure::new(&input.path, fault.clone())),
            Ok((sha256, _)) if first_of.get(sha256.as_str()) != Some(&i) => return Ok(None),
            Ok((sha256, _)) => load(input, sha256, database, reader)?,
        };
        progress.step();
        Ok(Some(became))
    };
    let became: Vec<_> = (0..inputs.len()).into_par_iter().map(settle).collect::<Result<_>>()?;
    progress.finish();

    let mut report = Report::default();
    for (i, became) in became.into_iter().enumerate() {
        let path = &inputs[i].path;
        match became {
            Some(Became::Loaded(brief)) => report.document(path, &brief),
            Some(Became::Unchanged(records, warnings)) => {
                report.counts.documents += 1;
                report.counts.unchanged += 1;
                report.counts.records += records;
                report.counts.warnings += warnings;
            }
            Some(Became::Failed(failure)) => report.failure(failure),
            None => {
                let first = hashes[i].as_ref().ok().and_then(|(sha256, _)| first_of.get(sha256.as_str()));
                let first = first.map_or("", |&first| &inputs[first].path);
                match report.failures.iter().find(|failure| failure.path == first).cloned() {
                    Some(failure) => report.failure(Failure { path: path.clone(), ..failure }),
                    None => report.counts.duplicates += 1,
                }
            }
        }
    }
    Ok(report)
}

fn load(input: &Input, sha256: &str, database: &Database, reader: &Reader) -> Result<Became> {
    if let Some(known) = database.known(&input.name, sha256)? {
        return Ok(Became::Unchanged(known.records, known.warnings));
    }
    let loaded = read(input, reader, Some(sha256)).and_then(|document| {
        let loaded = guarded(&input.path, || Ok(database.load(&document)))?;
        Ok(loaded.map(|()| Brief::of(&document)))
    });
    Ok(match loaded {
        Ok(loaded) => Became::Loaded(loaded?),
        Err(failure) => Became::Failed(failure),
    })
}
