//! The messages of a server: each goes to the caller or the subscribers that wait for it.

use std::io;
use std::mem;

use super::calls::Calls;
use super::failure::ConnectionFailure;
use super::guest_agent::{GuestAgent, Matching};
use super::server_message::{Id, Reply, ServerMessage};
use super::{Awaited, Core, GreetingWaiter, RawEvent, Waiter, handshake};
use crate::Error;
use crate::error::ProtocolError;
use crate::json::number;

/// The maximum number of error replies that are kept although they belong to no call.
const MAX_ERRORS: usize = 64;

impl Core {
    /// Handles the result of a read into [`incoming`](Self::incoming): some bytes, the end of the stream, or an error.
    /// A reply to the `reader`, the waiter that has read, is delivered to it directly.
    pub(in crate::client) fn received(&mut self, result: io::Result<usize>, reader: &mut dyn Waiter) {
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
    pub(in crate::client) fn receive(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && !self.is_over() {
            let space = self.incoming.space();
            let (now, later) = bytes.split_at(bytes.len().min(space.len()));
            space[..now.len()].copy_from_slice(now);
            self.received(Ok(now.len()), &mut GreetingWaiter);
            bytes = later;
        }
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
    pub(in crate::client) fn take_error(&mut self) -> Option<Error> {
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
