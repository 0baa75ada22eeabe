use std::process::ExitCode;

fn main() -> ExitCode {
    hyoka::cli::run(std::env::args_os())
}
