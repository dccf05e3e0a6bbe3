//! The client's side of the dialogue on one connection, without IO: requests in, bytes out; bytes in, replies and
//! events out.

mod calls;
mod event_names;
mod event_waiter;
mod failure;
mod guest_agent;
mod handshake;
mod message_decoder;
mod predicate;
mod raw_event;
#[cfg(feature = "proxy")]
mod raw_message;
mod request;
mod send_buffer;
mod server_message;
mod subscription;
mod subscriptions;
#[cfg(test)]
mod tests;
mod wait_list;
mod waiter;

pub(super) use self::calls::SentCall;
pub(super) use self::event_names::EventNames;
pub(super) use self::event_waiter::EventWaiter;
#[cfg(feature = "proxy")]
pub(crate) use self::guest_agent::random;
pub(super) use self::handshake::{NEGOTIATION, negotiation_arguments};
pub(crate) use self::message_decoder::MessageDecoder;
pub(super) use self::predicate::{Predicate, run_all as run_predicates};
pub(super) use self::raw_event::{RawEvent, SubscriptionId};
#[cfg(feature = "proxy")]
pub(crate) use self::raw_message::{RawError, RawGreeting, RawMessage};
pub(super) use self::request::Request;
#[cfg(feature = "tokio")]
pub(super) use self::send_buffer::Piece;
pub(super) use self::send_buffer::write_request;
pub(crate) use self::server_message::Id;
pub(super) use self::server_message::ServerMessage;
pub(super) use self::subscriptions::Subscriptions;
#[cfg(feature = "tokio")]
pub(super) use self::wait_list::WaitKey;
pub(super) use self::wait_list::WaitList;
pub(super) use self::waiter::{
    Awaited, EndWaiter, ErrorWaiter, GreetingWaiter, ReplyWaiter, SyncWaiter, Waiter, read_return,
};

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::mem;
use std::os::fd::OwnedFd;
use std::task::Waker;
use std::time::Duration;

use self::calls::{Calls, StoredReply};
use self::failure::{ConnectionFailure, is_disconnect};
use self::guest_agent::{GuestAgent, Matching};
use self::send_buffer::SendBuffer;
use self::server_message::Reply;
use self::wait_list::Changes;
use super::process::Process;
use super::{ClientOptions, Greeting};
use crate::error::ProtocolError;
use crate::json::number;
use crate::record::{Field, MissingMembers};
use crate::wire_log::{ConnectionLog, WireLog};
use crate::{Error, Result};

/// The state of a connection.
///
/// A client keeps it behind a lock, sends the bytes in [`outgoing`](Self::outgoing), receives into
/// [`incoming`](Self::incoming), and reports each write with [`sent`](Self::sent) and each read with
/// [`received`](Self::received). No method blocks.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) outgoing: SendBuffer,
    pub(super) incoming: MessageDecoder,
    calls: Calls,
    subscriptions: Subscriptions,
    /// Error replies that belong to no call.
    errors: VecDeque<Error>,
    greeting: Option<Greeting>,
    failure: Option<ConnectionFailure>,
    /// What waiters have not been woken for yet.
    changes: Changes,
    /// The peer reads no more. What it has sent before is still to be received.
    send_closed: bool,
    /// Out-of-band execution was enabled.
    oob: bool,
    missing_members: MissingMembers,
    /// The peer has not greeted, and was sent a request that a guest agent answers.
    probed: bool,
    /// The peer is a guest agent.
    guest_agent: Option<GuestAgent>,
    /// Everything up to a byte 0xFF is to be dropped, once the receive buffer is here.
    resync: bool,
    /// The server's process, if the client has started it.
    process: Option<Process>,
    log: Option<ConnectionLog>,
}

/// How long to wait for the end of a process that has closed its connection, so that errors have its status. If it is
/// exiting, this takes less than a millisecond, on a busy machine more. A server that closes its monitor and runs on costs
/// this time once.
const EXIT_WAIT: Duration = Duration::from_millis(500);

/// The maximum number of commands that the server may have queued while out-of-band execution is enabled. The client
/// queues the others. QEMU stops reading when eight commands wait behind the one that it executes, and so would not see a
/// command that is to overtake them.
const MAX_OUTSTANDING: usize = 8;

/// The maximum number of error replies that are kept although they belong to no call.
const MAX_ERRORS: usize = 64;

