//! The client's side of one connection, without IO: requests in, bytes out; bytes in, replies and events out.

mod calls;
mod framer;
mod handshake;
mod receive_buffer;
mod send_buffer;
mod server_message;
mod subscriptions;
mod waiter;

pub(crate) use self::handshake::HandshakeCommand;
#[cfg(feature = "tokio")]
pub(crate) use self::send_buffer::Piece;
pub(crate) use self::send_buffer::Request;
pub(crate) use self::subscriptions::{RawEvent, SubscriptionId, Subscriptions};
pub(crate) use self::waiter::{Awaited, EventWaiter, GreetingWaiter, ReplyWaiter, Waiter};

use std::fmt;
use std::io;
use std::os::fd::OwnedFd;

use self::calls::{Calls, StoredReply};
use self::receive_buffer::ReceiveBuffer;
use self::send_buffer::SendBuffer;
use self::server_message::{Id, Reply, ServerMessage};
use crate::record::Field;
use crate::{ClientOptions, Error, Greeting, Result};

/// The state of a connection.
///
/// Both clients keep it behind a lock, send what is in [`outgoing`](Self::outgoing), receive into
/// [`incoming`](Self::incoming), and tell by [`received`](Self::received) what came. Nothing here waits.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) outgoing: SendBuffer,
    pub(crate) incoming: ReceiveBuffer,
    calls: Calls,
    subscriptions: Subscriptions,
    greeting: Option<Greeting>,
    failure: Option<ConnectionFailure>,
    /// The peer takes nothing any more. What it has sent before is still to be read.
    send_closed: bool,
    /// Whether out-of-band execution was asked for.
    oob: bool,
}

/// A command that was added to what is to be sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SentCall {
    pub(crate) id: u64,
    /// The command that is answered right after it, where it is not answered itself.
    pub(crate) probe: Option<u64>,
}

/// Why nothing more will come. Every waiter is told, so it is kept in pieces that make an error again and again.
#[derive(Debug)]
enum ConnectionFailure {
    Closed,
    Io(io::ErrorKind, String),
    Protocol(String),
}

impl Core {
    /// A connection on which nothing was sent or received yet.
    pub(crate) fn new(options: &ClientOptions) -> Self {
        // What an earlier client of a guest agent has left unanswered must not look like an answer to us.
        let last_id = if options.guest_agent { handshake::random() } else { 0 };
        Self {
            outgoing: SendBuffer::default(),
            incoming: ReceiveBuffer::default(),
            calls: Calls::after(last_id),
            subscriptions: Subscriptions::new(),
            greeting: None,
            failure: None,
            send_closed: false,
            oob: options.oob,
        }
    }

    /// Adds a command to what is to be sent. A descriptor goes along such that no other command can take it.
    ///
    /// Where no reply comes on success, another command is sent to be answered after it.
    pub(crate) fn begin(
        &mut self,
        request: Request<'_>,
        arguments: &dyn Field,
        fd: Option<OwnedFd>,
    ) -> Result<SentCall> {
        self.alive(&format_args!("`{}` was sent", request.name))?;
        if request.oob && !self.oob {
            return Err(Error::protocol(format!(
                "`{}` cannot be executed out of band: that was not enabled on connection",
                request.name
            )));
        }
        if let Some(fd) = fd {
            self.outgoing.fd(fd);
        }
        let id = self.calls.begin();
        self.outgoing.request(request, arguments, id);
        let probe = request.silent.then(|| {
            let probe = self.calls.begin();
            // A server refuses to negotiate twice, a guest agent does not know how: an answer, and nothing done.
            self.outgoing.request(Request::named("qmp_capabilities"), &(), probe);
            probe
        });
        Ok(SentCall { id, probe })
    }

    /// Makes sure that a guest agent reads from here on, and we from its answer on.
    pub(crate) fn resync(&mut self) {
        self.outgoing.bytes(&[receive_buffer::RESYNC]);
        self.incoming.resync();
    }

    /// # Errors
    /// If nothing more will come: the error says that it was the end before this.
    pub(crate) fn alive(&self, wanted: &dyn fmt::Display) -> Result<()> {
        self.failure.as_ref().map_or(Ok(()), |failure| Err(failure.error(wanted)))
    }

    /// Whether nothing more will come.
    pub(crate) fn is_over(&self) -> bool {
        self.failure.is_some()
    }

    /// Whether the peer takes nothing any more.
    pub(crate) fn is_send_closed(&self) -> bool {
        self.send_closed
    }

