//! `hyoka schema`.

use std::process::ExitCode;

use super::messages::Messages;
use super::{Stop, stdout};
use crate::output::{json, schema};

pub fn run(name: &str, messages: &dyn Messages) -> Result<ExitCode, Stop> {
    let schema =
        schema::by_name(name).ok_or_else(|| Stop::Usage(messages.unknown_schema(name, &schema::names().join(", "))))?;
    let bytes = json::pretty(&schema).map_err(|e| Stop::Failed(e.to_string()))?;
    stdout::print(&bytes, messages)?;
    Ok(ExitCode::SUCCESS)
}
