//! The calls in flight, by id.

use std::collections::VecDeque;

use super::server_message::Reply;
use crate::Error;
use crate::record::MissingMembers;

/// The calls that were sent and whose caller has not taken the reply yet, oldest first.
#[derive(Debug)]
pub(super) struct Calls {
    last_id: u64,
    calls: VecDeque<CallInFlight>,
}

/// The ids of a call that was added to the send buffer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SentCall {
    pub(super) id: u64,
    /// For a command without a success reply, the id of a second command that was sent after it. The reply to the second
    /// shows that the first has succeeded.
    pub(super) probe: Option<u64>,
    /// How the reply is decoded.
    pub(super) missing_members: MissingMembers,
}

#[derive(Debug)]
struct CallInFlight {
    id: u64,
    /// The reply, if another caller has received it.
    reply: Option<StoredReply>,
    /// Whether the caller has given up. The reply is then dropped when it arrives.
    abandoned: bool,
}

/// A reply that was copied out of the receive buffer.
pub(super) type StoredReply = Result<Box<[u8]>, Error>;

impl Calls {
    /// Creates an empty set of calls, whose ids start after `last_id`.
    pub(super) fn after(last_id: u64) -> Self {
        Self { last_id, calls: VecDeque::new() }
    }

    /// Adds a call, and returns its id.
    pub(super) fn begin(&mut self) -> u64 {
        self.last_id += 1;
        self.calls.push_back(CallInFlight { id: self.last_id, reply: None, abandoned: false });
        self.last_id
    }

    /// Stores a reply for its caller, or drops it if the caller has given up.
    pub(super) fn store(&mut self, id: u64, reply: Reply<'_>) {
        match self.find(id) {
            Some(at) if self.calls[at].abandoned => _ = self.calls.remove(at),
            Some(at) if self.calls[at].reply.is_none() => self.calls[at].reply = Some(reply.map(Box::from)),
            _ => tracing::debug!(id, "the server sent a reply without a request"),
        }
    }

    /// Returns whether a reply is stored.
    pub(super) fn has_reply(&self, id: u64) -> bool {
        self.find(id).is_some_and(|at| self.calls[at].reply.is_some())
    }

    /// Takes the stored reply, if there is one, and removes the call.
    pub(super) fn take_reply(&mut self, id: u64) -> Option<StoredReply> {
        let at = self.find(id)?;
        let reply = self.calls[at].reply.take()?;
        self.calls.remove(at);
        Some(reply)
    }

    /// Removes a call whose caller has received the reply itself.
    pub(super) fn remove(&mut self, id: u64) {
        if let Some(at) = self.find(id) {
            self.calls.remove(at);
        }
    }

    /// Marks a call whose caller has given up.
    pub(super) fn abandon(&mut self, id: u64) {
        match self.find(id) {
            Some(at) if self.calls[at].reply.is_some() => _ = self.calls.remove(at),
            Some(at) => self.calls[at].abandoned = true,
            None => {}
        }
    }

    /// Returns the oldest call without a reply.
    pub(super) fn oldest(&self) -> Option<u64> {
        self.calls.iter().find(|call| call.reply.is_none()).map(|call| call.id)
    }

    /// Returns the number of calls without a reply.
    pub(super) fn in_flight(&self) -> usize {
        self.calls.iter().filter(|call| call.reply.is_none()).count()
    }

    fn find(&self, id: u64) -> Option<usize> {
        self.calls.binary_search_by_key(&id, |call| call.id).ok()
    }
}
