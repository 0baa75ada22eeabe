//! What can be typed. The Japanese of each help text stands in `help_ja.rs`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgGroup, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::help_ja;
use super::lang::Lang;
use crate::source::limits::LIMITS;
use crate::source::text;

/// Structures Japanese government evaluation documents (PDF or text) into JSON and tidy tables
#[derive(Debug, Parser)]
#[command(name = "hyoka", version, disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    /// Language of help and messages; by default that of the locale
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read documents and write them as JSON, and with -o as tables
    Extract(Box<Extract>),
    /// Find what documents contradict: sums, ratios, names, references; each finding with both places
    Audit(Box<Audit>),
    /// List the rules of the audit, or explain one
    Rules {
        /// Code (HY204) or name of a rule
        code: Option<String>,
    },
    /// Draw a page as the program sees it, as an SVG: what it prints, the cells, and the fields they went to
    Inspect(Inspect),
    /// Open a local web page: documents, findings, charts, and each value beside the place it was read from
    Review(Review),
    /// List the forms that are known, or describe one with its fields
    Forms {
        /// Describe this form
        form: Option<String>,
        /// Say what this PDF or text is taken for, and what it prints that speaks for each form
        #[arg(long, value_name = "FILE", conflicts_with = "form")]
        explain: Option<PathBuf>,
        #[command(flatten)]
        opening: Opening,
    },
    /// Print a schema: of documents, of manifests, or of a table by its name
    Schema {
        /// document, manifest, or the name of a table
        #[arg(default_value = "document")]
        name: String,
    },
    /// Print shell completions
    Completions {
        /// The shell to complete in
        shell: Shell,
    },
    /// Print the manual page of the program, or of one of its commands, as roff
    Man {
        /// The command to describe
        command: Option<String>,
    },
}

#[derive(Debug, Clone, clap::Args)]
#[command(group = ArgGroup::new("kept").multiple(true))]
pub struct Extract {
    /// Files, folders and ZIP archives (all .pdf and .txt in them), or - for stdin
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Write documents, tables, schemas and a manifest into this folder instead of documents to stdout
    #[arg(short, long, value_name = "DIR", group = "kept")]
    pub output: Option<PathBuf>,
    /// Load the tables into a database, sqlite:FILE or postgres://USER@HOST/DATABASE, with or without -o; a password may
    /// stand in PGPASSWORD
    #[arg(long, value_name = "DATABASE", group = "kept")]
    pub db: Option<String>,
    /// json: indented; jsonl: a line each. By default json for one input, jsonl for several
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "kept")]
    pub format: Option<Format>,
    /// File formats of the tables, parted by commas: csv, parquet, xlsx
    #[arg(long, value_delimiter = ',', value_name = "FORMATS", default_value = "csv", requires = "output")]
    pub tables: Vec<String>,
    #[command(flatten)]
    pub reading: Reading,
    /// CSV for Excel: a byte-order mark, and text that looks like a formula defused by an apostrophe
    #[arg(long, requires = "output")]
    pub excel: bool,
    /// No progress and no summary; failures are still told
    #[arg(short, long)]
    pub quiet: bool,
    /// Read again what the folder or the database says is done and unchanged
    #[arg(long, requires = "kept")]
    pub force: bool,
}

