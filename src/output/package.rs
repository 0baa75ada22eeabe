//! `datapackage.json`: the tables of a folder as a Frictionless Data Package, so that other tools load them with their
//! types, keys and labels, and can tell whether a file was changed since.

use serde_json::{Value, json};

use super::csv::Dialect;
use super::schema::table_schema;
use super::tables::{Content, Resource};
use super::{SCHEMA_OF_TABLES, VERSION};
use crate::table::TableSpec;

pub fn data_package(resources: &[Resource]) -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "data-package",
        "name": "hyoka",
        "title": "行政評価データ",
        "description": "Tables read from evaluation documents by hyoka. An empty field is null; see `state` for what was printed.",
        "version": SCHEMA_OF_TABLES,
        "hyoka": VERSION,
        "resources": resources.iter().map(resource).collect::<Vec<_>>(),
    })
}

/// CSV files are the tables, each with its schema. Parquet and the workbook hold the same once more: files that carry
/// their types themselves, and that a reader of CSV alone need not open.
fn resource(resource: &Resource) -> Value {
    let mut json = match resource.content {
        Content::Csv(spec, dialect) => csv(spec, dialect),
        Content::Parquet(spec) => json!({
            "profile": "data-resource",
            "type": "file",
            "name": format!("{}-parquet", spec.name),
            "title": format!("{} (Parquet)", spec.title_ja),
            "description": spec.description,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            // Of the columns as the file has them, for readers that look here first.
            "hyoka:schema": table_schema(spec),
        }),
        Content::Workbook => json!({
            "profile": "data-resource",
            "type": "file",
            "name": "tables-xlsx",
            "title": "全表 (XLSX)",
            "description": "One sheet a table under its Japanese title, columns under their Japanese labels; the sheet 列の説明 \
                gives each its name.",
            "format": "xlsx",
            "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }),
    };
    json["path"] = resource.content.path().into();
    json["bytes"] = resource.bytes.into();
    json["hash"] = format!("sha256:{}", resource.sha256).into();
    json
}

fn csv(spec: &TableSpec, dialect: Dialect) -> Value {
    let mut json = json!({
        "profile": "tabular-data-resource",
        "type": "table",
        "name": spec.name,
        "title": spec.title_ja,
        "description": spec.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": table_schema(spec),
    });
    if dialect == Dialect::Excel {
        // The name by which readers know UTF-8 with a byte-order mark.
        json["encoding"] = "utf-8-sig".into();
        json["hyoka:excel"] =
            "Begins with a byte-order mark; an apostrophe stands before text that a spreadsheet would \
            take for a formula."
                .into();
    }
    json
}
