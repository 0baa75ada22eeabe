//! Which lines of a column's text are a table in it: rows of values one below the other, with the lines of their headings.

use super::part::Text;
use crate::form::department_theme::raw::RawTable;
use crate::form::department_theme::words;
use crate::form::document::Method;
use crate::form::slot::{Reading, Slot};
use crate::layout::Span;
use crate::normalize::{State, bullet, era, fold, quantity, unit, word};

/// The longest line of a table's heading, in characters.
const LONGEST: usize = 20;
/// More lines than this are not tried as headings of one table.
const MOST: usize = 14;
/// More columns than this are not tried either.
const WIDEST: usize = 8;

/// What the columns' text consists of.
#[derive(Debug, Clone)]
pub(super) enum Unit {
    Line(usize),
    Table(RawTable),
    /// Rows of the tables of the second and the third column, printed side by side.
    Beside(RawTable, RawTable),
}

impl Unit {
    pub fn text<'a>(&self, text: &Text<'a>) -> &'a str {
        let span = match self {
            Unit::Line(at) => return text.text(*at),
            Unit::Table(t) | Unit::Beside(t, _) => t.rows.iter().flatten().flat_map(Slot::spans).next(),
        };
        span.map_or("", |s| text.layout.text(&s.clone()))
    }
}

/// Lines → units. `open`: how many cells a row has of the table that each column's text ended with on the page before.
pub(super) fn units(text: &Text, lines: &[usize], open: &[usize; 3]) -> Vec<Unit> {
    let cells: Vec<Vec<Span>> = lines.iter().map(|&at| cells(text, at)).collect();
    let values = |k: usize| is_row(text, &cells[k]);
    let mut out: Vec<Unit> = Vec::new();
    let mut k = 0;
    while k < lines.len() {
        if let Some((rows, end)) = one_below_the_other(text, &cells, k) {
            let mut raw = table(text, rows);
            header(text, &mut out, &mut raw);
            out.push(Unit::Table(raw));
            k = end;
            continue;
        }
        let end = (k..lines.len()).take_while(|&j| values(j)).last().map_or(k, |j| j + 1);
        let dated = end > k && is_year(text, &cells[k]);
        if end == k || !(dated || end - k >= 2) {
            out.push(Unit::Line(lines[k]));
            k += 1;
            continue;
        }
        let rows = &cells[k..end];
        let both = open[1] + open[2];
        if open[1] > 0 && open[2] > 0 && out.is_empty() && rows.iter().all(|r| r.len() == both) {
            let half = |from: usize, to: usize| table(text, rows.iter().map(|r| r[from..to].to_vec()).collect());
            let (left, right) = (half(0, open[1]), half(open[1], both));
            out.push(Unit::Beside(left, right));
        } else if out.is_empty() && open[1] > 0 && open[1] == open[2] && is_twice(text, rows) {
            // The rest of both tables, one after the other.
            let (left, right) = rows.split_at(rows.len() / 2);
            out.push(Unit::Table(table(text, left.to_vec())));
            out.push(Unit::Table(table(text, right.to_vec())));
        } else {
            let mut raw = table(text, rows.to_vec());
            header(text, &mut out, &mut raw);
            out.push(Unit::Table(raw));
        }
        k = end;
    }
    out
}

/// A table of which each cell stands on a line of its own: years at an even distance, values between them.
fn one_below_the_other(text: &Text, cells: &[Vec<Span>], k: usize) -> Option<(Vec<Vec<Span>>, usize)> {
    let mut rows: Vec<Vec<Span>> = Vec::new();
    let (mut end, mut width) = (k, WIDEST);
    for line in &cells[k..] {
        let [cell] = &line[..] else { break };
        let begins = is_year(text, line) && rows.last().is_none_or(|r| r.len() > 1);
        match rows.last_mut() {
            _ if begins => rows.push(line.clone()),
            // No row is wider than the first.
            Some(row) if is_value(text, cell) && row.len() < width => row.push(cell.clone()),
            _ => break,
        }
        if rows.len() == 2 {
            width = rows[0].len();
        }
        end += 1;
    }
    (rows.len() >= 2 && width >= 2).then_some((rows, end))
}

