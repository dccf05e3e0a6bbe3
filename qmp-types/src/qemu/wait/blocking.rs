//! Waiting in blocking code.

use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

use super::device::DeviceDeletion;
use super::job::JobConclusion;
use super::migration::MigrationEnd;
use super::procedure::{Action, Input, Procedure};
use super::shutdown::GuestShutdown;
use crate::blocking::{Client, EventStream};
use crate::client::OtherEvent;
use crate::client::blocking::WeakClient;
use crate::{Error, Result};

/// A wait for the outcome of a command. The events are received from its creation on, so create it before the command.
///
/// It does not keep the connection open.
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
/// # fn example(vm: &qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// use std::time::Duration;
///
/// use qmp_types::qemu;
/// use serde_json::json;
///
/// let gone = qemu::blocking::device_deleted(vm, "net0");
/// vm.call_raw("device_del", &json!({ "id": "net0" }))?;
/// gone.timeout(Duration::from_secs(30)).wait()?;
/// # Ok(())
/// # }
/// ```
pub fn device_deleted(vm: &Client, device: &str) -> Wait<DeviceDeletion> {
    Wait::new(vm, DeviceDeletion::new(device))
}

/// Waits until a job is concluded: create it before the command that starts the job of this id.
///
/// ```no_run
/// # fn example(vm: &qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// use qmp_types::qemu;
/// use serde_json::json;
///
/// let streamed = qemu::blocking::job_concluded(vm, "stream0").dismiss();
/// vm.call_raw("block-stream", &json!({ "job-id": "stream0", "device": "disk0", "auto-dismiss": false }))?;
/// streamed.wait()?;
/// # Ok(())
/// # }
/// ```
pub fn job_concluded(vm: &Client, job: &str) -> Wait<JobConclusion> {
    Wait::new(vm, JobConclusion::new(job))
}

/// Waits until a migration has finished, at its source or its destination: create it before `migrate`, and wait after it.
pub fn migration_finished(vm: &Client) -> Wait<MigrationEnd> {
    Wait::new(vm, MigrationEnd::new())
}

/// Waits until the machine has shut down: create it before a command such as `system_powerdown`.
pub fn guest_shut_down(vm: &Client) -> Wait<GuestShutdown> {
    Wait::new(vm, GuestShutdown(()))
}

impl<P: Procedure> Wait<P> {
    fn new(vm: &Client, procedure: P) -> Self {
        let events = vm.events().named(procedure.names().iter().copied()).only(procedure.filter());
        let (vm, limit) = vm.downgrade();
        Self { procedure, events, vm, limit }
    }

    /// Gives up after this time, counted from the call of [`wait`](Self::wait). Default: the client's
    /// [time limit](Client::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits for the outcome. Returns at once if it is known already.
    ///
    /// # Errors
    /// See the type `P`: the failures that QEMU reports satisfy `class() == Some(GenericError)`. In addition, if the time
    /// limit passes or the connection ends.
    pub fn wait(mut self) -> Result<P::Output> {
        let end = self.limit.and_then(|limit| Instant::now().checked_add(limit));
        self.run(end).map_err(|error| match (error.is_timeout(), self.limit) {
            (true, Some(limit)) => {
                let (what, hint) = (self.procedure.description(), self.procedure.hint());
                Error::timed_out(format!("{what}: not within {limit:?}{hint}"))
            }
            _ => error,
        })
    }

    fn run(&mut self, end: Option<Instant>) -> Result<P::Output> {
        let remaining = || end.map(|end| end.saturating_duration_since(Instant::now()));
        let mut action = self.procedure.next(Input::Start)?;
        loop {
            let input = match action {
                Action::Done(output) => return Ok(output),
                Action::AwaitEvent => {
                    let event = self.events.next_event_within(remaining());
                    Input::Event(event.map_err(|error| error.before(self.procedure.description()))?.event)
                }
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

impl Wait<JobConclusion> {
    /// Dismisses the job after it is concluded (`job-dismiss`), which jobs need that QEMU does not dismiss by itself.
    pub fn dismiss(mut self) -> Self {
        self.procedure.dismiss();
        self
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
