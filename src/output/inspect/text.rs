//! Text in fonts that the program does not have: how wide it will about be, and where to break it.

/// Width of a text in ems, as fonts of fixed pitch have it: a Latin letter takes half of what a kanji takes.
pub(super) fn columns(text: &str) -> f32 {
    text.chars().map(column).sum()
}

fn column(ch: char) -> f32 {
    // Half-width katakana are the one narrow block above Latin, Greek and Cyrillic that Japanese documents have.
    if matches!(ch, '\u{0}'..='\u{2FF}' | '\u{FF61}'..='\u{FFDC}') { 0.5 } else { 1.0 }
}

/// Lines of at most `width` ems. Broken anywhere, as Japanese is.
pub(super) fn wrapped(text: &str, width: f32) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut at = 0.0;
    for ch in text.chars() {
        let wide = column(ch);
        if ch == '\n' || (at + wide > width && at > 0.0) {
            out.push(String::new());
            at = 0.0;
        }
        if let (Some(line), false) = (out.last_mut(), ch == '\n') {
            line.push(ch);
            at += wide;
        }
    }
    out
}
