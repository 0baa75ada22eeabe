//! A folder of results: documents, the tables made from them, schemas, and the manifest that says what is there.
//!
//! How a run that is stopped anywhere leaves it right: each file is written whole; the manifest names, from the first
//! moment of a run to its end, every document that may stand in the folder; tables are made from the documents in it, by
//! the one way there is, whether this run or an earlier one wrote them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::manifest::{Entry, Manifest, Outcome, ReadBy, Snapshot};
use super::plan::{Plan, Seen, Task, plan};
use super::tables::Formats;
use super::{VERSION, atomic, clock, json, manifest, package, schema, tables};
use crate::audit::{self, Auditor, Settings};
use crate::correction::{self, Correction};
use crate::error::{Error, ErrorKind, Result};
use crate::form::Document;
use crate::table::{Sharing, Table, marks, rows_of};

/// A run stopped half-way does again what it did since the last checkpoint.
const CHECKPOINT: Duration = Duration::from_secs(1);
/// Rows of documents may take this much memory until the tables are written, whatever the number of inputs.
const ROWS_HELD: usize = 8 << 20;
/// So many documents are read again at once.
const AT_ONCE: usize = 16;

pub struct Folder {
    root: PathBuf,
    started: String,
    /// What people said of values; read once, so that a run applies the same to all.
    corrections: Vec<Correction>,
    auditor: Auditor,
    /// Held until the run ends, by whatever way.
    _lock: File,
    state: Mutex<State>,
}

struct State {
    entries: BTreeMap<String, Entry>,
    /// Every document that may stand in the folder.
    documents: BTreeSet<String>,
    saved: Instant,
    /// Rows of documents that this run wrote, by name, and what the audit saw of them, as far as they fit; those of the
    /// others are made from their files.
    rows: HashMap<String, (Vec<Table>, audit::Seen)>,
    /// The amounts of every document written or loaded so far, by name: counted before any row is written.
    marks: HashMap<String, Vec<u64>>,
    /// Bytes that `rows` take.
    held: usize,
}

impl Folder {
    /// Opens or makes the folder. Fails where another run is at work in it, or where it is not hyoka's to write to.
    pub fn open(root: &Path) -> Result<Folder> {
        for folder in ["documents", "tables", "schemas"] {
            let folder = root.join(folder);
            fs::create_dir_all(&folder).map_err(|e| atomic::failed(&folder, e))?;
        }
        let lock = lock(root)?;
        for folder in ["", "documents", "tables", "schemas"] {
            atomic::sweep(&root.join(folder));
        }
        let (inputs, unsettled) =
            Manifest::load(&root.join("manifest.json"))?.map_or_else(Default::default, |m| (m.inputs, m.unsettled));
        let documents = inputs.iter().filter_map(|e| e.document.clone()).chain(unsettled).collect();
        let entries = inputs.into_iter().map(|e| (e.path.clone(), e)).collect();
        let state =
            State { entries, documents, saved: Instant::now(), rows: HashMap::new(), marks: HashMap::new(), held: 0 };
        let auditor = Auditor::new(Settings { quotes: false, scratch: root.to_owned(), ..Settings::default() });
        let corrections = correction::Log::of(root).read()?;
        Ok(Folder {
            root: root.to_owned(),
            started: clock::now(),
            corrections,
            auditor,
            _lock: lock,
            state: Mutex::new(state),
        })
    }

    /// The document with the corrections that people made of it.
    pub fn correct(&self, document: Document) -> Document {
        correction::apply(document, &self.corrections).document
    }

    /// Does a document of an earlier run carry the corrections that hold now, and no others?
    pub fn is_corrected(&self, document: &Document) -> bool {
        correction::carries(document, &self.corrections)
    }

