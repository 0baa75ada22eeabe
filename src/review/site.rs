//! What a running review knows: the index, the inputs, the corrections, and the pictures drawn last.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::Options;
use super::index::{self, Entry, Index};
use super::inputs::Inputs;
use crate::correction::{self, Correction, Log};
use crate::error::Result;
use crate::form::Document;
use crate::geometry::Rect;
use crate::picture::{self, Fault, Picture, Wanted};
use crate::report::Language;

/// Bytes of pictures, and of inputs, that are held.
const PICTURES_HELD: usize = 48 << 20;
const INPUTS_HELD: usize = 64 << 20;

pub struct Site {
    options: Options,
    inputs: Inputs,
    pub log: Log,
    index: Mutex<Option<(Option<Stamp>, Arc<Index>)>>,
    drawn: Mutex<Held<DrawnKey, Arc<Picture>>>,
    opened: Mutex<Held<String, Arc<Vec<u8>>>>,
    sizes: Mutex<HashMap<String, Sizes>>,
}

/// A document of the folder with what was said of it.
pub struct Seen {
    /// As the next extract will make it.
    pub document: Document,
    /// All there are of it, in their order.
    pub corrections: Vec<Correction>,
    /// Corrections that the next extract will apply or take back.
    pub waiting: usize,
}

/// Points across and down of each page.
type Sizes = Arc<Vec<(f32, f32)>>;
type Stamp = (SystemTime, u64);
type DrawnKey = (String, u32, Option<[u32; 4]>, u32);

/// The last things used, as many as fit.
struct Held<K, V> {
    most: usize,
    bytes: usize,
    all: Vec<(K, V, usize)>,
}

impl<K: PartialEq, V: Clone> Held<K, V> {
    fn new(most: usize) -> Self {
        Held { most, bytes: 0, all: Vec::new() }
    }

    fn get(&mut self, key: &K) -> Option<V> {
        let at = self.all.iter().position(|(held, ..)| held == key)?;
        let found = self.all.remove(at);
        let value = found.1.clone();
        self.all.push(found);
        Some(value)
    }

    fn put(&mut self, key: K, value: V, bytes: usize) {
        if bytes > self.most || self.all.iter().any(|(held, ..)| *held == key) {
            return;
        }
        self.bytes += bytes;
        self.all.push((key, value, bytes));
        while self.bytes > self.most || self.all.len() > 500 {
            self.bytes -= self.all.remove(0).2;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is held is whole after each single step.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Site {
    /// Reads the folder. An error: there is no manifest that can be read, or the corrections cannot.
    pub fn open(options: Options) -> Result<Site> {
        let inputs = Inputs::find(&options.folder, &options.inputs, &options.pdf.limits);
        let site = Site {
            inputs,
            log: Log::of(&options.folder),
            index: Mutex::new(None),
            drawn: Mutex::new(Held::new(PICTURES_HELD)),
            opened: Mutex::new(Held::new(INPUTS_HELD)),
            sizes: Mutex::default(),
            options,
        };
        site.index()?;
        site.log.read()?;
        Ok(site)
    }

    pub fn folder(&self) -> &PathBuf {
        &self.options.folder
    }

    pub fn language(&self) -> Option<Language> {
        self.options.language
    }

    pub fn encoding(&self) -> crate::source::text::Encoding {
        self.options.encoding
    }

    /// The index of the folder as it is now.
    pub fn index(&self) -> Result<Arc<Index>> {
        let stamp = index::stamp(self.folder());
        let mut held = lock(&self.index);
        if let Some((of, index)) = &*held
            && *of == stamp
        {
            return Ok(index.clone());
        }
        let built = Arc::new(Index::build(self.folder(), self.options.findings.as_deref())?);
        *held = Some((stamp, built.clone()));
        Ok(built)
    }

    pub fn document(&self, entry: &Entry) -> std::result::Result<Seen, String> {
        let document = index::load(self.folder(), entry)?;
        let mut corrections = self.log.read().map_err(|e| e.to_string())?;
        corrections.retain(|c| c.document == entry.sha256);
        let holds: BTreeSet<String> = correction::holding(&corrections).iter().map(|c| c.id.clone()).collect();
        let waiting = holds.symmetric_difference(&correction::told(&document)).count();
        Ok(Seen { document: correction::foresee(document, &corrections), corrections, waiting })
    }

    pub fn has_input(&self, entry: &Entry) -> bool {
        self.inputs.is_there(&entry.path, &entry.sha256)
    }

    pub fn input(&self, entry: &Entry) -> std::result::Result<Arc<Vec<u8>>, Fault> {
        if let Some(held) = lock(&self.opened).get(&entry.sha256) {
            return Ok(held);
        }
        let bytes = Arc::new(self.inputs.open(&entry.path, &entry.sha256)?);
        lock(&self.opened).put(entry.sha256.clone(), bytes.clone(), bytes.len());
        Ok(bytes)
    }

    /// Sizes of an input's pages in points; none where it cannot be drawn.
    pub fn sizes(&self, entry: &Entry) -> std::result::Result<Sizes, Fault> {
        if let Some(held) = lock(&self.sizes).get(&entry.sha256) {
            return Ok(held.clone());
        }
        let bytes = self.input(entry)?;
        let sizes = picture::sizes(bytes, self.options.pdf.password.as_deref(), picture::Limits::default())?;
        let sizes = Arc::new(sizes);
        let mut held = lock(&self.sizes);
        if held.len() > 5_000 {
            held.clear();
        }
        held.insert(entry.sha256.clone(), sizes.clone());
        Ok(sizes)
    }

    pub fn draw(&self, entry: &Entry, wanted: Wanted) -> std::result::Result<Arc<Picture>, Fault> {
        let region = wanted.region.map(|r: Rect| [r.x0, r.y0, r.x1, r.y1].map(f32::to_bits));
        let key = (entry.sha256.clone(), wanted.page, region, wanted.width);
        if let Some(held) = lock(&self.drawn).get(&key) {
            return Ok(held);
        }
        let bytes = self.input(entry)?;
        let password = self.options.pdf.password.as_deref();
        let picture = Arc::new(picture::draw(bytes, password, wanted, picture::Limits::default())?);
        lock(&self.drawn).put(key, picture.clone(), picture.png.len());
        Ok(picture)
    }
}
