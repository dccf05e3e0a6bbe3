//! A server that follows a script.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};

use serde_json::Value;
use test_support::TIME_LIMIT;

/// A greeting with spaces that no other program writes.
pub(crate) const GREETING: &str =
    r#"{"QMP": {"version": {"qemu": {"micro":7,  "minor": 2, "major": 8}, "package": "é"}, "capabilities": ["oob"]}}"#;

/// The server's end of a connection.
pub(crate) struct ScriptedServer(BufReader<UnixStream>);

impl ScriptedServer {
    /// Accepts the proxy's connection, greets, and answers the negotiation.
    pub(crate) fn accept(listener: &UnixListener) -> Self {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        let mut server = Self(BufReader::new(stream));
        server.send(GREETING);
        server.expect(r#"{"execute":"qmp_capabilities","arguments":{"enable":["oob"]},"id":0}"#);
        server.send(r#"{"return": {}, "id": 0}"#);
        server
    }

    /// Sends a line.
    pub(crate) fn send(&mut self, text: &str) {
        self.0.get_mut().write_all(format!("{text}\r\n").as_bytes()).unwrap();
    }

    /// Receives a line that is no question whether a request has ended, which a proxy asks on a busy machine. It is empty at
    /// the end of the stream.
    pub(crate) fn line(&mut self) -> String {
        loop {
            let line = self.any_line();
            if !line.starts_with(r#"{"execute":"qmp_capabilities","id":"#) {
                return line;
            }
        }
    }

    /// Receives a line.
    pub(crate) fn any_line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    #[track_caller]
    pub(crate) fn expect(&mut self, line: &str) {
        assert_eq!(self.line(), line);
    }

    /// Receives a request for this command, and returns its id.
    #[track_caller]
    pub(crate) fn request(&mut self, command: &str) -> u64 {
        let line = self.line();
        let request: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let name = request.get("execute").or(request.get("exec-oob")).unwrap();
        assert_eq!(name, command, "{line}");
        request["id"].as_u64().unwrap()
    }

    /// Receives a request for this command, and answers with `{}`.
    #[track_caller]
    pub(crate) fn answer(&mut self, command: &str) {
        let id = self.request(command);
        self.send(&format!("{{\"return\": {{}}, \"id\": {id}}}"));
    }
}