    /// What is to be done with each input, in their order.
    pub fn plan(&self, inputs: &[Seen], read_by: &ReadBy, force: bool) -> Result<Plan> {
        let mut state = self.state();
        let earlier: Vec<Entry> = state.entries.values().cloned().collect();
        let plan = plan(inputs, &earlier, read_by, force);

        // What an earlier run says of this run's inputs stays until this one has something to say of them.
        let mut entries: BTreeMap<String, Entry> = plan.kept.iter().map(|e| (e.path.clone(), e.clone())).collect();
        for input in inputs {
            if let Some(entry) = state.entries.remove(input.path) {
                entries.insert(entry.path.clone(), entry);
            }
        }
        state.entries = entries;
        state.documents.extend(plan.tasks.iter().filter_map(|task| match task {
            Task::Read { document, .. } => Some(document.clone()),
            _ => None,
        }));
        self.save(&mut state, None)?;
        Ok(plan)
    }

    /// The document at `name` (below the folder), provided it is of the input with this hash.
    pub fn load(&self, name: &str, sha256: &str) -> Result<Document> {
        let document = self.parse(name, sha256)?;
        let marks = marks(&rows_of(&document));
        self.state().marks.insert(name.to_owned(), marks);
        Ok(document)
    }

    fn parse(&self, name: &str, sha256: &str) -> Result<Document> {
        let path = self.root.join(name);
        let bytes = fs::read(&path).map_err(|e| Error::from(ErrorKind::Io(e.to_string())).in_file(&path))?;
        let document = json::parse(&bytes).map_err(|e| e.in_file(&path))?;
        if document.source.sha256 == sha256 {
            return Ok(document);
        }
        Err(Error::from(ErrorKind::Io("is the document of another input".to_owned())).in_file(path))
    }

    pub fn write(&self, name: &str, document: &Document) -> Result<()> {
        atomic::write_with(&self.root.join(name), |out| json::pretty_into(out, document))?;
        let rows = rows_of(document);
        let seen = self.auditor.look(called(name), document);
        let weight = rows.iter().map(Table::weight).sum::<usize>() + seen.weight();
        let mut state = self.state();
        state.marks.insert(name.to_owned(), marks(&rows));
        // A document larger than that is held where it is the first: mostly it is the only one.
        if state.held == 0 || state.held + weight <= ROWS_HELD {
            state.held += weight;
            state.rows.insert(name.to_owned(), (rows, seen));
        }
        Ok(())
    }

    /// Takes down what became of an input; its document must be in its place.
    pub fn settle(&self, entry: Entry) -> Result<()> {
        let mut state = self.state();
        state.entries.insert(entry.path.clone(), entry);
        if state.saved.elapsed() < CHECKPOINT {
            return Ok(());
        }
        self.save(&mut state, None)
    }

    /// The inputs of the same bytes become what the first of them became.
    pub fn settle_duplicate(&self, mut entry: Entry, first: &str) -> Result<Entry> {
        if let Some(of) = self.state().entries.get(first) {
            let (path, name) = (entry.path, entry.name);
            entry = Entry { path, name, ..of.clone() };
            if entry.outcome != Outcome::Failed {
                entry.outcome = Outcome::Duplicate;
                entry.duplicate_of = Some(first.to_owned());
            }
        }
        self.settle(entry.clone())?;
        Ok(entry)
    }

