//! `provisions`: one row a paragraph or item of an article, or of a 附則.

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::scope::Scope;
use super::words::printed;
use crate::form::Record;
use crate::form::subsidy_guideline::Paragraph;

pub static SPEC: TableSpec = TableSpec {
    name: "provisions",
    title_ja: "条項",
    description: "One row a paragraph (項) or item (号) of a guideline's articles and 附則, in their order.",
    columns: &[
        Column::text("record_id", "評価単位ID", "The guideline.").required(),
        Column::text("article", "条", "Number of the article: `8`, `8の2`; `附則1` for the first 附則.").required(),
        Column::integer("paragraph", "項", "Number of the paragraph, from 1.").required(),
        Column::text("item", "号", "Number of the item, as printed; null for the paragraph itself."),
        Column::text("caption", "見出し", "見出し of the article, or of the paragraph of a 附則."),
        Column::text("text", "本文", "The text, folded; null where it could not be placed."),
    ],
    primary_key: &[],
    foreign_keys: &[ForeignKey { column: "record_id", table: "records", references: "record_id" }],
};

pub fn rows(scope: &Scope, rows: &mut Vec<Row>) {
    let Record::Guideline(guideline) = scope.record else { return };
    for article in &guideline.articles {
        let number = match article.branch {
            Some(branch) => format!("{}の{branch}", article.number),
            None => article.number.to_string(),
        };
        let caption = printed(&article.caption);
        paragraphs(scope, &number, &caption, &article.paragraphs, rows);
    }
    for (i, supplement) in guideline.supplementary.iter().enumerate() {
        paragraphs(scope, &format!("附則{}", i + 1), &Value::Null, &supplement.paragraphs, rows);
    }
}

fn paragraphs(scope: &Scope, article: &str, caption: &Value, paragraphs: &[Paragraph], rows: &mut Vec<Row>) {
    for paragraph in paragraphs {
        let own = printed(&paragraph.caption);
        let caption = if own == Value::Null { caption.clone() } else { own };
        let mut row = |item: Value, text: Value| {
            let number = paragraph.number.into();
            rows.push(vec![(&scope.record_id).into(), article.into(), number, item, caption.clone(), text]);
        };
        row(Value::Null, printed(&paragraph.text));
        for item in &paragraph.items {
            row((&item.number).into(), printed(&item.text));
        }
    }
}
