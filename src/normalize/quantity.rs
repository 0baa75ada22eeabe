//! Quantities: a number with its counter, its bound and its cumulative sum, as value cells print them.

use rust_decimal::Decimal;

use super::bound;
use super::dash::{self, split_sign};
use super::fold::{fold, key};
use super::numeral;
use super::percent;
use super::unit::is_unit;
use super::word;
use super::{Comparator, Number, Quantity, State};

/// Reads a value cell.
///
/// - `３件（６件）`: value 3, unit 件, cumulative 6. The sum in brackets must carry the same counter, or none;
/// - `38室（新規２室、継続36室、累計38室）`: value 38, cumulative 38; a breakdown without 累計 has none;
/// - `－件`: [`State::None`] without a unit; `調査中`, `非公表`, `該当なし` have their states;
/// - `△５％` is −5, `約30人` and `90％以上` have a comparator;
/// - the unit keeps the multiplier printed with it: `１，８３０億円` is 1830 of 億円; only a number with multipliers inside
///   it (`1億2,345万円`) is worked out, to 123450000 of 円.
///
/// Whatever is not for certain one number is [`State::Text`] without a value: a range, two numbers, an ordinal, a date,
/// an activity with a number in it. Ask [`holds_number`] whether such a text is worth a diagnostic.
pub fn parse(raw: &str) -> Quantity {
    let raw = raw.trim();
    let bare = |state| Quantity {
        raw: (!raw.is_empty()).then(|| raw.to_owned()),
        state,
        value: None,
        unit: None,
        comparator: None,
        cumulative: None,
    };
    if let Some(state) = word::state(raw) {
        return bare(state);
    }
    let Some(cell) = tighten(&fold(raw)) else { return bare(State::Text) };
    let (head, remark) = split_remark(&cell);
    if is_dash_with_unit(head) {
        let cumulative = remark.and_then(amount).filter(|sum| sum.comparator.is_none()).map(|sum| sum.value);
        let clear = cumulative.is_some() || remark.is_none_or(|r| !holds_number(r));
        return if clear { Quantity { cumulative, ..bare(State::None) } } else { bare(State::Text) };
    }
    let Some(amount) = amount(head) else { return bare(State::Text) };
    let cumulative = match remark.map_or(Ok(None), |remark| read_remark(remark, &amount)) {
        Ok(cumulative) => cumulative,
        Err(NotSure) => return bare(State::Text),
    };
    Quantity {
        value: Some(amount.value),
        unit: (!amount.unit.is_empty()).then_some(amount.unit),
        comparator: amount.comparator,
        cumulative,
        ..bare(State::Number)
    }
}

/// The cell prints a digit, so that reading it as [`State::Text`] may have lost a value.
pub fn holds_number(raw: &str) -> bool {
    raw.chars().any(|c| numeral::digit(c).is_some())
}

/// The indicator counts from the first year on: its name says 累計 (`訪問回数（累計）`), even over a line break.
pub fn is_cumulative_name(name: &str) -> bool {
    let name = key(name);
    name.contains("累計") && !name.contains("累計を除") && !name.contains("累計除")
}

/// More than one reading is possible.
struct NotSure;

/// One number with what belongs to it.
struct Amount {
    value: Number,
    unit: String,
    comparator: Option<Comparator>,
}

/// Takes white space out, but for a space between two numbers: these are two, and no quantity.
fn tighten(folded: &str) -> Option<String> {
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut out = String::with_capacity(folded.len());
    let mut spaced = false;
    for c in folded.chars() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        if spaced && numeric(c) && out.chars().next_back().is_some_and(numeric) {
            return None;
        }
        spaced = false;
        out.push(c);
    }
    Some(out)
}

/// `3件(6件)` → `3件` and `6件`: the bracket that closes the cell, and what stands before it. A footnote sign at the end
/// (`※`, `※2`) is left aside.
fn split_remark(cell: &str) -> (&str, Option<&str>) {
    let cell = match cell.rsplit_once('※') {
        Some((head, note)) if note.len() < 3 && note.bytes().all(|b| b.is_ascii_digit()) => head,
        _ => cell,
    };
    let Some(inner) = cell.strip_suffix(')') else { return (cell, None) };
    match inner.split_once('(') {
        Some((head, remark)) if !head.is_empty() && balanced(remark) => (head, Some(remark)),
        _ => (cell, None),
    }
}

fn balanced(s: &str) -> bool {
    let mut depth = 0i32;
    s.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0
}

/// `-件`: a dash that keeps the counter of its column.
fn is_dash_with_unit(s: &str) -> bool {
    let unit = s.trim_start_matches(dash::is_dash);
    unit.len() < s.len() && is_unit(unit)
}

/// `約30人`, `△5%`, `90%以上`, `延べ120人`.
fn amount(s: &str) -> Option<Amount> {
    let (before, s) = bound::before(s);
    let s = ["延べ", "のべ"].iter().find_map(|word| s.strip_prefix(word)).unwrap_or(s);
    let (before, s) = match before {
        None => bound::before(s),
        Some(_) => (before, s),
    };
    let (negative, s) = split_sign(s);
    let (after, s) = bound::after(s);
    let printed = s;
    let (number, s) = number(s)?;
    let (number, s) = match s.strip_prefix('割') {
        // `8割5分` is one number, of percent.
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => (percent::parse(printed)?, "%"),
        _ => (number, s),
    };
    // `90以上%` puts the bound before the counter.
    let (between, unit) = match bound_between(s) {
        Some((comparator, unit)) => (Some(comparator), unit),
        None => (None, s),
    };
    if !is_unit(unit) || (between.is_some() && after.is_some()) {
        return None;
    }
    // `2030年` is a date, `30年` as well a span.
    if unit == "年" && is_gregorian(number) {
        return None;
    }
    let comparator = bound::one(before, after.or(between)).ok()?;
    let value = if negative && !number.0.is_zero() { Number(-number.0) } else { number };
    Some(Amount { value, unit: unit.to_owned(), comparator })
}

