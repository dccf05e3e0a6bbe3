//! Pending waits for the greeting, a reply or an event.

use std::fmt;
use std::time::Duration;

use super::Core;
use super::calls::SentCall;
use super::raw_event::SubscriptionId;
use super::server_message::Reply;
use crate::error::{Offence, ProtocolError};
use crate::record::{Field, MissingMembers, Mode, Reader};
use crate::{Error, Result};

/// The message that a waiter waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Awaited {
    /// The greeting.
    Greeting,
    /// The reply to the call with this id.
    Reply(u64),
    /// The next item of a subscription to events.
    Event(SubscriptionId),
    /// The next error reply that belongs to no call.
    Error,
    /// The end of the connection.
    End,
    /// The end of a synchronisation with a guest agent.
    Sync,
}

/// A pending wait. The blocking and the tokio client implement the waiting, and a waiter decides when the wait is over.
pub(crate) trait Waiter {
    /// Returns the message that the wait is for.
    fn awaited(&self) -> Awaited;
    /// Returns the result once the wait is over. A received value is stored in the waiter.
    fn poll(&mut self, core: &mut Core) -> Option<Result<()>>;
    /// Receives the reply directly from the receive buffer, if this waiter is the one that has read it from the socket.
    fn deliver(&mut self, _reply: Reply<'_>) {}
    /// Describes the awaited message in error messages, such as "the reply to `stop`".
    fn description(&self) -> String;
    /// Adds to an error what the wait was for.
    fn name_in(&self, error: Error) -> Error {
        error
    }
    /// Ends the wait, because it has taken as long as the time limit.
    fn time_out(&mut self, _core: &mut Core, limit: Duration) -> Result<()> {
        Err(self.timed_out(limit))
    }
    /// Returns the error for a wait that has taken as long as the time limit.
    fn timed_out(&self, limit: Duration) -> Error {
        self.name_in(Error::timed_out(format!("{}: none within {limit:?}", self.description())))
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

    fn description(&self) -> String {
        "the greeting".into()
    }
}

/// Waits until a guest agent is synchronised.
#[derive(Debug)]
pub(crate) struct SyncWaiter;

impl SyncWaiter {
    /// Returns the error of the synchronisation on a new connection, with the whole time for connecting if it timed out.
    pub(crate) fn explain(error: Error, limit: Duration) -> Error {
        if error.is_timeout() { Self.timed_out(limit) } else { error }
    }
}

impl Waiter for SyncWaiter {
    fn awaited(&self) -> Awaited {
        Awaited::Sync
    }

    fn poll(&mut self, core: &mut Core) -> Option<Result<()>> {
        core.is_synchronized().then_some(Ok(())).or_else(|| core.failure(self))
    }

    fn description(&self) -> String {
        "the guest agent's reply to `guest-sync-delimited`".into()
    }

    fn timed_out(&self, limit: Duration) -> Error {
        let text = "the agent may not be running in the guest, or be busy with another client";
        Error::timed_out(format!("{}: none within {limit:?}; {text}", self.description()))
    }
}

/// Waits for the reply to a call.
pub(crate) struct ReplyWaiter<'a> {
    call: SentCall,
    name: &'a str,
    /// The value to fill from the reply.
    value: &'a mut dyn Field,
    outcome: Option<Result<()>>,
}

impl<'a> ReplyWaiter<'a> {
    pub(crate) fn new(call: SentCall, name: &'a str, value: &'a mut dyn Field) -> Self {
        Self { call, name, value, outcome: None }
    }

    /// Returns the id of the call whose reply ends the wait.
    fn last_id(&self) -> u64 {
        self.call.probe.unwrap_or(self.call.id)
    }

