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
/// Bytes of a part that are held before they go to its file: of all parts 4 MB.
const HELD: usize = 128 << 10;

pub struct Shelf {
    folder: PathBuf,
    parts: Vec<Part>,
}

#[derive(Default)]
struct Part {
    /// Facts that came before those held, a line each. It has no name, so that a killed run leaves nothing.
    file: Option<File>,
    held: Vec<Fact>,
    /// What those held take, about.
    bytes: usize,
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

    /// Bytes that it takes, about.
    fn weight(&self) -> usize {
        let texts: &[&String] = match self {
            Fact::Sheet(fact) => &[&fact.pointer, &fact.development, &fact.initiative],
            Fact::Budget(fact) => &[&fact.pointer, &fact.program, &fact.department, &fact.part, &fact.raw],
            Fact::Value(fact) => &[&fact.pointer, &fact.indicator, &fact.raw],
            Fact::Name(fact) => &[&fact.pointer, &fact.name],
        };
        size_of::<Fact>() + texts.iter().map(|text| text.len()).sum::<usize>()
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
        let sheets = sheets.into_iter().map(|fact| Fact::Sheet(fact.without_judgment()));
        let all = sheets.chain(budgets.into_iter().map(Fact::Budget));
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
        self.bytes += fact.weight();
        self.held.push(fact);
        if self.bytes < HELD {
            return Ok(());
        }
        self.bytes = 0;
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
        let documents = PARTS as usize * (HELD / 150) / 2 * 2;
        for document in 0..documents {
            let names = vec![name(document, Some(document as u64 / 2)), name(document, None)];
            shelf.put(Facts { names, ..Facts::default() }).unwrap();
        }
        assert!(shelf.parts.iter().all(|part| part.file.is_some() && part.bytes < HELD), "held in memory");
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

    /// Whether they waited in memory or in a file must not be seen of facts.
    #[test]
    fn facts_come_back_from_a_file_as_they_went_in() {
        let come_back = |more: usize| {
            let folder = tempfile::tempdir().unwrap();
            let mut shelf = Shelf::new(folder.path());
            shelf.put(one_of_each()).unwrap();
            let names = (0..more).map(|document| name(document, Some(0))).collect();
            shelf.put(Facts { names, ..Facts::default() }).unwrap();
            assert_eq!(shelf.parts[0].file.is_some(), more > 0);
            let mut back = shelf.parts().next().unwrap().unwrap();
            back.names.truncate(1);
            format!("{back:?}")
        };
        assert_eq!(come_back(0), come_back(HELD / 100));
    }

    fn one_of_each() -> Facts {
        let (document, group, year) = (3, Some(0), 2022);
        let pointer = String::from("/records/0");
        let spot = Spot { page: Some(2), line: None, bbox: Some([0.1, 20.25, 300.3, 40.0]) };
        let text = String::from;
        let sheet = SheetFact {
            document,
            group,
            pointer: pointer.clone(),
            development: text("1-(1)-ア"),
            initiative: text("離島航路"),
            judgment: Some(text("順調")),
            level: None,
            scale: Some(text("scale")),
            achievements: vec![98.5],
            spot,
        };
        let budget = BudgetFact {
            document,
            group,
            pointer: pointer.clone(),
            program: text("運航補助"),
            department: text("交通課"),
            part: text("県単\u{1f}補助"),
            kind: crate::form::initiative_sheet::BudgetKind::Settled,
            fiscal_year: year,
            yen: 1_234_000,
            raw: text("1,234"),
            spot,
        };
        let value = ValueFact {
            document,
            group,
            sheet: 5,
            kind: crate::audit::facts::ValueKind::Actual,
            indicator: text("便数"),
            fiscal_year: year,
            value: 900_952_760_259.715_3,
            unit: None,
            at_most: true,
            raw: text("900,952,760,259.7153"),
            pointer,
            spot,
        };
        Facts {
            sheets: vec![sheet],
            budgets: vec![budget],
            values: vec![value],
            names: vec![name(3, group)],
            ..Facts::default()
        }
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
