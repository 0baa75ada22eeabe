//! `datapackage.json`: the tables of a folder as a Frictionless Tabular Data Package, so that other tools load them with
//! their types, keys and labels, and can tell whether a file was changed since.

use serde_json::{Value, json};

use super::schema::table_schema;
use super::{SCHEMA_OF_TABLES, VERSION};
use crate::table::TableSpec;

/// One table file as written.
#[derive(Debug, Clone)]
pub struct Resource {
    pub spec: &'static TableSpec,
    pub sha256: String,
    pub bytes: u64,
}

pub fn data_package(resources: &[Resource]) -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": "hyoka",
        "title": "行政評価データ",
        "description": "Tables read from evaluation documents by hyoka. An empty field is null; see `state` for what was printed.",
        "version": SCHEMA_OF_TABLES,
        "hyoka": VERSION,
        "resources": resources.iter().map(resource).collect::<Vec<_>>(),
    })
}

fn resource(resource: &Resource) -> Value {
    let spec = resource.spec;
    json!({
        "profile": "tabular-data-resource",
        "name": spec.name,
        "title": spec.title_ja,
        "description": spec.description,
        "path": format!("tables/{}.csv", spec.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "bytes": resource.bytes,
        "hash": format!("sha256:{}", resource.sha256),
        "schema": table_schema(spec),
    })
}
