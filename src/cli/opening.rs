//! What every command that opens inputs has in common.

use std::fs;

use super::Stop;
use super::args::{Opening, Reading};
use super::messages::Messages;
use crate::Options;
use crate::form::jurisdiction::from_code;
use crate::source::limits::{LIMITS, Limits};
use crate::source::pdf;

/// Room for the deepest reading that one input may need; the default of threads is 2 MiB.
const STACK: usize = 16 << 20;

pub fn options(args: &Opening, messages: &dyn Messages) -> Result<Options, Stop> {
    let password = match &args.password_file {
        None => args.password.clone(),
        Some(path) => {
            let text = fs::read_to_string(path)
                .map_err(|e| Stop::Usage(messages.password_file(&path.display().to_string(), &e.to_string())))?;
            // Editors put a byte-order mark before and a line end after it; neither is of the password.
            let first = text.strip_prefix('\u{FEFF}').unwrap_or(&text).lines().next().unwrap_or_default();
            Some(first.to_owned())
        }
    };
    let mut limits = Limits::default();
    for said in &args.limits {
        let known: Vec<&str> = LIMITS.iter().map(|limit| limit.name).collect();
        limits.set(said).map_err(|bad| Stop::Usage(messages.bad_limit(said, &bad, &known.join(", "))))?;
    }
    let pdf = pdf::Options { password, limits };
    Ok(Options { pdf, encoding: args.encoding.into(), jurisdiction: None })
}

/// [`options`] of the commands that read many inputs.
pub fn reading(args: &Reading, messages: &dyn Messages) -> Result<Options, Stop> {
    let said = |code: &str| from_code(code).ok_or_else(|| Stop::Usage(messages.bad_jurisdiction(code)));
    let jurisdiction = args.jurisdiction.as_deref().map(said).transpose()?;
    Ok(Options { jurisdiction, ..options(&args.opening, messages)? })
}

pub fn workers(jobs: Option<u16>, messages: &dyn Messages) -> Result<rayon::ThreadPool, Stop> {
    // 0 is rayon's word for one a processor.
    let builder = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0).into()).stack_size(STACK);
    builder.build().map_err(|e| Stop::Failed(messages.no_workers(&e.to_string())))
}
