//! The fields of the plan that are words: by the sign that they begin with, by what they end with, by whom they resemble.

use super::chain::{self, Costs};
use super::junction::Printed;
use super::line::{self, Line};
use super::values;
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::actors;
use crate::form::initiative_sheet::flat::contact;
use crate::form::initiative_sheet::flat::word::{self, Class};
use crate::form::initiative_sheet::flat::work::{Area, Work};
use crate::form::initiative_sheet::sheet::Slot;
use crate::layout::Layout;

pub fn read(work: &mut Work, layout: &Layout) {
    let plan = work.of(Area::Plan);
    contact::phone(work, &plan);
    contact::lone_url(work, &plan);
    rest_of_url(work);
    numbered(work);
    prose(work, layout);
    actors(work);
    department(work);
    no_url(work);
    names(work);
    for (at, missing) in [
        ("/plan/department", work.raw.department == Slot::Unplaced),
        ("/plan/actors", work.raw.actors == Slot::Unplaced),
        ("/plan/summary", work.raw.summary == Slot::Unplaced),
    ] {
        if missing {
            work.doubt(Severity::Warning, "unplaced", at, "no text of its kind was found");
        }
    }
}

/// Lines of prose at most.
const MOST_LINES: usize = 120;

fn lines(work: &Work) -> Vec<Line> {
    line::lines(work, &work.of(Area::Plan)).into_iter().filter(|l| !l.text.is_ascii()).collect()
}

/// 施策展開, 施策, 施策の小項目名 begin with a number or a sign of their own.
fn numbered(work: &mut Work) {
    let plan = work.of(Area::Plan);
    let number = plan.iter().copied().find(|i| work.word(*i, Class::Development));
    work.raw.development_number = work.slot(&Vec::from_iter(number), Method::Inferred);
    let circled = plan.iter().copied().find(|i| work.word(*i, Class::Number) && work.tokens[*i].first);
    if let Some(at) = circled {
        let behind = |i: &usize| work.tokens[*i].row == work.tokens[at].row && work.free(*i);
        let ids: Vec<usize> = [at].into_iter().chain((at + 1..work.tokens.len()).take_while(behind)).collect();
        work.raw.measure = work.slot(&ids, Method::Inferred);
    }
    let bulleted: Vec<Line> = lines(work).into_iter().filter(|l| l.text.starts_with(['○', '〇', '◯'])).collect();
    if let [only] = &bulleted[..] {
        work.raw.sub_measure = work.slot(&only.ids, Method::Inferred);
    }
}

/// 施策の方向 and 取組内容: the one goes over the page and begins with `・`.
fn prose(work: &mut Work, layout: &Layout) {
    let lines: Vec<Line> = lines(work).into_iter().filter(Line::is_prose).take(MOST_LINES).collect();
    let pages: Vec<usize> = work.tokens.iter().map(|t| t.span.page).collect();
    let mut costs = Costs::of(&lines, &Printed::around(layout, &pages));
    for (line, broken) in lines.iter().zip(&mut costs.broken).filter(|(l, _)| is_list(&l.text)) {
        *broken = if line.text.contains("及び") { 2.0 } else { 2.8 };
    }
    let links = chain::link(&lines, &costs);
    let widest = lines.iter().map(|l| l.width).max().unwrap_or(0);
    // A line that nothing goes on from is a name.
    let passages = links.passages().into_iter().filter(|p| p.len() > 1 || lines[p[0]].ends());
    let (mut direction, mut summary): (Vec<Vec<usize>>, Vec<Vec<usize>>) = passages.partition(|p| {
        let bulleted = lines[p[0]].text.starts_with(['・', '○']);
        bulleted || p.iter().any(|i| lines[*i].width * 5 > widest * 3 && widest >= 110)
    });
    direction.sort_by_key(|p| !lines[p[0]].text.starts_with('・'));
    summary.sort_by_key(|p| lines[p[0]].ids[0]);
    for (at, passages) in [("/plan/direction", &direction), ("/plan/summary", &summary)] {
        if passages.len() > 1 {
            work.doubt(Severity::Warning, "passage_inferred", at, "several paragraphs whose order nothing tells");
        }
    }
    let ids = |p: &[Vec<usize>]| p.iter().flat_map(|p| line::ids_of(&lines, p)).collect::<Vec<_>>();
    work.raw.direction = work.slot(&ids(&direction), Method::Inferred);
    work.raw.summary = work.slot(&ids(&summary), Method::Inferred);
}

/// Can it be a list of what is done, and no part of a sentence?
fn is_list(text: &str) -> bool {
    let last = text.chars().next_back();
    !text.contains(['。', 'を', 'に', 'が']) && last.is_some_and(|c| !('ぁ'..='ん').contains(&c) && c != '、')
}

/// 実施主体: names of those who act, parted by commas; the rest of the list on another line.
fn actors(work: &mut Work) {
    let lines = lines(work);
    let short: Vec<Line> = lines.into_iter().filter(|l| l.chars.len() <= 24).collect();
    let texts: Vec<&str> = short.iter().map(|l| l.text.as_str()).collect();
    let mut own = actors::spelled(&texts);
    if own.is_empty() {
        // A longer name alone may be anything.
        let listed = |l: &Line| l.text.contains([',', '、']) && actors::is_list(l.text.trim_matches([',', '、']));
        own.extend(short.iter().position(listed));
    }
    work.raw.actors = work.slot(&line::ids_of(&short, &own), Method::Inferred);
}

