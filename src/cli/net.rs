//! Catches what is the program's own fault, so that it is told as a message with a code like any other.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

thread_local! {
    /// Where and why the program last failed on this thread.
    static FAILURE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Has the program keep where and why it fails to itself until [`caught`] asks, instead of writing it between the
/// messages, which other programs may be reading.
pub(super) fn spread() {
    set_hook(Box::new(|failure| FAILURE.set(Some(place(failure)))));
}

/// Does some work. Fails with where and why, for who looks after the program, when it is the program that fails.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        // One that was handed on from another thread left its place there.
        FAILURE.take().unwrap_or_else(|| words(&*payload).to_owned())
    })
}

fn place(failure: &PanicHookInfo<'_>) -> String {
    let words = words(failure.payload());
    match failure.location() {
        Some(place) => format!("{}:{}: {words}", place.file(), place.line()),
        None => words.to_owned(),
    }
}

fn words(payload: &(dyn Any + Send)) -> &str {
    let fixed = payload.downcast_ref::<&str>().copied();
    fixed.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic")
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;

    use super::*;

    #[test]
    fn work_that_fails_says_why() {
        assert_eq!(caught(|| 7), Ok(7));
        let fixed = caught(|| resume_unwind(Box::new("no such thing")));
        assert_eq!(fixed, Err::<(), _>("no such thing".to_owned()));
        let made = caught(|| resume_unwind(Box::new(format!("no {}", 7))));
        assert_eq!(made, Err::<(), _>("no 7".to_owned()));
        let other = caught(|| resume_unwind(Box::new(7)));
        assert_eq!(other, Err::<(), _>("panic".to_owned()));
    }
}
