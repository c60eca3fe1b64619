//! The `shizheng` program: arguments in, files and messages out. Everything else is the library's.

mod cli;

/// The static program's: musl's own allocator takes more time than all the rest.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
