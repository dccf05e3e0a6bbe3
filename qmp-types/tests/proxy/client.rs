//! A client that sends and compares texts.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use test_support::TIME_LIMIT;

/// A client. Each of its operations fails after the time limit.
pub(crate) struct Client(BufReader<UnixStream>);

impl Client {
    /// Connects, and does not read the greeting.
    pub(crate) fn connect(path: &Path) -> Self {
        Self::of(UnixStream::connect(path).unwrap())
    }

    pub(crate) fn of(stream: UnixStream) -> Self {
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        stream.set_write_timeout(Some(TIME_LIMIT)).unwrap();
        Self(BufReader::new(stream))
    }

    /// Reads the greeting and negotiates.
    pub(crate) fn negotiate(&mut self, arguments: &str) {
        let greeting = self.line();
        assert!(greeting.starts_with("{\"QMP\": "), "{greeting}");
        self.send(&format!("{{\"execute\": \"qmp_capabilities\", \"arguments\": {arguments}}}"));
        assert_eq!(self.line(), "{\"return\": {}}");
    }

    pub(crate) fn send(&mut self, text: &str) {
        self.send_bytes(text.as_bytes());
    }

    /// Returns the next line without its end. It is empty at the end of the stream.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(_) => line.trim_end().to_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => String::new(),
            Err(error) => panic!("no line in time: {error}"),
        }
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// Returns the next line with its end.
    pub(crate) fn line_of_bytes(&mut self) -> Vec<u8> {
        let mut line = Vec::new();
        self.0.read_until(b'\n', &mut line).unwrap();
        line
    }

    pub(crate) fn call(&mut self, text: &str) -> String {
        self.send(text);
        self.line()
    }

    /// Executes a command, and returns the reply. Events are skipped.
    pub(crate) fn execute(&mut self, request: &str) -> Value {
        self.send(request);
        self.reply()
    }

    /// Returns the next reply. Events are skipped.
    pub(crate) fn reply(&mut self) -> Value {
        loop {
            let message: Value = serde_json::from_str(&self.line()).unwrap();
            if message.get("event").is_none() {
                return message;
            }
        }
    }

    /// Returns whether nothing arrives for a while.
    pub(crate) fn is_silent(&mut self) -> bool {
        self.0.get_mut().set_read_timeout(Some(Duration::from_millis(100))).unwrap();
        let silent = self.0.fill_buf().is_err();
        self.0.get_mut().set_read_timeout(Some(TIME_LIMIT)).unwrap();
        silent
    }

    pub(crate) fn stream(&self) -> &UnixStream {
        self.0.get_ref()
    }
}
