//! Rows that begin another part: 附則, 別表, 様式 and other annexes. Characters folded and without spaces in.

use std::ops::Range;

use super::{marks, reference};

/// A title behind a number has no more signs.
const TITLE: usize = 30;
/// What a title cannot begin with: a sentence goes on here.
const GOES_ON: &str = "のにをはがとへでも、,及又若並かよまや中以各覧);:";

/// The heading of a 附則, and what stands behind the word.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct SupplementHeading {
    /// The word itself.
    pub word: Range<usize>,
    /// The document that its bracket names, or that stands behind it without one.
    pub document: Option<Range<usize>>,
    /// Where its only paragraph begins.
    pub text: Option<usize>,
    /// Is the paragraph one for certain?
    pub sure: bool,
    /// Its bracket goes on in the next row.
    pub open: bool,
}

/// 附則, 附則（令和５年４月１日…）抄, 附則 令和５年４月１日…, 附則 この要綱は…
pub(super) fn supplement(key: &[char]) -> Option<SupplementHeading> {
    let at = usize::from(enclosing(key) == Some(key.len()));
    let key = &key[..key.len() - at];
    let word = key.get(at..at + 2)?;
    (matches!(word[0], '附' | '付') && word[1] == '則').then_some(())?;
    let mut out = SupplementHeading { word: at..at + 2, sure: true, ..SupplementHeading::default() };
    let extract = |i: usize| i + usize::from(key.get(i) == Some(&'抄'));
    let mut next = extract(at + 2);
    if key.get(next).is_some_and(|c| marks::closer(*c).is_some()) {
        let Some(end) = marks::closing(key, next) else {
            out.document = Some(next + 1..key.len());
            out.open = true;
            return Some(out);
        };
        out.document = Some(next + 1..end - 1);
        next = extract(end);
    } else if names_document(&key[next..]) {
        let end = key.len() - usize::from(key.last() == Some(&'抄'));
        out.document = Some(next..end);
        return Some(out);
    }
    let Some(first) = key.get(next) else { return Some(out) };
    let numbered = *first == '1' && key.get(next + 1).is_some_and(|c| !c.is_ascii() && !marks::is_counter(*c));
    out.sure = matches!(first, 'こ' | '本') || numbered;
    out.text = Some(next);
    (out.sure || !GOES_ON.contains(*first) && !"第別様(".contains(*first)).then_some(out)
}

/// A date and what it is the date of, but no sentence: 令和３年４月１日港振第３号の２.
pub(super) fn names_document(key: &[char]) -> bool {
    let text: String = key.iter().collect();
    let dated = ["令和", "平成", "昭和"].iter().any(|era| text.starts_with(era)) && text.contains('年');
    dated && key.len() <= 2 * TITLE && !["。", "から", "より", "施行", "は、"].iter().any(|w| text.contains(w))
}

/// Where the bracket that opens a heading ends: 【別表１】, （様式第１号）.
fn enclosing(key: &[char]) -> Option<usize> {
    marks::closer(*key.first()?)?;
    marks::closing(key, 0)
}

/// The places of a heading's characters, the bracket around its first words left out.
fn opened(key: &[char]) -> Vec<usize> {
    let close = enclosing(key);
    (0..key.len()).filter(|i| close.is_none_or(|close| *i > 0 && i + 1 != close)).collect()
}

/// The heading of a 別表.
pub(super) struct ScheduleHeading {
    /// Characters of the name.
    pub name: Range<usize>,
    /// Characters of what stands in the brackets.
    pub basis: Option<Range<usize>>,
}

/// 別表, 別表第１（第３条第２項関係）, 【別表１】, with or without a title behind it.
pub(super) fn schedule(key: &[char]) -> Option<ScheduleHeading> {
    let places = opened(key);
    let chars: Vec<char> = places.iter().map(|i| key[*i]).collect();
    chars.starts_with(&['別', '表']).then_some(())?;
    let back = |r: Range<usize>| places[r.start]..places[r.end - 1] + 1;
    // 別表第２条関係
    if marks::head(&chars[2..]).is_some() {
        let related = chars.ends_with(&['関', '係']) && is_title(&chars[2..]);
        return related.then(|| ScheduleHeading { name: back(0..2), basis: Some(back(2..chars.len())) });
    }
    let ordinal = usize::from(chars.get(2).is_some_and(|c| "第-".contains(*c)));
    let mut name = 2;
    if let Some((_, end)) = marks::number(&chars, 2 + ordinal) {
        name = end + usize::from(chars.get(end) == Some(&'号'));
        while chars.get(name).is_some_and(|c| "の-".contains(*c)) && marks::number(&chars, name + 1).is_some() {
            name = marks::number(&chars, name + 1).map_or(name + 1, |(_, end)| end);
        }
    } else if ordinal > 0 {
        return None;
    } else if chars.get(2).is_some_and(char::is_ascii_uppercase) {
        name = 3;
    }
    let basis = behind(&chars, name)?;
    Some(ScheduleHeading { name: back(0..name), basis: basis.map(back) })
}