/// The parts of a line between spaces, a number and the counter behind it as one.
fn cells(text: &Text, at: usize) -> Vec<Span> {
    let line = &text.lines[at].span;
    let printed = text.text(at);
    if bullet::bullet(printed).is_some() || printed.contains(['：', ':', '。', '、']) {
        return Vec::new();
    }
    let mut out: Vec<Span> = Vec::new();
    let mut start: Option<usize> = None;
    let chars: Vec<char> = printed.chars().collect();
    for (i, c) in chars.iter().copied().chain([' ']).enumerate() {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(i),
            (true, Some(from)) => {
                out.push(Span { start: line.start + from, end: line.start + i, ..line.clone() });
                start = None;
            }
            _ => {}
        }
    }
    let mut joined: Vec<Span> = Vec::new();
    for span in out {
        let word = fold::key(text.layout.text(&span));
        let counter = !word.starts_with(|c: char| c.is_ascii_digit())
            && word::state(&word).is_none()
            && !word.is_empty()
            && unit::is_unit(&word);
        match joined.last_mut() {
            Some(last) if counter && is_number(text, last) => last.end = span.end,
            _ => joined.push(span),
        }
    }
    joined
}

fn is_number(text: &Text, span: &Span) -> bool {
    fold::key(text.layout.text(span)).ends_with(|c: char| c.is_ascii_digit())
}

/// Two cells at least, and a value in each but the first.
fn is_row(text: &Text, cells: &[Span]) -> bool {
    let value = |s: &Span| is_value(text, s);
    let (Some(first), rest) = (cells.first(), cells.get(1..).unwrap_or_default()) else { return false };
    let head = text.layout.text(first);
    let label = head.chars().count() <= 12 && !head.starts_with(['（', '(', '＜', '<', '【', '《']);
    !rest.is_empty() && label && rest.iter().all(value)
}

/// A number, a word in place of one, or the year that begins the row of the table beside it.
fn is_value(text: &Text, cell: &Span) -> bool {
    let printed = text.layout.text(cell);
    word::state(printed).is_some()
        || quantity::parse(printed).state == State::Number
        || era::fiscal_year(printed).is_some()
}

/// A row of a year: `28`, `H30`, `令和元年度`.
fn is_year(text: &Text, cells: &[Span]) -> bool {
    let Some(first) = cells.first().map(|s| fold::key(text.layout.text(s))) else { return false };
    let bare = first.strip_suffix("年度").or(first.strip_suffix('年')).unwrap_or(&first);
    era::fiscal_year(&first).is_some()
        || era::bare_heisei(bare).is_some()
        || bare.parse::<u16>().is_ok_and(|y| (1900..2200).contains(&y))
}

/// The same first cells twice over.
fn is_twice(text: &Text, rows: &[Vec<Span>]) -> bool {
    let first = |r: &Vec<Span>| r.first().map(|s| fold::key(text.layout.text(s)));
    let (a, b) = rows.split_at(rows.len() / 2);
    !a.is_empty() && a.len() == b.len() && a.iter().map(first).eq(b.iter().map(first))
}

fn read(spans: Vec<Span>, method: Method) -> Slot {
    Slot::Read(Reading { spans, method })
}

/// Rows of one width; where a row has fewer cells, a merged one is taken to stand at its end.
fn table(text: &Text, rows: Vec<Vec<Span>>) -> RawTable {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut doubt = None;
    let rows = rows.into_iter().map(|row| {
        let short = row.len() < width;
        let last = row.last().map_or("", |s| text.layout.text(s));
        if short {
            doubt = Some(format!("a row has fewer cells than others; 「{last}」 is taken to fill the rest of it"));
        }
        let method = if short { Method::Inferred } else { Method::Order };
        let mut cells: Vec<Slot> = row.into_iter().map(|s| read(vec![s], method)).collect();
        cells.resize(width, Slot::Blank(None));
        cells
    });
    let rows = rows.collect();
    RawTable { rows, doubt, ..RawTable::default() }
}

