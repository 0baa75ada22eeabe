//! Does a line of prose go on from another? By what the document prints elsewhere, and by the signs that words of the
//! language begin and end with.

use std::collections::{HashMap, HashSet};

use super::stems;
use crate::layout::Layout;
use crate::normalize::fold;

/// Longest run of characters compared.
const LONGEST: usize = 8;
/// Characters by which beginnings are compared.
const BEGINNING: usize = 4;
/// Lines of the document compared with.
const MOST_LINES: usize = 3000;

/// Runs of characters that lines of the document print.
#[derive(Debug, Default)]
pub struct Printed {
    runs: HashSet<u64>,
    /// How often lines and sentences begin so.
    begins: HashMap<u64, u32>,
}

impl Printed {
    /// Of the pages of a sheet and those around it: sheets of one document say much in the same words.
    pub fn around(layout: &Layout, pages: &[usize]) -> Printed {
        let first = pages.iter().min().copied().unwrap_or(0).saturating_sub(12);
        let near = layout.pages.iter().skip(first).take(24 + pages.len()).flat_map(|p| &p.lines).take(MOST_LINES);
        let mut out = Printed::default();
        for line in near {
            let key: Vec<char> = fold::key(&line.text).chars().collect();
            let stops = key.iter().enumerate().filter(|(_, c)| **c == '。').map(|(i, _)| i + 1);
            for at in [0].into_iter().chain(stops).filter(|at| at + BEGINNING <= key.len()) {
                *out.begins.entry(beginning(&key[at..])).or_default() += 1;
            }
            for n in 2..=LONGEST {
                out.runs.extend(key.windows(n).map(|w| hash(w.iter().copied())));
            }
        }
        out
    }

    fn has(&self, a: &[char], b: &[char]) -> bool {
        self.runs.contains(&hash(a.iter().chain(b).copied()))
    }

    /// What it costs that `b` goes on from `a`.
    pub fn cost(&self, a: &[char], b: &[char]) -> f64 {
        let mut best = 3.0f64;
        for n in 2..=LONGEST {
            for i in (1..n).filter(|i| *i <= a.len() && n - i <= b.len()) {
                if self.has(&a[a.len() - i..], &b[..n - i]) {
                    // A run that hangs on one sign may be chance.
                    let cost = match (i.min(n - i), n) {
                        (1, 2) => 2.5,
                        (1, 3) => 2.0,
                        (1, 4) => 1.5,
                        (1, 5) => 1.0,
                        (1, 6) => 0.7,
                        (1, _) => 0.4,
                        (_, 4) => 1.2,
                        (_, 5) => 0.7,
                        (_, 6) => 0.3,
                        _ => 0.0,
                    };
                    best = best.min(cost);
                }
            }
        }
        best + grammar(a, b)
    }

    /// What it costs that nothing goes before it.
    pub fn head_cost(&self, b: &[char]) -> f64 {
        match b.first() {
            Some(c) if "、。」）)っゃゅょッャュョー々".contains(*c) => 6.0,
            _ if particle(b) || inflection(b) => 3.0,
            // Others begin so too.
            _ if self.begins.get(&beginning(b)).is_some_and(|n| *n > 1) => 0.0,
            _ => 0.6,
        }
    }
}

fn beginning(text: &[char]) -> u64 {
    hash(text.iter().copied().take(BEGINNING))
}

/// FNV-1a over the characters.
fn hash(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0xcbf2_9ce4_8422_2325, |h, c| (h ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3))
}

fn hiragana(c: char) -> bool {
    ('ぁ'..='ん').contains(&c)
}

fn katakana(c: char) -> bool {
    ('ァ'..='ヴ').contains(&c) || c == 'ー'
}

/// Does it begin with a particle?
fn particle(b: &[char]) -> bool {
    match b {
        ['を' | 'が' | 'は' | 'へ' | 'の', ..] => true,
        ['で', 'き', ..] => false,
        ['に' | 'と' | 'も' | 'や' | 'で', next, ..] => !hiragana(*next) || "はもおつよし".contains(*next),
        _ => false,
    }
}

/// Does it begin inside a word, with what verbs and adjectives end in?
fn inflection(b: &[char]) -> bool {
    match b {
        // Words of their own: ため, また, する, した, して, しやすい, よる, つながる, わかる.
        ['た', 'め', ..] | ['ま', 'た', ..] | ['す', 'る', ..] | ['つ', 'な' | 'つ', ..] | ['わ', 'か', ..] => {
            false
        }
        [c, ..] => "たっりるれられめむみくきけげぎぐせべぶねぬつちじずわ".contains(*c) || (b.len() < 3 && hiragana(*c)),
        [] => false,
    }
}

/// Can a word go over the break, or one end and another begin at it?
fn grammar(a: &[char], b: &[char]) -> f64 {
    let (Some(x), Some(y)) = (a.last().copied(), b.first().copied()) else { return 0.0 };
    let (particle, inflection) = (particle(b), inflection(b));
    let inside = particle || inflection;
    match x {
        '。' => {
            if inside {
                4.0
            } else {
                0.5
            }
        }
        '、' | '・' => {
            if inside {
                3.0
            } else {
                0.0
            }
        }
        'を' | 'が' | 'は' | 'へ' => {
            if inside {
                3.0
            } else {
                0.0
            }
        }
        'の' | 'に' | 'で' | 'と' | 'も' | 'や' => {
            if "をがの".contains(y) {
                2.5
            } else if inside {
                1.2
            } else {
                0.0
            }
        }
        _ if katakana(x) => match () {
            () if katakana(y) => 0.0,
            () if inflection => 1.5,
            () => 0.2,
        },
        _ if hiragana(x) => {
            if particle {
                0.5
            } else {
                0.2
            }
        }
        _ if x.is_ascii_digit() => {
            if y.is_ascii_digit() || hiragana(y) && y != 'か' && y != 'つ' {
                1.0
            } else {
                0.0
            }
        }
        // A stem wants its ending, a noun its particle.
        _ => match () {
            () if stems::inflects(x, y) => -0.8,
            () if inflection => 0.8,
            () if particle => 0.0,
            () if hiragana(y) => 0.2,
            () if katakana(y) || y.is_ascii_digit() => 0.8,
            () => 0.5,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_stem_wants_its_ending() {
        let printed = Printed::default();
        let cost = |a: &str, b: &str| printed.cost(&chars(a), &chars(b));
        assert!(cost("灯台の灯を進", "めた。") < cost("灯台の灯を灯", "めた。"));
        assert!(cost("島の灯台を", "点検した。") < cost("島の灯台を", "めた。"));
        assert!(printed.head_cost(&chars("の灯台を")) > printed.head_cost(&chars("灯台を")));
    }

    #[test]
    fn what_is_printed_elsewhere_goes_on() {
        let lines = [crate::source::TextLine { number: 1, page: 1, text: "標識灯の電池を替える".to_owned() }];
        let printed = Printed::around(&Layout::from_text(&lines), &[0]);
        let cost = |b: &str| printed.cost(&chars("古い標識灯の"), &chars(b));
        assert!(cost("電池を調べた。") < cost("鏡を調べた。"));
    }
}
