//! The cheapest way to give each row a column of its own.

/// Column of each row; at least as many columns as rows. The Hungarian method with potentials: rows² × columns steps.
pub fn cheapest(costs: &[Vec<f64>]) -> Vec<usize> {
    let rows = costs.len();
    let columns = costs.iter().map(Vec::len).min().unwrap_or(0);
    if rows == 0 || columns < rows {
        return Vec::new();
    }
    let (mut u, mut v) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    // Row (from 1) that holds each column; column 0 is that of the row being placed.
    let mut holder = vec![0; columns + 1];
    for row in 1..=rows {
        let mut way = vec![0; columns + 1];
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut seen = vec![false; columns + 1];
        holder[0] = row;
        let mut at = 0;
        // Each turn sees one more column.
        while holder[at] != 0 {
            seen[at] = true;
            let (from, mut delta, mut next) = (holder[at], f64::INFINITY, 0);
            for c in (1..=columns).filter(|c| !seen[*c]) {
                let cost = costs[from - 1][c - 1] - u[from] - v[c];
                if cost < least[c] {
                    (least[c], way[c]) = (cost, at);
                }
                if least[c] < delta {
                    (delta, next) = (least[c], c);
                }
            }
            if next == 0 {
                return Vec::new();
            }
            for c in 0..=columns {
                if seen[c] {
                    u[holder[c]] += delta;
                    v[c] -= delta;
                } else {
                    least[c] -= delta;
                }
            }
            at = next;
        }
        while at != 0 {
            holder[at] = holder[way[at]];
            at = way[at];
        }
    }
    let mut out = vec![0; rows];
    for (c, row) in holder.iter().enumerate().skip(1).filter(|(_, row)| **row > 0) {
        out[row - 1] = c - 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::cheapest;

    #[test]
    fn gives_way_where_that_is_cheaper_in_all() {
        assert_eq!(cheapest(&[vec![1.0, 2.0, 9.0], vec![1.0, 5.0, 9.0]]), [1, 0]);
        assert_eq!(cheapest(&[vec![4.0, 1.0, 3.0], vec![2.0, 0.0, 5.0], vec![3.0, 2.0, 2.0]]), [1, 0, 2]);
        assert!(cheapest(&[]).is_empty());
    }
}
