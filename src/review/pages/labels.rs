//! The printed labels of a form's fields, by their pointers.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::form::catalogue::{FieldInfo, catalogue};
use crate::form::{Document, Record};

type Fields = HashMap<&'static str, HashMap<String, FieldInfo>>;

fn all() -> &'static Fields {
    static ALL: OnceLock<Fields> = OnceLock::new();
    ALL.get_or_init(|| {
        let of = |form: &crate::form::catalogue::FormInfo| {
            let fields = form.fields().into_iter().map(|field| (field.pointer.clone(), field)).collect();
            (form.id, fields)
        };
        catalogue().iter().map(of).collect()
    })
}

/// The form that a record is of.
pub fn form_of(record: &Record) -> &'static str {
    match record {
        Record::Initiative(_) => "initiative_sheet",
        Record::Theme(_) => "department_theme",
        Record::SlideTheme(_) => "slide_deck",
        Record::ZoneEvaluation(_) => "special_zone",
        Record::Guideline(_) => "subsidy_guideline",
    }
}

/// A field of a form; `pattern` is its pointer below the record with `N` for each place in a list.
pub fn of_form(form: &str, pattern: &str) -> Option<&'static FieldInfo> {
    all().get(form)?.get(pattern)
}

/// The field at a pointer into a document; of a list of plain values its items are the field.
pub fn field(document: &Document, pointer: &str) -> Option<&'static FieldInfo> {
    let rest = pointer.strip_prefix("/records/")?;
    let (index, below) = rest.split_once('/')?;
    let record = document.records.get(index.parse::<usize>().ok()?)?;
    let parts = below.split('/').map(|part| if is_index(part) { "N" } else { part });
    let pattern: String = parts.flat_map(|part| ["/", part]).collect();
    of_form(form_of(record), &pattern).or_else(|| of_form(form_of(record), pattern.strip_suffix("/N")?))
}

pub fn is_index(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

/// The label as printed: what the description says before it explains.
pub fn label(description: &str) -> &str {
    let marks = [": ", ", ", "; ", ";", "。"].into_iter().filter_map(|mark| description.find(mark));
    // After a label, a word of small letters is English that explains it.
    let explained = description.match_indices(' ').map(|(at, _)| at).find(|at| {
        let rest = &description[at + 1..];
        *at > 0 && rest.starts_with(|c: char| c.is_ascii_lowercase())
    });
    let end = marks.chain(explained).min().unwrap_or(description.len());
    description[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_what_is_printed() {
        assert_eq!(label("施策展開: its number, `3-(5)-イ`"), "施策展開");
        assert_eq!(label("施策の方向"), "施策の方向");
        assert_eq!(label("達成割合 A/B, capped"), "達成割合 A/B");
        assert_eq!(label("進捗状況 on the scale"), "進捗状況");
    }

    #[test]
    fn fields_of_lists_are_found() {
        let found = of_form("initiative_sheet", "/do/indicators/N/achievement_percent");
        assert!(found.is_some_and(|field| field.description.contains("達成割合")));
    }
}
