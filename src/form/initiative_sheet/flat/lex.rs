//! Lines → labels and words.
//!
//! A label is a label only where the form prints one: at the start of a line or after a space or another label, and up
//! to the end of the line, a space or another label. The same words inside a sentence stay text.

use super::columns;
use super::part::Part;
use super::word::{self, Class};
use crate::form::initiative_sheet::labels::{self, Label};
use crate::layout::{Layout, Span};
use crate::normalize::{dash, fold};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A label of the form and the fiscal year it names.
    Label(Label, Option<i32>),
    Word(Class),
}

/// A label or a word of the text.
#[derive(Debug, Clone)]
pub struct Token {
    pub kind: Kind,
    pub span: Span,
    /// Folded, without white space.
    pub text: String,
    /// Ordinal of its line among all lines of the sheet, blank ones too.
    pub row: usize,
    /// Ordinal of its printed page in the sheet.
    pub page: usize,
    /// First of its line.
    pub first: bool,
    /// A blank line or a page break stands before its line.
    pub gap: bool,
    /// An ideographic space stands before it, as before the first line of a paragraph.
    pub indent: bool,
    /// Where the token before it on its printed line ends.
    pub behind: Option<usize>,
    /// Where in its line an extractor put a space that the page does not have.
    pub breaks: Vec<usize>,
}

impl Token {
    pub fn label(&self) -> Option<Label> {
        match self.kind {
            Kind::Label(label, _) => Some(label),
            Kind::Word(_) => None,
        }
    }

    pub fn class(&self) -> Option<Class> {
        match self.kind {
            Kind::Word(class) => Some(class),
            Kind::Label(..) => None,
        }
    }

    pub fn is(&self, label: Label) -> bool {
        self.label() == Some(label)
    }

    pub fn is_word(&self, class: Class) -> bool {
        self.class() == Some(class)
    }
}

/// All tokens of a sheet in reading order; those of pages that keep their columns in the order of their cells.
pub fn lex(layout: &Layout, part: &Part) -> Vec<Token> {
    let kerned = kerned(layout);
    let pages: Vec<(Vec<Vec<Token>>, Vec<&str>)> = part
        .pages
        .iter()
        .map(|(page, range)| {
            let lines = range.clone().map(|l| line(layout, *page, l, kerned)).collect();
            (lines, layout.pages[*page].lines[range.clone()].iter().map(|l| l.text.as_str()).collect())
        })
        .collect();
    let columns = columns::keeps(pages.iter().flat_map(|(l, t)| l.iter().map(Vec::as_slice).zip(t.iter().copied())));
    let mut out: Vec<Token> = Vec::new();
    let mut row = 0;
    for (ordinal, (lines, texts)) in pages.into_iter().enumerate() {
        let mut tokens = if columns { columns::order(&lines, &texts) } else { in_order(lines) };
        for token in &mut tokens {
            token.row += row;
            token.page = ordinal;
        }
        row = tokens.iter().map(|t| t.row + 1).max().unwrap_or(row);
        if let Some(first) = tokens.first_mut() {
            first.gap = true;
        }
        out.append(&mut tokens);
    }
    settle_tails(&mut out);
    settle_actors(&mut out);
    settle_headings(&mut out);
    out
}

/// Lines as they stand.
fn in_order(lines: Vec<Vec<Token>>) -> Vec<Token> {
    let mut gap = true;
    let mut out = Vec::new();
    for (row, tokens) in lines.into_iter().enumerate() {
        gap |= tokens.is_empty();
        for mut token in tokens {
            token.row = row;
            token.gap = gap && token.first;
            out.push(token);
            gap = false;
        }
    }
    out
}

/// A printed character without white space, as labels compare it, and where it stands in its line.
struct Key {
    ch: char,
    at: usize,
}

/// Does the text have spaces behind narrow signs, as some extractors take wide kerning for one? The form's own labels
/// and its amounts tell: `A/ B`, `（1 ）`, `388, 661`.
pub fn kerned(layout: &Layout) -> bool {
    layout.pages.iter().flat_map(|p| &p.lines).any(|l| {
        let text = l.text.trim();
        text == "A/ B" || text.starts_with("（1 ）取組") || torn_number(text)
    })
}

/// `388, 661` and nothing else.
fn torn_number(text: &str) -> bool {
    let digits =
        |s: &str, n: std::ops::RangeInclusive<usize>| n.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    text.len() < 16 && text.split_once(", ").is_some_and(|(a, b)| digits(a, 1..=3) && digits(b, 3..=3))
}

/// Takes such a space for no space: a sign that is neither white space nor printed stands in its place.
fn unkern(text: &mut [char]) {
    for i in 1..text.len().saturating_sub(1) {
        let number = i > 1 && (text[i - 2].is_ascii_digit() || text[i - 2] == ')');
        let narrow = match text[i - 1] {
            '1' | '/' => true,
            ',' | '.' | '-' | '‑' => number,
            _ => false,
        };
        if text[i] == ' ' && narrow && !text[i + 1].is_whitespace() {
            text[i] = '\u{200B}';
        }
    }
}

