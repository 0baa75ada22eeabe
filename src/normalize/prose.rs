//! Lines that a page wrapped → paragraphs.

use std::borrow::Cow;
use std::cell::LazyCell;

use super::bullet;
use super::fold::folded;

/// Joins the lines of one passage and folds it.
///
/// A line goes on from the one before, without a space between Japanese and with one between two ASCII words; a number or
/// a URL that the page broke is put together again. It begins a new line (`\n`) where it
///
/// - is indented by `　` or two spaces,
/// - begins with a bullet (`・`, `○`, `※`, `⇒` …), or
/// - begins with an enumerator or heading (`①`, `(1)` before words, `【`) and the line before it ended a sentence (`。`,
///   `)`, `」`) or ended well before the margin (two thirds of the longest line). Elsewhere `①` may be a reference inside
///   a sentence.
///
/// Empty lines and the indents themselves go. Spaces inside a line stay only beside an ASCII word, one at a time; between
/// two Japanese characters the page used them for spacing.
pub fn join(lines: &[&str]) -> String {
    let lines: Vec<Line> = lines.iter().flat_map(|block| block.lines()).filter_map(Line::new).collect();
    let margin = LazyCell::new(|| lines.iter().map(Line::width).max().unwrap_or(0));
    let mut out = String::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        if let Some(before) = before {
            if line.begins_paragraph(before, || *margin) {
                out.push('\n');
            } else if needs_space(&out, &line.text) {
                out.push(' ');
            }
        }
        out.push_str(&line.text);
        before = Some(line);
    }
    // Characters of two lines may compose.
    match folded(&out) {
        Cow::Borrowed(_) => out,
        Cow::Owned(folded) => folded,
    }
}

/// One printed line, folded, without its indent.
struct Line<'a> {
    text: Cow<'a, str>,
    indented: bool,
}

impl<'a> Line<'a> {
    fn new(printed: &'a str) -> Option<Self> {
        let inner = printed.trim_start();
        let text = tidy(folded(inner.trim_end()));
        if text.is_empty() {
            return None;
        }
        let indent = &printed[..printed.len() - inner.len()];
        let indented = indent.contains('\u{3000}') || indent.matches(' ').count() >= 2;
        Some(Self { text, indented })
    }

    /// In half-width columns.
    fn width(&self) -> usize {
        self.text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
    }

    /// `margin`: the width of the longest line.
    fn begins_paragraph(&self, before: &Line, margin: impl Fn() -> usize) -> bool {
        if self.indented || begins_with_bullet(&self.text) {
            return true;
        }
        let ended = || before.text.ends_with(['。', ')', '」', '】', '≫']) || before.width() * 3 < margin() * 2;
        begins_with_enumerator(&self.text) && ended()
    }
}

/// `〇` is a bullet too, unless it begins a number (`〇・五`, `〇一二`).
fn begins_with_bullet(text: &str) -> bool {
    text.starts_with(|c| "・○〇●◯■□◆◇◎※▸‣▶▷►➢➤⇒▪•◦".contains(c)) && !bullet::begins_number(text)
}

/// `①`, `【`, or `(1)` and `(ア)` with words behind them.
fn begins_with_enumerator(text: &str) -> bool {
    if text.starts_with(|c| matches!(c, '①'..='⑳' | '❶'..='❿' | '㉑'..='㉟' | '【' | '≪')) {
        return true;
    }
    let Some((inner, rest)) = text.strip_prefix('(').and_then(|t| t.split_once(')')) else { return false };
    let counted = match inner.chars().count() {
        1 => inner.chars().all(|c| c.is_ascii_alphanumeric() || "アイウエオカキクケコ一二三四五六七八九十".contains(c)),
        2 => inner.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    counted && !rest.is_empty()
}

/// Spaces inside a line: one beside an ASCII word, none elsewhere.
fn tidy(line: Cow<str>) -> Cow<str> {
    if !line.contains(char::is_whitespace) {
        return line;
    }
    let mut out = String::with_capacity(line.len());
    let mut spaced = false;
    for c in line.chars() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        if spaced && out.chars().next_back().is_some_and(|last| is_word(last) || is_word(c)) {
            out.push(' ');
        }
        spaced = false;
        out.push(c);
    }
    Cow::Owned(out)
}

/// ASCII, but for the brackets and stops that full-width ones were folded into.
fn is_word(c: char) -> bool {
    c.is_ascii_graphic() && !"()[]{}<>:;,.!?".contains(c)
}