/// Takes the lines of a table's headings off the text before it and parts them into its columns.
fn header(text: &Text, before: &mut Vec<Unit>, raw: &mut RawTable) {
    let width = raw.rows.first().map_or(0, Vec::len);
    let mut lines: Vec<usize> = Vec::new();
    for unit in before.iter().rev().take(MOST) {
        let Unit::Line(at) = unit else { break };
        let line = text.text(*at).trim();
        let plain = bullet::bullet(line).is_none()
            && line.chars().filter(|c| !c.is_whitespace()).count() <= LONGEST
            && !line.starts_with(['（', '(', '【', '《', '<', '＜', '→'])
            && !line.contains(['：', ':', '。', '、', '「'])
            && !line.contains(|c: char| c.is_ascii_digit())
            && words::target_type(line).is_none();
        if !plain {
            break;
        }
        lines.push(*at);
    }
    lines.reverse();
    let titled = before.len() > lines.len()
        && matches!(&before[before.len() - lines.len() - 1], Unit::Line(at) if bullet::bracketed(text.text(*at)).is_some());
    // Without a heading over them the lines may begin with text of the column: the first that names a year or a class is
    // the first column's.
    if !titled {
        let first = |line: &str| {
            let key = fold::key(line);
            ["年度", "年", "区分", "項目", "名称"].iter().any(|w| key.ends_with(w))
                || key.ends_with("年度") && key.len() < 16
        };
        let Some(at) = lines.iter().rposition(|&l| text.text(l).split_whitespace().next().is_some_and(first)) else {
            if !before.is_empty() {
                raw.doubt = Some("the headings of its columns were not found".to_owned());
            }
            return;
        };
        let lone = fold::key(text.text(lines[at])).chars().count() <= 2 && at > 0;
        lines.drain(..if lone { at - 1 } else { at });
    }
    let tokens: Vec<(usize, Span)> =
        lines.iter().flat_map(|&l| cells(text, l).into_iter().map(move |s| (l, s))).collect();
    let Some(parted) = part(text, &tokens, width, raw) else {
        raw.doubt = Some("the headings of its columns were not found, or could not be parted".to_owned());
        return;
    };
    before.truncate(before.len() - lines.len());
    let sure = parted.len() == tokens.len();
    if !sure {
        let message = "which lines are one heading of a column was told by their words".to_owned();
        raw.doubt = raw.doubt.take().or(Some(message));
    }
    let method = if sure { Method::Order } else { Method::Inferred };
    raw.header = parted.into_iter().map(|spans| read(spans, method)).collect();
}

/// Parts the words of a header into `width` cells.
fn part(text: &Text, tokens: &[(usize, Span)], width: usize, raw: &RawTable) -> Option<Vec<Vec<Span>>> {
    if width == 0 || width > WIDEST || tokens.len() < width || tokens.len() > MOST {
        return None;
    }
    let words: Vec<String> = tokens.iter().map(|(_, s)| fold::key(text.layout.text(s))).collect();
    let first: Vec<Span> = raw.rows.first().and_then(|r| r.first()).map_or_else(Vec::new, |s| s.spans().to_vec());
    let years = is_year(text, &first);
    // best[c][t]: the first t words as c cells.
    let mut best: Vec<Vec<Option<(i32, usize)>>> = vec![vec![None; tokens.len() + 1]; width + 1];
    best[0][0] = Some((0, 0));
    for c in 1..=width {
        for t in c..=tokens.len() {
            for from in c - 1..t {
                let Some((so_far, _)) = best[c - 1][from] else { continue };
                // A space inside a line parts headings more often than not.
                let joined = tokens[from..t].windows(2).filter(|w| w[0].0 == w[1].0).count() as i32;
                let score = so_far + likely(&words[from..t], c == 1 && years) - 3 * joined;
                if best[c][t].is_none_or(|(other, _)| score > other) {
                    best[c][t] = Some((score, from));
                }
            }
        }
    }
    let mut cells = Vec::new();
    let mut t = tokens.len();
    for c in (1..=width).rev() {
        let (_, from) = best[c][t]?;
        cells.push(tokens[from..t].iter().map(|(_, s)| s.clone()).collect());
        t = from;
    }
    cells.reverse();
    Some(cells)
}

/// How likely the words are one heading of a column.
fn likely(words: &[String], of_years: bool) -> i32 {
    const ENDS: [&str; 30] = [
        "年度", "年", "数", "率", "額", "量", "計", "中", "済", "件", "名", "者", "成立", "達成", "実績", "目標",
        "状況", "区分", "項目", "比", "割合", "増減", "日", "先", "着工", "契約", "決定", "実施", "完了", "備考",
    ];
    let ends = |w: &str| ENDS.iter().any(|e| w.ends_with(e));
    let open = |w: &str| w.ends_with(['/', '・', '、', '(']);
    let Some((last, before)) = words.split_last() else { return 0 };
    let mut score = 0;
    score += if ends(last) { 4 } else { 0 };
    score += if of_years && (last.ends_with("年度") || last.ends_with('年')) { 6 } else { 0 };
    score -= if open(last) { 10 } else { 0 };
    // One character is the rest of a word.
    score -= if before.is_empty() && last.chars().count() == 1 { 8 } else { 0 };
    score += if !before.is_empty() && last.chars().count() == 1 { 6 } else { 0 };
    for word in before {
        score -= 1;
        score += if open(word) { 4 } else { 0 };
        score -= if ends(word) { 4 } else { 0 };
    }
    score
}
