//! What is to be done with each input of a run, decided before any is read: its document's name, whether its content
//! came before, whether an earlier run has done it. Decided by paths and hashes alone, so that it is the same for any `-j`.

use std::collections::{HashMap, HashSet};

use super::manifest::{Entry, Outcome, ReadBy};
use super::names;

/// An input as far as planning needs to know it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub path: &'a str,
    pub name: &'a str,
    /// `None`: its bytes could not be read.
    pub sha256: Option<&'a str>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Read it and write its document there; or leave that document as it is, when it still is what `earlier` says.
    Read { document: String, earlier: Option<Box<Entry>> },
    /// The same bytes as an input before it, at this index.
    Duplicate { of: usize },
    /// Cannot be read now; what an earlier run made of it stays.
    Unreadable { earlier: Option<Box<Entry>> },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// One for each input.
    pub tasks: Vec<Task>,
    /// Inputs of earlier runs that this run was not given: their documents stay in the folder and in its tables.
    pub kept: Vec<Entry>,
}

/// `earlier` are the manifest's entries; `read_by` is what this run reads by. `force`: whatever was done is done again.
pub fn plan(inputs: &[Seen], earlier: &[Entry], read_by: &ReadBy, force: bool) -> Plan {
    let paths: HashSet<&str> = inputs.iter().map(|i| i.path).collect();
    let hashes: HashSet<&str> = inputs.iter().filter_map(|i| i.sha256).collect();
    let of_path: HashMap<&str, &Entry> = earlier.iter().map(|e| (e.path.as_str(), e)).collect();
    // A file that was moved or renamed is the input it was.
    let moved = |e: &Entry| e.sha256.as_deref().is_some_and(|h| hashes.contains(h));

    // Of a path that could not even be read, and that this run was not given, there is nothing to keep.
    let known = |e: &Entry| e.sha256.is_some() && !paths.contains(e.path.as_str()) && !moved(e);
    let mut kept: Vec<Entry> = earlier.iter().filter(|e| known(e)).cloned().collect();
    let kept_paths: HashSet<String> = kept.iter().map(|e| e.path.clone()).collect();
    for entry in &mut kept {
        if entry.duplicate_of.as_ref().is_some_and(|first| !kept_paths.contains(first)) {
            entry.duplicate_of = None;
            entry.outcome = Outcome::Written;
        }
    }
    let unreadable = |input: &Seen| of_path.get(input.path).filter(|e| e.document.is_some() && !moved(e)).copied();

    let documents_kept = kept.iter().chain(inputs.iter().filter(|i| i.sha256.is_none()).filter_map(unreadable));
    let taken: Vec<&str> = documents_kept.filter_map(|e| e.document.as_deref()).filter_map(stem_of).collect();
    let pairs: Vec<(&str, &str)> = inputs.iter().map(|i| (i.name, i.sha256.unwrap_or_default())).collect();
    let names = names::assign(&pairs, taken.into_iter());

    let by_this = earlier.iter().filter(|e| !force && e.read_by.as_ref() == Some(read_by));
    let by_this = by_this.filter_map(|e| Some(((e.sha256.as_deref()?, e.document.as_deref()?), e)));
    let mut done: HashMap<(&str, &str), &Entry> = HashMap::new();
    by_this.for_each(|(made, entry)| _ = done.entry(made).or_insert(entry));

    let mut first_of: HashMap<&str, usize> = HashMap::new();
    let mut tasks = Vec::with_capacity(inputs.len());
    for (i, (input, name)) in inputs.iter().zip(names).enumerate() {
        let Some(sha256) = input.sha256 else {
            tasks.push(Task::Unreadable { earlier: unreadable(input).map(|e| Box::new(e.clone())) });
            continue;
        };
        if let Some(&of) = first_of.get(sha256) {
            tasks.push(Task::Duplicate { of });
            continue;
        }
        first_of.insert(sha256, i);
        let document = format!("documents/{name}.json");
        let earlier = done.get(&(sha256, document.as_str())).map(|e| Box::new((*e).clone()));
        tasks.push(Task::Read { document, earlier });
    }
    Plan { tasks, kept }
}

fn stem_of(document: &str) -> Option<&str> {
    document.strip_prefix("documents/")?.strip_suffix(".json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> ReadBy {
        ReadBy { hyoka: "1".into(), jurisdiction: None, encoding: None, limits: Vec::new() }
    }

    fn done(path: &str, sha256: &str, document: &str) -> Entry {
        Entry {
            path: path.into(),
            name: path.rsplit('/').next().unwrap().into(),
            sha256: Some(sha256.into()),
            bytes: Some(1),
            outcome: Outcome::Written,
            document: Some(format!("documents/{document}.json")),
            duplicate_of: None,
            form: None,
            records: None,
            warnings: None,
            read_by: Some(reader()),
            error: None,
        }
    }

    fn seen(path: &'static str, sha256: &'static str) -> Seen<'static> {
        let sha256 = Some(sha256).filter(|h| !h.is_empty());
        Seen { path, name: path.rsplit('/').next().unwrap(), sha256 }
    }

    fn document(task: &Task) -> (&str, bool) {
        match task {
            Task::Read { document, earlier } => (stem_of(document).unwrap(), earlier.is_some()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_done_and_unchanged_is_left() {
        let earlier = [done("a.pdf", "aa", "a"), done("b.pdf", "bb", "b")];
        let inputs = [seen("a.pdf", "aa"), seen("b.pdf", "b2")];
        let plan = plan(&inputs, &earlier, &reader(), false);
        assert_eq!(document(&plan.tasks[0]), ("a", true));
        assert_eq!(document(&plan.tasks[1]), ("b", false));
    }

    #[test]
    fn force_and_other_options_do_it_again() {
        let earlier = [done("a.pdf", "aa", "a")];
        assert_eq!(document(&plan(&[seen("a.pdf", "aa")], &earlier, &reader(), true).tasks[0]), ("a", false));
        let other = ReadBy { jurisdiction: Some("470007".into()), ..reader() };
        assert_eq!(document(&plan(&[seen("a.pdf", "aa")], &earlier, &other, false).tasks[0]), ("a", false));
    }

    #[test]
    fn the_same_content_is_read_once() {
        let plan = plan(&[seen("a.pdf", "aa"), seen("b.pdf", "aa")], &[], &reader(), false);
        assert_eq!(plan.tasks[1], Task::Duplicate { of: 0 });
    }

    #[test]
    fn inputs_of_other_runs_stay_and_keep_their_names() {
        let earlier = [done("old/x.pdf", "aa", "x")];
        let plan = plan(&[seen("new/x.pdf", "bb")], &earlier, &reader(), false);
        assert_eq!(plan.kept, earlier);
        assert_eq!(document(&plan.tasks[0]), ("x-bb", false));
    }

    #[test]
    fn a_moved_file_is_not_kept_twice() {
        let earlier = [done("old/x.pdf", "aa", "x")];
        let plan = plan(&[seen("new/x.pdf", "aa")], &earlier, &reader(), false);
        assert!(plan.kept.is_empty());
        assert_eq!(document(&plan.tasks[0]), ("x", true));
    }

    #[test]
    fn a_file_out_of_reach_keeps_its_document() {
        let earlier = [done("x.pdf", "aa", "x")];
        let plan = plan(&[seen("x.pdf", ""), seen("y/x.pdf", "bb")], &earlier, &reader(), false);
        assert!(matches!(&plan.tasks[0], Task::Unreadable { earlier: Some(_) }));
        assert_eq!(document(&plan.tasks[1]), ("x-bb", false));
    }
}
