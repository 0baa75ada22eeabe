//! Where a pointer was printed, and by what labels a reader finds it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::facts::Spot;
use super::finding::Quote;
use crate::form::catalogue::catalogue;
use crate::form::{Document, Evidence, Record};
use crate::geometry::Place;

/// The evidence of a document.
pub struct Places<'a> {
    document: &'a Document,
    /// By record, once a place is looked for that is no leaf.
    records: OnceCell<Vec<Leaves<'a>>>,
}

/// Those of one record.
#[derive(Default)]
struct Leaves<'a> {
    all: Vec<Leaf<'a>>,
    /// By pointer, once a place within the record is looked for.
    sorted: OnceCell<Vec<Leaf<'a>>>,
}

/// So many leaves beneath a place, the first by their pointers, are looked at.
const MOST: usize = 200;

/// A pointer and what is printed there.
type Leaf<'a> = (&'a String, &'a Evidence);

impl<'a> Places<'a> {
    pub fn new(document: &'a Document) -> Self {
        Places { document, records: OnceCell::new() }
    }

    /// The evidence of a leaf, of what a quantity prints, or of the first leaf beneath an object.
    fn evidence(&self, pointer: &str) -> Option<&'a Evidence> {
        let all = &self.document.evidence;
        all.get(pointer).or_else(|| all.get(&format!("{pointer}/raw"))).or_else(|| {
            let mut beneath = self.beneath(&format!("{pointer}/"));
            if beneath.len() > MOST {
                beneath.select_nth_unstable_by_key(MOST, |(leaf, _)| *leaf);
                beneath.truncate(MOST);
            }
            // Of a table the first place in reading order, whatever its first key is called.
            let first = beneath.into_iter().min_by_key(|(leaf, e)| (e.at.first().map(order), *leaf));
            first.map(|(_, e)| e)
        })
    }

    /// The leaves whose pointers begin so: of a record all, within a record the first [`MOST`].
    fn beneath(&self, pointer: &str) -> Vec<Leaf<'a>> {
        let is_beneath = |(leaf, _): &Leaf| leaf.starts_with(pointer);
        let Some(index) = record(pointer) else { return self.document.evidence.iter().filter(is_beneath).collect() };
        let Some(leaves) = self.records().get(index) else { return Vec::new() };
        if pointer.matches('/').count() == 3 {
            return leaves.all.clone();
        }
        let sorted = leaves.sorted.get_or_init(|| {
            let mut sorted = leaves.all.clone();
            sorted.sort_unstable_by_key(|(leaf, _)| *leaf);
            sorted
        });
        let first = sorted.partition_point(|(leaf, _)| leaf.as_str() < pointer);
        sorted[first..].iter().copied().take_while(is_beneath).take(MOST).collect()
    }

    fn records(&self) -> &[Leaves<'a>] {
        self.records.get_or_init(|| {
            let mut records: Vec<Leaves> = self.document.records.iter().map(|_| Leaves::default()).collect();
            for leaf in &self.document.evidence {
                if let Some(of) = record(leaf.0).and_then(|index| records.get_mut(index)) {
                    of.all.push(leaf);
                }
            }
            records
        })
    }

    pub fn quote(&self, document: &str, pointer: &str) -> Quote {
        let evidence = self.evidence(pointer);
        let spot = self.spot_of(pointer, evidence);
        Quote {
            document: document.to_owned(),
            pointer: pointer.to_owned(),
            label: self.label(pointer),
            text: evidence.map(|e| e.text.clone()).filter(|t| !t.is_empty()),
            page: spot.page,
            line: spot.line,
            bbox: spot.bbox(),
        }
    }

    pub fn spot(&self, pointer: &str) -> Spot {
        self.spot_of(pointer, self.evidence(pointer))
    }

    fn spot_of(&self, pointer: &str, evidence: Option<&Evidence>) -> Spot {
        match evidence.and_then(|e| e.at.first()) {
            Some(Place::Box { page, rect }) => {
                Spot { page: Some(*page), line: None, bbox: Some([rect.x0, rect.y0, rect.x1, rect.y1]) }
            }
            Some(Place::Line { line }) => Spot { line: Some(*line), ..Spot::default() },
            None => Spot { page: self.first_page(pointer), ..Spot::default() },
        }
    }

    /// A record stands on its pages though none of its leaves has evidence.
    fn first_page(&self, pointer: &str) -> Option<u32> {
        let pages = match self.document.records.get(record(pointer)?)? {
            Record::Initiative(r) => &r.pages,
            Record::Theme(r) => &r.pages,
            Record::SlideTheme(r) => &r.pages,
            Record::ZoneEvaluation(r) => &r.pages,
            Record::Guideline(r) => &r.pages,
        };
        pages.first().copied().filter(|_| self.document.source.media_type == "application/pdf")
    }

    fn label(&self, pointer: &str) -> String {
        label(&self.document.form.id, pointer)
    }
}

