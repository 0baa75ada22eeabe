//! `hyoka completions`.

use std::process::ExitCode;

use clap_complete::Shell;

use super::lang::Lang;
use super::{Stop, args, stdout};

pub fn run(shell: Shell, lang: Lang) -> Result<ExitCode, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(lang), "hyoka", &mut script);
    stdout::print(&script, lang.messages())?;
    Ok(ExitCode::SUCCESS)
}
