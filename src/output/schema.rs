//! The schemas of what is written: JSON Schema of documents and manifests, Table Schema of the tables.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::manifest::Manifest;
use crate::form::Document;
use crate::table::{Column, Kind, TABLES, TableSpec};

/// JSON Schema of one document.
pub fn document() -> Schema {
    schema_of::<Document>("hyoka document")
}

/// JSON Schema of `manifest.json`.
pub fn manifest() -> Schema {
    schema_of::<Manifest>("hyoka manifest")
}

/// What is written, not what is accepted: a field that is always there is required.
fn schema_of<T: JsonSchema>(title: &str) -> Schema {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema
}

/// Frictionless Table Schema of one table.
pub fn table_schema(spec: &TableSpec) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), spec.columns.iter().map(field).collect());
    schema.insert("missingValues".into(), json!([""]));
    if !spec.primary_key.is_empty() {
        schema.insert("primaryKey".into(), json!(spec.primary_key));
    }
    if !spec.foreign_keys.is_empty() {
        let keys = spec.foreign_keys.iter().map(
            |key| json!({ "fields": [key.column], "reference": { "resource": key.table, "fields": [key.references] } }),
        );
        schema.insert("foreignKeys".into(), keys.collect());
    }
    Value::Object(schema)
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
    };
    let mut field = json!({
        "name": column.name,
        "type": kind,
        "title": column.label_ja,
        "description": column.description,
    });
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    if !column.values.is_empty() {
        constraints.insert("enum".into(), json!(column.values));
    }
    if let Some(unit) = column.unit {
        field["unit"] = unit.into();
    }
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}

/// Names that [`by_name`] knows.
pub fn names() -> Vec<&'static str> {
    ["document", "manifest"].into_iter().chain(TABLES.iter().map(|t| t.name)).collect()
}

/// The schema of a document, of the manifest, or of a table by its name.
pub fn by_name(name: &str) -> Option<Value> {
    match name {
        "document" => Some(document().to_value()),
        "manifest" => Some(manifest().to_value()),
        _ => TABLES.iter().find(|t| t.name == name).map(|spec| table_schema(spec)),
    }
}
