//! One amount on many sheets, counted once: what one record splits (by fund or method) is added up, and of records that
//! print different sums the largest counts.

use std::collections::{BTreeMap, BTreeSet};

/// Where the amount of one programme, year and kind is printed: by record, its parts. A part that a record prints again is
/// no other part.
#[derive(Debug, Clone)]
pub struct Prints<R, P>(BTreeMap<R, BTreeSet<(P, i64)>>);

impl<R, P> Default for Prints<R, P> {
    fn default() -> Self {
        Prints(BTreeMap::new())
    }
}

impl<R: Ord, P: Ord> Prints<R, P> {
    pub fn add(&mut self, record: R, part: P, yen: i64) {
        self.0.entry(record).or_default().insert((part, yen));
    }

    /// How many records print it.
    pub fn records(&self) -> usize {
        self.0.len()
    }

    /// The sum of each record.
    pub fn sums(&self) -> impl Iterator<Item = i64> {
        self.0.values().map(|parts| parts.iter().fold(0i64, |sum, (_, yen)| sum.saturating_add(*yen)))
    }

    /// The amount, counted once.
    pub fn once(&self) -> i64 {
        self.sums().max().unwrap_or_default()
    }

    /// Do records print different sums?
    pub fn differ(&self) -> bool {
        self.sums().any(|sum| sum != self.once())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_record_splits_is_added_up() {
        let mut prints = Prints::default();
        for (record, part, yen) in [(1, "県単", 1_000), (1, "各省計上", 1_000), (1, "県単", 1_000), (2, "県単", 1_500)]
        {
            prints.add(record, part, yen);
        }
        assert_eq!((prints.records(), prints.once(), prints.differ()), (2, 2_000, true));
    }
}
