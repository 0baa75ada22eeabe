//! 進捗状況: the printed words and the levels they stand for.

use super::record::{Judgment, Level, Scale};
use crate::normalize::fold;

/// Words of the scale, spelling variants included, longest first where one holds another.
const WORDS: [(&str, Level); 10] = [
    ("概ね順調", Level::MostlyOnTrack),
    ("おおむね順調", Level::MostlyOnTrack),
    ("順調", Level::OnTrack),
    ("やや遅れ", Level::SlightlyBehind),
    ("やや遅れている", Level::SlightlyBehind),
    ("大幅遅れ", Level::Behind),
    ("大幅な遅れ", Level::Behind),
    ("遅れ", Level::Behind),
    ("遅れている", Level::Behind),
    ("未着手", Level::NotStarted),
];

/// The level of a printed word, compared without white space; `None` for any other word.
pub(super) fn level(word: &str) -> Option<Level> {
    let key = fold::key(word);
    WORDS.iter().find(|(w, _)| *w == key).map(|(_, level)| *level)
}

/// The judgment of a printed word; `unrated` for a word of no known scale.
pub(super) fn judgment(raw: String) -> Judgment {
    match level(&raw) {
        Some(level) => {
            let scale = Scale { id: "okinawa-progress".to_owned(), basis: "activity".to_owned() };
            Judgment { raw, level, scale: Some(scale) }
        }
        None => Judgment { raw, level: Level::Unrated, scale: None },
    }
}
