//! Facts put away until all documents were seen, in files once they are many, and taken out again in parts: so what is in
//! memory does not grow with the documents.

use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tempfile::SpooledTempFile;

use super::facts::{BudgetFact, Facts, Group, NameFact, SheetFact, ValueFact};
use crate::error::{Error, ErrorKind, Result};

/// The facts of ten thousand documents are some 50 MB.
const PARTS: u64 = 32;
/// Bytes of a part that are held before they go to a file.
const HELD: usize = 128 << 10;

pub struct Shelf {
    parts: Vec<BufWriter<SpooledTempFile>>,
}

/// A line of a part.
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
    /// Files go to `folder`; none has a name there, so that a killed run leaves nothing.
    pub fn new(folder: &Path) -> Self {
        let part = |_| BufWriter::with_capacity(1 << 10, SpooledTempFile::new_in(HELD, folder));
        Shelf { parts: (0..PARTS).map(part).collect() }
    }

    /// Puts away the facts that others may be held against. They come back in this order.
    pub fn put(&mut self, facts: Facts) -> Result<()> {
        let Facts { sheets, budgets, values, names, .. } = facts;
        let all = sheets.into_iter().map(Fact::Sheet).chain(budgets.into_iter().map(Fact::Budget));
        let all = all.chain(values.into_iter().map(Fact::Value)).chain(names.into_iter().map(Fact::Name));
        for fact in all {
            let Some(part) = fact.group().and_then(|group| self.parts.get_mut((group % PARTS) as usize)) else {
                continue;
            };
            serde_json::to_writer(&mut *part, &fact).map_err(|e| failed(e.into()))?;
            part.write_all(b"\n").map_err(failed)?;
        }
        Ok(())
    }

    /// All facts, those of one group in the same part. The documents are another's to know.
    pub fn parts(self) -> impl Iterator<Item = Result<Facts>> {
        self.parts.into_iter().map(|part| read(part).map_err(failed))
    }
}

fn read(part: BufWriter<SpooledTempFile>) -> io::Result<Facts> {
    let mut file = part.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    let mut facts = Facts::default();
    for line in BufReader::new(file).lines() {
        match serde_json::from_str(&line?)? {
            Fact::Sheet(fact) => facts.sheets.push(fact),
            Fact::Budget(fact) => facts.budgets.push(fact),
            Fact::Value(fact) => facts.values.push(fact),
            Fact::Name(fact) => facts.names.push(fact),
        }
    }
    Ok(facts)
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
        let documents = PARTS as usize * HELD / 100 / 2 * 2;
        for document in 0..documents {
            let names = vec![name(document, Some(document as u64 / 2)), name(document, None)];
            shelf.put(Facts { names, ..Facts::default() }).unwrap();
        }
        assert!(shelf.parts.iter().all(|part| part.get_ref().is_rolled()), "held in memory");
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
        let full = (0..HELD / 50).find_map(|_| put().err());
        assert!(matches!(full.map(|e| e.kind), Some(ErrorKind::Write(_))));
    }
}
