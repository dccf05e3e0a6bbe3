//! Waiting in asynchronous code.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use ::tokio::time::{sleep, timeout};

use super::device::DeviceDeletion;
use super::job::JobConclusion;
use super::migration::MigrationEnd;
use super::procedure::{Action, Input, Procedure};
use super::shutdown::GuestShutdown;
use super::twin::{CLIENT_LIMIT, waits};
use crate::client::OtherEvent;
use crate::client::tokio::WeakClient;
use crate::tokio::{Client, EventStream};
use crate::{Error, Result};

waits! {
    " A wait for the outcome of a command: a future, by `.await`. The events are received from its creation on, so create it"
    " before the command."
    ""
    " It does not keep the connection open."
    ""
    " # Errors"
    " See the type `P`: the failures that QEMU reports satisfy `class() == Some(GenericError)`. In addition, if the time limit"
    " passes or the connection ends.";
    " Gives up after this time, counted from the first poll."
}

impl<P: Procedure> Wait<P> {
    async fn run(&mut self) -> Result<P::Output> {
        let mut action = self.procedure.next(Input::Start)?;
        loop {
            let input = match action {
                Action::Done(output) => return Ok(output),
                Action::AwaitEvent => Input::Event(self.events.next_event_within(None).await?.event),
                Action::Call(name, arguments) => Input::Reply(self.vm.upgrade(None)?.call_raw(name, &arguments).await),
                Action::Pause(pause) => {
                    sleep(pause).await;
                    Input::Resume
                }
            };
            action = self.procedure.next(input)?;
        }
    }
}

impl<P: Procedure<Output: Send>> IntoFuture for Wait<P> {
    type Output = Result<P::Output>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            let result = match self.limit {
                Some(limit) => timeout(limit, self.run()).await.unwrap_or_else(|_| Err(self.timed_out(limit))),
                None => self.run().await,
            };
            result.map_err(|error| error.before(self.procedure.description()))
        })
    }
}
