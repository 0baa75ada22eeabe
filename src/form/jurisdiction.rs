//! Who published the document: the six-digit 全国地方公共団体コード.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::document::Jurisdiction;
use crate::geometry::Place;
use crate::layout::Layout;

/// Codes and names of all local governments, in the order of their codes; its head says where they are from.
const CODES: &str = include_str!("jurisdictions.csv");

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Listed {
    code: &'static str,
    name: &'static str,
    prefecture: &'static str,
}

/// Prefectures and cities by name; 府中市 and 伊達市 are two each. Towns, villages and wards share theirs with too much else.
static NAMED: LazyLock<HashMap<&'static str, Vec<Listed>>> = LazyLock::new(|| {
    let mut named: HashMap<_, Vec<Listed>> = HashMap::new();
    for one in listed().filter(|one| one.name == one.prefecture || one.name.ends_with('市')) {
        named.entry(one.name).or_default().push(one);
    }
    named
});

/// The most characters of a prefecture's or a city's name (かすみがうら市).
const LONGEST: usize = 7;

/// What may follow a prefecture's name only in its own documents: its ordinances and what it set up itself.
const OWN: [&str; 5] = ["独自の", "条例", "規則", "補助金交付要綱", "が設置した"];

/// What may follow a city's name only in its own documents. A prefecture's speak of what a city set up and of its
/// ordinances, too; but none cites theirs by number.
const CITED: [&str; 2] = ["条例", "規則"];

fn listed() -> impl Iterator<Item = Listed> {
    CODES.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).filter_map(|line| {
        let (code, names) = line.split_once(',')?;
        let (name, prefecture) = names.split_once(',')?;
        Some(Listed { code, name, prefecture })
    })
}

/// The jurisdiction of a six-digit code said by the user; `None` when its check digit is wrong.
/// The name is left out where the list does not have the code: that of an abolished municipality or a union.
pub fn from_code(code: &str) -> Option<Jurisdiction> {
    let digits: Vec<u32> = code.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    let [body @ .., check] = digits.as_slice() else { return None };
    if body.len() != 5 || check_digit(body) != *check || !(1..=47).contains(&(body[0] * 10 + body[1])) {
        return None;
    }
    let name = listed().find(|one| one.code == code).map(|one| one.name.to_owned());
    Some(Jurisdiction { code: code.to_owned(), name })
}

/// Check digit of a five-digit code: weights 6 to 2, modulus 11.
fn check_digit(body: &[u32]) -> u32 {
    let sum: u32 = body.iter().zip([6, 5, 4, 3, 2]).map(|(d, w)| d * w).sum();
    (11 - sum % 11) % 10
}

