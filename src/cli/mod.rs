//! The command line: one file a command. Results on stdout, all else on stderr.
//!
//! Exit codes: 0 all read, 1 audit findings, 2 wrong usage, 3 an input could not be read or an output not written.

pub mod archive;
pub mod args;
mod audit;
mod completions;
pub mod extract;
pub mod failure;
mod forms;
mod help_ja;
pub mod inputs;
mod inspect;
pub mod lang;
mod man;
pub mod messages;
mod opening;
mod progress;
mod review;
mod rules;
mod schema;
mod stdout;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Args, Command};
use lang::Lang;

/// Findings at or above `--fail-on`.
pub const FOUND: u8 = 1;
pub const WRONG_USAGE: u8 = 2;
pub const NOT_ALL_READ: u8 = 3;

/// Why a command ends without its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// What was typed cannot be done; the message says what can.
    Usage(String),
    /// It was rightly asked for and could not be done.
    Failed(String),
    /// Whoever read stdout has had enough.
    ReaderGone,
}

/// Runs the program on its arguments, the program's name among them.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = Lang::of(&args, |name| std::env::var(name).ok());
    let parsed = args::command(lang).try_get_matches_from(args).and_then(|m| Args::from_arg_matches(&m));
    let args = match parsed {
        Ok(args) => args,
        Err(e) => return usage::report(&e, lang),
    };
    let messages = lang.messages();
    let done = match args.command {
        Command::Extract(extract) => extract::run(&extract, messages),
        Command::Audit(audit) => audit::run(&audit, lang),
        Command::Rules { code } => rules::run(code.as_deref(), lang),
        Command::Inspect(inspect) => inspect::run(&inspect, messages),
        Command::Review(review) => review::run(&review, lang, args.lang),
        Command::Forms { form: _, explain: Some(file), opening } => forms::explain(&file, &opening, messages),
        Command::Forms { form, .. } => forms::run(form.as_deref(), lang),
        Command::Schema { name } => schema::run(&name, messages),
        Command::Completions { shell } => completions::run(shell, lang),
        Command::Man { command } => man::run(command.as_deref(), lang),
    };
    match done {
        Ok(code) => code,
        Err(Stop::ReaderGone) => ExitCode::SUCCESS,
        Err(Stop::Usage(message)) => {
            eprintln!("{}", messages.wrong_usage(&message));
            ExitCode::from(WRONG_USAGE)
        }
        Err(Stop::Failed(message)) => {
            eprintln!("{}", messages.error(&message));
            ExitCode::from(NOT_ALL_READ)
        }
    }
}
