//! The client's side of the dialogue on one connection, without IO: requests in, bytes out; bytes in, replies and
//! events out.

mod calls;
mod dispatch;
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
mod requests;
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
use std::task::Waker;
use std::time::Duration;

use self::calls::{Calls, StoredReply};
use self::failure::{ConnectionFailure, is_disconnect};
use self::guest_agent::GuestAgent;
use self::send_buffer::SendBuffer;
use self::wait_list::Changes;
use super::process::Process;
use super::{ClientOptions, Greeting};
use crate::record::MissingMembers;
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

    /// Returns whether no synchronisation with a guest agent is in progress.
    pub(super) fn is_synchronized(&self) -> bool {
        self.guest_agent.as_ref().is_none_or(GuestAgent::is_synchronized)
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

    /// Returns the number of calls without a reply.
    pub(super) fn in_flight(&self) -> usize {
        self.calls.in_flight()
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
