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
use crate::client::OtherEvent;
use crate::client::tokio::WeakClient;
use crate::tokio::{Client, EventStream};
use crate::{Error, Result};

/// A wait for the outcome of a command: a future, by `.await`. The events are received from its creation on, so create it
/// before the command.
///
/// It does not keep the connection open.
///
/// # Errors
/// See the type `P`: the failures that QEMU reports satisfy `class() == Some(GenericError)`. In addition, if the time limit
/// passes or the connection ends.
#[must_use = "an outcome has to be waited for"]
pub struct Wait<P: Procedure> {
    procedure: P,
    events: EventStream<OtherEvent>,
    vm: WeakClient,
    limit: Option<Duration>,
}

/// Waits until a device is deleted: create it before `device_del` of this id or QOM path.
///
/// ```no_run
/// # async fn example(vm: &qmp_types::tokio::Client) -> qmp_types::Result<()> {
/// use std::time::Duration;
///
/// use qmp_types::qemu;
/// use serde_json::json;
///
/// let gone = qemu::tokio::device_deleted(vm, "net0");
/// vm.call_raw("device_del", &json!({ "id": "net0" })).await?;
/// gone.timeout(Duration::from_secs(30)).await?;
/// # Ok(())
/// # }
/// ```
pub fn device_deleted(vm: &Client, device: &str) -> Wait<DeviceDeletion> {
    Wait::new(vm, DeviceDeletion::new(device))
}

/// Waits until a job is concluded: create it before the command that starts the job of this id.
///
/// ```no_run
/// # async fn example(vm: &qmp_types::tokio::Client) -> qmp_types::Result<()> {
/// use qmp_types::qemu;
/// use serde_json::json;
///
/// let streamed = qemu::tokio::job_concluded(vm, "stream0").dismiss();
/// let arguments = json!({ "job-id": "stream0", "device": "disk0", "auto-dismiss": false });
/// vm.call_raw("block-stream", &arguments).await?;
/// streamed.await?;
/// # Ok(())
/// # }
/// ```
pub fn job_concluded(vm: &Client, job: &str) -> Wait<JobConclusion> {
    Wait::new(vm, JobConclusion::new(job))
}

/// Waits until a migration has finished, at its source or its destination: create it before `migrate`, and await it after
/// it.
pub fn migration_finished(vm: &Client) -> Wait<MigrationEnd> {
    Wait::new(vm, MigrationEnd::new())
}

/// Waits until the machine has shut down: create it before a command such as `system_powerdown`.
pub fn guest_shut_down(vm: &Client) -> Wait<GuestShutdown> {
    Wait::new(vm, GuestShutdown(()))
}

impl<P: Procedure> Wait<P> {
    fn new(vm: &Client, procedure: P) -> Self {
        let events = vm.events().named(procedure.names().iter().copied()).only(procedure.filter()).without_limit();
        let (vm, limit) = vm.downgrade();
        Self { procedure, events, vm, limit }
    }

    /// Gives up after this time, counted from the first poll. Default: the client's [time limit](Client::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    async fn run(&mut self) -> Result<P::Output> {
        let mut action = self.procedure.next(Input::Start)?;
        loop {
            let input = match action {
                Action::Done(output) => return Ok(output),
                Action::AwaitEvent => {
                    let event = self.events.next_event().await;
                    Input::Event(event.map_err(|error| error.before(self.procedure.description()))?.event)
                }
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

impl Wait<JobConclusion> {
    /// Dismisses the job after it is concluded (`job-dismiss`), which jobs need that QEMU does not dismiss by itself.
    pub fn dismiss(mut self) -> Self {
        self.procedure.dismiss();
        self
    }
}

impl<P: Procedure<Output: Send>> IntoFuture for Wait<P> {
    type Output = Result<P::Output>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            let Some(limit) = self.limit else { return self.run().await };
            let result = timeout(limit, self.run()).await;
            result.unwrap_or_else(|_| {
                let (what, hint) = (self.procedure.description(), self.procedure.hint());
                Err(Error::timed_out(format!("{what}: not within {limit:?}{hint}")))
            })
        })
    }
}

impl<P: Procedure> fmt::Debug for Wait<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("for", &self.procedure.description())
            .field("timeout", &self.limit)
            .finish_non_exhaustive()
    }
}