impl Core {
    /// Creates the state of a new connection.
    pub(super) fn new(options: &ClientOptions) -> Self {
        // A guest agent may still reply to commands of an earlier client, whose ids must not be taken for ours.
        let last_id = if options.guest_agent { guest_agent::random() } else { 0 };
        let limit = options.oob.then_some(MAX_OUTSTANDING);
        Self {
            outgoing: SendBuffer::default(),
            incoming: MessageDecoder::default(),
            calls: Calls::after(last_id, limit),
            subscriptions: Subscriptions::new(options.event_capacity),
            errors: VecDeque::new(),
            greeting: None,
            failure: None,
            changes: Changes::default(),
            send_closed: false,
            oob: options.oob,
            missing_members: options.missing_members,
            probed: false,
            guest_agent: options.guest_agent.then(GuestAgent::default),
            resync: false,
            process: options.process.clone(),
            log: options.wire_log.as_ref().map(WireLog::connection),
        }
    }

    /// Adds a command to the bytes to send, with a descriptor that no other command can take.
    ///
    /// A command without a success reply is followed by one that is always answered, so that its success is noticed.
    pub(super) fn begin(
        &mut self,
        request: Request<'_>,
        arguments: &dyn Field,
        fd: Option<OwnedFd>,
    ) -> Result<SentCall> {
        self.check_open(&format_args!("`{}` was sent", request.name))
            .map_err(|error| error.in_call(request.name, None))?;
        if request.oob && !self.oob {
            let error = Error::protocol(format!(
                "`{}` cannot be executed out of band; help: connect with `ClientOptions::enable_oob`",
                request.name
            ));
            return Err(error.in_call(request.name, None));
        }
        if request.takes_fd && fd.is_none() {
            let error = Error::protocol(format!(
                "`{0}` takes a file descriptor, found none; help: pass one to the method, or with `call_with_fd`",
                request.name
            ));
            return Err(error.in_call(request.name, None));
        }
        let matching = self.guest_agent.as_ref().map_or(Matching::ById, |agent| agent.matching);
        if matching != Matching::ById && self.calls.needs_marker() {
            let marker = self.push_probe(None, matching);
            self.calls.abandon(marker);
        }
        let id = self.calls.begin(request.oob);
        tracing::trace!(id, command = request.name, oob = request.oob, "request");
        self.outgoing.push_request(request, arguments, id, matching.sends_ids(), fd);
        if request.oob {
            self.outgoing.overtake();
            self.calls.release(id);
        }
        let probe = request.silent.then(|| self.push_probe(Some(id), matching));
        self.release();
        Ok(SentCall { id, probe, missing_members: self.missing_members })
    }

    /// Adds a command without effect, to which the peer always replies, and returns its id. The reply shows that the call
    /// `of` was executed.
    fn push_probe(&mut self, of: Option<u64>, matching: Matching) -> u64 {
        if matching == Matching::ById {
            let id = self.calls.begin_probe(of, None);
            // A server refuses to negotiate twice, and a guest agent does not know the command.
            self.outgoing.push_request(Request::named(NEGOTIATION), &(), id, true, None);
            return id;
        }
        let token = guest_agent::random();
        let id = self.calls.begin_probe(of, Some(token));
        let (request, argument) = (Request::named("guest-sync"), guest_agent::token_argument(token));
        self.outgoing.push_request(request, &argument, id, matching.sends_ids(), None);
        id
    }

    /// Adds a command whose reply is dropped.
    #[cfg(feature = "qemu")]
    pub(super) fn post(&mut self, request: Request<'_>, arguments: &dyn Field) -> Result<()> {
        let call = self.begin(request, arguments, None)?;
        self.disown(call);
        Ok(())
    }

    /// Adds a descriptor to the bytes to send. The next command that takes a descriptor gets it.
    pub(super) fn push_fd(&mut self, fd: OwnedFd) {
        self.outgoing.push_fd(fd);
        self.release();
    }

    /// Takes as many commands out of the queue as the server may have. Returns whether there were any.
    fn release(&mut self) -> bool {
        let mut any = false;
        while let Some(request) = self.outgoing.queued().filter(|id| id.is_none() || self.calls.may_release()) {
            self.outgoing.release();
            request.inspect(|id| self.calls.release(*id));
            any = true;
        }
        any
    }

