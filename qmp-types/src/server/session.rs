//! One connection of a server, without IO: bytes and file descriptors in, commands and bytes out.

mod builtin;
mod canonical;
mod capabilities;
mod commands;
mod deadlines;
mod dialogue;
mod driving;
mod envelope;
mod error_limit;
mod grammar;
mod progress;
mod protocol;
mod reply;
mod request;
mod request_decoder;
mod task;
mod timing;

pub(super) use dialogue::{UNKNOWN_COMMAND, not_found};
pub use protocol::ServerSchema;
pub(super) use protocol::{Protocol, Reading, UnknownCommands};
pub use request::Request;
pub(super) use request_decoder::RequestDecoder;
pub use task::{PendingRequest, Task};

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::task::Waker;

use deadlines::Deadlines;
use dialogue::{Dialogue, FoundCommand};
use progress::QueuedMessage;
use request_decoder::{Message, StoredMessage};

use super::access::CommandBudget;
use super::connections::{Connections, RegisteredSession};
use super::observe::SessionObserver;
use super::shared_session::{Link, OutputBounds, SharedSession};
use crate::Error;
use crate::record::Writer;
use crate::transport::Stream;

/// One connection of a server, without IO: [`Server::session`](crate::Server::session) creates it.
///
/// The caller moves bytes between a connection and the session, and decides where commands run:
///
/// 1. [`receive`](Self::receive) takes bytes from the client, while [`wants_input`](Self::wants_input) says so, and
///    [`finish`](Self::finish) the end of its stream.
/// 2. [`next`](Self::next) returns the next request that has to be executed. Everything else that the client may send, the
///    session answers itself: negotiation, introspection, mistakes.
/// 3. [`Request::run`] executes a request on the spot, [`Request::detach`] makes it a [`Task`] for any thread, and
///    [`Request::take`] hands it out to be answered later.
/// 4. [`send`](Self::send) or [`take_output`](Self::take_output) give the bytes for the client: the greeting, replies, and
///    the events that any thread has emitted.
///
/// Before the caller waits for input, [`can_proceed`](Self::can_proceed) says whether requests have become possible since
/// [`next`](Self::next) was called, and [`deadline`](Self::deadline) until when to wait.
///
/// Replies have the order of the requests. A client that has not enabled out-of-band execution has one request executed at
/// a time, and no further input is wanted meanwhile. If it has, up to 8 requests wait behind the one that runs, and
/// `exec-oob` requests overtake them.
///
/// Dropping a session ends it: the results of its commands are discarded, and [`Context::is_cancelled`] tells them.
///
/// # Examples
///
/// ```
/// # fn example(server: qmp_types::Server<()>) -> std::io::Result<()> {
/// let mut session = server.session();
/// session.receive(b"{\"execute\": \"qmp_capabilities\"}{\"execute\": \"query-status\"}", vec![]);
/// session.finish();
/// while let Some(request) = session.next() {
///     request.run(&server);
/// }
/// let output = session.take_output(); // the greeting and two replies
/// assert!(session.is_finished());
/// # Ok(())
/// # }
/// ```
///
/// [`Context::is_cancelled`]: crate::Context::is_cancelled
pub struct Session {
    protocol: Arc<Protocol>,
    registered: Arc<RegisteredSession>,
    dialogue: Dialogue,
    decoder: RequestDecoder,
    /// Received descriptors, with the position in the stream at which they arrived.
    arrived_fds: VecDeque<(u64, Vec<OwnedFd>)>,
    /// The in-band requests that wait while one runs.
    queue: VecDeque<QueuedMessage>,
    /// The request that is executed next, and the message that contains it if that came from the queue.
    found: Option<FoundCommand>,
    from_queue: Option<StoredMessage>,
    /// The reply to the request that is being executed.
    reply: Writer,
    /// The number of bytes that waited to be sent when a reply was added last.
    waiting: usize,
    /// Messages that were received have not been looked at, because too much output waited or a command ran.
    is_behind: bool,
    input: Input,
    deadlines: Deadlines,
    /// What the session may execute, if that is limited.
    budget: Option<CommandBudget>,
}

/// What is known of the end of the client's stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    Open,
    /// The stream has ended, and the last message has not been looked at.
    Ended,
    /// No message is left.
    Exhausted,
}

impl Session {
    pub(super) fn new(protocol: &Arc<Protocol>, server: &Arc<Connections>, link: Arc<dyn Link>) -> Self {
        let peer = link.stream().and_then(Stream::peer);
        let observer = SessionObserver::new(&server.counters, &protocol.observers, peer);
        let mut reply = Writer::new();
        let allowed = protocol.access.check_peer(peer);
        match &allowed {
            Ok(()) => protocol.greet(&mut reply),
            Err(error) => {
                tracing::warn!(session = observer.number(), %error, "refusing a connection");
                observer.counters.sessions_refused.add(1);
                reply::error(&mut reply, None, error);
            }
        }
        let bounds = OutputBounds {
            session: protocol.limits.output,
            server: protocol.limits.server_output,
            total: Arc::clone(&server.output_total),
            events: protocol.event_limits,
        };
        let shared = SharedSession::new(link, bounds, protocol.style, observer);
        let waiting = shared.push_reply(reply.bytes_mut());
        Self {
            protocol: Arc::clone(protocol),
            registered: server.register(shared, protocol),
            dialogue: Dialogue::new(protocol, &server.counters),
            decoder: RequestDecoder::new(protocol.first_limits()),
            arrived_fds: VecDeque::new(),
            queue: VecDeque::new(),
            found: None,
            from_queue: None,
            reply,
            waiting,
            is_behind: false,
            input: if allowed.is_ok() { Input::Open } else { Input::Exhausted },
            deadlines: Deadlines::new(protocol.timeouts),
            budget: protocol.access.budget(),
        }
    }

