//! Which text belongs to which heading where only the order of a text is left.
//!
//! Extractors follow the order of drawing: the text of a heading stands right behind it or, as often, right before it. Which
//! of the two, one heading alone does not say; all headings of a kind together do.

use super::super::heads::Kind;
use super::super::slide::Slide;

/// Pieces (indices into a slide's tokens, in their order) of one page, with the headings and the texts among them.
pub(super) struct Run<'a> {
    pub slide: &'a Slide,
    pub ids: Vec<usize>,
    /// Headings that must have a text, and others that may.
    pub heads: Vec<usize>,
    pub others: Vec<usize>,
    pub texts: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// A heading, its texts, and whether what was left over was put together.
pub(super) struct Pair {
    pub head: usize,
    pub texts: Vec<usize>,
    pub left_over: bool,
}

/// The side on which every heading of all runs has its text; `None` where neither is.
pub(super) fn side(runs: &[Run]) -> Option<Side> {
    let count = |side| {
        let mut found = (0, 0);
        for run in runs {
            found.0 += run.heads.iter().filter(|&&h| !run.beside(h, side).is_empty()).count();
            found.1 += run.others.iter().filter(|&&h| !run.beside(h, side).is_empty()).count();
        }
        found
    };
    let all = runs.iter().map(|r| r.heads.len()).sum::<usize>();
    let (before, after) = (count(Side::Before), count(Side::After));
    match (before.0 == all, after.0 == all) {
        _ if all == 0 => None,
        (true, false) => Some(Side::Before),
        (false, true) => Some(Side::After),
        (true, true) if before.1 != after.1 => Some(if before.1 > after.1 { Side::Before } else { Side::After }),
        _ => None,
    }
}

impl Run<'_> {
    /// The texts that stand right before or right behind a heading.
    fn beside(&self, head: usize, side: Side) -> Vec<usize> {
        let Ok(at) = self.ids.binary_search(&head) else { return Vec::new() };
        let texts = |ids: &mut dyn Iterator<Item = &usize>| -> Vec<usize> {
            ids.filter(|&&i| !matches!(self.slide.tokens[i].kind, Kind::Folio | Kind::Section))
                .take_while(|i| self.texts.binary_search(i).is_ok())
                .copied()
                .collect()
        };
        match side {
            Side::After => texts(&mut self.ids[at + 1..].iter()),
            Side::Before => {
                let mut found = texts(&mut self.ids[..at].iter().rev());
                found.reverse();
                found
            }
        }
    }

    /// Each heading with its texts. Where as many texts as headings are printed each has one, so that a heading beside two
    /// says that the order is not to be trusted.
    pub fn pairs(&self, side: Option<Side>) -> Vec<Pair> {
        let mut heads: Vec<usize> = self.heads.iter().chain(&self.others).copied().collect();
        heads.sort_unstable();
        let found = |head: usize| side.map_or_else(Vec::new, |side| self.beside(head, side));
        let mut pairs: Vec<Pair> =
            heads.iter().map(|&head| Pair { head, texts: found(head), left_over: false }).collect();
        if self.texts.len() <= heads.len() && pairs.iter().any(|p| p.texts.len() > 1) {
            pairs.iter_mut().for_each(|p| p.texts.clear());
            return pairs;
        }
        let mut rest = self.texts.clone();
        rest.retain(|t| !pairs.iter().any(|p| p.texts.contains(t)));
        let without: Vec<usize> = (0..pairs.len()).filter(|&i| pairs[i].texts.is_empty()).collect();
        // One heading and one text: there is no other way.
        if let ([pair], [text]) = (without.as_slice(), rest.as_slice()) {
            pairs[*pair].texts = vec![*text];
            pairs[*pair].left_over = heads.len() > 1;
        }
        pairs
    }
}
