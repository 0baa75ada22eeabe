//! The forms that this version reads and their fields, for people to see.
//!
//! Fields are described by the schema of their record, that is by the comments at its types, so that they cannot drift.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::department_theme::Theme;
use super::initiative_sheet::InitiativeSheet;
use super::slide_deck::SlideTheme;
use super::special_zone::ZoneEvaluation;
use super::subsidy_guideline::Guideline;

/// One form as `hyoka forms` lists it.
#[derive(Debug, Clone, Copy)]
pub struct FormInfo {
    /// `form.id` of its documents.
    pub id: &'static str,
    /// The printed title.
    pub title: &'static str,
    /// The printed edition, where forms of the same title differ by it.
    pub edition: Option<&'static str>,
    /// What one record is.
    pub record: &'static str,
    pub record_ja: &'static str,
    schema: fn() -> Schema,
}

/// Every form, in the order of their recognition.
pub fn catalogue() -> &'static [FormInfo] {
    &[
        FormInfo {
            id: "initiative_sheet",
            title: "「主な取組」検証票",
            edition: Some("様式１"),
            record: "one sheet: an initiative with its Plan, Do, Check and Action",
            record_ja: "票1枚: 主な取組の Plan・Do・Check・Action",
            schema: schema_of::<InitiativeSheet>,
        },
        FormInfo {
            id: "department_theme",
            title: "部局運営方針",
            edition: None,
            record: "one theme (【テーマN】): its initiatives with actions, targets and progress",
            record_ja: "テーマ1件: 戦略ごとの取組・目標・進捗",
            schema: schema_of::<Theme>,
        },
        FormInfo {
            id: "slide_deck",
            title: "指定都市市長会 取組テーマ",
            edition: None,
            record: "one theme: support stages, types and cases, counts of cities, issues",
            record_ja: "テーマ1件: 支援段階・類型と事例・都市数・課題",
            schema: schema_of::<SlideTheme>,
        },
        FormInfo {
            id: "special_zone",
            title: "総合特別区域評価書",
            edition: None,
            record: "one zone: its numeric targets, regulatory, financial and local supports",
            record_ja: "特区1件: 数値目標、規制の特例措置、財政・税制・金融支援、地域独自の取組",
            schema: schema_of::<ZoneEvaluation>,
        },
        FormInfo {
            id: "subsidy_guideline",
            title: "補助金交付要綱",
            edition: None,
            record: "one guideline: articles, supplementary provisions, forms and schedules",
            record_ja: "要綱1件: 条文、附則、様式、別表",
            schema: schema_of::<Guideline>,
        },
    ]
}

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldInfo {
    /// JSON Pointer below the record, `N` for a place in a list: `/check/N/text`.
    pub pointer: String,
    pub kind: FieldKind,
    /// Is it a list of such?
    pub list: bool,
    /// Printed label and what there is to say of it.
    pub description: String,
    /// The words that it can be and what they mean; none where it can be any.
    pub words: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Further fields.
    Group,
    Text,
    Integer,
    Number,
    /// One of the field's words.
    Word,
}

impl FormInfo {
    /// Every field of a record, groups before what is in them.
    pub fn fields(&self) -> Vec<FieldInfo> {
        let mut out = Vec::new();
        below((self.schema)().as_value(), "", &mut out);
        out
    }
}

fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|s| s.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>()
}

/// The fields of an object, and of what is in them.
fn below(object: &Value, pointer: &str, out: &mut Vec<FieldInfo>) {
    for (name, field) in object["properties"].as_object().into_iter().flatten() {
        let (pointer, of) = (format!("{pointer}/{name}"), not_null(field));
        let list = is(of, "array");
        let item = if list { not_null(&of["items"]) } else { of };
        let words = words(item);
        let kind = match item {
            item if is(item, "object") => FieldKind::Group,
            item if is(item, "integer") => FieldKind::Integer,
            item if is(item, "number") => FieldKind::Number,
            _ if !words.is_empty() => FieldKind::Word,
            _ => FieldKind::Text,
        };
        let description = field["description"].as_str().unwrap_or_default().to_owned();
        out.push(FieldInfo { pointer: pointer.clone(), kind, list, description, words });
        below(item, &if list { format!("{pointer}/N") } else { pointer }, out);
    }
}

/// What a schema says besides that there may be nothing.
fn not_null(schema: &Value) -> &Value {
    let choices = schema["anyOf"].as_array();
    choices.and_then(|all| all.iter().find(|s| s["type"] != "null")).unwrap_or(schema)
}

fn is(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|k| k == kind),
        one => one == kind,
    }
}

fn words(schema: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    choices.map(|s| (text(&s["const"]), text(&s["description"]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_says_its_japanese_label() {
        for form in catalogue() {
            let fields = form.fields();
            assert!(fields.len() > 10, "{}", form.id);
            let japanese = |text: &str| text.contains(|c: char| c >= '\u{3000}');
            let without: Vec<&FieldInfo> = fields.iter().filter(|f| !japanese(&f.description)).collect();
            assert!(without.is_empty(), "{}: {without:#?}", form.id);
        }
    }

    #[test]
    fn fields_are_found_in_groups_and_lists() {
        let fields = catalogue()[0].fields();
        let field = |pointer: &str| fields.iter().find(|f| f.pointer == pointer).expect(pointer);
        assert_eq!(field("/plan/initiative").description, "主な取組");
        assert_eq!((field("/plan/actors").kind, field("/plan/actors").list), (FieldKind::Text, true));
        assert_eq!(field("/do/programs/N/budgets/N/amount_yen").kind, FieldKind::Integer);
        assert_eq!(field("/do/indicators/N/achievement_percent").kind, FieldKind::Number);
        assert_eq!(field("/do/judgment").kind, FieldKind::Group);
        let kind = field("/do/programs/N/budgets/N/kind");
        assert_eq!(kind.words[0], ("settled".to_owned(), "決算額".to_owned()));
    }
}
