//! `hyoka audit`: findings of inputs, or of a folder that `extract` wrote.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use super::args::{Audit as Args, AuditFormat, FailOn};
use super::extract::{guarded, read};
use super::failure::{Failure, Fault};
use super::inputs::Input;
use super::lang::Lang;
use super::messages::Messages;
use super::progress::Progress;
use super::{FOUND, NOT_ALL_READ, Stop, inputs, opening, stdout};
use crate::audit::render::{self, Human};
use crate::audit::{Audit, Auditor, Seen, Settings, Severity, counts, rules};
use crate::error::ErrorKind;
use crate::form::Document;
use crate::output::manifest::{Manifest, Outcome};
use crate::output::{self, atomic, json, names};
use crate::report;
use crate::review::Inputs;
use crate::source::pdf;

/// So many documents are held at once: read together, looked at one after the other.
const AT_ONCE: usize = 32;

/// Something to look at.
enum Source {
    Input(Input),
    /// A document that `extract` wrote into `folder`, from the input that its manifest calls `input`.
    Written {
        document: PathBuf,
        folder: PathBuf,
        input: String,
        sha256: String,
    },
}

impl Source {
    /// The file's name, after which findings call it.
    fn name(&self) -> Cow<'_, str> {
        match self {
            Source::Input(input) => input.name.as_str().into(),
            Source::Written { document, .. } => document.file_name().unwrap_or_default().to_string_lossy(),
        }
    }

    fn path(&self) -> Cow<'_, str> {
        match self {
            Source::Input(input) => input.path.as_str().into(),
            Source::Written { document, .. } => document.to_string_lossy(),
        }
    }

    /// Of the input's bytes; `None` where they are not to be had.
    fn sha256(&self) -> Option<String> {
        match self {
            Source::Input(input) => input.hash().ok().map(|(sha256, _)| sha256),
            Source::Written { sha256, .. } => Some(sha256.clone()),
        }
    }
}

/// A source with what findings call its document, as `extract` would.
struct Named {
    source: Source,
    name: String,
    sha256: Option<String>,
}

/// The sources by their names, each content once: the same bytes again say nothing new.
fn named(sources: Vec<Source>) -> Vec<Named> {
    let hashes: Vec<Option<String>> = sources.par_iter().map(Source::sha256).collect();
    let files: Vec<Cow<str>> = sources.iter().map(Source::name).collect();
    let pairs: Vec<(&str, &str)> =
        files.iter().zip(&hashes).map(|(name, hash)| (&**name, hash.as_deref().unwrap_or_default())).collect();
    let names = names::assign(&pairs, std::iter::empty());
    let mut seen = HashSet::new();
    let all = sources.into_iter().zip(names).zip(hashes);
    let all = all.map(|((source, name), sha256)| Named { source, name, sha256 });
    all.filter(|one| one.sha256.as_ref().is_none_or(|sha256| seen.insert(sha256.clone()))).collect()
}

