//! A slide's lines → its pieces: headings, labels, bullets with the lines that they go on over, and the rest.

use super::heads::{self, Kind};
use super::strand::{self, Strand, balance, is_open};
use crate::form::document::Method;
use crate::form::slot::Slot;
use crate::geometry::{Place, Rect};
use crate::layout::{Layout, PageLayout, Span};

/// How far a text has been parted before a line: not, by empty lines, by what looks like a page's end, by a page's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Blank,
    Likely,
    Page,
}

/// A line on its way to a piece.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub span: Span,
    pub text: String,
    /// How long it is printed, in half-width columns.
    pub width: usize,
    pub gap: Gap,
    /// Lines of one cell or one paragraph share it; all lines of a text do.
    pub block: usize,
    /// The line's box and that of the cell around it, of a page.
    pub rect: Option<Rect>,
    pub frame: Option<Rect>,
}

/// One piece of a slide.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    /// Of a heading: its number.
    pub number: Vec<Span>,
    /// What it says: the name of a heading, the text of a bullet.
    pub text: Vec<Span>,
    /// Signs, number and brackets around the text.
    pub label: Vec<Span>,
    /// Everything that it prints.
    pub all: Vec<Span>,
    pub block: usize,
    pub gap: Gap,
    /// The box of its text, and of the cell around it.
    pub rect: Option<Rect>,
    pub frame: Option<Rect>,
    pub method: Method,
}

impl Token {
    pub fn slot(&self, spans: &[Span]) -> Slot {
        Slot::read(spans.to_vec(), self.method)
    }

    pub fn said(&self, layout: &Layout) -> String {
        Strand::new(layout, &self.text).text
    }

    pub fn is_bullet(&self) -> bool {
        matches!(self.kind, Kind::Bullet(_))
    }
}

/// The lines of a page by what is seen: cells and paragraphs from the top down, left to right.
pub(super) fn page_lines(layout: &Layout, page: usize) -> Vec<Piece> {
    let content = &layout.pages[page];
    let mut blocks: Vec<(Rect, Option<Rect>, Vec<usize>)> = Vec::new();
    for cell in content.cells.iter().filter(|c| !c.lines.is_empty()) {
        let lines: Vec<usize> = cell.lines.clone().collect();
        if let Some(rect) = around(content, &lines) {
            blocks.push((rect, Some(cell.rect), lines));
        }
    }
    blocks.extend(content.blocks().into_iter().map(|b| (b.rect, None, b.lines)));
    blocks.sort_by(|a, b| a.0.y0.total_cmp(&b.0.y0).then(a.0.x0.total_cmp(&b.0.x0)));
    let mut out = Vec::new();
    for (block, (_, frame, lines)) in blocks.into_iter().enumerate() {
        for line in lines {
            let span = layout.whole(page, line);
            let (text, width) = printed(layout, &span);
            let rect = rect_of(content, line);
            out.push(Piece { span, text, width, gap: Gap::None, block, rect, frame });
        }
    }
    if let Some(first) = out.first_mut() {
        first.gap = Gap::Page;
    }
    out
}

/// The printed lines of a text, page after page, with the room before each of them.
pub(super) fn text_lines(layout: &Layout) -> Vec<Piece> {
    let mut out = Vec::new();
    // Where pages are told, nothing else tells them.
    let widest = if layout.pages.len() > 1 { Gap::Blank } else { Gap::Likely };
    for (page, content) in layout.pages.iter().enumerate() {
        let mut gap = Gap::Page;
        let mut blank = 0;
        for (line, content) in content.lines.iter().enumerate() {
            if content.text.trim().is_empty() {
                blank += 1;
                gap = gap.max(if blank >= 3 { widest } else { Gap::Blank });
                continue;
            }
            // A form feed that became a space.
            let turned = content.text.starts_with(' ') && !content.text.starts_with("  ");
            gap = if turned && widest == Gap::Likely { gap.max(Gap::Likely) } else { gap };
            for span in columns(layout, &layout.whole(page, line)) {
                let (text, width) = printed(layout, &span);
                out.push(Piece { span, text, width, gap, block: 0, rect: None, frame: None });
                gap = Gap::None;
            }
            blank = 0;
        }
    }
    out
}

