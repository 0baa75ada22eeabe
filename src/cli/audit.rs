//! `hyoka audit`: findings of inputs, or of a folder that `extract` wrote.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use super::args::{Audit as Args, AuditFormat, FailOn};
use super::extract::read;
use super::failure::{Failure, Fault};
use super::inputs::Input;
use super::lang::Lang;
use super::messages::Messages;
use super::progress::Progress;
use super::{FOUND, NOT_ALL_READ, Stop, inputs, opening, stdout};
use crate::audit::render::{self, Human};
use crate::audit::{Audit, Auditor, Settings, Severity, counts, rules};
use crate::error::ErrorKind;
use crate::form::Document;
use crate::form::jurisdiction::from_code;
use crate::output::hash::sha256;
use crate::output::manifest::Manifest;
use crate::output::{atomic, json};
use crate::report::html::{self, Report};
use crate::report::{Finding, Language};
use crate::review::inputs::Inputs;

/// So many documents are held at once: read together, looked at one after the other.
const AT_ONCE: usize = 32;

/// Something to look at.
enum Source {
    Input(Input),
    /// A document that `extract` wrote.
    Written(PathBuf),
}

impl Source {
    /// The file's name without its extension.
    fn stem(&self) -> String {
        let name = match self {
            Source::Input(input) => input.name.clone(),
            Source::Written(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        name.rsplit_once('.').map_or(name.clone(), |(stem, _)| stem.to_owned())
    }
}

pub fn run(args: &Args, lang: Lang) -> Result<ExitCode, Stop> {
    let messages = lang.messages();
    let mut options = opening::options(&args.opening, messages)?;
    if let Some(code) = &args.jurisdiction {
        let known = from_code(code).ok_or_else(|| Stop::Usage(messages.bad_jurisdiction(code)))?;
        options.jurisdiction = Some(known);
    }
    let settings = settings(args, messages)?;
    let workers = opening::workers(args.jobs, messages)?;
    let format = format(args);

    let sources = sources(&args.paths, &options)?;
    let mut stems: HashMap<String, usize> = HashMap::new();
    sources.iter().for_each(|s| *stems.entry(s.stem()).or_default() += 1);
    let progress = Progress::new(sources.len(), args.quiet, messages);
    let reader = |name: &str, bytes: Vec<u8>, hash: String| crate::extract_hashed(name, bytes, hash, &options);
    let one = |source: &Source| -> Result<Document, Failure> {
        let done = match source {
            Source::Input(input) => read(input, &reader, None),
            Source::Written(path) => written(path),
        };
        progress.step();
        done
    };
    let mut auditor = Auditor::new(settings);
    // The report shows the places themselves, so it alone needs the documents to the end.
    let mut kept: BTreeMap<String, Document> = BTreeMap::new();
    let mut failures = Vec::new();
    let mut used: HashMap<String, usize> = HashMap::new();
    std::panic::set_hook(Box::new(|_| {}));
    for batch in sources.chunks(AT_ONCE) {
        let read: Vec<_> = workers.install(|| batch.par_iter().map(one).collect());
        for (source, read) in batch.iter().zip(read) {
            match read {
                Ok(document) => {
                    let mut name = source.stem();
                    // As `extract` tells inputs of one name apart.
                    if stems.get(&name).is_some_and(|n| *n > 1) {
                        name = format!("{name}-{}", document.source.sha256.get(..8).unwrap_or_default());
                    }
                    let before = used.entry(name.clone()).or_default();
                    *before += 1;
                    match *before {
                        1 => {
                            auditor.document(&name, &document);
                            if format == AuditFormat::Html {
                                kept.insert(name, document);
                            }
                        }
                        // The same bytes twice say nothing new.
                        _ => continue,
                    }
                }
                Err(failure) => failures.push(failure),
            }
        }
    }
    let _ = std::panic::take_hook();
    progress.finish();
    let audit = auditor.finish();
    let html = (format == AuditFormat::Html).then(|| report(&audit, &kept, &sources, args, &options, lang));
    write(&audit, format, html, args.output.as_deref(), lang)?;
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

fn write(audit: &Audit, format: AuditFormat, html: Option<String>, to: Option<&Path>, lang: Lang) -> Result<(), Stop> {
    let messages = lang.messages();
    let colour =
        to.is_none() && io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let bytes = match format {
        AuditFormat::Human => render::human(audit, Human { colour, japanese: lang == Lang::Ja }).into_bytes(),
        AuditFormat::Csv => render::csv(audit),
        AuditFormat::Sarif => render::sarif(audit),
        AuditFormat::Json => render::json(audit),
        AuditFormat::Html => html.unwrap_or_default().into_bytes(),
    };
    match to {
        Some(path) => atomic::write(path, &bytes).map_err(|e| Stop::Failed(messages.not_written(&e))),
        None => stdout::print(&bytes, messages),
    }
}

/// The report with pictures of the places: of inputs that were given, or that the folder's manifest names.
fn report(
    audit: &Audit,
    documents: &BTreeMap<String, Document>,
    sources: &[Source],
    args: &Args,
    options: &crate::Options,
    lang: Lang,
) -> String {
    let findings: Vec<Finding> = audit.findings.iter().map(Finding::from).collect();
    let folders = || args.paths.iter().filter(|path| path.is_dir());
    let mut told: HashMap<String, Vec<(&Path, String)>> = HashMap::new();
    for folder in folders() {
        let manifest = Manifest::load(&folder.join("manifest.json")).ok().flatten();
        for entry in manifest.into_iter().flat_map(|m| m.inputs) {
            if let Some(sha256) = entry.sha256 {
                told.entry(sha256).or_default().push((folder, entry.path));
            }
        }
    }
    let input = |document: &Document| -> Option<Vec<u8>> {
        let hash = &document.source.sha256;
        let given = sources.iter().filter_map(|source| match source {
            Source::Input(input) if input.name == document.source.name => input.take().ok(),
            _ => None,
        });
        let mut given = given.filter(|bytes| sha256(bytes) == *hash);
        given.next().or_else(|| {
            let places = told.get(hash)?;
            places.iter().find_map(|(folder, path)| Inputs::find(folder, &[], &options.pdf.limits).bytes(path, hash))
        })
    };
    let language = match lang {
        Lang::En => Language::En,
        Lang::Ja => Language::Ja,
    };
    let password = options.pdf.password.as_deref();
    html::page(&Report { documents, findings: &findings, input: &input, password, language })
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
        for file in toml_files(path) {
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

/// The file itself, or every .toml of a folder in the order of their names.
fn toml_files(path: &Path) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut files: Vec<PathBuf> = listing.flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
}

/// The inputs, and the documents of folders that have a manifest.
fn sources(paths: &[PathBuf], options: &crate::Options) -> Result<Vec<Source>, Stop> {
    let mut out = Vec::new();
    for path in paths {
        let manifest = path.join("manifest.json");
        match Manifest::load(&manifest).ok().flatten().filter(|_| path.is_dir()) {
            Some(manifest) => {
                let mut documents: Vec<String> = manifest.inputs.into_iter().filter_map(|e| e.document).collect();
                documents.sort();
                documents.dedup();
                out.extend(documents.into_iter().map(|d| Source::Written(path.join(d))));
            }
            None => {
                out.extend(inputs::find(std::slice::from_ref(path), &options.pdf.limits).into_iter().map(Source::Input))
            }
        }
    }
    Ok(out)
}

fn written(path: &Path) -> Result<Document, Failure> {
    let shown = path.display().to_string();
    let bytes = fs::read(path).map_err(|e| Failure::new(&shown, Fault::from_io(&e)))?;
    json::parse(&bytes).map_err(|e| {
        let reason = match e.kind {
            ErrorKind::Io(reason) => reason,
            other => other.to_string(),
        };
        Failure::new(&shown, Fault::Of(ErrorKind::Io(reason)))
    })
}