/// Which record a pointer is of.
fn record(pointer: &str) -> Option<usize> {
    let rest = pointer.strip_prefix("/records/")?;
    let end = rest.bytes().position(|b| b == b'/').unwrap_or(rest.len());
    rest[..end].parse().ok()
}

fn order(place: &Place) -> (u32, i64, i64) {
    match place {
        Place::Box { page, rect } => (*page, rect.y0 as i64, rect.x0 as i64),
        Place::Line { line } => (*line, 0, 0),
    }
}

/// The printed labels on the way to a pointer.
pub fn label(form: &str, pointer: &str) -> String {
    let fields = labels(form);
    let mut parts: Vec<String> = Vec::new();
    let mut pattern = String::new();
    for (depth, segment) in pointer.split('/').skip(1).enumerate() {
        match (depth, segment.parse::<usize>()) {
            (0, _) => {}
            (1, Ok(index)) => parts.push(format!("#{}", index + 1)),
            (_, Ok(index)) => {
                pattern += "/N";
                if let Some(last) = parts.last_mut() {
                    *last += &format!(" {}", index + 1);
                }
            }
            (_, Err(_)) => {
                pattern = format!("{pattern}/{segment}");
                if let Some(label) = fields.get(pattern.as_str()) {
                    parts.push(label.clone());
                }
            }
        }
    }
    parts.join(" › ")
}

/// Pointer with `N` for places in lists → printed label, of a form.
fn labels(form: &str) -> &'static BTreeMap<String, String> {
    use std::sync::OnceLock;
    static ALL: OnceLock<BTreeMap<&'static str, BTreeMap<String, String>>> = OnceLock::new();
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    let all = ALL.get_or_init(|| {
        catalogue()
            .iter()
            .map(|form| {
                let fields = form.fields().into_iter();
                (form.id, fields.map(|f| (f.pointer, printed(&f.description))).collect())
            })
            .collect()
    });
    all.get(form).unwrap_or(&NONE)
}

/// The printed part of a field's description: `活動指標名: its name` is 活動指標名; of `財政支援要望, 国予算; 件数` both rows' names.
fn printed(description: &str) -> String {
    let said = description.split([':', ';', '.', '\n']).next().unwrap_or_default();
    let japanese = said.split(',').map(str::trim).filter(|part| part.chars().next().is_some_and(|c| !c.is_ascii()));
    japanese.collect::<Vec<_>>().join("・")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first by their pointers, and of those the first in reading order.
    #[test]
    fn of_an_object_the_first_leaf_is_found() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/special_zone/strait.pdf");
        let document = crate::form::of_bytes("a.pdf", &std::fs::read(path).unwrap());
        let places = Places::new(&document);
        let mut objects = std::collections::BTreeSet::new();
        for leaf in document.evidence.keys() {
            objects.extend(leaf.match_indices('/').skip(2).map(|(at, _)| &leaf[..at]));
        }
        let mut large = 0;
        for object in objects {
            let beneath = format!("{object}/");
            let mut leaves: Vec<Leaf> = document.evidence.iter().filter(|(l, _)| l.starts_with(&beneath)).collect();
            leaves.sort_by_key(|(leaf, _)| *leaf);
            large += usize::from(leaves.len() > MOST);
            let first = leaves.into_iter().take(MOST).min_by_key(|(leaf, e)| (e.at.first().map(order), *leaf));
            let own = document.evidence.get(object).or_else(|| document.evidence.get(&format!("{object}/raw")));
            assert_eq!(places.evidence(object), own.or(first.map(|(_, e)| e)), "{object}");
        }
        assert!(large > 0, "none is so large that leaves are left out");
    }
}
