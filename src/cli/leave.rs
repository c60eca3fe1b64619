//! Leaves the program.

use std::io::{self, Write as _};
use std::process::ExitCode;

use super::fault::Exit;

/// Leaves the program, at once where the system lets it: what it takes back of itself, page by page, the system takes
/// back faster as a whole.
///
/// Files are whole by now, and messages are out; standard output may hold the beginning of a line.
pub(super) fn leave(exit: Exit) -> ExitCode {
    // To whom would it be told?
    let _ = io::stdout().flush();
    #[cfg(unix)]
    signal_hook::low_level::exit(exit as i32);
    #[cfg(not(unix))]
    exit.into()
}
