//! One connection of a server, without IO: bytes and file descriptors in, commands and bytes out.

mod builtin;
mod canonical;
mod capabilities;
mod commands;
mod deadlines;
mod dialogue;
mod envelope;
mod error_limit;
mod grammar;
mod protocol;
mod reply;
mod request;
mod request_decoder;
mod task;

pub(super) use dialogue::{UNKNOWN_COMMAND, not_found};
pub use protocol::ServerSchema;
pub(super) use protocol::{Protocol, Reading};
pub use request::Request;
pub(super) use request_decoder::RequestDecoder;
pub use task::{PendingRequest, Task};

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use deadlines::{Deadlines, Due, IDLE, Status};
use dialogue::{Dialogue, FoundCommand};
use request_decoder::{Message, StoredMessage};

use super::access::CommandBudget;
use super::connections::{Connections, RegisteredSession};
use super::observe::SessionObserver;
use super::shared_session::{Link, OutputBounds, SharedSession, UNCOUNTED};
use crate::Error;
use crate::record::Writer;
use crate::transport::Stream;

/// How many in-band requests may wait while one runs, if the client has enabled out-of-band execution. QEMU's limit.
const QUEUE: usize = 8;

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

/// A message that waits, with the descriptors that arrived with it.
struct QueuedMessage {
    message: Result<StoredMessage, String>,
    position: u64,
    fds: Option<Vec<OwnedFd>>,
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

    /// Takes descriptors that arrive with the next byte.
    pub(super) fn receive_fds(&mut self, fds: Vec<OwnedFd>) {
        if !fds.is_empty() {
            self.shared().observer().received(&[], fds.len());
            self.arrived_fds.push_back((self.decoder.received_bytes(), fds));
        }
    }

    /// Returns the space to receive into, which is never empty.
    pub(super) fn space(&mut self) -> &mut [u8] {
        self.decoder.space()
    }

