//! English.

use super::{Counts, Failure, Fault, Messages, Pace, clock, rate};
use crate::error::{DatabaseFault, Error, ErrorKind};
use crate::form::catalogue::{FieldInfo, FieldKind};
use crate::output::database::BadTarget;
use crate::output::inspect::Words;
use crate::source::limits::BadLimit;

pub struct En;

/// `1 record`, `2 records`.
fn n(count: u64, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn meant(suggestion: Option<&str>) -> String {
    suggestion.map_or(String::new(), |s| format!("; did you mean `{s}`?"))
}

fn known_values(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!("; possible values: {}", known.join(", ")) }
}

fn database_hint(fault: &DatabaseFault) -> &'static str {
    match fault {
        DatabaseFault::Unreachable(_) => {
            "check that the server runs or the folder of the file is there, and the address, user and password (PGPASSWORD \
             holds one that the address does not name)"
        }
        DatabaseFault::NoTls => {
            "use sslmode=prefer or disable within a trusted network, else go through a tunnel, for example \
             `ssh -L 5432:localhost:5432 HOST`"
        }
        DatabaseFault::Newer { .. } => "update hyoka, or load into another database",
        DatabaseFault::Foreign(_) => {
            "load into a database of its own, or with PostgreSQL into a schema of its own \
             (`?options=-csearch_path%3DNAME`)"
        }
        DatabaseFault::Refused(_) => {
            "check that you may create and write tables there and that there is room; what was loaded before stays, and the \
             next run goes on from there"
        }
    }
}

impl Messages for En {
    fn reason(&self, fault: &Fault) -> String {
        match fault {
            Fault::NotFound => "there is no such file or folder".to_owned(),
            Fault::NoDocuments => {
                "the folder holds no .pdf and no .txt, nor does any folder or archive below it".to_owned()
            }
            Fault::EmptyArchive => "the archive holds no .pdf and no .txt".to_owned(),
            Fault::ArchiveLocked => "the archive keeps it under a password".to_owned(),
            Fault::ArchiveNested => "is an archive within an archive".to_owned(),
            Fault::ArchiveDamaged(reason) => format!("the archive cannot be unpacked: {reason}"),
            Fault::Changed => "changed while it was being read".to_owned(),
            Fault::DocumentLost => "its document is gone from the output folder, or is damaged".to_owned(),
            Fault::FailedBefore(failure) => format!("`hyoka extract` could not read it: {}", failure.message),
            Fault::Unfinished => "the run of `hyoka extract` that wrote this folder did not come to its end".to_owned(),
            Fault::NoManifest => "its manifest.json is damaged, or something else's".to_owned(),
            Fault::Of(kind) => kind.to_string(),
        }
    }

    fn hint(&self, fault: &Fault) -> String {
        match fault {
            Fault::NotFound => "check the spelling of the path",
            Fault::NoDocuments => {
                "name the folder that holds the documents, or name files of other extensions one by one"
            }
            Fault::EmptyArchive => "unpack it and name its files one by one if they have other extensions",
            Fault::ArchiveLocked => "unpack the archive with its password and give the files",
            Fault::ArchiveNested => "unpack the outer archive and give the inner one",
            Fault::ArchiveDamaged(_) => {
                "download the archive again, or unpack it with another program and give the files"
            }
            Fault::Changed => "run again when nothing writes to it any more",
            Fault::DocumentLost => "give this input to `hyoka extract` again",
            Fault::FailedBefore(failure) => return format!("{}; then run `hyoka extract` again", failure.hint),
            Fault::Unfinished => "run `hyoka extract` with the same inputs and -o again: it goes on from there",
            Fault::NoManifest => "give the documents themselves, or write the folder anew with `hyoka extract -o`",
            Fault::Of(kind) => match kind {
                ErrorKind::Io(_) => "check that the file is there and that you may read it",
                ErrorKind::Empty => "download or export the file again",
                ErrorKind::NotADocument => {
                    "give a PDF or a text; if it is a text in an unusual encoding, name it with --encoding"
                }
                ErrorKind::OtherFormat { advice, .. } => advice,
                ErrorKind::Encoding(_) => "leave --encoding out to have it found, or name another one",
                ErrorKind::Damaged(_) => "download the file again, or open it in a PDF viewer and save it as a new PDF",
                ErrorKind::PasswordNeeded => "pass --password or --password-file",
                ErrorKind::PasswordWrong => "check the password given by --password or --password-file",
                ErrorKind::Limit { limit, .. } => {
                    return format!("split the file into smaller ones, or raise the limit with --limit {limit}=N");
                }
                ErrorKind::NoSuchPage { .. } => "name another page with --page",
                ErrorKind::Write(_) => "check that the folder may be written to and that the disk has room",
                ErrorKind::Database(fault) => database_hint(fault),
                ErrorKind::Internal(_) => "this is a fault of hyoka: please report it, with the file if you may",
            },
        }
        .to_owned()
    }

