//! The request for a command.

use std::time::Duration;

use crate::Command;
use crate::client::Invocation;

/// A command to send, without its arguments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'n> {
    pub(crate) name: &'n str,
    /// Whether the command is executed out of band, and so overtakes the commands before it.
    pub(crate) oob: bool,
    /// Whether the server replies only if the command fails: `success-response: false`.
    pub(super) silent: bool,
    /// Whether the command takes a file descriptor.
    pub(super) takes_fd: bool,
}

impl<'n> Request<'n> {
    /// Creates a request for a command of the schema.
    pub(crate) fn of<C: Command>() -> Self {
        let spec = C::SPEC;
        Self { silent: !spec.success_response, takes_fd: spec.takes_fd, ..Self::named(spec.name) }
    }

    /// Creates a request for a command of the schema, out of band if the invocation is.
    pub(crate) fn of_invocation<C: Command>(invocation: &Invocation<C>) -> Self {
        Self { oob: invocation.is_out_of_band(), ..Self::of::<C>() }
    }

    /// Creates a request for the command of this name, to which the server always replies.
    pub(crate) fn named(name: &'n str) -> Self {
        Self { name, oob: false, silent: false, takes_fd: false }
    }

    /// Returns how long to wait for the reply: for a command without a success reply at most `silence`.
    pub(crate) fn time_limit(self, limit: Option<Duration>, silence: Duration) -> Option<Duration> {
        match self.silent {
            true => Some(limit.map_or(silence, |limit| limit.min(silence))),
            false => limit,
        }
    }
}
