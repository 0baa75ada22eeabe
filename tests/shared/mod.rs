//! The one way to the documents shared beside the checkout: `../shared`, or the folder that `HYOKA_SHARED` names.

use std::path::PathBuf;

/// The folder, or `None` with a plain word on stderr where it is absent. In CI its absence is a failure.
pub fn dir() -> Option<PathBuf> {
    let dir = std::env::var_os("HYOKA_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    if dir.join("corpus").is_dir() {
        return Some(dir);
    }
    assert!(std::env::var_os("CI").is_none(), "CI has the shared documents beside the checkout: {}", dir.display());
    eprintln!("skipped: no shared documents at {} (set HYOKA_SHARED to their folder)", dir.display());
    None
}