/// A line that keeps what stood side by side on the page, in its parts.
fn columns(layout: &Layout, line: &Span) -> Vec<Span> {
    let text = layout.text(line);
    if !text.trim().contains(COLUMN_GAP) {
        return vec![line.clone()];
    }
    let mut out: Vec<Span> = Vec::new();
    let mut spaces = COLUMN_GAP.len();
    for (at, c) in text.chars().enumerate() {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        match out.last_mut() {
            Some(last) if spaces < COLUMN_GAP.len() || is_spaced_out(text, last, line.start, at) => {
                last.end = line.start + at + 1;
            }
            _ => out.push(Span::new(line.page, line.line, line.start + at..line.start + at + 1)),
        }
        spaces = 0;
    }
    out
}

/// 前　回, ■　…: a single sign goes on with what stands behind it.
fn is_spaced_out(text: &str, last: &Span, start: usize, at: usize) -> bool {
    if last.end - last.start != 1 {
        return false;
    }
    match text.chars().nth(last.start - start) {
        Some('前' | '今') => text.chars().nth(at) == Some('回'),
        Some(sign) => "■□◆◇●○〇・※".contains(sign) || matches!(sign, '\u{2460}'..='\u{2473}'),
        None => false,
    }
}

/// So many spaces part two columns of a text.
const COLUMN_GAP: &str = "   ";

/// The folded text of a line and its printed length.
fn printed(layout: &Layout, span: &Span) -> (String, usize) {
    let half = |c: char| c.is_ascii() || matches!(c, '\u{FF61}'..='\u{FF9F}');
    let width = layout.text(span).trim().chars().map(|c| if half(c) { 1 } else { 2 }).sum();
    (Strand::new(layout, std::slice::from_ref(span)).text.trim_end().to_owned(), width)
}

fn rect_of(page: &PageLayout, line: usize) -> Option<Rect> {
    match page.lines[line].place {
        Place::Box { rect, .. } => Some(rect),
        Place::Line { .. } => None,
    }
}

fn around(page: &PageLayout, lines: &[usize]) -> Option<Rect> {
    lines.iter().filter_map(|&l| rect_of(page, l)).reduce(|a, b| a.union(&b))
}

/// Puts lines together into pieces. `loose`: numbered lines without 「」 are headings too.
pub(super) fn tokens(layout: &Layout, lines: &[Piece], loose: bool) -> Vec<Token> {
    let kinds: Vec<Option<Kind>> = lines.iter().map(|l| heads::of(&l.text, loose).map(|f| f.kind)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = Ends { lines, kinds: &kinds, from: at, loose }.end();
        out.extend(token(layout, &lines[at..end], loose));
        at = end;
    }
    out
}

/// A heading in brackets may be wrapped so often.
const WRAPS: usize = 4;
/// So many lines of cities may stand behind a count.
const CITY_LINES: usize = 200;
/// So many lines back are looked at to tell how wide a text is set.
const LOOK_BACK: usize = 64;

/// A word that did not fit leaves no more room than this at a line's end, in half-width columns; and signs may be set
/// narrower than they count, an eighth of the line.
const WORD: usize = 4;
/// A line of a sentence is at least so long.
const SENTENCE: usize = 30;
/// A line of a text that ends so is not its last.
const OPEN_ENDS: [char; 11] = ['、', 'を', 'に', 'が', 'は', 'で', 'と', 'の', 'や', 'て', '・'];

/// Finds where the piece that begins at line `from` ends.
struct Ends<'a> {
    lines: &'a [Piece],
    kinds: &'a [Option<Kind>],
    from: usize,
    loose: bool,
}

