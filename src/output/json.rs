//! Documents as JSON: pretty for one, a line each for several. The same document gives the same bytes always.

use std::io::{self, Write};

use serde::Serialize;

use super::indent::Indented;
use crate::error::{Error, ErrorKind, Result};
use crate::form::Document;

/// Indented JSON with a line end.
pub fn pretty<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pretty_into(&mut bytes, value).map(|()| bytes).map_err(|e| not_json(&e))
}

/// [`pretty`] into a file, as it is made.
pub fn pretty_into<T: Serialize>(mut out: impl Write, value: &T) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Indented::default()))?;
    out.write_all(b"\n")
}

/// One line of JSON Lines, with its line end.
pub fn line<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(value).map_err(|e| not_json(&e))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A document as it was written by [`pretty`] or [`line`].
pub fn parse(bytes: &[u8]) -> Result<Document> {
    serde_json::from_slice(bytes).map_err(|e| ErrorKind::Io(format!("is no document of this version: {e}")).into())
}

fn not_json(e: &impl std::fmt::Display) -> Error {
    ErrorKind::Internal(format!("a value that JSON cannot hold: {e}")).into()
}
