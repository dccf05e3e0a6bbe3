//! A progress line on the terminal.

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::output::is_capable;

/// The line appears only after this time, so that short work leaves the terminal alone.
const DELAY: Duration = Duration::from_millis(500);

/// The longest line: only a single line can be erased.
const MAX_WIDTH: usize = 78;

/// Erases the line.
const ERASE: &str = "\r\x1b[K";

/// Does the work and returns its result. If it takes long and standard error is a terminal, a line there says what the program
/// is doing until the work is done.
pub(crate) fn during<T>(activity: &str, work: impl FnOnce() -> T) -> T {
    if !is_capable(&io::stderr()) {
        return work();
    }
    thread::scope(|scope| {
        let (done, is_done) = mpsc::channel::<()>();
        scope.spawn(move || {
            if is_done.recv_timeout(DELAY) == Err(RecvTimeoutError::Timeout) {
                show(&activity.chars().take(MAX_WIDTH).collect::<String>());
                let _ = is_done.recv();
                show(ERASE);
            }
        });
        let result = work();
        drop(done);
        result
    })
}

/// A line on the terminal that says which step of a series runs. It is erased when this is dropped.
pub(crate) struct Steps {
    is_capable: bool,
}

impl Steps {
    pub(crate) fn new() -> Self {
        Self { is_capable: is_capable(&io::stderr()) }
    }

    /// Replaces the line.
    pub(crate) fn show(&mut self, step: &str) {
        if self.is_capable {
            show(&format!("{ERASE}{}", step.chars().take(MAX_WIDTH).collect::<String>()));
        }
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        if self.is_capable {
            show(ERASE);
        }
    }
}

fn show(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{text}").and_then(|()| stderr.flush());
}
