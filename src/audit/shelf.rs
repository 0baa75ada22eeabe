//! Facts put away until all documents were seen, in files once they are many, and taken out again in parts: so what is in
//! memory does not grow with the documents.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::facts::{BudgetFact, Facts, Group, NameFact, SheetFact, ValueFact};
use crate::error::{Error, ErrorKind, Result};

/// The facts of ten thousand documents are some 50 MB.
const PARTS: u64 = 32;
/// Facts of a part that are held before they go to its file: of all parts some 4 MB.
const HELD: usize = 400;

pub struct Shelf {
    folder: PathBuf,
    parts: Vec<Part>,
}

#[derive(Default)]
struct Part {
    /// Facts that came before those held, a line each. It has no name, so that a killed run leaves nothing.
    file: Option<File>,
    held: Vec<Fact>,
}

/// Of any kind: in a file a line.
#[derive(Serialize, Deserialize)]
enum Fact {
    Sheet(SheetFact),
    Budget(BudgetFact),
    Value(ValueFact),
    Name(NameFact),
}

impl Fact {
    fn group(&self) -> Group {
        match self {
            Fact::Sheet(fact) => fact.group,
            Fact::Budget(fact) => fact.group,
            Fact::Value(fact) => fact.group,
            Fact::Name(fact) => fact.group,
        }
    }
}

impl Shelf {
    /// Files go to `folder`.
    pub fn new(folder: &Path) -> Self {
        Shelf { folder: folder.to_owned(), parts: (0..PARTS).map(|_| Part::default()).collect() }
    }

    /// Puts away the facts that others may be held against. They come back in this order.
    pub fn put(&mut self, facts: Facts) -> Result<()> {
        let Facts { sheets, budgets, values, names, .. } = facts;
        let all = sheets.into_iter().map(Fact::Sheet).chain(budgets.into_iter().map(Fact::Budget));
        let all = all.chain(values.into_iter().map(Fact::Value)).chain(names.into_iter().map(Fact::Name));
        for fact in all {
            if let Some(part) = fact.group().and_then(|group| self.parts.get_mut((group % PARTS) as usize)) {
                part.put(fact, &self.folder).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// All facts, those of one group in the same part. The documents are another's to know.
    pub fn parts(self) -> impl Iterator<Item = Result<Facts>> {
        self.parts.into_iter().map(|part| part.take().map_err(failed))
    }
}

impl Part {
    fn put(&mut self, fact: Fact, folder: &Path) -> io::Result<()> {
        self.held.push(fact);
        if self.held.len() < HELD {
            return Ok(());
        }
        let file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile_in(folder)?,
        };
        let mut lines = BufWriter::new(self.file.insert(file));
        for fact in self.held.drain(..) {
            serde_json::to_writer(&mut lines, &fact)?;
            lines.write_all(b"\n")?;
        }
        lines.flush()
    }

    fn take(self) -> io::Result<Facts> {
        let mut facts = Facts::default();
        if let Some(mut file) = self.file {
            file.rewind()?;
            for line in BufReader::new(file).lines() {
                facts.add(serde_json::from_str(&line?)?);
            }
        }
        self.held.into_iter().for_each(|fact| facts.add(fact));
        Ok(facts)
    }
}

impl Facts {
    fn add(&mut self, fact: Fact) {
        match fact {
            Fact::Sheet(fact) => self.sheets.push(fact),
            Fact::Budget(fact) => self.budgets.push(fact),
            Fact::Value(fact) => self.values.push(fact),
            Fact::Name(fact) => self.names.push(fact),
        }
    }
}

fn failed(e: io::Error) -> Error {
    ErrorKind::Write(e.to_string()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::facts::{NameKind, Spot};

    fn name(document: usize, group: Group) -> NameFact {
        let (kind, name) = (NameKind::Program, format!("道の駅整備事業{document}"));
        NameFact { document, group, kind, name, pointer: "/records/0/do/programs/0/name".into(), spot: Spot::default() }
    }

    /// So many that every part has to go to its file.
    #[test]
    fn what_is_put_away_takes_no_memory_and_comes_back_by_groups() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::new(folder.path());
        let documents = 2 * PARTS as usize * HELD + 2;
        for document in 0..documents {
            let names = vec![name(document, Some(document as u64 / 2)), name(document, None)];
            shelf.put(Facts { names, ..Facts::default() }).unwrap();
        }
        assert!(shelf.parts.iter().all(|part| part.file.is_some() && part.held.len() < HELD), "held in memory");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "a killed run would leave this");
        let mut back = 0;
        for part in shelf.parts() {
            let names = part.unwrap().names;
            assert!(names.len() <= documents / PARTS as usize + 2);
            for pair in names.chunks(2) {
                assert_eq!(pair[0].group, pair[1].group);
                assert_eq!(pair[0].document + 1, pair[1].document);
            }
            back += names.len();
        }
        assert_eq!(back, documents);
    }

    #[test]
    fn a_folder_that_takes_no_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::new(&folder.path().join("gone"));
        let mut put = || shelf.put(Facts { names: vec![name(0, Some(0))], ..Facts::default() });
        let full = (0..HELD).find_map(|_| put().err());
        assert!(matches!(full.map(|e| e.kind), Some(ErrorKind::Write(_))));
    }
}
