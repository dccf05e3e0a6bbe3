//! The server that a case is tried on, and its sessions.

use std::io::{BufRead, BufReader, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags};
use serde_json::Value;
use test_support::Server;

/// A server with two monitors.
pub(crate) trait Peer {
    /// Connects to a monitor: 1 or 2.
    fn connect(&self, monitor: usize) -> UnixStream;
    /// Waits until the server has noticed that a client has left.
    fn settle(&self);
}

/// A running QEMU.
pub(crate) struct Qemu<'a>(pub(crate) &'a Server);

impl Peer for Qemu<'_> {
    fn connect(&self, monitor: usize) -> UnixStream {
        UnixStream::connect(self.0.folder().join(["socket", "second"][monitor - 1])).expect("QEMU listens")
    }

    fn settle(&self) {
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// A session after the negotiation.
pub(crate) struct Session(BufReader<UnixStream>);

impl Session {
    pub(crate) fn start(peer: &impl Peer, monitor: usize) -> Self {
        let stream = peer.connect(monitor);
        stream.set_read_timeout(Some(test_support::TIME_LIMIT)).expect("a timeout");
        let mut session = Self(BufReader::new(stream));
        assert!(session.receive()["QMP"].is_object());
        session.send(r#"{"execute": "qmp_capabilities"}"#, &[]);
        assert!(session.receive()["return"].is_object());
        session
    }

    pub(crate) fn send(&mut self, text: &str, fds: &[OwnedFd]) {
        send(self.0.get_ref(), text, fds);
    }

    /// Receives the next message that is no event.
    pub(crate) fn receive(&mut self) -> Value {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("a message in time");
            let message: Value = serde_json::from_str(&line).expect("JSON");
            if message.get("event").is_none() {
                return message;
            }
        }
    }

    pub(crate) fn call(&mut self, text: &str) -> Value {
        self.send(text, &[]);
        self.receive()
    }
}

/// Sends bytes, and descriptors with the first of them.
pub(crate) fn send(stream: &UnixStream, text: &str, fds: &[OwnedFd]) {
    let fds: Vec<BorrowedFd<'_>> = fds.iter().map(AsFd::as_fd).collect();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(16))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    assert!(fds.is_empty() || control.push(SendAncillaryMessage::ScmRights(&fds)));
    let sent = rustix::net::sendmsg(stream, &[IoSlice::new(text.as_bytes())], &mut control, SendFlags::empty());
    assert_eq!(sent, Ok(text.len()));
}