impl Ends<'_> {
    fn end(&self) -> usize {
        let first = &self.lines[self.from];
        if self.is_torn() {
            return self.bracket_from(self.from + 2, WRAPS).1;
        }
        match self.kinds[self.from] {
            None if opens_heading(&first.text) => self.heading().unwrap_or_else(|| self.text()),
            Some(Kind::Bullet(_) | Kind::Note) | None => self.text(),
            // The cities of a count may fill several lines.
            Some(Kind::Count | Kind::Previous | Kind::Current) => self.bracket(CITY_LINES).1,
            Some(Kind::Example) => {
                let (text, end) = self.bracket(WRAPS);
                // The name is wrapped before its bracket, or stands below its label.
                let wrapped =
                    self.follows(end) && self.kinds[end] == Some(Kind::Company) && strand::tail(&text).is_none();
                end + usize::from(wrapped)
            }
            Some(_) => self.bracket(WRAPS).1,
        }
    }

    /// A heading whose number, or a word whose second sign, an extractor put on the next line.
    fn is_torn(&self) -> bool {
        let (from, next) = (self.from, self.from + 1);
        if self.lines[from].rect.is_some() || !self.follows(next) || self.lines[from].text.chars().count() > 4 {
            return false;
        }
        let (first, second) = (self.lines[from].text.trim(), self.lines[next].text.trim());
        match first {
            "前" | "今" => second == "回",
            _ => second.starts_with('「') && heads::number(first).is_some(),
        }
    }

    /// Does the line stand in the same block, not far below?
    fn follows(&self, at: usize) -> bool {
        at < self.lines.len() && self.lines[at].block == self.lines[self.from].block && self.lines[at].gap < Gap::Likely
    }

    /// Lines until the brackets that the first one opens are closed.
    fn bracket(&self, most: usize) -> (String, usize) {
        self.bracket_from(self.from + 1, most)
    }

    fn bracket_from(&self, mut at: usize, most: usize) -> (String, usize) {
        let mut text: String = self.lines[self.from..at].iter().map(|l| l.text.as_str()).collect();
        let mut open = balance(&text);
        while at - self.from < most && self.follows(at) && open > 0 {
            if !matches!(self.kinds[at], None | Some(Kind::Company | Kind::Count)) {
                break;
            }
            open += balance(&self.lines[at].text);
            text.push_str(&self.lines[at].text);
            at += 1;
        }
        (text, at)
    }

    /// A heading that its first line alone does not show to be one.
    fn heading(&self) -> Option<usize> {
        let (text, end) = self.bracket(WRAPS);
        (!is_open(&text) && heads::of(&text, self.loose).is_some()).then_some(end)
    }

    /// The lines of a text or bullet.
    fn text(&self) -> usize {
        let mut at = self.from + 1;
        while at < self.lines.len() && self.goes_on(at) {
            at += 1;
        }
        at
    }

    fn goes_on(&self, at: usize) -> bool {
        let next = &self.lines[at];
        let before = &self.lines[self.from.max(at.saturating_sub(LOOK_BACK))..at];
        match self.kinds[at] {
            None => {}
            // Signs that wrapped text may begin with as well.
            Some(Kind::Bullet('・')) if is_wrapped_dot(&self.lines[self.from], before, next) => {}
            Some(Kind::Company | Kind::Count)
                if next.gap == Gap::None
                    && before.last().is_some_and(|l| is_open(&l.text) || l.text.ends_with(OPEN_ENDS)) => {}
            Some(_) => return false,
        }
        match next.rect {
            Some(_) => self.follows(at),
            None => next.gap < Gap::Likely && text_goes_on(before, next),
        }
    }
}

fn opens_heading(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    let sign =
        first.is_some_and(|c| "<〈《【(〔".contains(c) || c.is_ascii_digit() || matches!(c, '\u{2460}'..='\u{2473}'));
    sign && is_open(text)
}

