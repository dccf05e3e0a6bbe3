//! `qmp-tui`, of the Python package `qemu.qmp`: a full-screen program, in a terminal of `tmux`.

use test_support::{TIME_LIMIT, Terminal, program, within};

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
    let tui = program("qmp-tui")?;
    let screen = Screen(Terminal::start(&format!("{} {address}", tui.get_program().to_str().unwrap()))?);
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

/// The terminal with `qmp-tui`.
struct Screen(Terminal);

impl Screen {
    /// Types a message into the editor, and sends it.
    fn send(&self, message: &str) {
        let typed = within(TIME_LIMIT, || {
            // The cursor is in the list of messages at first, and the editor is below.
            self.0.keys(&["Down"]);
            self.0.keys(&["C-u"]);
            self.0.keys(&["-l", message]);
            within(TIME_LIMIT / 10, || self.0.text().contains(&format!("> {message}")).then_some(()))
        });
        assert!(typed.is_some(), "{message} is not typed:\n{}", self.0.text());
        self.0.keys(&["M-Enter"]);
    }

    fn until(&self, expected: &str) {
        let shown = within(TIME_LIMIT, || {
            // It draws messages that have arrived only when a key is pressed.
            self.0.keys(&["Down"]);
            self.0.text().contains(expected).then_some(())
        });
        assert!(shown.is_some(), "{expected} is not shown:\n{}", self.0.text());
    }
}
