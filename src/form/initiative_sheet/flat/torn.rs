//! Is the reading order that of the form at all? Some extractors sort fragments in ways that part headings from what
//! stands under them; then every field of the sheet is doubtful, however well it fits.

use super::work::Work;
use crate::diagnostic::Severity;
use crate::form::initiative_sheet::labels::Label;

/// Labels that every orderly text prints one behind the other, and labels behind which every orderly text has a value.
const PAIRS: [(Label, Label); 4] = [
    (Label::Settled, Label::SettlementEstimate),
    (Label::ActivityDone, Label::ActivityPlanned),
    (Label::Category, Label::Content),
    (Label::Department, Label::Contact),
];
const BEFORE_VALUE: [Label; 5] =
    [Label::Development, Label::SubMeasure, Label::Initiative, Label::Outcome, Label::Program];

/// Doubts the whole sheet when its headings do not stand as the form prints them.
pub fn doubt(work: &mut Work) {
    if breaches(work) < 2 {
        return;
    }
    let message = "headings do not stand in the order of the form: the extractor tore its cells apart, and every value \
                   was told by its form and its neighbours";
    for at in ["/plan", "/do", "/check", "/action"] {
        work.doubt(Severity::Warning, "reading_order_torn", at, message);
    }
}

fn breaches(work: &Work) -> usize {
    let mut breaches = 0;
    for (i, token) in work.tokens.iter().enumerate() {
        let Some(label) = token.label() else { continue };
        let next = work.tokens.get(i + 1);
        if let Some((_, wanted)) = PAIRS.iter().find(|(first, _)| *first == label) {
            // Both halves of 担当部課【連絡先】 may be one label.
            let whole = label == Label::Department && token.text.contains("連絡先");
            breaches += usize::from(!whole && next.is_none_or(|t| !t.is(*wanted)));
        }
        if BEFORE_VALUE.contains(&label) {
            breaches += usize::from(next.is_none_or(|t| t.label().is_some()));
        }
    }
    breaches
}