/// A line that begins with ・ where a word of a hanging text was broken: it stands under the text, not under the sign.
fn is_wrapped_dot(first: &Piece, before: &[Piece], next: &Piece) -> bool {
    let hangs = match (first.rect, next.rect) {
        (Some(first), Some(next)) => next.x0 > first.x0 + 3.0,
        _ => false,
    };
    hangs
        && first.block == next.block
        && first.text.trim_start().starts_with('・')
        && before.last().is_some_and(|last| !last.text.ends_with(['。', ')', '」']))
        && is_full(before, next)
}

/// Was the last line filled, so that the next one may be its rest? A line that a page wrapped is as long as any other of
/// its text, but for a word that did not fit.
fn is_full(before: &[Piece], next: &Piece) -> bool {
    let Some(last) = before.last() else { return false };
    match (last.rect, next.rect, last.frame) {
        (Some(a), Some(b), frame) => {
            let em = a.height().max(1.0);
            let right = frame.map_or(b.x1, |f| f.x1 - 1.5 * em).max(b.x1 - 2.0 * em);
            a.x1 + 2.0 * em >= right
        }
        _ => {
            let longest = before.iter().map(|l| l.width).max().unwrap_or(0).max(next.width);
            last.width + WORD + longest / 8 >= longest
        }
    }
}

fn text_goes_on(before: &[Piece], next: &Piece) -> bool {
    let Some(last) = before.last() else { return false };
    if last.text.ends_with('。') {
        return false;
    }
    // No name ends so.
    let open = last.text.ends_with(OPEN_ENDS);
    if open && (next.gap == Gap::None || last.text.ends_with('、')) {
        return true;
    }
    // Over an empty line only a sentence goes on, to its end or over another full line.
    let long = |l: &Piece| l.width >= SENTENCE;
    let sentence = long(last) && (next.text.ends_with('。') || long(next));
    is_full(before, next) && (next.gap == Gap::None || sentence)
}

fn token(layout: &Layout, lines: &[Piece], loose: bool) -> Vec<Token> {
    let Some(first) = lines.first() else { return Vec::new() };
    let spans: Vec<Span> = lines.iter().map(|l| l.span.clone()).collect();
    let strand = Strand::new(layout, &spans);
    let found = heads::of(&strand.text, loose);
    let rect = lines.iter().filter_map(|l| l.rect).reduce(|a, b| a.union(&b));
    let method = match (first.rect, first.frame) {
        (None, _) => Method::Order,
        (_, Some(_)) => Method::Cell,
        _ => Method::Position,
    };
    let plain = Token {
        kind: Kind::Text,
        number: Vec::new(),
        text: strand.cut(0..strand.text.len()),
        label: Vec::new(),
        all: strand.cut(0..strand.text.len()),
        block: first.block,
        gap: first.gap,
        rect,
        frame: first.frame.or(rect),
        method,
    };
    let Some(found) = found else { return vec![plain] };
    let head = Token {
        kind: found.kind,
        number: strand.cut(found.number.clone()),
        text: strand.cut(found.text.clone()),
        label: [strand.cut(0..found.text.start), strand.cut(found.text.end..strand.text.len())].concat(),
        ..plain
    };
    // 前回 and its count on one line are two pieces.
    if matches!(found.kind, Kind::Previous | Kind::Current) && !head.text.is_empty() {
        let label = strand.cut(0..found.text.start);
        let count = Token {
            kind: Kind::Count,
            label: Vec::new(),
            all: head.text.clone(),
            rect: boxed(layout, &head.text),
            gap: Gap::None,
            ..head.clone()
        };
        let rect = boxed(layout, &label);
        return vec![Token { text: Vec::new(), label: label.clone(), all: label, rect, ..head }, count];
    }
    vec![head]
}

/// The box around spans of a page.
fn boxed(layout: &Layout, spans: &[Span]) -> Option<Rect> {
    let places = layout.places(spans);
    let rects = places.iter().filter_map(|place| match place {
        Place::Box { rect, .. } => Some(*rect),
        Place::Line { .. } => None,
    });
    rects.reduce(|a, b| a.union(&b))
}
