//! Shows on a terminal how far a batch is, how fast it goes, and how long it will take.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use shizheng::diag::Text;
use unicode_width::UnicodeWidthStr;

use super::console::Console;

/// How many blocks a whole bar has.
const WIDTH: usize = 24;
/// How long a bar stays as it is: faster than this nobody reads.
const PAUSE: Duration = Duration::from_millis(80);

/// A bar on standard error; nothing where that is no terminal.
pub(super) struct Bar {
    console: Console,
    is_wanted: bool,
    total: usize,
    begun: Instant,
    drawn: Option<Instant>,
    is_shown: bool,
}

impl Bar {
    /// Makes a bar for a number of documents; one document needs none.
    pub(super) fn new(console: Console, total: usize) -> Self {
        let is_wanted = total > 1 && console.is_for_people() && io::stderr().is_terminal();
        Self { console, is_wanted, total, begun: Instant::now(), drawn: None, is_shown: false }
    }

    /// Tells whether there is a bar.
    pub(super) fn is_wanted(&self) -> bool {
        self.is_wanted
    }

    /// Returns how long the work has taken so far.
    pub(super) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Shows how much is done, not too often.
    pub(super) fn show(&mut self, done: usize) {
        if !self.is_wanted || self.drawn.is_some_and(|drawn| drawn.elapsed() < PAUSE && self.is_shown) {
            return;
        }
        // A line that wraps could not be taken back.
        let columns =
            terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| usize::from(width.0));
        let language = self.console.language();
        let elapsed = self.begun.elapsed();
        let line = line(done, self.total, elapsed, |text| text.get(language).width() < columns);
        let _ = write!(anstream::stderr().lock(), "\r\u{1b}[K{}", line.get(language));
        self.drawn = Some(Instant::now());
        self.is_shown = true;
    }

    /// Makes room for a message.
    pub(super) fn hide(&mut self) {
        if self.is_shown {
            let _ = write!(anstream::stderr().lock(), "\r\u{1b}[K");
            self.is_shown = false;
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.hide();
    }
}

/// The bar, the count, the rate so far and, once there is a rate, the time left: as much of it as fits.
fn line(done: usize, total: usize, elapsed: Duration, fits: impl Fn(&Text) -> bool) -> Text {
    let count = format!("{done}/{total}");
    let full = (done * WIDTH).checked_div(total).unwrap_or(WIDTH).min(WIDTH);
    let bar = "█".repeat(full) + &"░".repeat(WIDTH - full);
    let seconds = elapsed.as_secs_f64();
    let rate = if seconds > 0.0 { done as f64 / seconds } else { 0.0 };
    let with_bar = |text: &Text| Text::both(format!("{bar} {}", text.zh), format!("{bar} {}", text.en));
    let first_that_fits = |texts: Vec<Text>| texts.into_iter().find(&fits).unwrap_or_else(|| Text::from(""));
    let count = Text::from(count);
    if done == 0 || rate <= 0.0 {
        return first_that_fits(vec![with_bar(&count), count]);
    }
    let decimals = usize::from(rate < 10.0);
    let left = ((total - done.min(total)) as f64 / rate).ceil() as u64;
    let (hours, minutes, seconds) = (left / 3600, left / 60 % 60, left % 60);
    let left = if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    };
    let whole = Text::both(
        format!("{}  每秒{rate:.decimals$}份  还要{left}", count.zh),
        format!("{}  {rate:.decimals$}/s  {left} left", count.en),
    );
    first_that_fits(vec![with_bar(&whole), whole, count])
}

#[cfg(test)]
mod tests {
    use shizheng::diag::Language;

    use super::*;

    #[test]
    fn bar_tells_count_rate_and_time_left() {
        let line = |done, total, seconds| {
            line(done, total, Duration::from_secs(seconds), |_| true).get(Language::English).to_owned()
        };
        assert_eq!(line(0, 10, 0), "░░░░░░░░░░░░░░░░░░░░░░░░ 0/10");
        assert_eq!(line(5, 10, 2), "████████████░░░░░░░░░░░░ 5/10  2.5/s  0:02 left");
        assert_eq!(line(38, 38_000, 38), "░░░░░░░░░░░░░░░░░░░░░░░░ 38/38000  1.0/s  10:32:42 left");
        assert_eq!(line(1200, 1200, 4), "████████████████████████ 1200/1200  300/s  0:00 left");
    }

    #[test]
    fn bar_is_no_wider_than_the_terminal() {
        let line = |columns: usize| {
            let fits = |text: &Text| text.get(Language::Chinese).width() < columns;
            line(5, 10, Duration::from_secs(2), fits).get(Language::Chinese).to_owned()
        };
        assert_eq!(line(80), "████████████░░░░░░░░░░░░ 5/10  每秒2.5份  还要0:02");
        assert_eq!(line(40), "5/10  每秒2.5份  还要0:02");
        assert_eq!(line(20), "5/10");
        assert_eq!(line(3), "");
    }
}