/// The tokens of one line; `row`, `page` and `gap` are set by [`lex`].
pub fn line(layout: &Layout, page: usize, line: usize, kerned: bool) -> Vec<Token> {
    let mut text: Vec<char> = layout.pages[page].lines[line].text.chars().collect();
    if kerned {
        unkern(&mut text);
    }
    let keys: Vec<Key> = text
        .iter()
        .enumerate()
        .filter_map(|(at, c)| {
            let ch = fold::fold_char(*c).filter(|c| !c.is_whitespace())?;
            Some(Key { ch: if dash::is_dash(ch) { '-' } else { ch }, at })
        })
        .collect();
    let chars: Vec<char> = keys.iter().map(|k| k.ch).collect();
    let mut out = Vec::new();
    let mut words_from = 0;
    let mut i = 0;
    let mut after_label = true;
    while i < keys.len() {
        let starts = after_label
            || spaced(&text, &keys, i)
            || chars[i - 1] == '】'
            || (i - words_from <= 8 && word::is_judgment(&chars[words_from..i]));
        let found = match chars.get(i.wrapping_sub(1)) {
            _ if starts => match_label(&text, &keys, &chars, i, 0),
            // Behind a sentence that runs into the next heading only one that names a year is sure to be one.
            Some('。') => match_label(&text, &keys, &chars, i, 0).filter(|(_, year, _)| year.is_some()),
            _ => None,
        };
        match found {
            Some((label, year, n)) => {
                words(&text, &keys[words_from..i], &mut out);
                let span = (keys[i].at, keys[i + n - 1].at + 1);
                push(&mut out, &text, Kind::Label(label, year), span);
                i += n;
                words_from = i;
                after_label = true;
            }
            None => {
                i += 1;
                after_label = false;
            }
        }
    }
    words(&text, &keys[words_from..], &mut out);
    let mut behind = None;
    for (i, token) in out.iter_mut().enumerate() {
        token.first = i == 0;
        token.behind = behind.replace(token.span.end);
        token.span.page = page;
        token.span.line = line;
    }
    out
}

/// Does white space part key `i` from the one before?
fn spaced(text: &[char], keys: &[Key], i: usize) -> bool {
    i == 0 || text[keys[i - 1].at + 1..keys[i].at].iter().any(|c| c.is_whitespace())
}

/// Labels of one sheet's own parts that stand apart from their other half.
const HALVES: [(&str, Label); 9] = [
    ("取組の概要(Plan)", Label::PlanHeading),
    ("取組の状況(Do)", Label::DoHeading),
    ("取組の検証(Check)", Label::CheckHeading),
    ("取組の改善案(Action)", Label::ActionHeading),
    ("A/B", Label::Achievement),
    ("(A/B)", Label::Achievement),
    ("主体", Label::Actors),
    ("実施", Label::Actors),
    ("様式1", Label::Edition),
];

/// The longest label at key `i` that ends where a label can end.
fn match_label(
    text: &[char],
    keys: &[Key],
    chars: &[char],
    i: usize,
    depth: usize,
) -> Option<(Label, Option<i32>, usize)> {
    let rest = &chars[i..];
    let halves = HALVES
        .iter()
        .filter(|(k, _)| rest.len() >= k.chars().count() && k.chars().zip(rest).all(|(a, b)| a == *b))
        .map(|(k, label)| (*label, None, k.chars().count()));
    let mut found: Vec<_> = labels::prefix(rest).into_iter().chain(halves).collect();
    found.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
    found.into_iter().find(|(label, _, n)| {
        let end = i + n;
        end == keys.len()
            || spaced(text, keys, end)
            || glued_value(*label, chars[end])
            || (depth < 8 && match_label(text, keys, chars, end, depth + 1).is_some())
    })
}

/// Some extractors leave no space between a label and the value after it; only signs that begin such a value tell.
fn glued_value(label: Label, next: char) -> bool {
    match label {
        Label::Department | Label::Contact | Label::Url => "【-".contains(next),
        Label::Development => next.is_ascii_digit(),
        Label::Measure => word::is_number(next),
        Label::SubMeasure => "○〇◯".contains(next),
        Label::Direction => "・○".contains(next),
        _ => false,
    }
}

