//! From bytes to objects: `lopdf` on a stack of its own, so that no input can take the program down with it.

use std::borrow::Cow;
use std::cell::Cell;

use lopdf::xref::XrefRecovery;
use lopdf::{DecompressError, Document, LoadOptions};

use super::file::{self, File};
use super::limits::Options;
use super::object::get_dict;
use super::{repair, sealed, slim};
use crate::error::{Error, ErrorKind};
use crate::source::{self, PageNote};

/// Room for the parser's recursion, whatever thread asks.
const STACK: usize = 32 << 20;

/// The objects of a file.
pub(super) struct Opened {
    pub file: File,
    /// On what was repaired or left out.
    pub notes: Vec<PageNote>,
    /// The limit by which objects were left out.
    pub cut: Option<&'static str>,
}

/// Opens a file, decrypted and repaired as far as may be.
pub(super) fn open(input: Vec<u8>, options: &Options) -> Result<Opened, Error> {
    if input.is_empty() {
        return Err(ErrorKind::Empty.into());
    }
    let Some(start) = source::pdf_header(&input) else {
        return Err(source::other_format(&input).unwrap_or(ErrorKind::NotADocument).into());
    };
    let bytes = &input[start..];
    let over = Cell::new(None);
    let mut doc = match parse(bytes, options, Way::Table, &over)? {
        Ok(doc)
            if doc.xref_recovery != Some(XrefRecovery::Reconstructed) && !is_locked(&doc) && !has_page_tree(&doc) =>
        {
            // The table reads, but leads astray: look for the objects instead.
            match parse(bytes, options, Way::Search, &over)? {
                Ok(rebuilt) if has_page_tree(&rebuilt) => rebuilt,
                _ => doc,
            }
        }
        Ok(doc) => doc,
        Err(error) if is_final(&error) => return Err(kind_of(&error, options).into()),
        Err(error) => rebuild(bytes, options, &over)?.ok_or_else(|| kind_of(&error, options))?,
    };
    if doc.xref_recovery == Some(XrefRecovery::Reconstructed) && !is_locked(&doc) {
        repair::expand(&mut doc, options.limits.stream_bytes);
    }

    if is_locked(&doc) {
        return Err(match &options.password {
            Some(_) => ErrorKind::PasswordWrong,
            None => ErrorKind::PasswordNeeded,
        }
        .into());
    }
    if doc.objects.len() > options.limits.objects {
        let (found, allowed) = (doc.objects.len() as u64, options.limits.objects as u64);
        return Err(ErrorKind::Limit { limit: "objects", found, allowed }.into());
    }
    let mut notes = Vec::new();
    if let Some(recovery) = doc.xref_recovery {
        let how = match recovery {
            XrefRecovery::OffsetCorrected => "found near the place that the file names",
            _ => "rebuilt by looking for objects through the whole file",
        };
        notes.push(PageNote {
            code: "repaired",
            message: format!("the file is damaged: its table of objects was {how}"),
        });
    }
    if let Some(limit) = over.get().map(|name| options.limits.told(name)) {
        notes.push(PageNote {
            code: "document_limit",
            message: format!("the file exceeds the {limit}; the objects beyond were left out"),
        });
    }
    let missing = unread_objects(&doc);
    if missing > 0 {
        notes.push(PageNote {
            code: "objects_unread",
            message: format!("{missing} object(s) of the file are damaged or nested too deeply and were left out"),
        });
    }
    Ok(Opened { file: File::new(doc, input, start), notes, cut: over.get() })
}

/// How objects are come by.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// By the table of objects.
    Table,
    /// By looking for them.
    Search,
    /// As [`Way::Table`], in bytes that are not those of the file.
    Changed,
}

