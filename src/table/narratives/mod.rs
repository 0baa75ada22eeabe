//! `narratives`: one row a passage of prose.

mod guideline;
mod sheet;
mod slides;
mod theme;
mod zone;

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::scope::Scope;
use crate::form::Record;
use crate::form::document::Printed;

const SECTIONS: &[&str] = &[
    "plan",
    "do",
    "check",
    "action",
    "overview",
    "target",
    "regulation",
    "finance",
    "local",
    "finding",
    "overall",
    "stage",
    "type",
    "case",
    "issue",
    "next_step",
    "schedule",
];

pub static SPEC: TableSpec = TableSpec {
    name: "narratives",
    title_ja: "記述",
    description: "One row a passage; a passage that the document leaves empty has no row.",
    columns: &[
        Column::text("record_id", "評価単位ID", "The record that the passage stands in.").required(),
        Column::text(
            "section",
            "区分",
            "Section of the record. 主な取組: plan, do, check, action. Theme: plan (目標まで), do (進捗状況). Zone: overview, \
             target (数値目標), regulation (規制), finance (財政等), local (地域独自), finding (指摘事項), overall (総合評価). \
             Slides: stage (段階), type (類型), case (事例), issue (課題), next_step (今後の進め方). Guideline: schedule (別表).",
        )
        .required()
        .one_of(SECTIONS),
        Column::text(
            "field",
            "項目",
            "The field of the record that the passage is: `direction` 施策の方向, `summary` 取組の概要, `activity` 活動内容, \
             `next_activity` 活動計画, `rationale` 判定根拠, `planned` 改善案, `reflected` 反映状況, `self_evaluation` 自己評価 … as in \
             the document's schema.",
        )
        .required(),
        Column::text(
            "number",
            "番号",
            "Number of what the passage is about: as printed (①, (1)-①), or, where none is printed, its place in the record from 1.",
        ),
        Column::text("category", "類型", "類型 in check and action; else the name of what the passage is about."),
        Column::text("text", "本文", "The passage, folded; paragraphs parted by a line feed.").required(),
        Column::integer("page", "ページ", "Page of the input on which it begins, from 1; null for text inputs."),
    ],
    primary_key: &[],
    foreign_keys: &[ForeignKey { column: "record_id", table: "records", references: "record_id" }],
};

pub fn rows(scope: &Scope, rows: &mut Vec<Row>) {
    let mut passages = Passages { scope, rows };
    match scope.record {
        Record::Initiative(sheet) => sheet::passages(sheet, &mut passages),
        Record::Theme(theme) => theme::passages(theme, &mut passages),
        Record::SlideTheme(theme) => slides::passages(theme, &mut passages),
        Record::ZoneEvaluation(zone) => zone::passages(zone, &mut passages),
        Record::Guideline(guideline) => guideline::passages(guideline, &mut passages),
    }
}

/// What a passage is about.
#[derive(Clone, Default)]
struct About {
    section: &'static str,
    number: Value,
    category: Value,
}

impl About {
    fn of(section: &'static str) -> About {
        About { section, ..About::default() }
    }

    /// The thing at this place in the record, from 0.
    fn place(section: &'static str, index: usize) -> About {
        About { section, number: (index + 1).to_string().into(), category: Value::Null }
    }

    fn named(self, category: impl Into<Value>) -> About {
        About { category: category.into(), ..self }
    }
}

/// Rows in the making.
struct Passages<'a> {
    scope: &'a Scope<'a>,
    rows: &'a mut Vec<Row>,
}

impl Passages<'_> {
    /// A passage that the document may leave empty; `path` is its JSON Pointer below the record.
    fn push(&mut self, about: &About, field: &str, text: &Printed<String>, path: &str) {
        if let Some(text) = text.value() {
            self.text(about, field, text, path);
        }
    }

    /// A list of passages, each a row.
    fn list(&mut self, about: &About, field: &str, texts: &[String], path: &str) {
        for (i, text) in texts.iter().enumerate() {
            self.text(about, field, text, &format!("{path}/{i}"));
        }
    }

    fn text(&mut self, about: &About, field: &str, text: &str, path: &str) {
        let About { section, number, category } = about.clone();
        let (key, page) = ((&self.scope.record_id).into(), self.scope.page(path));
        self.rows.push(vec![key, section.into(), field.into(), number, category, text.into(), page]);
    }
}
