//! The `shizheng` program: arguments in, files and messages out. Everything else is the library's.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