    /// Begins to synchronise with the guest agent, which drops the incomplete request of an earlier client. The replies to
    /// that client are dropped. Calls in flight end with an error that says `why`.
    ///
    /// # Errors
    /// If the connection has ended, or its peer is not a guest agent.
    pub(super) fn begin_sync(&mut self, why: &str) -> Result<()> {
        self.check_open(&"the guest agent was synchronised")?;
        let Some(agent) = &mut self.guest_agent else {
            return Err(Error::protocol("expected a guest agent, found a QMP server, which needs no synchronisation"));
        };
        self.calls.fail_all(|| Error::protocol(why));
        agent.begin_sync(self.calls.next_id(), &mut self.outgoing);
        self.resync = true;
        self.release();
        Ok(())
    }

    /// Returns whether no synchronisation with a guest agent is in progress.
    pub(super) fn is_synchronized(&self) -> bool {
        self.guest_agent.as_ref().is_none_or(GuestAgent::is_synchronized)
    }

    /// Sends a request to a peer that does not greet. A guest agent answers it, and the connection ends with an error
    /// that says so.
    ///
    /// A QMP server that greets after all rejects the request. That reply has an id that no call has.
    pub(super) fn probe(&mut self) {
        self.probed = true;
        let argument = guest_agent::token_argument(guest_agent::random());
        self.outgoing.push_request(Request::named(guest_agent::SYNC), &argument, Calls::NO_ID, true, None);
        self.outgoing.release();
    }

    /// Fails if the connection has ended: the error names `awaited` as what it ended before.
    pub(super) fn check_open(&self, awaited: &dyn fmt::Display) -> Result<()> {
        self.failure.as_ref().map_or(Ok(()), |failure| Err(failure.error(awaited)))
    }

    /// Returns whether the connection has ended.
    pub(super) fn is_over(&self) -> bool {
        self.failure.is_some()
    }

    /// Returns whether the peer reads no more.
    pub(super) fn is_send_closed(&self) -> bool {
        self.send_closed
    }

    /// Handles that `count` bytes of the last piece of [`outgoing`](Self::outgoing) were sent, with its descriptor.
    pub(super) fn sent(&mut self, count: usize) {
        if let (Some(log), Some(piece)) = (&self.log, self.outgoing.next()) {
            log.sent(&piece.bytes[..count], usize::from(piece.fd.is_some()));
        }
        self.outgoing.sent(count);
    }

    /// Handles the result of a read into [`incoming`](Self::incoming): some bytes, the end of the stream, or an error.
    /// A reply to the `reader`, the waiter that has read, is delivered to it directly.
    pub(super) fn received(&mut self, result: io::Result<usize>, reader: &mut dyn Waiter) {
        match result {
            Ok(0) => self.fail(ConnectionFailure::Closed),
            Ok(count) => {
                let bytes = self.incoming.received(count);
                self.log.iter().for_each(|log| log.received(bytes));
                self.dispatch(reader);
                // Each reply lets the server take another command.
                self.release();
                if self.calls.is_empty() {
                    self.incoming.shrink();
                }
            }
            Err(error) => self.fail(ConnectionFailure::from_io(&error)),
        }
    }

    /// Receives bytes that were not read into [`incoming`](Self::incoming).
    pub(super) fn receive(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && !self.is_over() {
            let space = self.incoming.space();
            let (now, later) = bytes.split_at(bytes.len().min(space.len()));
            space[..now.len()].copy_from_slice(now);
            self.received(Ok(now.len()), &mut GreetingWaiter);
            bytes = later;
        }
    }

    /// Handles a failure to send. If the peer has disconnected, the connection ends after the bytes that it sent
    /// before.
    pub(super) fn send_failed(&mut self, error: &io::Error) {
        self.send_closed = true;
        self.outgoing.clear();
        if !is_disconnect(error) {
            self.fail(ConnectionFailure::from_io(error));
        }
    }

    /// Returns whether a waiter of `awaited` can continue.
    pub(super) fn is_ready(&self, awaited: Awaited) -> bool {
        match awaited {
            Awaited::Event(id) => {
                self.subscriptions.has_item(id) || self.is_over() && !self.subscriptions.is_filtering(id)
            }
            _ if self.is_over() => true,
            Awaited::Greeting => self.greeting.is_some(),
            Awaited::Reply(id) => self.calls.has_reply(id),
            Awaited::Error => !self.errors.is_empty(),
            Awaited::End => false,
            Awaited::Sync => self.is_synchronized(),
        }
    }

    /// Returns whether waiters may be able to continue that have not been woken.
    #[cfg(feature = "tokio")]
    pub(super) fn has_changes(&self) -> bool {
        self.changes.others || self.changes.all || self.calls.has_answered()
    }

