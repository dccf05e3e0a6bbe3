//! The hooks that are called for each command.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crate::Error;
use crate::transport::Peer;
use crate::wire_log::WireLog;

/// A command that was executed or refused, as the hook of
/// [`Server::on_command`](crate::Server::on_command) sees it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CompletedCommand<'a> {
    /// The command's name, as the client has sent it.
    pub command: &'a str,
    /// The request's id, as JSON text, if it has one.
    pub id: Option<&'a str>,
    /// The number of the session.
    pub session: u64,
    /// Whether the command was executed out of band.
    pub oob: bool,
    /// How long the handler has run. Zero for a command that was refused before its handler was called, and for one
    /// that the server answers itself.
    pub duration: Duration,
    /// The outcome.
    pub outcome: CommandOutcome<'a>,
}

/// The outcome of a command.
#[derive(Debug, Clone, Copy)]
pub enum CommandOutcome<'a> {
    /// The command has succeeded.
    Returned,
    /// The command has failed, or was refused, with this error.
    Failed(&'a Error),
}

/// The author's hook for completed commands.
type OnCommand = dyn Fn(&CompletedCommand<'_>) + Send + Sync;

/// The author's function that makes the arguments of a command fit for a log.
type Redact = dyn Fn(&str, &str) -> Option<String> + Send + Sync;

/// The author's function that returns the wire log of a session.
type OpenWireLog = dyn Fn(u64, Option<Peer>) -> Option<WireLog> + Send + Sync;

/// The hooks of a server's author.
#[derive(Clone, Default)]
pub(in crate::server) struct Observers {
    pub(in crate::server) on_command: Option<Arc<OnCommand>>,
    pub(in crate::server) redact: Option<Arc<Redact>>,
    pub(in crate::server) wire_log: Option<Arc<OpenWireLog>>,
}

impl Observers {
    /// Calls the hook. A panic of the hook is logged and ends there: the command has been executed.
    pub(super) fn completed(&self, command: &CompletedCommand<'_>) {
        let Some(hook) = &self.on_command else { return };
        if catch_unwind(AssertUnwindSafe(|| hook(command))).is_err() {
            tracing::error!(command = command.command, "the hook for completed commands panicked");
        }
    }

    /// Returns the arguments as the author wants them in spans, if at all.
    pub(super) fn redacted(&self, command: &str, arguments: &str) -> Option<String> {
        let redact = self.redact.as_ref()?;
        catch_unwind(AssertUnwindSafe(|| redact(command, arguments))).unwrap_or_else(|_| {
            tracing::error!(command, "the function that redacts arguments panicked");
            None
        })
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observers")
            .field("on_command", &self.on_command.is_some())
            .field("redact", &self.redact.is_some())
            .field("wire_log", &self.wire_log.is_some())
            .finish()
    }
}
