//! A folder of results, whatever happens on the way: with a reader of our own in the place of the real one.

mod cli_support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use cli_support::{files, small_document};
use hyoka::cli::extract::{Job, Report, into_folder};
use hyoka::cli::inputs;
use hyoka::cli::messages::En;
use hyoka::error::{ErrorKind, Result};
use hyoka::form::Document;
use hyoka::output::csv::Dialect;
use hyoka::output::folder::Folder;
use hyoka::output::hash::sha256;
use hyoka::output::manifest::{Entry, Manifest, Outcome, ReadBy};
use hyoka::output::plan::Seen;
use hyoka::output::tables::Formats;
use hyoka::source::Limits;
use hyoka::table::TABLES;
use tempfile::TempDir;

/// A place with inputs and a folder of results, and a count of the inputs that were really read.
struct Bench {
    dir: TempDir,
    read: AtomicUsize,
    threads: usize,
}

impl Bench {
    fn new(inputs: &[(&str, &str)]) -> Self {
        let bench = Bench { dir: tempfile::tempdir().unwrap(), read: AtomicUsize::new(0), threads: 2 };
        inputs.iter().for_each(|(name, content)| bench.put(name, content));
        bench
    }

    fn put(&self, name: &str, content: &str) {
        let path = self.input(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn input(&self, name: &str) -> PathBuf {
        self.dir.path().join("in").join(name)
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("out")
    }

    fn reader(&self, name: &str, bytes: &[u8]) -> Result<Document> {
        self.read.fetch_add(1, Ordering::SeqCst);
        match bytes {
            b"panic" => panic!("a fault in the reading"),
            b"locked" => Err(ErrorKind::PasswordNeeded.into()),
            _ => Ok(small_document(name, bytes)),
        }
    }

    fn run_on(&self, paths: &[PathBuf], change: impl Fn(&mut Job)) -> Report {
        let read_by = read_by();
        let mut job = Job { read_by, force: false, formats: Formats::default(), quiet: true, database: None };
        change(&mut job);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).build().unwrap();
        let reader = |name: &str, bytes: Vec<u8>, _: String| self.reader(name, &bytes);
        pool.install(|| into_folder(inputs::find(paths, &Limits::default()), &self.out(), &reader, &job, &En)).unwrap()
    }

    fn run(&self) -> Report {
        self.run_on(&[self.input("")], |_| {})
    }

    /// Inputs read since the last call.
    fn read(&self) -> usize {
        self.read.swap(0, Ordering::SeqCst)
    }

    fn documents(&self) -> Vec<String> {
        files(&self.out()).into_keys().filter_map(|f| f.strip_prefix("documents/").map(str::to_owned)).collect()
    }

    /// Titles of the records, in the order of the table.
    fn titles(&self) -> Vec<String> {
        let text = fs::read(self.out().join("tables/records.csv")).unwrap();
        let mut csv = csv::Reader::from_reader(&text[..]);
        csv.records().map(|r| r.unwrap()[3].to_owned()).collect()
    }

    fn entries(&self) -> BTreeMap<String, Entry> {
        let manifest = Manifest::load(&self.out().join("manifest.json")).unwrap().unwrap();
        assert!(manifest.finished.is_some() && manifest.unsettled.is_empty());
        let slashes = |path: &str| path.replace('\\', "/");
        let base = format!("{}/", slashes(&self.input("").display().to_string()).trim_end_matches('/'));
        let short = |path: String| slashes(&path).strip_prefix(&base).unwrap_or(&path).to_owned();
        manifest.inputs.into_iter().map(|e| (short(e.path.clone()), e)).collect()
    }
}

fn read_by() -> ReadBy {
    ReadBy { hyoka: "0".to_owned(), jurisdiction: None, encoding: None, limits: Vec::new() }
}

/// All but the manifest, which holds the paths.
fn data(root: &Path) -> BTreeMap<String, String> {
    let mut files = files(root);
    files.remove("manifest.json");
    files
}

#[test]
fn the_same_bytes_for_any_number_of_workers_and_any_order() {
    let inputs: Vec<(String, String)> = (0..40).map(|i| (format!("d{}/x{i}.txt", i % 3), format!("t{i}"))).collect();
    let inputs: Vec<(&str, &str)> = inputs.iter().map(|(n, c)| (n.as_str(), c.as_str())).collect();
    let mut one = Bench::new(&inputs);
    one.threads = 1;
    one.run();
    let mut many = Bench::new(&inputs);
    many.threads = 4;
    many.run_on(&["d2", "d0", "d1"].map(|d| many.input(d)), |_| {});
    assert_eq!(data(&one.out()), data(&many.out()));
    assert_eq!(one.titles().len(), 40);
}

#[test]
fn one_bad_input_never_stops_the_rest() {
    let bench = Bench::new(&[("a.txt", "A"), ("b.txt", "panic"), ("c.txt", "locked"), ("d.txt", "D")]);
    let missing = bench.input("none.pdf");
    let report = bench.run_on(&[bench.input(""), missing], |_| {});
    assert_eq!(bench.titles(), ["A", "D"]);
    assert_eq!(report.counts.documents, 2);
    let entries = bench.entries();
    let error = |name: &str| entries[name].error.clone().unwrap();
    assert_eq!(error("b.txt").code, "internal");
    assert!(error("b.txt").message.contains("a fault in the reading"));
    assert_eq!(error("c.txt").hint, "pass --password or --password-file");
    assert_eq!(error("none.pdf").code, "not_found");
    assert_eq!(report.failures.len(), 3);
}

#[test]
fn what_is_done_is_skipped_until_it_changes() {
    let bench = Bench::new(&[("a.txt", "A"), ("b.txt", "B")]);
    bench.run();
    let fresh = data(&bench.out());
    assert_eq!(bench.read(), 2);

    let report = bench.run();
    assert_eq!((bench.read(), report.counts.unchanged), (0, 2));
    assert_eq!(data(&bench.out()), fresh);
    assert_eq!(bench.entries()["a.txt"].outcome, Outcome::Unchanged);

    bench.put("b.txt", "B2");
    bench.run();
    assert_eq!(bench.read(), 1);
    assert_eq!(bench.titles(), ["A", "B2"]);

    fs::remove_file(bench.out().join("documents/a.json")).unwrap();
    bench.run();
    assert_eq!(bench.read(), 1);

    bench.run_on(&[bench.input("")], |job| job.force = true);
    assert_eq!(bench.read(), 2);
    bench.run_on(&[bench.input("")], |job| job.read_by.jurisdiction = Some("470007".to_owned()));
    assert_eq!(bench.read(), 2);
}

/// Two sheets of one programme's amount: whichever was written by an earlier run.
#[test]
fn an_amount_that_sheets_share_is_counted_over_the_folder() {
    let shared = |bench: &Bench| {
        let text = fs::read(bench.out().join("tables/budgets.csv")).unwrap();
        let mut csv = csv::Reader::from_reader(&text[..]);
        let rows: Vec<_> = csv.records().map(|row| row.unwrap()).collect();
        rows.iter().map(|row| (row[10].to_owned(), row[11].to_owned())).collect::<Vec<_>>()
    };
    let row = |key: &str, count: &str| (format!("990001:{key}"), count.to_owned());
    let bench = Bench::new(&[("a.txt", "budget かもめ事業"), ("b.txt", "budget つばめ事業")]);
    bench.run();
    assert_eq!(shared(&bench), [row("かもめ事業", "1"), row("つばめ事業", "1")]);

    bench.put("c.txt", "budget かもめ 事業（再掲）");
    bench.run_on(&[bench.input("c.txt")], |_| {});
    assert_eq!(shared(&bench), [row("かもめ事業", "2"), row("つばめ事業", "1"), row("かもめ事業", "2")]);
    let whole = data(&bench.out());
    bench.run();
    assert_eq!(data(&bench.out()), whole);

    bench.put("a.txt", "budget つばめ事業 ");
    bench.run();
    assert_eq!(shared(&bench), [row("つばめ事業", "2"), row("つばめ事業", "2"), row("かもめ事業", "1")]);
    fs::remove_file(bench.input("b.txt")).unwrap();
    bench.run_on(&[bench.input("b.txt"), bench.input("c.txt")], |_| {});
    assert_eq!(shared(&bench)[0], row("つばめ事業", "2"), "a file out of reach keeps its rows");
}

#[test]
fn a_document_that_was_damaged_is_made_again() {
    let bench = Bench::new(&[("a.txt", "A")]);
    bench.run();
    let fresh = data(&bench.out());
    fs::write(bench.out().join("documents/a.json"), "{").unwrap();
    bench.run();
    assert_eq!(bench.read(), 2);
    assert_eq!(data(&bench.out()), fresh);
}

#[test]
fn a_run_that_was_stopped_is_gone_on_with() {
    let inputs = [("a.txt", "A"), ("b.txt", "B"), ("c.txt", "C")];
    let whole = Bench::new(&inputs);
    whole.run();
    for stop_after in 0..=3 {
        let bench = Bench::new(&inputs);
        let found: Vec<(String, String, String)> = inputs
            .iter()
            .map(|(name, content)| {
                (bench.input(name).display().to_string(), (*name).into(), sha256(content.as_bytes()))
            })
            .collect();
        let seen: Vec<Seen> = found.iter().map(|(path, name, sha)| Seen { path, name, sha256: Some(sha) }).collect();
        let folder = Folder::open(&bench.out()).unwrap();
        folder.plan(&seen, &read_by(), false).unwrap();
        for (name, content) in &inputs[..stop_after] {
            let document = small_document(name, content.as_bytes());
            folder.write(&format!("documents/{}.json", &name[..1]), &document).unwrap();
        }
        drop(folder);
        fs::write(bench.out().join("documents/.hyoka-x.tmp"), "half a docu").unwrap();

        let manifest = Manifest::load(&bench.out().join("manifest.json")).unwrap().unwrap();
        assert_eq!(manifest.finished, None, "a run that was stopped says so");
        bench.run();
        assert_eq!(data(&bench.out()), data(&whole.out()));
    }
}

#[test]
fn documents_of_a_stopped_run_that_no_input_has_any_more_are_removed() {
    let bench = Bench::new(&[("b.txt", "B")]);
    let folder = Folder::open(&bench.out()).unwrap();
    folder.plan(&[Seen { path: "gone/a.txt", name: "a.txt", sha256: Some("aa") }], &read_by(), false).unwrap();
    folder.write("documents/a.json", &small_document("a.txt", b"A")).unwrap();
    drop(folder);
    bench.run();
    assert_eq!(bench.documents(), ["b.json"]);
    assert_eq!(bench.titles(), ["B"]);
}

#[test]
fn names_that_collide_get_their_hash() {
    let bench = Bench::new(&[("p/x.txt", "1"), ("q/X.txt", "2"), ("nul.txt", "3"), ("a b.txt", "4")]);
    bench.run();
    let hash = |content: &str| sha256(content.as_bytes())[..8].to_owned();
    assert_eq!(
        bench.documents(),
        [format!("X-{}.json", hash("2")), "_nul.json".into(), "a b.json".into(), format!("x-{}.json", hash("1"))]
    );
}

#[test]
fn the_same_content_is_written_once() {
    let bench = Bench::new(&[("a.txt", "same"), ("b.txt", "same"), ("c.txt", "locked"), ("d.txt", "locked")]);
    let report = bench.run();
    assert_eq!(bench.read(), 2);
    assert_eq!(bench.documents(), ["a.json"]);
    assert_eq!(bench.titles(), ["same"]);
    let entries = bench.entries();
    assert_eq!(entries["b.txt"].outcome, Outcome::Duplicate);
    assert_eq!(entries["b.txt"].document.as_deref(), Some("documents/a.json"));
    assert_eq!(entries["b.txt"].duplicate_of.as_deref(), entries.get("a.txt").map(|e| e.path.as_str()));
    assert_eq!(entries["d.txt"].outcome, Outcome::Failed);
    assert_eq!((report.counts.duplicates, report.counts.failures), (1, 2));
}

#[test]
fn a_name_that_comes_to_be_shared_takes_its_old_document_along() {
    let bench = Bench::new(&[("p/x.txt", "1")]);
    bench.run();
    assert_eq!(bench.documents(), ["x.json"]);
    bench.put("q/x.txt", "2");
    bench.run();
    assert_eq!(bench.documents().len(), 2);
    assert!(!bench.documents().contains(&"x.json".to_owned()));
    assert_eq!(bench.titles().len(), 2);
}

#[test]
fn inputs_of_earlier_runs_stay_in_the_tables() {
    let bench = Bench::new(&[("p/x.txt", "1"), ("q/x.txt", "2")]);
    bench.run_on(&[bench.input("p")], |_| {});
    bench.run_on(&[bench.input("q")], |_| {});
    assert_eq!(bench.read(), 2);
    let mut titles = bench.titles();
    titles.sort();
    assert_eq!(titles, ["1", "2"]);
    assert_eq!(bench.documents().len(), 2);
}

#[test]
fn a_moved_file_does_not_stand_twice() {
    let bench = Bench::new(&[("p/x.txt", "1")]);
    bench.run();
    fs::rename(bench.input("p"), bench.input("q")).unwrap();
    bench.run();
    assert_eq!(bench.read(), 1, "its document is there already");
    assert_eq!(bench.titles(), ["1"]);
    assert_eq!(bench.entries().into_keys().collect::<Vec<_>>(), ["q/x.txt"]);
}

#[test]
fn an_input_that_is_damaged_since_has_no_document_any_more() {
    let bench = Bench::new(&[("a.txt", "A"), ("b.txt", "B")]);
    bench.run();
    bench.put("a.txt", "locked");
    bench.run();
    assert_eq!(bench.documents(), ["b.json"]);
    assert_eq!(bench.titles(), ["B"]);
}

#[test]
fn an_input_out_of_reach_keeps_what_was_read_of_it() {
    let bench = Bench::new(&[("a.txt", "A")]);
    bench.run();
    fs::remove_file(bench.input("a.txt")).unwrap();
    let report = bench.run_on(&[bench.input("a.txt")], |_| {});
    assert_eq!(report.failures.len(), 1);
    assert_eq!(bench.titles(), ["A"]);
    assert_eq!(bench.entries()["a.txt"].outcome, Outcome::Failed);
}

#[test]
fn a_document_lost_from_the_folder_is_told_and_does_not_stop_the_run() {
    let bench = Bench::new(&[("p/a.txt", "A"), ("q/b.txt", "B")]);
    bench.run();
    fs::remove_file(bench.out().join("documents/a.json")).unwrap();
    let report = bench.run_on(&[bench.input("q")], |_| {});
    assert_eq!(report.failures[0].fault.code(), "document_lost");
    assert_eq!(bench.titles(), ["B"]);
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let bench = Bench::new(&[]);
    let _first = Folder::open(&bench.out()).unwrap();
    let second = Folder::open(&bench.out()).err().expect("refused");
    assert!(second.to_string().contains("another hyoka"), "{second}");
}

#[test]
fn a_manifest_of_something_else_is_not_overwritten() {
    let bench = Bench::new(&[("a.txt", "A")]);
    fs::create_dir_all(bench.out()).unwrap();
    fs::write(bench.out().join("manifest.json"), r#"{"name":"my app"}"#).unwrap();
    assert!(Folder::open(&bench.out()).is_err());
    assert_eq!(fs::read_to_string(bench.out().join("manifest.json")).unwrap(), r#"{"name":"my app"}"#);
}

#[test]
fn formats_of_an_earlier_run_do_not_stay_beside_newer_tables() {
    let tables = |bench: &Bench| {
        let there = fs::read_dir(bench.out().join("tables")).unwrap();
        let mut names: Vec<String> = there.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !TABLES.iter().skip(1).any(|spec| name.starts_with(spec.name)));
        names.sort();
        names
    };
    let formats = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Formats::named(&names, Dialect::Plain).unwrap()
    };
    let bench = Bench::new(&[("a.txt", "A")]);
    bench.run_on(&[bench.input("")], |job| job.formats = formats(&["parquet", "xlsx", "csv"]));
    assert_eq!(tables(&bench), ["documents.csv", "documents.parquet", "load.sql", "tables.xlsx", "views.sql"]);
    bench.run_on(&[bench.input("")], |job| job.formats = formats(&["xlsx"]));
    assert_eq!(tables(&bench), ["tables.xlsx", "views.sql"]);
    let book = fs::read(bench.out().join("tables/tables.xlsx")).unwrap();
    bench.run();
    assert_eq!(tables(&bench), ["documents.csv", "load.sql", "views.sql"]);
    bench.run_on(&[bench.input("")], |job| job.formats = formats(&["parquet", "xlsx"]));
    assert_eq!(tables(&bench), ["documents.parquet", "load.sql", "tables.xlsx", "views.sql"]);
    assert!(fs::read(bench.out().join("tables/tables.xlsx")).unwrap() == book, "the same bytes");
}

#[test]
fn the_package_describes_the_files_that_are_there() {
    let bench = Bench::new(&[("a.txt", "A")]);
    bench.run();
    let files = files(&bench.out());
    let package: serde_json::Value = serde_json::from_str(&files["datapackage.json"]).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let text = &files[resource["path"].as_str().unwrap()];
        assert_eq!(resource["bytes"], text.len());
        assert_eq!(resource["hash"], format!("sha256:{}", sha256(text.as_bytes())));
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let fields: Vec<&str> =
            resource["schema"]["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
        assert_eq!(header, fields);
    }
    for folder in ["schemas/document.schema.json", "schemas/manifest.schema.json"] {
        assert!(files.contains_key(folder));
    }
}
