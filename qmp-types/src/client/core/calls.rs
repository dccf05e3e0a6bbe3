//! The calls of a connection, by id.

use std::collections::VecDeque;

use super::server_message::Reply;
use crate::Error;
use crate::record::MissingMembers;

/// The calls whose caller has not taken the reply yet, oldest first.
#[derive(Debug)]
pub(super) struct Calls {
    last_id: u64,
    calls: VecDeque<Call>,
    /// The number of calls that the server may have queued.
    outstanding: usize,
    /// The limit of `outstanding`, if there is one.
    limit: Option<usize>,
    /// The calls to which a reply was stored, and whose callers have not been woken yet.
    answered: Vec<u64>,
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
struct Call {
    id: u64,
    /// The command overtakes others, so that the server does not queue it.
    oob: bool,
    /// For a command that is sent only to be answered, the id of the command before it, which is not if it succeeds.
    probes: Option<u64>,
    /// The return value by which the reply is recognised, if replies come in order and earlier calls may have none.
    marker: Option<u64>,
    /// The request may have been sent.
    released: bool,
    /// No further reply is awaited.
    settled: bool,
    /// The reply, if another caller has received it.
    reply: Option<StoredReply>,
    /// Whether the caller has given up. The reply is then dropped when it arrives.
    abandoned: bool,
}

/// A reply that was copied out of the receive buffer.
pub(super) type StoredReply = Result<Box<[u8]>, Error>;

impl Calls {
    /// An id that no call has.
    pub(super) const NO_ID: u64 = 0;

    /// Creates an empty set of calls, whose ids start after `last_id`. At most `limit` calls are
    /// [released](Self::release) and not answered at the same time, apart from those out of band.
    pub(super) fn after(last_id: u64, limit: Option<usize>) -> Self {
        Self { last_id, calls: VecDeque::new(), outstanding: 0, limit, answered: Vec::new() }
    }

    /// Returns an id that no call has.
    pub(super) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Adds a call, and returns its id.
    pub(super) fn begin(&mut self, oob: bool) -> u64 {
        self.add(oob, None, None)
    }

    /// Adds a call whose reply shows that the call `of` before it was executed, and returns its id. Its reply is
    /// recognised by the return value `marker`, if replies come in order.
    pub(super) fn begin_probe(&mut self, of: Option<u64>, marker: Option<u64>) -> u64 {
        self.add(false, of, marker)
    }

    fn add(&mut self, oob: bool, probes: Option<u64>, marker: Option<u64>) -> u64 {
        let id = self.next_id();
        let (released, settled, reply, abandoned) = (false, false, None, false);
        self.calls.push_back(Call { id, oob, probes, marker, released, settled, reply, abandoned });
        id
    }

    /// Returns whether the caller of a call without a reply has given up, and no marker follows it.
    pub(super) fn needs_marker(&self) -> bool {
        let decides = |call: &&Call| call.is_outstanding() && (call.abandoned || call.marker.is_some());
        self.calls.iter().rev().find(decides).is_some_and(|call| call.marker.is_none())
    }

    /// Returns the call that a reply in order belongs to: the marker with this return value, or the oldest call. There is no
    /// reply to the calls before a marker.
    pub(super) fn in_order(&mut self, returned: Option<u64>) -> Option<u64> {
        let is_returned = |call: &&Call| call.is_outstanding() && call.marker.is_some() && call.marker == returned;
        let Some(marker) = self.calls.iter().find(is_returned).map(|call| call.id) else { return self.oldest() };
        self.fail(|id| id < marker, || Error::protocol("the guest agent did not reply"));
        Some(marker)
    }

    /// Ends all calls without a reply: their callers receive the error.
    pub(super) fn fail_all(&mut self, error: impl Fn() -> Error) {
        self.fail(|_| true, error);
    }

