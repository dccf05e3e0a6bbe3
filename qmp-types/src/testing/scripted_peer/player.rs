//! Plays a script on a thread.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::handshake::Handshake;
use super::script::{Failure, Next, Script};
use super::step::{Answer, ExpectedCommand, Postponement, Step};
use crate::testing::message_splitter::Piece;
use crate::testing::message_stream::{MessageStream, Received};
use crate::testing::request::Request;
use crate::{ErrorClass, Timestamp, Value};

/// Plays a script.
pub(super) struct Player {
    script: Arc<Script>,
    handshake: Handshake,
    /// How long to wait for each step.
    limit: Duration,
    connection: Option<MessageStream>,
    /// What the client has sent although the script has no step for it yet, and since when that is known.
    early: Option<(Piece, Instant)>,
    /// The ids of the commands whose answers were postponed.
    postponed: HashMap<Postponement, Option<Value>>,
}

impl Player {
    pub(super) fn new(script: &Arc<Script>, handshake: &Handshake, limit: Duration) -> Self {
        Self {
            script: Arc::clone(script),
            handshake: handshake.clone(),
            limit,
            connection: None,
            early: None,
            postponed: HashMap::new(),
        }
    }

    /// Plays the script to its end, or until it fails, and closes the connection.
    pub(super) fn play(mut self) {
        if let Err(failure) = self.steps() {
            self.script.fail(failure);
        }
        self.close();
    }

    fn steps(&mut self) -> Result<(), Failure> {
        loop {
            match self.script.next() {
                Next::Step(step) => {
                    self.perform(step)?;
                    self.script.step_done();
                }
                Next::Wait => self.check_silence(self.limit)?,
                Next::End => return self.check_silence(Duration::ZERO),
            }
        }
    }

    fn perform(&mut self, step: Step) -> Result<(), Failure> {
        match step {
            Step::NextClient => self.next_client(),
            Step::Expect(expected) => self.expect(expected),
            Step::Emit { event, data } => {
                let Timestamp { seconds, microseconds } = Timestamp::now();
                let data = if data == "{}" { String::new() } else { format!(", \"data\": {data}") };
                let time = format!("{{\"seconds\": {seconds}, \"microseconds\": {microseconds}}}");
                let text = format!("{{\"timestamp\": {time}, \"event\": {}{data}}}\r\n", Value::from(event));
                self.send(text.as_bytes())
            }
            Step::Send(bytes) => self.send(&bytes),
            Step::Delay(time) => {
                thread::sleep(time);
                Ok(())
            }
            Step::Close => {
                self.close();
                Ok(())
            }
            Step::Answer { postponed, answer, .. } => {
                let id = self.postponed.remove(&postponed).unwrap_or_default();
                self.answer(id, answer)
            }
        }
    }

    fn next_client(&mut self) -> Result<(), Failure> {
        self.close();
        let deadline = Instant::now() + self.limit;
        let client = loop {
            if let Some(client) = self.script.next_client() {
                break client;
            }
            if Instant::now() >= deadline {
                return Err(failure("a client connects", format!("none within {:?}", self.limit)));
            }
        };
        self.connection = Some(MessageStream::new(client));
        let Some(expected) = self.handshake.expected() else { return Ok(()) };
        self.send(self.handshake.greeting().clone().as_bytes())?;
        let request = self.request("", expected)?;
        match self.handshake.reply(&request) {
            Some(reply) => self.send(&reply),
            None => self.refuse(&request, expected.to_owned(), request.to_string()),
        }
    }

    fn expect(&mut self, expected: ExpectedCommand) -> Result<(), Failure> {
        let request = self.request(&expected.command, &expected.description())?;
        let fds = self.connection.as_mut().map(MessageStream::take_fds).unwrap_or_default();
        if let Err(difference) = expected.check(&request, fds.len()) {
            let separator = if difference.is_empty() { "" } else { ": " };
            return self.refuse(&request, expected.description(), format!("{request}{separator}{difference}"));
        }
        self.script.add_fds(fds);
        thread::sleep(expected.delay);
        self.answer(request.id, expected.answer)
    }

