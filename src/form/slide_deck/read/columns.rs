//! The header of a flattened table: its words → as many columns as there are counts.
//!
//! An extractor writes a header cell as one line or, where the page wrapped it, as several. Which lines are one cell, their
//! words must tell: a word broken at the line's end, a particle that begins a line, a name that the document quotes.

use std::collections::HashSet;

use super::super::slide::Slide;
use super::super::strand::{Strand, is_open};
use super::super::token::{Gap, Token};
use crate::layout::{Layout, Span};

/// Headers of more words than this are not tried.
const WORDS: usize = 48;

/// Words parted on one line are never one.
const NEVER: i32 = -1_000;
/// A text of more pieces is not searched for names.
const LARGE: usize = 5_000;

pub(super) struct Columns {
    pub parts: Vec<Vec<Span>>,
    /// There was nothing to decide.
    pub sure: bool,
}

/// One word of the header.
struct Word {
    text: String,
    spans: Vec<Span>,
    /// How it stands to the word before it.
    joint: Joint,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    SameLine,
    NextLine,
    Parted,
}

/// `None` where the words do not make so many columns, or do so in more ways than one.
pub(super) fn split(layout: &Layout, known: &Known, header: &[&Token], columns: usize) -> Option<Columns> {
    let (lines, aligned) = lines(layout, header);
    if columns == 0 || lines.is_empty() || lines.iter().map(Vec::len).sum::<usize>() > WORDS {
        return None;
    }
    // Each line prints its part of every column.
    if lines.len() > 1 && columns > 1 && lines.iter().all(|l| l.len() == columns) {
        let part = |at: usize| lines.iter().flat_map(|l| l[at].spans.iter().cloned()).collect();
        return Some(Columns { parts: (0..columns).map(part).collect(), sure: false });
    }
    let plain = lines.iter().map(Vec::len).sum::<usize>() == columns;
    // Set by columns, over several lines: the order of the words is not that of the columns.
    if aligned && (lines.len() > 1 || !plain) {
        return None;
    }
    let words = bracketed(lines.into_iter().flatten().collect());
    if words.len() < columns {
        return None;
    }
    let groups = group(&words, columns, known)?;
    let part = |range: &std::ops::Range<usize>| words[range.clone()].iter().flat_map(|w| w.spans.clone()).collect();
    Some(Columns { parts: groups.iter().map(part).collect(), sure: plain })
}

/// The words of each printed line, and whether any line keeps columns apart. Single signs side by side are one word,
/// spaced out.
fn lines(layout: &Layout, header: &[&Token]) -> (Vec<Vec<Word>>, bool) {
    let mut out: Vec<Vec<Word>> = Vec::new();
    let mut aligned = false;
    let mut before: Option<&Span> = None;
    for token in header {
        for (at, span) in token.all.iter().enumerate() {
            if before.is_none_or(|b| (b.page, b.line) != (span.page, span.line)) {
                out.push(Vec::new());
            } else {
                aligned = true;
            }
            let parted = at == 0 && token.gap >= Gap::Blank;
            if let Some(words) = out.last_mut() {
                add_words(layout, span, parted, words);
            }
            before = Some(span);
        }
    }
    (out, aligned)
}

fn add_words(layout: &Layout, span: &Span, parted: bool, words: &mut Vec<Word>) {
    let strand = Strand::new(layout, std::slice::from_ref(span));
    let mut single = false;
    for part in strand.parts(0..strand.text.len(), &[' ']) {
        let text = strand.text[part.clone()].trim().to_owned();
        let one = text.chars().count() == 1;
        let spans = strand.cut(part);
        match words.last_mut() {
            Some(last) if single && one => {
                last.text.push_str(&text);
                last.spans.extend(spans);
            }
            _ => {
                let joint = match words.is_empty() {
                    false => Joint::SameLine,
                    true if parted => Joint::Parted,
                    true => Joint::NextLine,
                };
                words.push(Word { text, spans, joint });
            }
        }
        single = one;
    }
}

/// A word whose bracket is open goes on.
fn bracketed(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for word in words {
        match out.last_mut() {
            Some(last) if is_open(&last.text) => {
                last.text.push_str(&word.text);
                last.spans.extend(word.spans);
            }
            _ => out.push(word),
        }
    }
    out
}

/// What the document shows of its words: which signs follow each other, which names it quotes.
pub(super) struct Known {
    pairs: HashSet<(char, char)>,
    quoted: HashSet<String>,
    lines: Vec<String>,
}