    /// Ends those of the calls without a reply. A call with a probe ends by its probe.
    fn fail(&mut self, ends: impl Fn(u64) -> bool, error: impl Fn() -> Error) {
        let ended = self.calls.iter().filter(|call| call.is_outstanding() && ends(call.id)).map(|call| call.id);
        for id in ended.collect::<Vec<_>>() {
            if !self.calls.iter().any(|call| call.probes == Some(id)) {
                self.store(id, Err(error()));
            }
        }
    }

    /// Returns whether the limit allows another call to be released.
    pub(super) fn may_release(&self) -> bool {
        self.limit.is_none_or(|limit| self.outstanding < limit)
    }

    /// Notes that the request of a call may be sent from now on.
    pub(super) fn release(&mut self, id: u64) {
        if let Some(at) = self.find(id) {
            self.calls[at].released = true;
            self.outstanding += usize::from(!self.calls[at].oob);
        }
    }

    /// Returns whether a reply can be that to this call: its request may have been sent, and there was no reply yet.
    pub(super) fn awaits(&self, id: u64) -> bool {
        self.find(id).is_some_and(|at| self.calls[at].is_outstanding())
    }

    /// Stores a reply for its caller, or drops it if the caller has given up.
    pub(super) fn store(&mut self, id: u64, reply: Reply<'_>) {
        let Some(at) = self.settle(id) else { return };
        match self.calls[at].abandoned {
            true => _ = self.calls.remove(at),
            false => {
                self.calls[at].reply = Some(reply.map(Box::from));
                self.answered.push(id);
            }
        }
    }

    /// Returns whether a reply was stored since the last time.
    #[cfg(feature = "tokio")]
    pub(super) fn has_answered(&self) -> bool {
        !self.answered.is_empty()
    }

    /// Returns the calls to which a reply was stored since the last time.
    pub(super) fn take_answered(&mut self) -> impl Iterator<Item = u64> {
        self.answered.drain(..)
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

    /// Removes a call to which no reply is awaited any more, or whose caller has received the reply itself.
    pub(super) fn remove(&mut self, id: u64) {
        if let Some(at) = self.settle(id) {
            self.calls.remove(at);
        }
    }

    /// Marks a call whose caller has given up.
    pub(super) fn abandon(&mut self, id: u64) {
        match self.find(id) {
            Some(at) if self.calls[at].settled => _ = self.calls.remove(at),
            Some(at) => self.calls[at].abandoned = true,
            None => {}
        }
    }

    /// Returns the oldest call without a reply whose request may have been sent.
    pub(super) fn oldest(&self) -> Option<u64> {
        self.calls.iter().find(|call| call.is_outstanding()).map(|call| call.id)
    }

    /// Returns whether there are no calls.
    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Returns the number of calls without a reply.
    pub(super) fn in_flight(&self) -> usize {
        self.calls.iter().filter(|call| !call.settled).count()
    }

    /// Notes that no further reply is awaited to a call, nor to the one that it probes. Returns its position.
    fn settle(&mut self, id: u64) -> Option<usize> {
        let probed = self.find(id).and_then(|at| self.calls[at].probes);
        let probed = probed.and_then(|probed| self.settle(probed));
        if let Some(at) = probed.filter(|at| self.calls[*at].abandoned) {
            self.calls.remove(at);
        }
        let at = self.find(id)?;
        let call = &mut self.calls[at];
        if call.is_outstanding() && !call.oob {
            self.outstanding -= 1;
        }
        call.settled = true;
        Some(at)
    }

    fn find(&self, id: u64) -> Option<usize> {
        // Ids are consecutive, unless calls between have been answered.
        let near = usize::try_from(id.checked_sub(self.calls.front()?.id)?).ok()?;
        match self.calls.get(near) {
            Some(call) if call.id == id => Some(near),
            _ => self.calls.binary_search_by_key(&id, |call| call.id).ok(),
        }
    }
}

impl Call {
    fn is_outstanding(&self) -> bool {
        self.released && !self.settled
    }
}
