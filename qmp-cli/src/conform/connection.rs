//! A connection of a probe: raw bytes with deadlines.

use std::cell::RefCell;
use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::finding::{Finding, Probed};
use super::flavour::Flavour;
use super::inbox::Inbox;
use super::message::Message;
use super::transcript::{Entry, Transcript};

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
    stream: UnixStream,
    inbox: Inbox,
    buffer: Vec<u8>,
    timeout: Duration,
    flavour: Flavour,
    record: Rc<RefCell<Record>>,
}

impl Connection {
    pub(super) fn new(stream: UnixStream, flavour: Flavour, timeout: Duration, record: Rc<RefCell<Record>>) -> Self {
        record.borrow_mut().transcript.add(Entry::Connected);
        Self { stream, inbox: Inbox::default(), buffer: vec![0; 1 << 16], timeout, flavour, record }
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// If the server does not read them in time, or has closed the connection.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> Probed {
        let bytes = bytes.as_ref();
        self.record.borrow_mut().transcript.add(Entry::Sent(bytes.to_vec()));
        // The time limit is for each write that makes progress, so that a server may read a long message slowly.
        let sent = self.stream.set_write_timeout(Some(self.timeout)).and_then(|()| self.stream.write_all(bytes));
        sent.map_err(|error| match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => {
                Finding::broken("the server reads the request", format!("it did not within {:?}", self.timeout))
            }
            _ => Finding::broken("the server reads the request", format!("the connection failed: {error}")),
        })
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
    pub(crate) fn until(&mut self, id: &Value) -> Probed<Vec<Message>> {
        let mut replies = Vec::new();
        loop {
            let reply = self.reply()?;
            if reply.id() == Some(id) {
                return Ok(replies);
            }
            replies.push(reply);
        }
    }

    /// Brings a guest agent into a known state: it answers this command, whatever came before it.
    pub(super) fn synchronise(&mut self) -> Probed {
        const NUMBER: u32 = 20_261_128;
        self.send(b"\xff\n")?;
        self.send_line(format!(r#"{{"execute": "guest-sync-delimited", "arguments": {{"id": {NUMBER}}}}}"#))?;
        while self.reply()?.value.get("return") != Some(&json!(NUMBER)) {}
        Ok(())
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
    pub(crate) fn reply(&mut self) -> Probed<Message> {
        loop {
            let message = self.next()?;
            if !message.is_event() {
                return Ok(message);
            }
        }
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
    pub(crate) fn finish(&mut self) -> Probed {
        self.record.borrow_mut().transcript.add(Entry::Finished);
        let finished = self.stream.shutdown(Shutdown::Write);
        finished.map_err(|error| Finding::broken("an open connection", format!("it failed: {error}")))
    }

    /// Reads until the server closes the connection.
    pub(crate) fn wait_for_end(&mut self) -> Probed {
        let deadline = Instant::now() + self.timeout;
        while self.receive(deadline)? {}
        Ok(())
    }

    /// Waits for bytes. Returns `false` at the end of the stream.
    fn receive(&mut self, deadline: Instant) -> Probed<bool> {
        let nothing = || Finding::broken("a message", format!("nothing within {:?}", self.timeout));
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(nothing());
            }
            match self.stream.set_read_timeout(Some(left)).and_then(|()| self.stream.read(&mut self.buffer)) {
                Ok(0) => {
                    self.record.borrow_mut().transcript.add(Entry::Closed);
                    return Ok(false);
                }
                Ok(count) => {
                    self.record.borrow_mut().transcript.add(Entry::Received(self.buffer[..count].to_vec()));
                    self.inbox.add(&self.buffer[..count]);
                    return Ok(true);
                }
                Err(error) => match error.kind() {
                    ErrorKind::Interrupted => {}
                    ErrorKind::WouldBlock | ErrorKind::TimedOut => return Err(nothing()),
                    _ => return Err(Finding::broken("a message", format!("the connection failed: {error}"))),
                },
            }
        }
    }
}