impl Known {
    pub fn of(layout: &Layout, slide: &Slide) -> Known {
        let mut known = Known { pairs: HashSet::new(), quoted: HashSet::new(), lines: Vec::new() };
        for token in &slide.tokens {
            for span in &token.all {
                let text = Strand::new(layout, std::slice::from_ref(span)).text;
                known.pairs.extend(text.chars().zip(text.chars().skip(1)));
                let quotes = text.split('「').skip(1).filter_map(|rest| rest.split_once('」'));
                known.quoted.extend(quotes.map(|(name, _)| name.to_owned()));
                if slide.tokens.len() < LARGE {
                    known.lines.push(text);
                }
            }
        }
        known
    }

    /// Does the document quote or list this name?
    fn is_name(&self, name: &str) -> bool {
        self.quoted.contains(name) || name.chars().count() > 2 && self.lines.iter().any(|line| lists(line, name))
    }

    /// Do the signs at the joint follow each other elsewhere?
    fn is_word(&self, left: &Word, right: &Word) -> bool {
        let pair = left.text.chars().next_back().zip(right.text.chars().next());
        pair.is_some_and(|pair| self.pairs.contains(&pair))
    }

    /// How much speaks for `right` going on with `left`.
    fn joined(&self, left: &Word, right: &Word) -> i32 {
        let (Some(last), Some(first)) = (left.text.chars().next_back(), right.text.chars().next()) else { return 0 };
        let placed = match right.joint {
            Joint::SameLine => NEVER,
            Joint::NextLine => 1,
            Joint::Parted => -1,
        };
        let broken = "の・、及び又は".contains(last)
            || "・とをにがはでもへやのしてったらりるれーんゃゅょっ、。)".contains(first);
        let word = self.is_word(left, right);
        placed + if broken { 6 } else { 0 } + if word { 3 } else { 0 } + i32::from(first == '(')
    }
}

/// Does a line hold the name between the signs of a list, or before と?
fn lists(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        let opens = before.is_none_or(|c| "、「(【・".contains(c));
        let closes = after.is_none_or(|c| "、」)】・と".contains(c));
        opens && closes && (before.is_some() || after.is_some())
    })
}

/// The one best way to make so many groups of neighbouring words.
fn group(words: &[Word], columns: usize, known: &Known) -> Option<Vec<std::ops::Range<usize>>> {
    let n = words.len();
    let score = |range: std::ops::Range<usize>| -> i32 {
        let joints = range.clone().skip(1).map(|i| known.joined(&words[i - 1], &words[i])).sum::<i32>();
        let name: String = words[range].iter().map(|w| w.text.as_str()).collect();
        joints + if known.is_name(&name) { 4 } else { 0 }
    };
    // For each number of groups and words: the best score, in how many ways, and where the last group begins.
    let mut best = vec![vec![None::<(i32, u32, usize)>; n + 1]; columns + 1];
    best[0][0] = Some((0, 1, 0));
    for used in 1..=columns {
        for end in used..=n {
            for start in used - 1..end {
                let Some((before, ways, _)) = best[used - 1][start] else { continue };
                let total = before + score(start..end);
                match &mut best[used][end] {
                    Some((least, count, _)) if *least == total => *count = count.saturating_add(ways),
                    Some((least, ..)) if *least > total => {}
                    place => *place = Some((total, ways, start)),
                }
            }
        }
    }
    let (top, ways, _) = best[columns][n]?;
    if top <= NEVER / 2 {
        return None;
    }
    // Every column wrapped to as many lines is likelier than chance.
    if n > columns && n.is_multiple_of(columns) {
        let each = n / columns;
        let even: Vec<std::ops::Range<usize>> = (0..columns).map(|c| c * each..(c + 1) * each).collect();
        let total: i32 = even.iter().map(|r| score(r.clone())).sum();
        let close = even.iter().all(|r| words[r.start + 1..r.end].iter().all(|w| w.joint == Joint::NextLine));
        if total + 4 > top && close {
            return Some(even);
        }
    }
    if ways != 1 {
        return None;
    }
    let mut groups = Vec::new();
    let mut end = n;
    for used in (1..=columns).rev() {
        let (_, _, start) = best[used][end]?;
        groups.push(start..end);
        end = start;
    }
    groups.reverse();
    // Words far apart are one only if the document says so: what stood side by side looks the same.
    let told = |i: usize| words[i].joint != Joint::Parted || known.is_word(&words[i - 1], &words[i]);
    groups.iter().all(|g: &std::ops::Range<usize>| (g.start + 1..g.end).all(told)).then_some(groups)
}
