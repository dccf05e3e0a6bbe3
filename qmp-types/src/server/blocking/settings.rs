//! The settings of a server that concern events, access and observers.

use std::sync::Arc;
use std::time::Duration;

use super::Server;
use crate::server::{AccessControl, AccessRequest, CompletedCommand, EventQueueLimits, EventRates, WireLog};
use crate::transport::Peer;
use crate::{Event, Result};

impl<S> Server<S> {
    /// Limits an event to one per `interval`, of which the newest is sent, with its own timestamp:
    /// `.rate_limit::<qmp::events::BalloonChange>(Duration::from_secs(1), &[])`. See [`EventRates`].
    #[must_use]
    pub fn rate_limit<E: Event>(self, interval: Duration, key_members: &[&str]) -> Self {
        self.erased.connections.events.change_rates(|rates| rates.limit_event::<E>(interval, key_members));
        self
    }

    /// Sets which events are limited to which rates. Default: none. [`EventRates::qemu`] limits QEMU's.
    #[must_use]
    pub fn event_rates(self, rates: EventRates) -> Self {
        self.erased.connections.events.change_rates(|_| rates);
        self
    }

    /// Sets how many events may wait for a client that does not read, and what happens with more.
    #[must_use]
    pub fn event_queue(mut self, limits: EventQueueLimits) -> Self {
        self.protocol().event_limits = limits;
        self
    }

    /// Sets who may connect, and which commands a session may execute. Default: anybody, and all.
    #[must_use]
    pub fn access(mut self, access: AccessControl) -> Self {
        self.protocol().access = access;
        self
    }

    /// Asks this hook whether a session may execute a command; see [`AccessControl::authorize`].
    ///
    /// ```no_run
    /// # use qmp_types::{Error, Server};
    /// # fn example<S: Send + Sync + 'static>(server: Server<S>) -> qmp_types::Result<()> {
    /// let server = server.authorize(|request| match request.command() {
    ///     "quit" | "system_reset" => Err(Error::generic(format!("{} is for the watchdog only", request.command()))),
    ///     _ => Ok(()),
    /// });
    /// # server.serve_unix("/run/vm.sock")
    /// # }
    /// ```
    #[must_use]
    pub fn authorize(mut self, hook: impl Fn(&AccessRequest<'_>) -> Result<()> + Send + Sync + 'static) -> Self {
        let protocol = self.protocol();
        protocol.access = std::mem::take(&mut protocol.access).authorize(hook);
        self
    }

    /// Creates a server for another listener, with other rules of [`AccessControl`]. The two share everything else: the state,
    /// the events, and the [handle](Self::handle) that stops both.
    #[must_use]
    pub fn with_access(&self, access: AccessControl) -> Self {
        Self { state: Arc::clone(&self.state), erased: self.erased.clone() }.access(access)
    }

    /// Calls this hook for each command that was executed or refused, before its reply is sent.
    ///
    /// It is called on the path of every command, so it must be quick.
    ///
    /// ```no_run
    /// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
    /// let server = server.on_command(|done| println!("{} took {:?}", done.command, done.duration));
    /// # server.serve_unix("/run/vm.sock")
    /// # }
    /// ```
    #[must_use]
    pub fn on_command(mut self, hook: impl Fn(&CompletedCommand<'_>) + Send + Sync + 'static) -> Self {
        self.protocol().observers.on_command = Some(Arc::new(hook));
        self
    }

    /// Adds the arguments of commands to their `tracing` spans, as this function returns them: it is called with the
    /// command's name and its arguments as JSON text, and returns the text without secrets, or `None`.
    ///
    /// Default: spans do not have arguments. It is called only while a subscriber wants spans.
    #[must_use]
    pub fn trace_arguments(mut self, redact: impl Fn(&str, &str) -> Option<String> + Send + Sync + 'static) -> Self {
        self.protocol().observers.redact = Some(Arc::new(redact));
        self
    }

    /// Logs the bytes of all sessions to one log.
    ///
    /// ```no_run
    /// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
    /// use qmp_types::server::WireLog;
    ///
    /// server.wire_log(WireLog::create("/tmp/vm.qmp.jsonl")?).serve_unix("/run/vm.sock")
    /// # }
    /// ```
    #[must_use]
    pub fn wire_log(self, log: WireLog) -> Self {
        self.wire_logs(move |_, _| Some(log.clone()))
    }

    /// Calls this function for each new session, with its number and the client's process, and logs the session's bytes to
    /// the log that it returns, if any.
    ///
    /// ```no_run
    /// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
    /// use qmp_types::server::WireLog;
    ///
    /// let server = server.wire_logs(|session, _peer| WireLog::create(format!("/tmp/vm-{session}.qmp.jsonl")).ok());
    /// # server.serve_unix("/run/vm.sock")
    /// # }
    /// ```
    #[must_use]
    pub fn wire_logs(mut self, open: impl Fn(u64, Option<Peer>) -> Option<WireLog> + Send + Sync + 'static) -> Self {
        self.protocol().observers.wire_log = Some(Arc::new(open));
        self
    }
}
