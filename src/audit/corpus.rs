//! Documents held against each other.

use std::collections::{HashMap, HashSet};

use super::counts::Counts;
use super::facts::{DocumentFact, Facts, Spot, Spots};
use super::finding;
use super::registry::{Check, CorpusDraft, Draft};
use super::shelf::Shelf;
use super::{Finding, Quote, Rule};
use crate::error::Result;

/// Adds what the rules over several documents find, with `quotes` or without.
pub fn hold(
    rules: &[&'static Rule],
    documents: Vec<DocumentFact>,
    shelf: Shelf,
    counts: &Counts,
    quotes: bool,
    found: &mut Vec<Finding>,
) -> Result<()> {
    let mut facts = Facts { documents, ..Facts::default() };
    let mut drafts = Vec::new();
    for part in shelf.parts() {
        facts = Facts { documents: facts.documents, ..part? };
        for rule in rules {
            if let Check::Corpus(check) = rule.check {
                check(&facts, &mut drafts);
                place(rule, &facts, &mut drafts, quotes, found);
            }
        }
    }
    for rule in rules {
        if let Check::Counts(check) = rule.check {
            check(counts, &mut drafts);
            place(rule, &facts, &mut drafts, quotes, found);
        }
    }
    Ok(())
}

/// Looks up where drafts are printed.
fn place(rule: &Rule, facts: &Facts, drafts: &mut Vec<CorpusDraft>, quotes: bool, found: &mut Vec<Finding>) {
    if drafts.is_empty() {
        return;
    }
    let documents = facts.documents.iter().enumerate();
    let by_name: HashMap<&str, usize> = documents.map(|(i, d)| (d.name.as_str(), i)).collect();
    let places: Vec<Vec<Place>> = drafts
        .iter()
        .map(|(document, draft)| {
            let related = draft.related.iter().filter_map(|related| match related.rsplit_once("#/") {
                Some((name, _)) => Some((*by_name.get(name)?, related[name.len() + 1..].to_owned())),
                None => Some((*document, related.clone())),
            });
            std::iter::once((*document, draft.pointer.clone())).chain(related).collect()
        })
        .collect();
    let wanted: HashSet<(usize, &str)> =
        places.iter().flatten().map(|(document, pointer)| (*document, pointer.as_str())).collect();
    let spots = facts.spots(&wanted);
    for ((document, draft), places) in drafts.drain(..).zip(&places) {
        let of = &facts.documents[document];
        let spot = spots.get(&(document, draft.pointer.as_str())).map_or(Spot::default(), |(spot, _)| *spot);
        let quotes = if quotes { quote(facts, document, &draft, places, &spots) } else { Vec::new() };
        found.push(finding(rule, &of.name, &of.id, draft, spot, quotes));
    }
}

/// The places of a draft as people are shown them.
fn quote(facts: &Facts, document: usize, draft: &Draft, places: &[Place], spots: &Spots) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = places
        .iter()
        .filter_map(|(document, pointer)| {
            let spot = spots.get(&(*document, pointer.as_str()))?;
            Some(facts.quote(*document, pointer, *spot))
        })
        .collect();
    // What is a place in no fact is still the place of the finding.
    let name = &facts.documents[document].name;
    if quotes.first().is_none_or(|first| (&first.document, &first.pointer) != (name, &draft.pointer)) {
        let (document, pointer) = (name.clone(), draft.pointer.clone());
        quotes.insert(0, Quote { document, pointer, ..Quote::default() });
    }
    quotes
}

/// A document's place among all, and a pointer there.
type Place = (usize, String);