    /// Takes the wakers of the waiters that can continue, apart from the one that has read.
    pub(super) fn take_ready(&mut self, list: &mut WaitList, ready: &mut Vec<Waker>) {
        list.take_replies(self.calls.take_answered(), ready);
        let changes = mem::take(&mut self.changes);
        list.take_ready(&changes, self, ready);
    }

    /// Notes that waiters for events may be able to continue.
    pub(super) fn events_changed(&mut self) {
        self.changes.others = true;
    }

    /// Returns whether a waiter of `awaited` can only wait for predicates that run on other threads.
    pub(super) fn is_filtering(&self, awaited: Awaited) -> bool {
        matches!(awaited, Awaited::Event(id) if self.subscriptions.is_filtering(id))
    }

    /// Ends the connection, for all that wait on it.
    pub(super) fn close(&mut self) {
        if !self.is_over() {
            self.fail(ConnectionFailure::ClosedByClient);
        }
    }

    /// Returns why the connection has ended.
    pub(super) fn close_reason(&self) -> Option<Error> {
        self.failure.as_ref().map(ConnectionFailure::reason)
    }

    /// Returns the error for a waiter if the connection has ended.
    pub(super) fn failure(&self, waiter: &dyn Waiter) -> Option<Result<()>> {
        // Without a failure, which is what each call asks for first, no text is made.
        self.failure.as_ref().map(|failure| Err(waiter.name_in(failure.error(&waiter.description()))))
    }

    /// Returns the greeting, once it has been received.
    pub(super) fn greeting(&self) -> Option<&Greeting> {
        self.greeting.as_ref()
    }

    pub(super) fn subscriptions(&mut self) -> &mut Subscriptions {
        &mut self.subscriptions
    }

    /// Takes the reply to a call, if another waiter has read it.
    pub(super) fn take_reply(&mut self, id: u64) -> Option<StoredReply> {
        self.calls.take_reply(id)
    }

    /// Gives up a call: a command that has not been sent is not sent any more, else its reply is dropped when it arrives.
    /// Returns whether another command is to be sent in its place.
    pub(super) fn abandon(&mut self, call: SentCall) -> bool {
        // A probe whose command has been sent is still needed: it shows when the server has executed the command.
        if self.unsend(call.id) {
            call.probe.filter(|probe| !self.unsend(*probe)).inspect(|probe| self.calls.abandon(*probe));
            self.release()
        } else {
            self.disown(call);
            false
        }
    }

    /// Removes a request that has not been sent. Returns whether it had not.
    fn unsend(&mut self, id: u64) -> bool {
        let unsent = self.outgoing.cancel(id);
        if unsent {
            tracing::trace!(id, "the request is not sent: its caller has given up");
            self.calls.remove(id);
        }
        unsent
    }

    /// Drops the reply to a call when it arrives.
    fn disown(&mut self, call: SentCall) {
        self.calls.abandon(call.id);
        call.probe.inspect(|probe| self.calls.abandon(*probe));
    }

    /// Forgets a call that has been answered, or whose success is known.
    pub(super) fn finish(&mut self, call: SentCall) {
        call.probe.inspect(|probe| self.calls.remove(*probe));
        self.calls.remove(call.id);
    }

    /// Returns the number of calls without a reply.
    pub(super) fn in_flight(&self) -> usize {
        self.calls.in_flight()
    }

    /// Delivers all messages that have been received completely.
    fn dispatch(&mut self, reader: &mut dyn Waiter) {
        while !self.is_over() {
            if mem::take(&mut self.resync) {
                self.incoming.resync();
            }
            let message = match self.incoming.next() {
                Ok(Some(message)) => ServerMessage::of(message),
                Ok(None) => return,
                Err(error) => Err(error),
            };
            match message {
                Ok(ServerMessage::Reply(id, reply)) => match (&mut self.guest_agent, &self.greeting) {
                    (Some(agent), _) => {
                        deliver_of_agent(agent, &mut self.calls, id, reply, reader);
                        // The agent may be synchronised now.
                        self.changes.others = true;
                    }
                    (None, None) if self.calls.oldest().is_none() => {
                        let error = reply.err();
                        self.reply_before_greeting(id, error);
                    }
                    // Its request may have overtaken others, or may be the one that waits longest.
                    (None, _) if id == Id::Missing && (self.oob || self.calls.oldest().is_none()) => {
                        let error = reply.err();
                        self.reply_without_call(error);
                    }
                    (None, _) => deliver(&mut self.calls, id, reply, reader),
                },
                Ok(ServerMessage::Event(event)) => {
                    self.subscriptions.publish(RawEvent { missing_members: self.missing_members, ..event });
                    self.changes.others = true;
                }
                Ok(ServerMessage::Greeting(greeting)) => {
                    self.greeting = Some(greeting);
                    self.changes.all = true;
                }
                Err(error) => self.malformed(error),
            }
        }
    }

