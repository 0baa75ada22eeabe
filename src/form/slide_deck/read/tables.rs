//! The numbered tables of 都市数: title, header, counts, and the ※ below.

use std::collections::HashSet;

use super::super::heads::{self, Kind};
use super::super::raw::{Field, RawTable, RawTheme};
use super::super::slide::{Part, Slide};
use super::super::strand::Strand;
use super::super::token::{Gap, Token};
use super::columns;
use crate::form::document::Method;
use crate::form::slot::Slot;
use crate::geometry::{Place, Rect};
use crate::layout::{Cell, Layout, Span};

/// A header has no more pieces than this.
const HEADER: usize = 64;

const SPLIT: &str = "the header's columns were told apart by its words alone";

pub(super) fn read(layout: &Layout, part: &Part, raw: &mut RawTheme) {
    for slide in &part.slides {
        if slide.seen { seen(layout, raw, slide) } else { ordered(layout, raw, slide) }
    }
}

/// The ruled tables of a page that print a row of counts, or stand below a numbered title.
fn seen(layout: &Layout, raw: &mut RawTheme, slide: &Slide) {
    let page = &layout.pages[slide.page];
    let titles = slide.of(&[Kind::Table]);
    let notes = slide.of(&[Kind::Note]);
    let tables = page.cells.iter().map(|c| c.table + 1).max().unwrap_or(0);
    let mut grids: Vec<Vec<&Cell>> = vec![Vec::new(); tables];
    for cell in &page.cells {
        grids[cell.table].push(cell);
    }
    let mut ruled: HashSet<usize> = HashSet::new();
    for mut cells in grids {
        cells.sort_by_key(|c| (c.row, c.col));
        let rows: Vec<&[&Cell]> = cells.chunk_by(|a, b| a.row == b.row).collect();
        if rows.len() < 2 || rows.iter().map(|r| r.len()).max().unwrap_or(0) < 2 {
            continue;
        }
        let spans = |cell: &Cell| cell.lines.clone().map(|line| layout.whole(slide.page, line)).collect::<Vec<Span>>();
        let label = |row: &[&Cell]| row.first().map(|c| Strand::new(layout, &spans(c)).text).unwrap_or_default();
        let counts = |row: &[&Cell]| heads::of(&label(row), false).is_some_and(|f| f.kind == Kind::CountRow);
        let title = title_above(slide, &titles, &cells);
        let at = match rows.iter().position(|row| counts(row)) {
            Some(0) | None if title.is_none() => continue,
            Some(0) | None => 1,
            Some(at) => at,
        };
        let slot = |cell: &Cell| match spans(cell) {
            spans if spans.is_empty() => Slot::Blank(Some(Place::Box { page: page.number, rect: cell.rect })),
            spans => Slot::read(spans, Method::Cell),
        };
        let over = |column: &Cell| -> Slot {
            let columns = column.col..column.col + column.col_span;
            let above = rows[..at].iter().flat_map(|row| row.iter());
            let covering = above.filter(|c| c.col < columns.end && columns.start < c.col + c.col_span);
            let all: Vec<&Cell> = covering.copied().collect();
            let spans: Vec<Span> = all.iter().flat_map(|c| spans(c)).collect();
            match all.first() {
                Some(first) if spans.is_empty() => slot(first),
                Some(_) => Slot::read(spans, Method::Cell),
                None => Slot::Blank(None),
            }
        };
        ruled.extend(cells.iter().flat_map(|c| c.lines.clone()));
        let mut table = RawTable {
            header: Field::of(rows[at].iter().map(|c| over(c)).collect()),
            rows: rows[at..].iter().map(|row| Field::of(row.iter().map(|c| slot(c)).collect())).collect(),
            ..RawTable::default()
        };
        titled(raw, slide, &mut table, title, (&titles, &notes));
        raw.tables.push(table);
    }
    for row in slide.of(&[Kind::CountRow]) {
        let free = |span: &Span| !ruled.contains(&span.line);
        if slide.tokens[row].all.iter().all(free) {
            unruled(layout, raw, slide, row, (&titles, &notes));
        }
    }
}

/// Gives a table its title and the notes below it, before the next title.
fn titled(
    raw: &mut RawTheme,
    slide: &Slide,
    table: &mut RawTable,
    title: Option<usize>,
    (titles, notes): (&[usize], &[usize]),
) {
    let Some(title) = title else { return };
    let token = &slide.tokens[title];
    raw.label(token);
    table.title = token.slot(&token.text);
    for &note in notes.iter().filter(|&&n| slide.owner(n, titles) == Some(title)) {
        table.notes.push(slide.tokens[note].slot(&slide.tokens[note].text));
    }
}