/// What stands behind the number of a heading: brackets and a title. Gives the bracket that says what it relates to;
/// `None` where a sentence goes on.
fn behind(chars: &[char], from: usize) -> Option<Option<Range<usize>>> {
    let mut at = from + usize::from(chars.get(from) == Some(&':'));
    let mut basis = None;
    while at < chars.len() {
        if marks::closer(chars[at]).is_some() {
            let end = marks::closing(chars, at)?;
            let inner = &chars[at + 1..end - 1];
            let article = marks::head(inner).is_some_and(|h| h.end == inner.len());
            if inner.ends_with(&['関', '係']) || article {
                basis = Some(at + 1..end - 1);
            } else if !is_title(inner) {
                return None;
            }
            at = end;
        } else {
            let end = chars[at..].iter().position(|c| marks::closer(*c).is_some()).map_or(chars.len(), |n| at + n);
            if !is_title(&chars[at..end]) {
                return None;
            }
            at = end;
        }
    }
    Some(basis)
}

/// Words that name something, and no sentence.
fn is_title(words: &[char]) -> bool {
    let text: String = words.iter().collect();
    let plain =
        ["に係る", "に関する", "に要する", "における", "に対する"].iter().fold(text.clone(), |t, w| t.replace(w, ""));
    let refers = ["参照", "のとおり", "による", "掲げ", "定め", "という"].iter().any(|w| text.contains(w));
    words.len() <= TITLE
        && words.first().is_some_and(|c| !GOES_ON.contains(*c))
        && !plain.contains(['。', '「', '」', 'に', 'を', 'は', 'が', 'で'])
        && !refers
}

/// The heading of a form.
pub(super) struct FormHeading {
    /// `None`: 別記様式, without a number.
    pub number: Option<u32>,
    pub branch: Option<u32>,
    /// The article that it names.
    pub article: Option<(u32, Option<u32>)>,
}

/// A form's heading: 様式第１（第５条関係）, 第１号様式, 別記様式第２号の２, 【様式第１号】, 様式第１号 交付申請書.
pub(super) fn template(key: &[char]) -> Option<FormHeading> {
    let chars: Vec<char> = opened(key).into_iter().map(|i| key[i]).collect();
    let (number, branch, end) = match reference::form_number(&chars, 0) {
        Some(found) if chars.get(found.end) != Some(&'覧') => (Some(found.number), found.branch, found.end),
        _ => {
            let words = ["様式", "別記様式", "別紙様式", "参考様式"];
            let word = words.iter().map(|w| w.chars().collect::<Vec<char>>()).find(|w| chars.starts_with(w))?;
            (None, None, word.len())
        }
    };
    let basis = behind(&chars, end)?;
    let article = basis.and_then(|b| marks::head(&chars[b])).map(|h| (h.number, h.branch));
    Some(FormHeading { number, branch, article })
}

