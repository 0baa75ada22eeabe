//! The numbers of a target or a result: `入居率：90％以上（昨年度：約97％）` is two measures of one name.
//!
//! A measure is a number with its counter that ends a clause: the words before it (with or without a colon) are its name.
//! A number that stands alone takes the name of the one before it (`2社・4件`) or of its heading. Numbers inside a
//! sentence, dates, ordinals and ranges are none.

use std::ops::Range;

use super::folded::Text;
use super::outline::Para;
pub use super::role::Said;
use crate::layout::{Layout, Span};
use crate::normalize::bullet;
use crate::normalize::{Quantity, State, dash, numeral, quantity};

/// More doubts about one item say nothing more.
const MOST_DOUBTS: usize = 10;
/// So many characters before a number tell a person which one is meant.
const SHOWN: usize = 40;

#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub name: Vec<Span>,
    pub value: Vec<Span>,
    pub quantity: Quantity,
    pub said: Said,
    /// The name was cut out of a sentence.
    pub inferred: bool,
}

/// The measures of an item's paragraphs, and what may be one but was not read. `year`: the fiscal year of the results.
pub fn measures(layout: &Layout, paras: &[Para], year: Option<i32>) -> (Vec<Found>, Vec<String>) {
    let mut out = Vec::new();
    let mut doubts = Vec::new();
    // Words of the heading over the paragraph, or of the item's bullet.
    let mut heading: Vec<Span> = Vec::new();
    for (i, para) in paras.iter().enumerate() {
        let text = Text::new(layout, &para.bare());
        let (out, doubts) = (&mut out, &mut doubts);
        let frames = vec![Frame::default()];
        let mut scan = Scan { text: &text, heading: heading.clone(), year, frames, main: None, out, doubts };
        scan.run();
        if i == 0 || is_heading(layout, para) {
            heading = heading_words(layout, para);
        }
    }
    doubts.truncate(MOST_DOUBTS);
    (out, doubts)
}

fn is_heading(layout: &Layout, para: &Para) -> bool {
    para.bullet.is_none() && bullet::bracketed(para.text(layout)).is_some()
}

/// The words of a heading without its brackets, of a bullet's line without the remark at its end.
fn heading_words(layout: &Layout, para: &Para) -> Vec<Span> {
    let text = Text::new(layout, &para.bare());
    let end = match text.chars.iter().position(|&c| c == '(') {
        Some(at) if at > 0 && text.chars.last() == Some(&')') => at,
        _ => text.chars.len(),
    };
    text.spans(text.trimmed(0..end, |c| "【】《》<>〈〉≪≫:".contains(c)))
}

/// One level of brackets.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// Where the words of the next name begin.
    pub start: usize,
    /// The last measure of this level: its end, its name, what it was said to be.
    pub last: Option<(usize, Vec<Span>, Said)>,
}

pub(super) struct Scan<'a> {
    pub text: &'a Text,
    pub heading: Vec<Span>,
    pub year: Option<i32>,
    pub frames: Vec<Frame>,
    /// The name that 昨年度 and 目標 speak of.
    pub main: Option<Vec<Span>>,
    pub out: &'a mut Vec<Found>,
    pub doubts: &'a mut Vec<String>,
}

/// A number with its counter, its bounds included.
pub(super) struct Amount {
    pub range: Range<usize>,
    pub quantity: Quantity,
}

