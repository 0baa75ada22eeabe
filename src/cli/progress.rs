//! How far a run is, on one line of the terminal that is rewritten.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::messages::{Messages, Pace};

const REFRESH: Duration = Duration::from_millis(100);
/// The first inputs of a run say little about the rest.
const SETTLED: Duration = Duration::from_secs(2);

pub struct Progress<'a> {
    messages: &'a dyn Messages,
    /// `None`: stderr is no terminal, or the user wants quiet.
    state: Option<Mutex<State>>,
    of: usize,
    started: Instant,
}

struct State {
    done: usize,
    shown: Option<Instant>,
}

impl<'a> Progress<'a> {
    pub fn new(of: usize, quiet: bool, messages: &'a dyn Messages) -> Self {
        // A dumb terminal cannot rewrite its line.
        let rewrites = || std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let visible = !quiet && of > 1 && io::stderr().is_terminal() && rewrites();
        let state = visible.then(|| Mutex::new(State { done: 0, shown: None }));
        Progress { messages, state, of, started: Instant::now() }
    }

    /// One more input is done.
    pub fn step(&self) {
        let Some(mut state) = self.state.as_ref().and_then(|s| s.lock().ok()) else { return };
        state.done += 1;
        if state.shown.is_some_and(|shown| shown.elapsed() < REFRESH) {
            return;
        }
        state.shown = Some(Instant::now());
        let pace = pace(state.done, self.of, self.started.elapsed());
        let _ = write!(io::stderr(), "\r\x1b[K{}", self.messages.progress(state.done, self.of, pace));
    }

    /// Clears the line for what comes after.
    pub fn finish(&self) {
        if self.state.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn pace(done: usize, of: usize, elapsed: Duration) -> Option<Pace> {
    if elapsed < SETTLED || done == 0 {
        return None;
    }
    let a_second = done as f64 / elapsed.as_secs_f64();
    let left = Duration::try_from_secs_f64(of.saturating_sub(done) as f64 / a_second).ok()?;
    Some(Pace { a_second, left })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::messages::{En, Ja};

    #[test]
    fn the_pace_is_told_once_it_means_something() {
        assert_eq!(pace(5, 100, Duration::from_millis(1_900)), None);
        let pace = pace(50, 300, Duration::from_secs(10));
        assert_eq!(pace, Some(Pace { a_second: 5.0, left: Duration::from_secs(50) }));
        assert_eq!(En.progress(50, 300, pace), "50 of 300 read, 5.0 a second, 0:50 left");
        assert_eq!(Ja.progress(50, 300, None), "300件中 50件を読み取りました");
        assert!(Ja.progress(50, 300, pace).ends_with("、毎秒 5.0件、残り 0:50"));
    }
}
