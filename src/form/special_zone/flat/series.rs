//! 別紙１ in flattened text: one chunk a target, and the findings between the chunks.

use std::sync::LazyLock;

use regex::Regex;

use super::findings;
use super::is_furniture;
use super::lex::{self, Piece, is_value, slot, words};
use crate::form::document::Method;
use crate::form::special_zone::annex::target;
use crate::form::special_zone::labels::{self, NARRATIVE_TEXTS, Narrative};
use crate::form::special_zone::raw::{Passage, RawAnnex, RawSeriesYear, RawZone, Slot};
use crate::form::special_zone::rows::Row;
use crate::form::special_zone::tape::Tape;
use crate::layout::{Layout, Span};
use crate::normalize::fold::key;

/// What a chunk prints, in its order.
enum Event {
    Label(Narrative),
    Text(Vec<Piece>),
}

/// One table of one target as flattened.
#[derive(Default)]
struct Chunk {
    years: Vec<(i32, Slot)>,
    /// 目標値, 実績値, 進捗度
    values: [Option<Vec<Slot>>; 3],
    /// 目標値 or 実績値 stood alone on its line.
    labelled: [bool; 2],
    /// The row whose values may go on line by line: its label stood on the line before.
    open: Option<usize>,
    /// The last row of this kind was a label alone.
    bare: bool,
    indicator: Vec<Span>,
    target: Vec<Span>,
    events: Vec<Event>,
}

impl Chunk {
    fn is_empty(&self) -> bool {
        self.years.is_empty() && self.target.is_empty() && self.values.iter().all(Option::is_none) && !self.labelled[0]
    }
}

pub(super) fn read(layout: &Layout, rows: &[&Row], zone: &mut RawZone) {
    let parted = lex::is_parted(rows);
    let mut chunk = Chunk::default();
    let mut remarks: Vec<&Row> = Vec::new();
    let mut in_findings = false;
    let mut last_indicator: Option<u32> = None;
    let mut i = 0;
    while i < rows.len() {
        let row = rows[i];
        let key = row.key.as_str();
        let begins_target = begins_target(&rows[i..]);
        let years = years(layout, &rows[i..]);
        let value = value_label(key);
        // The next table begins with what this one has already.
        let again = !years.1.is_empty() && !chunk.years.is_empty()
            || value.is_some_and(|v| v < 2 && (chunk.labelled[v] || chunk.values[v].is_some()))
            || begins_target && !chunk.target.is_empty();
        if again || (in_findings && (!years.1.is_empty() || value.is_some())) {
            last_indicator = close(layout, std::mem::take(&mut chunk), zone).or(last_indicator);
            findings::read(layout, &std::mem::take(&mut remarks), last_indicator, zone);
            in_findings = false;
        }
        // The indicator's cell of a table prints its number alone, too.
        let about = !begins_target && !key.starts_with("評価指標") && labels::finding_about(key).is_some();
        let heading = key.contains("現地調査時") && key.starts_with('■') || key.starts_with("[指摘事項]");
        if about || heading {
            in_findings = true;
        }
        if is_furniture(key) || row.is_page_number(layout) {
            zone.labels.extend_from_slice(&row.spans);
            i += 1;
            continue;
        }
        // A notice of what the page withholds.
        if key.starts_with("※このページ") {
            i += 1;
            while i < rows.len() && !rows[i - 1].key.ends_with('。') && !rows[i].apart {
                i += 1;
            }
            continue;
        }
        if in_findings {
            remarks.push(row);
            i += 1;
            continue;
        }
        if !years.1.is_empty() {
            for row in &rows[i..i + years.0] {
                zone.labels.extend_from_slice(&row.spans);
            }
            chunk.years = years.1;
            i += years.0;
            continue;
        }
        if let Some(taken) = values(layout, row, value, &mut chunk, zone) {
            i += taken;
            continue;
        }
        if begins_target {
            let taken =
                1 + rows[i..].iter().skip(1).take(12).position(|r| r.key.starts_with("寄与")).map_or(0, |p| p + 1);
            chunk.target = rows[i..i + taken].iter().flat_map(|r| r.spans.iter().cloned()).collect();
            i += taken;
            continue;
        }
        if key.starts_with("評価指標(") {
            let end =
                |r: &&&Row| (parted && r.apart) || r.key.starts_with("数値目標(") || value_label(&r.key).is_some();
            let taken = 1 + rows[i + 1..].iter().take(8).position(|r| end(&r)).unwrap_or(0);
            // The last signs of the narrow cell may stand apart.
            let tail = rows.get(i + taken).is_some_and(|r| r.apart && r.width <= 8 && value_label(&r.key).is_none());
            let taken = taken + usize::from(parted && tail && rows.get(i + taken + 1).is_none_or(|r| r.apart));
            if chunk.indicator.is_empty() {
                chunk.indicator = rows[i..i + taken].iter().flat_map(|r| r.spans.iter().cloned()).collect();
            }
            i += taken;
            continue;
        }
        if let Some((narrative, taken, rest)) = narrative_label(layout, &rows[i..], parted) {
            for row in &rows[i..i + taken - usize::from(rest.is_some())] {
                zone.labels.extend_from_slice(&row.spans);
            }
            chunk.events.push(Event::Label(narrative));
            if let Some((label, text)) = rest {
                zone.labels.push(label);
                chunk.events.push(Event::Text(vec![Piece::part(layout, text)]));
            }
            i += taken;
            continue;
        }
        match chunk.events.last_mut() {
            Some(Event::Text(text)) if !(parted && row.apart) => text.push(Piece::of(row)),
            _ => chunk.events.push(Event::Text(vec![Piece::of(row)])),
        }
        i += 1;
    }
    last_indicator = close(layout, chunk, zone).or(last_indicator);
    findings::read(layout, &remarks, last_indicator, zone);
    zone.without_table();
}

