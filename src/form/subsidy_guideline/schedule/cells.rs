//! A 別表 from its ruled cells, over page breaks.

use super::columns::{self, Role};
use super::{Found, numbered};
use crate::form::document::Method;
use crate::form::slot::Slot;
use crate::form::subsidy_guideline::raw::{RawExpense, RawScheduleRow};
use crate::geometry::{Place, Rect};
use crate::layout::{Layout, Span};
use crate::normalize::{MoneyUnit, fold};

/// Columns whose edges differ by less are one, in points.
const SAME_EDGE: f32 = 4.0;
/// A cell takes part in a project whose height it shares by this part.
const SHARED: f32 = 0.5;

struct Piece {
    cells: Vec<TableCell>,
}

struct TableCell {
    rect: Rect,
    row: usize,
    key: String,
    spans: Vec<Span>,
    open_top: bool,
    place: Place,
}

impl TableCell {
    fn slot(&self) -> Slot {
        if self.spans.is_empty() { Slot::Blank(Some(self.place)) } else { Slot::read(self.spans.clone(), Method::Cell) }
    }

    fn is_blank(&self) -> bool {
        self.spans.is_empty()
    }
}

struct Column {
    x0: f32,
    role: Role,
    unit: Option<MoneyUnit>,
}

/// One project while it is read.
#[derive(Default)]
struct Group {
    number: Vec<Span>,
    project: Vec<Span>,
    content: Vec<Span>,
    recipient: Vec<Span>,
    expenses: Vec<RawExpense>,
    rate: Vec<Span>,
    limit: Vec<Span>,
    /// The place of the first cell, for what it leaves empty.
    blank: Option<Place>,
}

/// Reads the tables that stand between two places (page and height). One that prints other headings than that before it
/// is a table of its own; else it goes on with it.
pub(super) fn read(layout: &Layout, from: (usize, f32), to: Option<(usize, f32)>, found: &mut Found) {
    let mut tables: Vec<(Vec<TableCell>, Vec<Piece>)> = Vec::new();
    for mut piece in pieces(layout, from, to) {
        let headings = take_headings(&mut piece, found);
        let keys = |cells: &[TableCell]| cells.iter().map(|c| c.key.clone()).collect::<Vec<_>>();
        match tables.last_mut() {
            Some((first, pieces)) if headings.is_empty() || keys(&headings) == keys(first) => pieces.push(piece),
            _ => tables.push((headings, vec![piece])),
        }
    }
    for (headings, pieces) in tables {
        read_table(layout, &headings, &pieces, found);
    }
}

fn read_table(layout: &Layout, headings: &[TableCell], pieces: &[Piece], found: &mut Found) {
    if headings.is_empty() {
        let message = "the table has no headings that are known; it is left unassigned".to_owned();
        found.doubts.push((String::new(), "columns_unknown", message));
        return;
    }
    let columns = columns(headings, pieces);
    let unknown =
        |cell: &&TableCell| !cell.is_blank() && column(&columns, cell).is_none_or(|c| c.role == Role::Unknown);
    let left: Vec<&str> =
        pieces.iter().flat_map(|p| &p.cells).filter(unknown).map(|c| c.key.as_str()).take(3).collect();
    if !left.is_empty() {
        let message = format!("a column has no field and is left unassigned: 「{}」 …", left.join("」, 「"));
        found.doubts.push((String::new(), "column_unknown", message));
    }
    let mut groups: Vec<Group> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        read_piece(layout, piece, i == 0, &columns, &mut groups);
    }
    let has = |role: Role| columns.iter().any(|c| c.role == role);
    let rate = has(Role::Rate) || has(Role::RateAndLimit);
    let unit = [Role::Limit, Role::RateAndLimit].iter().find_map(|r| columns.iter().find(|c| c.role == *r)?.unit);
    let expenses = has(Role::Expense) || has(Role::Class) || has(Role::Item);
    found.rows.extend(groups.into_iter().map(|g| {
        let slot = |spans: Vec<Span>, there: bool| match (spans.is_empty(), there) {
            (false, _) => Slot::read(spans, Method::Cell),
            (true, true) => Slot::Blank(g.blank),
            (true, false) => Slot::Unplaced,
        };
        let (number, project) = if !g.number.is_empty() || g.project.is_empty() {
            (slot(g.number, false), slot(g.project, has(Role::Project)))
        } else {
            numbered(layout, &g.project, Method::Cell)
        };
        // Beside expenses a project is named by its number; its name is read where it is told what it is.
        let (number, project) = match (&number, expenses) {
            (Slot::Read(n), true) => {
                let mut spans = n.spans.clone();
                spans.extend_from_slice(project.spans());
                (number, Slot::read(spans, Method::Cell))
            }
            _ => (number, project),
        };
        RawScheduleRow {
            number,
            project,
            content: slot(g.content, has(Role::Content)),
            recipient: slot(g.recipient, has(Role::Recipient)),
            expenses: g.expenses,
            rate: rate.then(|| slot(g.rate, true)),
            limit_beside_rate: has(Role::RateAndLimit),
            limit: has(Role::Limit).then(|| slot(g.limit, true)),
            unit,
        }
    }));
}

