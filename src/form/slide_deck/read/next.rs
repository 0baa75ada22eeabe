//! 今後の進め方: its bullets.

use super::super::heads::Kind;
use super::super::raw::{Field, RawTheme};
use super::super::slide::{Part, Slide};
use super::super::token::{Gap, Token};
use super::is_sentence;
use crate::layout::Layout;

const ORDER: &str = "the heading stands behind its bullets in the text, so that their order may not be the page's";
const BEFORE: &str = "the bullets right before the heading 今後の進め方";

pub(super) fn read(layout: &Layout, part: &Part, raw: &mut RawTheme) {
    for slide in &part.slides {
        for head in slide.of(&[Kind::Next]) {
            let (ids, why) = if slide.paged {
                let ids = on_page(layout, slide);
                let behind = !slide.seen && ids.len() > 1 && ids.first().is_some_and(|&i| i < head);
                (ids, behind.then_some(ORDER))
            } else {
                in_text(slide, head)
            };
            let field = raw.listed(slide, &ids);
            let field = why.map_or(field.clone(), |why| field.because(why));
            if field.items.is_empty() {
                let message =
                    "nothing could be tied to the heading 今後の進め方; look for it under `unassigned`".to_owned();
                raw.doubt("unplaced", "/next_steps".to_owned(), message);
            }
            raw.next_steps.items.extend(field.items);
            raw.next_steps.why = raw.next_steps.why.or(field.why);
            if slide.paged {
                break;
            }
        }
    }
}

impl RawTheme {
    /// Bullets as items; one of another kind than the first goes on with the item before it.
    fn listed(&mut self, slide: &Slide, ids: &[usize]) -> Field {
        let tokens: Vec<&Token> = ids.iter().map(|&i| &slide.tokens[i]).collect();
        self.items(&tokens)
    }
}

/// All bullets of the slide, or its sentences where it has none. What is drawn beside them has neither.
fn on_page(layout: &Layout, slide: &Slide) -> Vec<usize> {
    let all = 0..slide.tokens.len();
    let bullets: Vec<usize> = all.clone().filter(|&i| slide.tokens[i].is_bullet()).collect();
    if !bullets.is_empty() {
        return bullets;
    }
    all.filter(|&i| is_sentence(layout, &slide.tokens[i])).collect()
}

/// The bullets that stand together right behind the heading, or else right before it.
fn in_text(slide: &Slide, head: usize) -> (Vec<usize>, Option<&'static str>) {
    let after: Vec<usize> = (head + 1..slide.tokens.len()).take_while(|&i| slide.tokens[i].is_bullet()).collect();
    let near = after.first().is_some_and(|&i| slide.tokens[i].gap < Gap::Likely);
    if near {
        return (after, None);
    }
    let mut before: Vec<usize> = Vec::new();
    for i in (0..head).rev() {
        if !slide.tokens[i].is_bullet() {
            break;
        }
        before.push(i);
        // The slide begins here.
        if slide.tokens[i].gap >= Gap::Likely {
            break;
        }
    }
    before.reverse();
    if before.is_empty() { (after, None) } else { (before, Some(BEFORE)) }
}