/// The parser's answer, or why it gave none. `over` is set to the limit by which object streams had to be left out.
fn parse(
    bytes: &[u8],
    options: &Options,
    way: Way,
    over: &Cell<Option<&'static str>>,
) -> Result<lopdf::Result<Document>, Error> {
    let load = LoadOptions {
        filter: Some(slim::slim),
        max_decompressed_size: Some(options.limits.stream_bytes),
        force_reconstruct: way == Way::Search,
        ..LoadOptions::default()
    };
    let (parsed, exceeded) = std::thread::scope(|scope| {
        let parser = std::thread::Builder::new().name("pdf".into()).stack_size(STACK);
        let handle = parser.spawn_scoped(scope, || {
            let held = |bytes: &[u8], sealed: bool| {
                slim::allow(&options.limits, sealed, false);
                let mut doc = Document::load_mem_with_options(bytes, load.clone())?;
                file::whole(&mut doc);
                Ok(doc)
            };
            let plain = |bytes: &[u8]| {
                if way == Way::Changed {
                    return held(bytes, false);
                }
                slim::allow(&options.limits, false, true);
                let mut doc = Document::load_mem_with_options(bytes, load.clone())?;
                if file::found(&mut doc, bytes) {
                    return Ok(doc);
                }
                drop(doc);
                held(bytes, false)
            };
            let opened = match sealed::veil(bytes) {
                Cow::Borrowed(bytes) => plain(bytes),
                Cow::Owned(veiled) => match held(&veiled, true) {
                    Ok(mut doc) if sealed::is_sealed(&doc) => {
                        sealed::unseal(&mut doc, options.password.as_deref(), options.limits.stream_bytes).map(|()| doc)
                    }
                    Ok(_) => plain(bytes),
                    Err(error) => Err(error),
                },
            };
            (opened, slim::exceeded())
        });
        match handle {
            Ok(handle) => handle.join().map_err(|_| ErrorKind::Damaged("its objects cannot be parsed".into())),
            Err(error) => Err(ErrorKind::Internal(error.to_string())),
        }
    })?;
    over.set(over.get().or(exceeded));
    Ok(parsed)
}

/// No table, no trailer: every object that can be found, and the catalog among them. `None` when there are none.
fn rebuild(bytes: &[u8], options: &Options, over: &Cell<Option<&'static str>>) -> Result<Option<Document>, Error> {
    let Ok(mut doc) = parse(&repair::with_stand_in(bytes, None), options, Way::Changed, over)? else { return Ok(None) };
    if let Some(id) = repair::encryption(&doc) {
        match parse(&repair::with_stand_in(bytes, Some(id)), options, Way::Changed, over)? {
            Ok(decrypted) => doc = decrypted,
            Err(error) => return Err(kind_of(&error, options).into()),
        }
    }
    if !is_locked(&doc) {
        repair::expand(&mut doc, options.limits.stream_bytes);
        repair::find_catalog(&mut doc);
    }
    Ok((!doc.objects.is_empty()).then_some(doc))
}

/// The catalog leads to the root of a page tree.
fn has_page_tree(doc: &Document) -> bool {
    let root = doc.catalog().ok().and_then(|catalog| get_dict(doc, catalog, b"Pages"));
    root.is_some_and(|root| root.has(b"Kids"))
}

/// Encrypted, and no password has opened it.
fn is_locked(doc: &Document) -> bool {
    doc.trailer.has(b"Encrypt") && doc.encryption_state.is_none()
}

/// Looking for objects by hand would change nothing about it.
fn is_final(error: &lopdf::Error) -> bool {
    use lopdf::Error as E;
    matches!(
        error,
        E::InvalidPassword
            | E::Decryption(_)
            | E::UnsupportedSecurityHandler(_)
            | E::Decompress(DecompressError::MemoryLimitExceeded { .. })
    )
}

/// Objects that the file lists and the parser could not read.
fn unread_objects(doc: &Document) -> usize {
    let encrypt = doc.encryption_state.as_ref().and_then(|s| s.encrypt_object_id());
    let listed = doc.reference_table.entries.iter().filter(|(_, entry)| entry.is_normal());
    listed
        .filter(|&(&number, _)| encrypt.is_none_or(|id| id.0 != number))
        .filter(|&(&number, _)| doc.objects.range((number, 0)..=(number, u16::MAX)).next().is_none())
        .count()
}

fn kind_of(error: &lopdf::Error, options: &Options) -> ErrorKind {
    use lopdf::Error as E;
    match error {
        E::InvalidPassword => ErrorKind::PasswordWrong,
        E::Decryption(_) | E::UnsupportedSecurityHandler(_) => {
            ErrorKind::Damaged(format!("its encryption is not of a kind that can be read ({error})"))
        }
        E::Decompress(DecompressError::MemoryLimitExceeded { limit }) => ErrorKind::Limit {
            limit: "stream_bytes",
            found: *limit as u64 + 1,
            allowed: options.limits.stream_bytes as u64,
        },
        error => ErrorKind::Damaged(format!("no table of objects and no objects to rebuild it from ({error})")),
    }
}
