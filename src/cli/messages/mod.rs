//! Everything the program says, once for each language: a message that one of them lacks does not compile.

mod en;
mod ja;

use std::time::Duration;

pub use en::En;
pub use ja::Ja;

use super::failure::{Failure, Fault};
use crate::error::Error;
use crate::form::catalogue::FieldInfo;
use crate::output::database::BadTarget;
use crate::output::inspect::Words;
use crate::source::limits::BadLimit;

/// What a run came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub documents: u64,
    pub records: u64,
    /// Diagnostics of severity `warning` or `error`.
    pub warnings: u64,
    pub failures: u64,
    /// Of the documents, those that an earlier run wrote.
    pub unchanged: u64,
    /// Inputs of the same bytes as another.
    pub duplicates: u64,
}

/// How fast a run goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    pub a_second: f64,
    /// Until the end, at this pace.
    pub left: Duration,
}

/// Two digits that mean something.
fn rate(a_second: f64) -> String {
    if a_second < 10.0 { format!("{a_second:.1}") } else { format!("{a_second:.0}") }
}

/// `0:07`, `12:30`, `1:02:03`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

pub trait Messages: Sync {
    /// What is the matter with an input; goes on from its path.
    fn reason(&self, fault: &Fault) -> String;
    /// What to do about it.
    fn hint(&self, fault: &Fault) -> String;
    /// A failure with its reason and hint.
    fn failure(&self, failure: &Failure) -> String;
    fn unknown_form(&self, path: &str) -> String;
    /// After some of them were named.
    fn more_unknown_forms(&self, count: usize) -> String;
    /// Pages that are pictures or outlines only, of all pages.
    fn without_text(&self, path: &str, pages: u64, all: u64) -> String;
    fn more_without_text(&self, count: usize) -> String;
    fn summary(&self, counts: &Counts) -> String;
    /// `pace` once there is one to tell.
    fn progress(&self, done: usize, of: usize, pace: Option<Pace>) -> String;

    /// What the picture of a page says.
    fn inspect(&self) -> &'static Words;
    fn no_such_page(&self, path: &str, asked: u32, pages: u32) -> String;
    fn one_file(&self, path: &str) -> String;
    /// That an output would be written over its input.
    fn over_its_input(&self, path: &str) -> String;

    /// Where the review page is.
    fn reviewing(&self, url: &str) -> String;
    fn not_served(&self, reason: &str) -> String;
    /// The folder is none that `extract -o` wrote.
    fn no_results(&self, folder: &str) -> String;
    fn inputs_missing(&self, count: usize) -> String;
    fn no_japanese_font(&self) -> &'static str;
    fn token_needed(&self) -> &'static str;
    fn bad_token(&self) -> &'static str;

    fn error(&self, message: &str) -> String;
    fn wrong_usage(&self, message: &str) -> String;
    /// An output that could not be written.
    fn not_written(&self, error: &Error) -> String;
    fn stdout_failed(&self, reason: &str) -> String;
    fn no_workers(&self, reason: &str) -> String;

    fn bad_jurisdiction(&self, code: &str) -> String;
    /// A word that names no rule of the audit.
    fn unknown_rule(&self, word: &str) -> String;
    /// A file of settings that cannot be used.
    fn bad_file(&self, path: &str, reason: &str) -> String;
    fn password_file(&self, path: &str, reason: &str) -> String;
    fn bad_database(&self, bad: &BadTarget) -> String;
    fn tables_unknown(&self, format: &str) -> String;
    /// `said` is what stood after `--limit`, `known` the names of all limits.
    fn bad_limit(&self, said: &str, bad: &BadLimit, known: &str) -> String;
    /// Heading of the list of limits in the help.
    fn limits(&self) -> &'static str;
    fn unknown_schema(&self, name: &str, known: &str) -> String;
    /// What one record of a form is, goes before it.
    fn record(&self) -> &'static str;
    /// Heading of the fields of a record.
    fn fields(&self) -> &'static str;
    fn field_kind(&self, field: &FieldInfo) -> String;
    /// Heading of the words that a field can be.
    fn words_of(&self, field: &str) -> String;
    fn see_schema(&self) -> &'static str;
    /// Heading of a run of pages that was taken for a form.
    fn taken_for(&self, form: &str, first: u32, last: u32) -> String;
    fn taken_for_none(&self) -> &'static str;
    /// Heading of what speaks for each form.
    fn speaks_for(&self) -> &'static str;
    fn unknown_form_id(&self, id: &str, known: &str) -> String;

    fn unknown_argument(&self, argument: &str, suggestion: Option<&str>) -> String;
    fn unknown_command(&self, command: &str, suggestion: Option<&str>) -> String;
    fn invalid_value(&self, argument: &str, value: &str, known: &[String]) -> String;
    fn missing_value(&self, argument: &str, known: &[String]) -> String;
    fn missing_argument(&self, arguments: &[String]) -> String;
    fn missing_command(&self, known: &[String]) -> String;
    fn conflict(&self, argument: &str, with: &[String]) -> String;
    fn repeated(&self, argument: &str) -> String;
    /// Anything else that the parser of arguments may object to; `reason` is its English.
    fn other_usage(&self, reason: &str) -> String;
    fn see_help(&self) -> String;
}
