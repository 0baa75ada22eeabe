//! What was typed wrong, said in the user's language.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::WRONG_USAGE;
use super::lang::Lang;

/// Prints help and version to stdout, mistakes to stderr.
pub fn report(error: &clap::Error, lang: Lang) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that closes the pipe has seen what it wanted.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{}", error.render());
            ExitCode::from(WRONG_USAGE)
        }
        _ => {
            eprintln!("{}", lang.messages().wrong_usage(&explain(error, lang)));
            ExitCode::from(WRONG_USAGE)
        }
    }
}

fn explain(error: &clap::Error, lang: Lang) -> String {
    let messages = lang.messages();
    let all = |kind| match error.get(kind) {
        Some(ContextValue::String(s)) => vec![s.clone()],
        Some(ContextValue::Strings(list)) => list.clone(),
        _ => Vec::new(),
    };
    let one = |kind| all(kind).into_iter().next();
    let argument = one(ContextKind::InvalidArg).unwrap_or_default();
    let value = one(ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => messages.unknown_argument(&argument, one(ContextKind::SuggestedArg).as_deref()),
        ErrorKind::InvalidSubcommand => {
            let command = one(ContextKind::InvalidSubcommand).unwrap_or_default();
            messages.unknown_command(&command, one(ContextKind::SuggestedSubcommand).as_deref())
        }
        ErrorKind::InvalidValue if value.is_empty() => messages.missing_value(&argument, &all(ContextKind::ValidValue)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            messages.invalid_value(&argument, &value, &all(ContextKind::ValidValue))
        }
        ErrorKind::MissingRequiredArgument => messages.missing_argument(&all(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => messages.missing_command(&all(ContextKind::ValidSubcommand)),
        ErrorKind::ArgumentConflict => match all(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == [argument.clone()] => messages.repeated(&argument),
            prior => messages.conflict(&argument, &prior),
        },
        _ => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            messages.other_usage(first.strip_prefix("error: ").unwrap_or(first))
        }
    }
}
