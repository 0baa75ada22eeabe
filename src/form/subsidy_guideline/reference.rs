//! The forms that provisions name: 交付申請書（様式第１）.

use super::marks;

/// 様式第１, 様式第１号の２, 第１号様式, 別記様式第１号.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FormNumber {
    pub number: u32,
    pub branch: Option<u32>,
    /// Where it ends among the characters.
    pub end: usize,
}

/// A form as one provision names it, in characters of its text without white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub number: u32,
    pub branch: Option<u32>,
    /// Characters of 様式第N.
    pub mark: (usize, usize),
    /// Characters of the name; empty where the words do not tell it.
    pub name: (usize, usize),
}

/// The number of a form that begins at `at`, words such as 別記 before it skipped.
pub(super) fn form_number(chars: &[char], at: usize) -> Option<FormNumber> {
    let starts = |at: usize, word: &str| word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    let at = at + if starts(at, "別記") || starts(at, "別紙") { 2 } else { 0 };
    let (number, mut end) = if starts(at, "様式") {
        let from = at + 2 + usize::from(chars.get(at + 2) == Some(&'第'));
        let (number, end) = plain_number(chars, from)?;
        (number, end + usize::from(chars.get(end) == Some(&'号')))
    } else {
        (chars.get(at) == Some(&'第')).then_some(())?;
        let (number, end) = plain_number(chars, at + 1)?;
        starts(end, "号様式").then_some((number, end + 3))?
    };
    let mut branch = None;
    if chars.get(end).is_some_and(|c| "の-".contains(*c))
        && let Some((n, after)) = plain_number(chars, end + 1)
    {
        // 様式第１－１号
        (branch, end) = (Some(n), after + usize::from(chars.get(after) == Some(&'号')));
    }
    Some(FormNumber { number, branch, end })
}

fn plain_number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    chars.get(at).filter(|c| !c.is_whitespace())?;
    marks::number(chars, at)
}

/// Every form that a provision names, in its order. `chars` have no white space.
pub(super) fn named(chars: &[char]) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    let mut at = 0;
    // Where the name before the last bracket is, for a bracket of several forms.
    let mut bracket: Option<(usize, (usize, usize))> = None;
    while at < chars.len() {
        let Some(found) = form_number(chars, at).filter(|_| opens(chars, at)) else {
            at += 1;
            continue;
        };
        let before = at.checked_sub(1).and_then(|i| chars.get(i));
        let name = match before {
            Some('(') => {
                let name = name_before(chars, at - 1);
                bracket = marks::closing(chars, at - 1).map(|end| (end, name));
                name
            }
            _ => match bracket {
                Some((end, name)) if at < end => name,
                _ => name_after(chars, found.end),
            },
        };
        out.push(Named { number: found.number, branch: found.branch, mark: (at, found.end), name });
        at = found.end;
    }
    out
}

/// 様式 as a word of its own: not the 第１号様式 within 別記第１号様式, which began before.
fn opens(chars: &[char], at: usize) -> bool {
    // 第１号様式: 様式 behind its number is no second form.
    chars.get(at) != Some(&'様') || at == 0 || chars[at - 1] != '号'
}

/// The noun before the bracket at `open`: back over ideographs, katakana and brackets, not over a particle.
fn name_before(chars: &[char], open: usize) -> (usize, usize) {
    let mut at = open;
    while at > 0 {
        let c = chars[at - 1];
        if c == ')' {
            let Some(from) = opening(chars, at) else { break };
            at = from;
        } else if is_noun(c) || at < open && is_okurigana(chars, at - 1) {
            at -= 1;
        } else {
            break;
        }
    }
    // 又は申請書, 及び申請書: 又 and 及 are no nouns, nor is what counts days before it.
    while at < open && (matches!(chars[at], '又' | '及' | '並' | '若') || chars[at] == 'ー' || chars[at] == '・')
    {
        at += 1;
    }
    (at, open)
}

