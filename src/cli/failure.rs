//! Why an input gave no document, as the command line tells it.

use crate::cli::messages::{En, Messages};
use crate::error::{Error, ErrorKind};
use crate::output::manifest;

/// What the library says of an input's bytes, and what can go wrong before it has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No file or folder of that name.
    NotFound,
    /// A folder with no .pdf and no .txt below it.
    NoDocuments,
    /// A ZIP archive with no .pdf and no .txt in it.
    EmptyArchive,
    /// A document in an archive that wants a password.
    ArchiveLocked,
    /// An archive in an archive.
    ArchiveNested,
    /// Not to be unpacked; the words say why.
    ArchiveDamaged(String),
    /// Other bytes at the second look than at the first.
    Changed,
    /// A document of an earlier run, of an input that this run was not given, can no more be used.
    DocumentLost,
    /// `extract` could not read it; so its manifest says.
    FailedBefore(Box<manifest::Failure>),
    /// The run that wrote the folder did not come to its end.
    Unfinished,
    /// The folder's manifest.json is damaged, or something else's.
    NoManifest,
    Of(ErrorKind),
}

impl Fault {
    /// The stable word for manifests and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::NotFound => "not_found",
            Fault::NoDocuments | Fault::EmptyArchive => "no_documents",
            Fault::ArchiveLocked => "archive_locked",
            Fault::ArchiveNested => "archive_nested",
            Fault::ArchiveDamaged(_) => "archive_damaged",
            Fault::Changed => "changed",
            Fault::DocumentLost => "document_lost",
            Fault::FailedBefore(_) => "failed_before",
            Fault::Unfinished => "unfinished",
            Fault::NoManifest => "no_manifest",
            Fault::Of(kind) => kind.code(),
        }
    }

    pub fn from_io(e: &std::io::Error) -> Self {
        match e.kind() {
            std::io::ErrorKind::NotFound => Fault::NotFound,
            _ => Fault::Of(ErrorKind::Io(e.to_string())),
        }
    }
}

/// An input that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub path: String,
    pub page: Option<u32>,
    pub fault: Fault,
}

impl Failure {
    pub fn new(path: &str, fault: Fault) -> Self {
        Failure { path: path.to_owned(), page: None, fault }
    }

    pub fn of(path: &str, error: Error) -> Self {
        Failure { path: path.to_owned(), page: error.page, fault: Fault::Of(error.kind) }
    }

    /// As the manifest has it, in English whoever ran it.
    pub fn for_manifest(&self) -> Box<manifest::Failure> {
        Box::new(manifest::Failure {
            code: self.fault.code().to_owned(),
            message: En.reason(&self.fault),
            hint: En.hint(&self.fault),
            page: self.page,
        })
    }
}