fn is_gregorian(number: Number) -> bool {
    number.0.scale() == 0 && number.0 >= Decimal::from(1868) && number.0 <= Decimal::from(2100)
}

fn bound_between(s: &str) -> Option<(Comparator, &str)> {
    ["以上", "以下", "以内", "未満", "超"].iter().find_map(|word| {
        let unit = s.strip_prefix(word).filter(|unit| !unit.is_empty())?;
        Some((bound::after(word).0?, unit))
    })
}

/// The number at the start, and its counter. One multiplier behind Arabic digits stays with the counter; a number that
/// goes on behind it is worked out.
fn number(s: &str) -> Option<(Number, &str)> {
    if !s.starts_with(|c: char| c.is_ascii_digit()) {
        return kanji_number(s);
    }
    let (value, end) = numeral::arabic_prefix(s)?;
    let rest = &s[end..];
    let inside = rest.trim_start_matches(|c| "十百千万億兆".contains(c));
    if inside.len() < rest.len() && inside.starts_with(|c: char| c.is_ascii_digit()) {
        let (value, end) = numeral::prefix(s)?;
        return Some((Number(value), &s[end..]));
    }
    Some((Number(value), rest))
}

/// `三件`, `二十か所`. Kanji numerals begin many words (一部, 三重, 十分, 千葉), so the counter must be a plain one.
fn kanji_number(s: &str) -> Option<(Number, &str)> {
    const COUNTERS: [&str; 24] = [
        "件",
        "人",
        "名",
        "回",
        "社",
        "校",
        "台",
        "棟",
        "戸",
        "室",
        "か所",
        "ヶ所",
        "箇所",
        "団体",
        "市町村",
        "地区",
        "円",
        "店",
        "施設",
        "品目",
        "事業",
        "企業",
        "%",
        "種類",
    ];
    // 千円 and 百人 are units before they are numbers.
    s.chars().next().filter(|&c| c == '十' || numeral::kanji_digit(c).is_some())?;
    let (value, end) = numeral::prefix(s)?;
    let unit = &s[end..];
    (value.scale() == 0 && COUNTERS.contains(&unit)).then_some((Number(value), unit))
}

/// The cumulative sum that the bracket behind a number prints, `Ok(None)` for one that prints none.
fn read_remark(remark: &str, main: &Amount) -> Result<Option<Number>, NotSure> {
    // `3件(中止)`: what counts is not the number.
    if ["中止", "延期", "見送", "未", "調査中"].iter().any(|word| remark.contains(word)) {
        return Err(NotSure);
    }
    // `15(人)` may mean the counter, `15(暫定)` does not.
    if main.unit.is_empty() && is_unit(remark) && !remark.is_empty() {
        return Err(NotSure);
    }
    let same = |sum: &Amount| sum.comparator == main.comparator && (sum.unit.is_empty() || sum.unit == main.unit);
    if let Some(sum) = amount(remark) {
        // A percentage has no running sum, and a sum does not fall below zero: these are comparisons.
        let comparison = ["%", "割"].contains(&main.unit.as_str()) || sum.value.0.is_sign_negative();
        return match same(&sum) {
            _ if comparison => Ok(None),
            // A footnote (`3件(2)`) or a year (`3件(2019)`)?
            // A running sum is no smaller than its last part: `10件(5件)` says something else.
            _ if same(&sum) && sum.value < main.value => Err(NotSure),
            _ if sum.unit.is_empty() && is_gregorian(sum.value) => Err(NotSure),
            true => Ok(Some(sum.value)),
            // `12回(300人)` tells something else; `12(300人)` and `12回(約20回)` may or may not.
            false if main.unit.is_empty() || sum.unit == main.unit => Err(NotSure),
            false => Ok(None),
        };
    }
    let mut cumulative = None;
    for item in items(remark) {
        let Some(at) = item.find(|c: char| c.is_ascii_digit()) else { continue };
        let (label, printed) = item.split_at(at);
        // `平成28年度累計` says what the number in front is; any other year that the number is not of this cell's.
        if printed.contains('年') || ["R", "H", "S", "平成", "令和", "昭和"].iter().any(|era| label.ends_with(era))
        {
            if item.ends_with("累計") {
                continue;
            }
            return Err(NotSure);
        }
        if !label.contains("累計") {
            continue;
        }
        let sum = amount(printed).filter(same).ok_or(NotSure)?;
        if cumulative.replace(sum.value).is_some() {
            return Err(NotSure);
        }
    }
    Ok(cumulative)
}

/// Parts a list at `、`, `;` and `,`, but not at a thousands separator.
fn items(list: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut from = 0;
    for (at, sign) in list.match_indices(['、', ';', ',']) {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let rest = &list[at + sign.len()..];
        if sign == "," && digit(list[..at].chars().next_back()) && digit(rest.chars().next()) {
            continue;
        }
        items.push(&list[from..at]);
        from = at + sign.len();
    }
    items.push(&list[from..]);
    items
}

#[cfg(test)]
#[path = "quantity_tests.rs"]
mod tests;
