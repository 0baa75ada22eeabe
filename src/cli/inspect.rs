//! `hyoka inspect`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use super::args::Inspect;
use super::extract::read;
use super::failure::Fault;
use super::messages::Messages;
use super::{NOT_ALL_READ, Stop, inputs, opening, stdout};
use crate::error::ErrorKind;
use crate::output::{atomic, inspect};

pub fn run(args: &Inspect, messages: &dyn Messages) -> Result<ExitCode, Stop> {
    let shown = args.file.display().to_string();
    if args.file.is_dir() {
        return Err(Stop::Usage(messages.one_file(&shown)));
    }
    if let Some(output) = args.output.as_deref().filter(|output| same(output, &args.file)) {
        return Err(Stop::Usage(messages.over_its_input(&output.display().to_string())));
    }
    let options = opening::options(&args.opening, messages)?;
    let workers = opening::workers(None, messages)?;
    let inputs = inputs::find(std::slice::from_ref(&args.file), &options.pdf.limits);
    let [input] = inputs.as_slice() else { return Err(Stop::Usage(messages.one_file(&shown))) };

    let reader = |name: &str, bytes: Vec<u8>, _: String| crate::inspect(name, &bytes, args.page, &options);
    // A fault inside the input is told as its failure; its trace would only bury that.
    std::panic::set_hook(Box::new(|_| {}));
    let read = workers.install(|| read(input, &reader, None));
    let _ = std::panic::take_hook();
    let seen = match read {
        Ok(seen) => seen,
        Err(failure) => {
            if let Fault::Of(ErrorKind::NoSuchPage { asked, pages }) = failure.fault {
                return Err(Stop::Usage(messages.no_such_page(&failure.path, asked, pages)));
            }
            eprintln!("{}", messages.failure(&failure));
            return Ok(ExitCode::from(NOT_ALL_READ));
        }
    };
    let svg = inspect::svg(seen.page.as_ref(), &seen.layout, &seen.document, messages.inspect());
    match &args.output {
        None => stdout::print(svg.as_bytes(), messages)?,
        Some(path) => atomic::write(path, svg.as_bytes()).map_err(|e| Stop::Failed(messages.not_written(&e)))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Are they one file, whatever way they are named?
fn same(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
