//! `hyoka` (評価): Japanese evaluation documents in, trustworthy data out.
//!
//! One way down: [`source`] → [`layout`] → [`form`] → [`table`] → [`output`], with [`normalize`] beneath all of them.

pub mod diagnostic;
pub mod error;
pub mod form;
pub mod geometry;
pub mod layout;
pub mod normalize;
pub mod output;
pub mod source;
pub mod table;
