//! Waiting in blocking code.

use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

use super::device::DeviceDeletion;
use super::job::JobConclusion;
use super::migration::MigrationEnd;
use super::procedure::{Action, Input, Procedure};
use super::shutdown::GuestShutdown;
use super::twin::{CLIENT_LIMIT, waits};
use crate::blocking::{Client, EventStream};
use crate::client::OtherEvent;
use crate::client::blocking::WeakClient;
use crate::{Error, Result};

waits! {
    " A wait for the outcome of a command. The events are received from its creation on, so create it before the command."
    ""
    " It does not keep the connection open.";
    " Gives up after this time, counted from the call of [`wait`](Self::wait)."
}

impl<P: Procedure> Wait<P> {
    /// Waits for the outcome. Returns at once if it is known already.
    ///
    /// # Errors
    /// See the type `P`: the failures that QEMU reports satisfy `class() == Some(GenericError)`. In addition, if the time
    /// limit passes or the connection ends.
    pub fn wait(mut self) -> Result<P::Output> {
        let end = self.limit.and_then(|limit| Instant::now().checked_add(limit));
        self.run(end).map_err(|error| match (error.is_timeout(), self.limit) {
            (true, Some(limit)) => self.timed_out(limit),
            _ => error.before(self.procedure.description()),
        })
    }

    fn run(&mut self, end: Option<Instant>) -> Result<P::Output> {
        let remaining = || end.map(|end| end.saturating_duration_since(Instant::now()));
        let mut action = self.procedure.next(Input::Start)?;
        loop {
            let input = match action {
                Action::Done(output) => return Ok(output),
                Action::AwaitEvent => Input::Event(self.events.next_event_within(remaining())?.event),
                Action::Call(name, arguments) => Input::Reply(self.vm.upgrade(remaining())?.call_raw(name, &arguments)),
                Action::Pause(pause) => {
                    thread::sleep(remaining().map_or(pause, |remaining| remaining.min(pause)));
                    Input::Resume
                }
            };
            action = self.procedure.next(input)?;
        }
    }
}
