//! The per-command context passed to handlers.

use std::fmt;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::connections::{Connections, RegisteredSession};
use super::policy::Snapshot;
use super::{EventEmitter, ServerHandle};
use crate::transport::Peer;
use crate::{CommandSpec, Event, Version};

/// The per-command context passed to handlers: the client's connection, the server and its events.
///
/// A handler that has a parameter `cx: &Context` receives it.
pub struct Context {
    session: Arc<RegisteredSession>,
    command: &'static CommandSpec,
    /// The name of a command that the schema does not define.
    unknown: Option<Arc<str>>,
    oob: bool,
    /// Whether the reply begins with the byte 0xFF.
    delimited: AtomicBool,
}

/// A command of a server, as [`Context::commands`] lists it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CommandStatus {
    /// The command's name and properties.
    pub spec: &'static CommandSpec,
    /// Whether the command is executed now: it is not disabled.
    pub is_enabled: bool,
}

impl Context {
    pub(super) fn new(
        session: &Arc<RegisteredSession>,
        command: &'static CommandSpec,
        oob: bool,
        unknown: Option<Arc<str>>,
    ) -> Self {
        Self { session: Arc::clone(session), command, unknown, oob, delimited: AtomicBool::new(false) }
    }

    /// Sends the replies to earlier commands: this one may take long.
    pub(super) fn send_earlier_replies(&self) {
        self.session.shared.flush_or_notify();
    }

    /// Emits an event to all clients. Clients receive it before the reply to this command.
    pub fn emit<E: Event>(&self, event: E) {
        self.events().emit(event);
    }

    /// Returns the emitter of events, for use after the handler has returned.
    #[must_use]
    pub fn events(&self) -> EventEmitter {
        EventEmitter::new(&self.session.server)
    }

    /// Returns a handle that controls the server: it changes the policy, disables commands, ends the state before machine
    /// initialisation.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        ServerHandle::new(&self.session.server)
    }

    /// Returns what the server permits now.
    #[inline]
    pub(super) fn permissions(&self) -> Snapshot {
        self.session.server.permissions.snapshot()
    }

    /// Returns the number of the session. A server numbers its sessions from 1, and uses no number twice.
    #[must_use]
    pub fn session(&self) -> u64 {
        self.session.shared.observer().number()
    }

    /// Returns the client's process, if the system knows it: on Unix sockets on Linux.
    #[must_use]
    pub fn peer(&self) -> Option<Peer> {
        self.session.shared.stream()?.peer()
    }

    /// Takes the first file descriptor that the client has sent for this command, and closes the others, as QEMU's
    /// `getfd` does. [`take_fds`](Self::take_fds) returns all.
    #[must_use]
    pub fn take_fd(&self) -> Option<OwnedFd> {
        self.take_fds().into_iter().next()
    }

    /// Takes all file descriptors that the client has sent for this command, in their order.
    ///
    /// Descriptors arrive with any bytes of the stream, and are kept until a command takes them: those of the last
    /// message that carried any. Descriptors that no command has taken are closed when more arrive, and when the client
    /// disconnects.
    #[must_use]
    pub fn take_fds(&self) -> Vec<OwnedFd> {
        self.session.shared.take_fds()
    }

    /// Returns the session's value of this type, which is created when a command first asks for it, and dropped when the
    /// client has disconnected. It keeps what commands have to remember for this client alone:
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    ///
    /// #[derive(Default)]
    /// struct LoginAttempts(AtomicU32);
    ///
    /// fn attempts(cx: &qmp_types::Context) -> u32 {
    ///     cx.session_value::<LoginAttempts>().0.fetch_add(1, Ordering::Relaxed)
    /// }
    /// ```
    #[must_use]
    pub fn session_value<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.session.values.get()
    }

    /// Makes the reply to this command begin with the byte 0xFF, if the command succeeds. A guest agent's
    /// `guest-sync-delimited` does so: 0xFF is in no other message, so its client can skip everything before.
    pub fn delimit_reply(&self) {
        self.delimited.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_delimited(&self) -> bool {
        self.delimited.load(Ordering::Relaxed)
    }

    /// Returns the server's version.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.session.protocol.version
    }

    /// Returns the commands that the server has handlers for, sorted by name.
    #[must_use]
    pub fn commands(&self) -> Vec<CommandStatus> {
        let permissions = &self.session.server.permissions;
        let status =
            |spec: &'static CommandSpec| CommandStatus { spec, is_enabled: !permissions.is_disabled(spec.name) };
        self.session.protocol.handled_commands().into_iter().map(status).collect()
    }

    pub(super) fn server(&self) -> &Arc<Connections> {
        &self.session.server
    }

    /// Returns whether the command is executed out of band. Such a command must not block.
    #[must_use]
    pub fn is_oob(&self) -> bool {
        self.oob
    }

    /// Returns whether the result is no longer needed: the client has disconnected, or the server is being stopped. A
    /// long-running command may check this from time to time and give up.
    ///
    /// A TCP client that has closed its sending side counts as disconnected: the system cannot tell the two apart.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.session.shared.cancellation().is_cancelled()
    }

    /// Waits until the result is no longer needed, as [`is_cancelled`](Self::is_cancelled) says.
    ///
    /// ```no_run
    /// # async fn example(cx: &qmp_types::Context, migrated: impl Future<Output = ()>) -> qmp_types::Result<()> {
    /// tokio::select! {
    ///     () = migrated => Ok(()),
    ///     () = cx.cancelled() => Err(qmp_types::Error::generic("Migration was cancelled")),
    /// }
    /// # }
    /// ```
    pub async fn cancelled(&self) {
        self.session.shared.cancellation().cancelled().await;
    }

    /// Waits on the current thread until the result is no longer needed, at most for `timeout`. Returns whether the
    /// command is [cancelled](Self::is_cancelled).
    ///
    /// ```no_run
    /// # fn example(cx: &qmp_types::Context, is_migrated: impl Fn() -> bool) -> qmp_types::Result<()> {
    /// while !is_migrated() {
    ///     if cx.wait_cancelled(std::time::Duration::from_millis(100)) {
    ///         return Err(qmp_types::Error::generic("Migration was cancelled"));
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn wait_cancelled(&self, timeout: Duration) -> bool {
        self.session.shared.cancellation().wait(timeout)
    }

    /// Stops the server. This command is still answered, and commands that run on other connections have the server's
    /// [grace period](crate::Server::grace) to finish; then all connections are closed, and `serve` returns.
    pub fn shutdown(&self) {
        self.session.server.stop(None);
    }

    /// Returns the command's name and properties. The name of a command that the schema does not define is empty here:
    /// [`command_name`](Self::command_name) returns it.
    #[must_use]
    pub fn command(&self) -> &'static CommandSpec {
        self.command
    }

    /// Returns the command's name.
    #[must_use]
    pub fn command_name(&self) -> &str {
        self.unknown.as_deref().unwrap_or(self.command.name)
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("command", &self.command.name).field("oob", &self.oob).finish_non_exhaustive()
    }
}