/// 様式第２の申請書, 様式第２による申請書: the noun behind.
fn name_after(chars: &[char], end: usize) -> (usize, usize) {
    let tail: String = chars[end..].iter().take(8).collect();
    let Some(particle) = ["に定める", "に規定する", "による", "の"].iter().find(|p| tail.starts_with(**p))
    else {
        return (end, end);
    };
    let from = end + particle.chars().count();
    let mut to = from;
    while to < chars.len() {
        if chars[to] == '(' {
            // Only within a name: 休止(廃止)届出書.
            let Some(close) = marks::closing(chars, to).filter(|c| *c - to <= 6 && to > from) else { break };
            if !chars.get(close).is_some_and(|c| is_noun(*c)) {
                break;
            }
            to = close;
        } else if is_noun(chars[to]) || is_okurigana(chars, to) {
            to += 1;
        } else {
            break;
        }
    }
    let document = to > from && "書台帳表届票類簿状".contains(chars[to - 1]);
    if document { (from, to) } else { (end, end) }
}

fn opening(chars: &[char], close: usize) -> Option<usize> {
    let mut depth = 0usize;
    for i in (0..close).rev() {
        match chars[i] {
            ')' => depth += 1,
            '(' => {
                depth -= 1;
                if depth == 0 {
                    // A long bracket is a remark, not part of a name.
                    return (close - i <= 12).then_some(i);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_noun(c: char) -> bool {
    matches!(c, '一'..='龥' | '々' | 'ァ'..='ヺ' | 'ー' | '・') || c.is_ascii_alphanumeric()
}

/// The kana within 取下げ, 取消し, 見積り: behind two ideographs and before another. A verb's し (提出し) ends a clause.
fn is_okurigana(chars: &[char], at: usize) -> bool {
    let kanji = |i: usize| chars.get(i).is_some_and(|c| matches!(c, '一'..='龥'));
    let Some(before) = at.checked_sub(2) else { return false };
    if !(kanji(before) && kanji(at - 1) && kanji(at + 1)) {
        return false;
    }
    match chars[at] {
        'げ' | 'り' | 'い' | 'え' | 'け' | 'れ' | 'ち' | 'み' => true,
        'し' => matches!(
            (chars[before], chars[at - 1]),
            ('取', '消') | ('繰', '越') | ('引', '渡') | ('見', '直') | ('貸', '出') | ('払', '戻') | ('取', '崩')
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(s: &str) -> Vec<String> {
        let chars: Vec<char> = crate::normalize::fold::key(s).chars().collect();
        let say = |n: &Named| {
            let branch = n.branch.map_or(String::new(), |b| format!("-{b}"));
            format!("{}{branch} {}", n.number, chars[n.name.0..n.name.1].iter().collect::<String>())
        };
        named(&chars).iter().map(say).collect()
    }

    #[test]
    fn the_noun_before_the_bracket() {
        for (text, expected) in [
            ("あらかじめ変更承認申請書（様式第２）を", "2 変更承認申請書"),
            ("理由を付した休止（廃止）届出書（様式第３号）を", "3 休止(廃止)届出書"),
            ("10日以内に申請取下げ届（第６号様式）を", "6 申請取下げ届"),
            ("を提出し報告書（別記様式第12号の２）により", "12-2 報告書"),
            ("には、管理台帳（様式第 12）を備え", "12 管理台帳"),
            ("速やかに報告書（様式第７。以下「報告書」という。）を", "7 報告書"),
            ("取消し通知書（様式第8）", "8 取消し通知書"),
        ] {
            assert_eq!(names(text), [expected], "{text}");
        }
    }

    #[test]
    fn several_and_unnamed() {
        assert_eq!(names("精算書（様式第10）又は請求書（様式第11）を"), ["10 精算書", "11 請求書"]);
        assert_eq!(names("誓約書（様式第４、様式第５）を"), ["4 誓約書", "5 誓約書"]);
        assert_eq!(names("様式第３による届出書を提出"), ["3 届出書"]);
        assert_eq!(names("様式第３により提出"), ["3 "]);
        assert!(names("様式は別に定める。第３号に掲げる").is_empty());
    }
}
