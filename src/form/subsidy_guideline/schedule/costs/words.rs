//! The words by which names, items and contents are told.

/// Names compare without the signs that one print has and another leaves out.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| !"、,・".contains(*c)).collect()
}

/// The words that items of expenses end with.
pub(super) fn names_expense(text: &str) -> bool {
    ["費", "金", "料", "代", "税", "その他", "等"].iter().any(|w| text.ends_with(w))
}

/// The words that say what an expense is for end with.
pub(super) fn ends_content(text: &str) -> bool {
    ["経費", "費用", "費", "料", "等", "もの", "金", "代", "。", ")", "額", "購入", "使用", "利用"]
        .iter()
        .any(|w| text.ends_with(w))
}
