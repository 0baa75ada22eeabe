//! What stands between the title and the first article: when the guideline was enacted and amended, and by which document.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::print::Print;
use super::raw::{RawEnactment, RawGuideline};
use super::rows::Row;
use crate::diagnostic::Severity;
use crate::form::slot::Doubt;
use crate::normalize::era;

/// A date without white space, its day always printed.
pub(super) const DATE: &str = r"(?:(?:(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,2}|[一二三四五六七八九十]{1,3})|[12][0-9]{3})年(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})日|[RHS][0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2})";

static DATES: LazyLock<Regex> = LazyLock::new(|| Regex::new(DATE).expect("a constant"));

/// Words that say what a date is; they are no part of the reference.
const ROLES: [&str; 9] = ["一部改正", "全部改正", "全面改正", "最終改正", "第次改正", "改正", "制定", "施行", "公布"];

/// Rows of dates → the enactment and the amendments, in printed order.
pub(super) fn read(rows: &[Row], raw: &mut RawGuideline) {
    let mut at = 0;
    while at < rows.len() {
        let row = &rows[at];
        at += 1;
        if row.furniture {
            continue;
        }
        let print = Print::tight_of(&row.print);
        let text = print.text();
        let found: Vec<(Range<usize>, bool)> = entries(&text);
        if found.is_empty() {
            let message = format!("「{}」 tells no date that is known and is left unassigned", row.key());
            for at in ["/enacted", "/amendments"] {
                let message = message.clone();
                raw.doubts.push(Doubt {
                    severity: Severity::Note,
                    code: "preamble_unread",
                    message,
                    at: at.to_owned(),
                });
            }
        }
        for (i, (range, amends)) in found.iter().enumerate() {
            let Some(mut entry) = enactment(&print, range.clone()) else { continue };
            // The reference may stand on a row of its own.
            if entry.reference.is_empty()
                && i + 1 == found.len()
                && let Some(next) = rows.get(at).filter(|r| !r.furniture && is_reference(&r.key()))
            {
                entry.reference = next.spans();
                at += 1;
            }
            label_roles(&print, range.clone(), &entry, raw);
            if *amends || raw.enacted.is_some() || !raw.amendments.is_empty() {
                raw.amendments.push(entry);
            } else {
                raw.enacted = Some(entry);
            }
        }
    }
}

/// The parts of a row that tell of one date each, and whether it is that of an amendment.
fn entries(text: &str) -> Vec<(Range<usize>, bool)> {
    let index = Print::indices(text);
    let dates: Vec<_> = DATES.find_iter(text).collect();
    let mut out = Vec::new();
    let mut start = 0;
    for (i, date) in dates.iter().enumerate() {
        let mut end = dates.get(i + 1).map_or(text.len(), |next| next.start());
        // 改正 before the next date is said of that one, unless brackets hold this one together.
        if i + 1 < dates.len() {
            let between = &text[date.end()..end];
            let role = ROLES.iter().filter_map(|r| between.rfind(r)).min();
            if let Some(cut) = role.filter(|_| between.ends_with(|c| "正定,、".contains(c))) {
                end = date.end() + cut;
            }
        }
        let part = &text[start..end];
        // 施行 alone is neither.
        let amends = part.contains("改正");
        if !part.contains("施行") || amends || part.contains("制定") {
            out.push((index[start]..index[end], amends));
        }
        start = end;
    }
    out
}

/// A date and what names the document behind it, within characters `range` of a print without white space.
pub(super) fn enactment(print: &Print, range: Range<usize>) -> Option<RawEnactment> {
    let text: String = print.chars.get(range.clone())?.iter().collect();
    let index = Print::indices(&text);
    let date = DATES.find(&text)?;
    let iso = era::date(date.as_str())?.to_string();
    let place = |from: usize, to: usize| print.spans(range.start + index[from], range.start + index[to]);
    let mut rest = &text[date.end()..];
    for role in ["付け", "付"] {
        rest = rest.strip_prefix(role).unwrap_or(rest);
    }
    let open = |c: char| "([【〔、,:".contains(c);
    let close = |c: char| ")]】〕、,".contains(c);
    let mut rest = rest.trim_start_matches(open);
    loop {
        let trimmed = ROLES.iter().fold(rest.trim_end_matches(close), |r, role| r.strip_suffix(role).unwrap_or(r));
        if trimmed == rest {
            break;
        }
        rest = trimmed;
    }
    // 公告(第3号): the bracket belongs to what it closes.
    let from = rest.as_ptr() as usize - text.as_ptr() as usize;
    let mut to = from + rest.len();
    if rest.matches('(').count() > rest.matches(')').count() && text[to..].starts_with(')') {
        to += 1;
    }
    Some(RawEnactment { date: iso, date_spans: place(date.start(), date.end()), reference: place(from, to) })
}