/// A table drawn without rules: the counts stand beside 都市数, and over each of them what it counts.
fn unruled(layout: &Layout, raw: &mut RawTheme, slide: &Slide, row: usize, heads: (&[usize], &[usize])) {
    let token = &slide.tokens[row];
    let boxed = |spans: &[Span]| -> Option<Rect> {
        let rects = layout.places(spans).into_iter().filter_map(|place| match place {
            Place::Box { rect, .. } => Some(rect),
            Place::Line { .. } => None,
        });
        rects.reduce(|a, b| a.union(&b))
    };
    let Some(label) = boxed(&token.label) else { return };
    let over = |&t: &usize| slide.tokens[t].rect.is_some_and(|r| r.y1 <= label.y0);
    let title = heads.0.iter().copied().rfind(over);
    let top = title.and_then(|t| slide.tokens[t].rect).map_or(f32::NEG_INFINITY, |r| r.y1 - 1.0);
    let mut values: Vec<(Rect, Vec<Span>)> = Vec::new();
    let mut above: Vec<(Rect, Span)> = Vec::new();
    for (i, other) in slide.tokens.iter().enumerate().filter(|&(i, _)| Some(i) != title) {
        let spans = if i == row { &other.text } else { &other.all };
        for span in spans {
            let Some(rect) = boxed(std::slice::from_ref(span)) else { continue };
            let (_, y) = rect.center();
            if label.y0 < y && y < label.y1 && rect.x0 > label.x1 {
                let strand = Strand::new(layout, std::slice::from_ref(span));
                for part in strand.parts(0..strand.text.len(), &[' ']) {
                    let spans = strand.cut(part);
                    values.extend(boxed(&spans).map(|rect| (rect, spans)));
                }
            } else if top < y && y < label.y0 && rect.center().0 > label.x1 {
                above.push((rect, span.clone()));
            }
        }
    }
    values.sort_by(|a, b| a.0.x0.total_cmp(&b.0.x0));
    let mut columns: Vec<Vec<Span>> = vec![Vec::new(); values.len()];
    let highest = above.iter().map(|(rect, _)| rect.y0).fold(label.y0, f32::min);
    for (rect, span) in above {
        let far = |v: &Rect| (v.center().0 - rect.center().0).abs();
        let nearest = (0..values.len()).min_by(|&a, &b| far(&values[a].0).total_cmp(&far(&values[b].0)));
        if let Some(nearest) = nearest {
            columns[nearest].push(span);
        }
    }
    let at = |spans: Vec<Span>| Slot::read(spans, Method::Position);
    let mut table = RawTable::default();
    if !columns.is_empty() && columns.iter().all(|c| !c.is_empty()) {
        // Nothing stands over the label.
        let page = layout.pages[slide.page].number;
        let corner = Place::Box { page, rect: Rect::new(label.x0, highest, label.x1, label.y0) };
        let first = std::iter::once(Slot::Blank(Some(corner)));
        table.header = Field::of(first.chain(columns.into_iter().map(at)).collect());
    }
    let counts = values.into_iter().map(|(_, spans)| at(spans));
    table.rows = vec![Field::of(std::iter::once(at(token.label.clone())).chain(counts).collect())];
    titled(raw, slide, &mut table, title, heads);
    raw.tables.push(table);
}

/// The nearest title over a table.
fn title_above(slide: &Slide, titles: &[usize], cells: &[&Cell]) -> Option<usize> {
    let table = cells.iter().map(|c| c.rect).reduce(|a, b| a.union(&b))?;
    let rect = |i: usize| slide.tokens[i].rect;
    let over = |i: &usize| rect(*i).is_some_and(|r| r.center().1 < table.y0 && r.overlap_x(&table) > 0.0);
    let top = |i: usize| rect(i).map_or(0.0, |r| r.y0);
    titles.iter().filter(|i| over(i)).copied().max_by(|&a, &b| top(a).total_cmp(&top(b)))
}