    /// Takes in what a read came to: some bytes, the end, or an error. An answer to the `reader` goes straight to it.
    ///
    /// The bytes are those that [`incoming`](Self::incoming) was given the space for.
    pub(crate) fn received(&mut self, result: io::Result<usize>, reader: &mut dyn Waiter) {
        match result {
            Ok(0) => self.fail(ConnectionFailure::Closed),
            Ok(count) => {
                self.incoming.received(count);
                self.sort(reader);
            }
            Err(error) => self.io_failed(&error),
        }
    }

    /// Sending failed. What the peer has sent before it left is still to be read; then comes the end.
    pub(crate) fn send_failed(&mut self, error: &io::Error) {
        self.send_closed = true;
        self.outgoing.clear();
        if !is_end(error.kind()) {
            self.io_failed(error);
        }
    }

    fn io_failed(&mut self, error: &io::Error) {
        self.fail(match error.kind() {
            kind if is_end(kind) => ConnectionFailure::Closed,
            kind => ConnectionFailure::Io(kind, error.to_string()),
        });
    }

    /// Whether there is something for who waits for this.
    pub(crate) fn has(&self, awaited: Awaited) -> bool {
        self.is_over()
            || match awaited {
                Awaited::Greeting => self.greeting.is_some(),
                Awaited::Reply(id) => self.calls.is_answered(id),
                Awaited::Event(key) => self.subscriptions.has_event(key),
            }
    }

    /// The error for a waiter, if nothing more will come.
    pub(crate) fn failure(&self, waiter: &dyn Waiter) -> Option<Result<()>> {
        self.failure.as_ref().map(|failure| Err(failure.error(&waiter.what())))
    }

    /// The server's first words, once they are there.
    pub(crate) fn greeting(&self) -> Option<&Greeting> {
        self.greeting.as_ref()
    }

    /// Who listens to events.
    pub(crate) fn subscriptions(&mut self) -> &mut Subscriptions {
        &mut self.subscriptions
    }

    /// Takes the answer to a call, if somebody else has read it.
    pub(crate) fn take_answer(&mut self, id: u64) -> Option<StoredReply> {
        self.calls.take(id)
    }

    /// Nobody waits for the reply any more: it is dropped when it comes.
    pub(crate) fn abandon(&mut self, call: SentCall) {
        self.calls.abandon(call.id);
        call.probe.inspect(|probe| self.calls.abandon(*probe));
    }

    /// How many calls wait for their replies.
    pub(crate) fn in_flight(&self) -> usize {
        self.calls.in_flight()
    }

    /// Gives every complete message to whom it concerns.
    fn sort(&mut self, reader: &mut dyn Waiter) {
        loop {
            let message = match self.incoming.next() {
                Ok(Some(message)) => ServerMessage::of(message),
                Ok(None) => return,
                Err(error) => Err(error),
            };
            match message {
                Ok(ServerMessage::Reply(id, answer)) => route(&mut self.calls, id, answer, reader),
                Ok(ServerMessage::Event(event)) => self.subscriptions.tell(event),
                Ok(ServerMessage::Greeting(greeting)) => self.greeting = Some(greeting),
                Err(error) => return self.fail(ConnectionFailure::Protocol(error.to_string())),
            }
        }
    }

    fn fail(&mut self, failure: ConnectionFailure) {
        tracing::debug!(?failure, "the connection is over");
        self.failure.get_or_insert(failure);
        self.outgoing.clear();
    }
}

/// Gives an answer to its caller.
///
/// A server that cannot parse a request cannot tell its id. Commands are answered in order, so the reply without an id is
/// taken to be the oldest call's: better than to let that one wait for ever.
fn route(calls: &mut Calls, id: Id, answer: Reply<'_>, reader: &mut dyn Waiter) {
    let (id, answer) = match id {
        Id::Call(id) => (Some(id), answer),
        Id::Foreign => (None, answer),
        Id::Missing => (calls.oldest(), answer.and(Err(Error::protocol("the server's reply lacks the id")))),
    };
    match id {
        Some(id) if reader.awaited() == Awaited::Reply(id) => {
            calls.end(id);
            reader.settle(answer);
        }
        Some(id) => calls.answer(id, answer),
        None => tracing::debug!(?answer, "a reply that nobody asked for"),
    }
}

fn is_end(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
    matches!(kind, BrokenPipe | ConnectionReset | UnexpectedEof)
}

impl ConnectionFailure {
    fn error(&self, wanted: &dyn fmt::Display) -> Error {
        match self {
            Self::Closed => Error::closed_before(wanted.to_string()),
            Self::Io(kind, text) => io::Error::new(*kind, format!("before {wanted}: {text}")).into(),
            Self::Protocol(text) => Error::protocol(text.clone()),
        }
    }
}
