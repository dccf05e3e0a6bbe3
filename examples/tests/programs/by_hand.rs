//! By hand, with `socat` and `telnet`: no id, no order, and a line ends where a person pressed the key.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::support::{Dialogue, Server, installed, within};

/// A dialogue that ends with `quit`.
fn talk(mut hand: Dialogue, server: Server) {
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
    server.wait();
}

#[test]
fn by_socat() {
    let Some(mut socat) = installed("socat") else { return };
    let server = Server::start();
    let address = format!("UNIX-CONNECT:{}", server.path().display());
    talk(Dialogue::start(socat.args(["-", &address])), server);
}

#[test]
fn by_telnet() {
    let (Some(mut socat), Some(mut telnet)) = (installed("socat"), installed("telnet")) else { return };
    let server = Server::start();
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let listen = format!("TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork");
    let bridge = socat.args([listen, format!("UNIX-CONNECT:{}", server.path().display())]).stderr(Stdio::null());
    let _bridge = Killed(bridge.spawn().unwrap());
    let probe = || TcpStream::connect(("127.0.0.1", port)).ok();
    assert!(within(Duration::from_secs(10), probe).is_some(), "nobody listens");
    talk(Dialogue::start(telnet.args(["127.0.0.1", &port.to_string()]).stderr(Stdio::null())), server);
}

/// A process that ends with the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