    /// Takes bytes that the client has sent. The descriptors are those that arrived with the first of the bytes.
    ///
    /// No byte is refused. If bytes are added although [`wants_input`](Self::wants_input) is false, they wait.
    pub fn receive(&mut self, bytes: &[u8], fds: Vec<OwnedFd>) {
        self.receive_fds(fds);
        self.shared().observer().received(bytes, 0);
        self.decoder.append(bytes);
        self.deadlines.received();
    }

    /// Takes the end of the client's stream. The requests before it are still executed and answered.
    pub fn finish(&mut self) {
        if self.input == Input::Open {
            self.input = Input::Ended;
        }
    }

    /// Returns the next request to be executed, if there is one now. The same request is returned until it is run,
    /// detached or taken.
    #[allow(clippy::should_implement_trait, reason = "an iterator cannot lend")]
    pub fn next(&mut self) -> Option<Request<'_>> {
        if self.found.is_none() {
            self.find();
        }
        Request::new(self)
    }

    /// Returns whether the session can use bytes from the client now. It cannot while a command runs, unless the client
    /// has enabled out-of-band execution and fewer than 8 requests wait; nor while too many bytes wait to be sent.
    #[must_use]
    pub fn wants_input(&self) -> bool {
        self.input == Input::Open && self.may_proceed() && self.delayed_until().is_none()
    }

    /// Returns whether messages were received that could not be looked at before and can be now, because output was sent or a
    /// command has ended. If so, [`next`](Self::next) has to be called before the caller waits for input.
    #[must_use]
    pub fn can_proceed(&self) -> bool {
        self.is_behind && self.may_proceed() && self.delayed_until().is_none()
    }

    /// Returns whether nothing is left to be executed, because the client's stream has ended or the server is being
    /// stopped. The connection can be closed once all output was sent.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let is_exhausted = self.input == Input::Exhausted && self.queue.is_empty() && self.found.is_none();
        let is_over = is_exhausted || self.registered.server.is_stopped();
        is_over && !self.registered.shared.any_runs()
    }

    /// Passes the bytes for the client to `send`, which returns how many of them it has sent, until it fails with
    /// `WouldBlock` or none is left. Returns how many are left, all events counted as one byte.
    ///
    /// # Errors
    /// If `send` fails, or if the session was closed because the client does not read.
    pub fn send(&mut self, send: impl FnMut(&[u8]) -> io::Result<usize>) -> io::Result<usize> {
        self.end_events();
        self.waiting = self.registered.shared.flush_with(send)?;
        Ok(self.waiting)
    }

    /// Returns all bytes for the client.
    #[must_use]
    pub fn take_output(&mut self) -> Vec<u8> {
        self.waiting = 0;
        self.registered.shared.take_output()
    }

    /// Sets whether messages have a line for each member and item, like those of QEMU's option `pretty=on`. Default: that
    /// of the server. Set before anything was sent, it holds for the greeting, too.
    pub fn set_pretty(&mut self, pretty: bool) {
        self.registered.shared.set_pretty(pretty);
    }

    /// Sets the waker that is woken whenever another thread has changed the session: an event was emitted, a detached or
    /// taken request was answered, or the server is being stopped.
    ///
    /// [`next`](Self::next), [`send`](Self::send) and [`is_finished`](Self::is_finished) may then have something new.
    pub fn set_waker(&mut self, waker: &Waker) {
        self.registered.shared.set_waker(waker);
    }

    /// Returns whether bytes wait to be sent.
    #[must_use]
    pub fn has_output(&self) -> bool {
        self.registered.shared.has_output()
    }

    /// Returns whether the client has enabled out-of-band execution.
    #[must_use]
    pub fn is_oob(&self) -> bool {
        self.dialogue.is_oob()
    }
}

/// Appends an error reply to no request.
pub(super) fn error_reply(out: &mut Writer, error: &Error) {
    reply::error(out, None, error);
}

/// Returns the message that was found last.
fn message_of<'m>(from_queue: Option<&'m StoredMessage>, decoder: &'m RequestDecoder) -> Message<'m> {
    from_queue.map_or_else(|| decoder.message(), StoredMessage::message)
}

impl Drop for Session {
    fn drop(&mut self) {
        self.registered.remove();
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("dialogue", &self.dialogue).field("input", &self.input).finish_non_exhaustive()
    }
}
