//! Text inputs: every line as it stands, page by page.

use super::{Layout, Line, PageLayout};
use crate::geometry::Place;
use crate::source::TextLine;

impl Layout {
    /// The layout of a text input: lines only.
    pub fn from_text(lines: &[TextLine]) -> Layout {
        let mut pages: Vec<PageLayout> = Vec::new();
        for line in lines {
            if pages.last().is_none_or(|p| p.number != line.page) {
                pages.push(PageLayout { number: line.page, ..PageLayout::default() });
            }
            if let Some(page) = pages.last_mut() {
                page.lines.push(Line {
                    text: line.text.clone(),
                    place: Place::Line { line: line.number },
                    cell: None,
                    edges: Box::default(),
                    vertical: false,
                    size: 0.0,
                    paragraph: false,
                });
            }
        }
        Layout { pages }
    }
}
