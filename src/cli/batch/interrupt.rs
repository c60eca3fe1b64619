//! Lets an interrupted run end in order: what was begun is finished or taken back, and no half of a file stays.

#[cfg(unix)]
use std::fs::File;
use std::io;
#[cfg(unix)]
use std::io::Read as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use crate::cli::fault::Exit;

static RAISED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Takes Ctrl-C, the system's request to end and the end of the terminal for a request to stop; a second one ends at
/// once.
pub(in crate::cli) fn watch() {
    // Where that cannot be had, the run ends as programs do.
    let _ = listen(&RAISED);
}

/// Tells whether the run is to stop.
pub(in crate::cli) fn is_raised() -> bool {
    RAISED.load(Ordering::SeqCst)
}

#[cfg(unix)]
fn listen(raised: &Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    let ignored = ignored();
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        // `nohup`, and the shell of a script for what it runs beside, ask that the run goes on.
        if ignored & (1 << (signal - 1)) != 0 {
            continue;
        }
        // In this order, so that the first signal finds the flag down.
        flag::register_conditional_shutdown(signal, Exit::Interrupted as i32, Arc::clone(raised))?;
        flag::register(signal, Arc::clone(raised))?;
    }
    Ok(())
}

/// Returns the signals that the process was started to ignore, a bit each, as far as the system says so.
#[cfg(unix)]
fn ignored() -> u64 {
    // The file does not say how long it is: with room for all of it, it is read in one piece.
    let mut status = Vec::with_capacity(4096);
    let read = File::open("/proc/self/status").and_then(|mut file| file.read_to_end(&mut status));
    read.ok().and_then(|_| ignored_of(&status)).unwrap_or_default()
}

/// Reads the signals out of what Linux says of a process (proc_pid_status(5)).
#[cfg(unix)]
fn ignored_of(status: &[u8]) -> Option<u64> {
    let mask = status.split(|byte| *byte == b'\n').find_map(|line| line.strip_prefix(b"SigIgn:"))?;
    u64::from_str_radix(std::str::from_utf8(mask).ok()?.trim(), 16).ok()
}

#[cfg(not(unix))]
fn listen(raised: &Arc<AtomicBool>) -> io::Result<()> {
    let raised = Arc::clone(raised);
    let handler = move || {
        if raised.swap(true, Ordering::SeqCst) {
            std::process::exit(Exit::Interrupted as i32);
        }
    };
    ctrlc::set_handler(handler).map_err(io::Error::other)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_found_behind_any_number_of_groups() {
        for count in [0, 1, 300, 70_000] {
            let groups = "1234567890 ".repeat(count);
            let status =
                format!("Name:\tshizheng\nGroups:\t{groups}\nSigIgn:\t0000000000001001\nSigCgt:\t0\n");
            assert_eq!(ignored_of(status.as_bytes()), Some(0x1001), "{count}");
        }
        assert_eq!(ignored_of(b"Name:\tSigIgn:\n"), None);
    }
}