/// 制定, 改正 and the signs around a date and its reference are labels.
fn label_roles(print: &Print, range: Range<usize>, entry: &RawEnactment, raw: &mut RawGuideline) {
    let text: String = print.chars[range.clone()].iter().collect();
    let index = Print::indices(&text);
    let taken = |at: &crate::layout::Span| {
        entry
            .date_spans
            .iter()
            .chain(&entry.reference)
            .any(|s| (s.page, s.line) == (at.page, at.line) && s.start <= at.start && at.end <= s.end)
    };
    let words = ROLES.iter().flat_map(|role| text.match_indices(role).map(|(at, m)| at..at + m.len()));
    let signs = text.match_indices(|c: char| "()[]【】〔〕、,:付".contains(c)).map(|(at, m)| at..at + m.len());
    let rest = text.match_indices("付け").map(|(at, m)| at..at + m.len());
    for part in words.chain(signs).chain(rest) {
        let spans = print.spans(range.start + index[part.start], range.start + index[part.end]);
        raw.labels.extend(spans.into_iter().filter(|s| !taken(s)));
    }
}

/// 商も第９号, 告示第12号, 知事決裁: a row that can name a document.
fn is_reference(key: &str) -> bool {
    let key = key.trim_matches(|c| "()".contains(c));
    key.chars().count() <= 30
        && (key.ends_with('号') || key.ends_with("決裁") || key.ends_with("決定"))
        && !DATES.is_match(key)
        && !key.contains('。')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;
    use crate::source::TextLine;

    fn read_lines(lines: &[&str]) -> (Option<String>, Vec<String>) {
        let lines: Vec<TextLine> =
            (1..).zip(lines).map(|(n, t)| TextLine { number: n, page: 1, text: (*t).into() }).collect();
        let layout = Layout::from_text(&lines);
        let rows = super::super::rows::rows(&layout);
        let mut raw = RawGuideline::default();
        read(&rows, &mut raw);
        let say = |e: RawEnactment| format!("{} {}", e.date, layout.texts(&e.reference).collect::<String>());
        (raw.enacted.map(say), raw.amendments.into_iter().map(say).collect())
    }

    #[test]
    fn dates_with_their_documents() {
        let (enacted, amended) = read_lines(&[
            "令和３年４月１日 港第 15号",
            "改正 令和４年４月12 日　港第８号",
            "一部改正　令和元年５月１日付け港第３号",
        ]);
        assert_eq!(enacted.as_deref(), Some("2021-04-01 港第 15号"));
        assert_eq!(amended, ["2022-04-12 港第８号", "2019-05-01 港第３号"]);
    }

    #[test]
    fn the_role_may_stand_behind_and_the_reference_below() {
        let (enacted, amended) = read_lines(&[
            "（令和３年４月１日制定）",
            "（令和４年４月１日一部改正）",
            "令和５年４月１日 改正",
            "港第９号",
            "施行 令和５年５月１日",
        ]);
        assert_eq!(enacted.as_deref(), Some("2021-04-01 "));
        assert_eq!(amended, ["2022-04-01 ", "2023-04-01 港第９号"]);
    }

    #[test]
    fn several_on_one_row() {
        let (enacted, amended) =
            read_lines(&["令和３年４月１日港第15号、改正令和４年４月12日港第８号、改正令和５年４月１日知事決裁"]);
        assert_eq!(enacted.as_deref(), Some("2021-04-01 港第15号"));
        assert_eq!(amended, ["2022-04-12 港第８号", "2023-04-01 知事決裁"]);
    }
}
