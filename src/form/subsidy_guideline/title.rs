//! The title of a guideline, and where one begins.

use std::collections::BTreeSet;
use std::ops::Range;

use super::marks;
use super::rows::Row;
use crate::layout::{Layout, PageLayout};
use crate::normalize::fold;

/// So many rows may stand between the title and the first article: the dates of amendments, a list of contents.
const TO_FIRST_ARTICLE: usize = 150;
/// A title of more characters is a sentence.
const LONGEST: usize = 80;
/// Titles wrap over so many rows.
const WRAPPED: usize = 3;

/// The rows of one guideline.
pub(super) struct Part {
    pub start: usize,
    /// The rows of its title; empty where it is lost.
    pub title: Range<usize>,
    pub end: usize,
}

/// The title of a guideline that begins on this page: it stands alone on its line, and a first article follows.
pub(super) fn of_page(page: &PageLayout) -> Option<String> {
    let mut title: Option<String> = None;
    for line in page.lines.iter().filter(|l| l.cell.is_none()) {
        if let Some(title) = &title
            && is_first_article(&line.text)
        {
            return Some(kind(title));
        }
        if line.text.contains(['綱', '領', '程']) {
            let key = fold::key(&line.text);
            if is_title(&key) {
                title = Some(key);
            }
        }
    }
    None
}

/// What rules on subsidies print and other documents do not.
pub(super) fn signs(layout: &Layout) -> BTreeSet<String> {
    const WORDS: [&str; 6] = ["附則", "この要綱は", "から施行する", "交付要綱", "補助事業者", "関係)"];
    let mut found = BTreeSet::new();
    for line in layout.pages.iter().flat_map(|p| &p.lines) {
        if found.len() == WORDS.len() + 1 {
            break;
        }
        if is_first_article(&line.text) {
            found.insert("第1条".to_owned());
        }
        if !line.text.contains(['則', '要', '施', '補', '関']) {
            continue;
        }
        let key = fold::key(&line.text);
        for word in WORDS {
            let there = match word {
                "附則" => key == word || key.starts_with("附則("),
                "関係)" => key.starts_with("別表") && key.ends_with(word),
                _ => key.contains(word),
            };
            if there && !found.contains(word) {
                found.insert(word.to_owned());
            }
        }
    }
    // The law's own words must be there: any document can speak of a subsidy.
    if found.contains("第1条") { found } else { BTreeSet::new() }
}

fn is_first_article(text: &str) -> bool {
    let text = text.trim_start();
    if !text.starts_with('第') {
        return false;
    }
    let chars: Vec<char> = text.chars().take(12).filter_map(fold::fold_char).collect();
    marks::head(&chars).is_some_and(|h| h.number == 1 && h.branch.is_none() && h.apart)
}

/// Is the line (folded, without spaces) the title of rules on a subsidy, and nothing else?
pub(super) fn is_title(key: &str) -> bool {
    let core = without_bracket(key);
    let rules = ["要綱", "要領", "規程"].iter().any(|w| core.ends_with(w));
    let subsidy = ["補助", "交付", "助成", "奨励", "負担金", "支援金", "給付"].iter().any(|w| core.contains(w));
    rules
        && subsidy
        && core.chars().count() <= LONGEST
        && !core.starts_with(['(', '「', '第'])
        && !core.starts_with("改正")
        && !core.contains(['。', '「', '、'])
}

/// （案）, （令和４年度）: what may stand behind a title.
fn without_bracket(key: &str) -> &str {
    match key.strip_suffix(')').and_then(|k| k.rfind('(').map(|at| &key[..at])) {
        Some(head) if !head.is_empty() => head,
        _ => key,
    }
}

/// What kind of rules a title names: the words at its end that every such title has, 補助金交付要綱.
pub(super) fn kind(title: &str) -> String {
    let core = without_bracket(title);
    let heads = ["補助金", "助成金", "交付金", "奨励金", "負担金", "支援金", "給付金", "補助", "助成"];
    let rules = ["交付要綱", "交付要領", "交付規程", "要綱", "要領", "規程"];
    let Some(rule) = rules.iter().find(|r| core.ends_with(**r)) else { return title.to_owned() };
    let before = &core[..core.len() - rule.len()];
    let before = before.strip_suffix('等').unwrap_or(before);
    let head = heads.iter().find(|h| before.ends_with(**h)).copied().unwrap_or_default();
    format!("{head}{rule}")
}

/// The guidelines of a document, in its order.
pub(super) fn parts(rows: &[Row]) -> Vec<Part> {
    // The nearest title above each first article; a running title repeats it.
    let mut out: Vec<Part> = Vec::new();
    let mut open: Option<usize> = None;
    let mut keys: Vec<String> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let chars = row.chars();
        if chars.iter().any(|c| "綱領程".contains(*c)) {
            let key = fold::key(&row.key());
            if is_title(&key) && !keys.contains(&key) {
                keys.push(key);
                open = Some(at);
                continue;
            }
        }
        if open.is_some_and(|o| at - o > TO_FIRST_ARTICLE) {
            open = None;
        }
        if chars.first() == Some(&'第')
            && marks::head(chars).is_some_and(|h| h.number == 1 && h.branch.is_none() && h.apart)
            && let Some(title) = open.take()
        {
            if let Some(last) = out.last_mut() {
                last.end = title;
            }
            let first = wrapped(rows, title, out.last().map_or(0, |p| p.title.end));
            out.push(Part { start: first, title: first..title + 1, end: rows.len() });
        }
    }
    if let Some(first) = out.first() {
        let _ = first;
    } else if !rows.is_empty() {
        out.push(Part { start: 0, title: 0..0, end: rows.len() });
    }
    out
}

/// The first row of a title that ends at `at`: 補助金交付要綱 alone, or set as large as the rows above it.
fn wrapped(rows: &[Row], at: usize, from: usize) -> usize {
    let mut first = at;
    while first > from && at - (first - 1) < WRAPPED {
        let (above, below) = (&rows[first - 1], &rows[first]);
        let key = above.key();
        let plain = !key.is_empty()
            && key.chars().count() <= LONGEST
            && !key.contains(['。', '、', '(', '「', '号', '日'])
            && !key.starts_with(['別', '様', '第', '参', '資'])
            && !above.furniture;
        // A name that cannot stand alone.
        let headless = ["補助", "交付", "助成", "費", "等", "金", "事業"].iter().any(|w| below.key().starts_with(w));
        let near = above.page == below.page
            && (above.size == 0.0
                || (above.size - below.size).abs() < 0.1 && below.y - above.y < 2.5 * below.size && above.size > 0.0);
        if !(plain && headless && near) {
            break;
        }
        first -= 1;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for title in ["港湾振興事業補助金交付要綱", "港湾振興助成金交付要領(案)", "漁港整備費補助金等交付規程"]
        {
            assert!(is_title(title), "{title}");
        }
        for other in
            ["補助金交付要綱による。", "交付要綱(以下「要綱」という", "港湾管理要領", "(補助金交付要綱)", "補助金"]
        {
            assert!(!is_title(other), "{other}");
        }
    }

    #[test]
    fn kinds() {
        assert_eq!(kind("港湾振興事業費補助金交付要綱"), "補助金交付要綱");
        assert_eq!(kind("漁港整備費補助金等交付規程(案)"), "補助金交付規程");
        assert_eq!(kind("商店街助成要領"), "助成要領");
        assert_eq!(kind("創業支援金交付要綱"), "支援金交付要綱");
    }
}
