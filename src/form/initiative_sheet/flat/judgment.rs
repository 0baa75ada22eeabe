//! 進捗状況: the word of judgment beside the ratio.

use super::runs::{Run, Zone};
use super::word::{self, Class};
use super::work::{Area, Work};
use crate::diagnostic::Severity;
use crate::form::document::Method;
use crate::form::initiative_sheet::labels::Label;

/// A column of judgments is so narrow that its words wrap; no line of one is longer.
const NARROW: usize = 6;

/// The word of a scale that stands by itself; a short word behind the ratio where no scale knows it.
pub fn judgment(work: &mut Work, runs: &[Run]) {
    let words: Vec<usize> = work.of(Area::Do).into_iter().filter(|i| work.word(*i, Class::Judgment)).collect();
    let lone = |i: &usize| {
        let t = &work.tokens[*i];
        let behind_text = !t.first
            && i.checked_sub(1).is_some_and(|b| {
                work.tokens[b].is_word(Class::Text) && work.free(b) && !work.tokens[b].text.ends_with('。')
            });
        !behind_text
    };
    let mut found = wrapped(work);
    let joined = !found.is_empty();
    let lone: Vec<usize> = words.into_iter().filter(lone).filter(|i| !found.iter().any(|f| f.contains(i))).collect();
    found.extend(lone.into_iter().map(|i| vec![i]));
    if let Some(first) = found.first() {
        let differ = found.iter().any(|ids| work.text(ids) != work.text(first));
        let beside = !joined && qualified(work, first[0]);
        work.raw.judgment = work.slot(first, if differ || joined || beside { Method::Inferred } else { Method::Order });
        if joined {
            let message = "the word wrapped in its column; its lines are put together";
            work.doubt(Severity::Note, "judgment_inferred", "/do/judgment", message);
        }
        if beside {
            let message = "a word that qualifies it stands beside the word of judgment; it may be a part of it";
            work.doubt(Severity::Warning, "judgment_qualified", "/do/judgment", message);
        }
        if differ {
            work.doubt(
                Severity::Warning,
                "judgment_inferred",
                "/do/judgment",
                "several words of judgment; the first is taken",
            );
        }
        return;
    }
    let short = |i: &usize| {
        let t = &work.tokens[*i];
        let after_value =
            !t.first && i.checked_sub(1).is_some_and(|b| work.tokens[b].class().is_some_and(word::is_value));
        let after_label = i.checked_sub(1).is_some_and(|b| work.tokens[b].is(Label::Progress));
        work.word(*i, Class::Text)
            && (after_value || after_label)
            && t.text.chars().count() <= 8
            && !t.text.contains('。')
    };
    let found = runs.iter().filter(|r| r.zone == Zone::Indicator).flat_map(|r| r.ids.clone()).find(short);
    if let Some(id) = found {
        work.raw.judgment = work.slot(&[id], Method::Inferred);
        work.doubt(
            Severity::Warning,
            "judgment_inferred",
            "/do/judgment",
            "a short word beside the ratio; no scale knows it",
        );
    }
}

/// Words of a scale that wrapped: 概ね⏎順調, 概ね順⏎調.
fn wrapped(work: &Work) -> Vec<Vec<usize>> {
    let short = |i: &usize| {
        let t = &work.tokens[*i];
        work.free(*i) && matches!(t.class(), Some(Class::Text | Class::Judgment)) && t.text.chars().count() <= NARROW
    };
    let ids: Vec<usize> = work.of(Area::Do).into_iter().filter(short).collect();
    let below = |i: usize| {
        let row = work.tokens[i].row + 1;
        let behind = ids[ids.partition_point(|j| *j <= i)..].iter().copied();
        behind.take_while(move |j| work.tokens[*j].row <= row).filter(move |j| work.tokens[*j].row == row)
    };
    let is_judgment = |ids: &[usize]| word::is_judgment(&work.text(ids).chars().collect::<Vec<_>>());
    let mut out: Vec<Vec<usize>> = Vec::new();
    for &a in &ids {
        if out.iter().any(|found| found.contains(&a)) {
            continue;
        }
        let three = below(a).flat_map(|b| below(b).map(move |c| vec![a, b, c])).find(|ids| is_judgment(ids));
        out.extend(three.or_else(|| below(a).map(|b| vec![a, b]).find(|ids| is_judgment(ids))));
    }
    out
}

/// Does 概ね, やや or a word in brackets stand by itself on the lines around?
fn qualified(work: &Work, id: usize) -> bool {
    let row = work.tokens[id].row;
    work.of(Area::Do).into_iter().filter(|i| *i != id && work.free(*i)).any(|i| {
        let t = &work.tokens[i];
        let qualifier = ["概ね", "おおむね", "やや", "大幅", "大幅な", "ほぼ"].contains(&t.text.as_str());
        let inner = t.text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
        let remark = inner.is_some_and(|r| r.chars().count() <= NARROW && !r.chars().any(|c| c.is_ascii()));
        qualifier && (row == t.row || row == t.row + 1) || remark && (row == t.row || row + 1 == t.row)
    })
}
