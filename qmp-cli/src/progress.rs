//! A line on the terminal that says what is waited for, if it takes long.

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::output::is_capable;

/// This long nobody wonders.
const PATIENCE: Duration = Duration::from_millis(500);

/// The line has to be one, to be taken away again.
const WIDTH: usize = 78;

/// Does the work. If it takes long, a line on the terminal says so until it is done; if standard error is no terminal, nothing
/// does.
pub(crate) fn during<T>(what: &str, work: impl FnOnce() -> T) -> T {
    if !is_capable(&io::stderr()) {
        return work();
    }
    thread::scope(|scope| {
        let (done, is_done) = mpsc::channel::<()>();
        scope.spawn(move || {
            if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                show(&what.chars().take(WIDTH).collect::<String>());
                let _ = is_done.recv();
                show("\r\x1b[K");
            }
        });
        let result = work();
        drop(done);
        result
    })
}

fn show(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{text}").and_then(|()| stderr.flush());
}
