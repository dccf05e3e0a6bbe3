//! Control of a running server from outside of its handlers.

use std::borrow::Cow;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;

use super::EventEmitter;
use super::connections::Connections;
use super::observe::Counters;
use super::policy::Policy;

/// Controls a server and emits its events, from any thread or task. Cheap to clone.
#[derive(Debug, Clone)]
pub struct ServerHandle {
    events: EventEmitter,
    connections: Arc<Connections>,
}

impl ServerHandle {
    pub(super) fn new(connections: &Arc<Connections>) -> Self {
        Self { events: EventEmitter::new(connections), connections: Arc::clone(connections) }
    }

    /// Stops the server for good: it accepts no more connections, gives running commands the server's
    /// [grace period](crate::Server::grace) to finish and be answered, then closes all connections, and `serve` returns.
    pub fn stop(&self) {
        self.connections.stop(None);
    }

    /// [`stop`](Self::stop) with another grace period. Called again, it may shorten the period, and not extend it.
    pub fn stop_within(&self, grace: Duration) {
        self.connections.stop(Some(grace));
    }

    /// Returns whether the server is being stopped, by a handle or a handler.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.connections.is_stopped()
    }

    /// Calls the function once the server is being stopped, on the thread that stops it; at once if it is already. An event
    /// loop of one's own learns of the command `quit` by it:
    ///
    /// ```
    /// # fn example(handle: &qmp_types::ServerHandle) {
    /// let (sender, stopped) = std::sync::mpsc::channel();
    /// handle.on_stop(move || drop(sender.send("the server stops")));
    /// # }
    /// ```
    pub fn on_stop(&self, run: impl FnOnce() + Send + 'static) {
        self.connections.shutdown.on_stop(run);
    }

    /// Returns a descriptor that polls as readable once the server is being stopped, for event loops that poll. Nothing needs
    /// to be read from it.
    ///
    /// # Errors
    /// If the process has run out of file descriptors.
    pub fn stop_fd(&self) -> io::Result<OwnedFd> {
        let (reader, writer) = io::pipe()?;
        self.on_stop(|| drop(writer));
        Ok(reader.into())
    }

    /// Returns the policy on deprecated and unstable parts of the schema.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.connections.permissions.policy()
    }

    /// Sets the policy on deprecated and unstable parts of the schema, for all clients. It is in effect from the next
    /// command and the next event.
    ///
    /// ```
    /// # fn example(handle: &qmp_types::ServerHandle) {
    /// use qmp_types::server::OutputPolicy;
    ///
    /// handle.set_policy(handle.policy().deprecated_output(OutputPolicy::Hide));
    /// # }
    /// ```
    pub fn set_policy(&self, policy: Policy) {
        self.connections.permissions.set_policy(policy);
    }

    /// Disables a command: clients receive `CommandNotFound`, with the reason unless it is empty, and `query-commands` no
    /// longer lists it. Commands that run already are not affected, nor is a name that no command has.
    ///
    /// ```
    /// # fn example(handle: &qmp_types::ServerHandle) {
    /// handle.disable("guest-file-open", "the agent is in frozen state");
    /// // { "class": "CommandNotFound", "desc": "Command guest-file-open has been disabled: the agent is in frozen state" }
    /// handle.enable("guest-file-open");
    /// # }
    /// ```
    pub fn disable(&self, command: &str, reason: impl Into<Cow<'static, str>>) {
        self.connections.permissions.disable(command, reason.into());
    }

    /// Enables a command that was disabled. Returns whether it was.
    pub fn enable(&self, command: &str) -> bool {
        self.connections.permissions.enable(command)
    }

    /// Returns whether the machine is not initialised yet, so that only commands with `allow-preconfig` are executed.
    #[must_use]
    pub fn is_preconfig(&self) -> bool {
        self.connections.permissions.snapshot().is_preconfig()
    }

    /// Ends the state [before machine initialisation](crate::Server::preconfig): all commands are permitted from now on.
    /// Returns `false` if it had ended already.
    pub fn end_preconfig(&self) -> bool {
        self.connections.permissions.set_preconfig(false)
    }

    /// Returns the server's counters.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.connections.counters.read()
    }

    /// Returns the emitter of events.
    #[must_use]
    pub fn events(&self) -> &EventEmitter {
        &self.events
    }
}