    fn answer(&mut self, id: Option<Value>, answer: Answer) -> Result<(), Failure> {
        match answer {
            Answer::Return(value) => self.send(&Request::success(id.as_ref(), &value)),
            Answer::Fail(error) => self.send(&Request::failure_of(id.as_ref(), &error)),
            Answer::Nothing => Ok(()),
            Answer::Postpone(postponed) => {
                self.postponed.insert(postponed, id);
                Ok(())
            }
            Answer::DieAfter { bytes, value } => {
                let reply = Request::success(id.as_ref(), &value);
                let sent = self.send(&reply[..bytes.min(reply.len())]);
                self.close();
                sent
            }
            Answer::Raw(bytes) => self.send(&bytes),
            Answer::Close => {
                self.close();
                Ok(())
            }
        }
    }

    /// Replies with an error, so that the client does not wait, and fails.
    fn refuse(&mut self, request: &Request, expected: String, found: String) -> Result<(), Failure> {
        let desc = format!("the scripted peer expected {expected}, found {found}");
        let reply = Request::failure(request.id.as_ref(), &ErrorClass::GenericError, &desc);
        self.send(&reply)?;
        Err(Failure { expected, found })
    }

    /// Waits for the next request. `command` is the name of the expected command, which `expected` describes.
    fn request(&mut self, command: &str, expected: &str) -> Result<Request, Failure> {
        let piece = match self.early.take() {
            Some((piece, _)) => piece,
            None => match self.receive(Instant::now() + self.limit, command)? {
                Some(Received::Piece(piece)) => piece,
                Some(Received::End) => return Err(failure(expected, "the client has closed the connection")),
                Some(Received::TimedOut) => return Err(failure(expected, format!("nothing within {:?}", self.limit))),
                None => {
                    let found = "no connection; help: the script goes on with another client after `next_client()`";
                    return Err(failure(expected, found));
                }
            },
        };
        match &piece {
            Piece::Message(text) => {
                Request::read(text).map_err(|reason| failure(expected, format!("{text}: {reason}")))
            }
            Piece::Other(bytes) => Err(failure(expected, format!("{:?}", String::from_utf8_lossy(bytes)))),
            Piece::Resync => Err(failure(expected, "the byte 0xFF")),
        }
    }

    /// Fails if the client has sent something for which the script has no step, and gets none within the limit.
    fn check_silence(&mut self, limit: Duration) -> Result<(), Failure> {
        if self.early.is_none()
            && let Some(Received::Piece(piece)) = self.receive(Instant::now(), "")?
        {
            self.early = Some((piece, Instant::now()));
        }
        match &self.early {
            Some((_, since)) if since.elapsed() >= limit => {
                let request = self.request("", "nothing: the script has no more steps")?;
                self.refuse(&request, "nothing: the script has no more steps".to_owned(), request.to_string())
            }
            _ => Ok(()),
        }
    }

    /// Receives a message. Returns `None` if there is no connection.
    ///
    /// A client that synchronises is answered, unless the script expects that `command`.
    fn receive(&mut self, deadline: Instant, command: &str) -> Result<Option<Received>, Failure> {
        loop {
            let Some(connection) = &mut self.connection else { return Ok(None) };
            let received =
                connection.receive(Some(deadline)).map_err(|error| failure("a message", error.to_string()))?;
            let Received::Piece(Piece::Message(text)) = &received else { return Ok(Some(received)) };
            let request = Request::read(text).ok().filter(|request| request.command != command);
            match request.and_then(|request| self.handshake.synchronisation(&request)) {
                Some(reply) => self.send(&reply)?,
                None => return Ok(Some(received)),
            }
        }
    }

    /// Sends bytes. A client that has disconnected is no failure: it may have given up, which the test finds out.
    fn send(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(connection) = &self.connection else {
            return Err(failure("a connection to send on", "none: the script has closed it"));
        };
        match connection.send(bytes) {
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                Err(failure("a client that reads", error.to_string()))
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self) {
        self.early = None;
        if let Some(connection) = self.connection.take() {
            connection.close();
        }
    }
}

fn failure(expected: &str, found: impl Into<String>) -> Failure {
    Failure { expected: expected.to_owned(), found: found.into() }
}
