//! The overview: every record, searched, filtered and sorted.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use maud::{Markup, html};
use serde::Deserialize;

use super::super::index::{Index, Row, fold};
use super::super::site::Site;
use super::{Frame, pager, whole};
use crate::correction::holding;
use crate::report::lang_of;

/// Rows of one page.
const ROWS: usize = 100;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    form: String,
    jurisdiction: String,
    year: String,
    judgment: String,
    /// `doubts` or `findings`: those that have any.
    only: String,
    sort: String,
    page: usize,
}

const COLUMNS: [(&str, &str, &str); 9] = [
    ("title", "Record", "評価単位"),
    ("department", "Department", "担当部課"),
    ("jurisdiction", "Jurisdiction", "団体"),
    ("year", "Year", "年度"),
    ("judgment", "Judgment", "判定"),
    ("coverage", "Coverage", "網羅率"),
    ("doubts", "Doubts", "疑義"),
    ("findings", "Findings", "指摘"),
    ("document", "Document", "文書"),
];

fn fits(row: &Row, asked: &Asked, words: &[String]) -> bool {
    let is = |wanted: &str, has: &str| wanted.is_empty() || wanted == has;
    let year = || row.year.map(|y| y.to_string()).unwrap_or_default();
    is(&asked.form, &row.form)
        && is(&asked.jurisdiction, &row.jurisdiction)
        && is(&asked.judgment, &row.judgment)
        && (asked.year.is_empty() || asked.year == year())
        && match asked.only.as_str() {
            "doubts" => row.doubts > 0,
            "findings" => row.findings > 0,
            _ => true,
        }
        && words.iter().all(|word| row.words.contains(word))
}

fn compare(a: &Row, b: &Row, column: &str, index: &Index) -> Ordering {
    let name = |row: &Row| index.entries[row.entry].name.clone();
    match column {
        "department" => a.department.cmp(&b.department),
        "jurisdiction" => a.jurisdiction.cmp(&b.jurisdiction),
        "year" => a.year.cmp(&b.year),
        "judgment" => (a.rank, &a.judgment).cmp(&(b.rank, &b.judgment)),
        "coverage" => a.coverage.total_cmp(&b.coverage),
        "doubts" => a.doubts.cmp(&b.doubts),
        "findings" => a.findings.cmp(&b.findings),
        "document" => name(a).cmp(&name(b)),
        _ => a.title.cmp(&b.title),
    }
}

pub fn page(site: &Site, frame: &Frame, asked: &Asked) -> Result<Markup, String> {
    let l = frame.language;
    let index = site.index().map_err(|e| e.to_string())?;
    let words: Vec<String> = fold(&asked.q).split_whitespace().map(str::to_owned).collect();
    let mut rows: Vec<&Row> = index.rows.iter().filter(|row| fits(row, asked, &words)).collect();
    let (column, down) = match asked.sort.strip_prefix('-') {
        Some(column) => (column, true),
        None => (asked.sort.as_str(), false),
    };
    if !column.is_empty() {
        rows.sort_by(|a, b| {
            let order = compare(a, b, column, &index);
            if down { order.reverse() } else { order }
        });
    }
    let pages = rows.len().div_ceil(ROWS).max(1);
    let at = asked.page.clamp(1, pages);
    let shown = rows.iter().skip((at - 1) * ROWS).take(ROWS);
    let missing: Vec<&str> = index.entries.iter().filter(|e| !site.has_input(e)).map(|e| e.path.as_str()).collect();
    let corrections = site.log.read().map_err(|e| e.to_string())?;
    let here: BTreeSet<&str> = index.entries.iter().map(|e| e.sha256.as_str()).collect();
    let all = holding(&corrections);
    let holds: BTreeSet<String> =
        all.iter().filter(|c| here.contains(c.document.as_str())).map(|c| c.id.clone()).collect();
    let waiting = holds.symmetric_difference(&index.carried).count();
    let others = all.len() - holds.len();
    let title = l.pick("Overview", "一覧");
    Ok(whole(
        frame,
        title,
        html! {
            h1 { (title) }
            p .hint {
                (index.entries.len()) (l.pick(" documents, ", " 文書、")) (index.rows.len()) (l.pick(" records", " 評価単位"))
            }
            @if waiting > 0 {
                p .notice role="status" {
                    (waiting) (l.pick(" corrections wait to be applied or taken back by the next ", " 件の訂正・確認・取り消しが次の ")) code { "hyoka extract -o" }
                    (l.pick(" of these inputs.", " での反映を待っています。"))
                }
            }
            @if others > 0 {
                p .hint { (others) (l.pick(" corrections are of inputs whose results are not in this folder.", " 件の訂正・確認は、このフォルダーに結果のない入力のものです。")) }
            }
            @if !missing.is_empty() {
                details .notice {
                    summary {
                        (missing.len()) (l.pick(" inputs were not found: their pages cannot be shown. Start again with --inputs PATH.",
                            " 件の入力が見つからず、ページを表示できません。--inputs PATH を付けて起動し直してください。"))
                    }
                    ul { @for path in missing.iter().take(200) { li { code { (path) } } } }
                }
            }
            @if !index.broken.is_empty() {
                div .notice role="alert" {
                    (l.pick("Documents that cannot be read:", "読めない文書:"))
                    ul lang="en" { @for broken in index.broken.iter().take(50) { li { code { (broken) } } } }
                }
            }
            (filters(frame, asked, &index))
            p role="status" { (rows.len()) (l.pick(" shown", " 件")) }
            (pager(frame, at, pages))
            div .scroll {
                table .records {
                    thead {
                        tr {
                            @for (id, en, ja) in COLUMNS {
                                @let sorted = column == id;
                                @let to = if sorted && !down { format!("-{id}") } else { id.to_owned() };
                                th scope="col" aria-sort=[sorted.then_some(if down { "descending" } else { "ascending" })] {
                                    a href=(frame.with("sort", &to)) {
                                        (l.pick(en, ja)) @if sorted { span aria-hidden="true" { (if down { " ▼" } else { " ▲" }) } }
                                    }
                                }
                            }
                        }
                    }
                    tbody { @for row in shown { (record(row, &index, frame)) } }
                }
            }
            (pager(frame, at, pages))
        },
    ))
}