/// Does the left-hand cell of a table begin here? The weight at its end tells it from a heading of the findings.
fn begins_target(rows: &[&Row]) -> bool {
    rows.first().is_some_and(|r| r.key.starts_with("数値目標("))
        && rows.iter().take(12).any(|r| r.key.starts_with("寄与"))
        && !rows.iter().skip(1).take_while(|r| !r.key.starts_with("寄与")).any(|r| r.key.starts_with("数値目標("))
}

fn value_label(key: &str) -> Option<usize> {
    [("目標値", 0), ("実績値", 1), ("進捗度", 2), ("進捗率", 2)].iter().find_map(|(word, at)| {
        let rest = key.strip_prefix(word)?;
        let value = rest.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        (rest.is_empty() || rest == "(%)" || value).then_some(*at)
    })
}

static YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:平成|令和)\s*(?:元|[0-9]{1,2})\s*年度|[HR][0-9]{1,2}(?:年度)?").ok());

/// The years of a heading line (and how many lines it takes); none where other words stand between them.
fn years(layout: &Layout, rows: &[&Row]) -> (usize, Vec<(i32, Slot)>) {
    let Some(first) = rows.first() else { return (0, Vec::new()) };
    // 当初（平成23年度 may be cut from its closing bracket.
    let wrapped = first.key.starts_with("当初(")
        && !first.key.contains(')')
        && rows.get(1).is_some_and(|r| r.key.starts_with(')'));
    let mut taken = 1 + usize::from(wrapped);
    // One year a line.
    if !wrapped && labels::year(&first.key).is_some() {
        taken += rows[1..].iter().take(12).take_while(|r| labels::year(&r.key).is_some()).count();
    }
    let spans: Vec<Span> = rows[..taken].iter().flat_map(|r| r.spans.iter().cloned()).collect();
    if first.key.chars().count() > 120 {
        return (0, Vec::new());
    }
    let tape = Tape::new(layout, &spans);
    let mut out = Vec::new();
    let mut rest = tape.text.clone();
    for found in YEAR.iter().flat_map(|r| r.find_iter(&tape.text)) {
        let Some(year) = labels::year(&key(found.as_str())) else { continue };
        out.push((year, Slot::read(tape.spans(found.range()), Method::Order)));
        rest = rest.replacen(found.as_str(), "", 1);
    }
    let bare: String = rest.chars().filter(|c| !c.is_whitespace() && !"()当初".contains(*c)).collect();
    if out.len() > 1 && bare.is_empty() { (taken, out) } else { (0, Vec::new()) }
}

