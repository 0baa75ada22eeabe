//! How far a run is, on one line of the terminal that is rewritten.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::messages::Messages;

const REFRESH: Duration = Duration::from_millis(100);

pub struct Progress<'a> {
    messages: &'a dyn Messages,
    /// `None`: stderr is no terminal, or the user wants quiet.
    state: Option<Mutex<State>>,
    of: usize,
}

struct State {
    done: usize,
    shown: Option<Instant>,
}

impl<'a> Progress<'a> {
    pub fn new(of: usize, quiet: bool, messages: &'a dyn Messages) -> Self {
        let visible = !quiet && of > 1 && io::stderr().is_terminal();
        Progress { messages, state: visible.then(|| Mutex::new(State { done: 0, shown: None })), of }
    }

    /// One more input is done.
    pub fn step(&self) {
        let Some(mut state) = self.state.as_ref().and_then(|s| s.lock().ok()) else { return };
        state.done += 1;
        if state.shown.is_some_and(|shown| shown.elapsed() < REFRESH) {
            return;
        }
        state.shown = Some(Instant::now());
        let _ = write!(io::stderr(), "\r\x1b[K{}", self.messages.progress(state.done, self.of));
    }

    /// Clears the line for what comes after.
    pub fn finish(&self) {
        if self.state.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
