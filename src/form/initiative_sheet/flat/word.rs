//! What kind of thing a printed word can be, by its form alone.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalize::{dash, fold};

/// The kind of a word that stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `-`, `―`
    Dash,
    /// `186,384`, `0`
    Amount,
    /// `３件（６件）`, `-室`, `約18戸`
    Quantity,
    /// A quantity whose bracket closes in a later word.
    Open,
    /// The end of such a quantity.
    Close,
    /// `97.2%`
    Percent,
    /// Words in the place of a number: 実施, 調査中
    Status,
    /// `①`
    Number,
    /// 順調, やや遅れ
    Judgment,
    /// `3-(5)-イ`
    Development,
    Url,
    Phone,
    /// 【 or 】 around a telephone number
    Bracket,
    Text,
}

/// Words printed where a number is expected, when nothing is counted.
const STATUS: [&str; 30] = [
    "実施",
    "未実施",
    "一部実施",
    "策定",
    "調査中",
    "集計中",
    "確認中",
    "未定",
    "完了",
    "検討",
    "作成",
    "設置",
    "開催",
    "改定",
    "改訂",
    "着手",
    "公表",
    "非公表",
    "該当なし",
    "運用",
    "整備",
    "継続",
    "推進",
    "開始",
    "決定",
    "定性",
    "調査",
    "準備",
    "制定",
    "皆増",
];

const JUDGMENTS: [&str; 12] = [
    "順調",
    "概ね順調",
    "おおむね順調",
    "やや遅れ",
    "やや遅れている",
    "大幅遅れ",
    "大幅な遅れ",
    "遅れ",
    "遅れている",
    "未着手",
    "完了済",
    "計画どおり",
];

type Pattern = LazyLock<Option<Regex>>;

static AMOUNT: Pattern = LazyLock::new(|| Regex::new(r"^[-△▲]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)$").ok());
static PERCENT: Pattern = LazyLock::new(|| Regex::new(r"^[-△▲]?[0-9]+(\.[0-9]+)?%$").ok());
static QUANTITY: Pattern = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(約|およそ|延べ|のべ|累計|計|年間|各|全|毎年|年)?[-△▲+]?[0-9][0-9,]*([.・][0-9]+)?
          [^0-9,、。()「」【】\s]{0,8}([〜~-][0-9][0-9,.]*[^0-9,、。()\s]{0,8})?([/／][0-9]*[^、。()\s]{1,4})?(\([^()。]*\))?$",
    )
    .ok()
});
static NONE_UNIT: Pattern = LazyLock::new(|| Regex::new(r"^-[^-0-9、。()\s]{1,5}$").ok());
static OPEN: Pattern =
    LazyLock::new(|| Regex::new(r"^(約|延べ|累計|計)?[0-9][0-9,.]*[^0-9,、。()\s]{0,8}\([^()。]*$").ok());
static CLOSE: Pattern = LazyLock::new(|| Regex::new(r"^[^()。]{0,20}\)$").ok());
static DEVELOPMENT: Pattern =
    LazyLock::new(|| Regex::new(r"^[0-9]{1,2}-\(?[0-9]{1,2}\)?(-\(?[^\s\-()]{1,3}\)?)?$").ok());
static PHONE: Pattern = LazyLock::new(|| Regex::new(r"^0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}$").ok());

fn is(pattern: &Pattern, text: &str) -> bool {
    pattern.as_ref().is_some_and(|r| r.is_match(text))
}

/// Folded, every dash that is no long vowel written `-`.
pub fn plain(text: &str) -> String {
    fold::key(text)
}

/// `①` … `⑳`
pub fn is_number(c: char) -> bool {
    matches!(c, '①'..='⑳')
}

/// 1 for `①`.
pub fn number_value(c: char) -> Option<usize> {
    is_number(c).then(|| c as usize - '①' as usize + 1)
}

/// Is the whole run of characters a word of judgment?
pub fn is_judgment(chars: &[char]) -> bool {
    JUDGMENTS.iter().any(|j| j.chars().eq(chars.iter().copied()))
}

/// The class of a word.
pub fn class(text: &str) -> Class {
    if text.len() > 240 {
        return Class::Text;
    }
    let key = plain(text);
    let mut chars = key.chars();
    match (chars.next(), chars.next()) {
        (Some('【' | '】'), None) => return Class::Bracket,
        (Some(c), None) if is_number(c) => return Class::Number,
        _ => {}
    }
    if dash::is_none(text) {
        Class::Dash
    } else if JUDGMENTS.contains(&key.as_str()) {
        Class::Judgment
    } else if is_status(&key) {
        Class::Status
    } else if is(&PHONE, &key) {
        Class::Phone
    } else if is(&AMOUNT, &key) {
        Class::Amount
    } else if is(&PERCENT, &key) {
        Class::Percent
    } else if is(&DEVELOPMENT, &key) {
        Class::Development
    } else if is_url(&key) {
        Class::Url
    } else if is(&QUANTITY, &key) || is(&NONE_UNIT, &key) {
        Class::Quantity
    } else if is(&OPEN, &key) {
        Class::Open
    } else if is(&CLOSE, &key) {
        Class::Close
    } else {
        Class::Text
    }
}

/// 策定, and 未策定, 一部策定, 策定済, 策定中.
fn is_status(key: &str) -> bool {
    let stem = ["未", "一部"].iter().find_map(|p| key.strip_prefix(p)).unwrap_or(key);
    let stem = ["済み", "済", "中"].iter().find_map(|p| stem.strip_suffix(p)).unwrap_or(stem);
    STATUS.contains(&key) || STATUS.contains(&stem)
}

fn is_url(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    lower.is_ascii() && (lower.starts_with("http") || lower.starts_with("www."))
}

/// A piece of a wrapped address: no Japanese, and the signs that addresses have.
pub fn continues_url(text: &str) -> bool {
    let key = plain(text);
    key.is_ascii() && key.contains(['/', '.', '_', '?', '=', '-']) && key.chars().any(|c| c.is_ascii_alphabetic())
}

/// Can the word stand in a column of quantities?
pub fn is_value(class: Class) -> bool {
    matches!(class, Class::Dash | Class::Amount | Class::Quantity | Class::Percent | Class::Status | Class::Open)
}