/// The tables of the part, page by page.
fn pieces(layout: &Layout, from: (usize, f32), to: Option<(usize, f32)>) -> Vec<Piece> {
    let last = to.map_or(layout.pages.len().saturating_sub(1), |t| t.0);
    let mut out: Vec<Piece> = Vec::new();
    for (page, content) in layout.pages.iter().enumerate().take(last + 1).skip(from.0) {
        let mut table = usize::MAX;
        let inside = content
            .cells
            .iter()
            .filter(|c| (page > from.0 || c.rect.y0 >= from.1) && to.is_none_or(|t| page < t.0 || c.rect.y0 < t.1));
        let mut cells: Vec<_> = inside.collect();
        cells.sort_by_key(|c| (c.table, c.row, c.col));
        for cell in cells {
            if cell.table != table {
                table = cell.table;
                out.push(Piece { cells: Vec::new() });
            }
            let spans: Vec<Span> = cell
                .lines
                .clone()
                .map(|line| layout.whole(page, line))
                .filter(|s| !layout.text(s).trim().is_empty())
                .collect();
            let key = fold::key(&layout.texts(&spans).collect::<String>());
            let place = Place::Box { page: content.number, rect: cell.rect };
            if let Some(piece) = out.last_mut() {
                let (rect, row, open_top) = (cell.rect, cell.row, cell.open_top);
                piece.cells.push(TableCell { rect, row, key, spans, open_top, place });
            }
        }
    }
    out
}

/// Takes the rows at the top of a piece that hold headings only.
fn take_headings(piece: &mut Piece, found: &mut Found) -> Vec<TableCell> {
    let mut rows = 0;
    loop {
        let mut row = piece.cells.iter().filter(|c| c.row == rows).peekable();
        if row.peek().is_none() {
            break;
        }
        let (mut headings, mut others) = (0, 0);
        for cell in row {
            headings += usize::from(columns::is_heading(&cell.key));
            others += usize::from(!cell.is_blank() && !columns::is_heading(&cell.key));
        }
        // One heading of an unknown column, such as 備考欄, among known ones.
        if headings == 0 || others > 0 && others * 2 > headings || rows > 3 {
            break;
        }
        rows += 1;
    }
    let (headings, data): (Vec<TableCell>, Vec<TableCell>) =
        std::mem::take(&mut piece.cells).into_iter().partition(|c| c.row < rows);
    piece.cells = data;
    for cell in &headings {
        found.labels.extend_from_slice(&cell.spans);
    }
    headings
}

/// The columns of the data with what their headings say.
fn columns(headings: &[TableCell], pieces: &[Piece]) -> Vec<Column> {
    let mut edges: Vec<f32> = pieces.iter().flat_map(|p| &p.cells).map(|c| c.rect.x0).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| *a - *b < SAME_EDGE);
    let right = headings
        .iter()
        .chain(pieces.iter().flat_map(|p| &p.cells))
        .map(|c| c.rect.x1)
        .fold(f32::NEG_INFINITY, f32::max);
    let mut out: Vec<Column> = Vec::new();
    // Columns under one lowest heading share its meaning out among them.
    let mut leaves: Vec<Option<usize>> = Vec::new();
    for (i, &x0) in edges.iter().enumerate() {
        let x = (x0 + edges.get(i + 1).copied().unwrap_or(right)) / 2.0;
        let over = headings.iter().enumerate().filter(|(_, h)| h.rect.x0 <= x && x <= h.rect.x1 && !h.is_blank());
        let leaf = over.clone().max_by(|a, b| a.1.rect.y0.total_cmp(&b.1.rect.y0)).map(|(i, _)| i);
        let under = over.clone().any(|(i, h)| Some(i) != leaf && columns::is_expenses(&h.key));
        let role = leaf.map_or(Role::Unknown, |leaf| columns::role(&headings[leaf].key, under));
        let unit = leaf.and_then(|leaf| columns::unit(&headings[leaf].key));
        leaves.push(leaf);
        out.push(Column { x0, role, unit });
    }
    let mut start = 0;
    while start < out.len() {
        let count = leaves[start..].iter().take_while(|l| **l == leaves[start]).count();
        let shared: &[Role] = match (out[start].role, count) {
            (Role::Expense, 2) if out.iter().any(|c| c.role == Role::Class) => &[Role::Item, Role::Expense],
            (Role::Expense, 2) => &[Role::Class, Role::Expense],
            (Role::Expense, 3) => &[Role::Class, Role::Item, Role::Expense],
            (Role::Class, 2) => &[Role::Class, Role::Item],
            (Role::Project, 2) => &[Role::Number, Role::Project],
            _ => &[],
        };
        for (column, role) in out[start..].iter_mut().zip(shared) {
            column.role = *role;
        }
        start += count.max(1);
    }
    out
}

