//! Lines and cells → typed records with evidence. One folder a form.

pub mod catalogue;
pub mod document;
pub mod initiative_sheet;

pub use document::{Document, Evidence, FormId, Jurisdiction, Method, Record, SourceInfo, Unassigned};
