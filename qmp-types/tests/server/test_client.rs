//! A client without typed calls, for dialogues that depend on time.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use qmp_types::{Server, ServerHandle};
use serde_json::Value;

use crate::machine::{self, Machine};
use crate::support::NEGOTIATE;

/// Serves a connection with one of the servers, which behave alike.
pub(crate) type Serve = fn(Server<Machine>, UnixStream) -> qmp_types::Result<()>;

/// All servers.
pub(crate) const SERVERS: &[Serve] = &[
    |server, stream| server.serve_stream(stream),
    #[cfg(feature = "tokio")]
    |server, stream| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(server.tokio().serve_stream(stream))
    },
    #[cfg(feature = "tokio")]
    |server, stream| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(server.tokio().serve_stream(stream))
    },
];

/// The client's end of a connection. Each operation fails after 20 s.
pub(crate) struct Client {
    pub(crate) stream: UnixStream,
    received: Vec<u8>,
}

impl Client {
    pub(crate) fn new(stream: UnixStream) -> Self {
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream.set_write_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        Self { stream, received: Vec::new() }
    }

    /// Creates a client that has not negotiated, and a thread that serves it.
    pub(crate) fn greeted(
        serve: Serve,
        server: Server<Machine>,
    ) -> (Self, ServerHandle, JoinHandle<qmp_types::Result<()>>) {
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        let handle = server.handle();
        let thread = thread::spawn(move || serve(server, theirs));
        (Self::new(ours), handle, thread)
    }

    /// Creates a client that has negotiated, and a thread that serves it.
    pub(crate) fn negotiated(
        serve: Serve,
        server: Server<Machine>,
    ) -> (Self, ServerHandle, JoinHandle<qmp_types::Result<()>>) {
        let (mut client, handle, thread) = Self::greeted(serve, server);
        client.negotiate();
        (client, handle, thread)
    }

    /// [`negotiated`](Self::negotiated) with the blocking server.
    pub(crate) fn of(server: Server<Machine>) -> (Self, ServerHandle, JoinHandle<qmp_types::Result<()>>) {
        Self::negotiated(SERVERS[0], server)
    }

    /// [`of`](Self::of) with the asynchronous server.
    #[cfg(feature = "tokio")]
    pub(crate) fn of_async(server: Server<Machine>) -> (Self, ServerHandle, JoinHandle<qmp_types::Result<()>>) {
        Self::negotiated(SERVERS[1], server)
    }

    /// Creates a client of the default server.
    pub(crate) fn of_machine() -> Self {
        Self::of(machine::server()).0
    }

    pub(crate) fn negotiate(&mut self) {
        assert!(self.receive()["QMP"].is_object());
        assert!(self.call(NEGOTIATE)["return"].is_object());
    }

    pub(crate) fn send(&mut self, text: impl AsRef<[u8]>) {
        self.stream.write_all(text.as_ref()).expect("the server reads");
    }

    /// Receives the next message.
    pub(crate) fn receive(&mut self) -> Value {
        self.try_receive().expect("in time").expect("a message before the end of the stream")
    }

    /// Receives the next message; `None` at the end of the stream.
    pub(crate) fn try_receive(&mut self) -> io::Result<Option<Value>> {
        loop {
            if let Some(end) = self.received.iter().position(|&byte| byte == b'\n') {
                let line: Vec<u8> = self.received.drain(..=end).collect();
                return Ok(Some(serde_json::from_slice(&line).expect("strict JSON")));
            }
            let mut buffer = vec![0; 1 << 16];
            match self.stream.read(&mut buffer)? {
                0 => return Ok(None),
                count => self.received.extend_from_slice(&buffer[..count]),
            }
        }
    }

    pub(crate) fn call(&mut self, text: impl AsRef<[u8]>) -> Value {
        self.send(text);
        self.receive()
    }

    /// Receives all messages up to the end of the stream.
    pub(crate) fn rest(&mut self) -> Vec<Value> {
        std::iter::from_fn(|| self.try_receive().unwrap_or_default()).collect()
    }
}