/// What the commands that read many inputs have in common.
#[derive(Debug, Clone, clap::Args)]
pub struct Reading {
    /// Six-digit code (全国地方公共団体コード) of the jurisdiction, where the documents do not print it
    #[arg(long, value_name = "CODE")]
    pub jurisdiction: Option<String>,
    #[command(flatten)]
    pub opening: Opening,
    /// How many inputs to read at once; by default one for each processor
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Audit {
    /// Files, folders, - for stdin, or a folder that extract wrote
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// By default human on a terminal, else json; with -o by the file's extension
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<AuditFormat>,
    /// Write into this file instead of to stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Apply this rule only: a code, a name, or the start of codes (HY2); may be given several times
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub rule: Vec<String>,
    /// Do not apply this rule; may be given several times
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// End with exit code 1 where there are findings of this severity or above
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Scales of judgment of your own: a TOML file, or a folder of them
    #[arg(long, value_name = "FILE")]
    pub scales: Vec<PathBuf>,
    /// Official counts to hold the documents against: TOML, JSON or CSV
    #[arg(long, value_name = "FILE")]
    pub counts: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// No progress; failures are still told
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    Human,
    Json,
    Csv,
    Sarif,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Inspect {
    /// A PDF or a text, or - for stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which page, from 1
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u32).range(1..))]
    pub page: u32,
    /// Write the SVG into this file instead of to stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub opening: Opening,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Review {
    /// The folder that extract -o wrote
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Where the inputs are now, where they are not where they were read from; files or folders
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub inputs: Vec<PathBuf>,
    /// Findings to show, as audit --format json prints them; by default the folder is audited
    #[arg(long, value_name = "FILE")]
    pub findings: Option<PathBuf>,
    /// Port of the page; 0 for any that is free
    #[arg(long, value_name = "N", default_value = "8370")]
    pub port: u16,
    /// Address to serve at; others than this machine's own need --token
    #[arg(long, value_name = "ADDR")]
    pub host: Option<IpAddr>,
    /// What a visitor has to know, 8 letters, digits, - and _ or more
    #[arg(long, value_name = "TEXT")]
    pub token: Option<String>,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
    #[command(flatten)]
    pub opening: Opening,
}

/// What it takes to open an input, whatever is done with it.
#[derive(Debug, Clone, clap::Args)]
pub struct Opening {
    /// Password of encrypted PDFs; other users of the machine may see it, --password-file hides it
    #[arg(long, value_name = "TEXT")]
    pub password: Option<String>,
    /// File whose first line is the password of encrypted PDFs
    #[arg(long, value_name = "FILE", conflicts_with = "password")]
    pub password_file: Option<PathBuf>,
    /// Encoding of text inputs
    #[arg(long, value_enum, value_name = "ENCODING", default_value = "auto")]
    pub encoding: Encoding,
    /// Raise or lower a limit (listed below); may be given several times
    #[arg(long = "limit", value_name = "NAME=N")]
    pub limits: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    Auto,
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "shift_jis")]
    ShiftJis,
    #[value(name = "euc-jp")]
    EucJp,
    #[value(name = "utf-16le")]
    Utf16Le,
    #[value(name = "utf-16be")]
    Utf16Be,
}

impl Encoding {
    /// The label, as the WHATWG Encoding Standard has it; `None` to find it from the bytes.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Encoding::Auto => None,
            Encoding::Utf8 => Some("utf-8"),
            Encoding::ShiftJis => Some("shift_jis"),
            Encoding::EucJp => Some("euc-jp"),
            Encoding::Utf16Le => Some("utf-16le"),
            Encoding::Utf16Be => Some("utf-16be"),
        }
    }
}

impl From<Encoding> for text::Encoding {
    fn from(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Auto => text::Encoding::Auto,
            Encoding::Utf8 => text::Encoding::Utf8,
            Encoding::ShiftJis => text::Encoding::ShiftJis,
            Encoding::EucJp => text::Encoding::EucJp,
            Encoding::Utf16Le => text::Encoding::Utf16Le,
            Encoding::Utf16Be => text::Encoding::Utf16Be,
        }
    }
}

/// The whole command line, its help in `lang`.
pub fn command(lang: Lang) -> clap::Command {
    let program = match lang {
        Lang::En => Args::command(),
        Lang::Ja => help_ja::translate(Args::command()),
    };
    program.mut_subcommands(|command| {
        let opens_inputs = command.get_arguments().any(|argument| argument.get_id() == "limits");
        if opens_inputs { command.after_help(limits_help(lang)) } else { command }
    })
}

/// The limits there are: a line each, with its default.
fn limits_help(lang: Lang) -> String {
    let names = LIMITS.iter().map(|limit| limit.name.len()).max().unwrap_or_default();
    let values = LIMITS.iter().map(|limit| limit.default().len()).max().unwrap_or_default();
    let mut help = lang.messages().limits().to_owned();
    for limit in LIMITS {
        let meaning = match lang {
            Lang::En => limit.meaning,
            Lang::Ja => limit.meaning_ja,
        };
        help += &format!("\n  {:names$} = {:<values$}  {meaning}", limit.name, limit.default());
    }
    help
}
