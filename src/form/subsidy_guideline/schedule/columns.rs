//! The columns of a 別表 by their headings.

use crate::normalize::{MoneyUnit, fold};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The number of a project, in a column of its own.
    Number,
    Project,
    /// What the project is.
    Content,
    Recipient,
    /// 経費区分
    Class,
    /// What is divided of a class.
    Item,
    /// What the expense is for.
    Expense,
    Rate,
    Limit,
    /// 補助率及び上限額
    RateAndLimit,
    Unknown,
}

/// Is the text of a cell that of a heading? Folded, without spaces.
pub(super) fn is_heading(key: &str) -> bool {
    let core = key.split('(').next().unwrap_or(key);
    let value = ["分の", "以内", "円", "定額", "。"].iter().any(|w| core.contains(w));
    core.chars().count() <= 16 && !value && (is_word(core) || role(core, false) != Role::Unknown && names(core))
}

fn is_word(core: &str) -> bool {
    const WORDS: [&str; 29] = [
        "番号",
        "No",
        "区分",
        "内容",
        "備考",
        "項目",
        "費目",
        "細目",
        "事業",
        "経費",
        "対象",
        "事業名",
        "対象者",
        "種類",
        "名称",
        "補助事業",
        "対象経費",
        "経費区分",
        "経費の内容",
        "事業内容",
        "事業の内容",
        "補助率",
        "上限額",
        "限度額",
        "補助率等",
        "補助額",
        "補助事業者",
        "事業者",
        "事業主体",
    ];
    WORDS.contains(&core)
}

/// Words that stand in headings of these tables together.
fn names(core: &str) -> bool {
    [
        "補助対象",
        "補助率",
        "上限",
        "限度",
        "経費区分",
        "事業区分",
        "経費の区分",
        "事業の区分",
        "対象経費",
        "事業実施主体",
        "交付対象",
        "助成対象",
        "助成率",
    ]
    .iter()
    .any(|w| core.contains(w))
}

/// What the columns under a heading hold; `under_expenses`: a heading above it says 経費.
pub(super) fn role(key: &str, under_expenses: bool) -> Role {
    let has = |words: &[&str]| words.iter().any(|w| key.contains(w));
    let rate = has(&["補助率", "助成率", "交付率", "補助割合", "補助金の率"]);
    let limit = has(&["上限", "限度", "補助金額", "補助額"]);
    if rate && limit {
        Role::RateAndLimit
    } else if rate {
        Role::Rate
    } else if limit {
        Role::Limit
    } else if under_expenses {
        if has(&["区分", "費目", "種別", "種類"]) {
            Role::Class
        } else if has(&["細目", "項目", "細分"]) {
            Role::Item
        } else {
            Role::Expense
        }
    } else if has(&["経費"]) {
        if has(&["区分", "費目"]) { Role::Class } else { Role::Expense }
    } else if has(&["事業者", "対象者", "主体", "申請者", "交付先", "相手方", "団体"]) {
        Role::Recipient
    } else if has(&["内容", "概要", "要件"]) {
        Role::Content
    } else if has(&["番号"]) || key == "No" || key == "項" {
        Role::Number
    } else if has(&["事業", "区分", "項目", "種類", "名称", "メニュー"]) {
        Role::Project
    } else {
        Role::Unknown
    }
}

/// Does a heading say that the columns under it are expenses?
pub(super) fn is_expenses(key: &str) -> bool {
    key.contains("経費") && !key.contains("補助率")
}

/// The unit that the heading of a column of limits prints.
pub(super) fn unit(key: &str) -> Option<MoneyUnit> {
    MoneyUnit::from_label(&fold::key(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        for (heading, expected) in [
            ("補助対象事業", Role::Project),
            ("補助対象事業の内容", Role::Content),
            ("補助対象事業者", Role::Recipient),
            ("補助率及び上限額", Role::RateAndLimit),
            ("補助率", Role::Rate),
            ("補助限度額", Role::Limit),
            ("補助対象経費", Role::Expense),
            ("経費区分", Role::Class),
            ("備考", Role::Unknown),
        ] {
            assert_eq!(role(heading, false), expected, "{heading}");
        }
        assert_eq!(role("内容", true), Role::Expense);
        assert_eq!(role("区分", true), Role::Class);
    }

    #[test]
    fn headings() {
        for heading in ["補助対象経費", "内容", "上限額(千円)", "補助率及び上限額", "補助対象事業者"]
        {
            assert!(is_heading(heading), "{heading}");
        }
        for value in ["人件費", "漁業協同組合", "2分の1以内", "", "漁港の区域における事業の実証"]
        {
            assert!(!is_heading(value), "{value}");
        }
    }
}