    /// Writes tables, package and schemas, removes the documents of inputs that are no more what they were, and closes
    /// the manifest.
    pub fn finish(self, formats: &Formats) -> Result<()> {
        let mut state = self.state();
        self.save(&mut state, None)?;
        let mut held = std::mem::take(&mut state.rows);
        let mut amounts = std::mem::take(&mut state.marks);
        let documents: BTreeMap<&str, &str> =
            state.entries.values().filter_map(|e| e.document.as_deref().zip(e.sha256.as_deref())).collect();
        for (name, sha256) in &documents {
            if !amounts.contains_key(*name) {
                amounts.insert((*name).to_owned(), marks(&rows_of(&self.parse(name, sha256)?)));
            }
        }
        let sharing = Sharing::count(documents.keys().filter_map(|name| amounts.get(*name)).map(Vec::as_slice));
        let auditor = RefCell::new(self.auditor.another());
        let documents: Vec<(&str, &str)> = documents.into_iter().collect();
        let seen = documents.chunks(AT_ONCE).flat_map(|some| {
            let some: Vec<_> = some.iter().map(|(name, sha256)| (name, sha256, held.remove(*name))).collect();
            let made: Vec<Result<_>> = some
                .into_par_iter()
                .map(|(name, sha256, held)| {
                    if let Some(held) = held {
                        return Ok(held);
                    }
                    let document = self.parse(name, sha256)?;
                    Ok((rows_of(&document), self.auditor.look(called(name), &document)))
                })
                .collect();
            made
        });
        let rows = seen.map(|seen| {
            let (mut rows, seen) = seen?;
            auditor.borrow_mut().take(seen)?;
            sharing.fill(&mut rows);
            Ok(rows)
        });
        // Findings over several documents are known when the last was seen.
        let found = std::iter::once_with(|| {
            let auditor = auditor.replace(self.auditor.another());
            Ok(vec![audit::table::table(&auditor.finish()?)])
        });
        let resources = tables::write(&self.root, rows.chain(found), formats)?;
        self.write_json("datapackage.json", &package::data_package(&resources))?;
        self.write_json("schemas/document.schema.json", &schema::document())?;
        self.write_json("schemas/manifest.schema.json", &schema::manifest())?;
        self.remove_stale(&state);
        state.documents.clear();
        self.save(&mut state, Some(clock::now()))
    }

    fn write_json(&self, name: &str, value: &impl serde::Serialize) -> Result<()> {
        atomic::write_with(&self.root.join(name), |out| json::pretty_into(out, value))
    }

    fn remove_stale(&self, state: &State) {
        let listing = fs::read_dir(self.root.join("documents")).into_iter().flatten().flatten();
        let there: BTreeSet<String> = listing.filter_map(|e| e.file_name().into_string().ok()).collect();
        let current: BTreeSet<&str> = state.entries.values().filter_map(|e| e.document.as_deref()).collect();
        let file = |document: &str| document.strip_prefix("documents/").unwrap_or(document).to_owned();
        for name in &state.documents {
            // Listed under its very name, so that `A.json` is not taken for the `a.json` that replaced it where case
            // makes no difference.
            if !current.contains(name.as_str()) && there.contains(&file(name)) {
                let _ = fs::remove_file(self.root.join(name));
            }
        }
    }

    fn save(&self, state: &mut State, finished: Option<String>) -> Result<()> {
        // The documents before the manifest that says they are there.
        atomic::settle(&self.root.join("documents"));
        let inputs: Vec<&Entry> = state.entries.values().collect();
        let current: BTreeSet<&String> = inputs.iter().filter_map(|e| e.document.as_ref()).collect();
        let unsettled = state.documents.iter().filter(|name| !current.contains(name)).collect();
        let (schema, hyoka, started) = (manifest::SCHEMA, VERSION, self.started.as_str());
        let manifest = Snapshot { schema, hyoka, started, finished, inputs, unsettled };
        manifest.save(&self.root.join("manifest.json"))?;
        atomic::settle(&self.root);
        state.saved = Instant::now();
        Ok(())
    }

    /// A panic elsewhere leaves the state as it was before or after one insertion: both are right.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What findings call a document: `documents/NAME.json` by its `NAME`.
fn called(document: &str) -> &str {
    let name = document.strip_prefix("documents/").unwrap_or(document);
    name.strip_suffix(".json").unwrap_or(name)
}

/// Two runs in one folder would each take the other's documents for leftovers. The system gives the lock back however a
/// run ends.
fn lock(root: &Path) -> Result<File> {
    let path = root.join(".hyoka.lock");
    let file = File::create(&path).map_err(|e| atomic::failed(&path, e))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let reason = "another hyoka is writing to this folder".to_owned();
            Err(Error::from(ErrorKind::Write(reason)).in_file(root))
        }
        // Some network file systems have no locks; the run is then as safe as its user is careful.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}
