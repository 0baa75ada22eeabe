//! What stands before the first initiative of a theme: the department, 【テーマN】 and めざす方向.

use super::raw::{Entry, RawLine, RawTheme};
use super::words;
use crate::form::slot::{Reading, Slot};
use crate::layout::{Layout, Span};
use crate::normalize::bullet;

#[derive(PartialEq)]
enum At {
    Before,
    Title,
    Directions,
}

/// Gives the lines before the first initiative to the fields of the theme; other text stays where it is.
pub fn read(layout: &Layout, lines: &[RawLine], raw: &mut RawTheme) {
    let text = |line: &RawLine| layout.text(&line.span);
    let labelled = lines.iter().any(|l| words::is_directions(text(l)));
    let mut at = At::Before;
    let mut title: Vec<RawLine> = Vec::new();
    for line in lines {
        let printed = text(line);
        if let Some(head) = words::theme(printed).filter(|_| at == At::Before) {
            let part = |a: usize, b: usize| Span { start: line.span.start + a, end: line.span.start + b, ..line.span };
            let span = part(head.number.start, head.number.end);
            raw.number = Slot::Read(Reading { spans: vec![span], method: line.method });
            raw.labels.extend([part(0, head.number.start), part(head.number.end, head.title)]);
            let rest = part(head.title, line.span.end - line.span.start);
            if !layout.text(&rest).trim().is_empty() {
                title.push(RawLine { span: rest, ..line.clone() });
            }
            at = At::Title;
        } else if words::is_directions(printed) {
            raw.labels.push(line.span.clone());
            at = At::Directions;
        } else if words::is_form_title(printed) && at != At::Directions {
            raw.form_title = Slot::Read(Reading { spans: vec![line.span.clone()], method: line.method });
        } else {
            match at {
                At::Before if words::is_department(printed) => {
                    raw.department = Slot::Read(Reading { spans: vec![line.span.clone()], method: line.method });
                }
                At::Before => {}
                At::Title if title.is_empty() || labelled && bullet::bullet(printed).is_none() && title.len() < 3 => {
                    title.push(line.clone());
                }
                At::Title => {
                    raw.directions.push(Entry::Line(line.clone()));
                    at = if labelled { At::Title } else { At::Directions };
                }
                At::Directions => raw.directions.push(Entry::Line(line.clone())),
            }
        }
    }
    if let Some(method) = title.first().map(|l| l.method) {
        raw.title = Slot::Read(Reading { spans: title.into_iter().map(|l| l.span).collect(), method });
    }
}
