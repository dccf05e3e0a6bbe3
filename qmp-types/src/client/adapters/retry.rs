//! Executes commands again that have failed.

use std::thread;

use super::retry_policy::RetryPolicy;
#[cfg(feature = "tokio")]
use crate::client::{Async, Call};
use crate::client::{Blocking, Execute, Invocation, Mode, Reply};
use crate::command::Command;

/// Executes a command again if it has failed, as a [`RetryPolicy`] says: [`Adapt::retry`](super::Adapt::retry) creates it.
///
/// Use it for commands that do no harm if they are executed twice. A time limit holds for each execution.
#[derive(Debug, Clone)]
pub struct Retry<E> {
    executor: E,
    policy: RetryPolicy,
}

impl<E: Execute> Retry<E> {
    /// Creates the adapter around what executes the commands.
    pub fn new(executor: E, policy: RetryPolicy) -> Self {
        Self { executor, policy }
    }
}

impl<E: Execute> Execute for Retry<E>
where
    E::Mode: RetryMode<E>,
{
    type Mode = E::Mode;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<E::Mode, C> {
        E::Mode::execute_again(&self.executor, &self.policy, invocation)
    }
}

/// How a caller waits between two executions of a command.
///
/// Every mode has it. The asynchronous one needs an executor that can be cloned and sent to other threads, as the clients can.
pub trait RetryMode<E: ?Sized>: Mode {
    /// Executes a command until the policy is satisfied.
    #[doc(hidden)]
    fn execute_again<C: Command>(executor: &E, policy: &RetryPolicy, invocation: Invocation<C>) -> Reply<Self, C>;
}

impl<E: Execute<Mode = Self> + ?Sized> RetryMode<E> for Blocking {
    fn execute_again<C: Command>(executor: &E, policy: &RetryPolicy, invocation: Invocation<C>) -> Reply<Self, C> {
        let mut executions = policy.begin();
        loop {
            let result = executor.execute(invocation.clone());
            match executions.pause_after(C::SPEC.name, &result) {
                Some(pause) => thread::sleep(pause),
                None => return result,
            }
        }
    }
}

#[cfg(feature = "tokio")]
impl<E: Execute<Mode = Self> + Clone + Send + Sync + 'static> RetryMode<E> for Async {
    fn execute_again<C: Command>(executor: &E, policy: &RetryPolicy, invocation: Invocation<C>) -> Reply<Self, C> {
        let (executor, policy) = (executor.clone(), policy.clone());
        Call::new(async move {
            let mut executions = policy.begin();
            loop {
                let result = executor.execute(invocation.clone()).await;
                match executions.pause_after(C::SPEC.name, &result) {
                    Some(pause) => ::tokio::time::sleep(pause).await,
                    None => return result,
                }
            }
        })
    }
}
