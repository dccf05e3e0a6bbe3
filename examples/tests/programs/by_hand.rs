//! By hand, with `socat` and `telnet`: no id, no order, and a line ends where a person pressed the key.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use test_support::program;

use crate::support::{Dialogue, Server};

/// A dialogue that ends with `quit`, which ends the server.
fn talk(hand: Dialogue, server: Server) {
    talk_and_quit(hand);
    server.wait();
}

/// A dialogue that ends with `quit`.
pub(crate) fn talk_and_quit(mut hand: Dialogue) {
    assert!(hand.until("QMP").contains(r#""capabilities""#));
    hand.say("{ 'execute': 'qmp_capabilities' }\n");
    hand.until(r#"{"return": {}}"#);
    hand.say("{ \"execute\":\n  \"query-status\" }\n");
    hand.until(r#""status": "running""#);
    hand.say("hello?\n");
    hand.until("JSON parse error");
    hand.say("{ 'execute': 'quit' }\n");
    hand.until(r#""event": "SHUTDOWN""#);
    hand.until(r#"{"return": {}}"#);
    assert_eq!(hand.finish().trim(), "");
}

#[test]
fn by_socat() {
    let Some(mut socat) = program("socat") else { return };
    let server = Server::start();
    let address = format!("UNIX-CONNECT:{}", server.path().display());
    talk(Dialogue::start(socat.args(["-", &address])), server);
}

#[test]
fn by_telnet() {
    let (Some(mut socat), Some(mut telnet)) = (program("socat"), program("telnet")) else { return };
    let server = Server::start();
    let target = format!("UNIX-CONNECT:{}", server.path().display());
    let bridge = socat.args(["-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1,fork", &target]).stderr(Stdio::piped());
    let mut bridge = Killed(bridge.spawn().unwrap());
    // Which port it was given stands in what it says, which has to be read as long as it runs.
    let mut said = BufReader::new(bridge.0.stderr.take().unwrap()).lines().map_while(Result::ok);
    let listening = said.find(|line| line.contains("listening on")).expect("socat listens");
    let port = listening.rsplit(':').next().unwrap().to_owned();
    std::thread::spawn(move || said.for_each(drop));
    talk(Dialogue::start(telnet.args(["127.0.0.1", &port]).stderr(Stdio::null())), server);
}

/// A process that ends with the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
