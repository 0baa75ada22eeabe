//! Who published the document: the six-digit 全国地方公共団体コード.

use super::document::Jurisdiction;
use crate::geometry::Place;
use crate::layout::Layout;

/// The prefectures in the order of their codes (JIS X 0401): the first is 01.
const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// What may follow a prefecture's name only in its own documents: its ordinances and what it set up itself.
const OWN: [&str; 5] = ["独自の", "条例", "規則", "補助金交付要綱", "が設置した"];

/// The jurisdiction of a six-digit code said by the user; `None` when its check digit is wrong.
/// The name is known for prefectures only.
pub fn from_code(code: &str) -> Option<Jurisdiction> {
    let digits: Vec<u32> = code.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    let [body @ .., check] = digits.as_slice() else { return None };
    if body.len() != 5 || check_digit(body) != *check || !(1..=47).contains(&(body[0] * 10 + body[1])) {
        return None;
    }
    let prefecture = (body[0] * 10 + body[1]) as usize;
    let name = if body[2..] == [0, 0, 0] { Some(PREFECTURES[prefecture - 1].to_owned()) } else { None };
    Some(Jurisdiction { code: code.to_owned(), name })
}

/// Check digit of a five-digit code: weights 6 to 2, modulus 11.
fn check_digit(body: &[u32]) -> u32 {
    let sum: u32 = body.iter().zip([6, 5, 4, 3, 2]).map(|(d, w)| d * w).sum();
    (11 - sum % 11) % 10
}

/// The one prefecture whose own rules or institutions the document names, with the words that say so and their line.
pub(super) fn infer(layout: &Layout) -> Option<(Jurisdiction, String, Place)> {
    let mut found: Option<(usize, &str, Place)> = None;
    for line in layout.pages.iter().flat_map(|p| &p.lines) {
        // Every name ends in one of four signs; few lines hold one before words of its own.
        for (at, _) in line.text.match_indices(['県', '府', '都', '道']) {
            let (before, rest) = line.text.split_at(at + '県'.len_utf8());
            let Some(own) = OWN.iter().find(|own| rest.starts_with(**own)) else { continue };
            let Some(index) = PREFECTURES.iter().position(|name| before.ends_with(name)) else { continue };
            match found {
                Some((other, ..)) if other != index => return None,
                Some(_) => {}
                None => found = Some((index, own, line.place)),
            }
        }
    }
    let (index, own, place) = found?;
    let words = format!("{}{own}", PREFECTURES[index]);
    let prefecture = index as u32 + 1;
    let body = [prefecture / 10, prefecture % 10, 0, 0, 0];
    let code = format!("{prefecture:02}000{}", check_digit(&body));
    Some((Jurisdiction { code, name: Some(PREFECTURES[index].to_owned()) }, words, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_rules_name_a_prefecture() {
        let says = |text: &str| {
            let line = crate::source::TextLine { number: 1, page: 1, text: text.to_owned() };
            infer(&Layout::from_text(&[line])).map(|(j, ..)| j.code)
        };
        assert_eq!(says("長野県独自の基準により").as_deref(), Some("200000"));
        assert_eq!(says("東京都条例第４号").as_deref(), Some("130001"));
        assert_eq!(says("長野県から訪れた人"), None);
        assert_eq!(says("長野県条例と岐阜県条例"), None);
    }

    #[test]
    fn codes_of_prefectures_and_cities() {
        assert_eq!(from_code("470007").and_then(|j| j.name).as_deref(), Some("沖縄県"));
        assert_eq!(from_code("270008").and_then(|j| j.name).as_deref(), Some("大阪府"));
        assert_eq!(from_code("271004"), Some(Jurisdiction { code: "271004".into(), name: None }));
        for wrong in ["470006", "47000", "４７０００７", "000000", "990000", ""] {
            assert_eq!(from_code(wrong), None, "{wrong}");
        }
    }
}
