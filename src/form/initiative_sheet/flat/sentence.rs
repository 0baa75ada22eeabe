//! What the end of a Japanese sentence tells: done or to be done, a finding or a measure.

/// How a sentence ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// …した。
    Past,
    /// …する。 …図る。 …取り組む。
    Will,
    /// …がある。 …必要である。 …求められる。
    State,
    /// A noun: …を実施。
    Open,
}

/// The ending of a sentence, its full stop left out.
pub fn ending(sentence: &str) -> Ending {
    let s = sentence.trim_end_matches(['。', '．', '」', ')', ' ']);
    let ends = |list: &[&str]| list.iter().any(|e| s.ends_with(e));
    if ends(&[
        "必要がある",
        "必要である",
        "必要だ",
        "必要",
        "求められる",
        "求められている",
        "課題である",
        "課題",
        "余地がある",
        "懸念される",
    ]) {
        return Ending::State;
    }
    if ends(&["た", "んだ", "いだ"]) && !ends(&["また", "あらた"]) {
        return Ending::Past;
    }
    if ends(&[
        "である",
        "がある",
        "もある",
        "ある",
        "ない",
        "ている",
        "でいる",
        "つつある",
        "られる",
        "される",
        "れる",
        "だ",
        "い",
        "です",
    ]) {
        return Ending::State;
    }
    if ends(&["る", "う", "く", "す", "つ", "む", "ぐ", "ぶ", "ぬ", "ます"]) {
        Ending::Will
    } else {
        Ending::Open
    }
}

/// The endings of all sentences that end within `text`; `before` is what stands in front of it, for a full stop that
/// wrapped alone onto this line.
pub fn endings(before: &str, text: &str) -> Vec<Ending> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut depth = 0i32;
    for (i, c) in text.char_indices() {
        match c {
            '(' | '「' | '『' => depth += 1,
            ')' | '」' | '』' => depth = (depth - 1).max(0),
            '。' if depth == 0 => {
                let sentence = &text[from..i];
                if sentence.chars().count() < 3 && from == 0 {
                    let tail: String = before.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
                    out.push(ending(&format!("{tail}{sentence}")));
                } else {
                    out.push(ending(sentence));
                }
                from = i + c.len_utf8();
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_done_from_planned() {
        assert_eq!(ending("苗木を配布した"), Ending::Past);
        assert_eq!(ending("植樹に取り組んだ"), Ending::Past);
        assert_eq!(ending("苗木を配布する"), Ending::Will);
        assert_eq!(ending("連携を図る"), Ending::Will);
        assert_eq!(ending("周知が必要である"), Ending::State);
        assert_eq!(ending("見直す余地がある"), Ending::State);
        assert_eq!(ending("苗木の配布を実施"), Ending::Open);
    }

    #[test]
    fn a_full_stop_alone_ends_the_line_before() {
        assert_eq!(endings("苗木を配布した", "。"), [Ending::Past]);
        assert_eq!(endings("", "配る。植えた。残り"), [Ending::Will, Ending::Past]);
    }
}