    /// Returns the result of a command without a success reply, once the server has replied to the probe or disconnected.
    /// The command has succeeded unless its error reply arrived before that.
    fn poll_silent(&mut self, core: &mut Core) -> Option<Result<()>> {
        let disconnected = core.is_over() && !core.is_send_closed();
        if self.outcome.is_none() && !disconnected {
            return None;
        }
        let reply = core.take_reply(self.call.id);
        core.finish(self.call);
        Some(reply.map_or(Ok(()), |reply| reply.map(drop).map_err(|error| self.name_in(error))))
    }
}

impl Waiter for ReplyWaiter<'_> {
    fn awaited(&self) -> Awaited {
        Awaited::Reply(self.last_id())
    }

    fn poll(&mut self, core: &mut Core) -> Option<Result<()>> {
        match core.take_reply(self.last_id()) {
            Some(Ok(text)) => self.deliver(Ok(&text)),
            Some(Err(error)) => self.deliver(Err(error)),
            None => {}
        }
        match self.call.probe {
            Some(_) => self.poll_silent(core).or_else(|| core.failure(self)),
            None => self.outcome.take().or_else(|| core.failure(self)),
        }
    }

    fn deliver(&mut self, reply: Reply<'_>) {
        self.outcome = Some(match self.call.probe {
            Some(_) => Ok(()),
            None => reply
                .and_then(|text| read_into(self.value, text, self.name, self.call.missing_members))
                .map_err(|error| self.name_in(error)),
        });
    }

    /// Gives up the call. A command without a success reply has succeeded then.
    fn time_out(&mut self, core: &mut Core, limit: Duration) -> Result<()> {
        core.abandon(self.call);
        if self.call.probe.is_some() { Ok(()) } else { Err(self.timed_out(limit)) }
    }

    fn description(&self) -> String {
        format!("the reply to `{}`", self.name)
    }

    fn name_in(&self, error: Error) -> Error {
        error.in_call(self.name, Some(self.call.id))
    }
}

/// Decodes the return value of a command.
///
/// # Errors
/// If the text does not match the type.
pub(crate) fn read_return<R: Field>(text: &[u8], name: &str, missing: MissingMembers) -> Result<R> {
    let mut value = R::blank();
    read_into(&mut value, text, name, missing)?;
    Ok(value)
}

fn read_into(value: &mut dyn Field, text: &[u8], name: &str, missing: MissingMembers) -> Result<()> {
    let mismatch = |why: &dyn fmt::Display, offence| {
        ProtocolError::received(format!("the reply to `{name}`: {why}"), offence).into()
    };
    let text = str::from_utf8(text).map_err(|error| mismatch(&error, not_utf8(text, error)))?;
    let result = Reader::new(text, Mode::Lenient).missing_members(missing).value(value);
    result.map_err(|error| mismatch(&error, error.offence(text)))
}

/// Returns the part of the text from the first byte that is not UTF-8.
#[cold]
fn not_utf8(text: &[u8], error: std::str::Utf8Error) -> Offence {
    Offence::new(None, &text[error.valid_up_to()..])
}

/// Waits for the next error reply that belongs to no call.
#[derive(Debug, Default)]
pub(crate) struct ErrorWaiter(Option<Error>);

impl ErrorWaiter {
    /// Returns the error.
    ///
    /// # Panics
    /// If the wait is not over.
    pub(crate) fn into_error(self) -> Error {
        self.0.expect("the wait has ended with an error reply")
    }
}

impl Waiter for ErrorWaiter {
    fn awaited(&self) -> Awaited {
        Awaited::Error
    }

    fn poll(&mut self, core: &mut Core) -> Option<Result<()>> {
        self.0 = core.take_error();
        self.0.is_some().then_some(Ok(())).or_else(|| core.failure(self))
    }

    fn description(&self) -> String {
        "an error reply without an id".into()
    }
}

/// Waits for the end of the connection.
#[derive(Debug)]
pub(crate) struct EndWaiter;

impl Waiter for EndWaiter {
    fn awaited(&self) -> Awaited {
        Awaited::End
    }

    fn poll(&mut self, core: &mut Core) -> Option<Result<()>> {
        core.is_over().then_some(Ok(()))
    }

    fn description(&self) -> String {
        "the end of the connection".into()
    }
}
