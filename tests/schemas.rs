//! The committed schemas are those of the types: who changes a type sees the contract change in the same diff.

use std::fs;
use std::path::Path;

use hyoka::output::{json, schema};

const HOW: &str = "the types and the committed schemas differ; if the change is meant, run\n\n    \
    HYOKA_BLESS=1 cargo test --test schemas\n\nand commit `schemas/`";

#[test]
fn committed_schemas_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let bless = std::env::var_os("HYOKA_BLESS").is_some();
    let mut stale = Vec::new();
    for name in schema::names() {
        let file = match name {
            "document" | "manifest" => format!("{name}.schema.json"),
            table => format!("tables/{table}.schema.json"),
        };
        let path = root.join(&file);
        let want = String::from_utf8(json::pretty(&schema::by_name(name).unwrap()).unwrap()).unwrap();
        if bless {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, want).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n") != want {
            stale.push(file);
        }
    }
    assert!(stale.is_empty(), "{}: {HOW}", stale.join(", "));
}

#[test]
fn a_printed_leaf_may_be_null_and_may_be_absent() {
    let schema = schema::document().to_value();
    let plan = &schema["$defs"]["Plan"];
    assert_eq!(plan["properties"]["initiative"]["type"], serde_json::json!(["string", "null"]));
    assert_eq!(plan["properties"]["initiative"]["description"], "主な取組");
    let required: Vec<&str> = plan["required"].as_array().unwrap().iter().filter_map(|v| v.as_str()).collect();
    assert!(!required.contains(&"initiative"));
    assert!(required.contains(&"output_indicators"));
}
