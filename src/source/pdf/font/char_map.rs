//! Which characters a font's character map speaks of: the ranges that it lists, each character once.

/// The ranges of subtable `index` of a `cmap` table, in order and without overlap; none for formats that nobody embeds.
///
/// A damaged table may list the same ranges many thousand times over, or billions of characters. Merged and cut off at the last
/// character there is, they are never more than that.
pub(super) fn ranges(cmap: &[u8], index: u16) -> Vec<(u32, u32)> {
    let record = 4 + 8 * usize::from(index);
    let table = u32_at(cmap, record + 4).and_then(|offset| cmap.get(offset as usize..)).unwrap_or_default();
    let mut found = listed(table).unwrap_or_default();
    found.retain(|&(first, last)| first <= last && first <= LAST);
    found.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (first, last) in found {
        match merged.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last.min(LAST)),
            _ => merged.push((first, last.min(LAST))),
        }
    }
    merged
}

/// The last character of Unicode.
const LAST: u32 = 0x10_ffff;

fn listed(table: &[u8]) -> Option<Vec<(u32, u32)>> {
    let last_of = |first: u32, count: u32| count.checked_sub(1).map(|more| (first, first.saturating_add(more)));
    Some(match u16_at(table, 0)? {
        0 => vec![(0, 255)],
        4 => {
            let doubled = usize::from(u16_at(table, 6)?);
            let segment = |at: usize| {
                let (end, start) = (u16_at(table, 14 + at)?, u16_at(table, 16 + doubled + at)?);
                Some((u32::from(start), u32::from(end)))
            };
            (0..doubled).step_by(2).map_while(segment).collect()
        }
        6 => last_of(u16_at(table, 6)?.into(), u16_at(table, 8)?.into()).into_iter().collect(),
        10 => last_of(u32_at(table, 12)?, u32_at(table, 16)?).into_iter().collect(),
        12 | 13 => {
            let groups = table.get(16..)?.chunks_exact(12).take(u32_at(table, 12)? as usize);
            groups.filter_map(|group| Some((u32_at(group, 0)?, u32_at(group, 4)?))).collect()
        }
        _ => return None,
    })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A `cmap` of one subtable.
    fn cmap(subtable: &[u16]) -> Vec<u8> {
        [&[0, 1, 3, 1, 0, 12], subtable].concat().iter().flat_map(|n| n.to_be_bytes()).collect()
    }

    #[test]
    fn every_format_tells_its_characters() {
        assert_eq!(ranges(&cmap(&[0, 262, 0]), 0), [(0, 255)]);
        // Two segments, the second the end mark.
        let format4 = [4, 32, 0, 4, 0, 0, 0, 0x42, 0xffff, 0, 0x41, 0xffff, 1, 1, 0, 0];
        assert_eq!(ranges(&cmap(&format4), 0), [(0x41, 0x42), (0xffff, 0xffff)]);
        assert_eq!(ranges(&cmap(&[6, 14, 0, 0x20, 3, 1, 2, 3]), 0), [(0x20, 0x22)]);
        let format12 = [12, 0, 0, 28, 0, 0, 0, 2, 0, 0x3042, 0, 0x3044, 0, 1, 2, 0x0b9f, 2, 0x0b9f, 0, 9];
        assert_eq!(ranges(&cmap(&format12), 0), [(0x3042, 0x3044), (0x2_0b9f, 0x2_0b9f)]);
    }

    #[test]
    fn ranges_that_overlap_or_never_end_are_each_character_once() {
        let all = [0, 0, 0xffff, 0xffff, 0, 1];
        let groups = [&[12, 0, 0, 0, 0, 0, 0, 3][..], &all, &all, &[0, 5, 0, 1, 0, 1]].concat();
        assert_eq!(ranges(&cmap(&groups), 0), [(0, LAST)]);
    }

    #[test]
    fn damaged_tables_have_what_can_be_read() {
        assert_eq!(ranges(&[], 0), []);
        assert_eq!(ranges(&cmap(&[4, 32, 0, 4, 0, 0, 0, 0x42]), 0), []);
        assert_eq!(ranges(&cmap(&[12, 0, 0, 0, 0, 0, 0xffff, 0xffff, 0, 7, 0, 8, 0, 1]), 0), [(7, 8)]);
        assert_eq!(ranges(&cmap(&[2, 0]), 7), []);
    }
}