    /// Takes the first `count` bytes of the [space](Self::space).
    pub(super) fn received(&mut self, count: usize) {
        self.decoder.received(count);
        self.registered.shared.observer().received(self.decoder.last_received(count), 0);
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

    /// Returns when to call [`on_deadline`](Self::on_deadline), if something has to be done at a certain time. The time may
    /// change with every other call.
    #[must_use]
    pub fn deadline(&mut self) -> Option<Instant> {
        let stop = self.registered.server.shutdown.deadline();
        if self.is_finished() {
            return stop;
        }
        let own = if self.deadlines.is_empty() { None } else { self.deadlines.next(self.status()) };
        let events = self.registered.server.event_deadline();
        earliest(earliest(own, stop), earliest(self.delayed_until(), events))
    }

    /// Returns how long to wait for input, if the client may be idle for a limited time and nothing else is due before. It is
    /// for drivers that are woken when the server is being stopped.
    pub(super) fn idle_limit(&self) -> Option<Duration> {
        let limit = self.deadlines.idle_limit(self.dialogue.is_negotiated())?;
        let may_wait = self.budget.is_none() && !self.is_finished();
        may_wait.then_some(limit)
    }

    /// Disconnects the client, which was idle for too long.
    pub(super) fn end_idleness(&mut self) {
        self.disconnect(IDLE);
    }

    /// Does what is due: disconnects a client that has exceeded one of the server's [`Timeouts`], or all clients at the end
    /// of the [grace period](crate::Server::grace) of a server that was stopped; tells a client of the mistakes that were not
    /// reported one by one; sends events to all clients that were kept because of their [rate](crate::Server::rate_limit).
    /// Nothing happens before the [`deadline`](Self::deadline).
    ///
    /// [`Timeouts`]: crate::server::Timeouts
    pub fn on_deadline(&mut self, now: Instant) {
        self.registered.server.send_kept_events(now);
        if self.registered.server.shutdown.deadline().is_some_and(|deadline| deadline <= now) {
            return self.close();
        }
        match self.deadlines.due(self.status(), now) {
            None => {}
            Some(Due::Errors) => self.report_hidden_errors(),
            Some(Due::Disconnection(why)) => self.disconnect(why),
        }
    }

    fn disconnect(&mut self, why: &str) {
        tracing::info!(why, "disconnecting a client");
        self.close();
    }

    /// Ends the session: no further request is executed.
    fn close(&mut self) {
        self.input = Input::Exhausted;
        self.queue.clear();
        self.found = None;
        self.decoder.clear();
        self.registered.shared.close();
    }

    fn status(&self) -> Status {
        let is_busy = self.found.is_some() || !self.queue.is_empty() || self.registered.shared.any_runs();
        Status { is_negotiated: self.dialogue.is_negotiated(), is_busy }
    }

    /// Tells the client how many errors were not reported.
    fn report_hidden_errors(&mut self) {
        self.dialogue.report_hidden_errors(&mut self.reply);
        self.waiting = self.registered.shared.push_reply(self.reply.bytes_mut());
    }

    /// Returns whether bytes wait to be sent.
    #[must_use]
    pub fn has_output(&self) -> bool {
        self.registered.shared.has_output()
    }

    /// Sends what the socket accepts, and returns how many bytes are left.
    ///
    /// # Errors
    /// If the connection has failed or was closed.
    pub(super) fn flush(&mut self) -> io::Result<usize> {
        self.end_events();
        self.waiting = self.registered.shared.flush()?;
        Ok(self.waiting)
    }

    /// Returns how many bytes waited to be sent when a reply was added last.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Returns whether so many bytes wait to be sent that no request is executed.
    pub(super) fn is_output_full(&self) -> bool {
        let shared = &self.registered.shared;
        self.waiting >= shared.output_limit() || self.waiting >= UNCOUNTED && shared.is_server_full()
    }

    /// Returns how few bytes have to wait before requests are executed again, if too many do.
    pub(super) fn output_target(&self) -> usize {
        let limit = self.registered.shared.output_limit();
        if self.waiting >= limit { limit / 2 } else { UNCOUNTED / 2 }
    }

    /// Returns whether the last requests or replies have left a buffer of more than `kept` bytes.
    pub(super) fn is_larger_than(&mut self, kept: usize) -> bool {
        self.decoder.memory() > kept || self.reply.bytes_mut().capacity() > kept
    }

    /// Frees the memory that an idle session does not need, if it has more than `kept` bytes of a kind.
    pub(super) fn shrink(&mut self, kept: usize) {
        if self.found.is_some() {
            return;
        }
        self.decoder.shrink(kept);
        self.dialogue.shrink();
        if self.reply.bytes_mut().capacity() > kept {
            self.reply = Writer::append_to(Vec::new());
        }
        self.arrived_fds.shrink_to_fit();
        self.queue.shrink_to_fit();
        self.registered.shared.shrink(kept);
    }

    pub(super) fn shared(&self) -> &Arc<SharedSession> {
        &self.registered.shared
    }

    /// Returns whether the client has enabled out-of-band execution.
    #[must_use]
    pub fn is_oob(&self) -> bool {
        self.dialogue.is_oob()
    }

    /// Returns whether the next message may be looked at.
    fn may_proceed(&self) -> bool {
        let RegisteredSession { shared, server, .. } = &*self.registered;
        let has_room = || self.dialogue.is_oob() && self.queue.len() < QUEUE && !self.queue_is_large();
        !server.is_stopped() && !self.is_output_full() && (!shared.in_band_runs() || has_room())
    }

    /// Takes no more events once the client has left: a flood of them would keep the connection open.
    fn end_events(&self) {
        if self.input == Input::Exhausted && self.is_finished() {
            self.registered.shared.end_events();
        }
    }

    /// Returns when the next message may be looked at, if the session's rate of commands makes it wait.
    pub(super) fn delayed_until(&self) -> Option<Instant> {
        self.budget.as_ref()?.ready_at(Instant::now)
    }

    /// Returns whether the requests that wait are together as long as a single one may be.
    fn queue_is_large(&self) -> bool {
        let lengths = self.queue.iter().map(|queued| queued.message.as_ref().map_or(0, StoredMessage::len));
        lengths.sum::<usize>() >= self.protocol.limits.messages.bytes
    }

    /// Looks at messages until one is a request to be executed. The others are answered.
    fn find(&mut self) {
        let mut has_seen_all = false;
        while self.found.is_none() && self.may_proceed() && self.delayed_until().is_none() {
            let in_band_runs = self.registered.shared.in_band_runs();
            if !in_band_runs && let Some(queued) = self.queue.pop_front() {
                self.execute_queued(queued);
                continue;
            }
            let Some((found, position)) = self.next_message() else {
                self.deadlines.looked(self.decoder.is_partial(), self.dialogue.has_hidden_errors());
                has_seen_all = true;
                break;
            };
            self.deadlines.message_ended();
            let fds = self.fds_before(position);
            if in_band_runs && !(found.is_ok() && self.dialogue.is_oob_request(self.decoder.message())) {
                let message = found.map(|()| self.decoder.store());
                self.queue.push_back(QueuedMessage { message, position, fds });
                continue;
            }
            self.from_queue = None;
            self.execute(found, position, fds);
        }
        self.is_behind = self.found.is_none() && !has_seen_all;
    }

    /// Goes to the next message of the stream, or to an error in it.
    fn next_message(&mut self) -> Option<(Result<(), String>, u64)> {
        let frame = self.decoder.next().or_else(|| {
            // Of the descriptors that precede the end of the next message, the last ones count.
            if self.arrived_fds.len() > 1 {
                self.arrived_fds.drain(..self.arrived_fds.len() - 1);
            }
            if self.input != Input::Ended {
                return None;
            }
            self.input = Input::Exhausted;
            let last = self.decoder.finish();
            if last.is_none() {
                self.report_hidden_errors();
            }
            last
        })?;
        Some((frame.found, frame.position))
    }

    /// Returns the last descriptors that arrived before a position of the stream.
    fn fds_before(&mut self, position: u64) -> Option<Vec<OwnedFd>> {
        let mut last = None;
        while self.arrived_fds.front().is_some_and(|(arrived, _)| *arrived < position) {
            last = self.arrived_fds.pop_front().map(|(_, fds)| fds);
        }
        last
    }

    fn execute_queued(&mut self, queued: QueuedMessage) {
        let QueuedMessage { message, position, fds } = queued;
        let found = message.map(|message| self.from_queue = Some(message));
        self.execute(found, position, fds);
    }

    /// Executes a message as far as that takes no handler.
    fn execute(&mut self, found: Result<(), String>, position: u64, fds: Option<Vec<OwnedFd>>) {
        if let Some(fds) = fds {
            self.registered.shared.replace_fds(fds);
        }
        let was_negotiated = self.dialogue.is_negotiated();
        let Self { protocol, registered, dialogue, decoder, from_queue, reply, budget, .. } = self;
        registered.server.counters.messages.add(1);
        if let Some(budget) = budget
            && budget.take(Instant::now())
        {
            registered.server.counters.delayed.add(1);
        }
        match found {
            Err(description) => dialogue.malformed(position, description, reply),
            Ok(()) => {
                let message = message_of(from_queue.as_ref(), decoder);
                let observer = registered.shared.observer();
                self.found =
                    dialogue.message(protocol, &registered.server.permissions, observer, message, position, reply);
                if self.found.is_some() {
                    return;
                }
            }
        }
        self.waiting = match self.dialogue.is_negotiated() == was_negotiated {
            true => self.registered.shared.push_reply(self.reply.bytes_mut()),
            false => {
                self.decoder.set_limits(self.protocol.limits.messages);
                self.registered.shared.push_reply_before_events(self.reply.bytes_mut())
            }
        };
    }
}

/// Appends an error reply to no request.
pub(super) fn error_reply(out: &mut Writer, error: &Error) {
    reply::error(out, None, error);
}

/// Returns the earlier of two times.
fn earliest(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
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
