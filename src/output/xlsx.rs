//! Tables as one workbook: a sheet a table under its Japanese name, and a last sheet that explains every column.
//!
//! Rows go to disk as they come. A table longer than a sheet goes on in a second one of the same name; text longer than a
//! cell ends in a mark that says so. Nothing in it is a formula, whatever the text looks like.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};

use super::VERSION;
use crate::error::{Error, ErrorKind, Result};
use crate::normalize::Number;
use crate::table::{Column, Kind, Row, TableSpec, Value};

/// Rows of a sheet, its header counted: a limit of the file format.
pub const MOST_ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell's text: another.
const MOST_TEXT: usize = 32_767;
/// What ends a text that is longer.
const CUT: &str = "…［以下略：全文はCSV・Parquet・JSON］";
/// Widths of columns, in half-width characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;
/// Digits that a spreadsheet keeps of a number.
const DIGITS: u32 = 15;

/// A workbook being written.
pub struct Book {
    workbook: Workbook,
    tables: Vec<Sheets>,
    formats: Formats,
    most_rows: u32,
}

/// The sheets of one table; the last of them is being written.
struct Sheets {
    spec: &'static TableSpec,
    done: Vec<Worksheet>,
    sheet: Worksheet,
    /// Rows of `sheet`, its header counted.
    rows: u32,
    widths: Vec<usize>,
}

struct Formats {
    header: Format,
    plain: Format,
    yen: Format,
    /// By the number of decimals printed.
    decimals: Vec<Format>,
}