/// 目標値 7億円 …, a line of values alone, or 進捗度（％）.
fn values(layout: &Layout, row: &Row, label: Option<usize>, chunk: &mut Chunk, zone: &mut RawZone) -> Option<usize> {
    let all: Vec<Span> = row.spans.iter().flat_map(|s| words(layout, s)).collect();
    if matches!(row.key.as_str(), "(%)" | "進捗度(%)" | "進捗率(%)") {
        zone.labels.extend_from_slice(&row.spans);
        return Some(1);
    }
    let (head, tail): (&[Span], &[Span]) = match label {
        Some(_) => all.split_at(all.len().min(1)),
        None => (&[], &all),
    };
    if label.is_none() && tail.is_empty() || !tail.iter().all(|s| is_value(layout.text(s))) {
        return None;
    }
    zone.labels.extend_from_slice(head);
    if let Some(v) = label.filter(|v| *v < 2) {
        chunk.labelled[v] = true;
    }
    let slots = || tail.iter().map(|s| Slot::read(vec![s.clone()], Method::Order));
    if tail.is_empty() {
        // Two labels in a row say nothing of the values below them.
        chunk.open = label.filter(|_| !chunk.bare);
        chunk.bare = true;
        return Some(1);
    }
    chunk.bare = false;
    let percent = tail.iter().any(|s| layout.text(s).contains(['%', '％']));
    // One value a line, below its label.
    if let (None, [_], Some(at)) = (label, tail, chunk.open)
        && (at == 2) == percent
    {
        chunk.values[at].get_or_insert_default().extend(slots());
        return Some(1);
    }
    chunk.open = None;
    // 目標値 stands above 実績値; a unit of percent goes to its own line when it is labelled.
    let at = match label {
        Some(v) => v,
        None if percent && chunk.values[2].is_none() => 2,
        None => chunk.values[..2].iter().position(Option::is_none)?,
    };
    if chunk.values[at].is_some() {
        return None;
    }
    chunk.values[at] = Some(slots().collect());
    Some(1)
}

/// A label of a passage: how many lines it takes, and the text behind it on its line.
type Rest = Option<(Span, Span)>;
fn narrative_label(layout: &Layout, rows: &[&Row], parted: bool) -> Option<(Narrative, usize, Rest)> {
    let narrative = labels::narrative(&rows.first()?.key)?;
    let texts: Vec<&str> = NARRATIVE_TEXTS.iter().filter(|(_, n)| *n == narrative).map(|(t, _)| *t).collect();
    let mut taken = 0;
    // A label may end with any of its parts.
    while let Some(n) = lex::labels_at(rows[taken..].iter().map(|r| r.key.as_str()), &texts).filter(|_| taken < 12) {
        taken += n;
    }
    if taken > 0 {
        return Some((narrative, taken, None));
    }
    // Text on the label's own line.
    let first = rows[0].spans.first()?;
    let all = words(layout, first);
    let (label, rest) = all.split_first()?;
    if texts.contains(&key(layout.text(label)).as_str()) {
        let rest = Span::new(first.page, first.line, rest.first()?.start..first.end);
        return Some((narrative, 1, Some((label.clone(), rest))));
    }
    // A label in other words: the lines up to the next empty one.
    if parted {
        let taken = 1 + rows[1..].iter().take_while(|r| !r.apart).count();
        let narrow = rows[..taken].iter().all(|r| r.width <= 40);
        return (taken <= 7 && narrow).then_some((narrative, taken, None));
    }
    None
}

/// Ties a chunk to its target; gives the number of its indicator.
fn close(layout: &Layout, chunk: Chunk, zone: &mut RawZone) -> Option<u32> {
    if chunk.is_empty() {
        return None;
    }
    let cell = target::target(layout, &chunk.target, Method::Order);
    let (name, labels) = target::indicator(layout, &chunk.indicator, Method::Order);
    zone.labels.extend(labels);
    zone.labels.extend(cell.labels);
    let mut annex = RawAnnex {
        indicator: name,
        name: cell.name,
        goal: cell.goal,
        goal_cut: cell.goal_cut,
        weight: cell.weight,
        ..RawAnnex::default()
    };
    let placed = series(chunk.years, chunk.values, zone.fiscal_year, &mut annex);
    let certain = narratives(chunk.events, &mut annex);
    zone.attach(&cell.numbers, annex);
    let number = cell
        .numbers
        .iter()
        .find_map(|n| position(zone, n))
        .or_else(|| cell.numbers.last().and_then(|n| position(zone, n)));
    let at = cell
        .numbers
        .iter()
        .rev()
        .filter_map(|n| position(zone, n))
        .find(|&(i, j)| zone.indicators[i].targets[j].annex.is_some());
    if let Some((i, j)) = at.or(number) {
        let at = format!("/evaluation_indicators/{i}/targets/{j}");
        if !placed {
            let message = "empty cells leave nothing in text: targets were set from the last year backwards, results up to the year of the evaluation";
            zone.note(format!("{at}/series"), "years_inferred", message);
        }
        let message = if certain {
            "passages follow their labels in the order of the text; a label without text is an empty cell"
        } else {
            "labels and passages do not come in pairs here; some passages may stand under the wrong label"
        };
        zone.note(format!("{at}/narratives"), "passages_by_order", message);
        zone.note(
            format!("{at}/annex"),
            "annex_by_order",
            "parts of the cell were put together in the order of the text",
        );
    }
    cell.numbers.first().and_then(|n| n[1..].split(')').next()).and_then(|n| n.parse().ok())
}

