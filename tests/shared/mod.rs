//! Where the documents live that are too many, or not ours, to be kept beside the code.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of shared test material: `HYOKA_SHARED`, else `../shared` beside the repository.
///
/// `None` when it is not there: the test says plainly that it is skipped, except in CI, where its absence is a failure.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("HYOKA_SHARED")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    if folder.join("corpus").is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{} has no corpus: in CI that is a failure", folder.display());
    // Past the test harness, which would keep it to itself.
    let _ = writeln!(std::io::stderr(), "SKIPPED: no corpus in {} (set HYOKA_SHARED to its folder)", folder.display());
    None
}
