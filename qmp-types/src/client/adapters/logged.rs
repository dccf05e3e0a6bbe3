//! Logs calls.

use std::time::Instant;

use crate::client::{Execute, Invocation, Mode, Reply};
use crate::command::Command;

/// Logs each call and its result, with `tracing`: [`Adapt::logged`](super::Adapt::logged) creates it.
///
/// A call that succeeds is logged at `DEBUG`, one that fails at `WARN` with its error. Arguments are logged at `TRACE`
/// only, when the call is made: they may contain secrets.
#[derive(Debug, Clone, Copy)]
pub struct Logged<E>(E);

impl<E: Execute> Logged<E> {
    /// Creates the adapter around what executes the commands.
    pub fn new(executor: E) -> Self {
        Self(executor)
    }
}

impl<E: Execute> Execute for Logged<E> {
    type Mode = E::Mode;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<E::Mode, C> {
        let command = C::SPEC.name;
        if tracing::enabled!(tracing::Level::TRACE) {
            tracing::trace!(
                command,
                arguments = invocation.arguments_json(),
                oob = invocation.is_out_of_band(),
                "calling"
            );
        }
        let begun = Instant::now();
        E::Mode::map::<C>(self.0.execute(invocation), move |result| {
            let elapsed = begun.elapsed();
            match &result {
                Ok(_) => tracing::debug!(command, ?elapsed, "the command has succeeded"),
                Err(error) => tracing::warn!(command, ?elapsed, %error, "the command has failed"),
            }
            result
        })
    }
}
