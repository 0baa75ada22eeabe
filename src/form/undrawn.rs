//! What the layout says of cells without a side, as doubts about the records that stand on the page.

use super::Record;
use crate::diagnostic::Diagnostic;
use crate::layout::Layout;

/// One doubt a page and record, since the values of neighbouring cells are concerned too.
pub fn doubts(layout: &Layout, records: &[Record]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for page in layout.pages.iter().filter(|page| !page.undrawn.is_empty()) {
        let places: Vec<String> = page
            .undrawn
            .iter()
            .take(4)
            .map(|cell| {
                let done = if cell.mended { "read as two cells" } else { "left as one cell" };
                format!("at {:.0}, {:.0} pt ({done})", cell.rect.x0, cell.rect.y0)
            })
            .collect();
        let more = if page.undrawn.len() > places.len() { ", …" } else { "" };
        let message = format!(
            "text stands apart in {} cell(s), as if the rule between were not drawn: {}{more}; look at the values of this page",
            page.undrawn.len(),
            places.join(", "),
        );
        let on_page = |record: &&(usize, &Record)| pages(record.1).contains(&page.number);
        let records: Vec<(usize, &Record)> = records.iter().enumerate().collect();
        let doubt = Diagnostic::warning("side_not_drawn", message).on_page(page.number);
        let about: Vec<String> = records.iter().filter(on_page).map(|(index, _)| format!("/records/{index}")).collect();
        if about.is_empty() {
            out.push(doubt.clone());
        }
        out.extend(about.into_iter().map(|at| doubt.clone().at(at)));
    }
    out
}

fn pages(record: &Record) -> &[u32] {
    match record {
        Record::Initiative(sheet) => &sheet.pages,
        Record::Theme(theme) => &theme.pages,
        Record::SlideTheme(theme) => &theme.pages,
        Record::ZoneEvaluation(zone) => &zone.pages,
        Record::Guideline(guideline) => &guideline.pages,
    }
}
