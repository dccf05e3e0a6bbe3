//! A server that follows a script.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub(crate) const GREETING: &str = r#"{"QMP": {"version": {"qemu": {"micro": 7, "minor": 2, "major": 8}, "package": "Debian"}, "capabilities": ["oob"]}}"#;

/// How long the peer waits for bytes.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// The server's end of a connection.
#[derive(Debug)]
pub(crate) struct Peer(BufReader<UnixStream>);

impl Peer {
    /// Returns the client's end of a connection, and the thread on which the peer follows the script.
    pub(crate) fn follow(script: impl FnOnce(&mut Self) + Send + 'static) -> (UnixStream, JoinHandle<()>) {
        let (client, server) = UnixStream::pair().unwrap();
        (client, thread::spawn(move || script(&mut Self::new(server))))
    }

    pub(crate) fn new(stream: UnixStream) -> Self {
        // A client that does not send the expected bytes must not hang the test.
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        Self(BufReader::new(stream))
    }

    /// [`follow`](Self::follow) after the handshake, which takes the id 1.
    pub(crate) fn negotiated(script: impl FnOnce(&mut Self) + Send + 'static) -> (UnixStream, JoinHandle<()>) {
        Self::follow(|peer| {
            peer.greet();
            script(peer);
        })
    }

    pub(crate) fn greet(&mut self) {
        self.send(GREETING);
        self.expect(r#"{"execute": "qmp_capabilities", "id": 1}"#);
        self.send(r#"{"return": {}, "id": 1}"#);
    }

    /// Sends a line.
    pub(crate) fn send(&mut self, text: &str) {
        self.send_raw(format!("{text}\r\n").as_bytes());
    }

    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// Receives a line, which must be equal to `line`.
    #[track_caller]
    pub(crate) fn expect(&mut self, line: &str) {
        assert_eq!(self.line(), line);
    }

    /// Receives a line, which is empty at the end of the stream.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Checks that the client sends nothing for a while.
    #[track_caller]
    pub(crate) fn expect_silence(&mut self) {
        assert!(self.0.buffer().is_empty(), "{}", String::from_utf8_lossy(self.0.buffer()));
        let socket = self.0.get_ref();
        socket.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let received = self.0.fill_buf().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(received.unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
        self.0.get_ref().set_read_timeout(Some(TIME_LIMIT)).unwrap();
    }

    /// Waits until the client has closed the connection.
    pub(crate) fn expect_end(&mut self) {
        self.expect("");
    }
}