/// In a text: a title, the words of the header, 都市数 with its counts, notes.
fn ordered(layout: &Layout, raw: &mut RawTheme, slide: &Slide) {
    let rows = slide.of(&[Kind::CountRow]);
    if rows.is_empty() {
        return;
    }
    let known = columns::Known::of(layout, slide);
    let first = raw.tables.len();
    for row in rows {
        let token = &slide.tokens[row];
        let mut cells = vec![token.slot(&token.label)];
        let strand = Strand::new(layout, &token.text);
        let whole = 0..strand.text.len();
        cells.extend(strand.parts(whole, &[' ']).into_iter().map(|part| token.slot(&strand.cut(part))));
        let mut end = row + 1;
        let mut behind = row + 1..row + 1;
        if cells.len() == 1 {
            // Each count on a line of its own, be it behind the header's words.
            let word = |t: &Token| matches!(t.kind, Kind::Text | Kind::Count) && !is_value(layout, t);
            let words = |i: &usize| slide.tokens.get(*i).is_some_and(word);
            let first = (row + 1..).take(HEADER).find(|i| !words(i)).unwrap_or(end);
            if slide.tokens.get(first).is_some_and(|t| is_value(layout, t)) {
                (behind, end) = (row + 1..first, first);
            }
            while let Some(next) = slide.tokens.get(end).filter(|t| is_value(layout, t)) {
                cells.push(next.slot(&next.all));
                end += 1;
            }
        }
        let start = (0..row)
            .rev()
            .find(|&i| matches!(slide.tokens[i].kind, Kind::Table | Kind::CountRow | Kind::Note | Kind::Section));
        let title = start.filter(|&i| slide.tokens[i].kind == Kind::Table);
        let mut header: Vec<&Token> = title.map_or_else(Vec::new, |t| slide.tokens[t + 1..row].iter().collect());
        header.extend(&slide.tokens[behind]);
        if cells.len() == 1 {
            let at = format!("/tables/{}/rows", raw.tables.len());
            raw.doubt(
                "unplaced",
                at,
                "no counts could be tied to their label; look for them under `unassigned`".to_owned(),
            );
            cells.clear();
        }
        let counts = cells.len().saturating_sub(1);
        let mut table = RawTable::default();
        if !cells.is_empty() {
            table.rows.push(Field::of(cells));
        }
        if let Some(columns) = columns::split(layout, &known, &header, counts) {
            let slots = columns.parts.into_iter().map(|spans| Slot::read(spans, Method::Order));
            let field = Field::of(std::iter::once(Slot::Blank(None)).chain(slots).collect());
            table.header = if columns.sure { field } else { field.because(SPLIT) };
        } else if counts > 0 {
            let at = format!("/tables/{}/rows/0", raw.tables.len());
            raw.doubt("count_unsure", at, "the header does not say how many counts there are".to_owned());
        }
        if let Some(title) = title.map(|t| &slide.tokens[t]) {
            raw.label(title);
            table.title = title.slot(&title.text);
        }
        for note in slide.tokens[end..].iter().take_while(|t| t.kind == Kind::Note) {
            table.notes.push(note.slot(&note.text));
        }
        let between = |t: &&Token| !matches!(t.kind, Kind::Table | Kind::CountRow | Kind::Section | Kind::Addressee);
        let next = slide.tokens[end..].iter().skip(table.notes.len()).take(HEADER);
        let behind: Vec<&Token> = next.take_while(between).collect();
        // Words and numbers behind a row may be its further columns.
        let words = behind.iter().position(|t| matches!(t.kind, Kind::Text | Kind::Bullet(_)));
        if words.is_some_and(|at| behind[at..].iter().any(|t| is_value(layout, t))) {
            for field in ["header", "rows"] {
                let at = format!("/tables/{}/{field}", raw.tables.len());
                raw.doubt("count_unsure", at, "further words and numbers stand behind the row".to_owned());
            }
        }
        raw.tables.push(table);
    }
    let taken: usize = raw.tables[first..].iter().map(|t| t.notes.len()).sum();
    if taken < slide.of(&[Kind::Note]).len() {
        for at in first..raw.tables.len() {
            let message = "a ※ could not be tied to its table; look for it under `unassigned`".to_owned();
            raw.doubt("unplaced", format!("/tables/{at}/notes"), message);
        }
    }
}

fn is_value(layout: &Layout, token: &Token) -> bool {
    let said = Strand::new(layout, &token.all).text;
    let number = said.trim().trim_start_matches('(').trim_end_matches(')');
    let counts = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b',');
    counts && token.gap < Gap::Likely
}
