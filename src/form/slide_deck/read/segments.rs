//! The slides of a text that lost its pages, told apart by what one slide of a stage prints: one ＜段階N＞, one running
//! heading, measures numbered from 1, and a text for each measure and example.

use super::super::heads::{self, Kind};
use super::super::slide::{Slide, breaks_before};
use super::super::token::Gap;
use super::is_sentence;
use crate::layout::Layout;
use crate::normalize::fold;

/// No slide holds more pieces than this.
const LONGEST: usize = 48;

/// Groups of pieces, each of one slide, and whether each begins where the text shows a break.
pub(super) struct Segments {
    pub groups: Vec<Vec<usize>>,
    pub sure: bool,
}

/// The slides of the stages of an unpaged text.
pub(super) fn segments(layout: &Layout, slide: &Slide, bullets: bool) -> Segments {
    let heads = slide.of(&[Kind::Stage, Kind::Quoted, Kind::Example]);
    let none = Segments { groups: Vec::new(), sure: true };
    let (Some(&first), Some(&last)) = (heads.first(), heads.last()) else { return none };
    let is_text = |i: usize| is_sentence(layout, &slide.tokens[i]) && (!bullets || slide.tokens[i].is_bullet());
    // The first or last slide may begin or end with a text.
    let passed = |i: &usize| !matches!(slide.tokens[*i].kind, Kind::Section | Kind::Folio);
    let from = (0..first).rev().find(passed).filter(|&i| is_text(i)).unwrap_or(first);
    let to = (last + 1..slide.tokens.len()).find(passed).filter(|&i| is_text(i)).unwrap_or(last);
    let ids: Vec<usize> = (from..=to)
        .filter(|&i| heads.binary_search(&i).is_ok() || slide.tokens[i].kind == Kind::Section || is_text(i))
        .collect();
    let pieces: Vec<Piece> = ids
        .iter()
        .map(|&i| {
            let token = &slide.tokens[i];
            let said = layout.texts(&token.number).collect::<String>();
            let number = heads::number(&fold::key(&said)).unwrap_or(0);
            Piece { kind: token.kind, number, text: is_text(i), breaks: breaks_before(token) || token.gap == Gap::Page }
        })
        .collect();
    let (ends, cost) = cut(&pieces);
    let mut groups = Vec::new();
    let mut start = 0;
    for end in ends {
        groups.push(ids[start..end].to_vec());
        start = end;
    }
    Segments { groups, sure: cost == 0 }
}

struct Piece {
    kind: Kind,
    number: u32,
    text: bool,
    breaks: bool,
}

/// The ends of the slides that fit best, and how badly they fit.
fn cut(pieces: &[Piece]) -> (Vec<usize>, u32) {
    let n = pieces.len();
    let mut best: Vec<(u32, usize)> = vec![(0, 0); n + 1];
    for end in 1..=n {
        let mut least = (u32::MAX, 0);
        let mut slide = Fit::default();
        for start in (end.saturating_sub(LONGEST)..end).rev() {
            slide.add(&pieces[start]);
            let begins = start == 0 || pieces[start].breaks;
            let cost = best[start].0.saturating_add(slide.misfit(begins));
            if cost < least.0 {
                least = (cost, start);
            }
        }
        best[end] = least;
    }
    let mut ends = Vec::new();
    let mut at = n;
    while at > 0 {
        ends.push(at);
        at = best[at].1;
    }
    ends.reverse();
    (ends, best[n].0)
}

/// What some neighbouring pieces print.
#[derive(Default)]
struct Fit {
    stages: u32,
    sections: u32,
    examples: u32,
    measures: u32,
    /// Numbers of the measures, as bits; and whether one came twice or is none.
    numbers: u128,
    miscounted: bool,
    texts: u32,
}

impl Fit {
    fn add(&mut self, piece: &Piece) {
        match piece.kind {
            Kind::Stage => self.stages += 1,
            Kind::Section => self.sections += 1,
            Kind::Example => self.examples += 1,
            Kind::Quoted => {
                let bit = 1u128.checked_shl(piece.number).filter(|_| piece.number > 0).unwrap_or(0);
                self.miscounted |= bit == 0 || self.numbers & bit != 0;
                self.numbers |= bit;
                self.measures += 1;
            }
            _ => {}
        }
        self.texts += u32::from(piece.text);
    }

    /// How little these pieces look like one slide.
    fn misfit(&self, begins: bool) -> u32 {
        // Numbers from 1 on, none left out: all bits below the highest are set.
        let counted = !self.miscounted && self.numbers >> 1 == (1u128 << self.measures.min(100)) - 1;
        10 * self.stages.abs_diff(1)
            + 10 * u32::from(!counted)
            + 10 * self.sections.saturating_sub(1)
            + 4 * self.texts.abs_diff(self.measures + self.examples)
            + 2 * u32::from(!begins)
    }
}
