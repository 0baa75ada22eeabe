//! Runs of words on one line that belong to one cell: what prose is put together from.

use super::word::Class;
use super::work::Work;

/// Text of one line, or of the part of a line that one cell takes.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its tokens.
    pub ids: Vec<usize>,
    /// Folded, without white space.
    pub text: String,
    /// In half-width units.
    pub width: usize,
    pub row: usize,
    /// A blank line or a page break stands before it.
    pub gap: bool,
    pub indent: bool,
    /// Something that is no prose (a label, a value) stands between the piece before and this one.
    pub parted: bool,
    /// It shares its line with the piece before.
    pub beside: bool,
    /// It is a dash: a cell that says "none".
    pub dash: bool,
}

impl Piece {
    /// Does a sentence end with it?
    pub fn ends(&self) -> bool {
        ends_sentence(&self.text)
    }
}

/// A full stop, a closing bracket after one, or a dash.
pub fn ends_sentence(text: &str) -> bool {
    let trimmed = text.trim_end_matches(['」', ')', '』', '"']);
    trimmed.ends_with(['。', '．']) || (trimmed.len() < text.len() && trimmed.ends_with('。'))
}

/// Half-width units of a folded text.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The free tokens among `ids` that `keep` lets pass, cut into pieces: at line ends, where a sentence ends before a
/// space, before an indent, and around dashes.
pub fn pieces(work: &Work, ids: &[usize], keep: impl Fn(usize) -> bool) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut parted = true;
    for id in ids {
        let id = *id;
        if !work.free(id) || !keep(id) {
            parted = true;
            continue;
        }
        let token = &work.tokens[id];
        let dash = token.is_word(Class::Dash);
        let joins = match out.last() {
            Some(last) => {
                !parted
                    && last.row == token.row
                    && !last.dash
                    && !dash
                    && !last.ends()
                    && !token.indent
                    && last.ids.last() == id.checked_sub(1).as_ref()
            }
            None => false,
        };
        match out.last_mut() {
            Some(last) if joins => {
                last.ids.push(id);
                last.text.push_str(&token.text);
                last.width = width(&last.text);
            }
            last => {
                let beside = last.is_some_and(|l| l.row == token.row);
                out.push(Piece {
                    ids: vec![id],
                    text: token.text.clone(),
                    width: width(&token.text) + if token.indent { 2 } else { 0 },
                    row: token.row,
                    gap: token.gap,
                    indent: token.indent,
                    parted,
                    beside,
                    dash,
                });
            }
        }
        parted = false;
    }
    out
}
