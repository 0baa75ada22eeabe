//! Documents to stdout, in the order of the inputs whatever order they are read in.

use std::io::{self, BufWriter};

use rayon::prelude::*;

use super::read::{Reader, read};
use super::report::{Brief, Report};
use crate::cli::args::Format;
use crate::cli::failure::Failure;
use crate::cli::inputs::Input;
use crate::cli::messages::Messages;
use crate::cli::progress::Progress;
use crate::cli::{Stop, stdout};
use crate::output::json;

/// How documents stand beside each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// The only one, indented.
    One,
    /// Indented, in an array.
    Array,
    /// A line each.
    Lines,
}

pub fn to_stdout(
    inputs: &[Input],
    reader: &Reader,
    format: Option<Format>,
    quiet: bool,
    messages: &dyn Messages,
) -> Result<Report, Stop> {
    let layout = match format {
        Some(Format::Jsonl) => Layout::Lines,
        None if inputs.len() > 1 => Layout::Lines,
        Some(Format::Json) if inputs.len() > 1 => Layout::Array,
        _ => Layout::One,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let progress = Progress::new(inputs.len(), quiet, messages);
    let mut report = Report::default();
    let mut first = true;

    // So many at once that no worker waits long for the slowest, and so few that memory does not grow with the batch.
    for chunk in inputs.chunks(rayon::current_num_threads() * 8) {
        let render = |input: &Input| {
            let document = read(input, reader, None)?;
            let bytes = if layout == Layout::Lines { json::line(&document) } else { json::pretty(&document) };
            progress.step();
            bytes.map(|bytes| (bytes, Brief::of(&document))).map_err(|e| Failure::of(&input.path, e))
        };
        let results: Vec<_> = chunk.par_iter().map(render).collect();
        for (input, result) in chunk.iter().zip(results) {
            match result {
                Ok((bytes, brief)) => {
                    if layout == Layout::Array {
                        stdout::write(&mut out, if first { b"[\n" } else { b",\n" }, messages)?;
                        first = false;
                    }
                    let bytes = if layout == Layout::Array { bytes.trim_ascii_end() } else { &bytes };
                    stdout::write(&mut out, bytes, messages)?;
                    report.document(&input.path, &brief);
                }
                Err(failure) => report.failure(failure),
            }
        }
        // A user who looks on sees what is done; a reader who is gone is noticed.
        stdout::flush(&mut out, messages)?;
    }
    if layout == Layout::Array {
        stdout::write(&mut out, if first { b"[]\n" } else { b"\n]\n" }, messages)?;
    }
    stdout::flush(&mut out, messages)?;
    progress.finish();
    Ok(report)
}