/// 担当部課: the line that reads most like an office.
fn department(work: &mut Work) {
    let office = |t: &str| t.contains(['部', '局', '庁']) && t.ends_with(['課', '室', '班', '局', '所']);
    let lines: Vec<Line> = lines(work).into_iter().filter(|l| contact::is_department(&l.text)).collect();
    let pick = lines.iter().find(|l| office(&l.text)).or(lines.first());
    let ids = pick.map(|l| l.ids.clone()).unwrap_or_default();
    work.raw.department = work.slot(&ids, Method::Inferred);
}

/// The other line of an address that wrapped, where there is but one.
fn rest_of_url(work: &mut Work) {
    let own = work.ids(&work.raw.url);
    let plan = work.of(Area::Plan);
    let rest: Vec<usize> =
        plan.into_iter().filter(|i| work.free(*i) && word::continues_url(&work.tokens[*i].text)).collect();
    let ([first], [rest]) = (&own[..], &rest[..]) else { return };
    if work.tokens[*rest].is_word(Class::Text) {
        work.used[*first] = false;
        work.raw.url = work.slot(&[*first, *rest], Method::Inferred);
    }
}

/// 関連URL: the only dash of the plan, where no target of a year is missing.
fn no_url(work: &mut Work) {
    let dashes: Vec<usize> =
        values::standing(work, Area::Plan).into_iter().filter(|v| v.class == Class::Dash).map(|v| v.ids[0]).collect();
    if let ([only], true) = (&dashes[..], work.raw.url == Slot::Unplaced) {
        work.raw.url = work.slot(&[*only], Method::Inferred);
    }
}

/// The fields that are plain names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Development,
    Initiative,
    Outcome,
    Activity,
}

/// The names that no sign marks, each to the field it suits best, all of them together.
fn names(work: &mut Work) {
    let lines: Vec<Line> = lines(work)
        .into_iter()
        .filter(|l| !l.text.contains('。') && (3..=40).contains(&l.chars.len()))
        .take(12)
        .collect();
    let fields = [Name::Development, Name::Initiative, Name::Outcome, Name::Activity];
    let texts = |slots: &[&Slot]| slots.iter().map(|s| work.text(&work.ids(s))).collect::<Vec<_>>().concat();
    let counted = texts(&work.raw.output_indicators.iter().map(|o| &o.name).collect::<Vec<_>>());
    let above = texts(&[&work.raw.measure, &work.raw.sub_measure]);
    let table: Vec<Vec<f64>> = fields
        .iter()
        .map(|f| {
            let own = lines.iter().map(|l| cost(*f, &l.text, &counted, &above));
            own.chain(fields.iter().map(|_| 3.0)).collect()
        })
        .collect();
    for (field, column) in fields.into_iter().zip(super::matching::cheapest(&table)) {
        let ids = lines.get(column).map(|l| l.ids.clone()).unwrap_or_default();
        let slot = work.slot(&ids, Method::Inferred);
        let (at, place) = match field {
            Name::Development => ("/plan/development/title", &mut work.raw.development_title),
            Name::Initiative => ("/plan/initiative", &mut work.raw.initiative),
            Name::Outcome => ("/plan/outcome_indicator", &mut work.raw.outcome_indicator),
            Name::Activity => ("/plan/activity", &mut work.raw.activity),
        };
        *place = slot;
        work.doubt(
            Severity::Warning,
            "field_inferred",
            at,
            "one of several names that stand under no label; told by its wording",
        );
    }
}

/// How little a name suits a field. A policy speaks in clauses, an activity of what is counted, an initiative of what its
/// measure says; what is measured is a count.
fn cost(field: Name, text: &str, counted: &str, above: &str) -> f64 {
    let measure = super::names::is_measure(text);
    let clause = text.contains(['を', 'へ', 'が', 'く', 'た', 'し', 'り']);
    let long = (text.chars().count() as f64 / 20.0).min(1.3);
    let both = f64::from(u8::from(text.contains("及び") || text.contains("並びに") || text.ends_with('等')));
    let counts = shared(text, counted);
    let like = shared(text, above);
    match field {
        Name::Outcome => {
            if measure {
                0.0
            } else {
                4.0
            }
        }
        _ if measure => 4.0,
        Name::Development => 1.5 - 0.5 * long - if clause { 0.5 } else { 0.0 } + 0.5 * counts + 0.2 * both,
        Name::Initiative => 1.2 + 0.5 * long - 0.6 * like + 0.4 * both,
        Name::Activity => 1.5 - 0.3 * long - 0.9 * counts - 0.5 * both,
    }
}

/// How much of the other text's pairs of signs it has: 0 none, 1 three and more.
fn shared(text: &str, other: &str) -> f64 {
    let pairs = |t: &str| -> Vec<(char, char)> {
        let word = |c: &char| !('ぁ'..='ん').contains(c) && !"・、()○".contains(*c) && !word::is_number(*c);
        let signs: Vec<char> = t.chars().collect();
        signs.windows(2).filter(|w| w.iter().all(word)).map(|w| (w[0], w[1])).collect()
    };
    let other = pairs(other);
    (pairs(text).iter().filter(|p| other.contains(p)).count() as f64 / 3.0).min(1.0)
}