/// Parts a run of characters between labels into words.
fn words(text: &[char], keys: &[Key], out: &mut Vec<Token>) {
    let mut from = 0;
    for i in 1..=keys.len() {
        let ends = i == keys.len()
            || text[keys[i - 1].at + 1..keys[i].at].iter().any(|c| c.is_whitespace())
            || "【】".contains(keys[i].ch)
            || "【】".contains(keys[i - 1].ch)
            || (word::is_number(keys[i - 1].ch) && i - 1 == from);
        if ends {
            let (a, b) = (keys[from].at, keys[i - 1].at + 1);
            match glued_tail(&text[a..b]) {
                Some(cut) => {
                    word_token(text, a, a + cut, out);
                    word_token(text, a + cut, b, out);
                }
                None => word_token(text, a, b, out),
            }
            from = i;
        }
    }
}

/// `…支援した。-`: a sentence with the first value of the next cell behind it. Where that value begins.
fn glued_tail(word: &[char]) -> Option<usize> {
    let stop = word.iter().rposition(|c| *c == '。')? + 1;
    if stop >= word.len() || word.len() - stop > 20 {
        return None;
    }
    let tail: String = word[stop..].iter().collect();
    let class = word::class(&tail);
    (word::is_value(class) || class == Class::Number || class == Class::Judgment).then_some(stop)
}

fn word_token(text: &[char], from: usize, to: usize, out: &mut Vec<Token>) {
    let class = word::class(&text[from..to].iter().collect::<String>());
    push(out, text, Kind::Word(class), (from, to));
}

fn push(out: &mut Vec<Token>, text: &[char], kind: Kind, (from, to): (usize, usize)) {
    // The indent of a paragraph belongs to what it indents: it tells where a paragraph starts.
    let indent = from > 0 && text[from - 1] == '\u{3000}' && !matches!(kind, Kind::Label(..));
    let start = if indent { from - 1 } else { from };
    out.push(Token {
        kind,
        text: word::plain(&text[from..to].iter().collect::<String>()),
        span: Span::new(0, 0, start..to),
        row: 0,
        page: 0,
        first: false,
        gap: false,
        indent,
        behind: None,
        breaks: (start..to).filter(|i| text[*i] == '\u{200B}').collect(),
    });
}

/// A number behind a full stop (`…貸し出した。２学期` / `に…`) is no value of the next cell where the line wraps there.
fn settle_tails(tokens: &mut [Token]) {
    for i in 1..tokens.len().saturating_sub(1) {
        let [before, tail, next] = &tokens[i - 1..=i + 1] else { continue };
        let glued = before.row == tail.row && before.span.end == tail.span.start && before.text.ends_with('。');
        let wraps = next.first && !next.gap && !next.indent && next.is_word(Class::Text);
        if glued && wraps && tail.label().is_none() && !tail.is_word(Class::Dash) {
            tokens[i].kind = Kind::Word(Class::Text);
        }
    }
}

/// 実施 is half of the label 実施主体 and also a value: it is the label only once for each 主体, next to it or alone.
fn settle_actors(tokens: &mut [Token]) {
    let half = |t: &Token, text: &str| t.is(Label::Actors) && t.text == text;
    let mut kept = Vec::new();
    // A sheet has one; a text of nothing but these words is no sheet.
    for i in (0..tokens.len()).filter(|i| half(&tokens[*i], "主体")).take(8) {
        let page = tokens[i].page;
        let alone = |j: usize| {
            let row = tokens[j].row;
            tokens.iter().filter(|t| t.row == row).count() == 1
        };
        let candidates: Vec<usize> = (0..tokens.len())
            .filter(|j| tokens[*j].page == page && half(&tokens[*j], "実施") && !kept.contains(j))
            .collect();
        let before = candidates.iter().copied().find(|j| j + 1 == i);
        let behind_label = candidates.iter().copied().find(|j| *j > 0 && tokens[j - 1].is(Label::Summary));
        let lone = candidates.iter().copied().find(|j| alone(*j));
        kept.extend(before.or(behind_label).or(lone));
    }
    for (i, token) in tokens.iter_mut().enumerate() {
        if half(token, "実施") && !kept.contains(&i) {
            token.kind = Kind::Word(Class::Status);
        }
    }
}

/// The number of a heading that stands apart from it (`１` / `取組の概要（Plan）`) is part of the heading: the nearest one
/// before it on its page that stands alone.
fn settle_headings(tokens: &mut [Token]) {
    let headings: Vec<usize> = (0..tokens.len()).filter(|i| tokens[*i].text.starts_with("取組")).take(16).collect();
    for i in headings {
        let number = match tokens[i].label() {
            Some(Label::PlanHeading) => "1",
            Some(Label::DoHeading) => "2",
            Some(Label::CheckHeading) => "3",
            Some(Label::ActionHeading) => "4",
            _ => continue,
        };
        let page = tokens[i].page;
        let alone = |j: &usize| {
            let t = &tokens[*j];
            t.text == number && t.page == page && t.is_word(Class::Amount)
        };
        if let Some(j) = (0..i).rev().find(alone).or_else(|| (i + 1..tokens.len()).find(alone)) {
            tokens[j].kind = tokens[i].kind;
        }
    }
}