/// How many governments a document says are its own, with the first one's words and their line.
#[derive(Default)]
enum Said {
    #[default]
    Nobody,
    One(Listed, &'static str, Place),
    Several,
}

impl Said {
    fn add(&mut self, one: Listed, own: &'static str, place: Place) {
        match self {
            Said::Nobody => *self = Said::One(one, own, place),
            Said::One(first, ..) if *first != one => *self = Said::Several,
            _ => {}
        }
    }
}

/// The one prefecture whose own rules or institutions the document names, else the one city whose own rules it cites,
/// with the words that say so and their line.
pub(super) fn infer(layout: &Layout) -> Option<(Jurisdiction, String, Place)> {
    let (mut prefecture, mut city) = (Said::Nobody, Said::Nobody);
    for line in layout.pages.iter().flat_map(|p| &p.lines) {
        // Every name ends in one of five signs; few lines hold one before words of its own.
        for (at, sign) in line.text.match_indices(['県', '府', '都', '道', '市']) {
            let (before, rest) = line.text.split_at(at + sign.len());
            if sign == "市" {
                let Some(own) = CITED.into_iter().find(|own| cites(rest, own)) else { continue };
                let Some(one) = city_before(before) else { continue };
                city.add(one, own, line.place);
            } else {
                let Some(own) = OWN.into_iter().find(|own| rest.starts_with(own)) else { continue };
                let Some((_, [one])) = name_before(before) else { continue };
                prefecture.add(*one, own, line.place);
                if matches!(prefecture, Said::Several) {
                    return None;
                }
            }
        }
    }
    let (one, own, place) = match (prefecture, city) {
        (Said::One(one, own, place), _) | (Said::Nobody, Said::One(one, own, place)) => (one, own, place),
        _ => return None,
    };
    let jurisdiction = Jurisdiction { code: one.code.to_owned(), name: Some(one.name.to_owned()) };
    Some((jurisdiction, format!("{}{own}", one.name), place))
}

/// Whether a rule is cited by its number: 条例第４号.
fn cites(rest: &str, rule: &str) -> bool {
    rest.strip_prefix(rule).is_some_and(|rest| rest.trim_start().starts_with('第'))
}

/// The longest name at the end of a text, with what stands before it and all who bear it: 東大阪市 is not 大阪市.
fn name_before(text: &str) -> Option<(&str, &'static [Listed])> {
    let starts = text.char_indices().rev().take(LONGEST).map(|(at, _)| at);
    starts.filter_map(|at| Some((&text[..at], NAMED.get(&text[at..])?.as_slice()))).last()
}

/// The city whose name ends a text, if it is sure which: its prefecture stands before it; or it alone bears the name,
/// and nothing before it can be the beginning of another (上福岡市, no more in the list, is not 福岡市).
fn city_before(text: &str) -> Option<Listed> {
    let (before, bearers) = name_before(text)?;
    if let Some(one) = bearers.iter().find(|one| before.ends_with(one.prefecture)) {
        return Some(*one);
    }
    let [one] = bearers else { return None };
    let hiragana = |c: char| ('ぁ'..='ん').contains(&c);
    let apart = match before.chars().next_back() {
        // The year of a rule stands right before its city: 昭和39年札幌市条例第40号.
        None | Some('年') => true,
        Some(c) if hiragana(c) => !one.name.starts_with(hiragana),
        Some(c) => !c.is_alphabetic(),
    };
    apart.then_some(*one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Option<String> {
        let lines: Vec<_> = (1..)
            .zip(text.lines())
            .map(|(number, text)| crate::source::TextLine { number, page: 1, text: text.to_owned() })
            .collect();
        infer(&Layout::from_text(&lines)).map(|(j, words, _)| format!("{} {words}", j.code))
    }

    #[test]
    fn only_its_own_rules_name_a_prefecture() {
        assert_eq!(says("長野県独自の基準により").as_deref(), Some("200000 長野県独自の"));
        assert_eq!(says("東京都条例第４号").as_deref(), Some("130001 東京都条例"));
        assert_eq!(says("長野県から訪れた人"), None);
        assert_eq!(says("長野県条例と岐阜県条例"), None);
    }

    #[test]
    fn only_a_rule_cited_by_its_number_names_a_city() {
        for (text, told) in [
            ("（昭和39年札幌市条例第40号）", "011002 札幌市条例"),
            ("平成２年大阪府東大阪市規則 第３号", "272272 東大阪市規則"),
            ("及び四日市市条例第７号", "242021 四日市市条例"),
            ("かすみがうら市条例第１号\nかすみがうら市規則第２号", "082309 かすみがうら市条例"),
        ] {
            assert_eq!(says(text).as_deref(), Some(told), "{text}");
        }
        for text in [
            "札幌市条例により",
            "札幌市が設置した",
            "千歳市独自の",
            "札幌市条例第１号\n千歳市条例第１号",
            "港区条例第２号",
        ] {
            assert_eq!(says(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_that_two_cities_bear_needs_its_prefecture() {
        assert_eq!(says("府中市条例第３号"), None);
        assert_eq!(says("昭和50年伊達市規則第３号"), None);
        assert_eq!(says("東京都府中市条例第３号").as_deref(), Some("132063 府中市条例"));
        assert_eq!(says("広島県府中市条例第３号").as_deref(), Some("342084 府中市条例"));
    }

    #[test]
    fn the_end_of_a_longer_name_is_no_city() {
        assert_eq!(says("昭和47年上福岡市条例第３号"), None);
        assert_eq!(says("伊予三島市条例第３号"), None);
        assert_eq!(says("ああま市条例第３号"), None);
    }

    #[test]
    fn a_prefecture_goes_before_a_city_that_its_document_cites() {
        assert_eq!(says("札幌市条例第１号\n北海道条例第２号").as_deref(), Some("010006 北海道条例"));
        assert_eq!(says("札幌市条例第１号\n北海道条例第２号\n青森県条例第３号"), None);
    }

    #[test]
    fn codes_have_their_names() {
        let name = |code: &str| from_code(code).and_then(|j| j.name);
        for (code, told) in [
            ("470007", "沖縄県"),
            ("270008", "大阪府"),
            ("271004", "大阪市"),
            ("271021", "大阪市都島区"),
            ("131016", "千代田区"),
            ("013030", "当別町"),
            ("282219", "丹波篠山市"),
            ("473821", "与那国町"),
        ] {
            assert_eq!(name(code).as_deref(), Some(told), "{code}");
        }
        for wrong in ["470006", "271005", "47000", "27100", "４７０００７", "000000", "990000", ""] {
            assert_eq!(from_code(wrong), None, "{wrong}");
        }
        // 滝沢村, a city with another code since 2014.
        assert_eq!(from_code("033057"), Some(Jurisdiction { code: "033057".into(), name: None }));
    }

    #[test]
    fn the_list_is_whole_and_in_order() {
        let lines = CODES.lines().filter(|line| !line.starts_with('#')).count() - 1;
        let all: Vec<Listed> = listed().collect();
        assert_eq!(all.len(), lines, "every line is read");
        assert!(all.windows(2).all(|two| two[0].code < two[1].code));
        for one in &all {
            assert!(from_code(one.code).is_some(), "check digit of {one:?}");
            let prefecture = format!("{}000", &one.code[..2]);
            assert!(all.iter().any(|p| p.code.starts_with(&prefecture) && p.name == one.prefecture), "{one:?}");
        }
        let ending =
            |sign: char| all.iter().filter(|one| one.name != one.prefecture && one.name.ends_with(sign)).count();
        assert_eq!(all.iter().filter(|one| one.name == one.prefecture).count(), 47);
        // 23 wards of Tokyo and 171 of the 20 designated cities.
        assert_eq!(['市', '町', '村', '区'].map(ending), [792, 743, 183, 23 + 171]);
        assert!(NAMED.keys().all(|name| name.chars().count() <= LONGEST));
        let mut shared: Vec<_> = NAMED.iter().filter(|(_, all)| all.len() > 1).map(|(name, _)| *name).collect();
        shared.sort_unstable();
        assert_eq!(shared, ["伊達市", "府中市"]);
    }
}
