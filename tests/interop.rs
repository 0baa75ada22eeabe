//! The tables in the hands of tools that we did not write (`tests/interop.py`): they load without a question, and all see
//! the same. `tests/run.sh` installs what this needs; without it these tests say so and pass, except on CI.

mod cli_support;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cli_support::{code, hyoka, stderr};
use tempfile::TempDir;

/// Modules of `tests/requirements.txt`.
const MODULES: &str = "import duckdb, frictionless, openpyxl, pandas, pyarrow";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Says that a test is not run; on CI, where it has to be, fails.
fn missing(what: &str) {
    let advice = format!("{what} is not installed (bash tests/run.sh installs it)");
    assert!(env::var_os("CI").is_none(), "{advice}");
    eprintln!("NOT TESTED: {advice}");
}

fn runs(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// A Python that has the modules: the one that `tests/run.sh` made, or the machine's own.
fn python() -> Option<PathBuf> {
    let made =
        root().join(if cfg!(windows) { "target/interop/Scripts/python.exe" } else { "target/interop/bin/python" });
    let found = [made, "python3".into()].into_iter().find(|python| runs(Command::new(python).args(["-c", MODULES])));
    if found.is_none() {
        missing("Python with the modules of tests/requirements.txt");
    }
    found
}

/// The documents of every form, and a text whose programme is called by a formula.
fn inputs(folder: &Path) {
    for form in ["initiative_sheet", "department_theme", "special_zone", "subsidy_guideline", "slide_deck"] {
        let mut taken = 0;
        for entry in fs::read_dir(root().join("fixtures").join(form)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.ends_with(".pdf") && name.matches('.').count() == 1 {
                fs::copy(&path, folder.join(format!("{form}-{name}"))).unwrap();
                taken += 1;
            }
        }
        assert!(taken > 0, "{form}");
    }
    let text = fs::read_to_string(root().join("fixtures/initiative_sheet/plain.raw.txt")).unwrap();
    let formula = text.replace("竹の里再生支援事業", "=HYPERLINK(\"http://localhost/\",\"竹の里\")");
    assert_ne!(formula, text);
    fs::write(folder.join("formula.txt"), formula).unwrap();
}

/// Folders of tables: in all formats, and as CSV for Excel.
fn extracted() -> (TempDir, String, String) {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(path("in")).unwrap();
    inputs(Path::new(&path("in")));
    for (out, options) in [("out", ["--tables", "csv,parquet,xlsx"].as_slice()), ("excel", &["--excel"])] {
        let (input, out) = (path("in"), path(out));
        let output = hyoka(&[&["extract", &input, "-o", &out, "--jurisdiction", "010006"], options].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
    }
    let (out, excel) = (path("out"), path("excel"));
    (place, out, excel)
}

fn interop(python: &Path, args: &[&str]) {
    let script = root().join("tests/interop.py");
    let output = Command::new(python).arg(script).args(args).env("PYTHONUTF8", "1").output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{said}");
    println!("{said}");
}

#[test]
fn tools_that_are_not_ours_load_the_tables_and_agree() {
    let Some(python) = python() else { return };
    let (_place, out, excel) = extracted();
    interop(&python, &["agree", &out, &excel]);
}

#[test]
fn every_csv_opens_in_calc_with_its_japanese_and_without_formulas() {
    let Some(python) = python() else { return };
    let Some(soffice) = ["soffice", "libreoffice"].into_iter().find(|name| runs(Command::new(name).arg("--version")))
    else {
        return missing("LibreOffice Calc");
    };
    let (_place, out, excel) = extracted();
    interop(&python, &["calc", soffice, &out, &excel]);
}