impl Book {
    /// `scratch` takes the rows until the workbook is complete; `most_rows` is [`MOST_ROWS`].
    pub fn new(specs: &[&'static TableSpec], scratch: &Path, most_rows: u32) -> Result<Book> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(scratch).map_err(failed)?;
        // A date of its own would make every file another.
        let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        let comment = format!("hyoka {VERSION}");
        workbook.set_properties(
            &DocProperties::new().set_title("行政評価データ").set_comment(comment).set_creation_datetime(&epoch),
        );
        let formats = Formats::new();
        let mut tables = Vec::with_capacity(specs.len());
        for spec in specs {
            let widths = spec.columns.iter().map(|c| (width(c.label_ja) + 3).max(NARROWEST)).collect();
            let sheet = open(&mut workbook, spec, 1, &formats)?;
            tables.push(Sheets { spec, done: Vec::new(), sheet, rows: 1, widths });
        }
        Ok(Book { workbook, tables, formats, most_rows })
    }

    /// Adds a row to the table at this place of the list.
    pub fn row(&mut self, table: usize, row: &Row) -> Result<()> {
        let Some(table) = self.tables.get_mut(table) else { return Ok(()) };
        if table.rows >= self.most_rows {
            let next = open(&mut self.workbook, table.spec, table.done.len() + 2, &self.formats)?;
            let full = std::mem::replace(&mut table.sheet, next);
            table.done.push(full);
            table.rows = 1;
        }
        for (at, (column, value)) in table.spec.columns.iter().zip(row).enumerate() {
            let shown = put(&mut table.sheet, table.rows, at as u16, column, value, &self.formats).map_err(failed)?;
            table.widths[at] = table.widths[at].max(shown.min(WIDEST));
        }
        table.rows += 1;
        Ok(())
    }

    /// Writes the workbook.
    pub fn finish(&mut self, out: &mut (impl Write + Send)) -> Result<()> {
        let specs: Vec<&TableSpec> = self.tables.iter().map(|table| table.spec).collect();
        for table in std::mem::take(&mut self.tables) {
            let last_column = (table.spec.columns.len().max(1) - 1) as u16;
            let full = self.most_rows - 1;
            let last_row = |rows: u32| rows.saturating_sub(1);
            let done = table.done.into_iter().map(|sheet| (sheet, full));
            for (mut sheet, last) in done.chain([(table.sheet, last_row(table.rows))]) {
                for (at, width) in table.widths.iter().enumerate() {
                    sheet.set_column_width(at as u16, *width as f64).map_err(failed)?;
                }
                sheet.autofilter(0, 0, last, last_column).map_err(failed)?;
                self.workbook.push_worksheet(sheet);
            }
        }
        let columns = columns(&specs, &self.formats).map_err(failed)?;
        self.workbook.push_worksheet(columns);
        self.workbook.save_to_writer(out).map_err(failed)
    }
}

impl Formats {
    fn new() -> Formats {
        let top = || Format::new().set_align(FormatAlign::Top);
        let decimals = |n: usize| match n {
            0 => top().set_num_format("#,##0"),
            n => top().set_num_format(format!("#,##0.{}", "0".repeat(n))),
        };
        Formats {
            header: Format::new().set_bold().set_background_color(Color::RGB(0xE7_EDF3)),
            plain: top(),
            yen: top().set_num_format("#,##0"),
            decimals: (0..=6).map(decimals).collect(),
        }
    }
}

/// A sheet with its header: the Japanese labels, each with a note of the column's name and meaning.
fn open(workbook: &mut Workbook, spec: &TableSpec, number: usize, formats: &Formats) -> Result<Worksheet> {
    let mut sheet = workbook.new_worksheet_with_constant_memory().map_err(failed)?;
    head(&mut sheet, spec, number, formats).map_err(failed)?;
    Ok(sheet)
}

fn head(
    sheet: &mut Worksheet,
    spec: &TableSpec,
    number: usize,
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name(if number == 1 { spec.title_ja.to_owned() } else { format!("{} ({number})", spec.title_ja) })?;
    for (at, column) in spec.columns.iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, column.label_ja, &formats.header)?;
        let note = Note::new(format!("{}.{}\n{}", spec.name, column.name, column.description));
        sheet.insert_note(0, at as u16, &note.add_author_prefix(false).set_width(320).set_height(140))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Writes one cell; how wide it is.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    column: &Column,
    value: &Value,
    formats: &Formats,
) -> std::result::Result<usize, XlsxError> {
    let digits = match value {
        Value::Null => return Ok(0),
        Value::Text(text) => {
            sheet.write_string_with_format(row, at, fitting(text), &formats.plain)?;
            return Ok(width(text.lines().next().unwrap_or_default()) + 1);
        }
        Value::Integer(n) => {
            let digits = n.to_string();
            let format = if column.unit == Some("円") { &formats.yen } else { &formats.plain };
            number(sheet, row, at, Number((*n).into()), &digits, format, formats)?;
            digits
        }
        Value::Number(n) => {
            let digits = n.0.to_string();
            match formats.decimals.get(n.0.scale() as usize) {
                Some(format) => number(sheet, row, at, *n, &digits, format, formats)?,
                None => number(sheet, row, at, *n, &digits, &formats.plain, formats)?,
            }
            digits
        }
    };
    // Room for the commas that part thousands.
    Ok(digits.len() * 4 / 3 + 2)
}

/// A number as a number, unless the spreadsheet would change its digits: then as text.
fn number(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    n: Number,
    digits: &str,
    format: &Format,
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    let significant = digits.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
    match digits.parse::<f64>().ok().or_else(|| n.0.to_f64()) {
        Some(nearest) if significant <= DIGITS as usize => sheet.write_number_with_format(row, at, nearest, format)?,
        _ => sheet.write_string_with_format(row, at, digits, &formats.plain)?,
    };
    Ok(())
}

/// The text as far as a cell can hold it.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= MOST_TEXT || text.encode_utf16().count() <= MOST_TEXT {
        return Cow::Borrowed(text);
    }
    let room = MOST_TEXT - CUT.encode_utf16().count();
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > room
    });
    Cow::Owned(format!("{}{CUT}", &text[..end.map_or(text.len(), |(at, _)| at)]))
}

