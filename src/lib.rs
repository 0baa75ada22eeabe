//! `hyoka` (評価): Japanese evaluation documents in, trustworthy data out.
//!
//! One way down: [`source`] → [`layout`] → [`form`] → [`table`] → [`output`], with [`normalize`] beneath all of them.

pub mod cli;
pub mod diagnostic;
pub mod error;
pub mod form;
pub mod geometry;
pub mod layout;
pub mod normalize;
pub mod output;
pub mod source;
pub mod table;

use error::Result;
use form::Document;

/// How an input is to be read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// User or owner password of an encrypted PDF.
    pub password: Option<String>,
    /// Encoding of text inputs; found from the bytes when absent.
    pub encoding: Option<String>,
    /// Six-digit 全国地方公共団体コード, said by the user.
    pub jurisdiction: Option<String>,
}

/// Reads one input and structures it. `name` is its file name, for the record and for messages.
pub fn extract(_name: &str, _bytes: &[u8], _options: &Options) -> Result<Document> {
    unimplemented!()
}
