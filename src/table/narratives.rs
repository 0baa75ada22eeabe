//! `narratives`: one row a passage of prose.

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::scope::Scope;
use super::words::printed;
use crate::form::Record;
use crate::form::document::Printed;
use crate::form::initiative_sheet::Category;

pub static SPEC: TableSpec = TableSpec {
    name: "narratives",
    title_ja: "記述",
    description: "One row a passage; a passage that the document leaves empty has no row.",
    columns: &[
        Column::text("record_id", "評価単位ID", "The record that the passage stands in.").required(),
        Column::text("section", "区分", "Section of the sheet.").required().one_of(&["plan", "do", "check", "action"]),
        Column::text(
            "field",
            "項目",
            "plan: `direction` 施策の方向, `summary` 主な取組, `activity` 年度別計画. do: `activity` and `next_activity` \
             活動内容 and 活動計画 of a programme, `summary` 活動概要 of an indicator, `rationale` 判定根拠, `planned` and \
             `reflected` 改善案 and 反映状況. check and action: `text` 内容.",
        )
        .required(),
        Column::text(
            "number",
            "番号",
            "check and action: the printed number (①). do: which programme, indicator or improvement of the sheet, from 1.",
        ),
        Column::text("category", "類型", "check and action: 類型."),
        Column::text("text", "本文", "The passage, folded; paragraphs parted by a line feed.").required(),
        Column::integer("page", "ページ", "Page of the input on which it begins, from 1; null for text inputs."),
    ],
    primary_key: &[],
    foreign_keys: &[ForeignKey { column: "record_id", table: "records", references: "record_id" }],
};

pub fn rows(scope: &Scope, rows: &mut Vec<Row>) {
    let Record::Initiative(sheet) = scope.record else { return };
    let (plan, do_) = (&sheet.plan, &sheet.do_);
    let mut passages = Passages { scope, rows };

    passages.push("plan", "direction", None, &plan.direction, "/plan/direction");
    passages.push("plan", "summary", None, &plan.summary, "/plan/summary");
    passages.push("plan", "activity", None, &plan.activity, "/plan/activity");
    for (i, program) in do_.programs.iter().enumerate() {
        let path = format!("/do/programs/{i}");
        passages.push("do", "activity", Some(i), &program.activity, &format!("{path}/activity"));
        passages.push("do", "next_activity", Some(i), &program.next_activity, &format!("{path}/next_activity"));
    }
    for (i, indicator) in do_.indicators.iter().enumerate() {
        passages.push("do", "summary", Some(i), &indicator.summary, &format!("/do/indicators/{i}/summary"));
    }
    passages.push("do", "rationale", None, &do_.rationale, "/do/rationale");
    for (i, improvement) in do_.improvements.iter().enumerate() {
        let path = format!("/do/improvements/{i}");
        passages.push("do", "planned", Some(i), &improvement.planned, &format!("{path}/planned"));
        passages.push("do", "reflected", Some(i), &improvement.reflected, &format!("{path}/reflected"));
    }
    passages.categories("check", &sheet.check);
    passages.categories("action", &sheet.action);
}

struct Passages<'a> {
    scope: &'a Scope<'a>,
    rows: &'a mut Vec<Row>,
}

impl Passages<'_> {
    fn push(&mut self, section: &str, field: &str, index: Option<usize>, text: &Printed<String>, path: &str) {
        let number = index.map(|i| (i + 1).to_string()).into();
        self.row(section, field, number, Value::Null, text, path);
    }

    fn categories(&mut self, section: &str, items: &[Category]) {
        for (i, item) in items.iter().enumerate() {
            let path = format!("/{section}/{i}/text");
            self.row(section, "text", printed(&item.number), printed(&item.category), &item.text, &path);
        }
    }

    fn row(&mut self, section: &str, field: &str, number: Value, category: Value, text: &Printed<String>, path: &str) {
        let Some(text) = text.value() else { return };
        let page = self.scope.page(path);
        let key = &self.scope.record_id;
        self.rows.push(vec![key.into(), section.into(), field.into(), number, category, text.into(), page]);
    }
}