/// Width of a line of text in half-width characters.
fn width(line: &str) -> usize {
    line.chars().take(WIDEST).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// 列の説明: every column of every table, with its English name.
fn columns(specs: &[&TableSpec], formats: &Formats) -> std::result::Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("列の説明")?;
    let header = ["表", "表 (英語名)", "列", "列 (英語名)", "型", "単位", "必須", "説明"];
    for (at, label) in header.iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, *label, &formats.header)?;
    }
    let mut row = 0;
    for spec in specs {
        for column in spec.columns {
            row += 1;
            let kind = match column.kind {
                Kind::Text => "文字列",
                Kind::Integer => "整数",
                Kind::Number => "数値",
            };
            let required = if column.required { "○" } else { "" };
            let unit = column.unit.unwrap_or_default();
            let cells =
                [spec.title_ja, spec.name, column.label_ja, column.name, kind, unit, required, column.description];
            for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string_with_format(row, at as u16, *cell, &formats.plain)?;
            }
        }
    }
    for (at, width) in [12.0, 14.0, 16.0, 20.0, 8.0, 8.0, 6.0, 100.0].into_iter().enumerate() {
        sheet.set_column_width(at as u16, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, row, header.len() as u16 - 1)?;
    Ok(sheet)
}

fn failed(e: XlsxError) -> Error {
    ErrorKind::Write(e.to_string()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    static SPEC: TableSpec =
        TableSpec::of_gulls(&[Column::text("id", "番号", "").required(), Column::number("weight", "重さ", "")]);

    /// The XML of each part of the workbook that holds cells.
    fn sheets(most_rows: u32, rows: &[Row]) -> (Vec<u8>, Vec<String>) {
        let scratch = tempfile::tempdir().unwrap();
        let mut book = Book::new(&[&SPEC], scratch.path(), most_rows).unwrap();
        rows.iter().for_each(|row| book.row(0, row).unwrap());
        let mut bytes = Vec::new();
        book.finish(&mut bytes).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes[..])).unwrap();
        let mut text = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
        let names = text("xl/workbook.xml").matches("<sheet ").count();
        let sheets = (1..=names).map(|n| text(&format!("xl/worksheets/sheet{n}.xml"))).collect();
        (bytes, sheets)
    }

    fn row(id: &str, weight: &str) -> Row {
        vec![id.into(), Number(weight.parse().unwrap()).into()]
    }

    #[test]
    fn a_table_longer_than_a_sheet_goes_on_in_another() {
        let rows: Vec<Row> = (0..5).map(|i| row(&format!("r{i}"), "1")).collect();
        let (_, sheets) = sheets(3, &rows);
        assert_eq!(sheets.len(), 4, "three of the table and the explanation");
        for (i, row) in ["r0", "r1", "r2", "r3", "r4"].iter().enumerate() {
            assert!(sheets[i / 2].contains(&format!(">{row}<")), "{row}");
        }
        assert!(sheets.iter().take(3).all(|sheet| sheet.contains("番号")));
    }

    #[test]
    fn text_is_text_and_numbers_keep_their_digits() {
        let (bytes, sheets) = sheets(MOST_ROWS, &[row("=1+1", "41.80"), row("+81", "1234567890123456789.5")]);
        assert!(!sheets.concat().contains("<f>"));
        assert!(sheets[0].contains(">=1+1<") && sheets[0].contains("<v>41.8</v>"));
        assert!(sheets[0].contains(">1234567890123456789.5</t>"), "too many digits for a spreadsheet");
        assert_eq!(bytes, self::sheets(MOST_ROWS, &[row("=1+1", "41.80"), row("+81", "1234567890123456789.5")]).0);
    }

    #[test]
    fn text_longer_than_a_cell_says_that_it_was_cut() {
        let long = "鴎".repeat(MOST_TEXT - 1) + "𠮷";
        let cut = fitting(&long);
        assert!(cut.ends_with(CUT) && cut.encode_utf16().count() == MOST_TEXT);
        let whole = "鴎".repeat(MOST_TEXT);
        assert_eq!(fitting(&whole), whole);
        let emoji = "𠮷".repeat(MOST_TEXT);
        assert!(fitting(&emoji).encode_utf16().count() <= MOST_TEXT);
    }
}
