//! A log of the bytes of connections, of a server or a client.

use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::Timestamp;
use crate::sync::lock;

/// A log of the bytes of connections, as JSON lines. Cheap to clone; the clones write to one log.
///
/// Each line is one piece as it was read from a socket or accepted by it, which may be a part of a message or several
/// messages:
///
/// ```json
/// {"timestamp": {"seconds": 1795870000, "microseconds": 12}, "session": 1, "from": "client", "text": "{\"execute\": \"stop\"}\n"}
/// ```
///
/// | member | value |
/// | --- | --- |
/// | `timestamp` | the time, in the form that QMP's events have |
/// | `session` | the number of the session: a server's own, or in the log of clients, the number of the connection |
/// | `from` | `client` or `server`: who has sent the bytes |
/// | `text` | the bytes, if they are UTF-8 |
/// | `hex` | the bytes in hexadecimal, otherwise |
/// | `fds` | how many file descriptors came with them, if any |
///
/// A log contains all that the client and the server say to each other, secrets included. [`create`](Self::create) makes
/// a file that only the current user may read.
///
/// A log is a recording, which `qmp replay` answers with (see [`testing`](crate::testing)).
///
/// Writing is part of sending and receiving. A log that cannot be written ends, with one error through `tracing`; the
/// connection goes on.
///
/// ```
/// use qmp_types::server::{Direction, WireLog};
///
/// let log = WireLog::new(std::io::sink());
/// log.record(1, Direction::FromClient, b"{\"execute\": \"stop\"}\n", 0);
/// // qmp::server(vm).wire_log(log)
/// ```
#[derive(Clone)]
pub struct WireLog {
    /// `None` after an error.
    out: Arc<Mutex<Option<Box<dyn Write + Send>>>>,
    /// The number of clients' connections so far.
    connections: Arc<AtomicU64>,
}

/// The log of one connection of a client.
#[derive(Debug)]
pub(crate) struct ConnectionLog {
    log: WireLog,
    session: u64,
}

/// Who has sent the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The client.
    FromClient,
    /// The server.
    FromServer,
}

impl WireLog {
    /// Creates a log that is written to `out`, a line at a time. Each line is flushed.
    pub fn new(out: impl Write + Send + 'static) -> Self {
        Self { out: Arc::new(Mutex::new(Some(Box::new(out)))), connections: Arc::default() }
    }

    /// Creates a log in a file, which replaces an existing one. Only the current user may read it (mode 0600).
    ///
    /// # Errors
    /// If the file cannot be created.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt;
        let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        Ok(Self::new(file))
    }

    /// Returns the log of another connection of a client.
    pub(crate) fn connection(&self) -> ConnectionLog {
        ConnectionLog { log: self.clone(), session: self.connections.fetch_add(1, Ordering::Relaxed) + 1 }
    }

    /// Adds a line.
    pub fn record(&self, session: u64, direction: Direction, bytes: &[u8], fds: usize) {
        if bytes.is_empty() && fds == 0 {
            return;
        }
        let mut out = lock(&self.out);
        let Some(log) = out.as_mut() else { return };
        let line = line(Timestamp::now(), session, direction, bytes, fds);
        if let Err(error) = log.write_all(&line).and_then(|()| log.flush()) {
            tracing::error!(%error, "cannot write the wire log, ending it");
            *out = None;
        }
    }
}

impl ConnectionLog {
    /// Adds bytes that the client has sent, with the number of descriptors that accompanied them.
    pub(crate) fn sent(&self, bytes: &[u8], fds: usize) {
        self.log.record(self.session, Direction::FromClient, bytes, fds);
    }

    /// Adds bytes that the client has received.
    pub(crate) fn received(&self, bytes: &[u8]) {
        self.log.record(self.session, Direction::FromServer, bytes, 0);
    }
}

fn line(time: Timestamp, session: u64, direction: Direction, bytes: &[u8], fds: usize) -> Vec<u8> {
    let mut line = crate::record::Writer::append_to(Vec::with_capacity(bytes.len() + 128));
    line.literal("{\"timestamp\": {\"seconds\": ");
    line.signed(time.seconds);
    line.literal(", \"microseconds\": ");
    line.signed(time.microseconds);
    line.literal("}, \"session\": ");
    line.unsigned(session);
    line.literal(match direction {
        Direction::FromClient => ", \"from\": \"client\"",
        Direction::FromServer => ", \"from\": \"server\"",
    });
    match str::from_utf8(bytes) {
        Ok("") => {}
        Ok(text) => {
            line.literal(", \"text\": ");
            line.string(text);
        }
        Err(_) => {
            line.literal(", \"hex\": \"");
            for byte in bytes {
                line.literal(&format!("{byte:02x}"));
            }
            line.literal("\"");
        }
    }
    if fds > 0 {
        line.literal(", \"fds\": ");
        line.unsigned(fds as u64);
    }
    line.literal("}\n");
    line.into_bytes()
}

impl fmt::Debug for WireLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireLog").field("ended", &lock(&self.out).is_none()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    fn logged(direction: Direction, bytes: &[u8], fds: usize) -> String {
        let time = Timestamp { seconds: 5, microseconds: 6 };
        let line = String::from_utf8(line(time, 3, direction, bytes, fds)).expect("ASCII");
        assert!(line.ends_with("}\n") && line.matches('\n').count() == 1, "one line: {line}");
        let value: Value = serde_json::from_str(&line).expect("JSON");
        let text = value.get("text").and_then(Value::as_str);
        assert_eq!(text.map(str::as_bytes).unwrap_or(bytes), bytes);
        line
    }

    #[test]
    fn a_line_holds_any_bytes() {
        let start = r#"{"timestamp": {"seconds": 5, "microseconds": 6}, "session": 3, "from": "#;
        let line = logged(Direction::FromClient, "{'a': 'ä\u{0}'}\r\n".as_bytes(), 0);
        assert_eq!(line, format!("{start}\"client\", \"text\": \"{{'a': '\\u00E4\\u0000'}}\\r\\n\"}}\n"));
        let line = logged(Direction::FromServer, b"\xFF\n", 2);
        assert_eq!(line, format!("{start}\"server\", \"hex\": \"ff0a\", \"fds\": 2}}\n"));
        let line = logged(Direction::FromClient, b"", 1);
        assert_eq!(line, format!("{start}\"client\", \"fds\": 1}}\n"));
    }

    #[test]
    fn a_log_that_cannot_be_written_ends() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let log = WireLog::new(Full);
        assert_eq!(format!("{log:?}"), "WireLog { ended: false }");
        log.record(1, Direction::FromClient, b"x", 0);
        assert_eq!(format!("{log:?}"), "WireLog { ended: true }");
        log.record(1, Direction::FromClient, b"x", 0);
    }

    #[test]
    fn a_file_is_for_the_current_user_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("wire.jsonl");
        let log = WireLog::create(&path).expect("a file");
        log.record(1, Direction::FromServer, b"{}\r\n", 0);
        let mode = std::fs::metadata(&path).expect("it exists").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(std::fs::read_to_string(&path).expect("text").contains(r#""text": "{}\r\n""#));
    }
}
