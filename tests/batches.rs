//! Batches as they come: in archives, killed half-way, done before.

mod cli_support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use cli_support::{code, files, hyoka, stderr};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TEXT: &str = "架空町かもめ課からのお知らせ\n来月の観察会は港で行います。\n";
const SHEET: &str = "fixtures/initiative_sheet/plain.cid.pdf";

/// A ZIP archive of these files, packed.
fn archive(path: &Path, members: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in members {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Place(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Paths below the place, outcomes and error codes of the inputs.
    fn inputs(&self, out: &str) -> Vec<(String, String)> {
        let text = fs::read_to_string(self.path(out).join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        let below = format!("{}/", self.0.path().display().to_string().replace('\\', "/"));
        let input = |entry: &serde_json::Value| {
            let path = entry["path"].as_str().unwrap().replace('\\', "/");
            let became = entry["error"]["code"].as_str().or(entry["outcome"].as_str()).unwrap();
            (path.strip_prefix(&below).unwrap_or(&path).to_owned(), became.to_owned())
        };
        manifest["inputs"].as_array().unwrap().iter().map(input).collect()
    }
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn documents_in_an_archive_are_read_in_place() {
    let place = Place::new();
    let sheet = fs::read(SHEET).unwrap();
    archive(
        &place.path("令和4年度.zip"),
        &[
            ("検証票/plain.cid.pdf", &sheet),
            ("知らせ.txt", TEXT.as_bytes()),
            ("__MACOSX/._知らせ.txt", b"of the Finder"),
            ("図.png", b"\x89PNG"),
            ("検証票/写し.pdf", &sheet),
        ],
    );
    let output = hyoka(&["extract", &place.text("令和4年度.zip"), "-o", &place.text("out")]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let want = [
        ("令和4年度.zip/検証票/plain.cid.pdf", "written"),
        ("令和4年度.zip/検証票/写し.pdf", "duplicate"),
        ("令和4年度.zip/知らせ.txt", "written"),
    ];
    assert_eq!(place.inputs("out"), pairs(&want));

    hyoka(&["extract", SHEET, "-o", &place.text("plain")]);
    let document = |out: &str| fs::read_to_string(place.path(out).join("documents/plain.cid.json")).unwrap();
    assert_eq!(document("out"), document("plain"), "as out of a folder");

    // Again: nothing to do. Of a folder with the archive in it, the same inputs.
    let again = hyoka(&["extract", &place.text("令和4年度.zip"), "-o", &place.text("out")]);
    assert!(stderr(&again).contains("2 unchanged"), "{}", stderr(&again));
    fs::remove_dir_all(place.path("plain")).unwrap();
    fs::remove_dir_all(place.path("out")).unwrap();
    let output = hyoka(&["extract", &place.text(""), "-o", &place.text("out")]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(place.inputs("out"), pairs(&want));
}

/// Japanese Windows names files in its own encoding and says nothing of it.
#[test]
fn names_of_japanese_windows_are_read() {
    let place = Place::new();
    let path = place.path("a.zip");
    archive(&path, &[("XXXXX.txt", TEXT.as_bytes())]);
    // 様式, 表: names as Windows writes them, one with a backslash for its second byte.
    let bytes = fs::read(&path).unwrap();
    let name = b"\x97l\x95\x5Ca";
    let mut windows = bytes.clone();
    for at in memchr::memmem::find_iter(&bytes, b"XXXXX") {
        windows[at..at + 5].copy_from_slice(name);
    }
    fs::write(&path, windows).unwrap();
    hyoka(&["extract", &place.text("a.zip"), "-o", &place.text("out")]);
    assert_eq!(place.inputs("out"), pairs(&[("a.zip/様表a.txt", "written")]));
    assert!(place.path("out/documents/様表a.json").exists());
}

#[test]
fn what_cannot_be_unpacked_is_told_and_stops_nothing() {
    let place = Place::new();
    let read = |name: &str, more: &[&str]| {
        let _ = fs::remove_dir_all(place.path("out"));
        let output = hyoka(&[&["extract", &place.text(name), "-o", &place.text("out")], more].concat());
        assert_eq!(code(&output), 3, "{}", stderr(&output));
        (place.inputs("out"), stderr(&output).to_owned())
    };
    archive(&place.path("inner.zip"), &[("x.txt", TEXT.as_bytes())]);
    let inner = fs::read(place.path("inner.zip")).unwrap();
    archive(&place.path("outer.zip"), &[("a.txt", TEXT.as_bytes()), ("inner.zip", &inner)]);
    let (inputs, told) = read("outer.zip", &[]);
    assert_eq!(inputs, pairs(&[("outer.zip/a.txt", "written"), ("outer.zip/inner.zip", "archive_nested")]));
    assert!(told.contains("unpack the outer archive"), "{told}");

    archive(&place.path("pictures.zip"), &[("a.png", b"\x89PNG")]);
    assert_eq!(read("pictures.zip", &[]).0, pairs(&[("pictures.zip", "no_documents")]));
    fs::write(place.path("broken.zip"), &inner[..inner.len() / 2]).unwrap();
    assert_eq!(read("broken.zip", &[]).0, pairs(&[("broken.zip", "archive_damaged")]));

    // One byte of a packed file is another: its checksum tells.
    let mut flipped = fs::read(place.path("outer.zip")).unwrap();
    flipped[45] ^= 0x10;
    fs::write(place.path("flipped.zip"), flipped).unwrap();
    assert_eq!(read("flipped.zip", &[]).0[0].1, "archive_damaged");

    // The flag that says a file is under a password, in its own header and in the directory.
    let mut locked = inner.clone();
    locked[6] |= 1;
    let directory = memchr::memmem::find(&locked, b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    fs::write(place.path("locked.zip"), locked).unwrap();
    let (inputs, told) = read("locked.zip", &[]);
    assert_eq!(inputs, pairs(&[("locked.zip/x.txt", "archive_locked")]));
    assert!(told.contains("unpack the archive with its password"), "{told}");
}

#[test]
fn a_bomb_is_refused_by_a_limit_with_a_name() {
    let place = Place::new();
    let zeros = vec![b'0'; 1 << 20];
    archive(&place.path("bomb.zip"), &[("a.txt", &zeros), ("b.txt", &zeros), ("c.txt", TEXT.as_bytes())]);
    assert!(fs::metadata(place.path("bomb.zip")).unwrap().len() < 10_000);
    let told = |limit: &str| {
        let output = hyoka(&["extract", &place.text("bomb.zip"), "--quiet", "--limit", limit]);
        (code(&output), stderr(&output).to_owned())
    };
    for (limit, name) in [("archive_bytes=1M", "archive_bytes"), ("archive_entries=2", "archive_entries")] {
        let (status, told) = told(limit);
        assert!(status == 3 && told.contains(&format!("bomb.zip: exceeds the limit {name}")), "{told}");
    }
    let (_, told) = told("input_bytes=100K");
    assert_eq!(told.matches("exceeds the limit input_bytes").count(), 2, "{told}");

    // A directory that makes little of what is packed: no more is unpacked than it says.
    let mut liar = fs::read(place.path("bomb.zip")).unwrap();
    let directory = memchr::memmem::find(&liar, b"PK\x01\x02").unwrap();
    liar[directory + 24..directory + 28].copy_from_slice(&100_u32.to_le_bytes());
    fs::write(place.path("liar.zip"), liar).unwrap();
    hyoka(&["extract", &place.text("liar.zip"), "-o", &place.text("out")]);
    assert_eq!(place.inputs("out")[0], ("liar.zip/a.txt".to_owned(), "archive_damaged".to_owned()));
}

/// Kill -9 at many moments, go on, and the folder is that of a run that nothing disturbed, byte for byte.
#[cfg(unix)]
#[test]
fn a_killed_run_is_gone_on_with_to_the_same_bytes() {
    use std::time::Duration;
    let place = Place::new();
    fs::create_dir(place.path("in")).unwrap();
    let sheets: Vec<PathBuf> = fs::read_dir("fixtures/initiative_sheet")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "pdf"))
        .collect();
    for (i, sheet) in sheets.iter().cycle().take(48).enumerate() {
        let mut bytes = fs::read(sheet).unwrap();
        bytes.extend(format!("\n% {}\n", i % 40).bytes());
        fs::write(place.path(&format!("in/{i:03}.pdf")), bytes).unwrap();
    }
    let (input, out) = (place.text("in"), place.text("out"));
    // What was done before the kill counts as unchanged after it.
    let folder = || {
        let mut files = files(&place.path("out"));
        let manifest = files.get_mut("manifest.json").unwrap();
        *manifest = manifest.replace("\"unchanged\"", "\"written\"");
        files
    };
    let args = |j| ["extract", &input, "-o", &out, "--quiet", "-j", j].map(str::to_owned);
    let start = |j| {
        let args = args(j);
        cli_support::command(&args.iter().map(String::as_str).collect::<Vec<_>>()).spawn().unwrap()
    };
    let mut want = None;
    for j in ["1", "2"] {
        let _ = fs::remove_dir_all(&out);
        assert!(start(j).wait().unwrap().success());
        let unbroken = folder();
        assert!(*want.get_or_insert_with(|| unbroken.clone()) == unbroken, "-j makes no difference");
        let written = || fs::read_dir(place.path("out/documents")).map_or(0, Iterator::count);
        let all = written();
        let mut broken_off = 0;
        for part in 0..6 {
            let _ = fs::remove_dir_all(&out);
            // Killed twice, the second time while it goes on.
            for more in [all * part / 6, all / 8] {
                let until = (written() + more).min(all);
                let mut child = start(j);
                while written() < until && child.try_wait().unwrap().is_none() {
                    std::thread::sleep(Duration::from_millis(1));
                }
                child.kill().unwrap();
                broken_off += usize::from(!child.wait().unwrap().success());
            }
            assert!(start(j).wait().unwrap().success());
            assert!(folder() == unbroken, "-j {j}, killed after {part}/6 of the documents");
        }
        assert!(broken_off > 0, "no kill came in time");
    }
}
