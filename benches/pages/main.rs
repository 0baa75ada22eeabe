//! Pages per CPU-second of one core, beside other readers on the same files: `cargo bench --manifest-path benches/Cargo.toml`.
//!
//! `HYOKA_BENCH_RUNS` (5) says how often each is run on 600 pages; other files in proportion. The table shows medians.
//! Nothing is asserted about time: that is for people to judge.

mod contestants;
mod make;

use std::path::{Path, PathBuf};

use contestants::Contestant;
use make::Binding;

/// The argument by which the bench calls itself to do one contestant's work.
const WORK: &str = "--work-on";
/// The argument by which it calls itself to make the files: children begin with the memory of who starts them in their books.
const MAKE: &str = "--make-files";

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, word, name, file] = &args[..]
        && word == WORK
    {
        let contestant = Contestant::ALL.into_iter().find(|c| c.name() == name).expect("a contestant");
        return contestant.work(Path::new(file));
    }
    if args.get(1).is_some_and(|word| word == MAKE) {
        return FILES.iter().for_each(|&(pages, binding, _)| drop(make::file(&folder(), pages, binding)));
    }
    // `cargo test --benches` only wants to know that it builds.
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    compare();
}

/// Pages, how they are bound, and how often each reader reads them where 600 pages are read once.
const FILES: [(usize, Binding, f64); 6] = [
    (60, Binding::Merged, 2.0),
    (60, Binding::Export, 2.0),
    (600, Binding::Merged, 1.0),
    (600, Binding::Export, 1.0),
    (3_000, Binding::Merged, 0.2),
    (3_000, Binding::Export, 0.2),
];

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).expect("target/ is writable");
    folder
}

fn compare() {
    let itself = std::env::current_exe().expect("the bench knows itself");
    let made = std::process::Command::new(itself).arg(MAKE).status().expect("it can be started");
    assert!(made.success(), "the files could not be made");
    let runs: f64 = std::env::var("HYOKA_BENCH_RUNS").ok().and_then(|v| v.parse().ok()).unwrap_or(5.0);
    for (pages, binding, share) in FILES {
        let file = make::file(&folder(), pages, binding);
        table(&file, pages, (runs * share).round().max(1.0) as usize, &folder());
    }
}

fn table(file: &Path, pages: usize, runs: usize, folder: &Path) {
    let bytes = std::fs::metadata(file).expect("the file was made").len();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    println!("\n{name}: {pages} pages, {:.1} MB; median of {runs} run(s)", bytes as f64 / 1e6);
    println!("{:<29}{:>13}{:>13}{:>17}{:>10}", "", "CPU s", "pages/CPU-s", "of pdftotext's", "peak MB");
    // Turn about, so that a busy moment of the machine hits all alike.
    let mut times: Vec<(Contestant, Vec<Cost>)> = Contestant::ALL.map(|c| (c, Vec::new())).into();
    for _ in 0..runs {
        for (contestant, costs) in &mut times {
            let out = folder.join("out");
            let _ = std::fs::remove_dir_all(&out);
            std::fs::create_dir_all(&out).expect("target/ is writable");
            costs.extend(cost(*contestant, file, &out));
        }
    }
    let mut base = None;
    for (contestant, mut costs) in times {
        costs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        let Some(&Cost { seconds, peak }) = costs.get(costs.len() / 2) else {
            println!("{:<29}not here, or it failed", contestant.name());
            continue;
        };
        let speed = pages as f64 / seconds;
        if contestant == Contestant::Pdftotext {
            base = Some(speed);
        }
        let ratio = base.map_or("?".to_owned(), |base| format!("{:.2} ×", speed / base));
        println!("{:<29}{seconds:>13.3}{speed:>13.0}{ratio:>17}{:>10.0}", contestant.name(), peak / 1e6);
    }
}

/// What one run took.
#[derive(Clone, Copy)]
struct Cost {
    /// User and system time of the whole process.
    seconds: f64,
    /// Largest resident size in bytes.
    peak: f64,
}

#[cfg(unix)]
fn cost(contestant: Contestant, file: &Path, out: &Path) -> Option<Cost> {
    let child = contestant.command(file, out).spawn().ok()?;
    let mut status = 0;
    // SAFETY: plain numbers, for which all zeros are a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    let id = i32::try_from(child.id()).ok()?;
    // SAFETY: both pointers are to live locals, and the child is ours and not yet waited for: the standard library's own
    // `wait` does not tell what a child has used.
    let waited = unsafe { libc::wait4(id, &mut status, 0, &mut usage) };
    if waited != id || status != 0 {
        return None;
    }
    let seconds = |t: libc::timeval| t.tv_sec as f64 + t.tv_usec as f64 / 1e6;
    // Kilobytes on Linux, bytes on macOS.
    let unit = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };
    Some(Cost { seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), peak: usage.ru_maxrss as f64 * unit })
}

#[cfg(not(unix))]
fn cost(_: Contestant, _: &Path, _: &Path) -> Option<Cost> {
    None
}
