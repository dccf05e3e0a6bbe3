//! The calls in flight, by id.

use std::collections::VecDeque;

use super::server_message::Reply;
use crate::Error;

/// Calls that were sent and whose answer nobody has taken yet, oldest first.
#[derive(Debug)]
pub(crate) struct Calls {
    last: u64,
    open: VecDeque<OpenCall>,
}

#[derive(Debug)]
struct OpenCall {
    id: u64,
    /// What somebody else has read, to be taken by the caller.
    answer: Option<StoredReply>,
    /// The caller waits no more: the answer is dropped when it comes.
    abandoned: bool,
}

/// An answer that was copied out of the receiving buffer.
pub(crate) type StoredReply = Result<Box<[u8]>, Error>;

impl Calls {
    /// No calls; ids count from the one after `last`.
    pub(crate) fn after(last: u64) -> Self {
        Self { last, open: VecDeque::new() }
    }

    /// A new call's id.
    pub(crate) fn begin(&mut self) -> u64 {
        self.last += 1;
        self.open.push_back(OpenCall { id: self.last, answer: None, abandoned: false });
        self.last
    }

    /// Keeps an answer for its caller, if somebody waits for it.
    pub(crate) fn answer(&mut self, id: u64, answer: Reply<'_>) {
        match self.find(id) {
            Some(at) if self.open[at].abandoned => _ = self.open.remove(at),
            Some(at) if self.open[at].answer.is_none() => self.open[at].answer = Some(answer.map(Box::from)),
            _ => tracing::debug!(id, "a reply that nobody asked for"),
        }
    }

    /// Whether there is an answer to take.
    pub(crate) fn is_answered(&self, id: u64) -> bool {
        self.find(id).is_some_and(|at| self.open[at].answer.is_some())
    }

    /// Takes the answer, if it is there; that ends the call.
    pub(crate) fn take(&mut self, id: u64) -> Option<StoredReply> {
        let at = self.find(id)?;
        let answer = self.open[at].answer.take()?;
        self.open.remove(at);
        Some(answer)
    }

    /// The call is over: its caller has the answer.
    pub(crate) fn end(&mut self, id: u64) {
        if let Some(at) = self.find(id) {
            self.open.remove(at);
        }
    }

    /// The caller waits no more.
    pub(crate) fn abandon(&mut self, id: u64) {
        match self.find(id) {
            Some(at) if self.open[at].answer.is_some() => _ = self.open.remove(at),
            Some(at) => self.open[at].abandoned = true,
            None => {}
        }
    }

    /// The oldest call that has no answer yet.
    pub(crate) fn oldest(&self) -> Option<u64> {
        self.open.iter().find(|call| call.answer.is_none()).map(|call| call.id)
    }

    /// How many calls have no answer yet.
    pub(crate) fn in_flight(&self) -> usize {
        self.open.iter().filter(|call| call.answer.is_none()).count()
    }

    fn find(&self, id: u64) -> Option<usize> {
        self.open.binary_search_by_key(&id, |call| call.id).ok()
    }
}