pub fn run(args: &Args, lang: Lang) -> Result<ExitCode, Stop> {
    let messages = lang.messages();
    let options = opening::reading(&args.reading, messages)?;
    let settings = settings(args, messages)?;
    let workers = opening::workers(args.reading.jobs, messages)?;
    let format = format(args);

    let (sources, mut failures) = sources(&args.paths, &options);
    let sources = workers.install(|| named(sources));
    let progress = Progress::new(sources.len(), args.quiet, messages);
    let reader = |name: &str, bytes: Vec<u8>, hash: String| crate::extract_hashed(name, bytes, hash, &options);
    let looking = Auditor::new(settings.clone());
    let one = |named: &Named| -> Result<(Document, Seen), Failure> {
        let done = match &named.source {
            Source::Input(input) => read(input, &reader, named.sha256.as_deref()),
            Source::Written { document, sha256, .. } => written(document, sha256).map(|mut document| {
                // As `extract` has it where the document tells none.
                if document.jurisdictions.is_empty() {
                    document.jurisdictions.extend(options.jurisdiction.clone());
                }
                document
            }),
        };
        let done = done.and_then(|document| {
            let seen = guarded(&named.source.path(), || Ok(looking.look(&named.name, &document)))?;
            Ok((document, seen))
        });
        progress.step();
        done
    };
    let unwritten = |e| Stop::Failed(messages.not_written(&e));
    let mut auditor = Auditor::new(settings);
    let mut page = (format == AuditFormat::Html).then(Page::default);
    std::panic::set_hook(Box::new(|_| {}));
    for batch in sources.chunks(AT_ONCE) {
        let read: Vec<_> = workers.install(|| batch.par_iter().map(one).collect());
        for (Named { source, name, .. }, read) in batch.iter().zip(read) {
            match read {
                Ok((document, seen)) => {
                    auditor.take(seen).map_err(unwritten)?;
                    if let Some(page) = &mut page {
                        page.add(name.clone(), document, source);
                    }
                }
                Err(failure) => failures.push(failure),
            }
        }
    }
    let _ = std::panic::take_hook();
    progress.finish();
    let audit = auditor.finish().map_err(unwritten)?;
    let bytes = match page {
        Some(page) => page.html(&audit, &options.pdf, lang).into_bytes(),
        None => rendered(&audit, format, args.output.is_none(), lang),
    };
    match &args.output {
        Some(path) => atomic::write(path, &bytes).map_err(unwritten)?,
        None => stdout::print(&bytes, messages)?,
    }
    failures.iter().for_each(|failure| eprintln!("{}", messages.failure(failure)));
    Ok(match (failures.is_empty(), fails(&audit, args.fail_on)) {
        (false, _) => ExitCode::from(NOT_ALL_READ),
        (true, true) => ExitCode::from(FOUND),
        (true, false) => ExitCode::SUCCESS,
    })
}

fn fails(audit: &Audit, on: FailOn) -> bool {
    let from = match on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
        FailOn::Never => return false,
    };
    audit.findings.iter().any(|f| f.severity >= from)
}

/// What was asked for, else what the file's name says, else what suits who reads.
fn format(args: &Args) -> AuditFormat {
    if let Some(format) = args.format {
        return format;
    }
    match args.output.as_deref().map(|p| p.extension().unwrap_or_default().to_string_lossy().to_lowercase()) {
        None if io::stdout().is_terminal() => AuditFormat::Human,
        None => AuditFormat::Json,
        Some(extension) => match extension.as_str() {
            "csv" => AuditFormat::Csv,
            "sarif" => AuditFormat::Sarif,
            "html" | "htm" => AuditFormat::Html,
            "txt" => AuditFormat::Human,
            _ => AuditFormat::Json,
        },
    }
}

fn rendered(audit: &Audit, format: AuditFormat, to_stdout: bool, lang: Lang) -> Vec<u8> {
    let colour = to_stdout && io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    match format {
        AuditFormat::Human => render::human(audit, Human { colour, japanese: lang == Lang::Ja }).into_bytes(),
        AuditFormat::Csv => render::csv(audit),
        AuditFormat::Sarif => render::sarif(audit),
        AuditFormat::Json | AuditFormat::Html => render::json(audit),
    }
}

/// What a page of findings is made of beside them: the documents, and where their inputs are.
#[derive(Default)]
struct Page<'a> {
    documents: BTreeMap<String, Document>,
    /// By SHA-256.
    sources: HashMap<String, &'a Source>,
}

impl<'a> Page<'a> {
    fn add(&mut self, name: String, document: Document, source: &'a Source) {
        self.sources.insert(document.source.sha256.clone(), source);
        self.documents.insert(name, document);
    }

    fn html(&self, audit: &Audit, pdf: &pdf::Options, lang: Lang) -> String {
        let findings: Vec<report::Finding> = audit.findings.iter().map(report::Finding::from).collect();
        let input = |document: &Document| {
            let sha256 = &document.source.sha256;
            match *self.sources.get(sha256)? {
                Source::Input(input) => input.take().ok().filter(|bytes| output::hash::sha256(bytes) == *sha256),
                Source::Written { folder, input, .. } => Inputs::find(folder, &[], &pdf.limits).bytes(input, sha256),
            }
        };
        report::html::page(&report::html::Report {
            documents: &self.documents,
            findings: &findings,
            input: &input,
            password: pdf.password.as_deref(),
            language: lang.of_pages(),
        })
    }
}