    fn failure(&self, failure: &Failure) -> String {
        let page = failure.page.map_or(String::new(), |page| format!(", page {page}"));
        let (reason, hint) = (self.reason(&failure.fault), self.hint(&failure.fault));
        format!("error: {}{page}: {reason}\n  hint: {hint}", failure.path)
    }

    fn unknown_form(&self, path: &str) -> String {
        format!("warning: {path}: no known form; all its text is kept in `unassigned` and `tables` (see `hyoka forms`)")
    }

    fn more_unknown_forms(&self, count: usize) -> String {
        format!("warning: {count} more documents are of no known form")
    }

    fn without_text(&self, path: &str, pages: u64, all: u64) -> String {
        format!(
            "warning: {path}: {pages} of {} without text (scanned?): nothing was read there\n  hint: run an OCR program \
             first, for example `ocrmypdf -l jpn`, and give its result",
            n(all, "page")
        )
    }

    fn more_without_text(&self, count: usize) -> String {
        format!("warning: {count} more documents have pages without text")
    }

    fn summary(&self, c: &Counts) -> String {
        let mut text =
            format!("{}, {}, {}", n(c.documents, "document"), n(c.records, "record"), n(c.warnings, "warning"));
        if c.unchanged > 0 {
            text += &format!(", {} unchanged", c.unchanged);
        }
        if c.duplicates > 0 {
            text += &format!(", {}", n(c.duplicates, "duplicate"));
        }
        text + &format!(", {}", n(c.failures, "failure"))
    }

    fn progress(&self, done: usize, of: usize, pace: Option<Pace>) -> String {
        let pace = pace.map_or(String::new(), |p| format!(", {} a second, {} left", rate(p.a_second), clock(p.left)));
        format!("{done} of {of} read{pace}")
    }

