//! `hyoka man`: the help as manual pages.

use std::process::ExitCode;

use clap_mangen::Man;

use super::lang::Lang;
use super::{Stop, args, stdout};

pub fn run(command: Option<&str>, lang: Lang) -> Result<ExitCode, Stop> {
    let messages = lang.messages();
    let mut page = Vec::new();
    match command {
        None => render(args::command(lang), &mut page),
        Some(name) => {
            let mut program = args::command(lang);
            // Names of the commands become whole: `hyoka extract`.
            program.build();
            let known: Vec<String> = program.get_subcommands().map(|c| c.get_name().to_owned()).collect();
            let found = program.find_subcommand(name).cloned();
            let found = found.ok_or_else(|| Stop::Usage(messages.invalid_value("COMMAND", name, &known)))?;
            let whole = found.get_bin_name().unwrap_or(name).to_owned();
            render(found.display_name(whole.replace(' ', "-")), &mut page)
        }
    }
    .map_err(|e| Stop::Failed(messages.stdout_failed(&e.to_string())))?;
    stdout::print(&page, messages)?;
    Ok(ExitCode::SUCCESS)
}

fn render(command: clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    // Without a date, so that the same version gives the same page.
    Man::new(command).source(concat!("hyoka ", env!("CARGO_PKG_VERSION"))).manual("hyoka").render(page)
}
