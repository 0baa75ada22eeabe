//! Counters: which count whole things, which are two words for one, which are money.

use super::interval::Interval;
use crate::normalize::Quantity;
use crate::normalize::fold::key;

/// Signs of a measure: what stands before it is rounded, not counted.
const MEASURES: [&str; 34] = [
    "円",
    "%",
    "割",
    "㎡",
    "㎞",
    "㎏",
    "㎥",
    "㌶",
    "m",
    "k",
    "K",
    "t",
    "トン",
    "g",
    "L",
    "l",
    "W",
    "ha",
    "a",
    "ヘクタール",
    "アール",
    "メートル",
    "キロ",
    "リットル",
    "ワット",
    "ジュール",
    "J",
    "℃",
    "度",
    "倍",
    "時間",
    "分",
    "ポイント",
    "pt",
];
/// Multipliers: `144千m3`, `3万人` are rounded whatever they count.
const MULTIPLIERS: [&str; 6] = ["十", "百", "千", "万", "億", "兆"];
const SAME: [[&str; 2]; 6] =
    [["人", "名"], ["か所", "箇所"], ["か所", "ヶ所"], ["箇所", "ヶ所"], ["箇所", "カ所"], ["か所", "カ所"]];

/// Does the counter count whole things? `件`, `人`, and a bare number do; `億円`, `%`, `ha`, `千件` do not.
pub fn is_counted(unit: Option<&str>) -> bool {
    let unit = key(unit.unwrap_or_default());
    let multiplied = MULTIPLIERS.iter().any(|m| unit.starts_with(m));
    let measured = MEASURES.iter().any(|m| if m.is_ascii() { unit.starts_with(m) } else { unit.contains(m) });
    !(multiplied || measured)
}

/// Two words for one counter, or the same word.
pub fn same(a: Option<&str>, b: Option<&str>) -> bool {
    let (a, b) = (key(a.unwrap_or_default()), key(b.unwrap_or_default()));
    a == b || SAME.iter().any(|[x, y]| (a == *x && b == *y) || (a == *y && b == *x))
}

/// How many yen one of a counter is.
pub fn yen(unit: Option<&str>) -> Option<f64> {
    let unit = key(unit?);
    Some(match unit.strip_suffix('円')? {
        "" => 1.0,
        "千" => 1e3,
        "万" => 1e4,
        "百万" => 1e6,
        "千万" => 1e7,
        "億" => 1e8,
        "十億" => 1e9,
        "兆" => 1e12,
        _ => return None,
    })
}

/// [`same`], or both of whole things, whatever these are called.
pub fn alike(a: Option<&str>, b: Option<&str>) -> bool {
    same(a, b) || (is_counted(a) && is_counted(b))
}

/// Are both numbers, and not one within what rounding allows? Money is compared in yen; other counters must be `comparable`.
pub fn differ(one: &Quantity, other: &Quantity, comparable: fn(Option<&str>, Option<&str>) -> bool) -> bool {
    let (Some(a), Some(b)) = (one.value, other.value) else { return false };
    let (mine, theirs) = (one.unit.as_deref(), other.unit.as_deref());
    let (x, y) = (Interval::of_unit(a, mine), Interval::of_unit(b, theirs));
    match (yen(mine), yen(theirs)) {
        (Some(p), Some(q)) => !x.times(p).meets(y.times(q)),
        _ => !x.meets(y) && comparable(mine, theirs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::quantity;

    #[test]
    fn money_is_compared_in_yen() {
        let parted = |a: &str, b: &str| differ(&quantity::parse(a), &quantity::parse(b), same);
        assert!(!parted("150百万円", "15,000万円") && !parted("1.5億円", "150百万円"));
        assert!(parted("150百万円", "16,000万円") && parted("3件", "4件"));
        assert!(!parted("3件", "4団体") && !parted("3名", "3人") && !parted("5km", "5,000m"));
        assert!(differ(&quantity::parse("3件"), &quantity::parse("4団体"), alike));
    }

    #[test]
    fn counted_and_measured() {
        for unit in ["件", "人", "施設", "か所", "市町村", "地点", "機関", ""] {
            assert!(is_counted(Some(unit)), "{unit}");
        }
        for unit in ["億円", "%", "ha", "kL", "千m3", "万人", "km", "t", "百万円"] {
            assert!(!is_counted(Some(unit)), "{unit}");
        }
        assert!(is_counted(None));
    }

    #[test]
    fn counters_of_one_meaning() {
        assert!(same(Some("人"), Some("名")));
        assert!(same(Some("箇所"), Some("か所")));
        assert!(!same(Some("件"), Some("機関")));
        assert_eq!(yen(Some("百万円")), Some(1e6));
        assert_eq!(yen(Some("件")), None);
    }
}
