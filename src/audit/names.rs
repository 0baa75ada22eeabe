//! When two printed names are one: exactly, or but for spelling.

use crate::normalize::fold::key;

/// What is added to an indicator's name and is not of it.
const SUFFIXES: [&str; 6] = ["(累計)", "(内訳)", "(延べ)", "(年間)", "(単年度)", "(累積)"];

/// A name without what counts it: `貸出件数(累計)` and `貸出件数` are one.
pub fn plain(name: &str) -> String {
    let mut name = key(name);
    while let Some(cut) = SUFFIXES.iter().find_map(|s| name.strip_suffix(s)).map(str::len) {
        name.truncate(cut);
    }
    name
}

/// A name without the freedoms of spelling: brackets, middle dots, particles, 又は and または, 取組 and 取り組み.
pub fn loose(name: &str) -> String {
    const WORDS: [(&str, &str); 17] = [
        ("または", "又は"),
        ("および", "及び"),
        ("並びに", "及び"),
        ("ならびに", "及び"),
        ("取り組み", "取組"),
        ("取組み", "取組"),
        ("取り扱い", "取扱"),
        ("取扱い", "取扱"),
        ("手続き", "手続"),
        ("申し込み", "申込"),
        ("申込み", "申込"),
        ("問い合わせ", "問合せ"),
        ("箇所", "か所"),
        ("ヶ所", "か所"),
        ("カ所", "か所"),
        ("ヵ所", "か所"),
        ("への", ""),
    ];
    let mut name = plain(name).to_lowercase();
    for (from, to) in WORDS {
        if name.contains(from) {
            name = name.replace(from, to);
        }
    }
    name.retain(|c| !"()[]{}「」『』【】〔〕<>・,、。.:;/-ー〜の".contains(c));
    name
}

/// Share of common pairs of letters, 0 to 1 (Dice): how much two names look alike.
pub fn alike(a: &str, b: &str) -> f64 {
    let pairs = |s: &str| -> Vec<(char, char)> {
        let chars: Vec<char> = s.chars().take(200).collect();
        let mut pairs: Vec<_> = chars.windows(2).map(|w| (w[0], w[1])).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    2.0 * common as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        assert_eq!(plain("登録数（累計）"), plain("登録数"));
        assert_ne!(plain("登録数"), plain("新規登録数"));
        assert_eq!(loose("会議の開催または参加件数"), loose("会議の開催又は参加件数(累計)"));
        assert_eq!(loose("漁業権の取り扱い"), loose("漁業権の取扱い"));
        assert_eq!(loose("協議会への参画企業"), loose("協議会 参画企業"));
        assert_ne!(loose("研究開発費"), loose("開発研究費"));
    }

    #[test]
    fn likeness() {
        assert!(alike("協議会参画大学", "協議会参画大学研究機関") > 0.7);
        assert_eq!(alike("", "あ"), 0.0);
    }
}