fn record(row: &Row, index: &Index, frame: &Frame) -> Markup {
    let l = frame.language;
    let entry = &index.entries[row.entry];
    let name = |column: usize| l.pick(COLUMNS[column].1, COLUMNS[column].2);
    html! {
        tr {
            th scope="row" lang=[lang_of(&row.title)] { a href={ "/sheet/" (entry.id) "/" (row.record.unwrap_or(0) + 1) } { (row.title) } }
            td data-name=(name(1)) lang=[lang_of(&row.department)] { (row.department) }
            td data-name=(name(2)) lang=[lang_of(&row.jurisdiction)] { (row.jurisdiction) }
            td data-name=(name(3)) .number { @if let Some(year) = row.year { (year) } }
            td data-name=(name(4)) { @if !row.judgment.is_empty() { span lang=[lang_of(&row.judgment)] class={ "level level-" (row.rank.map_or("x".to_owned(), |r| r.to_string())) } { (row.judgment) } } }
            td data-name=(name(5)) .number { (format!("{:.1}%", row.coverage * 100.0)) }
            td data-name=(name(6)) .number { @if row.doubts > 0 { span .count-doubt { (row.doubts) } } @else { "0" } }
            td data-name=(name(7)) .number { @if row.findings > 0 { a .count-finding href={ "/findings?document=" (super::encoded(entry.stem())) } { (row.findings) } } @else { "0" } }
            td data-name=(name(8)) .file { (entry.name) }
        }
    }
}

fn filters(frame: &Frame, asked: &Asked, index: &Index) -> Markup {
    let l = frame.language;
    let known = |of: fn(&Row) -> String| {
        index.rows.iter().map(of).filter(|text| !text.is_empty()).collect::<BTreeSet<String>>()
    };
    let choices = [
        ("form", l.pick("Form", "様式"), &asked.form, known(|r| r.form.clone())),
        ("jurisdiction", l.pick("Jurisdiction", "団体"), &asked.jurisdiction, known(|r| r.jurisdiction.clone())),
        ("year", l.pick("Year", "年度"), &asked.year, known(|r| r.year.map(|y| y.to_string()).unwrap_or_default())),
        ("judgment", l.pick("Judgment", "判定"), &asked.judgment, known(|r| r.judgment.clone())),
    ];
    html! {
        form .filters method="get" action="/" role="search" {
            label { span { (l.pick("Search", "検索")) } input type="search" name="q" value=(asked.q) placeholder=(l.pick("title, department, file", "名称・部課・ファイル")); }
            @for (name, label, now, values) in &choices {
                label {
                    span { (label) }
                    select name=(name) {
                        option value="" { (l.pick("all", "すべて")) }
                        @for value in values.iter().take(2_000) { option value=(value) lang=[lang_of(value)] selected[value == *now] { (value) } }
                    }
                }
            }
            label {
                span { (l.pick("Only with", "絞り込み")) }
                select name="only" {
                    option value="" { (l.pick("all", "すべて")) }
                    option value="doubts" selected[asked.only == "doubts"] { (l.pick("doubts", "疑義あり")) }
                    option value="findings" selected[asked.only == "findings"] { (l.pick("findings", "指摘あり")) }
                }
            }
            @if !asked.sort.is_empty() { input type="hidden" name="sort" value=(asked.sort); }
            button type="submit" { (l.pick("Show", "表示")) }
            a href="/" { (l.pick("Clear", "解除")) }
        }
    }
}
