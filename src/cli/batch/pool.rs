//! Works on many things at once and hands the results on in the order of the things.
//!
//! Only so many are begun beyond the last result that was taken: memory stays bounded however slow one of them
//! is, and what is seen from outside does not depend on the number of workers.

use std::collections::VecDeque;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many results may wait for an earlier one, by the number of workers.
const WAITING: usize = 4;
/// The stack of a worker, in bytes: that of a program's first thread, which documents are made for.
const STACK: usize = 8 * 1024 * 1024;

/// Works on the inputs with a number of workers; `take` gets the results on the calling thread, in the inputs'
/// order, until it breaks off. A panic of `work` comes up again there, in its turn.
///
/// One worker is the calling thread itself. Fails when the system gives no thread.
pub(in crate::cli) fn in_order<I: Send, O: Send>(
    jobs: NonZeroUsize,
    mut inputs: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> O + Sync,
    mut take: impl FnMut(O) -> ControlFlow<()>,
) -> io::Result<()> {
    if jobs.get() == 1 {
        // Breaking off is no failure.
        let _ = inputs.try_for_each(|input| take(work(input)));
        return Ok(());
    }
    let pool = Pool::new(inputs, jobs.get() * WAITING);
    thread::scope(|scope| {
        // However it ends, nobody waits for more: not even where `take` panics.
        let _closing = Closing(&pool);
        for _ in 0..jobs.get() {
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
                while let Some((nth, input)) = pool.begin() {
                    pool.finish(nth, catch_unwind(AssertUnwindSafe(|| work(input))));
                }
            })?;
        }
        while let Some(result) = pool.next() {
            if take(result.unwrap_or_else(|panic| resume_unwind(panic))).is_break() {
                break;
            }
        }
        Ok(())
    })
}

/// What the workers and the taker share.
struct Pool<I, O> {
    state: Mutex<State<I, O>>,
    /// Something was finished, or there is nothing left to begin.
    finished: Condvar,
    /// A result was taken, or nothing more is wanted.
    taken: Condvar,
    window: usize,
}

struct State<I, O> {
    /// What is still to be begun; nothing once it is used up or no longer wanted.
    inputs: Option<I>,
    /// How many were taken: the number of the first of `results`.
    taken: usize,
    /// What was begun and not yet taken, with its result once there is one.
    results: VecDeque<Option<thread::Result<O>>>,
}

impl<T, I: Iterator<Item = T>, O> Pool<I, O> {
    fn new(inputs: I, window: usize) -> Self {
        let state = State { inputs: Some(inputs), taken: 0, results: VecDeque::new() };
        Self { state: Mutex::new(state), finished: Condvar::new(), taken: Condvar::new(), window }
    }

    fn state(&self) -> MutexGuard<'_, State<I, O>> {
        // Work does not panic while it holds the lock; an iterator that does leaves nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the next input and its number; waits while too many results are waiting.
    fn begin(&self) -> Option<(usize, T)> {
        let state = self.state();
        let is_full = |state: &mut State<I, O>| state.inputs.is_some() && state.results.len() >= self.window;
        let mut state = self.taken.wait_while(state, is_full).unwrap_or_else(PoisonError::into_inner);
        if let Some(input) = state.inputs.as_mut()?.next() {
            state.results.push_back(None);
            return Some((state.taken + state.results.len() - 1, input));
        }
        state.inputs = None;
        self.finished.notify_all();
        self.taken.notify_all();
        None
    }

    fn finish(&self, nth: usize, result: thread::Result<O>) {
        let mut state = self.state();
        let index = nth - state.taken;
        state.results[index] = Some(result);
        self.finished.notify_all();
    }

    /// Returns the next result in order; waits for it.
    fn next(&self) -> Option<thread::Result<O>> {
        let is_waiting = |state: &mut State<I, O>| match state.results.front() {
            Some(first) => first.is_none(),
            None => state.inputs.is_some(),
        };
        let state = self.state();
        let mut state = self.finished.wait_while(state, is_waiting).unwrap_or_else(PoisonError::into_inner);
        let result = state.results.pop_front()?;
        state.taken += 1;
        self.taken.notify_all();
        result
    }
}

/// Ends the work of a pool when it is dropped.
struct Closing<'a, T, I: Iterator<Item = T>, O>(&'a Pool<I, O>);

impl<T, I: Iterator<Item = T>, O> Drop for Closing<'_, T, I, O> {
    fn drop(&mut self) {
        self.0.state().inputs = None;
        self.0.taken.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use proptest::prelude::*;

    use super::*;

    /// Works as long as the input says, and gives it back.
    fn spin(turns: usize) -> usize {
        (0..turns).for_each(|_| thread::yield_now());
        turns
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn results_come_in_order_and_few_wait(
            jobs in 1_usize..9,
            turns in prop::collection::vec(0_usize..200, 0..120),
            most in 0_usize..130,
        ) {
            let (begun, mut taken, mut widest) = (AtomicUsize::new(0), Vec::new(), 0);
            let inputs = turns.iter().copied().inspect(|_| {
                begun.fetch_add(1, Ordering::SeqCst);
            });
            in_order(NonZeroUsize::new(jobs).unwrap(), inputs, spin, |result| {
                widest = widest.max(begun.load(Ordering::SeqCst) - taken.len());
                taken.push(result);
                if taken.len() > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            }).unwrap();
            prop_assert_eq!(&taken[..], &turns[..turns.len().min(most + 1)]);
            // One more than wait: the one that was just taken makes room.
            prop_assert!(widest <= jobs * WAITING + 1, "{} at once", widest);
        }
    }

    #[test]
    fn a_panic_comes_up_in_its_turn() {
        for jobs in [1, 3] {
            let mut seen = Vec::new();
            let work = |nth: usize| if nth == 7 { resume_unwind(Box::new("the eighth")) } else { nth };
            let caught = catch_unwind(AssertUnwindSafe(|| {
                in_order(NonZeroUsize::new(jobs).unwrap(), 0..1000, work, |result| {
                    seen.push(result);
                    ControlFlow::Continue(())
                })
            }));
            assert!(caught.is_err());
            assert_eq!(seen, (0..7).collect::<Vec<_>>());
        }
    }
}