/// The column that a cell begins in.
fn column<'a>(columns: &'a [Column], cell: &TableCell) -> Option<&'a Column> {
    columns.iter().rev().find(|c| c.x0 <= cell.rect.x0 + SAME_EDGE)
}

fn read_piece(layout: &Layout, piece: &Piece, first: bool, columns: &[Column], groups: &mut Vec<Group>) {
    let of = |role: Role| -> Vec<&TableCell> {
        let mut cells: Vec<&TableCell> =
            piece.cells.iter().filter(|c| column(columns, c).is_some_and(|c| c.role == role)).collect();
        cells.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0));
        cells
    };
    let top = piece.cells.iter().map(|c| c.rect.y0).fold(f32::INFINITY, f32::min);
    let anchors = [Role::Number, Role::Project, Role::RateAndLimit, Role::Rate, Role::Content, Role::Expense]
        .into_iter()
        .map(&of)
        .find(|cells| !cells.is_empty())
        .unwrap_or_default();
    // Has the last project a number? Then what has none at the top of a page goes on from it.
    let counted = groups.last().is_some_and(|g| is_numbered(layout, g));
    let mut ranges: Vec<(Rect, usize)> = Vec::new();
    for anchor in anchors {
        let at_top = !first && anchor.rect.y0 - top < SAME_EDGE && !groups.is_empty();
        let numbered = !matches!(numbered(layout, &anchor.spans, Method::Cell).0, Slot::Unplaced);
        let goes_on = at_top && (anchor.is_blank() || anchor.open_top || counted && !numbered);
        if !goes_on {
            groups.push(Group { blank: Some(anchor.place), ..Group::default() });
        }
        ranges.push((anchor.rect, groups.len() - 1));
    }
    for cell in &piece.cells {
        let role = column(columns, cell).map_or(Role::Unknown, |c| c.role);
        if matches!(role, Role::Expense | Role::Class | Role::Item | Role::Unknown) {
            continue;
        }
        for &(range, group) in &ranges {
            let common = range.overlap_y(&cell.rect);
            if common < SHARED * range.height().min(cell.rect.height()) {
                continue;
            }
            let group = &mut groups[group];
            let field = match role {
                Role::Number => &mut group.number,
                Role::Project => &mut group.project,
                Role::Content => &mut group.content,
                Role::Recipient => &mut group.recipient,
                Role::Limit => &mut group.limit,
                _ => &mut group.rate,
            };
            field.extend(cell.spans.iter().cloned());
        }
    }
    expenses(&of, first, top, &ranges, groups);
}

fn is_numbered(layout: &Layout, group: &Group) -> bool {
    !group.number.is_empty() || !matches!(numbered(layout, &group.project, Method::Cell).0, Slot::Unplaced)
}

/// Every cell of the finest column of expenses is one expense; class and item stand beside it, merged over several.
fn expenses<'a>(
    of: &impl Fn(Role) -> Vec<&'a TableCell>,
    first: bool,
    top: f32,
    ranges: &[(Rect, usize)],
    groups: &mut [Group],
) {
    let (classes, items, contents) = (of(Role::Class), of(Role::Item), of(Role::Expense));
    let finest = [&contents, &items, &classes].into_iter().find(|c| !c.is_empty());
    let Some(finest) = finest else { return };
    for cell in finest {
        let y = cell.rect.center().1;
        let Some(&(_, group)) = ranges.iter().find(|(r, _)| r.y0 - 1.0 <= y && y <= r.y1 + 1.0) else { continue };
        let group = &mut groups[group];
        let beside = |cells: &[&'a TableCell]| cells.iter().find(|c| c.rect.y0 <= y && y <= c.rect.y1).copied();
        let (class, item) = (beside(&classes), beside(&items));
        let at_top = !first && cell.rect.y0 - top < SAME_EDGE;
        let blank = |c: Option<&TableCell>| c.is_none_or(TableCell::is_blank);
        if at_top
            && blank(item)
            && blank(class)
            && let Some(last) = group.expenses.last_mut()
        {
            // A row that the page break cut.
            if let Slot::Read(content) = &mut last.content {
                content.spans.extend(cell.spans.iter().cloned());
            } else {
                last.content = cell.slot();
            }
            continue;
        }
        // A class that goes on over the page break is printed once.
        let before = group.expenses.last().map(|e| e.class.clone());
        let class = match (class, before) {
            (Some(class), Some(before)) if class.is_blank() && !first && class.rect.y0 - top < SAME_EDGE => before,
            (class, _) => class.map_or(Slot::Unplaced, TableCell::slot),
        };
        group.expenses.push(RawExpense {
            class,
            item: item.map_or(Slot::Unplaced, TableCell::slot),
            content: if contents.is_empty() { Slot::Unplaced } else { cell.slot() },
        });
    }
}
