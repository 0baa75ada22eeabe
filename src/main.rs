use std::process::ExitCode;

/// Reading pages makes and drops millions of small things.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hyoka::cli::run(std::env::args_os())
}
