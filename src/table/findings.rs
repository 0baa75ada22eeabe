//! The `findings` table: a row is one audit finding. Its rows are the audit's business.

use super::model::{Column, ForeignKey, TableSpec};

pub static SPEC: TableSpec = TableSpec {
    name: "findings",
    title_ja: "監査の指摘",
    description: "One row an audit finding: two printed places that contradict each other. A database has the findings within \
        each document; those that hold documents against each other (HY6xx) stand in the folder's table and in `hyoka audit`.",
    columns: &[
        Column::text("rule", "規則", "Code of the rule, HY204; `hyoka rules` explains it.").required(),
        Column::text(
            "severity",
            "重大度",
            "error: arithmetic or identity is broken; warning: likely a mistake; note: worth knowing.",
        )
        .required()
        .one_of(&["error", "warning", "note"]),
        Column::text("record_id", "評価単位ID", "The record that it is of; null where it is of the document."),
        Column::text("document_id", "文書ID", "The document that it is of.").required(),
        Column::text("message", "内容", "What is contradicted.").required(),
        Column::text("expected", "あるべき値", "What the other places say."),
        Column::text("found", "印字された値", "What is printed here."),
        Column::text("pointer", "位置", "JSON Pointer of the place in the document.").required(),
        Column::integer("page", "ページ", "Page of the input, from 1; null for text inputs."),
    ],
    primary_key: &[],
    foreign_keys: &[
        ForeignKey { column: "record_id", table: "records", references: "record_id" },
        ForeignKey { column: "document_id", table: "documents", references: "document_id" },
    ],
};
