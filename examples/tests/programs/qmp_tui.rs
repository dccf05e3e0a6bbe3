//! `qmp-tui`, of the Python package `qemu.qmp`: a full-screen program, in a terminal of `tmux`.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;
use test_support::{TIME_LIMIT, program, within};

use crate::addresses;
use crate::support::Server;

#[test]
fn at_a_unix_socket() {
    let server = Server::start();
    if let Some(_screen) = talk(server.path().to_str().unwrap()) {
        server.wait();
    }
}

#[test]
fn at_a_tcp_port() {
    for flags in addresses::SERVERS {
        let server = addresses::Server::start(flags, "tcp:127.0.0.1:0");
        if let Some(_screen) = talk(&format!("127.0.0.1:{}", server.last_part())) {
            server.wait();
        }
    }
}

/// Executes commands, and ends the server. Returns the screen, unless a program is not set up.
fn talk(address: &str) -> Option<Screen> {
    let (tui, tmux) = (program("qmp-tui")?, program("tmux")?);
    let screen = Screen::start(tmux.get_program().into(), &[tui.get_program().to_str().unwrap(), address]);
    screen.until("[Connected");
    screen.send(r#"{"execute": "query-status"}"#);
    screen.until(r#""status": "running""#);
    screen.send(r#"{"execute": "device_del", "arguments": {"id": "nothing"}}"#);
    screen.until(r#""desc": "Device 'nothing' not found""#);
    screen.send(r#"{"execute": "stop"}"#);
    screen.until(r#""event": "STOP""#);
    screen.send(r#"{"execute": "quit"}"#);
    Some(screen)
}

/// A terminal, with a program in it. Dropped, it ends.
struct Screen {
    tmux: PathBuf,
    folder: TempDir,
}

impl Screen {
    fn start(tmux: PathBuf, program: &[&str]) -> Self {
        let screen = Self { tmux, folder: tempfile::tempdir().unwrap() };
        let mut size = screen.command(&["-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "60"]);
        let status = size.arg(program.join(" ")).status().unwrap();
        assert!(status.success(), "tmux: {status}");
        screen
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.tmux);
        command.arg("-S").arg(self.folder.path().join("tmux")).args(arguments);
        command
    }

    fn text(&self) -> String {
        String::from_utf8(self.command(&["capture-pane", "-p"]).output().unwrap().stdout).unwrap()
    }

    /// Types a message into the editor, and sends it.
    fn send(&self, message: &str) {
        let typed = within(TIME_LIMIT, || {
            // The cursor is in the list of messages at first, and the editor is below.
            self.keys(&["Down"]);
            self.keys(&["C-u"]);
            self.keys(&["-l", message]);
            within(TIME_LIMIT / 10, || self.text().contains(&format!("> {message}")).then_some(()))
        });
        assert!(typed.is_some(), "{message} is not typed:\n{}", self.text());
        self.keys(&["M-Enter"]);
    }

    fn keys(&self, keys: &[&str]) {
        assert!(self.command(&["send-keys"]).args(keys).status().unwrap().success());
    }

    fn until(&self, expected: &str) {
        let shown = within(TIME_LIMIT, || {
            // It draws messages that have arrived only when a key is pressed.
            self.keys(&["Down"]);
            self.text().contains(expected).then_some(())
        });
        assert!(shown.is_some(), "{expected} is not shown:\n{}", self.text());
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.command(&["kill-server"]).status();
    }
}
