//! Documents as JSON: pretty for one, a line each for several. The same document gives the same bytes always.

use serde::Serialize;

use super::indent::Indented;
use crate::error::{ErrorKind, Result};
use crate::form::Document;

/// Indented JSON with a line end.
pub fn pretty<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Indented::default()));
    ended(written.map(|()| bytes))
}

/// One line of JSON Lines, with its line end.
pub fn line<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    ended(serde_json::to_vec(value))
}

/// A document as it was written by [`pretty`] or [`line`].
pub fn parse(bytes: &[u8]) -> Result<Document> {
    serde_json::from_slice(bytes).map_err(|e| ErrorKind::Io(format!("is no document of this version: {e}")).into())
}

fn ended(json: serde_json::Result<Vec<u8>>) -> Result<Vec<u8>> {
    let mut bytes = json.map_err(|e| ErrorKind::Internal(format!("a value that JSON cannot hold: {e}")))?;
    bytes.push(b'\n');
    Ok(bytes)
}
