//! A connection of a probe: raw bytes with deadlines.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use qmp_types::transport::Stream;
use serde_json::{Value, json};

use super::finding::{Finding, Probed, expect};
use super::flavour::Flavour;
use super::inbox::Inbox;
use super::message::Message;
use super::transcript::{Entry, Transcript};

/// The bytes for which a time limit holds: a server may read a long message slowly.
const PART: usize = 1 << 16;

/// How many times the time limit of a message a series of messages may take.
const PATIENCE: u32 = 4;
/// The most bytes that a server may send on one connection.
const MOST: usize = 64 << 20;

/// What all connections of a run have recorded.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// The bytes of the current probe.
    pub(crate) transcript: Transcript,
    /// The events of all probes.
    pub(crate) events: Vec<Message>,
    /// How many markers were sent: each has an id of its own.
    markers: u32,
}

/// A connection to the server.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: Stream,
    inbox: Inbox,
    buffer: Vec<u8>,
    /// The number of bytes so far.
    received: usize,
    timeout: Duration,
    flavour: Flavour,
    record: Rc<RefCell<Record>>,
}

impl Connection {
    pub(super) fn new(stream: Stream, flavour: Flavour, timeout: Duration, record: Rc<RefCell<Record>>) -> Self {
        record.borrow_mut().transcript.add(Entry::Connected);
        Self { stream, inbox: Inbox::default(), buffer: vec![0; 1 << 16], received: 0, timeout, flavour, record }
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// If the server does not read them in time, or has closed the connection.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> Probed {
        let bytes = bytes.as_ref();
        self.record.borrow_mut().transcript.add(Entry::Sent(bytes.to_vec()));
        for part in bytes.chunks(PART) {
            let sent = self.stream.send(part, Some(Instant::now() + self.timeout));
            sent.map_err(|error| Finding::broken("a server that reads the request", self.reason(&error)))?;
        }
        Ok(())
    }

    /// Sends a request in a line of its own and returns the next reply.
    pub(crate) fn ask(&mut self, request: impl AsRef<[u8]>) -> Probed<Message> {
        self.send_line(request)?;
        self.reply()
    }

    /// Sends a request in a line of its own.
    pub(crate) fn send_line(&mut self, request: impl AsRef<[u8]>) -> Probed {
        self.send([request.as_ref(), b"\n"].concat())
    }

    /// Sends bytes and a line end, and returns all replies to them: at least one.
    ///
    /// The end of the replies is known from the reply to another command, which is sent after the first of them.
    pub(crate) fn replies(&mut self, bytes: impl AsRef<[u8]>) -> Probed<Vec<Message>> {
        self.send_line(bytes)?;
        let mut replies = vec![self.reply()?];
        replies.extend(self.mark()?);
        Ok(replies)
    }

    /// Sends a harmless command and returns the replies that arrive before its own.
    pub(crate) fn mark(&mut self) -> Probed<Vec<Message>> {
        let id = {
            let mut record = self.record.borrow_mut();
            record.markers += 1;
            json!(format!("qmp-conform-{}", record.markers))
        };
        self.send_line(self.ping(&id.to_string()))?;
        self.until(&id)
    }

    /// Returns the replies that arrive before the one with this id.
    ///
    /// # Errors
    /// As for [`next`](Self::next), or if other replies go on and on.
    pub(crate) fn until(&mut self, id: &Value) -> Probed<Vec<Message>> {
        let deadline = Instant::now() + self.timeout * PATIENCE;
        let mut replies = Vec::new();
        while Instant::now() < deadline {
            let reply = self.reply()?;
            if reply.id() == Some(id) {
                return Ok(replies);
            }
            replies.push(reply);
        }
        Err(Finding::broken(format!("the reply with the id `{id}`"), format!("{} other replies", replies.len())))
    }

    /// Brings a guest agent into a known state: it answers this command even after malformed or incomplete input.
    pub(super) fn synchronise(&mut self) -> Probed {
        const NUMBER: u32 = 20_261_128;
        self.send(b"\xff\n")?;
        self.send_line(format!(r#"{{"execute": "guest-sync-delimited", "arguments": {{"id": {NUMBER}}}}}"#))?;
        let deadline = Instant::now() + self.timeout * PATIENCE;
        while Instant::now() < deadline {
            if self.reply()?.value.get("return") == Some(&json!(NUMBER)) {
                return Ok(());
            }
        }
        Err(Finding::broken(format!("a reply with the number {NUMBER}"), "other replies"))
    }

    /// A command that changes nothing, with this id.
    pub(crate) fn ping(&self, id: &str) -> String {
        format!(r#"{{"execute": "{}", "id": {id}}}"#, self.ping_name())
    }

    /// The name of the command that [`ping`](Self::ping) sends.
    pub(crate) fn ping_name(&self) -> &'static str {
        match self.flavour {
            Flavour::Monitor => "query-version",
            Flavour::Agent => "guest-ping",
        }
    }

    /// Returns the next reply. Events that arrive before it are recorded.
    ///
    /// # Errors
    /// As for [`next`](Self::next), or if there are only events.
    pub(crate) fn reply(&mut self) -> Probed<Message> {
        let deadline = Instant::now() + self.timeout * PATIENCE;
        while Instant::now() < deadline {
            let message = self.next()?;
            if !message.is_event() {
                return Ok(message);
            }
        }
        Err(Finding::broken("a reply", "only events"))
    }

    /// Returns the next message, which may be an event.
    ///
    /// # Errors
    /// If none arrives in time, the server closes the connection, or the message is not JSON.
    pub(crate) fn next(&mut self) -> Probed<Message> {
        let deadline = Instant::now() + self.timeout;
        loop {
            if let Some(message) = self.inbox.take()? {
                if message.is_event() {
                    self.record.borrow_mut().events.push(message.clone());
                }
                return Ok(message);
            }
            if !self.receive(deadline)? {
                return Err(Finding::broken("a message", "the server closed the connection"));
            }
        }
    }

    /// Returns the bytes that follow the last message, once there are some.
    pub(crate) fn following(&mut self) -> Probed<&[u8]> {
        let deadline = Instant::now() + self.timeout;
        while self.inbox.rest().is_empty() && self.receive(deadline)? {}
        Ok(self.inbox.rest())
    }

    /// Closes the sending side.
    pub(crate) fn finish(&mut self) {
        self.record.borrow_mut().transcript.add(Entry::Finished);
        self.stream.end_sending();
    }

    /// Reads until the server closes the connection.
    pub(crate) fn wait_for_end(&mut self) -> Probed {
        let deadline = Instant::now() + self.timeout;
        while self.receive(deadline)? {}
        Ok(())
    }

    /// Waits for bytes. Returns `false` at the end of the stream.
    fn receive(&mut self, deadline: Instant) -> Probed<bool> {
        let received = self.stream.receive(&mut self.buffer, Some(deadline));
        let count = received.map_err(|error| Finding::broken("a message", self.reason(&error)))?;
        self.received += count;
        expect(self.received < MOST, "fewer bytes", format!("more than {} MiB for a few requests", MOST >> 20))?;
        let bytes = &self.buffer[..count];
        self.inbox.add(bytes);
        self.record.borrow_mut().transcript.add(match count {
            0 => Entry::Closed,
            _ => Entry::Received(bytes.to_vec()),
        });
        Ok(count > 0)
    }

    /// What was found instead of success.
    fn reason(&self, error: &io::Error) -> String {
        match error.kind() {
            io::ErrorKind::TimedOut => format!("nothing within {:?}", self.timeout),
            _ => format!("the connection failed: {error}"),
        }
    }
}
