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
        if number == FROM_ENVIRONMENT && Self::is_one(1, count) {
            let fault = |entry| Diagnostic::new(entry).with("word", word);
            let number = index(&variable).map_err(|found| {
                Fault::call(match found {
                    None => fault(&catalogue::SHARD_WITHOUT_INDEX),
                    Some((name, value)) => {
                        fault(&catalogue::SHARD_BAD_INDEX).with("name", name).with("value", value)
                    }
                })
            })?;
            if !Self::is_one(number, count) {
                let fault = fault(&catalogue::SHARD_OUTSIDE).with("number", number).with("count", count);
                return Err(Fault::call(fault));
            }
            return Ok(Self { number, count });
        }
        let number = number.parse().map_err(|_| bad())?;
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

/// Returns the share's number, from 1, as the scheduler tells it. Kubernetes counts from 0; of a Slurm array the tasks are
/// numbered from 0 or from 1, and those that are run again keep their numbers: `--array=3` is the third share of an array
/// that began with 1.
///
/// # Errors
/// Without a number, with the variable that has something else, if there is one.
fn index(variable: &impl Fn(&str) -> Option<OsString>) -> Result<usize, Option<(&'static str, String)>> {
    let number = |name: &'static str| match variable(name) {
        None => Ok(None),
        Some(value) => {
            let number = value.to_str().and_then(|value| value.trim().parse::<usize>().ok());
            let number = number.filter(|number| *number < usize::MAX);
            number.map(Some).ok_or_else(|| Some((name, value.to_string_lossy().into_owned())))
        }
    };
    if let Some(index) = number("JOB_COMPLETION_INDEX")? {
        return Ok(index + 1);
    }
    let task = number("SLURM_ARRAY_TASK_ID")?.ok_or(None)?;
    let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
    Ok(task + usize::from(first == 0))
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
        for index in ["8", "", "1.5", "-1", "abc", "18446744073709551615"] {
            assert_eq!(number(&[("JOB_COMPLETION_INDEX", index)]), None, "{index}");
        }
        let task = |id, first| number(&[("SLURM_ARRAY_TASK_ID", id), ("SLURM_ARRAY_TASK_MIN", first)]);
        assert_eq!(task("1", "1"), Some(1));
        // Tasks that are run again, of an array from 1 and of one from 0.
        assert_eq!(task("3", "3"), Some(3));
        assert_eq!(task("2", "0"), Some(3));
        assert_eq!(number(&[("SLURM_ARRAY_TASK_ID", "2")]), Some(3));
        assert_eq!(task("9", "1"), None);
    }
}
