//! Limits the time of calls.

use std::time::Duration;

use crate::client::{Execute, Invocation, Reply};
use crate::command::Command;

/// Gives up each call after some time: [`Adapt::timeout`](super::Adapt::timeout) creates it.
///
/// The error then satisfies [`is_timeout`](crate::Error::is_timeout). The command may have been executed nevertheless. If
/// there are several limits, the shortest one counts.
#[derive(Debug, Clone, Copy)]
pub struct Timeout<E> {
    executor: E,
    limit: Duration,
}

impl<E: Execute> Timeout<E> {
    /// Creates the adapter around what executes the commands.
    pub fn new(executor: E, limit: Duration) -> Self {
        Self { executor, limit }
    }
}

impl<E: Execute> Execute for Timeout<E> {
    type Mode = E::Mode;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<E::Mode, C> {
        self.executor.execute(invocation.with_timeout(self.limit))
    }
}