fn position(zone: &RawZone, number: &str) -> Option<(usize, usize)> {
    zone.indicators
        .iter()
        .enumerate()
        .find_map(|(i, x)| x.targets.iter().position(|t| t.number == number).map(|j| (i, j)))
}

/// Values under their years; `false` where a row has fewer values than there are years.
fn series(years: Vec<(i32, Slot)>, values: [Option<Vec<Slot>>; 3], results: Option<i32>, annex: &mut RawAnnex) -> bool {
    let n = years.len();
    annex.years = years
        .into_iter()
        .map(|(fiscal_year, heading)| RawSeriesYear { fiscal_year, heading, ..RawSeriesYear::default() })
        .collect();
    let now = results.and_then(|y| annex.years.iter().position(|x| x.fiscal_year == y));
    let mut full = true;
    for (at, row) in values.into_iter().enumerate() {
        // 進捗度 without a value: no result was given yet.
        let Some(row) = row else { continue };
        full &= row.len() == n;
        let end = match (at, now) {
            _ if row.len() >= n => n,
            (0, _) | (_, None) => n,
            (_, Some(now)) => now + 1,
        };
        let start = end.saturating_sub(row.len());
        for (i, year) in annex.years.iter_mut().enumerate() {
            let slot = if i >= start && i < end { row.get(i - start).cloned() } else { None };
            let slot = slot.unwrap_or(Slot::Blank(None));
            match at {
                0 => year.target = slot,
                1 => year.actual = slot,
                _ => year.progress = slot,
            }
        }
    }
    full
}

/// Passages under their labels; `false` where they do not come in pairs.
fn narratives(events: Vec<Event>, annex: &mut RawAnnex) -> bool {
    let mut certain = true;
    let mut runs: Vec<(Vec<Narrative>, Vec<Vec<Piece>>)> = vec![(Vec::new(), Vec::new())];
    for event in events {
        match event {
            Event::Label(label) => match runs.last_mut() {
                Some((labels, texts)) if texts.is_empty() => labels.push(label),
                _ => runs.push((vec![label], Vec::new())),
            },
            Event::Text(text) => {
                if let Some((_, texts)) = runs.last_mut() {
                    texts.push(text);
                }
            }
        }
    }
    let mut orphans: Vec<Vec<Piece>> = Vec::new();
    for (mut labels, texts) in runs {
        // These two are empty more often than not.
        for empty in [Narrative::Alternative, Narrative::External] {
            if labels.len() > texts.len() && labels.len() > 1 {
                labels.retain(|l| *l != empty);
            }
        }
        certain &= labels.len() == texts.len() || texts.is_empty();
        if labels.is_empty() {
            orphans.extend(texts);
            continue;
        }
        let last = labels.len() - 1;
        for (i, text) in texts.into_iter().enumerate() {
            let into = field(annex, labels[i.min(last)]);
            match &mut into.slot {
                Slot::Read(r) => r.spans.extend(lex::spans(&text)),
                slot_of => *slot_of = slot(&text),
            }
        }
    }
    // A passage before any label: of the cell that stands above the others.
    let long = orphans.iter().all(|o| lex::key_of(o).chars().count() >= 10);
    if let (1, Slot::Unplaced, true) = (orphans.len(), &annex.alternative.slot, long) {
        annex.alternative.slot = slot(&orphans[0]).inferred();
        certain = false;
    }
    for narrative in
        [Narrative::Approach, Narrative::Basis, Narrative::SelfEvaluation, Narrative::External, Narrative::Alternative]
    {
        let into = field(annex, narrative);
        if into.slot == Slot::Unplaced {
            into.slot = Slot::Blank(None);
        }
    }
    certain
}

fn field(annex: &mut RawAnnex, narrative: Narrative) -> &mut Passage {
    match narrative {
        Narrative::Approach => &mut annex.approach,
        Narrative::Basis => &mut annex.basis,
        Narrative::SelfEvaluation => &mut annex.self_evaluation,
        Narrative::External => &mut annex.external_factors,
        Narrative::Alternative => &mut annex.alternative,
    }
}
