//! Runs programs: the examples, and other clients in a dialogue.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use test_support::{TIME_LIMIT, within};

/// An example program, as cargo has built it beside this test.
pub(crate) fn example(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(program.exists(), "{} is missing: cargo build -p examples --examples", program.display());
    Command::new(program)
}

/// The example server, at a socket of its own. Dropped, it is killed.
pub(crate) struct Server {
    process: Child,
    dir: TempDir,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::of("server", &[])
    }

    /// Another example that serves at the socket that is its first argument.
    pub(crate) fn of(name: &str, options: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("vm.sock");
        let process =
            example(name).arg(socket).args(options).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let server = Self { process, dir };
        assert!(within(TIME_LIMIT, || server.path().exists().then_some(())).is_some(), "nobody listens");
        server
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().join("vm.sock")
    }

    /// Sends a signal to the server.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.process), signal).unwrap();
    }

    /// Waits for the server to end by itself, with success.
    pub(crate) fn wait(self) {
        self.wait_with(|| {});
    }

    /// [`wait`](Self::wait), and then look into its folder.
    pub(crate) fn wait_with(mut self, look: impl FnOnce()) {
        let status = within(TIME_LIMIT, || self.process.try_wait().unwrap());
        assert!(status.is_some_and(|status| status.success()), "{status:?}");
        look();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A program that is talked to.
pub(crate) struct Dialogue {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Dialogue {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (to, from) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        Self { process, to, from }
    }

    pub(crate) fn say(&mut self, text: &str) {
        self.to.write_all(text.as_bytes()).unwrap();
        self.to.flush().unwrap();
    }

    /// Reads until a line has this in it, and returns that line.
    pub(crate) fn until(&mut self, what: &str) -> String {
        let mut line = String::new();
        while !line.contains(what) {
            line.clear();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "it ended without {what:?}");
        }
        line
    }

    /// Closes its input, and returns the rest of what it says.
    pub(crate) fn finish(mut self) -> String {
        drop(self.to);
        let mut rest = String::new();
        self.from.read_to_string(&mut rest).unwrap();
        self.process.wait().unwrap();
        rest
    }
}