/// 別紙, 別記１, 別添（第３条関係）, 参考 …: nothing that the contract has a field for.
pub(super) fn annex(key: &[char]) -> bool {
    let chars: Vec<char> = opened(key).into_iter().map(|i| key[i]).collect();
    let words = [['別', '紙'], ['別', '記'], ['別', '添'], ['別', '図'], ['参', '考']];
    if !words.iter().any(|w| chars.starts_with(w)) {
        return false;
    }
    let signs = chars[2..].iter().take_while(|c| c.is_ascii_digit() || "第号-の".contains(**c)).count();
    behind(&chars, 2 + signs).is_some()
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
        let read = |s: &str| {
            let key = key(s);
            let found = supplement(&key)?;
            let text = |r: Range<usize>| key[r].iter().collect::<String>();
            Some((
                found.document.map(text).unwrap_or_default(),
                found.text.map(|t| text(t..key.len())).unwrap_or_default(),
            ))
        };
        let of = |document: &str, text: &str| Some((document.to_owned(), text.to_owned()));
        for plain in ["附　則", "附 則 抄", "【附則】", "（附　則）", "付則"] {
            assert_eq!(read(plain), of("", ""), "{plain}");
        }
        for dated in [
            "附 則（令和５年４月１日港振第３号）",
            "附 則（令和５年４月１日港振第３号）抄",
            "附則〔令和５年４月１日港振第３号〕",
            "附則［令和５年４月１日港振第３号］",
            "附 則　令和５年４月１日港振第３号",
            "附 則 抄 令和５年４月１日港振第３号",
            "附 則（令和５年４月１日港振第３号",
        ] {
            assert_eq!(read(dated), of("令和5年4月1日港振第3号", ""), "{dated}");
        }
        assert_eq!(read("附則 この要綱は、"), of("", "この要綱は、"));
        assert_eq!(read("附則 １ この要綱は、"), of("", "1この要綱は、"));
        assert_eq!(read("附則（第３次改正）この要綱は、"), of("第3次改正", "この要綱は、"));
        assert_eq!(read("附則 令和５年４月１日から施行する。"), of("", "令和5年4月1日から施行する。"));
        for sentence in ["附則第２項の規定", "附則の規定", "附則（第２項を除く。）の規定", "附則別表"]
        {
            assert_eq!(read(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn schedules() {
        let heading = |s: &str| {
            let key = key(s);
            let text = |r: Range<usize>| key[r].iter().collect::<String>();
            schedule(&key).map(|h| (text(h.name), h.basis.map(text)))
        };
        let of = |name: &str, basis: Option<&str>| Some((name.to_owned(), basis.map(str::to_owned)));
        assert_eq!(heading("別表第１（第３条第２項関係）"), of("別表第1", Some("第3条第2項関係")));
        assert_eq!(heading("別表（第３条、第５条関係） 補助対象経費"), of("別表", Some("第3条、第5条関係")));
        assert_eq!(heading("別表２"), of("別表2", None));
        assert_eq!(heading("別表第１の２（第４条関係）"), of("別表第1の2", Some("第4条関係")));
        for sentence in [
            "別表第１に掲げる",
            "別表第２のとおりとする。",
            "別表第1（以下「別表」という。）",
            "別表第１及び別表第２",
            "（別表第１参照）",
            "別表第２条",
            "（別表第１）に掲げる",
        ] {
            assert_eq!(heading(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn headings_of_schedules_in_other_words() {
        let heading = |s: &str| {
            let key = key(s);
            let text = |r: Range<usize>| key[r].iter().collect::<String>();
            schedule(&key).map(|h| (text(h.name), h.basis.map(text).unwrap_or_default()))
        };
        let of = |name: &str, basis: &str| Some((name.to_owned(), basis.to_owned()));
        for (printed, name, basis) in [
            ("別表第１　補助対象経費（第２条関係）", "別表第1", "第2条関係"),
            ("別表第１　補助対象経費", "別表第1", ""),
            ("別表第１ 補助事業に係る経費、補助率及び限度額", "別表第1", ""),
            ("【別表１】", "別表1", ""),
            ("【別表１】（第２条関係）", "別表1", "第2条関係"),
            ("（別表第１）", "別表第1", ""),
            ("別表－１（第２条関係）", "別表-1", "第2条関係"),
            ("別表１：補助対象経費", "別表1", ""),
            ("別表第２条関係", "別表", "第2条関係"),
            ("別表〔第２条関係〕", "別表", "第2条関係"),
            ("別表第１号（第２条関係）（単位：千円）", "別表第1号", "第2条関係"),
        ] {
            assert_eq!(heading(printed), of(name, basis), "{printed}");
        }
    }

    #[test]
    fn forms() {
        let form = |s: &str| template(&key(s)).map(|f| (f.number, f.branch, f.article));
        assert_eq!(form("様式第１（第５条関係）"), Some((Some(1), None, Some((5, None)))));
        assert_eq!(form("第２号様式（第８条の２関係）"), Some((Some(2), None, Some((8, Some(2))))));
        assert_eq!(form("別記様式第３号の２"), Some((Some(3), Some(2), None)));
        assert_eq!(form("様式第１）に必要な書類を"), None);
        assert_eq!(form("様式第３により"), None);
        assert_eq!(form("様式第３の申請書"), None);
    }

    #[test]
    fn headings_of_forms_in_other_words() {
        let form = |s: &str| template(&key(s)).map(|f| (f.number, f.branch, f.article));
        for printed in ["（様式第１号）", "【様式第１号】", "様式第１号　交付申請書", "第１号様式（交付申請書）"]
        {
            assert_eq!(form(printed), Some((Some(1), None, None)), "{printed}");
        }
        assert_eq!(form("様式第１号（第５条）"), Some((Some(1), None, Some((5, None)))));
        assert_eq!(form("様式第１－１号（第５条関係）"), Some((Some(1), Some(1), Some((5, None)))));
        assert_eq!(form("別記様式（第５条関係）"), Some((None, None, Some((5, None)))));
    }

    #[test]
    fn annexes_and_chapters() {
        assert!(annex(&key("別紙１")) && annex(&key("別記（第３条関係）")) && !annex(&key("別紙のとおりとする。")));
        assert!(chapter(&key("第１章 総則")) && !chapter(&key("第１条 総則")));
    }
}
