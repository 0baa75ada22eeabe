//! `hyoka extract`: the batch around the reading of each input.

mod database;
mod folder;
mod read;
mod report;
mod stream;

use std::process::ExitCode;

use super::args::Extract;
use super::inputs::Input;
use super::messages::Messages;
use super::{NOT_ALL_READ, Stop, inputs, opening};
use crate::error::Error;
use crate::output::csv::Dialect;
use crate::output::database::{Database, Target};
use crate::output::manifest::ReadBy;
use crate::output::tables::Formats;

pub use database::into_database;
pub use folder::{Job, into_folder};
pub use read::{Reader, guarded, read};
pub use report::Report;

pub fn run(args: &Extract, messages: &dyn Messages) -> Result<ExitCode, Stop> {
    let options = opening::reading(&args.reading, messages)?;
    let formats = formats(args, messages)?;
    let target = args.db.as_deref().map(|said| target(said, messages)).transpose()?;
    let workers = opening::workers(args.reading.jobs, messages)?;

    let inputs = inputs::find(&args.paths, &options.pdf.limits);
    let reader = |name: &str, bytes: Vec<u8>, hash: String| crate::extract_hashed(name, bytes, hash, &options);
    // A fault inside one input is told as that input's failure; its trace would only bury that.
    std::panic::set_hook(Box::new(|_| {}));
    let done = workers.install(|| {
        if args.output.is_none() && target.is_none() {
            return stream::to_stdout(&inputs, &reader, args.format, args.quiet, messages);
        }
        let read_by = ReadBy {
            hyoka: crate::output::VERSION.to_owned(),
            jurisdiction: args.reading.jurisdiction.clone(),
            encoding: args.reading.opening.encoding.label().map(str::to_owned),
            limits: options.pdf.limits.changed(),
        };
        read::caught(|| keep(args, inputs, &reader, read_by, formats, target.as_ref(), messages))
            .map_err(|e| Stop::Failed(messages.not_written(&e)))
    });
    let _ = std::panic::take_hook();
    let report = done?;
    report.print(args.quiet, messages);
    Ok(if report.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NOT_ALL_READ) })
}

/// Into a folder, a database, or both.
fn keep(
    args: &Extract,
    inputs: Vec<Input>,
    reader: &Reader,
    read_by: ReadBy,
    formats: Formats,
    target: Option<&Target>,
    messages: &dyn Messages,
) -> Result<Report, Error> {
    let database = target.map(|target| Database::open(target, &read_by, args.force)).transpose()?;
    let report = match (&args.output, &database) {
        (None, Some(database)) => into_database(inputs, database, reader, args.quiet, messages)?,
        (None, None) => Report::default(),
        (Some(root), database) => {
            let job = Job { read_by, force: args.force, formats, quiet: args.quiet, database: database.as_ref() };
            into_folder(inputs, root, reader, &job, messages)?
        }
    };
    database.map_or(Ok(()), |database| database.finish())?;
    Ok(report)
}

fn target(said: &str, messages: &dyn Messages) -> Result<Target, Stop> {
    let password = std::env::var("PGPASSWORD").ok();
    Target::parse(said, password.as_deref()).map_err(|bad| Stop::Usage(messages.bad_database(&bad)))
}

fn formats(args: &Extract, messages: &dyn Messages) -> Result<Formats, Stop> {
    let dialect = if args.excel { Dialect::Excel } else { Dialect::Plain };
    Formats::named(&args.tables, dialect).map_err(|name| Stop::Usage(messages.tables_unknown(name)))
}
