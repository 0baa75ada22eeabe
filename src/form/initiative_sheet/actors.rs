//! 実施主体: who acts. A list in a narrow column: parted by signs, or by lines, or not at all.

use crate::normalize::fold;

/// What names of those who act end with.
const ENDS: [&str; 34] = [
    "県",
    "国",
    "市",
    "町",
    "村",
    "市町村",
    "都",
    "府",
    "道",
    "者",
    "等",
    "団体",
    "企業",
    "大学",
    "法人",
    "公社",
    "会",
    "組合",
    "協会",
    "機構",
    "センター",
    "財団",
    "民間",
    "学校",
    "病院",
    "農家",
    "NPO",
    "住民",
    "県民",
    "地域",
    "機関",
    "農協",
    "漁協",
    "銀行",
];

/// Names that the form's writers use by themselves; longer ones first where one begins another.
const WHOLE: [&str; 18] = [
    "市町村等",
    "市町村",
    "県民",
    "県",
    "国",
    "関係団体等",
    "関係団体",
    "民間企業",
    "民間団体",
    "民間",
    "事業者等",
    "事業者",
    "大学等",
    "大学",
    "関係機関",
    "NPO",
    "農家",
    "企業",
];

const SIGNS: [char; 5] = [',', '、', ' ', '/', '\n'];

/// How a list was parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parted {
    /// By printed signs, or it is one name.
    Printed,
    /// By the lines of the cell alone.
    Lines,
    /// By the words alone: they run together.
    Words,
}

/// The names on the printed lines of a cell, and what parted them.
pub(super) fn actors(lines: &[&str]) -> (Vec<String>, Parted) {
    let folded: Vec<String> = lines.iter().map(|l| fold::fold(l).trim().to_owned()).filter(|l| !l.is_empty()).collect();
    let signs = folded.iter().any(|l| l.contains(SIGNS));
    if !signs && folded.len() > 1 && folded.iter().all(|l| names(l)) && !joined_words(&folded) {
        return (folded, Parted::Lines);
    }
    let mut text = String::new();
    for (line, folded) in lines.iter().filter(|l| !l.trim().is_empty()).zip(&folded) {
        // An indent, printed or told by the page, begins another one.
        text.push_str(if line.starts_with('\u{3000}') && !text.is_empty() { "," } else { "" });
        text.push_str(folded);
    }
    let parts: Vec<String> = text.split(SIGNS).map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect();
    match &parts[..] {
        [one] => match run_together(one) {
            Some(words) => (words, Parted::Words),
            None => (parts, Parted::Printed),
        },
        _ => (parts, Parted::Printed),
    }
}

/// Does a line name somebody?
fn names(line: &str) -> bool {
    ENDS.iter().any(|e| line.ends_with(e))
}

/// Is the whole one name that wrapped (住民 / 団体)? Only lines that are names of their own part a list.
fn joined_words(lines: &[String]) -> bool {
    !lines.iter().all(|l| WHOLE.contains(&l.as_str()) || l.chars().count() >= 4)
}

/// `県市町村`: nothing but whole names, one behind the other.
fn run_together(text: &str) -> Option<Vec<String>> {
    let mut rest = text;
    let mut out = Vec::new();
    while !rest.is_empty() {
        let word = WHOLE.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len())?;
        out.push((*word).to_owned());
        rest = &rest[word.len()..];
    }
    (out.len() > 1).then_some(out)
}

/// Can the text be such a list? `県`, `県,事業者,大学等`: every part names somebody, and the last one is whole.
pub(super) fn is_list(text: &str) -> bool {
    let parts: Vec<&str> = text.split([',', '、', '，']).collect();
    let lone = parts.len() == 1;
    !text.contains('。')
        && parts.iter().all(|p| {
            let n = p.chars().count();
            (1..=if lone { 4 } else { 12 }).contains(&n) && names(p)
        })
}

/// The longest list of names that everybody uses which some of these lines spell, in whatever order: which lines.
pub(super) fn spelled(lines: &[&str]) -> Vec<usize> {
    let mut best = (0, Vec::new());
    spell(lines, "", &mut Vec::new(), &mut best, &mut 0);
    best.1
}

fn spell(lines: &[&str], text: &str, so_far: &mut Vec<usize>, best: &mut (usize, Vec<usize>), tried: &mut usize) {
    let parts: Vec<&str> = text.split([',', '、', '，']).collect();
    let whole = parts.iter().all(|p| WHOLE.contains(p));
    if whole && parts.len() > best.0 {
        *best = (parts.len(), so_far.clone());
    }
    for (i, line) in lines.iter().enumerate() {
        if so_far.len() == 6 || *tried > 5000 || so_far.contains(&i) {
            continue;
        }
        *tried += 1;
        let text = format!("{text}{line}");
        let mut parts: Vec<&str> = text.split([',', '、', '，']).collect();
        let last = parts.pop().unwrap_or_default();
        if parts.iter().all(|p| WHOLE.contains(p)) && WHOLE.iter().any(|w| w.starts_with(last)) {
            so_far.push(i);
            spell(lines, &text, so_far, best, tried);
            so_far.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> (Vec<String>, Parted) {
        actors(lines)
    }

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn signs_part_a_list_and_lines_wrap_it() {
        assert_eq!(
            read(&["県,市町村,", "住民団体,大", "学等"]),
            (list(&["県", "市町村", "住民団体", "大学等"]), Parted::Printed)
        );
        assert_eq!(read(&["県、国"]), (list(&["県", "国"]), Parted::Printed));
    }

    #[test]
    fn actors_one_a_line_are_several() {
        assert_eq!(read(&["県", "市町村", "大学等"]), (list(&["県", "市町村", "大学等"]), Parted::Lines));
    }

    #[test]
    fn a_name_that_wraps_is_one() {
        assert_eq!(read(&["関係", "団体"]), (list(&["関係団体"]), Parted::Printed));
        assert_eq!(read(&["住民", "団体"]), (list(&["住民団体"]), Parted::Printed));
    }

    #[test]
    fn actors_run_together_are_several() {
        assert_eq!(read(&["県市町村"]), (list(&["県", "市町村"]), Parted::Words));
        assert_eq!(read(&["県民"]), (list(&["県民"]), Parted::Printed));
        assert_eq!(read(&["県立学校"]), (list(&["県立学校"]), Parted::Printed));
    }
}