fn settings(args: &Args, messages: &dyn Messages) -> Result<Settings, Stop> {
    if let Some(word) = args.rule.iter().chain(&args.ignore).find(|word| !rules::is_known(word)) {
        return Err(Stop::Usage(messages.unknown_rule(word)));
    }
    let mut settings = Settings { only: args.rule.clone(), ignore: args.ignore.clone(), ..Settings::default() };
    let text = |path: &Path| {
        fs::read_to_string(path)
            .map_err(|e| Stop::Usage(messages.bad_file(&path.display().to_string(), &e.to_string())))
    };
    for path in args.scales.iter().rev() {
        for file in toml_files(path).map_err(|e| Stop::Usage(messages.bad_file(&path.display().to_string(), &e)))? {
            let bad = |e: String| Stop::Usage(messages.bad_file(&file.display().to_string(), &e));
            settings.scales.add(&text(&file)?).map_err(bad)?;
        }
    }
    for path in &args.counts {
        let bad = |e: String| Stop::Usage(messages.bad_file(&path.display().to_string(), &e));
        settings.official.extend(counts::parse(&text(path)?).map_err(bad)?);
    }
    Ok(settings)
}

/// The file itself, or every .toml of a folder in the order of their names. A folder that has none is an error.
fn toml_files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let listing = fs::read_dir(path).and_then(|listing| listing.collect::<io::Result<Vec<_>>>());
    let mut files: Vec<PathBuf> = listing.map_err(|e| e.to_string())?.into_iter().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")));
    files.sort();
    if files.is_empty() { Err("the folder holds no .toml".to_owned()) } else { Ok(files) }
}

/// The inputs, and the documents of folders that have a manifest; with what the manifests say was not read.
fn sources(paths: &[PathBuf], options: &crate::Options) -> (Vec<Source>, Vec<Failure>) {
    let (mut out, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        let loaded = if path.is_dir() { Manifest::load(&path.join("manifest.json")) } else { Ok(None) };
        let told = loaded.as_ref().err().map(|e| match &e.kind {
            ErrorKind::Write(_) => Fault::NoManifest,
            kind => Fault::Of(kind.clone()),
        });
        let shown = path.display().to_string();
        let Ok(Some(manifest)) = loaded else {
            let found = inputs::find(std::slice::from_ref(path), &options.pdf.limits).into_iter();
            // Of a folder that was told of, that it holds no documents either says nothing more.
            let more = |input: &Input| told.is_none() || input.fault() != Some(&Fault::NoDocuments);
            out.extend(found.filter(more).map(Source::Input));
            failures.extend(told.map(|fault| Failure::new(&shown, fault)));
            continue;
        };
        if manifest.finished.is_none() || !manifest.unsettled.is_empty() {
            failures.push(Failure::new(&shown, Fault::Unfinished));
        }
        failures.extend(manifest.inputs.iter().filter(|e| e.outcome == Outcome::Failed).map(|e| Failure {
            path: e.path.clone(),
            page: e.error.as_ref().and_then(|failure| failure.page),
            fault: e.error.clone().map_or(Fault::Unfinished, Fault::FailedBefore),
        }));
        let inputs = manifest.inputs.into_iter().filter_map(|e| Some((e.document?, e.path, e.sha256?)));
        let mut documents: Vec<(String, String, String)> = inputs.collect();
        documents.sort();
        documents.dedup_by(|a, b| a.0 == b.0);
        out.extend(documents.into_iter().map(|(document, input, sha256)| Source::Written {
            document: path.join(document),
            folder: path.clone(),
            input,
            sha256,
        }));
    }
    (out, failures)
}

fn written(path: &Path, sha256: &str) -> Result<Document, Failure> {
    let shown = path.display().to_string();
    let failed = |reason: String| Failure::new(&shown, Fault::Of(ErrorKind::Io(reason)));
    let bytes = fs::read(path).map_err(|e| Failure::new(&shown, Fault::from_io(&e)))?;
    let document = json::parse(&bytes).map_err(|e| match e.kind {
        ErrorKind::Io(reason) => failed(reason),
        other => failed(other.to_string()),
    })?;
    if document.source.sha256 != sha256 {
        return Err(failed("is the document of another input".to_owned()));
    }
    Ok(document)
}