    fn inspect(&self) -> &'static Words {
        &Words {
            page: |page, pages| format!("page {page} of {pages}"),
            label: "label of the form",
            field: "read into a field",
            read: "where it was read",
            unassigned: "unassigned",
            blank: "empty cell",
            doubt: "doubtful",
            picture: "picture",
            unreadable: "character that the file does not name",
            cell: |table, row, column| format!("table {table}, row {row}, column {column}"),
            doubts: "Doubts",
            more: |count| format!("… and {count} more"),
        }
    }

    fn no_such_page(&self, path: &str, asked: u32, pages: u32) -> String {
        format!("{path} has no page {asked}: it has {}", n(pages.into(), "page"))
    }

    fn one_file(&self, path: &str) -> String {
        format!("`{path}` is a folder: name one file")
    }

    fn over_its_input(&self, path: &str) -> String {
        format!("-o `{path}` would write over the input: name another file")
    }

    fn reviewing(&self, url: &str) -> String {
        format!("Review page: {url}\n(Ctrl-C ends it)")
    }

    fn not_served(&self, reason: &str) -> String {
        format!("the page cannot be served: {reason}; is the port taken? --port 0 takes any that is free")
    }

    fn no_results(&self, folder: &str) -> String {
        format!("{folder} holds no manifest.json; give the folder that `hyoka extract -o` wrote")
    }

    fn inputs_missing(&self, count: usize) -> String {
        let (inputs, they) = (n(count as u64, "input"), if count == 1 { "it is" } else { "they are" });
        format!("warning: {inputs} not found; say where {they} with --inputs PATH to see the pages")
    }

    fn no_japanese_font(&self) -> &'static str {
        "warning: no Japanese font is known on this machine; text whose font is not embedded will be missing from the pictures\n  \
         hint: install Noto Sans CJK JP (Debian: fonts-noto-cjk)"
    }

    fn token_needed(&self) -> &'static str {
        "an address that others can reach needs a --token"
    }

    fn bad_token(&self) -> &'static str {
        "--token takes 8 or more letters, digits, - and _"
    }

    fn error(&self, message: &str) -> String {
        format!("error: {message}")
    }

    fn wrong_usage(&self, message: &str) -> String {
        format!("error: {message}\n\n{}", self.see_help())
    }

    fn not_written(&self, error: &Error) -> String {
        format!("{error}\n  hint: {}", self.hint(&Fault::Of(error.kind.clone())))
    }

    fn stdout_failed(&self, reason: &str) -> String {
        format!("cannot write to stdout: {reason}")
    }

    fn no_workers(&self, reason: &str) -> String {
        format!("cannot start that many workers: {reason}\n  hint: pass a smaller -j")
    }

    fn bad_jurisdiction(&self, code: &str) -> String {
        format!(
            "--jurisdiction `{code}` is no code of a Japanese local government: six digits, the last a check digit (沖縄県: 470007)"
        )
    }

    fn unknown_rule(&self, word: &str) -> String {
        format!("--rule, --ignore: no rule is called {word}; `hyoka rules` lists them")
    }

    fn bad_file(&self, path: &str, reason: &str) -> String {
        format!("{path}: {reason}")
    }

    fn password_file(&self, path: &str, reason: &str) -> String {
        format!("--password-file `{path}` cannot be read: {reason}")
    }

    fn bad_database(&self, bad: &BadTarget) -> String {
        let known = "give sqlite:FILE or postgres://USER@HOST/DATABASE";
        match bad {
            BadTarget::UnknownKind => format!("--db names no database that is known: {known}"),
            BadTarget::NoFile => format!("--db sqlite: needs the name of a file: {known}"),
            BadTarget::BadAddress(reason) => format!("--db is no valid address ({reason}): {known}"),
        }
    }

    fn tables_unknown(&self, format: &str) -> String {
        format!("--tables does not know `{format}`; possible values: csv, parquet, xlsx")
    }

    fn bad_limit(&self, said: &str, bad: &BadLimit, known: &str) -> String {
        match bad {
            BadLimit::NoValue => format!("--limit `{said}` must be written NAME=N; the names are: {known}"),
            BadLimit::UnknownName(name) => format!("--limit: there is no limit `{name}`; there are: {known}"),
            BadLimit::BadValue { name, value, bytes, most } => {
                let unit = if *bytes { ", with K, M or G after it if you like" } else { "" };
                format!("--limit {name}: `{value}` is no whole number from 1 to {most}{unit}; the names are: {known}")
            }
        }
    }

    fn limits(&self) -> &'static str {
        "Limits (--limit NAME=N; those of bytes take K, M and G) and their defaults:"
    }

    fn unknown_schema(&self, name: &str, known: &str) -> String {
        format!("there is no schema `{name}`; there are: {known}")
    }

    fn record(&self) -> &'static str {
        "record"
    }

    fn fields(&self) -> &'static str {
        "Fields, as JSON Pointers below /records/N; N counts from 0. Each with its type and its printed label:"
    }

    fn field_kind(&self, field: &FieldInfo) -> String {
        let (one, many) = match field.kind {
            FieldKind::Group => ("", "list"),
            FieldKind::Text => ("text", "list of texts"),
            FieldKind::Integer => ("integer", "list of integers"),
            FieldKind::Number => ("number", "list of numbers"),
            FieldKind::Word => ("word", "list of words"),
        };
        if field.list { many } else { one }.to_owned()
    }

    fn words_of(&self, field: &str) -> String {
        format!("Words of {field}:")
    }

    fn see_schema(&self) -> &'static str {
        "A field is null where the document leaves it empty or prints a dash. For more, see `hyoka schema`."
    }

    fn taken_for(&self, form: &str, first: u32, last: u32) -> String {
        format!("pages {first}–{last}: {form}")
    }

    fn taken_for_none(&self) -> &'static str {
        "of no known form"
    }

    fn speaks_for(&self) -> &'static str {
        "What speaks for each form (score, printed words):"
    }

    fn unknown_form_id(&self, id: &str, known: &str) -> String {
        format!("there is no form `{id}`; there are: {known}")
    }

    fn unknown_argument(&self, argument: &str, suggestion: Option<&str>) -> String {
        format!("there is no option `{argument}`{}", meant(suggestion))
    }

    fn unknown_command(&self, command: &str, suggestion: Option<&str>) -> String {
        format!("there is no command `{command}`{}", meant(suggestion))
    }

    fn invalid_value(&self, argument: &str, value: &str, known: &[String]) -> String {
        format!("`{value}` is no value of {argument}{}", known_values(known))
    }

    fn missing_value(&self, argument: &str, known: &[String]) -> String {
        format!("{argument} needs a value{}", known_values(known))
    }

    fn missing_argument(&self, arguments: &[String]) -> String {
        format!("missing: {}", arguments.join(", "))
    }

    fn missing_command(&self, known: &[String]) -> String {
        format!("which command? There are: {}", known.join(", "))
    }

    fn conflict(&self, argument: &str, with: &[String]) -> String {
        format!("{argument} cannot be used with {}", with.join(", "))
    }

    fn repeated(&self, argument: &str) -> String {
        format!("{argument} can be given once only")
    }

    fn other_usage(&self, reason: &str) -> String {
        reason.to_owned()
    }

    fn see_help(&self) -> String {
        "For more, see `hyoka --help` or `hyoka COMMAND --help`.".to_owned()
    }
}