/// Two ASCII words meet at the break, and neither a number nor a URL goes over it.
fn needs_space(left: &str, right: &str) -> bool {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else { return false };
    if !last.is_ascii_alphanumeric() || !first.is_ascii_alphanumeric() {
        return false;
    }
    let number = last.is_ascii_digit() && first.is_ascii_digit();
    !number && !is_url(last_token(left))
}

/// The run of ASCII at the end that no space breaks.
fn last_token(s: &str) -> &str {
    s.rsplit(|c: char| !c.is_ascii_graphic()).next().unwrap_or(s)
}

fn is_url(token: &str) -> bool {
    token.contains("://") || token.contains("www.")
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wrapped_lines() {
        assert_eq!(join(&["　苗木の配布と植", "付けを進めた。"]), "苗木の配布と植付けを進めた。");
        assert_eq!(join(&["the forest", "owners"]), "the forest owners");
        assert_eq!(join(&["森林GIS", "の更新"]), "森林GISの更新");
        assert_eq!(join(&["面積は1,2", "34haである"]), "面積は1,234haである");
        assert_eq!(join(&["https://www.example.jp/mori", "no/index.html"]), "https://www.example.jp/morino/index.html");
        assert_eq!(join(&["詳細は www.example", "jp を見る"]), "詳細は www.examplejp を見る");
        assert_eq!(join(&["一行目", "", "　", "二行目"]), "一行目二行目");
        assert_eq!(join(&["一行目\n二行目"]), "一行目二行目");
        assert_eq!(join(&[]), "");
        assert_eq!(join(&["", "　"]), "");
    }

    #[test]
    fn paragraphs_and_bullets() {
        assert_eq!(join(&["　植付けを進めた。", "　次年度も続ける。"]), "植付けを進めた。\n次年度も続ける。");
        assert_eq!(join(&["・苗木の配", "布", "・下刈り", "※予定"]), "・苗木の配布\n・下刈り\n※予定");
        assert_eq!(join(&["〇苗木", "〇下刈り"]), "〇苗木\n〇下刈り");
        assert_eq!(join(&["二", "〇二二年"]), "二〇二二年");
        assert_eq!(join(&["･苗木", "･下刈り"]), "・苗木\n・下刈り");
    }

    #[test]
    fn enumerators() {
        assert_eq!(join(&["①苗木を配る。", "②下刈りをする。"]), "①苗木を配る。\n②下刈りをする。");
        assert_eq!(join(&["（１）苗木の配布（県）", "（２）下刈り"]), "(1)苗木の配布(県)\n(2)下刈り");
        assert_eq!(
            join(&["課題", "①苗木の不足が続いており、", "解消が要る"]),
            "課題\n①苗木の不足が続いており、解消が要る"
        );
        // A reference inside a sentence.
        assert_eq!(join(&["苗木の不足については前年度の", "①に挙げたとおりであるため、"]).lines().count(), 1);
        assert_eq!(join(&["これは別に定める要領の第２の", "（１）に掲げる苗木とする"]).lines().count(), 1);
        assert_eq!(join(&["要領の改正をした。", "（1）"]).lines().count(), 1);
    }

    #[test]
    fn spaces_in_a_line() {
        assert_eq!(join(&["苗 木　の  配布"]), "苗木の配布");
        assert_eq!(join(&["R4   年度の GIS 更新"]), "R4 年度の GIS 更新");
        assert_eq!(join(&["（１）　苗木"]), "(1) 苗木".replace(' ', ""));
        assert_eq!(join(&["New   Forest"]), "New Forest");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_space(lines in proptest::collection::vec("[ 　a-z0-9０-９ぁ-んァ-ヶ一-龠・○①（）()。、:/]{0,16}", 0..8)) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let dense = |s: &str| fold(s).chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let joined = join(&lines);
            prop_assert_eq!(dense(&joined), dense(&lines.concat()));
            prop_assert!(!joined.starts_with('\n') && !joined.ends_with('\n') && !joined.contains("\n\n"));
            prop_assert!(!joined.contains('　') && !joined.contains("  "));
        }

        #[test]
        fn no_line_panics(lines in proptest::collection::vec(any::<String>(), 0..6)) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let joined = join(&lines);
            prop_assert_eq!(fold(&joined), joined);
        }
    }
}
