//! Adapters: what changes how commands are executed, around anything that executes them.

mod logged;
mod oob;
mod retry;
mod retry_policy;
mod timeout;

pub use logged::Logged;
pub use oob::{ExecuteOob, Oob};
pub use retry::{Retry, RetryMode};
pub use retry_policy::RetryPolicy;
pub use timeout::Timeout;

use std::time::Duration;

use super::Execute;

/// Puts adapters around everything that executes commands and can be cloned, as clients can. The generated trait `Commands`
/// includes this trait.
///
/// ```
/// use std::time::Duration;
///
/// use qmp_types::client::{Adapt, RetryPolicy};
///
/// fn careful(vm: &qmp_types::blocking::Client) -> impl qmp_types::Execute + use<> {
///     vm.timeout(Duration::from_secs(5)).retry(RetryPolicy::new(3)).logged()
/// }
/// ```
pub trait Adapt: Execute {
    /// Returns an adapter that gives up each call after this time.
    #[must_use]
    fn timeout(&self, limit: Duration) -> Timeout<Self>
    where
        Self: Clone,
    {
        Timeout::new(self.clone(), limit)
    }

    /// Returns an adapter that executes commands out of band: before the commands that the server has queued. It has only
    /// the methods of commands for which the schema allows that.
    #[must_use]
    fn oob(&self) -> Oob<Self>
    where
        Self: Clone,
    {
        Oob::new(self.clone())
    }

    /// Returns an adapter that executes a command again if it has failed, as the policy says.
    #[must_use]
    fn retry(&self, policy: RetryPolicy) -> Retry<Self>
    where
        Self: Clone,
    {
        Retry::new(self.clone(), policy)
    }

    /// Returns an adapter that logs each call and its result, with `tracing`.
    #[must_use]
    fn logged(&self) -> Logged<Self>
    where
        Self: Clone,
    {
        Logged::new(self.clone())
    }
}

impl<E: Execute + ?Sized> Adapt for E {}
