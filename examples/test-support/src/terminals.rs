//! Terminals for programs that need one.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::{TIME_LIMIT, program, within};

/// A terminal of 100 columns and 60 lines, which `tmux` makes, with a program in it. Dropping it ends both.
#[derive(Debug)]
pub struct Terminal {
    tmux: PathBuf,
    folder: TempDir,
}

impl Terminal {
    /// Starts a command line of the shell `sh`.
    ///
    /// Returns `None`, after a line that says so, if `tmux` is not set up.
    ///
    /// # Panics
    ///
    /// If `tmux` fails.
    pub fn start(command: &str) -> Option<Self> {
        let tmux = program("tmux")?.get_program().into();
        let terminal = Self { tmux, folder: tempfile::tempdir().expect("a folder") };
        let mut start = terminal.command(&["-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "60"]);
        let status = start.arg(command).status().expect("tmux starts");
        assert!(status.success(), "tmux: {status}");
        Some(terminal)
    }

    /// The text on the screen.
    ///
    /// # Panics
    ///
    /// If `tmux` fails.
    pub fn text(&self) -> String {
        let output = self.command(&["capture-pane", "-p"]).output().expect("tmux starts");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Presses keys: names such as `Enter` and `C-u`, or `-l` and a text.
    ///
    /// # Panics
    ///
    /// If `tmux` fails.
    pub fn keys(&self, keys: &[&str]) {
        assert!(self.command(&["send-keys"]).args(keys).status().expect("tmux starts").success(), "{keys:?}");
    }

    /// Waits until the screen has this text.
    ///
    /// # Panics
    ///
    /// If it does not in time.
    pub fn until(&self, expected: &str) {
        let shown = within(TIME_LIMIT, || self.text().contains(expected).then_some(()));
        assert!(shown.is_some(), "{expected} is not shown:\n{}", self.text());
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.tmux);
        command.arg("-S").arg(self.folder.path().join("tmux")).args(arguments);
        command
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.command(&["kill-server"]).status();
    }
}
