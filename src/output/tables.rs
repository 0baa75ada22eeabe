//! The table files of a folder, from the rows of its documents, one document after the other, in every format asked for.

use std::fs;
use std::io::{BufWriter, ErrorKind as Io};
use std::path::Path;

use super::atomic::{self, Draft};
use super::csv::{CsvTable, Dialect};
use super::hash::Hashing;
use super::parquet::ParquetTable;
use super::sql;
use super::xlsx::{self, Book};
use crate::error::{ErrorKind, Result};
use crate::table::{Row, TABLES, Table, TableSpec};

/// The formats to write the tables in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    pub csv: Option<Dialect>,
    pub parquet: bool,
    pub xlsx: bool,
}

impl Formats {
    pub const NONE: Formats = Formats { csv: None, parquet: false, xlsx: false };
    /// The names by which a user asks for them.
    pub const NAMES: [&str; 3] = ["csv", "parquet", "xlsx"];

    /// Those named; the error is the first name that is none of [`Formats::NAMES`]. `dialect` is that of CSV.
    pub fn named(names: &[String], dialect: Dialect) -> std::result::Result<Formats, &str> {
        let mut formats = Formats::NONE;
        for name in names {
            match name.as_str() {
                "csv" => formats.csv = Some(dialect),
                "parquet" => formats.parquet = true,
                "xlsx" => formats.xlsx = true,
                other => return Err(other),
            }
        }
        Ok(formats)
    }
}

/// CSV as programs read it, the default.
impl Default for Formats {
    fn default() -> Self {
        Formats { csv: Some(Dialect::Plain), ..Formats::NONE }
    }
}

/// What a file of the tables is.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    Csv(&'static TableSpec, Dialect),
    Parquet(&'static TableSpec),
    Workbook,
}

impl Content {
    /// Where it stands, below the folder.
    pub fn path(&self) -> String {
        match self {
            Content::Csv(spec, _) => format!("tables/{}.csv", spec.name),
            Content::Parquet(spec) => format!("tables/{}.parquet", spec.name),
            Content::Workbook => "tables/tables.xlsx".to_owned(),
        }
    }
}

/// One file as written.
#[derive(Debug, Clone)]
pub struct Resource {
    pub content: Content,
    pub sha256: String,
    pub bytes: u64,
}

type Out = Hashing<BufWriter<Draft>>;

/// The files of one format, being written. Tables are named by their place in [`TABLES`].
trait Sink {
    fn row(&mut self, table: usize, row: &Row) -> Result<()>;
    fn finish(self: Box<Self>) -> Result<Vec<(Content, Out)>>;
}

/// Writes the tables below `root` in the formats asked for, with what SQL needs to ask them. All files are complete before
/// any takes its place, and the tables of formats not asked for are gone before that: none is older than another.
pub fn write(
    root: &Path,
    documents: impl Iterator<Item = Result<Vec<Table>>>,
    formats: &Formats,
) -> Result<Vec<Resource>> {
    let mut sinks = sinks(root, formats)?;
    for tables in documents {
        for table in tables? {
            let Some(at) = TABLES.iter().position(|spec| std::ptr::eq(*spec, table.spec)) else { continue };
            for row in &table.rows {
                sinks.iter_mut().try_for_each(|sink| sink.row(at, row))?;
            }
        }
    }
    let mut drafts = Vec::new();
    let mut resources = Vec::new();
    for sink in sinks {
        for (content, out) in sink.finish()? {
            let (buffer, sha256, bytes) = out.finish();
            drafts.push(buffer.into_inner().map_err(|e| ErrorKind::Write(e.error().to_string()))?);
            resources.push(Resource { content, sha256, bytes });
        }
    }
    remove_others(root, &resources)?;
    drafts.into_iter().try_for_each(Draft::commit)?;
    atomic::write(&root.join(sql::VIEWS_PATH), sql::VIEWS.as_bytes())?;
    if let Some(load) = sql::load(formats) {
        atomic::write(&root.join(sql::LOAD), load.as_bytes())?;
    }
    Ok(resources)
}

fn sinks(root: &Path, formats: &Formats) -> Result<Vec<Box<dyn Sink>>> {
    let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
    if let Some(dialect) = formats.csv {
        let open = |spec| CsvTable::new(out(root, &Content::Csv(spec, dialect))?, spec, dialect);
        sinks.push(Box::new(Csv { dialect, tables: TABLES.into_iter().map(open).collect::<Result<_>>()? }));
    }
    if formats.parquet {
        let open = |spec| ParquetTable::new(out(root, &Content::Parquet(spec))?, spec);
        sinks.push(Box::new(Parquet { tables: TABLES.into_iter().map(open).collect::<Result<_>>()? }));
    }
    if formats.xlsx {
        let book = Book::new(&TABLES, &root.join("tables"), xlsx::MOST_ROWS)?;
        sinks.push(Box::new(Xlsx { book, out: out(root, &Content::Workbook)? }));
    }
    Ok(sinks)
}

fn out(root: &Path, content: &Content) -> Result<Out> {
    Ok(Hashing::new(BufWriter::new(Draft::new(&root.join(content.path()))?)))
}

/// Removes the table files of an earlier run in formats that this one does not write.
fn remove_others(root: &Path, written: &[Resource]) -> Result<()> {
    let all = TABLES.iter().flat_map(|spec| [Content::Csv(spec, Dialect::Plain).path(), Content::Parquet(spec).path()]);
    let all = all.chain([Content::Workbook.path(), sql::LOAD.to_owned()]);
    let kept: Vec<String> = written.iter().map(|resource| resource.content.path()).collect();
    for path in all.filter(|path| !kept.contains(path)) {
        let path = root.join(path);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != Io::NotFound => return Err(atomic::failed(&path, e)),
            _ => {}
        }
    }
    Ok(())
}

struct Csv {
    dialect: Dialect,
    tables: Vec<CsvTable<Out>>,
}

impl Sink for Csv {
    fn row(&mut self, table: usize, row: &Row) -> Result<()> {
        self.tables[table].row(row)
    }

    fn finish(self: Box<Self>) -> Result<Vec<(Content, Out)>> {
        let dialect = self.dialect;
        let done = TABLES.into_iter().zip(self.tables);
        done.map(|(spec, table)| Ok((Content::Csv(spec, dialect), table.finish()?))).collect()
    }
}

struct Parquet {
    tables: Vec<ParquetTable<Out>>,
}

impl Sink for Parquet {
    fn row(&mut self, table: usize, row: &Row) -> Result<()> {
        self.tables[table].row(row)
    }

    fn finish(self: Box<Self>) -> Result<Vec<(Content, Out)>> {
        let done = TABLES.into_iter().zip(self.tables);
        done.map(|(spec, table)| Ok((Content::Parquet(spec), table.finish()?))).collect()
    }
}

struct Xlsx {
    book: Book,
    out: Out,
}

impl Sink for Xlsx {
    fn row(&mut self, table: usize, row: &Row) -> Result<()> {
        self.book.row(table, row)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<(Content, Out)>> {
        self.book.finish(&mut self.out)?;
        Ok(vec![(Content::Workbook, self.out)])
    }
}
