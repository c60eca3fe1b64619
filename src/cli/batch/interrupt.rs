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
    // The file does not say how long it is, and has to be read in one piece to be read soon.
    let mut status = [0; 4096];
    let read =
        File::open("/proc/self/status").and_then(|mut file| file.read(&mut status)).unwrap_or_default();
    let status = String::from_utf8_lossy(&status[..read]);
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
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
