//! ４ 規制緩和を活用した事業: one numbered title and one passage a project.

use std::sync::LazyLock;

use regex::Regex;

use super::Running;
use crate::form::document::Method;
use crate::form::special_zone::raw::{RawProject, RawZone, Slot};
use crate::form::special_zone::rows::{Row, passage};
use crate::form::special_zone::tape::Tape;

/// 一般国際戦略事業①：, 特定地域活性化事業②：
static BEGIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:一般|特定)?(?:国際戦略|地域活性化)?\s*(?:事業|措置)\s*([①-⑳㉑-㉟㊱-㊿])\s*:").ok()
});

/// A title goes on this many ems right of its first line, or nearly below it; the text's first line stands between.
const HANGING: f32 = 3.0;
const BELOW: f32 = 1.5;

pub(super) fn read(running: &Running, rows: &[Row], zone: &mut RawZone) {
    let begins: Vec<usize> = (0..rows.len())
        .filter(|&i| {
            let tape = Tape::new(running.layout, &rows[i].spans);
            BEGIN.as_ref().is_some_and(|r| r.is_match(&tape.text))
        })
        .collect();
    for (n, &start) in begins.iter().enumerate() {
        let own = &rows[start..begins.get(n + 1).copied().unwrap_or(rows.len())];
        let (titled, certain) = title_rows(running, own);
        let spans: Vec<_> = own[..titled].iter().flat_map(|r| r.spans.iter().cloned()).collect();
        let tape = Tape::new(running.layout, &spans);
        let Some(found) = BEGIN.as_ref().and_then(|r| r.captures(&tape.text)) else { continue };
        let (Some(all), Some(mark)) = (found.get(0), found.get(1)) else { continue };
        let mut title = running.slot(&tape, all.end()..tape.text.len());
        let body: Vec<&Row> = own[titled..].iter().collect();
        let mut text = passage(&body, running.margin, running.method);
        if !certain {
            title = title.inferred();
            text.slot = text.slot.inferred();
            let message = "where the title ends and the text begins was told from the lengths of the lines";
            zone.note(format!("/regulatory_projects/{n}"), "title_end_inferred", message);
        }
        zone.labels.extend(tape.spans(all.range()));
        let number = running.slot(&tape, mark.range());
        if body.is_empty() {
            text.slot = Slot::Blank(None);
            let message = "no text stands below this title";
            zone.note(format!("/regulatory_projects/{n}/text"), "text_missing", message);
        }
        zone.projects.push(RawProject { number, title, text });
    }
    let body: Vec<&Row> = rows.iter().filter(|r| r.key != "該当なし").collect();
    if begins.is_empty() && !body.is_empty() {
        let message = "no 一般国際戦略事業 or 一般地域活性化事業 was found below its heading";
        zone.doubt("/regulatory_projects", "unplaced", message);
    }
}

/// How many rows the title takes, and whether the page says so.
fn title_rows(running: &Running, rows: &[Row]) -> (usize, bool) {
    let mut n = 1;
    let first = &rows[0];
    while n < rows.len() && !running.margin.is_short(&rows[n - 1]) {
        let row = &rows[n];
        let goes_on = match (first.rect, row.rect) {
            (Some(a), Some(b)) => {
                let by = (b.x0 - a.x0) / first.em;
                by >= HANGING || by.abs() < BELOW
            }
            _ => hangs(running, rows, n),
        };
        if !goes_on {
            break;
        }
        n += 1;
    }
    // In text the second line of a hanging title is never full.
    if running.method == Method::Order && n > 1 {
        while n < rows.len() && hangs(running, rows, n) && is_full_hanging(running, rows, n - 1) {
            n += 1;
        }
    }
    (n, running.method != Method::Order || (n == 1 && running.margin.is_short(first)))
}

/// The columns that the mark before a title takes, which its further lines leave free.
fn hang(running: &Running, rows: &[Row]) -> usize {
    let tape = Tape::new(running.layout, &rows[0].spans);
    let end = BEGIN.as_ref().and_then(|r| r.find(&tape.text)).map_or(0, |m| m.end());
    tape.text[..end].chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Can a line of text go on a title that hangs: not indented, and no longer than the room beside the mark?
fn hangs(running: &Running, rows: &[Row], n: usize) -> bool {
    !rows[n].indented && rows[n].width <= running.margin.columns.saturating_sub(hang(running, rows)) + 6
}

fn is_full_hanging(running: &Running, rows: &[Row], n: usize) -> bool {
    rows[n].width + hang(running, rows) + 8 > running.margin.columns
}
