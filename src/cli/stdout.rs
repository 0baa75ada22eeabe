//! Results to stdout; a reader that goes away ends the program quietly.

use std::io::{self, ErrorKind, Write};

use super::Stop;
use super::messages::Messages;

pub fn write(out: &mut impl Write, bytes: &[u8], messages: &dyn Messages) -> Result<(), Stop> {
    out.write_all(bytes).map_err(|e| stop(&e, messages))
}

pub fn flush(out: &mut impl Write, messages: &dyn Messages) -> Result<(), Stop> {
    out.flush().map_err(|e| stop(&e, messages))
}

/// Writes all there is to write.
pub fn print(bytes: &[u8], messages: &dyn Messages) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    write(&mut out, bytes, messages)?;
    flush(&mut out, messages)
}

fn stop(e: &io::Error, messages: &dyn Messages) -> Stop {
    match e.kind() {
        ErrorKind::BrokenPipe => Stop::ReaderGone,
        _ => Stop::Failed(messages.stdout_failed(&e.to_string())),
    }
}
