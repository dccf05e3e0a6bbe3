//! Waiting until the guest has shut down.

use super::procedure::{Action, Filter, Input, Procedure};
use crate::Result;

/// Waits until the machine has shut down: `SHUTDOWN`. It fails if the connection ends without that event: QEMU was killed
/// or has crashed.
#[derive(Debug)]
pub struct GuestShutdown(());

impl GuestShutdown {
    pub(super) fn new() -> Self {
        Self(())
    }
}

/// Why the machine has shut down: the data of `SHUTDOWN`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shutdown {
    /// The guest has asked for it.
    pub guest: bool,
    /// QEMU's `ShutdownCause`, such as `guest-shutdown` or `host-qmp-quit`.
    pub reason: String,
}

impl Procedure for GuestShutdown {
    type Output = Shutdown;

    fn names(&self) -> &'static [&'static str] {
        &["SHUTDOWN"]
    }

    fn filter(&self) -> Filter {
        Box::new(|_| true)
    }

    fn next(&mut self, input: Input) -> Result<Action<Shutdown>> {
        let Input::Event(event) = input else { return Ok(Action::AwaitEvent) };
        let guest = event.data["guest"] == true;
        let reason = event.data["reason"].as_str().unwrap_or_default().to_owned();
        Ok(Action::Done(Shutdown { guest, reason }))
    }

    fn description(&self) -> String {
        "the event SHUTDOWN".into()
    }
}
