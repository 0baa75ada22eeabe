//! One key for one programme (予算事業), whatever sheet prints it and however its name is spaced or widened.

use std::borrow::Cow;

use crate::form::{Document, Record};
use crate::normalize::fold;

/// What a sheet adds to the name of a programme that it printed before.
const AGAIN: [&str; 5] = ["(再掲)", "【再掲】", "[再掲]", "<再掲>", "〈再掲〉"];

/// `470007:商店街活性化事業`: whose programme it is, and its name folded and without spaces; the name alone where no owner
/// is known. `None` where the name prints nothing. Together with `fiscal_year` and `kind` it names one amount.
///
/// `owner` comes from [`owner`]. Two programmes of one name and one owner are one; that a name is spelled differently
/// from sheet to sheet is for the audit to find.
pub fn programme_key(program: &str, owner: Option<&str>) -> Option<String> {
    let mut name = fold::key(program);
    while let Some(shorter) = AGAIN.iter().find_map(|mark| name.strip_suffix(mark)) {
        name.truncate(shorter.len());
    }
    if name.is_empty() {
        return None;
    }
    Some(match owner.map(fold::key).filter(|owner| !owner.is_empty()) {
        Some(owner) => format!("{owner}:{name}"),
        None => name,
    })
}

/// Whose programmes a record prints: the jurisdiction by its code (of a joint document all codes, parted by `;`). Of a
/// zone it is the zone's name, since programmes of the state stand in the evaluations of many, each with its own amount.
pub fn owner<'a>(document: &'a Document, record: &'a Record) -> Option<Cow<'a, str>> {
    if let Record::ZoneEvaluation(zone) = record
        && let Some(name) = zone.name.value()
    {
        return Some(Cow::Borrowed(name));
    }
    match &document.jurisdictions[..] {
        [] => None,
        [one] => Some(Cow::Borrowed(&one.code)),
        several => Some(Cow::Owned(several.iter().map(|j| j.code.as_str()).collect::<Vec<_>>().join(";"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_programme_has_one_key() {
        let key = programme_key("かもめ小屋（Ⅱ）事業", Some("990001"));
        assert_eq!(key.as_deref(), Some("990001:かもめ小屋(Ⅱ)事業"));
        for same in [
            "かもめ小屋(Ⅱ)事業",
            "かもめ小屋　（Ⅱ）\n事業",
            "かもめ小屋（Ⅱ）事業（再掲）",
            "かもめ小屋（Ⅱ）事業 【再掲】",
        ] {
            assert_eq!(programme_key(same, Some("990001")), key, "{same}");
        }
        assert_ne!(programme_key("かもめ小屋事業", Some("990001")), key);
        assert_ne!(programme_key("かもめ小屋（Ⅱ）事業", Some("990002")), key);
        assert_eq!(programme_key("かもめ 事業", None).as_deref(), Some("かもめ事業"));
    }

    #[test]
    fn no_name_has_no_key() {
        assert_eq!(programme_key(" 　", Some("990001")), None);
        assert_eq!(programme_key("(再掲)", None), None);
    }
}
