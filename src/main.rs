//! The `shizheng` program: arguments in, files and messages out. Everything else is the library's.

mod cli;

/// glibc's allocator takes a tenth of a document's time, musl's more than all the rest.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
