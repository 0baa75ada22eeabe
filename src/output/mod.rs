//! Documents and tables → files, written whole or not at all.

pub mod atomic;
pub mod clock;
pub mod csv;
pub mod database;
pub mod folder;
pub mod hash;
mod indent;
pub mod inspect;
pub mod json;
pub mod manifest;
pub mod names;
pub mod package;
pub mod parquet;
pub mod plan;
pub mod schema;
mod sql;
pub mod tables;
pub mod xlsx;

/// Version of this program, as manifests name it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Version of the tables, which moves with the `schema` number of the documents.
const SCHEMA_OF_TABLES: &str = "1.0.0";
