//! Measures: which words are a number's name, and what else they say of it.

use std::ops::Range;

use super::measure::{Amount, Found, Frame, Scan};
use super::role::{Role, Said, role};
use crate::layout::Span;
use crate::normalize::dash;

/// Signs that part a name from what stands before it.
const PARTS: &str = "、,・:;/+→⇒=… ";
/// No name before a bracket is longer.
const LONGEST: usize = 200;
/// Brackets around 実績 and its like.
const FRAMES: &str = "【】[]<>〈〉《》";

impl Scan<'_> {
    /// Gives a number its name.
    pub(super) fn place(&mut self, amount: Amount, colon: bool) {
        let text = self.text;
        let frame = self.frames.last().cloned().unwrap_or_default();
        let start = amount.range.start;
        let label = text.trimmed(frame.start.min(start)..start, |c| PARTS.contains(c));
        let mut inferred = false;
        let (name, said) = if label.is_empty() {
            match &frame.last {
                Some((end, name, said)) if start - end <= 1 => (name.clone(), *said),
                Some(_) => return self.unnamed(&amount),
                None if self.frames.len() > 1 => match self.outer() {
                    Some((_, Role::OtherYear)) => return self.other_year(&amount),
                    Some((name, Role::Of(said) | Role::Name(said))) => (name, said),
                    None => return self.unnamed(&amount),
                },
                None => (self.heading.clone(), Said::Own),
            }
        } else {
            let (label, role) = self.parted(label);
            let mut own = None;
            if !label.is_empty() {
                let cut = self.name(label.clone(), colon);
                inferred = cut != label;
                self.check(&cut, &amount, colon);
                let name = text.spans(cut);
                let own_words = !matches!(role, Role::Name(Said::Previous));
                if own_words && self.frames.len() == 1 || self.main.is_none() {
                    self.main = Some(name.clone());
                }
                own = Some(name);
            }
            match role {
                Role::OtherYear => return self.other_year(&amount),
                Role::Of(said) | Role::Name(said) => {
                    (own.or_else(|| self.main.clone()).unwrap_or_else(|| self.heading.clone()), said)
                }
            }
        };
        if name.is_empty() {
            return self.unnamed(&amount);
        }
        let frame = self.frame();
        frame.last = Some((amount.range.end, name.clone(), said));
        frame.start = amount.range.end;
        let value = text.spans(amount.range);
        self.out.push(Found { name, value, quantity: amount.quantity, said, inferred });
    }

    /// The part of a label that is a name (none in `昨年度`), and what the label says: `登録:R4`, `参加者(目標)`, `R5:参加者`.
    fn parted(&self, label: Range<usize>) -> (Range<usize>, Role) {
        let text = self.text;
        let asked = |range: &Range<usize>| {
            let words = text.trimmed(range.clone(), |c| PARTS.contains(c) || FRAMES.contains(c));
            role(&text.string(words), self.year)
        };
        let whole = asked(&label);
        let nothing = label.end..label.end;
        if !matches!(whole, Role::Name(_)) {
            // 前回参加者 is a name of its own, and one that no later number may take.
            return (nothing, whole);
        }
        let mut tails: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        if text.chars[label.end - 1] == ')'
            && let Some(open) = text.chars[label.clone()].iter().rposition(|&c| c == '(')
        {
            let open = label.start + open;
            tails.push((label.start..open, open + 1..label.end - 1));
        }
        let part = |k: &usize| text.spaced[*k] || PARTS.contains(text.chars[*k - 1]);
        if let Some(at) = (label.start + 1..label.end).rev().find(part) {
            tails.push((label.start..at, at..label.end));
        }
        for (head, tail) in tails {
            let said = asked(&tail);
            if !matches!(said, Role::Name(_)) {
                return (text.trimmed(head, |c| PARTS.contains(c)), said);
            }
        }
        if let Some(at) = (label.start + 1..label.end).find(part) {
            let said = asked(&(label.start..at));
            let tail = text.trimmed(at..label.end, |c| PARTS.contains(c));
            match said {
                Role::OtherYear => return (nothing, said),
                Role::Of(said) => return (tail, Role::Name(said)),
                Role::Name(_) => {}
            }
        }
        (label, whole)
    }

    /// The words of a bracket right behind a measure, when no number stood in it: `12回（目標値）`.
    pub(super) fn remark(&mut self, inner: &Frame, close: usize) {
        let frame = self.frames.last().cloned().unwrap_or_default();
        let Some((end, name, _)) = frame.last else { return };
        if inner.start != frame.start + 1 {
            return;
        }
        // A remark on a measure is no part of the next one's name.
        self.frame().start = close + 1;
        if inner.last.is_some() || inner.start != end + 1 {
            return;
        }
        match role(&self.text.string(inner.start..close), self.year) {
            Role::Of(said) if said != Said::Own => {
                self.frame().last = Some((end, name, said));
                if let Some(last) = self.out.last_mut() {
                    last.said = said;
                }
            }
            Role::OtherYear => {
                self.frame().last = None;
                self.out.pop();
                let remark = self.text.string(inner.start..close);
                self.doubts.push(format!("a number of 「{remark}」 is of another year and is left out"));
            }
            _ => {}
        }
    }

    /// The words before the bracket that only a number stands in: `参加企業（10社）`, `目標（10社）`.
    fn outer(&self) -> Option<(Vec<Span>, Role)> {
        let (inner, outer) = match self.frames.as_slice() {
            [.., outer, inner] => (inner, outer),
            _ => return None,
        };
        let end = inner.start.checked_sub(1)?;
        let from = outer.start.max(end.saturating_sub(LONGEST)).min(end);
        let label = self.text.trimmed(from..end, |c| PARTS.contains(c));
        if outer.last.is_some() || label.is_empty() {
            return None;
        }
        let (own, role) = self.parted(label);
        let digits = self.text.chars[own.clone()].iter().any(char::is_ascii_digit);
        let name = match role {
            Role::Name(_) => self.text.spans(self.name(own, true)),
            // `30件となり、目標（20件）` speaks of the name before.
            _ if own.is_empty() || digits => self.main.clone().unwrap_or_else(|| self.heading.clone()),
            _ => self.text.spans(self.name(own, true)),
        };
        Some((name, role))
    }

    /// A sentence before a number is not all its name: what follows the last comma, without the particle at its end.
    fn name(&self, label: Range<usize>, colon: bool) -> Range<usize> {
        let chars = &self.text.chars;
        let mut cut = label.clone();
        let digits = chars[label.clone()].iter().any(char::is_ascii_digit);
        if (digits || !colon && label.len() > 40)
            && let Some(comma) = chars[label.clone()].iter().rposition(|&c| c == '、')
            && comma + 1 < label.len()
        {
            cut.start = label.start + comma + 1;
        }
        if !colon {
            while cut.len() > 1 && "はがのも、".contains(chars[cut.end - 1]) {
                cut.end -= 1;
            }
        }
        cut
    }

    /// A name that holds a number of its own, or a part of one, may be no name.
    fn check(&mut self, name: &Range<usize>, amount: &Amount, colon: bool) {
        let chars = &self.text.chars[name.clone()];
        let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
        let Some((last, before)) = chars.split_last() else { return };
        let cut = last.is_ascii_digit() && !before.last().is_some_and(char::is_ascii_alphabetic)
            || "十百千万億兆△▲".contains(*last)
            || dash::is_minus(*last) && *last != 'ー';
        let unit: Vec<char> = amount.quantity.unit.as_deref().unwrap_or_default().chars().collect();
        let word = |word: &str| word.chars().eq(chars[chars.len().saturating_sub(2)..].iter().copied());
        let counted = (1..chars.len()).any(|k| {
            digit(chars.get(k - 1))
                && !unit.is_empty()
                && (chars[k..].starts_with(&unit) || word("目標") || word("実績"))
        });
        if cut && !colon || counted {
            let name = self.text.string(name.clone());
            let number = self.text.string(amount.range.clone());
            self.doubts.push(format!("「{name}」, the name of 「{number}」, may hold a number of its own"));
        }
    }

    fn unnamed(&mut self, amount: &Amount) {
        let number = self.text.string(amount.range.clone());
        self.doubts.push(format!("「{number}」 has no name of its own and is left out"));
        self.frame().start = amount.range.end;
    }

    fn other_year(&mut self, amount: &Amount) {
        let number = self.text.string(amount.range.clone());
        self.doubts.push(format!("「{number}」 is of another year and is left out"));
        self.frame().start = amount.range.end;
    }
}
