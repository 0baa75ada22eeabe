//! Text in fonts that the program does not have: how wide it will about be, and where to break it.

/// Width of a text in ems, as fonts of fixed pitch have it: a Latin letter takes half of what a kanji takes.
pub(super) fn columns(text: &str) -> f32 {
    text.chars().map(column).sum()
}

fn column(ch: char) -> f32 {
    // Half-width katakana are the one narrow block above Latin, Greek and Cyrillic that Japanese documents have.
    if matches!(ch, '\u{0}'..='\u{2FF}' | '\u{FF61}'..='\u{FFDC}') { 0.5 } else { 1.0 }
}

/// Lines of at most `width` ems, broken between any two characters, as Japanese is, but not within a word of Latin letters.
pub(super) fn wrapped(text: &str, width: f32) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut at = 0.0;
    for piece in unbroken(text) {
        let wide = columns(piece);
        if piece == "\n" || (at + wide > width && at > 0.0) {
            out.push(String::new());
            at = 0.0;
        }
        if let (Some(line), false) = (out.last_mut(), piece == "\n") {
            *line += piece;
            at += wide;
        }
    }
    out
}

/// The pieces that a line may be broken between.
fn unbroken(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let word = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(word.max(first.len_utf8()));
        rest = tail;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_latin_letters_stay_whole() {
        assert_eq!(wrapped("年度別 plan of it", 5.0), ["年度別 ", "plan of it"]);
        assert_eq!(wrapped("あいう\nえ", 2.0), ["あい", "う", "え"]);
        assert_eq!(wrapped("", 2.0), [""]);
    }
}
