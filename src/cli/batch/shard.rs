//! Shares a batch among machines that do not talk to one another: each takes every N-th input.

use std::ffi::OsString;

use shizheng::diag::Diagnostic;
use shizheng::diag::catalogue::batch as catalogue;

use crate::cli::fault::Fault;

/// The most shares of a batch: a document each of all towns, and an end to what one can ask for.
const MOST: usize = 100_000;

/// The word that stands for the index which the scheduler gives.
const FROM_ENVIRONMENT: &str = "env";

/// One of the shares of a batch: the whole of it is the only share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Shard {
    /// Which share, from 1.
    pub(in crate::cli) number: usize,
    /// How many shares there are.
    pub(in crate::cli) count: usize,
}

impl Shard {
    /// The whole batch.
    pub(in crate::cli) const WHOLE: Self = Self { number: 1, count: 1 };

    /// Reads `K/N`, or `env/N`, where K comes from a Kubernetes Indexed Job or a Slurm array.
    pub(in crate::cli) fn parse(
        word: &str,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Fault> {
        let bad = || Fault::call(Diagnostic::new(&catalogue::BAD_SHARD).with("word", word));
        let (number, count) = word.split_once('/').ok_or_else(bad)?;
        let count: usize = count.parse().map_err(|_| bad())?;
        let number = if number == FROM_ENVIRONMENT {
            index(&variable).ok_or_else(|| {
                Fault::call(Diagnostic::new(&catalogue::SHARD_WITHOUT_INDEX).with("word", word))
            })?
        } else {
            number.parse().map_err(|_| bad())?
        };
        if Self::is_one(number, count) { Ok(Self { number, count }) } else { Err(bad()) }
    }

    /// Tells whether there is such a share.
    pub(in crate::cli) fn is_one(number: usize, count: usize) -> bool {
        count <= MOST && (1..=count).contains(&number)
    }

    /// Tells whether an input, by its place from 0, is in this share.
    pub(in crate::cli) fn has(self, nth: usize) -> bool {
        nth % self.count == self.number - 1
    }

    /// Returns how many of the inputs are in this share.
    pub(in crate::cli) fn of(self, total: usize) -> usize {
        (total + self.count - self.number) / self.count
    }
}

/// Returns the share's number, from 1, as the scheduler tells it: Kubernetes counts from 0, Slurm from where
/// the array begins and in its steps.
fn index(variable: &impl Fn(&str) -> Option<OsString>) -> Option<usize> {
    let number = |name: &str| variable(name)?.to_str()?.trim().parse::<usize>().ok();
    if let Some(index) = number("JOB_COMPLETION_INDEX") {
        return index.checked_add(1);
    }
    let first = number("SLURM_ARRAY_TASK_MIN").unwrap_or(0);
    let step = number("SLURM_ARRAY_TASK_STEP").filter(|step| *step > 0).unwrap_or(1);
    (number("SLURM_ARRAY_TASK_ID")?.checked_sub(first)? / step).checked_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(word: &str, variables: &[(&str, &str)]) -> Option<Shard> {
        let variable = |name: &str| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        };
        Shard::parse(word, variable).ok()
    }

    #[test]
    fn shares_are_disjoint_and_together_the_whole() {
        for count in 1..8 {
            for total in [0, 1, 5, 7, 8, 64] {
                let shards: Vec<_> = (1..=count).map(|number| Shard { number, count }).collect();
                for nth in 0..total {
                    assert_eq!(shards.iter().filter(|shard| shard.has(nth)).count(), 1);
                }
                for shard in &shards {
                    assert_eq!(shard.of(total), (0..total).filter(|nth| shard.has(*nth)).count());
                }
            }
        }
    }

    #[test]
    fn number_is_the_calls_or_the_schedulers() {
        assert_eq!(parse("3/8", &[]), Some(Shard { number: 3, count: 8 }));
        for word in [
            "",
            "3",
            "0/8",
            "9/8",
            "1/0",
            "-1/8",
            "a/8",
            "1/8/2",
            "env",
            "/8",
            "1/100001",
            "1/18446744073709551615",
        ] {
            assert_eq!(parse(word, &[("JOB_COMPLETION_INDEX", "0")]), None, "{word}");
        }
        let number = |variables: &[(&str, &str)]| parse("env/8", variables).map(|shard| shard.number);
        assert_eq!(number(&[]), None);
        assert_eq!(number(&[("JOB_COMPLETION_INDEX", "0")]), Some(1));
        assert_eq!(number(&[("JOB_COMPLETION_INDEX", "7")]), Some(8));
        assert_eq!(number(&[("JOB_COMPLETION_INDEX", "8")]), None);
        assert_eq!(number(&[("SLURM_ARRAY_TASK_ID", "1"), ("SLURM_ARRAY_TASK_MIN", "1")]), Some(1));
        let stepped =
            [("SLURM_ARRAY_TASK_ID", "14"), ("SLURM_ARRAY_TASK_MIN", "2"), ("SLURM_ARRAY_TASK_STEP", "4")];
        assert_eq!(number(&stepped), Some(4));
    }
}
