//! 現地調査時の指摘事項 in flattened text: which side a line stood on is told by its bullets and headings.

use super::lex::{self, Block, Piece};
use crate::form::document::Method;
use crate::form::special_zone::annex::findings::{Side, infer_about, pair};
use crate::form::special_zone::labels;
use crate::form::special_zone::raw::RawZone;
use crate::form::special_zone::rows::Row;
use crate::layout::Layout;

/// Lines under one heading, or of one block without a heading.
struct Unit {
    about: Vec<String>,
    lines: Block,
    /// The bullet that most of its lines begin with.
    bullet: Option<char>,
}

pub(super) fn read(layout: &Layout, rows: &[&Row], indicator: Option<u32>, zone: &mut RawZone) {
    let mut units: Vec<Unit> = Vec::new();
    for row in rows {
        let about = labels::finding_about(&row.key);
        let heading = about.is_some();
        let bullet = row.key.chars().next().filter(|c| "・●○◯■◆▪•･".contains(*c));
        let fresh = units.last().is_none_or(|u| row.apart && !u.lines.is_empty())
            // Without empty lines another kind of bullet begins the other side.
            || units.last().is_some_and(|u| bullet.is_some() && u.bullet.is_some() && u.bullet != bullet);
        if heading || fresh {
            units.push(Unit { about: about.clone().unwrap_or_default(), lines: Vec::new(), bullet: None });
        }
        let Some(unit) = units.last_mut() else { continue };
        if unit.bullet.is_none() {
            unit.bullet = bullet;
        }
        if is_subheading(&row.key) {
            continue;
        }
        unit.lines.push(Piece::of(row));
    }
    units.retain(|u| !u.lines.is_empty());
    if units.is_empty() {
        return;
    }
    let answers = units.iter().any(|u| u.bullet == Some('●'));
    let other = units.iter().any(|u| u.bullet.is_some_and(|b| b != '●'));
    let (mut left, mut right) = (Side::default(), Side::default());
    let mut seen: Vec<Vec<String>> = Vec::new();
    let mut before_right = true;
    for unit in &units {
        let lines = lex::spans(&unit.lines);
        let is_right = if answers && other && unit.bullet.is_some() {
            unit.bullet == Some('●')
        } else if !unit.about.is_empty() {
            seen.contains(&unit.about)
        } else {
            // Below a heading's remarks, or after the first block: the other column.
            !before_right && (!seen.is_empty() || !left.groups.is_empty())
        };
        if !unit.about.is_empty() {
            seen.push(unit.about.clone());
        }
        // A block without a heading goes on with its side when bullets say which; else it is a cell of its own.
        let goes_on = unit.about.is_empty() && answers && other && unit.bullet.is_some();
        let side = if is_right { &mut right } else { &mut left };
        side.add(layout, &lines, Method::Order, !goes_on && unit.about.is_empty(), &mut zone.labels);
        before_right = is_right;
    }
    for mut finding in pair(left, right) {
        let at = format!("/findings/{}", zone.findings.len());
        let message = "which side a line stood on was told by its bullets, headings and empty lines";
        zone.note(at, "sides_inferred", message);
        infer_about(zone, &mut finding, indicator);
        zone.findings.push(finding);
    }
}

/// ⅰ）取組の進捗について, a）目標設定の考え方: what the remarks below it are about.
pub(super) fn is_subheading(key: &str) -> bool {
    let mut chars = key.chars();
    let first = chars.next().is_some_and(|c| matches!(c, 'ⅰ'..='ⅹ' | 'Ⅰ'..='Ⅹ' | 'a'..='z' | 'A'..='Z'));
    first && matches!(chars.next(), Some(')' | '.')) && key.chars().count() <= 40 && !key.ends_with('。')
}
