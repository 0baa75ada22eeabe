//! Rows that begin another part: 附則, 別表, 様式 and other annexes. Characters folded and without spaces in.

use std::ops::Range;

use super::{marks, reference};

/// What follows the word 附則.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Rest {
    Nothing,
    /// Its amendment in brackets, which end here.
    Bracket(usize),
    /// Its only paragraph.
    Text,
}

/// 附則, 附則（令和５年４月１日…）, 附則 この要綱は…
pub(super) fn supplement(key: &[char]) -> Option<Rest> {
    (key.starts_with(&['附', '則']) || key.starts_with(&['付', '則'])).then_some(())?;
    match key.get(2) {
        None => Some(Rest::Nothing),
        Some('(') => marks::closing(key, 2).filter(|end| *end == key.len()).map(Rest::Bracket),
        Some('こ' | '本') => Some(Rest::Text),
        _ => None,
    }
}

/// The heading of a 別表.
pub(super) struct ScheduleHeading {
    /// Characters of the name.
    pub name: usize,
    /// Characters of what stands in the brackets.
    pub basis: Option<Range<usize>>,
}

/// 別表, 別表第１（第３条第２項関係）, with or without a title behind it.
pub(super) fn schedule(key: &[char]) -> Option<ScheduleHeading> {
    key.starts_with(&['別', '表']).then_some(())?;
    let mut name = 2 + usize::from(key.get(2) == Some(&'第'));
    match marks::number(key, name) {
        Some((_, end)) => {
            name = end;
            while key.get(name).is_some_and(|c| "の-".contains(*c)) && marks::number(key, name + 1).is_some() {
                name = marks::number(key, name + 1).map_or(name + 1, |(_, end)| end);
            }
        }
        None if name == 3 => return None,
        None => {}
    }
    match key.get(name) {
        None => Some(ScheduleHeading { name, basis: None }),
        Some('(') => {
            let end = marks::closing(key, name)?;
            let inner: String = key[name + 1..end - 1].iter().collect();
            let related = inner.ends_with("関係");
            // Words behind the bracket are a title, not a sentence.
            let title = key[end..].iter().all(|c| !"。、にをはがで".contains(*c)) && key.len() - end <= 30;
            (title && related).then_some(ScheduleHeading { name, basis: Some(name + 1..end - 1) })
        }
        _ => None,
    }
}

/// The heading of a form.
pub(super) struct FormHeading {
    pub number: u32,
    pub branch: Option<u32>,
    /// The article that it names.
    pub article: Option<(u32, Option<u32>)>,
}

/// A form's heading: 様式第１（第５条関係）, 第１号様式, 別記様式第２号の２.
pub(super) fn template(key: &[char]) -> Option<FormHeading> {
    let found = reference::form_number(key, 0)?;
    let rest = &key[found.end..];
    let article = match rest.first() {
        None => None,
        Some('(') => {
            let end = marks::closing(rest, 0)?;
            let inner: String = rest[1..end - 1].iter().collect();
            (inner.ends_with("関係") && rest.len() - end <= 30).then_some(())?;
            marks::head(&rest[1..end - 1]).map(|h| (h.number, h.branch))
        }
        _ => return None,
    };
    Some(FormHeading { number: found.number, branch: found.branch, article })
}

/// 別紙, 別記１, 別添（第３条関係）, 参考: nothing that the contract has a field for.
pub(super) fn annex(key: &[char]) -> bool {
    let words = [['別', '紙'], ['別', '記'], ['別', '添'], ['参', '考']];
    if key.len() > 30 || !words.iter().any(|w| key.starts_with(w)) {
        return false;
    }
    let rest: Vec<char> = key[2..].iter().copied().filter(|c| !c.is_ascii_digit() && !"第号".contains(*c)).collect();
    rest.is_empty() || rest.first() == Some(&'(') && rest.last() == Some(&')')
}

/// 第１章 総則, 第２節.
pub(super) fn chapter(chars: &[char]) -> bool {
    let at = marks::skip(chars, 0);
    chars.get(at) == Some(&'第')
        && marks::number(chars, at + 1)
            .is_some_and(|(_, end)| matches!(chars.get(marks::skip(chars, end)), Some('章' | '節')))
        && chars.len() < 40
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(s: &str) -> Vec<char> {
        crate::normalize::fold::key(s).chars().collect()
    }

    #[test]
    fn supplements() {
        let rest = |s: &str| supplement(&key(s));
        assert_eq!(rest("附　則"), Some(Rest::Nothing));
        assert_eq!(rest("附 則（令和５年４月１日）"), Some(Rest::Bracket(12)));
        assert_eq!(rest("附則 この要綱は、"), Some(Rest::Text));
        assert_eq!(rest("附則第２項の規定"), None);
    }

    #[test]
    fn schedules() {
        let heading = |s: &str| {
            let key = key(s);
            let text = |r: Range<usize>| key[r].iter().collect::<String>();
            schedule(&key).map(|h| (text(0..h.name), h.basis.map(text)))
        };
        let of = |name: &str, basis: Option<&str>| Some((name.to_owned(), basis.map(str::to_owned)));
        assert_eq!(heading("別表第１（第３条第２項関係）"), of("別表第1", Some("第3条第2項関係")));
        assert_eq!(heading("別表（第３条、第５条関係） 補助対象経費"), of("別表", Some("第3条、第5条関係")));
        assert_eq!(heading("別表２"), of("別表2", None));
        assert_eq!(heading("別表第１の２（第４条関係）"), of("別表第1の2", Some("第4条関係")));
        for sentence in ["別表第１に掲げる", "別表第２のとおりとする。", "別表第1（以下「別表」という。）"]
        {
            assert_eq!(heading(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn forms() {
        let form = |s: &str| template(&key(s)).map(|f| (f.number, f.branch, f.article));
        assert_eq!(form("様式第１（第５条関係）"), Some((1, None, Some((5, None)))));
        assert_eq!(form("第２号様式（第８条の２関係）"), Some((2, None, Some((8, Some(2))))));
        assert_eq!(form("別記様式第３号の２"), Some((3, Some(2), None)));
        assert_eq!(form("様式第１）に必要な書類を"), None);
        assert_eq!(form("様式第３により"), None);
    }

    #[test]
    fn annexes_and_chapters() {
        assert!(annex(&key("別紙１")) && annex(&key("別記（第３条関係）")) && !annex(&key("別紙のとおりとする。")));
        assert!(chapter(&key("第１章 総則")) && !chapter(&key("第１条 総則")));
    }
}
