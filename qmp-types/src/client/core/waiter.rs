//! What somebody waits for.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::server_message::Reply;
use super::subscriptions::{RawEvent, SubscriptionId};
use super::{Core, SentCall};
use crate::record::{Field, Mode, Reader};
use crate::{Error, Result};

/// What a waiter is interested in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Awaited {
    /// The greeting.
    Greeting,
    /// The reply to a call.
    Reply(u64),
    /// The next event of a subscription.
    Event(SubscriptionId),
}

/// Somebody who waits. The two clients know how to wait, and nothing of what for.
pub(crate) trait Waiter {
    /// What for.
    fn awaited(&self) -> Awaited;
    /// Whether it is over. What was waited for stays with the waiter.
    fn poll(&mut self, core: &mut Core) -> Option<Result<()>>;
    /// The answer, straight from the receiving buffer: it came while its caller was reading.
    fn settle(&mut self, _answer: Reply<'_>) {}
    /// Waits no more.
    fn cancel(&mut self, _core: &mut Core) {}
    /// For errors: "the reply to `stop`".
    fn what(&self) -> String;
    /// For the error when the time is over.
    fn too_late(&self, limit: Duration) -> String {
        format!("{}: none within {limit:?}", self.what())
    }
}

/// Waits for the greeting.
#[derive(Debug)]
pub(crate) struct GreetingWaiter;

impl Waiter for GreetingWaiter {
    fn awaited(&self) -> Awaited {
        Awaited::Greeting
    }

    fn poll(&mut self, core: &mut Core) -> Option<Result<()>> {
        core.greeting().map(|_| Ok(())).or_else(|| core.failure(self))
    }

    fn what(&self) -> String {
        "the greeting".into()
    }

    fn too_late(&self, limit: Duration) -> String {
        format!("the greeting: no greeting within {limit:?}: another client may be connected")
    }
}

/// Waits for the reply to a call.
pub(crate) struct ReplyWaiter<'a> {
    call: SentCall,
    name: &'a str,
    /// Filled with what the command returns.
    value: &'a mut dyn Field,
    outcome: Option<Result<()>>,
}

impl<'a> ReplyWaiter<'a> {
    pub(crate) fn new(call: SentCall, name: &'a str, value: &'a mut dyn Field) -> Self {
        Self { call, name, value, outcome: None }
    }

    /// The call whose answer is the end of the wait.
    fn last(&self) -> u64 {
        self.call.probe.unwrap_or(self.call.id)
    }

    /// Whether a command without a reply has failed all the same, now that this would be known.
    fn silence(&mut self, core: &mut Core) -> Option<Result<()>> {
        let gone = core.failure(self).is_some() && !core.is_send_closed();
        if self.outcome.is_none() && !gone {
            return None;
        }
        let answer = core.take_answer(self.call.id);
        core.abandon(self.call);
        Some(answer.map_or(Ok(()), |answer| answer.map(drop)))
    }

    fn read(&mut self, text: &[u8]) -> Result<()> {
        let mismatch = |why: &dyn fmt::Display| Error::protocol(format!("reply to {}: {why}", self.name));
        let text = str::from_utf8(text).map_err(|error| mismatch(&error))?;
        Reader::new(text, Mode::Lenient).value(self.value).map_err(|error| mismatch(&error))
    }
}

impl Waiter for ReplyWaiter<'_> {
    fn awaited(&self) -> Awaited {
        Awaited::Reply(self.last())
    }

    fn poll(&mut self, core: &mut Core) -> Option<Result<()>> {
        match core.take_answer(self.last()) {
            Some(Ok(text)) => self.settle(Ok(&text)),
            Some(Err(error)) => self.settle(Err(error)),
            None => {}
        }
        match self.call.probe {
            Some(_) => self.silence(core).or_else(|| core.failure(self)),
            None => self.outcome.take().or_else(|| core.failure(self)),
        }
    }

    fn settle(&mut self, answer: Reply<'_>) {
        self.outcome = Some(match self.call.probe {
            Some(_) => Ok(()),
            None => answer.and_then(|text| self.read(text)),
        });
    }

    fn cancel(&mut self, core: &mut Core) {
        core.abandon(self.call);
    }

    fn what(&self) -> String {
        format!("the reply to `{}`", self.name)
    }
}

/// Waits for the next event of a subscription.
#[derive(Debug)]
pub(crate) struct EventWaiter {
    key: SubscriptionId,
    /// The event's name, for errors; none for any event.
    name: Option<&'static str>,
    event: Option<Arc<RawEvent>>,
}

impl EventWaiter {
    pub(crate) fn of(key: SubscriptionId, name: Option<&'static str>) -> Self {
        Self { key, name, event: None }
    }

    /// The event.
    ///
    /// # Panics
    /// If it has not come yet.
    pub(crate) fn event(&self) -> &RawEvent {
        self.event.as_deref().expect("a wait for an event ends with one")
    }
}

impl Waiter for EventWaiter {
    fn awaited(&self) -> Awaited {
        Awaited::Event(self.key)
    }

    fn poll(&mut self, core: &mut Core) -> Option<Result<()>> {
        self.event = core.subscriptions().take(self.key);
        self.event.is_some().then_some(Ok(())).or_else(|| core.failure(self))
    }

    fn what(&self) -> String {
        self.name.map_or_else(|| "an event".into(), |name| format!("the event {name}"))
    }
}
