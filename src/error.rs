//! What can go wrong with an input, said so that the user knows what to do next.

use std::fmt;
use std::path::PathBuf;

/// The kinds of failure that end the reading of one input. None of them ends a batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    #[error("cannot be read: {0}")]
    Io(String),
    #[error("is empty (0 bytes)")]
    Empty,
    #[error("is neither a PDF nor a text in a known encoding")]
    NotADocument,
    /// A file of a known kind that is neither; `advice` says what to do.
    #[error("is {what}, not a PDF or a text")]
    OtherFormat { what: &'static str, advice: &'static str },
    #[error("text is not valid {0}")]
    Encoding(String),
    #[error("is a damaged PDF: {0}")]
    Damaged(String),
    #[error("needs a password")]
    PasswordNeeded,
    #[error("the password does not open it")]
    PasswordWrong,
    #[error("exceeds the limit {limit} ({found} > {allowed})")]
    Limit { limit: &'static str, found: u64, allowed: u64 },
    /// Pages count from 1.
    #[error("has no page {asked}; it has {pages}")]
    NoSuchPage { asked: u32, pages: u32 },
    #[error("cannot be written: {0}")]
    Write(String),
    #[error("{0}")]
    Database(DatabaseFault),
    #[error("an internal fault: {0}")]
    Internal(String),
}

/// Why a database does not take the tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseFault {
    #[error("cannot be opened: {0}")]
    Unreachable(String),
    /// Asked for by the address; there is none here.
    #[error("is to be reached by TLS, which this program does not have")]
    NoTls,
    /// Versions of the tables in it.
    #[error("was written by a newer hyoka (tables of version {found}; this one knows version {known})")]
    Newer { found: i64, known: i64 },
    /// A table of a name that is wanted, made by someone else.
    #[error("holds a table `{0}` that hyoka did not make")]
    Foreign(String),
    #[error("did not take the data: {0}")]
    Refused(String),
}

impl ErrorKind {
    /// The stable word for manifests and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            ErrorKind::Io(_) => "io",
            ErrorKind::Empty => "empty",
            ErrorKind::NotADocument | ErrorKind::OtherFormat { .. } => "not_a_document",
            ErrorKind::Encoding(_) => "encoding",
            ErrorKind::Damaged(_) => "damaged",
            ErrorKind::PasswordNeeded => "password_needed",
            ErrorKind::PasswordWrong => "password_wrong",
            ErrorKind::Limit { .. } => "limit",
            ErrorKind::NoSuchPage { .. } => "no_such_page",
            ErrorKind::Write(_) => "write",
            ErrorKind::Database(_) => "database",
            ErrorKind::Internal(_) => "internal",
        }
    }
}

/// An [`ErrorKind`] with the file and, where known, the page (from 1) it was met on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub kind: ErrorKind,
    pub path: Option<PathBuf>,
    pub page: Option<u32>,
}

impl Error {
    pub fn new(kind: ErrorKind) -> Self {
        Error { kind, path: None, page: None }
    }

    pub fn at_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    pub fn in_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error::new(kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}", path.display())?;
            if let Some(page) = self.page {
                write!(f, ", page {page}")?;
            }
            write!(f, ": ")?;
        } else if let Some(page) = self.page {
            write!(f, "page {page}: ")?;
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for Error {}

pub type Result<T> = std::result::Result<T, Error>;
