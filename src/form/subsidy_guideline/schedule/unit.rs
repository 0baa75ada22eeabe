//! The unit of amounts that is printed around a table: behind its heading, over it or in a note below it.

use std::sync::LazyLock;

use regex::Regex;

use crate::form::subsidy_guideline::print::Print;
use crate::form::subsidy_guideline::rows::Row;
use crate::layout::Span;
use crate::normalize::MoneyUnit;

/// （単位：千円）, 限度額の単位は千円とする; a bracket alone on its row or behind that of the basis: （千円）.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[(\[〔【]?(?:金額の|限度額の)?単位(?:は|を|[:(、,])*([十百千万億]*円)\)?[)\]〕】]?|(?:^|関係[)\]〕】])[(\[〔【]([十百千万億]*円)[)\]〕】]$",
    )
    .expect("a constant")
});

#[derive(Debug, Default, PartialEq)]
pub(super) struct Around {
    /// `None` where none is printed, or two that differ.
    pub unit: Option<MoneyUnit>,
    /// The brackets that hold nothing else.
    pub labels: Vec<Span>,
}

/// The unit that the rows from the heading of a schedule to its end print outside of cells.
pub(super) fn around(rows: &[Row]) -> Around {
    let mut units: Vec<Option<MoneyUnit>> = Vec::new();
    let mut labels = Vec::new();
    for row in rows.iter().filter(|row| row.chars().contains(&'円')) {
        let print = Print::tight_of(&row.print);
        let text = print.text();
        let Some(found) = UNIT.captures(&text) else { continue };
        let Some((whole, word)) = found.get(0).zip(found.get(1).or_else(|| found.get(2))) else { continue };
        units.push(MoneyUnit::from_label(word.as_str()));
        let said = whole.as_str();
        if let Some(open) = said.find(['(', '[', '〔', '【']).filter(|_| said.ends_with([')', ']', '〕', '】'])) {
            let index = Print::indices(&text);
            labels.extend(print.spans(index[whole.start() + open], index[whole.end()]));
        }
    }
    let unit = units.first().copied().flatten().filter(|unit| units.iter().all(|u| *u == Some(*unit)));
    Around { unit, labels }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;
    use crate::source::TextLine;

    fn read(lines: &[&str]) -> (Option<MoneyUnit>, String) {
        let lines: Vec<TextLine> =
            (1..).zip(lines).map(|(number, t)| TextLine { number, page: 1, text: (*t).into() }).collect();
        let layout = Layout::from_text(&lines);
        let found = around(&super::super::super::rows::rows(&layout));
        (found.unit, layout.texts(&found.labels).collect())
    }

    #[test]
    fn a_unit_outside_of_the_columns_counts() {
        for (lines, label) in [
            (vec!["別表（第２条関係）（単位：千円）", "事業の区分"], "（単位：千円）"),
            (vec!["別表（第２条関係）", "（単位：千円）"], "（単位：千円）"),
            (vec!["別表（第２条関係）", "（千円）"], "（千円）"),
            (vec!["別表（第２条関係）（千円）"], "（千円）"),
            (vec!["別表（第２条関係）", "（注）限度額の単位は千円"], ""),
            (vec!["別表（第２条関係）", "※ 金額の単位は、千円とする。"], ""),
        ] {
            assert_eq!(read(&lines), (Some(MoneyUnit::Thousand), label.to_owned()), "{lines:?}");
        }
    }

    #[test]
    fn what_is_no_unit_of_the_table() {
        assert_eq!(read(&["別表（第２条関係）", "補助金の額は、1,000円単位とする。", "単位当たり500円"]).0, None);
        assert_eq!(read(&["（単位：千円）", "（単位：百万円）"]).0, None);
        assert_eq!(read(&["（単位：十億円）"]).0, None);
    }
}