impl Scan<'_> {
    fn run(&mut self) {
        let mut i = 0;
        while let Some(c) = self.text.at(i) {
            match c {
                '(' if self.frames.len() < 16 => self.frames.push(Frame { start: i + 1, last: None }),
                ')' if self.frames.len() > 1 => {
                    let inner = self.frames.pop().unwrap_or_default();
                    self.remark(&inner, i);
                }
                '。' => *self.frame() = Frame { start: i + 1, last: None },
                c if c.is_ascii_digit() => {
                    i = self.number(i);
                    continue;
                }
                // `参加者：十二人`; elsewhere kanji numerals begin words.
                c if i > 0 && self.text.chars[i - 1] == ':' && (c == '十' || numeral::kanji_digit(c).is_some()) => {
                    let range = i..self.unit_end(i + 1);
                    let quantity = quantity::parse(&self.text.string(range.clone()));
                    if quantity.state == State::Number {
                        i = range.end;
                        self.place(Amount { range, quantity }, true);
                        continue;
                    }
                }
                _ => {}
            }
            i += 1;
        }
    }

    pub(super) fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Reads the number at `i`; gives where to go on.
    fn number(&mut self, i: usize) -> usize {
        let text = self.text;
        let digits = self.numeral_end(i);
        let start = self.prefix(i);
        let colon = start > 0 && (text.chars[start - 1] == ':' || self.behind_unit(start));
        match self.amount(i, digits, start, colon) {
            Some(amount) => {
                let end = amount.range.end;
                self.place(amount, colon);
                end
            }
            None => {
                let numeral = &text.chars[i..digits];
                let worked = numeral.iter().any(|c| !(c.is_ascii_digit() || "割分.".contains(*c)));
                let odd = worked && numeral::parse(&text.string(i..digits)).is_none();
                if (colon || odd) && !self.is_date(i, digits) {
                    let from = self.frame().start.max(start.saturating_sub(SHOWN)).min(start);
                    let to = (digits + 8).min(text.chars.len());
                    self.doubts.push(format!("「{}」 is not read as one number", text.string(from..to)));
                }
                digits
            }
        }
    }

    /// Where the numeral at `i` ends: `1億2,000` of `1億2,000万円`, `8割5` of `8割5分`. Only a multiplier goes on over a space.
    fn numeral_end(&self, i: usize) -> usize {
        let text = self.text;
        let digit = |k: usize| text.at(k).is_some_and(|c| c.is_ascii_digit());
        let multiplier = |k: usize| text.at(k).is_some_and(|c| "十百千万億兆".contains(c));
        let mut end = i + 1;
        while let Some(c) = text.at(end) {
            let joins = match c {
                '0'..='9' => !text.spaced[end] || multiplier(end - 1),
                ',' | '.' => digit(end - 1) && digit(end + 1) && !text.spaced[end + 1],
                // One that no digit follows is of the counter: 万円, 千人.
                _ if multiplier(end) => (end..end + 4).find(|&k| !multiplier(k)).is_some_and(digit),
                '割' => digit(end + 1) && text.at(end + 2) == Some('分'),
                '分' => text.chars[i..end].contains(&'割') && digit(end + 1) && text.at(end + 2) == Some('厘'),
                _ => false,
            };
            if !joins {
                break;
            }
            end += 1;
        }
        end
    }

    /// Where a number begins with the words and signs before it: 約, △.
    fn prefix(&self, i: usize) -> usize {
        let text = self.text;
        let floor = self.frames.last().map_or(0, |f| f.start);
        let stands = |start: usize, word: &str| {
            let n = word.chars().count();
            (start >= floor + n && text.chars[start - n..start].iter().copied().eq(word.chars())).then(|| start - n)
        };
        let mut start = i;
        if let Some(before) = ["マイナス", "プラス", "△", "▲"].iter().find_map(|sign| stands(i, sign)) {
            start = before;
        } else if start > floor && dash::is_minus(text.chars[start - 1]) {
            let before = start.checked_sub(2).and_then(|b| text.at(b));
            // `売上 -5%`; a sign between two spaces parts words, one behind a number says a range.
            let mut word = text.chars[floor..start - 1].iter().rev().take_while(|c| !":、".contains(**c));
            let range = word.any(char::is_ascii_digit);
            let apart = text.spaced[start - 1] && !text.spaced[start] && !range;
            if before.is_none_or(|c| ":(約".contains(c)) || start - 1 == floor || apart {
                start -= 1;
            }
        }
        for word in ["¥", "￥", "約", "およそ", "おおむね", "概ね", "延べ", "のべ"] {
            if let Some(before) = stands(start, word) {
                return before;
            }
        }
        start
    }

    /// `商談数（単位：件）　12`
    fn behind_unit(&self, start: usize) -> bool {
        let chars = &self.text.chars[start.saturating_sub(SHOWN)..start];
        let open = chars.iter().rposition(|&c| c == '(').filter(|_| chars.last() == Some(&')'));
        open.is_some_and(|open| chars[open + 1..].starts_with(&['単', '位']))
    }

    fn is_date(&self, i: usize, digits: usize) -> bool {
        self.text.at(digits).is_some_and(|c| "月日年/時".contains(c)) || i > 0 && self.text.chars[i - 1] == '/'
    }

    fn amount(&self, i: usize, digits: usize, start: usize, colon: bool) -> Option<Amount> {
        let text = self.text;
        // `R5 30者` is two words.
        let before = start
            .checked_sub(1)
            .and_then(|b| text.at(b))
            .filter(|c| !text.spaced[start] || dash::is_minus(*c) || "〜~→⇒/".contains(*c));
        // Eras, versions, footnotes, ordinals, ranges, dates.
        let parts =
            |c: char| c.is_ascii_alphanumeric() || "./*#第〜~月年→⇒".contains(c) || dash::is_minus(c) && c != 'ー';
        let era = start >= 2 && ["令和", "平成", "昭和"].contains(&text.string(start - 2..start).as_str());
        if before.is_some_and(parts) || era {
            return None;
        }
        let end = self.unit_end(digits);
        let next = text.at(end);
        let goes_on = text.at(end + 1).is_some_and(|c| c.is_ascii_digit() || c == '約');
        if goes_on && next.is_some_and(|c| "〜~→⇒/-".contains(c)) {
            return None;
        }
        let read = |end: usize| {
            let quantity = quantity::parse(&text.string(start..end));
            (quantity.state == State::Number).then_some(Amount { range: start..end, quantity })
        };
        // `商談数：12件を達成`: behind a colon the number counts though the sentence goes on.
        let amount = read(end).or_else(|| {
            let stop = (digits..end)
                .find(|&k| matches!(text.chars[k], 'ぁ'..='ん') && text.chars[k] != 'か' && text.chars[k] != 'つ');
            colon.then(|| stop.and_then(read)).flatten()
        })?;
        let unit = amount.quantity.unit.as_deref().unwrap_or_default();
        // What goes on is a part of the number.
        let more = |c: char| c.is_ascii_digit() || ",十百千万億兆".contains(c);
        if unit.is_empty() && text.at(amount.range.end).is_some_and(more) {
            return None;
        }
        let dated = [
            "月", "日", "年", "時", "分", "丁目", "番地", "条", "号", "階", "番", "位", "期", "次", "級", "区", "章",
            "項",
        ];
        let letter = unit.len() == 1 && unit.as_bytes()[0].is_ascii_uppercase();
        let plain = !(unit.is_empty() || dated.contains(&unit) || letter);
        let never = ["月", "丁目", "番地", "条", "号"].contains(&unit) || i > 0 && text.chars[i - 1] == '/';
        ((colon || plain) && !never).then_some(amount)
    }

    /// Words with a number right behind them: `目標10社` of `12社/目標10社`.
    fn begins_measure(&self, from: usize) -> bool {
        let text = self.text;
        let word = |k: usize| text.at(k).is_some_and(|c| c.is_alphabetic() && !c.is_ascii());
        let end = (from..from + SHOWN).find(|&k| !word(k)).unwrap_or(from);
        let stop = text.at(end).is_some_and(|c| c.is_ascii_digit() || c == ':');
        end > from && stop && !text.spaced[end]
    }

    /// Where the counter behind a number ends: at a sign that parts clauses, at a space, at the next number.
    fn unit_end(&self, digits: usize) -> usize {
        let text = self.text;
        let mut end = digits;
        while let Some(c) = text.at(end) {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let next = text.at(end + 1);
            let bound = || {
                ["以上", "以下", "以内", "未満", "程度", "超"]
                    .iter()
                    .any(|w| w.chars().eq(text.chars[end..].iter().copied().take(w.chars().count())))
            };
            if "()、。,:;〜→⇒「」『』[]<>《》【】".contains(c)
                || matches!(c, '・' | '/' | '+') && (digit(next) || next == Some('約') || self.begins_measure(end + 1))
                // `1,200万 円` has one counter.
                || text.spaced[end] && end > digits && !bound() && !"十百千万億兆".contains(text.chars[end - 1])
                || c == '約'
            {
                break;
            }
            // CO2
            if c.is_ascii_digit() && !text.chars[end - 1].is_ascii_alphabetic() {
                break;
            }
            end += 1;
        }
        end
    }
}

#[cfg(test)]
#[path = "measure_tests.rs"]
mod tests;
