//! How alike two texts are, where nothing but their words ties one cell to another.

use std::collections::HashSet;

/// The pairs of neighbouring characters of a folded text.
pub(super) struct Words(HashSet<(char, char)>);

impl Words {
    pub fn of(text: &str) -> Words {
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        Words(chars.windows(2).map(|w| (w[0], w[1])).collect())
    }

    /// Which part of these words stands in `text`, from 0 to 1.
    pub fn share(&self, text: &Words) -> f64 {
        if self.0.is_empty() {
            return 0.0;
        }
        self.0.intersection(&text.0).count() as f64 / self.0.len() as f64
    }
}

/// Pairs rows with columns, the best score first; each is used once. What scores nothing is not paired.
pub(super) fn assign(rows: usize, columns: usize, score: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    // More than these is no page of programs.
    let (rows, columns) = (rows.min(60), columns.min(60));
    let mut all: Vec<(f64, usize, usize)> =
        (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))).map(|(r, c)| (score(r, c), r, c)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2))).then(a.1.cmp(&b.1)));
    let (mut used_rows, mut used_columns) = (vec![false; rows], vec![false; columns]);
    let mut out = Vec::new();
    for (score, r, c) in all {
        if score > -1.0 && !used_rows[r] && !used_columns[c] {
            (used_rows[r], used_columns[c]) = (true, true);
            out.push((r, c));
        }
    }
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_to_the_text_that_speaks_of_it() {
        let names = ["水産物の鮮度管理", "養殖網の自動洗浄"];
        let texts = ["養殖網を洗う機械を試作した。", "鮮度管理の装置を貸し出した。"];
        assert_eq!(assign(2, 2, |n, t| Words::of(names[n]).share(&Words::of(texts[t]))), [(0, 1), (1, 0)]);
    }
}
