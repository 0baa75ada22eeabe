//! The column of rates and limits: a block with labels of its own, or two plain columns.

use super::super::tokens::{FlatLine, Token};
use super::{Open, Reader};
use regex::Regex;
use std::sync::LazyLock;

/// The lines of a clause behind a page break.
const CLAUSE_LINES: usize = 8;

static RATE_LABEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[<〈《【\[〔(][^<>()]{0,8}率[>〉》】\]〕)]|^補助率:").expect("a constant"));

pub(super) static LIMIT_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[<〈《【\[〔(][^<>()]{0,8}(?:上限|限度)額?[>〉》】\]〕)]|^(?:補助)?(?:上限|限度)額:")
        .expect("a constant")
});

static RATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^。]{0,12}([0-9一二三四五六七八九十]分の[0-9一二三四五六七八九十]|[0-9]/[0-9]|[0-9]%|定額)")
        .expect("a constant")
});

/// A rate and a limit that fill their cells.
static PLAIN_RATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^。0-9]{0,8}(?:[0-9一二三四五六七八九十]+分の[0-9一二三四五六七八九十]+|[0-9]+/[0-9]+|[0-9]+%|定額)(?:以内|以下)?$")
        .expect("a constant")
});

static PLAIN_AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[0-9]{1,3}(?:,[0-9]{3})*(?:千|万|百万|億)?円?(?:以内)?$|^(?:上限)?なし$").expect("a constant")
});

/// Does a line belong to the column of rates?
pub(super) fn is_rate_line(line: &FlatLine) -> bool {
    let text: String = line.tokens.iter().map(|t| t.text.as_str()).collect();
    RATE_LABEL.is_match(&text) || LIMIT_LABEL.is_match(&text) || RATE.is_match(&text)
}

pub(super) fn is_labelled(line: &FlatLine) -> bool {
    let text: String = line.tokens.iter().map(|t| t.text.as_str()).collect();
    RATE_LABEL.is_match(&text) || LIMIT_LABEL.is_match(&text)
}

fn begins_limit(line: &FlatLine) -> bool {
    LIMIT_LABEL.is_match(&line.tokens.iter().map(|t| t.text.as_str()).collect::<String>())
}

/// An amount, or the word that there is none.
fn ends_limit(text: &str) -> bool {
    text.ends_with('円') || text.contains("なし") || text.contains("円以内") || text.contains("設けない")
}

impl Reader<'_> {
    /// Takes rates and limits at the end of a line, where their columns have no labels; gives how many words these are.
    pub(super) fn plain_rates(&mut self, tokens: &[Token]) -> usize {
        if !self.plain || self.in_clause() {
            return 0;
        }
        let mut count = 0;
        for token in tokens.iter().rev() {
            if self.limits && PLAIN_AMOUNT.is_match(&token.text) {
                self.groups.last_mut().into_iter().for_each(|g| g.limit.insert(0, token.clone()));
            } else if PLAIN_RATE.is_match(&token.text) {
                self.groups.last_mut().into_iter().for_each(|g| g.rate.push(token.clone()));
                self.in_rate = true;
            } else {
                break;
            }
            count += 1;
        }
        count
    }

    /// The block of rates.
    pub(super) fn rate(&mut self, at: usize, tokens: &[Token]) -> bool {
        let text: String = tokens.iter().map(|t| t.text.as_str()).collect();
        let labels_rate = RATE_LABEL.is_match(&text);
        let labels_limit = LIMIT_LABEL.is_match(&text);
        if labels_rate || labels_limit {
            self.in_rate = true;
            self.limit_next |= labels_limit;
            self.add_rate(tokens);
            self.limit_next &= !ends_limit(&LIMIT_LABEL.replace_all(&text, ""));
            self.in_rate = !labels_limit || self.limit_next;
            return true;
        }
        if self.limit_next && self.in_rate {
            self.add_rate(tokens);
            self.limit_next = !ends_limit(&text);
            self.in_rate = self.limit_next;
            return true;
        }
        let across = tokens.len() >= 2 && tokens.last().is_some_and(|t| self.is_long(t));
        if self.in_rate && self.plain {
            // Only a clause goes on behind a rate without a label.
            let clause =
                ["ただし", "(", "※", "なお"].iter().any(|w| text.starts_with(w)) || text == "以内" || text == "以下";
            if !across && tokens.len() == 1 && (clause || self.in_clause()) {
                self.add_rate(tokens);
                return true;
            }
            self.in_rate = false;
        }
        if self.in_rate {
            if !across {
                self.add_rate(tokens);
                return true;
            }
            self.in_rate = false;
            return false;
        }
        if tokens.len() != 1 {
            return false;
        }
        if self.open == Open::Content && RATE.is_match(&text) && !self.is_long(&tokens[0]) && !self.content_open() {
            self.add_rate(tokens);
            return true;
        }
        if self.clause_resumes(at) && !self.content_open() {
            self.add_rate(tokens);
            if let Some(group) = self.group() {
                group.doubtful_rate = true;
            }
            return true;
        }
        false
    }

    /// Does the rest of a clause that the end of a page cut stand at `at`: lines of one word up to a full stop or the limit?
    pub(super) fn clause_resumes(&self, at: usize) -> bool {
        let open = self.groups.last().is_some_and(|g| {
            let read: String = g.rate.iter().map(|t| t.text.as_str()).collect();
            read.contains("ただし") && !read.contains('。')
        });
        if !open {
            return false;
        }
        for (n, line) in self.lines.get(at..).unwrap_or_default().iter().take(CLAUSE_LINES).enumerate() {
            let [one] = line.tokens.as_slice() else { return false };
            if begins_limit(line) {
                return n > 0;
            }
            if line.number.is_some() || self.is_long(one) && !one.text.ends_with('。') {
                return false;
            }
            if one.text.ends_with('。') {
                return true;
            }
        }
        false
    }

    /// Has a clause behind a rate begun and not ended?
    fn in_clause(&self) -> bool {
        let read: String =
            self.groups.last().map_or(String::new(), |g| g.rate.iter().map(|t| t.text.as_str()).collect());
        self.in_rate
            && (["ただし", "※", "なお"].iter().any(|w| read.contains(w)) && !read.ends_with('。')
                || read.contains('(') && !read.ends_with(')'))
    }

    fn add_rate(&mut self, tokens: &[Token]) {
        if let Some(group) = self.group() {
            group.rate.extend(tokens.iter().cloned());
        }
    }
}
