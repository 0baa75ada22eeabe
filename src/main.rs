use std::ffi::c_int;
use std::process::ExitCode;

/// Reading pages makes and drops millions of small things.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay` of mimalloc 3, which the crate does not name; [`tests`] holds it to its default.
const PURGE_DELAY: c_int = 15;
/// No purging: see `keep_memory`.
const NEVER: std::ffi::c_long = -1;

/// Keeps freed memory for the next page. Handed back, it would come again as pages that the system has to clear first, which took
/// longer than reading what was written into them.
fn keep_memory() {
    // SAFETY: sets an integer in the allocator's own table; not thread safe, and there is no other thread yet.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, NEVER) }
}

fn main() -> ExitCode {
    keep_memory();
    hyoka::cli::run(std::env::args_os())
}

#[cfg(test)]
mod tests {
    /// The default of that option and of no other.
    #[test]
    fn the_option_is_the_delay() {
        // SAFETY: reads an integer of the allocator's own table, which no test changes.
        assert_eq!(unsafe { libmimalloc_sys::mi_option_get(super::PURGE_DELAY) }, 1000);
    }
}