    /// Handles a reply instead of the greeting.
    fn reply_before_greeting(&mut self, id: Id, error: Option<Error>) {
        match error {
            _ if self.probed => self.fail(ConnectionFailure::Protocol(handshake::no_greeting())),
            // A server that serves no more clients.
            Some(error) if id == Id::Missing => {
                self.fail(ConnectionFailure::Refused(error.desc().unwrap_or_default().to_owned()));
            }
            _ => tracing::debug!(?id, "the server sent a reply before the greeting"),
        }
    }

    /// Keeps an error reply that belongs to no call.
    fn reply_without_call(&mut self, error: Option<Error>) {
        tracing::debug!(?error, "the server sent a reply without an id");
        if self.errors.len() == MAX_ERRORS {
            self.errors.pop_front();
        }
        self.errors.extend(error);
        self.changes.others = true;
    }

    /// Takes the next error reply that belongs to no call.
    pub(super) fn take_error(&mut self) -> Option<Error> {
        self.errors.pop_front()
    }

    /// Handles what is not a message. A guest agent may share its channel with other programs in the guest, and can be
    /// synchronised anew.
    fn malformed(&mut self, error: ProtocolError) {
        if self.guest_agent.is_none() {
            return self.fail(ConnectionFailure::Protocol(error));
        }
        let error = Error::from(error);
        tracing::debug!(%error, "the guest agent is synchronised anew");
        // Fails only if the connection has ended.
        let _ = self.begin_sync(&format!("{error}; the connection has been synchronised anew"));
    }

    fn fail(&mut self, failure: ConnectionFailure) {
        let process = self.process.as_ref().filter(|_| matches!(failure, ConnectionFailure::Closed));
        let exited = process.and_then(|process| process.ended_within(EXIT_WAIT)).map(ConnectionFailure::Exited);
        let failure = exited.unwrap_or(failure);
        tracing::debug!(?failure, "the connection has ended");
        self.failure.get_or_insert(failure);
        self.changes.all = true;
        self.outgoing.clear();
    }
}

/// Delivers a reply to its caller.
///
/// A server that cannot parse a request replies without an id. As commands are answered in order, such a reply is taken
/// for that to the oldest call, which would otherwise wait forever.
fn deliver(calls: &mut Calls, id: Id, reply: Reply<'_>, reader: &mut dyn Waiter) {
    let (id, reply) = match id {
        Id::Call(id) => (Some(id), reply),
        Id::Foreign => (None, reply),
        Id::Missing => (calls.oldest(), reply.and(Err(Error::protocol("the server's reply has no id")))),
    };
    match id {
        Some(id) if calls.awaits(id) => hand_over(calls, id, reply, reader),
        _ => tracing::debug!(?id, ?reply, "the server sent a reply without a request"),
    }
}

/// Delivers a reply of a guest agent, which may not know ids.
fn deliver_of_agent(agent: &mut GuestAgent, calls: &mut Calls, id: Id, reply: Reply<'_>, reader: &mut dyn Waiter) {
    if !agent.is_synchronized() {
        return agent.sync_reply(&id, &reply);
    }
    if agent.matching == Matching::ById {
        return deliver(calls, id, reply, reader);
    }
    let returned = reply.as_ref().ok().and_then(|text| number::read_digits(text));
    match calls.in_order(returned) {
        Some(id) => hand_over(calls, id, reply, reader),
        None => tracing::debug!(?reply, "the guest agent sent a reply without a request"),
    }
}

/// Gives the reply to the caller: directly if it is the reader.
fn hand_over(calls: &mut Calls, id: u64, reply: Reply<'_>, reader: &mut dyn Waiter) {
    tracing::trace!(id, error = reply.as_ref().err().map(tracing::field::display), "reply");
    if reader.awaited() == Awaited::Reply(id) {
        calls.remove(id);
        reader.deliver(reply);
    } else {
        calls.store(id, reply);
    }
}
