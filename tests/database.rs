//! Tables in databases: SQLite always; PostgreSQL where `HYOKA_TEST_POSTGRES` names a server (as `tests/run.sh` does).

mod cli_support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cli_support::{code, command, hyoka, stderr};
use hyoka::correction::{Action, Log, evidence_hash};
use hyoka::output::json;
use postgres::{Client, NoTls, SimpleQueryMessage};
use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::TempDir;

const SHEETS: &str = "fixtures/initiative_sheet";

/// The rows of every table, each row as text, sorted: a table has no order.
type Rows = Vec<(String, Vec<String>)>;

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Place(tempfile::tempdir().unwrap())
    }

    fn text(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn target(&self) -> String {
        format!("sqlite:{}", self.text("out.db"))
    }

    fn put(&self, name: &str, content: &[u8]) -> String {
        fs::write(self.0.path().join(name), content).unwrap();
        self.text(name)
    }
}

fn loaded(args: &[&str]) -> String {
    let output = hyoka(&[&["extract"], args].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(output.stdout.is_empty(), "the database is the output");
    stderr(&output).to_owned()
}

/// Of SQLite: as its own shell would say it, nulls and reals apart.
fn rows(file: &str) -> Rows {
    let connection = Connection::open(file).unwrap();
    let names = column(&connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    let table = |name: String| {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let count = statement.column_count();
        let cells = |row: &rusqlite::Row| {
            let cells: Vec<String> = (0..count).map(|i| format!("{:?}", row.get::<_, Value>(i).unwrap())).collect();
            Ok(cells.join("|"))
        };
        let mut rows: Vec<String> = statement.query_map([], cells).unwrap().map(Result::unwrap).collect();
        rows.sort();
        (name, rows)
    };
    names.into_iter().map(table).collect()
}

fn column(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn one(file: &str, sql: &str) -> Value {
    Connection::open(file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// A table of the folder, its header first.
fn csv_rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_database_holds_what_the_folder_holds() {
    let place = Place::new();
    let (out, file) = (place.text("out"), place.text("out.db"));
    loaded(&[SHEETS, "fixtures/special_zone", "-o", &out, "--db", &place.target()]);
    for table in fs::read_dir(place.0.path().join("out/tables")).unwrap() {
        let path = table.unwrap().path();
        if path.extension().is_none_or(|ext| ext != "csv") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut csv = csv_rows(&path);
        let header = csv.remove(0);
        let connection = Connection::open(&file).unwrap();
        let mut statement = connection.prepare(&format!("SELECT {} FROM {name}", header.join(", "))).unwrap();
        let cells = |row: &rusqlite::Row| {
            let cell = |i| match row.get::<_, Value>(i).unwrap() {
                Value::Null => String::new(),
                Value::Integer(n) => n.to_string(),
                Value::Real(n) => n.to_string(),
                Value::Text(text) => text,
                Value::Blob(_) => panic!("{name} has a blob"),
            };
            Ok((0..header.len()).map(cell).collect::<Vec<String>>())
        };
        let mut rows: Vec<_> = statement.query_map([], cells).unwrap().map(Result::unwrap).collect();
        // 83.0 and 83 are one number.
        let number = |cell: &mut String| {
            if let Ok(n) = cell.parse::<f64>()
                && (cell.contains('.') || n == 0.0)
            {
                *cell = n.to_string();
            }
        };
        csv.iter_mut().chain(&mut rows).flatten().for_each(number);
        rows.sort();
        csv.sort();
        assert!(rows == csv, "{name}: {} rows, {} in the CSV", rows.len(), csv.len());
    }
    assert_eq!(one(&file, "SELECT settled FROM hyoka_schema"), Value::Integer(1));
    assert_eq!(column(&Connection::open(&file).unwrap(), "PRAGMA integrity_check"), ["ok"]);
}

/// The README's own line failed where `out` was not there yet.
#[test]
fn the_folder_of_a_database_is_made() {
    let place = Place::new();
    let a = place.put("a.txt", "架空町の知らせ\n".as_bytes());
    let (out, file) = (place.text("new/out"), place.text("new/out/hyoka.sqlite"));
    loaded(&[&a, "-o", &out, "--db", &format!("sqlite:{file}")]);
    assert_eq!(one(&file, "SELECT count(*) FROM documents"), Value::Integer(1));
}

#[test]
fn loading_twice_changes_nothing() {
    let place = Place::new();
    let file = place.text("out.db");
    loaded(&[SHEETS, "--db", &place.target(), "-j", "2"]);
    let bytes = fs::read(&file).unwrap();
    let told = loaded(&[SHEETS, "--db", &place.target(), "-j", "1"]);
    assert!(told.contains("unchanged"), "{told}");
    assert!(fs::read(&file).unwrap() == bytes, "not a byte");
    let first = rows(&file);
    loaded(&[SHEETS, "--db", &place.target(), "--force"]);
    assert!(rows(&file) == first);
    // And with a folder, which has what the database has.
    loaded(&[SHEETS, "--db", &place.target(), "-o", &place.text("out")]);
    loaded(&[SHEETS, "--db", &place.target(), "-o", &place.text("out")]);
    assert!(rows(&file) == first);
}

#[test]
fn a_folder_that_is_done_is_loaded_without_reading_again() {
    let place = Place::new();
    loaded(&[SHEETS, "-o", &place.text("out")]);
    loaded(&[SHEETS, "-o", &place.text("out"), "--db", &place.target()]);
    let direct = Place::new();
    loaded(&[SHEETS, "--db", &direct.target()]);
    assert!(rows(&place.text("out.db")) == rows(&direct.text("out.db")));
}

/// The database kept the value that a person had corrected, and the one whose correction was undone.
#[test]
fn corrections_and_their_undoing_reach_the_database() {
    const TITLE: &str = "/records/0/plan/initiative";
    let place = Place::new();
    let out = place.text("out");
    let run = || loaded(&["fixtures/initiative_sheet/plain.raw.txt", "-o", &out, "--db", &place.target()]);
    let title = || one(&place.text("out.db"), "SELECT title FROM records");
    run();
    let before = title();
    let document = json::parse(&fs::read(place.0.path().join("out/documents/plain.raw.json")).unwrap()).unwrap();
    let from = serde_json::to_value(&document).unwrap().pointer(TITLE).cloned();
    let add = |action: Action| {
        let log = Log::of(Path::new(&out));
        let added = log.add(&document.source.sha256, TITLE, action, "2024-01-01T00:00:00Z".into(), |_| Ok(()));
        added.unwrap().correction.id
    };
    let id = add(Action::Correct { from, to: "かもめ小屋".into(), evidence: evidence_hash(&document, TITLE) });
    run();
    assert_eq!(title(), Value::Text("かもめ小屋".to_owned()));
    add(Action::Undo { of: id });
    run();
    assert_eq!(title(), before);
}

/// The name of the first load stayed in the tables for good.
#[test]
fn a_renamed_input_is_called_by_its_new_name() {
    for folder in [false, true] {
        let place = Place::new();
        let out = place.text("out");
        let options = if folder { vec!["-o", out.as_str()] } else { Vec::new() };
        let db = place.target();
        for name in ["old.txt", "new.txt", "new.TXT"] {
            let input = place.put(name, "架空町の知らせ\n来月は港へ。\n".as_bytes());
            loaded(&[&[input.as_str(), "--db", &db], &options[..]].concat());
            assert_eq!(one(&place.text("out.db"), "SELECT name FROM documents"), Value::Text(name.to_owned()));
        }
    }
}

/// Tables of version 1 did not say what was loaded.
#[test]
fn a_database_of_the_version_before_is_loaded_again() {
    let place = Place::new();
    let a = place.put("a.txt", "架空町の知らせ\n来月は港へ。\n".as_bytes());
    loaded(&[&a, "--db", &place.target()]);
    let want = rows(&place.text("out.db"));
    let older = "ALTER TABLE hyoka_documents DROP COLUMN content; UPDATE hyoka_schema SET version = 1; \
        UPDATE documents SET title = 'x'";
    Connection::open(place.text("out.db")).unwrap().execute_batch(older).unwrap();
    loaded(&[&a, "--db", &place.target()]);
    let file = place.text("out.db");
    assert_eq!(one(&file, "SELECT length(content) FROM hyoka_documents"), Value::Integer(64));
    let without = |rows: Rows| rows.into_iter().filter(|(name, _)| name != "hyoka_documents").collect::<Rows>();
    assert!(without(rows(&file)) == without(want));
}

/// Half of an amount was lost where a sheet splits it by fund into equal parts.
#[test]
fn amounts_once_adds_up_what_a_sheet_splits() {
    let place = Place::new();
    loaded(&["fixtures/initiative_sheet/plain.raw.txt", "--db", &place.target()]);
    let connection = Connection::open(place.text("out.db")).unwrap();
    let row = |fund: &str| {
        format!(
            "INSERT INTO budgets (record_id, program, fiscal_year, kind, amount_yen, fund, programme_key) \
             SELECT record_id, 'かもめ事業', 2022, 'settled', 1000000, '{fund}', 'かもめ事業' FROM records LIMIT 1;"
        )
    };
    let again = row("県単");
    connection.execute_batch(&["DELETE FROM budgets;", &again, &again, &row("各省計上")].concat()).unwrap();
    connection.execute_batch(&fs::read_to_string("src/output/views.sql").unwrap()).unwrap();
    drop(connection);
    let file = place.text("out.db");
    assert_eq!(one(&file, "SELECT amount_yen FROM amounts_once"), Value::Integer(2_000_000));
    assert_eq!(one(&file, "SELECT differs FROM amounts_once"), Value::Integer(0));
}

/// What was read by other options must not pass for done.
#[test]
fn other_options_load_again() {
    let place = Place::new();
    let a = place.put("a.txt", "架空町の知らせ\n来月は港へ。\n".as_bytes());
    let codes = |file: &str| one(file, "SELECT jurisdiction_code FROM documents");
    loaded(&[&a, "--db", &place.target()]);
    assert_eq!(codes(&place.text("out.db")), Value::Null);
    loaded(&[&a, "--db", &place.target(), "--jurisdiction", "470007"]);
    assert_eq!(codes(&place.text("out.db")), Value::Text("470007".to_owned()));
    assert_eq!(one(&place.text("out.db"), "SELECT count(*) FROM documents"), Value::Integer(1));
}

#[test]
fn the_same_content_stands_once_and_a_bad_input_stops_nothing() {
    let place = Place::new();
    let text = "架空町の知らせ\n来月は港へ。\n".as_bytes();
    let (b, a, bad) = (place.put("b.txt", text), place.put("a.txt", text), place.put("bad.pdf", b""));
    let output = hyoka(&["extract", &b, &bad, &a, "--db", &place.target()]);
    assert_eq!(code(&output), 3);
    assert!(stderr(&output).contains("bad.pdf: is empty"), "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("1 document, ") && told.contains(", 1 duplicate, 1 failure"), "{told}");
    assert_eq!(one(&place.text("out.db"), "SELECT group_concat(name) FROM documents"), Value::Text("a.txt".to_owned()));
}

#[test]
fn deleting_a_document_takes_all_its_rows() {
    let place = Place::new();
    loaded(&[SHEETS, "--db", &place.target()]);
    let connection = Connection::open(place.text("out.db")).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = ON; DELETE FROM documents").unwrap();
    drop(connection);
    for (table, rows) in rows(&place.text("out.db")) {
        assert!(rows.is_empty() || table == "hyoka_schema", "{table} keeps {} rows", rows.len());
    }
}

/// The counts of the rows that were left stayed those of before.
#[test]
fn shared_by_is_counted_anew_after_documents_were_deleted() {
    let place = Place::new();
    let text = fs::read_to_string("fixtures/initiative_sheet/plain.raw.txt").unwrap();
    let (a, b) = (place.put("a.txt", text.as_bytes()), place.put("b.txt", (text + "\n").as_bytes()));
    loaded(&[&a, &b, "--db", &place.target()]);
    let shared = || one(&place.text("out.db"), "SELECT max(shared_by) FROM budgets");
    assert_eq!(shared(), Value::Integer(2));
    let connection = Connection::open(place.text("out.db")).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = ON; DELETE FROM documents WHERE name = 'b.txt'").unwrap();
    drop(connection);
    loaded(&[&a, "--db", &place.target()]);
    assert_eq!(shared(), Value::Integer(1));
}

#[test]
fn what_cannot_be_loaded_into_says_what_to_do() {
    let place = Place::new();
    let a = place.put("a.txt", "架空町の知らせ\n".as_bytes());
    let told = |db: &str, status: i32| {
        let output = hyoka(&["extract", &a, "--db", db]);
        assert_eq!(code(&output), status, "{}", stderr(&output));
        stderr(&output).to_owned()
    };
    assert!(told("out.db", 2).contains("give sqlite:FILE or postgres://"));
    assert!(told("sqlite:", 2).contains("needs the name of a file"));

    let text = place.put("notes.txt", "no database at all, and long enough to see it\n".repeat(9).as_bytes());
    let said = told(&format!("sqlite:{text}"), 3);
    assert!(said.contains("notes.txt: cannot be opened: file is not a database"), "{said}");
    assert!(fs::read_to_string(&text).unwrap().starts_with("no database"), "and it is left as it was");
    let said = told(&format!("sqlite:{}", place.text("notes.txt/out.db")), 3);
    assert!(said.contains("out.db: cannot be opened") && said.contains("hint: "), "{said}");

    let other = place.text("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE records (mine TEXT)").unwrap();
    let said = told(&format!("sqlite:{other}"), 3);
    assert!(said.contains("holds a table `records` that hyoka did not make"), "{said}");

    loaded(&[&a, "--db", &place.target()]);
    let sql = "UPDATE hyoka_schema SET version = 99";
    Connection::open(place.text("out.db")).unwrap().execute_batch(sql).unwrap();
    let said = told(&place.target(), 3);
    assert!(said.contains("written by a newer hyoka (tables of version 99"), "{said}");
    assert!(said.contains("update hyoka"), "{said}");

    let refused = told("postgres://ann:s3cret@127.0.0.1:1/kamome", 3);
    assert!(refused.contains("postgres://ann@127.0.0.1:1/kamome: cannot be opened"), "{refused}");
    assert!(!refused.contains("s3cret"), "{refused}");
    let tls = told("postgres://ann:s3cret@127.0.0.1:1/kamome?sslmode=verify-full", 3);
    assert!(tls.contains("TLS") && tls.contains("ssh -L") && !tls.contains("s3cret"), "{tls}");
    let japanese = hyoka(&["--lang", "ja", "extract", &a, "--db", &format!("sqlite:{other}")]);
    assert!(stderr(&japanese).contains("hyoka が作ったのではない表「records」"), "{}", stderr(&japanese));
}

#[test]
fn quiet_is_quiet() {
    let place = Place::new();
    let output = hyoka(&["extract", SHEETS, "--db", &place.target(), "--quiet"]);
    assert_eq!((code(&output), stderr(&output), output.stdout.len()), (0, "", 0));
}

/// A tool that we did not write sees the same.
#[test]
fn the_shell_of_sqlite_reads_it() {
    let place = Place::new();
    loaded(&[SHEETS, "--db", &place.target()]);
    let file = place.text("out.db");
    let sql = "SELECT count(*), sum(amount_yen) FROM budgets";
    let shell = match Command::new("sqlite3").args([&file, sql]).output() {
        Ok(shell) => shell,
        Err(e) => {
            assert!(std::env::var_os("CI").is_none(), "sqlite3: {e}; tests/run.sh installs it");
            eprintln!("skipped: no sqlite3 here; tests/run.sh installs it");
            return;
        }
    };
    let connection = Connection::open(&file).unwrap();
    let ours =
        connection.query_row(sql, [], |row| Ok(format!("{}|{}\n", row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
    assert_eq!(String::from_utf8(shell.stdout).unwrap(), ours.unwrap());
    let schema = Command::new("sqlite3").args([&file, ".schema budgets"]).output().unwrap();
    let schema = String::from_utf8(schema.stdout).unwrap();
    assert!(schema.contains("-- 予算") && schema.contains("REFERENCES records (record_id)"), "{schema}");
}

/// The server of the tests with a schema of its own in it, which goes with this.
struct Server {
    url: String,
    client: Client,
    schema: String,
}

impl Server {
    /// `None` outside CI where there is no server.
    fn new(schema: &str) -> Option<Server> {
        let Ok(url) = std::env::var("HYOKA_TEST_POSTGRES") else {
            assert!(std::env::var_os("CI").is_none(), "HYOKA_TEST_POSTGRES names no server; tests/run.sh starts one");
            eprintln!("skipped: HYOKA_TEST_POSTGRES names no PostgreSQL server; tests/run.sh starts one");
            return None;
        };
        let mut client = Client::connect(&url, NoTls).unwrap();
        let schema = format!("{schema}_{}", std::process::id());
        client.batch_execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")).unwrap();
        client.batch_execute(&format!("SET search_path = {schema}")).unwrap();
        let join = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{join}options=-csearch_path%3D{schema}");
        Some(Server { url, client, schema })
    }

    fn texts(&mut self, sql: &str) -> Vec<String> {
        let rows = self.client.simple_query(sql).unwrap().into_iter();
        let text = |row: &postgres::SimpleQueryRow| {
            let cells: Vec<&str> = (0..row.len()).map(|i| row.get(i).unwrap_or("NULL")).collect();
            cells.join("|")
        };
        rows.filter_map(|m| if let SimpleQueryMessage::Row(row) = &m { Some(text(row)) } else { None }).collect()
    }

    fn rows(&mut self) -> Rows {
        let tables = self.texts("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1");
        let table = |name: String| {
            let mut rows = self.texts(&format!("SELECT * FROM {name}"));
            rows.sort();
            (name, rows)
        };
        tables.into_iter().map(table).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.client.batch_execute(&format!("DROP SCHEMA {} CASCADE", self.schema));
    }
}

#[test]
fn postgres_holds_what_sqlite_holds() {
    let Some(mut server) = Server::new("same") else { return };
    let place = Place::new();
    let inputs = [SHEETS, "fixtures/special_zone"];
    loaded(&[&inputs[..], &["--db", &server.url]].concat());
    loaded(&[&inputs[..], &["--db", &place.target()]].concat());
    let file = place.text("out.db");
    let counts =
        |rows: Rows| -> Vec<(String, usize)> { rows.into_iter().map(|(name, rows)| (name, rows.len())).collect() };
    let first = server.rows();
    assert_eq!(counts(first.clone()), counts(rows(&file)));
    for sql in [
        "SELECT sum(amount_yen) FROM budgets",
        "SELECT sum(length(text)) FROM narratives",
        "SELECT count(*) FROM judgments WHERE level = 'on_track'",
        "SELECT count(*) FROM measurements WHERE value IS NULL",
    ] {
        let of_sqlite = match one(&file, sql) {
            Value::Integer(n) => n.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(server.texts(sql), [of_sqlite], "{sql}");
    }
    // Again, and by force: nothing changes.
    assert!(loaded(&[&inputs[..], &["--db", &server.url]].concat()).contains("unchanged"));
    loaded(&[&inputs[..], &["--db", &server.url, "--force", "-j", "1"]].concat());
    assert!(server.rows() == first);

    let about = server.texts("SELECT obj_description('budgets'::regclass)");
    assert!(about[0].starts_with("予算: "), "{about:?}");
    let kinds = "SELECT data_type FROM information_schema.columns WHERE table_schema = current_schema() \
        AND table_name = 'measurements' AND column_name IN ('fiscal_year', 'value') ORDER BY column_name";
    assert_eq!(server.texts(kinds), ["bigint", "numeric"]);
}

#[test]
fn postgres_refuses_what_is_not_its_own() {
    let Some(mut server) = Server::new("foreign") else { return };
    server.client.batch_execute("CREATE TABLE documents (mine TEXT)").unwrap();
    let output = hyoka(&["extract", SHEETS, "--db", &server.url]);
    assert_eq!(code(&output), 3);
    assert!(stderr(&output).contains("holds a table `documents` that hyoka did not make"), "{}", stderr(&output));
    assert_eq!(server.rows().len(), 1, "nothing was made");
}

#[test]
fn two_loads_at_once_into_postgres_load_once() {
    let Some(mut server) = Server::new("twice") else { return };
    let start = || command(&["extract", SHEETS, "--db", &server.url, "--quiet"]).spawn().unwrap();
    let mut both = [start(), start()];
    both.iter_mut().for_each(|child| assert!(child.wait().unwrap().success()));
    let at_once = server.rows();
    loaded(&[SHEETS, "--db", &server.url, "--force"]);
    assert!(server.rows() == at_once);
}

/// Kill -9 at many moments, load again, and the rows are those of a load that nothing disturbed.
#[cfg(unix)]
fn killed_loads_leave_nothing_behind(target: &str, rows: &mut dyn FnMut() -> Rows, empty: &mut dyn FnMut()) {
    use std::time::{Duration, Instant};
    let args = ["extract", SHEETS, "--db", target, "--quiet", "-j", "2"];
    let started = Instant::now();
    assert!(command(&args).status().unwrap().success());
    let whole = started.elapsed();
    let want = rows();
    let documents = |rows: &Rows| rows.iter().find(|(name, _)| name == "documents").map_or(0, |(_, rows)| rows.len());
    let mut partial = 0;
    // How long a load takes depends on what else the machine does: a kill that came too late is followed by an earlier one.
    let mut delay = Duration::from_millis(3);
    for round in 1..=12 {
        empty();
        let mut child = command(&args).spawn().unwrap();
        std::thread::sleep(delay);
        child.kill().unwrap();
        child.wait().unwrap();
        let left = rows();
        delay = match documents(&left) {
            0 => delay * 2,
            some if some == documents(&want) => delay / 2,
            _ => {
                partial += 1;
                whole * round / 12
            }
        };
        for (table, rows) in &left {
            let (_, wanted) = want.iter().find(|(name, _)| name == table).unwrap();
            if table == "hyoka_documents" {
                assert_eq!(rows.len(), documents(&left), "each document is loaded whole");
            }
            assert!(rows.len() <= wanted.len());
        }
        assert!(command(&args).status().unwrap().success());
        assert!(rows() == want, "after kill {round}");
    }
    assert!(partial > 0, "no kill hit the load");
}

#[cfg(unix)]
#[test]
fn a_killed_load_into_sqlite_is_gone_on_with() {
    let place = Place::new();
    let file = PathBuf::from(place.text("out.db"));
    let mut empty = || {
        for suffix in ["", "-journal"] {
            let _ = fs::remove_file(format!("{}{suffix}", file.display()));
        }
    };
    killed_loads_leave_nothing_behind(&place.target(), &mut || rows(&place.text("out.db")), &mut empty);
}

#[cfg(unix)]
#[test]
fn a_killed_load_into_postgres_is_gone_on_with() {
    let Some(server) = Server::new("killed") else { return };
    let (url, schema) = (server.url.clone(), server.schema.clone());
    let server = std::cell::RefCell::new(server);
    let mut empty = || {
        let sql = format!("DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema}");
        server.borrow_mut().client.batch_execute(&sql).unwrap();
    };
    killed_loads_leave_nothing_behind(&url, &mut || server.borrow_mut().rows(), &mut empty);
}
