//! File names of documents: the input's stem, safe on every system, and no two alike.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Room for `-` and digits of a hash and `.json` within the 255 bytes that most file systems allow.
const MAX_BYTES: usize = 180;

/// Names for inputs given as (file name, SHA-256), in their order, without `.json`. An input is named by its stem; where
/// several inputs share it, each gets the first eight digits of its hash as well (more, should even those be alike).
/// Names that differ only in case, or in how an accent is encoded, count as shared, since on some systems they are one file.
/// `taken` are names that are not to be given.
pub fn assign<'a>(inputs: &[(&str, &str)], taken: impl Iterator<Item = &'a str>) -> Vec<String> {
    let stems: Vec<String> = inputs.iter().map(|(name, _)| safe(stem(name))).collect();
    let mut users: HashMap<String, usize> = HashMap::new();
    for stem in &stems {
        *users.entry(key(stem)).or_default() += 1;
    }
    // Who holds a name: an earlier document (no hash), or the first input of that content.
    let mut held: HashMap<String, Option<&str>> = taken.map(|name| (key(name), None)).collect();
    let mut names = vec![String::new(); inputs.len()];

    // Plain stems first, so that `a-12345678.pdf` keeps its name whatever order it came in.
    for (shared, digits) in [(false, 0), (true, 8)] {
        for (i, (_, sha256)) in inputs.iter().enumerate() {
            let stem = &stems[i];
            if (users[&key(stem)] > 1) != shared {
                continue;
            }
            names[i] = [digits, 8, 16, 64]
                .into_iter()
                .map(|n| if n == 0 { stem.clone() } else { format!("{stem}-{}", sha256.get(..n).unwrap_or(sha256)) })
                .find(|name| held.get(&key(name)).is_none_or(|holder| *holder == Some(*sha256)))
                .unwrap_or_else(|| format!("{stem}-{sha256}-{i}"));
            held.insert(key(&names[i]), Some(sha256));
        }
    }
    names
}

/// What a case- and form-insensitive file system goes by.
fn key(name: &str) -> String {
    name.nfc().collect::<String>().to_uppercase().to_lowercase()
}

fn stem(name: &str) -> &str {
    match name.rfind('.') {
        Some(dot) if dot > 0 => &name[..dot],
        _ => name,
    }
}

/// A stem that can be a file name on Windows, macOS and Linux.
fn safe(stem: &str) -> String {
    let mut name: String =
        stem.chars().map(|c| if c.is_control() || r#"<>:"/\|?*"#.contains(c) { '_' } else { c }).collect();
    let mut cut = name.len().min(MAX_BYTES);
    while !name.is_char_boundary(cut) {
        cut -= 1;
    }
    name.truncate(cut);
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    if name.is_empty() {
        return "document".to_owned();
    }
    if is_reserved(&name) { format!("_{name}") } else { name }
}

/// Device names of Windows, which it knows whatever follows the first dot.
fn is_reserved(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    match base.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        _ => ["COM", "LPT"].iter().any(|device| {
            let number = base.strip_prefix(device).unwrap_or_default();
            number.chars().count() == 1 && number.chars().all(|c| c.is_ascii_digit() || "¹²³".contains(c))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaa1111111111111111111111111111111111111111111111aa";
    const B: &str = "bbbbbbbbbbbbbbbb2222222222222222222222222222222222222222222222bb";

    fn names(inputs: &[(&str, &str)]) -> Vec<String> {
        assign(inputs, std::iter::empty())
    }

    #[test]
    fn a_stem_of_its_own_is_the_name() {
        assert_eq!(names(&[("r4_3-5-i.pdf", A), ("様式１.PDF", B)]), ["r4_3-5-i", "様式１"]);
        assert_eq!(names(&[(".pdf", A), ("a.b.txt", B)]), [".pdf", "a.b"]);
    }

    #[test]
    fn a_shared_stem_gets_the_hash() {
        assert_eq!(names(&[("x.pdf", A), ("x.txt", B)]), ["x-aaaaaaaa", "x-bbbbbbbb"]);
        assert_eq!(names(&[("x.pdf", A), ("X.pdf", B)]), ["x-aaaaaaaa", "X-bbbbbbbb"]);
        let (composed, decomposed) = ("プ.pdf", "フ\u{309A}.pdf");
        assert_eq!(names(&[(composed, A), (decomposed, B)]).iter().filter(|n| n.contains('-')).count(), 2);
    }

    #[test]
    fn the_same_content_shares_its_document() {
        assert_eq!(names(&[("x.pdf", A), ("x.pdf", A)]), ["x-aaaaaaaa", "x-aaaaaaaa"]);
    }

    #[test]
    fn a_stem_that_looks_like_a_hashed_one_is_not_overwritten() {
        assert_eq!(
            names(&[("x.pdf", A), ("x.txt", B), ("x-aaaaaaaa.pdf", B)]),
            ["x-aaaaaaaaaaaaaaaa", "x-bbbbbbbb", "x-aaaaaaaa"]
        );
    }

    #[test]
    fn hashes_alike_in_eight_digits_are_told_apart() {
        let other = A.replace('1', "3");
        let names = names(&[("x.pdf", A), ("x.pdf", &other)]);
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn names_taken_by_other_documents_are_not_given() {
        assert_eq!(assign(&[("x.pdf", A)], ["X"].into_iter()), ["x-aaaaaaaa"]);
    }

    #[test]
    fn names_are_safe_on_windows() {
        let cases = [
            ("CON.pdf", "_CON"),
            ("nul.2022.pdf", "_nul.2022"),
            ("com1.txt", "_com1"),
            ("COM².txt", "_COM²"),
            ("com10.txt", "com10"),
            ("a:b?c*.pdf", "a_b_c_"),
            ("a\tb\u{7}.pdf", "a_b_"),
            ("trailing . .pdf", "trailing"),
            ("...", "document"),
        ];
        for (name, want) in cases {
            assert_eq!(names(&[(name, A)]), [want], "{name:?}");
        }
        assert_eq!(names(&[("a:b.pdf", A), ("a?b.pdf", B)]), ["a_b-aaaaaaaa", "a_b-bbbbbbbb"]);
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let long = format!("{}.pdf", "評".repeat(83));
        let name = &names(&[(&long, A)])[0];
        assert_eq!(name, &"評".repeat(60));
        let other = format!("{}価.pdf", "評".repeat(82));
        assert_eq!(names(&[(&long, A), (&other, B)])[1], format!("{}-bbbbbbbb", "評".repeat(60)));
    }
}
